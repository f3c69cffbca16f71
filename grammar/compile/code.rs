//! Expressions to Rust: every rule becomes a function that reads it.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use pest_meta::ast::RuleType;

use super::classes::{Classes, Sets};
use super::expression::{
    Begins, Bytes, END, Expression, Rule, beginnings, begins, never_fails, one_byte, sure,
};

/// Rules whose nodes nobody reads: comments stand anywhere, and the end is where the text ends.
const UNSEEN: &[&str] = &["comment"];

/// Rules that are tried again where they were tried in vain, by what may go on there and by what comes
/// then: where the last of them failed is remembered.
const REMEMBERED: &[&str] = &["s"];

/// Whether what is read makes nodes. As in pest, none is made in a look ahead, and in an atomic rule
/// only by the compound atomic rules in it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Nodes {
    Made,
    OnlyCompound,
    None,
}

struct Compiler<'r> {
    rules: &'r [Rule],
    begins: Vec<Begins>,
    /// Whether a rule has a compound atomic rule somewhere below it.
    compound: Vec<bool>,
    classes: Classes,
    sets: Sets,
    wanted: BTreeSet<(usize, Nodes)>,
    /// Alternatives that are tried in several places, each a function of its own.
    shared: BTreeMap<String, usize>,
}

/// Everything that `src/syntax/machine.rs` includes.
pub(crate) fn compile(rules: &[Rule]) -> String {
    let begins = beginnings(rules);
    let mut compiler = Compiler {
        classes: Classes::of(rules, &begins),
        sets: Sets::default(),
        begins,
        compound: compound(rules),
        rules,
        wanted: (0..rules.len()).map(|rule| (rule, Nodes::Made)).collect(),
        shared: BTreeMap::new(),
    };
    let mut functions = BTreeMap::new();
    while let Some((rule, nodes)) = compiler.wanted.pop_first() {
        if let Entry::Vacant(free) = functions.entry((rule, nodes)) {
            free.insert(compiler.function(rule, nodes));
        }
    }
    let mut out = String::from("// Compiled from the grammar files by grammar/compile.\n");
    out.push_str(&compiler.classes.table());
    out.push_str(&compiler.sets.table());
    for ((rule, nodes), body) in &functions {
        let (name, function) = (&rules[*rule].name, function(*rule, *nodes));
        let _ = writeln!(
            out,
            "/// `{name}`\nfn {function}(m: &mut Machine<'_>) -> bool {{\n{body}\n}}"
        );
    }
    for (body, number) in &compiler.shared {
        let _ = writeln!(
            out,
            "#[inline(never)]\nfn shared_{number}(m: &mut Machine<'_>) -> bool {{\n{body}\n}}"
        );
    }
    out.push_str("/// What a rule makes, and what reads it.\n");
    out.push_str("pub(super) fn reader(rule: Rule) -> (Option<Rule>, fn(&mut Machine<'_>) -> bool) {\nmatch rule {\n");
    out.push_str("Rule::EOI => (None, |m| m.is_at_end()),\n");
    for (at, rule) in rules.iter().enumerate() {
        let (name, function) = (&rule.name, function(at, Nodes::Made));
        let made = if compiler.is_seen(at, Nodes::Made) {
            format!("Some(Rule::{name})")
        } else {
            "None".to_owned()
        };
        let _ = writeln!(out, "Rule::{name} => ({made}, {function}),");
    }
    out.push_str("}\n}\n");
    out
}

fn function(rule: usize, nodes: Nodes) -> String {
    let kind = match nodes {
        Nodes::Made => "made",
        Nodes::OnlyCompound => "compound",
        Nodes::None => "unseen",
    };
    format!("{kind}_{rule}")
}

fn compound(rules: &[Rule]) -> Vec<bool> {
    fn has(expression: &Expression, found: &[bool]) -> bool {
        match expression {
            Expression::Rule(at) => found[*at],
            Expression::All(parts) | Expression::First(parts) => {
                parts.iter().any(|part| has(part, found))
            }
            Expression::Maybe(inner) | Expression::Many(inner) => has(inner, found),
            _ => false,
        }
    }
    let makes = |rule: &Rule| matches!(rule.ty, RuleType::CompoundAtomic | RuleType::NonAtomic);
    let mut found: Vec<bool> = rules.iter().map(makes).collect();
    loop {
        let next: Vec<bool> =
            rules.iter().map(|rule| makes(rule) || has(&rule.body, &found)).collect();
        if next == found {
            return found;
        }
        found = next;
    }
}

impl Compiler<'_> {
    fn function(&mut self, rule: usize, nodes: Nodes) -> String {
        let within = match (self.rules[rule].ty, nodes) {
            (_, Nodes::None) => Nodes::None,
            (RuleType::Atomic, _) => Nodes::OnlyCompound,
            (RuleType::CompoundAtomic | RuleType::NonAtomic, _) => Nodes::Made,
            (RuleType::Normal | RuleType::Silent, nodes) => nodes,
        };
        let rules = self.rules;
        let body = self.expression(&rules[rule].body, within);
        if !REMEMBERED.contains(&&*rules[rule].name) {
            return body;
        }
        format!(
            "if m.vain == m.at {{ return false; }}\nlet at = m.at;\n{body} || {{ m.vain = at; false }}"
        )
    }

    /// Rust that is true if the expression was read. If it is false, what was read of it is still to
    /// be taken back, unless the expression is [`whole`].
    fn expression(&mut self, expression: &Expression, nodes: Nodes) -> String {
        match expression {
            Expression::Set(bytes) => match single(bytes) {
                Some(byte) => format!("m.byte({byte})"),
                None => format!("m.one({})", self.sets.of(bytes)),
            },
            Expression::Text(text) => {
                format!("m.text(b{:?})", std::str::from_utf8(text).expect("strings"))
            }
            Expression::Any => "m.character(|_| true)".to_owned(),
            Expression::Class(name) => format!("m.character(pest::unicode::{name})"),
            Expression::Start => "m.is_at_start()".to_owned(),
            Expression::End => "m.is_at_end()".to_owned(),
            Expression::Until(bytes) => {
                let mut on = *bytes;
                for byte in &mut on {
                    *byte = !*byte;
                }
                on[END] = false;
                self.run(&on)
            }
            Expression::Rule(at) => self.rule(*at, nodes),
            Expression::All(parts) => {
                let parts = parts.iter().map(|part| self.expression(part, nodes));
                format!("({})", parts.collect::<Vec<_>>().join(" && "))
            }
            Expression::First(parts) => self.first(parts, nodes),
            Expression::Maybe(inner) => {
                format!("({} || true)", self.attempt(inner, nodes))
            }
            Expression::Many(inner) => match one_byte(inner) {
                Some(bytes) => self.run(bytes),
                None => format!("({{ while {} {{}} true }})", self.attempt(inner, nodes)),
            },
            Expression::Ahead(inner) => self.ahead(inner, ""),
            Expression::Not(inner) => self.ahead(inner, "!"),
        }
    }

    /// Bytes of the set, as many as there are. Where one byte ends a run, or three as in quoted words,
    /// they are looked for many bytes at a time.
    fn run(&mut self, on: &Bytes) -> String {
        let ends: Vec<usize> = (0..END).filter(|byte| !on[*byte]).collect();
        match &ends[..] {
            [a] => format!("m.until({a})"),
            [a, b, c] => format!("m.until_3({a}, {b}, {c})"),
            _ => format!("m.run({})", self.sets.of(on)),
        }
    }

    /// The expression, if the next byte is one with which it may succeed; what was read of it in vain
    /// is taken back.
    fn attempt(&mut self, expression: &Expression, nodes: Nodes) -> String {
        let tried = self.expression(expression, nodes);
        if whole(expression) {
            return tried;
        }
        let can = self.next_in(&begins(expression, &self.begins).any());
        format!("({can} && {{ let here = m.here(); {tried} || m.back(here) }})")
    }

    /// Whether the next byte is one of these.
    fn next_in(&mut self, bytes: &Bytes) -> String {
        match single(bytes) {
            Some(byte) => format!("m.next_is({byte})"),
            None => format!("m.next_in({})", self.sets.of(bytes)),
        }
    }

    fn ahead(&mut self, inner: &Expression, not: &str) -> String {
        if let Some(bytes) = one_byte(inner) {
            return format!("{not}{}", self.next_in(bytes));
        }
        let can = self.next_in(&begins(inner, &self.begins).any());
        let tried = self.expression(inner, Nodes::None);
        format!(
            "{not}({can} && {{ let here = m.here(); let found = {tried}; m.back(here); found }})"
        )
    }

    fn rule(&mut self, rule: usize, nodes: Nodes) -> String {
        let nodes = match nodes {
            Nodes::OnlyCompound if !self.compound[rule] => Nodes::None,
            nodes => nodes,
        };
        self.wanted.insert((rule, nodes));
        let (name, function) = (&self.rules[rule].name, function(rule, nodes));
        if self.is_seen(rule, nodes) {
            format!("m.node(Rule::{name}, {function})")
        } else {
            format!("{function}(m)")
        }
    }

    /// Whether a rule makes a node.
    fn is_seen(&self, rule: usize, nodes: Nodes) -> bool {
        let makes = match self.rules[rule].ty {
            RuleType::Silent => false,
            RuleType::Normal | RuleType::Atomic => nodes == Nodes::Made,
            RuleType::CompoundAtomic | RuleType::NonAtomic => nodes != Nodes::None,
        };
        makes && !UNSEEN.contains(&&*self.rules[rule].name)
    }

    /// A choice: by the next byte to those alternatives that may succeed with it, in their order.
    fn first(&mut self, parts: &[Expression], nodes: Nodes) -> String {
        let can: Vec<Bytes> = parts.iter().map(|part| begins(part, &self.begins).any()).collect();
        let surely: Vec<Bytes> = parts.iter().map(sure).collect();
        let mut chains: BTreeMap<Vec<usize>, Vec<usize>> = BTreeMap::new();
        for (class, byte) in self.classes.heads().enumerate() {
            let mut chain: Vec<usize> = (0..parts.len()).filter(|part| can[*part][byte]).collect();
            // Behind one that is sure to succeed nothing is tried.
            let sure = chain.iter().position(|part| surely[*part][byte]);
            chain.truncate(sure.map_or(chain.len(), |at| at + 1));
            chains.entry(chain).or_default().push(class);
        }
        chains.remove(&Vec::new());
        let tried: Vec<String> = parts
            .iter()
            .enumerate()
            .map(|(part, expression)| {
                let tried = self.expression(expression, nodes);
                let once = chains.keys().filter(|chain| chain.contains(&part)).count() < 2;
                if once || tried.len() <= SHORT { tried } else { self.shared(tried) }
            })
            .collect();
        by_byte(&chains, parts, &tried)
    }

    /// A call of what is written once and tried in several places.
    fn shared(&mut self, body: String) -> String {
        let next = self.shared.len();
        let number = self.shared.entry(body).or_insert(next);
        format!("shared_{number}(m)")
    }
}

/// Alternatives that are no longer than this are written wherever they are tried.
const SHORT: usize = 60;

/// One arm for the bytes that lead to the same alternatives, which are tried in it.
fn by_byte(
    chains: &BTreeMap<Vec<usize>, Vec<usize>>,
    parts: &[Expression],
    tried: &[String],
) -> String {
    let mut out = String::from("(match m.class() {\n");
    for (chain, classes) in chains {
        let _ = write!(out, "{} => ", alternatives(classes));
        let taken_back = chain.iter().rev().skip(1).any(|part| !whole(&parts[*part]));
        if taken_back {
            out.push_str("{ let here = m.here(); ");
        }
        for (at, part) in chain.iter().enumerate() {
            let last = at + 1 == chain.len();
            let back = if whole(&parts[*part]) || last { "" } else { " || m.back(here)" };
            let or = if last { "" } else { " || " };
            let _ = write!(out, "{}{back}{or}", tried[*part]);
        }
        out.push_str(if taken_back { " }\n" } else { ",\n" });
    }
    out.push_str("_ => false,\n})");
    out
}

/// The byte that is the only one of a set.
fn single(bytes: &Bytes) -> Option<usize> {
    let mut on = (0..bytes.len()).filter(|byte| bytes[*byte]);
    on.next().filter(|byte| *byte != END && on.next().is_none())
}

fn alternatives(classes: &[usize]) -> String {
    let classes: Vec<String> = classes.iter().map(ToString::to_string).collect();
    classes.join(" | ")
}

/// Whether an expression that fails has read nothing: it need not be taken back.
fn whole(expression: &Expression) -> bool {
    match expression {
        Expression::Set(_) | Expression::Text(_) | Expression::Any | Expression::Class(_) => true,
        one if looks(one) => true,
        Expression::All(parts) => {
            // What looks ahead may fail where nothing was read before it.
            let reads = parts.iter().position(|part| !looks(part)).unwrap_or(parts.len());
            parts.get(reads).is_none_or(whole) && parts.iter().skip(reads + 1).all(never_fails)
        }
        other => never_fails(other),
    }
}

fn looks(expression: &Expression) -> bool {
    matches!(
        expression,
        Expression::Start | Expression::End | Expression::Ahead(_) | Expression::Not(_)
    )
}
