//! Cue lexicons of the user's, and languages that have no cues at all.
//!
//! In: lexicons of kind `cues`. Out: [`Voices`] whose cues are the shipped ones of that language and these; `except` takes words of
//! the same class out. And a problem for each language of the corpus in which nobody is heard.
//! Invariant: the order of lexicons and entries decides nothing; a class that the rules do not know refuses the run.
//! It deliberately does not judge what the words are worth: `framescope show voice` shows what they do.

use super::Voices;
use crate::error::{Place, Problem, Result};
use crate::lexicon::Lexicon;
use crate::text::{Language, fold_phrase};
use crate::voice::{CueEntry, Cues};
use std::collections::{BTreeMap, BTreeSet};

impl Voices {
    /// Adds cue lexicons to the cues of their languages.
    pub fn with_cues(mut self, lexicons: &[Lexicon]) -> Result<Voices> {
        let mut problems = Vec::new();
        let mut by_language: BTreeMap<Language, Vec<&Lexicon>> = BTreeMap::new();
        for lexicon in lexicons {
            match lexicon.language {
                Some(language) => by_language.entry(language).or_default().push(lexicon),
                None => {
                    let place = Place::file(lexicon.file.as_str());
                    let problem = Problem::error("cue-language-missing", place, "a lexicon of cues without a language");
                    problems.push(
                        problem.expected("cues of one language").hint("write `language = \"de\"` into `[lexicon]`"),
                    );
                }
            }
        }
        for (language, lexicons) in by_language {
            let mut entries = Cues::shipped_entries(language).transpose()?.unwrap_or_default();
            extend(&mut entries, &lexicons, language);
            match Cues::new(&entries) {
                Ok(cues) => drop(self.cues.insert(language, cues)),
                Err(crate::error::Error::Refused(found)) => problems.extend(found),
                Err(other) => return Err(other),
            }
        }
        if problems.is_empty() { Ok(self) } else { Err(problems.into()) }
    }

    /// A warning for each language without cues, from the number of counted articles by language code.
    pub fn without_cues<'a>(&self, articles: impl IntoIterator<Item = (&'a str, u64)>) -> Vec<Problem> {
        let warn = |(code, articles): (&str, u64)| {
            let language = Language::parse(code).unwrap_or(Language::UNKNOWN);
            if articles == 0 || self.cues.get(&language).is_some_and(Cues::find_reported_speech) {
                return None;
            }
            let plural = if articles == 1 { "article" } else { "articles" };
            let of = if language == Language::UNKNOWN {
                "of no known language".to_string()
            } else {
                format!("in {language}")
            };
            let found = format!(
                "no cue words for {articles} {plural} {of}: voices are told apart by quotation marks, dashes and names with a colon alone. \
                 Every other hit counts as the text's own, reported speech too; short quotations have no speaker (`marked`); no hit \
                 is negated or hedged"
            );
            let problem = Problem::warning("no-voice-cues", Place::file("articles.csv"), found);
            Some(
                problem
                    .hint("give a lexicon with `kind = \"cues\"` for the language, as lexicons/context/en.toml is one"),
            )
        };
        articles.into_iter().filter_map(warn).collect()
    }
}

/// Adds the terms of lexicons and takes out their exceptions; an entry is a class of a lexicon, so that a wrong one is told once.
fn extend(entries: &mut Vec<CueEntry>, lexicons: &[&Lexicon], language: Language) {
    let mut taken_out = BTreeSet::new();
    for lexicon in lexicons {
        let mut added: BTreeMap<&str, CueEntry> = BTreeMap::new();
        for entry in &lexicon.entries {
            let Some(frame) = lexicon.frames.get(entry.frame) else { continue };
            let word = fold_phrase(entry.text.trim_start_matches('='), language);
            if entry.except {
                taken_out.insert((frame.name.clone(), word));
                continue;
            }
            let new = || CueEntry {
                class: frame.name.clone(),
                words: Vec::new(),
                place: Place::line(lexicon.file.as_str(), entry.line),
            };
            added.entry(&frame.name).or_insert_with(new).words.push(word);
        }
        entries.extend(added.into_values());
    }
    for entry in entries {
        entry.words.retain(|word| !taken_out.contains(&(entry.class.clone(), fold_phrase(word, language))));
    }
}
