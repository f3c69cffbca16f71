//! Any text tidied, as an agreement and as a policy.
#![no_main]

#[path = "../../tests/suite/trials.rs"]
#[allow(dead_code, reason = "each target tries one")]
mod trials;

libfuzzer_sys::fuzz_target!(|text: &str| trials::tidy(text));
