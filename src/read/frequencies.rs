//! A frequency list of other texts: how often each word stands in them.
//!
//! In: CSV or TSV with a word and a count in each line, a header or none. Out: [`Frequencies`], or every line that is wrong.
//! Invariant: a word that stands in several lines (`The`, `the`) has the sum of its counts.
//! It deliberately takes words as written, in lower case: a list tells no language.

use crate::disk;
use crate::error::{Place, Problem, Result};
use crate::text::{Language, fold};
use hashbrown::HashMap;

/// Counts of words.
#[derive(Clone, Debug, Default)]
pub struct Frequencies {
    counts: HashMap<String, u64>,
    size: u64,
}

impl Frequencies {
    /// How often a word stands there.
    pub fn of(&self, word: &str) -> u64 {
        self.counts.get(word).copied().unwrap_or(0)
    }

    /// The sum of all counts.
    pub fn size(&self) -> u64 {
        self.size
    }
}

/// Bytes of a list that are read at most.
pub const LONGEST_LIST: u64 = 1 << 30;

/// Reads a list.
pub fn frequencies(path: &str) -> Result<Frequencies> {
    let unreadable = |found: String| {
        Problem::error("list-unreadable", Place::file(path), found)
            .hint("give a CSV file with a word and a count a line")
    };
    let text =
        disk::read_text(path.as_ref(), LONGEST_LIST).map_err(|error| unreadable(format!("cannot be read: {error}")))?;
    let text = text.trim_start_matches('\u{feff}');
    let tabs = text.lines().next().is_some_and(|line| line.contains('\t'));
    let mut reader = csv::ReaderBuilder::new();
    let reader = reader.has_headers(false).flexible(true).delimiter(if tabs { b'\t' } else { b',' });
    let mut list = Frequencies::default();
    let mut problems = Vec::new();
    for (i, record) in reader.from_reader(text.as_bytes()).records().enumerate() {
        let record = record.map_err(|error| unreadable(error.to_string()))?;
        let line = crate::text::csv::line(text, &record);
        let word = record.get(0).unwrap_or_default().trim();
        let count = record.get(1).unwrap_or_default().trim().replace([',', '_', ' '], "");
        match count.parse::<u64>() {
            Ok(count) if !word.is_empty() => {
                *list.counts.entry(fold(word, Language::UNKNOWN)).or_default() += count;
                list.size += count;
            }
            // the first line may be a header
            _ if i == 0 => {}
            _ => {
                let found = format!("`{}`", record.iter().collect::<Vec<_>>().join(","));
                let problem = Problem::error("list-line", Place::at(path, line, 1), found);
                problems.push(problem.expected("a word and a whole number"));
            }
        }
    }
    if list.size == 0 && problems.is_empty() {
        problems.push(unreadable("no word with a count".to_string()));
    }
    if problems.is_empty() { Ok(list) } else { Err(problems.into()) }
}
