//! Any text checked by every rule there is, waived, explained, drawn, and laid out in time.
#![no_main]

use std::sync::LazyLock;

#[path = "../../tests/suite/trials.rs"]
#[allow(dead_code, reason = "each target tries one")]
mod trials;

static RULES: LazyLock<pactum::policy::RuleSet> = LazyLock::new(pactum::policy::RuleSet::standard);

libfuzzer_sys::fuzz_target!(|text: &str| trials::checked(text, &RULES));
