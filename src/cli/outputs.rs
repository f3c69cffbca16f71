//! Where a report goes: to standard output and to files, each in a format of its own. All are opened
//! before anything is checked, and each takes the place of an older file only when it is whole.

use std::cell::LazyCell;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use crate::diagnostic::near_name;
use crate::render::{Ending, Form, Format, Setup};

use super::disk::reason;
use super::draft::{Draft, Spool};
use super::files::Input;
use super::paths::full;
use super::problem::Problem;
use super::terminal::{Console, Out};

/// Which outputs are asked for.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct ToWrite {
    /// How to show what was found [default: human]
    #[arg(long, value_name = "FORMAT", value_parser = format_parser())]
    format: Option<Format>,
    /// Write the report to a file as well, in a format of --format (repeatable); - is standard output
    #[arg(long = "output", value_name = "FORMAT=FILE", value_parser = output_parser())]
    outputs: Vec<Output>,
}

/// A format and where it goes.
#[derive(Debug, Clone)]
pub(super) struct Output {
    format: Format,
    /// No file is standard output.
    file: Option<PathBuf>,
}

impl ToWrite {
    /// The format that is asked for on standard output.
    pub(super) const fn format(&self) -> Option<Format> {
        self.format
    }
}

fn format_parser() -> impl TypedValueParser<Value = Format> {
    let word = |format: Format| PossibleValue::new(format.word()).help(format.about());
    PossibleValuesParser::new(Format::all().map(word))
        .map(|word| Format::from_word(&word).unwrap_or(Format::HUMAN))
}

fn output_parser() -> impl TypedValueParser<Value = Output> {
    clap::builder::OsStringValueParser::new().try_map(|text| output(&text))
}

fn output(text: &OsString) -> Result<Output, String> {
    let shape = "write a format and a file: sarif=report.sarif";
    let bytes = text.as_encoded_bytes();
    let Some(at) = bytes.iter().position(|byte| *byte == b'=') else {
        return Err(shape.to_owned());
    };
    let word = String::from_utf8_lossy(&bytes[..at]).into_owned();
    let Some(format) = Format::from_word(&word) else {
        let words: Vec<&str> = Format::all().map(Format::word).collect();
        let near = near_name(&word, words.iter().copied());
        let help = near.unwrap_or_else(|| format!("the formats are {}", words.join(", ")));
        return Err(format!("there is no format `{word}`; {help}"));
    };
    let file = after(text, at + 1);
    if file.as_os_str().is_empty() {
        return Err(format!("no file is named; {shape}"));
    }
    let file = (file.as_os_str() != "-").then_some(file);
    Ok(Output { format, file })
}

/// What follows the first bytes, which are ASCII.
#[cfg(unix)]
fn after(text: &OsString, count: usize) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(&text.as_bytes()[count..]))
}

/// What follows the first characters, which are ASCII.
#[cfg(not(unix))]
fn after(text: &OsString, count: usize) -> PathBuf {
    text.to_string_lossy().chars().skip(count).collect::<String>().into()
}

/// The outputs of a run, open.
#[derive(Debug)]
pub(super) struct Outputs(Vec<Sink>);

/// One of them.
#[derive(Debug)]
struct Sink {
    format: Format,
    target: Target,
    /// As messages name it.
    name: String,
    /// Keeps what stands below a summary that is not known yet.
    spool: Option<Spool>,
    pieces: usize,
    broken: Option<io::Error>,
}

#[derive(Debug)]
enum Target {
    Stdout(Out),
    File(Draft),
}

impl Outputs {
    /// Opens all that are asked for, or tells everything that is wrong with them.
    pub(super) fn open(wanted: &ToWrite, inputs: &[Input]) -> Result<Self, Vec<Problem>> {
        let (mut sinks, mut problems) = (Vec::new(), Vec::new());
        let piped = wanted.outputs.iter().filter(|each| each.file.is_none());
        let mut stdout: Vec<Format> = piped.map(|each| each.format).collect();
        match wanted.format {
            Some(format) => stdout.insert(0, format),
            None if stdout.is_empty() => stdout.push(Format::HUMAN),
            None => {}
        }
        if let [first, second, ..] = stdout[..] {
            problems.push(twice(first, second));
        }
        // Asked for only where a file is to be written: it takes a look at every folder on the way.
        let taken: LazyCell<BTreeSet<PathBuf>, _> =
            LazyCell::new(|| inputs.iter().map(|input| place(input.path())).collect());
        let mut files = BTreeSet::new();
        for each in wanted.outputs.iter().filter(|each| each.file.is_some()) {
            let Some(path) = &each.file else { continue };
            let name = path.display().to_string();
            if let Some(problem) = refused(path, &name, &taken) {
                problems.push(problem);
            } else if !files.insert(place(path)) {
                let message = format!("two outputs go to `{name}`");
                problems.push(Problem::new("output/twice", message).help("name another file"));
            } else {
                match Draft::open(path) {
                    Ok(draft) => sinks.push(Sink::new(each.format, Target::File(draft), name)),
                    Err(error) => problems.push(unwritable(&name, path, &error)),
                }
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let name = "standard output".to_owned();
        sinks.insert(0, Sink::new(stdout[0], Target::Stdout(Out::new()), name));
        Ok(Self(sinks))
    }

    /// The forms of all outputs, in their order.
    pub(super) fn forms<'a>(&self, setup: Setup<'a>, console: &Console) -> Vec<Box<dyn Form + 'a>> {
        let form = |sink: &Sink| {
            let told_elsewhere = matches!(sink.target, Target::Stdout(_));
            let human = if told_elsewhere { console.human() } else { Console::plain() };
            sink.format.form(Setup { told_elsewhere, ..setup }, &human)
        };
        self.0.iter().map(form).collect()
    }

    /// Begins to write. What sums up first is kept aside until the end.
    pub(super) fn begin(&mut self, forms: &[Box<dyn Form + '_>]) -> Result<(), Vec<Problem>> {
        for (sink, form) in self.0.iter_mut().zip(forms) {
            if form.sums_up_first() {
                let spool = Spool::open(sink.beside().as_deref()).map_err(|error| {
                    let message = format!(
                        "no room for the report in the folder of temporary files: {}",
                        reason(&error)
                    );
                    Problem::new("output/failed", message).alone()
                })?;
                sink.spool = Some(spool);
            } else {
                sink.write(&form.opening(None));
            }
        }
        Ok(())
    }

    /// Adds a piece to each output.
    pub(super) fn piece(&mut self, forms: &[Box<dyn Form + '_>], texts: &[String]) {
        for ((sink, form), text) in self.0.iter_mut().zip(forms).zip(texts) {
            if text.is_empty() {
                continue;
            }
            if sink.pieces > 0 {
                sink.write(form.between());
            }
            sink.write(text);
            sink.pieces += 1;
        }
    }

    /// Lets the reader of standard output see what was written so far.
    pub(super) fn flush(&mut self) {
        for sink in &mut self.0 {
            if let (Target::Stdout(out), None) = (&mut sink.target, &sink.spool) {
                out.flush();
            }
        }
    }

    /// Ends every output. One that could not be written is told, and leaves what was there before.
    pub(super) fn finish(
        self,
        forms: &[Box<dyn Form + '_>],
        end: &Ending<'_>,
    ) -> Result<(), Vec<Problem>> {
        let mut problems = Vec::new();
        for (mut sink, form) in self.0.into_iter().zip(forms) {
            let end = Ending { pieces: sink.pieces, ..*end };
            if let Some(spool) = sink.spool.take() {
                sink.write(&form.opening(Some(&end)));
                if let Err(error) = spool.pour(|bytes| sink.bytes(bytes)) {
                    sink.broken = sink.broken.or(Some(error));
                }
            }
            sink.write(&form.closing(&end));
            problems.extend(sink.finish());
        }
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }

    /// Nothing was checked: says so in every output, but not once more to people who are told on
    /// standard error.
    pub(super) fn stop(
        mut self,
        forms: &[Box<dyn Form + '_>],
        end: &Ending<'_>,
    ) -> Result<(), Vec<Problem>> {
        let told =
            |sink: &Sink| sink.format == Format::HUMAN && matches!(sink.target, Target::Stdout(_));
        let silent = self.0.iter().position(told);
        let forms: Vec<_> =
            forms.iter().enumerate().filter(|(at, _)| Some(*at) != silent).collect();
        if let Some(at) = silent {
            self.0.remove(at);
        }
        let mut problems = Vec::new();
        for (mut sink, (_, form)) in self.0.into_iter().zip(forms) {
            sink.write(&form.opening(Some(end)));
            sink.write(&form.closing(end));
            problems.extend(sink.finish());
        }
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }
}

impl Sink {
    fn new(format: Format, target: Target, name: String) -> Self {
        Self { format, target, name, spool: None, pieces: 0, broken: None }
    }

    /// The file beside which there is room.
    fn beside(&self) -> Option<PathBuf> {
        match &self.target {
            Target::Stdout(_) => None,
            Target::File(draft) => draft.path().map(Path::to_owned),
        }
    }

    fn write(&mut self, text: &str) {
        if let (Some(spool), None) = (&mut self.spool, &self.broken) {
            self.broken = spool.write_all(text.as_bytes()).err();
        } else {
            self.bytes(text.as_bytes());
        }
    }

    /// Writes to the target itself.
    fn bytes(&mut self, bytes: &[u8]) {
        if self.broken.is_some() {
            return;
        }
        match &mut self.target {
            Target::Stdout(out) => out.bytes(bytes),
            Target::File(draft) => self.broken = draft.write_all(bytes).err(),
        }
    }

    fn finish(self) -> Vec<Problem> {
        let failed = |error: &io::Error| {
            let message = format!("`{}` could not be written: {}", self.name, reason(error));
            let problem = Problem::new("output/failed", message);
            problem.help("what was there before, if anything, is as it was").alone()
        };
        if let Some(error) = &self.broken {
            return failed(error);
        }
        match self.target {
            Target::Stdout(out) => out.finish().err().unwrap_or_default(),
            Target::File(draft) => {
                draft.finish().err().map_or_else(Vec::new, |error| failed(&error))
            }
        }
    }
}

/// Why a file may not be written to, if so.
fn refused(path: &Path, name: &str, inputs: &BTreeSet<PathBuf>) -> Option<Problem> {
    let ends =
        |ending: &str| path.extension().is_some_and(|each| each.eq_ignore_ascii_case(ending));
    let called = path.file_name().unwrap_or_default().to_string_lossy();
    let what = match &*called {
        "pactum.toml" | "pactum-waivers.toml" => "a configuration",
        _ if inputs.contains(&place(path)) => "one of the agreements",
        _ if ends("alliance") => "an agreement",
        _ if ends("policy") => "a policy",
        _ => return None,
    };
    let message = format!("the output `{name}` would be written over {what}");
    Some(Problem::new("output/input", message).help("name another file for the report"))
}

fn unwritable(name: &str, path: &Path, error: &io::Error) -> Problem {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let gone = folder.filter(|folder| error.kind() == io::ErrorKind::NotFound && !folder.exists());
    match gone {
        Some(folder) => {
            let message =
                format!("`{name}` cannot be written: there is no folder `{}`", folder.display());
            Problem::new("output/unwritable", message).help("make the folder first")
        }
        None if error.kind() == io::ErrorKind::IsADirectory => {
            let message = format!("`{name}` is a folder, so no report can be written to it");
            Problem::new("output/unwritable", message)
                .help(format!("name a file in it: {name}/report"))
        }
        None => {
            let message = format!("`{name}` cannot be written: {}", reason(error));
            Problem::new("output/unwritable", message)
        }
    }
}

fn twice(first: Format, second: Format) -> Problem {
    let message =
        format!("standard output is asked for twice: as {} and as {}", first.word(), second.word());
    let help = format!("send one of them to a file: --output {}=FILE", second.word());
    Problem::new("output/twice", message).help(help)
}

/// One name for one file, whether it is there or not.
fn place(path: &Path) -> PathBuf {
    let there = std::fs::canonicalize(path);
    there.unwrap_or_else(|_| {
        let folder = full(path.parent().unwrap_or(Path::new("")));
        folder.join(path.file_name().unwrap_or_default())
    })
}
