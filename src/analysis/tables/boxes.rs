//! Boxes of atoms, and what is left of them.

/// The atoms a row takes, column by column: one bit an atom.
pub(super) type Boxed = Vec<Set>;
/// Atoms of one column.
pub(super) type Set = Vec<u64>;

/// The most boxes that are kept at a time; past it, nothing is said.
const MOST_BOXES: usize = 2048;

/// A set of `size` atoms, those in it that `has` says.
pub(super) fn set(size: usize, has: impl Fn(usize) -> bool) -> Set {
    let mut bits = vec![0; size.div_ceil(64)];
    for atom in (0..size).filter(|atom| has(*atom)) {
        bits[atom / 64] |= 1 << (atom % 64);
    }
    bits
}

/// Whether an atom is in a set.
pub(super) fn has(set: &Set, atom: usize) -> bool {
    set.get(atom / 64).is_some_and(|bits| bits >> (atom % 64) & 1 == 1)
}

/// Whether every atom of the first set is in the second.
pub(super) fn is_inside(inner: &Set, outer: &Set) -> bool {
    inner.iter().zip(outer).all(|(a, b)| a & !b == 0)
}

fn is_empty(set: &Set) -> bool {
    set.iter().all(|bits| *bits == 0)
}

fn both(a: &Set, b: &Set) -> Set {
    a.iter().zip(b).map(|(a, b)| a & b).collect()
}

/// What two boxes share.
pub(super) fn meet(a: &Boxed, b: &Boxed) -> Option<Boxed> {
    let common: Boxed = a.iter().zip(b).map(|(a, b)| both(a, b)).collect();
    common.iter().all(|set| !is_empty(set)).then_some(common)
}

/// What is left of boxes when others are taken out, in boxes that do not meet; nothing where there
/// are too many.
pub(super) fn left<'b>(
    mut rest: Vec<Boxed>,
    taken: impl IntoIterator<Item = &'b Boxed>,
) -> Option<Vec<Boxed>> {
    rest.retain(|one| !one.iter().any(is_empty));
    for cut in taken {
        let mut next = Vec::new();
        for one in rest {
            split(one, cut, &mut next);
            if next.len() > MOST_BOXES {
                return None;
            }
        }
        rest = next;
    }
    Some(rest)
}

/// A box without another: column by column what lies beside it, and on with what does not.
fn split(mut one: Boxed, cut: &Boxed, into: &mut Vec<Boxed>) {
    if meet(&one, cut).is_none() {
        into.push(one);
        return;
    }
    for (index, taken) in cut.iter().enumerate() {
        let beside: Set = one[index].iter().zip(taken).map(|(a, b)| a & !b).collect();
        if !is_empty(&beside) {
            let mut piece = one.clone();
            piece[index] = beside;
            into.push(piece);
        }
        one[index] = both(&one[index], taken);
    }
}
