//! The study of a run, and its articles again.
//!
//! In: a run folder. Out: the study that made it, checked against the manifest.
//! Invariant: what is sampled is what the run has counted: other articles, lexicons or settings are refused.

use crate::disk::{absolute, read_regular};
use crate::error::{Error, Place, Problem, Result};
use crate::lexicon;
use crate::read::Input;
use crate::study::{self, Study};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// Bytes of a manifest that are read at most.
const LONGEST: u64 = 256 << 20;

/// A run that is open again.
pub(super) struct Run {
    /// Its study; its results lie where the run lies.
    pub study: Study,
    pub manifest: Value,
    /// As the user typed it.
    pub shown: String,
}

/// Opens a run; `study_file` is a study file that the user names.
pub(super) fn open(run: &str, study_file: Option<&str>) -> Result<Run> {
    let manifest = manifest(run)?;
    let mut study = match study_file {
        Some(file) => Study::from_file(file)?,
        None => find(run)?,
    };
    study.report.out = run.to_string();
    if study.sentiment.alone {
        let problem =
            Problem::error("no-frames", Place::file(run), "a run of sentiment alone: it has no hits of frames");
        return Err(problem.hint("frames are validated: run with a lexicon of frames").into());
    }
    let run = Run { study, manifest, shown: run.to_string() };
    if run.manifest["study"] != Value::Object(run.study.settings().tables) {
        return Err(run.stale("has other settings than the study that was found").into());
    }
    Ok(run)
}

fn manifest(run: &str) -> Result<Value> {
    let absent = |found: String| {
        Problem::error("run-absent", Place::file(run), found)
            .expected("a folder that `framescope run` has written")
            .hint("give the folder of a run, as in `framescope validate sample output`")
    };
    let bytes = read_regular(&Path::new(run).join("manifest.json"), LONGEST)
        .map_err(|error| absent(format!("holds no run: manifest.json cannot be read: {error}")))?;
    Ok(serde_json::from_slice(&bytes).map_err(|error| absent(format!("manifest.json is no JSON: {error}")))?)
}

/// The study that the run keeps; else that of the current folder, if it writes there.
fn find(run: &str) -> Result<Study> {
    if let Ok(study) = Study::of_run(run) {
        return Ok(study);
    }
    if Path::new(study::DEFAULT_FILE).is_file() {
        let study = Study::from_file(study::DEFAULT_FILE)?;
        if absolute(Path::new(&study.report.out)) == absolute(Path::new(run)) {
            return Ok(study);
        }
    }
    let problem = Problem::error("study-unknown", Place::file(run), "does not say which study made it");
    Err(problem.hint("name the study with `--study`, or run again: a run that keeps its cache remembers it").into())
}

impl Run {
    fn stale(&self, found: &str) -> Problem {
        Problem::error("run-stale", Place::file(self.shown.as_str()), found)
            .expected("the run of these articles, lexicons and settings")
            .hint("write the run again with `framescope run`, then sample it")
    }

    /// Refuses lexicons of frames that are not those of the run.
    pub(super) fn check_lexicons(&self, lexicons: &lexicon::Set) -> Result<()> {
        let entries = self.manifest["lexicons"].as_array().into_iter().flatten();
        let of = |value: &Value| Some((value["name"].as_str()?.to_string(), value["digest"].as_str()?.to_string()));
        let recorded: BTreeSet<(String, String)> = entries.filter_map(of).collect();
        let now: BTreeSet<(String, String)> =
            lexicons.all().map(|lexicon| (lexicon.name.clone(), lexicon.digest.clone())).collect();
        match now.symmetric_difference(&recorded).next() {
            None => Ok(()),
            Some((name, _)) => Err(self.stale(&format!("the lexicon `{name}` has changed since the run")).into()),
        }
    }

    /// Refuses articles that are not those of the run.
    pub(super) fn check_articles(&self, inputs: &[Input]) -> Result<()> {
        let entries = self.manifest["inputs"].as_array().into_iter().flatten();
        let recorded: Vec<(&str, Option<&str>)> =
            entries.map(|input| (input["file"].as_str().unwrap_or_default(), input["blake3"].as_str())).collect();
        let now: Vec<(&str, Option<&str>)> =
            inputs.iter().map(|input| (input.file.as_str(), input.digest.as_deref())).collect();
        match recorded == now {
            true => Ok(()),
            false => Err(Error::from(self.stale("the articles are not as they were in the run"))),
        }
    }
}
