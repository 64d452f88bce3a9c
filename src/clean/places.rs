//! Places of an article whose form alone says that they may lead to other articles.
//!
//! In: the words of an article, with its text. Out: [`Place`]s: headlines that are glued to a name, and lines and brackets that begin with a
//! label and a colon, brackets with a capital too.
//! Invariant: a place lies within one paragraph, and depends on its article alone.
//! It deliberately decides nothing: whether a label or a closing word is one of a site's is asked of the furniture lexicons, when all is
//! counted. As every byte is looked at, only ASCII letters are glued.

use crate::tokenise::ArticleTokens;

/// Words of a label before its colon.
const LONGEST_LABEL: usize = 4;

/// Words of a line or bracket with a label.
const LONGEST_LINK: usize = 30;

/// Words between a name and the name that headlines are glued to.
const NAME_WORDS: usize = 8;

/// Words of glued headlines, their closing word among them.
const LONGEST_HEADLINES: usize = 90;

/// Closing words that are noted for one name.
const MOST_ENDS: usize = 12;

/// A place that may lead to other articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// First token.
    pub start: u32,
    /// Its words.
    pub words: u32,
    /// Words of its label; 0 where headlines are glued to a name, and the last word may close them.
    pub label: u32,
}

/// Appends the places of an article.
pub(super) fn find(article: &ArticleTokens<'_>, places: &mut Vec<Place>) {
    let first = places.len();
    labelled_lines(article, places);
    labelled_brackets(article, places);
    glued_headlines(article, places);
    places[first..].sort_by_key(|place| (place.start, place.words));
}

fn word<'a>(article: &ArticleTokens<'a>, token: usize) -> &'a str {
    &article.text[article.spans[token].range()]
}

/// What stands between a token and the next.
fn gap<'a>(article: &ArticleTokens<'a>, token: usize) -> &'a str {
    let from = article.spans[token].end as usize;
    &article.text[from..article.spans.get(token + 1).map_or(article.text.len(), |next| next.start as usize)]
}

/// Words of the label with which the tokens from `start` on begin; 0 where there is none.
fn label(article: &ArticleTokens<'_>, start: usize, end: usize) -> usize {
    for token in start..end.min(start + LONGEST_LABEL) {
        let after = gap(article, token).trim_start();
        if after.starts_with([':', '：']) {
            return if token + 1 < end { token + 1 - start } else { 0 };
        }
        if !after.is_empty() {
            return 0;
        }
    }
    0
}

fn labelled_lines(article: &ArticleTokens<'_>, places: &mut Vec<Place>) {
    for (start, end) in article.lines() {
        if (end - start) as usize > LONGEST_LINK {
            continue;
        }
        let label = label(article, start as usize, end as usize) as u32;
        if label > 0 {
            places.push(Place { start, words: end - start, label });
        }
    }
}

fn labelled_brackets(article: &ArticleTokens<'_>, places: &mut Vec<Place>) {
    let signs = article.text.bytes().enumerate().filter(|(_, sign)| matches!(sign, b'(' | b'['));
    for (byte, sign) in signs {
        let start = article.spans.partition_point(|span| (span.start as usize) < byte);
        let end = article.line_end(start).min(start + LONGEST_LINK);
        let label = label(article, start, end);
        let closing = if sign == b'(' { ')' } else { ']' };
        // `(read: another word)` is no link
        if label == 0 || word(article, start).starts_with(char::is_lowercase) {
            continue;
        }
        if let Some(last) = (start..end).find(|&token| gap(article, token).contains(closing)) {
            places.push(Place { start: start as u32, words: (last + 1 - start) as u32, label: label as u32 });
        }
    }
}

/// `Ann Lee Ann Mary LeeHeadline of one Headline of two MORE (R-Ohio)`: from behind the name to each word in capitals.
fn glued_headlines(article: &ArticleTokens<'_>, places: &mut Vec<Place>) {
    let is_joint =
        |pair: &[u8]| pair[0].is_ascii_lowercase() && (pair[1].is_ascii_uppercase() || pair[1].is_ascii_digit());
    let joints = article.text.as_bytes().windows(2).enumerate().filter(|(_, pair)| is_joint(pair));
    for byte in joints.map(|(before, _)| before + 1) {
        let token = article.spans.partition_point(|span| span.end as usize <= byte);
        let Some(span) = article.spans.get(token) else { continue };
        let Some(name) = article.text.get(span.start as usize..byte) else { continue };
        if let Some(start) = behind_name(article, token, name) {
            let end = article.line_end(token).min(start + LONGEST_HEADLINES);
            let ends = (token + 1..end).filter(|&last| is_in_capitals(word(article, last))).take(MOST_ENDS);
            places.extend(ends.map(|last| Place { start: start as u32, words: (last + 1 - start) as u32, label: 0 }));
        }
    }
}

/// The token behind the name, where it stands a few words before `token`.
fn behind_name(article: &ArticleTokens<'_>, token: usize, name: &str) -> Option<usize> {
    if !name.starts_with(char::is_uppercase) {
        return None;
    }
    let line = article.paragraphs.partition_point(|&start| start as usize <= token);
    let first = article.paragraphs.get(line.wrapping_sub(1)).map_or(0, |&start| start as usize);
    (first.max(token.saturating_sub(NAME_WORDS))..token)
        .rev()
        .find(|&earlier| word(article, earlier) == name)
        .map(|at| at + 1)
}

/// Three capitals or more, and behind them at most an ending after an apostrophe.
fn is_in_capitals(word: &str) -> bool {
    let stem = word.split(['’', '\'']).next().unwrap_or(word);
    stem.chars().count() >= 3 && stem.chars().all(char::is_uppercase)
}
