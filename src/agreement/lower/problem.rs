//! What can be wrong with an agreement that parses.

use thiserror::Error;

use crate::diagnostic::{Diagnostic, near_name};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{Form, Phrase};
use crate::syntax::shape;
use crate::value::{Currency, Str};

type Name = Spanned<Str>;

/// A slip of the model, with what a message needs.
#[derive(Debug, Clone, Error)]
pub(super) enum Problem {
    #[error("the agreement names no parties")]
    NoParties { at: Span },
    #[error("no party is called `{name}`")]
    UnknownParty { name: Name, known: Vec<String> },
    #[error("`{name}` is neither a party of this agreement nor a place of ISO 3166")]
    UnknownName { name: Name, known: Vec<String> },
    #[error("`{name}` is no place of ISO 3166")]
    UnknownPlace { name: Name },
    #[error("`{name}` is no ISO 4217 currency")]
    UnknownCurrency { name: Name },
    #[error("nothing is called `{name}`")]
    UnknownItem { name: Name, known: Vec<String> },
    #[error("no clock is called `{name}`")]
    UnknownClock { name: Name, known: Vec<String> },
    #[error("`{kind}` is no kind of alliance")]
    UnknownKind { kind: Name },
    #[error("`{word}` is no {what}")]
    UnknownWord { what: &'static str, word: Name, known: &'static [&'static str] },
    #[error("`{id}` stands twice in this section")]
    DuplicateId { id: Name, first: Span },
    #[error("`{id}` cannot be an id in {section}")]
    BadId { id: Name, section: &'static str },
    #[error("`{name}` is stated twice")]
    StatedTwice { name: &'static str, again: Span, first: Span },
    #[error("`{name}` says nothing in {section}")]
    IdleSlot { name: &'static str, section: &'static str, at: Span },
    #[error("a table says nothing in {section}")]
    IdleTable { section: &'static str, at: Span },
    #[error("{expected} stands here, such as {example}")]
    WrongType { at: Span, expected: &'static str, example: &'static str },
    #[error("the column `{column}` names no party")]
    NoShareColumn { column: Name, known: Vec<String> },
    #[error("a share is given to `{name}`, who is no party of this agreement")]
    StrangerShare { name: Name, known: Vec<String> },
    #[error("two columns are called `{name}`")]
    TwoColumns { name: Name, first: Span },
}

/// The one list of words that is too long to print and open at its end.
const OTHER_CATEGORY: &str =
    "`other` stands for any; `pactum explain clauses` lists the categories";

impl From<Problem> for Diagnostic {
    fn from(problem: Problem) -> Self {
        let message = problem.to_string();
        let named = |code: &'static str, name: &Name, known: &[String]| {
            Diagnostic::error(code, message.clone(), name.span).maybe_help(knows(name, known))
        };
        let plain = |code: &'static str, at: Span| Diagnostic::error(code, message.clone(), at);
        match &problem {
            Problem::UnknownParty { name, known } | Problem::StrangerShare { name, known } => {
                named("model/unknown-party", name, known)
            }
            Problem::UnknownName { name, known } => named("model/unknown-name", name, known),
            Problem::NoParties { at } => plain("model/no-parties", *at).help(
                "add a section `parties` with a line for each side, as in\n  Northwind: \"Northwind Ltd\", GB",
            ),
            Problem::UnknownPlace { name } => {
                plain("model/unknown-place", name.span).help("write a code such as DE, GB or US-TX")
            }
            Problem::UnknownCurrency { name } => {
                plain("model/no-such-currency", name.span).help("write a code such as EUR or USD")
            }
            Problem::UnknownItem { name, known } => {
                let near = near_name(&name.node, known.iter().map(String::as_str));
                let declare = declare_item(&name.node);
                plain("model/unknown-item", name.span).help(declare).maybe_help(near)
            }
            Problem::UnknownClock { name, known } => {
                let near = near_name(&name.node, known.iter().map(String::as_str));
                let declare = declare_clock(&name.node);
                plain("model/unknown-clock", name.span).help(declare).maybe_help(near)
            }
            Problem::UnknownKind { kind } => plain("model/unknown-kind", kind.span)
                .maybe_help(one_of(kind, &super::super::KINDS)),
            Problem::UnknownWord { word, known, .. } => {
                let open = known.contains(&"other").then(|| OTHER_CATEGORY.to_owned());
                plain("model/unknown-word", word.span).maybe_help(one_of(word, known).or(open))
            }
            Problem::DuplicateId { id, first } => plain("model/duplicate-id", id.span)
                .label("again here; this item is not checked")
                .also(*first, "first here")
                .help("give each item of a section an id of its own"),
            Problem::BadId { id, section } => plain("model/bad-id", id.span).help(id_help(section)),
            Problem::StatedTwice { again, first, .. } => plain("model/stated-twice", *again)
                .label("again here; this is not read")
                .also(*first, "first here"),
            Problem::TwoColumns { name, first } => plain("model/stated-twice", name.span)
                .label("again here")
                .also(*first, "first here")
                .help("give each column a name of its own; a party has one, with all it gets"),
            Problem::IdleSlot { at, section, .. } => plain("model/idle-slot", *at)
                .label("nobody reads this here")
                .help(format!("move it to the item it belongs to: this form of {section} has none")),
            Problem::IdleTable { at, .. } => plain("model/idle-slot", *at),
            Problem::WrongType { at, .. } => plain("model/wrong-type", *at),
            Problem::NoShareColumn { column, known } => {
                named("model/unknown-column", column, known)
            }
        }
    }
}

/// What to do about an item nobody wrote.
fn declare_item(name: &str) -> &'static str {
    match name {
        "undefined" | "contradictory" => {
            "what is wrong stands behind it in quotes: undefined \"Net Sales\""
        }
        "advance" => "it stands before the day: due in advance each quarter",
        _ => "declare it as an item, or put the words in quotes",
    }
}

/// What to do about a clock nobody set.
fn declare_clock(name: &str) -> &'static str {
    match name {
        "daily" | "weekly" | "monthly" | "quarterly" | "yearly" => {
            "what recurs is written with `each`: due each quarter"
        }
        _ => "declare it under `dates`, or quote an event: after \"first delivery\"",
    }
}

/// A near word, or all the words there are where they are few.
fn one_of(word: &Name, known: &[&'static str]) -> Option<String> {
    let near = near_name(&word.node, known.iter().copied());
    near.or_else(|| (known.len() <= 16).then(|| format!("it is one of {}", known.join(", "))))
}

/// How an id is written.
fn id_help(section: &str) -> &'static str {
    match section {
        "parties" => "a party's name begins with a capital letter",
        "waivers" => "a waiver is called like its rule: topic/requirement",
        _ => "an id is one word in small letters, digits and hyphens",
    }
}

/// A near name, or the names there are.
fn knows(name: &Name, known: &[String]) -> Option<String> {
    let near = near_name(&name.node, known.iter().map(String::as_str));
    if Currency::from_code(&name.node).is_some() {
        return Some(format!("`{name}` is a currency: say who is meant before the amount"));
    }
    let few = !known.is_empty() && known.len() <= 12;
    near.or_else(|| few.then(|| format!("the agreement knows {}", known.join(", "))))
}

/// How a slot is called in messages: its leading words.
pub(super) fn slot_name(form: Form) -> &'static str {
    match form {
        Form::Clock => "notice or time to answer",
        Form::Axis => "scope",
        Form::CustomerDuty => "customer duty",
        Form::Flags => "flag",
        Form::Hole | Form::HeadHole => "hole",
        Form::Deadline => "deadline",
        Form::PartPeriods => "part periods",
        Form::Carry => "carry",
        Form::ShareLimit => "limit of a side",
        other => shape(other.rule_name()).map_or(other.rule_name(), |shape| {
            let is_word = |c: char| c.is_ascii_lowercase() || c == ' ' || c == '-';
            shape.shape.split(|c: char| !is_word(c)).next().unwrap_or(shape.shape).trim()
        }),
    }
}

/// What is left open where a hole stands: the word a rule prints.
pub(super) fn field_name(section: &'static str, within: &Phrase) -> &'static str {
    match within.form {
        Form::Clock => match within.word().map(|word| &*word.node) {
            Some("to cure") => "time to cure",
            Some("to answer") => "time to answer",
            Some("to agree" | "to close" | "to object") => "time allowed",
            _ => "notice",
        },
        Form::Asset | Form::Owner => "ownership",
        Form::CustomerDuty | Form::Customers => "customer duty",
        Form::HeadHole | Form::Hole | Form::Lasts => section,
        Form::Person => "person",
        form if form.is_head() => "the head",
        form => slot_name(form),
    }
}
