//! Boxes of atoms: for each column a set of atoms, one bit an atom.

/// How the sets of a box lie one behind the other.
#[derive(Debug, Clone, Default)]
pub(super) struct Shape {
    /// For each column the words its set takes, and how many atoms it has.
    columns: Vec<(std::ops::Range<usize>, usize)>,
}

/// A set of atoms for each column, one behind the other.
pub(super) type Boxed = Vec<u64>;
/// Atoms of one column.
pub(super) type Set = Vec<u64>;

/// A set of `size` atoms, those in it that `has` says.
pub(super) fn set(size: usize, has: impl Fn(usize) -> bool) -> Set {
    let mut bits = vec![0; size.div_ceil(64)];
    for atom in (0..size).filter(|atom| has(*atom)) {
        bits[atom / 64] |= 1 << (atom % 64);
    }
    bits
}

/// The atoms of a set, lowest first.
pub(super) fn atoms(set: &[u64]) -> impl Iterator<Item = usize> + '_ {
    set.iter().enumerate().flat_map(|(index, word)| {
        let mut rest = *word;
        std::iter::from_fn(move || {
            let bit = rest.trailing_zeros();
            rest &= rest.wrapping_sub(1);
            (bit < 64).then_some(index * 64 + bit as usize)
        })
    })
}

/// Whether an atom is in a set.
pub(super) fn has(set: &[u64], atom: usize) -> bool {
    set.get(atom / 64).is_some_and(|bits| bits >> (atom % 64) & 1 == 1)
}

/// Whether every atom of the first is in the second: of sets, or of whole boxes.
pub(super) fn is_inside(inner: &[u64], outer: &[u64]) -> bool {
    inner.iter().zip(outer).all(|(a, b)| a & !b == 0)
}

/// Whether a set has no atom.
pub(super) fn is_empty(set: &[u64]) -> bool {
    set.iter().all(|bits| *bits == 0)
}

/// Whether two sets have an atom in common.
pub(super) fn touch(a: &[u64], b: &[u64]) -> bool {
    a.iter().zip(b).any(|(a, b)| a & b != 0)
}

impl Shape {
    /// The shape of columns with so many atoms.
    pub(super) fn new(sizes: impl IntoIterator<Item = usize>) -> Self {
        let mut from = 0;
        let columns = sizes.into_iter().map(|size| {
            let to = from + size.div_ceil(64);
            let column = (from..to, size);
            from = to;
            column
        });
        Self { columns: columns.collect() }
    }

    /// How many columns there are.
    pub(super) fn width(&self) -> usize {
        self.columns.len()
    }

    /// The set of a column.
    pub(super) fn of<'b>(&self, column: usize, of: &'b [u64]) -> &'b [u64] {
        &of[self.columns[column].0.clone()]
    }

    /// The same, to be changed.
    pub(super) fn of_mut<'b>(&self, column: usize, of: &'b mut [u64]) -> &'b mut [u64] {
        &mut of[self.columns[column].0.clone()]
    }

    /// Every atom of every column.
    pub(super) fn whole(&self) -> Boxed {
        self.columns.iter().flat_map(|(_, size)| set(*size, |_| true)).collect()
    }

    /// What two boxes share; none where they do not meet.
    pub(super) fn meet(&self, a: &[u64], b: &[u64]) -> Option<Boxed> {
        let common: Boxed = a.iter().zip(b).map(|(a, b)| a & b).collect();
        (!self.lacks(&common)).then_some(common)
    }

    /// Whether two boxes meet.
    pub(super) fn meets(&self, a: &[u64], b: &[u64]) -> bool {
        self.columns.iter().all(|(words, _)| touch(&a[words.clone()], &b[words.clone()]))
    }

    /// Whether a box is empty, because one of its columns is.
    pub(super) fn lacks(&self, of: &[u64]) -> bool {
        self.columns.iter().any(|(words, _)| is_empty(&of[words.clone()]))
    }
}
