//! Texts, names and disks that mean harm, through the program: each run ends by itself, with one of
//! the three exit codes, and says no more than the input is worth.
//!
//! A run that takes a minute, dies of a signal (a spent stack) or panics (exit 101, or an internal
//! error that was caught) fails its test.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::{Folder, Ran, agreement};

const MINUTE: Duration = Duration::from_secs(60);
const MIB: usize = 1 << 20;

/// A run that is killed after a minute.
fn bounded(folder: &Path, arguments: &[&str]) -> Ran {
    let outside = Folder::new();
    let [out, err] = ["out", "err"].map(|name| outside.0.join(name));
    let mut child = Command::new(env!("CARGO_BIN_EXE_pactum"))
        .current_dir(folder)
        .args(arguments)
        .env_remove("COLUMNS")
        .stdin(Stdio::null())
        .stdout(File::create(&out).unwrap())
        .stderr(File::create(&err).unwrap())
        .spawn()
        .unwrap();
    let begun = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if begun.elapsed() > MINUTE {
            child.kill().unwrap();
            panic!("{arguments:?} did not end");
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let text = |path| String::from_utf8(fs::read(path).unwrap()).expect("UTF-8");
    let (out, err) = (text(&out), text(&err));
    let Some(code) = status.code() else { panic!("{arguments:?} died: {status}, {err}") };
    let ran = Ran { code, out, err };
    assert!(matches!(code, 0..=2), "{arguments:?}: exit {code}, {}", start(&ran.err));
    let internal = ran.out.contains("internal error") || ran.err.contains("internal error");
    assert!(!internal, "{arguments:?}: {} {}", start(&ran.out), start(&ran.err));
    ran
}

fn start(text: &str) -> String {
    text.chars().take(2_000).collect()
}

/// The commands that read an agreement, each on one text: none breaks, none says more than a few
/// times what was written.
fn survives(what: &str, text: &str) -> Ran {
    let folder = Folder::new().file("a.alliance", text);
    let most = 100_000 + text.len() * 20;
    let commands: [&[&str]; 3] = [
        &["check", "--isolated", "--max-size", "20 MiB", "a.alliance"],
        &["fmt", "--check", "--max-size", "20 MiB", "a.alliance"],
        &["timeline", "a.alliance"],
    ];
    let mut first = None;
    for command in commands {
        let ran = bounded(&folder.0, command);
        let said = ran.out.len() + ran.err.len();
        assert!(said > 0 && said < most, "{what}, {command:?}: {said} bytes for {}", text.len());
        first.get_or_insert(ran);
    }
    assert_eq!(folder.read("a.alliance"), text, "{what}: nothing was written");
    first.unwrap()
}

fn opening() -> String {
    agreement("90 days").split("exit\n").next().unwrap().to_owned()
}

#[test]
fn a_mebibyte_of_marks_is_no_agreement() {
    for mark in ["(", "[", "\"", "|", "\\\""] {
        let ran = survives(mark, &mark.repeat(MIB / mark.len()));
        assert_eq!(ran.code, 1, "{mark}: {}", start(&ran.out));
        assert!(ran.out.contains("error["), "{mark}: {}", start(&ran.out));
    }
}

#[test]
fn an_item_of_marks_is_one_error_and_the_rest_is_checked() {
    for mark in ["[", ")", "\"", ";", ",", "|", "#", "9", "a ", "then ", "\n      ; "] {
        let body = mark.repeat((MIB / 64) / mark.len());
        let text = format!("{}commitments\n  a: {body}\n\nexit\n  cause: {body}\n", opening());
        let ran = survives(mark, &text);
        assert_eq!(ran.code, 1, "{mark:?}: {}", start(&ran.out));
    }
}

/// The stack is spent by nothing that can be written: not by brackets, not by words that nest.
#[test]
fn nesting_is_an_error_and_not_a_crash() {
    for (open, close) in [
        ("(", ")"),
        ("(", ""),
        ("( ", " )"),
        ("(\n      ", ")"),
        ("greater of (1 and ", ")"),
        ("1% of (", ")"),
        ("lesser of 1 and ", ""),
        ("1 day after ", ""),
    ] {
        for place in ["payments\n  p: Northwind pays Kestrel ", "metrics\n  m: measures EUR, "] {
            let (open, close) = (open.repeat(100_000), close.repeat(100_000));
            let text = format!("{}{place}{open}EUR 1{close}\n", opening());
            let ran = survives(&open[..20], &text);
            let told =
                ran.out.contains("[syntax/too-large]") || ran.out.contains("[syntax/bad-item]");
            assert!(told, "{place} {}: {}", &open[..20], start(&ran.out));
        }
    }
}

#[test]
fn a_line_of_ten_megabytes_is_a_line() {
    let long = "x".repeat(10 * MIB);
    let text = agreement("90 days") + "  # " + &long + "\n";
    let folder = Folder::with_policy().file("a.alliance", &text);
    let policy = ["check", "--no-standard-rules", "--policy", "policies", "a.alliance"];
    let refused = bounded(&folder.0, &policy);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("is larger than 1048576 bytes"), "{}", start(&refused.err));
    let taken = bounded(&folder.0, &[&policy[..], &["--max-size", "20 MiB"]].concat());
    assert_eq!(taken.code, 0, "{}", start(&taken.out));
    let quoted = format!("{}commitments\n  a: Northwind will \"{long}\"\n", opening());
    let folder = folder.file("a.alliance", quoted);
    bounded(&folder.0, &[&policy[..], &["--max-size", "20 MiB"]].concat());
}

#[test]
fn ten_thousand_of_everything_are_read_and_counted() {
    let many = |line: &dyn Fn(usize) -> String| (0..10_000).map(line).collect::<String>();
    let parties = many(&|at| format!("  P{at}: \"Party {at}\", GB, vendor\n"));
    let ran = survives("parties", &(opening().trim_end().to_owned() + "\n" + &parties));
    assert!(ran.out.contains("P9999"), "the last one counts too");
    let promises = many(&|at| format!("  c{at}: Northwind will \"use best efforts\"\n"));
    let ran = survives("items", &format!("{}commitments\n{promises}", opening()));
    let told = ran.out.contains("c9999") || ran.out.contains("the rule takes too");
    assert!(told, "{}", start(&ran.out));
    let rows = many(&|at| format!("  | r{at} | Kestrel | 60% | 40% |\n"));
    let head = "attribution\n  on: \"fees\" in EUR; match first\n  | rule | sourced | Northwind | Kestrel |\n";
    survives("rows", &format!("{}{head}{rows}", opening()));
    survives("headings", &(opening() + &"exit\n".repeat(10_000)));
    let same = "  convenience: either party; 90 days notice\n".repeat(10_000);
    survives("the same item", &format!("{}exit\n{same}", opening()));
    let steps = ",\n      then Kestrel makes good within 10 days".repeat(2_000);
    let chain = "  a: Northwind commits 4 \"sends\"; if missed, raise to steering within 10 days";
    survives("steps", &format!("{}commitments\n{chain}{steps}\n", opening()));
}

#[test]
fn numbers_beyond_all_bounds_are_told_or_exact() {
    let mut text = opening();
    let nines = "9".repeat(400);
    for (at, amount) in [
        nines.as_str(),
        "79228162514264337593543950335",
        "79228162514264337593543950336",
        "0.0000000000000000000000000001",
        "18446744073709551616",
        "1/99999999999999999",
    ]
    .iter()
    .enumerate()
    {
        let _ = write!(
            text,
            "\npayments\n  p{at}: Northwind pays Kestrel EUR {amount} per quarter\n\
             metrics\n  m{at}: total commercial, from {amount} \"x\" to {amount} \"x\" by 9999-12-31\n\
             term\n  initial: {amount} months\n  renewal: automatic, {amount} years\n\
             exit\n  convenience: either party; {amount} days notice\n"
        );
    }
    let ran = survives("numbers", &text);
    assert_eq!(ran.code, 1, "{}", start(&ran.out));
    let ends = agreement("4294967295 days")
        + "term\n  initial: 9000 years\n  renewal: automatic, 1 day\ndates\n  d: on 9999-12-31\n";
    survives("the end of the calendar", &ends);
}

#[test]
fn hostile_markdown() {
    let fence = format!("```alliance\n{}```\n", agreement("30 days"));
    for (what, text) in [
        ("fences", fence.repeat(2_000)),
        ("ticks", "`".repeat(MIB)),
        ("quotations", "> ".repeat(20_000) + "```alliance\n"),
        ("lists", "- ".repeat(20_000) + "```alliance\nalliance a\n"),
        ("links", "[".repeat(50_000) + "\n" + &fence),
        ("emphasis", "*_".repeat(50_000) + "\n" + &fence),
        ("never closed", fence.trim_end_matches("```\n").to_owned()),
        ("tables", "|".repeat(50_000) + "\n" + &"-|".repeat(25_000) + "\n" + &fence),
    ] {
        let folder = Folder::with_policy().file("a.md", &text);
        let ran =
            bounded(&folder.0, &["check", "--no-standard-rules", "--policy", "policies", "a.md"]);
        assert_ne!(ran.code, 0, "{what} is no silent pass: {}", start(&ran.out));
        bounded(&folder.0, &["fmt", "--check", "a.md"]);
    }
}

#[test]
fn hostile_policies() {
    let rule =
        |require: &str| format!("rule exit/hostile: error\n  require {require}\n  say \"no\"\n");
    for (what, text) in [
        ("brackets", rule(&("(".repeat(100_000) + "1 < 2"))),
        ("nots", rule(&("not ".repeat(100_000) + "exit is stated"))),
        (
            "quantifiers",
            rule(&"every c in commitments has some d in commitments has ".repeat(5_000)),
        ),
        ("ands", rule(&("exit is stated and ".repeat(20_000) + "exit is stated"))),
        ("sums", rule(&("1 + ".repeat(20_000) + "1 < 2"))),
        ("dots", rule(&("exit.".repeat(20_000) + "x is stated"))),
        ("otherwise", rule(&("(1 otherwise ".repeat(5_000) + "1" + &")".repeat(5_000) + " < 2"))),
        ("lets", {
            let lets: String = (1..2_000).fold(String::new(), |text, at| {
                text + &format!("  let a{at} = a{} + a{}\n", at - 1, at - 1)
            });
            format!(
                "rule exit/hostile: error\n  let a0 = 1\n{lets}  require a1999 < 2\n  say \"no\"\n"
            )
        }),
        (
            "rules",
            (0..3_000).fold(String::new(), |text, at| text + &format!("rule exit/h{at}: error\n")),
        ),
        ("marks", "\"".repeat(MIB - 10)),
        ("words", "rule ".repeat(MIB / 6)),
    ] {
        let folder =
            Folder::new().file("p/hostile.policy", &text).file("a.alliance", agreement("90 days"));
        let check = ["check", "--no-standard-rules", "--policy", "p", "a.alliance"];
        let ran = bounded(&folder.0, &check);
        assert_eq!(ran.code, 2, "{what}: {}", start(&ran.out));
        assert!(ran.err.contains("error[policy/"), "{what}: {}", start(&ran.err));
        bounded(&folder.0, &["fmt", "--check", "p/hostile.policy"]);
        bounded(&folder.0, &["test", "p"]);
    }
}

/// Names that double what they stand for, one after the other, never came to an end; a long chain
/// that does not double is read.
#[test]
fn names_of_names_have_an_end() {
    let rule = |value: &dyn Fn(usize) -> String| {
        let lets = (1..=30)
            .fold(String::new(), |text, at| text + &format!("  let a{at} = {}\n", value(at - 1)));
        let example = |days| format!("  exit\n    convenience: either party; {days} days notice\n");
        format!(
            "rule exit/named: error\n  ## Words.\n  for every right in exit.convenience\n\
             \u{20} let a0 = right.notice\n{lets}  require a30 >= 90 days, if missing fail\n\
             \u{20} say \"no\"\n  missing \"none\"\n  help \"write it\"\n\n\
             passes\n{}\nfails at \"89 days\"\n{}",
            example(90),
            example(89)
        )
    };
    let folder = |text: &str| {
        Folder::new().file("p/named.policy", text).file("a.alliance", agreement("30 days"))
    };
    let commands: [&[&str]; 3] = [
        &["check", "--no-standard-rules", "--policy", "p", "a.alliance"],
        &["check", "--no-standard-rules", "--policy", "p", "a.alliance", "--trace", "exit/named"],
        &["test", "p"],
    ];
    let doubled = folder(&rule(&|last| format!("a{last} + a{last}")));
    let chained = folder(&rule(&|last| format!("a{last}")));
    for (command, code) in commands.iter().zip([1, 1, 0]) {
        let ran = bounded(&doubled.0, command);
        assert_eq!(ran.code, 2, "{command:?}: {}", start(&ran.out));
        assert!(ran.err.contains("error[policy/nesting]"), "{command:?}: {}", start(&ran.err));
        let ran = bounded(&chained.0, command);
        assert_eq!(ran.code, code, "{command:?}: {}", ran.all());
    }
}

#[test]
fn hostile_settings_and_waivers() {
    let waiver = "[[waiver]]\nrule = \"exit/notice-stated\"\nagreement = \"**\"\nreason = \"r\"\n\
                  approver = \"a\"\nuntil = 2026-12-31\n\n";
    for (what, text) in [
        ("brackets", "a = ".to_owned() + &"[".repeat(100_000)),
        ("tables", "[".to_owned() + &"a.".repeat(20_000) + "a]\n"),
        ("inline", "a = ".to_owned() + &"{ a = ".repeat(50_000)),
        ("a number", "edition = ".to_owned() + &"9".repeat(100_000)),
        ("a pattern", format!("[[waiver]]\nagreement = \"{}\"\n", "{a,*".repeat(10_000))),
        ("stars", waiver.replace("**", &"**/*a*".repeat(5_000))),
        ("an escape", "profile = \"\\u001b[2J\\u202e\"\n".to_owned()),
        ("a date", waiver.replace("2026-12-31", "99999-99-99")),
        ("waivers", waiver.repeat(3_000)),
        ("nul", "a = \"\0\"\n".to_owned()),
    ] {
        for name in ["pactum.toml", "pactum-waivers.toml"] {
            let folder = Folder::new().file(name, &text).file("a.alliance", agreement("30 days"));
            let ran = bounded(&folder.0, &["check", "a.alliance"]);
            assert_ne!(ran.code, 0, "{what} in {name}: {}", start(&ran.out));
            let raw = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
            assert!(
                !ran.err.contains(raw) && !ran.out.contains(raw),
                "{what}: {:?}",
                start(&ran.err)
            );
        }
    }
}

#[test]
fn hostile_lists_of_deals() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/northwind-kestrel.alliance");
    let head = "deal,date,amount,sourced,closed,deal size\n";
    let object = |inner: &str| format!("{{\"deal\": \"d\", \"amount\": {inner}}}\n");
    for (name, what, text) in [
        ("d.csv", "a quote never closed", format!("{head}\"d1\n{}", "x,y\n".repeat(100_000))),
        ("d.csv", "a field of ten megabytes", format!("{head}d1,{}\n", "9".repeat(10 * MIB))),
        ("d.csv", "nul", format!("{head}d1,\0,5\n")),
        ("d.csv", "columns", format!("{}\n{}\n", "a,".repeat(200_000), ",".repeat(200_000))),
        ("d.csv", "no line", String::new()),
        ("d.csv", "quotes", format!("{head}{}", "\"".repeat(MIB))),
        ("d.csv", "escapes", format!("{head}\x1b[2J\u{202e},2026-05-05,\x1b[31m,x,y,z\n")),
        ("d.jsonl", "brackets", "[".repeat(100_000)),
        ("d.jsonl", "nested", object(&("[".repeat(100_000) + &"]".repeat(100_000)))),
        ("d.jsonl", "objects", "{\"a\":".repeat(100_000)),
        ("d.jsonl", "a number", object(&"9".repeat(MIB))),
        ("d.jsonl", "an exponent", object("1e999999999")),
        ("d.jsonl", "a surrogate", object("\"\\ud800\"")),
        ("d.jsonl", "nul", object("\0")),
    ] {
        let folder = Folder::new().file("a.alliance", fs::read(&root).unwrap()).file(name, &text);
        let ran = bounded(&folder.0, &["attribution", "a.alliance", "--deals", name]);
        assert_ne!(ran.code, 0, "{what}: {}", start(&ran.out));
        let raw = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!ran.err.contains(raw) && !ran.out.contains(raw), "{what}: {:?}", start(&ran.err));
        assert!(ran.out.len() + ran.err.len() < 200_000, "{what}: it is told in short");
    }
}

/// What a name does to a terminal it does not do through this program.
#[cfg(unix)]
#[test]
fn names_are_printed_so_that_nothing_acts() {
    let name = "a\n error[x]\x1b[2J\u{202e}\u{200b}.alliance";
    let folder = Folder::with_policy()
        .file(name, agreement("30 days"))
        .file("b\r\x07.alliance", b"alliance x\n\0")
        .file("c\u{2066}\x1b.md", "```alliance\nalliance c\n```\n");
    let raw = |c: char| (c.is_control() && c != '\n') || "\u{202e}\u{200b}\u{2066}".contains(c);
    for format in ["human", "concise", "markdown", "html", "github", "junit"] {
        let ran = folder.check(&["--format", format]);
        assert_eq!(ran.code, 2, "{format}: {}", ran.all());
        for text in [&ran.out, &ran.err] {
            assert!(!text.contains(raw), "{format}: {text:?}");
        }
        if matches!(format, "concise" | "github") {
            let begins = |line: &str| !line.trim_start().starts_with("error[x]");
            assert!(ran.out.lines().all(begins), "{format}: a name makes no line: {}", ran.out);
        }
    }
    for command in ["fmt", "attribution", "timeline"] {
        let arguments: &[&str] = match command {
            "fmt" => &["fmt", "--diff"],
            "timeline" => &["timeline", name],
            _ => &["attribution"],
        };
        let ran = folder.run(arguments);
        assert!(!ran.out.contains(raw) && !ran.err.contains(raw), "{command}: {ran:?}");
    }
}

#[cfg(unix)]
#[test]
fn loops_of_links_end() {
    use std::os::unix::fs::symlink;
    let folder = Folder::with_policy().file("deals/a.alliance", agreement("30 days"));
    symlink("..", folder.0.join("deals/up")).unwrap();
    symlink("b.alliance", folder.0.join("deals/c.alliance")).unwrap();
    symlink("c.alliance", folder.0.join("deals/b.alliance")).unwrap();
    symlink(".", folder.0.join("deals/self.alliance")).unwrap();
    let check = ["check", "--no-standard-rules", "--policy", "policies", "."];
    let ran = bounded(&folder.0, &check);
    assert_eq!(ran.code, 2, "{}", ran.all());
    assert!(ran.out.contains("deals/a.alliance:8:"), "the rest is checked: {}", ran.out);
    for name in ["b.alliance", "c.alliance"] {
        assert!(ran.err.contains(name), "{name} could not be read: {}", ran.err);
    }
    assert_eq!(bounded(&folder.0, &["fmt", "--check", "."]).code, 2);
    // Settings above are looked for, through a loop too.
    bounded(&folder.0, &["check", "deals/up/deals/up/deals/a.alliance"]);
}

/// Root reads everything, so that this says nothing where root runs the tests; it tells so.
#[cfg(unix)]
#[test]
fn what_may_not_be_read_is_told_and_the_rest_checked() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::with_policy()
        .file("a.alliance", agreement("30 days"))
        .file("locked/b.alliance", agreement("30 days"))
        .file("c.alliance", agreement("30 days"))
        .file("d.md", "```alliance\n");
    let lock = |name: &str, mode| {
        fs::set_permissions(folder.0.join(name), fs::Permissions::from_mode(mode)).unwrap();
    };
    for name in ["locked", "c.alliance", "d.md"] {
        lock(name, 0o000);
    }
    // Root reads every file, so that there is nothing to see.
    if File::open(folder.0.join("c.alliance")).is_err() {
        let ran = folder.check(&[]);
        assert_eq!(ran.code, 2, "{}", ran.all());
        for name in ["locked", "c.alliance", "d.md"] {
            assert!(ran.err.contains(name), "{name}: {}", ran.err);
        }
        assert!(ran.out.contains("a.alliance:8:"), "{}", ran.out);
    }
    lock("locked", 0o755);
}

/// Pipes, devices and folders with the name of an agreement neither hang nor pass.
#[cfg(target_os = "linux")]
#[test]
fn what_is_no_plain_file_neither_hangs_nor_passes() {
    let folder = Folder::with_policy().file("x.alliance/a.txt", "").file("list.csv/a.txt", "");
    for name in ["/dev/zero", "/dev/null", "/proc/self/mem", "x.alliance"] {
        let ran =
            bounded(&folder.0, &["check", "--no-standard-rules", "--policy", "policies", name]);
        assert_ne!(ran.code, 0, "{name}: {}", ran.all());
    }
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/northwind-kestrel.alliance");
    let example = example.to_str().unwrap();
    for name in ["/dev/null", "list.csv", "/proc/self/mem"] {
        let ran = bounded(&folder.0, &["attribution", example, "--deals", name]);
        assert_ne!(ran.code, 0, "{name}: {}", ran.all());
    }
}

/// Files that come, go and grow while they are read: every run ends with an answer, and what it
/// prints of each file is of one state of it.
#[test]
fn files_that_change_while_they_are_read() {
    let folder = Folder::with_policy();
    for at in 0..12 {
        fs::write(folder.0.join(format!("f{at}.alliance")), agreement("30 days")).unwrap();
    }
    let done = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut turn = 0_usize;
            while !done.load(std::sync::atomic::Ordering::Relaxed) {
                let path = folder.0.join(format!("f{}.alliance", turn % 12));
                // Whether it is there is the point: none of these has to succeed.
                let _ = match turn % 3 {
                    0 => fs::remove_file(&path),
                    1 => fs::write(&path, agreement("30 days").repeat(200)),
                    _ => fs::write(&path, agreement("90 days")),
                };
                turn += 7;
                std::thread::sleep(Duration::from_millis(1));
            }
        });
        for _ in 0..4 {
            let check = ["check", "--no-standard-rules", "--policy", "policies", "."];
            let ran = bounded(&folder.0, &check);
            assert!(
                ran.out.lines().last().is_some_and(|line| line.contains("1 rule")),
                "{}",
                ran.all()
            );
            // What vanished between listing and reading is told, not passed over.
            assert_eq!(ran.err.is_empty(), ran.code != 2, "{}", ran.all());
            bounded(&folder.0, &["fmt", "."]);
        }
        done.store(true, std::sync::atomic::Ordering::Relaxed);
    });
    let left = fs::read_dir(&folder.0).unwrap().map(|it| it.unwrap().file_name());
    let ours = left.filter(|name| name.to_string_lossy().ends_with(".tmp")).count();
    assert_eq!(ours, 0, "no half of a file stays behind");
}

/// A full disk: standard output that takes nothing is told, and is no success.
#[cfg(target_os = "linux")]
#[test]
fn standard_output_on_a_full_disk_is_no_success() {
    let folder = Folder::with_policy()
        .file("a.alliance", agreement("90 days"))
        .file("untidy.alliance", agreement("90   days"));
    let commands: [&[&str]; 6] = [
        &["check", "--no-standard-rules", "--policy", "policies", "a.alliance"],
        &["check", "--no-standard-rules", "--policy", "policies", "--format", "json", "a.alliance"],
        &["timeline", "a.alliance"],
        &["rules"],
        &["fmt", "--diff", "untidy.alliance"],
        &["schema", "report"],
    ];
    for arguments in commands {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let ran = Command::new(env!("CARGO_BIN_EXE_pactum"))
            .current_dir(&folder.0)
            .args(arguments)
            .stdout(full)
            .output()
            .unwrap();
        let err = String::from_utf8(ran.stderr).unwrap();
        assert_eq!(ran.status.code(), Some(2), "{arguments:?}: {err}");
        let err = err.split_whitespace().collect::<Vec<_>>().join(" ");
        let told = "standard output could not be written: no space left on device";
        assert!(err.ends_with(told), "{arguments:?}: {err}");
    }
}
