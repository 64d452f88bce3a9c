//! Which estimates a run makes, of which counts.
//!
//! In: the sums of a run. Out: [`Estimates`], group by group.
//! Invariant: groups stand in the order of [`Counts::groups`], frames in that of [`Counts::frames`].
//! It deliberately knows no formula: `statistics` does.

mod against_rest;
mod clusters;
mod entries;
mod length;
pub mod lexical;
mod limits;
mod pairs;
mod robustness;
mod specification;
mod stories;
mod strata;
mod subjects;
mod timeline;
mod tone;
mod voices;

pub use against_rest::Tests;
pub use clusters::Clustered;
pub use entries::{EntriesByFrame, EntryBar, EntryShift, is_listed};
pub use length::LengthRow;
pub use limits::{MANY_FRAMES, SHOWN_FRAMES, are_many, refuse_frames, refuse_too_many, shown_frames};
pub use pairs::Pairs;
pub use robustness::Robustness;
pub use specification::{Choices, SpecificationRow, Specifications, VoiceChoice, refuse_unknown};
pub use stories::{Omission, Related, StoryEstimates, StoryWord, StoryWords, WithinRow};
pub use strata::Standard;
pub use subjects::{LabelRow, TargetRow};
pub use timeline::{TimeRow, Timeline, TimelineInput};
pub use tone::{Bar, Shift, TowardRow, made_of, shift};
pub use voices::VoiceRow;

use crate::aggregate::{Counts, GroupId};
use crate::error::{Place, Result};
use crate::lookup::FrameId;
use crate::statistics::overall::OverallRow;
use crate::statistics::sentiment::{GroupCompound, GroupSentiment};
use crate::statistics::{self, CachedTests, ComparisonRow, Estimate, FrameRow, SmallGroups};
use crate::voice::Voice;
use clap::ValueEnum;
use serde::{Deserialize, Serialize};

/// What a study may set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Seed of every random stream.
    pub seed: u64,
    /// Random draws, or permutations, of a test; more where many tests are made.
    pub permutations: u32,
    /// Which articles are one unit: `auto` (stories where there are some, else copies), `copies` (those that share text), `stories`, `articles`, `day`, `week`, `month`, `year`, or a column.
    pub clusters: String,
    /// Groups with fewer articles are shown, but tested together and not alone.
    pub min_articles: u32,
    /// Periods of everything over time.
    pub period: Period,
    /// Compare every pair of groups; without a word on it, where there are at most [`Options::PAIRS`] groups.
    pub pairwise: Option<bool>,
    /// Group labels are permuted only within these: `day`, `week`, `month`, `year`, `language`, or a column of the corpus.
    pub strata: Option<String>,
    /// Rates are given at a common mix of these, too.
    pub standardise: Option<String>,
    /// Periods of a moving rate, an odd number; without a word on it 7 days, or 3 longer periods.
    pub moving: Option<u32>,
    /// Check what findings rest on, and count them again under other choices.
    pub sensitivity: bool,
    /// The comparison that is counted again under other choices: a group against the rest, or two groups; without a word on
    /// it the two groups with most articles.
    pub primary: Vec<String>,
    /// Where the study names each of them.
    #[serde(skip)]
    pub primary_at: Vec<Place>,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            seed: 20_220_105,
            permutations: 9_999,
            clusters: clusters::AUTO.to_string(),
            min_articles: 10,
            period: Period::Auto,
            pairwise: None,
            strata: None,
            standardise: None,
            moving: None,
            sensitivity: false,
            primary: Vec::new(),
            primary_at: Vec::new(),
        }
    }
}

impl Options {
    /// So many groups are compared pair by pair unasked.
    pub const PAIRS: usize = 6;

    /// Names of the labels that strata and standardisation need of each article, beyond its date; `columns` are those of the corpus, which
    /// tell the year of articles without a date.
    pub fn labels(&self, columns: &[String]) -> Vec<String> {
        const KNOWN: [&str; 4] = [clusters::AUTO, clusters::COPIES, clusters::ARTICLES, clusters::STORIES];
        let is_cluster = |name: &&String| !KNOWN.contains(&name.as_str());
        let asked = [&self.strata, &self.standardise].into_iter().flatten();
        let asked = asked.chain(Some(&self.clusters).filter(is_cluster));
        let mut labels: Vec<String> =
            asked.filter(|name| !strata::is_of_time(name) || columns.contains(name)).cloned().collect();
        labels.sort();
        labels.dedup();
        labels
    }
}

/// Length of a period of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Period {
    /// The shortest of these with about ten articles per group and period, or the longest of which there are at least three.
    Auto,
    /// Days.
    Day,
    /// Weeks, named by their Monday.
    Week,
    /// Months.
    Month,
    /// Years.
    Year,
}

impl Options {
    /// What single estimates go by.
    fn plain(&self) -> statistics::Options {
        statistics::Options {
            seed: self.seed,
            permutations: self.permutations,
            min_articles: self.min_articles,
            ..statistics::Options::default()
        }
    }
}

/// Every estimate of a run.
pub struct Estimates {
    /// Group × frame.
    pub frames: Vec<FrameRow>,
    /// Group × frame × voice; of many frames those with a hit.
    pub voices: Vec<VoiceRow>,
    /// Group against the rest, by frame; of many frames those with a hit or a p.
    pub comparisons: Vec<ComparisonRow>,
    /// How many of all of these were tested.
    pub tests: Tests,
    /// Groups that are too small to be tested alone, and all of them together against the others.
    pub smaller: Option<SmallGroups>,
    /// Which articles are one unit.
    pub clustered: Clustered,
    /// Group × target × frame.
    pub targets: Vec<TargetRow>,
    /// Group × label of a referent.
    pub labels: Vec<LabelRow>,
    /// By scale of sentiment, then group.
    pub sentiment: Vec<Vec<GroupSentiment>>,
    /// By scale of sentiment, then group, in VADER's modes: what has no sentences has no score.
    pub vader: Vec<Vec<GroupCompound>>,
    /// Over time.
    pub timeline: Timeline,
    /// All groups at once, by frame.
    pub overall: Vec<OverallRow>,
    /// Every pair of groups.
    pub pairs: Pairs,
    /// Rates at a common mix, where the study asks for them.
    pub standard: Option<Standard>,
    /// Scores and the length of articles.
    pub length: Vec<LengthRow>,
    /// What findings rest on, where the study asks for it.
    pub robustness: Option<Robustness>,
    /// The primary comparison under other choices, where the study asks for it and there are two groups.
    pub specifications: Option<Specifications>,
    /// Inside stories; empty where there are none.
    pub stories: StoryEstimates,
    /// Of the words themselves; empty until [`lexical::Results::of`].
    pub lexical: lexical::Results,
    /// What the estimates that are made when they are asked for go by.
    plain: statistics::Options,
}

impl Estimates {
    /// The row of a group, a frame and a voice; of many frames there is none without a hit.
    pub fn voice(&self, group: usize, frame: usize, voice: Voice) -> Option<&VoiceRow> {
        let key = (GroupId::new(group), FrameId::new(frame));
        let first = self.voices.partition_point(|row| (row.group, row.frame) < key);
        let own = self.voices[first..].iter().take_while(|row| (row.group, row.frame) == key);
        own.into_iter().find(|row| row.voice == voice)
    }

    /// What makes every row of the timeline, group by group; `counts` are those that were estimated.
    pub fn course<'a>(&'a self, counts: &'a Counts) -> TimelineInput<'a> {
        TimelineInput::of(counts, self.clustered.units(), &self.timeline)
    }

    /// Mean valence of all other groups on a scale, group by group, as in `sentiment`; `counts` are those that were estimated.
    pub fn sentiment_rest(&self, counts: &Counts, scale: usize) -> Vec<Estimate> {
        tone::rests(counts, self.clustered.units(), &counts.group_names(), scale)
    }

    /// Groups and the targets that they mention, likewise.
    pub fn toward(&self, counts: &Counts) -> Vec<TowardRow> {
        tone::toward(counts, self.clustered.units(), &self.plain)
    }

    /// Makes every estimate.
    pub fn of(counts: &Counts, settings: &Options) -> Result<Estimates> {
        Estimates::of_related(counts, settings, &Related::default(), None)
    }

    /// The same where it is known which articles share text, and which tell one story; and what the last run drew, which is then not drawn
    /// again.
    pub fn of_related(
        counts: &Counts,
        settings: &Options,
        related: &Related<'_>,
        cache: Option<&CachedTests>,
    ) -> Result<Estimates> {
        let plain = settings.plain();
        let options = limits::of_frames(counts.frames.len(), plain);
        // what is declared to be the primary comparison is tested, however small its groups
        let planned = statistics::Options { min_articles: 0, ..options };
        let clustered = Clustered::of(counts, &settings.clusters, related)?;
        let names = counts.group_names();
        let view = statistics::Counts {
            frames: &counts.frames,
            groups: &names,
            group_of: GroupId::numbers(&counts.group_of),
            words: &counts.words,
            hits: &counts.hits,
        };
        let units = clustered.units();
        let groups = statistics::Groups::of(&view, &options).clustered(units).with_cache(cache);
        let strata_of = |name: &Option<String>| name.as_deref().map(|name| strata::of(counts, name)).transpose();
        let (strata, standard) = (strata_of(&settings.strata)?, strata_of(&settings.standardise)?);
        let strata_labels = strata.as_ref().map(|strata| strata.of.as_slice());
        let (comparisons, smaller) = groups.against_rest_pooled(strata_labels);
        let is_checked = settings.sensitivity && !counts.variants.furniture_words.is_empty();
        let family = (comparisons.as_slice(), smaller.as_ref());
        let robustness = is_checked.then(|| robustness::of(counts, &groups, strata_labels, family));
        let specifications = match is_checked {
            true => specification::of(counts, &view, &groups, strata_labels, settings, &planned)?,
            false => None,
        };
        let (frames, tests) = (groups.rows(), Tests::of(&comparisons, counts.frames.len()));
        // none of these needs another, and each is long on one core
        let ((voices, targets), (timeline, stories)) = rayon::join(
            || {
                (
                    voices::rows(counts, &view, &options, (units, cache)),
                    subjects::targets(counts, units, &names, &options),
                )
            },
            || (timeline::of(counts, units, settings, &options), StoryEstimates::of(counts, related, &options, cache)),
        );
        Ok(Estimates {
            voices,
            targets,
            labels: subjects::labels(counts, (units, cache), &names, &plain),
            comparisons: against_rest::kept(comparisons, &frames, counts.frames.len()),
            frames,
            tests,
            smaller,
            sentiment: tone::valences(counts, units, &names, (&plain, cache)),
            vader: (0..counts.lexicons.len()).map(|i| tone::compounds(counts, units, &names, i, &plain)).collect(),
            timeline,
            overall: groups.overall(strata_labels),
            pairs: Pairs::of(&groups, strata_labels, settings),
            standard: standard.map(|strata| Standard::of(&groups, strata)),
            length: length::of(counts),
            robustness,
            specifications,
            stories,
            lexical: lexical::Results::default(),
            plain,
            clustered,
        })
    }
}
