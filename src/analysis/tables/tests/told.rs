//! A deal or a region in words, read back.

use super::brute::Deal;

/// The text behind each column name of a deal or a region.
fn parts(text: &str) -> Vec<(&'static str, String)> {
    let (mut found, mut rest) = (Vec::new(), format!(", {text}"));
    for name in ["valid", "size", "country", "closed"] {
        if let Some(at) = rest.find(&format!(", {name} ")) {
            found.push((name, rest[at + name.len() + 3..].to_owned()));
            rest.truncate(at);
        }
    }
    assert!(rest.is_empty() || rest == ", any deal", "{text}");
    found
}

/// A deal or a region in words, read.
#[derive(Default)]
pub(super) struct Told {
    closed: Option<Vec<String>>,
    country: Option<Vec<String>>,
    /// Of each run its ends.
    size: Option<Vec<Vec<(String, u64)>>>,
    valid: Option<Vec<Vec<(String, String)>>>,
}

impl Told {
    pub(super) fn read(text: &str) -> Self {
        let amount = |text: &str| {
            let plain = text.trim_start_matches("EUR ");
            let (whole, half) = plain.split_once('.').map_or((plain, 0), |(whole, _)| (whole, 1));
            2 * whole.parse::<u64>().unwrap() + half
        };
        let size = |run: &str| {
            let end = |end: &str| {
                let (word, bound) = end.split_once("EUR ").unwrap();
                (word.trim().to_owned(), amount(bound))
            };
            run.split(" and ").map(end).collect()
        };
        let days = |run: &str| match run.split(' ').collect::<Vec<_>>()[..] {
            [day] => vec![("on".to_owned(), day.to_owned())],
            ref words => {
                words.chunks(2).map(|end| (end[0].to_owned(), end[1].to_owned())).collect()
            }
        };
        let mut told = Self::default();
        for (name, words) in parts(text).into_iter().filter(|(_, words)| words != "any") {
            let runs = || words.split(", ").flat_map(|run| run.split(" or "));
            match name {
                "closed" => told.closed = Some(runs().map(str::to_owned).collect()),
                "country" => told.country = Some(runs().map(str::to_owned).collect()),
                "size" => told.size = Some(runs().map(size).collect()),
                _ => told.valid = Some(runs().map(days).collect()),
            }
        }
        told
    }

    pub(super) fn has(&self, deal: &Deal) -> bool {
        let country = if deal.country == "other" { "one that no row names" } else { deal.country };
        let listed = |words: &Option<Vec<String>>, word: &str| {
            words.as_ref().is_none_or(|it| it.iter().any(|known| known == word))
        };
        let size = |(word, bound): &(String, u64)| match &**word {
            "from" => deal.size >= *bound,
            "above" => deal.size > *bound,
            "up to" => deal.size <= *bound,
            "below" => deal.size < *bound,
            "exactly" | "" => deal.size == *bound,
            _ => panic!("{word}"),
        };
        let day = |(word, day): &(String, String)| match &**word {
            "from" => deal.day >= &**day,
            "until" => deal.day <= &**day,
            "on" => deal.day == &**day,
            _ => panic!("{word}"),
        };
        listed(&self.closed, deal.closed)
            && listed(&self.country, country)
            && self.size.as_ref().is_none_or(|runs| runs.iter().any(|run| run.iter().all(size)))
            && self.valid.as_ref().is_none_or(|runs| runs.iter().any(|run| run.iter().all(day)))
    }
}
