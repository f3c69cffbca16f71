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
