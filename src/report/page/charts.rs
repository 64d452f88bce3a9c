//! The charts on `index.html`: what each is called, how it is read, and where its marks lead.
//!
//! In: a chart's name and its drawing. Out: a [`Chart`].
//! Invariant: a mark is a group and a frame in the order of the page's.
//! It deliberately draws nothing: `charts` fills the drawings in.

use crate::report::chart;
use crate::report::html::{Chart, Mark, Marked};
use crate::report::links::LinkedChart;
use crate::report::shown::level;

/// Charts by file name: what each shows, and how to read it.
const CHARTS: &[(&str, &str, &str)] = &[
    ("frames", "Rates", "Each frame has its own scale; {bars} Numbers: frames.csv."),
    ("heatmap", "Rates at a glance", "The darker, the more hits per 1,000 words. Numbers and intervals: frames.csv."),
    (
        "comparisons",
        "Each group against all others",
        "Filled: q below .05 and an interval; blue: more than in the rest, orange: less; {bars} Numbers: comparisons.csv.",
    ),
    (
        "stories",
        "Different stories, or the same stories told differently",
        "Blue: the part due to which of the shared stories a group covers more; orange: the part due to how it tells them; bars are intervals, \
         stories as units. \
         Numbers: story_split.csv. Side by side: stories/index.html.",
    ),
    (
        "entry-shifts",
        "Entries that make the difference",
        "One of the comparisons with the smallest q. The bars add up to the difference between the two rates; dotted line: their running sum. All comparisons: entry_shifts.csv.",
    ),
    (
        "voices",
        "Who is speaking",
        "Share of each voice in a frame’s counted hits; voices are assigned by rules. Numbers: voices.csv.",
    ),
    (
        "keyness",
        "Keywords",
        "Upwards: how often a word occurs in the group; to the right: how often in what the group is compared with. A mark leads to the word \
         in the table of key words. Numbers: keyness.csv.",
    ),
    (
        "positions",
        "Headlines, leads, and the rest",
        "Rates in each part of the articles; hollow: fewer than five hits. Numbers: frames.csv.",
    ),
    (
        "labels",
        "Rival labels",
        "Shares of the counted hits of all labels; diamond: in the articles’ own voice; {bars} Numbers: labels.csv.",
    ),
    (
        "cooccurrence",
        "Frames that occur together",
        "Lift: how many times as many sentences contain both frames as would by chance; below it, the number of these sentences. A cell belongs \
         to the frame at the right end of its row and the frame above its column; pale: fewer than five sentences. Numbers: cooccurrence.csv.",
    ),
    ("timeline", "Over time", "Hits per 1,000 words by period; bands and {bars} Numbers: timeline.csv."),
    (
        "specifications",
        "The primary comparison under other choices",
        "Each column is a combination of choices; the squares under it are those that differ from the choices of the study (vertical line); {bars} \
         Numbers: specifications.csv.",
    ),
    ("sentiment", "Sentiment", "Scores of each group; {bars} Numbers: sentiment.csv."),
    (
        "contributions",
        "Words that make the difference",
        "The two groups with most articles. The bars add up to the difference between their mean weights; dotted line: their running sum. Each group against the rest: sentiment_shifts.csv.",
    ),
];

/// A chart of the page; `lexicons` are the scales of sentiment, by which some charts are numbered.
pub(super) fn chart(chart: &LinkedChart, lexicons: &[String], has_pdf: bool) -> Chart {
    let (name, drawing) = (chart.name.as_str(), &chart.drawing);
    let (title, caption) = words(name, lexicons);
    // several of a kind are told apart by what they show
    let title = if name.starts_with("entry-shifts") { drawing.title.clone() } else { title };
    let forms = &["svg", "png", "pdf"][..if has_pdf { 3 } else { 2 }];
    let files = |(name, _)| forms.iter().map(move |form| format!("charts/{name}.{form}"));
    Chart {
        title,
        caption,
        svg: drawing.inline.clone(),
        axes: axes(name),
        marks: marks(chart),
        files: chart.files().into_iter().flat_map(files).collect(),
    }
}

/// The title of a chart, and how to read it.
pub(super) fn words(name: &str, lexicons: &[String]) -> (String, String) {
    let known = CHARTS.iter().find(|(other, _, _)| name.starts_with(other));
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

/// Parts of bars of voices that are links of their own; of more each bar is one.
const MOST_VOICES: usize = 400;

/// What the marks of a chart stand for: as it says itself, else by their places.
fn marks(chart: &LinkedChart) -> Vec<Mark> {
    let of: fn(&chart::Point) -> Option<Marked> = match chart.name.as_str() {
        "frames" | "comparisons" | "positions" | "voices" => {
            |point| Some(Marked::Cell { group: point.row, frame: point.panel })
        }
        "heatmap" => |point| Some(Marked::Cell { group: point.row, frame: point.column }),
        "keyness" => {
            |point| Some(Marked::Word { comparison: point.panel, is_less: point.column == 1, word: point.row })
        }
        _ => |_| None,
    };
    let points = &chart.drawing.points;
    // the parts of an article lead to the same sentences, and many voices would make the page heavy: one link for all parts
    let has_parts = chart.name == "positions" || (chart.name == "voices" && points.len() > MOST_VOICES);
    let is_known = chart.links.is_empty() || has_parts;
    let links: Vec<Option<Marked>> = if is_known { points.iter().map(of).collect() } else { chart.links.clone() };
    let mark = |(point, of): (&chart::Point, Option<Marked>)| {
        let place = [Some(point.panel), Some(point.row), (!has_parts).then_some(point.column)];
        Some(Mark { of: of?, place, x: point.x, y: point.y })
    };
    let mut marks: Vec<Mark> = points.iter().zip(links).filter_map(mark).collect();
    marks.dedup_by(|next, mark| has_parts && next.of == mark.of);
    marks
}

/// What panels, rows and columns of a chart are, for the filters of the page.
fn axes(chart: &str) -> &'static str {
    match chart {
        "frames" | "comparisons" | "positions" | "timeline" => "r:g p:f",
        "voices" => "r:g p:f c:v",
        "heatmap" => "r:g c:f",
        "cooccurrence" => "r:f c:f",
        "specifications" | "stories" => "p:f",
        "keyness" => "p:k",
        labels if is_of_labels(labels) => "r:g",
        sentiment if sentiment.starts_with("sentiment") => "r:g",
        _ => "",
    }
}

/// True for a chart of rival labels, which stands beside their tables.
pub(super) fn is_of_labels(chart: &str) -> bool {
    chart.starts_with("labels")
}
