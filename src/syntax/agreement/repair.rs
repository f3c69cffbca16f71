//! The one small change that makes a text read: a word more, less, elsewhere or in quotes.
//!
//! Nothing is suggested that the grammar does not read to its end.

use std::ops::Range;

use super::broken::{Broken, is_known, listed};
use super::reach::{is_word, reads};
use super::shapes::opens;
use crate::diagnostic::nearest;
use crate::syntax::grammar::Rule;

/// What to say at which place, and the text that would read.
#[derive(Debug)]
pub(super) struct Repair {
    pub(super) at: Range<usize>,
    pub(super) label: String,
    pub(super) text: String,
}

/// Texts with more pieces are not repaired: every change is tried by reading it.
const MOST_PIECES: usize = 40;
/// Words that stand for a value: never what is missing.
const VALUES: [&str; 11] = [
    "thereafter",
    "freely",
    "redacted",
    "blank",
    "nobody",
    "perpetual",
    "unlimited",
    "evergreen",
    "rate",
    "life",
    "last",
];
/// Values to try where one could be missing, with what they are called.
const SAMPLES: [(&str, &str); 6] = [
    ("Name", "a name"),
    ("\"words\"", "a text in quotes"),
    ("EUR 1", "an amount"),
    ("30 days", "a length of time"),
    ("2026-01-31", "a day"),
    ("section/item", "an item"),
];
const RHYTHMS: [(&str, &str); 6] = [
    ("daily", "day"),
    ("weekly", "week"),
    ("monthly", "month"),
    ("quarterly", "quarter"),
    ("yearly", "year"),
    ("annually", "year"),
];
/// Words that turn the meaning round: never too many.
const TURNS: [&str; 7] = ["not", "no", "none", "without", "except", "unless", "nobody"];
pub(super) const ARTICLES: [&str; 3] = ["a", "an", "the"];

impl Broken<'_> {
    /// The change that makes it read, the surest first.
    pub(super) fn repair(&self) -> Option<Repair> {
        if self.pieces.len() > MOST_PIECES || self.around.patience.is_spent() {
            return None;
        }
        self.misspelt()
            .or_else(|| self.joined())
            .or_else(|| self.rhythm())
            .or_else(|| self.rest_moved())
            .or_else(|| self.slot_begins(false))
            .or_else(|| self.word_missing())
            .or_else(|| self.value_missing_before_modifier())
            .or_else(|| self.value_wrong().filter(|_| self.word(self.stop).starts_with('"')))
            .or_else(|| self.free_before().and_then(|index| self.replaced(index)))
            .or_else(|| self.quoted(self.free_before().is_some()))
            .or_else(|| self.replaced(self.stop))
            .or_else(|| self.value_missing(self.stop))
            .or_else(|| self.left_out(self.stop))
            .or_else(|| self.moved())
            .or_else(|| self.before().and_then(|index| self.left_out(index)))
            .or_else(|| self.read_too_kindly().and_then(|index| self.replaced(index)))
            .or_else(|| self.quoted(true))
            .or_else(|| self.value_wrong())
            .or_else(|| self.slot_begins(true))
    }

    /// The piece where reading stops, and the one before it, which may have been read too kindly.
    fn suspects(&self) -> impl Iterator<Item = usize> + use<> {
        let stop = (self.stop < self.pieces.len()).then_some(self.stop);
        stop.into_iter().chain(self.before())
    }

    /// The piece before the stop, unless the text ends there: then something is missing.
    fn read_too_kindly(&self) -> Option<usize> {
        self.before().filter(|_| self.stop < self.pieces.len())
    }

    fn before(&self) -> Option<usize> {
        self.stop.checked_sub(1)
    }

    /// The piece before the stop, if it is a word nobody knows: it was read as an id.
    fn free_before(&self) -> Option<usize> {
        self.before().filter(|index| self.is_free(*index))
    }

    /// A word that nearly is one of the language, and takes the reading further if it is.
    fn misspelt(&self) -> Option<Repair> {
        self.suspects().find_map(|index| {
            let (word, at) = (self.word(index), self.pieces[index].clone());
            if !is_word(word) || word.len() < 3 || self.is_declared(word) {
                return None;
            }
            let alike = |known: &&String| {
                known.len() > 2 && known.len().abs_diff(word.len()) <= 1 + word.len() / 3
            };
            let alike = self.known.iter().filter(alike);
            let all: Vec<String> =
                alike.flat_map(|known| [known.clone(), format!("{known}s")]).collect();
            let mut near: Vec<_> = all
                .iter()
                .filter(|known| nearest(word, [known.as_str()]).is_some())
                .map(|known| (strsim::damerau_levenshtein(word, known), known))
                .collect();
            near.sort();
            let label = |near: &str| format!("a similar word exists: `{near}`");
            let whole = near.iter().map(|(_, known)| (known, self.with(at.clone(), known)));
            if let Some((known, text)) = whole.clone().find(|(_, text)| self.reads(text)) {
                return Some(Repair { at, label: label(known), text });
            }
            if is_known(word) {
                return None;
            }
            let further = whole
                .map(|(known, text)| (self.reach(&text), known, text))
                .filter(|(far, known, _)| far + word.len() > self.at.max(at.end) + known.len())
                .max_by_key(|(far, known, _)| (*far, std::cmp::Reverse(known.len())))?;
            Some(Repair { at, label: label(further.1), text: further.2 })
        })
    }

    /// One word written as two.
    fn joined(&self) -> Option<Repair> {
        self.suspects().find_map(|index| {
            let (first, second) = (self.word(index), self.word(index + 1));
            if !is_word(first) || !is_word(second) {
                return None;
            }
            let at = self.pieces[index].start..self.pieces[index + 1].end;
            [format!("{first}-{second}"), format!("{first}{second}")].into_iter().find_map(|word| {
                let text = self.with(at.clone(), &word);
                (self.known.contains(&word) && self.reads(&text)).then(|| Repair {
                    at: at.clone(),
                    label: format!("`{word}` is one word"),
                    text,
                })
            })
        })
    }

    /// How often, as it is said elsewhere: `quarterly`, `a year`.
    fn rhythm(&self) -> Option<Repair> {
        let (word, next) = (self.word(self.stop), self.word(self.stop + 1));
        let period = RHYTHMS.iter().find(|(adverb, period)| {
            *adverb == word || matches!(word, "a" | "an") && *period == next
        });
        let (adverb, period) = period?;
        let last = self.stop + usize::from(*adverb != word);
        let at = self.pieces[self.stop].start..self.pieces[last].end;
        ["every", "per", "each"].iter().find_map(|word| {
            let text = self.with(at.clone(), &format!("{word} {period}"));
            let label = format!("write `{word} {period}`");
            self.reads(&text).then(|| Repair { at: at.clone(), label, text })
        })
    }

    /// All that is left, where it opens with a word of the language, stands too late.
    fn rest_moved(&self) -> Option<Repair> {
        let first = self.word(self.stop);
        let from = self.before().filter(|index| self.word(*index) == ",").unwrap_or(self.stop);
        let opens = is_word(first) && is_known(first);
        opens.then(|| self.moved_before(from, self.pieces.len())).flatten()
    }

    /// What stands too late: the same words read in another order.
    fn moved(&self) -> Option<Repair> {
        let count = self.pieces.len();
        let from = self.before().unwrap_or(0)..count.min(self.stop + 4);
        from.into_iter().find_map(|from| {
            let ends = (from + 1..=count).rev().take(3);
            ends.into_iter().find_map(|to| self.moved_before(from, to))
        })
    }

    fn moved_before(&self, from: usize, to: usize) -> Option<Repair> {
        let at = self.pieces.get(from)?.start..self.pieces[to - 1].end;
        let rest = self.text[at.end..].trim_start();
        let words = &self.text[at.clone()];
        (0..from).rev().take(5).find_map(|before| {
            let place = self.pieces[before].start;
            let between = self.text[place..at.start].trim_end();
            let text = format!("{}{words} {between} {rest}", &self.text[..place]);
            let shown = |words: &str| words.trim_start_matches([',', ' ']).to_owned();
            let label = format!("`{}` stands before `{}`", shown(words), shown(between));
            self.reads(text.trim_end()).then(|| Repair { at: at.clone(), label, text })
        })
    }

    /// A slot without the `;` before it. `loosely`: it begins with a word that heads have too.
    fn slot_begins(&self, loosely: bool) -> Option<Repair> {
        if self.at == 0 || self.stop == 0 || self.stop >= self.pieces.len() {
            return None;
        }
        let comma = self.word(self.stop) == "," || self.word(self.stop - 1) == ",";
        let index = self.stop + usize::from(self.word(self.stop) == ",");
        let start = self.pieces.get(index)?.start;
        let first = self.word(index);
        let loose = opens("modifier").iter().any(|word| word == first);
        let before = self.text[..start].trim_end().trim_end_matches(',').trim_end();
        if loose != loosely
            || self.is_free(index - 1)
            || !self.reads(before)
            || !reads(Rule::whole_slot, &self.text[start..])
        {
            return None;
        }
        let (at, label) = if comma {
            let at = self.pieces[index - 1].start..self.text.len();
            (
                at,
                format!(
                    "a slot such as this one begins after `;`, not after a comma: `; {first} …`"
                ),
            )
        } else {
            (start..self.text.len(), "a slot begins here: put a `;` before it".to_owned())
        };
        Some(Repair { at, label, text: before.to_owned() })
    }

    /// Another word where only some can stand.
    fn replaced(&self, index: usize) -> Option<Repair> {
        let (word, at) = (self.word(index), self.pieces.get(index)?.clone());
        let article = ARTICLES.contains(&word);
        if !is_word(word) && !article && word != "," || self.is_declared(word) {
            return None;
        }
        let blank = if word == "," { " " } else { "" };
        let alike = |new: &str| word.len() > 3 && new.get(..3) == word.get(..3);
        // A slot may open with so many words that one unlike it is as good as any other.
        let any = index > 0 || self.rule != Rule::whole_slot || !self.is_free(index);
        let wanted = |new: &str| {
            if new == "," { matches!(word, "and" | "or") } else { any || alike(new) }
        };
        let change = |new: &str| self.with(at.clone(), &format!("{blank}{new}"));
        let mut fitting: Vec<_> = self.fitting(index, wanted, change).collect();
        if fitting.iter().any(|(new, _)| alike(new)) {
            fitting.retain(|(new, _)| alike(new));
        }
        let (_, text) = fitting.first().filter(|_| fitting.len() <= 7)?.clone();
        let names = self.listed(fitting.iter().map(|(new, _)| new.as_str()));
        Some(Repair { at, label: format!("{names} stands here, not `{word}`"), text })
    }

    /// The words that are `wanted`, can stand at a piece and make the changed text read.
    fn fitting(
        &self,
        index: usize,
        wanted: impl Fn(&str) -> bool,
        change: impl Fn(&str) -> String,
    ) -> impl Iterator<Item = (String, String)> {
        let start = self.pieces.get(index).map_or(self.text.len(), |piece| piece.start);
        let mut words = self.expected(start).words.clone();
        if index == 0 {
            words.extend(opens("slot").iter().filter(|_| self.rule == Rule::whole_slot).cloned());
        }
        words.sort();
        words.dedup();
        let odd = |word: &str| VALUES.contains(&word) || word == self.word(index);
        words.retain(|word| !odd(word) && wanted(word));
        let texts = words.into_iter().map(move |word| (change(&word), word));
        texts.filter(|(text, _)| self.reads(text)).map(|(text, word)| (word, text))
    }

    /// The text with something more before a piece.
    fn inserted(&self, index: usize, new: &str) -> String {
        match self.pieces.get(index) {
            Some(piece) => self.with(piece.start..piece.start, &format!("{new} ")),
            None => format!("{} {new}", self.text),
        }
    }

    fn missing(&self, index: usize, names: &str, text: String) -> Option<Repair> {
        let end = index == self.pieces.len();
        let shown = if end { self.before()? } else { index };
        let side = if end { "behind" } else { "before" };
        let label = format!("{names} is missing {side} `{}`", self.word(shown));
        Some(Repair { at: self.pieces[shown].clone(), label, text })
    }

    /// A word that is missing.
    fn word_missing(&self) -> Option<Repair> {
        // Behind many a word, a word nobody knows would read as an id: that mends nothing.
        if self.is_free(self.stop) {
            return None;
        }
        let missing = self.fitting(self.stop, |_| true, |new| self.inserted(self.stop, new));
        let missing: Vec<_> = missing.take(4).collect();
        let (_, text) = missing.first().filter(|_| missing.len() <= 3)?.clone();
        let names = self.listed(missing.iter().map(|(new, _)| new.as_str()));
        self.missing(self.stop, &names, text)
    }

    /// The kinds of value that make the changed text read.
    fn values(&self, change: impl Fn(&str) -> String) -> Option<(String, String)> {
        let samples = SAMPLES.iter().map(|(sample, name)| (change(sample), (*name).to_owned()));
        let fitting: Vec<_> = samples.filter(|(text, _)| self.reads(text)).take(3).collect();
        let (text, _) = fitting.first()?.clone();
        Some((listed(fitting.into_iter().map(|(_, name)| name)), text))
    }

    /// A name, a figure, words or an item that is missing.
    fn value_missing(&self, index: usize) -> Option<Repair> {
        let (names, text) = self.values(|sample| self.inserted(index, sample))?;
        let mut repair = self.missing(index, &names, text)?;
        // What reads with one piece less may have one piece too many.
        if self.without(index).is_some() {
            repair.label = format!("{}, or `{}` is too many", repair.label, self.word(index));
        }
        Some(repair)
    }

    /// A value is missing before a modifier, whose first word was read as an id in its place.
    fn value_missing_before_modifier(&self) -> Option<Repair> {
        let opens = |index: &usize| opens("modifier").iter().any(|word| word == self.word(*index));
        self.before().filter(opens).and_then(|index| self.value_missing(index))
    }

    /// A value of another kind than can stand there.
    fn value_wrong(&self) -> Option<Repair> {
        let at = self.pieces.get(self.stop)?.clone();
        let (names, text) = self.values(|sample| self.with(at.clone(), sample))?;
        Some(Repair { at, label: format!("{names} stands here"), text })
    }

    /// Free words that stand without quotes.
    ///
    /// `widely`: from what was read before the stop, such as the id that prose begins with.
    fn quoted(&self, widely: bool) -> Option<Repair> {
        let count = self.pieces.len();
        if self.stop == count {
            return None;
        }
        let starts = (self.stop.saturating_sub(2)..=self.stop).rev();
        let begins = |from: usize| {
            let word = self.word(from);
            let here = from == self.stop && is_word(word) || ARTICLES.contains(&word);
            here || widely && self.is_free(from)
        };
        for from in starts.filter(|from| begins(*from)) {
            for to in from + 1..=count {
                if self.word(to - 1).starts_with('"') {
                    break;
                }
                let at = self.pieces[from].start..self.pieces[to - 1].end;
                let text = self.with(at.clone(), &format!("\"{}\"", &self.text[at.clone()]));
                if to > self.stop
                    && (from..to).any(|index| self.is_free(index))
                    && self.reads(&text)
                {
                    let label = "free words stand in quotes".to_owned();
                    return Some(Repair { at, label, text });
                }
            }
        }
        None
    }

    /// The text without a small word, if it reads so.
    fn without(&self, index: usize) -> Option<String> {
        let word = self.word(index);
        let opens = self.rule == Rule::whole_slot && index == 0;
        let small = ARTICLES.contains(&word) || is_word(word) && (opens || is_known(word));
        let small = small && !TURNS.contains(&word) && !self.is_declared(word);
        let piece = self.pieces.get(index).filter(|_| small)?;
        let end = self.pieces.get(index + 1).map_or(piece.end, |next| next.start);
        Some(self.with(piece.start..end, "")).filter(|text| self.reads(text.trim_end()))
    }

    /// A word too many.
    fn left_out(&self, index: usize) -> Option<Repair> {
        let text = self.without(index)?;
        let label = format!("leave out `{}`", self.word(index));
        Some(Repair { at: self.pieces[index].clone(), label, text })
    }
}
