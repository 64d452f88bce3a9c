//! Which shipped lexicons a study uses that names none: those for the languages of its corpus.

use crate::error::{Place, Problem, Result};
use crate::lexicon;
use crate::read::{Corpus, Item};
use crate::text::Language;
use crate::tokenise::{Guess, Majority};
use std::collections::BTreeSet;

/// The languages of the articles of a corpus, as a run tells them; `default` is that of articles that neither say nor show theirs.
pub(super) fn languages(corpus: Corpus, default: Option<Language>) -> BTreeSet<Language> {
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

/// The names of the shipped lexicons of a kind, `framing` or `sentiment`, that are for a language of a corpus.
///
/// # Errors
/// Where there is none.
pub(super) fn lexicons_for(kind: &str, corpus: Corpus, default: Option<Language>) -> Result<Vec<String>> {
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
