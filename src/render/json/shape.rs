//! The shape of the JSON output, key by key: what is written, and what the JSON Schema says of it.

use schemars::JsonSchema;
use serde::Serialize;

use crate::render::approvals::Approvals;
use crate::render::page::Counts;

/// What `pactum check --format json` prints. The schema is that of the version that prints it: a
/// later one may have more keys under the same `schema_version`.
#[derive(JsonSchema)]
#[schemars(title = "pactum report", deny_unknown_fields)]
#[expect(dead_code, reason = "the document is written piece by piece; this is its shape")]
pub(super) struct ReportJson<'a> {
    /// The version of this shape.
    #[schemars(extend("const" = super::SCHEMA_VERSION))]
    schema_version: u32,
    /// The name of the tool.
    #[schemars(extend("const" = "pactum"))]
    tool: &'a str,
    /// The version of the tool.
    version: &'a str,
    /// The agreements in the order they were checked, then the files of waivers that something is to
    /// be said of.
    files: Vec<FileJson<'a>>,
    /// What else kept the job from being done wholly: a folder that could not be searched, a mistake
    /// in a policy or in the configuration.
    problems: Vec<PlacedJson<'a>>,
    /// The facts of the run.
    run: RunJson<'a>,
}

/// A file and what was found in it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(in crate::render) struct FileJson<'a> {
    /// The path, as it was named or found.
    pub(super) path: &'a str,
    /// The configuration in force for it; null where there is none.
    pub(super) config: Option<&'a str>,
    /// Why it could not be checked; null where it was.
    pub(super) problem: Option<PlacedJson<'a>>,
    /// What reading the text told.
    pub(super) diagnostics: Vec<PlacedJson<'a>>,
    /// What the rules told, by place and then by rule.
    pub(super) findings: Vec<FindingJson<'a>>,
    /// Undetermined answers that follow from an error that is told already.
    pub(super) folded: usize,
}

/// Something told of a text or of the job.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(in crate::render) struct PlacedJson<'a> {
    /// A name for it that lasts, within the file; only for what reading an agreement told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) fingerprint: Option<String>,
    /// `stage/problem`.
    pub(super) code: &'a str,
    /// How much it matters.
    #[schemars(extend("enum" = ["error", "warning", "advice"]))]
    pub(super) severity: &'static str,
    /// One line, understandable alone.
    pub(super) message: &'a str,
    /// Why it matters.
    pub(super) why: Option<&'a str>,
    /// What to do.
    pub(super) help: Option<&'a str>,
    /// The file it stands in, where that is not the file it is listed under.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) path: Option<&'a str>,
    /// The place that decided; null where there is none.
    pub(super) primary: Option<PlaceJson<'a>>,
    /// The other places that had a part in it.
    pub(super) secondary: Vec<PlaceJson<'a>>,
}

/// Something a rule found.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(in crate::render) struct FindingJson<'a> {
    /// The rule and the item, with a number from the second of the same on.
    pub(super) id: String,
    /// A name for it that lasts, within the file: made of the rule, the item and the values that
    /// decided it, and of nothing else.
    #[schemars(extend("pattern" = "^[0-9a-f]{32}$"))]
    pub(super) fingerprint: String,
    /// The rule's id.
    pub(super) rule: &'a str,
    /// How much it matters.
    #[schemars(extend("enum" = ["error", "warning", "advice"]))]
    pub(super) severity: &'static str,
    /// `fail`: it does not hold. `undetermined`: the agreement does not say enough to decide.
    /// `approval`: outside the preferred position, inside one that the approver may accept.
    #[schemars(extend("enum" = ["fail", "undetermined", "approval"]))]
    pub(super) outcome: &'static str,
    /// The item it is about: `section/id`, `section` or `header`.
    pub(super) item: &'a str,
    /// One line, understandable alone.
    pub(super) message: &'a str,
    /// Why it matters.
    pub(super) why: Option<&'a str>,
    /// What to do.
    pub(super) help: Option<&'a str>,
    /// What the rule rests on.
    pub(super) authority: &'a [String],
    /// Who may approve it, where the outcome is `approval`.
    pub(super) approver: Option<&'a str>,
    /// Where something missing would be inserted, as a byte offset.
    pub(super) insert_at: Option<u32>,
    /// The waiver that silences it; null where none does.
    pub(super) waived: Option<WaivedJson<'a>>,
    /// Whether it was recorded in the baseline.
    pub(super) known: bool,
    /// The place that decided.
    pub(super) primary: PlaceJson<'a>,
    /// The other places that had a part in it.
    pub(super) secondary: Vec<PlaceJson<'a>>,
}

/// A place and what is said beside it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(in crate::render) struct PlaceJson<'a> {
    /// What is said beside it; may be empty.
    pub(super) label: &'a str,
    /// The first byte, from the first byte of the file.
    pub(super) start: u32,
    /// One past the last byte.
    pub(super) end: u32,
    /// The line, from 1.
    #[schemars(range(min = 1))]
    pub(super) line: usize,
    /// The column, from 1, in Unicode scalar values.
    #[schemars(range(min = 1))]
    pub(super) column: usize,
    /// The line of the end.
    #[schemars(range(min = 1))]
    pub(super) end_line: usize,
    /// The column after the end.
    #[schemars(range(min = 1))]
    pub(super) end_column: usize,
}

/// Why a finding is waived.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(in crate::render) struct WaivedJson<'a> {
    /// The reason given.
    pub(super) reason: &'a str,
    /// Who approved it.
    pub(super) approver: &'a str,
    /// The last day it holds.
    #[schemars(extend("format" = "date"))]
    pub(super) until: String,
    /// Where the waiver stands: a file and a line.
    pub(super) from: &'a str,
}

/// The facts of a run.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(in crate::render) struct RunJson<'a> {
    /// Agreements checked.
    pub(super) files: usize,
    /// Files and folders that could not be checked or searched.
    pub(super) failed: usize,
    /// What became of each rule.
    pub(super) rules: RulesJson<'a>,
    /// How many of each were found.
    pub(super) counts: &'a Counts,
    /// For each approver, what waits for an approval.
    pub(super) approvals: &'a Approvals,
    /// How waivers were read.
    pub(super) waivers: WaiversJson,
    /// The exit code: 0 clean, 1 findings at or above the failing level, 2 the job could not be done.
    #[schemars(range(max = 2))]
    pub(super) exit: u8,
}

/// What became of each rule over all files.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(in crate::render) struct RulesJson<'a> {
    /// How much was asked.
    pub(super) profiles: Vec<&'static str>,
    /// Own rules of a wider profile: they were not asked.
    pub(super) left_out: Vec<&'a str>,
    /// All that were loaded.
    pub(super) loaded: Vec<&'a str>,
    /// Those that judged something.
    pub(super) applied: Vec<&'a str>,
    /// Those that had nothing to judge: they have not been passed.
    pub(super) never_applied: Vec<&'a str>,
    /// Those for other kinds of agreement.
    pub(super) other_kinds: Vec<&'a str>,
    /// Those that ask for the day of the check, where none was given.
    pub(super) not_run: Vec<&'a str>,
}

/// How waivers were read.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(in crate::render) struct WaiversJson {
    /// The day of the check, where there was any waiver.
    #[schemars(extend("format" = "date"))]
    pub(super) as_of: Option<String>,
    /// Waivers in agreements that were left aside as asked.
    pub(super) inline_ignored: usize,
}
