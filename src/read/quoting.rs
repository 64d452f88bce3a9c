//! Fields of one row of a delimited table.
//!
//! In: the lines of a row, as far as they have been read. Out: its fields, or that the row goes on; and where its quoting breaks RFC 4180.
//! Invariant: what RFC 4180 allows is read as it says. Where a mark breaks the rule it stands for itself, and the place is kept.
//! It deliberately decides nothing: [`super::delimited`] weighs one reading against another by their fields. (The crate `csv` closes
//! the field at such a mark and says nothing.)

use super::lines::bare;

/// Rules of one reading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Rules {
    /// `\"` is a mark inside a field.
    pub backslash: bool,
    /// A quoted field ends on its line; where it does not, its opening mark is a letter like others.
    pub line: bool,
    /// White space before an opening mark is not part of the field.
    pub space: bool,
}

/// The fields of a row.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields {
    bytes: Vec<u8>,
    ends: Vec<usize>,
    /// Where each lies in the text of the row, without the marks around it; and whether there are some.
    raw: Vec<(usize, usize, bool)>,
}

impl Fields {
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn get(&self, column: usize) -> Option<&[u8]> {
        let end = *self.ends.get(column)?;
        let start = column.checked_sub(1).map_or(0, |before| self.ends[before]);
        Some(&self.bytes[start..end])
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.len()).filter_map(|i| self.get(i))
    }

    pub(crate) fn clear(&mut self) {
        self.bytes.clear();
        self.ends.clear();
        self.raw.clear();
    }

    /// Forgets fields behind the first so many.
    pub(crate) fn truncate(&mut self, fields: usize) {
        self.ends.truncate(fields);
    }

    /// Adds empty fields.
    pub(crate) fn pad(&mut self, fields: usize) {
        let end = self.bytes.len();
        self.ends.resize(fields, end);
    }

    fn field_start(&self) -> usize {
        self.ends.last().copied().unwrap_or(0)
    }

    /// Where a field lies in the text of the row, without the marks around it; and whether there are some.
    pub(crate) fn raw(&self, column: usize) -> Option<(usize, usize, bool)> {
        self.raw.get(column).copied()
    }

    fn end_field(&mut self, start: usize, end: usize, is_quoted: bool) {
        self.ends.push(self.bytes.len());
        self.raw.push((start, end, is_quoted));
    }
}

/// How far a row has been read. It can be gone on with when its text has grown by a line.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Split {
    at: usize,
    quoted: bool,
    /// Where the field that is open was opened.
    pub opened: usize,
    /// The first mark inside a quoted field that neither closes it nor is doubled.
    pub broke: Option<usize>,
}

impl Split {
    /// Reads on; false where the text ends inside a quoted field.
    pub(crate) fn run(&mut self, text: &[u8], delimiter: u8, rules: Rules, fields: &mut Fields) -> bool {
        loop {
            if self.quoted {
                match self.quoted_field(text, delimiter, rules, fields) {
                    Next::Open if rules.line => self.unquote(text, delimiter, fields),
                    Next::Open => return false,
                    Next::Field => {}
                    Next::Row => return true,
                }
                if self.at > text.len() {
                    return true;
                }
                continue;
            }
            if rules.space {
                let spaces = text[self.at..].iter().take_while(|&&byte| byte == b' ').count();
                if text.get(self.at + spaces) == Some(&b'"') {
                    self.at += spaces;
                }
            }
            if text.get(self.at) == Some(&b'"') {
                self.quoted = true;
                self.opened = self.at;
                self.at += 1;
                continue;
            }
            if !self.plain_field(text, delimiter, fields) {
                return true;
            }
        }
    }

    /// A field up to the delimiter; false where the line ends with it.
    fn plain_field(&mut self, text: &[u8], delimiter: u8, fields: &mut Fields) -> bool {
        let rest = &text[self.at..];
        let line = match memchr::memchr2(delimiter, b'\n', rest) {
            Some(end) if rest[end] == delimiter => {
                fields.bytes.extend_from_slice(&rest[..end]);
                fields.end_field(self.at, self.at + end, false);
                self.at += end + 1;
                return true;
            }
            Some(end) => &rest[..=end],
            None => rest,
        };
        fields.bytes.extend_from_slice(bare(line));
        fields.end_field(self.at, self.at + bare(line).len(), false);
        self.at = text.len() + 1;
        false
    }

    fn quoted_field(&mut self, text: &[u8], delimiter: u8, rules: Rules, fields: &mut Fields) -> Next {
        loop {
            let rest = text.get(self.at..).unwrap_or_default();
            let Some(mark) = memchr::memchr(b'"', rest) else {
                fields.bytes.extend_from_slice(rest);
                self.at = text.len();
                return Next::Open;
            };
            fields.bytes.extend_from_slice(&rest[..mark]);
            let mark = self.at + mark;
            if rules.backslash && text[mark - 1] == b'\\' && mark - 1 > self.opened {
                fields.bytes.pop();
                fields.bytes.push(b'"');
                self.at = mark + 1;
                continue;
            }
            let mut after = &text[mark + 1..];
            if rules.space {
                after = &after[after.iter().take_while(|&&byte| byte == b' ').count()..];
            }
            match after.first() {
                Some(b'"') => {
                    fields.bytes.push(b'"');
                    self.at = mark + 2;
                }
                Some(&byte) if byte == delimiter => {
                    fields.end_field(self.opened + 1, mark, true);
                    self.at = text.len() - after.len() + 1;
                    self.quoted = false;
                    return Next::Field;
                }
                _ if bare(after).is_empty() => {
                    fields.end_field(self.opened + 1, mark, true);
                    self.at = text.len() + 1;
                    self.quoted = false;
                    return Next::Row;
                }
                _ => {
                    self.broke = self.broke.or(Some(mark));
                    fields.bytes.push(b'"');
                    self.at = mark + 1;
                }
            }
        }
    }

    /// Takes the open field as one without marks.
    fn unquote(&mut self, text: &[u8], delimiter: u8, fields: &mut Fields) {
        let start = fields.field_start();
        fields.bytes.truncate(start);
        self.quoted = false;
        self.at = self.opened;
        self.plain_field(text, delimiter, fields);
    }
}

enum Next {
    Open,
    Field,
    Row,
}

/// How many fields a line has where a quoted one may open behind spaces.
pub(crate) fn of_line_spaced(line: &[u8], delimiter: u8) -> usize {
    let mut fields = Fields::default();
    let rules = Rules { line: true, space: true, ..Rules::default() };
    Split::default().run(line, delimiter, rules, &mut fields);
    fields.len()
}

/// The fields of one line, quoted fields ending on it.
pub(crate) fn of_line(line: &[u8], delimiter: u8, fields: &mut Fields) {
    fields.clear();
    let rules = Rules { line: true, ..Rules::default() };
    Split::default().run(line, delimiter, rules, fields);
}
