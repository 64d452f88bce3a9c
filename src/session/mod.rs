//! What a run and every command that counts stand on.
//!
//! In: a study, lexicons, a place for the index. Out: a [`CountingSession`], and what is counted in it, shard by shard in order.
//! Invariant: whoever counts in a session counts what a run would count: there is no other way to count.
//! It deliberately keeps no count: whoever counts has a sink.

mod indexing;
mod library;
mod plans;

pub(crate) use plans::Plans;

use crate::aggregate::Grouping;
use crate::clean::Furniture;
use crate::count::{Counted, Counter, Request, Seen, Survey, Surveyor};
use crate::error::{Place, Problem, Result};
use crate::index::{Kept, Shard, Store};
use crate::lexicon::{self, Lexicon, covers};
use crate::lookup::{Subjects, Voices};
use crate::progress::{Progress, Stage};
use crate::read::{self, Corpus};
use crate::report::MadeOf;
use crate::stem::Stems;
use crate::stream;
use crate::study::Study;
use indexing::Indexer;
use library::{Library, gather, known};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

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
    library: Library,
    /// The standing of every article.
    pub survey: Survey,
}

impl<'a> CountingSession<'a> {
    /// Opens the corpus, before anything is written.
    pub fn open(study: &'a Study, lexicons: &lexicon::Set) -> Result<CountingSession<'a>> {
        let corpus = read::open(&study.corpus, &study.read)?;
        let grouping = Grouping::new(&study.by, corpus.other_columns())?;
        let furniture = match lexicons.furniture.as_slice() {
            [] => Furniture::shipped()?,
            given => Furniture { lexicons: given.to_vec() },
        };
        let voices = Voices::shipped(study.voice.clone(), study.voices.clone())?.with_cues(&lexicons.cues)?;
        let (library, survey) = (Library::default(), Survey::default());
        Ok(CountingSession { study, corpus, grouping, voices, furniture, library, survey })
    }

    /// Indexes what depends on the articles alone, once; then surveys what can only be said of all of them together.
    pub fn index(
        &mut self,
        store: &Store,
        frames: &[Lexicon],
        progress: &dyn Progress,
        stop: &AtomicBool,
    ) -> Result<()> {
        let indexer = Indexer::new(store, &self.voices, self.study.language);
        self.library = gather(&mut self.corpus, self.study, store, &indexer, progress, stop)?;
        let mut surveyor = Surveyor::new(&self.grouping, &self.study.clean);
        for (kept, _) in &self.library.shards {
            let shard = Shard::reopen(kept.clone()).ok_or_else(damaged)?;
            surveyor.push(&shard, |language| covers(frames, language));
        }
        self.survey = surveyor.finish(self.study.report.max_groups);
        Ok(())
    }

    /// What a run is made of, where the articles are known and look as they did; one with a list of reference frequencies reads one more
    /// file, and is never the same.
    pub fn made_of(&self, store: &Store, lexicons: &lexicon::Set, subjects: &Subjects) -> Option<MadeOf> {
        let base = self.base(store, lexicons)?;
        let (mut all, mut of_rows) = (base.clone(), base);
        for lexicon in &lexicons.frames {
            all.update(format!("{} {} {:?}\n", lexicon.file, lexicon.digest, lexicon.kind).as_bytes());
        }
        let languages: Vec<_> = lexicons.frames.iter().map(|lexicon| lexicon.language).collect();
        of_rows.update(format!("{languages:?} {}", subjects.told()).as_bytes());
        let reads_more = self.study.lexical.keyness.as_ref().is_some_and(|keyness| keyness.reference.is_some());
        let hex = |hasher: blake3::Hasher| hasher.finalize().to_hex().to_string();
        Some(MadeOf { all: (!reads_more).then(|| hex(all)), base: hex(of_rows) })
    }

    /// Of the program, the articles, the settings and every lexicon but the frames.
    fn base(&self, store: &Store, lexicons: &lexicon::Set) -> Option<blake3::Hasher> {
        let indexer = Indexer::new(store, &self.voices, self.study.language);
        let known = known(&self.corpus, self.study, store, &indexer)?;
        let mut hasher = indexer.base();
        // where nobody knows which program this is, nothing is the same
        indexing::program()?;
        let report = &self.study.report;
        let written = (&report.title, report.charts, report.parquet, report.sentiment_hits, report.max_groups);
        let written = (written, self.study.sentiment.alone);
        hasher.update(format!("{written:?} {:?}", self.study.lexical).as_bytes());
        hasher.update(self.study.settings().to_string().as_bytes());
        // those of frames stand first
        for lexicon in lexicons.all().skip(lexicons.frames.len()) {
            hasher.update(format!("{} {} {:?}\n", lexicon.file, lexicon.digest, lexicon.kind).as_bytes());
            if let Some(emoji) = &lexicon.emoji {
                hasher.update(format!("{} {}\n", emoji.file, emoji.digest).as_bytes());
            }
        }
        for (file, input) in known.files.iter().zip(self.corpus.inputs()) {
            hasher.update(format!("{} {:?} {:?}\n", input.file, file.digest, file.written).as_bytes());
        }
        Some(hasher)
    }

    /// What reading had to say.
    pub fn problems(&self) -> &[Problem] {
        &self.library.problems
    }

    /// What depends on the lexicons: counts every shard, on all threads, and hands on what was counted in order. `look` may look at each
    /// shard while it lies open, in the thread that counts it.
    pub fn count<R: Send>(
        &self,
        request: &Request<'_>,
        progress: &dyn Progress,
        stop: &AtomicBool,
        look: impl Fn(&mut Seen<'_, '_>) -> R + Sync,
        mut sink: impl FnMut(Counted, R) -> Result<()>,
    ) -> Result<()> {
        let counter = Counter {
            furniture: &self.furniture,
            clean: &self.study.clean,
            voices: &self.study.voices,
            survey: &self.survey,
            request,
        };
        progress.begin(Stage::LookUp, None);
        let work = |stems: &mut Stems, (kept, first): &(Arc<Kept>, u64)| counter.count(stems, *first, kept, &look);
        let threads = self.study.worker_threads();
        stream::in_order(self.library.shards.iter(), threads, stop, Stems::default, work, |counted| {
            let (counted, looked) = counted.ok_or_else(damaged)?;
            progress.reach(Stage::LookUp, counted.range.end);
            sink(counted, looked)
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
        all.lexical.finish();
        Ok(all)
    }
}

/// A shard that was made or found whole in this run cannot be read any more.
fn damaged() -> Problem {
    let place = Place::file("index");
    let problem = Problem::error("index-damaged", place, "the index of the articles changed while it was in use");
    problem.hint("run again; nothing was lost")
}
