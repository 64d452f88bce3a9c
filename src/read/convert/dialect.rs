//! Tables whose fields are quoted or parted in an uncommon way.
//!
//! In: the head of a table, then all of it. Out: which [`Dialect`] it is in, and its rows as RFC 4180 writes them, each on the lines that it
//! stood on.
//! Invariant: only a head in which every row that is quoted agrees is taken for a dialect; every other table is read in place.
//! It deliberately knows five: `'…'`, `="…"`, `"…" "…"`, `"…", "…"`, and fields between signs that few tables have between them.

use super::Converted;
use crate::read::columns::is_known_name;
use crate::read::lines::{bare, line_end, split};
use crate::read::quoting::{Fields, Rules, Split};
use encoding_rs::Encoding;

/// An uncommon way to write a table, with its delimiter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// `1,'Gazette','A text.'`
    SingleMarks(u8),
    /// `="001",="A text."`, which keeps Excel from making numbers of it.
    Formulas(u8),
    /// `"1" "Gazette" "A text."`, as R writes a table by default.
    Spaces,
    /// `"1", "Gazette", "A text."`
    SpacedMarks(u8),
    /// `1::Gazette::A text.`, and the bytes that Hive and other databases put between fields.
    Parted(&'static str),
}

/// Signs between fields; that of Hive stands in no text, and its tables have no header.
const HIVE: &str = "\u{1}";
const SEPARATORS: &[&str] = &[HIVE, "::", "||", "~", "^", "þ", "¬"];
/// Stands for such a sign while a row is parted.
const PARTED: u8 = 0x1f;

/// Lines of the head that are looked at.
const LINES: usize = 200;
const DELIMITERS: &[u8] = b",;\t|";

impl Dialect {
    /// For people.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Dialect::SingleMarks(_) => "table with single quotation marks around its fields",
            Dialect::Formulas(_) => "table with fields as `=\"…\"`",
            Dialect::Spaces => "table with quoted fields between spaces",
            Dialect::SpacedMarks(_) => "table with spaces before its quotation marks",
            Dialect::Parted(_) => "table with an uncommon sign between its fields",
        }
    }

    /// The dialect of a table, by its head in UTF-8; none for the common one.
    pub(crate) fn of(head: &[u8]) -> Option<Dialect> {
        let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
        let lines: Vec<&[u8]> = split(head, line_end(head)).take(LINES).collect();
        let first = bare(lines.first()?);
        if let Some(names) = names_between_spaces(first) {
            let profile = DialectProfile::of(&lines, Dialect::Spaces);
            // one name over one field is a common table of one column
            let is_one = names == 1 && profile.width == 1;
            let fits = !is_one && profile.fits([names, names + 1], profile.quoted);
            return fits.then_some(Dialect::Spaces);
        }
        if let Some(sign) = SEPARATORS.iter().find(|sign| parts(&lines, sign)) {
            return Some(Dialect::Parted(sign));
        }
        let count = |byte: u8| memchr::memchr_iter(byte, first).count();
        let delimiter = DELIMITERS.iter().copied().max_by_key(|&byte| count(byte)).filter(|&byte| count(byte) > 0)?;
        let width = |dialect: Dialect| DialectProfile::of(&lines[..1], dialect).width;
        let [formulas, single, spaced] =
            [Dialect::Formulas(delimiter), Dialect::SingleMarks(delimiter), Dialect::SpacedMarks(delimiter)];
        let fits = |dialect: Dialect, by: fn(&DialectProfile) -> usize| {
            let profile = DialectProfile::of(&lines, dialect);
            profile.fits([width(dialect); 2], by(&profile))
        };
        if memchr::memmem::find(head, b"=\"").is_some() && fits(formulas, |profile| profile.formulas) {
            return Some(formulas);
        }
        if memchr::memmem::find(head, &[delimiter, b'\'']).is_some() && fits(single, |profile| profile.only_single) {
            return Some(single);
        }
        let has_spaced = memchr::memmem::find(head, &[delimiter, b' ', b'"']).is_some();
        (has_spaced && fits(spaced, |profile| profile.spaced)).then_some(spaced)
    }

    /// The rows as RFC 4180 writes them, with commas.
    pub(crate) fn rewrite(self, bytes: Vec<u8>, declared: Option<&'static Encoding>) -> Result<Converted, String> {
        let text = crate::read::decode::text_of(bytes, declared)?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let mut out = Vec::with_capacity(text.len() + text.len() / 8);
        let lines = split(text.as_bytes(), line_end(text.as_bytes()));
        let (mut rows, mut header) = (0, 0);
        self.each_row(lines, |_, fields, _| {
            // R names its rows, and has no name for these names: below a header of one name they would be part of the texts
            if self == Dialect::Spaces && rows == 1 && header == 1 && fields.len() == 2 {
                out.splice(0..0, *b"\"\",");
            }
            header = if rows == 0 { fields.len() } else { header };
            rows += 1;
            self.write(fields, &mut out);
        });
        Ok(Converted { bytes: out, notes: Vec::new(), ..Converted::default() })
    }

    /// Hands on each row: its text, its fields, and whether it ends where a row may.
    fn each_row<'l>(self, lines: impl IntoIterator<Item = &'l [u8]>, mut each: impl FnMut(&[u8], &Fields, bool)) {
        let (mut row, mut fields) = (Vec::new(), Fields::default());
        let mut lines = lines.into_iter();
        while let Some(line) = lines.next() {
            row.clear();
            fields.clear();
            self.take(line, &mut row);
            let mut reading = Split::default();
            let whole = loop {
                if reading.run(&row, self.delimiter(), self.rules(), &mut fields) {
                    break true;
                }
                let Some(next) = lines.next() else { break false };
                self.take(next, &mut row);
            };
            each(&row, &fields, whole);
        }
    }

    fn delimiter(self) -> u8 {
        match self {
            Dialect::SingleMarks(delimiter) | Dialect::Formulas(delimiter) | Dialect::SpacedMarks(delimiter) => {
                delimiter
            }
            Dialect::Spaces => b' ',
            Dialect::Parted(_) => PARTED,
        }
    }

    fn rules(self) -> Rules {
        let backslash = self == Dialect::Spaces;
        Rules { backslash, space: matches!(self, Dialect::SpacedMarks(_)), ..Rules::default() }
    }

    /// Adds a line to a row, its marks as the common ones are.
    fn take(self, line: &[u8], row: &mut Vec<u8>) {
        match self {
            Dialect::SingleMarks(_) => row.extend(line.iter().map(|&byte| match byte {
                b'\'' => b'"',
                b'"' => b'\'',
                byte => byte,
            })),
            Dialect::Formulas(delimiter) => {
                // a row is parted by the marks, so the sign before one goes behind it, as a byte that no text has
                for (i, &byte) in line.iter().enumerate() {
                    let begins = i == 0 || line[i - 1] == delimiter;
                    match byte {
                        b'=' if begins && line.get(i + 1) == Some(&b'"') => row.extend_from_slice(b"\"\x01"),
                        b'"' if i > 0 && row.last() == Some(&1) => {}
                        byte => row.push(byte),
                    }
                }
            }
            Dialect::Parted(sign) => {
                let mut rest = line;
                while let Some(at) = memchr::memmem::find(rest, sign.as_bytes()) {
                    row.extend_from_slice(&rest[..at]);
                    row.push(PARTED);
                    rest = &rest[at + sign.len()..];
                }
                row.extend_from_slice(rest);
            }
            Dialect::Spaces | Dialect::SpacedMarks(_) => row.extend_from_slice(line),
        }
    }

    fn write(self, fields: &Fields, out: &mut Vec<u8>) {
        if fields.len() == 1 && fields.get(0).is_some_and(|field| field.trim_ascii().is_empty()) {
            return out.push(b'\n');
        }
        for (i, field) in fields.iter().enumerate() {
            let field = formula(field).filter(|_| matches!(self, Dialect::Formulas(_))).unwrap_or(field);
            out.extend_from_slice(if i == 0 { b"\"" } else { b",\"" });
            for &byte in field {
                // single marks were exchanged for the common ones, and are again what they were
                let byte = match (self, byte) {
                    (Dialect::SingleMarks(_), b'\'') => b'"',
                    (Dialect::SingleMarks(_), b'"') => b'\'',
                    (_, byte) => byte,
                };
                out.extend_from_slice(if byte == b'"' { b"\"\"" } else { std::slice::from_ref(&byte) });
            }
            out.push(b'"');
        }
        out.push(b'\n');
    }
}

/// True where a sign parts nearly all lines of a head into as many fields as the first, and the first into names of columns.
fn parts(lines: &[&[u8]], sign: &str) -> bool {
    let first = String::from_utf8_lossy(bare(lines[0]));
    let names = first.split(sign).filter(|name| is_known_name(name.trim().trim_matches('"'))).count();
    let width = |line: &[u8]| memchr::memmem::find_iter(line, sign.as_bytes()).count();
    let of_first = width(lines[0]);
    let filled = lines.iter().filter(|line| !bare(line).is_empty());
    let (all, like) = (filled.clone().count(), filled.filter(|line| width(line) == of_first).count());
    of_first > 0 && (names > 1 || sign == HIVE) && all > 1 && like * 10 >= all * 9
}

/// What the rows of a head look like when they are read in a dialect.
#[derive(Default)]
struct DialectProfile {
    /// Fields of the last row.
    width: usize,
    widths: Vec<usize>,
    /// Rows with a field that is quoted; that is, behind a space; that is, while none is quoted in the common way.
    quoted: usize,
    spaced: usize,
    only_single: usize,
    /// Rows with a field that is a formula.
    formulas: usize,
}

impl DialectProfile {
    fn of(lines: &[&[u8]], dialect: Dialect) -> DialectProfile {
        let mut profile = DialectProfile::default();
        dialect.each_row(lines.iter().copied(), |row, fields, whole| {
            if !whole || bare(row).is_empty() {
                return;
            }
            profile.width = fields.len();
            profile.widths.push(profile.width);
            let quoted = || (0..fields.len()).filter_map(|i| fields.raw(i)).filter(|raw| raw.2);
            let begins = |sign: u8| {
                (0..fields.len())
                    .any(|i| fields.raw(i).is_some_and(|(start, _, quoted)| !quoted && row.get(start) == Some(&sign)))
            };
            profile.quoted += usize::from(quoted().next().is_some());
            profile.spaced += usize::from(quoted().any(|(start, _, _)| start > 1 && row[start - 2] == b' '));
            // in this dialect the common mark is written as the single one
            profile.only_single += usize::from(quoted().next().is_some() && !begins(b'\''));
            profile.formulas += usize::from(fields.iter().any(|field| formula(field).is_some()));
        });
        profile
    }

    /// True where nearly all rows have one of two widths, and half of them the signs of the dialect.
    fn fits(&self, widths: [usize; 2], signs: usize) -> bool {
        let rows = self.widths.len();
        let fitting = self.widths.iter().filter(|width| widths.contains(width)).count();
        rows > 1 && widths[1] > 1 && fitting * 10 >= rows * 9 && signs > 0 && signs * 2 >= rows - 1
    }
}

/// What is inside `="…"`, written without marks around it or within some.
fn formula(field: &[u8]) -> Option<&[u8]> {
    let within = || field.strip_prefix(b"=\"").and_then(|rest| rest.strip_suffix(b"\""));
    field.strip_prefix(b"\x01").or_else(within)
}

/// How many names there are in `"outlet" "date" "text"`, with single spaces between them.
fn names_between_spaces(line: &[u8]) -> Option<usize> {
    let inner = line.strip_prefix(b"\"")?.strip_suffix(b"\"")?;
    let inner = String::from_utf8_lossy(inner);
    let is_name = |name: &str| !name.is_empty() && name.len() < 40 && !name.contains('"');
    inner.split("\" \"").all(is_name).then(|| inner.split("\" \"").count())
}
