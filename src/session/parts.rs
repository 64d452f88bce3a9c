//! A session whose steps are taken in several processes.
//!
//! In: a part of a corpus; or the shards of all parts; or what another process said of them. Out: shards in a store that all processes
//! share; a [`SurveyedParts`]; a session that counts some of the shards.
//! Invariant: each step is the one of [`CountingSession::index`], on the same shards in the same order.

use super::indexing::{IndexWorker, Indexed, Indexer};
use super::library::Library;
use super::{CountingSession, damaged};
use crate::count::Survey;
use crate::error::{Place, Problem, Result};
use crate::index::{Shard, Store, StoredShard};
use crate::lexicon::{self, Lexicon};
use crate::progress::{Progress, Stage};
use crate::read::Batches;
use crate::stories::Stories;
use crate::stream;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// What all shards together show.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SurveyedParts {
    /// The shards that are counted, in order: those that were laid, some of them made again.
    pub shards: Vec<String>,
    /// Words are broken at line ends: the survey holds for these lexicons alone.
    pub asks_lexicons: bool,
    /// What is to be said of the corpus besides what reading it had to say, in cells.
    problems: Vec<[String; 8]>,
    /// No article says its outlet.
    compares_files: bool,
    /// The bytes of the survey.
    survey: Vec<u8>,
    /// The stories of all articles.
    stories: Stories,
}

impl CountingSession<'_> {
    /// The digest of what decides the bytes of a shard, beside its articles.
    pub fn base_of_shards(&self, store: &Store) -> blake3::Hasher {
        self.indexer(store).base()
    }

    /// Indexes every article that the corpus still gives, and adds each to a digest. Gives back keys and articles of the shards, in order.
    ///
    /// # Errors
    /// A shard that cannot be written.
    pub fn lay(
        &mut self,
        store: &Store,
        digest: &mut blake3::Hasher,
        progress: &dyn Progress,
        stop: &AtomicBool,
    ) -> Result<Vec<(String, u64)>> {
        let indexer = Indexer::new(store, &self.voices, self.study, self.shard_articles);
        progress.begin(Stage::Tokenise, None);
        let batches = Batches::of(&mut self.corpus, self.shard_articles);
        // what reading had to say was said when the corpus was planned
        let batches = batches.filter(|batch| !batch.articles.is_empty());
        let batches = batches.inspect(|batch| batch.articles.iter().for_each(|article| article.digest_into(digest)));
        let work = |worker: &mut IndexWorker, batch| indexer.index(worker, batch);
        let mut shards = Vec::new();
        let threads = self.study.worker_threads();
        stream::in_order(batches, threads, stop, IndexWorker::default, work, |indexed: Indexed| {
            progress.reach(Stage::Tokenise, indexed.end);
            written(&indexed.stored)?;
            shards.push((indexed.key.hex(), indexed.articles));
            Ok(())
        })?;
        progress.end(Stage::Tokenise);
        Ok(shards)
    }

    /// Surveys shards, each with the number of its first article. `problems` are what reading had to say.
    ///
    /// # Errors
    /// A shard that cannot be read, or cannot be written anew.
    pub fn survey_parts(
        &mut self,
        store: &Store,
        shards: Vec<(Arc<StoredShard>, u64)>,
        problems: Vec<Problem>,
        lexicons: (&[Lexicon], &lexicon::Set),
        stop: &AtomicBool,
    ) -> Result<SurveyedParts> {
        let said = problems.len();
        let articles = match shards.last() {
            Some((stored, first)) => first + Shard::open(stored).ok_or_else(damaged)?.len() as u64,
            None => 0,
        };
        self.indexed = Library { shards, problems, articles, ..Library::default() };
        self.survey_shards(store, lexicons)?;
        self.find_stories(store, stop)?;
        Ok(SurveyedParts {
            shards: self.indexed.shards.iter().map(|(stored, _)| written(stored)).collect::<Result<_>>()?,
            asks_lexicons: self.indexed.asks_lexicons,
            problems: self.indexed.problems[said..].iter().map(Problem::cells).collect(),
            compares_files: self.compares_files,
            survey: self.survey.bytes(),
            stories: self.survey.stories.clone(),
        })
    }

    /// Takes over what another process found, to count these shards of it. `problems` are what reading had to say.
    ///
    /// # Errors
    /// A survey whose bytes are none.
    pub fn take_survey(
        &mut self,
        surveyed: SurveyedParts,
        shards: Vec<(Arc<StoredShard>, u64)>,
        mut problems: Vec<Problem>,
    ) -> Result<()> {
        problems.extend(surveyed.problems.into_iter().map(Problem::from_cells));
        if surveyed.compares_files {
            self.compare_files()?;
        }
        self.indexed = Library { shards, problems, ..Library::default() };
        self.survey = Survey::of_bytes(&surveyed.survey).ok_or_else(damaged)?;
        let articles = self.survey.ids().count();
        if !surveyed.stories.are_of(articles) {
            return Err(damaged().into());
        }
        self.indexed.articles = articles as u64;
        self.survey.stories = surveyed.stories;
        Ok(())
    }
}

/// The key of a shard that lies in a file: one that could not be written lies in memory.
fn written(stored: &StoredShard) -> Result<String> {
    let name = stored.file().and_then(|path| Some(path.file_stem()?.to_string_lossy().into_owned()));
    name.ok_or_else(|| {
        let problem = Problem::error("disk", Place::file("index"), "a part of the index could not be written");
        problem.hint("is the disk full, or the work folder read-only? Then do this part again").into()
    })
}
