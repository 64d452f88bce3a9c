//! What the user sees in the terminal: the one door through which text gets there.
//!
//! Invariant: no control character of the data is sent.

mod summary;

use framescope::error::{Error, Place, Problem, Severity};
use framescope::part::{Planned, Status};
use framescope::progress::{Progress, Stage};
use framescope::text::{printable, several, shell_word};
use indicatif::{HumanBytes, HumanCount, MultiProgress, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use std::collections::BTreeMap;
use std::fmt::Display;
use std::io::{self, BufWriter, IsTerminal, Stdout, Write, stderr, stdout};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
pub use summary::summary;

/// Prints to stdout. Control characters of the data are shown, not sent.
///
/// # Errors
/// Where stdout takes no more, such as a full disk; a pipe that its reader has closed is no failure.
pub fn say(text: &dyn Display) -> Result<(), Error> {
    print(&printable(&text.to_string()))
}

/// [`say`] of rows for another program, which are sent as they are, character for character; a terminal is shown them as any text.
///
/// # Errors
/// As of [`say`].
pub fn say_rows(text: &str) -> Result<(), Error> {
    if stdout().is_terminal() { print(&printable(text)) } else { print(text) }
}

/// Standard output for bytes of a table, which are meant for another program and sent as they are.
pub struct Pipe {
    to: BufWriter<Stdout>,
    is_closed: bool,
}

impl Pipe {
    /// Standard output.
    pub fn new() -> Pipe {
        Pipe { to: BufWriter::new(stdout()), is_closed: false }
    }

    /// True where its reader wants no more.
    pub fn is_closed(&self) -> bool {
        self.is_closed
    }

    fn noted<T>(&mut self, done: io::Result<T>) -> io::Result<T> {
        self.is_closed |= done.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::BrokenPipe);
        done
    }
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.to.write(bytes);
        self.noted(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = self.to.flush();
        self.noted(flushed)
    }
}

/// [`say`] of a text with colours that we put in ourselves; its data were made visible before.
///
/// # Errors
/// As of [`say`].
pub fn say_painted(text: &str) -> Result<(), Error> {
    let mut shown = String::with_capacity(text.len());
    for (i, part) in text.split("\u{1b}[").enumerate() {
        let colour = part.find('m').filter(|&end| part[..end].bytes().all(|b| b.is_ascii_digit() || b == b';'));
        match colour {
            Some(end) if i > 0 => shown.push_str(&format!("\u{1b}[{}{}", &part[..=end], printable(&part[end + 1..]))),
            _ => shown.push_str(&printable(part)),
        }
    }
    print(&shown)
}

fn print(text: &str) -> Result<(), Error> {
    let mut to = stdout().lock();
    match writeln!(to, "{text}").and_then(|()| to.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            let problem = Problem::error("output", Place::file("standard output"), error.to_string());
            Err(problem
                .expected("room for all that is printed")
                .hint("what was printed is cut short: print again")
                .into())
        }
        _ => Ok(()),
    }
}

/// A plan of parts, in a sentence.
pub fn planned(planned: &Planned, work: &str) -> String {
    let Planned { parts, articles, bytes } = planned;
    let size = |bytes: u64| match bytes {
        0..1_000_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        _ => format!("{:.1} GB", bytes as f64 / 1e9),
    };
    format!(
        "{}, numbered from 0: {}, {} of text; {work} will take about {} of disk space",
        several(*parts, "part"),
        several(*articles, "article"),
        size(*bytes),
        size(planned.disk())
    )
}

/// What is to be done next in a work folder.
pub fn part_status(status: &Status, work: &str) -> String {
    let Status { step, missing, parts } = status;
    let number = missing.split(',').filter(|part| !part.is_empty()).count();
    let work = shell_word(work);
    match number {
        0 => format!("next: framescope part {step} {work}"),
        n => format!("{n} of {parts} parts missing; next: framescope part {step} {work} --part {missing}"),
    }
}

/// True where colours can be shown and are wanted.
pub fn has_colour() -> bool {
    stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}

/// Prints to stderr.
pub fn warn(text: &dyn Display) {
    // there is no place left to tell of it
    let _ = writeln!(stderr(), "{}", printable(&text.to_string()));
}

/// Notes that are shown; the others are in problems.csv.
const SHOWN: [&str; 5] = ["columns-guessed", "encoding-guessed", "lexicon-read", "lexicon-shipped", "column-type"];

/// A number with commas.
fn count(number: u64) -> String {
    HumanCount(number).to_string()
}

/// One bar a stage; plain lines where stderr is no terminal.
pub struct Bars {
    all: MultiProgress,
    bars: Mutex<BTreeMap<Stage, ProgressBar>>,
    is_terminal: bool,
}

impl Bars {
    /// No bar yet.
    pub fn new() -> Bars {
        let is_terminal = stderr().is_terminal();
        let target = if is_terminal { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        Bars { all: MultiProgress::with_draw_target(target), bars: Mutex::new(BTreeMap::new()), is_terminal }
    }

    fn with(&self, stage: Stage, act: impl FnOnce(&ProgressBar)) {
        if let Some(bar) = self.bars.lock().unwrap_or_else(PoisonError::into_inner).get(&stage) {
            act(bar);
        }
    }
}

fn name(stage: Stage) -> &'static str {
    match stage {
        Stage::Read => "read",
        Stage::Tokenise => "clean, tokenise, stem",
        Stage::LookUp => "look up, aggregate",
        Stage::Statistics => "statistics",
        Stage::Report => "report",
    }
}

fn style(stage: Stage) -> ProgressStyle {
    let template = match stage {
        Stage::Read => "{prefix:>22} {wide_bar} {bytes}/{total_bytes} {bytes_per_sec} {eta} left",
        Stage::Tokenise => "{prefix:>22} {human_pos} articles, {speed} articles/s",
        Stage::LookUp => "{prefix:>22} {wide_bar} {human_pos}/{human_len} articles, {speed} articles/s",
        Stage::Statistics | Stage::Report => "{prefix:>22} {spinner} {elapsed}",
    };
    let speed = |state: &ProgressState, to: &mut dyn std::fmt::Write| {
        // a bar that cannot be drawn is no failure of the run
        let _ = to.write_str(&count(state.per_sec() as u64));
    };
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()).with_key("speed", speed)
}

impl Progress for Bars {
    fn begin(&self, stage: Stage, total: Option<u64>) {
        let bar = total.map_or_else(ProgressBar::new_spinner, ProgressBar::new);
        let bar = self.all.add(bar).with_style(style(stage)).with_prefix(name(stage));
        if self.is_terminal && matches!(stage, Stage::Statistics | Stage::Report) {
            bar.enable_steady_tick(Duration::from_millis(100));
        }
        self.bars.lock().unwrap_or_else(PoisonError::into_inner).insert(stage, bar);
    }

    fn reach(&self, stage: Stage, position: u64) {
        self.with(stage, |bar| bar.set_position(position.max(bar.position())));
    }

    fn end(&self, stage: Stage) {
        self.with(stage, |bar| {
            if !self.is_terminal {
                let done = match stage {
                    Stage::Read => format!("{}", HumanBytes(bar.length().unwrap_or(bar.position()))),
                    Stage::Tokenise | Stage::LookUp => several(bar.position(), "article"),
                    Stage::Statistics | Stage::Report => "done".to_string(),
                };
                warn(&format!("{}: {done} after {:.1} s", name(stage), bar.elapsed().as_secs_f64()));
            }
            bar.finish_and_clear();
        });
    }

    fn note(&self, problem: &Problem) {
        if problem.severity > Severity::Note || SHOWN.contains(&problem.kind) {
            self.all.suspend(|| warn(problem));
        }
    }
}

/// The day by the clock, UTC, as an ISO date: for what a person writes into a lexicon, never for a result.
pub fn today() -> String {
    let since = std::time::SystemTime::now().duration_since(std::time::SystemTime::UNIX_EPOCH).unwrap_or_default();
    // days to civil: years begin in March, so that the leap day is the last of its year
    let days = (since.as_secs() / 86_400) as i64 + 719_468;
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = days.div_euclid(146_097) * 400 + year_of_era + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}
