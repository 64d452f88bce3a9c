//! What a lexicon says of itself: its frames, its own test sentences, and what is doubtful in it.

use super::Finding;
use crate::error::{Error, Result, Severity};
use crate::index::Shard;
use crate::lexicon::{self, Kind, Lexicon};
use crate::lookup::{Hearing, Plan, Voices, look_up};
use crate::read::Article;
use crate::stem::Stems;
use std::fmt::Write as _;

/// Reads lexicons and runs the sentences that they carry: `hits` must be found in their frame, `misses` must not.
pub fn check_lexicons(files: &[String]) -> Result<Finding> {
    let mut text = String::new();
    let mut needs_decision = false;
    let mut refused = Vec::new();
    for file in files {
        match lexicon::load(file) {
            Ok(lexicon) => {
                let (lines, failed) = check(&lexicon);
                text.push_str(&lines);
                needs_decision |= failed;
            }
            Err(Error::Refused(problems)) => refused.extend(problems),
            Err(other) => return Err(other),
        }
    }
    if refused.is_empty() {
        Ok(Finding { text: text.trim_end().to_string(), needs_decision })
    } else {
        Err(refused.into())
    }
}

fn check(lexicon: &Lexicon) -> (String, bool) {
    let entries = lexicon.entries.iter().filter(|entry| !entry.except).count();
    let mut text = format!("{}: {entries} entries in {} frames", lexicon.file, lexicon.frames.len());
    let mut failures = Vec::new();
    let mut sentences = 0;
    for (i, frame) in lexicon.frames.iter().enumerate() {
        for (wanted, list) in [(true, &frame.hits), (false, &frame.misses)] {
            for (sentence, line) in list {
                sentences += 1;
                if finds(lexicon, i, sentence) != wanted {
                    let verb = if wanted { "is not found in" } else { "is found in" };
                    failures.push(format!("{}:{line}: {verb} `{}`: {sentence}", lexicon.file, frame.name));
                }
            }
        }
    }
    let _ = writeln!(text, "; {} of {sentences} sentences as they should be", sentences - failures.len());
    for failure in &failures {
        let _ = writeln!(text, "  {failure}");
    }
    for problem in &lexicon.problems {
        let _ = writeln!(text, "  {problem}");
    }
    let warned = lexicon.problems.iter().any(|problem| problem.severity > Severity::Note);
    (text, warned || !failures.is_empty())
}

/// True where an entry of a frame, or of a frame inside it, is found in a sentence.
fn finds(lexicon: &Lexicon, frame: usize, sentence: &str) -> bool {
    let mut stems = Stems::default();
    let article = Article { text: sentence.to_string(), language: lexicon.language, ..Article::default() };
    let shard = Shard::build(0, vec![article], None, &mut stems);
    if lexicon.kind == Kind::Furniture {
        let furniture = crate::clean::Furniture { lexicons: vec![lexicon.clone()] };
        let patterns = furniture.for_shard(&shard, &mut stems);
        let options = crate::clean::Options { repeats: false, ..crate::clean::Options::default() };
        return crate::clean::clean(&shard, &patterns, &options).iter().any(|removed| !removed.is_empty());
    }
    let lexicons = std::slice::from_ref(lexicon);
    let plan = Plan::new(lexicons);
    let (removed, voices) = ([Vec::new()], Voices::default());
    let found = look_up(&plan, &shard, &mut Hearing::new(&shard, &removed, &voices), &mut stems);
    let name = &lexicon.frames[frame].name;
    let wanted = plan.frames().iter().position(|known| known == name).map(|id| id as u32);
    found.hits.iter().chain(&found.parents).any(|hit| Some(hit.frame) == wanted)
}

/// The frames of a lexicon as a tree, with counts of entries.
pub fn show_lexicon(file: &str) -> Result<Finding> {
    let lexicon = lexicon::load(file)?;
    let mut text = format!(
        "{} {} ({})\n",
        lexicon.name,
        lexicon.version,
        lexicon.language.map_or("any language".to_string(), |l| l.to_string())
    );
    let mut shown: Vec<&str> = Vec::new();
    for frame in &lexicon.frames {
        let parts: Vec<&str> = frame.name.split('/').collect();
        for depth in 0..parts.len() {
            let path = &frame.name[..parts[..=depth].join("/").len()];
            if shown.contains(&path) {
                continue;
            }
            shown.push(path);
            let is_inside =
                |name: &str| name == path || name.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'));
            let entries = lexicon.entries.iter().filter(|e| is_inside(&lexicon.frames[e.frame].name));
            let (excepted, counted): (Vec<_>, Vec<_>) = entries.partition(|entry| entry.except);
            let _ = write!(text, "{:indent$}{} {}", "", parts[depth], counted.len(), indent = 2 + 2 * depth);
            if !excepted.is_empty() {
                let _ = write!(text, " (and {} exceptions)", excepted.len());
            }
            text.push('\n');
        }
    }
    Ok(Finding { text: text.trim_end().to_string(), needs_decision: false })
}
