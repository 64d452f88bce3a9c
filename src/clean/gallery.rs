//! Photo galleries: captions one after another, between the buttons of a gallery or as lines that end with a credit.
//!
//! In: an article, the buttons and credits of the furniture lexicons. Out: the captions.
//! Invariant: one caption is no gallery: it takes [`FEWEST_SLIDES`] buttons in a line or in lines in a row, or [`FEWEST_CAPTIONS`] lines in a row. No caption is
//! longer than [`LONGEST_CAPTION`] words.
//! It deliberately removes the words before the first button only where the gallery's title stands there as it does behind the button: in a
//! text without line ends they may be the article.

use super::furniture::{LONGEST_LINE, LinePatterns};
use super::{Removed, Rule};
use crate::text::{ArticleToken, Span};
use crate::tokenise::ArticleTokens;

/// Buttons that make a gallery.
const FEWEST_SLIDES: usize = 2;

/// Lines of captions that make a gallery.
const FEWEST_CAPTIONS: usize = 3;

/// Words between two buttons.
const LONGEST_CAPTION: u32 = 200;

/// Words of a title by which the first caption is found.
const TITLE: usize = 2;

/// Appends the captions of an article.
pub(super) fn find(article: &ArticleTokens<'_>, patterns: &LinePatterns, removed: &mut Vec<Removed>) {
    slides(article, patterns, removed);
    captions(article, patterns, removed);
}

fn slides(article: &ArticleTokens<'_>, patterns: &LinePatterns, removed: &mut Vec<Removed>) {
    let mut buttons = Vec::new();
    patterns.slides.find_inside(article, &mut buttons);
    if buttons.len() < FEWEST_SLIDES {
        return;
    }
    let mut run: Vec<(u32, &[Removed])> = Vec::new();
    for (start, end) in article.lines() {
        let first = buttons.partition_point(|button| button.tokens.start < start);
        let last = buttons.partition_point(|button| button.tokens.start < end);
        if first == last {
            between_buttons(article, &run, removed);
            run.clear();
        } else {
            run.push((start, &buttons[first..last]));
        }
    }
    between_buttons(article, &run, removed);
}

/// The captions of a gallery: lines in a row, each with where it begins and its buttons.
fn between_buttons(article: &ArticleTokens<'_>, run: &[(u32, &[Removed])], removed: &mut Vec<Removed>) {
    let count: usize = run.iter().map(|(_, buttons)| buttons.len()).sum();
    if count < FEWEST_SLIDES {
        return;
    }
    for (i, (line, buttons)) in run.iter().enumerate() {
        // behind a line of the gallery a line is a caption from its beginning
        let mut from = if i == 0 { first_caption(article, *line, buttons[0].tokens) } else { *line };
        for button in *buttons {
            if button.tokens.start - from <= LONGEST_CAPTION {
                let tokens = Span::new(from, button.tokens.end);
                let evidence = format!("one of {count} slides, by {}", button.evidence);
                removed.push(Removed { tokens, rule: Rule::Gallery, evidence });
            }
            from = button.tokens.end;
        }
    }
}

/// Where the first caption begins: with the words that stand behind its button too.
fn first_caption(article: &ArticleTokens<'_>, line: u32, button: Span<ArticleToken>) -> u32 {
    let (start, end) = (button.start as usize, button.end as usize);
    let Some(title) = article.types.get(end..end + TITLE) else { return button.start };
    let from = (line as usize).max(start.saturating_sub(LONGEST_CAPTION as usize));
    let found = article.types[from..start].windows(TITLE).position(|words| words == title);
    found.map_or(button.start, |at| (from + at) as u32)
}

fn captions(article: &ArticleTokens<'_>, patterns: &LinePatterns, removed: &mut Vec<Removed>) {
    let mut run: Vec<Removed> = Vec::new();
    for (start, end) in article.lines().chain([(0, 0)]) {
        let words = &article.types[start as usize..end as usize];
        let credit = (1..=LONGEST_LINE).contains(&words.len()).then(|| patterns.credits.matching(words)).flatten();
        if let Some(name) = credit {
            run.push(Removed { tokens: Span::new(start, end), rule: Rule::Gallery, evidence: name.to_string() });
            continue;
        }
        let count = run.len();
        if count >= FEWEST_CAPTIONS {
            removed.extend(run.drain(..).map(|line| {
                let evidence = format!("{count} captions in a row, by {}", line.evidence);
                Removed { evidence, ..line }
            }));
        }
        run.clear();
    }
}
