//! `README.md` of a diff: what it compares, what each file is, how causes are reckoned.
//!
//! In: a [`Diff`]. Out: Markdown. Invariant: it describes every table that a diff writes.

use super::columns::{HITS, TABLES};
use super::{Diff, Versions};
use std::fmt::Write;

/// Its first line, by which a folder of a diff is known.
pub(super) const TITLE: &str = "# What changed between two runs of framescope";

/// The text; `listed` is the number of rows of `hits.csv`.
pub(super) fn readme(diff: &Diff<'_>, versions: Option<&Versions>, listed: usize) -> String {
    let mut text = format!(
        "{TITLE}\n\n\
         In every table *before* is the first run, *after* the second. A missing value is an empty cell, never zero. \
         Only what differs has a row.\n\n```\n{}\n```\n",
        diff.text()
    );
    if let Some(versions) = versions {
        let _ = write!(text, "\n## How often was the lexicon changed?\n\n{}\n", versions.sentence());
    }
    text.push_str(
        "\n## How a change is shared out\n\n\
         A rate is hits over words. Every hit and word that a group has more or less is booked, as a whole number, to one cause: to \
         its entry; to the articles that came, went or have another text; to the options; in a frame that holds others, to what \
         its frames find in the same place. A cause with *h* hits and *w* words more has\n\n\
         ```\n\
         effect = [ h·(W + W′) − w·(H + H′) ] / (2·W·W′) × 1,000\n\
         ```\n\n\
         where H, W are hits and words of the group before and H′, W′ after: the mean of the two orders in which hits and words can \
         change, so that no order is preferred. The effects add up to the change exactly. For log ratios the means are logarithmic. \
         What an article with another text adds is booked to the article, whatever else was edited. q depends on all comparisons and on \
         permutations; causes are of the log ratio.\n",
    );
    if listed < diff.hits().len() {
        let _ = write!(
            text,
            "\n`{}` has {listed} of {} hits: the first of each entry. `framescope diff RUN_A RUN_B --out DIR` writes all.\n",
            HITS.file,
            diff.hits().len()
        );
    }
    text.push_str("\n## Tables\n");
    for table in TABLES {
        let _ = write!(text, "\n### {}\n\n{}\n\n| column | unit | |\n|---|---|---|\n", table.file, table.about);
        for column in table.columns {
            let _ = writeln!(text, "| `{}` | {} | {} |", column.name, column.unit, column.about);
        }
    }
    text
}
