//! Which charts a run draws, of which estimates.
//!
//! In: estimates. Out: drawings by file name.
//! Invariant: the same groups in the same order on every chart; what is left out is said on it.

use super::chart::{self, Contrast, Curves, Dots, Heatmap, Label, Scale, Words};
use super::chart_pages::{Part, Planned};
use super::file_names::file_names;
use super::inputs::Inputs;
use super::links::{LinkedChart, LinkedDrawing, link_of_bar, with_links, without_links};
use super::shown::plain;
use super::shown_frames::Shown;
use super::subjects;
use super::tables::Finished;
use crate::estimates::{Estimates, Specifications};
use crate::results::stamp;
use rayon::prelude::*;

/// What every chart needs.
pub(super) struct ChartContext<'a> {
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
    /// Which page of a chart this is, where it has several.
    part: Option<Part>,
}

/// Every chart of the run.
pub(super) fn draw(
    found: &Finished,
    estimates: &Estimates,
    inputs: &Inputs<'_>,
) -> Result<Vec<LinkedChart>, chart::ChartError> {
    let context = ChartContext::new(found, estimates, inputs);
    let by_frame = if inputs.options.charts_by_frame { context.by_frame() } else { Vec::new() };
    let mut charts = if inputs.frames.labels().is_empty() { Vec::new() } else { context.charts_of_frames() };
    charts.extend(context.charts_of_words());
    let wanted = &inputs.options.only_charts;
    for (file, context) in &by_frame {
        let panels = context.panels().into_iter().chain(context.panels_of_time());
        let panels = panels.filter(|chart| BY_FRAME.contains(&chart.name.as_str()));
        charts.extend(panels.map(|chart| {
            let name = format!("{}/{file}", chart.name);
            chart.renamed(name)
        }));
    }
    charts.retain(|chart| wanted.is_empty() || wanted.iter().any(|kind| is_kind(&chart.name, kind)));
    let is_for_paper = inputs.options.pixels().is_some();
    charts.into_par_iter().map(|chart| chart.drawn(is_for_paper)).collect()
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

impl ChartContext<'_> {
    /// A chart with a panel, or a column, for each frame.
    fn of_frames(&self, name: &str, draw: fn(&ChartContext<'_>) -> LinkedDrawing) -> Planned<'_> {
        let hits = self.found.counts.hits_by_frame();
        let hits = self.shown.frames.iter().map(|&frame| hits[frame]).collect();
        Planned::parted(name, hits, move |part| match part {
            Some(part) => draw(&self.part(part)),
            None => draw(self),
        })
    }

    /// The charts of frames.
    fn charts_of_frames(&self) -> Vec<Planned<'_>> {
        let mut charts = self.panels();
        charts.push(Planned::whole("cooccurrence", || {
            with_links(chart::cooccurrence(&self.cooccurrence()), |point| self.link_of_pair(point))
        }));
        for (i, (shift, frame, groups)) in self.entry_shifts().into_iter().enumerate() {
            let to =
                move |point: &chart::Point, shift: &chart::Contributions| link_of_bar(point, shift, &frame, groups);
            let draw = move || with_links(chart::contributions(&shift), |point| to(point, &shift));
            charts.push(Planned::whole(numbered("entry-shifts", i), draw));
        }
        charts.extend(self.panels_of_time());
        charts
    }

    /// Rates of frames in groups, and who is speaking.
    fn panels(&self) -> Vec<Planned<'_>> {
        vec![
            self.of_frames("frames", |context| without_links(chart::dots(&context.dots()))),
            self.of_frames("heatmap", |context| without_links(chart::heatmap(&context.heatmap()))),
            // a list where there are too many for a page
            Planned::whole("comparisons", || without_links(chart::diverging(&self.diverging()))),
            self.of_frames("voices", |context| {
                with_links(chart::stacked(&context.voices()), |point| context.link_of_voice(point))
            }),
            self.of_frames("positions", |context| without_links(chart::positions(&context.positions()))),
        ]
    }

    /// Frames over time, by story, and under other choices.
    fn panels_of_time(&self) -> Vec<Planned<'_>> {
        let mut charts = vec![self.of_frames("timeline", |context| {
            let (timeline, starts) = context.timeline();
            with_links(chart::timeline(&timeline), |point| context.link_of_period(point, &starts))
        })];
        if self.split().is_some() {
            charts.push(self.of_frames("stories", |context| {
                let split = context.split().unwrap_or_default();
                with_links(chart::split(&split), |point| context.link_of_stories(point, &split.groups))
            }));
        }
        if self.estimates.specifications.is_some() {
            charts.push(self.of_frames("specifications", |context| {
                let Some(found) = &context.estimates.specifications else {
                    return without_links(chart::curves(&Curves::default()));
                };
                with_links(chart::curves(&context.curves(found)), |point| context.link_of_choice(point, found.group))
            }));
        }
        charts
    }

    /// The charts of key words, labels and sentiment.
    fn charts_of_words(&self) -> Vec<Planned<'_>> {
        let mut charts = Vec::new();
        if let Some(keyness) = self.keyness() {
            charts.push(Planned::whole("keyness", move || without_links(chart::keyness(&keyness))));
        }
        for (i, (referent, labels)) in subjects::referents(self.found).into_iter().enumerate() {
            let shown = self.shown_labels(&labels);
            let hits = shown.iter().map(|&label| self.hits_of_label(label)).collect();
            let draw = move |part: Option<&Part>| {
                let chosen = |part: &Part| part.panels.iter().map(|&panel| shown[panel]).collect();
                let panels: Vec<usize> = part.map_or_else(|| shown.clone(), chosen);
                let chart = self.referent(referent, &labels, &panels, part);
                with_links(chart::labels(&chart), |point| self.link_of_label(point, referent, &panels))
            };
            charts.push(Planned::parted(numbered("labels", i), hits, draw));
        }
        for scale in 0..self.found.counts.lexicons.len() {
            let draw =
                move || with_links(chart::sentiment(&self.sentiment(scale)), |point| self.link_of_tone(point, scale));
            charts.push(Planned::whole(numbered("sentiment", scale), draw));
        }
        for scale in 0..self.found.counts.lexicons.len() {
            let Some(bars) = self.contributions(scale) else { continue };
            let (frame, groups) = (self.unit_of_scale(scale), [self.groups.first(), self.groups.get(1)]);
            let groups = groups.map(Option::<&usize>::copied);
            let draw =
                move || with_links(chart::contributions(&bars), |point| link_of_bar(point, &bars, &frame, groups));
            charts.push(Planned::whole(numbered("contributions", scale), draw));
        }
        charts
    }
}

impl<'a> ChartContext<'a> {
    fn new(found: &'a Finished, estimates: &'a Estimates, inputs: &'a Inputs<'a>) -> ChartContext<'a> {
        let (labels, options) = (inputs.frames.labels(), inputs.options);
        let order = super::order::groups(inputs, estimates, &found.counts.group_names());
        let shown = order.len().min(options.max_groups);
        let of_frames = Shown::of(estimates, labels.len());
        let mut left_out = Vec::new();
        if shown < order.len() {
            let rest: u64 = order[shown..].iter().map(|&group| inputs.tables.sums().size(group).counted).sum();
            left_out.push(format!(
                "The {shown} groups with most articles; {} more with {} articles in all are in the tables.",
                order.len() - shown,
                chart::count(rest)
            ));
        }
        ChartContext {
            found,
            estimates,
            inputs,
            groups: order[..shown].to_vec(),
            left_out,
            frames: of_frames.frames.iter().map(|&frame| Label::plain(&labels[frame])).collect(),
            shown: of_frames,
            names: found.counts.group_names(),
            part: None,
            title: if options.title.is_empty() { String::new() } else { format!("{}. ", options.title) },
        }
    }

    /// The same scene with one frame only, for each frame that is shown, and its file name.
    fn by_frame(&self) -> Vec<(String, ChartContext<'_>)> {
        let files = file_names(self.inputs.frames.frames());
        let context = |(place, &frame): (usize, &usize)| {
            let context = self.with_frames(&[place]);
            (files[frame].clone(), ChartContext { shown: Shown { note: String::new(), ..context.shown }, ..context })
        };
        self.shown.frames.iter().enumerate().map(context).collect()
    }

    /// The same scene with the frames of one page.
    fn part(&self, part: &Part) -> ChartContext<'_> {
        ChartContext { part: Some(part.clone()), ..self.with_frames(&part.panels) }
    }

    /// The same scene with some of its frames, by their places.
    fn with_frames(&self, places: &[usize]) -> ChartContext<'_> {
        ChartContext {
            groups: self.groups.clone(),
            left_out: self.left_out.clone(),
            names: self.names.clone(),
            title: self.title.clone(),
            shown: Shown {
                frames: places.iter().map(|&place| self.shown.frames[place]).collect(),
                note: self.shown.note.clone(),
            },
            frames: places.iter().map(|&place| self.frames[place].clone()).collect(),
            part: None,
            ..*self
        }
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
        if let Some(part) = &self.part {
            part.tell(words);
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
                "How often the words of each frame occur",
                "Hits per 1,000 words, without boilerplate and repeated passages; bars: 95 % intervals, articles as units",
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
                "Hits per 1,000 words, without boilerplate and repeated passages",
                &["Intervals (articles as units): see the chart of rates and frames.csv."],
            ),
            unit: "hits per 1,000 words".to_string(),
            frames: self.frames.clone(),
            outlets: self.labels(),
            cells: self.rates(),
            shade: chart::Shade::PerFrame,
        }
    }

    fn diverging(&self) -> chart::Diverging {
        let contrast = |frame: usize, group: usize| {
            let row = self.estimates.comparison(group, frame);
            let estimate = row.map_or_else(chart::Estimate::default, |row| plain(&row.smoothed_log_ratio));
            Contrast { estimate, q: row.and_then(|row| row.q.value()) }
        };
        let tests = self.estimates.comparisons.first().map_or(0, |row| row.family);
        let family = format!(
            "q: Benjamini–Hochberg over {tests} comparisons. All comparisons, with p and its method: comparisons.csv."
        );
        chart::Diverging {
            words: self.words_of_frames(
                "Each group against all others",
                "log2 ratio of the group's rate to that of all others; bars: 95 % intervals, articles as units; filled: q < 0.05 and an \
                 interval; blue: more often than in all others, orange: less often",
                &[&family],
            ),
            unit: "log2 ratio (+1: twice as often as in all others)".to_string(),
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

    fn curves(&self, found: &Specifications) -> Curves {
        let others = self.inputs.options.language.say("all others");
        let other = found.other.map_or(others.as_str(), |other| &self.names[other]);
        let words = self.words_of_frames(
            &format!("{} against {other}, under other choices", self.names[found.group]),
            "Each column is one combination of choices, sorted; bars: 95 % intervals, articles as units; filled: p < 0.05, not \
             corrected; vertical line: the choices of the study",
            &["Read each curve as a whole: of many combinations some differ by chance."],
        );
        super::curves::curves(found, &self.frames, &self.shown, words)
    }
}
