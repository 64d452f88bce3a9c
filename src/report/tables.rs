//! The tables that grow while articles are read.
//!
//! In: the results of each shard, in order. Out: rows in `hits.csv`, `articles.csv`, `counts.csv` and their kin, and the sums that
//! the estimates need.
//! Invariant: an article is counted once, or has a reason in `articles.csv` why it is not; only sums are kept in memory.

use super::columns::{ARTICLES, COUNTS, HITS, PROBLEMS, REMOVED, SENTIMENT_ARTICLES, SENTIMENT_HITS};
use super::examples::{Examples, example};
use super::folder::{Digested, Folder};
use super::page::PROBLEMS as KEPT;
use super::quote::{Quoted, Row};
use super::rows::{HitOf, article_row, counts_row, hit_row, removed_row, sentiment_hit_row, sentiment_row};
use super::sheet::Sheet;
use crate::aggregate::{
    ArticleCounts, Cell, ColumnKind, Counts, Grouping, ParquetTable, Shared, Terms, Usage, Valence, VoiceCounts,
};
use crate::clean::{Duplicates, Rule};
use crate::error::{Place, Problem, Result, Severity};
use crate::lookup::{EntryId, FrameId, Plan};
use crate::read::Article;
use crate::text::Language;
use std::collections::{BTreeMap, BTreeSet};

/// What a worker found out about a shard.
pub struct ShardResult {
    /// Articles read up to its end.
    pub end: u64,
    /// Metadata; the texts are gone.
    pub articles: Vec<Article>,
    /// Facts of each article.
    pub facts: Vec<Facts>,
    /// Counted hits by article, frame and voice.
    pub counts: Vec<VoiceCounts>,
    /// Tokens that count in several frames, by article.
    pub shared: Vec<Shared>,
    /// Valence by article and sentiment lexicon; `None` where the lexicon is not for the article's language.
    pub valence: Vec<Vec<Option<Valence>>>,
    /// Hits of frames.
    pub hits: Quoted,
    /// Hits that a frame with frames inside it counts.
    pub parents: Quoted,
    /// Hits of each sentiment lexicon.
    pub sentiment: Vec<Quoted>,
    /// Removed spans by article.
    pub removed: Vec<Vec<RemovedRow>>,
    /// Problems of the reading.
    pub problems: Vec<Problem>,
}

/// What is known of an article besides its metadata.
pub struct Facts {
    /// Told or detected.
    pub language: Language,
    /// All words.
    pub words: u32,
    /// Words in furniture.
    pub furniture_words: u32,
    /// Words in repeats.
    pub repeat_words: u32,
    /// Sentences.
    pub sentences: u32,
    /// Quotation marks that were missing, doubled or mismatched.
    pub quotes_repaired: Option<u32>,
    /// Of its folded words.
    pub digest: Option<u128>,
    /// Whether a lexicon of frames is for its language.
    pub has_lexicon: bool,
    /// Length of the text.
    pub text_bytes: u64,
}

/// A removed span, quoted.
pub struct RemovedRow {
    /// Why.
    pub rule: Rule,
    /// The pattern, or where the passage stood first.
    pub evidence: String,
    /// Bytes, as in `hits.csv`.
    pub bytes: (u64, u64),
    /// Words.
    pub words: u32,
    /// First words.
    pub begins: String,
}

/// Totals of a run.
#[derive(Clone, Debug, Default)]
pub struct Totals {
    /// Articles read.
    pub articles: u64,
    /// Articles counted.
    pub counted: u64,
    /// Articles that are duplicates.
    pub duplicates: u64,
    /// Articles without words.
    pub empty: u64,
    /// Articles in a language that no frame lexicon is for, by language.
    pub without_lexicon: BTreeMap<String, u64>,
    /// Articles by language.
    pub languages: BTreeMap<String, u64>,
    /// Counted articles by language.
    pub counted_languages: BTreeMap<String, u64>,
    /// Outlets of counted articles.
    pub outlets: BTreeSet<String>,
    /// Words of counted articles.
    pub words: u64,
    /// Of these, in furniture.
    pub furniture_words: u64,
    /// Of these, in repeats.
    pub repeat_words: u64,
    /// Bytes of text.
    pub text_bytes: u64,
    /// Hits of frames, counted.
    pub hits: u64,
    /// Hits of frames in furniture, in repeats or in a voice that is not counted.
    pub uncounted_hits: u64,
    /// Hits of sentiment lexicons, counted.
    pub sentiment_hits: u64,
    /// Problems by kind.
    pub problems: BTreeMap<String, u64>,
    /// Records that were lost.
    pub lost: u64,
    /// Warnings.
    pub warnings: u64,
    /// Notes.
    pub notes: u64,
}

/// The growing tables of a run.
pub struct Tables<'a> {
    folder: Folder,
    frames: &'a Plan<'a>,
    sentiment: &'a [Plan<'a>],
    grouping: Grouping,
    drop_duplicates: bool,
    duplicates: Duplicates,
    hits: Sheet<Digested>,
    hits_parquet: Option<ParquetTable<Digested>>,
    sentiment_hits: Option<Sheet<Digested>>,
    counts_csv: Sheet<Digested>,
    sentiment_articles: Sheet<Digested>,
    articles: Sheet<Digested>,
    removed: Sheet<Digested>,
    problems: Sheet<Digested>,
    counts: Counts,
    /// Ids of all articles read, for `duplicate_of`.
    ids: Vec<String>,
    /// Pairs of frames: tokens and articles that they share.
    shared: BTreeMap<(FrameId, FrameId), (u64, u64)>,
    terms: Terms,
    sentiment_terms: Vec<Terms>,
    totals: Totals,
    examples: Examples,
    /// The first problems of each severity, for the page.
    kept_problems: Vec<Problem>,
}

/// Columns of hits that hold whole numbers; all others hold text.
const HIT_INTEGERS: [&str; 4] = ["byte_start", "byte_end", "line", "sentence"];

impl<'a> Tables<'a> {
    /// Begins every table.
    pub fn begin(
        folder: Folder,
        frames: &'a Plan<'a>,
        sentiment: &'a [Plan<'a>],
        grouping: Grouping,
        columns: &[String],
        options: &super::Options,
        drop_duplicates: bool,
    ) -> Result<Tables<'a>> {
        let dimensions = grouping.names();
        let sheet = |table: &super::columns::Table, further: &[String]| {
            let file = folder.begin(table.file)?;
            let sheet = Sheet::new(file, table, &dimensions, further);
            sheet.map_err(|error| crate::error::Error::from(folder.problem(table.file, &error)))
        };
        let hits_parquet = if options.parquet {
            let kind = |name| if HIT_INTEGERS.contains(&name) { ColumnKind::Integer } else { ColumnKind::Text };
            let names = HITS.columns.iter().map(|column| (column.name, kind(column.name)));
            let file = folder.begin("hits.parquet")?;
            let table = ParquetTable::new(file, &names.collect::<Vec<_>>());
            Some(table.map_err(|error| folder.problem("hits.parquet", &error))?)
        } else {
            None
        };
        let keep_sentiment = options.sentiment_hits && !sentiment.is_empty();
        let names = |plans: &[Plan<'_>]| plans.iter().map(|plan| plan.lexicons()[0].name.clone()).collect();
        Ok(Tables {
            hits: sheet(&HITS, &[])?,
            hits_parquet,
            sentiment_hits: if keep_sentiment { Some(sheet(&SENTIMENT_HITS, &[])?) } else { None },
            counts_csv: sheet(&COUNTS, frames.frames())?,
            sentiment_articles: sheet(&SENTIMENT_ARTICLES, &[])?,
            articles: sheet(&ARTICLES, columns)?,
            removed: sheet(&REMOVED, &[])?,
            problems: sheet(&PROBLEMS, &[])?,
            counts: Counts::new(frames.frames().to_vec(), names(sentiment)),
            ids: Vec::new(),
            shared: BTreeMap::new(),
            terms: Terms::default(),
            sentiment_terms: sentiment.iter().map(|_| Terms::default()).collect(),
            totals: Totals::default(),
            examples: Examples::default(),
            kept_problems: Vec::new(),
            duplicates: Duplicates::default(),
            drop_duplicates,
            folder,
            frames,
            sentiment,
            grouping,
        })
    }

    /// Draws example hits with this seed.
    pub fn seeded(self, seed: u64) -> Tables<'a> {
        Tables { examples: Examples::new(seed), ..self }
    }

    /// Adds a problem.
    pub fn problem(&mut self, problem: &Problem) -> Result<()> {
        *self.totals.problems.entry(problem.kind.to_string()).or_default() += 1;
        let count = match problem.severity {
            Severity::Error => &mut self.totals.lost,
            Severity::Warning => &mut self.totals.warnings,
            Severity::Note => &mut self.totals.notes,
        };
        *count += 1;
        // of each severity, so that an error after many notes is still shown
        if *count <= KEPT as u64 {
            self.kept_problems.push(problem.clone());
        }
        let place = &problem.place;
        let severity = problem.severity.to_string();
        let number = |n: Option<u32>| n.map_or(Cell::Missing, |n| Cell::Integer(i64::from(n)));
        let row = [
            Cell::Text(&severity),
            Cell::Text(problem.kind),
            Cell::Text(&place.file),
            number(place.line),
            number(place.column),
            Cell::Text(&problem.found),
            Cell::Text(&problem.expected),
            Cell::Text(&problem.hint),
        ];
        self.problems.row(&row).map_err(|error| self.folder.problem(PROBLEMS.file, &error).into())
    }

    /// Adds the results of a shard.
    pub fn take(&mut self, shard: &ShardResult) -> Result<()> {
        for problem in &shard.problems {
            self.problem(problem)?;
        }
        let mut hits = shard.hits.rows();
        let mut parents = shard.parents.rows();
        let mut sentiment: Vec<&[Row]> = shard.sentiment.iter().map(Quoted::rows).collect();
        for (i, article) in shard.articles.iter().enumerate() {
            let of_article = [split(&mut hits, i as u32), split(&mut parents, i as u32)];
            let sentiment_of_article: Vec<&[Row]> = sentiment.iter_mut().map(|rows| split(rows, i as u32)).collect();
            self.article(shard, i, article, of_article, &sentiment_of_article)?;
        }
        Ok(())
    }

    fn article(
        &mut self,
        shard: &ShardResult,
        i: usize,
        article: &Article,
        [hits, parents]: [&[Row]; 2],
        sentiment: &[&[Row]],
    ) -> Result<()> {
        let facts = &shard.facts[i];
        let number = self.ids.len() as u32;
        self.ids.push(article.id.clone());
        let earlier = self.duplicates.check(facts.digest, number).filter(|_| self.drop_duplicates);
        let counted = if earlier.is_some() {
            "duplicate"
        } else if facts.words == 0 {
            "no words"
        } else if !facts.has_lexicon {
            "no lexicon in its language"
        } else {
            "yes"
        };
        self.total(facts, counted);
        let earlier = earlier.map(|earlier| self.ids[earlier as usize].clone());
        let date = article.date.map(|date| date.to_string());
        let digest = facts.digest.map(|digest| format!("{digest:032x}"));
        let row = article_row(article, date.as_deref(), facts, counted, earlier.as_deref(), digest.as_deref());
        self.write(|t| t.articles.row(&row), ARTICLES.file)?;
        if counted != "yes" {
            return Ok(());
        }
        let group = self.grouping.of(article, facts.language);
        if let Some(outlet) = article.outlet.as_ref().filter(|outlet| !self.totals.outlets.contains(*outlet)) {
            self.totals.outlets.insert(outlet.clone());
        }
        let words = facts.words - facts.furniture_words - facts.repeat_words;
        let part = ArticleCounts { words, hits: shard.counts[i].clone(), valence: shard.valence[i].clone() };
        let by_frame = part.by_frame(self.counts.frames.len());
        self.write(|t| t.counts_csv.row(&counts_row(article, &group, date.as_deref(), words, &by_frame)), COUNTS.file)?;
        for removed in &shard.removed[i] {
            self.write(|t| t.removed.row(&removed_row(article, removed)), REMOVED.file)?;
        }
        self.frame_hits(shard, article, date.as_deref(), hits)?;
        for (lexicon, rows) in sentiment.iter().enumerate() {
            self.sentiment_of(shard, article, date.as_deref(), lexicon, rows)?;
            if let Some(valence) = part.valence[lexicon] {
                let name = self.counts.lexicons[lexicon].clone();
                let row = sentiment_row(article, &group, date.as_deref(), &name, words, &valence);
                self.write(|t| t.sentiment_articles.row(&row), SENTIMENT_ARTICLES.file)?;
            }
        }
        for (&pair, &tokens) in &shard.shared[i] {
            let cell = self.shared.entry(pair).or_default();
            *cell = (cell.0 + u64::from(tokens), cell.1 + 1);
        }
        let number = self.counts.push(&article.id, group, article.date, &part);
        self.draw(shard, i, date.as_deref(), number, [hits, parents]);
        let counted = |quoted: &Quoted, rows: &[Row]| {
            let rows = rows.iter().filter(|row| row.uncounted.is_none());
            rows.map(|row| (row.entry, quoted.form(row).to_string())).collect::<Vec<_>>()
        };
        self.terms.push(number, &counted(&shard.hits, hits));
        for ((terms, quoted), rows) in self.sentiment_terms.iter_mut().zip(&shard.sentiment).zip(sentiment) {
            terms.push(number, &counted(quoted, rows));
        }
        Ok(())
    }

    fn total(&mut self, facts: &Facts, counted: &str) {
        let totals = &mut self.totals;
        totals.articles += 1;
        totals.text_bytes += facts.text_bytes;
        *totals.languages.entry(facts.language.to_string()).or_default() += 1;
        match counted {
            "yes" => {
                totals.counted += 1;
                totals.words += u64::from(facts.words);
                *totals.counted_languages.entry(facts.language.to_string()).or_default() += 1;
                totals.furniture_words += u64::from(facts.furniture_words);
                totals.repeat_words += u64::from(facts.repeat_words);
            }
            "duplicate" => totals.duplicates += 1,
            "no words" => totals.empty += 1,
            _ => *totals.without_lexicon.entry(facts.language.to_string()).or_default() += 1,
        }
    }

    fn frame_hits(&mut self, shard: &ShardResult, article: &Article, date: Option<&str>, hits: &[Row]) -> Result<()> {
        for hit in hits {
            self.totals.hits += u64::from(hit.uncounted.is_none());
            self.totals.uncounted_hits += u64::from(hit.uncounted.is_some());
            let (lexicon, entry) = self.frames.entry(hit.entry);
            let entry_at = format!("{}:{}", lexicon.file, entry.line);
            let of = &self.frames.frames()[hit.frame as usize];
            let row = hit_row(&HitOf { article, date, of, entry, entry_at: &entry_at }, &shard.hits, hit);
            self.hits.row(&row).map_err(|error| self.folder.problem(HITS.file, &error))?;
            if let Some(table) = &mut self.hits_parquet {
                table.push(&row).map_err(|error| self.folder.problem("hits.parquet", &error))?;
            }
        }
        Ok(())
    }

    /// Offers the counted hits of an article as examples, to each frame those that it counts.
    fn draw(&mut self, shard: &ShardResult, i: usize, date: Option<&str>, group: u32, [hits, parents]: [&[Row]; 2]) {
        let (plan, article) = (self.frames, &shard.articles[i]);
        let own = hits.iter().filter(|hit| plan.inside(hit.frame).is_empty()).map(|hit| (&shard.hits, hit));
        let parents = parents.iter().map(|hit| (&shard.parents, hit));
        for (quoted, hit) in own.chain(parents).filter(|(_, hit)| hit.uncounted.is_none()) {
            let of = &plan.frames()[hit.frame as usize];
            let key = self.examples.key(&article.id, hit.byte_start, of);
            self.examples.offer(group, hit.frame, key, || {
                let (lexicon, entry) = plan.entry(hit.entry);
                let entry_at = format!("{}:{}", lexicon.file, entry.line);
                let of = HitOf { article, date, of, entry, entry_at: &entry_at };
                example(&of, shard.facts[i].language, quoted, hit)
            });
        }
    }

    fn sentiment_of(
        &mut self,
        shard: &ShardResult,
        article: &Article,
        date: Option<&str>,
        number: usize,
        hits: &[Row],
    ) -> Result<()> {
        self.totals.sentiment_hits += hits.iter().filter(|hit| hit.uncounted.is_none()).count() as u64;
        let Some(sheet) = &mut self.sentiment_hits else { return Ok(()) };
        for hit in hits {
            let (lexicon, entry) = self.sentiment[number].entry(hit.entry);
            let entry_at = format!("{}:{}", lexicon.file, entry.line);
            let of = HitOf { article, date, of: &lexicon.name, entry, entry_at: &entry_at };
            let row = sentiment_hit_row(&of, &shard.sentiment[number], hit);
            sheet.row(&row).map_err(|error| self.folder.problem(SENTIMENT_HITS.file, &error))?;
        }
        Ok(())
    }

    fn write(&mut self, row: impl FnOnce(&mut Self) -> csv::Result<()>, file: &str) -> Result<()> {
        row(self).map_err(|error| self.folder.problem(file, &error).into())
    }

    /// Ends the growing tables; gives back the folder, the sums and the totals.
    pub fn finish(mut self) -> Result<Finished> {
        let sheets = [self.hits, self.counts_csv, self.sentiment_articles, self.articles, self.removed, self.problems];
        for sheet in sheets.into_iter().chain(self.sentiment_hits) {
            let file = sheet.into_inner().map_err(|error| self.folder.problem("", &error))?;
            self.folder.finish(file)?;
        }
        if let Some(table) = self.hits_parquet {
            let file = table.finish().map_err(|error| self.folder.problem("hits.parquet", &error))?;
            self.folder.finish(file)?;
        }
        let place = self.counts.sort_groups();
        self.examples.place(&place);
        let usage = |terms: &Terms| terms.usage(|group| place[group as usize]);
        Ok(Finished {
            frame_usage: usage(&self.terms),
            sentiment_usage: self.sentiment_terms.iter().map(usage).collect(),
            folder: self.folder,
            dimensions: self.grouping.names(),
            counts: self.counts,
            totals: self.totals,
            shared: self.shared,
            examples: self.examples,
            problems: self.kept_problems,
        })
    }
}

/// What is left of the growing tables.
pub struct Finished {
    /// Where the rest is written.
    pub folder: Folder,
    /// Names of the dimensions of the grouping.
    pub dimensions: Vec<String>,
    /// Sums by article; groups in the order of their labels.
    pub counts: Counts,
    /// What each entry of the frames found.
    pub frame_usage: BTreeMap<EntryId, Usage>,
    /// What each entry of each sentiment lexicon found.
    pub sentiment_usage: Vec<BTreeMap<EntryId, Usage>>,
    /// Totals.
    pub totals: Totals,
    /// Pairs of frames: tokens and articles that they share.
    pub shared: BTreeMap<(FrameId, FrameId), (u64, u64)>,
    /// Hits drawn at random, for the page.
    pub examples: Examples,
    /// The first problems.
    pub problems: Vec<Problem>,
}

impl Finished {
    /// Where no article could be counted there is nothing to report, and an earlier run is worth more than an empty one.
    pub fn refuse_nothing(&self, corpus: &[String]) -> Result<()> {
        if self.totals.counted > 0 {
            return Ok(());
        }
        let totals = &self.totals;
        let kinds: Vec<String> = totals.problems.iter().map(|(kind, n)| format!("{kind} {n}")).collect();
        let languages: Vec<String> = totals.without_lexicon.iter().map(|(code, n)| format!("{n} in {code}")).collect();
        let found = format!("no article could be counted: {} read, {} without words", totals.articles, totals.empty);
        let problem = Problem::error("nothing-to-count", Place::file(corpus.join(", ")), found);
        let problem = problem.expected("articles with words, in a language that a lexicon is for");
        let mut hints = Vec::new();
        if !languages.is_empty() {
            hints.push(format!("without a lexicon: {}", languages.join(", ")));
        }
        if !kinds.is_empty() {
            hints.push(format!("problems: {}", kinds.join(", ")));
        }
        Err(problem.hint(hints.join("; ")).into())
    }
}

/// Takes the rows of an article off the front.
fn split<'r>(rows: &mut &'r [Row], article: u32) -> &'r [Row] {
    let (mine, rest) = rows.split_at(rows.partition_point(|row| row.article <= article));
    *rows = rest;
    mine
}
