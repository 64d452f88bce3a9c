//! The stories of a run: listed, shown side by side, corrected.
//!
//! In: a run folder. Out: text for people; where asked for, a line more in a file of corrections.
//! Invariant: everything shown is read off the tables of the run. A correction names articles, so that it outlives the numbers of stories.
//! It deliberately counts nothing, and corrects nothing by itself: the next run does.

use super::Finding;
use crate::disk::{self, listed_by_run};
use crate::error::{Place, Problem, Result};
use crate::results::STORY_WORDS;
use crate::stories::Corrections;
use crate::text::csv::read_row;
use crate::text::{printable, several};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Bytes of a table that are read at most.
const LONGEST: u64 = 4 << 30;

/// Hits of a frame that are shown of an outlet.
const SENTENCES: usize = 2;

/// A correction of stories.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Correction {
    /// These stories are one.
    Merge(Vec<u32>),
    /// These articles are a story of their own.
    Split(Vec<String>),
    /// What a story is called.
    Name(u32, String),
}

/// A table of a run, row by row.
struct Rows {
    header: BTreeMap<String, usize>,
    text: String,
    first: usize,
}

impl Rows {
    fn of(path: &Path) -> Result<Rows> {
        let text = disk::read_text(path, LONGEST).map_err(|error| {
            let place = Place::file(path.to_string_lossy());
            Problem::error("run-unreadable", place, format!("cannot be read: {error}"))
                .expected("a table of a run")
                .hint("give the folder of its results with --out")
        })?;
        let mut cells = Vec::new();
        let rest = read_row(&text, &mut cells).len();
        let header = cells.iter().enumerate().map(|(at, name)| (name.to_string(), at)).collect();
        let first = text.len() - rest;
        Ok(Rows { header, text, first })
    }

    /// Names of the columns before one.
    fn labels_before(&self, name: &str) -> Vec<String> {
        let end = self.header.get(name).copied().unwrap_or(0);
        let mut before: Vec<(usize, &String)> =
            self.header.iter().map(|(name, &at)| (at, name)).filter(|(at, _)| *at < end).collect();
        before.sort_unstable();
        before.into_iter().map(|(_, name)| name.clone()).collect()
    }

    /// Calls `each` with a way to a cell by its column; a column that is not there is empty.
    fn each(&self, mut each: impl FnMut(&dyn Fn(&str) -> String)) {
        let mut rest = &self.text[self.first..];
        let mut cells: Vec<Cow<'_, str>> = Vec::new();
        while !rest.is_empty() {
            rest = read_row(rest, &mut cells);
            let cell = |name: &str| {
                self.header.get(name).and_then(|&at| cells.get(at)).map_or_else(String::new, ToString::to_string)
            };
            each(&cell);
        }
    }
}

fn table(out: &str, name: &str) -> Result<Rows> {
    Rows::of(&Path::new(out).join(name))
}

/// Lists the stories of a run, the largest first.
///
/// # Errors
/// A folder that holds no run.
pub fn list_stories(out: &str) -> Result<Finding> {
    let mut text = String::new();
    let mut stories = 0;
    table(out, "stories.csv")?.each(|cell| {
        stories += 1;
        let days = days(&cell("first_day"), &cell("last_day"));
        let name = if cell("name").is_empty() { cell("headline") } else { cell("name") };
        let _ = writeln!(
            text,
            "{:>5}  {days:24}  {name}\n       {} articles: {}\n       {}",
            cell("story"),
            cell("articles"),
            cell("outlet_names"),
            cell("words")
        );
    });
    let _ = match stories {
        0 => writeln!(
            text,
            "no stories: no event is covered by `[stories] min_outlets` outlets, or stories are switched off"
        ),
        _ => writeln!(text, "\n{}; `framescope stories show N` puts one side by side", several(stories, "story")),
    };
    Ok(Finding { text: printable(text.trim_end()).into_owned(), needs_decision: false })
}

fn days(first: &str, last: &str) -> String {
    match (first, last) {
        ("", _) => "no date".to_string(),
        (first, last) if first == last => first.to_string(),
        (first, last) => format!("{first} to {last}"),
    }
}

/// What an outlet has of a story.
#[derive(Default)]
struct OutletCoverage {
    articles: Vec<String>,
    words: u64,
    /// Hits of each frame by voice, and some of them.
    frames: BTreeMap<String, (BTreeMap<String, u32>, Vec<String>)>,
    sources: BTreeMap<String, u32>,
}

/// Puts a story side by side: the words of each group; each outlet with its headlines, frames by voice, sources and sentences.
///
/// # Errors
/// A folder that holds no run, a story that is not there.
pub fn show_story(out: &str, story: u32) -> Result<Finding> {
    let number = story.to_string();
    let mut head = None;
    table(out, "stories.csv")?.each(|cell| {
        if cell("story") == number {
            let name = if cell("name").is_empty() { cell("headline") } else { cell("name") };
            head =
                Some(format!("{number}  {name}\n{}\n{}\n", days(&cell("first_day"), &cell("last_day")), cell("words")));
        }
    });
    let mut text = head.ok_or_else(|| unknown(out, story))?;
    text.push_str(&telling(out, &number)?);
    for (outlet, coverage) in coverage(out, &number)? {
        let _ = write!(text, "\n{outlet}: {}\n", several(coverage.words, "word"));
        coverage.articles.iter().for_each(|article| _ = writeln!(text, "  {article}"));
        let mut frames: Vec<_> = coverage.frames.into_iter().collect();
        frames.sort_by_key(|(_, (voices, _))| std::cmp::Reverse(voices.values().sum::<u32>()));
        for (frame, (voices, sentences)) in frames {
            let hits: u32 = voices.values().sum();
            let voices: Vec<String> = voices.into_iter().map(|(voice, n)| format!("{voice} {n}")).collect();
            let _ = writeln!(text, "    {frame}: {hits} ({})", voices.join(", "));
            sentences.iter().for_each(|sentence| _ = writeln!(text, "        {sentence}"));
        }
        let mut sources: Vec<_> = coverage.sources.into_iter().collect();
        sources.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        if !sources.is_empty() {
            let sources: Vec<String> = sources.into_iter().map(|(source, n)| format!("{source} {n}")).collect();
            let _ = writeln!(text, "    sources: {}", sources.join(", "));
        }
    }
    Ok(Finding { text: printable(text.trim_end()).into_owned(), needs_decision: false })
}

/// The words by which each group tells a story; the labels of the group stand before `story` in the table.
fn telling(out: &str, story: &str) -> Result<String> {
    // a run of an older version has none
    if !Path::new(out).join(STORY_WORDS.file).exists() {
        return Ok(String::new());
    }
    let words = table(out, STORY_WORDS.file)?;
    let labels: Vec<String> = words.labels_before("story");
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    words.each(|cell| {
        if cell("story") != story {
            return;
        }
        let group = labels.iter().map(|label| cell(label)).collect::<Vec<_>>().join(" · ");
        if groups.last().is_none_or(|(last, _)| *last != group) {
            groups.push((group, Vec::new()));
        }
        let word = format!("{} {} : {}", cell("word"), cell("hits"), cell("rest_hits"));
        groups.last_mut().into_iter().for_each(|(_, words)| words.push(word.clone()));
    });
    if groups.is_empty() {
        return Ok(String::new());
    }
    let mut text = String::from("\nwords that each uses more often than the others (hits here : in all others)\n");
    groups.iter().for_each(|(group, words)| _ = writeln!(text, "  {group}: {}", words.join(", ")));
    Ok(text)
}

fn unknown(out: &str, story: u32) -> Problem {
    let problem = Problem::error("story-unknown", Place::file(out), format!("there is no story {story}"));
    problem.hint("`framescope stories list` lists those of a run")
}

fn coverage(out: &str, story: &str) -> Result<BTreeMap<String, OutletCoverage>> {
    let mut outlets: BTreeMap<String, OutletCoverage> = BTreeMap::new();
    table(out, "articles.csv")?.each(|cell| {
        if cell("story") == story {
            let coverage = outlets.entry(cell("outlet")).or_default();
            let left_out = if cell("counted") == "yes" { String::new() } else { format!(" ({})", cell("counted")) };
            coverage.articles.push(format!("{}  {}  [{}]{left_out}", cell("date"), cell("title"), cell("article")));
            coverage.words += cell("words").parse::<u64>().unwrap_or(0);
        }
    });
    for path in hit_files(out)? {
        Rows::of(&path)?.each(|cell| {
            if cell("story") != story || cell("counted") != "yes" {
                return;
            }
            let coverage = outlets.entry(cell("outlet")).or_default();
            let (voices, sentences) = coverage.frames.entry(cell("frame")).or_default();
            *voices.entry(cell("voice")).or_default() += 1;
            if sentences.len() < SENTENCES {
                sentences.push(format!("{} [{}] {}", cell("left"), cell("surface"), cell("right")).trim().to_string());
            }
            let source = if cell("source_name").is_empty() { cell("source") } else { cell("source_name") };
            if !source.is_empty() {
                *coverage.sources.entry(source).or_default() += 1;
            }
        });
    }
    Ok(outlets)
}

fn hit_files(out: &str) -> Result<Vec<PathBuf>> {
    // what the run wrote: a table that was edited and moved aside has the same hits again
    let listed = listed_by_run(Path::new(out));
    if listed.is_empty() {
        return Err(Problem::error("run-unreadable", Place::file(out), "holds no run").into());
    }
    let of_hits = listed.iter().filter(|name| name.starts_with("hits/") && name.ends_with(".csv"));
    Ok(of_hits.map(|name| Path::new(out).join(name)).collect())
}

/// Writes a correction behind those that a file has.
///
/// # Errors
/// A story or an article that the run has not; a file that cannot be written.
pub fn correct_stories(out: &str, file: &str, correction: &Correction) -> Result<Finding> {
    let mut of_story: BTreeMap<String, String> = BTreeMap::new();
    let mut article_ids = std::collections::BTreeSet::new();
    table(out, "articles.csv")?.each(|cell| {
        of_story.entry(cell("story")).or_insert_with(|| cell("article"));
        article_ids.insert(cell("article"));
    });
    let article = |story: &u32| -> Result<String> {
        Ok(of_story.get(&story.to_string()).cloned().ok_or_else(|| unknown(out, *story))?)
    };
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let list = |ids: &[String]| ids.iter().map(|id| quoted(id)).collect::<Vec<_>>().join(", ");
    let lines = match correction {
        Correction::Merge(stories) => {
            if stories.iter().collect::<std::collections::BTreeSet<_>>().len() < 2 {
                let problem = Problem::error("story-twice", Place::file("command line"), "one story, named twice");
                return Err(problem.expected("two stories at least, to be one").into());
            }
            let ids = stories.iter().map(article).collect::<Result<Vec<_>>>()?;
            format!("[[merge]]\narticles = [{}]\n", list(&ids))
        }
        Correction::Split(articles) => {
            if let Some(stranger) = articles.iter().find(|id| !article_ids.contains(*id)) {
                let found = format!("no article of the run is called `{stranger}`");
                let problem = Problem::error("story-article-unknown", Place::file(out), found);
                return Err(problem.expected("an identifier as in the column `article` of articles.csv").into());
            }
            format!("[[split]]\narticles = [{}]\n", list(articles))
        }
        Correction::Name(story, name) => {
            format!("[[name]]\narticle = {}\nname = {}\n", quoted(&article(story)?), quoted(name))
        }
    };
    // a file that is no list of corrections is not made longer
    let is_new = !Path::new(file).exists() || Corrections::read(file)?.text().is_empty();
    let gap = if is_new { "" } else { "\n" };
    let opened = OpenOptions::new().append(true).create(true).open(file);
    opened.and_then(|mut file| file.write_all(format!("{gap}{lines}").as_bytes())).map_err(|error| {
        Problem::error("corrections-unwritable", Place::file(file), format!("cannot be written: {error}"))
            .hint("choose another with --file")
    })?;
    let text = format!("{lines}\nadded to {file}; a study uses it with `corrections = \"{file}\"` under `[stories]`");
    Ok(Finding { text, needs_decision: false })
}
