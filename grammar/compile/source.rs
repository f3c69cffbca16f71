//! The compiled operations, written as Rust.

use std::fmt::Write as _;

use pest_meta::ast::RuleType;

use super::code::{Compiler, Label, Nodes, Op, UNSEEN};
use super::expression::{Bytes, END};

/// Everything that `src/syntax/machine.rs` includes.
pub(super) fn of(compiler: &Compiler<'_>) -> String {
    let mut out = String::from("// Compiled from the grammar files by grammar/compile.\n");
    tables(compiler, &mut out);
    let _ = writeln!(out, "pub(super) static CODE: [Op; {}] = [", compiler.ops.len());
    let called = called(compiler);
    for (at, op) in compiler.ops.iter().enumerate() {
        let _ = writeln!(out, "Op::{},", operation(compiler, &called, at, op));
    }
    out.push_str("];\n");
    let calls = called.iter().map(|(start, name)| format!("(Rule::{name}, {start})"));
    let (count, calls) = (called.len(), calls.collect::<Vec<_>>().join(", "));
    let _ = writeln!(out, "pub(super) static NODES: [(Rule, u16); {count}] = [{calls}];");
    out.push_str("/// What a rule makes, and where it begins.\n");
    out.push_str("pub(super) fn call(rule: Rule) -> (Option<Rule>, u16) {\nmatch rule {\n");
    out.push_str("Rule::EOI => (None, 0),\n");
    for (at, rule) in compiler.rules.iter().enumerate() {
        let (name, start) = (&rule.name, compiler.starts[&(at, Nodes::Made)]);
        let seen = rule.ty != RuleType::Silent && !UNSEEN.contains(&&**name);
        let made = if seen { format!("Some(Rule::{name})") } else { "None".to_owned() };
        let _ = writeln!(out, "Rule::{name} => ({made}, {start}),");
    }
    out.push_str("}\n}\n");
    out
}

fn tables(compiler: &Compiler<'_>, out: &mut String) {
    let (classes, heads) = classes(compiler);
    let count = heads.len();
    let _ = writeln!(out, "pub(super) static CLASS: [u8; 257] = {classes:?};");
    let set = |set: &Bytes| -> u128 {
        (0..count).filter(|class| set[heads[*class]]).map(|class| 1 << class).sum()
    };
    let sets: Vec<u128> = compiler.sets.iter().map(set).collect();
    let _ = writeln!(out, "pub(super) static SETS: [u128; {}] = {sets:?};", sets.len());
    let texts = compiler.texts.iter().map(|text| std::str::from_utf8(text).expect("strings"));
    let texts: Vec<&str> = texts.collect();
    let _ = writeln!(out, "pub(super) static TEXTS: [&str; {}] = {texts:?};", texts.len());
    let switches = compiler.switches.iter().zip(&compiler.choices).map(|(labels, by_byte)| {
        (0..count).map(|class| place(compiler, labels[by_byte[heads[class]]])).collect()
    });
    let switches: Vec<Vec<usize>> = switches.collect();
    let rows = switches.len();
    let _ = writeln!(out, "pub(super) static SWITCHES: [[u16; {count}]; {rows}] = {switches:?};");
}

/// Where the rules begin, with their names.
fn called<'r>(compiler: &Compiler<'r>) -> Vec<(usize, &'r str)> {
    let starts = compiler.starts.iter();
    let mut called: Vec<_> =
        starts.map(|((rule, _), start)| (*start, &*compiler.rules[*rule].name)).collect();
    called.sort_unstable();
    called
}

fn operation(compiler: &Compiler<'_>, called: &[(usize, &str)], at: usize, op: &Op) -> String {
    match op {
        // What is called last need not come back here.
        Op::To("Call", _) | Op::Rule(false, ..) if returns(compiler, at + 1) => {
            format!("Jump({})", followed(compiler, at))
        }
        Op::Plain(op) => op.clone(),
        Op::To("Jump", _) if returns(compiler, at) => "Return".to_owned(),
        Op::To(op, label) => format!("{op}({})", place(compiler, *label)),
        Op::With(op, first, label) => format!("{op}({first}, {})", place(compiler, *label)),
        Op::Rule(false, rule, nodes) => format!("Call({})", compiler.starts[&(*rule, *nodes)]),
        Op::Rule(true, rule, nodes) => {
            let start = compiler.starts[&(*rule, *nodes)];
            let at = called.binary_search_by_key(&start, |(start, _)| *start).expect("a start");
            format!("Node({at})")
        }
    }
}

/// Where a label stands; a jump there is followed at once.
fn place(compiler: &Compiler<'_>, label: Label) -> usize {
    followed(compiler, compiler.labels[label.0])
}

/// Where an operation leads that only goes on elsewhere.
fn followed(compiler: &Compiler<'_>, at: usize) -> usize {
    match &compiler.ops[at] {
        Op::To("Jump", further) => place(compiler, *further),
        Op::To("Call", body) if returns(compiler, at + 1) => place(compiler, *body),
        Op::Rule(false, rule, nodes) if returns(compiler, at + 1) => {
            followed(compiler, compiler.starts[&(*rule, *nodes)])
        }
        _ => at,
    }
}

fn returns(compiler: &Compiler<'_>, at: usize) -> bool {
    match &compiler.ops[at] {
        Op::To("Jump", further) => returns(compiler, compiler.labels[further.0]),
        Op::Plain(op) => op == "Return",
        _ => false,
    }
}

/// Bytes that no set and no choice tells apart are one class: the class of each byte, and a byte of
/// each class.
fn classes(compiler: &Compiler<'_>) -> (Vec<usize>, Vec<usize>) {
    let told = |byte: usize| -> (Vec<bool>, Vec<usize>) {
        let sets = compiler.sets.iter().map(|set| set[byte]).collect();
        (sets, compiler.choices.iter().map(|by| by[byte]).collect())
    };
    let (mut known, mut heads) = (Vec::new(), Vec::new());
    let class = |byte| {
        let told = told(byte);
        known.iter().position(|each| *each == told).unwrap_or_else(|| {
            known.push(told);
            heads.push(byte);
            known.len() - 1
        })
    };
    let classes: Vec<usize> = (0..=END).map(class).collect();
    assert!(heads.len() <= 128, "{} classes of bytes do not fit a set", heads.len());
    (classes, heads)
}
