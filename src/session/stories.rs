//! The stories of a corpus, found in the shards of a session.
//!
//! In: a session whose articles are indexed and surveyed. Out: [`Stories`].
//! Invariant: two passes over the shards, on all threads; what each gives is added up in the order of reading. What was found of the same
//! articles, copies, settings and corrections before is taken as it is.
//! It deliberately looks for none where the articles come from too few outlets: such a corpus pays nothing.

use super::{CountingSession, damaged};
use crate::clean;
use crate::error::{Place, Problem, Result, did_you_mean};
use crate::estimates::Related;
use crate::index::bytes::Writer;
use crate::index::sealed::Value;
use crate::index::{Key, Shard, Store, StoredShard};
use crate::stem::Stems;
use crate::stories::{Articles, Basis, Frequencies, Stories, Units, Vectors, frequencies, link, vectors};
use crate::stream;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// What the counted articles have in common, in their order.
pub(crate) struct RelatedArticles {
    copies: Vec<u32>,
    stories: Vec<Option<u32>>,
    texts: Vec<u32>,
}

impl RelatedArticles {
    /// For estimates.
    pub fn view(&self) -> Related<'_> {
        Related { copies: &self.copies, stories: &self.stories, texts: &self.texts }
    }
}

impl CountingSession<'_> {
    /// The further column that names stories, where the study says one.
    pub(super) fn story_column(&self) -> Result<Option<usize>> {
        let Some(name) = &self.study.stories.column else { return Ok(None) };
        let columns = self.corpus.other_columns();
        if let Some(at) = columns.iter().position(|column| column == name) {
            return Ok(Some(at));
        }
        let found = format!("no column `{name}` that names stories");
        let problem = Problem::error("story-column-unknown", Place::file("study"), found);
        let column_names = columns.iter().map(String::as_str);
        Err(match did_you_mean(name, column_names.clone()) {
            Some(meant) => problem.hint(format!("did you mean `{meant}`?")),
            None => problem.expected(column_names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")),
        }
        .into())
    }

    /// Looks for stories, where the study wants them: what is counted then knows its story.
    ///
    /// # Errors
    /// A correction of an article that is not there.
    pub fn find_stories(&mut self, store: &Store, stop: &AtomicBool) -> Result<()> {
        let column = self.story_column()?;
        if self.study.stories.min_outlets == 0 {
            return Ok(());
        }
        let key = self.stories_key(column);
        let cached = store.value(Value::Stories, key).and_then(|bytes| postcard::from_bytes::<Stories>(&bytes).ok());
        if let Some(stories) = cached.filter(|stories| stories.are_of(self.indexed.articles as usize)) {
            self.survey.stories = stories;
            return Ok(());
        }
        let articles = match self.surveyed.take() {
            Some(articles) => articles,
            None => self.articles(column)?,
        };
        self.survey.stories = self.stories(&articles, stop)?;
        if let Ok(bytes) = postcard::to_allocvec(&self.survey.stories) {
            store.keep_value(Value::Stories, key, &bytes);
        }
        Ok(())
    }

    /// What is known of every article, where the survey did not look at them just now.
    fn articles(&self, column: Option<usize>) -> Result<Articles> {
        let mut articles = Articles::default();
        for (stored, _) in &self.indexed.shards {
            articles.push(&Shard::open(stored).ok_or_else(damaged)?, column);
        }
        Ok(articles)
    }

    /// Digest of what decides the stories: which words are counted, how they are compared, what a person said.
    fn stories_key(&self, column: Option<usize>) -> Key {
        let (mut hasher, mut copies) = (self.cleaned_of(), Writer::default());
        self.survey.clean.copies.write(&mut copies);
        hasher.update(&copies.bytes);
        hasher.update(format!("{:?} {column:?} {:?}\n", self.study.stories, self.corrections).as_bytes());
        Key::of(&hasher)
    }

    /// What the articles tell of each other, for estimates.
    pub fn related(&self) -> RelatedArticles {
        let survey = &self.survey;
        let (stories, texts) = match survey.stories.were_not_looked_for() {
            true => (Vec::new(), Vec::new()),
            false => (survey.stories_of_counted(), survey.texts_of_counted()),
        };
        RelatedArticles { copies: survey.copies_of_counted(), stories, texts }
    }

    fn stories(&self, articles: &Articles, stop: &AtomicBool) -> Result<Stories> {
        let options = &self.study.stories;
        if articles.outlets() < options.min_outlets as usize {
            return Ok(Stories::default());
        }
        let units = Units::of(articles, &self.survey.clean.copies, options);
        let ids = self.survey.ids();
        if options.column.is_some() {
            return Stories::of((articles, &units), &Basis::Column, options, &self.corrections, ids);
        }
        let vectors = self.vectors(&units, stop)?;
        let linked = link(articles, &units, &vectors, options);
        Stories::of((articles, &units), &Basis::Words(&linked, &vectors), options, &self.corrections, ids)
    }

    fn vectors(&self, units: &Units, stop: &AtomicBool) -> Result<Vectors> {
        let threads = self.study.worker_threads();
        let shards = || self.indexed.shards.iter();
        let mut sums = Frequencies::default();
        let count = |(): &mut (), (stored, first): &(Arc<StoredShard>, u64)| {
            Some(frequencies(&Shard::open(stored)?, *first, units))
        };
        stream::in_order(
            shards(),
            threads,
            stop,
            || (),
            count,
            |part| {
                sums.add(part.ok_or_else(damaged)?);
                Ok(())
            },
        )?;
        let mut all = Vectors::new(units);
        let (of_site, survey, options) = (&self.furniture, &self.survey.clean, &self.study.clean);
        let weigh = |stems: &mut Stems, (stored, first): &(Arc<StoredShard>, u64)| {
            let shard = Shard::open(stored)?;
            let furniture = of_site.for_types(shard.types(), stems);
            let leads = |i: usize| units.led_by(first + i as u64).is_some();
            let removed = clean::clean_some(&shard, &furniture, &survey.recurring, options, leads);
            Some(vectors(&shard, *first, units, &sums, &removed, stems))
        };
        stream::in_order(shards(), threads, stop, Stems::default, weigh, |part| {
            all.add(part.ok_or_else(damaged)?);
            Ok(())
        })?;
        Ok(all)
    }
}
