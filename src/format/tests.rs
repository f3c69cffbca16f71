use super::fill::fill;
use super::words::{behind, slots, squeezed, without_remark};

/// The lines of an item's text.
fn filled(text: &str, columns: usize) -> Vec<String> {
    let (text, _) = squeezed(text, &[]);
    fill(&slots(&text, &[]), 2, columns)
}

#[test]
fn a_number_and_its_unit_stay_together() {
    for (text, together) in [
        ("a: at least 30 business days notice after closing", "30 business days"),
        ("a: up to EUR 25,000 for \"things\" of ours and theirs", "EUR 25,000"),
        ("a: worth about GBP redacted or so, they say, or not", "GBP redacted"),
        ("a: in \"a basin of ours\" (US-NM, US-CO) and elsewhere", "\"a basin of ours\" (US-NM,"),
        ("a: in 10..20 days or in redacted days or whenever it is", "10..20 days"),
    ] {
        for columns in 8..60 {
            let lines = filled(text, columns);
            assert!(lines.iter().any(|line| line.contains(together)), "{columns}: {lines:#?}");
            let words: Vec<_> = lines.iter().flat_map(|line| line.split_whitespace()).collect();
            assert_eq!(words, text.split_whitespace().collect::<Vec<_>>());
        }
    }
}

#[test]
fn blanks_are_one_outside_quotes_only() {
    let text = "a  \"b  ;  c \\\" d\"  ,e;;f ;g 1,000 , 2,DE,AT ( x )";
    let squeezed = squeezed(text, &[3]);
    assert_eq!(squeezed.0, "a \"b  ;  c \\\" d\", e; f; g 1,000, 2, DE, AT (x)");
    assert_eq!(squeezed.1, [2], "where the quote went");
}

#[test]
fn a_remark_begins_outside_quotes() {
    assert_eq!(without_remark("a \"# \\\" #\" ; # b # c  "), ("a \"# \\\" #\" ;", " # b # c"));
    assert_eq!(behind(" # b"), "  # b");
    assert_eq!(behind("\t\t\t# b"), "   # b");
    assert_eq!(behind(""), "");
}
