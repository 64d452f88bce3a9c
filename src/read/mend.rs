//! What is taken out of a text before it is one: mark-up, and what was decoded once too often.
//!
//! In: a cell or a file as text. Out: the words in it with their places, and a tally for the whole corpus.
//! Invariant: what is changed is told once for the corpus, with the number of articles and the first place.
//! It deliberately changes nothing in a text that has neither.

mod controls;
mod cut;
mod escapes;
mod shortcodes;

use super::dates::Unit;
use super::markup;
use super::mojibake;
use super::places::{Assembly, Piece, behind, in_text, shift};
use crate::error::{Place, Problem};
use crate::text::several;
use std::ops::Range;

/// How often a text is mended at most.
const MOST_TIMES: usize = 3;

/// A text as it will be read.
#[derive(Debug, Default)]
pub(crate) struct Mended {
    pub text: String,
    /// None where the text is its source.
    pub pieces: Vec<Piece>,
    /// Where the text stands in what was mended; none where nothing was.
    within: Vec<Piece>,
    had_markup: bool,
    had_escapes: bool,
    mended: u32,
    mixed: u32,
    first_mixed: Option<String>,
    lost: u32,
    /// What shows that the text goes on elsewhere.
    cut: Option<String>,
}

impl Mended {
    /// Mends a text; `pieces` say where it stands, if it is not its source; `is_plain` where mark-up is gone already.
    pub(crate) fn of(text: String, pieces: Vec<Piece>, is_plain: bool) -> Mended {
        // a cell is full before its mark-up is taken out
        let full = cut::end(&text).map(|(_, sign)| sign);
        let mut out = Mended { text, cut: full, ..Mended::default() };
        let mut first = None;
        let mut replace = |out: &mut Mended, plain: Assembly| {
            let whole = behind(&out.text, &out.within, plain);
            let before = std::mem::replace(&mut out.text, whole.text);
            out.within = whole.pieces;
            first.get_or_insert(before);
        };
        if !is_plain && let Some(plain) = escapes::without(&out.text) {
            replace(&mut out, plain);
            out.had_escapes = true;
        }
        if let Some(plain) = controls::without(&out.text) {
            replace(&mut out, plain);
            out.had_escapes = true;
        }
        if !is_plain && let Some(plain) = shortcodes::without(&out.text) {
            replace(&mut out, plain);
            out.had_markup = true;
        }
        if !is_plain && let Some(plain) = markup::plain(&out.text) {
            replace(&mut out, Assembly { text: plain.text, pieces: plain.pieces });
            out.had_markup = true;
        }
        if let Some((end, sign)) = cut::end(&out.text) {
            if end < out.text.len() {
                let mut kept = Assembly::default();
                kept.verbatim(&out.text[..end], 0, 1, 0);
                replace(&mut out, kept);
            }
            out.cut = Some(sign);
        }
        // some texts were decoded wrongly two and three times
        for _ in 0..MOST_TIMES {
            let Some((mended, count)) = mojibake::mended(&out.text) else { break };
            replace(&mut out, mended);
            out.mended = out.mended.max(count);
        }
        out.pieces = match first {
            None => pieces,
            Some(_) if pieces.is_empty() => out.within.clone(),
            Some(before) => {
                let mended = Assembly { text: out.text.clone(), pieces: out.within.clone() };
                behind(&before, &pieces, mended).pieces
            }
        };
        let (mixed, first) = mojibake::mixed_words(&out.text);
        (out.mixed, out.first_mixed) = (mixed, first.map(str::to_string));
        out.lost = memchr::memmem::find_iter(out.text.as_bytes(), "\u{fffd}").count() as u32;
        out
    }

    /// A stretch of what was mended, where it stands now; none where nothing is left of it.
    pub(crate) fn moved(&self, bytes: &Range<usize>) -> Option<Range<usize>> {
        let place = |byte: usize| in_text(&self.within, byte as u32) as usize;
        let moved = place(bytes.start)..place(bytes.end);
        (moved.start < moved.end).then_some(moved)
    }

    /// Counts the places from where the source begins.
    pub(crate) fn shift(&mut self, start: u32, lines: u32) {
        shift(&mut self.pieces, start, lines);
    }

    /// The places, also of a text that is its source; `at` is where that begins: first byte and line.
    pub(crate) fn pieces(&self, at: (u32, u32)) -> Vec<Piece> {
        if !self.pieces.is_empty() || self.text.is_empty() {
            return self.pieces.clone();
        }
        let len = self.text.len() as u32;
        vec![Piece { at: 0, len, start: at.0, source_len: len, line: at.1.max(1), cell: 0 }]
    }
}

/// How much, and where first.
#[derive(Debug, Default)]
struct Occurrences {
    articles: u64,
    places: u64,
    first: Option<Place>,
    example: String,
}

impl Occurrences {
    fn add(&mut self, places: u32, place: &Place, example: &str) {
        if places == 0 {
            return;
        }
        self.articles += 1;
        self.places += u64::from(places);
        if self.first.is_none() {
            self.first = Some(place.clone());
            self.example = example.to_string();
        }
    }

    fn articles(&self) -> String {
        several(self.articles, "article")
    }
}

/// What was seen in the texts of a corpus.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    titles: Occurrences,
    markup: Occurrences,
    escapes: Occurrences,
    mojibake: Occurrences,
    mixed: Occurrences,
    lost: Occurrences,
    cut: Occurrences,
    numbers: Vec<(Unit, Occurrences)>,
}

impl Tally {
    /// Counts a date that is a number.
    pub(crate) fn number(&mut self, unit: Unit, place: &Place, text: &str) {
        if !self.numbers.iter().any(|(other, _)| *other == unit) {
            self.numbers.push((unit, Occurrences::default()));
        }
        if let Some((_, occurrences)) = self.numbers.iter_mut().find(|(other, _)| *other == unit) {
            occurrences.add(1, place, text);
        }
    }

    pub(crate) fn body(&mut self, body: &Mended, place: &Place) {
        self.markup.add(u32::from(body.had_markup), place, "");
        self.escapes.add(u32::from(body.had_escapes), place, "");
        self.mojibake.add(body.mended, place, "");
        self.mixed.add(body.mixed, place, body.first_mixed.as_deref().unwrap_or_default());
        self.lost.add(body.lost, place, "");
        self.cut.add(u32::from(body.cut.is_some()), place, body.cut.as_deref().unwrap_or_default());
    }

    /// Counts what is odd in the name of an outlet.
    pub(crate) fn name(&mut self, name: &Mended, place: &Place) {
        self.mojibake.add(name.mended, place, "");
        self.mixed.add(name.mixed, place, name.first_mixed.as_deref().unwrap_or_default());
    }

    /// Counts a title that was put before its text.
    pub(crate) fn title(&mut self, place: &Place) {
        self.titles.add(1, place, "");
    }

    /// As problems, each kind once.
    pub(crate) fn problems(self) -> Vec<Problem> {
        let mut problems = Vec::new();
        if let Some(first) = &self.titles.first {
            let found =
                format!("{}: the title is counted with the text; the first is this one", self.titles.articles());
            problems.push(Problem::note("titles-counted", first.clone(), found));
        }
        for (unit, occurrences) in &self.numbers {
            let Some(first) = &occurrences.first else { continue };
            let found = format!(
                "{} with a number for a date, first `{}`; read as {}",
                occurrences.articles(),
                occurrences.example,
                unit.name()
            );
            problems.push(Problem::note("date-number", first.clone(), found));
        }
        if let Some(first) = &self.markup.first {
            let found = format!(
                "{} with HTML: tags, scripts and comments are left out; the first is this one",
                self.markup.articles()
            );
            problems.push(Problem::note("markup", first.clone(), found));
        }
        if let Some(first) = &self.escapes.first {
            let found = format!(
                "{} with escape sequences (`\\n`, `\\u2019`, `<U+2019>`, `['…', '…']`) or hyphens that are control characters, which were decoded; the first is this one",
                self.escapes.articles()
            );
            problems.push(Problem::note("escapes", first.clone(), found));
        }
        self.damage(&mut problems);
        problems
    }

    /// What was lost, cut off or mistaken before the texts came here.
    fn damage(&self, problems: &mut Vec<Problem>) {
        if let Some(first) = &self.mojibake.first {
            let found = format!(
                "{} signs in {} had been decoded wrongly (as `â€œ` for `“`, or `Ïðî` for `Про`) and were repaired; the first is here",
                self.mojibake.places,
                self.mojibake.articles()
            );
            problems.push(Problem::warning("mojibake", first.clone(), found));
        }
        if let Some(first) = &self.lost.first {
            let found = format!(
                "{} in {} lost (U+FFFD), here first",
                several(self.lost.places, "letter"),
                self.lost.articles()
            );
            problems.push(
                Problem::warning("letters-lost", first.clone(), found)
                    .hint("get the texts again; what was lost cannot be restored"),
            );
        }
        if let Some(first) = &self.cut.first {
            let found = format!("{} cut off: the first ends {}", self.cut.articles(), self.cut.example);
            let hint = "get the whole texts; what is counted are the beginnings that are here";
            problems.push(Problem::warning("texts-cut", first.clone(), found).hint(hint));
        }
        if let Some(first) = &self.mixed.first {
            let found = format!(
                "{} in {} with Latin and Cyrillic letters mixed, first `{}`",
                several(self.mixed.places, "word"),
                self.mixed.articles(),
                self.mixed.example
            );
            let hint = "no lexicon entry matches such words; check how the texts were produced";
            problems.push(Problem::warning("mixed-alphabets", first.clone(), found).hint(hint));
        }
    }
}
