//! One cell of a table.

use crate::read::Date;

/// One cell; missing is not zero and not the empty text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Text.
    Text(&'a str),
    /// A whole number.
    Integer(i64),
    /// A number.
    Real(f64),
    /// True or false.
    Flag(bool),
    /// A day.
    Date(Date),
    /// Nothing.
    Missing,
}
