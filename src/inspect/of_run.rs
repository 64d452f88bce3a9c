//! Whether articles and lexicons are still those that a run was made of.
//!
//! In: a run folder, the files of a corpus, lexicons. Out: a warning, or nothing.
//! Invariant: bytes decide, as the manifest digests them: a file that was touched, moved in time or written again the same is no other.

use crate::disk::{has_digest, manifest};
use crate::error::{Place, Problem, Result};
use crate::lexicon::Set;
use crate::read::{self, Input};
use crate::study::Study;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// What a run says of itself.
pub(super) struct Manifest(Value);

impl Manifest {
    /// That of a run folder; nothing where it cannot be read.
    pub fn of(run: &str) -> Option<Manifest> {
        manifest(Path::new(run)).map(Manifest)
    }

    /// True where the run was made of these very files; `holds` says whether one has this digest.
    pub fn has_articles(&self, inputs: &[Input], holds: impl Fn(&Input, &str) -> bool) -> bool {
        let recorded: Vec<&Value> = self.0["inputs"].as_array().into_iter().flatten().collect();
        let is_same = |(of, input): (&&Value, &Input)| {
            of["file"].as_str() == Some(&input.file) && of["blake3"].as_str().is_none_or(|digest| holds(input, digest))
        };
        recorded.len() == inputs.len() && recorded.iter().zip(inputs).all(is_same)
    }

    /// True where all that decides a number stands in these lexicons as in those of the run, and the program is that of the run.
    pub fn has_lexicons(&self, lexicons: &Set) -> bool {
        let recorded = self.0["lexicons"].as_array().into_iter().flatten();
        let recorded: BTreeSet<(&str, &str)> =
            recorded.filter_map(|of| Some((of["name"].as_str()?, of["digest"].as_str()?))).collect();
        let now = lexicons.all().map(|lexicon| (lexicon.name.as_str(), lexicon.digest.as_str())).collect();
        recorded == now && self.0["framescope"].as_str() == Some(env!("CARGO_PKG_VERSION"))
    }
}

/// A warning where the articles of a run are others by now; `study` is that of the run.
///
/// # Errors
/// Articles that cannot be found.
pub fn changed_articles(run: &str, study: &Study) -> Result<Option<Problem>> {
    let corpus = read::open(&study.corpus, &study.articles())?;
    let holds = |input: &Input, digest: &str| has_digest(&input.path, digest);
    if Manifest::of(run).is_some_and(|manifest| manifest.has_articles(corpus.inputs(), holds)) {
        return Ok(None);
    }
    let found = "the articles may have changed since this run";
    let problem = Problem::warning("run-is-older", Place::file(run), found);
    Ok(Some(problem.hint("what you see is what stands in them now; run again to bring the tables up to date")))
}
