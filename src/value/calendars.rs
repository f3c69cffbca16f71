//! The calendars there are: those in the repository's `calendars/`, embedded at build, and others
//! that are added.

use std::sync::{Arc, OnceLock};

use super::calendar::Calendar;
use super::convention::Undated;
use super::place::Place;
use super::workdays::Workdays;

/// Calendars by their names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendars {
    added: Vec<Arc<Calendar>>,
    /// Those that come with Pactum as well.
    shipped: bool,
}

impl Calendars {
    /// Those that come with Pactum.
    pub const fn shipped() -> &'static Self {
        static SHIPPED: Calendars = Calendars { added: Vec::new(), shipped: true };
        &SHIPPED
    }

    /// Whether a name may be that of a calendar: a place of ISO 3166, a calendar that comes with
    /// Pactum, or a word that looks like no code of a place.
    pub fn may_name(name: &str) -> bool {
        let country = name.split('-').next().unwrap_or(name);
        let code = country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_uppercase());
        !code || Place::from_code(name).is_some() || Self::shipped().find(name).is_some()
    }

    /// Adds a calendar, which wins over those of the same name.
    pub fn add(&mut self, calendar: Calendar) {
        self.added.insert(0, Arc::new(calendar));
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &Calendar> {
        let shipped = if self.shipped { read() } else { &[] };
        self.added.iter().chain(shipped).map(|calendar| &**calendar)
    }

    /// The calendar that a name means: its own name before another calendar's further one.
    pub fn find(&self, name: &str) -> Option<&Calendar> {
        let own = self.all().find(|calendar| calendar.name() == name);
        own.or_else(|| self.all().find(|calendar| calendar.is_called(name)))
    }

    /// The days that are business days by each of the names.
    pub fn workdays<'n>(
        &self,
        names: impl IntoIterator<Item = &'n str>,
    ) -> Result<Arc<Workdays>, Undated> {
        let mut found = Vec::new();
        for name in names {
            found.push(self.find(name).ok_or_else(|| Undated::UnknownCalendar(name.into()))?);
        }
        if found.is_empty() {
            return Err(Undated::NoCalendar);
        }
        let titles = || found.iter().map(|each| each.title()).collect::<Vec<_>>().join(" and ");
        Workdays::of(&found).map(Arc::new).ok_or_else(|| Undated::Apart(titles().into()))
    }
}

/// The calendars that come with Pactum, read when the first is asked for: most agreements ask for none.
fn read() -> &'static [Arc<Calendar>] {
    static READ: OnceLock<Vec<Arc<Calendar>>> = OnceLock::new();
    READ.get_or_init(|| {
        let read = |text: &&str| Calendar::parse(text).ok().map(Arc::new);
        SHIPPED.iter().filter_map(|(_, text)| read(text)).collect()
    })
}

include!(concat!(env!("OUT_DIR"), "/calendars.rs"));
