//! What was done with each line of a lexicon file.
//!
//! In: remarks of the readers. Out: one sentence for people and a table (line, text, what was done).
//! Invariant: nothing is left out of a lexicon without a row here, and `skipped` counts those rows.
//! It deliberately does not judge: what refuses a lexicon is a `Problem`.

use crate::text::csv;
use serde::{Deserialize, Serialize};

/// One remark on one line.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ReportRow {
    /// Line of the file, from 1.
    pub line: u32,
    /// What stands there.
    pub text: String,
    /// What was done with it.
    pub done: String,
}

/// The account of one import.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportReport {
    /// Lines of the file.
    pub lines: usize,
    /// Entries kept.
    pub entries: usize,
    /// Frames kept.
    pub frames: usize,
    /// Entries that could not be kept; each has a row.
    pub skipped: usize,
    /// Remarks, in the order of the file.
    pub rows: Vec<ReportRow>,
}

impl ImportReport {
    /// `read 4,241 lines: 4,232 entries in 9 frames, 0 skipped`.
    pub fn sentence(&self) -> String {
        let of = |n, one, many| format!("{} {}", grouped(n), if n == 1 { one } else { many });
        format!(
            "read {}: {} in {}, {} skipped",
            of(self.lines, "line", "lines"),
            of(self.entries, "entry", "entries"),
            of(self.frames, "frame", "frames"),
            grouped(self.skipped)
        )
    }

    /// The rows as CSV with a header.
    pub fn to_csv(&self) -> String {
        let mut out = csv::row(["line", "text", "done"]);
        for row in &self.rows {
            out.push_str(&csv::row([row.line.to_string().as_str(), &row.text, &row.done]));
        }
        out
    }
}

/// A field of a CSV row, quoted where it has to be.
pub(super) fn csv_field(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) || text.starts_with(' ') || text.ends_with(' ') {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_string()
    }
}

/// Thousands with commas.
pub(super) fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
