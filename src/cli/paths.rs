//! Folders and files as they are looked up, and as messages show them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A folder in full, with links resolved if it exists; no name is the working folder.
pub(super) fn full(folder: &Path) -> PathBuf {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    fs::canonicalize(folder)
        .or_else(|_| std::path::absolute(folder))
        .unwrap_or_else(|_| folder.to_owned())
}

/// The folders of files in full, each looked up once.
#[derive(Debug, Default)]
pub(super) struct Folders(BTreeMap<PathBuf, PathBuf>);

impl Folders {
    /// The folder of a file.
    pub(super) fn of(&mut self, file: &Path) -> &Path {
        let beside = file.parent().unwrap_or(Path::new(""));
        if !self.0.contains_key(beside) {
            self.0.insert(beside.to_owned(), full(beside));
        }
        &self.0[beside]
    }
}

/// The path as seen from the working folder, where it lies below.
pub(super) fn relative(path: &Path) -> PathBuf {
    let below = path.strip_prefix(full(Path::new(".")));
    below.map_or_else(|_| path.to_owned(), Path::to_owned)
}

/// The path as messages show it.
pub(super) fn shown(path: &Path) -> String {
    relative(path).display().to_string()
}
