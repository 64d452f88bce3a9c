//! A run against the one before it, in the same folder.
//!
//! In: a run folder that is written and not yet in its place. Out: `diff/`, `history.json` and the last run beside the tables; a text.
//! Invariant: nothing that the manifest lists depends on what is here. A run that changes nothing changes nothing here
//! either: the diff against the last run that was different stays, and so does that run.
//! It deliberately never fails a run: where the last one cannot be compared, the diff says so.

use super::history::{HISTORY, History, RunArchive, Versions};
use super::{Snapshot, diff, read_hits, readme, write};
use crate::error::{Error, Problem, Result};
use crate::report::columns::{ARTICLES, COMPARISONS, COUNTS, FRAMES, SENTIMENT, TERMS};
use crate::report::{Folder, MANIFEST, PREVIOUS};
use std::path::{Path, PathBuf};

/// Where the diff against the last run lies in a run folder.
pub const FOLDER: &str = "diff";

/// Sentences in the diff that a run writes, or about so many; the command writes all.
const SENTENCES: usize = 20_000;

/// What a run has to say about the one before it.
#[derive(Clone, Debug, Default)]
pub struct LastRunDiff {
    /// The diff as text; nothing where there was no other run or nothing changed.
    pub text: Option<String>,
    /// The rates that moved, for those who only want these.
    pub rates: String,
    /// Why there is no diff, where there should be one.
    pub problem: Option<Problem>,
    /// How often the corpus was looked at.
    pub versions: Versions,
}

/// The last run of a folder that was different, where one is kept.
pub fn previous(out: &str) -> PathBuf {
    Path::new(out).join(PREVIOUS)
}

/// The run that is in its place, without its hits, where there is one; `shown` is how the user calls the folder.
pub fn in_place(shown: &str) -> Option<Result<Snapshot>> {
    Path::new(shown).join(MANIFEST).is_file().then(|| Snapshot::without_hits(Path::new(shown), shown, None))
}

/// Compares the run in the making with the one in its place, and writes the diff beside it.
pub fn since_last(
    folder: &mut Folder,
    shown: &str,
    before: Option<Result<Snapshot>>,
    archive: &RunArchive,
) -> Result<LastRunDiff> {
    let (old, new) = (folder.place().to_path_buf(), folder.partial().to_path_buf());
    let manifest = |folder: &Path| std::fs::read(folder.join(MANIFEST)).ok();
    let is_same = manifest(&old).is_some() && manifest(&old) == manifest(&new);
    let mut history = History::read(&old);
    let run = Snapshot::of_manifest(&new, shown)?;
    let versions = history.see(&run, archive);
    folder.beside(HISTORY, history.json().as_bytes())?;
    for (name, bytes) in history.archived(&run, archive, &old) {
        folder.beside(&name, &bytes)?;
    }
    let mut since = LastRunDiff { versions, ..LastRunDiff::default() };
    // a first run has nothing to be compared with, and pays nothing for it
    let Some(before) = before.filter(|_| !is_same) else { return Ok(since) };
    let runs = before.and_then(|mut before| {
        let mut after = Snapshot::without_hits(&new, shown, Some(&before))?;
        read_hits(&mut before, &mut after)?;
        Ok((before, after))
    });
    let (before, after) = match runs {
        Ok(runs) => runs,
        Err(error) => return not_compared(folder, since, error),
    };
    let diff = diff(&before, &after);
    if diff.is_empty() {
        return Ok(since);
    }
    for (name, bytes) in write::files(&diff, Some(&versions), SENTENCES)? {
        folder.beside(&format!("{FOLDER}/{name}"), &bytes)?;
    }
    since.text = Some(diff.text());
    since.rates = diff.rates_text();
    let tables = [TERMS.file, ARTICLES.file, COUNTS.file, FRAMES.file, COMPARISONS.file, MANIFEST];
    let tones = (!before.tones.is_empty()).then_some(SENTIMENT.file);
    let hits = before.units.iter().flat_map(|unit| &unit.files).map(|(file, _)| file.as_str());
    folder.keep_last(&tables.into_iter().chain(tones).chain(hits).collect::<Vec<_>>());
    Ok(since)
}

/// Says why there is no diff, in the place of one of other runs.
fn not_compared(folder: &mut Folder, mut since: LastRunDiff, error: Error) -> Result<LastRunDiff> {
    let text = format!("{}\n\nThe last run cannot be compared with this one.\n\n```\n{error}\n```\n", readme::TITLE);
    folder.beside(&format!("{FOLDER}/README.md"), text.as_bytes())?;
    folder.beside(&format!("{PREVIOUS}/README.md"), b"The run before this one could not be compared.\n")?;
    if let Error::Refused(problems) = error {
        let found = |problem: Problem| Problem::note("no-diff", problem.place, problem.found);
        since.problem = problems.into_iter().next().map(found);
    }
    Ok(since)
}

impl LastRunDiff {
    /// For the terminal; empty where there is nothing to say.
    pub fn text(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        parts.extend(
            self.text.as_ref().map(|text| format!("Since the last run\n\n{text}\n\nAll of it is in {FOLDER}/.")),
        );
        parts.extend(self.problem.as_ref().map(|problem| format!("The last run cannot be compared: {problem}")));
        if self.versions.lexicons > 1 || self.versions.settings > 1 {
            parts.push(self.versions.sentence());
        }
        parts.join("\n\n")
    }
}
