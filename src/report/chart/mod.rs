//! Charts: plain numbers with their reasons for absence come in, one SVG drawing goes out; [`png()`] rasters that same SVG.
//!
//! Every chart is a struct of plain values and a function of the same name that draws it. The report room fills the
//! structs; nothing here knows what a hit or a lexicon is.
//!
//! Text is written as outlines of the embedded font (Noto Sans), so that the file looks the same on every machine, in
//! every editor and in print, and needs no font; the price is that a reader cannot select the words. Each outline
//! therefore keeps its words in `aria-label`, and the tables beside a chart have every number. Inside the page the same drawing has
//! its words as text.
//!
//! Invariants: same input, same bytes; every text lies inside the drawing and overlaps no other; an absent value is
//! never drawn as a number: its reason is written in its place, or its mark is missing and a note says why.
//!
//! It deliberately does not sort, choose or drop groups (the caller does, and says so in the notes), and it writes no file.

mod axis;
mod canvas;
mod contributions;
mod cooccurrence;
mod curve;
mod diverging;
mod dots;
mod drawn;
mod fallback;
mod font;
mod grid;
mod heatmap;
mod keyness;
mod labels;
mod moves;
mod notes;
mod page;
mod palette;
mod pdf;
mod period;
mod phrases;
mod plot;
mod positions;
mod ranked;
mod raster;
mod rows;
mod sentiment;
mod split;
mod stacked;
mod subset;
mod svg;
mod timeline;
mod timeline_axes;
mod timeline_counts;
mod timeline_grid;
mod timeline_moving;

use std::collections::BTreeSet;
use std::fmt;

use axis::Numbers;
pub(crate) use axis::count;
pub(in crate::report) use axis::separated;
pub use contributions::{ContributionBar, Contributions, contributions};
pub use cooccurrence::{Cooccurrence, Pair, cooccurrence};
pub use curve::{Curves, Specification, curves};
pub use diverging::{Contrast, Diverging, diverging};
pub use dots::{Dots, dots};
pub use fallback::FONTS_VARIABLE;
pub use heatmap::{Heatmap, Shade, heatmap};
pub use keyness::{Comparison, Keyness, Word, keyness};
pub use labels::{LabelShare, Labels, labels};
pub use moves::{Moved, Moves, moves};
pub use palette::Theme;
pub use pdf::pdf;
pub use phrases::ChartLanguage;
pub use plot::{Plot, Stroke, Track, plot};
pub use positions::{Placed as PlacedRate, Positions, positions};
pub use raster::png;
pub use sentiment::{Sentiment, sentiment};
pub use split::{Split, split};
pub use stacked::{Shares, Stacked, stacked};
pub use subset::{FAMILY, faces, subset};
pub use timeline::{MOST_LINES, Moving, Timeline, timeline};

/// Groups with fewer articles than this are drawn grey, with a footnote (METHODS 2.6).
pub const FEW: u64 = 10;

/// Pixels of a page of print, as high as letters and margins let a drawing be: 236 mm.
pub const PAGE_HEIGHT: u32 = 1_050;

/// The words around a chart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// What the chart shows.
    pub title: String,
    /// Unit, denominator and level of the intervals.
    pub subtitle: String,
    /// Footnotes on the method and on what the caller left out. The chart adds its own on what it drew grey, hollow
    /// or not at all.
    pub notes: Vec<String>,
    /// Width of the drawing in pixels; without one it is made for a screen.
    pub width: Option<u16>,
    /// Leave the title out: a paper has its own.
    pub untitled: bool,
    /// Language of all words but names.
    pub language: ChartLanguage,
    /// The ground of the file; inside the page every drawing is light, and the page turns it.
    pub theme: Theme,
}

/// The name of a row or panel: an outlet with its articles, or a frame.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Label {
    /// As the reader knows it.
    pub name: String,
    /// What of it is meant, as in `Reuters: which stories`; a name that is too long is cut before it.
    pub aspect: String,
    /// Number of articles behind it; `None` where the name is no group of articles.
    pub articles: Option<u64>,
}

impl Label {
    /// A name without articles, such as a frame.
    pub fn plain(name: impl Into<String>) -> Label {
        Label { name: name.into(), ..Label::default() }
    }

    /// A group of articles, drawn as `Reuters (n = 212)`.
    pub fn counted(name: impl Into<String>, articles: u64) -> Label {
        Label { name: name.into(), articles: Some(articles), ..Label::default() }
    }

    fn is_few(&self) -> bool {
        self.articles.is_some_and(|n| n < FEW)
    }
}

/// A value with its interval, or the reason why one of them is absent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Estimate {
    /// The value; `None` is drawn as the words of `why`.
    pub value: Option<f64>,
    /// Lower end of the interval; `None` beside a `high` means that only an upper bound exists (no hits).
    pub low: Option<f64>,
    /// Upper end of the interval; `None` beside a `low` means that only a lower bound exists.
    pub high: Option<f64>,
    /// Why the value or the interval is absent, such as "one article"; empty where nothing is.
    pub why: String,
}

impl Estimate {
    /// A value with both ends of its interval.
    pub fn between(value: f64, low: f64, high: f64) -> Estimate {
        Estimate { value: Some(value), low: Some(low), high: Some(high), why: String::new() }
    }

    /// A value with an upper bound only, as for zero hits.
    pub fn at_most(value: f64, high: f64) -> Estimate {
        Estimate { value: Some(value), low: None, high: Some(high), why: String::new() }
    }

    /// A value without an interval.
    pub fn bare(value: f64, why: impl Into<String>) -> Estimate {
        Estimate { value: Some(value), low: None, high: None, why: why.into() }
    }

    /// As a person reads it: `4.71 [1.20, 8.80]`, with `≤` or `≥` where there is one bound only; the reason where there is no value.
    pub(crate) fn in_words(&self) -> String {
        let Some(value) = self.value else { return self.why.clone() };
        let numbers = Numbers::up_to(value.abs());
        let bound = |sign, end| format!("{} [{sign} {}]", numbers.write(value), numbers.round(end));
        match (self.low, self.high) {
            (Some(low), Some(high)) => {
                format!("{} [{}, {}]", numbers.write(value), numbers.round(low), numbers.round(high))
            }
            (None, Some(high)) => bound('≤', high),
            (Some(low), None) => bound('≥', low),
            (None, None) => numbers.write(value),
        }
    }

    /// No value.
    pub fn missing(why: impl Into<String>) -> Estimate {
        Estimate { value: None, low: None, high: None, why: why.into() }
    }
}

/// Whether panels can be compared by length.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scale {
    /// One scale for all panels.
    #[default]
    Shared,
    /// Each panel fills its own; a note says so.
    PerPanel,
}

/// A finished chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// What it shows.
    pub title: String,
    /// The whole file, well-formed XML, which needs no font.
    pub svg: String,
    /// The same for a page: its texts are texts.
    pub inline: String,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Where every text stands, in the order of drawing.
    pub texts: Vec<Placed>,
    /// Where every value stands, in the order of drawing; absent values are not among them.
    pub points: Vec<Point>,
}

/// A text and the box that it fills, in pixels from the top left.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// As drawn, perhaps shortened.
    pub text: String,
    /// Left edge.
    pub left: f64,
    /// Top edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Bottom edge.
    pub bottom: f64,
}

/// A drawn value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Point {
    /// Panel, from 0.
    pub panel: usize,
    /// Row of the panel (outlet), from 0.
    pub row: usize,
    /// Column (period, frame or part); 0 where a row has one value.
    pub column: usize,
    /// Centre of the mark.
    pub x: f64,
    /// Centre of the mark.
    pub y: f64,
    /// What it stands for and its numbers, in words; empty where the numbers beside it say it.
    pub says: String,
}

/// The file names of the fonts of this machine that names need beside the embedded one, and the characters that no font here has.
///
/// # Errors
/// Only by a fault of the embedded font.
pub fn fonts_for<'n>(
    names: impl IntoIterator<Item = &'n str>,
) -> Result<(BTreeSet<&'static str>, BTreeSet<char>), ChartError> {
    let fonts = font::fonts()?;
    let mut all = (BTreeSet::new(), BTreeSet::new());
    for name in names {
        let (files, missing) = fonts.needs(name);
        all.0.extend(files);
        all.1.extend(missing);
    }
    Ok(all)
}

/// Why a chart could not be drawn or rastered: a fault of this program or of its fonts, never of the data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChartError(pub String);

impl fmt::Display for ChartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ChartError {}
