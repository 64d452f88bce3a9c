//! What is said in subtitles and in transcripts with times, as one running text.
//!
//! In: SubRip, WebVTT, lines behind `[00:01:02]`. Out: the words, without numbers, times and marks.
//! Invariant: a time is no word; a line that stays on the screen from one cue to the next is said once, and what is said again is said again.
//! It deliberately keeps no times: what is counted are words. A new speaker begins a paragraph, as far as the file says one.

use super::Converted;
use super::said::{Said, time};
use crate::read::decode::text_of;
use encoding_rs::Encoding;

/// True for the head of such a file.
pub(crate) fn is_one(head: &str) -> bool {
    /// So many lines have to begin with a time.
    const FEW: usize = 3;
    let lines = || head.lines().map(str::trim).filter(|line| !line.is_empty());
    if is_of_cues(head) {
        return true;
    }
    let mut first = lines();
    let first: [&str; 2] = [first.next().unwrap_or_default(), first.next().unwrap_or_default()];
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

/// True where words stand behind lines of two times.
fn is_of_cues(text: &str) -> bool {
    let mut lines = text.trim_start_matches('\u{feff}').lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    is_cue(first) || lines.next().is_some_and(is_cue) || is_web(first) && lines.any(is_cue)
}

fn is_web(first: &str) -> bool {
    first.strip_prefix("WEBVTT").is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
}

/// The two times of `00:00:01,000 --> 00:00:04,000` or `0:00:01.000,0:00:04.000`; an arrow alone is of any text.
fn times(line: &str) -> Option<(&str, &str)> {
    let is_time = |text: &str| text.trim().starts_with(|c: char| c.is_ascii_digit()) && text.contains(':');
    // behind the times stand settings: `align:start position:0%`
    let ends = |to: &str| to.split_whitespace().skip(1).all(|word| word.contains(':'));
    let arrow = line.split_once("-->").filter(|(from, to)| is_time(from) && is_time(to) && ends(to));
    let comma = || line.split_once(',').filter(|(from, to)| from.contains('.') && is_clock(from) && is_clock(to));
    let (from, to) = arrow.or_else(comma)?;
    Some((from.trim(), to.split_whitespace().next()?))
}

fn is_cue(line: &str) -> bool {
    times(line).is_some()
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
pub(super) fn text(bytes: Vec<u8>, declared: Option<&'static Encoding>) -> Result<Converted, String> {
    let source = text_of(bytes, declared)?;
    let lines: Vec<&str> = source.lines().map(str::trim).collect();
    let mut said = Said::default();
    if is_of_cues(&source) {
        cues(&lines, &mut said);
    } else {
        for line in lines.iter().filter(|line| !is_clock(line)) {
            let (speaker, words) = spoken(timed(line).unwrap_or(line));
            said.add_line(speaker, &words);
        }
    }
    Ok(said.converted())
}

/// Lines on the screen at one time, each with who says it.
#[derive(Default)]
struct Cue<'t> {
    times: (f64, f64),
    lines: Vec<(Option<&'t str>, String)>,
}

/// The words of subtitles.
fn cues<'t>(lines: &[&'t str], said: &mut Said) {
    let is_web = lines.iter().find(|line| !line.is_empty()).is_some_and(|first| is_web(first));
    let (mut before, mut here, mut skips) = (Cue::default(), None::<Cue<'t>>, false);
    for (i, line) in lines.iter().enumerate() {
        let begins = i == 0 || lines[i - 1].is_empty();
        let is_about = || ["WEBVTT", "NOTE", "STYLE", "REGION"].contains(&line.split([' ', '\t']).next().unwrap_or(""));
        skips = !line.is_empty() && (skips || begins && is_web && is_about());
        if let Some((from, to)) = times(line) {
            if let Some(cue) = here.take() {
                cue.say(&before, said);
                before = cue;
            }
            let times = (time(from).unwrap_or_default(), time(to).unwrap_or_default());
            here = Some(Cue { times, lines: Vec::new() });
            skips = false;
            continue;
        }
        // the number or name of a cue stands on the line before its times
        let is_number = line.bytes().all(|byte| byte.is_ascii_digit());
        let is_name = lines.get(i + 1).is_some_and(|next| is_cue(next)) && (begins || is_number);
        if skips || is_name {
            continue;
        }
        let (speaker, words) = spoken(line);
        match &mut here {
            _ if words.is_empty() => {}
            // a voice lasts to the end of its cue
            Some(cue) => cue.lines.push((speaker.or_else(|| cue.lines.last().and_then(|line| line.0)), words)),
            None => said.add_line(speaker, &words),
        }
    }
    here.into_iter().for_each(|cue| cue.say(&before, said));
}

impl Cue<'_> {
    /// Adds its lines, but for those that stand there since the cue before.
    fn say(&self, before: &Cue<'_>, said: &mut Said) {
        let (own, stand) = (self.lines.len(), before.lines.len());
        let stays = |most: usize| {
            (1..=most.min(stand)).rev().find(|&n| self.lines[..n] == before.lines[stand - n..]).unwrap_or_default()
        };
        let kept = stays(own);
        // the same words after a pause are said again
        let kept = if kept == own && !self.follows(before) { 0 } else { kept };
        self.lines[kept..].iter().for_each(|(speaker, words)| said.add_line(*speaker, words));
    }

    /// True where it begins before the other is gone.
    fn follows(&self, before: &Cue<'_>) -> bool {
        /// Seconds between two cues that nobody sees.
        const BLINK: f64 = 0.05;
        self.times.0 <= before.times.1 + BLINK
    }
}

/// Who says a line, `<v Ann>` before it, and its words without marks.
fn spoken(line: &str) -> (Option<&str>, String) {
    let tag = line.strip_prefix("<v").and_then(|rest| Some(rest.split_once('>')?.0));
    // `<v.loud Ann>`
    let tag = tag.filter(|tag| tag.starts_with([' ', '.'])).and_then(|tag| Some(tag.split_once(' ')?.1.trim()));
    (tag.filter(|name| !name.is_empty()), without_marks(line))
}

/// Without `<i>`, `<00:00:01.500>` and `{\an8}`; what else stands in brackets is said.
fn without_marks(source: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(source.len()), source);
    while let Some(at) = rest.find(['<', '{']) {
        let close = if rest[at..].starts_with('<') { '>' } else { '}' };
        let end = rest[at..].find(close).map(|end| at + end);
        out.push_str(&rest[..at]);
        match end {
            Some(end) if is_mark(&rest[at..at + 1], &rest[at + 1..end]) => rest = &rest[end + 1..],
            _ => {
                out.push_str(&rest[at..=at]);
                rest = &rest[at + 1..];
            }
        }
    }
    out.push_str(rest);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Marks of SubRip, WebVTT and SubStation.
fn is_mark(opening: &str, inside: &str) -> bool {
    const TAGS: &[&str] = &["i", "b", "u", "s", "c", "v", "em", "strong", "font", "lang", "ruby", "rt", "br", "span"];
    if opening == "{" {
        let mut signs = inside.chars();
        // `{\an8}`, `{y:i}`, and pairs of them
        return matches!(
            (signs.next(), signs.next()),
            (Some('\\'), _) | (Some('y' | 'Y' | 'c' | 'C' | 'f' | 's'), Some(':'))
        ) || ["i", "b", "u", "/i", "/b", "/u"].contains(&inside);
    }
    let name = inside.trim_start_matches('/');
    let name = name.split([' ', '.', '/']).next().unwrap_or_default();
    TAGS.contains(&name.to_ascii_lowercase().as_str()) || is_clock(inside)
}
