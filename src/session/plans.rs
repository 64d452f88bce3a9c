//! The lexicons of a study, ready to be looked up.
//!
//! In: a set of lexicons, a study. Out: [`Plans`], and the [`Request`] of a run.
//! Invariant: a run and a library call ask for the same.

use crate::aggregate::Grouping;
use crate::aggregate::lexical::Nodes;
use crate::count::Request;
use crate::error::{Error, Place, Problem, Result};
use crate::lexicon::{self, are_partners};
use crate::lookup::{Plan, Subjects, Units};
use crate::report::file_names;
use crate::sentiment::Scorer;
use crate::sentiment::vader::Vader;
use crate::study::Study;

/// Everything that is looked up.
pub(crate) struct Plans<'a> {
    /// Frames.
    pub frames: Plan<'a>,
    /// Sentiment lexicons; two lists that are one lexicon stand in one plan.
    pub sentiment: Vec<Plan<'a>>,
    /// Targets and labels.
    pub subjects: Subjects,
    /// Frames that are counted together.
    pub units: Units,
    /// File name of the hits of each unit, without folder and ending.
    pub unit_files: Vec<String>,
    nodes: Nodes,
}

impl<'a> Plans<'a> {
    /// Those of a study.
    pub fn of(lexicons: &'a lexicon::Set, study: &Study) -> Result<Plans<'a>> {
        let frames = Plan::new(&lexicons.frames);
        let units = Units::of(&frames);
        let sentiment: Vec<Plan<'a>> = lexicons.sentiment.chunk_by(are_partners).map(Plan::new).collect();
        // a wrong setting is refused before a corpus is looked for
        Scorer::new(&sentiment, study.sentiment.clone())?;
        Ok(Plans {
            nodes: study.lexical.nodes(&frames)?,
            sentiment,
            subjects: Subjects::of(lexicons.all(), study.target_window),
            unit_files: file_names(&units.names),
            units,
            frames,
        })
    }

    /// How sentiment is scored, for a corpus with these further columns.
    pub fn scorer(&self, study: &Study, columns: &[String]) -> Result<Scorer<'_>> {
        Scorer::new(&self.sentiment, study.sentiment.clone())?.with_columns(columns)
    }

    /// The words and frames whose collocates are looked for.
    pub fn node_plan(&self) -> Plan<'_> {
        Plan::new(&self.nodes.lexicons)
    }

    /// What a run asks of every shard.
    pub fn request<'r>(
        &'r self,
        study: &Study,
        columns: &[String],
        (scorer, vaders): (&'r Scorer<'r>, &'r [Vader<'r>]),
        node_plan: &'r Plan<'r>,
    ) -> Result<Request<'r>> {
        Ok(Request {
            frames: &self.frames,
            scorer,
            vaders,
            subjects: &self.subjects,
            labels: Grouping::new(&study.estimates.labels(columns), columns).map_err(of_statistics)?,
            variants: study.estimates.sensitivity,
            lexical: study.lexical.wanted(&self.nodes, node_plan),
            keep_hits: false,
        })
    }
}

/// A column that strata, clusters or standardisation name, and that is not there: `--by` did not name it.
fn of_statistics(error: Error) -> Error {
    match error {
        Error::Refused(problems) => {
            let place = Place::file("strata, standardise or clusters of [statistics]");
            let at = |problem: Problem| Problem { place: place.clone(), ..problem };
            Error::Refused(problems.into_iter().map(at).collect())
        }
        Error::Interrupted => Error::Interrupted,
    }
}
