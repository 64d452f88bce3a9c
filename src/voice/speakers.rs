//! Who a source is: `he` and `Mr. McCain` are the Sen. John McCain of a sentence before.
//!
//! In: the stretches of an article with the words of their speakers. Out: for each the fullest words for that speaker so far.
//! Invariant: nothing points forward, nor further than a paragraph for a pronoun; the work is linear in the sources.
//! It deliberately names nobody who is no source himself: the nearest name is too often a place or somebody spoken of.

use super::Voice;
use super::cues::class::*;
use super::marked::Run;
use super::rules::RULES;
use super::words::{Words, capitals};
use crate::text::{ArticleToken, Span};
use hashbrown::HashMap;

/// Most tokens between a pronoun and the person it stands for.
const REACH: u32 = 150;

/// Takes away a source that stands within what it is said to say, or within quotation marks: whoever is named there is spoken of. Only
/// when all rules have decided is it known how far what was said goes.
pub(super) fn outside(runs: &mut [Run]) {
    let inside = |run: &Run| {
        let Some(source) = run.source else { return false };
        let first = runs.partition_point(|other| other.end <= source.start);
        let mut around = runs[first..].iter().take_while(|other| other.start < source.end);
        around.any(|other| {
            other.source == run.source
                || other.cue.is_some() && other.cue == run.cue
                || RULES.get(usize::from(other.rule)).is_some_and(|rule| rule.voice == Voice::Quoted)
        })
    };
    let inside: Vec<usize> = (0..runs.len()).filter(|&i| inside(&runs[i])).collect();
    inside.into_iter().for_each(|i| runs[i].source = None);
}

/// Names the speaker of each stretch that has a source.
pub(super) fn name(words: &Words, runs: &mut [Run]) {
    let mut sources: Vec<(Span<ArticleToken>, usize)> =
        runs.iter().enumerate().filter_map(|(i, run)| Some((run.source?, i))).collect();
    sources.sort_unstable_by_key(|&(source, i)| (source.start, source.end, i));
    let mut full: HashMap<Vec<u8>, Option<Span<ArticleToken>>> = HashMap::new();
    let mut person: Option<Span<ArticleToken>> = None;
    for (source, i) in sources {
        let speaker = if pronoun(words, source) {
            person.filter(|last| near(words, *last, source))
        } else {
            let own = without_article(words, source);
            match surname(words, own) {
                Some(name) => {
                    let speaker = fuller(words, &mut full, name, own);
                    person = Some(speaker).filter(|speaker| !several(words, *speaker));
                    Some(speaker)
                }
                None => Some(own),
            }
        };
        runs[i].speaker = speaker;
    }
}

/// The full name of which `own` is a part, so far; `own` where there is none or more than one.
fn fuller(
    words: &Words,
    full: &mut HashMap<Vec<u8>, Option<Span<ArticleToken>>>,
    name: Vec<u8>,
    own: Span<ArticleToken>,
) -> Span<ArticleToken> {
    let capitals = |span: Span<ArticleToken>| {
        (span.start..span.end).filter(|&i| capital(words, i)).map(|i| words.word(i as usize))
    };
    let is_full = |span: Span<ArticleToken>| {
        capital(words, span.start) && capital(words, span.end - 1) && capitals(span).count() > 1
    };
    match full.get_mut(&name) {
        Some(Some(known)) => {
            let known_span = *known;
            let title = |word: &[u8]| word.len() < 4 && word.first().is_some_and(u8::is_ascii_uppercase);
            let part = capitals(own).all(|word| title(word) || capitals(known_span).any(|of| same(of, word)));
            let whole = capitals(known_span).all(|word| title(word) || capitals(own).any(|of| same(of, word)));
            match (part, whole && is_full(own)) {
                (true, _) => known_span,
                (_, true) => {
                    full.insert(name, Some(own));
                    own
                }
                _ => {
                    if is_full(own) {
                        full.insert(name, None);
                    }
                    own
                }
            }
        }
        Some(None) => own,
        None => {
            if is_full(own) {
                full.insert(name, Some(own));
            }
            own
        }
    }
}

/// The same word but for the possessive.
fn same(a: &[u8], b: &[u8]) -> bool {
    stripped(a).eq_ignore_ascii_case(stripped(b))
}

/// A word in small letters, without the possessive.
fn bare(word: &[u8]) -> Vec<u8> {
    stripped(word).to_ascii_lowercase()
}

/// A word without the possessive.
fn stripped(word: &[u8]) -> &[u8] {
    let ends = [b"'s".as_slice(), "\u{2019}s".as_bytes()];
    ends.iter().find_map(|end| word.strip_suffix(*end)).unwrap_or(word)
}

/// More than one person: two joined names, or a plural noun for people.
fn several(words: &Words, source: Span<ArticleToken>) -> bool {
    let last = source.end as usize - 1;
    let plural = words.mask[last] & SPEAKER != 0 && words.word(last).ends_with(b"s");
    plural || (source.start..source.end).any(|i| words.mask[i as usize] & COORDINATOR != 0)
}

/// One word that stands for one person.
fn pronoun(words: &Words, source: Span<ArticleToken>) -> bool {
    source.len() == 1 && words.mask[source.start as usize] & PRONOUN != 0
}

/// The person may be meant: a pronoun of one person, and the name in this paragraph or the one before.
fn near(words: &Words, name: Span<ArticleToken>, pronoun: Span<ArticleToken>) -> bool {
    let paragraph = |token: u32| words.article.paragraphs.partition_point(|&begin| begin <= token);
    words.mask[pronoun.start as usize] & PERSON != 0
        && name.end <= pronoun.start
        && pronoun.start - name.end <= REACH
        && paragraph(pronoun.start) - paragraph(name.start) <= 1
}

/// "the ministry" is the ministry.
fn without_article(words: &Words, source: Span<ArticleToken>) -> Span<ArticleToken> {
    let article = source.len() > 1 && words.mask[source.start as usize] & DETERMINER != 0;
    Span::new(source.start + u32::from(article), source.end)
}

/// The last word with a capital, small letters throughout: what a person is called by later.
fn surname(words: &Words, source: Span<ArticleToken>) -> Option<Vec<u8>> {
    let last = (source.start..source.end).rev().find(|&i| capital(words, i))?;
    Some(bare(words.word(last as usize)))
}

fn capital(words: &Words, i: u32) -> bool {
    capitals(words.word(i as usize)) > 0 && words.mask[i as usize] & (PRONOUN | DETERMINER) == 0
}
