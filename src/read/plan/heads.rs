//! What the first bytes of a file show.

use crate::read::decode::{self, Charset};
use crate::read::files::Kind;
use crate::read::json::{self, Target};
use crate::read::sniff::Form;

/// True where a JSON object ends in these bytes.
pub(super) fn has_object(start: &[u8]) -> bool {
    let mut objects = json::Objects::new(Box::new(std::io::Cursor::new(start.to_vec())), Some(Target::Top));
    let closed = |object: Vec<u8>| serde_json::from_slice::<serde_json::Value>(&object).is_ok();
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
