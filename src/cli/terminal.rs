//! The standard streams: how wide they are, whether they take colour, and what a closed pipe means.

use std::env;
use std::io::{self, BufWriter, IsTerminal, Write};

use clap::ValueEnum;

use crate::render::human::{Human, Look};

use super::disk::reason;
use super::problem::Problem;

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless `NO_COLOR` is set or TERM is dumb
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Color {
    const fn wanted(self, terminal: bool, no_color: bool, dumb: bool) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto => terminal && !no_color && !dumb,
        }
    }
}

/// The streams of this process.
#[derive(Debug)]
pub(super) struct Console {
    color: Color,
}

impl Console {
    /// The streams, coloured as asked.
    pub(super) const fn new(color: Color) -> Self {
        Self { color }
    }

    /// How to draw on standard output.
    pub(super) fn human(&self) -> Human {
        Human::new(look(self.color, io::stdout().is_terminal()))
    }

    /// How many columns standard output has.
    pub(super) fn width(&self) -> usize {
        look(self.color, io::stdout().is_terminal()).width
    }

    /// Tells one line on standard error.
    pub(super) fn remark(&self, line: &str) {
        let human = Human::new(look(self.color, io::stderr().is_terminal()));
        // Where standard error cannot be written to, nobody can be told.
        let _ = io::stderr().write_all(human.line(line).as_bytes());
    }

    /// How to draw in a file: as in a pipe.
    pub(super) fn plain() -> Human {
        Human::new(Look::default())
    }

    /// Tells problems on standard error.
    pub(super) fn tell(&self, problems: &[Problem]) {
        let human = Human::new(look(self.color, io::stderr().is_terminal()));
        let text: String = problems.iter().map(|problem| problem.human(&human) + "\n").collect();
        // Where standard error cannot be written to, nobody can be told.
        let _ = io::stderr().write_all(text.trim_end_matches('\n').as_bytes());
        let _ = io::stderr().write_all(b"\n");
    }
}

/// Width, colour and characters. A pipe always gets 80 columns and box characters, so that what a
/// program or a test reads does not depend on the machine.
fn look(color: Color, terminal: bool) -> Look {
    let dumb = env::var_os("TERM").is_some_and(|term| term == "dumb");
    let color = color.wanted(terminal, set("NO_COLOR"), dumb);
    if !terminal {
        return Look { color, ..Look::default() };
    }
    let width = terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0));
    Look { width: width.clamp(40, 100), color, unicode: unicode() }
}

fn set(name: &str) -> bool {
    env::var_os(name).is_some_and(|value| !value.is_empty())
}

/// Whether the locale, where one is set, speaks UTF-8.
fn unicode() -> bool {
    let name = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find(|name| set(name));
    let locale = name.and_then(env::var_os).map(|value| value.to_string_lossy().to_lowercase());
    locale.is_none_or(|locale| locale.contains("utf-8") || locale.contains("utf8"))
}

/// Standard output. When its reader goes away, what is left is dropped in silence and the work goes
/// on, so that the exit code still tells the truth.
#[derive(Debug)]
pub(super) struct Out {
    stream: BufWriter<io::Stdout>,
    state: State,
}

#[derive(Debug)]
enum State {
    Open,
    Closed,
    Broken(io::Error),
}

impl Out {
    /// Opens it.
    pub(super) fn new() -> Self {
        Self { stream: BufWriter::new(io::stdout()), state: State::Open }
    }

    /// Writes.
    pub(super) fn print(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    /// Writes what is text already.
    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        if matches!(self.state, State::Open) {
            let written = self.stream.write_all(bytes);
            self.note(written);
        }
    }

    /// Lets the reader see what was written so far.
    pub(super) fn flush(&mut self) {
        if matches!(self.state, State::Open) {
            let flushed = self.stream.flush();
            self.note(flushed);
        }
    }

    /// Whether its reader went away.
    pub(super) const fn is_closed(&self) -> bool {
        matches!(self.state, State::Closed)
    }

    /// Ends the output; an error other than a closed pipe is a problem.
    pub(super) fn finish(mut self) -> Result<(), Vec<Problem>> {
        self.flush();
        match self.state {
            State::Open | State::Closed => Ok(()),
            State::Broken(error) => {
                let message = format!("standard output could not be written: {}", reason(&error));
                Err(Problem::new("output/failed", message).alone())
            }
        }
    }

    fn note(&mut self, result: io::Result<()>) {
        if let Err(error) = result {
            self.state = match error.kind() {
                io::ErrorKind::BrokenPipe => State::Closed,
                _ => State::Broken(error),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Color::{Always, Auto, Never};

    #[test]
    fn colour_is_for_terminals_that_want_it() {
        assert!(Auto.wanted(true, false, false));
        assert!(!Auto.wanted(false, false, false), "a pipe");
        assert!(!Auto.wanted(true, true, false), "NO_COLOR");
        assert!(!Auto.wanted(true, false, true), "TERM=dumb");
        assert!(Always.wanted(false, true, true), "what is asked for on the command line wins");
        assert!(!Never.wanted(true, false, false));
    }
}
