//! Opens the rows of a table.
//!
//! In: a file, what its head shows, the layout of its columns. Out: its [`Records`].
//! Invariant: what has to be converted first is converted as it was when the plan was made.
//! It deliberately decides nothing: the form of a file is told before any row is read.

use super::columns::{Layout, Role};
use super::convert::{self, Convert, Converted};
use super::delimited::{self, Delimited};
use super::files::InputFile;
use super::jsonl::Jsonl;
use super::mark::Within;
use super::sniff::Form;
use super::source::{Head, InputStream, packing};
use super::table::Records;
use super::{Options, decode, parquet};
use crate::error::{Place, Problem};
use crate::text::encoding;
use std::cell::Cell;

/// The rows of a table, as its form says; from a place within them where one is told.
pub(super) fn open(
    (found, convert, within): (&InputFile, Option<Convert>, Option<Within>),
    (stream, head): (&InputStream, &Head),
    form: Form,
    layout: &Layout,
    names: Vec<String>,
    options: &Options,
) -> Result<Box<dyn Records + Send>, Box<Problem>> {
    let failed = |why: String| Box::new(delimited::damaged(Place::file(found.name.as_str()), &why));
    let asides = Cell::new(Vec::new());
    let bytes = || -> Result<Box<dyn std::io::Read + Send>, Box<Problem>> {
        let Some(convert) = convert else { return stream.table(head).map_err(|error| failed(error.to_string())) };
        // the head is that of what it is converted to, which is not packed
        let unpacked = stream.unpacked(packing(&found.path)).map_err(|error| failed(error.to_string()))?;
        let declared = options.encoding.as_deref().and_then(encoding::by_name);
        let whole = convert::whole(unpacked, head.packing).and_then(|bytes| convert.convert(bytes, declared));
        let Converted { bytes, asides: of_rows, .. } = whole.map_err(failed)?;
        asides.set(of_rows);
        Ok(Box::new(std::io::Cursor::new(bytes)))
    };
    let text = || match layout.text_parts.as_slice() {
        [] => layout.column(Role::Text).into_iter().collect(),
        parts => parts.to_vec(),
    };
    match form {
        Form::Parquet => {
            Ok(parquet::rows(&found.path, &found.name, within.map_or(0, |row| row.at), &text()).map_err(failed)?)
        }
        Form::Jsonl => {
            let mut table = Jsonl::open(bytes()?, None, names, &text(), &found.name);
            within.into_iter().for_each(|within| table.begin_at(within));
            Ok(super::asides::with(Box::new(table), asides.take()))
        }
        Form::Json(target) => Ok(Box::new(Jsonl::open(bytes()?, Some(target), names, &text(), &found.name))),
        Form::Delimited(shape) => {
            let start = decode::as_utf8(head);
            if let Some(within) = within {
                let quoting = options.quoting;
                return Ok(Box::new(Delimited::open_at(within, bytes()?, &start, shape, quoting, &found.name)));
            }
            let table = Delimited::open(bytes()?, &start, shape, options.quoting, &found.name);
            Ok(Box::new(table.map_err(|error| failed(error.to_string()))?))
        }
        Form::Text | Form::Page | Form::Export { .. } | Form::Packed(_) | Form::Refused(_) => {
            Err(failed("no table".to_string()))
        }
    }
}
