//! The vocabulary as reference text: every record with its facts, and what a path leads to.

use std::fmt::Write;

use crate::diagnostic::near_name;
use crate::policy::part_names;
use crate::vocabulary::{AGREEMENT, Field, RECORDS, RecordType, Type, WORDS, Words};

use super::layout::{columns, indented, wrapped};

/// The column in which it is said what a fact is.
const SAYS: usize = 36;

/// Every record in a line.
pub(super) fn overview() -> String {
    let mut out = String::from("the records, and what they are\n");
    for record in RECORDS {
        out.push_str(&columns(&format!("  {}", record.name), record.doc, 18));
    }
    out.push_str("\n`pactum explain RECORD` shows the facts of one, such as Commitment\n");
    out
}

/// A record: what it is, where it is found, and its facts.
pub(super) fn record(record: &'static RecordType) -> String {
    let mut out = wrapped(record.doc, &format!("{}: ", record.name), "  ");
    let places = places(record);
    if !places.is_empty() {
        out.push_str(&wrapped(&places.join(", "), "found at ", "  "));
    }
    out.push('\n');
    for field in record.facts() {
        out.push_str(&columns(&format!("  {}", declared(field)), field.doc, SAYS));
    }
    out
}

/// A closed list of words.
pub(super) fn words(words: &Words) -> String {
    let mut out = wrapped(words.doc, &format!("{}: ", words.name), "  ");
    out.push_str(&wrapped(&words.words.join(", "), "  ", "  "));
    out
}

/// What a name of the vocabulary means: a record, a list of words, or a path such as
/// `exit.convenience`.
pub(super) fn named(name: &str) -> Option<String> {
    let closed = WORDS.iter().find(|closed| closed.name == name).map(|closed| words(closed));
    let of_name = |each: &&&RecordType| each.name == name || kebab(each.name) == name;
    let Some(found) = RECORDS.iter().find(of_name) else {
        // A fact that is one of a list of words shows them.
        return path(name).ok().or(closed);
    };
    let pages: Vec<_> = [record(found)].into_iter().chain(closed).collect();
    Some(pages.join("\n"))
}

/// The name of the record that a section of the agreement, or each item of it, is.
pub(super) fn record_of(section: &str) -> Option<&'static str> {
    match base(AGREEMENT.field(section)?.ty) {
        Type::Record(record) => Some(record.name),
        _ => None,
    }
}

/// Every name that means something alone.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    let facts = AGREEMENT.facts().map(|field| field.name);
    facts.chain(RECORDS.iter().map(|record| record.name)).chain(WORDS.iter().map(|all| all.name))
}

/// Why a path leads nowhere, with a near name or all there is.
pub(super) fn astray(name: &str) -> Option<String> {
    path(name).err().filter(|_| name.contains('.'))
}

/// A path: the type it leads to and what it says, how it is asked, and the record it ends at.
fn path(name: &str) -> Result<String, String> {
    let mut parts = name.split('.');
    let first = parts.next().unwrap_or("");
    if name == "as-of" {
        return Ok("as-of: date\n  The day of the check, as --as-of gives it.\n".to_owned());
    }
    let start = AGREEMENT.field(first);
    let owner = RECORDS.iter().find(|record| kebab(record.name) == first);
    let mut ty = match (start, owner) {
        (Some(field), _) => field.ty,
        (None, Some(owner)) => Type::Record(owner),
        (None, None) => return Err(unknown(first, AGREEMENT)),
    };
    let (mut last, mut missing) = (start, start.is_some_and(|field| field.optional));
    let (mut here, mut each, mut part_of) = (first.to_owned(), None, None);
    for part in parts {
        if let Type::List(of) = ty {
            let member = singular(*of, &here);
            each = Some(format!("for every {member} in {here}"));
            (here, ty, missing) = (member, *of, false);
        }
        match ty {
            Type::Record(record) => {
                let field = record.field(part).ok_or_else(|| unknown(part, record))?;
                missing = missing || field.optional;
                (last, ty) = (Some(field), field.ty);
            }
            leaf if part_names(leaf).contains(&part) => {
                part_of = Some(format!("The {part} of the {leaf}."));
                (last, ty) = (None, if part == "currency" { Type::Currency } else { Type::Number });
            }
            leaf => return Err(format!("`{here}` is {leaf} and has no fact `{part}`")),
        }
        here = format!("{here}.{part}");
    }
    Ok(told(name, ty, &Told { last, missing, each, part_of, here }))
}

/// What is known at the end of a path.
struct Told {
    last: Option<&'static Field>,
    missing: bool,
    /// How the list on the way is gone through.
    each: Option<String>,
    part_of: Option<String>,
    /// The path as a rule writes it, from the last list on.
    here: String,
}

fn told(name: &str, ty: Type, told: &Told) -> String {
    let mut out = format!("{name}: {ty}\n");
    let says = told.part_of.as_deref().or(told.last.map(|field| field.doc));
    out.extend(says.map(|says| wrapped(says, "  ", "  ")));
    if told.missing && !matches!(ty, Type::List(_)) {
        out.push_str("  It may be missing: `if missing` says what that means.\n");
    }
    if let Some(each) = &told.each {
        let _ = writeln!(out, "  It is asked of each: {each}, then {}", told.here);
    }
    match ty {
        Type::List(of) => {
            let member = singular(*of, &told.here);
            let _ = writeln!(out, "  Each of them: for every {member} in {}", told.here);
        }
        Type::Record(of) if of.section => {
            let _ = writeln!(out, "  `{} is stated` asks whether the heading is there.", told.here);
        }
        _ => {}
    }
    match base(ty) {
        Type::Record(of) => {
            let _ = write!(out, "\n{}", record(of));
        }
        Type::Word(closed) => {
            let _ = write!(out, "\n{}", words(closed));
        }
        leaf if !part_names(leaf).is_empty() => {
            let _ = writeln!(out, "  Its parts: {}", part_names(leaf).join(", "));
        }
        _ => {}
    }
    out
}

/// A fact with its type; `?` where it may be missing.
fn declared(field: &Field) -> String {
    let mark = if field.optional { "?" } else { "" };
    format!("{}{mark}: {}", field.name, field.ty)
}

/// Where records of a type are found: facts of the agreement or of other records.
fn places(of: &RecordType) -> Vec<String> {
    let leads = |field: &&Field| matches!(base(field.ty), Type::Record(found) if found == of);
    let mut places = Vec::new();
    for record in RECORDS {
        let section = AGREEMENT.facts().find(|field| field.ty == Type::Record(record));
        let prefix = match section {
            _ if **record == *AGREEMENT => String::new(),
            Some(section) => format!("{}.", section.name),
            None => format!("{}.", kebab(record.name)),
        };
        places.extend(record.facts().filter(leads).map(|field| format!("{prefix}{}", field.name)));
    }
    places
}

fn base(ty: Type) -> Type {
    if let Type::List(of) = ty { base(*of) } else { ty }
}

/// What to call a member of a list.
fn singular(of: Type, path: &str) -> String {
    let last = path.rsplit('.').next().unwrap_or(path);
    match of {
        Type::Record(record) => kebab(record.name),
        // The binder must not hide a fact of the agreement.
        _ => last.strip_suffix('s').filter(|one| one.len() > 2).unwrap_or("one").to_owned(),
    }
}

fn unknown(part: &str, record: &'static RecordType) -> String {
    let near = near_name(part, record.facts().map(|field| field.name));
    let all: Vec<_> = record.facts().map(|field| field.name).collect();
    let had = near.unwrap_or_else(|| format!("it has: {}", all.join(", ")));
    format!("{} has no fact `{part}`; {had}", record.name)
}

/// `first-right` for `FirstRight`: how a rule would call one.
fn kebab(name: &str) -> String {
    let mut out = String::new();
    for (at, c) in name.char_indices() {
        if at > 0 && c.is_ascii_uppercase() {
            out.push('-');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

/// The vocabulary for the reference: every record, then every list of words.
pub(super) fn reference() -> String {
    let mut out = String::new();
    for each in RECORDS {
        let _ =
            write!(out, "\n### {}\n\n{}", each.name, super::layout::fenced("text", &record(each)));
    }
    out.push_str("\n### Lists of words\n\n");
    let all: Vec<_> = WORDS.iter().map(|each| words(each)).collect();
    out.push_str(&super::layout::fenced("text", &all.join("\n")));
    out
}

/// The lists of words by name and what they tell apart.
pub(super) fn word_lists() -> String {
    let line = |each: &&Words| columns(each.name, each.doc, 16);
    indented(&WORDS.iter().map(line).collect::<String>())
}
