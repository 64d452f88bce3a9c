//! What the languages of a corpus mean for its numbers.
//!
//! In: the number of counted articles of each language, and the lexicons. Out: warnings.
//! Invariant: where a language makes numbers smaller than they look, somebody is told.
//! It deliberately leaves no article out: that is decided before anything is counted.

use crate::error::{Place, Problem};
use crate::lexicon::{Kind, Lexicon, MatchMode};
use crate::stem::is_stemmed;
use crate::text::{Language, several};
use std::collections::{BTreeMap, BTreeSet};

/// Languages without spaces between words.
const UNSPACED: [&str; 6] = ["zh", "ja", "th", "lo", "km", "my"];

/// True for a lexicon whose hits are numbers.
fn is_counted(lexicon: &&Lexicon) -> bool {
    matches!(lexicon.kind, Kind::Frames | Kind::Sentiment)
}

/// That lexicons of one language are counted in articles whose language is not recognised: their zeros may be those of another language.
pub(crate) fn unknown_language<'l>(
    languages: &[(&str, u64)],
    lexicons: impl Iterator<Item = &'l Lexicon>,
) -> Option<Problem> {
    let unknown = Language::UNKNOWN.to_string();
    let articles = languages.iter().find(|(code, _)| *code == unknown).map(|(_, articles)| *articles)?;
    let of: BTreeSet<String> =
        lexicons.filter(is_counted).filter_map(|lexicon| Some(lexicon.language?.to_string())).collect();
    if articles == 0 || of.is_empty() {
        return None;
    }
    let of = of.into_iter().collect::<Vec<_>>().join(", ");
    let (articles, are) =
        if articles == 1 { ("1 article".to_string(), "is") } else { (format!("{articles} articles"), "are") };
    let found = format!("{articles} in no language that is recognised {are} counted with the lexicons for {of}");
    let problem = Problem::warning("language-unknown", Place::file("articles.csv"), found);
    Some(
        problem.hint(
            "`--language en`, or a column of languages, decides it; what is in another language lowers the rates",
        ),
    )
}

/// That articles are left out because no lexicon is for their language.
pub(crate) fn left_out_languages(without_lexicon: &BTreeMap<String, u64>) -> Option<Problem> {
    let unknown = Language::UNKNOWN.to_string();
    let articles: u64 = without_lexicon.values().sum();
    let of = |(code, n): (&String, &u64)| match *code == unknown {
        true => format!("{n} in no language that is recognised"),
        false => format!("{n} in `{code}`"),
    };
    let of: Vec<String> = without_lexicon.iter().map(of).collect();
    let are = if articles == 1 { "is" } else { "are" };
    let found = format!(
        "{} {are} not counted, as no lexicon is for the language: {}",
        several(articles, "article"),
        of.join(", ")
    );
    let problem = Problem::warning("language-without-lexicon", Place::file("articles.csv"), found);
    let hint = "add a lexicon for the language, or one with `language = \"any\"`; `--language en` declares that of articles that name none";
    (articles > 0).then(|| problem.hint(hint))
}

/// That the words of some languages are their characters, since nothing stands between them.
pub(crate) fn unspaced_languages(languages: &[(&str, u64)]) -> Option<Problem> {
    let unspaced = languages.iter().filter(|(code, articles)| *articles > 0 && UNSPACED.contains(code));
    let codes: Vec<&str> = unspaced.map(|(code, _)| *code).collect();
    if codes.is_empty() {
        return None;
    }
    let found = format!(
        "no spaces stand between the words of {}: characters, or parts of words, are counted as words, so rates are not like those of other languages",
        codes.join(", ")
    );
    let problem = Problem::warning("characters-as-words", Place::file("articles.csv"), found);
    Some(problem.hint("cut the texts into words with spaces between them before you read them"))
}

/// That entries that match by stem match as written in languages that have no stemmer.
pub(crate) fn unstemmed_languages<'l>(
    languages: &[(&str, u64)],
    lexicons: impl Iterator<Item = &'l Lexicon>,
) -> Option<Problem> {
    let by_stem = |lexicon: &&Lexicon| {
        let mut words = lexicon.entries.iter().flat_map(|entry| entry.pattern.words());
        is_counted(lexicon) && words.any(|word| word.mode == MatchMode::Stem)
    };
    let lexicons: Vec<&Lexicon> = lexicons.filter(by_stem).collect();
    let is_meant =
        |language: Language| lexicons.iter().any(|lexicon| lexicon.language.is_none_or(|own| own == language));
    let unstemmed = languages.iter().filter(|(code, articles)| {
        let language = Language::parse(code).unwrap_or(Language::UNKNOWN);
        *articles > 0
            && language != Language::UNKNOWN
            && !UNSPACED.contains(code)
            && !is_stemmed(language)
            && is_meant(language)
    });
    let codes: Vec<&str> = unstemmed.map(|(code, _)| *code).collect();
    if codes.is_empty() {
        return None;
    }
    let found = format!(
        "no stemmer for {}: plain words of the lexicon match as they are written, in no other form",
        codes.join(", ")
    );
    Some(
        Problem::warning("no-stemmer", Place::file("articles.csv"), found)
            .hint("write `*` where words have endings: `wojn*`"),
    )
}
