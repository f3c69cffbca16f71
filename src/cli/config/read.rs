//! Reads TOML values of the expected shape; what has another shape is told with its place.

use std::ops::Range;

use toml::Spanned as TomlSpanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Diagnostic, near_name};
use crate::source::{Span, Spanned};

/// A value and where it stands.
pub(super) type Value<'a> = TomlSpanned<DeValue<'a>>;

/// Collects what is wrong on the way.
#[derive(Debug, Default)]
pub(super) struct Reader {
    told: Vec<Diagnostic>,
}

/// A table whose keys have been checked.
#[derive(Debug)]
pub(super) struct Table<'a> {
    /// Where it stands.
    pub(super) span: Span,
    table: Option<&'a DeTable<'a>>,
}

impl<'a> Table<'a> {
    /// The value of a key.
    pub(super) fn get(&self, key: &str) -> Option<&'a Value<'a>> {
        self.table.and_then(|table| table.get(key))
    }
}

impl Reader {
    /// Adds something that is wrong.
    pub(super) fn tell(&mut self, diagnostic: Diagnostic) {
        self.told.push(diagnostic);
    }

    /// All that is wrong, in the order of the text.
    pub(super) fn finish(mut self) -> Vec<Diagnostic> {
        self.told.sort_by_key(|each| each.primary.span);
        self.told
    }

    /// Reads the text as TOML; what is not TOML is told, the rest is read.
    pub(super) fn parse<'a>(&mut self, text: &'a str) -> Value<'a> {
        let (table, errors) = DeTable::parse_recoverable(text);
        for error in errors {
            let at = error.span().map_or_else(Span::default, span);
            let message = format!("this is not TOML: {}", error.message().replace('\n', ", "));
            self.tell(Diagnostic::error("config/not-toml", message, at));
        }
        TomlSpanned::new(table.span(), DeValue::Table(table.into_inner()))
    }

    /// A table that may have these keys and no others.
    pub(super) fn table<'a>(&mut self, value: &'a Value<'a>, keys: &[&str]) -> Table<'a> {
        let at = span(value.span());
        let DeValue::Table(table) = value.get_ref() else {
            self.mismatch(value, "a table");
            return Table { span: at, table: None };
        };
        for key in table.keys().filter(|key| !keys.contains(&key.get_ref().as_ref())) {
            let name = key.get_ref();
            let message = format!("unknown key `{name}`");
            let known = format!("known keys here: {}", keys.join(", "));
            let help = near_name(name, keys.iter().copied()).unwrap_or(known);
            self.tell(
                Diagnostic::error("config/unknown-key", message, span(key.span())).help(help),
            );
        }
        Table { span: at, table: Some(table) }
    }

    /// A table of tables under names of the user's.
    pub(super) fn named_tables<'a>(
        &mut self,
        value: Option<&'a Value<'a>>,
    ) -> Vec<(Spanned<String>, &'a Value<'a>)> {
        let Some(value) = value else { return Vec::new() };
        let DeValue::Table(table) = value.get_ref() else {
            self.mismatch(value, "a table");
            return Vec::new();
        };
        let name = |key: &TomlSpanned<std::borrow::Cow<'_, str>>| {
            Spanned::new(key.get_ref().to_string(), span(key.span()))
        };
        table.iter().map(|(key, value)| (name(key), value)).collect()
    }

    /// A list of tables.
    pub(super) fn tables<'a>(&mut self, value: Option<&'a Value<'a>>) -> Vec<&'a Value<'a>> {
        let Some(value) = value else { return Vec::new() };
        let DeValue::Array(list) = value.get_ref() else {
            self.mismatch(value, "a list of tables, each opened by `[[overrides]]`");
            return Vec::new();
        };
        list.iter().collect()
    }

    /// A text.
    pub(super) fn string(&mut self, value: Option<&Value<'_>>) -> Option<Spanned<String>> {
        let value = value?;
        let DeValue::String(text) = value.get_ref() else {
            self.mismatch(value, "a text in quotes");
            return None;
        };
        Some(Spanned::new(text.to_string(), span(value.span())))
    }

    /// A list of texts.
    pub(super) fn strings(&mut self, value: Option<&Value<'_>>) -> Option<Vec<Spanned<String>>> {
        let value = value?;
        let DeValue::Array(list) = value.get_ref() else {
            self.mismatch(value, "a list of texts");
            return None;
        };
        Some(list.iter().filter_map(|each| self.string(Some(each))).collect())
    }

    /// Values of parameters: a text as a policy writes it, a whole number, yes or no, or a list.
    pub(super) fn params(
        &mut self,
        value: Option<&Value<'_>>,
    ) -> Vec<(Spanned<String>, Spanned<Vec<String>>)> {
        let mut params = Vec::new();
        for (name, value) in self.named_tables(value) {
            let values: Option<Vec<String>> = match value.get_ref() {
                DeValue::Array(list) => list.iter().map(|each| self.param(each)).collect(),
                _ => self.param(value).map(|text| vec![text]),
            };
            if let Some(values) = values {
                params.push((name, Spanned::new(values, span(value.span()))));
            }
        }
        params
    }

    fn param(&mut self, value: &Value<'_>) -> Option<String> {
        match value.get_ref() {
            DeValue::String(text) => Some(text.to_string()),
            DeValue::Integer(number) => Some(number.as_str().replace('_', "")),
            DeValue::Float(number) => Some(number.as_str().replace('_', "")),
            DeValue::Boolean(flag) => Some(if *flag { "yes" } else { "no" }.to_owned()),
            DeValue::Datetime(date) => Some(date.to_string()),
            DeValue::Array(_) | DeValue::Table(_) => {
                self.mismatch(value, "a value such as \"60 days\"");
                None
            }
        }
    }

    /// Something of another shape than it should be.
    pub(super) fn mismatch(&mut self, value: &Value<'_>, wanted: &str) {
        let found = value.get_ref().type_str();
        let message = format!("expected {wanted}, found {}", article(found));
        self.tell(Diagnostic::error("config/wrong-type", message, span(value.span())));
    }
}

/// The words of the TOML library, with an article.
fn article(kind: &str) -> String {
    let vowel = kind.starts_with(['a', 'e', 'i', 'o', 'u']);
    format!("{} {kind}", if vowel { "an" } else { "a" })
}

/// A place in the text.
pub(super) fn span(range: Range<usize>) -> Span {
    let narrow = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
    Span::new(narrow(range.start), narrow(range.end))
}
