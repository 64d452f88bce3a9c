//! The words of a corpus by how often they stand there: hits, articles, outlets.
//!
//! In: a study, a [`FrequencyQuery`]. Out: [`WordList`], the most frequent word of each group first.
//! Invariant: words are those that a run counts: of counted articles, without furniture and repeats; the hits of all words of a group are its words.
//! It deliberately compares nothing: `keyness` does.

use super::kwic::{Form, csv, json};
use crate::aggregate::lexical::{ByWord, Unit, Wanted};
use crate::aggregate::{Cell, Counts, GroupId, Grouping, UNKNOWN};
use crate::count::Request;
use crate::error::Result;
use crate::lexicon::Set;
use crate::lookup::{Plan, Subjects};
use crate::progress::Silent;
use crate::sentiment::{self, Scorer};
use crate::session::CountingSession;
use crate::stem;
use crate::study::Study;
use crate::text::{Language, several};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::atomic::AtomicBool;

/// What is listed.
#[derive(Clone, Debug, Default)]
pub struct FrequencyQuery {
    /// What counts as one word.
    pub unit: Unit,
    /// List the words of each group of the study by themselves.
    pub by_group: bool,
    /// Only words that stand in a voice that the study counts.
    pub counted_voices: bool,
    /// Words of each group at most; `None` = all.
    pub most: Option<usize>,
    /// Fewest hits of a word that is listed.
    pub min_hits: u64,
    /// Fewest articles.
    pub min_articles: u64,
}

/// A word in a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordRow {
    /// Labels of the group; none for all articles.
    pub group: Vec<String>,
    /// The word, or the stem.
    pub word: String,
    /// Its stem, if that is one for all its languages; of a stem, its forms with their hits.
    pub stem: String,
    /// How often it stands there.
    pub hits: u64,
    /// In how many articles.
    pub articles: u64,
    /// In how many outlets; articles without one count as one more.
    pub range: u64,
}

/// The words of a corpus.
#[derive(Clone, Debug, Default)]
pub struct WordList {
    /// Names of the dimensions of the groups.
    pub dimensions: Vec<String>,
    /// Rows by group; in it by hits, then by word.
    pub rows: Vec<WordRow>,
    /// Distinct words of all articles.
    pub distinct: u64,
    /// Words of all articles.
    pub words: u64,
    /// Counted articles.
    pub articles: u64,
    unit: Unit,
}

/// Lists the words of a study's articles.
///
/// # Errors
/// As of a run.
pub fn frequencies(study: &Study, query: &FrequencyQuery, stop: &AtomicBool) -> Result<WordList> {
    let lexicons = match study.lexicons.is_empty() {
        true => Set::default(),
        false => study.load_lexicons(&study.lexicons, &study.reading)?,
    };
    let mut session = CountingSession::open(study, &lexicons)?;
    let (plan, subjects) = (Plan::new(&[]), Subjects::default());
    let scorer = Scorer::new(&[], sentiment::Options::default())?;
    let request = Request {
        labels: Grouping::new(&["outlet".to_string(), "language".to_string()], session.corpus.other_columns())?,
        lexical: Wanted { words: true, counted_voices: query.counted_voices, nodes: None },
        ..Request::of_hits(&plan, &scorer, &subjects)
    };
    session.index_aside((&lexicons.frames, &lexicons), stop)?;
    let counted = session.count_all(&request, &Silent, stop)?;
    counted.totals.refuse_nothing(&study.corpus)?;
    let dimensions = if query.by_group { session.grouping.names() } else { Vec::new() };
    let words = counted.lexical.words.unwrap_or_default().by_word(query.unit);
    Ok(WordList::of(&words, &counted.counts, query, dimensions))
}

impl WordList {
    fn of(words: &ByWord, counts: &Counts, query: &FrequencyQuery, dimensions: Vec<String>) -> WordList {
        let mut list = WordList {
            dimensions,
            distinct: words.texts.len() as u64,
            words: words.words.iter().map(|&n| u64::from(n)).sum(),
            articles: counts.articles.len() as u64,
            unit: query.unit,
            ..WordList::default()
        };
        let mut rows: Vec<(GroupId, WordRow)> = Vec::new();
        for (number, text) in words.texts.iter().enumerate() {
            let (articles, hits) = words.postings(number);
            let mut of: Vec<(GroupId, u32, u32)> = Vec::with_capacity(articles.len());
            for (&article, &hits) in articles.iter().zip(hits) {
                of.push((
                    if query.by_group { counts.group_of[article as usize] } else { GroupId::default() },
                    article,
                    hits,
                ));
            }
            of.sort_unstable();
            for run in of.chunk_by(|a, b| a.0 == b.0) {
                let hits: u64 = run.iter().map(|&(_, _, hits)| u64::from(hits)).sum();
                if hits < query.min_hits || (run.len() as u64) < query.min_articles {
                    continue;
                }
                let labels = |&(_, article, _): &(GroupId, u32, u32)| counts.labels.get(article as usize);
                let outlets: BTreeSet<&str> = run
                    .iter()
                    .filter_map(labels)
                    .map(|labels| labels.first().map_or(UNKNOWN, String::as_str))
                    .collect();
                let languages: BTreeSet<&str> =
                    run.iter().filter_map(labels).filter_map(|labels| labels.get(1)).map(String::as_str).collect();
                let group = if query.by_group { counts.groups[run[0].0.index()].clone() } else { Vec::new() };
                rows.push((
                    run[0].0,
                    WordRow {
                        group,
                        word: text.clone(),
                        stem: stem_of(words, number, text, &languages, query.unit),
                        hits,
                        articles: run.len() as u64,
                        range: outlets.len() as u64,
                    },
                ));
            }
        }
        rows.sort_by(|(a, x), (b, y)| (a, y.hits, &x.word).cmp(&(b, x.hits, &y.word)));
        let most = query.most.unwrap_or(usize::MAX);
        list.rows = rows
            .chunk_by(|a, b| a.0 == b.0)
            .flat_map(|of_group| of_group.iter().take(most).map(|(_, row)| row.clone()))
            .collect();
        list
    }

    fn names(&self) -> Vec<&str> {
        let own = match self.unit {
            Unit::Surface => ["word", "stem"],
            Unit::Stem => ["stem", "forms"],
        };
        self.dimensions.iter().map(String::as_str).chain(own).chain(["hits", "articles", "range"]).collect()
    }

    fn cells<'r>(row: &'r WordRow) -> Vec<Cell<'r>> {
        let text = |text: &'r str| if text.is_empty() { Cell::Missing } else { Cell::Text(text) };
        let number = |n: u64| Cell::Integer(n as i64);
        let own = [text(&row.word), text(&row.stem), number(row.hits), number(row.articles), number(row.range)];
        row.group.iter().map(|label| Cell::Text(label)).chain(own).collect()
    }

    /// In a form; a page there is none of, so it is given as a table.
    pub fn text(&self, form: Form) -> String {
        match form {
            Form::Csv => csv(&self.names(), self.rows.iter().map(WordList::cells)),
            Form::Jsonl => {
                let names = self.names();
                let line = |row: &WordRow| json(names.iter().copied().zip(WordList::cells(row)));
                self.rows.iter().map(line).collect::<Vec<_>>().join("\n")
            }
            Form::Table | Form::Html => self.table(),
        }
    }

    /// What the list is of: one sentence.
    pub fn sentence(&self) -> String {
        let unit = if self.unit == Unit::Stem { "different stem" } else { "different word" };
        format!(
            "{} among {} in {}, without boilerplate and repeats",
            several(self.distinct, unit),
            several(self.words, "word"),
            several(self.articles, "counted article")
        )
    }

    fn table(&self) -> String {
        const WORD: usize = 24;
        let mut text = String::new();
        let names = self.names();
        let own = &names[self.dimensions.len()..];
        let head = format!("{:WORD$}  {:>9} {:>9} {:>6}  {}", own[0], own[2], own[3], own[4], own[1]);
        for of_group in self.rows.chunk_by(|a, b| a.group == b.group) {
            let group = of_group[0].group.join(" · ");
            let _ = writeln!(text, "{}{head}", if group.is_empty() { String::new() } else { format!("{group}\n") });
            for row in of_group {
                let WordRow { word, stem, hits, articles, range, .. } = row;
                let stem: String = stem.chars().take(60).collect();
                let _ = writeln!(text, "{word:WORD$}  {hits:>9} {articles:>9} {range:>6}  {stem}");
            }
            text.push('\n');
        }
        text + &self.sentence()
    }
}

/// The stem of a word whose articles are all in one language, else nothing; of a stem, its forms.
fn stem_of(words: &ByWord, number: usize, text: &str, languages: &BTreeSet<&str>, unit: Unit) -> String {
    match unit {
        Unit::Surface if languages.len() == 1 => {
            let language = languages.first().and_then(|code| Language::parse(code)).unwrap_or(Language::UNKNOWN);
            stem::stem(text, language)
        }
        Unit::Surface => String::new(),
        Unit::Stem => {
            // a form of several languages is there for each
            let mut sums: BTreeMap<&str, u64> = BTreeMap::new();
            for (form, n) in words.forms.get(number).into_iter().flatten() {
                *sums.entry(form).or_default() += *n;
            }
            let mut forms: Vec<(&str, u64)> = sums.into_iter().collect();
            forms.sort_by_key(|&(form, n)| (std::cmp::Reverse(n), form));
            forms.iter().map(|(form, n)| format!("{form} {n}")).collect::<Vec<_>>().join(", ")
        }
    }
}
