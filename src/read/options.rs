//! How a corpus is to be read.

use super::{DateOrder, Headline};
use clap::ValueEnum;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What the user told about the corpus; what is not told is guessed, and the guess is a note.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Column that holds the text; several, with commas between them, are joined.
    pub text: Option<String>,
    /// Column that holds the outlet.
    pub outlet: Option<String>,
    /// Column that holds the day of publication.
    pub date: Option<String>,
    /// Column that holds the title.
    pub title: Option<String>,
    /// Column that holds the id.
    pub id: Option<String>,
    /// Column that holds the language.
    pub language: Option<String>,
    /// Column that holds the address.
    pub url: Option<String>,
    /// Outlet → the names that are folded into it, whatever their case and white space.
    pub aliases: BTreeMap<String, Vec<String>>,
    /// How `3/4/2022` is read; `None`: not at all.
    pub date_order: Option<DateOrder>,
    /// Encoding of files that are not UTF-8, as a label (`windows-1251`); `None`: guessed.
    pub encoding: Option<String>,
    /// What is done with rows whose quotation marks break the rules.
    pub quoting: Quoting,
    /// Tables have no header.
    pub no_header: bool,
    /// Cells that mean that there is nothing; `None`: `NA`, `NaN`, `NULL`, `None`, `-` and their kin.
    pub missing: Option<Vec<String>>,
    /// What is done with titles that stand beside their texts.
    pub headline: Headline,
    /// Files with further layouts of exports (TOML, as in `lexicons/exports/`).
    pub exports: Vec<String>,
    /// Pattern of the lines between the articles of a text file; `None`: a text file is one article, unless it is an export.
    pub split: Option<String>,
    /// Which articles are wanted, as a condition; `None`: all.
    pub only: Option<String>,
    /// How many of them, drawn by `seed`; `None`: all.
    pub sample: Option<usize>,
    /// Seed of the draw: the study's.
    #[serde(skip)]
    pub seed: u64,
    /// How paths below the corpus folder say outlet, date and title (`{outlet}/{date}_{title}.txt`); `None`: they say nothing.
    pub path: Option<String>,
    /// Columns that are kept as further columns although they have a role: those that the study groups by.
    #[serde(skip)]
    pub also: Vec<String>,
}

/// What is done with rows of delimited tables whose quotation marks break RFC 4180.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Quoting {
    /// Choose the reading that gives the right number of fields, with a warning. Text that RFC 4180 allows is read differently only if the
    /// lines of a field are clearly rows.
    #[default]
    Weigh,
    /// RFC 4180 and nothing else: a row that breaks it is a problem.
    Strict,
    /// As `weigh`, but a field whose lines all look like rows is always read as rows.
    Repair,
}
