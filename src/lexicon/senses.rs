//! SentiWordNet and its like: a row for each sense, with a positive and a negative score.
//!
//! In: a table whose cells hold words with the number of their sense (`able#1 capable#2`). Out: a lexicon of kind `sentiment`.
//! Invariant: every sense of a word is in its weight: the mean of positive less negative over its senses, each by one over its number,
//! so that the most usual sense weighs most (the mean that SentiWordNet's authors publish). Parts of speech are pooled: a text does not show them.
//! It deliberately tells no senses apart: a word list cannot.

use super::build::{Builder, Term};
use super::columns::Table;
use super::delimited::Field;
use super::model::{Kind, Lexicon};
use super::pattern::Wildcards;
use super::weight;
use crate::error::{Problem, Result, Severity};
use hashbrown::HashMap;

/// What is known of a word.
struct Word {
    text: String,
    line: u32,
    column: u32,
    senses: u32,
    /// Thousandths by millionths.
    sum: i64,
    /// Millionths.
    shares: i64,
}

/// Reads the table.
pub(super) fn read(
    mut builder: Builder,
    table: &Table,
    positive: usize,
    negative: usize,
    terms: usize,
) -> Result<Lexicon> {
    builder.lexicon.kind = Kind::Sentiment;
    let mut words: Vec<Word> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for row in &table.body {
        let line = row.first().map_or(1, |field| field.line);
        let Some(cell) = row.get(terms).filter(|cell| !cell.text.trim().is_empty()) else {
            let problem = Problem::error("term-empty", builder.place(line, 1), format!("row {line} has no term"));
            builder.refuse(problem.expected("words with the number of their sense, such as `able#1`"), "");
            continue;
        };
        let (Some(good), Some(bad)) = (score(&mut builder, row, positive), score(&mut builder, row, negative)) else {
            continue;
        };
        for piece in cell.text.split_whitespace() {
            let Some((word, number)) = piece.rsplit_once('#') else {
                let problem = Problem::error("sense-bad", builder.place(cell.line, cell.column), format!("`{piece}`"));
                builder.refuse(problem.expected("a word and the number of its sense, such as `able#1`"), piece);
                continue;
            };
            let share = 1_000_000 / number.parse::<i64>().unwrap_or(1).clamp(1, 1000);
            let at = *places.entry(word.to_string()).or_insert_with(|| {
                let text = word.to_string();
                words.push(Word { text, line: cell.line, column: cell.column, senses: 0, sum: 0, shares: 0 });
                words.len() - 1
            });
            let known = &mut words[at];
            known.senses += 1;
            known.sum += i64::from(good - bad) * share;
            known.shares += share;
        }
    }
    let name = builder.lexicon.name.clone();
    let frame = builder.child(None, &name, 1);
    for word in words {
        let mean = (word.sum as f64 / word.shares.max(1) as f64).round() as i32;
        let note = if word.senses > 1 { format!("mean of {} senses", word.senses) } else { String::new() };
        if word.senses > 1 {
            let place = builder.place(word.line, word.column);
            builder.remark("sense-merged", Severity::Note, place, &word.text);
        }
        let term = Term { weight: Some(mean), note, ..Term::new(word.text, word.line, word.column) };
        builder.foreign(frame, term, Wildcards::None);
    }
    builder.finish()
}

fn score(builder: &mut Builder, row: &[Field], at: usize) -> Option<i32> {
    let text = row.get(at).map_or("", |field| field.text.trim());
    let number = weight::read(text).map(|number| number.value);
    if number.is_none() {
        let field = row.get(at).or(row.first())?;
        let problem = Problem::error("weight-bad", builder.place(field.line, field.column), format!("`{text}`"));
        builder.refuse(problem.expected("a score from 0 to 1"), text);
    }
    number
}
