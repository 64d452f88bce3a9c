//! A table and what its columns hold.
//!
//! In: text. Out: rows without titles and comments, the header where there is one, and a profile of every column.
//! Invariant: every row of the file is a title, a comment, the header or a row of the body; a profile counts every cell of its column.
//! It deliberately decides no shape: `roles` does.

use super::delimited::{self, Field};
use super::names::{self, normal};
use super::{lines, weight};
use hashbrown::{HashMap, HashSet};

/// A table has so many columns at most.
pub(super) const MOST_COLUMNS: usize = 10_000;
/// A cell has so many bytes at most.
pub(super) const LONGEST_CELL: usize = 100_000;
/// Rows that the separator and the usual number of columns are told from.
const HEAD: usize = 400;
/// What R, pandas and databases write where a number is missing.
const MISSING: &[&str] = &["NA", "N/A", "n/a", "NaN", "nan", "NULL", "null", "None", "-", "--"];
/// Different values of a column that are remembered.
const MOST_VALUES: usize = 400;

/// A row of the file that is not in the body, and what it is.
pub(super) struct Aside {
    pub line: u32,
    pub text: String,
    pub what: &'static str,
}

/// A table, read.
pub(super) struct Table {
    /// Titles and comments.
    pub asides: Vec<Aside>,
    /// Names of the columns; empty where the table has no header or a column no name.
    pub names: Vec<String>,
    pub header: Option<Vec<Field>>,
    pub body: Vec<Vec<Field>>,
    pub columns: Vec<Column>,
    /// Where a quotation mark was opened that is never closed.
    pub open: Option<(u32, u32)>,
    /// The widest row.
    pub width: usize,
}

/// What the cells of a column are.
#[derive(Default)]
pub(super) struct Column {
    /// Cells that are not empty.
    pub filled: usize,
    /// Numbers, however written.
    pub numbers: usize,
    /// Cells in which a program wrote that there is nothing.
    pub missing: usize,
    /// Numbers with decimals that are not zero.
    pub fractions: usize,
    /// Numbers below zero.
    pub negatives: usize,
    /// 0 and 1.
    pub binary: usize,
    /// Zeros and years of our time, below zero too: a list of words says so when a word came or went.
    pub years: usize,
    /// X, yes, true, or the name of the column itself.
    pub crosses: usize,
    /// No, false.
    pub denials: usize,
    /// Cells with a letter or a sign, short enough to be a term.
    pub words: usize,
    /// Numbers with a sign between them: `24/7`, `12:30`. Among words they are words.
    pub parted: usize,
    /// Cells such as `war#2`, several or one.
    pub senses: usize,
    /// Pieces between white space, of all cells.
    pub pieces: usize,
    /// The largest number without its sign, in thousandths.
    pub largest: i64,
    /// Different values in lower case, no more than some hundreds of them.
    pub values: HashSet<String>,
}

impl Column {
    /// True where so many percent of the cells that are not empty pass a test.
    fn mostly(&self, n: usize, percent: usize) -> bool {
        self.filled > 0 && n * 100 >= self.filled * percent
    }

    /// Numbers, where it is not said that there is none.
    pub(super) fn is_numeric(&self) -> bool {
        let present = self.filled - self.missing;
        present > 0 && self.numbers * 100 >= present * 80
    }

    /// Words are due and words are there. A few numbers may be among the words (`1984`), and more that have a sign inside (`9/11`).
    pub(super) fn is_words(&self) -> bool {
        let words = if self.words * 2 >= self.parted { self.words + self.parted } else { self.words };
        self.mostly(words, 95) || (self.mostly(words, 90) && self.filled > 20)
    }

    /// 0 and 1, X, yes and no, TRUE and FALSE: the cell says whether, not how much.
    pub(super) fn is_marks(&self) -> bool {
        let letters = |yes: &str, no: &str| {
            self.values.len() == 2 && [yes, no].iter().all(|letter| self.values.contains(*letter))
        };
        (self.filled > 0 && self.binary + self.crosses + self.denials == self.filled)
            || letters("y", "n")
            || letters("t", "f")
    }

    pub(super) fn is_years(&self) -> bool {
        self.filled > 0 && self.years == self.filled && self.largest >= 1_000_000
    }

    pub(super) fn is_senses(&self) -> bool {
        self.mostly(self.senses, 90)
    }

    /// Few values that recur.
    pub(super) fn recurs(&self) -> bool {
        self.values.len() < MOST_VALUES && self.values.len() * 2 <= self.filled
    }

    /// The mean number of pieces in a cell.
    pub(super) fn length(&self) -> f64 {
        self.pieces as f64 / self.filled.max(1) as f64
    }
}

/// The separator that the rows share; `None` where they have none.
pub(super) fn separator(text: &str) -> Option<char> {
    if let Some(rest) = text.trim_start_matches('\u{feff}').strip_prefix("sep=")
        && let Some(c) = rest.chars().next().filter(|c| !c.is_alphanumeric())
    {
        return Some(c);
    }
    let head = head(text);
    let mut best: Option<(char, usize)> = None;
    for separator in ['\t', ';', ',', '|'] {
        let (rows, _) = delimited::rows(&head, separator, true);
        let (width, rows_of_it) = usual_width(&rows);
        // the first of equals wins; a comma inside words makes rows of many widths
        if width > 1
            && (rows.len() > 1 || separator == '\t')
            && rows_of_it * 2 >= rows.len()
            && best.is_none_or(|(_, n)| rows_of_it * 10 > n * 11)
        {
            best = Some((separator, rows_of_it));
        }
    }
    best.map(|(separator, _)| separator).or_else(|| {
        let rows: Vec<&str> = head.lines().collect();
        ['\t', ';'].into_iter().find(|&c| rows.len() > 1 && rows.iter().all(|row| row.contains(c)))
    })
}

/// The first rows that are not blank, with one kind of line end.
fn head(text: &str) -> String {
    let rows = lines::numbered(text).map(|(_, line)| line).filter(|line| !line.trim().is_empty());
    // comments above a table have commas of their own
    let rows = rows.skip_while(|line| line.starts_with('!') || line.starts_with("# "));
    rows.take(HEAD).flat_map(|line| [line, "\n"]).collect()
}

/// The number of columns that most rows have, and how many have it. Of equals the larger.
fn usual_width(rows: &[Vec<Field>]) -> (usize, usize) {
    let mut widths: HashMap<usize, usize> = HashMap::new();
    for row in rows.iter().take(HEAD) {
        *widths.entry(row.len()).or_default() += 1;
    }
    widths.into_iter().map(|(width, n)| (n, width)).max().map_or((0, 0), |(n, width)| (width, n))
}

fn filled(row: &[Field]) -> usize {
    row.iter().filter(|field| !field.text.trim().is_empty()).count()
}

/// Reads a table. `has_names` says whether its first row names the columns.
pub(super) fn table(text: &str, separator: char, has_names: Option<bool>) -> Table {
    let (mut rows, mut open) = delimited::rows(text, separator, true);
    if separator == '\t' && !is_quoted(&rows, text) {
        // in most tables with tabs a quotation mark is a character
        (rows, open) = delimited::rows(text, separator, false);
    }
    let mut asides = Vec::new();
    let mut header = None;
    let mut body = without_asides(rows, &mut asides, &mut header);
    if has_names.unwrap_or_else(|| header.is_none() && has_header(&body)) && header.is_none() && !body.is_empty() {
        header = Some(body.remove(0));
    }
    Table { asides, open, ..of_rows(body, header) }
}

/// A table of rows that stand somewhere else than between separators.
pub(super) fn of_rows(body: Vec<Vec<Field>>, header: Option<Vec<Field>>) -> Table {
    let mut table =
        Table { asides: Vec::new(), names: Vec::new(), header, body, columns: Vec::new(), open: None, width: 0 };
    table.width = table.body.iter().map(Vec::len).max().unwrap_or(0).max(table.header.as_ref().map_or(0, Vec::len));
    table.names = table.header.iter().flatten().map(|field| field.text.trim().to_string()).collect();
    // R writes the names of rows without a name above them
    let shared = table.body.iter().filter(|row| row.len() == table.names.len() + 1).count();
    if table.header.is_some() && shared > 0 && shared == table.body.len() {
        table.names.insert(0, String::new());
    }
    table.names.resize(table.width, String::new());
    table.columns = profiles(&table);
    table
}

/// True where a quotation mark is opened and closed in most rows, as a spreadsheet writes words.
fn is_quoted(rows: &[Vec<Field>], text: &str) -> bool {
    let opened = lines::numbered(text).take(HEAD).filter(|(_, line)| line.contains('"')).count();
    opened * 2 > rows.len().min(HEAD) && !rows.iter().flatten().any(|field| field.text.contains(['\n', '\r']))
}

/// Takes titles and comments away. A commented row of the usual width above the first row names the columns.
fn without_asides(
    rows: Vec<Vec<Field>>,
    asides: &mut Vec<Aside>,
    commented: &mut Option<Vec<Field>>,
) -> Vec<Vec<Field>> {
    let (width, _) = usual_width(&rows);
    let typical = rows.iter().take(HEAD).filter(|row| filled(row) > 1).count() * 2 > rows.len().min(HEAD);
    let mut body: Vec<Vec<Field>> = Vec::with_capacity(rows.len());
    let mut above = true;
    let mut last_comment: Option<Vec<Field>> = None;
    for row in rows {
        let first = row.first().map_or("", |field| field.text.trim());
        let is_comment = match first.chars().next() {
            Some('#') => row.len() != width || first == "#" || (above && first[1..].starts_with([' ', '#', '!'])),
            Some('!' | ';') => above,
            Some('/') => above && first.starts_with("//"),
            Some('s') => above && first.starts_with("sep=") && filled(&row) == 1,
            _ => false,
        };
        let is_title = above && typical && width > 1 && filled(&row) == 1 && !is_comment;
        if is_comment || is_title {
            let text = row.iter().map(|field| field.text.trim()).collect::<Vec<_>>().join(" ");
            let line = row.first().map_or(1, |field| field.line);
            asides.push(Aside { line, text, what: if is_comment { "comment" } else { "title" } });
            last_comment = (is_comment && row.len() == width && width > 1).then_some(row);
            continue;
        }
        if above && let Some(row) = last_comment.take() {
            *commented = uncommented(row);
        }
        above = false;
        body.push(row);
    }
    body
}

/// `# POS⇥ID⇥…` as names, where a known name is among them.
fn uncommented(mut row: Vec<Field>) -> Option<Vec<Field>> {
    if let Some(first) = row.first_mut() {
        first.text = first.text.trim().trim_start_matches(['#', '!', ';']).trim().to_string();
    }
    let named = row.iter().filter(|field| names::is_known(&normal(&field.text))).count();
    (named >= 2 && row.iter().all(|field| weight::read(&field.text).is_none())).then_some(row)
}

/// True where the first row names the columns: it has a name that tables have, or words above numbers and marks.
fn has_header(rows: &[Vec<Field>]) -> bool {
    let Some((first, body)) = rows.split_first() else { return false };
    let cell = |row: &[Field], at: usize| row.get(at).map_or(String::new(), |field| field.text.trim().to_lowercase());
    let sample = &body[..body.len().min(HEAD)];
    // two names that articles have, as `outlet` and `headline`
    let mut named = first.iter().filter(|field| names::is_of_articles(&field.text)).count() > 1;
    let names_terms = first.len() > 2 && names::is_term(&normal(&cell(first, 0)));
    for (at, field) in first.iter().enumerate() {
        let name = cell(first, at);
        if weight::read(&name).is_some() {
            // years may be names of categories beside the column of terms
            if names_terms && weight::read(&name).is_some_and(|n| (1_900_000..=2_100_000).contains(&n.value)) {
                continue;
            }
            return false;
        }
        let below: Vec<String> = sample.iter().map(|row| cell(row, at)).filter(|text| !text.is_empty()).collect();
        // a polarity above polarities is a row of the table, unless its cells say no more than it does, as in the General Inquirer
        let is_cross_of = first.len() > 3 && below.iter().all(|text| *text == name);
        if !is_cross_of && !below.is_empty() && names::are_polarities(below.iter().chain([&name])) {
            return false;
        }
        let recurs = below.contains(&name);
        named |= names::is_known(&normal(&field.text)) && !recurs;
        let is_mark = |text: &str| weight::read(text).is_some() || is_cross(text, &name) || is_denial(text);
        let marks = below.iter().filter(|text| is_mark(text)).count();
        named |= !name.is_empty() && !is_cross(&name, "") && !below.is_empty() && marks * 10 >= below.len() * 9;
        // a category that comes again below is no name
        if recurs && at > 0 && first.len() <= 3 && below.len() > 2 && !is_cross(&name, "") {
            return false;
        }
    }
    named
}

/// True for X, yes, true, and for the name of a column in its own cell.
pub(super) fn is_cross(text: &str, column: &str) -> bool {
    matches!(text, "x" | "yes" | "true") || (!column.is_empty() && text == column)
}

/// True for no and false.
pub(super) fn is_denial(text: &str) -> bool {
    matches!(text, "no" | "false")
}

/// True where a cell can be a term: a letter, or a sign that no number and no date has, and not a text.
fn is_word(text: &str, pieces: usize) -> bool {
    let sign = |c: char| c.is_alphabetic() || (!c.is_ascii() && !c.is_whitespace() && !c.is_numeric());
    pieces <= 10
        && text.len() <= 400
        && (text.chars().any(sign) || text.starts_with(['#', '@', '$']) || super::pattern::is_emoticon(text))
}

fn is_sense(text: &str) -> bool {
    let sense = |piece: &str| {
        piece
            .rsplit_once('#')
            .is_some_and(|(word, n)| !word.is_empty() && !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
    };
    !text.is_empty() && text.split_whitespace().all(sense)
}

fn profiles(table: &Table) -> Vec<Column> {
    let lower: Vec<String> = table.names.iter().map(|name| name.to_lowercase()).collect();
    let mut columns: Vec<Column> = (0..table.width.min(MOST_COLUMNS)).map(|_| Column::default()).collect();
    for row in &table.body {
        for ((field, column), name) in row.iter().zip(&mut columns).zip(&lower) {
            let text = field.text.trim();
            if !text.is_empty() {
                profile(column, text, name);
            }
        }
    }
    columns
}

fn profile(column: &mut Column, text: &str, name: &str) {
    column.filled += 1;
    column.missing += usize::from(MISSING.contains(&text));
    let pieces = text.split_whitespace().count();
    column.pieces += pieces;
    let lower = text.to_lowercase();
    column.crosses += usize::from(is_cross(&lower, name));
    column.denials += usize::from(is_denial(&lower));
    column.senses += usize::from(is_sense(text));
    if column.values.len() < MOST_VALUES && !column.values.contains(&lower) {
        column.values.insert(lower);
    }
    match weight::read(text) {
        Some(number) => {
            let size = i64::from(number.value).abs();
            column.numbers += 1;
            column.fractions += usize::from(number.rounded || number.value % 1000 != 0);
            column.negatives += usize::from(number.value < 0);
            column.binary += usize::from(!number.rounded && matches!(number.value, 0 | 1000));
            column.years += usize::from(number.value == 0 || (1_980_000..=2_060_000).contains(&size));
            column.largest = column.largest.max(size);
        }
        None => {
            column.words += usize::from(is_word(text, pieces));
            column.parted += usize::from(super::pattern::is_numbers(text));
        }
    }
}
