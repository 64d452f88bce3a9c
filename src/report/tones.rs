//! The tables of sentiment that grow while articles are read.
//!
//! In: the tone of each counted article. Out: rows in `sentiment_articles.csv`, `sentiment_hits.csv` and, on request, of sentences and
//! mentions; the sums by entry.
//! Invariant: what is summed is what has a row with `counted` = `yes`.
//! It deliberately decides nothing: the scorer has.

use super::columns::{SENTIMENT_ARTICLES, SENTIMENT_HITS, SENTIMENT_MENTIONS, SENTIMENT_SENTENCES, Table};
use super::folder::{Digested, Folder};
use super::quote::{Quoted, Row};
use super::rows::{text, yes};
use super::sheet::Sheet;
use crate::aggregate::{Cell, Contributions, Terms, Valence};
use crate::error::Result;
use crate::lookup::{Plan, Uncounted};
use crate::read::Article;
use crate::sentiment::{Degree, Scale, Scorer, SentenceTone, Tone};

/// The tables, and the sums by entry.
pub(super) struct Tones<'a> {
    plans: &'a [Plan<'a>],
    scorer: &'a Scorer<'a>,
    targets: Vec<String>,
    hits: Option<Sheet<Digested>>,
    articles: Sheet<Digested>,
    sentences: Option<Sheet<Digested>>,
    mentions: Option<Sheet<Digested>>,
    /// What each entry of each plan found.
    pub terms: Vec<Terms>,
    /// What each entry gave.
    pub contributions: Contributions,
}

/// A counted article.
pub(super) struct Counted<'r> {
    pub article: &'r Article,
    pub group: &'r [String],
    pub date: Option<&'r str>,
    pub words: u32,
    /// Its hits by plan, with what quotes them.
    pub hits: Vec<(&'r Quoted, &'r [Row])>,
    pub tone: &'r Tone,
    pub valence: &'r [Option<Valence>],
}

/// The file that could not be written, and why.
type Written = std::result::Result<(), (&'static str, csv::Error)>;

impl<'a> Tones<'a> {
    /// Begins the tables; `with_hits` writes a row for each hit.
    pub fn begin(folder: &Folder, dimensions: &[String], scorer: &'a Scorer<'a>, with_hits: bool) -> Result<Tones<'a>> {
        let sheet = |table: &Table, is_wanted: bool| -> Result<Option<Sheet<Digested>>> {
            if !is_wanted {
                return Ok(None);
            }
            let sheet = Sheet::new(folder.begin(table.file)?, table, dimensions, &[]);
            Ok(Some(sheet.map_err(|error| folder.problem(table.file, &error))?))
        };
        let articles = Sheet::new(folder.begin(SENTIMENT_ARTICLES.file)?, &SENTIMENT_ARTICLES, dimensions, &[]);
        let (plans, targets) = (scorer.plans(), &scorer.targets);
        let there = !plans.is_empty();
        Ok(Tones {
            articles: articles.map_err(|error| folder.problem(SENTIMENT_ARTICLES.file, &error))?,
            hits: sheet(&SENTIMENT_HITS, with_hits && there)?,
            sentences: sheet(&SENTIMENT_SENTENCES, scorer.options.sentences && there)?,
            mentions: sheet(
                &SENTIMENT_MENTIONS,
                there && (scorer.options.mentions || scorer.options.target_column.is_some()),
            )?,
            terms: plans.iter().map(|_| Terms::default()).collect(),
            contributions: Contributions::default(),
            targets: targets.clone(),
            plans,
            scorer,
        })
    }

    /// Writes the rows of an article.
    pub fn write(&mut self, of: &Counted<'_>) -> Written {
        for plan in 0..of.hits.len() {
            self.hits_of(of, plan).map_err(|error| (SENTIMENT_HITS.file, error))?;
        }
        for (scale, valence) in of.valence.iter().enumerate() {
            if let Some(valence) = valence {
                let row = article_row(of, &self.scorer.scales.all[scale], valence);
                self.articles.row(&row).map_err(|error| (SENTIMENT_ARTICLES.file, error))?;
            }
        }
        self.sentences_of(of).map_err(|error| (SENTIMENT_SENTENCES.file, error))?;
        self.mentions_of(of).map_err(|error| (SENTIMENT_MENTIONS.file, error))
    }

    /// Adds the counted hits of an article to the sums of its group.
    pub fn add(&mut self, group: u32, of: &Counted<'_>) {
        for ((terms, (quoted, rows)), weighed) in self.terms.iter_mut().zip(&of.hits).zip(&of.tone.hits) {
            let counted = || rows.iter().zip(weighed).filter(|(row, _)| row.uncounted.is_none());
            let forms: Vec<_> = counted().map(|(row, _)| (row.entry, quoted.form(row).to_string())).collect();
            terms.push(group, &forms);
            let given =
                counted().map(|(row, (scale, weighed))| (*scale as u32, row.entry, weighed.weight, weighed.negated));
            self.contributions.push(group, given);
        }
    }

    fn hits_of(&mut self, of: &Counted<'_>, plan: usize) -> csv::Result<()> {
        let Some(sheet) = &mut self.hits else { return Ok(()) };
        let (quoted, rows) = of.hits[plan];
        for (row, (_, weighed)) in rows.iter().zip(&of.tone.hits[plan]) {
            let (lexicon, entry) = self.plans[plan].entry(row.entry);
            let entry_at = format!("{}:{}", lexicon.file, entry.line);
            let counted = match row.uncounted {
                None if weighed.dropped => "negated",
                uncounted => uncounted.map_or("yes", Uncounted::name),
            };
            sheet.row(&[
                Cell::Text(&of.article.id),
                Cell::Text(&lexicon.name),
                Cell::Text(&entry.text),
                Cell::Text(&entry_at),
                Cell::Real(f64::from(entry.weight) / 1000.0),
                Cell::Real(f64::from(weighed.weight) / 1000.0),
                Cell::Text(quoted.surface(row)),
                Cell::Text(row.verdict.voice.name()),
                yes(weighed.negated),
                Cell::Text(match weighed.degree {
                    Degree::Plain => "",
                    Degree::Raised => "raised",
                    Degree::Lowered => "lowered",
                }),
                Cell::Integer(row.byte_start as i64),
                Cell::Integer(row.byte_end as i64),
                Cell::Integer(i64::from(row.line)),
                Cell::Text(counted),
            ])?;
        }
        Ok(())
    }

    fn sentences_of(&mut self, of: &Counted<'_>) -> csv::Result<()> {
        let Some(sheet) = &mut self.sentences else { return Ok(()) };
        for (scale, sentences) in self.scorer.scales.all.iter().zip(&of.tone.sentences) {
            for tone in sentences {
                let mut row =
                    vec![Cell::Text(&of.article.id), Cell::Text(&scale.lexicon), Cell::Text(&scale.dimension)];
                row.extend(sentence_cells(of.article, tone));
                sheet.row(&row)?;
            }
        }
        Ok(())
    }

    fn mentions_of(&mut self, of: &Counted<'_>) -> csv::Result<()> {
        let Some(sheet) = &mut self.mentions else { return Ok(()) };
        let offset = i64::from(of.article.text_offset);
        for mention in &of.tone.mentions {
            let scale = &self.scorer.scales.all[mention.scale];
            let named = self.targets.get(mention.target as usize).map(String::as_str);
            let name = named.or_else(|| self.scorer.told_target(of.article));
            sheet.row(&[
                Cell::Text(&of.article.id),
                Cell::Text(&scale.lexicon),
                Cell::Text(&scale.dimension),
                text(name),
                Cell::Integer(offset + i64::from(mention.bytes.0)),
                Cell::Integer(offset + i64::from(mention.bytes.1)),
                Cell::Integer(i64::from(mention.toward.hits)),
                Cell::Real(mention.toward.score as f64 / 1000.0),
                Cell::Text(mention.toward.label().name()),
            ])?;
        }
        Ok(())
    }

    /// Ends the tables; gives back the sums by entry.
    pub fn finish(self, folder: &mut Folder) -> Result<(Vec<Terms>, Contributions)> {
        let sheets = [Some(self.articles), self.hits, self.sentences, self.mentions];
        for sheet in sheets.into_iter().flatten() {
            let file = sheet.into_inner().map_err(|error| folder.problem("", &error))?;
            folder.finish(file)?;
        }
        Ok((self.terms, self.contributions))
    }
}

fn article_row<'r>(of: &Counted<'r>, scale: &'r Scale, valence: &Valence) -> Vec<Cell<'r>> {
    let (positive, negative) = (f64::from(valence.positive_hits), f64::from(valence.negative_hits));
    let sum = (valence.positive_sum + valence.negative_sum) as f64 / 1000.0;
    let per_hit = |value: f64| ratio(value, positive + negative);
    let mut row: Vec<Cell<'r>> = of.group.iter().map(|label| Cell::Text(label)).collect();
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
