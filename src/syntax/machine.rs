//! The grammar, run: a rule and a text in, the tree of what was read out.
//!
//! pest reads the grammar files and derives [`Rule`] and a parser of them, which explains what cannot
//! be read: it knows what it tried, and where. That costs it some two hundred instructions for every
//! alternative it tries, and most of them are tried in vain. What can be read is therefore read here,
//! by the same grammar, as `grammar/compile` makes a program of it: a choice looks at the next byte and
//! goes to the alternatives that can begin with it. Both agree node by node, which the tests show on
//! every example and on edited ones.
//!
//! The machine keeps its own stack of places to go back to, so that no text can spend the stack of the
//! thread it runs in.

use super::cursor::Cursor;
use super::grammar::Rule;

/// One step of a program. A number is a place in a table of the program or, where a step goes on
/// elsewhere, in the program itself.
#[derive(Debug, Clone, Copy)]
enum Op {
    /// The whole rule was read.
    Done,
    /// The rule was read: on, behind where it was called.
    Return,
    /// A rule that makes no node.
    Call(u16),
    /// A rule that makes a node: which, and where it begins, is in a table.
    Node(u16),
    Jump(u16),
    /// On at the place that the next byte chooses.
    Switch(u16),
    /// If what follows fails: back to this byte, and on elsewhere.
    Try(u16),
    /// The same, if the next byte is in the set; else on elsewhere at once.
    TryIf(u8, u16),
    /// What was tried holds: on elsewhere.
    Keep(u16),
    /// The same once more, from here.
    Again(u16),
    /// What was looked for stands ahead: back to before it, and on elsewhere.
    Back(u16),
    /// What must not stand ahead does.
    Refuse,
    Fail,
    /// A byte of the set.
    Set(u8),
    /// A byte of the set, if there is one.
    MaybeOne(u8),
    /// Bytes of the set, as many as there are.
    While(u8),
    /// All bytes before one of the set.
    Until(u8),
    /// A byte of the set stands ahead.
    Ahead(u8),
    /// No byte of the set stands ahead.
    NotAhead(u8),
    Text(u16),
    /// A letter of any script.
    Letter,
    /// A capital letter of any script.
    Capital,
    /// Any character.
    Any,
    Start,
    End,
}

#[allow(clippy::pedantic, reason = "tables and a long match, written by the build script")]
mod program {
    use super::{Op, Rule};
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
        Cursor::over(self.text, &self.nodes)
    }

    /// All nodes with their text, each before those within it.
    pub(super) fn nodes(&self) -> impl Iterator<Item = (Node, &str)> {
        let text = |node: &Node| self.text.get(node.start as usize..node.end as usize);
        self.nodes.iter().map(move |node| (*node, text(node).unwrap_or_default()))
    }
}

/// Where to go back to, or on from.
struct Place {
    op: u16,
    /// The byte; or [`CALL`], where a rule was called, and `op` is behind it.
    at: u32,
    /// How many nodes there were; of a call, which of them is the rule's own, or [`NO_NODE`].
    nodes: usize,
}

const CALL: u32 = u32::MAX;
const NO_NODE: usize = usize::MAX;

/// Reads the beginning of `text` as `rule`; nothing if it cannot be read, or has four gigabytes.
pub(super) fn read(rule: Rule, text: &str) -> Option<Tree<'_>> {
    let mut machine = Machine {
        text,
        bytes: text.as_bytes(),
        at: 0,
        // Agreements have a node for some six bytes.
        nodes: Vec::with_capacity(text.len() / 5 + 8),
        places: Vec::with_capacity(64),
    };
    let short = u32::try_from(text.len()).is_ok_and(|length| length < CALL);
    (short && machine.run(rule)).then_some(Tree { text, nodes: machine.nodes })
}

struct Machine<'i> {
    text: &'i str,
    bytes: &'i [u8],
    at: u32,
    nodes: Vec<Node>,
    places: Vec<Place>,
}

impl Machine<'_> {
    fn run(&mut self, rule: Rule) -> bool {
        // A program begins with `Done`, which is where the first call returns to.
        let (kind, start) = program::call(rule);
        self.call(0, kind);
        let mut op = start;
        loop {
            let next = match program::CODE[usize::from(op)] {
                Op::Done => return true,
                Op::Return => self.back_from_call(),
                Op::Call(rule) => {
                    self.call(op + 1, None);
                    Some(rule)
                }
                Op::Node(rule) => {
                    let (kind, start) = program::NODES[usize::from(rule)];
                    self.call(op + 1, Some(kind));
                    Some(start)
                }
                Op::Jump(to) => Some(to),
                Op::Switch(table) => Some(program::SWITCHES[usize::from(table)][self.class()]),
                Op::TryIf(set, to) if !self.next_in(set) => Some(to),
                Op::Try(to) | Op::TryIf(_, to) => {
                    self.places.push(self.place(to));
                    Some(op + 1)
                }
                Op::Keep(to) => self.places.pop().map(|_| to),
                Op::Again(to) => {
                    let here = self.place(op);
                    if let Some(place) = self.places.last_mut() {
                        (place.at, place.nodes) = (here.at, here.nodes);
                    }
                    Some(to)
                }
                Op::Back(to) => {
                    let place = self.places.pop();
                    self.at = place.map_or(self.at, |place| place.at);
                    Some(to)
                }
                Op::Refuse => self.places.pop().and(None),
                Op::Fail => None,
                plain => self.step(plain).then_some(op + 1),
            };
            op = match next.or_else(|| self.fail()) {
                Some(next) => next,
                None => return false,
            };
        }
    }

    /// A step that reads or looks, and goes nowhere else: whether it holds.
    #[inline]
    fn step(&mut self, op: Op) -> bool {
        match op {
            Op::Set(set) => {
                let holds = self.next_in(set);
                self.at += u32::from(holds);
                holds
            }
            Op::MaybeOne(set) => {
                self.at += u32::from(self.next_in(set));
                true
            }
            Op::While(set) => {
                while self.next_in(set) {
                    self.at += 1;
                }
                true
            }
            Op::Until(set) => {
                while !self.next_in(set) {
                    self.at += 1;
                }
                true
            }
            Op::Ahead(set) => self.next_in(set),
            Op::NotAhead(set) => !self.next_in(set),
            Op::Text(at) => {
                let text = program::TEXTS[usize::from(at)].as_bytes();
                let holds = self.bytes[self.at as usize..].starts_with(text);
                self.at += if holds { short(text.len()) } else { 0 };
                holds
            }
            Op::Letter => self.character(pest::unicode::LETTER),
            Op::Capital => self.character(pest::unicode::UPPERCASE_LETTER),
            Op::Any => self.character(|_| true),
            Op::Start => self.at == 0,
            Op::End => self.at as usize == self.bytes.len(),
            _ => false,
        }
    }

    fn character(&mut self, holds: impl Fn(char) -> bool) -> bool {
        let rest = self.text.get(self.at as usize..).unwrap_or_default();
        let mut characters = rest.chars();
        if !characters.next().is_some_and(holds) {
            return false;
        }
        self.at += short(rest.len() - characters.as_str().len());
        true
    }

    #[inline]
    fn class(&self) -> usize {
        let next = self.bytes.get(self.at as usize).map_or(256, |byte| usize::from(*byte));
        usize::from(program::CLASS[next])
    }

    #[inline]
    fn next_in(&self, set: u8) -> bool {
        program::SETS[usize::from(set)] >> self.class() & 1 == 1
    }

    /// Here, to go back to and on from at `op`.
    #[inline]
    fn place(&self, op: u16) -> Place {
        Place { op, at: self.at, nodes: self.nodes.len() }
    }

    #[inline]
    fn call(&mut self, behind: u16, kind: Option<Rule>) {
        let nodes = kind.map_or(NO_NODE, |kind| {
            let (start, own) = (self.at, self.nodes.len());
            self.nodes.push(Node { kind, start, end: start, size: 1 });
            own
        });
        self.places.push(Place { op: behind, at: CALL, nodes });
    }

    #[inline]
    fn back_from_call(&mut self) -> Option<u16> {
        let place = self.places.pop()?;
        let nodes = self.nodes.len();
        if let Some(node) = self.nodes.get_mut(place.nodes) {
            node.end = self.at;
            node.size = short(nodes - place.nodes);
        }
        Some(place.op)
    }

    /// Back to the last place from which something else can be tried.
    #[inline]
    fn fail(&mut self) -> Option<u16> {
        loop {
            let place = self.places.pop()?;
            if place.at != CALL {
                self.at = place.at;
                self.nodes.truncate(place.nodes);
                return Some(place.op);
            }
        }
    }
}

/// Lengths in a text and counts of nodes fit: see [`read`].
fn short(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(CALL - 1)
}
