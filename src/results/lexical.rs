//! The tables about words: `keyness`, `dispersion`, `collocates`, `cooccurrence`.

use super::describe::{GroupRow, frame_of, table};
use super::source::{chance, forms};
use super::{LazyTable, csv, refused};
use crate::aggregate::Counts;
use crate::error::Result;
use crate::estimates::lexical::{self, Scope, collocates, cooccurrence, dispersion, keyness};
use crate::lookup::Plan;
use crate::statistics::Measured;
use crate::statistics::Why;
use crate::voice::WordKind;
use polars::prelude::{DataFrame, PolarsResult};

/// What an empty group label means in these tables.
pub const ALL: &str = "(all)";

/// The group that is all other articles.
pub const REST: &str = "(rest)";

/// Forms in a cell.
const FORMS: usize = 8;

/// What every table about words needs.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    /// Names of the dimensions of the grouping.
    pub dimensions: &'a [String],
    /// Groups and frames.
    pub counts: &'a Counts,
    /// Entries.
    pub plan: &'a Plan<'a>,
}

impl<'a> Words<'a> {
    fn label(&self, scope: Scope, dimension: usize) -> &'a str {
        match scope {
            Scope::All => ALL,
            Scope::Group(group) => self.counts.groups[group].get(dimension).map_or("", String::as_str),
        }
    }

    fn frame(&self, frame: usize) -> &'a str {
        &self.counts.frames[frame]
    }

    /// Every table about words that a run writes.
    pub(super) fn tables<'r>(self, results: &'r lexical::Results) -> Vec<LazyTable<'r>>
    where
        'a: 'r,
    {
        let mut tables = vec![
            LazyTable::of_rows(&DISPERSION, &results.dispersion, move |rows| self.dispersion(rows)),
            LazyTable::of_rows(&COOCCURRENCE, &results.cooccurrence, move |rows| self.cooccurrence(rows)),
        ];
        let keyness = results.keyness.as_ref();
        tables.extend(keyness.map(|keyness| LazyTable::new(&KEYNESS, move || self.keyness(keyness))));
        let collocates = results.collocates.as_ref();
        tables.extend(collocates.map(|found| LazyTable::new(&COLLOCATES, move || self.collocates(found))));
        tables
    }

    fn dispersion(&self, rows: &[dispersion::Row]) -> PolarsResult<DataFrame> {
        let of = |row| DispersionRecord { words: *self, row };
        frame_of(self.dimensions, &rows.iter().map(of).collect::<Vec<_>>())
    }

    fn cooccurrence(&self, rows: &[cooccurrence::Row]) -> PolarsResult<DataFrame> {
        let of = |row| PairRecord { words: *self, row };
        frame_of(self.dimensions, &rows.iter().map(of).collect::<Vec<_>>())
    }

    /// The table `keyness` as CSV.
    ///
    /// # Errors
    /// Where polars refuses it.
    pub fn keyness_csv(&self, keyness: &keyness::Keyness) -> Result<Vec<u8>> {
        let bytes = self.keyness(keyness).and_then(|table| csv(&table));
        bytes.map_err(|error| refused(KEYNESS.file, &error).into())
    }

    /// The table `collocates` as CSV.
    ///
    /// # Errors
    /// Where polars refuses it.
    pub fn collocates_csv(&self, found: &collocates::Collocates) -> Result<Vec<u8>> {
        let bytes = self.collocates(found).and_then(|table| csv(&table));
        bytes.map_err(|error| refused(COLLOCATES.file, &error).into())
    }

    fn keyness(&self, keyness: &keyness::Keyness) -> PolarsResult<DataFrame> {
        let names = self.counts.group_names();
        let of = |row| KeyRecord { words: *self, keyness, names: &names, row };
        frame_of(self.dimensions, &keyness.rows.iter().map(of).collect::<Vec<_>>())
    }

    fn collocates(&self, found: &collocates::Collocates) -> PolarsResult<DataFrame> {
        let of = |row| CollocateRecord { words: *self, found, row };
        frame_of(self.dimensions, &found.rows.iter().map(of).collect::<Vec<_>>())
    }
}

fn why(values: &[Measured]) -> Option<&'static str> {
    values.iter().find_map(|value| value.why()).map(Why::phrase)
}

/// `more in Daily Meridian`, `more in all others`.
pub fn direction(row: &keyness::Row, names: &[String]) -> String {
    let against = row.against.map_or("all others", |other| names[other].as_str());
    row.direction.in_words(&names[row.group], against)
}

struct KeyRecord<'c> {
    words: Words<'c>,
    keyness: &'c keyness::Keyness,
    names: &'c [String],
    row: &'c keyness::Row,
}

impl<'c> KeyRecord<'c> {
    /// Kind, text, and the forms of a stem.
    fn text(&self) -> (&'static str, &'c str, &'c [(String, u64)]) {
        self.keyness.text(self.row, &self.words.counts.frames)
    }
}

impl KeyRecord<'_> {
    fn is_function_word(&self) -> Option<bool> {
        matches!(self.row.what, keyness::What::Word(_)).then(|| self.text().0 == WordKind::Function.name())
    }
}

impl GroupRow for KeyRecord<'_> {
    fn label(&self, dimension: usize) -> &str {
        self.words.label(Scope::Group(self.row.group), dimension)
    }
}

table! {
    /// A row for each comparison and word or frame.
    KEYNESS, "keyness.csv", by_group: true, rows: KeyRecord<'_>,
    "One row for each comparison of groups and each frame, and for the words that differ most (`rank`; by |z| unless set otherwise). A group with few articles (`min_group`) has no words. p and q of words take articles as units, even if clusters are set, and assume that both sides are alike except for their rate; those of frames are as in `comparisons.csv`; every score called descriptive treats words as independent and is not a test. Written where a study has `[keyness]`.",
    Text "against" "text" "what the group is compared with: another group, or `(rest)`, all other articles" |r| r.row.against.map_or(REST, |other| r.names[other].as_str());
    Text "kind" "text" "`frame`, `word`, `function word`, `reporting verb` (*said*) or `house style` (*mr*, *monday*): by the cue lexicons of the languages of the corpus" |r| r.text().0;
    Flag "is_function_word" "true or false" "its kind is `function word`; empty for frames" |r| r.is_function_word();
    Text "word" "text" "the word, folded or stemmed, or the frame's name" |r| r.text().1;
    Text "forms" "text" "surface forms of a stem with their counts in the whole corpus, most frequent first, at most eight" |r| forms(r.text().2, FORMS);
    Integer "hits" "hits" "its frequency in the group, without boilerplate and repeats" |r| r.row.table.a;
    Integer "articles_with" "articles" "articles of the group that have it" |r| r.row.with[0];
    Integer "articles" "articles" "articles of the group" |r| r.row.articles[0];
    Integer "words" "words" "their words" |r| r.row.table.c;
    Integer "against_hits" "hits" "its frequency in what the group is compared with" |r| r.row.table.b;
    Integer "against_articles_with" "articles" "articles there that have it" |r| r.row.with[1];
    Integer "against_articles" "articles" "articles there" |r| r.row.articles[1];
    Integer "against_words" "words" "their words" |r| r.row.table.d;
    Text "direction" "text" "in words" |r| direction(r.row, r.names);
    Real "log2_ratio" "doublings" "log2 of the rate over the other rate, 0.5 added to both counts; of words also 1 to both numbers of words" |r| r.row.smoothed;
    Real "p" "probability" "probability of a difference at least this large if the articles were permuted between the two sides; values below 1e-12 are given as 1e-12" |r| chance(r.row.p);
    Text "p_method" "text" "method of p: `explain p`, `explain moments-p`, `explain carriers-p`" |r| r.row.p_method;
    Real "q" "probability" "Benjamini–Hochberg over every word of the comparison that is frequent enough (`min_hits`, `min_articles`), shown or not; for frames as in `comparisons.csv`" |r| chance(r.row.q);
    Integer "family" "tests" "number of tests in that family" |r| r.row.family;
    Real "z" "standard deviations" "descriptive: Fightin' Words, prior from this corpus" |r| r.row.scores.z;
    Real "z_uninformative" "standard deviations" "descriptive: the same, with the same small prior for every word" |r| r.row.scores.z_uninformative;
    Real "z_reference" "standard deviations" "descriptive: the same, prior from the reference list; empty for words that are not in it" |r| r.row.scores.z_reference;
    Real "g2" "G²" "descriptive: log-likelihood over four cells" |r| r.row.scores.g2;
    Real "g2_rayson" "G²" "descriptive: log-likelihood over the word's two cells (Rayson)" |r| r.row.scores.g2_rayson;
    Real "chi2" "χ²" "descriptive: Pearson, without correction" |r| r.row.scores.chi2;
    Real "chi2_yates" "χ²" "descriptive: Pearson, with Yates' correction" |r| r.row.scores.chi2_yates;
    Real "text_dispersion" "G²" "descriptive: log-likelihood of articles that have the word (Egbert and Biber)" |r| r.row.scores.text_dispersion;
    Real "log_ratio_hardie" "doublings" "descriptive: log2 ratio of the rates, 0.5 for a count of zero (Hardie)" |r| r.row.scores.log_ratio;
    Real "odds_ratio" "times" "descriptive: odds over odds, 0.5 for a count of zero" |r| r.row.scores.odds_ratio;
    Real "percent_difference" "percent" "descriptive: %DIFF, 0.5 for a count of zero" |r| r.row.scores.percent_difference;
    Real "simple_maths" "times" "descriptive: rates per million, each raised by the same amount (Kilgarriff)" |r| r.row.scores.simple_maths;
    Text "missing" "text" "why there is no p" |r| why(&[r.row.p]);
}

struct DispersionRecord<'c> {
    words: Words<'c>,
    row: &'c dispersion::Row,
}

impl<'c> DispersionRecord<'c> {
    fn kind(&self) -> &'static str {
        match self.row.what {
            dispersion::What::Frame(_) => "frame",
            dispersion::What::Entry(_) => "entry",
        }
    }

    fn frame(&self) -> &'c str {
        match self.row.what {
            dispersion::What::Frame(frame) => self.words.frame(frame),
            dispersion::What::Entry(id) => self.words.frame(self.words.plan.frame_of(id).index()),
        }
    }

    /// The entry as its lexicon writes it, and where it stands.
    fn entry(&self) -> Option<(&str, String)> {
        match self.row.what {
            dispersion::What::Frame(_) => None,
            dispersion::What::Entry(id) => {
                let (lexicon, entry) = self.words.plan.entry(id);
                Some((&entry.text, format!("{}:{}", lexicon.file, entry.line)))
            }
        }
    }
}

impl GroupRow for DispersionRecord<'_> {
    fn label(&self, dimension: usize) -> &str {
        self.words.label(self.row.scope, dimension)
    }
}

table! {
    /// A row for each frame by group, and each entry.
    DISPERSION, "dispersion.csv", by_group: true, rows: DispersionRecord<'_>,
    "One row for each frame, over all articles (`(all)`) and in each group, and one for each entry with hits: how evenly its hits are spread over the articles. In runs of more than 100 frames, frames without a hit in a group have no row there. All measures are descriptive.",
    Text "kind" "text" "`frame` or `entry`" |r| r.kind();
    Text "frame" "text" "name of the frame" |r| r.frame();
    Text "entry" "text" "the entry as the lexicon writes it; empty for a frame" |r| r.entry().map(|entry| entry.0);
    Text "entry_at" "file:line" "where the entry stands" |r| r.entry().map(|entry| entry.1);
    Integer "articles" "articles" "articles with a word that could have been a hit: the parts" |r| r.row.articles;
    Integer "words" "words" "their words" |r| r.row.words;
    Integer "hits" "hits" "counted hits" |r| r.row.hits;
    Integer "range" "articles" "articles with a hit" |r| r.row.dispersion.range;
    Real "dp" "share" "deviation of proportions (Gries): 0 is even" |r| r.row.dispersion.deviation;
    Real "dp_norm" "share" "DP divided by its maximum: 0 is even, 1 is everything in the shortest article" |r| r.row.dispersion.deviation_normed;
    Real "juilland_d" "share" "Juilland's D: 1 is even" |r| r.row.dispersion.juilland;
    Real "da" "share" "DA (Burch, Egbert and Biber): 1 is even, 0 is all in one article" |r| r.row.dispersion.pairwise_differences;
    Real "kld" "bits" "Kullback–Leibler divergence of hits from words: 0 is even" |r| r.row.dispersion.kullback_leibler;
    Text "missing" "text" "why there is no measure" |r| why(&[r.row.dispersion.deviation]);
}

struct CollocateRecord<'c> {
    words: Words<'c>,
    found: &'c collocates::Collocates,
    row: &'c collocates::Row,
}

impl GroupRow for CollocateRecord<'_> {
    fn label(&self, dimension: usize) -> &str {
        self.words.label(self.row.scope, dimension)
    }
}

table! {
    /// A row for each term, scope and collocate.
    COLLOCATES, "collocates.csv", by_group: true, rows: CollocateRecord<'_>,
    "One row for each term of `[collocates]` and each word that occurs near it more often than expected by chance, over all articles (`(all)`) and in each group; by logDice. Windows do not extend beyond the article, the sentence, boilerplate, repeats, or the beginning or end of a quotation. All scores are descriptive.",
    Text "term" "text" "what was looked up: a pattern, `#frame` or `@target`" |r| &r.found.terms[r.row.term];
    Text "word" "text" "the word near it, normalised or stemmed" |r| &r.row.word;
    Text "forms" "text" "surface forms of a stem within reach with their counts, at most eight" |r| forms(&r.row.forms, FORMS);
    Integer "hits" "hits" "counted hits of the term" |r| r.row.hits;
    Integer "places" "words" "words within the window of its hits; a word within the windows of two hits counts once" |r| r.row.places;
    Integer "together" "times" "how often the word is one of these" |r| r.row.together;
    Integer "articles" "articles" "articles in which it is: the range" |r| r.row.articles;
    Integer "frequency" "times" "frequency of the word anywhere" |r| r.row.frequency;
    Integer "words" "words" "all words" |r| r.row.words;
    Real "expected" "times" "places × frequency / words: times together by chance" |r| r.row.expected;
    Real "log_dice" "logDice" "14 + log2(2 together / (hits + frequency)): 14 is always together; does not grow with the corpus" |r| r.row.log_dice;
    Real "pmi" "bits" "log2(together / expected): favours rare words" |r| r.row.pmi;
    Real "npmi" "share" "PMI over the most it could be" |r| r.row.npmi;
    Real "mi3" "bits" "log2(together³ / expected)" |r| r.row.mi3;
    Real "t" "t" "(together − expected) / √together: favours frequent words" |r| r.row.t;
    Real "g2" "G²" "log-likelihood over places and other words; treats words as independent" |r| r.row.g2;
}

struct PairRecord<'c> {
    words: Words<'c>,
    row: &'c cooccurrence::Row,
}

impl GroupRow for PairRecord<'_> {
    fn label(&self, dimension: usize) -> &str {
        self.words.label(self.row.scope, dimension)
    }
}

table! {
    /// A row for each pair of frames.
    COOCCURRENCE, "cooccurrence.csv", by_group: true, rows: PairRecord<'_>,
    "One row for each pair of frames that occur together, in sentences and in articles, over all articles (`(all)`) and, where `[cooccurrence] by_group = true` asks for it, in each group. A pair without a row never occurs together. In runs of more than 100 frames, only the 50 pairs of each frame with the highest logDice have rows, and those of the frames that the page shows. A frame and a frame that contains it are not a pair. All scores are descriptive.",
    Text "within" "text" "`sentence` or `article`" |r| r.row.within.name();
    Text "frame" "text" "name of one frame" |r| r.words.frame(r.row.frames[0].index());
    Text "other_frame" "text" "name of the other" |r| r.words.frame(r.row.frames[1].index());
    Integer "units" "sentences or articles" "those with at least one word that is not boilerplate or a repeat" |r| r.row.units.both + r.row.units.first + r.row.units.second + r.row.units.neither;
    Integer "with_frame" "sentences or articles" "those with a counted hit of the one frame" |r| r.row.units.both + r.row.units.first;
    Integer "with_other" "sentences or articles" "those with one of the other" |r| r.row.units.both + r.row.units.second;
    Integer "both" "sentences or articles" "those with both" |r| r.row.units.both;
    Real "phi" "−1 to 1" "correlation between containing one frame and containing the other; 0 is chance" |r| r.row.phi;
    Real "jaccard" "share" "both / those with either" |r| r.row.jaccard;
    Real "log_dice" "logDice" "14 + log2(2 both / (with the one + with the other)); missing if they never occur together" |r| r.row.log_dice;
    Real "lift" "ratio" "both × units / (with the one × with the other): how many times more have both than if the frames were independent; 1 is chance" |r| r.row.lift;
    Text "missing" "text" "why a score is missing" |r| why(&[r.row.jaccard, r.row.phi, r.row.log_dice]);
}
