//! Sets of bytes, and classes of bytes that no choice tells apart, so that a choice has few arms.

use std::fmt::Write as _;

use super::expression::{Begins, Bytes, END, Expression, Rule, begins, sure};

pub(crate) struct Classes {
    /// The class of each byte, and last that of the end.
    of: Vec<usize>,
    /// A byte of each class.
    heads: Vec<usize>,
}

impl Classes {
    /// The classes that every choice of the rules can be told by.
    pub(crate) fn of(rules: &[Rule], found: &[Begins]) -> Self {
        let mut sets = Vec::new();
        for rule in rules {
            collect(&rule.body, found, &mut sets);
        }
        let (mut known, mut heads) = (Vec::new(), Vec::new());
        let class = |byte: usize| {
            let told: Vec<bool> = sets.iter().map(|set| set[byte]).collect();
            known.iter().position(|each| *each == told).unwrap_or_else(|| {
                known.push(told);
                heads.push(byte);
                known.len() - 1
            })
        };
        let of = (0..=END).map(class).collect();
        Self { of, heads }
    }

    /// A byte of each class, in their order.
    pub(crate) fn heads(&self) -> impl Iterator<Item = usize> {
        self.heads.iter().copied()
    }

    pub(crate) fn table(&self) -> String {
        let (bytes, end) = self.of.split_at(END);
        let mut out = String::new();
        let _ = writeln!(
            out,
            "/// The class of each byte.\npub(super) static CLASS: [u8; 256] = {bytes:?};"
        );
        let _ = writeln!(
            out,
            "/// The class of the end of the text.\npub(super) const END: u8 = {};",
            end[0]
        );
        out
    }
}

/// Sets of bytes by number.
#[derive(Default)]
pub(crate) struct Sets(Vec<Bytes>);

impl Sets {
    pub(crate) fn of(&mut self, bytes: &Bytes) -> usize {
        self.0.iter().position(|known| known == bytes).unwrap_or_else(|| {
            self.0.push(*bytes);
            self.0.len() - 1
        })
    }

    /// Each byte has its own place in a set, and the end has one. Sets of classes as the bits of a
    /// number would be smaller, but rustc 1.95 optimises two tests of one such set wrongly.
    pub(crate) fn table(&self) -> String {
        let mut out =
            String::from("/// Whether each byte is in a set, and last whether the end is.\n");
        let _ = writeln!(out, "pub(super) static SETS: [[bool; 257]; {}] = [", self.0.len());
        for set in &self.0 {
            let _ = writeln!(out, "{set:?},");
        }
        out.push_str("];\n");
        out
    }
}

/// Every set of bytes that a choice is made by.
fn collect(expression: &Expression, found: &[Begins], sets: &mut Vec<Bytes>) {
    match expression {
        Expression::All(parts) => {
            for part in parts {
                collect(part, found, sets);
            }
        }
        Expression::First(parts) => {
            for part in parts {
                for set in [begins(part, found).any(), sure(part)] {
                    if !sets.contains(&set) {
                        sets.push(set);
                    }
                }
                collect(part, found, sets);
            }
        }
        Expression::Maybe(inner)
        | Expression::Many(inner)
        | Expression::Ahead(inner)
        | Expression::Not(inner) => collect(inner, found, sets),
        _ => {}
    }
}
