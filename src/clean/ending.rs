//! The run of short lines with which many a saved page ends: links to other articles, tags, share buttons.
//!
//! In: an article. Out: the paragraph with which such a run begins.
//! Invariant: the run is the end of the article, at least [`FEWEST`] and at most [`MOST`] lines, and a small part of its words.
//! It deliberately looks at form alone, and lets a list go that belongs to the article: one of figures, or one that a line announces. Whether
//! the run is the site's, lines that are known or recur decide (`Cleaner`).

use super::summary::ends_as_sentence;
use crate::tokenise::ArticleTokens;

/// Lines of a run.
const FEWEST: usize = 3;

/// Longer runs are lists, poems or tables.
const MOST: usize = 15;

/// Words of a line of a run.
const LONGEST_LINE: usize = 14;

/// Words of a line that is a label (`Read more:`); a longer one announces what follows.
const LONGEST_LABEL: usize = 5;

/// The rest of the article has at least so many times the words of the run.
const REST: usize = 4;

/// The paragraph with which the closing run begins, if there is one.
pub(super) fn begins(article: &ArticleTokens<'_>) -> Option<u32> {
    let count = article.paragraphs.len();
    let mut first = count;
    while first > 0 && is_short(article, first - 1) {
        first -= 1;
        if count - first > MOST {
            return None;
        }
    }
    // an announcement inside the run belongs to the article, and so does what it announces
    if (first..count).any(|line| announces(article, line)) || first == 0 || announces(article, first - 1) {
        return None;
    }
    let figures = (first..count).filter(|&line| has_figure(article, line)).count();
    let start = article.paragraphs.get(first).map_or(article.types.len(), |&start| start as usize);
    let is_run = count - first >= FEWEST && figures * 2 < count - first;
    (is_run && start >= (article.types.len() - start) * REST).then_some(first as u32)
}

/// First token of a line, and the first after it.
fn tokens(article: &ArticleTokens<'_>, line: usize) -> (usize, usize) {
    let end = article.paragraphs.get(line + 1).map_or(article.types.len(), |&end| end as usize);
    (article.paragraphs[line] as usize, end)
}

/// Few words, no full stop, no small letter at the beginning: a title, a label, a button.
fn is_short(article: &ArticleTokens<'_>, line: usize) -> bool {
    let (start, end) = tokens(article, line);
    end - start <= LONGEST_LINE
        && !ends_as_sentence(article, end)
        && !article.text[article.spans[start].range()].chars().next().is_some_and(char::is_lowercase)
}

fn announces(article: &ArticleTokens<'_>, line: usize) -> bool {
    let (start, end) = tokens(article, line);
    let from = article.spans[end - 1].end as usize;
    let after = article.text[from..].trim_start_matches([' ', '\u{a0}', '"', '”', '»', '*', ')']);
    end - start > LONGEST_LABEL && after.starts_with([':', '：'])
}

fn has_figure(article: &ArticleTokens<'_>, line: usize) -> bool {
    let (start, end) = tokens(article, line);
    let mut words = article.spans[start..end].iter().map(|span| &article.text[span.range()]);
    words.any(|word| word.chars().any(char::is_numeric))
}
