//! What a table is: each column with its name, type, unit, meaning, and what fills it.
//!
//! In: rows of one type. Out: a polars DataFrame with the columns that the table describes, in their order.
//! Invariant: a column is one line of [`table!`], so its description and its cells cannot come apart; an empty text is a missing one;
//! no two columns of a table have one name.
//! It deliberately knows no table: each is described beside its rows.

use crate::read::Date;
use crate::statistics::Measured;
use polars::prelude::*;
use std::borrow::Cow;

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dtype {
    /// Text.
    Text,
    /// A whole number, in 64 bits.
    Integer,
    /// A number; in CSV with a decimal point, so that no reader takes it for a whole one.
    Real,
    /// `true` or `false`.
    Flag,
    /// A day.
    Date,
}

impl Dtype {
    /// For people.
    pub fn name(self) -> &'static str {
        match self {
            Dtype::Text => "text",
            Dtype::Integer => "integer",
            Dtype::Real => "real",
            Dtype::Flag => "flag",
            Dtype::Date => "date",
        }
    }

    /// As polars has it.
    pub(super) fn polars(self) -> DataType {
        match self {
            Dtype::Text => DataType::String,
            Dtype::Integer => DataType::Int64,
            Dtype::Real => DataType::Float64,
            Dtype::Flag => DataType::Boolean,
            Dtype::Date => DataType::Date,
        }
    }
}

/// A column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Name in the header.
    pub name: &'static str,
    /// What its cells hold.
    pub dtype: Dtype,
    /// Unit, or `text`.
    pub unit: &'static str,
    /// What it says.
    pub about: &'static str,
}

/// What a table is, and its columns.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// File name.
    pub file: &'static str,
    /// One sentence.
    pub about: &'static str,
    /// Whether the columns of the grouping (`outlet` unless told otherwise) come first.
    pub by_group: bool,
    /// The columns.
    pub columns: &'static [Column],
    /// Columns that depend on the run, in words; empty where there are none.
    pub further: &'static str,
}

impl Table {
    /// Its name: that of its file or its folder of files, such as `frames` or `hits`.
    pub fn name(&self) -> &'static str {
        self.file.split(['.', '/']).next().unwrap_or(self.file)
    }

    /// True for a file of this table: many lie in a folder, a file for each frame or lexicon.
    pub fn is_file(&self, name: &str) -> bool {
        match self.file.strip_suffix("/*.csv") {
            Some(folder) => {
                name.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/') && rest.ends_with(".csv"))
            }
            None => self.file == name,
        }
    }

    /// The names of all columns: those of the grouping, those described, those of the run. A name of the grouping or of the run that is
    /// taken gets `#2` behind it, so that no reader has to choose between two columns of one name.
    pub fn header(&self, dimensions: &[String], further: &[String]) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for name in if self.by_group { dimensions } else { &[] } {
            let mut free = format!("{name}{}", MARK.repeat(self.marks(name, &[])));
            while names.contains(&free) {
                free.push_str(MARK);
            }
            names.push(free);
        }
        let further: Vec<String> =
            further.iter().map(|name| format!("{name}{}", MARK.repeat(self.marks(name, &names)))).collect();
        names.extend(self.columns.iter().map(|column| column.name.to_string()));
        names.extend(further);
        names
    }

    /// What a name of the header behind the described columns was before [`Table::header`]; `before` are those in front of them.
    pub fn given<'n>(&self, name: &'n str, before: &[String]) -> &'n str {
        let marks = self.marks(name, before);
        name.strip_suffix(MARK.repeat(marks).as_str()).unwrap_or(name)
    }

    /// How many marks make a name free, however many it has: as many for every name that begins as it does, so that two stay two.
    fn marks(&self, name: &str, before: &[String]) -> usize {
        let base = name.trim_end_matches(MARK);
        let of_own = self.columns.iter().filter(|column| column.name == base).map(|_| 0);
        let of_before = before.iter().filter(|name| name.trim_end_matches(MARK) == base);
        let of_before = of_before.map(|name| (name.len() - base.len()) / MARK.len());
        of_own.chain(of_before).max().map_or(0, |most| most + 1)
    }
}

/// What a name gets that is taken.
const MARK: &str = "#2";

/// What fills a column, from rows of one type.
pub(super) enum Fill<R> {
    Text(for<'r> fn(&'r R) -> Option<Cow<'r, str>>),
    Integer(fn(&R) -> Option<i64>),
    Real(fn(&R) -> Option<f64>),
    Flag(fn(&R) -> Option<bool>),
    Date(fn(&R) -> Option<Date>),
}

/// A row of a table of estimates.
pub(super) trait TableRow: Sized {
    /// What it is a row of.
    const TABLE: &'static Table;

    /// One for each column of [`TableRow::TABLE`].
    fn fills() -> Vec<Fill<Self>>;
}

/// A row that is about a group of articles, or about all.
pub(super) trait GroupRow {
    /// Its label in a dimension of the grouping.
    fn label(&self, dimension: usize) -> &str;
}

/// Describes a table and says how rows of one type fill it: a line a column.
///
/// ```text
/// table! {
///     /// Docs.
///     NAME, "file.csv", by_group: true, rows: RowType<'_>, "what a row is",
///     Integer "hits" "hits" "what it says" |row| row.hits;
/// }
/// ```
macro_rules! table {
    (
        $(#[$doc:meta])*
        $name:ident, $file:literal, by_group: $by_group:literal, rows: $row:ty, $about:literal,
        $($dtype:ident $column:literal $unit:literal $meaning:literal |$r:ident| $fill:expr;)*
    ) => {
        $(#[$doc])*
        pub const $name: crate::results::Table = crate::results::Table {
            file: $file,
            about: $about,
            by_group: $by_group,
            columns: &[$(crate::results::Column {
                name: $column,
                dtype: crate::results::Dtype::$dtype,
                unit: $unit,
                about: $meaning,
            }),*],
            further: "",
        };

        impl crate::results::describe::TableRow for $row {
            const TABLE: &'static crate::results::Table = &$name;

            fn fills() -> Vec<crate::results::describe::Fill<Self>> {
                use crate::results::describe::{Fill, IntoCell as _};
                vec![$(Fill::$dtype(|$r| $fill.into_cell())),*]
            }
        }
    };
}
pub(super) use table;

/// What can stand in a cell of a type, or be missing.
pub(super) trait IntoCell<T> {
    fn into_cell(self) -> Option<T>;
}

/// Values of each type, and those that may be missing.
macro_rules! into_cell {
    ($($from:ty => $to:ty: |$value:ident| $how:expr;)*) => {
        $(
            impl<'r> IntoCell<$to> for $from {
                fn into_cell(self) -> Option<$to> {
                    let $value = self;
                    $how
                }
            }

            impl<'r> IntoCell<$to> for Option<$from> {
                fn into_cell(self) -> Option<$to> {
                    self.and_then(IntoCell::<$to>::into_cell)
                }
            }
        )*
    };
}

into_cell! {
    i64 => i64: |number| Some(number);
    u32 => i64: |number| Some(i64::from(number));
    u64 => i64: |number| i64::try_from(number).ok();
    usize => i64: |number| i64::try_from(number).ok();
    f64 => f64: |number| number.is_finite().then_some(number);
    Measured => f64: |measured| measured.value();
    bool => bool: |flag| Some(flag);
    Date => Date: |date| Some(date);
    &'r str => Cow<'r, str>: |text| (!text.is_empty()).then_some(Cow::Borrowed(text));
    &'r String => Cow<'r, str>: |text| (!text.is_empty()).then_some(Cow::Borrowed(text.as_str()));
    String => Cow<'r, str>: |text| (!text.is_empty()).then_some(Cow::Owned(text));
}

/// The rows as a DataFrame, behind the columns of the grouping where the table has them.
pub(super) fn frame_of<R: TableRow + GroupRow>(dimensions: &[String], rows: &[R]) -> PolarsResult<DataFrame> {
    let names = R::TABLE.header(dimensions, &[]);
    let groups = if R::TABLE.by_group { dimensions.len() } else { 0 };
    let label = |dimension: usize| {
        let labels = rows.iter().map(|row| row.label(dimension)).map(|label| (!label.is_empty()).then_some(label));
        StringChunked::from_iter_options(names[dimension].as_str().into(), labels).into_column()
    };
    let labels = (0..groups).map(label);
    let own = R::fills().into_iter().zip(&names[groups..]).map(|(fill, name)| filled(name, &fill, rows));
    DataFrame::new(rows.len(), labels.chain(own).collect())
}

fn filled<R>(name: &str, fill: &Fill<R>, rows: &[R]) -> polars::prelude::Column {
    let name = PlSmallStr::from(name);
    match fill {
        Fill::Text(of) => StringChunked::from_iter_options(name, rows.iter().map(of)).into_column(),
        Fill::Integer(of) => Int64Chunked::from_iter_options(name, rows.iter().map(of)).into_column(),
        Fill::Real(of) => Float64Chunked::from_iter_options(name, rows.iter().map(of)).into_column(),
        Fill::Flag(of) => BooleanChunked::from_iter_options(name, rows.iter().map(of)).into_column(),
        Fill::Date(of) => dates(name, rows.iter().map(of)),
    }
}

/// A column of days.
pub(super) fn dates(name: PlSmallStr, dates: impl Iterator<Item = Option<Date>>) -> polars::prelude::Column {
    let days = dates.map(|date| date.map(|date| date.days()));
    Int32Chunked::from_iter_options(name, days).into_date().into_column()
}
