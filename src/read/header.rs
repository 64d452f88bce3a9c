//! What the head of a delimited table says about the table: its delimiter, its header, the forms of its columns.
//!
//! In: the first bytes of a file. Out: a [`Shape`].
//! Invariant: a line that is passed over before the header is told; a table without a header loses no row to one.
//! It deliberately gives columns no role, but where there is no header: then the cells are all that can say which is which.

mod content;

use super::columns::{Role, distinct, is_known_name, longest, means_text};
use super::dates;
use super::decode::decode_cell;
use super::lines::{bare, line_end, split};
use super::missing::is_nothing;
use super::quoting::{Fields, Rules, Split, of_line, of_line_spaced};
use std::collections::BTreeSet;

/// Lines that are looked at.
const LINES: usize = 200;
/// The most lines that may stand before a header.
const MOST_BEFORE: usize = 30;
/// A delimiter that no text has, for tables of one column.
const NONE: u8 = 0x1f;

/// How a table is built.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shape {
    pub delimiter: u8,
    /// Lines before the first row of data.
    pub before: u32,
    /// Column names, distinct; `column 1` and so on where there is no header.
    pub names: Vec<String>,
    /// Columns in which no row of the head has anything.
    pub empty: Vec<usize>,
    /// Columns in which every cell of the head is a number.
    pub numbers: Vec<usize>,
    /// The column whose cells are far longer than those of any other.
    pub longest: Option<usize>,
    /// Columns whose cells are numbers, dates or addresses: a line of prose has none there.
    pub formal: Vec<bool>,
    /// What each row of a table without header holds, by its cells.
    pub by_content: Vec<(Role, usize)>,
    /// What was passed over or guessed.
    pub notes: Vec<String>,
    /// Names that stand in the header more than once.
    pub twice: Vec<String>,
}

/// A row of the head.
struct Row {
    /// Its first line, from 0, and the first behind it: a quoted cell may go over several.
    line: usize,
    end: usize,
    cells: Vec<String>,
}

/// Looks at a head; `tab` where the extension says so, `no_header` where the user does.
pub(crate) fn shape(head: &[u8], tab: bool, no_header: bool) -> Shape {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let end = line_end(head);
    let mut lines: Vec<&[u8]> = split(head, end).take(LINES).collect();
    // the last line of a head is cut short
    let is_cut = lines.len() == LINES || head.len() >= super::source::HEAD_BYTES as usize;
    if is_cut && lines.len() > 1 && lines.len() < LINES {
        lines.pop();
    }
    let mut shape = Shape::default();
    let hint = lines.first().and_then(|line| separator_hint(bare(line)));
    let skip = usize::from(hint.is_some());
    if hint.is_some() {
        shape.notes.push("line 1 names the separator (`sep=`)".to_string());
    }
    let candidates = if tab { *b"\t,;|" } else { *b",;\t|" };
    shape.delimiter = hint.unwrap_or_else(|| delimiter(&lines, &candidates, is_cut));
    let rows = rows(&lines, skip, shape.delimiter, is_cut);
    let named = named_header(&rows);
    let width = named.map_or_else(|| modal_width(&rows), |at| rows[at].cells.len());
    if hint.is_none() && (names_one_column(&rows) || !tab && is_of_texts(&rows, width)) {
        return of_one_column(&rows, shape);
    }
    let at = named.unwrap_or_else(|| header_at(&rows, width));
    let Some(header) = rows.get(at) else {
        shape.names = distinct(Vec::new());
        return shape;
    };
    if no_header || has_no_header(header, &rows[at..]) {
        shape.before = header.line as u32;
        shape.names = (1..=header.cells.len()).map(|i| format!("column {i}")).collect();
        shape.by_content = content::by_content(&rows[at..], header.cells.len());
        if !no_header {
            shape.notes.push("the first row is one like all others: the table has no header".to_string());
        }
    } else {
        let mut names = header.cells.clone();
        let following: Vec<usize> = rows[at + 1..].iter().map(|row| row.cells.len()).collect();
        // `1, "Calm, at last"`: a field that opens behind a space is no field more
        let spaced = |row: &Row| of_line_spaced(lines[row.line], shape.delimiter) == names.len();
        let named_rows = names.len() > 1
            && !following.is_empty()
            && following.iter().all(|&n| n == names.len() + 1)
            && !rows[at + 1..].iter().all(spaced)
            && are_names_of_rows(&rows[at + 1..]);
        if named_rows {
            names.insert(0, String::new());
            shape.notes.push("the header is one field short: the first column holds the names of rows".to_string());
        }
        shape.before = header.end as u32;
        shape.twice = twice(&names);
        shape.names = distinct(names);
    }
    shape.notes.extend((header.line > skip).then(|| lines_before(&rows, header.line - skip)));
    shape.empty = empty_columns(&rows, &shape);
    shape.numbers = number_columns(&rows, &shape);
    shape.longest = longest_column(&rows, &shape);
    shape.formal = formal(&lines, shape.before as usize, shape.delimiter, shape.names.len());
    shape
}

/// True where the first line is the name of a column, and no row has names of several.
fn names_one_column(rows: &[Row]) -> bool {
    let is_one = |row: &Row| {
        let name = &row.cells[0];
        let others = || rows.iter().any(|row| row.cells.len() > 1 && is_named(row));
        row.cells.len() == 1 && (means_text(name) || is_known_name(name) && !others())
    };
    rows.first().is_some_and(is_one)
}

/// True where each line is a text: no row has names of columns, and hardly two have as many fields.
fn is_of_texts(rows: &[Row], width: usize) -> bool {
    /// Letters of a line; a row of a table may be as long.
    const FEW: usize = 60;
    let agreeing = rows.iter().filter(|row| row.cells.len() == width).count();
    let letters: usize = rows.iter().flat_map(|row| &row.cells).map(String::len).sum();
    let is_field = |cell: &String| is_formal(cell) || cell.is_empty();
    let has_fields = rows.iter().flat_map(|row| &row.cells).any(is_field);
    rows.len() > 2
        && agreeing * 5 < rows.len() * 4
        && letters / rows.len() >= FEW
        && !has_fields
        && !rows.iter().any(is_named)
}

/// A table of one column, whatever signs stand in its cells.
fn of_one_column(rows: &[Row], mut shape: Shape) -> Shape {
    shape.delimiter = NONE;
    if names_one_column(rows) {
        shape.before = rows[0].end as u32;
        shape.names = distinct(rows[0].cells.clone());
    } else {
        shape.names = distinct(vec![String::new()]);
        shape.by_content = vec![(Role::Text, 0)];
        shape.notes.push("no separator parts the lines alike: each line is read as one text".to_string());
    }
    shape
}

/// Names of rows differ, as R demands; a comma too many in each row makes a first column of something else.
fn are_names_of_rows(rows: &[Row]) -> bool {
    let names: BTreeSet<&str> = rows.iter().filter_map(|row| row.cells.first()).map(String::as_str).collect();
    names.len() == rows.len()
}

/// The columns in which no row of the head has anything.
fn empty_columns(rows: &[Row], shape: &Shape) -> Vec<usize> {
    let below = || rows.iter().filter(|row| row.line >= shape.before as usize);
    let is_empty = |i: &usize| below().all(|row| row.cells.get(*i).is_none_or(|cell| is_nothing(cell)));
    (0..shape.names.len()).filter(|i| below().next().is_some() && is_empty(i)).collect()
}

/// The columns in which every cell of the head is a number.
fn number_columns(rows: &[Row], shape: &Shape) -> Vec<usize> {
    let cells = |i: usize| {
        let below = rows.iter().filter(|row| row.line >= shape.before as usize);
        below.filter_map(move |row| row.cells.get(i)).filter(|cell| !is_nothing(cell))
    };
    let is_number = |cell: &String| cell.chars().all(|c| c.is_ascii_digit() || ".,-".contains(c));
    (0..shape.names.len()).filter(|&i| cells(i).next().is_some() && cells(i).all(is_number)).collect()
}

/// The column whose cells in the rows of the head are far longer than those of any other.
fn longest_column(rows: &[Row], shape: &Shape) -> Option<usize> {
    let below = || rows.iter().filter(|row| row.line >= shape.before as usize && row.cells.len() == shape.names.len());
    let letters = |i: usize| below().map(|row| row.cells[i].chars().count()).sum();
    longest(&(0..shape.names.len()).map(letters).collect::<Vec<usize>>(), below().count())
}

/// That so many lines stand before the table.
fn lines_before(rows: &[Row], passed: usize) -> String {
    let first = rows.first().map(|row| row.cells.join(" ")).unwrap_or_default();
    let s = if passed == 1 { "" } else { "s" };
    format!("{passed} line{s} before the table, first `{}`", super::article::short(&first))
}

/// `sep=;`, which Excel writes and reads.
fn separator_hint(line: &[u8]) -> Option<u8> {
    let rest = line.strip_prefix(b"sep=").or_else(|| line.strip_prefix(b"SEP="))?;
    let rest = rest.strip_suffix(b"\"").unwrap_or(rest);
    match rest {
        b"\\t" => Some(b'\t'),
        [byte] => Some(*byte),
        _ => None,
    }
}

/// The delimiter that gives most rows the same number of fields.
fn delimiter(lines: &[&[u8]], candidates: &[u8; 4], is_cut: bool) -> u8 {
    let score = |&candidate: &u8| {
        let rows = rows(lines, 0, candidate, is_cut);
        let width = modal_width(&rows);
        if width < 2 {
            return 0;
        }
        let agreeing = rows.iter().filter(|row| row.cells.len() == width).count();
        let is_named =
            rows.iter().take(MOST_BEFORE).any(|row| row.cells.iter().filter(|cell| is_known_name(cell)).count() > 1);
        1 + usize::from(is_named) * 10_000_000 + agreeing * 1000 / rows.len().max(1) * 1000 + width.min(999)
    };
    let mut best = (candidates[0], 0);
    for candidate in candidates {
        let score = score(candidate);
        if score > best.1 {
            best = (*candidate, score);
        }
    }
    best.0
}

/// The rows of the head; where a quotation mark swallows the rest of it, the line it stands in is a row, unless the head is cut inside a
/// long article.
fn rows(lines: &[&[u8]], skip: usize, delimiter: u8, is_cut: bool) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut fields = Fields::default();
    let mut at = skip;
    while at < lines.len() {
        let first = at;
        at += 1;
        if bare(lines[first]).is_empty() {
            continue;
        }
        fields.clear();
        let mut text = lines[first].to_vec();
        let mut split = Split::default();
        let mut whole = split.run(&text, delimiter, Rules::default(), &mut fields);
        while !whole && split.broke.is_none() && at < lines.len() {
            text.extend_from_slice(lines[at]);
            at += 1;
            whole = split.run(&text, delimiter, Rules::default(), &mut fields);
        }
        if !whole {
            let width = rows.first().map_or(0, |row: &Row| row.cells.len());
            let is_row = |line: &&&[u8]| {
                of_line(line, delimiter, &mut fields);
                fields.len() == width
            };
            let swallowed = &lines[first + 1..];
            if is_cut && split.broke.is_none() && swallowed.iter().filter(is_row).count() * 2 < swallowed.len() {
                break;
            }
            at = first + 1;
            of_line(lines[first], delimiter, &mut fields);
        }
        let cells = fields.iter().map(|cell| decode_cell(cell).0.trim().to_string()).collect();
        rows.push(Row { line: first, end: at, cells });
    }
    rows
}

/// The number of fields that most rows have; of two as common, the larger.
fn modal_width(rows: &[Row]) -> usize {
    let mut widths: Vec<usize> = rows.iter().map(|row| row.cells.len()).collect();
    widths.sort_unstable();
    let groups = widths.chunk_by(|a, b| a == b);
    groups.max_by_key(|group| (group.len(), group[0])).map_or(0, |group| group[0])
}

/// A row of names of columns, one of them that of the text, with rows of its width below: lines above it may be more than they.
fn named_header(rows: &[Row]) -> Option<usize> {
    let is_header = |at: &usize| {
        let cells = &rows[*at].cells;
        let names = cells.iter().filter(|cell| is_known_name(cell)).count();
        let below = &rows[at + 1..];
        let alike = below.iter().filter(|row| row.cells.len() == cells.len()).count();
        names > 2 && cells.iter().any(|cell| means_text(cell)) && alike > 0 && alike * 2 > below.len()
    };
    (0..rows.len().min(MOST_BEFORE)).find(is_header)
}

/// The row that is the header, or the first of data.
fn header_at(rows: &[Row], width: usize) -> usize {
    let fits = |row: &Row| {
        let named = row.cells.iter().any(|cell| means_text(cell)) && row.cells.len() > 1;
        let filled = row.cells.iter().filter(|cell| !cell.is_empty()).count();
        named || row.cells.len() == width && (filled > 1 || width == 1)
    };
    let first = rows.first().is_some_and(|row| row.cells.len() + 1 == width && row.cells.len() > 1);
    if first && !rows.iter().take(MOST_BEFORE).any(|row| row.cells.len() == width && is_named(row)) {
        return 0;
    }
    rows.iter().take(MOST_BEFORE).position(fits).unwrap_or(0)
}

fn is_named(row: &Row) -> bool {
    row.cells.iter().any(|cell| is_known_name(cell))
}

/// True where the first row is data: no cell is a known name, and some cell is what no column is called.
fn has_no_header(header: &Row, rows: &[Row]) -> bool {
    let is_data = |cell: &String| is_formal(cell) || cell.chars().count() > 60 || cell.split_whitespace().count() > 7;
    let alike = rows.iter().skip(1).take(20).filter(|row| row.cells.len() == header.cells.len());
    let formal_below = |i: usize| alike.clone().all(|row| is_formal(&row.cells[i]) || row.cells[i].is_empty());
    let odd = header.cells.iter().enumerate().any(|(i, cell)| is_data(cell) && (!is_formal(cell) || formal_below(i)));
    header.cells.len() > 1 && !is_named(header) && odd
}

/// A number, a date or an address.
pub(crate) fn is_formal(cell: &str) -> bool {
    let cell = cell.trim();
    let starts = cell.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'));
    let number = starts && cell.len() < 24 && cell.chars().all(|c| c.is_ascii_digit() || ".,-+:/eETZ ".contains(c));
    number || cell.starts_with("http://") || cell.starts_with("https://") || is_date(cell)
}

fn is_date(cell: &str) -> bool {
    cell.len() < 40
        && cell.contains(|c: char| c.is_ascii_digit())
        && matches!(dates::parse(cell, Some(dates::DateOrder::DayFirst)), Ok(Some(_)))
}

/// Which columns are formal in nearly all lines that have the table's width.
fn formal(lines: &[&[u8]], before: usize, delimiter: u8, width: usize) -> Vec<bool> {
    let (mut seen, mut filled) = (vec![0usize; width], 0);
    let mut fields = Fields::default();
    for line in lines.iter().skip(before) {
        of_line(line, delimiter, &mut fields);
        if fields.len() != width {
            continue;
        }
        filled += 1;
        for (seen, cell) in seen.iter_mut().zip(fields.iter()) {
            *seen += usize::from(is_formal(&String::from_utf8_lossy(cell)));
        }
    }
    seen.into_iter().map(|seen| filled > 0 && seen * 10 >= filled * 8).collect()
}

fn twice(names: &[String]) -> Vec<String> {
    let again = |(i, name): (usize, &String)| !name.is_empty() && names[..i].contains(name);
    names.iter().enumerate().filter(|&pair| again(pair)).map(|(_, name)| name.clone()).collect()
}
