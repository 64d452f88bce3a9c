//! An article as read, and the intake that every article passes on its way in.
//!
//! In: a [`Draft`], the cells as they stand in a row or a file. Out: an [`Article`], and a problem for each cell that could not be
//! understood.
//! Invariant: the text is the file's text, byte for byte; an article's id is unique in its corpus.
//! It deliberately drops no article: one without a date, an outlet or words comes through, with what is missing left out.

use super::asides::{self, Aside, AsideKind};
use super::cells::RawCell;
use super::dates::{self, Date, DateOrder, DateProblem};
use super::ids::Ids;
use super::mend::{Mended, Tally};
use super::outlets::{Outlets, tidy};
use super::places::{Assembly, Piece, Places};
use super::title::{self, Headline};
use super::{Item, Options};
use crate::error::{Place, Problem};
use crate::text::Language;
use std::collections::{BTreeSet, VecDeque};
use std::ops::Range;

/// Before and after these years a date is more likely a slip than a day of publication; it is warned of.
pub const YEARS: std::ops::RangeInclusive<u16> = 1700..=2035;

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
    /// As it stands in the file, but for mark-up, for what was decoded once too often, and for signs that a program wrote by others; a title that stands beside it comes first.
    pub text: String,
    /// Where the text stands in its source, if it is not the source from `text_offset` on.
    pub places: Places,
    /// Stretches of the text that are not like the rest, ascending.
    pub asides: Vec<Aside>,
    /// Bytes of byte-order mark and front matter before the text in its file; [`Article::source`] counts them.
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
    /// The cell in its file that the text ends with, as it stands there, where reading knows one; the text may be another all the same.
    pub raw: Option<RawCell>,
}

impl Article {
    /// Adds everything that was read of it.
    pub(crate) fn digest_into(&self, hasher: &mut blake3::Hasher) {
        let Article { id, outlet, date, title, language, url, text, places, asides, .. } = self;
        let Article { text_offset, first_line, file, record, other, .. } = self;
        let few = (outlet, date, title, language, url, text_offset, first_line, record, other, text.len());
        hasher.update(format!("{id:?} {file:?} {few:?} {places:?} {asides:?}").as_bytes());
        hasher.update(text.as_bytes());
    }

    /// Bytes of the source (the file, or the cell of the table) for bytes of the text.
    pub fn source(&self, start: u32, end: u32) -> (u64, u64) {
        let offset = u64::from(self.text_offset);
        match self.places.source(start, end) {
            Some((start, end)) => (u64::from(start), u64::from(end)),
            None => (offset + u64::from(start), offset + u64::from(end)),
        }
    }

    /// The column of a table in whose cell a byte of the text stands; `None` where the text is a file, or one cell as it stands.
    pub fn cell(&self, byte: u32) -> Option<&str> {
        self.places.cell(byte)
    }

    /// Line of the source, from 1, for a byte of the text; `line` gives lines of the text.
    pub fn source_line(&self, byte: u32, line: impl Fn(u32) -> u32) -> u32 {
        let plain = || self.first_line.max(1) - 1 + line(byte);
        self.places.line(byte, &line).unwrap_or_else(plain)
    }
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
    /// The column of the title, where it is another cell than the text.
    pub title_column: Option<String>,
    /// First byte of the title in its source, and its line.
    pub title_at: (u32, u32),
    /// Where the title stands, if it was read out of mark-up; `title_at` is then what comes before.
    pub title_pieces: Vec<Piece>,
    pub language: Option<String>,
    pub url: Option<String>,
    pub text: String,
    /// Where the text stands, if it is made of several cells or was read out of mark-up.
    pub pieces: Vec<Piece>,
    /// The columns that the text is made of; none for files.
    pub text_columns: Vec<String>,
    /// Stretches of the text that are around the article, and what says so.
    pub furniture: Vec<(Range<usize>, String)>,
    /// What else in the text is none of its words; the text is then as its source gave it.
    pub asides: Vec<Aside>,
    /// True where mark-up is gone already.
    pub is_plain: bool,
    /// True where the text is known to have its title.
    pub has_title: bool,
    /// Where in the text it stands, if that is known.
    pub title_in: Option<Range<usize>>,
    /// The slot of a further column that has the outlet, folded as outlets are.
    pub outlet_slot: Option<usize>,
    pub text_offset: u32,
    pub first_line: u32,
    pub file: String,
    pub record: Option<u32>,
    pub other: Vec<Option<String>>,
    pub raw: Option<RawCell>,
    /// Where the metadata stand, if not where the text stands.
    pub metadata: Option<Place>,
}

/// What all articles of a corpus share: aliases, the order of dates, the ids that are taken.
pub(crate) struct ArticleBuilder {
    outlets: Outlets,
    order: Option<DateOrder>,
    headline: Headline,
    pub(super) ids: Ids,
    odd_languages: BTreeSet<String>,
    tally: Tally,
}

impl ArticleBuilder {
    pub(crate) fn new(outlets: Outlets, options: &Options) -> ArticleBuilder {
        ArticleBuilder {
            outlets,
            order: options.date_order,
            headline: options.headline,
            ids: Ids::default(),
            odd_languages: BTreeSet::new(),
            tally: Tally::default(),
        }
    }

    /// What is to be said of the whole corpus at its end.
    pub(crate) fn closing(&mut self) -> Vec<Problem> {
        std::mem::take(&mut self.tally).problems()
    }

    /// Understands a draft; problems come out before their article.
    pub(crate) fn receive(&mut self, mut draft: Draft, out: &mut VecDeque<Item>) {
        let place = match draft.record {
            Some(line) => Place::line(draft.file.as_str(), line),
            None => Place::file(draft.file.as_str()),
        };
        let metadata = draft.metadata.clone().unwrap_or_else(|| place.clone());
        let date = self.date(draft.date.as_deref(), &metadata, out);
        let language = self.language(draft.language.as_deref(), &metadata, out);
        let is_given = draft.id.is_some();
        let wanted = draft.id.take().map(|id| tidy(&id)).unwrap_or(std::mem::take(&mut draft.fallback_id));
        let id = self.ids.unique(wanted, is_given, &metadata, out);
        if draft.text.trim().is_empty() {
            let problem = Problem::warning("empty-article", place.clone(), format!("article `{id}` has no text"));
            out.push_back(Item::Problem(problem));
        }
        let outlet = draft.outlet.take().and_then(|outlet| {
            let mended = Mended::of(outlet, Vec::new(), false);
            self.tally.name(&mended, &metadata);
            self.outlets.fold(&mended.text)
        });
        if let Some(slot) = draft.outlet_slot.and_then(|slot| draft.other.get_mut(slot)) {
            slot.clone_from(&outlet);
        }
        let assembled = self.text(&mut draft, &place);
        out.push_back(Item::Article(Article {
            id,
            outlet,
            date,
            title: assembled.title,
            language,
            url: draft.url.map(|url| url.trim().to_string()).unwrap_or_default(),
            text: assembled.text,
            places: assembled.places,
            asides: assembled.asides,
            text_offset: draft.text_offset,
            first_line: draft.first_line,
            file: draft.file,
            record: draft.record,
            other: draft.other,
            raw: draft.raw,
        }));
    }

    /// The text with its title, and where both stand.
    fn text(&mut self, draft: &mut Draft, place: &Place) -> AssembledText {
        let text = std::mem::take(&mut draft.text);
        let pieces = std::mem::take(&mut draft.pieces);
        let mut body = Mended::of(text, pieces, draft.is_plain);
        let mut asides = asides::mended(std::mem::take(&mut draft.asides), &body);
        let furniture = std::mem::take(&mut draft.furniture).into_iter();
        let mut furniture: Vec<_> =
            furniture.filter_map(|(bytes, evidence)| Some((body.moved(&bytes)?, evidence))).collect();
        draft.title_in = draft.title_in.take().and_then(|bytes| body.moved(&bytes));
        body.shift(draft.text_offset, draft.first_line.max(1) - 1);
        self.tally.body(&body, place);
        let title = draft.title.take().map(|title| {
            let pieces = std::mem::take(&mut draft.title_pieces);
            let mut title = Mended::of(title, pieces, false);
            title.shift(draft.title_at.0, draft.title_at.1.max(1) - 1);
            title
        });
        let shown = match &title {
            Some(title) => tidy(&title.text),
            None => first_line_title(&body.text),
        };
        let mut assembled = AssembledText { title: shown, ..AssembledText::default() };
        let beside = title.filter(|title| {
            self.headline != Headline::Leave
                && !draft.has_title
                && !body.text.trim().is_empty()
                && !title::has_title(&body.text, &title.text)
        });
        if let Some(title) = beside {
            self.note_title(place);
            let mut columns = std::mem::take(&mut draft.text_columns);
            let cell = match &draft.title_column {
                Some(column) => {
                    columns.resize(columns.len().max(1), String::new());
                    columns.push(column.clone());
                    columns.len() as u8 - 1
                }
                None => 0,
            };
            let title_pieces = title.pieces(draft.title_at);
            let body_pieces = body.pieces((draft.text_offset, draft.first_line));
            let part = Assembly { text: title.text, pieces: title_pieces };
            let (whole, len) = title::joined(&part, cell, &body.text, &body_pieces);
            let shift = whole.text.len() - body.text.len();
            furniture.iter_mut().for_each(|(bytes, _)| *bytes = bytes.start + shift..bytes.end + shift);
            asides.iter_mut().for_each(|aside| aside.shift(shift as u32));
            assembled.asides.push(headline(0..len, self.headline));
            (assembled.text, assembled.places) = (whole.text, Places { cells: columns, pieces: whole.pieces });
        } else {
            let own = || own_headline(&body.text).filter(|_| self.headline == Headline::Separate).map(|len| 0..len);
            let title = draft.title_in.take().filter(|_| self.headline != Headline::Leave).or_else(own);
            assembled.asides.extend(title.map(|bytes| headline(bytes, self.headline)));
            let cells = if body.pieces.is_empty() { Vec::new() } else { std::mem::take(&mut draft.text_columns) };
            (assembled.text, assembled.places) = (body.text, Places { cells, pieces: body.pieces });
        }
        let furniture = furniture.into_iter();
        assembled.asides.extend(furniture.map(|(bytes, what)| Aside::new(bytes, AsideKind::Furniture, &what)));
        assembled.asides.append(&mut asides);
        assembled.asides.sort_by_key(|aside| aside.bytes);
        assembled
    }

    fn date(&mut self, text: Option<&str>, place: &Place, out: &mut VecDeque<Item>) -> Option<Date> {
        let text = text?;
        match dates::parse(text, self.order) {
            Ok(date) => {
                if let Some((_, unit)) = dates::of_number(text.trim()) {
                    self.tally.number(unit, place, text.trim());
                }
                if let Some(date) = date.filter(|date| !date.is_plausible()) {
                    let found = format!("date `{}` is read as {date}", short(text));
                    let problem = Problem::warning("date-implausible", place.clone(), found);
                    let problem = problem.expected("a year from 1700 to 2035");
                    out.push_back(Item::Problem(
                        problem.hint("the article is counted, but appears in no period of the timeline"),
                    ));
                }
                date
            }
            Err(trouble) => {
                out.push_back(Item::Problem(date_problem(text, trouble, place.clone())));
                None
            }
        }
    }

    /// A title beside its text, where it is counted with it.
    fn note_title(&mut self, place: &Place) {
        if self.headline == Headline::Count {
            self.tally.title(place);
        }
    }

    /// A language that is not known is a problem once, not in every row.
    fn language(&mut self, text: Option<&str>, place: &Place, out: &mut VecDeque<Item>) -> Option<Language> {
        let text = text.map(str::trim).filter(|text| !matches!(*text, "" | "und" | "unknown" | "nan" | "null"))?;
        // `GERMAN; DEUTSCH`
        let first = || Language::parse(text.split([';', ',', '/']).next()?.trim());
        let language = Language::parse(text).or_else(first);
        if language.is_none() && self.odd_languages.insert(text.to_string()) {
            let problem = Problem::warning("language-unreadable", place.clone(), format!("language `{}`", short(text)));
            let problem = problem.expected("a code or name such as `en`, `rus` or `Italian`");
            out.push_back(Item::Problem(problem));
        }
        language
    }
}

fn date_problem(text: &str, trouble: DateProblem, place: Place) -> Problem {
    let shown = short(text);
    match trouble {
        DateProblem::Ambiguous => Problem::warning("date-ambiguous", place, format!("date `{shown}` is ambiguous"))
            .hint("--date-order day-first or --date-order month-first"),
        DateProblem::Incomplete => Problem::warning("date-incomplete", place, format!("date `{shown}` names no day, or no year"))
            .expected("year, month and day"),
        DateProblem::Impossible => {
            Problem::warning("date-impossible", place, format!("date `{shown}` is not in the calendar"))
        }
        DateProblem::Count => Problem::warning("date-unreadable", place, format!("date `{shown}` is a number that programs count from different days"))
            .expected("a date such as `2022-01-06`")
            .hint("spreadsheets count from 1899-12-30, Stata and SAS from 1960-01-01, R from 1970-01-01: write dates, not numbers"),
        DateProblem::Unreadable => Problem::warning("date-unreadable", place, format!("date `{shown}`"))
            .expected("a date such as `2022-01-06`, `06.01.2022` or `8 Jan 2022`"),
    }
}

/// A text that is put together.
#[derive(Default)]
struct AssembledText {
    title: String,
    text: String,
    places: Places,
    asides: Vec<Aside>,
}

fn headline(bytes: Range<usize>, how: Headline) -> Aside {
    Aside::new(bytes, if how == Headline::Separate { AsideKind::SeparateHeadline } else { AsideKind::Headline }, "")
}

/// Bytes up to the end of the first line, where it is short and others follow: a headline that stands in the text.
fn own_headline(text: &str) -> Option<usize> {
    const WORDS: usize = 25;
    let begin = text.len() - text.trim_start().len();
    let end = begin + text[begin..].find(['\n', '\r'])?;
    let short = text[begin..end].split_whitespace().count() <= WORDS;
    (short && !text[end..].trim().is_empty()).then_some(end)
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
