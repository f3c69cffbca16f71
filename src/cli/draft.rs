//! Files that are written beside the one they become, and take its place only when they are whole: a
//! run that fails leaves the old file as it was.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

static COUNT: AtomicU32 = AtomicU32::new(0);

/// A file in the making.
#[derive(Debug)]
pub(super) struct Draft {
    stream: BufWriter<File>,
    /// Where it is written, and what it is to become; none for what is written in place.
    places: Option<(PathBuf, PathBuf)>,
}

impl Draft {
    /// Begins a file. What is no regular file, such as a pipe or a device, is written in place.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        // Through a link, the file it names is replaced and not the link.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let old = fs::metadata(&path).ok();
        match &old {
            Some(old) if old.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
            Some(old) if !old.is_file() => {
                let file = OpenOptions::new().write(true).open(&path)?;
                return Ok(Self { stream: BufWriter::new(file), places: None });
            }
            Some(old) if old.permissions().readonly() => {
                return Err(io::ErrorKind::PermissionDenied.into());
            }
            Some(_) | None => {}
        }
        let temporary = beside(&path);
        let file = OpenOptions::new().write(true).create_new(true).open(&temporary)?;
        let draft = Self { stream: BufWriter::new(file), places: Some((temporary.clone(), path)) };
        if let Some(old) = old {
            fs::set_permissions(&temporary, old.permissions())?;
        }
        Ok(draft)
    }

    /// The file it is to become, where it is not written in place.
    pub(super) fn path(&self) -> Option<&Path> {
        self.places.as_ref().map(|(_, path)| path.as_path())
    }

    /// Puts the file in its place.
    pub(super) fn finish(mut self) -> io::Result<()> {
        self.stream.flush()?;
        if let Some((temporary, path)) = &self.places {
            self.stream.get_ref().sync_all()?;
            fs::rename(temporary, path)?;
        }
        // It is there: nothing is left to take away.
        self.places = None;
        Ok(())
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stream.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if let Some((temporary, _)) = &self.places {
            // If it cannot be removed either, the error that brought us here tells enough.
            let _ = fs::remove_file(temporary);
        }
    }
}

/// What is kept on disk until it is known what stands before it.
#[derive(Debug)]
pub(super) struct Spool {
    stream: BufWriter<File>,
    path: PathBuf,
}

impl Spool {
    /// Begins one beside the file it is for, or where temporary files go.
    pub(super) fn open(beside_of: Option<&Path>) -> io::Result<Self> {
        let path = match beside_of {
            Some(path) => beside(path),
            None => beside(&std::env::temp_dir().join("pactum")),
        };
        let file = OpenOptions::new().read(true).write(true).create_new(true).open(&path)?;
        // Where the system allows it, nothing is left even if we are stopped.
        let _ = fs::remove_file(&path);
        Ok(Self { stream: BufWriter::new(file), path })
    }

    /// Hands on all that was written, a piece at a time.
    pub(super) fn pour(mut self, mut into: impl FnMut(&[u8])) -> io::Result<()> {
        self.stream.flush()?;
        let file = self.stream.get_mut();
        file.rewind()?;
        let mut buffer = vec![0; 1 << 16];
        loop {
            match file.read(&mut buffer)? {
                0 => return Ok(()),
                count => into(&buffer[..count]),
            }
        }
    }
}

impl Write for Spool {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stream.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

impl Drop for Spool {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

/// A name of our own in the same folder.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    path.with_file_name(format!(".{name}.{}.{count}.tmp", std::process::id()))
}
