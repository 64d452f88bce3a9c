//! Rows of CSV and TSV files, with the place of every field.
//!
//! In: text and a separator. Out: rows of fields, each with line and column.
//! Invariant: a field knows where it stands; quotes work as RFC 4180 says, and a stray quote is text.
//! It deliberately does not know what the columns mean.

/// One field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Field {
    pub text: String,
    pub line: u32,
    pub column: u32,
}

/// Rows, and where a quotation mark was opened that is never closed.
pub(super) type Rows = (Vec<Vec<Field>>, Option<(u32, u32)>);

/// The fields of each row that is not blank. `quotes` is false for lists in which a quotation mark is a character.
pub(super) fn rows(text: &str, separator: char, quotes: bool) -> Rows {
    let mut found = Vec::new();
    let mut row = Vec::new();
    let mut field = Field { line: 1, column: 1, ..Field::default() };
    let (mut line, mut column) = (1, 1);
    let (mut quoted, mut fresh) = (false, true);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        column += 1;
        let ends_line = c == '\n' || (c == '\r' && next != Some('\n'));
        if ends_line {
            (line, column) = (line + 1, 1);
        }
        if quoted {
            match (c, next) {
                ('"', Some('"')) => {
                    field.text.push('"');
                    chars.next();
                    column += 1;
                }
                ('"', _) => quoted = false,
                _ => field.text.push(c),
            }
        } else if quotes && c == '"' && fresh {
            quoted = true;
        } else if c == separator || ends_line {
            row.push(std::mem::replace(&mut field, Field { text: String::new(), line, column }));
            if ends_line {
                push_row(&mut found, &mut row);
            }
            fresh = true;
            continue;
        } else if c != '\r' {
            field.text.push(c);
        }
        fresh = false;
    }
    row.push(field);
    let open = quoted.then(|| row.last().map_or((1, 1), |field| (field.line, field.column)));
    push_row(&mut found, &mut row);
    (found, open)
}

fn push_row(found: &mut Vec<Vec<Field>>, row: &mut Vec<Field>) {
    let row = std::mem::take(row);
    if row.iter().any(|field| !field.text.trim().is_empty()) {
        found.push(row);
    }
}
