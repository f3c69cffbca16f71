//! The grammar documents itself: every shape it shows has an example, and every example reads.

use pactum::source::Source;
use pactum::syntax::ast::Form;
use pactum::syntax::{parse_agreement, section_shapes, shape};

/// Where a slot stands depends on nothing: it reads behind any head.
fn read(text: &str) -> Vec<String> {
    let source = Source::new("example", text);
    let (_, told) = parse_agreement(&source);
    told.into_iter().map(|found| format!("{}: {text}", found.message)).collect()
}

#[test]
fn every_head_has_an_example_that_reads() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for section in pactum::agreement::SECTIONS {
        let shapes = section_shapes(section);
        assert!(!shapes.is_empty(), "{section} has no documented head");
        for shape in shapes {
            // One head may serve several sections; its example is of one of them.
            let told = read(&format!("{section}\n  {}\n", shape.example));
            let shared = ["h_things", "h_scope", "h_hole"].contains(&shape.rule);
            wrong.extend(told.into_iter().filter(|_| !shared));
            seen += 1;
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(seen > 60, "{seen}");
}

#[test]
fn every_slot_has_an_example_that_reads() {
    let mut wrong = Vec::new();
    for form in Form::ALL.iter().filter(|form| form.rule_name().starts_with("slot_")) {
        let Some(shape) = shape(form.rule_name()) else {
            wrong.push(format!("{} is not documented", form.rule_name()));
            continue;
        };
        let header = [
            "Title",
            "Signed",
            "Starts",
            "Calendar",
            "HeaderCurrency",
            "MonthEnds",
            "YearKind",
            "Status",
        ];
        let text = if header.contains(&format!("{form:?}").as_str()) {
            format!("alliance a\n  {}\n", shape.example)
        } else if *form == Form::Deadline {
            // Any word may name a deadline, so only an exit has them.
            format!("exit\n  a: either party; {}\n", shape.example)
        } else {
            format!("commitments\n  a: Kestrel will \"act\"; {}\n", shape.example)
        };
        wrong.extend(read(&text));
        let (file, _) = parse_agreement(&Source::new("example", text.clone()));
        let phrases = file.sections.iter().flat_map(|s| &s.items).flat_map(|item| &item.slots);
        let read_as: Vec<_> = phrases
            .chain(file.header.iter().flat_map(|header| &header.slots))
            .map(|p| p.form)
            .collect();
        if read_as != [*form] {
            wrong.push(format!("{form:?} reads as {read_as:?}: {text}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// `due by` a day is `due` that day: what people write on either side of the word is the same.
#[test]
fn due_by_is_due() {
    let due = |slot: &str| {
        let text = format!("payments\n  a: Kestrel pays Northwind EUR 1; {slot}\n");
        let (file, told) = parse_agreement(&Source::new("example", text));
        assert!(told.is_empty(), "{told:?}");
        let slot = &file.sections[0].items[0].slots[0];
        assert_eq!(slot.form, Form::Due);
        slot.moment().map(|moment| std::mem::discriminant(&moment.node))
    };
    assert!(due("due 2026-09-30").is_some());
    assert_eq!(due("due by 2026-09-30"), due("due 2026-09-30"));
    assert_eq!(due("due by day 10 of each month"), due("due day 10 of each month"));
}

/// What an item states is kept or told: behind every head of the language, every slot either changes
/// the agreement that was read, or is told to say nothing there.
#[test]
fn what_parses_is_kept_or_told() {
    let read = |text: &str| {
        let parsed = pactum::parse(&Source::new("example", text));
        let idle = |code: &str| matches!(code, "model/idle-slot" | "model/stated-twice");
        let told = parsed.diagnostics.iter().any(|found| idle(&found.code));
        let slips = parsed.diagnostics.iter().any(|found| found.code.starts_with("syntax/"));
        let mut agreement = parsed.agreement;
        // What is gathered from every phrase says nothing of what was read.
        agreement.passages.clear();
        agreement.holes.clear();
        agreement.times.clear();
        agreement.sums.clear();
        agreement.mentions.clear();
        (agreement, told, slips)
    };
    let kept = |form: &&Form| {
        let name = form.rule_name();
        let header = ["slot_title", "slot_signed", "slot_starts", "slot_calendar", "slot_currency"];
        let header = header.contains(&name)
            || ["slot_month_ends", "slot_year", "slot_status"].contains(&name);
        let modifier = name.starts_with("mod_")
            || ["per", "during", "within", "axis", "consent"].contains(&name);
        (name.starts_with("slot_") || modifier) && !header
    };
    let (mut lost, mut read_by) = (Vec::new(), std::collections::BTreeSet::new());
    for section in pactum::agreement::SECTIONS {
        for head in section_shapes(section) {
            let cast = if section == "parties" {
                "  Other: \"O\"\n"
            } else {
                "parties\n  Northwind: \"N\"\n  Kestrel: \"K\"\n"
            };
            let cast = if section == "parties" {
                format!("parties\n{cast}")
            } else {
                format!("{cast}{section}\n")
            };
            // A slot of the example may be the one that is tried.
            let example = head.example.split(';').next().unwrap();
            let base = format!("alliance a: supply\n{cast}  {example}");
            let (before, _, slips) = read(&base);
            if slips {
                continue;
            }
            for form in Form::ALL.iter().filter(kept) {
                let slot = shape(form.rule_name()).unwrap().example;
                let (after, told, slips) = read(&format!("{base}; {slot}\n"));
                // Any word may name a deadline, so only an exit has them.
                assert!(!slips || *form == Form::Deadline, "{section}: {example}; {slot}");
                if !told && !slips {
                    read_by.insert(*form);
                    if before == after {
                        lost.push(format!("{section}: {example}; {slot}"));
                    }
                }
            }
        }
    }
    assert!(lost.is_empty(), "{} are read and not kept: {lost:#?}", lost.len());
    let unread: Vec<_> =
        Form::ALL.iter().filter(kept).filter(|form| !read_by.contains(form)).collect();
    assert!(unread.is_empty(), "no form reads these: {unread:?}");
}

#[test]
fn the_reference_is_up_to_date() {
    crate::generated("grammar/README.md", &pactum::manual::reference());
}

/// What a form says beyond its example is kept as well: without it, another agreement is read.
#[test]
fn what_a_form_says_further_is_kept() {
    let read = |item: &str| {
        let cast = "alliance a: supply\nparties\n  K: \"K\"\n  N: \"N\"\n";
        let parsed = pactum::parse(&Source::new("example", format!("{cast}{item}\n")));
        assert!(parsed.diagnostics.is_empty(), "{item}: {:?}", parsed.diagnostics);
        let mut agreement = parsed.agreement;
        agreement.passages.clear();
        agreement.times.clear();
        agreement.sums.clear();
        agreement.mentions.clear();
        agreement
    };
    for (with, without) in [
        (r#"; costs K, N for "hardware""#, "; costs K"),
        (r#"; costs K, N if short by 10%, K for "hardware""#, "; costs K, N if short by 10%"),
        (r#"; 7 days to object after "receipt""#, "; 7 days to object"),
        (r#"; 7 days to object after "receipt""#, r#"; 7 days to object after "sending""#),
        (r#"; 7 days notice after "receipt""#, "; 7 days notice"),
    ] {
        let item = |more: &str| format!("commitments\n  report: K commits 1 \"report\"{more}");
        assert_ne!(read(&item(with)), read(&item(without)), "{with} beside {without}");
    }
    for (with, without) in [
        (r#" below 50% held by "founders""#, r#" below 50% held by "heirs""#),
        (r#" from "founders""#, ""),
        (" below 50%", " above 50%"),
        (r#" from "founders" to "rivals""#, r#" from "founders""#),
    ] {
        let item = |more: &str| format!("exit\n  control: N if K changes control{more}");
        assert_ne!(read(&item(with)), read(&item(without)), "{with} beside {without}");
    }
}
