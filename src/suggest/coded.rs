//! Coded texts: which words tell those of a frame from the others, and what a lexicon would gain by them.
//!
//! In: a table with a text in each row and its codes, a lexicon. Out: terms by frame, and the AUC of the list without and with them.
//! Invariant: words that are tried on a text were chosen without it; a code that is not understood is a problem with its line.
//! It deliberately scores as a run does: hits per word, every entry alike; and, beside it, by how many of the words a text has.

use super::contrast::{Contrasted, Least, Term, apart, contrast, terms};
use super::gather::of_lexicon;
use super::text::{Cut, Part, Text};
use crate::error::{Place, Problem, Result};
use crate::index::Shard;
use crate::lexicon::Lexicon;
use crate::lookup::{Plan, VoiceLookup, look_up};
use crate::read::Article;
use crate::statistics::Measured;
use crate::statistics::candidates::auc;
use crate::statistics::seed::Stream;
use crate::stem::Stems;
use crate::voice::Voice;
use std::collections::BTreeSet;

/// Parts into which the texts are dealt.
const FOLDS: usize = 5;

/// Words that are tried.
pub const TRIED: usize = 40;

/// A term must stand in so many coded texts, and tell so well.
const LEAST: Least = Least { units: 3, z: 1.0, times: 1.0 };

/// Texts with their codes.
pub(super) struct Coded {
    pub text: Text,
    /// By frame of the lexicon: of each text whether it is coded so; nothing where the frame was not coded.
    pub codes: Vec<Option<Vec<bool>>>,
}

/// What a lexicon's list of words says of coded texts, alone and with words that were chosen on other texts.
#[derive(Clone, Debug, PartialEq)]
pub struct Gain {
    /// Frame.
    pub frame: String,
    /// Coded texts, and those coded with the frame.
    pub texts: (usize, usize),
    /// AUC of the list.
    pub before: Measured,
    /// AUC of the list and the words that tell best, by cross-validation: hits per word, each of these words once a text.
    pub after: Measured,
    /// The same, these words counted whatever the length of the text: a long one that has one of them has it no less.
    pub whole: Measured,
}

impl Coded {
    /// Reads a table: a column `sentence` or `text`, and a column for each frame (1 or 0), or `code` with names of frames joined by `;`.
    pub fn read(path: &str, lexicon: &Lexicon) -> Result<Coded> {
        let unreadable = |error: &dyn std::fmt::Display| {
            let problem = Problem::error("coded-unreadable", Place::file(path), format!("cannot be read: {error}"));
            problem.expected("a table (CSV) with a column `sentence` or `text`, and `code` or a column for each frame")
        };
        let rows = crate::disk::read_text(path.as_ref(), 1 << 30).map_err(|error| unreadable(&error))?;
        let mut reader = csv::Reader::from_reader(rows.as_bytes());
        let names: Vec<String> = reader
            .headers()
            .map_err(|error| unreadable(&error))?
            .iter()
            .map(|name| name.trim_start_matches('\u{feff}').to_string())
            .collect();
        let column = |name: &str| names.iter().position(|other| other == name);
        let text = column("sentence").or_else(|| column("text"));
        let text = text.ok_or_else(|| unreadable(&"no column `sentence` or `text`"))?;
        let of_frame: Vec<Option<usize>> = lexicon.frames.iter().map(|frame| column(&frame.name)).collect();
        let code = column("code");
        if code.is_none() && of_frame.iter().all(Option::is_none) {
            return Err(unreadable(&"no column `code`, and none that is called as a frame").into());
        }
        let (mut articles, mut codes) = (Vec::new(), vec![Vec::new(); lexicon.frames.len()]);
        let mut problems = Vec::new();
        for row in reader.records() {
            let row = row.map_err(|error| unreadable(&error))?;
            let line = crate::text::csv::line(&rows, &row);
            let cell = |at: usize| crate::text::csv::unescaped(row.get(at).unwrap_or_default()).trim().to_string();
            let own: BTreeSet<String> =
                code.map(cell).unwrap_or_default().split(';').map(|c| c.trim().to_string()).collect();
            for unknown in
                own.iter().filter(|name| !name.is_empty() && lexicon.frames.iter().all(|frame| &frame.name != *name))
            {
                let problem = Problem::error("code-unknown", Place::line(path, line), format!("no frame `{unknown}`"));
                let frames: Vec<&str> = lexicon.frames.iter().map(|frame| frame.name.as_str()).collect();
                problems.push(problem.expected(frames.join(", ")));
            }
            for (frame, column) in of_frame.iter().enumerate() {
                let is_coded = match column.map(cell).as_deref() {
                    None => own.contains(&lexicon.frames[frame].name),
                    Some("1" | "true" | "yes") => true,
                    Some("0" | "false" | "no" | "") => false,
                    Some(other) => {
                        let problem =
                            Problem::error("code-unknown", Place::line(path, line), format!("the code `{other}`"));
                        problems.push(problem.expected("1 or 0"));
                        false
                    }
                };
                codes[frame].push(is_coded);
            }
            articles.push(Article { text: cell(text), language: lexicon.language, ..Article::default() });
        }
        if !problems.is_empty() {
            return Err(problems.into());
        }
        let codes = codes.into_iter().zip(&of_frame);
        let codes = codes.map(|(codes, column)| (column.is_some() || code.is_some()).then_some(codes)).collect();
        Ok(Coded { text: indexed(articles, lexicon), codes })
    }

    /// The terms that tell texts of a frame from the others, best first.
    pub fn tells(&self, frame: usize) -> Vec<Contrasted> {
        let Some(codes) = &self.codes[frame] else { return Vec::new() };
        let (_, taken) = self.text.marks(frame);
        contrast(&self.text, &taken, codes, |_| true, LEAST)
    }

    /// What the list gains by the terms that tell best.
    pub fn gain(&self, frame: usize, name: &str, seed: u64) -> Option<Gain> {
        let codes = self.codes[frame].as_ref()?;
        let (_, taken) = self.text.marks(frame);
        let units = self.text.units.len();
        let mut hits = vec![0u32; units];
        self.text.hits.iter().filter(|hit| hit.frame == frame).for_each(|hit| hits[hit.unit as usize] += 1);
        let words = |unit: usize| (self.text.units[unit].words.1 - self.text.units[unit].words.0).max(1) as f64;
        let before: Vec<f64> = (0..units).map(|unit| f64::from(hits[unit]) / words(unit)).collect();
        let fold = folds(units, seed);
        let (mut after, mut whole) = (before.clone(), before.clone());
        let mean = (0..units).map(words).sum::<f64>() / units.max(1) as f64;
        for part in 0..FOLDS {
            let found = contrast(&self.text, &taken, codes, |unit| fold[unit] != part, LEAST);
            let chosen: Vec<Term> = apart(&found, TRIED).iter().map(|of| of.term).collect();
            for unit in (0..units).filter(|&unit| fold[unit] == part) {
                let more = terms_in(&self.text, unit, &taken, &chosen);
                after[unit] = (f64::from(hits[unit]) + more) / words(unit);
                whole[unit] = before[unit] * mean + more;
            }
        }
        let coded = codes.iter().filter(|is_coded| **is_coded).count();
        let [before, after, whole] = [before, after, whole].map(|scores| auc(&scores, codes));
        Some(Gain { frame: name.to_string(), texts: (units, coded), before, after, whole })
    }

    /// Of the texts that have a term, how many are coded with a frame.
    pub fn right(&self, frame: usize, words: &[String]) -> Option<(u64, u64)> {
        let codes = self.codes[frame].as_ref()?;
        let (mut with, mut all) = (0, 0);
        for (unit, is_coded) in self.text.units.iter().zip(codes) {
            let own = &self.text.words[unit.words.0..unit.words.1];
            let has = own
                .windows(words.len().max(1))
                .any(|window| window.iter().zip(words).all(|(&stem, word)| self.text.shown(stem) == word));
            all += u64::from(has);
            with += u64::from(has && *is_coded);
        }
        Some((with, all))
    }
}

/// The part of each text, as even as can be.
fn folds(units: usize, seed: u64) -> Vec<usize> {
    let mut order: Vec<(u64, usize)> =
        (0..units).map(|unit| (Stream::numbered(seed, &["suggest", "folds"], unit as u64).bits(), unit)).collect();
    order.sort_unstable();
    let mut fold = vec![0; units];
    order.iter().enumerate().for_each(|(place, &(_, unit))| fold[unit] = place % FOLDS);
    fold
}

/// Chosen terms that stand in a text: each once, so that a text that repeats one word is not taken for one that has many.
fn terms_in(text: &Text, unit: usize, taken: &[bool], chosen: &[Term]) -> f64 {
    let (from, to) = text.units[unit].words;
    let mut stands = vec![false; chosen.len()];
    terms(&text.words[from..to], &taken[from..to], |_, term| {
        chosen.iter().zip(&mut stands).filter(|(known, _)| **known == term).for_each(|(_, stands)| *stands = true);
    });
    stands.into_iter().filter(|stands| *stands).count() as f64
}

/// Coded texts with the hits of the lexicon; each is a unit.
fn indexed(articles: Vec<Article>, lexicon: &Lexicon) -> Text {
    let mut stems = Stems::default();
    let number = articles.len();
    let shard = Shard::build(articles, lexicon.language, &mut stems);
    let removed = vec![Vec::new(); number];
    let plan = Plan::new(std::slice::from_ref(lexicon));
    let found = look_up(&plan, &shard, &mut VoiceLookup::new(&shard, &removed, &Voice::ALL), &mut stems);
    let hits: Vec<_> = found.hits.iter().map(|hit| of_lexicon(&plan, hit)).collect();
    let mut text = Text::default();
    text.add(Part::of(&shard, 0, (&removed, &hits), Cut::Articles, |_| true));
    text
}
