//! The names a rule has given so far, and what is known to be stated.

use crate::diagnostic::{Diagnostic, near_name};
use crate::source::Spanned;
use crate::syntax::policy_ast::{Node, NodeKind, Path as Written};
use crate::value::Str;
use crate::vocabulary::{AGREEMENT, Field, Type};

use super::super::tree::{Expr, Part, Path, Root};
use super::{Info, Resolver, Shape};

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stands {
    Param(usize),
    Let(usize),
    Bound(usize),
}

/// A name, and what is known of its value.
#[derive(Debug, Clone)]
#[expect(clippy::struct_field_names, reason = "a name has a name")]
pub(super) struct Name {
    pub(super) name: Spanned<Str>,
    pub(super) stands: Stands,
    pub(super) info: Info,
    pub(super) used: bool,
}

impl Resolver<'_> {
    /// Gives a name to something, unless it is taken.
    pub(super) fn give(&mut self, name: &Spanned<Str>, stands: Stands, info: Info) {
        let taken =
            self.names.iter().find(|known| known.name == *name).map(|known| known.name.span);
        if let Some(first) = taken {
            let told = Diagnostic::error(
                "policy/name-taken",
                format!("`{}` has a meaning already", name.node),
                name.span,
            );
            self.told.push(told.also(first, "given here"));
        } else if AGREEMENT.field(&name.node).is_some() || name.node == "as-of" {
            let told = Diagnostic::error(
                "policy/name-taken",
                format!("`{}` hides the fact of that name", name.node),
                name.span,
            );
            self.told.push(told.help("give it another name"));
        }
        self.names.push(Name { name: name.clone(), stands, info, used: false });
    }

    /// Whether a word begins a path.
    pub(super) fn knows(&self, word: &str) -> bool {
        let given = self.names.iter().any(|name| name.name.node == word)
            || self.hushed.iter().any(|name| name == word);
        given || AGREEMENT.field(word).is_some() || word == "as-of"
    }

    /// Tells of every name from the `from`-th on that nothing uses, and forgets them.
    pub(super) fn forget(&mut self, from: usize, what: &str) {
        // What could not be resolved may be what uses the name.
        let clean = self.told.is_empty();
        for name in self.names.split_off(from) {
            if !name.used && clean {
                let told = Diagnostic::error(
                    "policy/unused",
                    format!("nothing uses the {what} `{}`", name.name),
                    name.name.span,
                );
                self.told.push(told);
            }
        }
    }

    /// The value a path names.
    pub(super) fn path(&mut self, path: &Written) -> Option<(Expr, Info)> {
        let (first, rest) = path.parts.split_first()?;
        let Some((root, mut info, mut fields)) = self.root(first) else {
            self.unknown_name(first);
            return None;
        };
        let mut here = first.node.to_string();
        if self.stated.contains(&here) {
            info.missing = false;
        }
        let mut parts: Vec<Part> = Vec::new();
        for part in rest {
            if info.shape.list {
                let told =
                    Diagnostic::error("policy/list", format!("`{here}` is a list"), part.span);
                self.told.push(
                    told.label("asked of the whole list")
                        .help(format!("say `some x in {here}`, `every` or `no`")),
                );
                return None;
            }
            here = format!("{here}.{}", part.node);
            let field = match info.shape.ty {
                Type::Record(record) if parts.is_empty() => record.field(&part.node),
                _ => None,
            };
            if let Some(field) = field {
                fields.push(field);
                info.shape = Shape::of(field.ty);
                info.missing = (info.missing || field.optional) && !info.shape.list;
            } else if let Some((each, ty)) = Part::of(info.shape.ty, &part.node) {
                parts.push(each);
                info.shape = Shape::one(ty);
            } else {
                self.unknown_fact(info.shape.ty, part);
                return None;
            }
            if self.stated.contains(&here) {
                info.missing = false;
            }
        }
        let value = if fields.is_empty() {
            alone(root)
        } else {
            Expr::Path(Path { root, fields: fields.into() })
        };
        Some((parts.into_iter().fold(value, |value, part| Expr::Part(Box::new(value), part)), info))
    }

    /// Where a path begins; a fact of the agreement itself is its first field.
    fn root(&mut self, first: &Spanned<Str>) -> Option<(Root, Info, Vec<&'static Field>)> {
        if let Some(name) = self.names.iter_mut().find(|name| name.name == *first) {
            name.used = true;
            let root = match name.stands {
                Stands::Param(index) => Root::Param(index),
                Stands::Let(index) => Root::Let(index),
                Stands::Bound(slot) => Root::Bound(slot),
            };
            let info = name.info;
            if let Root::Let(index) = root {
                let within = self.let_names.get(index).copied().unwrap_or(0);
                self.named = self.named.saturating_add(within).saturating_add(1);
            }
            return Some((root, info, Vec::new()));
        }
        let mut info =
            Info { shape: Shape::one(Type::Date), missing: false, reads: true, slots: 0 };
        if first.node == "as-of" {
            self.reads_as_of = true;
            return Some((Root::AsOf, info, Vec::new()));
        }
        let field = AGREEMENT.field(&first.node)?;
        info.shape = Shape::of(field.ty);
        info.missing = field.optional && !info.shape.list;
        Some((Root::Agreement, info, vec![field]))
    }

    fn unknown_name(&mut self, name: &Spanned<Str>) {
        if self.hushed.iter().any(|hushed| *hushed == name.node) {
            return;
        }
        let facts = AGREEMENT.fields.iter().map(|field| field.name);
        let known =
            self.names.iter().map(|known| known.name.node.as_str()).chain(facts).chain(["as-of"]);
        let near = near_name(&name.node, known);
        let told = Diagnostic::error(
            "policy/unknown-name",
            format!("nothing is called `{}`", name.node),
            name.span,
        );
        self.told.push(told.maybe_help(near));
    }

    fn unknown_fact(&mut self, ty: Type, part: &Spanned<Str>) {
        let names: Vec<&str> = match ty {
            Type::Record(record) => record.facts().map(|field| field.name).collect(),
            _ => Part::names(ty).to_vec(),
        };
        let near = near_name(&part.node, names.iter().copied());
        let list = || (!names.is_empty()).then(|| format!("it has: {}", names.join(", ")));
        let message = format!("{} has no fact `{}`", with_article(ty), part.node);
        self.told.push(
            Diagnostic::error("policy/unknown-fact", message, part.span)
                .maybe_help(near.or_else(list)),
        );
    }
}

fn alone(root: Root) -> Expr {
    match root {
        Root::Let(index) => Expr::Let(index),
        Root::Param(index) => Expr::Param(index),
        root => Expr::Path(Path { root, fields: Box::default() }),
    }
}

/// `a Commitment`, `a date`, `money`.
pub(super) fn with_article(ty: Type) -> String {
    let name = ty.to_string();
    if matches!(ty, Type::Money | Type::Text) {
        return name;
    }
    let vowel = name.starts_with(['a', 'e', 'i', 'o', 'A', 'E', 'I', 'O']);
    format!("{} {name}", if vowel { "an" } else { "a" })
}

/// The paths that are stated where a test holds, and where it does not.
#[derive(Default)]
pub(super) struct Guards {
    pub(super) held: Vec<String>,
    pub(super) failed: Vec<String>,
}

/// What a test says of what is stated.
pub(super) fn guards(node: &Node) -> Guards {
    let all = |nodes: &[Node], pick: fn(Guards) -> Vec<String>| {
        nodes.iter().map(guards).flat_map(pick).collect()
    };
    match &node.kind {
        NodeKind::And(nodes) => Guards { held: all(nodes, |each| each.held), failed: Vec::new() },
        NodeKind::Or(nodes) => Guards { held: Vec::new(), failed: all(nodes, |each| each.failed) },
        NodeKind::Not(inner) => {
            let Guards { held, failed } = guards(inner);
            Guards { held: failed, failed: held }
        }
        NodeKind::Stated(value) => match &value.kind {
            NodeKind::Path(path) => {
                let mut here = String::new();
                let held = path.parts.iter().map(|part| {
                    here = if here.is_empty() {
                        part.node.to_string()
                    } else {
                        format!("{here}.{}", part.node)
                    };
                    here.clone()
                });
                Guards { held: held.collect(), failed: Vec::new() }
            }
            _ => Guards::default(),
        },
        _ => Guards::default(),
    }
}
