//! Text of an agreement in, the same text tidied out.

use super::item::{Freedom, in_order};
use super::layout::{Style, laid_out};
use super::same::{same_agreement, same_characters};
use super::{COLUMNS, changed, endings, joined};
use crate::agreement::{Agreement, parse};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Source;
use crate::syntax::ast::AgreementFile;
use crate::syntax::{Outline, parse_agreement};

/// How many layouts are tried to find the items whose slots must keep their order. Without an end, a
/// text made for it would take hours.
const MOST_TRIALS: u32 = 100;

/// Tidies an agreement; of Markdown, what its fences hold. A text with something in it that cannot be
/// read is not tidied: what that is is told.
pub fn format_agreement(source: &Source) -> Result<String, Vec<Diagnostic>> {
    let (_, mut told) = parse_agreement(source);
    told.retain(|each| each.severity == Severity::Error);
    if !told.is_empty() {
        return Err(told);
    }
    #[cfg(feature = "markdown")]
    if !source.fences().is_empty() {
        return super::markdown::format_fences(source);
    }
    let ending = endings(source.text());
    let text = Source::new(source.name(), source.text().replace("\r\n", "\n"));
    let tidy = tidied(text).ok_or_else(|| changed("what was agreed"))?;
    Ok(if ending == "\n" { tidy } else { tidy.replace('\n', ending) })
}

/// A text whose lines end in `\n`, tidied; nothing where no layout of it says the same.
pub(super) fn tidied(text: Source) -> Option<String> {
    let whole = Whole {
        file: parse_agreement(&text).0,
        outline: Outline::of(text.text()),
        agreed: parse(&text).agreement,
        text,
    };
    whole.tidied()
}

/// A text and all that must stay of it.
struct Whole {
    text: Source,
    file: AgreementFile,
    outline: Outline,
    agreed: Agreement,
}

/// What a layout comes to.
enum Verdict {
    /// The text says the same.
    Same(String),
    /// These items, by number, can be told apart.
    Apart(Vec<usize>),
    /// The items are the same, and what was agreed is not.
    Reordered,
    /// Something else went wrong.
    Wrong,
}

impl Whole {
    /// The first layout, of ever more cautious ones, that says the same.
    fn tidied(&self) -> Option<String> {
        let mut style = Style { columns: COLUMNS, spaced: true, ..Style::default() };
        let mut trials = MOST_TRIALS;
        let careful = [None, None, None, Some(Freedom::Unordered), Some(Freedom::Indent)];
        for usual in careful {
            style.usual = usual.or(style.usual);
            match self.verdict(&style) {
                Verdict::Same(tidy) => return Some(tidy),
                Verdict::Apart(items) => {
                    style.apart.extend(items.into_iter().map(|item| (item, Freedom::Indent)));
                }
                Verdict::Reordered => {
                    let moved = self.moved();
                    self.keep_in_order(&moved, &moved, &mut style, &mut trials);
                }
                Verdict::Wrong => {}
            }
        }
        None
    }

    fn verdict(&self, style: &Style) -> Verdict {
        let tidy = joined(&laid_out(self.text.text(), &self.file, style), "\n");
        match self.outline.told_apart(&Outline::of(&tidy)) {
            Some(apart) if !apart.is_empty() => return Verdict::Apart(apart),
            Some(_) => {}
            None => return Verdict::Wrong,
        }
        let after = Source::new(self.text.name(), &*tidy);
        if !same_agreement(&self.agreed, &parse(&after).agreement) {
            Verdict::Reordered
        } else if same_characters(self.text.text(), &tidy) {
            Verdict::Same(tidy)
        } else {
            Verdict::Wrong
        }
    }

    /// The items, by number, whose slots are not in order.
    fn moved(&self) -> Vec<usize> {
        let items = self.file.sections.iter().flat_map(|section| &section.items).enumerate();
        items.filter(|(_, item)| !in_order(item)).map(|(number, _)| number).collect()
    }

    /// Finds those of the `suspects` whose order matters, by halves, and lets them keep it.
    fn keep_in_order(
        &self,
        suspects: &[usize],
        all: &[usize],
        style: &mut Style,
        trials: &mut u32,
    ) {
        if *trials == 0 {
            return;
        }
        *trials -= 1;
        let others = all.iter().filter(|item| !suspects.contains(item));
        let apart = style.apart.clone();
        let mut alone = Style { columns: COLUMNS, spaced: true, apart, ..Style::default() };
        alone.apart.extend(others.map(|item| (*item, Freedom::Unordered)));
        if !matches!(self.verdict(&alone), Verdict::Reordered) {
            return;
        }
        if let [item] = suspects {
            style.apart.entry(*item).or_insert(Freedom::Unordered);
            return;
        }
        let (left, right) = suspects.split_at(suspects.len() / 2);
        self.keep_in_order(left, all, style, trials);
        self.keep_in_order(right, all, style, trials);
    }
}
