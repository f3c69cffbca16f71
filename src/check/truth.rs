//! The four answers of a test, and how answers join.

/// What a test comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Truth {
    /// Yes.
    True,
    /// No.
    False,
    /// The agreement does not say enough to tell.
    Unclear,
    /// Something compared is not stated, and the author has not said yet what that means.
    Missing,
}

use Truth::{False, Missing, True, Unclear};

impl Truth {
    /// First of no, cannot tell, missing, yes. A yes or no stands whatever the rest turns out to be;
    /// doubt hides silence, so that it is told even where silence would pass.
    pub(crate) const fn and(self, other: Self) -> Self {
        match (self, other) {
            (False, _) | (_, False) => False,
            (Unclear, _) | (_, Unclear) => Unclear,
            (Missing, _) | (_, Missing) => Missing,
            (True, True) => True,
        }
    }

    /// First of yes, cannot tell, missing, no.
    pub(crate) const fn or(self, other: Self) -> Self {
        self.not().and(other.not()).not()
    }

    /// Doubt and silence are their own negation.
    pub(crate) const fn not(self) -> Self {
        match self {
            True => False,
            False => True,
            Unclear => Unclear,
            Missing => Missing,
        }
    }
}

impl From<bool> for Truth {
    fn from(yes: bool) -> Self {
        if yes { True } else { False }
    }
}

impl From<Option<bool>> for Truth {
    fn from(answer: Option<bool>) -> Self {
        answer.map_or(Unclear, Self::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Truth; 4] = [True, Unclear, Missing, False];

    /// The tables as the language's page prints them.
    #[test]
    fn tables() {
        let and = [
            [True, Unclear, Missing, False],
            [Unclear, Unclear, Unclear, False],
            [Missing, Unclear, Missing, False],
            [False, False, False, False],
        ];
        let or = [
            [True, True, True, True],
            [True, Unclear, Unclear, Unclear],
            [True, Unclear, Missing, Missing],
            [True, Unclear, Missing, False],
        ];
        for (row, a) in ALL.into_iter().enumerate() {
            for (column, b) in ALL.into_iter().enumerate() {
                assert_eq!(a.and(b), and[row][column], "{a:?} and {b:?}");
                assert_eq!(a.or(b), or[row][column], "{a:?} or {b:?}");
            }
        }
        assert_eq!(ALL.map(Truth::not), [False, Unclear, Missing, True]);
    }

    #[test]
    fn laws() {
        for a in ALL {
            assert_eq!((a.and(a), a.or(a), a.not().not()), (a, a, a));
            for b in ALL {
                assert_eq!((a.and(b), a.or(b)), (b.and(a), b.or(a)));
                assert_eq!(a.and(b).not(), a.not().or(b.not()));
                for c in ALL {
                    assert_eq!(a.and(b).and(c), a.and(b.and(c)));
                    assert_eq!(a.or(b).or(c), a.or(b.or(c)));
                }
            }
        }
    }

    /// A yes or no never changes when what was not known becomes known.
    #[test]
    fn decided_answers_stand() {
        let turns_out = |truth: Truth| {
            if matches!(truth, Unclear | Missing) { vec![True, False] } else { vec![truth] }
        };
        for a in ALL {
            for b in ALL {
                for (joined, join) in
                    [(a.and(b), Truth::and as fn(_, _) -> _), (a.or(b), Truth::or)]
                {
                    for x in turns_out(a) {
                        for y in turns_out(b) {
                            assert!(
                                matches!(joined, Unclear | Missing) || join(x, y) == joined,
                                "{a:?} {b:?}"
                            );
                        }
                    }
                }
            }
        }
    }
}
