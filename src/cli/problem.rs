//! What keeps the tool from doing its job, with the text it stands in where there is one.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Severity};
use crate::render::human::Human;
use crate::source::{Source, Span};

/// One thing to tell on standard error.
#[derive(Debug, Clone)]
pub(super) struct Problem {
    /// The text it stands in: a policy or a configuration.
    pub(super) source: Option<Arc<Source>>,
    /// What it is.
    pub(super) diagnostic: Box<Diagnostic>,
}

impl Problem {
    /// A problem without a place.
    pub(super) fn new(code: &'static str, message: impl Into<String>) -> Self {
        let mut diagnostic = Diagnostic::error(code, String::new(), Span::default());
        // It names files, and half a path is none.
        diagnostic.message = message.into();
        Self { source: None, diagnostic: Box::new(diagnostic) }
    }

    /// Says what to do.
    pub(super) fn help(mut self, text: impl Into<String>) -> Self {
        self.diagnostic.help = Some(text.into());
        self
    }

    /// A list with this alone.
    pub(super) fn alone(self) -> Vec<Self> {
        vec![self]
    }

    /// Gives diagnostics the text they stand in.
    pub(super) fn all(source: &Arc<Source>, diagnostics: Vec<Diagnostic>) -> Vec<Self> {
        let boxed = diagnostics.into_iter().map(Box::new);
        boxed.map(|diagnostic| Self { source: Some(Arc::clone(source)), diagnostic }).collect()
    }

    /// Whether another tells the same at the same place of the same text.
    pub(super) fn same(&self, other: &Self) -> bool {
        let name = |problem: &Self| problem.source.as_ref().map(|source| source.name().to_owned());
        name(self) == name(other)
            && self.diagnostic.primary.span == other.diagnostic.primary.span
            && self.diagnostic.message == other.diagnostic.message
    }

    /// Whether it stops the job: a warning in a policy does not.
    pub(super) fn stops(&self) -> bool {
        self.diagnostic.severity == Severity::Error
    }

    /// As an output tells it.
    pub(super) fn told(&self) -> (Option<&Source>, &Diagnostic) {
        (self.source.as_deref(), &self.diagnostic)
    }

    /// As people read it.
    pub(super) fn human(&self, human: &Human) -> String {
        match &self.source {
            Some(source) => human.diagnostic(source, &self.diagnostic),
            None => human.problem(&self.diagnostic),
        }
    }
}
