//! `test`: examples of both kinds, and examples that notice every change.

use super::{Folder, POLICY};

#[test]
fn a_rule_without_examples_of_both_kinds_is_a_finding() {
    let (rule, examples) = POLICY.split_once("\npasses").unwrap();
    let examples = format!("\npasses{examples}");
    let fails = examples.split_once("\nfails").unwrap().1;
    let quiet = examples.split_once("\nfails").unwrap().0;
    let folder = Folder::new()
        .file("quiet.policy", format!("{rule}{quiet}"))
        .file("loud.policy", format!("{rule}\nfails{fails}"))
        .file("none.policy", rule);
    let ran = folder.run(["test", "quiet.policy"]);
    assert_eq!((ran.code, ran.last()), (1, "1 rule, 1 example: 1 wrong"), "{}", ran.all());
    assert!(ran.out.contains("`exit/long-notice` has no example that fails"), "{}", ran.out);
    let ran = folder.run(["test", "loud.policy"]);
    assert_eq!((ran.code, ran.last()), (1, "1 rule, 3 examples: 1 wrong"), "{}", ran.all());
    assert!(ran.out.contains("has no example that passes or is\n"), "{}", ran.out);
    let ran = folder.run(["test", "none.policy"]);
    assert_eq!(ran.last(), "1 rule, 0 examples: 2 wrong");
    assert_eq!(ran.code, 1);
    let checked = folder.run(["check", "--policy", "quiet.policy"]);
    assert_eq!(checked.code, 2, "no rule is in force that proves nothing");
}

/// A rule whose examples leave most of it unproved, and one that says too much is equivalent.
#[test]
fn what_no_example_notices_is_told_at_its_place() {
    let folder = Folder::with_policy();
    let ran = folder.run(["test", "--mutate", "policies"]);
    insta::assert_snapshot!(ran.all());
}

#[test]
fn equivalent_changes_are_counted_and_idle_lines_told() {
    let with = |line: &str| {
        let to = format!("with approval of approver\n  {line}\n");
        let policy = POLICY.replace("with approval of approver\n", &to);
        Folder::new().file("a.policy", policy).run(["test", "--mutate", "a.policy"])
    };
    let none = Folder::new().file("a.policy", POLICY).run(["test", "--mutate", "a.policy"]);
    let some = with("equivalent \"60 days became 61 days\" because \"nobody asks\"");
    assert_eq!(some.code, 1);
    assert!(some.out.contains("the statement above is not changed like this"), "{}", some.out);
    assert_eq!(some.last(), none.last(), "it speaks of the statement above it alone");
    let noticed = with("equivalent \"accept dropped\" because \"nobody asks\"");
    assert!(noticed.out.contains("an example notices this change"), "{}", noticed.out);
    let covered = with("equivalent \">= became >\" because \"it is no day\"");
    assert!(covered.last().contains("equivalent"), "{}", covered.last());
}
