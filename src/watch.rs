//! Runs again whenever a lexicon or the study is saved.
//!
//! In: the arguments of a run. Out: a run folder that follows the files; on the terminal, the rates that changed.
//! Invariant: a file with an error is told and the last good output stays; the articles are indexed once, every run after the first
//! finds them in the cache.
//! It deliberately looks at the files a few times a second instead of asking the system: that works on every disk.

use crate::terminal::{say, warn};
use framescope::cli::RunArguments;
use framescope::error::Error;
use framescope::lexicon;
use framescope::progress::Silent;
use framescope::report::{Outcome, decimal};
use framescope::study::Study;
use framescope::text::several;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant, SystemTime};

/// Between two looks at the files.
const PAUSE: Duration = Duration::from_millis(120);

/// A file is read once it has not changed for so long: editors write in steps.
const SETTLED: Duration = Duration::from_millis(60);

/// Rates that are shown after a run.
const SHOWN: usize = 30;

type Stamps = BTreeMap<PathBuf, Option<(SystemTime, u64)>>;

/// Runs, and runs again, until it is stopped.
pub fn watch(arguments: &RunArguments, stop: &AtomicBool) -> Result<(), Error> {
    let mut last: Option<Outcome> = None;
    let mut paths = Vec::new();
    while !stop.load(Ordering::Relaxed) {
        let study = arguments.clone().resolve();
        match &study {
            Ok(study) => paths = watched(study),
            // nothing can be watched before the first good study
            Err(error) if paths.is_empty() => return Err(error.clone()),
            Err(_) => {}
        }
        let before = stamps(&paths);
        let begun = Instant::now();
        match study.and_then(|study| framescope::run(&study, &Silent, stop)) {
            Ok(outcome) => {
                say(&changes(last.as_ref(), &outcome, begun.elapsed()))?;
                last = Some(outcome);
            }
            Err(Error::Interrupted) => break,
            Err(error) => {
                warn(&error);
                warn(&"the last good results stay; waiting for you to save the file again");
            }
        }
        wait(&paths, &before, stop);
    }
    Ok(())
}

/// The study and every lexicon.
fn watched(study: &Study) -> Vec<PathBuf> {
    let files = lexicon::files(&study.lexicons).unwrap_or_default();
    study.file.iter().cloned().chain(files).map(PathBuf::from).chain(study.lexicons.iter().map(PathBuf::from)).collect()
}

fn stamps(paths: &[PathBuf]) -> Stamps {
    let stamp = |path: &PathBuf| {
        let facts = std::fs::metadata(path).ok();
        (path.clone(), facts.and_then(|facts| Some((facts.modified().ok()?, facts.len()))))
    };
    paths.iter().map(stamp).collect()
}

/// Waits until a file is another than it was, and has come to rest.
fn wait(paths: &[PathBuf], before: &Stamps, stop: &AtomicBool) {
    while !stop.load(Ordering::Relaxed) {
        std::thread::sleep(PAUSE);
        let now = stamps(paths);
        if now != *before {
            std::thread::sleep(SETTLED);
            if stamps(paths) == now {
                return;
            }
        }
    }
}

/// The rates that are others than before.
fn changes(last: Option<&Outcome>, outcome: &Outcome, elapsed: Duration) -> String {
    let mut text = String::new();
    let milliseconds = elapsed.as_millis();
    let _ = write!(
        text,
        "{} in {}, {milliseconds} ms: {}",
        several(outcome.totals.hits, "hit"),
        several(outcome.totals.counted, "article"),
        outcome.out
    );
    let Some(last) = last else { return text };
    let rates = |outcome: &Outcome| {
        let mut rates = BTreeMap::new();
        for (group, row) in outcome.groups.iter().zip(&outcome.rates) {
            for (frame, &rate) in outcome.frames.iter().zip(row) {
                // as it is written: the last bit of a number that was read back says nothing
                rates.insert((frame.clone(), group.clone()), rate.map(decimal));
            }
        }
        rates
    };
    let (before, after) = (rates(last), rates(outcome));
    let show = |rate: Option<&Option<String>>| rate.cloned().flatten().unwrap_or_else(|| "–".to_string());
    let keys = before.keys().chain(after.keys().filter(|key| !before.contains_key(*key)));
    let changed: Vec<_> = keys.filter(|key| before.get(*key) != after.get(*key)).collect();
    for key in changed.iter().take(SHOWN) {
        let (frame, group) = key;
        let _ = write!(text, "\n  {frame:24} {group:28} {:>9} → {:>9}", show(before.get(*key)), show(after.get(*key)));
    }
    if changed.len() > SHOWN {
        let _ = write!(text, "\n  … and {} more", changed.len() - SHOWN);
    }
    if changed.is_empty() {
        text.push_str("\n  no rate changed");
    }
    text
}
