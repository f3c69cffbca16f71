//! The formats by name. A new one is a file with its [`Form`], and a line here.

use super::concise::Concise;
use super::form::{Form, Setup};
use super::github::Github;
use super::gitlab::Gitlab;
use super::html::Html;
use super::human::Human;
use super::json::Json;
use super::json_lines::JsonLines;
use super::junit::Junit;
use super::markdown::Markdown;
use super::people::People;
use super::sarif::Sarif;

type Make = for<'a> fn(Setup<'a>, &Human) -> Box<dyn Form + 'a>;

/// Each format: its name, what it is for, and how its form is made.
const FORMATS: [(&str, &str, Make); 10] = [
    ("human", "For people: each finding with its place drawn", |setup, human| {
        let Setup { verbose, told_elsewhere, .. } = setup;
        Box::new(People { human: human.clone(), verbose, told_elsewhere })
    }),
    ("concise", "One line each: path:line:column: error[rule]: message", |setup, _| {
        Box::new(Concise { verbose: setup.verbose })
    }),
    ("json", "For programs: one JSON document (pactum schema report)", |_, _| Box::new(Json)),
    ("json-lines", "For programs: one JSON document a line", |_, _| Box::new(JsonLines)),
    ("sarif", "SARIF 2.1.0, for code scanning", |setup, _| Box::new(Sarif::new(setup))),
    ("junit", "JUnit XML, for CI servers", |_, _| Box::new(Junit)),
    ("github", "Annotations of a GitHub Actions job", |setup, _| {
        Box::new(Github { root: setup.root })
    }),
    ("gitlab", "A GitLab code quality report", |setup, _| Box::new(Gitlab { root: setup.root })),
    ("markdown", "An issues list for a comment on a pull request", |setup, _| {
        Box::new(Markdown::new(setup))
    }),
    ("html", "One HTML file, for readers without the tool", |setup, _| Box::new(Html::new(setup))),
];

/// A way to say what was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Format(usize);

impl Format {
    /// For people.
    pub const HUMAN: Self = Self(0);

    /// All formats.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..FORMATS.len()).map(Self)
    }

    /// The format of that name.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::all().find(|each| each.word() == word)
    }

    /// Its name.
    pub const fn word(self) -> &'static str {
        FORMATS[self.0].0
    }

    /// What it is for.
    pub const fn about(self) -> &'static str {
        FORMATS[self.0].1
    }

    /// Its form. `human` says how to draw for people.
    pub fn form<'a>(self, setup: Setup<'a>, human: &Human) -> Box<dyn Form + 'a> {
        FORMATS[self.0].2(setup, human)
    }
}
