//! A concordance as a dispersion plot: where in each article the hits lie.
//!
//! In: every hit of a query, drawn or not. Out: an SVG, PNG or PDF file.
//! Invariant: no hit is left out of an article that is drawn; articles that are left out are said.

use super::Concordance;
use crate::error::{Place, Problem, Result};
use crate::read::Date;
use crate::report::Options;
use crate::report::chart::{self, Drawing, Label, Plot, Stroke, Track, Words, count};
use std::collections::BTreeMap;
use std::path::Path;

/// Articles that are drawn.
const MOST: usize = 60;

/// The forms of a picture, by the ends of file names, and how such files begin.
const FORMS: [(&str, &[u8]); 3] = [("svg", b"<svg"), ("png", b"\x89PNG"), ("pdf", b"%PDF")];

/// An article with hits.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlottedArticle {
    /// Number of the article, in the order of reading.
    pub number: u64,
    /// Its outlet; `unknown` where there is none.
    pub outlet: String,
    /// Its identifier.
    pub article: String,
    /// Its day.
    pub date: Option<Date>,
    /// Its words.
    pub words: u32,
    /// The first word of each hit, from 0, and whether it is in the outlet's own voice.
    pub hits: Vec<(u32, bool)>,
}

impl PlottedArticle {
    fn track(&self) -> Track {
        let date = self.date.map(|date| format!("{date} ")).unwrap_or_default();
        let share = |at: u32| (f64::from(at) + 0.5) / f64::from(self.words.max(1));
        Track {
            name: format!("{date}{}", self.article),
            strokes: self.hits.iter().map(|&(at, is_own)| Stroke { at: share(at), is_own }).collect(),
        }
    }
}

impl Concordance {
    /// The plot: articles by outlet, then in the order of reading; of too many those with most hits.
    ///
    /// # Errors
    /// Only by a fault of this program.
    pub fn plot(&self, options: &Options) -> Result<Drawing> {
        let mut shown: Vec<&PlottedArticle> = self.plotted.iter().collect();
        shown.sort_by_key(|article| (std::cmp::Reverse(article.hits.len()), article.number));
        shown.truncate(MOST);
        shown.sort_by_key(|article| (article.date.is_none(), article.date, article.number));
        let mut groups: BTreeMap<&str, Vec<Track>> = BTreeMap::new();
        for article in &shown {
            groups.entry(&article.outlet).or_default().push(article.track());
        }
        let all = self.plotted.len();
        let mut notes = Vec::new();
        if shown.len() < all {
            notes.push(format!("The {MOST} articles with most hits, of {}.", count(all as u64)));
        }
        let subtitle = format!(
            "Hits: {}, in {} of {} articles; each row is an article from its first word to its last",
            count(self.hits),
            count(self.articles),
            count(self.among)
        );
        let (width, untitled) = (options.pixels(), !options.titles);
        let words = Words {
            title: format!("Where {} occurs", self.term),
            subtitle,
            notes,
            width,
            untitled,
            language: options.language,
            theme: options.theme,
        };
        let groups = groups.into_iter().map(|(outlet, tracks)| (Label::plain(outlet), tracks)).collect();
        chart::plot(&Plot { words, groups })
            .map_err(|fault| Problem::error("chart", Place::file("--plot"), fault.to_string()).into())
    }

    /// Writes the plot into a file; one that is there is replaced where it is a picture of the same form.
    ///
    /// # Errors
    /// A name of no known form; a file that holds something else, or cannot be written.
    pub fn plot_into(&self, file: &str, options: &Options) -> Result<()> {
        let begins = form(file)?.1;
        if let Ok(old) = std::fs::read(file)
            && !old.is_empty()
            && !old.starts_with(begins)
        {
            let problem = Problem::error("output-foreign", Place::file(file), "holds something else");
            return Err(problem.expected("a new file, or an earlier plot").hint("choose another with --plot").into());
        }
        let drawing = self.plot(options)?;
        let bytes = options.picture(&drawing, form(file)?.0);
        let bytes = bytes.map_err(|fault| Problem::error("chart", Place::file(file), fault.to_string()))?;
        std::fs::write(file, bytes).map_err(|error| {
            let problem = Problem::error("output-unwritable", Place::file(file), format!("cannot be written: {error}"));
            problem.hint("choose another with --plot").into()
        })
    }
}

/// The form of a picture with this name.
///
/// # Errors
/// Another form.
pub fn form(file: &str) -> Result<(&'static str, &'static [u8])> {
    let end = Path::new(file).extension().and_then(|end| end.to_str()).unwrap_or_default().to_lowercase();
    FORMS.into_iter().find(|(form, _)| *form == end).ok_or_else(|| {
        let problem = Problem::error("plot-form", Place::file(file), "no known form of a picture");
        problem.expected("a name that ends in .svg, .png or .pdf").hint("as in --plot plot.png").into()
    })
}
