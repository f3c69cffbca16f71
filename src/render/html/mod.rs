//! One self-contained HTML file, for a person who has never seen the tool: the verdict, then each
//! agreement by section, each finding with its words in the text, why it matters and what to do.
//! It needs no script and no other file; it is XML as well, so that every escape is held by a test.

mod excerpt;

use std::fmt::Write;

use crate::check::Finding;
use crate::diagnostic::Diagnostic;

use super::form::{Ending, Form, Setup};
use super::issues::{LEGEND, Positions, place, sections, standing, title};
use super::markup::escaped;
use super::page::{Counts, Entry, Origin, Page};
use super::run::many;
use super::summary::{IDLE, remarks};

const STYLE: &str = include_str!("report.css");

/// One HTML file.
#[derive(Debug)]
pub struct Html<'a> {
    positions: Positions<'a>,
}

impl<'a> Html<'a> {
    /// A file without findings.
    pub fn new(setup: Setup<'a>) -> Self {
        Self { positions: Positions::new(setup.rules) }
    }

    fn card(&self, page: &Page<'_>, entry: Entry<'_>) -> String {
        let diagnostic = entry.diagnostic();
        let standing = standing(entry);
        let class = match standing {
            "waived" | "undetermined" => standing,
            // Drawn alike: neither is asked of anybody now.
            "known" => "waived",
            _ => diagnostic.severity.word(),
        };
        let (item, line) = place(page.source, entry);
        // That it is about the agreement as a whole stands above.
        let item = item.filter(|item| item != "header");
        let item = item.map_or_else(String::new, |item| format!(" · {}", escaped(&item)));
        let mut out = format!(
            "<article class=\"finding {class}\">\n<p class=\"tags\">{} · {standing} · line {line}{item}</p>\n<h4>{}</h4>\n",
            diagnostic.severity,
            coded(&diagnostic.message)
        );
        out.push_str(&excerpt::excerpt(page.source, diagnostic, is_gap(entry)));
        out.push_str("<dl>\n");
        if let Some(why) = &diagnostic.why {
            row(&mut out, "why it matters", "", &coded(why));
        }
        if let Some(help) = &diagnostic.help {
            row(&mut out, "what to do", "help", &coded(help));
        }
        if let Entry::Ruled(finding) = entry {
            self.standing(&mut out, page, finding);
        }
        let what = if matches!(entry, Entry::Ruled(_)) { "rule" } else { "kind" };
        row(&mut out, what, "", &format!("<code>{}</code>", escaped(&diagnostic.code)));
        out + "</dl>\n</article>\n"
    }

    /// The position of the policy, who approves, and what the rule rests on.
    fn standing(&self, out: &mut String, page: &Page<'_>, finding: &Finding) {
        if let Some(waived) = &finding.waived {
            let (by, until) = (escaped(&waived.approver), waived.until);
            let (why, from) = (coded(&waived.reason), escaped(&waived.from));
            row(out, "waived", "", &format!("by {by} until {until}: {why} ({from})"));
        }
        if let Some(position) = self.positions.of(finding, page.report.kind) {
            // Where it is the rule in a sentence, it stands above as the first of the reasons.
            let why = finding.diagnostic.why.as_deref().unwrap_or_default();
            if !why.starts_with(&position.preferred) {
                row(out, "policy asks", "", &coded(&position.preferred));
            }
            for fallback in &position.fallbacks {
                let (accepted, by) = (coded(&fallback.accepted), escaped(&fallback.approver));
                row(out, "or, approved", "", &format!("{accepted}, by {by}"));
            }
        }
        if let Some(approver) = finding.approver.as_ref().filter(|_| !finding.is_accepted()) {
            row(out, "to be approved", "", &format!("by <b>{}</b>", escaped(approver)));
        }
        if !finding.authority.is_empty() {
            row(out, "rests on", "", &escaped(&finding.authority.join("; ")));
        }
    }
}

impl Form for Html<'_> {
    fn sums_up_first(&self) -> bool {
        true
    }

    fn opening(&self, end: Option<&Ending<'_>>) -> String {
        let mut out = format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n\
             <title>Pactum report</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n"
        );
        let Some(end) = end else { return out };
        let _ = write!(
            out,
            "<header>\n<h1>Agreements checked against policy</h1>\n<p class=\"verdict exit-{}\">{}</p>\n",
            end.exit,
            end.verdict()
        );
        out.push_str(&tally(&end.run.counts, end.run.failed, true));
        for remark in remarks(end) {
            let _ = writeln!(out, "<p>{}</p>", escaped(&remark));
        }
        let _ = writeln!(out, "<p class=\"counts\">{}</p>", escaped(&end.run.to_string()));
        out.push_str("<details><summary>How to read this</summary>\n<dl>\n");
        for (word, meaning) in LEGEND {
            row(&mut out, word, "", meaning);
        }
        out.push_str("</dl>\n<p>Pactum checks what is written against the rules of a policy. It gives no legal advice.</p>\n</details>\n</header>\n<main>\n");
        if end.unread.len() + end.problems.len() > 0 {
            out.push_str("<section>\n<h2>Could not be checked</h2>\n");
            for (_, problem) in end.unread {
                out.push_str(&trouble("", problem));
            }
            for (source, problem) in end.problems {
                let place = source.map_or_else(String::new, |source| {
                    let line = source.position(problem.primary.span.start).line;
                    format!("{}, line {line}: ", escaped(source.name()))
                });
                out.push_str(&trouble(&place, problem));
            }
            out.push_str("</section>\n");
        }
        out
    }

    fn page(&self, page: &Page<'_>, _: Origin<'_>) -> String {
        let counts = page.counts();
        let mut out = format!("<section>\n<h2>{}</h2>\n", escaped(page.source.name()));
        let sections = sections(page);
        if sections.is_empty() {
            out.push_str("<p class=\"clean\">nothing found</p>\n");
        } else {
            out.push_str(&tally(&counts, 0, false));
        }
        for (section, entries) in sections {
            let _ = writeln!(out, "<h3>In {}</h3>", escaped(title(&section)));
            out.extend(entries.into_iter().map(|entry| self.card(page, entry)));
        }
        if page.report.folded > 0 {
            let more = many(page.report.folded, "more answer");
            let _ = writeln!(out, "<p>{more} cannot be told because of an error above.</p>");
        }
        out + "</section>\n"
    }

    /// It stands above the agreements.
    fn unread(&self, _: &str, _: &Diagnostic) -> String {
        String::new()
    }

    fn closing(&self, end: &Ending<'_>) -> String {
        let mut out = "</main>\n<footer>\n".to_owned();
        for (became, words) in IDLE {
            let rules: Vec<&str> = end.run.that(became).collect();
            if rules.is_empty() {
                continue;
            }
            let count = many(rules.len(), "rule");
            let _ = write!(out, "<details><summary>{count} {words}</summary>\n<ul>\n");
            for rule in rules {
                let _ = writeln!(out, "<li><code>{}</code></li>", escaped(rule));
            }
            out.push_str("</ul>\n</details>\n");
        }
        let version = env!("CARGO_PKG_VERSION");
        let _ = writeln!(out, "<p>Written by pactum {version}.</p>");
        out + "</footer>\n</body>\n</html>\n"
    }
}

/// Whether what decided is that something is missing: its place is not what is wrong.
fn is_gap(entry: Entry<'_>) -> bool {
    matches!(entry, Entry::Ruled(finding) if finding.insert_at.is_some())
}

fn row(out: &mut String, name: &str, class: &str, markup: &str) {
    let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
    let _ = writeln!(out, "<dt>{name}</dt><dd{class}>{markup}</dd>");
}

/// How many of each; those that are none only where the whole is summed up.
fn tally(counts: &Counts, failed: usize, all: bool) -> String {
    let plural = |count: usize, what: &str| format!("{what}{}", if count == 1 { "" } else { "s" });
    let each = [
        ("error", failed, "not checked".to_owned(), false),
        ("error", counts.errors, plural(counts.errors, "error"), all),
        ("warning", counts.warnings, plural(counts.warnings, "warning"), all),
        ("advice", counts.advice, "advice".to_owned(), false),
        ("", counts.approvals, "of these can be approved".to_owned(), false),
        ("undetermined", counts.undetermined, "undetermined".to_owned(), all),
        ("", counts.waived, "waived".to_owned(), all),
        ("", counts.known, "known from the baseline".to_owned(), false),
    ];
    let mut out = "<ul class=\"tally\">\n".to_owned();
    for (class, count, what, always) in each {
        if count > 0 || always {
            let class = if count > 0 { class } else { "" };
            let _ = writeln!(out, "<li class=\"{class}\"><b>{count}</b> {what}</li>");
        }
    }
    out + "</ul>\n"
}

fn trouble(place: &str, problem: &Diagnostic) -> String {
    let mut out = format!(
        "<article class=\"finding trouble\">\n<h4>{place}{}</h4>\n<dl>\n",
        coded(&problem.message)
    );
    if let Some(help) = &problem.help {
        row(&mut out, "what to do", "help", &coded(help));
    }
    row(&mut out, "kind", "", &format!("<code>{}</code>", escaped(&problem.code)));
    out + "</dl>\n</article>\n"
}

/// Text whose words in back quotes are shown as such.
pub(super) fn coded(text: &str) -> String {
    let pieces: Vec<&str> = text.split('`').collect();
    if pieces.len().is_multiple_of(2) {
        return escaped(text);
    }
    let mut out = String::new();
    for (number, piece) in pieces.into_iter().enumerate() {
        match number % 2 {
            0 => out.push_str(&escaped(piece)),
            _ => drop(write!(out, "<code>{}</code>", escaped(piece))),
        }
    }
    out
}
