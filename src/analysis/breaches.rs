//! Lines of the agreement that give somebody else what an exclusive grant gives.
//!
//! Only what is certain: places, times and activities that are compared as written. What stands in
//! words only, under a condition, or beside an exception breaks nothing here.

use std::collections::HashMap;

use super::dates::{Dated, Dating};
use crate::agreement::{Agreement, Grant, Parties, Scope, Tag, Terms, Text};
use crate::source::Span;
use crate::value::Comparison;

/// A line that breaks a grant.
#[derive(Debug, Clone, PartialEq)]
pub struct Breach {
    /// The line: `exclusivity/second`.
    pub item: String,
    /// The line, then the grant.
    pub places: [Span; 2],
}

/// What breaks each grant, in the order of the grants. Of two grants the later breaks the earlier.
pub(super) fn find(agreement: &Agreement, lives: &[(Dated, Dated)]) -> Vec<Vec<Breach>> {
    let breach = |tag: &Tag, grant: &Grant| Breach {
        item: format!("{}/{}", tag.section, tag.id.node),
        places: [tag.id.span, grant.tag.id.span],
    };
    // Grants of different activities never meet, and there may be many of them.
    let mut by_activity: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, grant) in agreement.grants.iter().enumerate() {
        if let Some(activity) = &grant.activity {
            by_activity.entry(activity.node.to_lowercase()).or_default().push(index);
        }
    }
    let all = agreement.grants.iter().zip(lives).enumerate();
    all.map(|(index, (grant, life))| {
        let same = grant.activity.as_ref();
        let same = same.and_then(|activity| by_activity.get(&activity.node.to_lowercase()));
        let later = same.into_iter().flatten().filter(|other| **other > index);
        let grants = later.map(|other| (&agreement.grants[*other], &lives[*other]));
        let grants = grants.filter(|(other, times)| {
            given_away(agreement, grant, (&other.by, &other.to, &other.terms))
                && together(life, times)
        });
        let grants = grants.map(|(other, _)| breach(&other.tag, grant));
        let licences = agreement.ip.licences.iter().filter(|licence| {
            let thing = |text: &Text| {
                let of_it = grant.terms.scope.products.iter().any(|product| alike(product, text));
                of_it || grant.activity.as_ref().is_some_and(|activity| alike(activity, text))
            };
            licence.terms.flag("exclusive").is_some()
                && licence.what.iter().any(thing)
                && given_away(agreement, grant, (&licence.by, &licence.to, &licence.terms))
                && licence.terms.first.is_none()
        });
        grants.chain(licences.map(|licence| breach(&licence.tag, grant))).collect()
    })
    .collect()
}

/// Whether the grantor gives, to somebody who is not the grantee, something that meets the grant's
/// scope, with no condition or exception between the two.
fn given_away(agreement: &Agreement, grant: &Grant, other: (&Parties, &Parties, &Terms)) -> bool {
    let (by, to, terms) = other;
    let names = |parties: &Parties, party: usize| parties.members.iter().any(|(n, _)| *n == party);
    let unsure = [&grant.by, &grant.to, by, to].into_iter().any(|who| who.doubt.is_some());
    let from_grantor = by.members.iter().any(|(party, _)| names(&grant.by, *party));
    let to_grantee = to.members.iter().any(|(party, _)| names(&grant.to, *party));
    let free = grant.terms.more.except.is_empty() && terms.more.except.is_empty();
    let plain = terms.conditions.is_empty() && terms.more.gate.is_none();
    !unsure && from_grantor && !to_grantee && free && plain && {
        let (a, b) = (&grant.terms.scope, &terms.scope);
        let axes = [(&a.products, &b.products), (&a.field, &b.field), (&a.channel, &b.channel)];
        // Against whom it holds is part of what is given.
        let against = a.against.is_empty() && b.against.is_empty();
        against && axes.into_iter().all(|(a, b)| meet(a, b)) && same_place(agreement, a, b)
    }
}

/// What an axis leaves out means everything of it.
fn meet(a: &[Text], b: &[Text]) -> bool {
    a.is_empty() || b.is_empty() || a.iter().any(|a| b.iter().any(|b| alike(a, b)))
}

fn alike(a: &Text, b: &Text) -> bool {
    let small = |text: &Text| text.node.to_lowercase();
    a.node == b.node || small(a) == small(b)
}

/// Whether two scopes certainly share a place.
fn same_place(agreement: &Agreement, a: &Scope, b: &Scope) -> bool {
    let (Some(a), Some(b)) = (codes(agreement, a), codes(agreement, b)) else { return false };
    let inside = |place: &str, whole: &str| {
        place == whole || place.strip_prefix(whole).is_some_and(|rest| rest.starts_with('-'))
    };
    let meets = |a: &&str| b.iter().any(|b| inside(a, b) || inside(b, a));
    a.is_empty() || b.is_empty() || a.iter().any(meets)
}

/// The codes of a scope and of the areas it names; nothing where a place stands in words only.
fn codes<'a>(agreement: &'a Agreement, scope: &'a Scope) -> Option<Vec<&'a str>> {
    let mut found: Vec<&str> = scope.territory.iter().map(|place| place.node.code()).collect();
    let own = found.len();
    for name in &scope.places {
        let area = agreement.scope.iter().find(|area| area.tag.id.node == name.node);
        match area.map(|area| &area.terms.scope) {
            Some(area) if area.places.is_empty() && area.doubt.is_none() => {
                found.extend(area.territory.iter().map(|place| place.node.code()));
            }
            // Words with their codes behind them: `"the Alps" (AT, CH)`.
            _ if own > 0 => {}
            _ => return None,
        }
    }
    scope.doubt.is_none().then_some(found)
}

/// Whether two stretches of time certainly share a day. One without an end lasts as long as the
/// agreement does.
fn together((a_first, a_last): &(Dated, Dated), (b_first, b_last): &(Dated, Dated)) -> bool {
    begins_in(a_first, b_last) && begins_in(b_first, a_last)
}

fn begins_in(first: &Dated, last: &Dated) -> bool {
    match (&first.date, &last.date) {
        (Dating::Known(_), Dating::Endless(_) | Dating::Missing) => true,
        (Dating::Known(first), Dating::Known(last)) => {
            first.orderings(last).decide(Comparison::AtMost) == Some(true)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::source::Source;

    /// What breaks the first of two grants of such activities.
    fn broken(first: &str, second: &str) -> usize {
        let text = format!(
            "parties\n  N: \"N\", GB\n  K: \"K\", DE\n  L: \"L\", FR\nexclusivity\n  \
             a: N grants K \"{first}\" in DE; exclusive\n  b: N grants L \"{second}\" in DE\n"
        );
        let parsed = crate::parse(&Source::new("a", text));
        assert_eq!(parsed.diagnostics, []);
        crate::analysis::derive(&parsed.agreement).breaches()[0].len()
    }

    #[test]
    fn activities_are_the_same_in_capitals_or_not() {
        assert_eq!(broken("resale", "resale"), 1);
        assert_eq!(broken("Resale", "RESALE"), 1);
        assert_eq!(broken("resale", "repair"), 0);
    }
}
