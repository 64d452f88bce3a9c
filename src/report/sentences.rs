//! Every counted hit in its words, for the page: JavaScript beside it, which it loads when somebody asks, as a page that is opened from a
//! disk may load nothing else.
//!
//! In: counted hits of each shard, unit by unit, in order. Out: `sentences/<unit>.js`, `sentences/<unit>-2.js`, …; those of rival labels in
//! `sentences/labels/`, those of sentiment lexicons, of some articles of each group, in `sentences/sentiment/`.
//! Invariant: a line is an article; what lies in which file depends on the hits alone, not on shards; a text is only ever data: `<`, `>` and `&` are
//! escaped, so that the same bytes may stand inside a page.
//! It deliberately ends at [`LONGEST`] bytes of a unit: the page says so, and the tables of hits go on.

use super::folder::{Folder, Making};
use super::hits::Piecewise;
use super::passage::Passage;
use super::rows::{HitRow, outlet};
use super::sheet::rows;
use crate::aggregate::GroupId;
use crate::count::ArticleStatus;
use crate::error::Result;
use crate::lookup::Plan;
use crate::read::Article;
use crate::text::Language;
use crate::voice::Verdict;
use serde::{Deserialize, Serialize};
use std::io::{self, Write};

/// Where the files lie.
pub(super) const FOLDER: &str = "sentences/";

/// The files of rival labels, and the folder of those of sentiment lexicons.
pub(super) const LABELS: &str = "labels/labels";
pub(super) const TONES: &str = "sentiment/";

/// Articles of a group whose hits of sentiment lexicons are shown in their words: nearly every sentence has one.
const ARTICLES_WITH_TONES: u32 = 40;

/// Bytes of a file, but for the article that reaches beyond.
const FILE: usize = 1 << 20;

/// Bytes of all files of a unit.
const LONGEST: usize = 64 << 20;

/// What a file begins and ends with.
const BEGIN: &str = "framescopeSentences([\n";
const END: &str = "]);\n";

/// What the sentences of a label are filed under.
pub(super) fn unit_of_label(referent: &str, label: &str) -> String {
    format!("label:{referent}:{label}")
}

/// What the sentences of a sentiment lexicon are filed under.
pub(super) fn unit_of_tone(plan: &Plan<'_>) -> String {
    format!("sentiment:{}", name_of_plan(plan))
}

/// The name of a plan of sentiment: two lists that are one lexicon have one table.
pub(super) fn name_of_plan(plan: &Plan<'_>) -> String {
    let names: Vec<&str> = plan.lexicons().iter().map(|lexicon| lexicon.name.as_str()).collect();
    names.join("+")
}

/// Whether the hits of sentiment lexicons in an article are shown in their words: of a large group, those of articles drawn by their
/// identifiers are.
pub(super) fn shows_tones(article: &Article, status: &ArticleStatus<'_>) -> bool {
    let all = status.articles_of_group;
    let lot = || u64::from_le_bytes(*blake3::hash(article.id.as_bytes()).as_bytes().first_chunk().unwrap_or(&[0; 8]));
    status.is_shown && (all <= ARTICLES_WITH_TONES || lot() % u64::from(all) < u64::from(ARTICLES_WITH_TONES))
}

/// A hit in its words.
pub(super) struct Quoted<'r> {
    pub(super) article: &'r Article,
    /// The frame, or what else it is filed under.
    pub(super) frame: &'r str,
    pub(super) entry: &'r str,
    pub(super) verdict: &'r Verdict,
    pub(super) passage: &'r Passage<'r>,
}

impl<'r> Quoted<'r> {
    /// A hit of a frame.
    pub(super) fn of_row(row: &'r HitRow<'_>) -> Quoted<'r> {
        let (verdict, passage) = (&row.hit.verdict, &row.passage);
        Quoted { article: row.article, frame: row.frame, entry: &row.entry.text, verdict, passage }
    }
}

/// The counted hits of one unit of one shard, a line for each article.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct SentenceRows {
    #[serde(with = "rows")]
    lines: Vec<u8>,
    /// The article whose line is not ended.
    #[serde(skip)]
    article: Option<usize>,
}

impl SentenceRows {
    /// Adds a hit of the article of this number, which belongs to a group.
    pub fn add(&mut self, number: usize, hit: &Quoted<'_>, group: GroupId, language: Language) {
        if self.article == Some(number) {
            self.lines.push(b',');
        } else {
            self.end();
            self.article = Some(number);
            let article = hit.article;
            let date = article.date.map(|date| date.to_string()).unwrap_or_default();
            let language = if language == Language::UNKNOWN { String::new() } else { language.to_string() };
            let about =
                (&article.id, outlet(article), date, &article.title, &article.url, language, &article.file, group);
            self.put(&about);
            // the list of its hits is the last item of its own
            self.lines.pop();
            self.lines.extend_from_slice(b",[");
        }
        let Quoted { frame, entry, verdict, passage, .. } = hit;
        let flags: Vec<&str> = super::examples::flags(verdict, passage).collect();
        let words = (&passage.left, passage.surface, &passage.right);
        self.put(&(frame, entry, words, verdict.voice.name(), flags, passage.bytes, passage.sentence));
    }

    fn put(&mut self, value: &impl Serialize) {
        // memory takes everything
        for byte in serde_json::to_vec(value).unwrap_or_default() {
            match byte {
                b'<' => self.lines.extend_from_slice(b"\\u003c"),
                b'>' => self.lines.extend_from_slice(b"\\u003e"),
                b'&' => self.lines.extend_from_slice(b"\\u0026"),
                _ => self.lines.push(byte),
            }
        }
    }

    /// Ends the line of the last article.
    pub fn end(&mut self) {
        if self.article.take().is_some() {
            self.lines.extend_from_slice(b"]]\n");
        }
    }
}

/// The files of one unit on their way.
pub(super) struct SentenceFiles {
    folder: Making,
    unit: String,
    number: usize,
    file: Option<Piecewise>,
    /// Bytes in the open file, and in all.
    bytes: (usize, usize),
    done: Vec<(String, u64, String)>,
}

/// Bytes of sentences that wait to be written: there may be thousands of units.
const PIECE: usize = 1 << 14;

impl SentenceFiles {
    /// Of a unit with this file name; a file is made when there is a hit.
    pub fn begin(folder: &Folder, unit: &str) -> SentenceFiles {
        let (folder, unit) = (folder.making(), unit.to_string());
        SentenceFiles { folder, unit, number: 0, file: None, bytes: (0, 0), done: Vec::new() }
    }

    fn name(&self) -> String {
        file_name(&self.unit, self.number)
    }

    /// Adds the rows of the next shard.
    pub fn take(&mut self, folder: &Folder, rows: &SentenceRows) -> Result<()> {
        for line in rows.lines.split_inclusive(|&byte| byte == b'\n') {
            if self.bytes.1 < LONGEST {
                self.line(line).map_err(|error| folder.problem(&self.name(), &error))?;
            }
        }
        Ok(())
    }

    fn line(&mut self, line: &[u8]) -> io::Result<()> {
        if self.bytes.0 >= FILE {
            self.close()?;
        }
        let file = match &mut self.file {
            Some(file) => {
                file.write_all(b",")?;
                file
            }
            None => {
                self.number += 1;
                let name = self.name();
                let file = self.file.insert(Piecewise::new(&self.folder, name, PIECE));
                file.write_all(BEGIN.as_bytes())?;
                file
            }
        };
        file.write_all(line)?;
        self.bytes = (self.bytes.0 + line.len(), self.bytes.1 + line.len());
        Ok(())
    }

    fn close(&mut self) -> io::Result<()> {
        if let Some(mut file) = self.file.take() {
            file.write_all(END.as_bytes())?;
            self.done.push(file.finish()?);
        }
        self.bytes.0 = 0;
        Ok(())
    }

    /// Takes the files away again: nobody will ask for them.
    pub fn discard(mut self, folder: &Folder) -> Result<()> {
        self.close().map_err(|error| folder.problem(&self.name(), &error))?;
        self.done.iter().try_for_each(|(name, ..)| folder.unlink(name))
    }

    /// Ends the files.
    pub fn finish(mut self, folder: &mut Folder) -> Result<()> {
        self.close().map_err(|error| folder.problem(&self.name(), &error))?;
        self.done.into_iter().for_each(|(name, bytes, digest)| folder.add(name, bytes, digest));
        Ok(())
    }
}

/// The name of a file of a unit, from 1.
fn file_name(unit: &str, number: usize) -> String {
    match number {
        0 | 1 => format!("{FOLDER}{unit}.js"),
        _ => format!("{FOLDER}{unit}-{number}.js"),
    }
}

/// The files of a unit among those of a run, in order.
pub(super) fn files_of(unit: &str, is_there: impl Fn(&str) -> bool) -> Vec<String> {
    (1..).map(|number| file_name(unit, number)).take_while(|name| is_there(name)).collect()
}

/// The articles of a file as JSON; none where it is no file of ours.
pub(super) fn json_of(file: &str) -> Option<String> {
    Some(format!("[{}]", file.strip_prefix(BEGIN)?.strip_suffix(END)?))
}
