//! Which charts a run draws, of which estimates.
//!
//! In: estimates. Out: drawings by file name.
//! Invariant: the same groups in the same order on every chart; what is left out is said on it.

use super::chart::{self, Contrast, Dots, Heatmap, Label, Scale, Words};
use super::doors::{DrawnChart, Led, door_of_bar, known, led};
use super::file_names::file_names;
use super::inputs::Inputs;
use super::lexical;
use super::shown::plain;
use super::shown_frames::Shown;
use super::subjects;
use super::tables::Finished;
use crate::estimates::{Estimates, Specifications};
use crate::results::stamp;
use rayon::prelude::*;

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

/// Every chart of the run.
pub(super) fn draw(
    found: &Finished,
    estimates: &Estimates,
    inputs: &Inputs<'_>,
) -> Result<Vec<DrawnChart>, chart::ChartError> {
    let scene = Scene::new(found, estimates, inputs);
    let by_frame = if inputs.options.charts_by_frame { scene.by_frame() } else { Vec::new() };
    let mut charts = if inputs.frames.labels().is_empty() { Vec::new() } else { scene.charts_of_frames() };
    charts.extend(scene.charts_of_words());
    let wanted = &inputs.options.only_charts;
    for (file, scene) in &by_frame {
        let of_frame = scene.charts_of_frames().into_iter().filter(|(kind, _)| BY_FRAME.contains(&kind.as_str()));
        charts.extend(of_frame.map(|(kind, draw)| (format!("{kind}/{file}"), draw)));
    }
    charts.retain(|(name, _)| wanted.is_empty() || wanted.iter().any(|kind| is_kind(name, kind)));
    let drawn = |(name, draw): (String, Draw<'_>)| {
        let (drawing, doors) = draw()?;
        Ok(DrawnChart { name, drawing, doors })
    };
    charts.into_par_iter().map(drawn).collect()
}

/// Draws a chart.
type Draw<'s> = Box<dyn Fn() -> Led + Send + Sync + 's>;

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

/// Those with a panel for each frame, which can be a file for each.
const BY_FRAME: [&str; 7] = ["frames", "comparisons", "voices", "positions", "timeline", "stories", "specifications"];

/// `labels` for the first, `labels-2` for the second.
fn numbered(kind: &str, place: usize) -> String {
    if place == 0 { kind.to_string() } else { format!("{kind}-{}", place + 1) }
}

/// `labels-2` is of the kind `labels`, and so is `frames/terrorism` of the kind `frames`.
fn is_kind(name: &str, kind: &str) -> bool {
    let name = name.split('/').next().unwrap_or_default();
    let (stem, number) = name.rsplit_once('-').unwrap_or((name, ""));
    name == kind || (stem == kind && number.bytes().all(|b| b.is_ascii_digit()))
}

impl Scene<'_> {
    /// The charts of frames.
    fn charts_of_frames(&self) -> Vec<(String, Draw<'_>)> {
        let mut charts: Vec<(String, Draw<'_>)> = vec![
            ("frames".to_string(), Box::new(|| known(chart::dots(&self.dots())))),
            ("heatmap".to_string(), Box::new(|| known(chart::heatmap(&self.heatmap())))),
            ("comparisons".to_string(), Box::new(|| known(chart::diverging(&self.diverging())))),
            ("voices".to_string(), Box::new(|| led(chart::stacked(&self.voices()), |point| self.door_of_voice(point)))),
            ("positions".to_string(), Box::new(|| known(chart::positions(&self.positions())))),
            (
                "cooccurrence".to_string(),
                Box::new(|| led(chart::heatmap(&self.cooccurrence()), |point| self.door_of_pair(point))),
            ),
        ];
        for (i, (shift, frame, groups)) in self.entry_shifts().into_iter().enumerate() {
            let to =
                move |point: &chart::Point, shift: &chart::Contributions| door_of_bar(point, shift, &frame, groups);
            let draw = move || led(chart::contributions(&shift), |point| to(point, &shift));
            charts.push((numbered("entry-shifts", i), Box::new(draw)));
        }
        let timeline = || {
            let (timeline, starts) = self.timeline();
            led(chart::timeline(&timeline), |point| self.door_of_period(point, &starts))
        };
        charts.push(("timeline".to_string(), Box::new(timeline)));
        if let Some(split) = self.split() {
            let draw = move || led(chart::split(&split), |point| self.door_of_stories(point, &split.groups));
            charts.push(("stories".to_string(), Box::new(draw)));
        }
        if let Some(found) = &self.estimates.specifications {
            let draw = move || led(chart::curves(&self.curves(found)), |point| self.door_of_choice(point, found.group));
            charts.push(("specifications".to_string(), Box::new(draw)));
        }
        charts
    }

    /// The charts of key words, labels and sentiment.
    fn charts_of_words(&self) -> Vec<(String, Draw<'_>)> {
        let mut charts: Vec<(String, Draw<'_>)> = Vec::new();
        if let Some(keyness) = self.keyness() {
            charts.push(("keyness".to_string(), Box::new(move || known(chart::keyness(&keyness)))));
        }
        for (i, (referent, labels)) in subjects::referents(self.found).into_iter().enumerate() {
            let draw = move || {
                let bars = chart::stacked(&self.referent(referent, &labels));
                led(bars, |point| self.door_of_label(point, referent, &labels))
            };
            charts.push((numbered("labels", i), Box::new(draw)));
        }
        for scale in 0..self.found.counts.lexicons.len() {
            let draw = move || led(chart::sentiment(&self.sentiment(scale)), |point| self.door_of_tone(point, scale));
            charts.push((numbered("sentiment", scale), Box::new(draw)));
        }
        for scale in 0..self.found.counts.lexicons.len() {
            let Some(bars) = self.contributions(scale) else { continue };
            let (frame, groups) = (self.unit_of_scale(scale), [self.groups.first(), self.groups.get(1)]);
            let groups = groups.map(Option::<&usize>::copied);
            let draw = move || led(chart::contributions(&bars), |point| door_of_bar(point, &bars, &frame, groups));
            charts.push((numbered("contributions", scale), Box::new(draw)));
        }
        charts
    }
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

    /// The same scene with one frame only, for each frame that is shown, and its file name.
    fn by_frame(&self) -> Vec<(String, Scene<'_>)> {
        let files = file_names(self.inputs.frames.frames());
        let scene = |(&frame, label): (&usize, &Label)| {
            let scene = Scene {
                groups: self.groups.clone(),
                left_out: self.left_out.clone(),
                names: self.names.clone(),
                title: self.title.clone(),
                shown: Shown { frames: vec![frame], note: String::new() },
                frames: vec![label.clone()],
                ..*self
            };
            (files[frame].clone(), scene)
        };
        self.shown.frames.iter().zip(&self.frames).map(scene).collect()
    }

    pub(super) fn words(&self, title: &str, subtitle: &str, notes: &[&str]) -> Words {
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
        Words {
            title: title.to_string(),
            subtitle: subtitle.to_string(),
            notes,
            width: options.width.pixels(),
            untitled: !options.titles,
            language: options.language,
            theme: options.theme,
        }
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
        let family = format!(
            "q: Benjamini–Hochberg over {tests} comparisons; p of sides drawn at one rate. All of them: comparisons.csv."
        );
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
}
