//! The rows of one shard in the tables of sentiment.
//!
//! In: the tone of each counted article. Out: rows of `sentiment_articles.csv` and, on request, of sentences and mentions.
//! Invariant: what is summed is what has a row with `counted` = `yes`.
//! It deliberately decides nothing: the scorer has.

use super::columns::{SENTIMENT_MENTIONS, SENTIMENT_SENTENCES, Table};
use super::rows::text;
use super::sheet::{Sheet, rows};
use crate::aggregate::{Cell, Valence};
use crate::count::Request;
use crate::read::Article;
use crate::sentiment::{By, Scale, Scorer, SentenceTone, Tone, Toward, Word};
use serde::{Deserialize, Serialize};

/// True for a table that a run with this scorer writes.
pub(super) fn is_written(table: &Table, scorer: &Scorer<'_>) -> bool {
    let (there, options) = (!scorer.plans().is_empty(), &scorer.options);
    match table.file {
        file if file == SENTIMENT_SENTENCES.file => there && options.by == By::Sentence,
        file if file == SENTIMENT_MENTIONS.file => there && (options.mentions || options.target_column.is_some()),
        _ => true,
    }
}

/// The rows of one shard on their way.
pub(super) struct Tones<'a> {
    scorer: &'a Scorer<'a>,
    /// Names of the targets.
    targets: &'a [String],
    articles: Sheet<Vec<u8>>,
    sentences: Option<Sheet<Vec<u8>>>,
    mentions: Option<Sheet<Vec<u8>>>,
}

/// The rows of one shard; none of a table that is not written.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Rows {
    /// Of `sentiment_articles.csv`.
    #[serde(with = "rows")]
    pub articles: Vec<u8>,
    /// Of `sentiment_sentences.csv`.
    #[serde(with = "rows")]
    pub sentences: Vec<u8>,
    /// Of `sentiment_mentions.csv`.
    #[serde(with = "rows")]
    pub mentions: Vec<u8>,
}

/// A counted article.
pub(super) struct ArticleTone<'r> {
    pub article: &'r Article,
    pub labels: &'r [String],
    pub date: Option<&'r str>,
    pub words: u32,
    pub tone: &'r Tone,
    pub valence: &'r [Option<Valence>],
}

impl<'a> Tones<'a> {
    /// No rows yet.
    pub fn new(request: &'a Request<'a>) -> Tones<'a> {
        let scorer = request.scorer;
        let sheet = |table| is_written(table, scorer).then(|| Sheet::headless(Vec::new()));
        Tones {
            scorer,
            targets: &request.subjects.targets,
            articles: Sheet::headless(Vec::new()),
            sentences: sheet(&SENTIMENT_SENTENCES),
            mentions: sheet(&SENTIMENT_MENTIONS),
        }
    }

    /// Adds the next article. Rows are written to memory, which cannot fail.
    pub fn article(&mut self, of: &ArticleTone<'_>) {
        for (scale, valence) in self.scorer.scales.all.iter().zip(of.valence) {
            if let Some(valence) = valence {
                let _ = self.articles.row(&article_row(of, scale, valence));
            }
        }
        if let Some(sheet) = &mut self.sentences {
            sentences_of(sheet, of, self.scorer);
        }
        if let Some(sheet) = &mut self.mentions {
            mentions_of(sheet, of, self.scorer, self.targets);
        }
    }

    /// The end of the shard.
    pub fn finish(self) -> Rows {
        let bytes = |sheet: Option<Sheet<Vec<u8>>>| sheet.map(Sheet::into_inner).unwrap_or_default();
        Rows { articles: self.articles.into_inner(), sentences: bytes(self.sentences), mentions: bytes(self.mentions) }
    }
}

fn sentences_of(sheet: &mut Sheet<Vec<u8>>, of: &ArticleTone<'_>, scorer: &Scorer<'_>) {
    for (scale, sentences) in scorer.scales.all.iter().zip(&of.tone.sentences) {
        for tone in sentences {
            let mut row = vec![Cell::Text(&of.article.id), Cell::Text(&scale.lexicon), Cell::Text(&scale.dimension)];
            row.extend(sentence_cells(of.article, scale, tone));
            let _ = sheet.row(&row);
        }
    }
}

/// `slammed -1.231; ally 0.402`.
fn words_of(toward: &Toward) -> Option<String> {
    let word = |word: &Word| format!("{} {:.3}", word.form, word.share as f64 / 1000.0);
    let words: Vec<String> = toward.words.iter().map(word).collect();
    (!words.is_empty()).then(|| words.join("; "))
}

fn mentions_of(sheet: &mut Sheet<Vec<u8>>, of: &ArticleTone<'_>, scorer: &Scorer<'_>, targets: &[String]) {
    let together = of.tone.together(&scorer.scales);
    for mention in &of.tone.mentions {
        let mean = together.get(&(mention.target, mention.bytes));
        let scale = &scorer.scales.all[mention.scale];
        let named = targets.get(mention.target.index()).map(String::as_str);
        let bytes = of.article.source(mention.bytes.0, mention.bytes.1);
        let words = words_of(&mention.toward);
        let name = named.or_else(|| scorer.column_target(of.article));
        let _ = sheet.row(&[
            Cell::Text(&of.article.id),
            Cell::Text(&scale.lexicon),
            Cell::Text(&scale.dimension),
            text(name),
            Cell::Integer(bytes.0 as i64),
            Cell::Integer(bytes.1 as i64),
            Cell::Integer(i64::from(mention.toward.hits)),
            Cell::Real(mention.toward.score as f64 / 1000.0),
            Cell::Text(mention.toward.label.name()),
            Cell::Text(scale.scored_by()),
            if scale.classed { Cell::Real(mention.toward.judged as f64 / 1000.0) } else { Cell::Missing },
            text(words.as_deref()),
            mean.map_or(Cell::Missing, |mean| Cell::Real(mean.score as f64 / 1000.0)),
            text(mean.map(|mean| mean.label.name())),
            text(of.article.cell(mention.bytes.0)),
        ]);
    }
}

fn article_row<'r>(of: &ArticleTone<'r>, scale: &'r Scale, valence: &Valence) -> Vec<Cell<'r>> {
    let (positive, negative) = (f64::from(valence.positive_hits), f64::from(valence.negative_hits));
    let sum = (valence.positive_sum + valence.negative_sum) as f64 / 1000.0;
    let per_hit = |value: f64| ratio(value, positive + negative);
    let polar = |cell: Cell<'static>| if scale.has_zero { cell } else { Cell::Missing };
    let mut row: Vec<Cell<'r>> = of.labels.iter().map(|label| Cell::Text(label)).collect();
    row.extend([
        Cell::Text(&of.article.id),
        text(of.date),
        Cell::Text(&scale.lexicon),
        Cell::Text(&scale.dimension),
        Cell::Integer(i64::from(of.words)),
        polar(Cell::Integer(i64::from(valence.positive_hits))),
        polar(Cell::Integer(i64::from(valence.negative_hits))),
        Cell::Integer(i64::from(valence.negated_hits)),
        Cell::Real(sum),
        per_hit(sum),
        polar(per_hit(positive - negative)),
        polar(Cell::Real(libm::log(positive + 0.5) - libm::log(negative + 0.5))),
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

fn sentence_cells<'a>(article: &'a Article, scale: &Scale, tone: &SentenceTone) -> Vec<Cell<'a>> {
    let polar = |hits: u32| if scale.has_zero { Cell::Integer(i64::from(hits)) } else { Cell::Missing };
    let bytes = article.source(tone.bytes.0, tone.bytes.1);
    let sum = tone.sum as f64 / 1000.0;
    let mut cells = vec![
        Cell::Integer(i64::from(tone.sentence)),
        Cell::Integer(bytes.0 as i64),
        Cell::Integer(bytes.1 as i64),
        Cell::Integer(i64::from(tone.words)),
        polar(tone.positive),
        polar(tone.negative),
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
        text(article.cell(tone.bytes.0)),
    ]);
    cells
}
