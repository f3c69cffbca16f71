//! `JUnit` XML, which CI servers show as tests: a suite for each agreement, a case for each rule that
//! was asked of it, and one more for each thing it found.
//!
//! Every finding that no waiver covers is a failure, whatever its severity: the type of the failure
//! says which. A rule that had nothing to judge is skipped, and so is what a waiver covers; neither
//! has passed. A file that could not be checked is an error.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::check::{Outcome, RuleOutcome};
use crate::diagnostic::Diagnostic;

use super::approvals::ids;
use super::concise::{note, plain};
use super::form::{Ending, Form};
use super::markup::escaped;
use super::page::{Entry, Origin, Page};
use super::summary::remarks;

/// Test suites.
#[derive(Debug, Clone, Copy)]
pub struct Junit;

/// The cases of a suite, and how many there are of each.
#[derive(Default)]
struct Suite {
    cases: String,
    tests: usize,
    failures: usize,
    errors: usize,
    skipped: usize,
}

impl Suite {
    fn case(&mut self, class: &str, name: &str, body: &str) {
        self.tests += 1;
        let (class, name) = (escaped(class), escaped(name));
        let _ =
            write!(self.cases, "    <testcase classname=\"{class}\" name=\"{name}\" time=\"0\"");
        if body.is_empty() {
            self.cases.push_str("/>\n");
        } else {
            let _ = writeln!(self.cases, ">{body}</testcase>");
        }
    }

    fn skip(&mut self, class: &str, name: &str, why: &str) {
        self.skipped += 1;
        self.case(class, name, &format!("<skipped message=\"{}\"/>", escaped(why)));
    }

    fn xml(self, name: &str) -> String {
        let Self { cases, tests, failures, errors, skipped } = self;
        format!(
            "  <testsuite name=\"{}\" tests=\"{tests}\" failures=\"{failures}\" \
             errors=\"{errors}\" skipped=\"{skipped}\" time=\"0\">\n{cases}  </testsuite>\n",
            escaped(name)
        )
    }

    /// The name holds no line: a server knows a test by it from one run to the next.
    fn entry(&mut self, page: &Page<'_>, entry: Entry<'_>, name: &str) {
        let path = page.source.name();
        let diagnostic = entry.diagnostic();
        let at = page.source.position(diagnostic.primary.span.start);
        let note = note(entry);
        if entry.is_accepted() {
            let note = note.trim_start_matches(", ");
            return self.skip(path, name, &format!("{note}: {}", diagnostic.message));
        }
        self.failures += 1;
        let kind = match entry {
            Entry::Ruled(finding) if finding.outcome == Outcome::Undetermined => "undetermined",
            _ => diagnostic.severity.word(),
        };
        let message = escaped(&format!("{}{note}: {}", diagnostic.severity, diagnostic.message));
        let mut said = format!("{path}:{}:{}", at.line, at.column);
        for (word, text) in [("why", &diagnostic.why), ("help", &diagnostic.help)] {
            if let Some(text) = text {
                let _ = write!(said, "\n{word}: {text}");
            }
        }
        let body = escaped(&said);
        self.case(
            path,
            name,
            &format!("<failure type=\"{kind}\" message=\"{message}\">{body}</failure>"),
        );
    }

    fn rule(&mut self, page: &Page<'_>, each: &RuleOutcome) {
        let path = page.source.name();
        let found = |rule: &str| page.report.findings.iter().any(|one| one.diagnostic.code == rule);
        match each.outcome {
            // Each finding is a case of its own.
            _ if found(&each.rule) => {}
            None => self.skip(path, &each.rule, "not run: it asks for --as-of"),
            Some(Outcome::NotApplicable) if each.other_kind => {
                self.skip(path, &each.rule, "for other kinds of alliance");
            }
            Some(Outcome::NotApplicable) => self.skip(path, &each.rule, "nothing to judge here"),
            Some(Outcome::Pass) => self.case(path, &each.rule, ""),
            // What was found follows from an error told already, which is a failure.
            Some(Outcome::Approval | Outcome::Undetermined | Outcome::Fail) => {
                self.skip(path, &each.rule, "undetermined: it follows from an error told already");
            }
        }
    }
}

impl Form for Junit {
    fn sums_up_first(&self) -> bool {
        true
    }

    fn opening(&self, end: Option<&Ending<'_>>) -> String {
        let name = end.map_or("pactum".to_owned(), |end| {
            let mut said = vec![format!("pactum: {}", end.verdict())];
            said.extend(remarks(end));
            said.push(end.run.to_string());
            said.join("; ")
        });
        let name = escaped(&name);
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"{name}\">\n")
    }

    fn page(&self, page: &Page<'_>, _: Origin<'_>) -> String {
        let mut suite = Suite::default();
        for each in &page.report.outcomes {
            suite.rule(page, each);
        }
        let mut times: BTreeMap<&str, usize> = BTreeMap::new();
        for each in page.diagnostics {
            let count = times.entry(&each.code).or_default();
            *count += 1;
            let again = if *count > 1 { format!("#{count}") } else { String::new() };
            suite.entry(page, Entry::Read(each), &format!("{}{again}", each.code));
        }
        for (finding, id) in page.report.findings.iter().zip(ids(&page.report.findings)) {
            suite.entry(page, Entry::Ruled(finding), &id);
        }
        if suite.tests == 0 {
            suite.case(page.source.name(), "read", "");
        }
        suite.xml(page.source.name())
    }

    fn unread(&self, path: &str, problem: &Diagnostic) -> String {
        let mut suite = Suite::default();
        suite.error(path, problem);
        suite.xml(path)
    }

    fn closing(&self, end: &Ending<'_>) -> String {
        let mut suite = Suite::default();
        for (source, problem) in end.problems {
            suite.error(source.map_or("pactum", |source| source.name()), problem);
        }
        let told = if suite.tests > 0 { suite.xml("pactum") } else { String::new() };
        told + "</testsuites>\n"
    }
}

impl Suite {
    fn error(&mut self, path: &str, problem: &Diagnostic) {
        self.errors += 1;
        let (code, message) = (escaped(&problem.code), escaped(&plain(&problem.message)));
        let body = escaped(problem.help.as_deref().unwrap_or_default());
        self.case(
            path,
            "checked",
            &format!("<error type=\"{code}\" message=\"{message}\">{body}</error>"),
        );
    }
}
