//! What every counting command opens, and the steps of a run behind the survey: rows and counts, estimates, the run folder.
//!
//! In: a study; for a run a session whose corpus is surveyed, and whoever gives what was counted in its shards. Out: a [`Job`]; a run
//! folder that is to be put in its place.
//! Invariant: whether shards are counted here or were counted by other processes, the steps and the bytes are the same.

mod cached_parts;
mod cached_values;
mod live_entries;
mod quotes;

pub(crate) use cached_parts::CachedParts;
pub(crate) use cached_values::{cache_story_words, cache_tests, cached_story_words, cached_tests};
pub(crate) use quotes::quote_shown;

use crate::aggregate::lexical::Lexical;
use crate::aggregate::{Contribution, Counts, Usage};
use crate::count::Request;
use crate::error::{Error, Place, Problem, Result};
use crate::estimates::{self, Estimates, StoryWords, are_many, lexical};
use crate::index::Store;
use crate::lookup::{EntryId, FrameId};
use crate::progress::{Progress, Stage};
use crate::report::chart;
use crate::report::{
    self, BufferPool, Context, Fingerprints, Finished, Folder, Inputs, Outcome, RowsToWrite, Surveyed, Tables,
};
use crate::results::{self, Sources};
use crate::session::{self, CountingSession, Plans};
use crate::statistics::CachedTests;
use crate::study::Study;
use crate::{compare, lexicon};
use std::collections::BTreeMap;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

/// The lexicons of a run.
pub(crate) fn load(study: &Study) -> Result<lexicon::Set> {
    let mut lexicons = study.load_lexicons(&study.lexicons, &study.reading)?;
    if study.sentiment.alone {
        if let Some(problem) = lexicons.frames.first().filter(|_| lexicons.sentiment.is_empty()).map(no_sentiment) {
            return Err(problem.into());
        }
        lexicons.leave_frames();
    }
    Ok(lexicons)
}

/// A lexicon of frames where one of sentiment is due.
fn no_sentiment(lexicon: &lexicon::Lexicon) -> Problem {
    let found = "a lexicon of frames, and no sentiment lexicon beside it";
    let problem = Problem::error("no-lexicon", Place::file(lexicon.file.as_str()), found);
    let problem = problem.expected("a lexicon whose words have weights");
    if lexicon::has_polarities(lexicon) {
        return problem.hint("it has categories beside the positive and the negative one: give a copy with these two alone, or, if they are columns, `--shape 'term=…, categories=positive|negative'`");
    }
    problem.hint("sentiment-en comes with the program; in a lexicon of your own say `kind = \"sentiment\"`, and a weight for each entry")
}

/// A session over the articles of a study, and what is asked of each of its shards.
pub(crate) struct Job<'a> {
    pub study: &'a Study,
    pub lexicons: &'a lexicon::Set,
    pub plans: &'a Plans<'a>,
    pub session: CountingSession<'a>,
    pub request: Request<'a>,
    /// What the tests of the last run drew.
    pub cached_tests: CachedTests,
    /// The words by which groups tell stories, once they are known; nothing in it where there are none.
    pub story_words: OnceLock<Option<StoryWords>>,
}

impl Job<'_> {
    /// Opens the job of a study and hands it on; `open` opens its session.
    ///
    /// # Errors
    /// Lexicons, settings or a corpus that cannot be read; more frames than can be estimated; what `then` refuses.
    pub fn open<'s, T>(
        study: &'s Study,
        open: impl FnOnce(&'s Study, &lexicon::Set) -> Result<CountingSession<'s>>,
        then: impl FnOnce(Job<'_>) -> Result<T>,
    ) -> Result<T> {
        let lexicons = load(study)?;
        estimates::refuse_frames(lexicons.frames.iter().map(|lexicon| lexicon.frames.len()).sum())?;
        let plans = Plans::of(&lexicons, study)?;
        let session = open(study, &lexicons)?;
        let columns = session.corpus.other_columns();
        let scorer = plans.scorer(study, columns)?;
        let (vaders, node_plan) = (scorer.vaders(), plans.node_plan());
        let request = plans.request(study, columns, (&scorer, &vaders), &node_plan)?;
        let (cached_tests, story_words) = (CachedTests::default(), OnceLock::new());
        then(Job { study, lexicons: &lexicons, plans: &plans, session, request, cached_tests, story_words })
    }

    /// Refuses what cannot be estimated of the articles that were surveyed.
    pub fn refuse(&self) -> Result<()> {
        let survey = &self.session.survey;
        estimates::refuse_unknown(&survey.group_names(), &self.study.estimates)?;
        let counted = survey.counted().filter(|is_counted| *is_counted).count();
        estimates::refuse_too_many(self.plans.frames.frames().len(), survey.groups.len(), counted)
    }

    /// Indexes and surveys in silence, by the cache of a run that stands where the study would write; gives back that cache.
    pub fn index_aside(&mut self, stop: &AtomicBool) -> Result<Store> {
        self.session.index_aside((&self.lexicons.frames, self.lexicons), stop)
    }
}

/// Ends a run that is to stop.
pub(crate) fn halt(stop: &AtomicBool) -> Result<()> {
    if stop.load(Ordering::Relaxed) { Err(Error::Interrupted) } else { Ok(()) }
}

/// What was counted of all articles, as estimates and tables take it.
pub(crate) struct Aggregated<'a> {
    pub dimensions: &'a [String],
    pub counts: &'a Counts,
    pub lexical: &'a Lexical,
    pub frame_usage: &'a BTreeMap<EntryId, Usage>,
    pub sentiment_usage: &'a [BTreeMap<EntryId, Usage>],
    pub contributions: &'a [Contribution],
    pub shared: &'a BTreeMap<(FrameId, FrameId), (u64, u64)>,
}

/// What the steps of a run share.
pub(crate) struct Run<'a> {
    pub job: &'a Job<'a>,
    pub progress: &'a dyn Progress,
    pub stop: &'a AtomicBool,
}

impl Run<'_> {
    /// Counts, estimates, and writes everything; the folder is then to be put in its place. What the last run wrote of the same is taken
    /// over. `count` gives the tables what was counted, shard by shard in order.
    pub fn write(
        &self,
        folder: Folder,
        same: Option<&Fingerprints>,
        count: impl FnOnce(&Context<'_>, &mut Tables<'_>) -> Result<()>,
    ) -> Result<(Outcome, Folder)> {
        let (found, folder) = self.count(folder, same, count)?;
        found.totals.refuse_nothing(&self.job.study.corpus)?;
        let counted = Aggregated {
            dimensions: &found.dimensions,
            counts: &found.counts,
            lexical: &found.lexical,
            frame_usage: &found.frame_usage,
            sentiment_usage: &found.sentiment_usage,
            contributions: &found.contributions,
            shared: &found.shared,
        };
        let estimates = self.estimate(&counted)?;
        let stamps = self.stamps();
        let tables = self.tables(&counted, &estimates, &stamps)?;
        self.progress.end(Stage::Statistics);
        self.report((&found, folder), &estimates, &tables)
    }

    /// What the rows of every shard need.
    pub fn context(&self, fresh: RowsToWrite) -> Context<'_> {
        let Job { study, plans, session, request, .. } = self.job;
        let frames = (0..plans.frames.frames().len()).map(FrameId::new);
        Context {
            request,
            units: &plans.units,
            quoted: frames.map(|frame| fresh.units[plans.units.of_frame(frame).index()]).collect(),
            fresh,
            parquet: study.report.has_parquet(),
            sentiment_hits: study.report.writes_sentiment_hits(self.counted_articles()),
            liwc: study.report.has_liwc(),
            copied: session.survey.clean.copies.articles(),
            seed: study.estimates.seed,
            sentences: true,
            keeps_examples: study.cache,
            buffers: BufferPool::default(),
        }
    }

    fn counted_articles(&self) -> usize {
        self.job.session.survey.counted().filter(|is_counted| *is_counted).count()
    }

    fn count(
        &self,
        mut folder: Folder,
        same: Option<&Fingerprints>,
        count: impl FnOnce(&Context<'_>, &mut Tables<'_>) -> Result<()>,
    ) -> Result<(Finished, Folder)> {
        let Job { study, plans, session, .. } = self.job;
        let seed = study.estimates.seed;
        let (fresh, examples) = report::take_over(&mut folder, same, &plans.frames, &plans.unit_files, seed)?;
        let mut context = self.context(fresh);
        if are_many(plans.frames.frames().len()) {
            // the page quotes some of them: which, is known once all are counted
            context.quoted.fill(false);
        }
        let surveyed = Surveyed {
            dimensions: session.grouping.names(),
            columns: session.corpus.other_columns(),
            copies: &session.survey.clean.copies,
            stories: &session.survey.stories,
        };
        let progress = self.progress;
        let mut tables = Tables::begin(folder, &context, surveyed, &plans.unit_files, examples, &study.report)?;
        self.note_problems(&mut tables)?;
        count(&context, &mut tables)?;
        let languages = tables.counted_languages();
        let unstemmed = session::unstemmed_languages(&languages, self.job.lexicons.all());
        let unspaced = session::unspaced_languages(&languages);
        let unknown = session::unknown_language(&languages, self.job.lexicons.all());
        let unmet = session::unmet_outlets(&study.read.aliases, tables.counted_outlets());
        let left_out = session::left_out_languages(tables.without_lexicon());
        let of_languages =
            session.voices.without_cues(languages).into_iter().chain(left_out).chain(unknown).chain(unspaced);
        for problem in of_languages.chain(unstemmed).chain(unmet) {
            progress.note(&problem);
            tables.problem(&problem)?;
        }
        tables.finish()
    }

    /// What reading had to say, for whoever looks on and for `problems.csv`.
    fn note_problems(&self, tables: &mut Tables<'_>) -> Result<()> {
        let (Job { lexicons, session, .. }, progress) = (self.job, self.progress);
        for lexicon in lexicons.all().filter(|lexicon| lexicon.format != lexicon::Format::Toml) {
            let place = Place::file(lexicon.file.as_str());
            progress.note(&Problem::note("lexicon-read", place, lexicon.report.sentence()));
        }
        for problem in session.corpus.notes().iter().chain(lexicons.all().flat_map(|lexicon| &lexicon.problems)) {
            progress.note(problem);
            tables.problem(problem)?;
        }
        session.problems().iter().try_for_each(|problem| tables.problem(problem))?;
        for problem in self.left_out().into_iter().chain(self.fonts()) {
            progress.note(&problem);
            tables.problem(&problem)?;
        }
        Ok(())
    }

    /// What a large corpus has not unless it is asked for.
    fn left_out(&self) -> Option<Problem> {
        let (options, articles) = (&self.job.study.report, self.counted_articles());
        if self.job.plans.sentiment.is_empty()
            || options.sentiment_hits.is_some()
            || options.writes_sentiment_hits(articles)
        {
            return None;
        }
        let found = format!("{articles} articles: hits of sentiment lexicons are not written one by one");
        let problem = Problem::note("sentiment-hits-left-out", Place::file("sentiment_hits/"), found);
        Some(problem.hint(
            "the scores are not affected; `[report] sentiment_hits = true` writes every hit into sentiment_hits/",
        ))
    }

    /// What is drawn with fonts of this machine, and what with none.
    fn fonts(&self) -> Vec<Problem> {
        let Job { study, plans, session, .. } = self.job;
        let names = session.survey.groups.iter().flatten().chain(plans.frames.labels()).map(String::as_str);
        let Ok((files, missing)) = chart::fonts_for(names.filter(|_| study.report.charts)) else { return Vec::new() };
        let mut problems = Vec::new();
        if !files.is_empty() {
            let found = format!(
                "names on charts are drawn with fonts of this machine: {}",
                files.into_iter().collect::<Vec<_>>().join(", ")
            );
            let problem = Problem::note("chart-font", Place::file("charts/"), found);
            problems.push(problem.hint("these charts are identical only on machines with the same fonts"));
        }
        if !missing.is_empty() {
            let few: String = missing.iter().take(20).collect();
            let found = format!("no font here has {} characters of names on charts: {few}", missing.len());
            let problem = Problem::warning("chart-characters", Place::file("charts/"), found);
            problems.push(problem.expected("a font that has them").hint(format!(
                "install one, such as Noto Sans CJK or Noto Sans Arabic, or name a folder with one in the variable {}",
                chart::FONTS_VARIABLE
            )));
        }
        problems
    }

    /// What coders have said of each frame.
    pub fn stamps(&self) -> Vec<Option<results::Stamp>> {
        results::stamps(&self.job.plans.frames, &self.job.session.run_digests())
    }

    /// Every estimate.
    pub fn estimate(&self, found: &Aggregated<'_>) -> Result<Estimates> {
        let Job { study, plans, session, cached_tests, story_words, .. } = self.job;
        self.progress.begin(Stage::Statistics, None);
        halt(self.stop)?;
        let related = session.related();
        let mut estimates = Estimates::of_related(found.counts, &study.estimates, &related.view(), Some(cached_tests))?;
        estimates.stories.read(found.counts, &related.view(), found.lexical, story_words)?;
        halt(self.stop)?;
        let words = (found.counts, found.lexical, &estimates.comparisons);
        estimates.lexical =
            lexical::Results::of(words.0, words.1, words.2, &plans.frames, &study.lexical, &study.estimates)?;
        halt(self.stop)?;
        Ok(estimates)
    }

    /// The tables of estimates.
    pub fn tables<'f>(
        &'f self,
        found: &Aggregated<'f>,
        estimates: &'f Estimates,
        stamps: &'f [Option<results::Stamp>],
    ) -> Result<results::Tables<'f>> {
        let Job { plans, request, .. } = self.job;
        results::Tables::of(Sources {
            dimensions: found.dimensions,
            counts: found.counts,
            estimates,
            plan: &plans.frames,
            sentiment: &plans.sentiment,
            scorer: request.scorer,
            frame_usage: found.frame_usage,
            sentiment_usage: found.sentiment_usage,
            contributions: found.contributions,
            shared: found.shared,
            stamps,
        })
    }

    /// Writes the rest, and what changed since the last run; the folder is then to be put in its place.
    fn report(
        &self,
        (found, folder): (&Finished, Folder),
        estimates: &Estimates,
        tables: &results::Tables<'_>,
    ) -> Result<(Outcome, Folder)> {
        let Job { study, lexicons, plans, session, request, .. } = self.job;
        let out = &study.report.out;
        self.progress.begin(Stage::Report, None);
        let inputs = Inputs {
            options: &study.report,
            settings: study.settings(),
            max_bad_share: study.max_bad_share,
            lexicons,
            files: session.corpus.inputs(),
            frames: &plans.frames,
            sentiment: &plans.sentiment,
            scorer: request.scorer,
            stories: &session.survey.stories,
            tables,
            stamps: &self.stamps(),
        };
        let write = || report::write((found, folder), estimates, &inputs, self.stop);
        let (written, before) = rayon::join(write, || compare::in_place(out));
        let (mut outcome, mut folder) = written?;
        let findings = outcome.sure.iter().flatten().filter(|is_sure| **is_sure).count() as u64;
        let numbers = [outcome.totals.counted, outcome.totals.hits, findings];
        let archive = compare::RunArchive { numbers, ..study.run_archive() };
        outcome.since = compare::since_last(&mut folder, out, before, &archive)?.text();
        self.progress.end(Stage::Report);
        Ok((outcome, folder))
    }

    /// Puts the run folder in its place, with the study of the run beside its cache.
    pub fn commit(&self, mut folder: Folder) -> Result<()> {
        if self.job.study.cache {
            self.job.study.keep(&mut folder);
        }
        halt(self.stop)?;
        for problem in folder.commit()? {
            self.progress.note(&problem);
        }
        Ok(())
    }
}
