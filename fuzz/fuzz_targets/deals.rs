//! Any bytes as a list of deals: CSV, or JSON lines where they begin with a brace.
#![no_main]

use pactum::deals::Written;

#[path = "../../tests/suite/trials.rs"]
#[allow(dead_code, reason = "each target tries one")]
mod trials;

libfuzzer_sys::fuzz_target!(|list: &[u8]| {
    let written = if list.first() == Some(&b'{') { Written::JsonLines } else { Written::Csv };
    trials::deals(list, written);
});
