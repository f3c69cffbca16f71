//! What a run comes to: by party and period, by row, and what was not shared.

use std::collections::BTreeMap;

use super::cycle::Stretch;
use super::deal::{Fault, Slip};
use super::shared::Shared;
use super::table::Table;
use crate::value::Currency;

/// The sums of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    /// By period (none for deals without a day) and currency.
    pub periods: BTreeMap<(Option<Stretch>, &'static str), Sum>,
    /// By table and row.
    pub rows: BTreeMap<(usize, usize), Sum>,
    /// What was not shared, by why.
    pub faults: BTreeMap<Fault, u64>,
    /// What was not shared, by currency, as far as it could be read.
    pub unshared: BTreeMap<&'static str, Sum>,
    /// Deals that were shared.
    pub deals: u64,
    /// Lines that correct earlier ones.
    pub true_ups: u64,
    /// Deals shared because of a tail.
    pub tail: u64,
    /// Deals after the first term of an agreement that is taken to have been renewed.
    pub renewed: u64,
    /// Deals that count as one unit because they do not say how many.
    pub one_unit: u64,
}

/// One sum.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sum {
    /// How many deals.
    pub deals: u64,
    /// What was shared, in coins.
    pub base: i128,
    /// Who got what, in the order of the parties of the run.
    pub parts: Vec<i128>,
    /// How many decimals its coins have.
    pub decimals: u32,
}

impl Sum {
    fn add(&mut self, deals: u64, base: i128, parts: impl Iterator<Item = (usize, i128)>) {
        self.deals += deals;
        self.base += base;
        for (place, part) in parts {
            if self.parts.len() <= place {
                self.parts.resize(place + 1, 0);
            }
            self.parts[place] += part;
        }
    }

    /// Adds another sum.
    pub fn merge(&mut self, other: &Self) {
        self.decimals = self.decimals.max(other.decimals);
        self.add(other.deals, other.base, other.parts.iter().copied().enumerate());
    }

    /// What a party of the run got.
    pub fn part(&self, party: usize) -> i128 {
        self.parts.get(party).copied().unwrap_or_default()
    }
}

impl Totals {
    pub(super) fn add(&mut self, table: &Table, shared: &Shared, period: Option<Stretch>) {
        let deal = u64::from(shared.true_up.is_none());
        self.deals += deal;
        self.true_ups += 1 - deal;
        self.tail += u64::from(shared.tail);
        self.renewed += u64::from(shared.renewed);
        self.one_unit += u64::from(shared.one_unit);
        let places = table.parties.iter().map(|(_, place)| *place);
        let parts = places.zip(shared.parts.iter().copied());
        let sum = self.periods.entry((period, table.currency.code())).or_default();
        sum.decimals = table.decimals;
        sum.add(deal, shared.base, parts);
        for slice in &shared.slices {
            let sum = self.rows.entry((shared.table, slice.row)).or_default();
            sum.decimals = table.decimals;
            sum.add(deal, slice.base, std::iter::empty());
        }
    }

    pub(super) fn miss(&mut self, slip: &Slip) {
        *self.faults.entry(slip.fault).or_default() += 1;
        if let Some((currency, coins)) = slip.base {
            let sum = self.unshared.entry(currency.code()).or_default();
            sum.decimals = decimals(currency);
            sum.add(1, coins.into(), std::iter::empty());
        }
    }

    /// Deals that were not shared.
    pub fn missed(&self) -> u64 {
        self.faults.values().sum()
    }
}

/// How many decimals the smallest coin of a currency has; none for one that has no coin.
pub(super) fn decimals(currency: Currency) -> u32 {
    currency.decimals().unwrap_or_default()
}
