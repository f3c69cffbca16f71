//! What each format makes of findings of every kind, and of names and texts that try to break out.

use std::collections::BTreeSet;
use std::fs;

use roxmltree::{Document, Node, ParsingOptions};
use serde_json::Value;

use super::{Folder, Ran, agreement, run};

const FORMATS: [&str; 10] = [
    "human",
    "concise",
    "json",
    "json-lines",
    "sarif",
    "junit",
    "github",
    "gitlab",
    "markdown",
    "html",
];
/// Markup of all kinds, commands, and characters that act.
const HOSTILE: &str = "A | B <script>alert(1)</script> `x` @octocat #1 ::error::no %0A]]> \u{1b}[31m\u{202e}é漢 \u{7}";
/// A file of the same kind.
const NAME: &str = "odd\n::error::x,y|<b>&`é%.alliance";

/// A failure, an approval, an undetermined answer, a waived one, an item that cannot be read, hostile
/// texts and names, a waiver that does nothing, a file that cannot be read.
fn every() -> Folder {
    let titled = agreement("45 days").replacen('\n', &format!("\n  title \"{HOSTILE}\"\n"), 1);
    Folder::new()
        .file("policies/every.policy", include_str!("every.policy"))
        .file("approve.alliance", agreement("60 days"))
        .file("broken.alliance", [0xff])
        .file("clean.alliance", agreement("90 days"))
        .file(
            "fail.alliance",
            agreement("30 days").replacen(
                "exit",
                "commitments\n  sends: Kestrel comits 4 \"sends\"\n\nexit",
                1,
            ),
        )
        .file(NAME, titled)
        .file("unclear.alliance", agreement("3 months"))
        .file("waived.alliance", agreement("10 days"))
        .file("pactum-waivers.toml", waivers())
}

fn waivers() -> String {
    let entry = |rule: &str, agreement: &str| {
        format!(
            "[[waiver]]\nrule = \"{rule}\"\nagreement = \"{agreement}\"\nreason = \"pilot | <i>\"\n\
             approver = \"Lena Ortiz\"\nuntil = 2026-12-31\n\n"
        )
    };
    entry("exit/long-notice", "waived.alliance") + &entry("title/plain", "clean.alliance")
}

/// All formats in one run, each in a file.
fn all(folder: &Folder) -> Ran {
    let outputs = FORMATS.map(|format| format!("--output={format}=out.{format}"));
    let outputs: Vec<&str> = outputs.iter().map(String::as_str).collect();
    folder.check(&[&["--as-of", "2026-06-01"], outputs.as_slice()].concat())
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn list<'a>(value: &'a Value, pointer: &str) -> &'a [Value] {
    value.pointer(pointer).unwrap_or_else(|| panic!("{pointer} in {value:#}")).as_array().unwrap()
}

#[test]
fn each_format_tells_everything() {
    let folder = every();
    let ran = all(&folder);
    assert_eq!(ran.code, 2, "{}", ran.all());
    for format in FORMATS {
        let text = folder.read(&format!("out.{format}"));
        for bad in ['\u{1b}', '\u{202e}', '\u{7}'] {
            assert!(!text.contains(bad), "{format} prints {bad:?} raw");
        }
        // What must not be missing from any report; GitLab has no place for the rule.
        for told in ["45 days", "30 days", "60 days", "3 months", "Head of Alliances", "sends"] {
            assert!(text.contains(told), "{format} does not tell of {told}");
        }
        assert!(text.contains("broken.alliance"), "{format}: a file that was not read");
        assert!(text.contains("ndetermined"), "{format}: undetermined");
        assert!(text.contains("waive") && text.contains("unused"), "{format}: waivers");
        let idle = text.contains("never applied") || text.contains("never_applied");
        let optional = matches!(format, "gitlab" | "junit");
        assert!(idle || optional, "{format}: rules that judged nothing");
        // The style of a page is long, and told by its own file.
        let text = text.split_once("<style>").map_or(text.clone(), |(head, rest)| {
            format!("{head}<style>{}", &rest[rest.find("</style>").unwrap()..])
        });
        insta::assert_snapshot!(format!("every_{format}"), text);
    }
}

#[test]
fn standard_output_gets_the_same_as_a_file() {
    let folder = every();
    all(&folder);
    for format in FORMATS.into_iter().filter(|format| *format != "human") {
        let ran = folder.check(&["--as-of", "2026-06-01", "--format", format]);
        assert_eq!(ran.out, folder.read(&format!("out.{format}")), "{format}");
        let piped = folder.check(&["--as-of", "2026-06-01", "--output", &format!("{format}=-")]);
        assert_eq!(piped, ran, "{format}");
    }
    let mut told = folder.read("out.human");
    let start = told.find("error[file/not-utf8]").unwrap();
    let end = start + told[start..].find("\n\n").unwrap() + 2;
    told.replace_range(start..end, "");
    assert_eq!(folder.check(&["--as-of", "2026-06-01"]).out, told, "told on standard error");
}

#[test]
fn every_format_is_the_same_for_any_number_of_threads() {
    let folder = (0..300).fold(Folder::with_policy(), |folder, number| {
        let notice = ["30 days", "60 days", "90 days", "3 months"][number % 4];
        folder.file(&format!("deals/{number:03}.alliance"), agreement(notice))
    });
    for format in FORMATS {
        let arguments =
            ["check", "--no-standard-rules", "--policy", "policies", "--format", format];
        let with = |threads| run(&folder.0, arguments, "", &[("RAYON_NUM_THREADS", threads)]);
        let one = with("1");
        assert_eq!(one.code, 1);
        assert_eq!(one, with("5"), "{format}");
    }
}

/// A schema as a validator; the error names what is wrong.
fn validate(schema: Value, value: &Value) -> Result<(), String> {
    let (mut schemas, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
    compiler.enable_format_assertions();
    compiler.add_resource("pactum:///schema.json", schema).unwrap();
    let index = compiler.compile("pactum:///schema.json", &mut schemas).unwrap();
    schemas.validate(value, index).map_err(|error| format!("{error:#}"))
}

fn sarif_schema() -> Value {
    json(&fs::read_to_string("tests/schemas/sarif-schema-2.1.0.json").unwrap())
}

#[test]
fn sarif_keeps_to_the_official_schema() {
    let folder = every();
    all(&folder);
    let log = json(&folder.read("out.sarif"));
    validate(sarif_schema(), &log).unwrap_or_else(|error| panic!("{error}"));
    let nothing = json(&Folder::new().run(["check", "--format", "sarif"]).out);
    validate(sarif_schema(), &nothing).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(nothing["runs"][0]["invocations"][0]["executionSuccessful"], false);
    // A check of the check.
    let mut wrong = log.clone();
    wrong["runs"][0]["results"][0]["level"] = "fatal".into();
    assert!(validate(sarif_schema(), &wrong).is_err());
}

/// What the schema cannot say.
#[test]
fn sarif_refers_to_what_is_there() {
    let folder = every();
    all(&folder);
    let log = json(&folder.read("out.sarif"));
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let rules = list(run, "/tool/driver/rules");
    let ids: BTreeSet<&str> = rules.iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), rules.len(), "each once");
    let mut names = BTreeSet::new();
    let mut suppressed = 0;
    for result in list(run, "/results") {
        assert!(ids.contains(result["ruleId"].as_str().unwrap()), "{result}");
        let place = &result["locations"][0]["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().unwrap();
        assert_eq!(place["artifactLocation"]["uriBaseId"], "%SRCROOT%");
        assert!(run["originalUriBaseIds"]["%SRCROOT%"].is_object());
        let decoded = percent(uri);
        let text = folder.read(&decoded);
        // Columns and bytes tell of the same words.
        let region = |name: &str| usize::try_from(place["region"][name].as_u64().unwrap()).unwrap();
        let line = text.lines().nth(region("startLine") - 1).unwrap();
        let rest: String = line.chars().skip(region("startColumn") - 1).collect();
        assert!(text[region("byteOffset")..].starts_with(&rest), "{result}");
        let name = result["partialFingerprints"]["pactumFinding/v1"].as_str().unwrap();
        assert!(names.insert((decoded, name.to_owned())), "a fingerprint for one finding");
        suppressed += result["suppressions"].as_array().unwrap().len();
    }
    assert_eq!(suppressed, 1);
    let told = list(run, "/invocations/0/toolExecutionNotifications");
    let of = |id: &str| told.iter().filter(|note| note["descriptor"]["id"] == id).count();
    assert_eq!(of("file/not-utf8"), 1);
    assert!(told.iter().any(|note| note["message"]["text"] == "never applied: ip/named"));
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
    assert_eq!(run["invocations"][0]["exitCode"], 2);
}

/// A URI without its percent signs.
fn percent(uri: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = uri.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let hex = [rest.next().unwrap(), rest.next().unwrap()];
                u8::from_str_radix(std::str::from_utf8(&hex).unwrap(), 16).unwrap()
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).unwrap()
}

#[test]
fn junit_adds_up_and_is_xml() {
    let folder = every();
    all(&folder);
    let text = folder.read("out.junit");
    let document = Document::parse(&text).unwrap();
    let root = document.root_element();
    assert_eq!(root.tag_name().name(), "testsuites");
    let (mut failures, mut errors) = (0, 0);
    for suite in elements(root) {
        assert_eq!(suite.tag_name().name(), "testsuite");
        let number = |name: &str| suite.attribute(name).unwrap().parse::<usize>().unwrap();
        let cases: Vec<_> = elements(suite).collect();
        let with = |name: &str| {
            cases.iter().filter(|case| elements(**case).any(|of| of.has_tag_name(name))).count()
        };
        assert_eq!(cases.len(), number("tests"));
        assert_eq!(with("failure"), number("failures"));
        assert_eq!(with("error"), number("errors"));
        assert_eq!(with("skipped"), number("skipped"));
        assert!(!suite.attribute("name").unwrap().is_empty());
        failures += number("failures");
        errors += number("errors");
        let mut names = BTreeSet::new();
        for case in cases {
            assert!(case.has_tag_name("testcase"));
            assert!(names.insert(case.attribute("name").unwrap()), "a name for one case");
            assert!(case.attribute("classname").is_some());
            let inside: Vec<_> = elements(case).map(|of| of.tag_name().name()).collect();
            assert!(
                inside.len() <= 1
                    && inside.iter().all(|of| ["failure", "error", "skipped"].contains(of))
            );
            assert!(elements(case).all(|of| of.attribute("message").is_some()));
        }
    }
    let report = json(&folder.read("out.json"));
    let counts = &report["run"]["counts"];
    let found =
        ["errors", "warnings", "advice", "undetermined"].map(|name| counts[name].as_u64().unwrap());
    assert_eq!(failures as u64, found.iter().sum::<u64>(), "every finding is a failure");
    assert_eq!(errors, 1, "a file that could not be checked");
}

fn elements<'a>(node: Node<'a, 'a>) -> impl Iterator<Item = Node<'a, 'a>> {
    node.children().filter(Node::is_element)
}

#[test]
fn gitlab_gets_what_it_needs() {
    let folder = every();
    all(&folder);
    let report = json(&folder.read("out.gitlab"));
    let mut names = BTreeSet::new();
    for issue in report.as_array().unwrap() {
        for key in ["description", "check_name", "fingerprint", "severity"] {
            assert!(!issue[key].as_str().unwrap().is_empty(), "{issue}");
        }
        let severity = issue["severity"].as_str().unwrap();
        assert!(["info", "minor", "major", "critical", "blocker"].contains(&severity));
        assert!(names.insert(issue["fingerprint"].as_str().unwrap()), "one for each issue");
        assert!(folder.0.join(issue["location"]["path"].as_str().unwrap()).exists(), "{issue}");
        assert!(issue["location"]["lines"]["begin"].as_u64().unwrap() >= 1);
    }
    let nothing = Folder::with_policy().file("a.alliance", agreement("90 days"));
    assert_eq!(json(&nothing.check(&["--format", "gitlab"]).out), json("[]"));
    let stopped = json(&Folder::new().run(["check", "--format", "gitlab"]).out);
    assert_eq!(stopped[0]["severity"], "blocker", "an empty report would look clean");
}

#[test]
fn nothing_breaks_out_of_a_github_command() {
    let folder = every();
    all(&folder);
    let text = folder.read("out.github");
    for line in text.lines() {
        let Some(command) = line.strip_prefix("::") else {
            assert!(!line.trim_start().starts_with("::") && !line.contains("##["), "{line}");
            continue;
        };
        let (head, data) = command.split_once("::").unwrap();
        let (level, properties) = head.split_once(' ').unwrap();
        assert!(["error", "warning", "notice"].contains(&level));
        for property in properties.split(',') {
            let (name, value) = property.split_once('=').unwrap();
            assert!(
                ["file", "line", "endLine", "col", "endColumn", "title"].contains(&name),
                "{line}"
            );
            assert!(!value.contains(':'), "{line}");
        }
        assert!(!data.contains("%0A]]>"), "a percent sign of the text is written out: {line}");
    }
    assert!(text.contains("file=odd%0A%3A%3Aerror%3A%3Ax%2Cy|<b>&`é%25.alliance,"), "{text}");
}

#[test]
fn html_is_one_file_and_holds_no_markup_from_outside() {
    let folder = every();
    all(&folder);
    let text = folder.read("out.html");
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document = Document::parse_with_options(&text, options).unwrap();
    for element in document.descendants().filter(Node::is_element) {
        let name = element.tag_name().name();
        assert!(
            !["script", "img", "link", "iframe", "b", "i"].contains(&name)
                || element.attributes().len() == 0 && name == "b",
            "{name}"
        );
        for attribute in element.attributes() {
            assert!(!["src", "href", "style"].contains(&attribute.name()), "{attribute:?}");
            assert!(!attribute.name().starts_with("on"), "{attribute:?}");
        }
    }
    assert!(!text.contains("url("), "nothing is fetched");
    let shown: String = document.descendants().filter_map(|node| node.text()).collect();
    assert!(shown.contains("<script>alert(1)</script>"), "it is shown as text");
}

#[test]
fn markdown_keeps_to_its_tables() {
    let folder = every();
    all(&folder);
    let text = folder.read("out.markdown");
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with('|')).collect();
    assert!(rows.len() > 8);
    for row in rows {
        let bars = row.replace("\\\\", "").replace("\\|", "").matches('|').count();
        assert_eq!(bars, 5, "four cells: {row}");
    }
    for bad in ["<script", "@octocat", "#1 ", "<b>&", "](", "<i>"] {
        assert!(!text.contains(bad), "{bad}");
    }
    assert!(text.contains("accept: right.notice at least 60 days, approved by Head of Alliances"));
}

#[test]
fn each_json_line_stands_alone() {
    let folder = every();
    all(&folder);
    let lines: Vec<Value> = folder.read("out.json-lines").lines().map(json).collect();
    let report = json(&folder.read("out.json"));
    let of = |kind: &'static str| lines.iter().filter(move |line| line["type"] == kind).cloned();
    assert_eq!(lines[0]["type"], "start");
    assert_eq!(lines.last().unwrap()["type"], "run");
    let bare = |mut line: Value| {
        line.as_object_mut().unwrap().remove("type");
        line
    };
    assert_eq!(of("file").map(bare).collect::<Vec<_>>(), list(&report, "/files"));
    assert_eq!(of("run").map(bare).collect::<Vec<_>>(), [report["run"].clone()]);
}

#[test]
fn json_keeps_to_the_schema_that_is_printed() {
    let folder = every();
    all(&folder);
    let schema = json(&folder.run(["schema", "report"]).out);
    let examples =
        run(std::path::Path::new("."), ["check", "examples", "--format", "json"], "", &[]);
    let stopped =
        Folder::new().file("pactum.toml", "profil = 1").run(["check", "--format", "json"]);
    for text in [folder.read("out.json"), examples.out, stopped.out] {
        let report = json(&text);
        validate(schema.clone(), &report).unwrap_or_else(|error| panic!("{error}"));
        let mut wrong = report;
        wrong["run"]["counts"]["surprise"] = 1.into();
        assert!(validate(schema.clone(), &wrong).is_err(), "every key is said");
    }
}

#[test]
fn a_configuration_keeps_to_the_schema_exactly_where_it_is_read() {
    let schema = json(&Folder::new().run(["schema", "config"]).out);
    let good = "edition = \"2026\"\nprofile = \"strict\"\npolicies = [\"policies\"]\nus = \"Northwind\"\n\
         fail-on = \"warning\"\n[rules.\"exit/notice-stated\"]\nseverity = \"warning\"\n\
         params = { minimum = \"60 days\" }\n[[overrides]]\npaths = [\"drafts/**\"]\n\
         rules.\"exit/notice-stated\".severity = \"off\"\n";
    let bad = [
        "profil = \"strict\"",
        "profile = \"lenient\"",
        "policies = \"policies\"",
        "us = 1",
        "fail-on = \"never\"",
        "edition = \"1999\"",
        "[rules.\"exit/notice-stated\"]\nseverity = \"on\"",
        "[[overrides]]\nrules = {}",
        "[rules.\"exit/notice-stated\"]\nparam = {}",
        "rules = 1",
    ];
    for (text, fine) in bad.map(|text| (text, false)).into_iter().chain([(good, true)]) {
        let folder = Folder::new()
            .file("pactum.toml", text)
            .file("policies/notice.policy", super::POLICY)
            .file("a.alliance", agreement("90 days"));
        let toml: toml::Value = toml::from_str(text).unwrap();
        let value = serde_json::to_value(toml).unwrap();
        assert_eq!(validate(schema.clone(), &value).is_ok(), fine, "the schema: {text}");
        assert_eq!(folder.run(["check"]).code != 2, fine, "the tool: {text}");
    }
}

/// The fingerprint is of what is said, not of where.
#[test]
fn a_fingerprint_stays_when_the_text_is_laid_out_anew_and_goes_when_it_says_something_else() {
    let names = |text: String| -> Vec<String> {
        let folder = Folder::with_policy().file("a.alliance", text);
        let report = json(&folder.check(&["--format", "json"]).out);
        let findings = list(&report, "/files/0/findings");
        findings.iter().map(|each| each["fingerprint"].as_str().unwrap().to_owned()).collect()
    };
    let before = names(agreement("30 days"));
    assert_eq!(before.len(), 1);
    let moved = agreement("30 days")
        .replacen("version 1", "version 2", 1)
        .replace("exit\n", "# A remark.\n\nexit\n");
    assert_eq!(before, names(moved.replace("; 30 days", ";\n      30   days")));
    assert_ne!(before, names(agreement("7 days")), "another value");
    assert_ne!(before, names(agreement("30 days").replace("convenience", "convenience-b")));
    let none = agreement("30 days").replace("; 30 days notice", "");
    assert_eq!(names(none.clone()), names(none.replacen("version 1", "version 2", 1)));
    assert_ne!(before, names(none));
}
