//! The tables about words: `keyness.csv`, `dispersion.csv`, `collocates.csv`, `cooccurrence.csv`.
//!
//! In: [`Results`]. Out: CSV, each as bytes.
//! Invariant: what is missing is an empty cell, and a column says why; a row about all articles says so where the group stands.
//! It deliberately computes nothing.

use super::chart;
use super::columns::{ALL, COLLOCATES, COOCCURRENCE, DISPERSION, KEYNESS};
use super::html::{KeyGroup, KeyWord};
use super::sheet::Sheet;
use crate::aggregate::{Cell, Counts};
use crate::estimates::lexical::cooccurrence::Within;
use crate::estimates::lexical::{Results, Scope, collocates::Collocates, dispersion, keyness, keyness::Keyness};
use crate::lookup::{FrameId, Plan};
use crate::statistics::Measured;
use crate::statistics::keyness::Direction;
use crate::statistics::measured::Why;

type Bytes = std::io::Result<Vec<u8>>;

/// The group that is all other articles.
pub(super) const REST: &str = "(rest)";

/// What every table needs.
pub struct Frame<'a> {
    /// Names of the dimensions of the grouping.
    pub dimensions: &'a [String],
    /// Groups and frames.
    pub counts: &'a Counts,
    /// Entries.
    pub plan: &'a Plan<'a>,
}

/// Every table about words that a run writes, by file name.
pub(super) fn tables(frame: &Frame<'_>, results: &Results) -> Vec<(&'static str, Bytes)> {
    let mut tables = vec![
        (DISPERSION.file, frame.dispersion(&results.dispersion)),
        (COOCCURRENCE.file, frame.cooccurrence(results)),
    ];
    tables.extend(results.keyness.as_ref().map(|keyness| (KEYNESS.file, frame.keyness(keyness))));
    tables.extend(results.collocates.as_ref().map(|found| (COLLOCATES.file, frame.collocates(found))));
    tables
}

fn measured(value: Measured) -> Cell<'static> {
    value.value().map_or(Cell::Missing, Cell::Real)
}

fn integer(number: impl TryInto<i64>) -> Cell<'static> {
    number.try_into().map_or(Cell::Missing, Cell::Integer)
}

fn why(values: &[Measured]) -> &'static str {
    values.iter().find_map(|value| value.why()).map_or("", |why| why.phrase())
}

/// A p that is never printed as 0: below this nobody can tell one from another.
fn chance(value: Measured) -> Cell<'static> {
    const LEAST: f64 = 1e-12;
    measured(value.map(|p| p.max(LEAST)))
}

/// `protest 12, protests 3`.
pub(super) fn forms(forms: &[(String, u64)]) -> String {
    /// Forms in a cell.
    const SHOWN: usize = 8;
    forms.iter().take(SHOWN).map(|(form, n)| format!("{form} {n}")).collect::<Vec<_>>().join(", ")
}

impl Frame<'_> {
    fn labels(&self, scope: Scope) -> Vec<Cell<'_>> {
        match scope {
            Scope::All => self.dimensions.iter().map(|_| Cell::Text(ALL)).collect(),
            Scope::Group(group) => self.counts.groups[group].iter().map(|label| Cell::Text(label)).collect(),
        }
    }

    fn name(&self, frame: usize) -> Cell<'_> {
        Cell::Text(&self.counts.frames[frame])
    }

    fn dispersion(&self, rows: &[dispersion::Row]) -> Bytes {
        let mut sheet = Sheet::new(Vec::new(), &DISPERSION, self.dimensions, &[])?;
        for row in rows {
            let (kind, frame, entry, at) = match row.what {
                dispersion::What::Frame(frame) => ("frame", self.name(frame), Cell::Missing, String::new()),
                dispersion::What::Entry(id) => {
                    let (lexicon, entry) = self.plan.entry(id);
                    let at = format!("{}:{}", lexicon.file, entry.line);
                    ("entry", self.name(self.plan.frame_of(id) as usize), Cell::Text(entry.text.as_str()), at)
                }
            };
            let found = &row.dispersion;
            let mut cells = self.labels(row.scope);
            cells.extend([
                Cell::Text(kind),
                frame,
                entry,
                if at.is_empty() { Cell::Missing } else { Cell::Text(&at) },
                integer(row.articles),
                integer(row.words),
                integer(row.hits),
                integer(found.range),
                measured(found.deviation),
                measured(found.deviation_normed),
                measured(found.juilland),
                measured(found.pairwise_differences),
                measured(found.kullback_leibler),
                Cell::Text(why(&[found.deviation])),
            ]);
            sheet.row(&cells)?;
        }
        Ok(sheet.into_inner())
    }

    fn cooccurrence(&self, results: &Results) -> Bytes {
        let mut sheet = Sheet::new(Vec::new(), &COOCCURRENCE, self.dimensions, &[])?;
        for row in &results.cooccurrence {
            let units = row.units;
            let mut cells = self.labels(row.scope);
            cells.extend([
                Cell::Text(row.within.name()),
                self.name(row.frames[0]),
                self.name(row.frames[1]),
                integer(units.both + units.first + units.second + units.neither),
                integer(units.both + units.first),
                integer(units.both + units.second),
                integer(units.both),
                measured(row.phi),
                measured(row.jaccard),
                measured(row.log_dice),
                Cell::Text(why(&[row.jaccard, row.phi, row.log_dice])),
            ]);
            sheet.row(&cells)?;
        }
        Ok(sheet.into_inner())
    }

    /// `keyness.csv`.
    pub fn keyness(&self, keyness: &Keyness) -> Bytes {
        let mut sheet = Sheet::new(Vec::new(), &KEYNESS, self.dimensions, &[])?;
        let names = self.counts.group_names();
        for row in &keyness.rows {
            let (kind, word, of_stem) = keyness.text(row, &self.counts.frames);
            let shown = forms(of_stem);
            let against = row.against.map_or(REST, |other| names[other].as_str());
            let direction = direction(row, &names);
            let scores = &row.scores;
            let mut cells = self.labels(Scope::Group(row.group));
            cells.extend([
                Cell::Text(against),
                Cell::Text(kind),
                Cell::Text(word),
                if shown.is_empty() { Cell::Missing } else { Cell::Text(&shown) },
                integer(row.table.a),
                integer(row.with[0]),
                integer(row.articles[0]),
                integer(row.table.c),
                integer(row.table.b),
                integer(row.with[1]),
                integer(row.articles[1]),
                integer(row.table.d),
                Cell::Text(&direction),
                measured(row.smoothed),
                chance(row.p),
                Cell::Text(row.p_method),
                chance(row.q),
                integer(row.family),
                measured(scores.z),
                measured(scores.z_uninformative),
                scores.z_reference.map_or(Cell::Missing, measured),
                measured(scores.g2),
                measured(scores.g2_rayson),
                measured(scores.chi2),
                measured(scores.chi2_yates),
                measured(scores.text_dispersion),
                measured(scores.log_ratio),
                measured(scores.odds_ratio),
                measured(scores.percent_difference),
                measured(scores.simple_maths),
                Cell::Text(why(&[row.p])),
            ]);
            sheet.row(&cells)?;
        }
        Ok(sheet.into_inner())
    }

    /// `collocates.csv`.
    pub fn collocates(&self, found: &Collocates) -> Bytes {
        let mut sheet = Sheet::new(Vec::new(), &COLLOCATES, self.dimensions, &[])?;
        for row in &found.rows {
            let shown = forms(&row.forms);
            let mut cells = self.labels(row.scope);
            cells.extend([
                Cell::Text(&found.terms[row.term]),
                Cell::Text(&row.word),
                if shown.is_empty() { Cell::Missing } else { Cell::Text(&shown) },
                integer(row.hits),
                integer(row.places),
                integer(row.together),
                integer(row.articles),
                integer(row.frequency),
                integer(row.words),
                Cell::Real(row.expected),
                measured(row.log_dice),
                measured(row.pmi),
                measured(row.npmi),
                measured(row.mi3),
                measured(row.t),
                measured(row.g2),
            ]);
            sheet.row(&cells)?;
        }
        Ok(sheet.into_inner())
    }
}

/// Jaccard's index of every two of these frames over the sentences of all articles; a frame with itself, and with one that holds it, is none.
pub(super) fn sentence_map(results: &Results, plan: &Plan<'_>, frames: &[usize]) -> Vec<Vec<chart::Estimate>> {
    let inside = |a: usize, b: usize| a == b || plan.inside(a as FrameId).contains(&(b as FrameId));
    let has = |frame: usize| results.sentences.get(frame).is_some_and(|&sentences| sentences > 0);
    let cell = |one: usize, other: usize| match (has(one) && has(other), inside(one, other) || inside(other, one)) {
        (_, true) => chart::Estimate::missing("the same, or one inside the other"),
        // they have no row as they never met
        (true, false) => chart::Estimate { value: Some(0.0), low: None, high: None, why: String::new() },
        (false, false) => chart::Estimate::missing(Why::NoHits.phrase()),
    };
    let of_frame = |&one: &usize| frames.iter().map(|&other| cell(one, other)).collect();
    let mut cells: Vec<Vec<chart::Estimate>> = frames.iter().map(of_frame).collect();
    let rows = results.cooccurrence.iter();
    for row in rows.filter(|row| row.scope == Scope::All && row.within == Within::Sentence) {
        let value = row.jaccard.value();
        let cell = chart::Estimate { value, low: None, high: None, why: why(&[row.jaccard]).to_string() };
        let [Ok(one), Ok(other)] = row.frames.map(|frame| frames.binary_search(&frame)) else { continue };
        (cells[one][other], cells[other][one]) = (cell.clone(), cell);
    }
    cells
}

/// The words of the page: of each comparison of these groups the strongest on either side, the largest group first.
pub(super) fn key_groups(keyness: &Keyness, names: &[String], groups: &[usize]) -> Vec<KeyGroup> {
    /// Words on each side.
    const SHOWN: usize = 20;
    let place = |group: usize| groups.iter().position(|&known| known == group);
    let is_word = |row: &&keyness::Row| matches!(row.what, keyness::What::Word(_));
    let mut found: Vec<(Option<usize>, KeyGroup)> = Vec::new();
    for rows in keyness.rows.chunk_by(|a, b| (a.group, a.against) == (b.group, b.against)) {
        let of = |direction| {
            let rows = rows.iter().filter(is_word).filter(|row| row.direction == direction).take(SHOWN);
            let word = |row: &keyness::Row| KeyWord {
                word: keyness.text(row, &[]).1.to_string(),
                hits: row.table.a,
                against: row.table.b,
                q: row.q.value(),
            };
            rows.map(word).collect::<Vec<_>>()
        };
        let (more, less) = (of(Direction::Focus), of(Direction::Reference));
        let order = place(rows[0].group);
        if order.is_some() && !(more.is_empty() && less.is_empty()) {
            let against = rows[0].against.map_or("all others", |other| names[other].as_str()).to_string();
            found.push((order, KeyGroup { label: names[rows[0].group].clone(), against, more, less }));
        }
    }
    found.sort_by_key(|(order, _)| *order);
    found.into_iter().map(|(_, group)| group).collect()
}

/// What the page does not show.
pub(super) fn key_notes(keyness: &Keyness, shown: usize) -> String {
    let small = keyness.small.len();
    let left_out = match small {
        0 => String::new(),
        n => format!(" Groups with too few articles to be compared by words: {n}."),
    };
    format!(
        "{} different words, {} of them frequent enough to be tested.{left_out} At most {shown} groups are shown.",
        keyness.vocabulary, keyness.tested
    )
}

/// `more in Daily Meridian`, `more in all others`.
pub fn direction(row: &keyness::Row, names: &[String]) -> String {
    let against = row.against.map_or("all others", |other| names[other].as_str());
    row.direction.in_words(&names[row.group], against)
}
