//! An article as read, and the desk that every article passes on its way in.
//!
//! In: a [`Draft`], the cells as they stand in a row or a file. Out: an [`Article`], and a problem for each cell that could not be
//! understood.
//! Invariant: the text is the file's text, byte for byte; an article's id is unique in its corpus.
//! It deliberately drops no article: one without a date, an outlet or words comes through, with what is missing left out.

use super::Item;
use super::dates::{self, Date, DateOrder, Trouble};
use super::outlets::{Outlets, tidy};
use crate::error::{Place, Problem};
use crate::text::Language;
use std::collections::{BTreeSet, HashMap, VecDeque};
use std::hash::{DefaultHasher, Hash, Hasher};

/// The longest first line that is taken for a title, in characters.
const MAX_TITLE_CHARS: usize = 200;

/// One article, never modified after reading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// Unique in the corpus: from the metadata, else from the file's name.
    pub id: String,
    /// Tidied and folded by the alias table; `None` is shown as `unknown`.
    pub outlet: Option<String>,
    /// The day of publication.
    pub date: Option<Date>,
    /// From the metadata, else a short first line, else empty.
    pub title: String,
    /// As the metadata say; not detected here.
    pub language: Option<Language>,
    /// Empty where none is given.
    pub url: String,
    /// As it stands in the file.
    pub text: String,
    /// Bytes of byte-order mark and front matter before the text in its file: add it to a span to find it in the file.
    /// 0 for tables. In a file that is not UTF-8 it counts in the file's conversion to UTF-8.
    pub text_offset: u32,
    /// Line of its file on which the text starts; 1 for tables.
    pub first_line: u32,
    /// Path below the corpus folder, with `/`.
    pub file: String,
    /// Line (in Parquet: row) of the table at which the article's record starts; `None` for an article in a file of its own.
    pub record: Option<u32>,
    /// Cells of the further columns, in the order of [`super::Corpus::other_columns`]; `None` where empty.
    pub other: Vec<Option<String>>,
}

/// The cells of an article, not yet understood. Empty cells are `None`.
#[derive(Default)]
pub(crate) struct Draft {
    pub id: Option<String>,
    /// The id where the metadata give none.
    pub fallback_id: String,
    pub outlet: Option<String>,
    pub date: Option<String>,
    pub title: Option<String>,
    pub language: Option<String>,
    pub url: Option<String>,
    pub text: String,
    pub text_offset: u32,
    pub first_line: u32,
    pub file: String,
    pub record: Option<u32>,
    pub other: Vec<Option<String>>,
    /// Where the metadata stand, if not where the text stands.
    pub metadata: Option<Place>,
}

/// What all articles of a corpus share: aliases, the order of dates, the ids that are taken.
pub(crate) struct Desk {
    outlets: Outlets,
    order: Option<DateOrder>,
    ids: HashMap<u64, u32>,
    odd_languages: BTreeSet<String>,
}

impl Desk {
    pub(crate) fn new(outlets: Outlets, order: Option<DateOrder>) -> Desk {
        Desk { outlets, order, ids: HashMap::new(), odd_languages: BTreeSet::new() }
    }

    /// Understands a draft; problems come out before their article.
    pub(crate) fn receive(&mut self, draft: Draft, out: &mut VecDeque<Item>) {
        let place = match draft.record {
            Some(line) => Place::line(draft.file.as_str(), line),
            None => Place::file(draft.file.as_str()),
        };
        let metadata = draft.metadata.clone().unwrap_or_else(|| place.clone());
        let date = self.date(draft.date.as_deref(), &metadata, out);
        let language = self.language(draft.language.as_deref(), &metadata, out);
        let wanted = draft.id.map(|id| tidy(&id)).unwrap_or(draft.fallback_id);
        let id = self.unique(wanted, &metadata, out);
        if draft.text.trim().is_empty() {
            let problem = Problem::warning("empty-article", place, format!("article `{id}` has no text"));
            out.push_back(Item::Problem(problem));
        }
        let title = draft.title.map_or_else(|| first_line_title(&draft.text), |title| tidy(&title));
        out.push_back(Item::Article(Article {
            id,
            outlet: draft.outlet.and_then(|outlet| self.outlets.fold(&outlet)),
            date,
            title,
            language,
            url: draft.url.map(|url| url.trim().to_string()).unwrap_or_default(),
            text: draft.text,
            text_offset: draft.text_offset,
            first_line: draft.first_line,
            file: draft.file,
            record: draft.record,
            other: draft.other,
        }));
    }

    fn date(&self, text: Option<&str>, place: &Place, out: &mut VecDeque<Item>) -> Option<Date> {
        let text = text?;
        match dates::parse(text, self.order) {
            Ok(date) => date,
            Err(trouble) => {
                out.push_back(Item::Problem(date_problem(text, trouble, place.clone())));
                None
            }
        }
    }

    /// A language that is not known is a problem once, not in every row.
    fn language(&mut self, text: Option<&str>, place: &Place, out: &mut VecDeque<Item>) -> Option<Language> {
        let text = text.map(str::trim).filter(|text| !matches!(*text, "" | "und" | "unknown" | "nan" | "null"))?;
        let language = Language::parse(text);
        if language.is_none() && self.odd_languages.insert(text.to_string()) {
            let problem = Problem::warning("language-unreadable", place.clone(), format!("language `{}`", short(text)));
            let problem = problem.expected("a code or name such as `en`, `rus` or `Italian`");
            out.push_back(Item::Problem(problem));
        }
        language
    }

    /// The id, marked `#2` and so on where it is taken. Only hashes are kept, so that memory hardly grows with the corpus.
    fn unique(&mut self, id: String, place: &Place, out: &mut VecDeque<Item>) -> String {
        let mut n = self.claim(&id);
        if n == 1 {
            return id;
        }
        // the times an id was asked for is nearly always a free number: no search, however often it comes
        let fresh = loop {
            let candidate = format!("{id}#{n}");
            if self.claim(&candidate) == 1 {
                break candidate;
            }
            n += 1;
        };
        let problem = Problem::warning("duplicate-id", place.clone(), format!("id `{}` is taken", short(&id)));
        out.push_back(Item::Problem(problem.hint(format!("this article is counted as `{}`", short(&fresh)))));
        fresh
    }

    fn claim(&mut self, id: &str) -> u32 {
        let mut hasher = DefaultHasher::new();
        id.hash(&mut hasher);
        let times = self.ids.entry(hasher.finish()).or_insert(0);
        *times += 1;
        *times
    }
}

fn date_problem(text: &str, trouble: Trouble, place: Place) -> Problem {
    let shown = short(text);
    match trouble {
        Trouble::Ambiguous => Problem::warning("date-ambiguous", place, format!("date `{shown}` has two readings"))
            .hint("--date-order day-first or --date-order month-first"),
        Trouble::Incomplete => Problem::warning("date-incomplete", place, format!("date `{shown}` names no day"))
            .expected("year, month and day"),
        Trouble::Impossible => {
            Problem::warning("date-impossible", place, format!("date `{shown}` is not in the calendar"))
        }
        Trouble::Unreadable => Problem::warning("date-unreadable", place, format!("date `{shown}`"))
            .expected("a date such as `2022-01-06`, `06.01.2022` or `8 Jan 2022`"),
    }
}

/// The first line that is not empty, if it is short enough for a title.
pub(crate) fn first_line_title(text: &str) -> String {
    let first = text.split(['\n', '\r']).map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let heading = first.trim_start_matches('#').trim_start();
    let first = if heading.len() < first.len() && !heading.is_empty() { heading } else { first };
    if first.chars().nth(MAX_TITLE_CHARS).is_some() { String::new() } else { tidy(first) }
}

/// A cell as a message shows it.
pub(crate) fn short(text: &str) -> String {
    let line = text.trim().replace(['\n', '\r', '\t'], " ");
    match line.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
