//! What a run says of the words themselves: keyness, dispersion, collocates, co-occurrence.
//!
//! In: [`Lexical`] sums and [`Counts`]. Out: [`Results`], rows in the order of the tables.
//! Invariant: dispersion and co-occurrence are part of every run; keyness and collocates are there where a study asks for them. No
//! number of another table depends on either.
//! It deliberately knows no formula: `statistics` does.

pub mod collocates;
pub mod cooccurrence;
pub mod dispersion;
pub mod keyness;
pub(in crate::estimates) mod kinds;

use super::{are_many, shown_frames};
use crate::aggregate::lexical::{Lexical, Nodes, Wanted};
use crate::aggregate::{Counts, GroupId};
use crate::error::{Place, Problem, Result};
use crate::lookup::Plan;
use crate::statistics::{self, ComparisonRow};
use serde::{Deserialize, Serialize};

/// What a study may ask for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Keyness, where it is asked for.
    pub keyness: Option<keyness::Options>,
    /// Collocates, where they are asked for.
    pub collocates: Option<collocates::Options>,
    /// Which frames meet in each group, too.
    pub cooccurrence_by_group: bool,
}

/// Every row about words.
#[derive(Default)]
pub struct Results {
    /// How evenly frames and entries lie over the articles.
    pub dispersion: Vec<dispersion::Row>,
    /// Which frames meet.
    pub cooccurrence: Vec<cooccurrence::Row>,
    /// Which words and frames a group uses more.
    pub keyness: Option<keyness::Keyness>,
    /// What stands beside chosen words.
    pub collocates: Option<collocates::Collocates>,
}

/// The articles that a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// All of them.
    All,
    /// Those of a group.
    Group(usize),
}

impl Scope {
    /// All articles, then each group; one group is all articles.
    fn each(groups: usize) -> Vec<Scope> {
        let each = (0..groups).filter(|_| groups > 1).map(Scope::Group);
        std::iter::once(Scope::All).chain(each).collect()
    }

    /// Whether an article of a group belongs here.
    fn holds(self, group: GroupId) -> bool {
        match self {
            Scope::All => true,
            Scope::Group(own) => own == group.index(),
        }
    }
}

impl Options {
    /// What the terms of the collocates mean.
    pub fn nodes(&self, plan: &Plan<'_>) -> Result<Nodes> {
        match &self.collocates {
            Some(collocates) => Nodes::of(&collocates.terms, plan, "terms of collocates"),
            None => Ok(Nodes::default()),
        }
    }

    /// What is asked of every shard; `plan` is of the nodes' lexicons.
    pub fn wanted<'a>(&self, nodes: &'a Nodes, plan: &'a Plan<'a>) -> Wanted<'a> {
        let counted_voices = self.keyness.as_ref().is_some_and(|keyness| keyness.counted_voices)
            || self.collocates.as_ref().is_some_and(|collocates| collocates.counted_voices);
        let nodes = self.collocates.as_ref().map(|collocates| (nodes, plan, collocates.reach()));
        Wanted { words: self.keyness.is_some(), counted_voices, nodes }
    }

    /// Settings that are right each by itself, and wrong together; `place` is where they are told.
    pub fn contradictions(&self, place: &str) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut wrong = |found: &str, expected: &str| {
            let problem = Problem::error("setting-out-of-range", Place::file(place), found);
            problems.push(problem.expected(expected));
        };
        if self.collocates.as_ref().is_some_and(|collocates| collocates.terms.is_empty()) {
            wrong("no terms to find collocates of", "`terms = [\"#frame\", \"word\"]`");
        }
        if let (Some(keyness), Some(collocates)) = (&self.keyness, &self.collocates)
            && keyness.counted_voices != collocates.counted_voices
        {
            let found = "counted_voices differs between keyness and collocates";
            wrong(found, "the same in both: one table of words serves both");
        }
        problems
    }
}

impl Results {
    /// Makes every row that is asked for; `comparisons` are those of `comparisons.csv`.
    pub fn of(
        counts: &Counts,
        sums: &Lexical,
        comparisons: &[ComparisonRow],
        plan: &Plan<'_>,
        options: &Options,
        settings: &super::Options,
    ) -> Result<Results> {
        let drawn = statistics::Options {
            seed: settings.seed,
            permutations: settings.permutations,
            ..statistics::Options::default()
        };
        let of_keyness = |options| keyness::Keyness::of(counts, sums, comparisons, options, &drawn);
        Ok(Results {
            dispersion: dispersion::rows(counts, sums),
            cooccurrence: cooccurrence::rows(counts, sums, plan, options.cooccurrence_by_group),
            keyness: options.keyness.as_ref().map(of_keyness).transpose()?,
            collocates: options.collocates.as_ref().map(|of| collocates::Collocates::of(counts, sums, of)),
        })
    }
}
