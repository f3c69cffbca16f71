//! The grammar, compiled: a rule and a text in, the tree of what was read out.
//!
//! pest reads the grammar files and derives [`Rule`] and a parser of them, which explains what cannot
//! be read: it knows what it tried, and where. That costs it some two hundred instructions for every
//! alternative it tries, and most of them are tried in vain. What can be read is therefore read here,
//! by the same grammar: `grammar/compile` makes a function of each rule, in which a choice looks at the
//! next byte and goes to the alternatives that can begin with it. Both agree node by node, which the
//! tests show on every example and on edited ones.
//!
//! A rule within a rule is a call, so the depth of a text is bounded before it is read: see the guards
//! of agreements and of policies.

use super::cursor::Cursor;
use super::grammar::Rule;

#[allow(
    clippy::all,
    clippy::pedantic,
    unused_parens,
    unused_must_use,
    reason = "written by the build script, for the compiler and not for people"
)]
mod program {
    use super::{Machine, Rule};
    include!(concat!(env!("OUT_DIR"), "/program.rs"));
}

/// What one rule read, and in how many nodes, itself included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Node {
    pub(super) kind: Rule,
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) size: u32,
}

/// The nodes of a text, each before those within it.
#[derive(Debug)]
pub(super) struct Tree<'i> {
    text: &'i str,
    nodes: Vec<Node>,
}

impl Tree<'_> {
    /// The node of the rule that was read, unless the rule makes none.
    pub(super) fn root(&self) -> Option<Cursor<'_>> {
        let size = self.nodes.first()?.size as usize;
        Cursor::over(self.text, self.nodes.get(..size)?)
    }

    /// The nodes alone.
    pub(super) fn into_nodes(self) -> Vec<Node> {
        self.nodes
    }

    /// All nodes with their text, each before those within it.
    pub(super) fn nodes(&self) -> impl Iterator<Item = (Node, &str)> {
        let text = |node: &Node| self.text.get(node.start as usize..node.end as usize);
        self.nodes.iter().map(move |node| (*node, text(node).unwrap_or_default()))
    }
}

/// Reads the beginning of `text` as `rule`; nothing if it cannot be read, or has four gigabytes.
pub(super) fn read(rule: Rule, text: &str) -> Option<Tree<'_>> {
    let mut machine = Machine::of(text)?;
    machine.take(rule).then_some(Tree { text, nodes: machine.nodes })
}

/// A node whose parts are read one by one, by whoever knows what comes after what.
#[derive(Debug)]
pub(super) struct Parts<'i>(Machine<'i>);

impl<'i> Parts<'i> {
    /// Stands at the beginning of a text that is to be a node; nothing if it has four gigabytes.
    pub(super) fn of(kind: Rule, text: &'i str) -> Option<Self> {
        let mut machine = Machine::of(text)?;
        machine.nodes.push(Node { kind, start: 0, end: 0, size: 1 });
        Some(Self(machine))
    }

    /// Reads the next part, if it is one: says whether it is.
    pub(super) fn take(&mut self, part: Rule) -> bool {
        let here = self.0.here();
        self.0.take(part) || self.0.back(here)
    }

    /// What is still to be read.
    pub(super) fn rest(&self) -> &'i str {
        self.0.text.get(self.0.at..).unwrap_or_default()
    }

    /// The node with all its parts; nothing if something was left.
    pub(super) fn end(self) -> Option<Tree<'i>> {
        let Self(mut machine) = self;
        let whole = machine.is_at_end();
        machine.close(0);
        whole.then_some(Tree { text: machine.text, nodes: machine.nodes })
    }
}

/// Where the reading stands. What looks at or reads something says whether it was there.
#[derive(Debug)]
struct Machine<'i> {
    text: &'i str,
    at: usize,
    nodes: Vec<Node>,
    /// Where blank space was last tried in vain.
    vain: usize,
}

/// A place to go back to.
#[derive(Clone, Copy)]
struct Place {
    at: usize,
    nodes: usize,
}

impl<'i> Machine<'i> {
    fn of(text: &'i str) -> Option<Self> {
        u32::try_from(text.len()).ok()?;
        // Agreements have a node for some six bytes.
        let nodes = Vec::with_capacity(text.len() / 5 + 8);
        Some(Self { text, at: 0, nodes, vain: usize::MAX })
    }

    /// Reads what comes next as `rule`, as a node of its own where the rule makes one.
    fn take(&mut self, rule: Rule) -> bool {
        match program::reader(rule) {
            (Some(kind), reader) => self.node(kind, reader),
            (None, reader) => reader(self),
        }
    }

    #[inline]
    fn here(&self) -> Place {
        Place { at: self.at, nodes: self.nodes.len() }
    }

    /// Takes back what was read since; never holds.
    #[inline]
    fn back(&mut self, place: Place) -> bool {
        self.at = place.at;
        self.nodes.truncate(place.nodes);
        false
    }

    /// What `reader` reads, as a node of its own.
    #[inline]
    fn node(&mut self, kind: Rule, reader: impl FnOnce(&mut Self) -> bool) -> bool {
        let (start, own) = (short(self.at), self.nodes.len());
        self.nodes.push(Node { kind, start, end: start, size: 1 });
        let held = reader(self);
        if held {
            self.close(own);
        }
        held
    }

    /// All that was read since the node `own` was begun is within it.
    #[inline]
    fn close(&mut self, own: usize) {
        let (end, size) = (short(self.at), short(self.nodes.len() - own));
        if let Some(node) = self.nodes.get_mut(own) {
            (node.end, node.size) = (end, size);
        }
    }

    /// The class of the next byte.
    #[inline]
    fn class(&self) -> u8 {
        let next = self.text.as_bytes().get(self.at);
        next.map_or(program::END, |byte| program::CLASS[usize::from(*byte)])
    }

    #[inline]
    fn next_in(&self, set: usize) -> bool {
        let next = self.text.as_bytes().get(self.at);
        program::SETS[set][next.map_or(256, |byte| usize::from(*byte))]
    }

    #[inline]
    fn next_is(&self, byte: u8) -> bool {
        self.text.as_bytes().get(self.at) == Some(&byte)
    }

    #[inline]
    fn byte(&mut self, byte: u8) -> bool {
        let holds = self.next_is(byte);
        self.at += usize::from(holds);
        holds
    }

    #[inline]
    fn one(&mut self, set: usize) -> bool {
        let holds = self.next_in(set);
        self.at += usize::from(holds);
        holds
    }

    /// Bytes of the set, as many as there are.
    #[inline]
    fn run(&mut self, set: usize) -> bool {
        while self.next_in(set) {
            self.at += 1;
        }
        true
    }

    /// Bytes up to one of these, or to the end.
    #[inline]
    fn until(&mut self, end: u8) -> bool {
        self.skip(|rest| memchr::memchr(end, rest))
    }

    #[inline]
    fn until_3(&mut self, one: u8, two: u8, three: u8) -> bool {
        self.skip(|rest| memchr::memchr3(one, two, three, rest))
    }

    #[inline]
    fn skip(&mut self, to: impl Fn(&[u8]) -> Option<usize>) -> bool {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        self.at += to(rest).unwrap_or(rest.len());
        true
    }

    #[inline]
    fn text<const LENGTH: usize>(&mut self, text: &[u8; LENGTH]) -> bool {
        let next = self.text.as_bytes().get(self.at..self.at + LENGTH);
        let holds = next.is_some_and(|next| next == text);
        self.at += if holds { LENGTH } else { 0 };
        holds
    }

    /// A character, if there is one that `holds`.
    fn character(&mut self, holds: impl Fn(char) -> bool) -> bool {
        let next = self.text.get(self.at..).and_then(|rest| rest.chars().next());
        let next = next.filter(|next| holds(*next));
        self.at += next.map_or(0, char::len_utf8);
        next.is_some()
    }

    fn is_at_start(&mut self) -> bool {
        self.at == 0
    }

    fn is_at_end(&mut self) -> bool {
        self.at == self.text.len()
    }
}

/// Lengths in a text and counts of nodes fit: see [`read`].
fn short(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
