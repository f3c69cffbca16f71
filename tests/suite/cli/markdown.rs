//! Terms in fences of Markdown: places point into the Markdown, and no fence is lost.

use super::{Folder, agreement, run};

/// An agreement as prose with its terms in two fences.
fn prose(notice: &str) -> String {
    let terms = agreement(notice);
    let (first, exit) = terms.split_at(terms.find("exit\n").unwrap());
    format!(
        "# Our alliance\n\nWho we are, *über* all.\n\n```alliance\n{first}```\n\n\
         Either of us may go:\n\n~~~alliance\n{exit}~~~\n\nThat is all.\n"
    )
}

#[test]
fn findings_point_into_the_markdown() {
    let folder = Folder::with_policy().file("deal.md", prose("30 days"));
    let place = prose("30 days").lines().position(|line| line.contains("30 days")).unwrap() + 1;
    let ran = folder.check(&[]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.out.contains(&format!("deal.md:{place}:")), "{}", ran.out);
    assert!(ran.last().starts_with("1 file, "), "{}", ran.last());
    assert_eq!(Folder::with_policy().file("deal.md", prose("90 days")).check(&[]).code, 0);
}

#[test]
fn markdown_without_terms_is_nobodys_agreement() {
    let folder = Folder::with_policy()
        .file("README.md", "# Alliances\n\n````markdown\n```alliance\nparties\n```\n````\n")
        .file("huge.md", "nothing to read here\n".repeat(1 << 17))
        .file("latin.md", b"alliance \xfc\n")
        .file("deal.MD", prose("90 days"));
    let ran = folder.check(&[]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(ran.last().starts_with("1 file, "), "{}", ran.last());
    let ran = folder.check(&["README.md", "deal.MD"]);
    assert_eq!(ran.code, 2, "a file that is named is wanted");
    insta::assert_snapshot!(ran.err, @r"
    error[file/no-terms]: `README.md` is Markdown and holds no terms
      help: put the terms between a line ```alliance and a line ```
    ");
}

#[test]
fn a_fence_that_cannot_be_read_is_told() {
    let quoted = prose("90 days") + "\n> ```alliance\n> liability\n> ```\n";
    let ran = Folder::with_policy().file("deal.md", quoted).check(&[]);
    assert_eq!(ran.code, 1, "{}", ran.all());
    assert!(ran.out.contains("error[syntax/fence-indented]"), "{}", ran.out);
}

#[test]
fn standard_input_is_read_as_its_name_says() {
    let folder = Folder::with_policy();
    let arguments = ["check", "--no-standard-rules", "--policy", "policies", "-"];
    let arguments = [arguments.as_slice(), &["--stdin-filename", "deal.md"]].concat();
    let ran = run(&folder.0, arguments, &prose("30 days"), &[]);
    assert_eq!(ran.code, 1, "{}", ran.all());
    assert!(ran.out.contains("deal.md:"), "{}", ran.out);
}

/// Every command reads the terms of Markdown, and points into it.
#[test]
fn tables_and_days_of_markdown() {
    let table = "attribution\n  on: \"fees\" in EUR; match first\n\
                 \u{20} | rule | sourced | Northwind | Kestrel |\n\
                 \u{20} | r1   | Kestrel | 60%       | 40%     |\n";
    let text = prose("90 days") + "\n```alliance\n" + table + "```\n";
    let line = text.lines().position(|line| line.contains("on: \"fees\"")).unwrap() + 1;
    let list = "deal,amount,sourced\nd1,100,Kestrel\n";
    let folder = Folder::new().file("deal.md", &text).file("deals.csv", list);
    let ran = folder.run(["attribution", "deal.md"]);
    assert_eq!(ran.code, 1, "{}", ran.all());
    assert!(ran.out.contains(&format!("deal.md:{line}:3")), "{}", ran.out);
    assert!(ran.out.contains("sourced Northwind"), "{}", ran.out);
    let ran = folder.run(["attribution", "deal.md", "--deals", "deals.csv", "--format", "csv"]);
    assert!(ran.out.contains("r1,EUR,100.00,60.00,40.00"), "{}", ran.all());
    let ran = folder.run(["timeline", "deal.md"]);
    assert!(ran.out.contains("exit/convenience"), "{}", ran.all());
    let none = Folder::new().file("plain.md", "no terms\n");
    for command in ["attribution", "timeline", "fmt"] {
        let ran = none.run([command, "plain.md"]);
        assert_eq!(ran.code, 2, "{command}: {}", ran.all());
        assert!(ran.err.contains("file/no-terms"), "{command}: {}", ran.err);
    }
}
