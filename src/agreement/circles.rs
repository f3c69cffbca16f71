//! Moments that rest on one another in a circle: clocks, the start, the signing, the end of the term.

use super::model::{Agreement, Lasts};
use crate::source::Span;
use crate::syntax::ast::{Moment, MomentKind};

/// A clock that rests on itself, over others or at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Circle {
    /// Where it is set.
    pub span: Span,
    /// The clocks on the way, this one first; the last rests on the first.
    pub path: Vec<String>,
}

impl Circle {
    /// `launch rests on go-live, which rests on launch`
    pub fn told(&self) -> String {
        let (first, rest) = self.path.split_first().map_or(("", &[][..]), |(f, r)| (&**f, r));
        let steps = rest.iter().map(String::as_str).chain([first]);
        format!("{first} rests on {}", steps.collect::<Vec<_>>().join(", which rests on "))
    }
}

/// A clock, where it is set, and what it rests on.
type Node<'a> = (&'a str, Span, Vec<&'a str>);

/// The clocks that rest on themselves, in the order of the text.
pub fn circles(agreement: &Agreement) -> Vec<Circle> {
    let nodes = nodes(agreement);
    let circle = |node: &Node<'_>| {
        let path = way_back(&nodes, node.0)?;
        Some(Circle { span: node.1, path: path.into_iter().map(str::to_owned).collect() })
    };
    nodes.iter().filter_map(circle).collect()
}

fn nodes(agreement: &Agreement) -> Vec<Node<'_>> {
    let header = &agreement.header;
    let ends = [("start", &header.starts), ("signing", &header.signed)];
    let ends = ends.into_iter().filter_map(|(name, on)| Some((name, on.as_ref()?)));
    let mut nodes: Vec<Node<'_>> =
        ends.map(|(name, on)| (name, on.span, rests_on(agreement, on))).collect();
    for clock in &agreement.clocks {
        if let Some(on) = &clock.on {
            nodes.push((&clock.tag.id.node, clock.tag.id.span, rests_on(agreement, on)));
        }
    }
    if let Some(initial) = &agreement.term.initial {
        let on = match (&initial.lasts, &initial.from) {
            (Lasts::Until(moment), _) | (Lasts::For(_), Some(moment)) => {
                rests_on(agreement, moment)
            }
            (Lasts::For(_), None) => vec!["start"],
            (Lasts::Endless(_), _) => Vec::new(),
        };
        nodes.push(("term end", initial.tag.id.span, on));
    }
    nodes
}

/// The clocks that a moment names; a day that was given for a clock rests on nothing.
fn rests_on<'a>(agreement: &Agreement, moment: &'a Moment) -> Vec<&'a str> {
    match &moment.node {
        MomentKind::Named(name) => {
            let id = match name.strip_prefix("dates/").unwrap_or(name) {
                "initial term end" | "expiry" | "renewal" => "term end",
                id => id,
            };
            if agreement.day_of(id).is_some() { Vec::new() } else { vec![id] }
        }
        MomentKind::Distance { from, .. } => rests_on(agreement, from),
        MomentKind::Later(a, b) | MomentKind::Earlier(a, b) => {
            [rests_on(agreement, a), rests_on(agreement, b)].concat()
        }
        _ => Vec::new(),
    }
}

/// The shortest way from a clock back to it.
fn way_back<'a>(nodes: &[Node<'a>], start: &'a str) -> Option<Vec<&'a str>> {
    // A clock of that name comes before what every agreement has.
    let clocks = |name: &str| nodes.iter().rev().find(|node| node.0 == name).map(|node| &*node.2);
    // Most rest on a day.
    clocks(start).filter(|on| !on.is_empty())?;
    let mut ways = vec![vec![start]];
    let mut seen = Vec::new();
    let mut next = 0;
    while let Some(way) = ways.get(next).cloned() {
        next += 1;
        let last = way.last()?;
        for on in clocks(last).into_iter().flatten() {
            if *on == start {
                return Some(way);
            }
            if !seen.contains(on) {
                seen.push(on);
                ways.push([&*way, &[*on]].concat());
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agreement::parse;
    use crate::source::Source;

    fn told(text: &str) -> Vec<String> {
        let text = format!("alliance a: supply\n{text}\n");
        circles(&parse(&Source::new("a", text)).agreement).iter().map(Circle::told).collect()
    }

    #[test]
    fn every_clock_of_a_circle_names_it() {
        let both = told(
            "dates\n  launch: on 3 months after go-live\n  go-live: on 1 day before launch\n  other: on launch",
        );
        let first = "launch rests on go-live, which rests on launch";
        assert_eq!(both, [first, "go-live rests on launch, which rests on go-live"]);
        assert_eq!(told("dates\n  launch: on 3 days after launch"), ["launch rests on launch"]);
    }

    #[test]
    fn the_start_and_the_end_may_stand_in_it() {
        let over = told(
            "  starts 1 day after launch\ndates\n  launch: on later of 2026-01-01 and term end\nterm\n  initial: 12 months",
        );
        assert_eq!(over.len(), 3, "{over:?}");
        assert_eq!(over[0], "start rests on launch, which rests on term end, which rests on start");
        assert_eq!(told("  starts 2026-01-01\nterm\n  initial: 12 months from start"), [""; 0]);
    }
}
