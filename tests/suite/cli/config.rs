//! `pactum.toml`: what it changes, and what its mistakes get.

use super::{Folder, Ran, agreement, run};

/// Checks one agreement of 60 days with the given configuration above it.
fn with(config: &str) -> Ran {
    let folder = Folder::with_policy()
        .file("pactum.toml", config)
        .file("deals/a.alliance", agreement("60 days"));
    folder.run(["check", "--no-standard-rules"])
}

#[test]
fn the_nearest_configuration_is_used_alone() {
    let folder = Folder::with_policy()
        .file("pactum.toml", "policies = [\"policies\"]\n")
        .file("a.alliance", agreement("30 days"))
        .file("lax/pactum.toml", "policies = [\"../policies\"]\nfail-on = \"error\"\n[rules.\"exit/long-notice\"]\nseverity = \"warning\"\n")
        .file("lax/b/c.alliance", agreement("30 days"));
    let check = |path| folder.run(["check", "--no-standard-rules", path]);
    assert_eq!(check("a.alliance").code, 1);
    let lax = check("lax");
    assert_eq!(lax.code, 0, "{}", lax.all());
    assert!(lax.out.contains("warning[exit/long-notice]"), "{}", lax.out);
    assert_eq!(check(".").code, 1);
    let isolated = folder.run(["check", "--no-standard-rules", "--isolated"]);
    assert_eq!(isolated.code, 2, "without configuration there is no rule");
    let named = folder.run(["check", "--no-standard-rules", "--config", "lax/pactum.toml"]);
    assert_eq!(named.code, 0, "{}", named.all());
}

#[test]
fn standard_input_is_configured_by_its_name() {
    let folder = Folder::with_policy().file(
        "lax/pactum.toml",
        "policies = [\"../policies\"]\n[rules.\"exit/long-notice\"]\nseverity = \"advice\"\n",
    );
    let arguments = ["check", "--no-standard-rules", "-", "--stdin-filename", "lax/x.alliance"];
    let ran = run(&folder.0, arguments, &agreement("30 days"), &[]);
    assert!(ran.out.contains("advice[exit/long-notice]"), "{}", ran.all());
}

#[test]
fn overrides_hold_for_their_paths() {
    let folder = Folder::with_policy()
        .file(
            "pactum.toml",
            "policies = [\"policies/\"]\n\
             [[overrides]]\n\
             paths = [\"drafts/**\"]\n\
             rules.\"exit/long-notice\".severity = \"advice\"\n",
        )
        .file("drafts/deep/a.alliance", agreement("30 days"))
        .file("final/a.alliance", agreement("30 days"));
    let check = |path| folder.run(["check", "--no-standard-rules", path]);
    assert_eq!(check("drafts").code, 0);
    assert_eq!(check("final").code, 1);
}

#[test]
fn a_rule_can_be_turned_off_and_on_again() {
    let folder = Folder::with_policy()
        .file(
            "pactum.toml",
            "policies = [\"policies/\"]\n\
             [rules.\"exit/long-notice\"]\n\
             severity = \"off\"\n\
             [[overrides]]\n\
             paths = [\"final/*\"]\n\
             rules.\"exit/long-notice\".severity = \"error\"\n",
        )
        .file("final/a.alliance", agreement("30 days"));
    let ran = folder.run(["check", "--no-standard-rules"]);
    assert_eq!(ran.code, 1, "{}", ran.all());
}

#[test]
fn parameters_are_set() {
    let policies = "policies = [\"policies\"]\n[rules.\"exit/long-notice\".params]\n";
    assert_eq!(with(policies).code, 1);
    let ran = with(&format!("{policies}minimum = \"45 days\"\n"));
    assert_eq!(ran.code, 0, "{}", ran.all());
}

#[test]
fn mistakes_are_told_with_their_place() {
    let ran = with(
        "edition = \"2030\"\n\
         polices = [\"policies\"]\n\
         policies = [\"policies\", \"missing\"]\n\
         us = 7\n\
         fail-on = \"eror\"\n\
         \n\
         [rules.\"exit/long-notce\"]\n\
         severity = \"off\"\n\
         \n\
         [rules.\"exit/long-notice\"]\n\
         severity = \"of\"\n\
         params = { minimun = \"60 days\", minimum = \"soon\" }\n\
         \n\
         [[overrides]]\n\
         path = [\"drafts/**\"]\n",
    );
    insta::assert_snapshot!(ran.all());
}

#[test]
fn what_is_not_toml_is_told() {
    let ran = with("policies = [\n[rules]\n");
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("error[config/not-toml]"), "{}", ran.err);
    assert!(ran.err.contains("pactum.toml:"), "{}", ran.err);
}

#[test]
fn out_of_bounds_is_told() {
    let ran = with(
        "policies = [\"policies\"]\n[rules.\"exit/long-notice\".params]\nminimum = \"25 months\"\n",
    );
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("pactum.toml:3:11"), "{}", ran.err);
}

#[test]
fn a_configuration_that_is_not_there_is_told() {
    let folder = Folder::with_policy().file("a.alliance", agreement("90 days"));
    let ran = folder.check(&["--config", "gone.toml"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("`gone.toml` does not exist"), "{}", ran.err);
}

/// How much is asked: the default, by the configuration, by the command line, and rule by rule.
#[test]
fn the_profile_says_which_standard_rules_are_on() {
    let strict_only = "contact-backup";
    let rules = |config: &str, arguments: &[&str]| {
        let folder = Folder::with_policy().file("pactum.toml", config);
        let ran = folder.run(["rules"].iter().chain(arguments));
        assert_eq!(ran.code, 0, "{}", ran.all());
        ran.out
    };
    let essential = rules("", &[]);
    assert!(essential.contains("exit/notice-stated") && !essential.contains("metric/"));
    let standard = rules("profile = \"standard\"", &[]);
    assert!(standard.contains("metric/shared-source") && !standard.contains(strict_only));
    assert!(rules("profile = \"standard\"", &["--profile", "strict"]).contains(strict_only));
    assert_eq!(rules("profile = \"standard\"", &["--profile", "essential"]), essential);
    // A rule that is named is on; one that is switched off is not.
    let named = rules("[rules.\"governance/contact-backup\"]\nseverity = \"error\"", &[]);
    assert!(named.contains(strict_only), "{named}");
    assert_eq!(named.lines().count(), essential.lines().count() + 1);
    let off = rules("[rules.\"governance/contact-backup\"]\nseverity = \"off\"", &[]);
    assert_eq!(off, essential);
}

#[test]
fn a_rule_named_for_some_paths_is_on_there_only() {
    let config = "[[overrides]]\npaths = [\"drafts/**\"]\n\
                  rules.\"governance/contact-backup\".severity = \"warning\"\n";
    let folder = Folder::new()
        .file("pactum.toml", config)
        .file("drafts/a.alliance", agreement("90 days"))
        .file("final/a.alliance", agreement("90 days"));
    let told = |path| folder.run(["check", path]).out.contains("governance/contact-backup");
    assert!(!told("final"));
    assert!(
        folder.run(["check", "drafts"]).last().starts_with("1 file, 30 rules (profile essential)")
    );
}

#[test]
fn a_profile_that_does_not_exist_is_told() {
    let ran = with("policies = [\"policies\"]\nprofile = \"standart\"\n");
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("`profile` is one of essential, standard, strict"), "{}", ran.err);
    assert!(ran.err.contains("a similar name exists: `standard`"), "{}", ran.err);
    let folder = Folder::with_policy();
    assert_eq!(folder.run(["check", "--profile", "lax"]).code, 2);
}

/// Its id is taken, although no rule of that profile has it.
#[test]
fn an_own_rule_cannot_take_the_name_of_a_standard_one() {
    let folder = Folder::new()
        .file(
            "own/x.policy",
            super::POLICY.replace("exit/long-notice", "governance/contact-backup"),
        )
        .file("a.alliance", agreement("90 days"));
    let ran = folder.run(["check", "--policy", "own"]);
    assert_eq!(ran.code, 2, "{}", ran.all());
    assert!(ran.err.contains("it stands in rules/governance/contact-backup.policy"), "{}", ran.err);
}

/// A waiver of a rule that is not asked in this profile is idle, and no unknown name.
#[test]
fn a_waiver_of_a_rule_outside_the_profile_is_idle() {
    let waiver = "[[waiver]]\nrule = \"governance/exec-sponsor\"\nagreement = \"a.alliance\"\n\
                  reason = \"pilot\"\napprover = \"Lena Ortiz\"\nuntil = 2026-12-31\n";
    let folder =
        Folder::new().file("pactum-waivers.toml", waiver).file("a.alliance", agreement("90 days"));
    let essential = folder.run(["check", "--as-of", "2026-06-01"]);
    assert!(essential.out.contains("advice[waiver/not-asked]"), "{}", essential.all());
    assert!(!essential.out.contains("waiver/unknown-rule"), "{}", essential.all());
    let standard = folder.run(["check", "--as-of", "2026-06-01", "--profile", "standard"]);
    assert!(standard.last().ends_with("2 waived"), "{}", standard.last());
}

/// An own rule of a wider profile does not run, and that is said: it must not look like one that holds.
#[test]
fn an_own_rule_outside_the_profile_is_counted() {
    let strict = super::POLICY.replacen('\n', "\n  profile strict\n", 1);
    let always = super::POLICY.replace("exit/long-notice", "exit/longer-notice");
    let folder = Folder::new()
        .file("own/a.policy", strict)
        .file("own/b.policy", always)
        .file("a.alliance", agreement("30 days"));
    let check = |more: &[&str]| {
        let base = ["check", "--no-standard-rules", "--policy", "own", "-v"];
        folder.run(base.iter().chain(more))
    };
    let essential = check(&[]);
    assert!(
        essential.last().contains("1 rule (profile essential): 1 applied"),
        "{}",
        essential.last()
    );
    assert!(essential.last().contains("1 left out by the profile"), "{}", essential.last());
    assert!(
        essential.out.contains("left out by the profile: exit/long-notice\n"),
        "{}",
        essential.out
    );
    let strict = check(&["--profile", "strict"]);
    assert!(strict.last().contains("2 rules: 2 applied"), "{}", strict.last());
    let alone = folder.run(["check", "--no-standard-rules", "--policy", "own/a.policy"]);
    assert_eq!(alone.code, 2, "{}", alone.all());
    assert!(alone.err.contains("the profile essential leaves out 1 rule"), "{}", alone.err);
    let json = folder.run(["check", "--policy", "own", "--format", "json"]);
    assert!(json.out.contains(r#""profiles":["essential"]"#), "{}", json.out);
    assert!(json.out.contains(r#""left_out":["exit/long-notice"]"#), "{}", json.out);
}

/// Files below different configurations may be asked differently: the last line says so.
#[test]
fn every_profile_in_force_is_named() {
    let folder = Folder::new()
        .file("a.alliance", agreement("90 days"))
        .file("b/pactum.toml", "profile = \"standard\"")
        .file("b/b.alliance", agreement("90 days"));
    let last = folder.run(["check"]).last().to_owned();
    assert!(last.contains("(profile essential, standard)"), "{last}");
}
