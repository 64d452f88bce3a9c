//! Which shipped lexicons a study uses that names none: those for the languages of its corpus.
//!
//! In: a study, its corpus. Out: names of lexicons, from the cache where they were found before for files that look as they do now.

use super::Study;
use crate::disk::Maker;
use crate::error::{Place, Problem, Result};
use crate::index::sealed::Value;
use crate::index::{BUILD, Key, Stamp, Store};
use crate::lexicon;
use crate::read::{self, Corpus, Item};
use crate::text::Language;
use crate::tokenise::{Guess, Majority};
use std::collections::BTreeSet;
use std::time::SystemTime;

/// The languages of the articles of a corpus, as a run tells them; `default` is that of articles that neither say nor show theirs.
fn languages(corpus: Corpus, default: Option<Language>) -> BTreeSet<Language> {
    let (mut majority, mut guesses) = (Majority::default(), Vec::new());
    for item in corpus {
        if let Item::Article(article) = item {
            let guess = article.language.or(default).map_or_else(|| Guess::of(&article.text), Guess::certain);
            majority.add(article.outlet.as_deref(), guess);
            guesses.push((article.outlet, guess));
        }
    }
    let languages = guesses.into_iter().map(|(outlet, guess)| majority.language(outlet.as_deref(), guess));
    languages.filter(|language| *language != Language::UNKNOWN).collect()
}

/// The names of the shipped lexicons that count in a study.
///
/// # Errors
/// A corpus that cannot be opened; one in no language that a shipped lexicon is for.
pub(super) fn names(study: &Study) -> Result<Vec<String>> {
    let corpus = read::open(&study.corpus, &study.articles())?;
    let store = study.cache.then(|| Store::near(&study.report.out, Maker::here(study.trust_cache)));
    let (looks, begun) = (Looks::of(study, &corpus), now());
    if let Some(names) = store.as_ref().zip(looks.as_ref()).and_then(|(store, looks)| looks.recall(store)) {
        return Ok(names);
    }
    let names = lexicons_for(kind(study), corpus, study.language)?;
    if let Some((store, looks)) = store.zip(looks) {
        looks.keep(&store, &names, begun);
    }
    Ok(names)
}

/// Keeps which lexicons a run found, in its cache; `begun` is when it began, in nanoseconds since 1970.
pub(super) fn keep(study: &Study, corpus: &Corpus, set: &lexicon::Set, store: &Store, begun: u64) {
    let of_kind = if study.sentiment.alone { &set.sentiment } else { &set.frames };
    let is_in = |name: &&str| lexicon::shipped(name).is_some_and(|(file, _)| of_kind.iter().any(|of| of.file == file));
    let names: Vec<String> = lexicon::shipped_names().filter(is_in).map(str::to_string).collect();
    if let Some(looks) = Looks::of(study, corpus) {
        looks.keep(store, &names, begun);
    }
}

/// Nanoseconds since 1970.
pub(crate) fn now() -> u64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_nanos() as u64
}

fn kind(study: &Study) -> &'static str {
    if study.sentiment.alone { "sentiment" } else { "framing" }
}

/// How the files of a corpus look, and how they are read.
struct Looks {
    stamps: Vec<Stamp>,
    key: Key,
}

impl Looks {
    fn of(study: &Study, corpus: &Corpus) -> Option<Looks> {
        let stamps: Vec<Stamp> =
            corpus.inputs().iter().map(|input| Stamp::of(&input.path).ok()).collect::<Option<_>>()?;
        let mut hasher = blake3::Hasher::new();
        let side_files = study.digest_of_side_files("read.");
        let made_of = (BUILD, kind(study), study.language, study.articles(), side_files, &stamps);
        hasher.update(format!("shipped {made_of:?}").as_bytes());
        Some(Looks { stamps, key: Key::of(&hasher) })
    }

    fn recall(&self, store: &Store) -> Option<Vec<String>> {
        let names = String::from_utf8(store.value(Value::Shipped, self.key)?).ok()?;
        Some(names.lines().map(str::to_string).collect())
    }

    /// A file that may have changed while it was read is not known.
    fn keep(&self, store: &Store, names: &[String], begun: u64) {
        if self.stamps.iter().all(|stamp| stamp.is_settled(begun)) {
            store.keep_value(Value::Shipped, self.key, names.join("\n").as_bytes());
        }
    }
}

/// The names of the shipped lexicons of a kind, `framing` or `sentiment`, that are for a language of a corpus.
///
/// # Errors
/// Where there is none.
fn lexicons_for(kind: &str, corpus: Corpus, default: Option<Language>) -> Result<Vec<String>> {
    let languages = languages(corpus, default);
    let is_for = |name: &&str| name.split_once('-').is_some_and(|(of, code)| of == kind && holds(&languages, code));
    let names: Vec<String> = lexicon::shipped_names().filter(is_for).map(str::to_string).collect();
    if names.is_empty() {
        let codes: Vec<&str> = languages.iter().map(Language::code).collect();
        let found = format!(
            "no lexicon is given, and no shipped one of {kind} is for the languages here ({})",
            codes.join(", ")
        );
        let problem = Problem::error("no-lexicon", Place::file("command line"), found);
        return Err(problem.hint("give one, as in `framescope run articles/ --lexicon coup.toml`").into());
    }
    Ok(names)
}

fn holds(languages: &BTreeSet<Language>, code: &str) -> bool {
    Language::parse(code).is_some_and(|language| languages.contains(&language))
}

/// Says which were taken.
pub(super) fn note(names: &[String]) -> Problem {
    let found =
        format!("no lexicon is given: the shipped {} count, which are for languages of the corpus", names.join(", "));
    Problem::note("lexicon-shipped", Place::file("command line"), found)
        .hint("they are a starting point, not an instrument: read their hits, then write your own")
}
