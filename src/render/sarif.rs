//! SARIF 2.1.0, the OASIS format that code scanning services and editors read.
//!
//! What SARIF has no word for is said in `properties`: the outcome, the item, the approver. Every
//! result is of kind `fail`, undetermined ones included: of another kind it would have to have the
//! level `none`, and viewers hide that. Rules that judged nothing are notifications of the run, so
//! that none looks like one that holds.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Mutex;

use serde_json::{Value, json};

use crate::check::{FINGERPRINT_VERSION, Outcome, Waived, fingerprints, fingerprints_of_read};
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::policy::Rule;
use crate::source::Source;

use super::concise::plain;
use super::form::{Ending, Form, Setup, below};
use super::json::to_string;
use super::page::{Entry, Origin, Page};
use super::summary::{IDLE, remarks};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// The name by which places count from the root of the repository.
const BASE: &str = "%SRCROOT%";

/// One SARIF log of one run.
#[derive(Debug)]
pub struct Sarif<'a> {
    setup: Setup<'a>,
    /// Codes that no rule has, met on the way: they are described with the rules.
    others: Mutex<BTreeMap<String, Severity>>,
}

impl<'a> Sarif<'a> {
    /// A log without results.
    pub fn new(setup: Setup<'a>) -> Self {
        Self { setup, others: Mutex::default() }
    }

    fn meet(&self, diagnostic: &Diagnostic) {
        let of_rule = self.setup.rules.iter().any(|rule| rule.id() == diagnostic.code);
        if !of_rule && let Ok(mut others) = self.others.lock() {
            let known = others.entry(diagnostic.code.to_string()).or_insert(diagnostic.severity);
            *known = diagnostic.severity.max(*known);
        }
    }

    fn tool(&self) -> Value {
        let mut rules: Vec<Value> = self.setup.rules.iter().map(|rule| described(rule)).collect();
        if let Ok(others) = self.others.lock() {
            rules.extend(others.iter().map(|(code, severity)| {
                json!({
                    "id": code,
                    "shortDescription": { "text": stage(code) },
                    "defaultConfiguration": { "level": level(*severity) },
                })
            }));
        }
        json!({ "driver": {
            "name": "pactum",
            "version": env!("CARGO_PKG_VERSION"),
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": rules,
        }})
    }

    fn result(&self, page: &Page<'_>, skipped: u32, entry: Entry<'_>, name: &str) -> Value {
        let diagnostic = entry.diagnostic();
        self.meet(diagnostic);
        let (mut message, mut properties) = (diagnostic.message.clone(), json!({}));
        let mut suppressions = Vec::new();
        if let Entry::Ruled(finding) = entry {
            message = match (finding.outcome, &finding.approver) {
                (Outcome::Undetermined, _) => format!("undetermined: {message}"),
                (Outcome::Approval, Some(who)) => format!("needs approval of {who}: {message}"),
                _ => message,
            };
            properties = json!({ "outcome": finding.outcome.word(), "item": finding.item });
            if let Some(approver) = &finding.approver {
                properties["approver"] = json!(approver);
            }
            suppressions.extend(finding.waived.iter().map(|waived| Self::suppressed(page, waived)));
        }
        if let Some(help) = &diagnostic.help {
            properties["help"] = json!(help);
        }
        let related = diagnostic.secondary.iter().enumerate().map(|(number, label)| {
            let mut place = self.location(page.source, skipped, label);
            place["id"] = json!(number);
            if !label.text.is_empty() {
                place["message"] = json!({ "text": label.text });
            }
            place
        });
        let mut result = json!({
            "ruleId": diagnostic.code,
            "kind": "fail",
            "level": level(diagnostic.severity),
            "message": { "text": plain(&message) },
            "locations": [self.location(page.source, skipped, &diagnostic.primary)],
            "relatedLocations": related.collect::<Vec<_>>(),
            "partialFingerprints": { format!("pactumFinding/v{FINGERPRINT_VERSION}"): name },
            "suppressions": suppressions,
            "properties": properties,
        });
        // Either every result of a log has a state, or none.
        if self.setup.baseline {
            let known = matches!(entry, Entry::Ruled(finding) if finding.known);
            result["baselineState"] = json!(if known { "unchanged" } else { "new" });
        }
        result
    }

    fn suppressed(page: &Page<'_>, waived: &Waived) -> Value {
        let file = waived.from.rsplit_once(':').map_or(&*waived.from, |(file, _)| file);
        let inside = file == page.source.name();
        let (until, by, reason) = (waived.until, &waived.approver, &waived.reason);
        json!({
            "kind": if inside { "inSource" } else { "external" },
            "status": "accepted",
            "justification": format!("{reason} (approved by {by}, until {until}, {})", waived.from),
        })
    }

    fn location(&self, source: &Source, skipped: u32, label: &Label) -> Value {
        let (start, end) = (label.span.start, label.span.end.max(label.span.start));
        let (from, to) = (source.position(start), source.position(end));
        json!({ "physicalLocation": {
            "artifactLocation": artifact(below(self.setup.root, source.name())),
            "region": {
                "startLine": from.line,
                "startColumn": from.column,
                "endLine": to.line,
                "endColumn": to.column,
                "byteOffset": start + skipped,
                "byteLength": end - start,
            },
        }})
    }

    /// What kept the job from being done wholly.
    fn failures(&self, end: &Ending<'_>) -> Vec<Value> {
        let unread = end.unread.iter().map(|(path, problem)| {
            let at = json!({ "physicalLocation": {
                "artifactLocation": artifact(below(self.setup.root, path)),
            }});
            notification(problem, Some(at))
        });
        let problems = end.problems.iter().map(|(source, problem)| {
            let at = source.map(|source| self.location(source, 0, &problem.primary));
            notification(problem, at)
        });
        unread.chain(problems).collect()
    }

    /// What is to be known of the run although nothing was found.
    fn remarks(end: &Ending<'_>) -> Vec<Value> {
        let note = |text: String| json!({ "level": "note", "message": { "text": text } });
        let idle = IDLE.into_iter().flat_map(|(became, words)| {
            end.run.that(became).map(move |rule| {
                let mut note = note(format!("{words}: {rule}"));
                note["associatedRule"] = json!({ "id": rule });
                note
            })
        });
        let said = remarks(end).into_iter().chain([end.run.to_string()]).map(note);
        idle.chain(said).collect()
    }
}

impl Form for Sarif<'_> {
    fn sums_up_first(&self) -> bool {
        true
    }

    fn opening(&self, end: Option<&Ending<'_>>) -> String {
        let mut notifications = Vec::new();
        let (mut done, mut exit) = (false, 2);
        if let Some(end) = end {
            notifications = self.failures(end);
            notifications.extend(Self::remarks(end));
            (done, exit) = (end.exit != 2, end.exit);
        }
        let invocation = json!([{
            "executionSuccessful": done,
            "exitCode": exit,
            "toolExecutionNotifications": notifications,
        }]);
        let base = json!({ BASE: { "description": {
            "text": "the folder that pactum was run in, most often the root of the repository",
        }}});
        let parts = [
            ("tool", self.tool()),
            ("invocations", invocation),
            ("originalUriBaseIds", base),
            // Columns count Unicode scalar values.
            ("columnKind", json!("unicodeCodePoints")),
        ];
        let mut out = format!("{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{\n");
        for (name, value) in parts {
            let _ = writeln!(out, "\"{name}\":{},", to_string(&value));
        }
        out + "\"results\":[\n"
    }

    fn page(&self, page: &Page<'_>, origin: Origin<'_>) -> String {
        let read = page.diagnostics.iter().map(Entry::Read);
        let ruled = page.report.findings.iter().map(Entry::Ruled);
        let names = fingerprints_of_read(page.source, page.diagnostics).into_iter();
        let names = names.chain(fingerprints(page.source, &page.report.findings));
        let results = read.chain(ruled).zip(names);
        let results: Vec<String> = results
            .map(|(entry, name)| to_string(&self.result(page, origin.skipped, entry, &name)))
            .collect();
        results.join(",\n")
    }

    /// It is a notification of the run.
    fn unread(&self, _: &str, _: &Diagnostic) -> String {
        String::new()
    }

    fn between(&self) -> &'static str {
        ",\n"
    }

    fn closing(&self, _: &Ending<'_>) -> String {
        "\n]}]}\n".to_owned()
    }
}

fn described(rule: &Rule) -> Value {
    let mut help = rule.why();
    if !rule.sources().is_empty() {
        let _ = write!(help, "\n\nIt rests on: {}.", rule.sources().join("; "));
    }
    let _ = write!(help, "\n\nAll there is to know of it: pactum explain {}", rule.id());
    let topic = rule.id().split('/').next().unwrap_or_default();
    json!({
        "id": rule.id(),
        "shortDescription": { "text": or_id(rule.summary(), rule) },
        "fullDescription": { "text": or_id(&rule.why(), rule) },
        "help": { "text": help },
        "defaultConfiguration": { "level": level(rule.severity()) },
        "properties": { "tags": [topic] },
    })
}

/// A text may not be empty.
fn or_id(text: &str, rule: &Rule) -> String {
    if text.is_empty() { rule.id().to_owned() } else { text.to_owned() }
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    }
}

/// What a stage of the tool tells of, in general.
fn stage(code: &str) -> &'static str {
    match code.split('/').next().unwrap_or_default() {
        "syntax" => "something in the agreement that cannot be read",
        "model" => "something in the agreement that does not fit the rest of it",
        "waiver" => "a waiver that does not do what it says",
        "check" => "something that keeps rules from being asked",
        _ => "something told by the tool itself",
    }
}

fn notification(problem: &Diagnostic, location: Option<Value>) -> Value {
    let mut text = plain(&problem.message);
    if let Some(help) = &problem.help {
        let _ = write!(text, ": {}", plain(help));
    }
    let mut notification = json!({
        "descriptor": { "id": problem.code },
        "level": level(problem.severity),
        "message": { "text": text },
    });
    if let Some(location) = location {
        notification["locations"] = json!([location]);
    }
    notification
}

/// A path as a URI: relative to the root where it is relative, else of the file system.
fn artifact(path: &str) -> Value {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            _ => drop(write!(uri, "%{byte:02X}")),
        }
    }
    if path.starts_with('/') {
        json!({ "uri": format!("file://{uri}") })
    } else {
        json!({ "uri": uri, "uriBaseId": BASE })
    }
}
