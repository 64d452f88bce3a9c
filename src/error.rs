//! What went wrong, where, and what to type instead.
//!
//! In: a place and two phrases. Out: one line that an editor can jump to, and a hint.
//! Invariant: a [`Problem`] always names its place; an [`Error`] always holds at least one problem.
//! It deliberately does not print: only `main` prints.

/// Levenshtein distance in characters.
pub use strsim::levenshtein as edit_distance;

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Mutex, PoisonError};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; no number is affected.
    Note,
    /// The run goes on; a number may be affected.
    Warning,
    /// The record, file or run is refused.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        })
    }
}

/// A file, and where in it: line and column count from 1, column in characters.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The path as the user typed it or as found below a folder; never absolute by our doing.
    pub file: String,
    /// Line, from 1.
    pub line: Option<u32>,
    /// Column in characters, from 1.
    pub column: Option<u32>,
}

impl Place {
    /// A whole file.
    pub fn file(file: impl Into<String>) -> Place {
        Place { file: file.into(), line: None, column: None }
    }

    /// A line of a file.
    pub fn line(file: impl Into<String>, line: u32) -> Place {
        Place { file: file.into(), line: Some(line), column: None }
    }

    /// A character of a file.
    pub fn at(file: impl Into<String>, line: u32, column: u32) -> Place {
        Place { file: file.into(), line: Some(line), column: Some(column) }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // a name with an end of line in it must not look like another message
        f.write_str(&self.file.replace('\n', "\\n"))?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
            if let Some(column) = self.column {
                write!(f, ":{column}")?;
            }
        }
        Ok(())
    }
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Where.
    pub place: Place,
    /// How bad.
    pub severity: Severity,
    /// A short stable name to count and filter by, such as `date-unreadable`.
    pub kind: &'static str,
    /// What is there.
    pub found: String,
    /// What should be there; empty where `found` says it all.
    pub expected: String,
    /// What to type or do; empty where nothing helps.
    pub hint: String,
}

impl Problem {
    /// A problem that refuses its record, file or run.
    pub fn error(kind: &'static str, place: Place, found: impl Into<String>) -> Problem {
        Problem::new(Severity::Error, kind, place, found)
    }

    /// A problem that the run survives.
    pub fn warning(kind: &'static str, place: Place, found: impl Into<String>) -> Problem {
        Problem::new(Severity::Warning, kind, place, found)
    }

    /// Something worth knowing.
    pub fn note(kind: &'static str, place: Place, found: impl Into<String>) -> Problem {
        Problem::new(Severity::Note, kind, place, found)
    }

    fn new(severity: Severity, kind: &'static str, place: Place, found: impl Into<String>) -> Problem {
        Problem { place, severity, kind, found: found.into(), expected: String::new(), hint: String::new() }
    }

    /// Adds what was expected.
    pub fn expected(mut self, expected: impl Into<String>) -> Problem {
        self.expected = expected.into();
        self
    }

    /// Adds what to do.
    pub fn hint(mut self, hint: impl Into<String>) -> Problem {
        self.hint = hint.into();
        self
    }
}

impl Problem {
    /// As cells, to be kept.
    pub fn cells(&self) -> [String; 8] {
        let number = |n: Option<u32>| n.map_or_else(String::new, |n| n.to_string());
        let (file, line, column) = (self.place.file.clone(), number(self.place.line), number(self.place.column));
        let rest = (self.found.clone(), self.expected.clone(), self.hint.clone());
        [self.severity.to_string(), self.kind.to_string(), file, line, column, rest.0, rest.1, rest.2]
    }

    /// From what [`Problem::cells`] gave.
    pub fn from_cells([severity, kind, file, line, column, found, expected, hint]: [String; 8]) -> Problem {
        let severity = match severity.as_str() {
            "error" => Severity::Error,
            "warning" => Severity::Warning,
            _ => Severity::Note,
        };
        let place = Place { file, line: line.parse().ok(), column: column.parse().ok() };
        Problem { place, severity, kind: known_kind(kind), found, expected, hint }
    }
}

/// The one copy of the name of a kind; there are few of them.
fn known_kind(kind: String) -> &'static str {
    static KINDS: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut kinds = KINDS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = kinds.get(kind.as_str()) {
        return known;
    }
    let kind: &'static str = String::leak(kind);
    kinds.insert(kind);
    kind
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.severity, self.place, self.found)?;
        if !self.expected.is_empty() {
            write!(f, "; expected {}", self.expected)?;
        }
        if !self.hint.is_empty() {
            write!(f, "\n  hint: {}", self.hint)?;
        }
        Ok(())
    }
}

/// Why the program could not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// It could not start, or not write: every problem at once. Exit code 2.
    Refused(Vec<Problem>),
    /// The user pressed Ctrl-C. Exit code 130.
    Interrupted,
}

/// The result of anything that may be refused.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// The code that the process ends with.
    pub fn exit_code(&self) -> u8 {
        match self {
            Error::Refused(_) => 2,
            Error::Interrupted => 130,
        }
    }
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Error {
        Error::Refused(vec![problem])
    }
}

impl From<Vec<Problem>> for Error {
    fn from(problems: Vec<Problem>) -> Error {
        Error::Refused(problems)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Refused(problems) => {
                for (i, problem) in problems.iter().enumerate() {
                    if i > 0 {
                        f.write_str("\n")?;
                    }
                    write!(f, "{problem}")?;
                }
                Ok(())
            }
            Error::Interrupted => f.write_str("interrupted; the previous output is untouched"),
        }
    }
}

impl std::error::Error for Error {}

/// The candidate closest to `word`, for "did you mean": at most two edits away, or one in three letters.
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (word.chars().count() / 3).max(2);
    candidates
        .into_iter()
        .map(|candidate| (edit_distance(word, candidate), candidate))
        .filter(|&(distance, candidate)| distance <= limit && distance < candidate.chars().count())
        .min()
        .map(|(_, candidate)| candidate)
}
