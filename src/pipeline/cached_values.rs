//! What a run takes from the last one besides counts: the tests that it drew, and the words of stories.
//!
//! In: a cache. Out: values that are used as they are; of this run, the same for the next.
//! Invariant: what is damaged, missing, or of other articles or settings is made again.

use super::Job;
use crate::estimates::StoryWords;
use crate::index::sealed::Value;
use crate::index::{BUILD, Key, Store};
use crate::report::{ARTICLES_PART, Fingerprints};
use crate::statistics::CachedTests;
use std::sync::OnceLock;

/// Where the tests that a run drew lie in its cache: each of them says itself what it is made of.
fn key_of_tests() -> Key {
    Key::of(blake3::Hasher::new().update(b"tests\n").update(BUILD.as_bytes()))
}

/// What the tests of the last run drew.
pub(crate) fn cached_tests(store: &Store) -> CachedTests {
    store.value(Value::Tests, key_of_tests()).map_or_else(CachedTests::default, |bytes| CachedTests::of_bytes(&bytes))
}

/// Keeps what the tests of this run drew.
pub(crate) fn cache_tests(store: &Store, cached_tests: &CachedTests) {
    store.keep_value(Value::Tests, key_of_tests(), &cached_tests.bytes());
}

/// Of what decides the words of stories: articles, settings, who is counted; no frame.
fn key_of_story_words(fingerprints: Option<&Fingerprints>) -> Option<Key> {
    let articles = fingerprints?.parts.get(ARTICLES_PART)?;
    Some(Key::of(blake3::Hasher::new().update(b"told words\n").update(articles.as_bytes())))
}

/// The words by which groups tell stories, where a run of the same articles has read them.
pub(crate) fn cached_story_words(
    store: &Store,
    fingerprints: Option<&Fingerprints>,
    job: &Job<'_>,
) -> OnceLock<Option<StoryWords>> {
    let survey = &job.session.survey;
    let (groups, stories) = (survey.groups.len(), survey.stories.list().len());
    let bytes = key_of_story_words(fingerprints).and_then(|key| store.value(Value::StoryWords, key));
    let story_words = bytes.and_then(|bytes| postcard::from_bytes::<Option<StoryWords>>(&bytes).ok());
    let story_words = story_words
        .filter(|story_words| story_words.as_ref().is_none_or(|story_words| story_words.fits(groups, stories)));
    story_words.map_or_else(OnceLock::new, OnceLock::from)
}

/// Keeps them; what is kept already is marked as used by whoever asked for it.
pub(crate) fn cache_story_words(
    store: &Store,
    fingerprints: Option<&Fingerprints>,
    story_words: &OnceLock<Option<StoryWords>>,
) {
    let Some((key, story_words)) = key_of_story_words(fingerprints).zip(story_words.get()) else { return };
    if let Ok(bytes) = postcard::to_allocvec(story_words) {
        store.keep_value(Value::StoryWords, key, &bytes);
    }
}
