//! Reading texts with every guard they need before a parser sees them, and writing without ever
//! leaving half a file.
#![expect(clippy::disallowed_methods, reason = "this is the file that touches the disk")]

use std::error::Error;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;
use std::time::SystemTime;

use super::draft::Draft;
use super::problem::Problem;
use crate::source::Source;

/// How large a text may be unless `--max-size` says otherwise.
pub(super) const MAX_SIZE: u64 = 1 << 20;

const BOM: &str = "\u{feff}";

/// A text as it goes to a parser.
#[derive(Debug)]
pub(super) struct Text {
    /// Without a byte order mark. Spans, lines and columns count from here.
    pub(super) text: String,
    /// How many bytes of the file stand before: 3 with a byte order mark.
    pub(super) skipped: u32,
}

/// Reads a file of at most `max` bytes.
pub(super) fn read(path: &Path, max: u64) -> Result<Text, Problem> {
    let name = path.display().to_string();
    let opened = File::open(path).and_then(|file| {
        let about = file.metadata()?;
        let folder = about.is_dir();
        if folder { Err(io::ErrorKind::IsADirectory.into()) } else { Ok((file, about.len())) }
    });
    match opened {
        Ok((file, size)) => bytes(file, size, &name, max).and_then(|bytes| text(bytes, &name)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err(Problem::new("file/missing", format!("`{name}` does not exist")))
        }
        Err(error) => Err(unreadable(&name, &error)),
    }
}

/// Whether a file of Markdown has a fence of terms. What else is wrong with it, be it its size or
/// its encoding, is said where it is read, and only where it has terms.
pub(super) fn holds_terms(path: &Path) -> Result<bool, Problem> {
    let bytes = fs::read(path).map_err(|error| unreadable(&path.display().to_string(), &error))?;
    // Most have none, and need not be parsed to know that.
    let names = bytes.windows(8).any(|word| word == b"alliance");
    Ok(names && Source::markdown("", String::from_utf8_lossy(&bytes)).is_some())
}

/// Opens a file that is read piece by piece.
pub(super) fn open(path: &Path) -> Result<File, Vec<Problem>> {
    let name = path.display();
    let failed = |error: &io::Error| unreadable(&name.to_string(), error).alone();
    let file = File::open(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => {
            Problem::new("file/missing", format!("`{name}` does not exist")).alone()
        }
        _ => failed(&error),
    })?;
    let folder = file.metadata().map_err(|error| failed(&error))?.is_dir();
    if folder { Err(failed(&io::ErrorKind::IsADirectory.into())) } else { Ok(file) }
}

/// How many bytes a file has, where it is one.
pub(super) fn size(path: &Path) -> Option<u64> {
    let file = fs::metadata(path).ok().filter(fs::Metadata::is_file);
    file.map(|file| file.len())
}

/// How a file stands: it differs from before where somebody has written it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    modified: Option<SystemTime>,
    size: u64,
}

impl Stamp {
    /// Whether the file was written after that time, or nobody knows when.
    pub(super) fn is_since(self, time: SystemTime) -> bool {
        self.modified.is_none_or(|modified| modified > time)
    }
}

/// How a file stands now, where it is there.
pub(super) fn stamp(path: &Path) -> Option<Stamp> {
    let about = fs::metadata(path).ok()?;
    Some(Stamp { modified: about.modified().ok(), size: about.len() })
}

/// Reads standard input, named as in messages.
pub(super) fn read_stdin(name: &str, max: u64) -> Result<Text, Problem> {
    bytes(io::stdin().lock(), 0, name, max).and_then(|bytes| text(bytes, name))
}

/// The bytes, which are about `size`: room for them is made at once.
fn bytes(from: impl Read, size: u64, name: &str, max: u64) -> Result<Vec<u8>, Problem> {
    // Offsets are 32 bits wide, whatever was asked for.
    let max = max.min(u64::from(u32::MAX) - 4);
    let room = usize::try_from(size.min(max) + 1).unwrap_or_default();
    let mut bytes = Vec::with_capacity(room);
    from.take(max + 1).read_to_end(&mut bytes).map_err(|error| unreadable(name, &error))?;
    if bytes.len() as u64 > max {
        let message = format!("`{name}` is larger than {max} bytes, so it was not read");
        return Err(Problem::new("file/too-large", message).help("allow more with --max-size"));
    }
    Ok(bytes)
}

/// Checks that the bytes are text: UTF-8 without a NUL.
fn text(bytes: Vec<u8>, name: &str) -> Result<Text, Problem> {
    if let Some(at) = memchr::memchr(0, &bytes) {
        let place = place(&bytes, at);
        return Err(Problem::new("file/nul", format!("`{name}` holds a NUL character at {place}"))
            .help("this does not look like a text file"));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let place = place(error.as_bytes(), error.utf8_error().valid_up_to());
        Problem::new(
            "file/not-utf8",
            format!("`{name}` is not UTF-8 text: {place}, is no character"),
        )
        .help("save the file as plain text with the encoding UTF-8")
    })?;
    Ok(match text.strip_prefix(BOM) {
        Some(rest) => Text { text: rest.to_owned(), skipped: 3 },
        None => Text { text, skipped: 0 },
    })
}

fn place(bytes: &[u8], at: usize) -> String {
    let line = bytes[..at].split(|byte| *byte == b'\n').count();
    format!("byte {at}, line {line}")
}

fn unreadable(name: &str, error: &io::Error) -> Problem {
    Problem::new("file/unreadable", format!("`{name}` could not be read: {}", reason(error)))
}

/// The system's words, without its number and without what others say around them.
pub(super) fn reason(error: &dyn Error) -> String {
    let mut inmost = error;
    while let Some(inner) = inmost.source() {
        inmost = inner;
    }
    let text = inmost.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    text.to_lowercase()
}

/// Writes a new file, wholly or not at all, and never over an existing one.
pub(super) fn write_new(path: &Path, text: &str) -> Result<(), Problem> {
    let name = path.display();
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::AlreadyExists => {
            Problem::new("file/exists", format!("`{name}` exists already and was left as it is"))
                .help("name another file, or move this one away")
        }
        _ => Problem::new(
            "file/unwritable",
            format!("`{name}` could not be written: {}", reason(&error)),
        ),
    };
    if fs::symlink_metadata(path).is_ok() {
        return Err(failed(io::ErrorKind::AlreadyExists.into()));
    }
    whole(path, |draft| draft.write_all(text.as_bytes())).map_err(failed)
}

/// Writes a file anew, wholly or not at all. What is there is replaced only if it begins as what this
/// program writes does, so that a slip of the keyboard never costs an agreement.
pub(super) fn write_over(
    path: &Path,
    text: &str,
    opening: &str,
    what: &str,
) -> Result<(), Problem> {
    let name = path.display();
    let failed = |error: &io::Error| {
        let message = format!("`{name}` could not be written: {}", reason(error));
        Problem::new("file/unwritable", message)
    };
    match File::open(path) {
        Ok(file) => {
            let mut bytes = Vec::new();
            let read = file.take(opening.len() as u64).read_to_end(&mut bytes);
            read.map_err(|error| failed(&error))?;
            if !bytes.is_empty() && bytes != opening.as_bytes() {
                let message = format!("`{name}` is no {what}, and was left as it is");
                return Err(Problem::new("file/exists", message)
                    .help("name another file, or move this one away"));
            }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(failed(&error)),
    }
    whole(path, |draft| draft.write_all(text.as_bytes())).map_err(|error| failed(&error))
}

/// Puts what `write` writes in the place of a file, once all of it is written. A link stays one, and
/// a file that was there keeps its mode.
fn whole(path: &Path, write: impl FnOnce(&mut Draft) -> io::Result<()>) -> io::Result<()> {
    let mut draft = Draft::open(path)?;
    write(&mut draft)?;
    draft.finish()
}

/// Puts a text in the place of what was read from a file, wholly or not at all. A link stays one:
/// what it points to is written. The mode stays; a byte order mark does if one was `read`.
pub(super) fn replace(path: &Path, read: &Text, text: &str) -> Result<(), Problem> {
    let bom = if read.skipped > 0 { BOM } else { "" };
    replace_with(path, |file| {
        let now = fs::read(path)?;
        if now.strip_prefix(BOM.as_bytes()).unwrap_or(&now) != read.text.as_bytes() {
            return Err(io::Error::other("it has changed in the meantime"));
        }
        file.write_all(bom.as_bytes())?;
        file.write_all(text.as_bytes())
    })
}

/// Puts what `write` writes in the place of a file that is there.
fn replace_with(
    path: &Path,
    write: impl FnOnce(&mut Draft) -> io::Result<()>,
) -> Result<(), Problem> {
    let name = path.display();
    let failed = |error: io::Error| {
        let reason = reason(&error);
        let message = format!("`{name}` could not be written: {reason}; it was left as it is");
        Problem::new("file/unwritable", message)
    };
    let known = fs::metadata(path).map_err(failed)?;
    if !known.is_file() {
        return Err(failed(io::Error::other("it is no plain file")));
    }
    if known.permissions().readonly() {
        return Err(failed(io::Error::other("it is read-only")));
    }
    whole(path, write).map_err(failed)
}

/// Makes a folder, and those above it, unless they are there.
pub(super) fn make_folder(path: &Path) -> Result<(), Problem> {
    fs::create_dir_all(path).map_err(|error| {
        let message =
            format!("the folder `{}` could not be made: {}", path.display(), reason(&error));
        Problem::new("file/unwritable", message)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_leaves_the_old_file() {
        let folder = std::env::temp_dir().join(format!("pactum-disk-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join("a.alliance");
        fs::write(&path, "old").unwrap();
        let told = replace_with(&path, |file| {
            file.write_all(b"half of the ne")?;
            Err(io::ErrorKind::StorageFull.into())
        });
        let told = told.unwrap_err().diagnostic.message;
        assert!(told.contains("could not be written: no storage space; it was left"), "{told}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "nothing of ours stays behind");
        let read = Text { text: "older".to_owned(), skipped: 0 };
        let told = replace(&path, &read, "new").unwrap_err().diagnostic.message;
        assert!(told.contains("it has changed in the meantime"), "{told}");
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        fs::remove_dir_all(&folder).unwrap();
    }
}
