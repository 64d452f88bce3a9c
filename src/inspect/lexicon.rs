//! What a lexicon says of itself: its frames, its own test sentences, and what is doubtful in it.
//!
//! In: lexicon files. Out: [`Finding`]s.
//! Invariant: a file's own sentences are looked up as articles are; every problem of every file comes at once.
//! It deliberately reads no corpus: `lint` and `forms` do.

use super::{Finding, counted};
use crate::error::{Error, Problem, Result, Severity};
use crate::index::{Attached, Draft, Shard, agrees};
use crate::lexicon::{self, Format, Kind, Lexicon, Options};
use crate::lookup::{FrameId, Plan, VoiceLookup, look_up};
use crate::read::Article;
use crate::stem::{self, Stems};
use crate::text::{Language, several};
use crate::tokenise::{Guess, Majority};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Reads lexicons and runs the sentences that they carry: `hits` must be found in their frame, `misses` must not.
pub fn check_lexicons(files: &[String]) -> Result<Finding> {
    check_lexicons_with(files, &Options::default())
}

/// [`check_lexicons`], told how to read.
pub fn check_lexicons_with(files: &[String], reading: &Options) -> Result<Finding> {
    let mut text = String::new();
    let mut needs_decision = false;
    for lexicon in load_all(files, reading)? {
        let (lines, failed) = check(&lexicon);
        text.push_str(&lines);
        needs_decision |= failed;
    }
    Ok(Finding { text: text.trim_end().to_string(), needs_decision })
}

/// The lexicons of all files and folders, or every problem of every file.
pub(super) fn load_all(files: &[String], reading: &Options) -> Result<Vec<Lexicon>> {
    let mut lexicons = Vec::new();
    let mut refused = Vec::new();
    for file in &lexicon::files(files)? {
        match lexicon::load_with(file, reading) {
            Ok(lexicon) => lexicons.push(lexicon),
            Err(Error::Refused(problems)) => refused.extend(problems),
            Err(other) => return Err(other),
        }
    }
    if refused.is_empty() { Ok(lexicons) } else { Err(refused.into()) }
}

/// What is wrong with a lexicon in itself, words compared as lookup compares them.
pub(super) fn problems(lexicon: &Lexicon) -> Vec<Problem> {
    let language = lexicon.language.unwrap_or(Language::UNKNOWN);
    lexicon::check::check(lexicon, &|word| stem_as_looked_up(word, language))
}

/// The stem of a word; two words have the same here exactly where a look-up by stem lets one find the other.
pub(super) fn stem_as_looked_up(word: &str, language: Language) -> String {
    let mut stem = stem::stem(word, language);
    if !agrees(word, "", language) {
        // no stem ends so: it keeps the two kinds of words apart that lookup keeps apart
        stem.push('\u{1}');
    }
    stem
}

fn check(lexicon: &Lexicon) -> (String, bool) {
    let entries = lexicon.entries.iter().filter(|entry| !entry.except).count();
    let entries = several(entries, "entry");
    let mut text = format!("{}: {entries} in {}", lexicon.file, counted(lexicon.frames.len() as u64, "frame"));
    let Tested { sentences, failures, languages } = run_sentences(lexicon);
    if sentences > 0 {
        let _ = write!(text, "; {} of {sentences} test sentences pass", sentences - failures.len());
        let languages: Vec<String> = languages.iter().map(ToString::to_string).collect();
        match languages.as_slice() {
            _ if lexicon.language.is_some() => {}
            [] => {}
            [one] => text.push_str(&format!(" (read as {one}, since the lexicon names no one language)")),
            several => {
                let several = several.join(", ");
                text.push_str(&format!(
                    " (each read by its own words, as {several}: the lexicon names no one language)"
                ));
            }
        }
    }
    text.push('\n');
    if !matches!(lexicon.format, Format::Toml | Format::Csv) {
        let _ = writeln!(text, "  {}", lexicon.report.sentence());
    }
    for failure in &failures {
        let _ = writeln!(text, "  {failure}");
    }
    let problems = problems(lexicon);
    list(&problems, &mut text);
    let warned = problems.iter().any(|problem| problem.severity > Severity::Note);
    (text, warned || !failures.is_empty())
}

/// Problems as lines; of many notes of one kind, the first.
fn list(problems: &[Problem], text: &mut String) {
    /// Notes of one kind that are shown.
    const SHOWN: usize = 10;
    let mut notes: BTreeMap<&str, usize> = BTreeMap::new();
    for problem in problems {
        if problem.severity == Severity::Note {
            let n = notes.entry(problem.kind).or_default();
            *n += 1;
            if *n > SHOWN {
                continue;
            }
        }
        let _ = writeln!(text, "  {}", problem.to_string().replace('\n', "\n  "));
    }
    for (kind, n) in notes.into_iter().filter(|&(_, n)| n > SHOWN) {
        let _ = writeln!(text, "  … and {} more notes of kind {kind}", n - SHOWN);
    }
}

/// What the words of a lexicon that names no language are like: a single sentence of few words is like many languages, all of them
/// together are like one.
fn majority(lexicon: &Lexicon) -> Majority {
    /// Words of a piece whose language is guessed.
    const PIECE: usize = 20;
    let sentences = lexicon.frames.iter().flat_map(|frame| frame.hits.iter().chain(&frame.misses));
    let texts = sentences.map(|(sentence, _)| sentence.as_str()).chain(lexicon.entries.iter().map(|e| e.text.as_str()));
    let words: Vec<&str> = texts.flat_map(str::split_whitespace).collect();
    let mut majority = Majority::default();
    words.chunks(PIECE).for_each(|piece| majority.add(None, Guess::of(&piece.join(" "))));
    majority
}

/// How a lexicon's own sentences came out.
#[derive(Default)]
struct Tested {
    sentences: usize,
    /// Those that are not as they should be.
    failures: Vec<String>,
    /// What they were read as.
    languages: BTreeSet<Language>,
}

/// Looks a lexicon's own sentences up; of one that names no language each is in its own where that is clear.
fn run_sentences(lexicon: &Lexicon) -> Tested {
    let mut tested = Tested::default();
    let majority = majority(lexicon);
    let guessed = |sentence: &str| Some(majority.language(None, Guess::of(sentence)));
    for (i, frame) in lexicon.frames.iter().enumerate() {
        for (wanted, list) in [(true, &frame.hits), (false, &frame.misses)] {
            for (sentence, line) in list {
                let known = |language: &Language| *language != Language::UNKNOWN;
                let language = lexicon.language.or_else(|| guessed(sentence).filter(known));
                tested.sentences += 1;
                tested.languages.extend(language);
                if finds(lexicon, language, i, sentence) != wanted {
                    let verb = if wanted { "is not found in" } else { "is found in" };
                    tested.failures.push(format!("{}:{line}: {verb} `{}`: {sentence}", lexicon.file, frame.name));
                }
            }
        }
    }
    tested
}

/// True where an entry of a frame, or of a frame inside it, is found in a sentence.
fn finds(lexicon: &Lexicon, language: Option<Language>, frame: usize, sentence: &str) -> bool {
    let mut stems = Stems::default();
    let article = Article { text: sentence.to_string(), language, ..Article::default() };
    if lexicon.kind == Kind::Furniture {
        let (draft, mut attached) = (Draft::of(vec![article], None, &mut stems), Attached::default());
        crate::clean::summarise(&draft, &mut attached);
        let shard = Shard::of(&draft, &attached);
        let furniture = crate::clean::Furniture { lexicons: vec![lexicon.clone()] };
        let patterns = furniture.for_types(shard.types(), &mut stems);
        let options = crate::clean::Options { repeats: false, endings: false, ..crate::clean::Options::default() };
        return crate::clean::clean(&shard, &patterns, &crate::clean::Recurring::default(), &options)
            .iter()
            .any(|removed| !removed.is_empty());
    }
    let shard = Shard::build(vec![article], None, &mut stems);
    let lexicons = std::slice::from_ref(lexicon);
    let plan = Plan::new(lexicons);
    let removed = [Vec::new()];
    let found = look_up(&plan, &shard, &mut VoiceLookup::new(&shard, &removed, &[]), &mut stems);
    let name = &lexicon.frames[frame].name;
    let wanted = plan.frames().iter().position(|other| other == name).map(FrameId::new);
    found.hits.iter().chain(&found.parents).any(|hit| Some(hit.frame) == wanted)
}

/// The frames of a lexicon as a tree, with counts of entries.
pub fn show_lexicon(file: &str) -> Result<Finding> {
    show_lexicon_with(file, &Options::default())
}

/// [`show_lexicon`], told how to read.
pub fn show_lexicon_with(file: &str, reading: &Options) -> Result<Finding> {
    let lexicon = lexicon::load_with(file, reading)?;
    Ok(Finding { text: lexicon::show::show(&lexicon).trim_end().to_string(), needs_decision: false })
}

/// The lexicons that come with the program.
pub fn list_lexicons() -> Result<Finding> {
    let mut text = String::new();
    for name in lexicon::shipped_names() {
        let lexicon = lexicon::load_with(&format!("shipped:{name}"), &Options::default())?;
        let language = lexicon.language.map_or_else(|| "any".to_string(), |language| language.to_string());
        let entries = lexicon.entries.iter().filter(|entry| !entry.except).count();
        let what = match lexicon.kind {
            Kind::Frames => several(lexicon.frames.len(), "frame"),
            Kind::Sentiment => "sentiment".to_string(),
            Kind::Furniture => "lines of boilerplate; used if a run names none".to_string(),
            Kind::Cues => "cue words".to_string(),
        };
        let _ = writeln!(text, "{name:14} {language:3} {entries:>5} entries  {what}");
    }
    text.push_str("\nBy name, as in `framescope run articles/ --lexicon framing-en`; `framescope lexicon show framing-en` has its frames.");
    Ok(Finding { text, needs_decision: false })
}
