//! Any bytes as `pactum.toml`, as `pactum-waivers.toml` and as a file of calendars, through the
//! program itself: how these are read is private to it. It writes to a folder of its own below the
//! folder for temporary files; run it with `-close_fd_mask=1`, as what the program prints is of no use.
#![no_main]

use std::path::PathBuf;
use std::sync::LazyLock;
use std::{env, fs, process};

static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = env::temp_dir().join(format!("pactum-fuzz-{}", process::id()));
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("a.alliance"), AGREEMENT).unwrap();
    fs::write(folder.join("b.alliance"), AGREEMENT).unwrap();
    folder
});

const AGREEMENT: &str = "alliance pilot, version 1: go-to-market

parties
  Northwind: \"Northwind Analytics Ltd\", GB, vendor
  Kestrel: \"Kestrel Media GmbH\", DE, distributor

exit
  convenience: either party; 30 days notice
";

libfuzzer_sys::fuzz_target!(|text: &[u8]| {
    let folder = &*FOLDER;
    let write = |name: &str, text: &[u8]| fs::write(folder.join(name), text).unwrap();
    let path = folder.display().to_string();
    for name in ["pactum.toml", "pactum-waivers.toml", "days.calendar"] {
        write("pactum.toml", b"calendars = [\"days.calendar\"]\n");
        write("days.calendar", b"");
        write("pactum-waivers.toml", b"");
        write(name, text);
        let arguments = ["pactum", "check", "--format", "concise", &path];
        pactum::cli::run(arguments.into_iter().map(Into::into));
    }
});
