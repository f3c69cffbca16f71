//! Expressions to operations of the machine, as Rust source.

use std::collections::HashMap;

use pest_meta::ast::RuleType;

use super::expression::{
    Begins, Bytes, END, EVERY, Expression, Rule, beginnings, begins, one_byte, sure,
};

/// Rules whose nodes nobody reads: comments stand anywhere, and the end is where the text ends.
pub(super) const UNSEEN: &[&str] = &["comment"];
/// Alternatives of more operations than this are jumped to, not copied.
const SMALL: usize = 4;

/// Whether what is read makes nodes. As in pest, none is made in a look ahead, and in an atomic rule
/// only by the compound atomic rules in it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Nodes {
    Made,
    OnlyCompound,
    None,
}

/// An operation as it will be written; places are filled in at the end.
pub(super) enum Op {
    Plain(String),
    To(&'static str, Label),
    /// With something before the place.
    With(&'static str, String, Label),
    /// A rule, and whether it makes a node.
    Rule(bool, usize, Nodes),
}

#[derive(Clone, Copy)]
pub(super) struct Label(pub(super) usize);

pub(super) struct Compiler<'r> {
    pub(super) rules: &'r [Rule],
    begins: Vec<Begins>,
    /// Whether a rule has a compound atomic rule somewhere below it.
    compound: Vec<bool>,
    pub(super) ops: Vec<Op>,
    pub(super) labels: Vec<usize>,
    pub(super) sets: Vec<Bytes>,
    pub(super) texts: Vec<Vec<u8>>,
    pub(super) switches: Vec<Vec<Label>>,
    /// For every switch and every byte, which of its labels.
    pub(super) choices: Vec<Vec<usize>>,
    pub(super) starts: HashMap<(usize, Nodes), usize>,
    wanted: Vec<(usize, Nodes)>,
}

/// The whole program.
pub(crate) fn compile(rules: &[Rule]) -> String {
    let mut compiler = Compiler {
        begins: beginnings(rules),
        compound: compound(rules),
        rules,
        ops: Vec::new(),
        labels: Vec::new(),
        sets: Vec::new(),
        texts: Vec::new(),
        switches: Vec::new(),
        choices: Vec::new(),
        starts: HashMap::new(),
        wanted: (0..rules.len()).map(|rule| (rule, Nodes::Made)).collect(),
    };
    // Where a reading ends that began at a rule: the first operation.
    compiler.plain("Done");
    while let Some((rule, nodes)) = compiler.wanted.pop() {
        if compiler.starts.contains_key(&(rule, nodes)) {
            continue;
        }
        compiler.starts.insert((rule, nodes), compiler.ops.len());
        let within = match (rules[rule].ty, nodes) {
            (_, Nodes::None) => Nodes::None,
            (RuleType::Atomic, _) => Nodes::OnlyCompound,
            (RuleType::CompoundAtomic | RuleType::NonAtomic, _) => Nodes::Made,
            (RuleType::Normal | RuleType::Silent, nodes) => nodes,
        };
        compiler.expression(&rules[rule].body, within);
        compiler.plain("Return");
    }
    super::source::of(&compiler)
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
    fn plain(&mut self, op: impl Into<String>) {
        self.ops.push(Op::Plain(op.into()));
    }

    fn label(&mut self) -> Label {
        self.labels.push(usize::MAX);
        Label(self.labels.len() - 1)
    }

    fn here(&mut self, label: Label) {
        self.labels[label.0] = self.ops.len();
    }

    fn set(&mut self, bytes: &Bytes) -> usize {
        self.sets.iter().position(|known| known == bytes).unwrap_or_else(|| {
            self.sets.push(*bytes);
            self.sets.len() - 1
        })
    }

    fn can(&self, expression: &Expression) -> Bytes {
        begins(expression, &self.begins).any()
    }

    /// Tries `expression`, if the next byte is one with which it may succeed; else goes on at `label`.
    fn attempt(&mut self, expression: &Expression, label: Label) {
        let can = self.can(expression);
        if can == EVERY {
            self.ops.push(Op::To("Try", label));
        } else {
            let set = self.set(&can);
            self.ops.push(Op::With("TryIf", set.to_string(), label));
        }
    }

    fn expression(&mut self, expression: &Expression, nodes: Nodes) {
        match expression {
            Expression::Set(bytes) => {
                let set = self.set(bytes);
                self.plain(format!("Set({set})"));
            }
            Expression::Text(text) => {
                let at = self.texts.iter().position(|known| known == text).unwrap_or_else(|| {
                    self.texts.push(text.clone());
                    self.texts.len() - 1
                });
                self.plain(format!("Text({at})"));
            }
            Expression::Any => self.plain("Any"),
            Expression::Class(name) => {
                self.plain(if name == "LETTER" { "Letter" } else { "Capital" });
            }
            Expression::Start => self.plain("Start"),
            Expression::End => self.plain("End"),
            Expression::Until(bytes) => {
                let mut stops = *bytes;
                stops[END] = true;
                let set = self.set(&stops);
                self.plain(format!("Until({set})"));
            }
            Expression::Rule(at) => self.rule(*at, nodes),
            Expression::All(parts) => parts.iter().for_each(|part| self.expression(part, nodes)),
            Expression::First(parts) => self.first(parts, nodes),
            Expression::Maybe(inner) => {
                if let Some(bytes) = one_byte(inner) {
                    let set = self.set(bytes);
                    return self.plain(format!("MaybeOne({set})"));
                }
                let end = self.label();
                self.attempt(inner, end);
                self.expression(inner, nodes);
                self.ops.push(Op::To("Keep", end));
                self.here(end);
            }
            Expression::Many(inner) => self.many(inner, nodes),
            Expression::Ahead(inner) => self.ahead(inner),
            Expression::Not(inner) => self.not(inner),
        }
    }

    fn rule(&mut self, rule: usize, nodes: Nodes) {
        let nodes = match nodes {
            Nodes::OnlyCompound if !self.compound[rule] => Nodes::None,
            nodes => nodes,
        };
        let makes = match self.rules[rule].ty {
            RuleType::Silent => false,
            RuleType::Normal | RuleType::Atomic => nodes == Nodes::Made,
            RuleType::CompoundAtomic | RuleType::NonAtomic => nodes != Nodes::None,
        };
        let seen = makes && !UNSEEN.contains(&&*self.rules[rule].name);
        self.wanted.push((rule, nodes));
        self.ops.push(Op::Rule(seen, rule, nodes));
    }

    fn many(&mut self, inner: &Expression, nodes: Nodes) {
        if let Some(bytes) = one_byte(inner) {
            let set = self.set(bytes);
            return self.plain(format!("While({set})"));
        }
        let (again, end) = (self.label(), self.label());
        self.attempt(inner, end);
        self.here(again);
        self.expression(inner, nodes);
        self.ops.push(Op::To("Again", again));
        self.here(end);
    }

    fn ahead(&mut self, inner: &Expression) {
        if let Some(bytes) = one_byte(inner) {
            let set = self.set(bytes);
            return self.plain(format!("Ahead({set})"));
        }
        let (missing, found) = (self.label(), self.label());
        self.attempt(inner, missing);
        self.expression(inner, Nodes::None);
        self.ops.push(Op::To("Back", found));
        self.here(missing);
        self.plain("Fail");
        self.here(found);
    }

    fn not(&mut self, inner: &Expression) {
        if let Some(bytes) = one_byte(inner) {
            let set = self.set(bytes);
            return self.plain(format!("NotAhead({set})"));
        }
        let end = self.label();
        self.attempt(inner, end);
        self.expression(inner, Nodes::None);
        self.plain("Refuse");
        self.here(end);
    }

    /// A choice: by the next byte to those alternatives that may succeed with it, in their order.
    fn first(&mut self, parts: &[Expression], nodes: Nodes) {
        let can: Vec<Bytes> = parts.iter().map(|part| self.can(part)).collect();
        let surely: Vec<Bytes> = parts.iter().map(sure).collect();
        let (end, none) = (self.label(), self.label());
        let mut chains: Vec<Vec<usize>> = Vec::new();
        let by_byte: Vec<usize> = (0..=END)
            .map(|byte| {
                let mut chain: Vec<usize> =
                    (0..parts.len()).filter(|part| can[*part][byte]).collect();
                // Behind one that is sure to succeed nothing is tried.
                let sure = chain.iter().position(|part| surely[*part][byte]);
                chain.truncate(sure.map_or(chain.len(), |at| at + 1));
                chains.iter().position(|known| *known == chain).unwrap_or_else(|| {
                    chains.push(chain);
                    chains.len() - 1
                })
            })
            .collect();
        let labels: Vec<Label> =
            chains.iter().map(|chain| if chain.is_empty() { none } else { self.label() }).collect();
        self.plain(format!("Switch({})", self.switches.len()));
        self.switches.push(labels.clone());
        self.choices.push(by_byte);
        self.here(none);
        self.plain("Fail");
        let mut bodies: HashMap<usize, Label> = HashMap::new();
        for (chain, label) in chains.iter().zip(&labels).filter(|(chain, _)| !chain.is_empty()) {
            self.here(*label);
            for (at, part) in chain.iter().enumerate() {
                let last = at + 1 == chain.len();
                let next = self.label();
                if !last {
                    self.ops.push(Op::To("Try", next));
                }
                if size(&parts[*part]) <= SMALL {
                    self.expression(&parts[*part], nodes);
                } else {
                    let body = *bodies.entry(*part).or_insert_with(|| {
                        self.labels.push(usize::MAX);
                        Label(self.labels.len() - 1)
                    });
                    self.ops.push(Op::To("Call", body));
                }
                self.ops.push(Op::To(if last { "Jump" } else { "Keep" }, end));
                self.here(next);
            }
        }
        let mut bodies: Vec<(usize, Label)> = bodies.into_iter().collect();
        bodies.sort_by_key(|(part, _)| *part);
        for (part, label) in bodies {
            self.here(label);
            self.expression(&parts[part], nodes);
            self.plain("Return");
        }
        self.here(end);
    }
}

/// About how many operations an expression makes.
fn size(expression: &Expression) -> usize {
    match expression {
        Expression::All(parts) => parts.iter().map(size).sum(),
        Expression::First(_) => SMALL + 1,
        Expression::Maybe(inner) | Expression::Many(inner) if one_byte(inner).is_some() => 1,
        Expression::Ahead(inner) | Expression::Not(inner) if one_byte(inner).is_some() => 1,
        Expression::Maybe(inner) | Expression::Many(inner) => 2 + size(inner),
        Expression::Ahead(inner) | Expression::Not(inner) => 3 + size(inner),
        _ => 1,
    }
}
