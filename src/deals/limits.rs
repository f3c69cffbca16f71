//! The least and the most that a party gets: of a deal at once; of a period as it is reached, so that
//! after any deals it has what it is due and no more. What one does not get goes to the others.

use super::counted::{Limit, Of};
use super::cycle::Stretch;
use crate::reckon::Weights;

/// What a party came to in a period.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Count {
    /// The period; none where the limit is of all there ever is.
    pub(super) stretch: Option<Stretch>,
    /// What the party would have without the limit.
    pub(super) unlimited: i128,
    /// What each party has.
    pub(super) given: Vec<i128>,
}

/// A limit that changed a part: which one, what the part was, and what it became.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limited {
    /// The place of the limit among those of the table.
    pub(super) limit: usize,
    /// The place of the party among those of the table.
    pub party: usize,
    /// Whether it is a least.
    pub least: bool,
    /// In coins.
    pub from: i128,
    /// In coins.
    pub to: i128,
}

/// Holds the parts of a deal within the limits. The counts are left as they are.
pub(super) fn hold(
    limits: &[Limit],
    counts: &[Count],
    weights: &Weights,
    parts: &mut [i128],
    told: &mut Vec<Limited>,
) -> Result<(), String> {
    told.clear();
    let sign = if parts.iter().sum::<i128>() < 0 { -1 } else { 1 };
    loop {
        let pairs = limits.iter().zip(counts).enumerate();
        let mut waiting = pairs.filter(|(index, _)| told.iter().all(|told| told.limit != *index));
        let beyond = waiting.find_map(|(index, (limit, count))| {
            let part = parts[limit.party];
            let may = allowed(limit, count, part, sign);
            (may != part).then_some((index, limit, may))
        });
        let Some((index, limit, may)) = beyond else { return Ok(()) };
        let (whose, least) = (limit.party, limit.least);
        // A least and a most that pull at the same part.
        if told.iter().any(|told| told.party == whose && told.least != least) {
            return Err("its limits cannot all be kept".to_owned());
        }
        told.push(Limited { limit: index, party: whose, least, from: parts[whose], to: may });
        let rest = parts[whose] - may;
        parts[whose] = may;
        let free = |index: usize| told.iter().all(|told| told.party != index);
        let to_free = (0..parts.len()).filter(|index| free(*index)).count();
        let each = weights.parts().iter().enumerate();
        let each = each.map(|(index, weight)| if free(index) { *weight } else { 0 });
        let each = match to_free {
            1 => (0..parts.len()).map(|at| i128::from(free(at))).collect(),
            _ => each.collect(),
        };
        let shared = Weights::new(each).and_then(|shares| shares.add_parts(rest, parts));
        shared.map_err(|why| format!("who gets what a limit leaves over cannot be told: {why}"))?;
    }
}

/// What of a part a limit allows.
fn allowed(limit: &Limit, count: &Count, part: i128, sign: i128) -> i128 {
    match (limit.of, limit.least) {
        (Of::Deal, true) => sign * (sign * part).max(limit.amount),
        (Of::Deal, false) => sign * (sign * part).min(limit.amount),
        // The most of a period: what it has after the deal, less what it has before.
        (_, false) => {
            let due = |sum: i128| sum.min(limit.amount);
            due(count.unlimited + part) - due(count.unlimited)
        }
        // The least of a period is settled at its end.
        (_, true) => part,
    }
}

/// Adds a deal to the counts.
pub(super) fn count(limits: &[Limit], counts: &mut [Count], parts: &[i128], told: &[Limited]) {
    for (index, (limit, count)) in limits.iter().zip(counts).enumerate() {
        let before = told.iter().find(|told| told.limit == index);
        count.unlimited += before.map_or(parts[limit.party], |told| told.from);
        count.given.resize(parts.len(), 0);
        for (sum, part) in count.given.iter_mut().zip(parts) {
            *sum += part;
        }
    }
}

/// What a least still asks for at the end of a period: parts that sum to nothing, or why nobody can
/// say who pays them; `None` where nothing is missing.
pub(super) fn lacking(
    limit: &Limit,
    count: &Count,
    parties: usize,
) -> Option<Result<Vec<i128>, String>> {
    let has = count.given.get(limit.party).copied().unwrap_or_default();
    let lacks = limit.amount - has;
    if !limit.least || limit.of == Of::Deal || lacks <= 0 {
        return None;
    }
    let others: Vec<i128> = (0..parties)
        .map(|index| match count.given.get(index) {
            _ if index == limit.party => 0,
            Some(given) => (*given).max(0),
            None => 0,
        })
        .collect();
    let alone: Vec<i128> = (0..parties).map(|index| i128::from(index != limit.party)).collect();
    let shares = Weights::new(if parties == 2 { alone } else { others });
    let mut parts = vec![0; parties];
    parts[limit.party] = lacks;
    let paid = shares.and_then(|shares| shares.add_parts(-lacks, &mut parts));
    Some(paid.map(|()| parts).map_err(|why| format!("who pays it cannot be told: {why}")))
}
