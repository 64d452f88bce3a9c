//! What the first bytes of a file show.

use super::Maker;
use crate::error::Problem;
use crate::read::convert::segments::Rows;
use crate::read::convert::{self, Convert};
use crate::read::decode::{self, Charset};
use crate::read::files::{InputFile, Kind};
use crate::read::json::{self, Target};
use crate::read::sniff::{self, Form};
use crate::read::source::{HEAD_BYTES, Head, MAX_ARTICLE_BYTES};

/// So far a text or page is looked at for the signs of an export.
const EXPORT_BYTES: u64 = 2 << 20;

impl Maker<'_> {
    /// The head of a table, with at least one whole JSON object in it.
    pub(super) fn table_head(&self, found: &InputFile) -> Result<Head, Vec<Problem>> {
        let mut limit = HEAD_BYTES;
        loop {
            let head = self.look(found, limit)?;
            let start = head.bytes.trim_ascii_start();
            let json = found.kind == Kind::Jsonl || matches!(start.first(), Some(b'{' | b'['));
            let no_line = memchr::memchr(b'\n', start).is_none() && found.kind == Kind::Jsonl;
            let short = json && (no_line || start.first() != Some(&b'<') && !has_object(start));
            // a header may be longer than a head
            let is_table = matches!(found.kind, Kind::Delimited { .. });
            let short = short || is_table && memchr::memchr2(b'\n', b'\r', start).is_none();
            if !short || (head.bytes.len() as u64) < limit || limit > MAX_ARTICLE_BYTES {
                return Ok(head);
            }
            limit = (limit * 16).min(MAX_ARTICLE_BYTES + 1);
        }
    }

    /// A text or page that its first bytes do not show to be an export.
    pub(super) fn longer(&self, found: &InputFile, head: &Head, form: Form) -> Result<Form, Vec<Problem>> {
        let is_cut = head.bytes.len() as u64 >= HEAD_BYTES;
        if !is_cut || !matches!(form, Form::Text | Form::Page) {
            return Ok(form);
        }
        Ok(sniff::longer(form, &self.look(found, EXPORT_BYTES)?, &self.layouts))
    }

    /// Pieces of transcripts, unless the user says which column is the text of an article.
    pub(super) fn pieces(&self, head: &Head, form: Form) -> Form {
        let bytes = || decode::as_utf8(head);
        let is_json = matches!(form, Form::Jsonl | Form::Json(_));
        let rows = match &form {
            Form::Delimited(shape) if shape.delimiter == b'\t' => Rows::Tabs,
            Form::Delimited(_) => Rows::Commas,
            Form::Text if memchr::memchr(b'\t', &head.bytes).is_some() => Rows::Tabs,
            Form::Jsonl => Rows::Lines,
            Form::Json(_) => Rows::List,
            _ => return form,
        };
        if self.options.text.is_some() || self.options.no_header {
            return form;
        }
        if is_json && !convert::segments::may_be_one(&head.bytes) {
            return form;
        }
        let lines = convert::segments::is_one(&bytes(), rows);
        if is_json && lines != Some(true) && convert::recordings::is_one(&bytes(), lines.is_some()) {
            return Form::Packed(Convert::Recordings);
        }
        // lists inside objects that are articles are theirs
        let is_inside = matches!(&form, Form::Json(target) if convert::recordings::above(target).is_some());
        let lines = lines.filter(|&names_recordings| names_recordings || !is_inside);
        lines.map_or(form, |lines| Form::Packed(Convert::Segments { rows, lines }))
    }
}

/// True where a JSON object ends in these bytes.
pub(super) fn has_object(start: &[u8]) -> bool {
    let mut objects = json::Objects::new(Box::new(std::io::Cursor::new(start.to_vec())), Some(Target::Top));
    let closed = |object: Vec<u8>| json::parse(&object).is_ok();
    let top = objects.next_object().ok().flatten().is_some_and(closed);
    top || json::target(start).is_some_and(|target| {
        let mut objects = json::Objects::new(Box::new(std::io::Cursor::new(start.to_vec())), Some(target));
        objects.next_object().ok().flatten().is_some_and(closed)
    })
}

/// The kind of file that a form is.
pub(super) fn kind_of(form: &Form) -> Kind {
    match form {
        Form::Text | Form::Packed(_) | Form::Refused(_) => Kind::Text,
        // no row of a sidecar is about all of its articles
        Form::Export { .. } => Kind::Unknown,
        Form::Page => Kind::Page,
        Form::Delimited(shape) => Kind::Delimited { tab: shape.delimiter == b'\t' },
        Form::Jsonl | Form::Json(_) => Kind::Jsonl,
        Form::Parquet => Kind::Parquet,
    }
}

pub(super) fn has_front_matter(start: &[u8]) -> bool {
    match decode::charset(start, None) {
        Charset::Utf16Le | Charset::Utf16Be => true,
        Charset::Utf8 { mark: true } => start[3..].starts_with(b"---"),
        Charset::Utf8 { mark: false } | Charset::Other(_) => start.starts_with(b"---"),
    }
}
