//! `pactum-waivers.toml`: exceptions from outside the agreements, read with every mistake and its place.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use globset::{GlobBuilder, GlobMatcher};
use toml::de::DeValue;

use crate::check::Exception;
use crate::diagnostic::Diagnostic;
use crate::source::{Source, Spanned};
use crate::value::Date;

use super::read::{Reader, Table, Value, span};

/// The name of the file.
pub(in crate::cli) const FILE: &str = "pactum-waivers.toml";
const KEYS: [&str; 6] = ["rule", "agreement", "item", "reason", "approver", "until"];

/// An exception, and for which agreements it was made.
#[derive(Debug)]
pub(in crate::cli) struct Entry {
    /// The exception.
    pub(in crate::cli) exception: Exception,
    /// Which agreements, as written.
    pub(in crate::cli) agreement: Spanned<String>,
    /// The one path it names, where it is no pattern.
    pub(in crate::cli) path: Option<PathBuf>,
    /// The folder that the pattern counts from, in full.
    from: PathBuf,
    pattern: GlobMatcher,
}

impl Entry {
    /// Whether it is for the agreement at a full path.
    pub(in crate::cli) fn is_for(&self, file: &Path) -> bool {
        file.strip_prefix(&self.from).is_ok_and(|below| self.pattern.is_match(below))
    }
}

/// Reads a file of waivers that stands in a folder, given in full. What is wrong is told, and then
/// nothing of the file may count.
pub(in crate::cli) fn parse(source: &Arc<Source>, folder: &Path) -> (Vec<Entry>, Vec<Diagnostic>) {
    let mut reader = Reader::default();
    let root = reader.parse(source.text());
    let table = reader.table(&root, &["waiver"]);
    let mut entries = Vec::new();
    if let Some(value) = table.get("waiver") {
        if let DeValue::Array(list) = value.get_ref() {
            entries.extend(list.iter().filter_map(|each| entry(&mut reader, each, source, folder)));
        } else {
            reader.mismatch(value, "a list of tables, each opened by `[[waiver]]`");
        }
    }
    (entries, reader.finish())
}

fn entry(reader: &mut Reader, value: &Value<'_>, source: &Source, folder: &Path) -> Option<Entry> {
    let table = reader.table(value, &KEYS);
    // A value of the wrong type is told as such, and is not missing as well.
    let rule = words(reader, &table, "rule", "of which rule it is: rule = \"exit/notice-stated\"");
    let agreement = words(
        reader,
        &table,
        "agreement",
        "for which agreement it is, relative to this file: agreement = \"deals/acme.alliance\", or \
         a pattern such as \"deals/**\"",
    );
    let item = table.get("item").is_some();
    let item = item.then(|| words(reader, &table, "item", "an item: item = \"exit/convenience\""));
    let reason = words(reader, &table, "reason", "why: reason = \"pilot, 6 months only\"");
    let approver = words(reader, &table, "approver", "who approved it: approver = \"Lena Ortiz\"");
    let until = until(reader, &table);
    let (path, from, pattern) = pattern(reader, agreement.as_ref()?, folder)?;
    let rule = rule?;
    let line = source.position(rule.span.start).line;
    let exception = Exception {
        // A named item that cannot be read would widen the waiver to every item.
        item: item.map_or(Some(None), |item| item.map(Some))?.map(|item| item.map(Into::into)),
        reason: reason?.node,
        approver: approver?.map(Into::into),
        until: until?,
        from: format!("{}:{line}", source.name()),
        rule: rule.map(Into::into),
    };
    Some(Entry { exception, agreement: agreement?, path, from, pattern })
}

/// Words that have to be there.
fn words(
    reader: &mut Reader,
    table: &Table<'_>,
    key: &'static str,
    shape: &str,
) -> Option<Spanned<String>> {
    let Some(value) = table.get(key) else {
        reader.tell(lacks(table, key, shape));
        return None;
    };
    let words = reader.string(Some(value))?;
    if words.node.trim().is_empty() {
        let message = format!("`{key}` is empty");
        let told = Diagnostic::error("waiver/malformed", message, words.span);
        reader.tell(told.help(format!("say {shape}")));
        return None;
    }
    Some(words)
}

fn lacks(table: &Table<'_>, key: &str, shape: &str) -> Diagnostic {
    let message = format!("a waiver has no `{key}`");
    Diagnostic::error("waiver/malformed", message, table.span).help(format!("say {shape}"))
}

/// The last day.
fn until(reader: &mut Reader, table: &Table<'_>) -> Option<Spanned<Date>> {
    let Some(value) = table.get("until") else {
        reader.tell(lacks(table, "until", "until when it holds: until = 2026-12-31"));
        return None;
    };
    let day = match value.get_ref() {
        DeValue::Datetime(moment) if moment.time.is_none() => moment.date,
        _ => None,
    };
    let day = day.and_then(|day| {
        let year = i16::try_from(day.year).ok()?;
        Date::new(year, i8::try_from(day.month).ok()?, i8::try_from(day.day).ok()?)
    });
    if day.is_none() {
        reader.mismatch(value, "a day without quotes, such as 2026-12-31");
    }
    day.map(|day| Spanned::new(day, span(value.span())))
}

/// The path it names, where it is one; the folder it counts from; the pattern below it.
fn pattern(
    reader: &mut Reader,
    agreement: &Spanned<String>,
    folder: &Path,
) -> Option<(Option<PathBuf>, PathBuf, GlobMatcher)> {
    let (mut from, mut below) = (folder.to_owned(), PathBuf::new());
    for component in Path::new(&agreement.node).components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                let _ = below.pop() || from.pop();
            }
            other => below.push(other),
        }
    }
    let odd = |why: &str| {
        let message = format!("`{}` is not a path or pattern: {why}", agreement.node);
        Diagnostic::error("waiver/malformed", message, agreement.span)
            .help("name agreements relative to the folder of this file")
    };
    let plain = !agreement.node.contains(['*', '?', '[', '{']);
    let name = below.to_string_lossy();
    match GlobBuilder::new(&name).literal_separator(true).build() {
        _ if below.is_absolute() => reader.tell(odd("it is not relative")),
        Ok(glob) => {
            let path = plain.then(|| from.join(&below));
            return Some((path, from, glob.compile_matcher()));
        }
        Err(error) => reader.tell(odd(&error.kind().to_string())),
    }
    None
}
