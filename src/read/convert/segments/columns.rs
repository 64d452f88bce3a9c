//! Which columns of a table say when a piece of a transcript begins and ends, what was said, by whom, and in which recording.
//!
//! In: the names of columns, and the rows of a head. Out: [`Columns`], or nothing where the rows are no pieces.
//! Invariant: rows with titles, outlets or addresses of their own are articles, and so are those whose times do not follow one another.
//! It deliberately looks at cells too: a table of events has columns called `start` and `end`, and years or days in them; one of letters `from` and `to`.

use crate::read::Options;
use crate::read::columns::{Role, means_text, role_of};
use crate::read::convert::said::time;
use std::collections::{BTreeMap, BTreeSet};

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
pub(super) struct Columns {
    pub start: usize,
    pub end: usize,
    /// `end` says how long a piece is.
    pub is_length: bool,
    pub text: usize,
    pub speaker: Option<usize>,
    /// They name the recording.
    pub of: Vec<usize>,
    /// `from` and `to` may be anybody's.
    is_vague: bool,
}

type Rows<'r> = &'r [Vec<String>];

impl Columns {
    /// Those that the names of columns say.
    pub fn by_names(names: &[String]) -> Option<Columns> {
        let names: Vec<String> = names.iter().map(|name| plain(name)).collect();
        let find = |words: &[&str]| names.iter().position(|name| words.contains(&name.as_str()));
        let (end, is_length) = find(ENDS).map(|at| (at, false)).or_else(|| find(LENGTHS).map(|at| (at, true)))?;
        let start = find(STARTS)?;
        Some(Columns {
            start,
            end,
            is_length,
            text: names.iter().position(|name| means_text(name)).or_else(|| find(TEXTS))?,
            speaker: find(SPEAKERS),
            of: Vec::new(),
            is_vague: names[start] == "from" || names[end] == "to",
        })
    }

    /// Two times and the words right behind them, as labels of an editor of sound have them.
    pub fn by_cells(by_content: &[(Role, usize)], width: usize, rows: Rows<'_>) -> Option<Columns> {
        let text = by_content.iter().find(|(role, _)| *role == Role::Text)?.1;
        let start = text.checked_sub(2)?;
        let is_number = |at: usize| rows.iter().all(|row| row.get(at).is_some_and(|cell| time(cell).is_some()));
        let follows = || rows.windows(2).all(|two| time(&two[0][start + 1]) <= time(&two[1][start]));
        let is_it = rows.len() > FEWEST && is_number(start) && is_number(start + 1) && follows() && text + 1 == width;
        let (of, is_length, is_vague) = (Vec::new(), false, false);
        is_it.then_some(Columns { start, end: start + 1, is_length, text, speaker: None, of, is_vague })
    }

    /// The same with the columns that name the recording, where the rows are pieces one behind another.
    pub fn of_rows(mut self, names: &[String], rows: Rows<'_>) -> Option<Columns> {
        let role = |at: usize| role_of(&names[at], &Options::default());
        let is_taken = |at: usize| [self.start, self.end, self.text].contains(&at) || self.speaker == Some(at);
        let is_recording = |at: usize| RECORDINGS.contains(&plain(&names[at]).as_str());
        let names_one = |&at: &usize| {
            let is_key = is_recording(at) || matches!(role(at), Some(Role::Title | Role::Url | Role::Outlet));
            let is_key = is_key && is_shared(rows, at);
            !is_taken(at) && (is_key || role(at).is_some_and(|role| role != Role::Language) && recurs(rows, at))
        };
        let mut of: Vec<usize> = (0..names.len()).filter(names_one).collect();
        // rows with titles, outlets or addresses of their own are articles
        let is_of_article = |at: usize| matches!(role(at), Some(Role::Title | Role::Outlet | Role::Url));
        if (0..names.len()).any(|at| is_of_article(at) && !of.contains(&at) && is_filled(rows, at)) {
            return None;
        }
        if of.is_empty() {
            of = self.change_where_times_begin_again(rows, &is_taken, names.len())?;
        }
        self.of = of;
        self.are_pieces(rows).then_some(self)
    }

    /// Columns that no name tells: what they say changes wherever the times begin again. Nothing where none does.
    fn change_where_times_begin_again(
        &self,
        rows: Rows<'_>,
        is_taken: &dyn Fn(usize) -> bool,
        width: usize,
    ) -> Option<Vec<usize>> {
        /// What begins before the piece above it did, by no more than this, is said at the same time.
        const FAR: f64 = 20.0;
        let start = |row: &Vec<String>| time(row.get(self.start)?);
        let fall = |two: &[Vec<String>]| start(&two[0]).zip(start(&two[1])).filter(|(a, b)| *b < a / 2.0);
        let again: Vec<&[Vec<String>]> = rows.windows(2).filter(|two| fall(two).is_some()).collect();
        let is_far = again.iter().filter_map(|two| fall(two)).any(|(a, b)| a - b >= FAR);
        let changes = |at: &usize| {
            !is_taken(*at) && recurs(rows, *at) && again.iter().all(|two| two[0].get(*at) != two[1].get(*at))
        };
        let of: Vec<usize> = if again.is_empty() { Vec::new() } else { (0..width).filter(changes).collect() };
        (!is_far || !of.is_empty()).then_some(of)
    }

    /// What names the recording of a row.
    pub fn key(&self, row: &[String]) -> Vec<String> {
        self.of.iter().map(|&at| row.get(at).cloned().unwrap_or_default()).collect()
    }

    /// When a row begins and ends, as far as it says; nothing where it says something else.
    pub fn times(&self, row: &[String]) -> Option<(Option<f64>, Option<f64>)> {
        let read = |at: usize| match row.get(at).map_or("", |cell| cell.trim()) {
            "" => Some(None),
            cell => time(cell).map(Some),
        };
        let (start, end) = (read(self.start)?, read(self.end)?);
        let end = if self.is_length { start.zip(end).map(|(start, length)| start + length) } else { end };
        Some((start, end))
    }

    /// True where the cells are those of pieces one behind another.
    fn are_pieces(&self, rows: Rows<'_>) -> bool {
        let times = rows.iter().map(|row| self.times(row)).collect::<Option<Vec<_>>>();
        let Some(times) = times.filter(|times| times.len() >= FEWEST) else { return false };
        // the last piece of a recording may lack its end
        let whole: Vec<(f64, f64)> = times.iter().filter_map(|&(start, end)| start.zip(end)).collect();
        let mut recordings: BTreeMap<Vec<String>, Vec<f64>> = BTreeMap::new();
        for (row, (start, _)) in rows.iter().zip(&times) {
            recordings.entry(self.key(row)).or_default().extend(start);
        }
        let (pairs, falling) = recordings.values().fold((0, 0), |(pairs, falling), starts| {
            let of_one = starts.windows(2).filter(|two| two[0] > two[1]).count();
            (pairs + starts.len().saturating_sub(1), falling + of_one)
        });
        let is_year = |time: f64| (1500.0..=2100.0).contains(&time) && time.fract() == 0.0;
        let are_years = whole.iter().all(|&(start, end)| is_year(start) && (is_year(end) || self.is_length));
        let words: usize =
            rows.iter().filter_map(|row| row.get(self.text)).map(|text| text.split_whitespace().count()).sum();
        whole.len() >= FEWEST
            && whole.len() * 2 >= rows.len()
            && whole.iter().all(|&(start, end)| start <= end)
            && !are_years
            && pairs > 0
            && falling * 20 <= pairs
            && (1..=rows.len() * LONGEST).contains(&words)
            && (!self.is_vague || falling == 0 && self.are_clocks(rows))
    }

    /// True where times have fractions or colons: who wrote and who was written to are numbers too.
    fn are_clocks(&self, rows: Rows<'_>) -> bool {
        let cells = |at: usize| rows.iter().filter_map(move |row| row.get(at)).filter(|cell| !cell.trim().is_empty());
        let written = |at: usize| cells(at).filter(|cell| cell.contains(['.', ':', ','])).count();
        [self.start, self.end].into_iter().all(|at| written(at) * 2 >= cells(at).count())
    }
}

/// True for a column whose cells say the same for several rows, one below another.
fn recurs(rows: Rows<'_>, at: usize) -> bool {
    let changes = rows.windows(2).filter(|two| two[0].get(at) != two[1].get(at)).count();
    is_filled(rows, at) && (changes + 1) * FEWEST <= rows.len()
}

/// The same, wherever the rows stand.
fn is_shared(rows: Rows<'_>, at: usize) -> bool {
    let distinct: BTreeSet<Option<&String>> = rows.iter().map(|row| row.get(at)).collect();
    is_filled(rows, at) && distinct.len() * FEWEST <= rows.len()
}

fn is_filled(rows: Rows<'_>, at: usize) -> bool {
    rows.iter().any(|row| row.get(at).is_some_and(|cell| !cell.trim().is_empty()))
}

/// `Start time (s)` to `starttime`.
fn plain(name: &str) -> String {
    let name = name.split([' ', '_']).filter(|part| !part.starts_with(['(', '['])).collect::<String>();
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
