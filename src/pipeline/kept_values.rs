//! What a run takes from the last one besides counts: the tests that it drew, and the words of stories.
//!
//! In: a cache. Out: values that are used as they are; of this run, the same for the next.
//! Invariant: what is damaged, missing, or of other articles or settings is made again.

use super::Job;
use crate::estimates::ToldWords;
use crate::index::sealed::Value;
use crate::index::{BUILD, Key, Store};
use crate::report::{ARTICLES_PART, MadeOf};
use crate::statistics::KeptTests;
use std::sync::OnceLock;

/// Where the tests that a run drew lie in its cache: each of them says itself what it is made of.
fn key_of_tests() -> Key {
    Key::of(blake3::Hasher::new().update(b"tests\n").update(BUILD.as_bytes()))
}

/// What the tests of the last run drew.
pub(crate) fn kept_tests(store: &Store) -> KeptTests {
    store.value(Value::Tests, key_of_tests()).map_or_else(KeptTests::default, |bytes| KeptTests::of_bytes(&bytes))
}

/// Keeps what the tests of this run drew.
pub(crate) fn keep_tests(store: &Store, kept: &KeptTests) {
    store.keep_value(Value::Tests, key_of_tests(), &kept.bytes());
}

/// Of what decides the words of stories: articles, settings, who is counted; no frame.
fn key_of_told_words(made_of: Option<&MadeOf>) -> Option<Key> {
    let articles = made_of?.parts.get(ARTICLES_PART)?;
    Some(Key::of(blake3::Hasher::new().update(b"told words\n").update(articles.as_bytes())))
}

/// The words by which groups tell stories, where a run of the same articles has read them.
pub(crate) fn kept_told_words(store: &Store, made_of: Option<&MadeOf>, job: &Job<'_>) -> OnceLock<Option<ToldWords>> {
    let survey = &job.session.survey;
    let (groups, stories) = (survey.groups.len(), survey.stories.list().len());
    let bytes = key_of_told_words(made_of).and_then(|key| store.value(Value::ToldWords, key));
    let told = bytes.and_then(|bytes| postcard::from_bytes::<Option<ToldWords>>(&bytes).ok());
    let told = told.filter(|told| told.as_ref().is_none_or(|told| told.fits(groups, stories)));
    told.map_or_else(OnceLock::new, OnceLock::from)
}

/// Keeps them; what is kept already is marked as used by whoever asked for it.
pub(crate) fn keep_told_words(store: &Store, made_of: Option<&MadeOf>, told: &OnceLock<Option<ToldWords>>) {
    let Some((key, told)) = key_of_told_words(made_of).zip(told.get()) else { return };
    if let Ok(bytes) = postcard::to_allocvec(told) {
        store.keep_value(Value::ToldWords, key, &bytes);
    }
}
