//! Transcripts and interviews: who has the word, up to the next one.
//!
//! In: the columns of an article. Out: the turns of its speakers, all sentences of each.
//! Invariant: turns do not overlap; a text is a transcript only where its labels answer each other and what they say is speech.
//! It deliberately leaves lists ("Gold: …"), single labels and questions of the text's own to the other rules.

use super::attribution::Decided;
use super::cues::class::*;
use super::labels::{Kind, Label};
use super::rules::Id;
use super::words::{Words, gap};
use crate::text::{ArticleToken, Span};
use hashbrown::HashMap;
use std::ops::Range;

/// Most words of a question of an interview.
const ASKED: usize = 60;

/// Appends the turns of an article.
pub(super) fn find(words: &Words, out: &mut Vec<Decided>) {
    let labels = labels(words);
    if labels.len() >= 2 {
        transcript(words, &labels, out);
    } else {
        interview(words, out);
    }
}

/// The labels of an article: at the start of a paragraph, and, in capitals, at that of a line.
fn labels(words: &Words) -> Vec<Label> {
    let count = words.article.spans.len();
    let paragraphs = words.article.paragraphs;
    let mut found: Vec<Label> = Vec::new();
    for i in 0..count {
        if i > 0 && words.gap[i] & gap::BREAK == 0 {
            continue;
        }
        let inside = found.last().is_some_and(|last| last.said > i);
        let label = Label::at(words, i).filter(|_| !inside);
        let leads = paragraphs.binary_search(&(i as u32)).is_ok();
        found.extend(label.filter(|label| leads || matches!(label.kind, Kind::Loud | Kind::Letter)));
    }
    found
}

/// The turns behind labels, where they are those of a transcript.
fn transcript(words: &Words, labels: &[Label], out: &mut Vec<Decided>) {
    let count = words.article.spans.len();
    let names: Vec<Vec<u8>> = labels.iter().map(|label| name(words, label)).collect();
    let mut times: HashMap<&[u8], usize> = HashMap::new();
    for name in &names {
        *times.entry(name).or_default() += 1;
    }
    let starts: Vec<usize> = words.article.paragraphs.iter().map(|&start| start as usize).collect();
    let paragraph_end = |at: usize| starts.get(starts.partition_point(|&start| start <= at)).copied().unwrap_or(count);
    let until = |k: usize| labels.get(k + 1).map_or(count, |next| next.start);
    let own = |k: usize| labels[k].said..paragraph_end(labels[k].said).min(until(k));
    // a name that answers another one, or one of a run of paragraphs that all have names
    let answers = |k: usize| times[names[k].as_slice()] > 1 && times.len() > 1;
    // past paragraphs in brackets, such as (BEGIN VIDEO CLIP)
    let past_directions = |mut at: usize| {
        while at < count && words.gap[at] & gap::OPEN_PAREN != 0 && words.gap[paragraph_end(at)] & gap::CLOSE_PAREN != 0
        {
            at = paragraph_end(at);
        }
        at
    };
    let chained = |k: usize| k + 1 < labels.len() && past_directions(own(k).end) == labels[k + 1].start;
    let mut in_run = vec![false; labels.len()];
    let mut first = 0;
    for k in 0..labels.len() {
        if !chained(k) {
            if k - first >= 2 || letters(&labels[first..=k]) {
                in_run[first..=k].iter_mut().for_each(|run| *run = true);
            }
            first = k + 1;
        }
    }
    let recurring = (0..labels.len()).filter(|&k| answers(k)).count();
    let taken: Vec<usize> = (0..labels.len())
        .filter(|&k| in_run[k] || recurring >= 3 && (answers(k) || labels[k].kind == Kind::Loud))
        .collect();
    if taken.len() < 2 || !is_speech(words, taken.iter().map(|&k| own(k))) {
        return;
    }
    // Where a good part of its paragraphs has names, the others go on with the turn before them.
    let begun = starts.partition_point(|&start| start < labels[taken[0]].start);
    let loud = taken.iter().filter(|&&k| labels[k].kind == Kind::Loud).count() * 2 > taken.len();
    let whole = taken.len() * (if loud { 4 } else { 2 }) >= starts.len() - begun;
    let mut longest = 1;
    for (place, &k) in taken.iter().enumerate() {
        let label = &labels[k];
        let last = place + 1 == taken.len();
        let after = taken.get(place + 1).map_or(count, |&next| labels[next].start);
        let here = starts.partition_point(|&start| start <= label.said);
        let end = match (whole, last) {
            (false, _) => own(k).end,
            (true, false) => {
                longest = longest.max(starts.partition_point(|&start| start < after) + 1 - here);
                after
            }
            (true, true) => starts.get(here + longest - 1).copied().unwrap_or(count),
        };
        push(label.said..end, Some((label.start, label.name_end)), out);
    }
}

/// The last word of a name, by which a speaker is called again: `WOLF BLITZER, CNN ANCHOR:` is `BLITZER:` later.
fn name(words: &Words, label: &Label) -> Vec<u8> {
    words.word(label.name_end - 1).to_vec()
}

/// `Q:` and `A:`.
fn letters(labels: &[Label]) -> bool {
    labels.len() >= 2 && labels.iter().all(|label| label.kind == Kind::Letter)
}

/// What is said is speech: somebody says I or asks, and most turns are clauses.
fn is_speech(words: &Words, turns: impl Iterator<Item = Range<usize>>) -> bool {
    let (mut all, mut clauses, mut persons) = (0, 0, 0);
    for turn in turns {
        all += 1;
        let asked = (turn.start + 1..turn.end + 1).any(|i| words.gap.get(i).is_some_and(|gap| gap & gap::ASK != 0));
        let seen = turn.clone().fold(0, |seen, i| seen | words.mask[i]);
        let known = seen & (AUXILIARY | PRONOUN | FIRST_PERSON | SECOND_PERSON | PAST | SAY) != 0;
        clauses += usize::from(asked || known || turn.len() > 12);
        persons += usize::from(asked || seen & (FIRST_PERSON | SECOND_PERSON) != 0);
    }
    clauses * 2 >= all && persons > 0
}

fn push(said: Range<usize>, source: Option<(usize, usize)>, out: &mut Vec<Decided>) {
    if said.start < said.end {
        let span = |(from, to): (usize, usize)| Span::<ArticleToken>::new(from as u32, to as u32);
        out.push(Decided {
            start: said.start as u32,
            end: said.end as u32,
            rule: Id::Turn,
            cue: source.map(|(from, _)| span((from, from + 1))),
            source: source.map(span),
        });
    }
}

/// A paragraph of an interview.
struct Paragraph {
    tokens: Range<usize>,
    asks: bool,
    marked: bool,
}

/// Answers to questions that stand alone in their paragraphs: behind a dash, in bold, or such that say you.
fn interview(words: &Words, out: &mut Vec<Decided>) {
    let count = words.article.spans.len();
    let starts = words.article.paragraphs;
    if starts.len() < 4 {
        return;
    }
    let paragraph = |k: usize| {
        let tokens = starts[k] as usize..starts.get(k + 1).map_or(count, |&end| end as usize);
        let asks = asks(words, &tokens);
        let marked = asks && opened_by(words, tokens.start, &["—", "–", "―", "**", "__"]);
        Paragraph { asks, marked, tokens }
    };
    let all: Vec<Paragraph> = (0..starts.len()).map(paragraph).collect();
    let any_marked = all.iter().filter(|p| p.marked).count() >= 2;
    let is_question = |p: &Paragraph| if any_marked { p.marked } else { p.asks };
    let questions: Vec<usize> = (0..all.len()).filter(|&k| is_question(&all[k])).collect();
    // of each question, the paragraphs up to the next
    let answers: Vec<Range<usize>> = (0..questions.len())
        .map(|i| questions[i] + 1..questions.get(i + 1).copied().unwrap_or((questions[i] + 2).min(all.len())))
        .filter(|answer| !answer.is_empty())
        .collect();
    if answers.len() < if any_marked { 2 } else { 3 } {
        return;
    }
    let has = |paragraph: &Paragraph, of: u64| words.mask[paragraph.tokens.clone()].iter().any(|mask| mask & of != 0);
    let says = |of: u64| answers.iter().filter(|answer| all[(*answer).clone()].iter().any(|p| has(p, of))).count();
    let addressed = questions.iter().filter(|&&k| has(&all[k], SECOND_PERSON)).count();
    let own = says(FIRST_PERSON) * 2 >= answers.len();
    if own && (any_marked || addressed * 2 >= questions.len()) {
        for answer in answers {
            push(all[answer.start].tokens.start..all[answer.end - 1].tokens.end, None, out);
        }
    }
}

/// A short paragraph that ends in a question mark.
fn asks(words: &Words, tokens: &Range<usize>) -> bool {
    tokens.len() <= ASKED
        && words.gap[tokens.end] & gap::ASK != 0
        && words.gap[tokens.clone()].iter().skip(1).all(|gap| gap & gap::QUOTE == 0)
}

/// One of some marks stands before a word at the start of its line.
pub(super) fn opened_by(words: &Words, token: usize, marks: &[&str]) -> bool {
    let start = words.article.spans[token].start as usize;
    let before = if token == 0 { 0 } else { words.article.spans[token - 1].end as usize };
    let gap = &words.article.text[before..start];
    let line = gap.rsplit(['\n', '\r', '\u{2028}', '\u{2029}']).next().unwrap_or(gap);
    let first_line = token == 0 || words.gap[token] & gap::BREAK != 0;
    first_line && marks.iter().any(|mark| line.trim_start().starts_with(mark))
}
