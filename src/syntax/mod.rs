//! Text in, syntax trees and diagnostics out, for both languages. The only module that knows pest.

pub mod agreement;
mod cursor;
mod grammar;
mod policy;
mod values;

pub(crate) use policy::{ast as policy_ast, parse_param_values, parse_policy};

#[doc(hidden)]
pub use agreement::count_pairs;
pub use agreement::{Visit, ast, parse_agreement, shape, walk_phrase};
#[cfg(test)]
mod probe {
    #[test]
    #[allow(clippy::all)]
    fn probe() {
        let Ok(f) = std::env::var("F") else { return };
        let source = crate::source::Source::new(f.clone(), std::fs::read_to_string(&f).unwrap());
        let crate::Parsed { agreement: file, diagnostics: diags } = crate::parse(&source);
        for d in diags {
            let p = source.position(d.primary.span.start);
            eprintln!(
                "{}:{} {} {} | {:?} <<{}>> help: {}",
                p.line,
                p.column,
                d.code,
                d.message,
                d.primary.text,
                source.slice(d.primary.span),
                d.help.unwrap_or_default()
            );
        }
        if std::env::var("ALL").is_ok() {
            eprintln!("{file:#?}");
        }
    }
}
