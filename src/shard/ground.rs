//! What a run and every command that counts stand on: the articles, indexed and surveyed.
//!
//! In: a study, lexicons, a place for the index. Out: a [`Ground`], and what is counted on it, shard by shard in order.
//! Invariant: a command that counts on a ground counts what a run would count.
//! It deliberately keeps no count: whoever counts has a sink.

use super::counting::{Counter, CountingWorker};
use super::indexing::{self, Indexer};
use super::library::{Library, gather, known};
use super::survey::{Survey, Surveyor};
use crate::aggregate::Grouping;
use crate::clean::Furniture;
use crate::disk;
use crate::error::{Place, Problem, Result};
use crate::index::{Kept, Shard, Store};
use crate::lexicon::{self, Lexicon, covers};
use crate::lookup::{Subjects, Voices};
use crate::progress::{Progress, Stage};
use crate::read::{self, Corpus};
use crate::report::{Context, Counted, Earlier, MadeOf};
use crate::stream;
use crate::study::Study;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};

/// Articles, indexed and surveyed.
pub(crate) struct Ground<'a> {
    study: &'a Study,
    /// Files, further columns, notes.
    pub corpus: Corpus,
    /// What articles are grouped by.
    pub grouping: Grouping,
    /// Who speaks.
    pub voices: Voices,
    furniture: Furniture,
    shelf: Library,
    /// The standing of every article.
    pub survey: Survey,
}

impl<'a> Ground<'a> {
    /// Opens the corpus, before anything is written.
    pub fn open(study: &'a Study, lexicons: &lexicon::Set) -> Result<Ground<'a>> {
        let corpus = read::open(&study.corpus, &study.read)?;
        let grouping = Grouping::new(&study.by, corpus.other_columns())?;
        let furniture = match lexicons.furniture.as_slice() {
            [] => Furniture::shipped()?,
            told => Furniture { lexicons: told.to_vec() },
        };
        let voices = Voices::shipped(study.voice.clone(), study.voices.clone())?.with_cues(&lexicons.cues)?;
        let (shelf, survey) = (Library::default(), Survey::default());
        Ok(Ground { study, corpus, grouping, voices, furniture, shelf, survey })
    }

    /// What depends on the articles alone, once; then what can only be said of all of them together.
    pub fn lay(&mut self, store: &Store, frames: &[Lexicon], progress: &dyn Progress, stop: &AtomicBool) -> Result<()> {
        let indexer = Indexer::new(store, &self.voices, self.study.language);
        self.shelf = gather(&mut self.corpus, self.study, store, &indexer, progress, stop)?;
        let mut surveyor = Surveyor::new(&self.grouping, &self.study.clean);
        for (kept, _) in &self.shelf.shards {
            let shard = Shard::open(kept).ok_or_else(damaged)?;
            surveyor.push(&shard, |language| covers(frames, language));
        }
        self.survey = surveyor.finish(self.study.report.max_groups);
        Ok(())
    }

    /// What a run is made of, where the articles are known and look as they did.
    pub fn made_of(&self, store: &Store, lexicons: &lexicon::Set, subjects: &Subjects) -> Option<MadeOf> {
        let base = self.base(store, lexicons)?;
        let (mut all, mut of_rows) = (base.clone(), base);
        for lexicon in &lexicons.frames {
            all.update(format!("{} {}\n", lexicon.file, lexicon.fingerprint()).as_bytes());
        }
        let languages: Vec<_> = lexicons.frames.iter().map(|lexicon| lexicon.language).collect();
        of_rows.update(format!("{languages:?} {}", subjects.told()).as_bytes());
        let hex = |hasher: blake3::Hasher| hasher.finalize().to_hex().to_string();
        Some(MadeOf { all: Some(hex(all)), base: hex(of_rows) })
    }

    /// Of the program, the articles and what was said before they were read, every setting, and all that was read of every lexicon but
    /// the frames.
    fn base(&self, store: &Store, lexicons: &lexicon::Set) -> Option<blake3::Hasher> {
        let indexer = Indexer::new(store, &self.voices, self.study.language);
        let known = known(&self.corpus, self.study, store, &indexer)?;
        let mut hasher = indexer.base();
        // where nobody knows which program this is, nothing is the same
        indexing::program()?;
        hasher.update(self.study.digest().as_bytes());
        hasher.update(&store.maker());
        // those of frames stand first
        for lexicon in lexicons.all().skip(lexicons.frames.len()) {
            hasher.update(format!("{} {}\n", lexicon.file, lexicon.fingerprint()).as_bytes());
        }
        for (file, input) in known.files.iter().zip(self.corpus.inputs()) {
            hasher.update(format!("{} {:?} {:?}\n", input.file, file.digest, file.written).as_bytes());
        }
        hasher.update(format!("{:?} {:?}\n", self.corpus.other_columns(), self.corpus.notes()).as_bytes());
        if let Some(list) = self.study.lexical.keyness.as_ref().and_then(|keyness| keyness.reference.as_deref()) {
            let bytes = disk::read_regular(list.as_ref(), read::LONGEST_LIST).ok()?;
            hasher.update(blake3::hash(&bytes).as_bytes());
        }
        Some(hasher)
    }

    /// What reading had to say.
    pub fn problems(&self) -> &[Problem] {
        &self.shelf.problems
    }

    /// What depends on the lexicons: counts every shard, on all threads, and hands on what was counted in order. Whoever takes it gives
    /// back memory for the rows of another shard.
    pub fn count(
        &self,
        context: &Context<'_>,
        earlier: Option<&Earlier<'_>>,
        progress: &dyn Progress,
        stop: &AtomicBool,
        mut sink: impl FnMut(Counted) -> Result<Vec<u8>>,
    ) -> Result<()> {
        let spare = Mutex::new(Vec::new());
        let counter = Counter {
            spare: &spare,
            furniture: &self.furniture,
            clean: &self.study.clean,
            voices: &self.study.voices,
            survey: &self.survey,
            context,
            earlier,
        };
        progress.begin(Stage::LookUp, None);
        let work = |worker: &mut CountingWorker, (kept, first): &(Arc<Kept>, u64)| counter.count(worker, *first, kept);
        let threads = self.study.worker_threads();
        stream::in_order(self.shelf.shards.iter(), threads, stop, CountingWorker::default, work, |counted| {
            let counted = counted.ok_or_else(damaged)?;
            progress.reach(Stage::LookUp, counted.end);
            let mut rows = sink(counted)?;
            rows.clear();
            spare.lock().unwrap_or_else(PoisonError::into_inner).push(rows);
            Ok(())
        })?;
        progress.end(Stage::LookUp);
        Ok(())
    }
}

/// A shard that was made or found whole in this run cannot be read any more.
fn damaged() -> Problem {
    let place = Place::file("index");
    let problem = Problem::error("index-damaged", place, "the index of the articles changed while it was in use");
    problem.hint("run again; nothing was lost")
}
