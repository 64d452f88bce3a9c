//! The steps of a run behind the survey: rows and counts, estimates, the run folder.
//!
//! In: a session whose corpus is surveyed, and whoever gives what was counted in its shards. Out: a run folder that is to be put in its
//! place.
//! Invariant: whether shards are counted here or were counted by other processes, the steps and the bytes are the same.

use crate::count::{Request, Survey};
use crate::error::{Error, Place, Problem, Result};
use crate::estimates::{self, Estimates, lexical};
use crate::progress::{Progress, Stage};
use crate::report::{self, Context, Finished, Folder, Fresh, Inputs, MadeOf, Memory, Outcome, Surveyed, Tables};
use crate::results::{self, Results, Sources};
use crate::session::{CountingSession, Plans};
use crate::study::Study;
use crate::{compare, lexicon};
use std::sync::atomic::{AtomicBool, Ordering};

/// The lexicons of a run.
pub(crate) fn load(study: &Study) -> Result<lexicon::Set> {
    let mut lexicons = study.load_lexicons(&study.lexicons, &study.reading)?;
    if study.sentiment.alone {
        lexicons.leave_frames();
    }
    Ok(lexicons)
}

/// Refuses what cannot be estimated of these articles.
pub(crate) fn refuse(survey: &Survey, plans: &Plans<'_>, study: &Study) -> Result<()> {
    estimates::refuse_unknown(&survey.group_names(), &study.estimates)?;
    let counted = survey.counted().filter(|is_counted| *is_counted).count();
    estimates::refuse_too_many(plans.frames.frames().len(), survey.groups.len(), counted)
}

/// Ends a run that is to stop.
pub(crate) fn halt(stop: &AtomicBool) -> Result<()> {
    if stop.load(Ordering::Relaxed) { Err(Error::Interrupted) } else { Ok(()) }
}

/// What the steps of a run share.
pub(crate) struct Run<'a> {
    pub study: &'a Study,
    pub lexicons: &'a lexicon::Set,
    pub plans: &'a Plans<'a>,
    pub session: &'a CountingSession<'a>,
    pub request: &'a Request<'a>,
    pub progress: &'a dyn Progress,
    pub stop: &'a AtomicBool,
}

impl Run<'_> {
    /// Counts, estimates, and writes everything; the folder is then to be put in its place. What the last run wrote of the same is taken
    /// over. `count` gives the tables what was counted, shard by shard in order.
    pub fn write(
        &self,
        folder: Folder,
        same: Option<&MadeOf>,
        count: impl FnOnce(&Context<'_>, &mut Tables<'_>) -> Result<()>,
    ) -> Result<(Outcome, Folder)> {
        let found = self.count(folder, same, count)?;
        found.totals.refuse_nothing(&self.study.corpus)?;
        let (estimates, results) = self.estimate(&found)?;
        self.report(found, &estimates, &results)
    }

    /// What the rows of every shard need.
    pub fn context(&self, fresh: Fresh) -> Context<'_> {
        let Run { study, plans, session, request, .. } = *self;
        Context {
            request,
            units: &plans.units,
            fresh,
            parquet: study.report.has_parquet(),
            sentiment_hits: study.report.sentiment_hits,
            copied: session.survey.clean.copies.articles(),
            seed: study.estimates.seed,
            keeps_examples: study.cache,
            memory: Memory::default(),
        }
    }

    fn count(
        &self,
        mut folder: Folder,
        same: Option<&MadeOf>,
        count: impl FnOnce(&Context<'_>, &mut Tables<'_>) -> Result<()>,
    ) -> Result<Finished> {
        let Run { study, plans, session, progress, .. } = *self;
        let seed = study.estimates.seed;
        let (fresh, examples) = report::take_over(&mut folder, same, &plans.frames, &plans.unit_files, seed)?;
        let context = self.context(fresh);
        let surveyed = Surveyed {
            dimensions: session.grouping.names(),
            columns: session.corpus.other_columns(),
            copies: &session.survey.clean.copies,
            stories: &session.survey.stories,
        };
        let mut tables = Tables::begin(folder, &context, surveyed, &plans.unit_files, examples, &study.report)?;
        self.note_problems(&mut tables)?;
        count(&context, &mut tables)?;
        for problem in session.voices.without_cues(tables.counted_languages()) {
            progress.note(&problem);
            tables.problem(&problem)?;
        }
        tables.finish()
    }

    /// What reading had to say, for whoever looks on and for `problems.csv`.
    fn note_problems(&self, tables: &mut Tables<'_>) -> Result<()> {
        let Run { lexicons, session, progress, .. } = *self;
        for lexicon in lexicons.all().filter(|lexicon| lexicon.format != lexicon::Format::Toml) {
            let place = Place::file(lexicon.file.as_str());
            progress.note(&Problem::note("lexicon-read", place, lexicon.report.sentence()));
        }
        for problem in session.corpus.notes().iter().chain(lexicons.all().flat_map(|lexicon| &lexicon.problems)) {
            progress.note(problem);
            tables.problem(problem)?;
        }
        session.problems().iter().try_for_each(|problem| tables.problem(problem))
    }

    /// What coders have said of each frame.
    fn stamps(&self) -> Vec<Option<results::Stamp>> {
        results::stamps(&self.plans.frames, &self.session.grounds())
    }

    /// Estimates, and the tables of them.
    fn estimate(&self, found: &Finished) -> Result<(Estimates, Results)> {
        let Run { study, plans, request, .. } = *self;
        self.progress.begin(Stage::Statistics, None);
        halt(self.stop)?;
        let related = self.session.related();
        let mut estimates = Estimates::of_related(&found.counts, &study.estimates, &related.view())?;
        halt(self.stop)?;
        let words = (&found.counts, &found.lexical, &estimates.comparisons);
        estimates.lexical =
            lexical::Results::of(words.0, words.1, words.2, &plans.frames, &study.lexical, &study.estimates)?;
        halt(self.stop)?;
        let results = Results::of(Sources {
            dimensions: &found.dimensions,
            counts: &found.counts,
            estimates: &estimates,
            plan: &plans.frames,
            sentiment: &plans.sentiment,
            scorer: request.scorer,
            frame_usage: &found.frame_usage,
            sentiment_usage: &found.sentiment_usage,
            contributions: &found.contributions,
            shared: &found.shared,
            stamps: &self.stamps(),
        })?;
        halt(self.stop)?;
        self.progress.end(Stage::Statistics);
        Ok((estimates, results))
    }

    /// Writes the rest, and what changed since the last run; the folder is then to be put in its place.
    fn report(&self, found: Finished, estimates: &Estimates, results: &Results) -> Result<(Outcome, Folder)> {
        let out = &self.study.report.out;
        self.progress.begin(Stage::Report, None);
        let inputs = Inputs {
            options: &self.study.report,
            settings: self.study.settings(),
            max_bad_share: self.study.max_bad_share,
            lexicons: self.lexicons,
            files: self.session.corpus.inputs(),
            frames: &self.plans.frames,
            sentiment: &self.plans.sentiment,
            scorer: self.request.scorer,
            stories: &self.session.survey.stories,
            results,
            stamps: &self.stamps(),
        };
        let write = || report::write(found, estimates, &inputs, self.stop);
        let (written, before) = rayon::join(write, || compare::in_place(out));
        let (mut outcome, mut folder) = written?;
        outcome.since = compare::since_last(&mut folder, out, before)?.text();
        self.progress.end(Stage::Report);
        Ok((outcome, folder))
    }
}
