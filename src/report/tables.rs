//! The tables that grow while articles are counted, on disk.
//!
//! In: what was counted in each shard, in order. Out: rows in `hits.csv`, `articles.csv`, `counts.csv` and their kin, and the sums
//! that the estimates need.
//! Invariant: only sums are kept in memory.

use super::columns::{
    ARTICLES, COPIES, COUNTS, HITS, PROBLEMS, REMOVED, SENTIMENT_ARTICLES, SENTIMENT_HITS, SENTIMENT_MENTIONS,
    SENTIMENT_SENTENCES, Table,
};
use super::copies::{CopyOf, copies_csv};
use super::earlier::{Earlier, is_whole};
use super::examples::Examples;
use super::folder::{Digested, Folder};
use super::keys::{FILE as KEYS, KeysFile};
use super::page::PROBLEMS as KEPT;
use super::pages::{Context, Counted};
use super::printed::Printed;
use super::sheet::{Sheet, read_row};
use super::tones;
use super::totals::Totals;
use crate::aggregate::lexical::Lexical;
use crate::aggregate::{Cell, Contribution, Contributions, Counts, SubjectTable, Terms, Usage};
use crate::clean::{Copies, Group};
use crate::disk::Out;
use crate::error::{Place, Problem, Result, Severity};
use crate::lookup::{EntryId, FrameId};
use crate::read::dates;
use crate::results::{Dtype, ParquetTable};
use std::collections::BTreeMap;
use std::io::{BufWriter, Write};

/// The tables of which [`Counted::rows`] holds rows, in that order.
pub const GROWING: [&Table; 8] = [
    &HITS,
    &SENTIMENT_HITS,
    &COUNTS,
    &SENTIMENT_ARTICLES,
    &SENTIMENT_SENTENCES,
    &SENTIMENT_MENTIONS,
    &ARTICLES,
    &REMOVED,
];

/// What is known of the articles before they are counted.
pub struct Surveyed<'a> {
    /// Names of the dimensions of the grouping.
    pub dimensions: Vec<String>,
    /// Labels of each group.
    pub groups: Vec<Vec<String>>,
    /// The further columns of the corpus.
    pub columns: &'a [String],
    /// Articles that share their text with others.
    pub copies: &'a Copies,
}

/// The growing tables of a run.
pub struct Tables<'a> {
    folder: Folder,
    dimensions: Vec<String>,
    growing: Vec<Option<Digested>>,
    hits_parquet: Option<ParquetTable<Digested>>,
    problems: Sheet<Digested>,
    counts: Counts,
    /// Pairs of frames: tokens and articles that they share.
    shared: BTreeMap<(FrameId, FrameId), (u64, u64)>,
    terms: Terms,
    sentiment_terms: Vec<Terms>,
    contributions: Contributions,
    keys: KeysFile<BufWriter<Out>>,
    lexical: Lexical,
    totals: Totals,
    examples: Examples,
    /// Articles that share their text with others; nothing where the last run has told.
    copies: Option<&'a Copies>,
    copied: BTreeMap<u32, CopyOf>,
    /// The first problems of each severity, for the page.
    kept_problems: Vec<Problem>,
}

impl<'a> Tables<'a> {
    /// Begins every table but those that were taken over from `earlier`.
    pub fn begin(
        folder: Folder,
        context: &'a Context<'a>,
        surveyed: Surveyed<'a>,
        earlier: Option<&Earlier<'_>>,
        options: &super::Options,
    ) -> Result<Tables<'a>> {
        let Surveyed { dimensions, groups, columns, copies } = surveyed;
        let copies = earlier.is_none().then_some(copies);
        let members = |group: &'a Group| group.members.iter().map(|member| (member.article, CopyOf::default()));
        let sheet = |table: &Table, further: &[String]| {
            let file = folder.begin(table.file)?;
            let sheet = Sheet::new(file, table, &dimensions, further);
            sheet.map_err(|error| crate::error::Error::from(folder.problem(table.file, &error)))
        };
        let growing = GROWING.iter().map(|table| {
            let is_there = earlier.is_some() && is_whole(table);
            if is_there || !tones::is_written(table, context.scorer, context.sentiment_hits) {
                return Ok(None);
            }
            let further = match table.file {
                file if file == COUNTS.file => context.frames.frames(),
                file if file == ARTICLES.file => columns,
                _ => &[],
            };
            let file = sheet(table, further)?.into_inner();
            Ok(Some(file))
        });
        let growing = growing.collect::<Result<_>>()?;
        let problems = sheet(&PROBLEMS, &[])?;
        let hits_parquet = if options.parquet {
            let names = HITS.columns.iter().map(|column| (column.name, column.dtype));
            let file = folder.begin("hits.parquet")?;
            let table = ParquetTable::new(file, &names.collect::<Vec<_>>());
            Some(table.map_err(|error| folder.problem("hits.parquet", &error))?)
        } else {
            None
        };
        Ok(Tables {
            growing,
            hits_parquet,
            problems,
            counts: Counts {
                groups,
                subjects: SubjectTable::of(context.subjects),
                label_names: context.labels.names(),
                ..Counts::new(context.frames.frames().to_vec(), context.scorer.scales.names())
            },
            shared: BTreeMap::new(),
            terms: Terms::default(),
            contributions: Contributions::default(),
            sentiment_terms: context.scorer.plans().iter().map(|_| Terms::default()).collect(),
            keys: KeysFile::begin(&folder)?,
            lexical: Lexical::default(),
            totals: Totals::default(),
            examples: Examples::new(context.seed),
            kept_problems: Vec::new(),
            copied: copies.iter().flat_map(|copies| copies.groups()).flat_map(members).collect(),
            copies,
            dimensions,
            folder,
        })
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

    /// Adds what was counted in the next shard.
    ///
    /// Gives back the memory of its rows of hits, for those of another shard.
    pub fn take(&mut self, part: Counted) -> Result<Vec<u8>> {
        // hits.csv is the first of the growing tables
        let bytes = self.growing.first().and_then(Option::as_ref).map_or(0, Digested::written);
        self.parquet(&part.rows[0])?;
        let added = self.keys.add(&part.places.lengths, &part.places.hits, bytes);
        added.map_err(|error| self.folder.problem(KEYS, &error))?;
        for ((table, file), rows) in GROWING.iter().zip(&mut self.growing).zip(&part.rows) {
            if let Some(file) = file {
                file.write_all(rows).map_err(|error| self.folder.problem(table.file, &error))?;
            }
        }
        let first = part.end as u32 - part.articles.len() as u32;
        for (&number, copy) in self.copied.range_mut(first..part.end as u32) {
            *copy = CopyOf::of(&part.articles[(number - first) as usize]);
        }
        let counted = part.is_counted.iter().enumerate().filter(|(_, is_counted)| **is_counted);
        counted.for_each(|(i, _)| self.lexical.add(&part.lexical, i));
        for article in part.counted {
            self.counts.push(article.id, article.group, article.date, &article.counts);
            self.counts.labels.push(article.labels);
        }
        for (pair, (tokens, articles)) in part.shared {
            let cell = self.shared.entry(pair).or_default();
            *cell = (cell.0 + tokens, cell.1 + articles);
        }
        self.terms.add(part.terms);
        for (terms, part) in self.sentiment_terms.iter_mut().zip(part.sentiment_terms) {
            terms.add(part);
        }
        self.contributions.add(part.contributions);
        self.counts.variants.add(part.variants);
        self.examples.add(part.examples);
        self.totals.add(part.totals);
        let [rows_of_hits, ..] = part.rows;
        Ok(rows_of_hits)
    }

    /// Counted articles by code of language.
    pub fn counted_languages(&self) -> Vec<(&str, u64)> {
        self.totals.counted_languages.iter().map(|(code, &articles)| (code.as_str(), articles)).collect()
    }

    /// Adds the rows of hits of a shard to the Parquet table.
    fn parquet(&mut self, rows: &[u8]) -> Result<()> {
        let Some(table) = &mut self.hits_parquet else { return Ok(()) };
        let Ok(text) = std::str::from_utf8(rows) else { return Ok(()) };
        let (mut rest, mut parts) = (text, Vec::new());
        while !rest.is_empty() {
            rest = read_row(rest, &mut parts);
            let cells = HITS.columns.iter().zip(&parts).map(|(column, part)| match column.dtype {
                _ if part.is_empty() => Cell::Missing,
                Dtype::Text => Cell::Text(part),
                Dtype::Integer => part.parse().map_or(Cell::Missing, Cell::Integer),
                Dtype::Real => part.parse().map_or(Cell::Missing, Cell::Real),
                Dtype::Flag => Cell::Flag(part == "true"),
                Dtype::Date => dates::parse(part, None).ok().flatten().map_or(Cell::Missing, Cell::Date),
            });
            table.push(&cells.collect::<Vec<_>>()).map_err(|error| self.folder.problem("hits.parquet", &error))?;
        }
        Ok(())
    }

    /// Ends the growing tables; gives back the folder, the sums and the totals.
    pub fn finish(mut self, printed: &Printed) -> Result<Finished> {
        if let Some(copies) = self.copies {
            let copies = copies_csv(copies, |article| self.copied.get(&article).cloned().unwrap_or_default());
            let copies = copies.map_err(|error| self.folder.problem(COPIES.file, &error))?;
            self.folder.write(COPIES.file, &copies)?;
        }
        let problems = self.problems.into_inner();
        for file in self.growing.into_iter().flatten().chain([problems]) {
            self.folder.finish(file)?;
        }
        if let Some(table) = self.hits_parquet {
            let file = table.finish().map_err(|error| self.folder.problem("hits.parquet", &error))?;
            self.folder.finish(file)?;
        }
        if let Some(digest) = self.folder.digest(HITS.file) {
            let ended = self.keys.finish(&digest, printed);
            ended.map_err(|error| self.folder.problem(KEYS, &error))?;
        }
        self.lexical.finish();
        Ok(Finished {
            frame_usage: self.terms.usage(),
            sentiment_usage: self.sentiment_terms.iter().map(Terms::usage).collect(),
            contributions: self.contributions.finish(),
            folder: self.folder,
            dimensions: self.dimensions,
            counts: self.counts,
            totals: self.totals,
            lexical: self.lexical,
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
    /// What each entry of each sentiment lexicon gave.
    pub contributions: Vec<Contribution>,
    /// The words themselves.
    pub lexical: Lexical,
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
