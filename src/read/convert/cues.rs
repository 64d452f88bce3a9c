//! What is said in subtitles and in transcripts with times, as one running text.
//!
//! In: SubRip, WebVTT, JSON of segments with their times, lines behind `[00:01:02]`. Out: the words, without numbers, times and marks.
//! Invariant: a time is no word; a line that stands in two cues, as it moves up the screen, is said once.
//! It deliberately keeps no times: what is counted are words. A new speaker begins a paragraph, as far as the file says one.

use crate::read::decode::text_of;
use crate::read::json;
use encoding_rs::Encoding;
use serde_json::{Map, Value};

/// True for the head of such a file; one of JSON is told by [`holds_segments`].
pub(crate) fn is_one(head: &str) -> bool {
    /// So many lines have to begin with a time.
    const FEW: usize = 3;
    let lines = || head.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut first = lines();
    let first: [&str; 2] = [first.next().unwrap_or_default(), first.next().unwrap_or_default()];
    let is_web = first[0].strip_prefix("WEBVTT").is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']));
    if is_web && lines().any(is_cue) || first.iter().any(|line| is_cue(line)) {
        return true;
    }
    let timed_lines = || lines().filter(|line| timed(line).is_some());
    let timed = timed_lines().count();
    let alone = lines().filter(|line| is_clock(line)).count();
    // the clock of a live blog does not begin at nothing
    let is_early = |line: &str| {
        let clock = line.trim_start_matches(['[', '(']);
        ["0:0", "00:0"].iter().any(|early| clock.starts_with(early)) || is_to_the_second(clock)
    };
    let begins = timed_lines().next().is_some_and(is_early);
    let from_start = first.iter().any(|line| is_clock(line) && line.starts_with("0:0") || line.starts_with("00:0"));
    begins && timed >= FEW && timed * 2 >= lines().count() || from_start && alone >= FEW && alone * 3 >= lines().count()
}

/// True for what is said between two times, and no article: its text is one of many.
fn is_segment(object: &Map<String, Value>) -> bool {
    let is_number = |key: &str| object.get(key).is_some_and(Value::is_number);
    let says_more = ["title", "outlet", "date", "headline", "url"].iter().any(|key| object.contains_key(*key));
    object.get("text").is_some_and(Value::is_string)
        && is_number("start")
        && ["duration", "end", "dur"].iter().any(|key| is_number(key))
        && !says_more
}

/// True for such a segment, and for a document of a transcript that has its words in segments alone.
pub(crate) fn holds_segments(object: &Map<String, Value>) -> bool {
    let is_list = |value: &Value| value.as_array().and_then(|list| list.first()?.as_object()).is_some_and(is_segment);
    is_segment(object) || !object.get("text").is_some_and(Value::is_string) && object.values().any(is_list)
}

/// `00:00:01,000 --> 00:00:04,000`, `0:00:01.000,0:00:04.000`; an arrow alone is of any text.
fn is_cue(line: &str) -> bool {
    let is_time = |text: &str| text.trim().starts_with(|c: char| c.is_ascii_digit()) && text.contains(':');
    // behind the times stand settings: `align:start position:0%`
    let ends = |to: &str| to.split_whitespace().skip(1).all(|word| word.contains(':'));
    let arrow = line.split_once("-->").is_some_and(|(from, to)| is_time(from) && is_time(to) && ends(to));
    let comma = || line.split_once(',').is_some_and(|(from, to)| from.contains('.') && is_clock(from) && is_clock(to));
    arrow || comma()
}

/// True where a clock of hours, minutes and seconds begins a line, within the first hours of a recording.
fn is_to_the_second(line: &str) -> bool {
    let clock = line.split(|c: char| !c.is_ascii_digit() && c != ':').next().unwrap_or_default();
    clock.matches(':').count() == 2 && clock.starts_with('0')
}

/// True for a time and nothing else: `1:02`, `00:01:02.500`.
fn is_clock(text: &str) -> bool {
    let (clock, fraction) = text.split_once(['.', ',']).unwrap_or((text, "0"));
    let digits =
        |part: &str, most: usize| (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let mut parts = clock.split(':');
    let first = parts.next().is_some_and(|part| digits(part, 2));
    let rest: Vec<&str> = parts.collect();
    first
        && (1..=2).contains(&rest.len())
        && rest.iter().all(|part| digits(part, 2) && part.len() == 2)
        && digits(fraction, 3)
}

/// What stands behind `[00:01:02]`, `(1:02)` or `00:01:02`; a clock without brackets and seconds is of any text.
fn timed(line: &str) -> Option<&str> {
    let brackets = [('[', ']'), ('(', ')')];
    if let Some((open, close)) = brackets.iter().find(|(open, _)| line.starts_with(*open)) {
        let (time, rest) = line.strip_prefix(*open)?.split_once(*close)?;
        let is_time = time.split(['-', '–', ' ']).filter(|part| !part.is_empty() && *part != ">").all(is_clock)
            && !time.is_empty();
        return is_time.then(|| rest.trim_start_matches([':', ' ', '-', '–']));
    }
    let (time, rest) = line.split_once([' ', '\t'])?;
    (is_clock(time) && time.matches(':').count() == 2).then(|| rest.trim_start_matches([':', ' ', '-', '–']))
}

/// The words.
pub(super) fn text(bytes: Vec<u8>, declared: Option<&'static Encoding>) -> Result<String, String> {
    let source = text_of(bytes, declared)?;
    let mut said = Said::default();
    // `[00:01:02]` begins as a list does
    if source.trim_start().starts_with(['[', '{'])
        && let Ok(value) = json::parse(source.as_bytes())
    {
        segments(&value, &mut said);
        return Ok(said.text);
    }
    if let Some(objects) = json_lines(&source) {
        objects.iter().for_each(|object| segments(object, &mut said));
        return Ok(said.text);
    }
    let lines: Vec<&str> = source.lines().map(str::trim).collect();
    let mut skips = false;
    for (i, line) in lines.iter().enumerate() {
        let begins = i == 0 || lines[i - 1].is_empty();
        let is_about = ["WEBVTT", "NOTE", "STYLE", "REGION"].iter().any(|word| line.starts_with(word));
        skips = !line.is_empty() && (skips || begins && is_about && source.trim_start().starts_with("WEBVTT"));
        // the number or name of a cue stands on the line before its times
        let is_name = begins && lines.get(i + 1).is_some_and(|next| is_cue(next));
        if skips || is_name || is_cue(line) || is_clock(line) {
            continue;
        }
        said.line(timed(line).unwrap_or(line));
    }
    Ok(said.text)
}

/// True for a line of JSON that is such a segment.
pub(crate) fn is_line(line: &[u8]) -> bool {
    json::parse(line).is_ok_and(|value| value.as_object().is_some_and(is_segment))
}

/// Segments that stand one on each line.
fn json_lines(source: &str) -> Option<Vec<Value>> {
    let mut lines = source.lines().filter(|line| !line.trim().is_empty()).peekable();
    lines.next_if(|line| is_line(line.as_bytes())).and_then(|first| json::parse(first.as_bytes()).ok()).and_then(
        |first| {
            let rest = lines.map(|line| json::parse(line.as_bytes()).ok()).collect::<Option<Vec<Value>>>()?;
            Some(std::iter::once(first).chain(rest).collect())
        },
    )
}

/// Adds the segments of a document, in their order.
fn segments(value: &Value, said: &mut Said) {
    match value {
        Value::Object(object) if is_segment(object) => said.line(object["text"].as_str().unwrap_or_default()),
        Value::Object(object) => object.values().for_each(|value| segments(value, said)),
        Value::Array(list) => list.iter().for_each(|value| segments(value, said)),
        _ => {}
    }
}

/// What was said so far.
#[derive(Default)]
pub(super) struct Said {
    text: String,
    last: String,
    speaker: String,
}

impl Said {
    pub(super) fn into_text(self) -> String {
        self.text
    }

    /// Adds what a line says; `<v Ann>` before it names who speaks.
    pub(super) fn line(&mut self, source: &str) {
        let speaker = source.strip_prefix("<v ").and_then(|rest| Some(rest.split_once('>')?.0.trim().to_string()));
        let line = without_marks(source);
        if line.is_empty() || line == self.last {
            return;
        }
        let is_new = speaker.as_ref().is_some_and(|speaker| *speaker != self.speaker);
        let turns = is_new || line.starts_with(">>") || line.starts_with("- ") || line.starts_with("– ");
        if !self.text.is_empty() {
            self.text.push_str(if turns || names_speaker(&line) { "\n\n" } else { " " });
        }
        if let Some(speaker) = speaker.filter(|_| is_new) {
            self.text.push_str(&format!("{speaker}: "));
            self.speaker = speaker;
        }
        let words = line.trim_start_matches(['>', ' ']);
        self.text.push_str(words.strip_prefix("- ").or_else(|| words.strip_prefix("– ")).unwrap_or(words));
        self.last = line;
    }
}

/// `ANN ROE: …`
fn names_speaker(line: &str) -> bool {
    let Some((name, _)) = line.split_once(": ") else { return false };
    name.len() < 40 && name.contains(char::is_alphabetic) && !name.contains(char::is_lowercase)
}

/// Without `<i>`, `<00:00:01.500>` and `{\an8}`.
fn without_marks(source: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(source.len()), source);
    while let Some(at) = rest.find(['<', '{']) {
        let close = if rest[at..].starts_with('<') { '>' } else { '}' };
        let is_mark = rest[at + 1..].starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '\\'));
        let end = rest[at..].find(close).map(|end| at + end + 1).filter(|_| is_mark);
        out.push_str(&rest[..at]);
        let Some(end) = end else {
            out.push_str(&rest[at..=at]);
            rest = &rest[at + 1..];
            continue;
        };
        rest = &rest[end..];
    }
    out.push_str(rest);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}
