//! Which charts a run draws, of which estimates.
//!
//! In: estimates. Out: drawings by file name.
//! Invariant: the same groups in the same order on every chart; what is left out is said on it.

use super::chart::{self, Contrast, Dots, Drawing, Heatmap, Label, Scale, Sentiment, Words};
use super::entry_charts;
use super::inputs::Inputs;
use super::lexical;
use super::shown::plain;
use super::shown_frames::Shown;
use super::subjects;
use super::tables::Finished;
use super::tone_charts;
use crate::estimates::{EntriesByFrame, Estimates, Specifications};
use crate::results::{headline, stamp};
use crate::statistics::ComparisonRow;
use crate::statistics::difference::difference;
use crate::voice::Voice;
use rayon::prelude::*;
use std::ops::Range;

/// What every chart needs.
pub(super) struct Scene<'a> {
    pub(super) found: &'a Finished,
    pub(super) estimates: &'a Estimates,
    pub(super) inputs: &'a Inputs<'a>,
    /// Groups on the charts, largest first.
    pub(super) groups: Vec<usize>,
    pub(super) left_out: Vec<String>,
    /// Frames on the charts, and their labels.
    pub(super) shown: Shown,
    pub(super) frames: Vec<Label>,
    pub(super) names: Vec<String>,
    pub(super) title: String,
}

/// File names without extension, and the drawings.
pub(super) fn draw(
    found: &Finished,
    estimates: &Estimates,
    inputs: &Inputs<'_>,
) -> Result<Vec<(String, Drawing)>, chart::ChartError> {
    let labels = inputs.frames.labels();
    let scene = Scene::new(found, estimates, inputs);
    type Draw<'s> = Box<dyn Fn() -> Result<Drawing, chart::ChartError> + Send + Sync + 's>;
    let mut charts: Vec<(String, Draw<'_>)> = Vec::new();
    if !labels.is_empty() {
        charts.push(("frames".to_string(), Box::new(|| chart::dots(&scene.dots()))));
        charts.push(("heatmap".to_string(), Box::new(|| chart::heatmap(&scene.heatmap()))));
        charts.push(("comparisons".to_string(), Box::new(|| chart::diverging(&scene.diverging()))));
        charts.push(("voices".to_string(), Box::new(|| chart::stacked(&scene.voices()))));
        charts.push(("positions".to_string(), Box::new(|| chart::positions(&scene.positions()))));
        charts.push(("cooccurrence".to_string(), Box::new(|| chart::heatmap(&scene.cooccurrence()))));
        for (i, shift) in scene.entry_shifts().into_iter().enumerate() {
            charts.push((numbered("entry-shifts", i), Box::new(move || chart::contributions(&shift))));
        }
        charts.push(("timeline".to_string(), Box::new(|| chart::timeline(&scene.timeline()))));
        if let Some(split) = scene.split() {
            charts.push(("stories".to_string(), Box::new(move || chart::split(&split))));
        }
        if let Some(found) = &estimates.specifications {
            let scene = &scene;
            charts.push(("specifications".to_string(), Box::new(move || chart::curves(&scene.curves(found)))));
        }
    }
    if let Some(keyness) = scene.keyness() {
        charts.push(("keyness".to_string(), Box::new(move || chart::keyness(&keyness))));
    }
    for (i, (referent, labels)) in subjects::referents(found).into_iter().enumerate() {
        let scene = &scene;
        charts.push((numbered("labels", i), Box::new(move || chart::stacked(&scene.referent(referent, &labels)))));
    }
    for lexicon in 0..found.counts.lexicons.len() {
        let scene = &scene;
        charts.push((numbered("sentiment", lexicon), Box::new(move || chart::sentiment(&scene.sentiment(lexicon)))));
    }
    let shifts = (0..found.counts.lexicons.len()).filter_map(|scale| Some((scale, scene.contributions(scale)?)));
    for (scale, contributions) in shifts {
        charts.push((numbered("contributions", scale), Box::new(move || chart::contributions(&contributions))));
    }
    let wanted = &inputs.options.only_charts;
    charts.retain(|(name, _)| wanted.is_empty() || wanted.iter().any(|kind| is_kind(name, kind)));
    charts.into_par_iter().map(|(name, draw)| Ok((name, draw()?))).collect()
}

/// Kinds of charts, as they are asked for: `labels` are those of all referents.
pub const KINDS: [&str; 14] = [
    "frames",
    "heatmap",
    "comparisons",
    "voices",
    "positions",
    "cooccurrence",
    "entry-shifts",
    "timeline",
    "stories",
    "specifications",
    "keyness",
    "labels",
    "sentiment",
    "contributions",
];

/// `labels` for the first, `labels-2` for the second.
fn numbered(kind: &str, place: usize) -> String {
    if place == 0 { kind.to_string() } else { format!("{kind}-{}", place + 1) }
}

/// `labels-2` is of the kind `labels`.
fn is_kind(name: &str, kind: &str) -> bool {
    let (stem, number) = name.rsplit_once('-').unwrap_or((name, ""));
    name == kind || (stem == kind && number.bytes().all(|b| b.is_ascii_digit()))
}

impl<'a> Scene<'a> {
    fn new(found: &'a Finished, estimates: &'a Estimates, inputs: &'a Inputs<'a>) -> Scene<'a> {
        let (labels, options) = (inputs.frames.labels(), inputs.options);
        let order = super::order::groups(inputs, estimates, &found.counts.group_names());
        let shown = order.len().min(options.max_groups);
        let of_frames = Shown::of(estimates, labels.len());
        let mut left_out = Vec::new();
        if shown < order.len() {
            let rest: u64 = order[shown..].iter().map(|&group| inputs.tables.sums().size(group).counted).sum();
            left_out.push(format!(
                "The {shown} groups with most articles; {} more with {rest} articles in all are in the tables.",
                order.len() - shown
            ));
        }
        Scene {
            found,
            estimates,
            inputs,
            groups: order[..shown].to_vec(),
            left_out,
            frames: of_frames.frames.iter().map(|&frame| Label::plain(&labels[frame])).collect(),
            shown: of_frames,
            names: found.counts.group_names(),
            title: if options.title.is_empty() { String::new() } else { format!("{}. ", options.title) },
        }
    }

    fn words(&self, title: &str, subtitle: &str, notes: &[&str]) -> Words {
        let mut notes: Vec<String> = notes.iter().map(|note| (*note).to_string()).collect();
        notes.extend(self.left_out.iter().cloned());
        self.words_alone(title, subtitle, notes)
    }

    /// Words of a chart of frames.
    pub(super) fn words_of_frames(&self, title: &str, subtitle: &str, notes: &[&str]) -> Words {
        let mut words = self.words(title, subtitle, notes);
        self.tell_of_frames(&mut words);
        words
    }

    /// Says which frames are left out, and what coders have said of those that are shown: the last note.
    pub(super) fn tell_of_frames(&self, words: &mut Words) {
        let stamps: Vec<_> =
            self.shown.frames.iter().filter_map(|&frame| self.inputs.stamps.get(frame).cloned()).collect();
        if let Some(last) = words.notes.last_mut() {
            *last = format!("{}{}", self.title, stamp::note(&stamps));
        }
        if !self.shown.note.is_empty() {
            words.notes.insert(0, self.shown.note.clone());
        }
    }

    /// Words of a chart whose groups are not those of the others: nothing is said of which groups are shown.
    pub(super) fn words_alone(&self, title: &str, subtitle: &str, mut notes: Vec<String>) -> Words {
        notes.push(format!("{}{}", self.title, stamp::note(&[])));
        let options = self.inputs.options;
        let (width, untitled, language) = (options.width.pixels(), !options.titles, options.language);
        Words { title: title.to_string(), subtitle: subtitle.to_string(), notes, width, untitled, language }
    }

    pub(super) fn labels(&self) -> Vec<Label> {
        let label = |&group: &usize| Label::counted(&self.names[group], self.inputs.tables.sums().size(group).counted);
        self.groups.iter().map(label).collect()
    }

    /// By frame, then group.
    fn rates(&self) -> Vec<Vec<chart::Estimate>> {
        let frames = self.found.counts.frames.len();
        let cell = |frame: usize, group: usize| plain(&self.estimates.frames[group * frames + frame].rate);
        self.shown.frames.iter().map(|&frame| self.groups.iter().map(|&group| cell(frame, group)).collect()).collect()
    }

    fn dots(&self) -> Dots {
        Dots {
            words: self.words_of_frames(
                "How often each frame's vocabulary is found",
                "Hits per 1,000 words without site furniture and repeats; bars: 95 % intervals, articles as units",
                &[],
            ),
            unit: "hits per 1,000 words".to_string(),
            frames: self.frames.clone(),
            outlets: self.labels(),
            cells: self.rates(),
            means: self.shown.frames.iter().map(|&frame| self.mean(frame)).collect(),
            scale: Scale::PerPanel,
        }
    }

    /// The rate of all groups together, where there are several.
    fn mean(&self, frame: usize) -> Option<f64> {
        let frames = self.found.counts.frames.len();
        let rows = || self.estimates.frames.iter().skip(frame).step_by(frames);
        let words: u64 = rows().map(|row| row.words).sum();
        let hits: u64 = rows().map(|row| row.hits).sum();
        (rows().count() > 1 && words > 0).then(|| hits as f64 / words as f64 * 1000.0)
    }

    fn heatmap(&self) -> Heatmap {
        Heatmap {
            words: self.words_of_frames(
                "Frames by group",
                "Hits per 1,000 words without site furniture and repeats",
                &["Intervals (articles as units): chart of frames, frames.csv."],
            ),
            unit: "hits per 1,000 words".to_string(),
            frames: self.frames.clone(),
            outlets: self.labels(),
            cells: self.rates(),
            shade: chart::Shade::PerFrame,
        }
    }

    fn cooccurrence(&self) -> Heatmap {
        let mut words = self.words_alone(
            "Frames that meet in a sentence",
            "Of all sentences with either frame, the share that has both (Jaccard); all groups together",
            vec![
                "Sentences of one article are not independent: no intervals. Also by article: cooccurrence.csv."
                    .to_string(),
            ],
        );
        self.tell_of_frames(&mut words);
        Heatmap {
            words,
            unit: "share of the sentences with either frame".to_string(),
            frames: self.frames.clone(),
            outlets: self.frames.clone(),
            cells: lexical::sentence_map(&self.estimates.lexical, self.inputs.frames, &self.shown.frames),
            shade: chart::Shade::default(),
        }
    }

    fn diverging(&self) -> chart::Diverging {
        let frames = self.found.counts.frames.len();
        let contrast = |frame: usize, group: usize| {
            let row = &self.estimates.comparisons[group * frames + frame];
            Contrast { estimate: plain(&row.smoothed_log_ratio), q: row.q.value() }
        };
        let tests = self.estimates.comparisons.first().map_or(0, |row| row.family);
        let family = format!("q: Benjamini–Hochberg over {tests} comparisons; p of sides drawn at one rate.");
        chart::Diverging {
            words: self.words_of_frames(
                "Each group against all others",
                "log2 of the group's rate over the rest's; bars: 95 % intervals, articles as units; filled: q < 0.05 and an \
                 interval; blue: more than in the rest, orange: less",
                &[&family],
            ),
            unit: "log2 ratio (+1: twice as often as in the rest)".to_string(),
            panels: self.frames.clone(),
            less: self.frames.iter().map(|_| "less often".to_string()).collect(),
            more: self.frames.iter().map(|_| "more often".to_string()).collect(),
            rows: self.labels(),
            cells: self
                .shown
                .frames
                .iter()
                .map(|&f| self.groups.iter().map(|&group| contrast(f, group)).collect())
                .collect(),
            scale: Scale::Shared,
        }
    }

    fn voices(&self) -> chart::Stacked {
        let voices = [Voice::Own, Voice::Attributed, Voice::Quoted, Voice::Scare, Voice::Marked, Voice::Mention];
        let own = |group: usize, frame: usize| {
            let interval = self.estimates.voice(group, frame, Voice::Own)?.share.interval?;
            Some((interval.low().unwrap_or(0.0), interval.high().unwrap_or(1.0)))
        };
        let shares = |frame: usize, group: usize| {
            let counts: Vec<u64> =
                voices.iter().map(|&voice| self.inputs.tables.sums().hits_in(voice, group, frame)).collect();
            match counts.iter().sum() {
                0 => chart::Shares { why: "no hits".to_string(), ..chart::Shares::default() },
                _ => chart::Shares { counts: Some(counts), first: own(group, frame), ..chart::Shares::default() },
            }
        };
        chart::Stacked {
            words: self.words_of_frames(
                "Who is speaking when the words fall",
                "Share of counted hits by voice",
                &[
                    "Voices by rule, not by hand; whiskers: 95 % intervals of the share of the own voice, articles as units; pale: fewer than 5 hits.",
                    "Intervals, p and q of every voice are in voices.csv.",
                ],
            ),
            parts: ["own voice", "attributed", "quoted", "scare quotes", "in marks, no speaker found", "mentioned"]
                .map(|part| self.inputs.options.language.say(part))
                .to_vec(),
            cases: "hits".to_string(),
            panels: self.frames.clone(),
            rows: self.labels(),
            cells: self
                .shown
                .frames
                .iter()
                .map(|&f| self.groups.iter().map(|&group| shares(f, group)).collect())
                .collect(),
        }
    }

    fn referent(&self, referent: &str, labels: &Range<usize>) -> chart::Stacked {
        let words = self.words(
            &format!("Rival labels: {referent}"),
            "Share of each label among the counted hits of all of them",
            &["Intervals and tests are in labels.csv."],
        );
        subjects::bars(self.found, self.estimates, labels, &self.groups, self.labels(), words)
    }

    fn curves(&self, found: &Specifications) -> chart::Curves {
        let others = self.inputs.options.language.say("all others");
        let other = found.other.map_or(others.as_str(), |other| &self.names[other]);
        let words = self.words_of_frames(
            &format!("{} against {other}, under other choices", self.names[found.group]),
            "Each column is one combination of choices, sorted; bars: 95 % intervals, articles as units; filled: p < 0.05, \
             each alone; upright line: the choices of the study",
            &["Read each curve as a whole: of many combinations some differ by chance."],
        );
        super::curves::curves(found, &self.frames, &self.shown, words)
    }

    fn sentiment(&self, number: usize) -> Sentiment {
        let rows = &self.estimates.sentiment[number];
        let scorer = self.inputs.scorer;
        let (title, subtitle, unit) =
            tone_charts::score_words(scorer.options.mode, &scorer.scales.all[number], scorer.role(number));
        let label = |&group: &usize| Label::counted(&self.names[group], u64::from(rows[group].articles));
        let score = |&group: &usize| plain(&headline(self.estimates, scorer.options.mode, number, group));
        Sentiment {
            words: self.words(
                title,
                &subtitle,
                &["Dictionary sentiment agrees poorly with human coding in general; validate before publishing."],
            ),
            unit: unit.to_string(),
            heading: "mean [95 % interval]".to_string(),
            less: "more negative".to_string(),
            more: "more positive".to_string(),
            outlets: self.groups.iter().map(label).collect(),
            values: self.groups.iter().map(score).collect(),
        }
    }

    /// The two groups with most articles.
    fn contributions(&self, number: usize) -> Option<chart::Contributions> {
        let (&[one, other], scorer) = (self.groups.first_chunk::<2>()?, self.inputs.scorer);
        let scale = &scorer.scales.all[number];
        let named = |group: usize| (group, self.names[group].as_str());
        let plan = &scorer.plans()[scale.plan];
        let words = |title: &str, subtitle: &str, notes: &[&str]| {
            let mut notes: Vec<String> = notes.iter().map(|note| (*note).to_string()).collect();
            notes.push("The two groups with most articles; each against the rest: sentiment_shifts.csv.".to_string());
            self.words_alone(title, subtitle, notes)
        };
        let mean = |group: usize| &self.estimates.sentiment[number][group].mean_valence;
        let pair = [named(one), named(other)];
        let difference = difference(mean(one), mean(other));
        tone_charts::contributions(&self.found.contributions, plan, (number, scale), pair, &difference, words)
    }

    /// The entries behind the best supported comparisons.
    fn entry_shifts(&self) -> Vec<chart::Contributions> {
        let is_shown = |row: &ComparisonRow| self.groups.contains(&row.group) && self.shown.frames.contains(&row.frame);
        let plan = self.inputs.frames;
        let entries = EntriesByFrame::of(plan, &self.found.frame_usage);
        let words = |title: &str, subtitle: &str, notes: &[&str]| {
            self.words_alone(title, subtitle, notes.iter().map(|note| (*note).to_string()).collect())
        };
        let shift = |(row, against): entry_charts::Against<'_>| {
            let others = self.inputs.options.language.say("all others");
            let other = against.map_or(others.as_str(), |other| self.names[other].as_str());
            let names = [self.names[row.group].as_str(), other, plan.labels()[row.frame].as_str()];
            entry_charts::entry_shift(&entries, plan, (row, against), names, words)
        };
        entry_charts::best(self.estimates, is_shown).into_iter().filter_map(shift).collect()
    }
}
