//! pest's optimised expressions to those of the machine, and what each can begin with.

use std::collections::HashMap;

use pest_meta::ast::RuleType;
use pest_meta::optimizer::{OptimizedExpr, OptimizedRule};

/// Which bytes may come next; the last place stands for the end of the text.
pub(crate) type Bytes = [bool; 257];
pub(crate) const NONE: Bytes = [false; 257];
pub(crate) const EVERY: Bytes = [true; 257];
pub(crate) const END: usize = 256;

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Expression {
    /// One byte out of a set of ASCII.
    Set(Bytes),
    Text(Vec<u8>),
    /// Any character.
    Any,
    /// A character of a class beyond ASCII, by pest's name of it.
    Class(String),
    Start,
    End,
    Rule(usize),
    All(Vec<Expression>),
    First(Vec<Expression>),
    Maybe(Box<Expression>),
    Many(Box<Expression>),
    Ahead(Box<Expression>),
    Not(Box<Expression>),
    /// Everything up to one of the bytes, or to the end.
    Until(Bytes),
}

use Expression::{Ahead, All, Any, Class, End, First, Many, Maybe, Not, Set, Start, Text, Until};

pub(crate) struct Rule {
    pub(crate) name: String,
    pub(crate) ty: RuleType,
    pub(crate) body: Expression,
}

/// The rules, in the order of the grammar.
pub(crate) fn rules(optimized: Vec<OptimizedRule>) -> Vec<Rule> {
    let names: HashMap<String, usize> =
        optimized.iter().enumerate().map(|(at, rule)| (rule.name.clone(), at)).collect();
    let mut rules: Vec<Rule> = optimized
        .into_iter()
        .map(|rule| Rule { body: expression(rule.expr, &names), name: rule.name, ty: rule.ty })
        .collect();
    // What only says which byte may stand somewhere is put where it is used.
    for at in 0..rules.len() {
        if rules[at].ty == RuleType::Silent && is_plain(&rules[at].body) {
            let body = rules[at].body.clone();
            for rule in &mut rules {
                put(&mut rule.body, at, &body);
            }
        }
    }
    for rule in &mut rules {
        simplify(&mut rule.body);
    }
    rules
}

fn is_plain(body: &Expression) -> bool {
    match body {
        Set(_) | Text(_) => true,
        Not(inner) | Ahead(inner) => matches!(**inner, Set(_)),
        _ => false,
    }
}

fn put(into: &mut Expression, rule: usize, body: &Expression) {
    match into {
        Expression::Rule(at) if *at == rule => *into = body.clone(),
        All(parts) | First(parts) => parts.iter_mut().for_each(|part| put(part, rule, body)),
        Maybe(inner) | Many(inner) | Ahead(inner) | Not(inner) => put(inner, rule, body),
        _ => {}
    }
}

fn expression(from: OptimizedExpr, names: &HashMap<String, usize>) -> Expression {
    let inner = |from: Box<OptimizedExpr>| Box::new(expression(*from, names));
    match from {
        OptimizedExpr::Str(text) => string(&text),
        OptimizedExpr::Range(first, last) => {
            let byte = |text: &str| text.parse::<char>().expect("one character") as usize;
            set(|at| (byte(&first)..=byte(&last)).contains(&at))
        }
        OptimizedExpr::Ident(name) => {
            names.get(&name).map_or_else(|| built_in(&name), |at| Expression::Rule(*at))
        }
        OptimizedExpr::PosPred(from) => Ahead(inner(from)),
        OptimizedExpr::NegPred(from) => Not(inner(from)),
        OptimizedExpr::Seq(left, right) => All(vec![*inner(left), *inner(right)]),
        OptimizedExpr::Choice(left, right) => First(vec![*inner(left), *inner(right)]),
        OptimizedExpr::Opt(from) => Maybe(inner(from)),
        OptimizedExpr::Rep(from) => Many(inner(from)),
        OptimizedExpr::RepOnce(from) => {
            let once = inner(from);
            All(vec![*once.clone(), Many(once)])
        }
        OptimizedExpr::Skip(ends) => {
            assert!(ends.iter().all(|end| end.len() == 1), "the machine skips to single bytes");
            let Set(bytes) = set(|at| ends.iter().any(|end| usize::from(end.as_bytes()[0]) == at))
            else {
                unreachable!()
            };
            Until(bytes)
        }
        OptimizedExpr::RestoreOnErr(from) => *inner(from),
        other => panic!("the machine has nothing for {other:?}: see grammar/compile/expression.rs"),
    }
}

fn set(holds: impl Fn(usize) -> bool) -> Expression {
    let mut bytes = NONE;
    for (at, byte) in bytes.iter_mut().enumerate().take(128) {
        *byte = holds(at);
    }
    Set(bytes)
}

fn string(text: &str) -> Expression {
    match text.as_bytes() {
        [byte] => set(|at| at == usize::from(*byte)),
        bytes => Text(bytes.to_vec()),
    }
}

fn built_in(name: &str) -> Expression {
    let ascii = |holds: fn(&u8) -> bool| set(|at| u8::try_from(at).is_ok_and(|byte| holds(&byte)));
    match name {
        "ANY" => Any,
        "SOI" => Start,
        "EOI" => End,
        "ASCII_DIGIT" => ascii(u8::is_ascii_digit),
        "ASCII_ALPHA" => ascii(u8::is_ascii_alphabetic),
        "ASCII_ALPHA_LOWER" => ascii(u8::is_ascii_lowercase),
        "ASCII_ALPHA_UPPER" => ascii(u8::is_ascii_uppercase),
        "ASCII_ALPHANUMERIC" => ascii(u8::is_ascii_alphanumeric),
        "LETTER" | "UPPERCASE_LETTER" => Class(name.to_owned()),
        _ => panic!("the machine has no {name}: see grammar/compile/expression.rs"),
    }
}

/// Flat lists, choices between bytes as one set, and leaps to the next byte of a set.
fn simplify(expression: &mut Expression) {
    match expression {
        All(parts) | First(parts) => parts.iter_mut().for_each(simplify),
        Maybe(inner) | Many(inner) | Ahead(inner) | Not(inner) => simplify(inner),
        _ => {}
    }
    match expression {
        All(parts) => {
            if let [First(heads), Many(run)] = &parts[..]
                && let Set(bytes) = **run
                && let Some(first) = only(heads, &bytes)
            {
                *parts = vec![Set(first), Many(Box::new(Set(bytes)))];
            }
            *parts = parts
                .drain(..)
                .flat_map(|part| if let All(inner) = part { inner } else { vec![part] })
                .collect();
        }
        First(parts) => {
            let mut flat: Vec<Expression> = Vec::new();
            for part in parts
                .drain(..)
                .flat_map(|part| if let First(inner) = part { inner } else { vec![part] })
            {
                match (flat.last_mut(), &part) {
                    (Some(Set(before)), Set(bytes)) => {
                        before.iter_mut().zip(bytes).for_each(|(one, other)| *one |= other);
                    }
                    _ => flat.push(part),
                }
            }
            *expression = if flat.len() == 1 { flat.remove(0) } else { First(flat) };
        }
        Many(inner) => match &**inner {
            All(parts) if matches!(&parts[..], [Not(end), Any] if one_byte(end).is_some()) => {
                let end = parts
                    .first()
                    .and_then(|not| if let Not(end) = not { one_byte(end) } else { None });
                *expression = Until(*end.expect("it was looked at"));
            }
            // Bytes of the set first, and again behind each of the rest.
            First(parts) if matches!(parts[0], Set(_)) && parts.len() > 1 => {
                let run = Many(Box::new(parts[0].clone()));
                let rest = All(vec![First(parts[1..].to_vec()), run.clone()]);
                *expression = All(vec![run, Many(Box::new(rest))]);
                simplify(expression);
            }
            _ => {}
        },
        _ => {}
    }
}

/// The bytes that one of `heads` begins with, if they hold nothing but `bytes`, and if each of those first
/// bytes is enough: then a run of `bytes` is read, whichever head it begins with.
fn only(heads: &[Expression], bytes: &Bytes) -> Option<Bytes> {
    let mut enough = NONE;
    for head in heads {
        if let Set(one) = head {
            enough = union(&enough, one);
        }
    }
    let within = |head: &Expression| match head {
        Set(one) => (0..END).all(|at| !one[at] || bytes[at]),
        Text(text) => {
            enough[usize::from(text[0])] && text.iter().all(|byte| bytes[usize::from(*byte)])
        }
        _ => false,
    };
    heads.iter().all(within).then_some(enough)
}

/// With which next bytes an expression may succeed: consuming something, and consuming nothing. Bytes
/// that are left out are sure to make it fail; nothing more is claimed.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct Begins {
    consuming: Bytes,
    empty: Bytes,
}

impl Begins {
    pub(crate) const NEVER: Self = Self { consuming: NONE, empty: NONE };

    /// The next bytes with which it may succeed at all.
    pub(crate) fn any(&self) -> Bytes {
        union(&self.consuming, &self.empty)
    }
}

pub(crate) fn union(one: &Bytes, other: &Bytes) -> Bytes {
    std::array::from_fn(|at| one[at] || other[at])
}

fn both(one: &Bytes, other: &Bytes) -> Bytes {
    std::array::from_fn(|at| one[at] && other[at])
}

pub(crate) fn not(bytes: &Bytes) -> Bytes {
    std::array::from_fn(|at| !bytes[at])
}

/// What every rule can begin with: the least answer that agrees with itself.
pub(crate) fn beginnings(rules: &[Rule]) -> Vec<Begins> {
    let mut found = vec![Begins::NEVER; rules.len()];
    loop {
        let next: Vec<Begins> = rules.iter().map(|rule| begins(&rule.body, &found)).collect();
        if next == found {
            return found;
        }
        found = next;
    }
}

pub(crate) fn begins(expression: &Expression, found: &[Begins]) -> Begins {
    let mut beyond = NONE;
    beyond[128..END].fill(true);
    let consuming = |consuming: Bytes| Begins { consuming, empty: NONE };
    let empty = |empty: Bytes| Begins { consuming: NONE, empty };
    match expression {
        Set(bytes) => consuming(*bytes),
        Text(text) => text.first().map_or(empty(EVERY), |first| {
            let mut bytes = NONE;
            bytes[usize::from(*first)] = true;
            consuming(bytes)
        }),
        Any => consuming(std::array::from_fn(|at| at != END)),
        Class(_) => consuming(std::array::from_fn(|at| {
            beyond[at] || u8::try_from(at).is_ok_and(|byte| byte.is_ascii_alphabetic())
        })),
        Start => empty(EVERY),
        End => empty(std::array::from_fn(|at| at == END)),
        Expression::Rule(at) => found[*at],
        All(parts) => parts.iter().rev().fold(empty(EVERY), |after, part| {
            let first = begins(part, found);
            Begins {
                // Once something is consumed, any byte may follow.
                consuming: union(&first.consuming, &both(&first.empty, &after.consuming)),
                empty: both(&first.empty, &after.empty),
            }
        }),
        First(parts) => parts.iter().fold(Begins::NEVER, |so_far, part| {
            let other = begins(part, found);
            Begins {
                consuming: union(&so_far.consuming, &other.consuming),
                empty: union(&so_far.empty, &other.empty),
            }
        }),
        Maybe(inner) | Many(inner) => {
            Begins { consuming: begins(inner, found).consuming, empty: EVERY }
        }
        Ahead(inner) => empty(begins(inner, found).any()),
        Not(inner) => empty(not(&sure(inner))),
        Until(bytes) => {
            let mut stays = *bytes;
            stays[END] = true;
            Begins { consuming: not(&stays), empty: stays }
        }
    }
}

/// The next bytes with which an expression is sure to succeed; fewer than there are.
pub(crate) fn sure(expression: &Expression) -> Bytes {
    match expression {
        Set(bytes) => *bytes,
        Any => std::array::from_fn(|at| at != END),
        End => std::array::from_fn(|at| at == END),
        Maybe(_) | Many(_) | Until(_) => EVERY,
        First(parts) => parts.iter().fold(NONE, |bytes, part| union(&bytes, &sure(part))),
        Ahead(inner) => sure(inner),
        _ => NONE,
    }
}

/// Whether the machine decides an expression by its next byte alone, which it then consumes.
pub(crate) fn one_byte(expression: &Expression) -> Option<&Bytes> {
    match expression {
        Set(bytes) => Some(bytes),
        _ => None,
    }
}

/// Whether an expression succeeds whatever comes.
pub(crate) fn never_fails(expression: &Expression) -> bool {
    matches!(expression, Maybe(_) | Many(_) | Until(_))
}
