//! What a run and every command that counts stand on.
//!
//! In: a study, lexicons, a place for the index. Out: a [`CountingSession`], and what is counted in it, shard by shard in order.
//! Invariant: whoever counts in a session counts what a run would count: there is no other way to count.
//! It deliberately keeps no count: whoever counts has a sink.

mod fingerprint;
mod indexing;
mod languages;
mod library;
mod parts;
mod plans;
mod search;
mod settle;
mod stories;
mod survey;

pub(crate) use languages::{left_out_languages, unknown_language, unspaced_languages, unstemmed_languages};
pub(crate) use library::note_others;
pub(crate) use parts::SurveyedParts;
pub(crate) use plans::Plans;

pub(crate) use crate::read::variants::unmet as unmet_outlets;

use crate::aggregate::Grouping;
use crate::clean::{Cleaned, Furniture};
use crate::count::{Counted, Counter, Request, ShardAt, ShardView, Survey, WantedParts};
use crate::disk::Maker;
use crate::error::{Place, Problem, Result};
use crate::estimates::are_many;
use crate::index::{Shard, Sources, Store, StoredShard};
use crate::lexicon::{self, Lexicon};
use crate::lookup::Voices;
use crate::progress::{Progress, Silent, Stage};
use crate::read::{self, Corpus};
use crate::results::RunDigests;
use crate::stem::Stems;
use crate::stories::{Articles, Corrections};
use crate::stream;
use crate::study::Study;
use indexing::Indexer;
use library::{Library, gather};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use survey::SurveyContext;

/// Articles, indexed and surveyed, ready to be counted.
pub(crate) struct CountingSession<'a> {
    study: &'a Study,
    /// Files, further columns, notes.
    pub corpus: Corpus,
    /// What articles are grouped by.
    pub grouping: Grouping,
    /// Who speaks.
    pub voices: Voices,
    furniture: Furniture,
    indexed: Library,
    /// What a person says about stories.
    corrections: Corrections,
    /// The status of every article.
    pub survey: Survey,
    /// What stories need to know of every article, where the survey looked at them just now.
    surveyed: Option<Articles>,
    /// What of each article is not counted, where an earlier run found that out.
    pub cleaned_before: Option<Cleaned>,
    compares_files: bool,
    /// The files of the corpus, for texts that are not packed.
    sources: Arc<Sources>,
    /// Articles of a shard; 0 = as many as fit.
    shard_articles: usize,
}

/// Articles of a shard, for so many frames: the rows of all hits of a shard are in memory together.
fn articles_of_a_shard(study: &Study, frames: usize) -> usize {
    /// Frames × articles.
    const TOGETHER: usize = 60_000;
    match study.shard_articles {
        0 if are_many(frames) => (TOGETHER / frames).max(16),
        articles => articles,
    }
}

impl<'a> CountingSession<'a> {
    /// Opens the corpus, before anything is written.
    pub fn open(study: &'a Study, lexicons: &lexicon::Set) -> Result<CountingSession<'a>> {
        CountingSession::of_corpus(study, lexicons, read::open(&study.corpus, &study.articles())?)
    }

    /// On a corpus that is open.
    pub fn of_corpus(study: &'a Study, lexicons: &lexicon::Set, corpus: Corpus) -> Result<CountingSession<'a>> {
        let grouping = Grouping::new(&study.by, corpus.other_columns())?;
        let furniture = || match lexicons.furniture.as_slice() {
            [] => Furniture::shipped(),
            given => Ok(Furniture { lexicons: given.to_vec() }),
        };
        let voices = || Voices::shipped(study.voice.clone(), study.voices.clone())?.with_cues(&lexicons.cues);
        let (furniture, voices) = rayon::join(furniture, voices);
        let (furniture, voices) = (furniture?, voices?);
        let (indexed, survey) = (Library::default(), Survey::default());
        let corrections = study.stories.corrections.as_deref().map(Corrections::read).transpose()?.unwrap_or_default();
        let sources = Arc::new(Sources::of(corpus.inputs()));
        let frames = lexicons.frames.iter().map(|lexicon| lexicon.frames.len()).sum();
        Ok(CountingSession {
            study,
            sources,
            corpus,
            grouping,
            voices,
            furniture,
            indexed,
            corrections,
            survey,
            surveyed: None,
            cleaned_before: None,
            compares_files: false,
            shard_articles: articles_of_a_shard(study, frames),
        })
    }

    fn indexer<'s>(&'s self, store: &'s Store) -> Indexer<'s> {
        Indexer::new(store, &self.voices, self.study, self.shard_articles)
    }

    /// Articles in languages of no lexicon of `frames` are not counted; any lexicon may know a word that is broken at a line end.
    /// Indexes what depends on the articles alone, once; then surveys what can only be said of all of them together.
    pub fn index(
        &mut self,
        store: &Store,
        (frames, lexicons): (&[Lexicon], &lexicon::Set),
        progress: &dyn Progress,
        stop: &AtomicBool,
    ) -> Result<()> {
        store.read_in_place(&self.sources);
        let indexer = Indexer::new(store, &self.voices, self.study, self.shard_articles);
        self.indexed = gather(&mut self.corpus, self.study, store, &indexer, progress, stop)?;
        self.survey_shards(store, (frames, lexicons))
    }

    /// What can only be said of all shards together, once they are there.
    fn survey_shards(&mut self, store: &Store, (frames, lexicons): (&[Lexicon], &lexicon::Set)) -> Result<()> {
        if self.has_no_outlets()? {
            self.compare_files()?;
        }
        let indexer = Indexer::new(store, &self.voices, self.study, self.shard_articles);
        let (study, grouping) = (self.study, &self.grouping);
        // a column that there is none of is refused where stories are looked for
        let column = self.story_column().ok().flatten();
        let surveying = SurveyContext { study, grouping, store, indexer: &indexer, frames, lexicons, column };
        (self.survey, self.surveyed) = surveying.of(&mut self.indexed)?;
        self.refuse_changed()
    }

    /// Refuses to go on where a text was read again and was another: its file was changed since it was read.
    fn refuse_changed(&self) -> Result<()> {
        let Some(file) = self.sources.changed() else { return Ok(()) };
        let found = "the file was changed while its articles were counted";
        let problem = Problem::error("file-changed", Place::file(file), found);
        Err(problem.hint("run again; with --no-cache every file is read anew").into())
    }

    /// Without outlets the files are compared.
    fn compare_files(&mut self) -> Result<()> {
        self.grouping = Grouping::new(&["file".to_string()], &[])?;
        let found = "no article names its outlet, so the files are compared with each other";
        let note = Problem::note("compared-by-file", Place::default(), found);
        self.corpus.note(
            note.hint("`framescope corpus init DIR` lists the outlets and dates that can be inferred from the texts"),
        );
        self.compares_files = true;
        Ok(())
    }

    /// [`CountingSession::index`] for what writes no run folder: in silence, by the cache of a run that stands where the study would write.
    /// Gives back that cache.
    pub fn index_aside(&mut self, lexicons: (&[Lexicon], &lexicon::Set), stop: &AtomicBool) -> Result<Store> {
        let store = Store::near(&self.study.report.out, Maker::here(self.study.trust_cache));
        self.index(&store, lexicons, &Silent, stop)?;
        Ok(store)
    }

    /// True where articles of a few files are to be compared by outlet, and none has one.
    fn has_no_outlets(&self) -> Result<bool> {
        /// More files are a corpus whose metadata are missing.
        const MOST_FILES: usize = 20;
        if self.study.by != ["outlet"] || !(2..=MOST_FILES).contains(&self.corpus.inputs().len()) {
            return Ok(false);
        }
        let mut files = std::collections::BTreeSet::new();
        for (stored, _) in &self.indexed.shards {
            let shard = Shard::open(stored).ok_or_else(damaged)?;
            if shard.articles().iter().any(|article| article.outlet.is_some()) {
                return Ok(false);
            }
            files.extend(shard.articles().iter().map(|article| article.file.clone()));
        }
        Ok(files.len() > 1)
    }

    /// What a validation must be of to hold here.
    pub fn run_digests(&self) -> RunDigests {
        RunDigests::of(self.corpus.inputs(), &self.study.settings().tables)
    }

    /// What reading had to say.
    pub fn problems(&self) -> &[Problem] {
        &self.indexed.problems
    }

    /// What depends on the lexicons: counts every shard, on all threads, and hands on what was counted in order. `look` may look at each
    /// shard while it lies open, in the thread that counts it.
    pub fn count<R: Send>(
        &self,
        request: &Request<'_>,
        progress: &dyn Progress,
        stop: &AtomicBool,
        look: impl Fn(&mut ShardView<'_, '_>) -> R + Sync,
        mut sink: impl FnMut(Counted, R) -> Result<()>,
    ) -> Result<()> {
        let all = WantedParts::all(request.frames.frames().len());
        let count = |counter: &Counter<'_>, stems: &mut Stems, shard: ShardAt<'_>| {
            let (counted, looked) = counter.count(stems, shard, &all, &look)?;
            Some((counted.without_spans(), looked))
        };
        self.each_shard(request, progress, stop, count, |(counted, looked)| sink(counted, looked))
    }

    /// What [`CountingSession::count`] does with each shard, where somebody knows some of it already: `count` is given a counter, the shard
    /// and the number of its first article. Nothing where it cannot be read any more.
    pub fn each_shard<R: Send>(
        &self,
        request: &Request<'_>,
        progress: &dyn Progress,
        stop: &AtomicBool,
        count: impl Fn(&Counter<'_>, &mut Stems, ShardAt<'_>) -> Option<(Counted, R)> + Sync,
        mut sink: impl FnMut((Counted, R)) -> Result<()>,
    ) -> Result<()> {
        let counter = Counter {
            furniture: &self.furniture,
            clean: &self.study.clean,
            voices: &self.study.voices,
            survey: &self.survey,
            request,
            cleaned: self.cleaned_before.as_ref(),
        };
        progress.begin(Stage::LookUp, None);
        let work =
            |stems: &mut Stems, (stored, first): &(Arc<StoredShard>, u64)| count(&counter, stems, (stored, *first));
        let threads = self.study.worker_threads();
        stream::in_order(self.indexed.shards.iter(), threads, stop, Stems::default, work, |counted| {
            let (counted, looked) = counted.ok_or_else(damaged)?;
            self.refuse_changed()?;
            progress.reach(Stage::LookUp, counted.range.end);
            sink((counted, looked))
        })?;
        progress.end(Stage::LookUp);
        Ok(())
    }

    /// Counts everything into one value.
    pub fn count_all(&self, request: &Request<'_>, progress: &dyn Progress, stop: &AtomicBool) -> Result<Counted> {
        let mut all = Counted::default();
        self.count(
            request,
            progress,
            stop,
            |_| (),
            |counted, ()| {
                all = std::mem::take(&mut all).merge(counted);
                Ok(())
            },
        )?;
        all.finish();
        Ok(all)
    }
}

/// The code of [`damaged`].
pub(crate) const DAMAGED: &str = "index-damaged";

/// A shard that was made or found whole in this run cannot be read any more.
fn damaged() -> Problem {
    let place = Place::file("index");
    let problem = Problem::error(DAMAGED, place, "the index of the articles changed while it was in use");
    problem.hint("run again; nothing was lost")
}
