//! The charts on `index.html`: what each is called, how it is read, and where its marks lead.
//!
//! In: a chart's name and its drawing. Out: a [`Chart`].
//! Invariant: a mark is a group and a frame in the order of the page's.
//! It deliberately draws nothing: `charts` fills the drawings in.

use crate::report::chart::{self, Drawing};
use crate::report::html::{Chart, Mark};
use crate::report::shown::level;

/// Charts by file name: what each shows, and how to read it.
const CHARTS: &[(&str, &str, &str)] = &[
    ("frames", "Rates", "Each frame has a scale of its own; {bars} Numbers: frames.csv."),
    ("heatmap", "Rates at a glance", "The darker, the more hits per 1,000 words. Numbers and intervals: frames.csv."),
    (
        "comparisons",
        "Each group against all others",
        "Filled: q below .05 and an interval; blue: more than in the rest, orange: less; {bars} Numbers: comparisons.csv.",
    ),
    (
        "stories",
        "Other stories, or the same ones told otherwise",
        "Blue: as it tells more of some of the shared stories; orange: as it tells them otherwise; bars are intervals, stories as units. \
         Numbers: story_split.csv. Side by side: stories/index.html.",
    ),
    (
        "entry-shifts",
        "Entries that make the difference",
        "The comparison of a group with all others that has the smallest q; the bars sum to the difference of the two rates. All: entry_shifts.csv.",
    ),
    ("voices", "Who is speaking", "Shares of a frame’s counted hits; voices are decided by rule. Numbers: voices.csv."),
    ("labels", "Rival labels", "Shares of the counted hits of all labels. Numbers and intervals: labels.csv."),
    (
        "cooccurrence",
        "Frames that meet",
        "Of the sentences with either frame, the share that has both. Numbers: cooccurrence.csv.",
    ),
    ("timeline", "Over time", "Hits per 1,000 words by period; bands as well as {bars} Numbers: timeline.csv."),
    (
        "specifications",
        "The primary comparison under other choices",
        "One column a combination; under it the choices that depart from the study’s, which is the upright line; {bars} \
         Numbers: specifications.csv.",
    ),
    ("sentiment", "Sentiment", "Scores of each group; {bars} Numbers: sentiment.csv."),
    (
        "contributions",
        "Words that make the difference",
        "The two groups with most articles; the bars sum to the difference of their mean weights. Each group against the rest: sentiment_shifts.csv.",
    ),
];

/// A chart of the page; `lexicons` are the scales of sentiment, by which some charts are numbered.
pub(super) fn chart(name: &str, drawing: &Drawing, lexicons: &[String], has_pdf: bool) -> Chart {
    let (title, caption) = words(name, lexicons);
    Chart {
        title,
        caption,
        svg: drawing.inline.clone(),
        marks: marks(name, drawing),
        files: ["svg", "png", "pdf"][..if has_pdf { 3 } else { 2 }]
            .iter()
            .map(|kind| format!("charts/{name}.{kind}"))
            .collect(),
    }
}

/// The title of a chart, and how to read it.
pub(super) fn words(name: &str, lexicons: &[String]) -> (String, String) {
    let known = CHARTS.iter().find(|(known, _, _)| name.starts_with(known));
    let (title, how) = known.map_or((name, ""), |(_, title, how)| (*title, *how));
    let bars = format!("bars are {} intervals, articles as units.", level());
    let number = ["sentiment", "contributions"]
        .iter()
        .find_map(|kind| name.strip_prefix(kind))
        .map(|rest| rest.trim_start_matches('-').parse().unwrap_or(1_usize));
    let lexicon = number.and_then(|number| lexicons.get(number.checked_sub(1)?));
    let title = lexicon.map_or_else(|| title.to_string(), |lexicon| format!("{title} by {lexicon}"));
    (title, how.replace("{bars}", &bars))
}

/// The marks of a chart of groups and frames.
fn marks(chart: &str, drawing: &Drawing) -> Vec<Mark> {
    let columns = match chart {
        "frames" | "comparisons" | "voices" => false,
        "heatmap" => true,
        _ => return Vec::new(),
    };
    let mark = |point: &chart::Point| Mark {
        group: point.row,
        frame: if columns { point.column } else { point.panel },
        x: point.x,
        y: point.y,
    };
    drawing.points.iter().map(mark).collect()
}

/// True for a chart of rival labels, which stands beside their tables.
pub(super) fn is_of_labels(chart: &str) -> bool {
    chart.starts_with("labels")
}
