//! The rows of one shard in the tables of sentiment, and what a run remembers of them.
//!
//! In: the tone of each counted article. Out: rows of `sentiment_articles.csv` and, on request, of hits, sentences and mentions; the sums
//! by entry.
//! Invariant: what is summed is what has a row with `counted` = `yes`.
//! It deliberately decides nothing: the scorer has.

use super::columns::{SENTIMENT_ARTICLES, SENTIMENT_HITS, SENTIMENT_MENTIONS, SENTIMENT_SENTENCES, Table};
use super::pages::Context;
use super::printed::Printed;
use super::quote::{Quoted, Row};
use super::rows::{text, yes};
use super::sheet::Sheet;
use crate::aggregate::{Cell, Contributions, Terms, Valence};
use crate::lookup::Uncounted;
use crate::read::Article;
use crate::sentiment::{By, Degree, Scale, Scorer, SentenceTone, Tone};

/// The tables, in the order of the rows that [`Tones::finish`] gives back.
pub(super) const TABLES: [&Table; 4] =
    [&SENTIMENT_HITS, &SENTIMENT_ARTICLES, &SENTIMENT_SENTENCES, &SENTIMENT_MENTIONS];

/// True for a table that a run with this scorer writes; `with_hits` asks for a row for each hit.
pub(super) fn is_written(table: &Table, scorer: &Scorer<'_>, with_hits: bool) -> bool {
    let (there, options) = (!scorer.plans().is_empty(), &scorer.options);
    match table.file {
        file if file == SENTIMENT_HITS.file => there && with_hits,
        file if file == SENTIMENT_SENTENCES.file => there && options.by == By::Sentence,
        file if file == SENTIMENT_MENTIONS.file => there && (options.mentions || options.target_column.is_some()),
        _ => true,
    }
}

/// The rows of one shard.
pub(super) struct Tones<'a> {
    scorer: &'a Scorer<'a>,
    /// Names of the targets.
    targets: &'a [String],
    sheets: [Option<Sheet<Vec<u8>>>; 4],
    terms: Vec<Terms>,
    contributions: Contributions,
    /// The entries of each plan, as they stand in rows.
    printed: &'a [Printed],
}

/// What is left of them.
pub(super) struct TonePart {
    /// In the order of [`TABLES`].
    pub rows: [Vec<u8>; 4],
    /// What each entry of each plan found.
    pub terms: Vec<Terms>,
    /// What each entry gave.
    pub contributions: Contributions,
}

/// A counted article.
pub(super) struct ToneOf<'r> {
    pub article: &'r Article,
    pub labels: &'r [String],
    pub group: u32,
    pub date: Option<&'r str>,
    pub words: u32,
    /// Its hits by plan, with what quotes them.
    pub hits: Vec<(&'r Quoted, &'r [Row])>,
    pub tone: &'r Tone,
    pub valence: &'r [Option<Valence>],
}

impl<'a> Tones<'a> {
    /// No rows yet.
    pub fn new(context: &'a Context<'a>) -> Tones<'a> {
        let scorer = context.scorer;
        let is_there = |table| is_written(table, scorer, context.sentiment_hits);
        let sheet = |table| is_there(table).then(|| Sheet::headless(Vec::new()));
        Tones {
            scorer,
            targets: &context.subjects.targets,
            sheets: TABLES.map(sheet),
            terms: scorer.plans().iter().map(|_| Terms::default()).collect(),
            contributions: Contributions::default(),
            printed: &context.printed_sentiment,
        }
    }

    /// Adds the next article. Rows are written to memory, which cannot fail.
    pub fn article(&mut self, of: &ToneOf<'_>) {
        let [hits, articles, sentences, mentions] = &mut self.sheets;
        if let Some(sheet) = hits {
            (0..of.hits.len()).for_each(|plan| hits_of(sheet, of, self.scorer, plan, &self.printed[plan]));
        }
        if let Some(sheet) = articles {
            for (scale, valence) in self.scorer.scales.all.iter().zip(of.valence) {
                if let Some(valence) = valence {
                    let _ = sheet.row(&article_row(of, scale, valence));
                }
            }
        }
        if let Some(sheet) = sentences {
            sentences_of(sheet, of, self.scorer);
        }
        if let Some(sheet) = mentions {
            mentions_of(sheet, of, self.scorer, self.targets);
        }
        self.sum(of);
    }

    /// Adds the counted hits of an article to the sums of its group.
    fn sum(&mut self, of: &ToneOf<'_>) {
        for ((terms, (quoted, rows)), weighed) in self.terms.iter_mut().zip(&of.hits).zip(&of.tone.hits) {
            let counted = rows.iter().zip(weighed).filter(|(row, _)| row.uncounted.is_none());
            terms.push(of.group, counted.clone().map(|(row, _)| (row.entry, quoted.form(row))));
            let given =
                counted.map(|(row, (scale, weighed))| (*scale as u32, row.entry, weighed.weight, weighed.negated));
            self.contributions.push(of.group, given);
        }
    }

    /// The end of the shard.
    pub fn finish(self) -> TonePart {
        let bytes = |sheet: Option<Sheet<Vec<u8>>>| sheet.map(Sheet::into_inner).unwrap_or_default();
        TonePart { rows: self.sheets.map(bytes), terms: self.terms, contributions: self.contributions }
    }
}

fn hits_of(sheet: &mut Sheet<Vec<u8>>, of: &ToneOf<'_>, scorer: &Scorer<'_>, plan: usize, printed: &Printed) {
    let (quoted, rows) = of.hits[plan];
    for (row, (_, weighed)) in rows.iter().zip(&of.tone.hits[plan]) {
        let (lexicon, entry) = scorer.plans()[plan].entry(row.entry);
        let entry_at = printed.at(row.entry);
        let passage = quoted.passage(row);
        let counted = match row.uncounted {
            None if weighed.dropped => "negated",
            uncounted => uncounted.map_or("yes", Uncounted::name),
        };
        let _ = sheet.row(&[
            Cell::Text(&of.article.id),
            Cell::Text(&lexicon.name),
            Cell::Text(&entry.text),
            Cell::Text(entry_at),
            Cell::Real(f64::from(entry.weight) / 1000.0),
            Cell::Real(f64::from(weighed.weight) / 1000.0),
            Cell::Text(&passage.surface),
            Cell::Text(row.verdict.voice.name()),
            yes(weighed.negated),
            Cell::Text(match weighed.degree {
                Degree::Plain => "",
                Degree::Raised => "raised",
                Degree::Lowered => "lowered",
            }),
            Cell::Integer(row.byte_start as i64),
            Cell::Integer(row.byte_end as i64),
            Cell::Integer(i64::from(passage.line)),
            Cell::Text(counted),
        ]);
    }
}

fn sentences_of(sheet: &mut Sheet<Vec<u8>>, of: &ToneOf<'_>, scorer: &Scorer<'_>) {
    for (scale, sentences) in scorer.scales.all.iter().zip(&of.tone.sentences) {
        for tone in sentences {
            let mut row = vec![Cell::Text(&of.article.id), Cell::Text(&scale.lexicon), Cell::Text(&scale.dimension)];
            row.extend(sentence_cells(of.article, tone));
            let _ = sheet.row(&row);
        }
    }
}

fn mentions_of(sheet: &mut Sheet<Vec<u8>>, of: &ToneOf<'_>, scorer: &Scorer<'_>, targets: &[String]) {
    let offset = i64::from(of.article.text_offset);
    let together = of.tone.together(&scorer.scales);
    for mention in &of.tone.mentions {
        let mean = together.get(&(mention.target, mention.bytes));
        let scale = &scorer.scales.all[mention.scale];
        let named = targets.get(mention.target as usize).map(String::as_str);
        let name = named.or_else(|| scorer.told_target(of.article));
        let _ = sheet.row(&[
            Cell::Text(&of.article.id),
            Cell::Text(&scale.lexicon),
            Cell::Text(&scale.dimension),
            text(name),
            Cell::Integer(offset + i64::from(mention.bytes.0)),
            Cell::Integer(offset + i64::from(mention.bytes.1)),
            Cell::Integer(i64::from(mention.toward.hits)),
            Cell::Real(mention.toward.score as f64 / 1000.0),
            Cell::Text(mention.toward.label().name()),
            mean.map_or(Cell::Missing, |mean| Cell::Real(mean.score as f64 / 1000.0)),
            text(mean.map(|mean| mean.label().name())),
        ]);
    }
}

fn article_row<'r>(of: &ToneOf<'r>, scale: &'r Scale, valence: &Valence) -> Vec<Cell<'r>> {
    let (positive, negative) = (f64::from(valence.positive_hits), f64::from(valence.negative_hits));
    let sum = (valence.positive_sum + valence.negative_sum) as f64 / 1000.0;
    let per_hit = |value: f64| ratio(value, positive + negative);
    let mut row: Vec<Cell<'r>> = of.labels.iter().map(|label| Cell::Text(label)).collect();
    row.extend([
        Cell::Text(&of.article.id),
        text(of.date),
        Cell::Text(&scale.lexicon),
        Cell::Text(&scale.dimension),
        Cell::Integer(i64::from(of.words)),
        Cell::Integer(i64::from(valence.positive_hits)),
        Cell::Integer(i64::from(valence.negative_hits)),
        Cell::Integer(i64::from(valence.negated_hits)),
        Cell::Real(sum),
        per_hit(sum),
        per_hit(positive - negative),
        Cell::Real(libm::log(positive + 0.5) - libm::log(negative + 0.5)),
    ]);
    let sentences = f64::from(valence.sentences);
    row.push(if valence.sentences == 0 { Cell::Missing } else { Cell::Integer(i64::from(valence.sentences)) });
    row.push(ratio(valence.compound as f64 / 10_000.0, sentences));
    row.extend(valence.shares.iter().map(|&share| ratio(share as f64 / 1000.0, sentences)));
    row
}

fn ratio(value: f64, by: f64) -> Cell<'static> {
    if by > 0.0 { Cell::Real(value / by) } else { Cell::Missing }
}

fn sentence_cells(article: &Article, tone: &SentenceTone) -> Vec<Cell<'static>> {
    let offset = i64::from(article.text_offset);
    let sum = tone.sum as f64 / 1000.0;
    let mut cells = vec![
        Cell::Integer(i64::from(tone.sentence)),
        Cell::Integer(offset + i64::from(tone.bytes.0)),
        Cell::Integer(offset + i64::from(tone.bytes.1)),
        Cell::Integer(i64::from(tone.words)),
        Cell::Integer(i64::from(tone.positive)),
        Cell::Integer(i64::from(tone.negative)),
        Cell::Real(sum),
        ratio(sum, f64::from(tone.positive + tone.negative)),
    ];
    let units = |value: fn(&crate::sentiment::vader::Polarity) -> i32, units: f64| {
        tone.vader.map_or(Cell::Missing, |polarity| Cell::Real(f64::from(value(&polarity)) / units))
    };
    cells.extend([
        units(|p| p.compound, 10_000.0),
        units(|p| p.positive, 1000.0),
        units(|p| p.neutral, 1000.0),
        units(|p| p.negative, 1000.0),
    ]);
    cells
}
