//! What several commands are asked in the same way, and values read from what was typed.

use std::path::PathBuf;

use crate::policy::Profile;
use crate::value::Date;

/// Where rules and configuration come from, and how many of the rules are wanted.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Rules and configuration")]
pub(super) struct Wanted {
    /// How much is asked: essential unless pactum.toml says otherwise, standard, or strict
    #[arg(long, value_name = "PROFILE", value_parser = Profile::ALL.map(Profile::word))]
    profile: Option<String>,
    #[command(flatten)]
    pub(super) sources: Sources,
}

/// Where rules and configuration come from.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Rules and configuration")]
pub(super) struct Sources {
    /// Add the rules of a policy file or folder (repeatable)
    #[arg(long = "policy", value_name = "PATH")]
    pub(super) policies: Vec<PathBuf>,
    /// Use only the rules of --policy and of the configuration
    #[arg(long)]
    no_standard_rules: bool,
    #[command(flatten)]
    pub(super) place: Place,
}

/// Which configuration is used.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Rules and configuration")]
pub(super) struct Place {
    /// Use this configuration instead of the nearest pactum.toml
    #[arg(long, value_name = "FILE", conflicts_with = "isolated")]
    pub(super) config: Option<PathBuf>,
    /// Ignore every pactum.toml, and every pactum-waivers.toml that --waivers does not name
    #[arg(long)]
    isolated: bool,
}

impl Wanted {
    /// How much is asked on the command line.
    pub(super) fn profile(&self) -> Option<Profile> {
        self.profile.as_deref().and_then(Profile::from_word)
    }
}

/// For a command that looks at rules whatever their profile.
impl From<Sources> for Wanted {
    fn from(sources: Sources) -> Self {
        Self { profile: None, sources }
    }
}

/// For a command that asks where rules are only.
impl From<Place> for Wanted {
    fn from(place: Place) -> Self {
        Sources { place, ..Sources::default() }.into()
    }
}

impl Sources {
    /// Whether the standard rules are wanted.
    pub(super) const fn standard(&self) -> bool {
        !self.no_standard_rules
    }

    /// Whether files that stand beside or above an agreement are left aside.
    pub(super) const fn isolated(&self) -> bool {
        self.place.isolated
    }
}

/// A day.
pub(super) fn date(text: &str) -> Result<Date, String> {
    let parts: Vec<&str> = text.split('-').collect();
    let date = match parts[..] {
        [year, month, day] if year.len() == 4 && month.len() == 2 && day.len() == 2 => {
            let (year, month, day) = (year.parse().ok(), month.parse().ok(), day.parse().ok());
            year.zip(month).zip(day).and_then(|((year, month), day)| Date::new(year, month, day))
        }
        _ => None,
    };
    date.ok_or_else(|| "expected a day such as 2026-04-01".to_owned())
}

/// A number of bytes.
pub(super) fn size(text: &str) -> Result<u64, String> {
    let units = [("KiB", 1 << 10), ("MiB", 1 << 20), ("", 1)];
    let unit =
        units.into_iter().find_map(|(unit, factor)| Some((text.strip_suffix(unit)?, factor)));
    let (number, factor) = unit.unwrap_or((text, 1));
    let number = number.trim().parse::<u64>().ok().and_then(|number| number.checked_mul(factor));
    number.ok_or_else(|| "expected a size such as 500000, 512KiB or 4MiB".to_owned())
}
