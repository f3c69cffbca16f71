//! A name for a finding that lasts: it comes in with its agreement's text, out goes a fingerprint that
//! does not change when the agreement is laid out anew, its lines move, or its file is renamed.
//!
//! A fingerprint is made of three things and no others: the id of the rule (or the code of what
//! reading the text told), the item it is about (`section/id`, `section` or `header`), and the values
//! that decided it, as they stand in the text, with their white space evened out, without comments,
//! in a fixed order. It holds neither lines nor columns nor a path, neither the severity nor the words
//! of the message: a policy that asks for 100 days instead of 90 finds the same thing. It changes
//! when the agreement says something else there, so that what was accepted of `60 days` does not
//! cover `7 days`. Whoever compares fingerprints of several files compares paths as well.

use std::collections::BTreeMap;
use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span};

use super::report::Finding;

/// Changes when the same finding would get another fingerprint than before.
pub const FINGERPRINT_VERSION: u32 = 1;
/// So many bytes of the digest are kept: enough that nobody can write an agreement to order whose
/// finding passes for another.
const KEPT: usize = 16;

/// The fingerprints of the findings of an agreement, in their order. The second of the same is
/// another one, so that a finding that appears once more is new.
pub fn fingerprints(source: &Source, findings: &[Finding]) -> Vec<String> {
    let mut seen = Seen::default();
    let of = |each: &Finding| {
        let values = each.values.iter().map(|span| words(source.slice(*span))).collect();
        seen.fingerprint(&each.diagnostic.code, &each.item, values)
    };
    findings.iter().map(of).collect()
}

/// The fingerprints of what reading a text told, in their order.
pub fn fingerprints_of_read(source: &Source, told: &[Diagnostic]) -> Vec<String> {
    let mut seen = Seen::default();
    let of = |each: &Diagnostic| {
        let value = words(source.slice(each.primary.span));
        seen.fingerprint(&each.code, "", vec![value])
    };
    told.iter().map(of).collect()
}

/// How often each was met.
#[derive(Default)]
struct Seen(BTreeMap<String, u32>);

impl Seen {
    fn fingerprint(&mut self, code: &str, item: &str, mut values: Vec<String>) -> String {
        values.sort_unstable();
        values.dedup();
        // A field ends with what stands in none of them, so that no two lists of fields are the same.
        let mut text = format!("{FINGERPRINT_VERSION}\n{code}\n{item}\n");
        for value in values {
            text.push_str(&value);
            text.push('\n');
        }
        let times = self.0.entry(text.clone()).or_default();
        *times += 1;
        if *times > 1 {
            let _ = write!(text, "#{times}");
        }
        digest(&text)
    }
}

/// A text as a short name.
pub fn digest(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().take(KEPT).fold(String::with_capacity(2 * KEPT), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// The text on one line, without comments; what stands in quotes keeps its `#`.
fn words(text: &str) -> String {
    let mut quoted = false;
    let mut plain = String::with_capacity(text.len());
    for line in text.lines() {
        for each in line.chars() {
            quoted ^= each == '"';
            if each == '#' && !quoted {
                break;
            }
            plain.push(each);
        }
        plain.push(' ');
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The places whose text is a value that decided: those that say something, and are neither a mere
/// heading or id nor what only made the rule apply.
pub(super) fn deciding<'a>(
    sites: impl IntoIterator<Item = &'a super::blame::Site<'a>>,
) -> Vec<Span> {
    let says = |site: &&super::blame::Site<'_>| {
        let heading = site.home.as_ref().is_some_and(|home| home.span == site.span);
        site.insert_at.is_none() && !site.context && !heading
    };
    sites.into_iter().filter(says).map(|site| site.span).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layout_and_comments_do_not_count_but_quotes_do() {
        assert_eq!(words("30\n    days  # of grace\n"), "30 days");
        assert_eq!(words("\"lot #7\"; x"), "\"lot #7\"; x");
    }

    #[test]
    fn fields_do_not_run_into_each_other_and_repeats_differ() {
        let mut seen = Seen::default();
        let a = seen.fingerprint("a/b", "exit", vec!["c".into()]);
        let b = seen.fingerprint("a/b", "", vec!["exit".into(), "c".into()]);
        let again = seen.fingerprint("a/b", "exit", vec!["c".into()]);
        assert!(a != b && a != again && b != again);
        let mut anew = Seen::default();
        assert_eq!(a, anew.fingerprint("a/b", "exit", vec!["c".into()]), "the same each time");
        assert_eq!(a.len(), 2 * KEPT);
        let turned = anew.fingerprint("a/b", "x", vec!["2".into(), "1".into()]);
        let mut anew = Seen::default();
        assert_eq!(turned, anew.fingerprint("a/b", "x", vec!["1".into(), "2".into()]));
    }
}
