//! Tables with a row for each piece of a transcript, as programs that write down speech make them, and subtitles in tables.
//!
//! In: a table with a column of words between columns of when they begin and end. Out: the words as one running text; where other columns
//! name the recording, a line of JSON for each.
//! Invariant: a row is never an article, and no row is lost; recordings are those of the columns that name them, in the order of the file.
//! It deliberately looks at cells too: a table of events has columns called `start` and `end`, and years or days in them.

use super::cues::Said;
use super::push_line;
use crate::read::Options;
use crate::read::columns::{Role, means_text, role_of};
use crate::read::decode::text_of;
use crate::read::header::{self, Shape};
use crate::read::source::HEAD_BYTES;
use encoding_rs::Encoding;
use serde_json::{Map, Value};

/// Names of columns, in small letters, without signs and what stands in brackets.
const STARTS: &[&str] = &[
    "start",
    "starttime",
    "startms",
    "startsec",
    "startseconds",
    "starts",
    "begin",
    "begintime",
    "from",
    "timein",
    "timestart",
    "tstart",
    "tmin",
    "onset",
    "startoffset",
    "starttimestamp",
];
const ENDS: &[&str] = &[
    "end",
    "endtime",
    "endms",
    "endsec",
    "endseconds",
    "ends",
    "stop",
    "stoptime",
    "to",
    "timeout",
    "timeend",
    "tend",
    "tmax",
    "offset",
    "endoffset",
    "endtimestamp",
];
const LENGTHS: &[&str] = &["duration", "dur", "length"];
const TEXTS: &[&str] =
    &["sentence", "utterance", "caption", "subtitle", "subtitles", "transcription", "words", "segment"];
const SPEAKERS: &[&str] = &["speaker", "speakername", "speakerid", "speakerlabel"];
/// Names of recordings, beside those that columns of articles have.
const RECORDINGS: &[&str] = &[
    "video",
    "videoid",
    "episode",
    "episodeid",
    "recording",
    "recordingid",
    "show",
    "program",
    "programme",
    "audio",
    "audiofile",
    "podcast",
    "transcriptid",
    "interview",
    "interviewid",
];
/// Words of a piece, on average, at most.
const LONGEST: usize = 60;
/// Rows of a recording, on average, at least.
const FEWEST: usize = 2;

/// What the columns of such a table hold.
struct Columns {
    start: usize,
    end: usize,
    /// `end` says how long a piece is.
    is_length: bool,
    text: usize,
    speaker: Option<usize>,
    /// They name the recording.
    of: Vec<usize>,
}

/// True for the head of such a table; `Some(true)` where its rows are of recordings that it names.
pub(crate) fn is_one(head: &[u8], tab: bool) -> Option<bool> {
    let (_, columns) = of_head(&String::from_utf8_lossy(head), tab)?;
    Some(!columns.of.is_empty())
}

/// How a table is built, and what its columns hold, as its head shows.
fn of_head(text: &str, tab: bool) -> Option<(Shape, Columns)> {
    let head = &text[..text.floor_char_boundary(HEAD_BYTES as usize)];
    let shape = header::shape(head.as_bytes(), tab, false);
    let names: Vec<String> = shape.names.iter().map(|name| plain(name)).collect();
    let named = by_names(&names);
    if shape.by_content.is_empty() && named.is_none() {
        return None;
    }
    let mut rows = rows(head, &shape);
    // the last row of a head is cut short
    if text.len() as u64 >= HEAD_BYTES {
        rows.pop();
    }
    let columns = columns(&shape, &names, named, &rows)?;
    Some((shape, columns))
}

/// The words, as text or as lines of JSON.
pub(super) fn joined(bytes: Vec<u8>, declared: Option<&'static Encoding>, tab: bool) -> Result<String, String> {
    let text = text_of(bytes, declared)?;
    let (shape, columns) = of_head(&text, tab).ok_or("its rows are not those of a transcript")?;
    let rows = rows(&text, &shape);
    let cell = |row: &[String], at: usize| row.get(at).map_or("", |cell| cell.trim()).to_string();
    let key = |row: &Vec<String>| columns.of.iter().map(|&at| cell(row, at)).collect::<Vec<_>>();
    let mut out = String::new();
    for of_one in rows.chunk_by(|a, b| key(a) == key(b)) {
        let mut said = Said::default();
        for row in of_one {
            let speaker = columns.speaker.map(|at| cell(row, at)).filter(|name| !name.is_empty());
            said.line(&match speaker {
                Some(name) => format!("<v {name}>{}", cell(row, columns.text)),
                None => cell(row, columns.text),
            });
        }
        if columns.of.is_empty() {
            out.push_str(&said.into_text());
            continue;
        }
        let of_cells = columns.of.iter().map(|&at| (shape.names[at].clone(), cell(&of_one[0], at)));
        let mut object: Map<String, Value> =
            of_cells.filter(|(_, cell)| !cell.is_empty()).map(|(name, cell)| (name, Value::String(cell))).collect();
        object.insert("text".to_string(), Value::String(said.into_text()));
        push_line(object, &mut out);
    }
    Ok(out)
}

/// The rows below the header that hold anything.
fn rows(text: &str, shape: &Shape) -> Vec<Vec<String>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let below = text.split_inclusive('\n').take(shape.before as usize).map(str::len).sum::<usize>();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(shape.delimiter)
        .from_reader(&text.as_bytes()[below..]);
    let rows = reader.records().filter_map(Result::ok).map(|row| row.iter().map(str::to_string).collect::<Vec<_>>());
    rows.filter(|row| row.iter().any(|cell| !cell.trim().is_empty())).collect()
}

fn columns(shape: &Shape, names: &[String], named: Option<Columns>, rows: &[Vec<String>]) -> Option<Columns> {
    let mut columns = if shape.by_content.is_empty() { named? } else { by_cells(shape, rows)? };
    let is_of = |&at: &usize| {
        let is_taken = [columns.start, columns.end, columns.text].contains(&at) || columns.speaker == Some(at);
        let role = || role_of(&shape.names[at], &Options::default()).is_some();
        !is_taken && (RECORDINGS.contains(&names[at].as_str()) || role()) && recurs(rows, at)
    };
    // rows with titles, outlets or addresses of their own are articles
    let of_article =
        |name: &str| matches!(role_of(name, &Options::default()), Some(Role::Title | Role::Outlet | Role::Url));
    let has_own = |at: usize| of_article(&shape.names[at]) && !recurs(rows, at) && is_filled(rows, at);
    if (0..names.len()).any(has_own) {
        return None;
    }
    if shape.by_content.is_empty() {
        columns.of = (0..names.len()).filter(is_of).collect();
    }
    columns.are_pieces(rows).then_some(columns)
}

fn by_names(names: &[String]) -> Option<Columns> {
    let find = |words: &[&str]| names.iter().position(|name| words.contains(&name.as_str()));
    let (end, is_length) = find(ENDS).map(|at| (at, false)).or_else(|| find(LENGTHS).map(|at| (at, true)))?;
    Some(Columns {
        start: find(STARTS)?,
        end,
        is_length,
        text: names.iter().position(|name| means_text(name)).or_else(|| find(TEXTS))?,
        speaker: find(SPEAKERS),
        of: Vec::new(),
    })
}

/// Two times and the words right behind them, as labels of an editor of sound have them.
fn by_cells(shape: &Shape, rows: &[Vec<String>]) -> Option<Columns> {
    let text = shape.by_content.iter().find(|(role, _)| *role == Role::Text)?.1;
    let start = text.checked_sub(2)?;
    let is_number = |at: usize| rows.iter().all(|row| row.get(at).is_some_and(|cell| time(cell).is_some()));
    let follows = || rows.windows(2).all(|two| time(&two[0][start + 1]) <= time(&two[1][start]));
    let is_it =
        rows.len() > FEWEST && is_number(start) && is_number(start + 1) && follows() && text + 1 == shape.names.len();
    is_it.then(|| Columns { start, end: start + 1, is_length: false, text, speaker: None, of: Vec::new() })
}

/// True for a column whose cells say the same for several rows.
fn recurs(rows: &[Vec<String>], at: usize) -> bool {
    let changes = rows.windows(2).filter(|two| two[0].get(at) != two[1].get(at)).count();
    is_filled(rows, at) && (changes + 1) * FEWEST <= rows.len()
}

fn is_filled(rows: &[Vec<String>], at: usize) -> bool {
    rows.iter().any(|row| row.get(at).is_some_and(|cell| !cell.trim().is_empty()))
}

impl Columns {
    /// True where the cells are those of pieces one behind another.
    fn are_pieces(&self, rows: &[Vec<String>]) -> bool {
        let times: Option<Vec<(f64, f64)>> =
            rows.iter().map(|row| Some((time(row.get(self.start)?)?, time(row.get(self.end)?)?))).collect();
        let Some(times) = times.filter(|times| times.len() >= FEWEST) else { return false };
        let is_year = |time: f64| (1500.0..=2100.0).contains(&time) && time.fract() == 0.0;
        let are_years = times.iter().all(|&(start, end)| is_year(start) && (is_year(end) || self.is_length));
        let is_same = |two: &[Vec<String>]| self.of.iter().all(|&at| two[0].get(at) == two[1].get(at));
        let pairs: Vec<bool> = rows
            .windows(2)
            .zip(times.windows(2))
            .filter(|(two, _)| is_same(two))
            .map(|(_, two)| two[0].0 <= two[1].0)
            .collect();
        let ascending = pairs.iter().filter(|&&ascends| ascends).count();
        let ends = times.iter().all(|&(start, end)| self.is_length && end >= 0.0 || start <= end);
        let words: usize =
            rows.iter().filter_map(|row| row.get(self.text)).map(|text| text.split_whitespace().count()).sum();
        !are_years
            && ends
            && !pairs.is_empty()
            && ascending * 20 >= pairs.len() * 19
            && words <= rows.len() * LONGEST
            && words > 0
    }
}

/// Seconds or milliseconds, or a clock: `4.2`, `4200`, `00:01:02,500`.
fn time(cell: &str) -> Option<f64> {
    let cell = cell.trim().trim_end_matches('s').replace(',', ".");
    let mut sum = 0.0;
    for part in cell.split(':') {
        let is_number = part.starts_with(|c: char| c.is_ascii_digit())
            && part.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        sum = sum * 60.0 + part.parse::<f64>().ok().filter(|_| is_number)?;
    }
    Some(sum)
}

/// `Start time (s)` to `starttime`.
fn plain(name: &str) -> String {
    let name = name.split([' ', '_']).filter(|part| !part.starts_with(['(', '['])).collect::<String>();
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
