//! Every entry, and every name of a target or label, with the surface forms that it matched.
//!
//! In: lexicon files, and a study that says which articles. Out: [`Forms`], as a table for people or as CSV.
//! Invariant: the hits are those of a run with these lexicons, as in its `terms.csv`; entries without a hit are in the table too.
//! It deliberately shows folded forms: `Strikes` and `strikes` are one.

use super::usage::CorpusUsage;
use crate::error::Result;
use crate::lexicon::{self, MatchMode};
use crate::study::Study;
use crate::text::csv;
use std::fmt::Write as _;
use std::sync::atomic::AtomicBool;

/// One entry and what it matched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormsRow {
    /// Name of the lexicon.
    pub lexicon: String,
    /// Frame of the entry; `target …` or `label … of …` where it is a name.
    pub frame: String,
    /// As written.
    pub entry: String,
    /// `file:line`.
    pub entry_at: String,
    /// `stem`, `exact` or `case`.
    pub mode: &'static str,
    /// Counted hits.
    pub hits: u64,
    /// Articles with a counted hit.
    pub articles: u64,
    /// Folded surface forms, most frequent first.
    pub forms: Vec<(String, u64)>,
}

/// The rows, in the order of the files.
pub struct Forms {
    /// One for each entry that is no exception.
    pub rows: Vec<FormsRow>,
}

/// Looks lexicons up in the articles of a study.
pub fn forms(files: &[String], study: &Study, reading: &lexicon::Options, stop: &AtomicBool) -> Result<Forms> {
    let corpus = CorpusUsage::of(files, study, reading, stop)?;
    let mut rows = Vec::new();
    for used in corpus.lexicons.into_iter().flatten() {
        let lexicon = &used.lexicon;
        for (entry, usage) in lexicon.entries.iter().zip(used.usage).filter(|(entry, _)| !entry.except) {
            let mut forms: Vec<(String, u64)> = usage.forms.into_iter().collect();
            forms.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            rows.push(FormsRow {
                lexicon: lexicon.name.clone(),
                frame: lexicon.frames[entry.frame].name.clone(),
                entry: entry.text.clone(),
                entry_at: format!("{}:{}", lexicon.file, entry.line),
                mode: match entry.mode {
                    MatchMode::Stem => "stem",
                    MatchMode::Exact => "exact",
                    MatchMode::Case => "case",
                },
                hits: usage.hits,
                articles: usage.articles,
                forms,
            });
        }
    }
    Ok(Forms { rows })
}

impl Forms {
    /// For people: the most frequent forms of each entry, frame by frame.
    pub fn table(&self) -> String {
        /// Forms shown beside an entry.
        const SHOWN: usize = 6;
        let width = self.rows.iter().map(|row| row.entry.chars().count()).max().unwrap_or(0).clamp(5, 40);
        let at_width = self.rows.iter().map(|row| row.entry_at.chars().count()).max().unwrap_or(0).max(5);
        let mut text = String::new();
        let mut frame = None;
        for row in &self.rows {
            if frame != Some((&row.lexicon, &row.frame)) {
                frame = Some((&row.lexicon, &row.frame));
                let _ = writeln!(text, "\n{} / {}", row.lexicon, row.frame);
                let _ = writeln!(
                    text,
                    "{:width$}  {:at_width$}  {:5}  {:>8}  {:>8}  forms",
                    "entry", "where", "match", "hits", "articles"
                );
            }
            let _ = writeln!(
                text,
                "{}  {}  {:5}  {:>8}  {:>8}  {}",
                padded(&row.entry, width),
                padded(&row.entry_at, at_width),
                row.mode,
                row.hits,
                row.articles,
                shown(&row.forms, SHOWN)
            );
        }
        let lines: Vec<&str> = text.trim().lines().map(str::trim_end).collect();
        lines.join("\n")
    }

    /// For machines: every form.
    pub fn csv(&self) -> String {
        let mut text = csv::row(["lexicon", "frame", "entry", "entry_at", "match", "hits", "articles", "forms"]);
        for row in &self.rows {
            let (hits, articles) = (row.hits.to_string(), row.articles.to_string());
            let forms = shown(&row.forms, usize::MAX);
            let [lexicon, frame, entry] = [&row.lexicon, &row.frame, &row.entry].map(String::as_str);
            text.push_str(&csv::row([lexicon, frame, entry, &row.entry_at, row.mode, &hits, &articles, &forms]));
        }
        text
    }
}

/// `strike 12, strikes 3`.
fn shown(forms: &[(String, u64)], most: usize) -> String {
    let list: Vec<String> = forms.iter().take(most).map(|(form, n)| format!("{form} {n}")).collect();
    let rest = if forms.len() > most { format!(", … {} more", forms.len() - most) } else { String::new() };
    format!("{}{rest}", list.join(", "))
}

fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.chars().count())))
}
