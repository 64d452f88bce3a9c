//! Lexicons: the project's own form, and those that people already have.
//!
//! In: the bytes of a lexicon file. Out: a [`Lexicon`], or every problem with its file, line and column.
//! Invariant: no entry is dropped in silence: what is not kept has a row in the import report.
//! It deliberately does not match: `lookup` does.

mod build;
pub mod check;
mod circles;
mod clues;
mod columns;
mod delimited;
mod digest;
mod document;
mod emoji;
mod fields;
mod file_names;
mod finish;
mod glob;
mod inquirer;
mod json;
mod json_tables;
mod kept;
pub(crate) mod keys;
mod lexicoder;
mod lines;
pub mod lint;
mod lists;
mod liwc;
mod model;
mod names;
mod native;
mod notes;
mod open;
mod operators;
mod pattern;
mod polarity;
mod report;
mod roles;
mod scored;
mod senses;
mod set;
mod shape_option;
mod shaped_table;
mod shipped;
pub mod show;
mod signs;
mod sniff;
mod table;
mod tags;
mod tree;
mod validation;
mod weight;
mod words;
mod wordstat;
pub mod write;
mod yaml;
mod yaml_tree;
mod yoshikoder;

pub use document::{parse_native, tables_mut};
pub use emoji::Emoji;
pub use file_names::shown;
pub use kept::{Kept, MadeOf};
pub use model::{
    Class, Direction, Entry, Frame, Function, Kind, LabelSet, Lexicon, MatchMode, Operand, Overlap, Pattern, Scope,
    Target, Word,
};
pub use polarity::{are_partners, has_polarities, has_zero, sign_of};
pub use report::{ImportReport, ReportRow};
pub use set::{Set, files};
pub use shipped::{shipped, shipped_names};
pub use sniff::Format;
pub use validation::{
    Share, VALIDATION_FILE, ValidatedEntry, ValidatedFrame, Validation, ValidationFile, entries_of, entry_key,
    read as read_validation,
};

use sniff::Sniffed;

use crate::error::{Place, Problem, Result};
use crate::text::{Fold, Language, encoding};
use crate::tokenise::is_recognised;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// How to read a lexicon.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Skip, with a row in the report, what would otherwise refuse the file.
    pub lenient: bool,
    /// The form of the file, where it should not be guessed.
    pub format: Option<Format>,
    /// The encoding of the file, where it should not be guessed (`windows-1251`).
    pub encoding: Option<String>,
    /// What the columns of a table are, where they should not be guessed (`term=word, weight=valence, category=-`).
    pub shape: Option<String>,
    /// Match mode of entries that give none, whatever the file says.
    pub mode: Option<MatchMode>,
    /// Overlap rule, whatever the file says.
    pub overlap: Option<Overlap>,
    /// The language, whatever the file says.
    pub language: Option<Language>,
    /// How far spellings of entries and of articles are made the same.
    pub fold: Fold,
    /// Read the descriptions of emoji that lie beside a lexicon of VADER's; a run reads them where it scores by VADER's rules.
    #[serde(skip)]
    pub emoji: bool,
    /// The folder that results name files from: that of the study.
    #[serde(skip)]
    pub folder: Option<PathBuf>,
    /// The folder in which paths were typed, where that is not the current one; they are then absolute.
    #[serde(skip)]
    pub typed_in: Option<PathBuf>,
}

impl Options {
    /// How results name a file.
    pub fn shown(&self, path: &str) -> String {
        match &self.folder {
            Some(folder) => shown(Some(folder), path),
            None => shown(None, self.typed(path)),
        }
    }

    /// A path as it was typed.
    fn typed<'a>(&self, path: &'a str) -> &'a str {
        // as text: `./coup.toml` is shown with its dot
        let below = self.typed_in.as_ref().and_then(|folder| path.strip_prefix(folder.join("").to_str()?));
        below.unwrap_or(path)
    }
}

/// The text of an entry without escapes and marks, as a program wants it that compares whole tokens.
pub fn plain(entry: &Entry) -> String {
    pattern::plain(&entry.text)
}

/// True where a text tells what the columns of a table are: `term=word, weight=valence`.
pub fn is_shape(text: &str) -> bool {
    shape_option::parse(text).is_ok()
}

/// True where one of the lexicons is for articles in this language. What no lexicon is for is missing, not zero. An article whose language
/// was not recognised may be in one that never is.
pub fn covers(lexicons: &[Lexicon], language: Language) -> bool {
    let may_be = |of: Language| of == language || language == Language::UNKNOWN && !is_recognised(of);
    lexicons.is_empty() || lexicons.iter().any(|lexicon| lexicon.language.is_none_or(may_be))
}

/// Reads a lexicon file.
pub fn load(path: &str) -> Result<Lexicon> {
    load_with(path, &Options::default())
}

/// Reads a lexicon file, told how; a name of a shipped lexicon will do where no file is called so.
pub fn load_with(path: &str, options: &Options) -> Result<Lexicon> {
    load_by(path, options, &Kept::nothing())
}

/// [`load_with`], where it may have been read before.
fn load_by(path: &str, options: &Options, kept: &Kept<'_>) -> Result<Lexicon> {
    if !Path::new(path).exists()
        && let Some((file, text)) = shipped(path)
    {
        let own = Options { encoding: None, format: None, shape: None, ..options.clone() };
        return kept.parse(&file, text.as_bytes(), &own);
    }
    let bytes = open::bytes(path)?;
    let mut lexicon = kept.parse(path, &bytes, options)?;
    validation::read_beside(path, &mut lexicon);
    if options.emoji && lexicon.format == Format::Vader {
        lexicon.emoji = emoji::beside(path)?;
        lexicon.digest = digest::of_numbers(&lexicon);
    }
    Ok(lexicon)
}

/// Reads a lexicon from bytes; `file` is only a name.
pub fn parse(file: &str, bytes: &[u8]) -> Result<Lexicon> {
    parse_with(file, bytes, &Options::default())
}

/// Reads a lexicon from bytes, told how.
pub fn parse_with(file: &str, bytes: &[u8], options: &Options) -> Result<Lexicon> {
    let declared = match &options.encoding {
        Some(label) => Some(encoding::by_name(label).ok_or_else(|| {
            let problem =
                Problem::error("encoding-unknown", Place::file(file), format!("no encoding is called `{label}`"));
            problem.expected("a name such as utf-8, windows-1252, windows-1251, koi8-r, iso-8859-2, shift-jis")
        })?),
        None => None,
    };
    let decoded = encoding::decode(bytes, declared);
    let normal: String;
    let text = if is_nfc(&decoded.text) {
        decoded.text.as_ref()
    } else {
        normal = decoded.text.nfc().collect();
        normal.as_str()
    };
    if let Some(problem) = not_text(file, text) {
        return Err(problem.into());
    }
    let sniffed = options.format.map_or_else(|| sniff::sniff(open::unpacked_name(file), text), Sniffed::Form);
    let mut lexicon = match sniffed {
        Sniffed::Form(format) => read(file, text, format, options)?,
        Sniffed::Table => table::read(file, text, options, None)?,
        Sniffed::Nothing => {
            return Err(unknown_form(file, text).into());
        }
    };
    lexicon.digest = digest::of_numbers(&lexicon);
    lexicon.problems.splice(0..0, notes::encoding(file, bytes, &decoded));
    Ok(lexicon)
}

fn unknown_form(file: &str, text: &str) -> Problem {
    let problem = Problem::error("lexicon-form", Place::file(file), "no form of lexicon that is known");
    let problem = problem.expected(
        "TOML, a table, YAML, JSON, a list of words, or a dictionary of LIWC, WordStat, Yoshikoder, Lexicoder",
    );
    match sniff::not_of_a_list(text) {
        Some((line, content)) => problem.hint(format!(
            "a list of words has one word or phrase of up to four words a line, without signs; line {line} is `{}`",
            content.trim().chars().take(60).collect::<String>()
        )),
        None => {
            problem.hint("start from `[[frame]]` as in the shipped lexicons, or from a table `term,category,weight`")
        }
    }
}

fn read(file: &str, text: &str, format: Format, options: &Options) -> Result<Lexicon> {
    match format {
        Format::Toml => native::read(file, text, options),
        Format::Liwc => liwc::read(file, text, options),
        Format::WordStat => wordstat::read(file, text, options),
        Format::Yoshikoder | Format::Lexicoder2 => yoshikoder::read(file, text, format, options),
        Format::Lexicoder3 => lexicoder::read(file, text, options),
        Format::Yaml => yaml::read(file, text, options),
        Format::Json => json::read(file, text, options),
        Format::Mpqa => clues::read(file, text, options),
        Format::Vader | Format::NrcEmotion | Format::NrcVad | Format::SentiWs | Format::HuLiu => {
            scored::read(file, text, format, options)
        }
        Format::Csv
        | Format::Wide
        | Format::Long
        | Format::Ragged
        | Format::Rows
        | Format::Inquirer
        | Format::Scores
        | Format::SentiWordNet => table::read(file, text, options, Some(format)),
    }
}

/// Bytes that are no text at all: a picture, an archive, an encrypted dictionary.
fn not_text(file: &str, text: &str) -> Option<Problem> {
    let control = text.chars().filter(|&c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}')).count();
    if control * 50 <= text.chars().count() {
        return None;
    }
    let hint = if file.ends_with(".dic") || file.ends_with(".dicx") {
        "if it came with LIWC it is protected: only LIWC opens it; export it from there"
    } else {
        "give a lexicon file: TOML, CSV, .dic, .dicx, .cat, .ykd, .lc3, YAML, JSON"
    };
    Some(Problem::error("lexicon-binary", Place::file(file), "not a text").hint(hint))
}
