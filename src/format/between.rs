//! Blank lines and remarks in, the same remarks with the blank lines that belong there out.

use super::item::INDENT;

/// What stands above and below some quiet lines.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Between {
    /// How far remarks are indented; without it those at the left edge stay there, as they belong to
    /// what is below, and the others belong to what is above.
    pub(super) fixed: Option<usize>,
    /// Whether nothing stands above.
    pub(super) first: bool,
    pub(super) space: Space,
}

/// Where a blank line may stand, and where one must.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Space {
    /// Where its author put one.
    #[default]
    Free,
    /// Not right below what is above: it is the heading of what is below.
    Opens,
    /// Nowhere: what is below goes on with what is above.
    Within,
    /// Above the remarks that stand on what is below.
    Apart,
}

impl Between {
    /// The lines, tidy: never two blank ones.
    pub(super) fn lines<'t>(self, quiet: impl Iterator<Item = &'t str>) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        for line in quiet {
            let remark = line.trim();
            let edge = self.first || line.starts_with('#');
            let indent = match self.fixed {
                _ if remark.is_empty() => 0,
                Some(fixed) => fixed,
                None if edge => 0,
                None => INDENT,
            };
            out.push(" ".repeat(indent) + remark);
        }
        out.dedup_by(|line, before| line.is_empty() && before.is_empty());
        if (self.first || self.space == Space::Opens) && out.first().is_some_and(String::is_empty) {
            out.remove(0);
        }
        if self.space == Space::Within {
            out.retain(|line| !line.is_empty());
        }
        if self.space == Space::Apart && !self.first {
            let remarks = out.iter().rev().take_while(|line| line.starts_with('#')).count();
            let at = out.len() - remarks;
            if at == 0 || !out[at - 1].is_empty() {
                out.insert(at, String::new());
            }
        }
        out
    }
}
