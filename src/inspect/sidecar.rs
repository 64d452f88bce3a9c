//! A table of the articles of a folder, with what their texts, their paths and their exports say of outlet and date.
//!
//! In: a folder. Out: its `articles.csv`, and what was found.
//! Invariant: a table that is there stays what it is; an article of a table or an export has no row, as it says these things itself.
//! It deliberately corrects nothing: a person does.

use super::Finding;
use crate::error::{Place, Problem, Result};
use crate::read::paths::PathPattern;
use crate::read::{self, Article, Date, Item, infer};
use crate::text::several;
use crate::tokenise::Tokens;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::Path;

/// Writes `articles.csv` for the texts of a folder; of tables and exports it says what they hold.
///
/// # Errors
/// Where the table is there, or cannot be written; where the folder cannot be read.
pub fn init_corpus(folder: &str) -> Result<Finding> {
    let path = Path::new(folder).join("articles.csv");
    let shown = path.to_string_lossy().into_owned();
    if path.exists() {
        let problem = Problem::error("sidecar-exists", Place::file(&shown), "already exists");
        return Err(problem.hint("move it away first: somebody may have corrected it by hand").into());
    }
    // lines are counted in the file
    let as_it_stands = read::Options { headline: read::Headline::Leave, ..read::Options::default() };
    let mut corpus = read::open(&[folder.to_string()], &as_it_stands)?;
    let forms: BTreeMap<String, String> =
        corpus.inputs().iter().map(|input| (input.file.clone(), input.form.clone())).collect();
    let (mut rows, mut others) = (Vec::new(), BTreeMap::<String, ArticleSummary>::new());
    for item in corpus.by_ref() {
        let Item::Article(article) = item else { continue };
        if article.record.is_some() {
            others.entry(article.file.clone()).or_default().add(&article);
            continue;
        }
        let mut row = infer::infer(&article, None);
        row.language = Some(Tokens::default().push(&article.text, article.language, None));
        rows.push(row);
    }
    let mut text = String::new();
    for (file, several) in &others {
        let form = forms.get(file).map_or("table", String::as_str);
        let _ = writeln!(text, "{file}: {form}: {}", several.in_words());
    }
    if rows.is_empty() {
        text.push_str(
            "No table of articles is needed, and none was written: these files already give the outlet and date of each article.",
        );
        return Ok(Finding { text, needs_decision: false });
    }
    let names: Vec<String> = rows.iter().map(|row| row.file.clone()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    if let Some(pattern) = PathPattern::guess(&names) {
        rows.iter_mut().for_each(|row| infer::from_path(row, &pattern));
    }
    write(&path, &shown, &infer::sidecar_csv(&rows))?;
    let unsure = rows.iter().filter(|row| row.outlet.confidence.min(row.date.confidence) < infer::Confidence::Likely);
    let _ = write!(
        text,
        "{shown}: {}; please check {} of them. The column `confidence` says how certain outlet and date are, `evidence` where \
         they come from; correct the table, and later runs will use it.",
        several(rows.len(), "article"),
        unsure.count()
    );
    Ok(Finding { text, needs_decision: false })
}

fn write(path: &Path, shown: &str, csv: &str) -> Result<()> {
    let written = OpenOptions::new().write(true).create_new(true).open(path).and_then(|mut file| {
        let done = file.write_all(csv.as_bytes());
        if done.is_err() {
            let _ = fs::remove_file(path);
        }
        done
    });
    written.map_err(|error| {
        Problem::error("sidecar-unwritable", Place::file(shown), format!("cannot be written: {error}")).into()
    })
}

/// The articles of a table or an export.
#[derive(Default)]
struct ArticleSummary {
    articles: u64,
    outlets: BTreeMap<String, u64>,
    days: Option<(Date, Date)>,
    undated: u64,
    /// What the first of them says, and its line.
    first: String,
}

impl ArticleSummary {
    fn add(&mut self, article: &Article) {
        if self.articles == 0 {
            let outlet = article.outlet.as_deref().unwrap_or(crate::aggregate::UNKNOWN);
            let date = article.date.map_or("no date".to_string(), |date| date.to_string());
            self.first = format!("line {}: {outlet}, {date}, `{}`", article.record.unwrap_or(1), article.title);
        }
        self.articles += 1;
        let outlet = article.outlet.clone().unwrap_or_else(|| crate::aggregate::UNKNOWN.to_string());
        *self.outlets.entry(outlet).or_default() += 1;
        match article.date {
            Some(date) => {
                let (first, last) = self.days.unwrap_or((date, date));
                self.days = Some((first.min(date), last.max(date)));
            }
            None => self.undated += 1,
        }
    }

    /// `3 articles; outlets Echo 2, Dawn 1; 2021-03-04 to 2021-03-06, 0 without a date; the first on line 2: Echo, …`.
    fn in_words(&self) -> String {
        /// Outlets that are named.
        const SHOWN: usize = 5;
        let mut outlets: Vec<(&String, &u64)> = self.outlets.iter().collect();
        outlets.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
        let named: Vec<String> = outlets.iter().take(SHOWN).map(|(name, n)| format!("{name} {n}")).collect();
        let more = outlets.len().saturating_sub(SHOWN);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let days = self.days.map_or("no dates".to_string(), |(first, last)| format!("{first} to {last}"));
        format!(
            "{}; outlets {}{more}; {days}, {} without a date; the first on {}",
            several(self.articles, "article"),
            named.join(", "),
            self.undated,
            self.first
        )
    }
}
