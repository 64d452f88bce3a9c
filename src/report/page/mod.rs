//! What `index.html` says of a run.
//!
//! In: what a run has found, and the hits drawn while articles were read. Out: a [`Page`].
//! Invariant: the same groups in the same order as on the charts; which hits are drawn depends on neither threads nor shards
//! nor the order of articles.
//! It deliberately computes nothing that is not in a table, and claims no validation but what coders have said of a frame.

mod charts;
mod checks;
mod explore;
mod files;
mod frames;
mod notes;
mod tones;

use crate::aggregate::GroupId;
use crate::error::Problem;
use crate::estimates::Estimates;
use crate::lexicon::shown;
use crate::lookup::{FrameId, Plan};
use crate::read::{Date, YEARS};
use crate::report::examples::Examples;
use crate::report::folder::Folder;
use crate::report::html::{
    Cell, Chart, Counted, Group, KeyGroup, Measure, Page, Problems, Trouble, Versus, Voice as Speaking,
};
use crate::report::inputs::Inputs;
use crate::report::links::LinkedChart;
use crate::report::shown::{level, measure};
use crate::report::shown_frames::Shown;
use crate::report::tables::{Finished, MOST_PROBLEMS};
use crate::report::{lexical, order, subjects};
use crate::results::missing;
use crate::statistics::{ComparisonRow, FrameRow};
use crate::voice::Voice;

/// Groups that the title names.
const NAMED: usize = 3;

/// Voices and their labels, in the order of the chart.
pub(super) const VOICES: [(Voice, &str); 6] = [
    (Voice::Own, "own voice"),
    (Voice::Attributed, "attributed"),
    (Voice::Quoted, "quoted"),
    (Voice::Scare, "scare quotes"),
    (Voice::Marked, "in quotation marks, no speaker found"),
    (Voice::Mention, "mentioned"),
];

/// The page of a run.
pub(super) fn page(
    (found, folder): (&Finished, &Folder),
    estimates: &Estimates,
    inputs: &Inputs<'_>,
    charts: &[LinkedChart],
) -> Page {
    let examples = &found.examples;
    let order = order::groups(inputs, estimates, &found.counts.group_names());
    let groups = &order[..order.len().min(inputs.options.max_groups)];
    let shown = Shown::of(estimates, inputs.frames.frames().len());
    let scene = PageContext {
        found,
        folder,
        estimates,
        inputs,
        examples,
        groups,
        shown: &shown,
        names: found.counts.group_names(),
    };
    let (targets, target_rows) = subjects::target_hits(found, estimates, groups, &shown, inputs.frames.labels());
    Page {
        title: scene.title(),
        program: format!("framescope {}", env!("CARGO_PKG_VERSION")),
        grouping: found.dimensions.join(" and ").to_lowercase(),
        level: level(),
        counted: scene.counted(),
        notes: scene.notes(),
        tests: estimates.comparisons.first().map_or(0, |row| row.family as u64),
        checks: checks::checks(found, estimates, inputs.frames, groups, &shown),
        voices: VOICES
            .map(|(voice, label)| Speaking { name: voice.name().to_string(), label: label.to_string() })
            .to_vec(),
        frames: scene.frames(),
        groups: groups.iter().map(|&group| scene.group(group)).collect(),
        smaller: scene.smaller(),
        sentiment: tones::sentiment(found, estimates, inputs.scorer, groups),
        scoring: tones::scoring(&inputs.scorer.options),
        labels: subjects::label_sets(found, estimates, groups),
        label_charts: scene.label_charts(charts),
        targets,
        target_rows,
        keyness: scene.keyness(),
        keyness_notes: scene.keyness_notes(),
        charts: charts
            .iter()
            .filter(|chart| !charts::is_of_labels(&chart.name) && !chart.is_of_one_frame())
            .map(|chart| charts::chart(chart, &found.counts.lexicons, inputs.options.pdf))
            .collect(),
        sampling: scene.sampling(),
        problems: scene.problems(&found.problems),
        settings: scene.settings(),
        explore: scene.explore(),
        files: scene.files(charts),
    }
}

pub(super) struct PageContext<'a> {
    pub(super) found: &'a Finished,
    /// The run folder in the making.
    pub(super) folder: &'a Folder,
    pub(super) estimates: &'a Estimates,
    pub(super) inputs: &'a Inputs<'a>,
    pub(super) examples: &'a Examples,
    /// Groups on the page, largest first.
    pub(super) groups: &'a [usize],
    /// Frames on the page.
    pub(super) shown: &'a Shown,
    pub(super) names: Vec<String>,
}

impl PageContext<'_> {
    pub(super) fn plan(&self) -> &Plan<'_> {
        self.inputs.frames
    }

    pub(super) fn row(&self, group: usize, frame: usize) -> Option<&FrameRow> {
        self.estimates.frames.get(group * self.plan().frames().len() + frame)
    }

    /// The name of the study; without one, its largest groups and its years.
    fn title(&self) -> String {
        let given = &self.inputs.options.title;
        if !given.is_empty() {
            return given.clone();
        }
        let names: Vec<&str> = self.groups.iter().map(|&group| self.names[group].as_str()).collect();
        let who = match (names.as_slice(), self.names.len()) {
            ([], _) => return String::new(),
            ([one], 1) => (*one).to_string(),
            ([first @ .., last], all) if all == names.len() && all <= NAMED + 1 => {
                format!("{} and {last}", first.join(", "))
            }
            (names, all) => {
                let shown = &names[..names.len().min(NAMED)];
                format!("{} and {} more", shown.join(", "), all - shown.len())
            }
        };
        let years = self.found.counts.dates.iter().flatten().map(Date::year).filter(|year| YEARS.contains(year));
        match (years.clone().min(), years.max()) {
            (Some(first), Some(last)) if first == last => format!("{who}, {first}"),
            (Some(first), Some(last)) => format!("{who}, {first}–{last}"),
            _ => who,
        }
    }

    fn counted(&self) -> Counted {
        let totals = &self.found.totals;
        let left_out = [
            (totals.lost, "records that could not be read"),
            (totals.duplicates, "duplicates of earlier articles"),
            (totals.empty, "articles without words"),
            (totals.without_lexicon.values().sum(), "articles in languages without a lexicon"),
            (totals.furniture_words, "words of boilerplate"),
            (totals.repeat_words, "words of repeated passages"),
            (totals.uncounted_hits, "hits in these passages or in voices that are not counted"),
        ];
        let left_out = left_out.into_iter().filter(|(n, _)| *n > 0);
        let language = |(code, n): (&String, &u64)| (if code == "und" { "not known" } else { code }.to_string(), *n);
        Counted {
            articles_read: totals.articles,
            articles: totals.counted,
            outlets: totals.outlets.len() as u64,
            words: totals.words.saturating_sub(totals.furniture_words + totals.repeat_words),
            hits: totals.hits,
            left_out: left_out.map(|(n, what)| (singular(n, what), n)).collect(),
            languages: totals.counted_languages.iter().map(language).collect(),
        }
    }

    /// Articles and words, as the rates count them.
    pub(super) fn size(&self, group: usize) -> (u64, u64) {
        let size = self.inputs.tables.sums().size(group);
        match self.row(group, 0) {
            Some(row) => (u64::from(row.articles), row.words),
            None => (size.counted, size.words),
        }
    }

    fn group(&self, group: usize) -> Group {
        let (articles, words) = self.size(group);
        let frames = self.shown.frames.iter().copied();
        Group {
            label: self.names[group].clone(),
            articles,
            words,
            cells: frames.filter_map(|frame| self.row(group, frame)).map(|row| self.cell(row)).collect(),
        }
    }

    fn cell(&self, row: &FrameRow) -> Cell {
        let in_voice = |(voice, _)| self.inputs.tables.sums().hits_in(voice, row.group, row.frame);
        Cell {
            hits: row.hits,
            articles_with_hit: u64::from(row.articles_with_hits),
            rate: measure(&row.rate),
            prevalence: measure(&row.prevalence),
            voices: VOICES.map(in_voice).to_vec(),
            versus: if self.names.len() > 1 {
                self.estimates.comparison(row.group, row.frame).map(versus)
            } else {
                None
            },
            examples: self.examples.of(GroupId::new(row.group), FrameId::new(row.frame)),
        }
    }

    /// The groups that are too small to be tested alone, as one.
    fn smaller(&self) -> Option<Group> {
        let smaller = self.estimates.smaller.as_ref()?;
        let frames: Vec<&ComparisonRow> =
            self.shown.frames.iter().filter_map(|&frame| smaller.rows.get(frame)).collect();
        let (articles, words) = frames.first().map_or((0, 0), |row| (u64::from(row.articles[0]), row.words[0]));
        let cell = |row: &ComparisonRow| Cell { hits: row.hits[0], versus: Some(versus(row)), ..Cell::default() };
        let label = format!("{} smaller groups together", smaller.groups.len());
        Some(Group { label, articles, words, cells: frames.into_iter().map(cell).collect() })
    }

    /// In the order of the referents.
    fn label_charts(&self, charts: &[LinkedChart]) -> Vec<(String, Chart)> {
        let drawn = charts
            .iter()
            .filter(|chart| charts::is_of_labels(&chart.name))
            .map(|chart| charts::chart(chart, &self.found.counts.lexicons, self.inputs.options.pdf));
        let referents = subjects::referents(self.found).into_iter().map(|(referent, _)| referent.to_string());
        let titled = |(referent, chart): (String, Chart)| {
            let title = format!("{}: {referent}", chart.title);
            (referent, Chart { title, ..chart })
        };
        referents.zip(drawn).map(titled).collect()
    }

    fn keyness(&self) -> Vec<KeyGroup> {
        let keyness = self.estimates.lexical.keyness.as_ref();
        keyness.map_or_else(Vec::new, |keyness| lexical::key_groups(keyness, &self.names, self.groups))
    }

    fn keyness_notes(&self) -> String {
        self.estimates
            .lexical
            .keyness
            .as_ref()
            .map_or_else(String::new, |keyness| lexical::key_notes(keyness, self.groups.len()))
    }

    fn sampling(&self) -> String {
        format!(
            "Drawn at random, the same in every run with this seed ({}): three hits of each frame in each group.",
            self.examples.seed
        )
    }

    /// The gravest first; of one severity in the order in which they were found.
    fn problems(&self, problems: &[Problem]) -> Problems {
        let totals = &self.found.totals;
        let mut sorted: Vec<&Problem> = problems.iter().collect();
        sorted.sort_by_key(|problem| std::cmp::Reverse(problem.severity));
        let trouble = |problem: &Problem| Trouble {
            severity: problem.severity.to_string(),
            kind: problem.kind.to_string(),
            place: shown(None, &problem.place.to_string()),
            found: problem.found.clone(),
            expected: problem.expected.clone(),
            hint: problem.hint.clone(),
        };
        Problems {
            errors: totals.lost,
            warnings: totals.warnings,
            notes: totals.notes,
            rows: sorted.into_iter().take(MOST_PROBLEMS).map(trouble).collect(),
        }
    }
}

/// A comparison, as the page says it.
fn versus(row: &ComparisonRow) -> Versus {
    Versus {
        articles: u64::from(row.articles[1]),
        words: row.words[1],
        hits: row.hits[1],
        log2_ratio: Measure { why: missing(row), ..measure(&row.smoothed_log_ratio) },
        q: row.q.value(),
    }
}

/// `2 duplicates of earlier articles`, `1 duplicate of earlier articles`: the first word follows the number.
fn singular(number: u64, what: &str) -> String {
    let (noun, rest) = what.split_once(' ').unwrap_or((what, ""));
    let noun = if number == 1 { noun.trim_end_matches('s') } else { noun };
    format!("{noun} {rest}")
}
