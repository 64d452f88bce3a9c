//! The tables that grow while articles are counted, on disk.
//!
//! In: what was counted in each shard, in order, with its rows. Out: the tables of hits, `articles.csv`, `counts.csv` and their kin, and
//! the sums that the estimates need.
//! Invariant: only sums are kept in memory.

use super::columns::{
    ARTICLES, COPIES, COUNTS, HITS, LIWC, PROBLEMS, REMOVED, SENTIMENT_ARTICLES, SENTIMENT_HITS, SENTIMENT_MENTIONS,
    SENTIMENT_SENTENCES, STORIES, Table,
};
use super::copies::{CopiedArticle, copies_csv};
use super::examples::Examples;
use super::folder::{Digested, Folder};
use super::hits::{Form, UnitFiles, bytes_of_a_piece, rows_of_a_group};
use super::last_run::examples_file;
use super::row_writer::{Context, ShardRows};
use super::sentences::{LABELS, SentenceFiles, SentenceRows, TONES, name_of_plan};
use super::sheet::Sheet;
use super::stories::stories_csv;
use super::story_pages::StoryNote;
use super::tones;
use crate::aggregate::lexical::Lexical;
use crate::aggregate::{Cell, Contribution, Counts, Usage};
use crate::clean::Copies;
use crate::count::{Counted, Totals};
use crate::error::{Problem, Result, Severity};
use crate::estimates::{are_many, shown_frames};
use crate::lookup::{EntryId, FrameId};
use crate::stories::Stories;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

/// Problems of each severity that are kept for the page.
pub(super) const MOST_PROBLEMS: usize = 200;

/// What is known of the articles before they are counted.
pub struct Surveyed<'a> {
    /// Names of the dimensions of the grouping.
    pub dimensions: Vec<String>,
    /// The further columns of the corpus.
    pub columns: &'a [String],
    /// Articles that share their text with others.
    pub copies: &'a Copies,
    /// Articles on one event.
    pub stories: &'a Stories,
}

/// A unit of frames and the files of its hits.
#[derive(Clone, Debug)]
pub struct UnitTable {
    /// Name of the unit: of its top-level frame, or of its lexicons.
    pub name: String,
    /// Its frames.
    pub frames: Vec<String>,
    /// Its file name, without folder and ending.
    pub file: String,
}

/// The growing tables of a run.
pub struct Tables<'a> {
    context: &'a Context<'a>,
    folder: Folder,
    dimensions: Vec<String>,
    /// Of each unit; none where its files are taken over.
    hits: Vec<Option<UnitFiles>>,
    /// Of each unit; none where its files are taken over, or none are asked for.
    hit_words: Vec<Option<SentenceFiles>>,
    /// Of rival labels; none where they are taken over, or none are asked for.
    label_words: Option<SentenceFiles>,
    /// Of each plan of sentiment, beside its table.
    tone_words: Vec<SentenceFiles>,
    units: Vec<UnitTable>,
    /// Of each plan of sentiment.
    sentiment_hits: Vec<UnitFiles>,
    counts: Digested,
    liwc: Option<Digested>,
    articles: Option<Digested>,
    removed: Option<Digested>,
    sentiment_articles: Option<Digested>,
    sentences: Option<Digested>,
    mentions: Option<Digested>,
    problems: Sheet<Digested>,
    counted: Counted,
    /// Problems alone.
    totals: Totals,
    examples: Examples,
    copies: &'a Copies,
    stories: &'a Stories,
    notes: Vec<StoryNote>,
    copied: BTreeMap<u32, CopiedArticle>,
    /// The first problems of each severity, for the page.
    first_problems: Vec<Problem>,
}

impl<'a> Tables<'a> {
    /// Begins every table but those that were taken over; `examples` are those of units that were.
    pub fn begin(
        folder: Folder,
        context: &'a Context<'a>,
        surveyed: Surveyed<'a>,
        files: &[String],
        examples: Examples,
        options: &super::Options,
    ) -> Result<Tables<'a>> {
        let Surveyed { dimensions, columns, copies, stories } = surveyed;
        let sheet = |table: &Table, further: &[String]| -> Result<Sheet<Digested>> {
            let file = folder.begin(table.file)?;
            let sheet = Sheet::new(file, table, &dimensions, further);
            sheet.map_err(|error| folder.problem(table.file, &error).into())
        };
        let begin = |is_written: bool, table: &Table, further: &[String]| -> Result<Option<Digested>> {
            is_written.then(|| Ok(sheet(table, further)?.into_inner())).transpose()
        };
        let (frames, scorer, fresh) = (context.request.frames, context.request.scorer, &context.fresh);
        let form = Form {
            table: &HITS,
            parquet: options.has_parquet(),
            most: options.rows_of_a_file,
            group: rows_of_a_group(files.len()),
            piece: bytes_of_a_piece(files.len()),
        };
        let unit =
            |(file, &is_fresh): (&String, &bool)| is_fresh.then(|| UnitFiles::begin(&folder, form, file)).transpose();
        let hits = files.iter().zip(&fresh.units).map(unit).collect::<Result<_>>()?;
        let words = |(file, &is_fresh): (&String, &bool)| {
            (is_fresh && context.sentences).then(|| SentenceFiles::begin(&folder, file))
        };
        let hit_words = files.iter().zip(&fresh.units).map(words).collect();
        let form = Form { table: &SENTIMENT_HITS, parquet: false, ..form };
        let lexicons: Vec<String> = scorer.plans().iter().map(name_of_plan).collect();
        let lexicons = super::file_names::file_names(&lexicons);
        let of_sentiment = || lexicons.iter().filter(|_| fresh.sentiment && context.sentiment_hits);
        let sentiment_hits = of_sentiment().map(|file| UnitFiles::begin(&folder, form, file)).collect::<Result<_>>()?;
        let tone_words = of_sentiment().filter(|_| context.sentences);
        let tone_words = tone_words.map(|file| SentenceFiles::begin(&folder, &format!("{TONES}{file}"))).collect();
        let label_words = (fresh.articles && context.sentences).then(|| SentenceFiles::begin(&folder, LABELS));
        let tone = |table| fresh.sentiment && tones::is_written(table, scorer);
        Ok(Tables {
            hits,
            hit_words,
            label_words,
            tone_words,
            units: unit_tables(context, files),
            sentiment_hits,
            counts: sheet(&COUNTS, frames.frames())?.into_inner(),
            liwc: begin(context.liwc, &LIWC, frames.frames())?,
            articles: begin(fresh.articles, &ARTICLES, columns)?,
            removed: begin(fresh.articles, &REMOVED, &[])?,
            sentiment_articles: begin(tone(&SENTIMENT_ARTICLES), &SENTIMENT_ARTICLES, &[])?,
            sentences: begin(tone(&SENTIMENT_SENTENCES), &SENTIMENT_SENTENCES, &[])?,
            mentions: begin(tone(&SENTIMENT_MENTIONS), &SENTIMENT_MENTIONS, &[])?,
            problems: sheet(&PROBLEMS, &[])?,
            counted: Counted::default(),
            totals: Totals::default(),
            examples,
            first_problems: Vec::new(),
            copied: BTreeMap::new(),
            copies,
            stories,
            notes: Vec::new(),
            context,
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
        if *count <= MOST_PROBLEMS as u64 {
            self.first_problems.push(problem.clone());
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

    /// Adds what was counted in the next shard, and its rows. Of an article only its counts are kept.
    pub fn take(&mut self, mut part: Counted, rows: ShardRows) -> Result<()> {
        for (files, rows) in self.hits.iter_mut().zip(rows.hits) {
            if let (Some(files), Some(rows)) = (files, rows) {
                files.take(&self.folder, &rows)?;
                self.context.buffers.give(rows.csv);
            }
        }
        self.add_sentences(&rows.sentences)?;
        self.label_words.as_mut().map_or(Ok(()), |files| files.take(&self.folder, &rows.labels))?;
        for (files, rows) in self.tone_words.iter_mut().zip(&rows.tone_sentences) {
            files.take(&self.folder, rows)?;
        }
        for (files, rows) in self.sentiment_hits.iter_mut().zip(rows.sentiment_hits) {
            files.take(&self.folder, &rows)?;
            self.context.buffers.give(rows.csv);
        }
        let folder = &self.folder;
        let write = |file: Option<&mut Digested>, table: &Table, rows: &[u8]| -> Result<()> {
            let written = file.map_or(Ok(()), |file| file.write_all(rows));
            written.map_err(|error| folder.problem(table.file, &error).into())
        };
        write(Some(&mut self.counts), &COUNTS, &rows.counts)?;
        write(self.liwc.as_mut(), &LIWC, &rows.liwc)?;
        write(self.articles.as_mut(), &ARTICLES, &rows.articles)?;
        write(self.removed.as_mut(), &REMOVED, &rows.removed)?;
        write(self.sentiment_articles.as_mut(), &SENTIMENT_ARTICLES, &rows.tones.articles)?;
        write(self.sentences.as_mut(), &SENTIMENT_SENTENCES, &rows.tones.sentences)?;
        write(self.mentions.as_mut(), &SENTIMENT_MENTIONS, &rows.tones.mentions)?;
        part.articles = Vec::new();
        self.copied.extend(rows.copied);
        self.counted = std::mem::take(&mut self.counted).merge(part);
        self.examples.add(rows.examples);
        self.notes.extend(rows.stories);
        Ok(())
    }

    /// Adds the hits of the next shard in their words, where they are gathered apart.
    pub fn quote(&mut self, rows: ShardRows) -> Result<()> {
        self.examples.add(rows.examples);
        self.add_sentences(&rows.sentences)
    }

    fn add_sentences(&mut self, units: &[SentenceRows]) -> Result<()> {
        for (files, rows) in self.hit_words.iter_mut().zip(units) {
            files.as_mut().map_or(Ok(()), |files| files.take(&self.folder, rows))?;
        }
        Ok(())
    }

    /// Whether the page shows a frame of each unit, and so may ask for its sentences; of few frames for all of them.
    pub fn shown_units(&self) -> Vec<bool> {
        let (context, counts) = (self.context, &self.counted.counts);
        let frames = context.request.frames.frames().len();
        let shown = shown_frames(&counts.hits_by_frame());
        let is_shown = |frame: &FrameId| !are_many(frames) || shown.binary_search(&frame.index()).is_ok();
        context.units.frames.iter().map(|frames| frames.iter().any(is_shown)).collect()
    }

    /// Counted articles by code of language.
    pub fn counted_languages(&self) -> Vec<(&str, u64)> {
        let languages = &self.counted.totals.counted_languages;
        languages.iter().map(|(code, &articles)| (code.as_str(), articles)).collect()
    }

    /// Articles that are left out, by the language that no lexicon is for.
    pub fn without_lexicon(&self) -> &BTreeMap<String, u64> {
        &self.counted.totals.without_lexicon
    }

    /// Outlets of counted articles.
    pub fn counted_outlets(&self) -> &BTreeSet<String> {
        &self.counted.totals.outlets
    }

    /// Ends the growing tables; gives back the sums and the totals, and the folder.
    pub fn finish(mut self) -> Result<(Finished, Folder)> {
        if self.context.fresh.articles {
            let copies = copies_csv(self.copies, |article| self.copied.get(&article).cloned().unwrap_or_default());
            let copies = copies.map_err(|error| self.folder.problem(COPIES.file, &error))?;
            self.folder.write(COPIES.file, &copies)?;
            let stories = stories_csv(self.stories).map_err(|error| self.folder.problem(STORIES.file, &error))?;
            self.folder.write(STORIES.file, &stories)?;
        }
        // of many frames no hits are taken over
        if self.context.keeps_examples && !are_many(self.context.request.frames.frames().len()) {
            let plan = self.context.request.frames;
            let units = self.units.iter().zip(&self.context.units.frames).zip(&self.context.fresh.units);
            for ((unit, frames), _) in units.filter(|(_, is_fresh)| **is_fresh) {
                self.folder.beside(&examples_file(&unit.file), &self.examples.save(plan, frames))?;
            }
        }
        let is_shown = self.shown_units();
        for files in self.hits.into_iter().flatten().chain(self.sentiment_hits) {
            files.finish(&mut self.folder)?;
        }
        for (files, is_shown) in self.hit_words.into_iter().zip(is_shown) {
            let Some(files) = files else { continue };
            if is_shown { files.finish(&mut self.folder)? } else { files.discard(&self.folder)? }
        }
        for files in self.label_words.into_iter().chain(self.tone_words) {
            files.finish(&mut self.folder)?;
        }
        let tables = [self.liwc, self.articles, self.removed, self.sentiment_articles, self.sentences, self.mentions];
        let always = [self.counts, self.problems.into_inner()];
        for file in tables.into_iter().flatten().chain(always) {
            self.folder.finish(file)?;
        }
        let mut counted = self.counted;
        counted.finish();
        counted.totals.add(self.totals);
        let found = Finished {
            frame_usage: counted.frame_usage(),
            sentiment_usage: counted.sentiment_usage(),
            contributions: counted.contributions.finish(),
            units: self.units,
            dimensions: self.dimensions,
            counts: counted.counts,
            totals: counted.totals,
            lexical: counted.lexical,
            shared: counted.shared,
            examples: self.examples,
            story_notes: self.notes,
            problems: self.first_problems,
        };
        Ok((found, self.folder))
    }
}

fn unit_tables(context: &Context<'_>, files: &[String]) -> Vec<UnitTable> {
    let names = context.request.frames.frames();
    let units = context.units.names.iter().zip(&context.units.frames).zip(files);
    let table = |((name, frames), file): ((&String, &Vec<FrameId>), &String)| UnitTable {
        name: name.clone(),
        frames: frames.iter().map(|&frame| names[frame.index()].clone()).collect(),
        file: file.clone(),
    };
    units.map(table).collect()
}

/// What is left of the growing tables.
pub struct Finished {
    /// The units of frames, with the files of their hits.
    pub units: Vec<UnitTable>,
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
    /// What pages of stories say.
    pub story_notes: Vec<StoryNote>,
    /// The first problems.
    pub problems: Vec<Problem>,
}
