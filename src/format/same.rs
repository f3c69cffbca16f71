//! Whether two texts say the same: what has to hold of every text before and after.

use std::fmt::Debug;

use super::words::without_remark;
use crate::agreement::Agreement;

/// Whether the same was agreed. What is gathered item by item may stand in another order, as the
/// slots do.
pub(super) fn same_agreement(before: &Agreement, after: &Agreement) -> bool {
    fn sorted<T: Debug>(list: &mut [T]) {
        list.sort_by_cached_key(|each| format!("{each:?}"));
    }
    let ordered = |agreement: &Agreement| {
        let mut agreement = agreement.clone();
        sorted(&mut agreement.holes);
        sorted(&mut agreement.passages);
        sorted(&mut agreement.times);
        sorted(&mut agreement.sums);
        sorted(&mut agreement.mentions);
        agreement
    };
    before == after || ordered(before) == ordered(after)
}

/// Whether no remark is lost, moved past another, or changed, and no other character but blanks
/// and `;` came or went.
pub(super) fn same_characters(before: &str, after: &str) -> bool {
    fn remark(line: &str) -> &str {
        // A cell of a table may hold any character, also this one.
        let row = line.trim_start().starts_with('|').then(|| line.rsplit('|').next());
        row.flatten().unwrap_or_else(|| without_remark(line).1).trim()
    }
    fn remarks(text: &str) -> Vec<&str> {
        text.lines().map(remark).filter(|remark| !remark.is_empty()).collect()
    }
    fn characters(text: &str) -> Vec<char> {
        let kept = text.chars().filter(|c| !c.is_whitespace() && *c != ';');
        let mut all: Vec<char> = kept.collect();
        all.sort_unstable();
        all
    }
    remarks(before) == remarks(after) && characters(before) == characters(after)
}
