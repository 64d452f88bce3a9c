//! What a person says about stories: which are one, which are not, and what they are called.
//!
//! In: a file (TOML) that names articles. Out: [`Corrections`], laid over the stories that were found.
//! Invariant: stories are named by their articles, so that corrections hold when a corpus grows and the numbers of stories move.

use crate::disk;
use crate::error::{Place, Problem, Result};
use crate::text::Lines;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// Bytes of the file that are read at most.
const LONGEST: u64 = 16 << 20;

/// Corrections, in the order of the file: first all merges, then all splits, then names.
#[derive(Debug, Default)]
pub struct Corrections {
    path: String,
    text: String,
    file: File,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct File {
    merge: Vec<Articles>,
    split: Vec<Articles>,
    name: Vec<Name>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Articles {
    articles: Vec<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Name {
    article: Spanned<String>,
    name: String,
}

/// Names of stories, as they are told.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub of_cluster: BTreeMap<u32, String>,
    /// The article of each name of the file.
    articles: Vec<usize>,
}

impl Corrections {
    /// Reads a file.
    ///
    /// # Errors
    /// A file that cannot be read, or is no list of corrections.
    pub fn read(path: &str) -> Result<Corrections> {
        let text = disk::read_text(path.as_ref(), LONGEST).map_err(|error| {
            Problem::error("corrections-unreadable", Place::file(path), format!("cannot be read: {error}"))
                .hint("`[stories] corrections` of the study names this file")
        })?;
        Corrections::parse(path, text)
    }

    /// Of a text; `path` names it.
    ///
    /// # Errors
    /// As [`Corrections::read`].
    pub fn parse(path: &str, text: String) -> Result<Corrections> {
        let file = toml::from_str(&text).map_err(|error| {
            let place = error.span().map_or(Place::file(path), |span| place(path, &text, span.start));
            Problem::error("corrections-syntax", place, error.message().trim().replace('\n', " ")).expected(
                "`[[merge]]` or `[[split]]` with `articles = [\"…\"]`, or `[[name]]` with `article` and `name`",
            )
        })?;
        Ok(Corrections { path: path.to_string(), text, file })
    }

    /// The file as it was read.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Lays the corrections over `clusters`, the cluster of each article by its number in the order of reading; gives back the names of
    /// clusters. New clusters get numbers from `next` on.
    ///
    /// # Errors
    /// Every article that the corpus has not.
    pub(super) fn apply(
        &self,
        clusters: &mut [Option<u32>],
        mut next: u32,
        ids: impl Iterator<Item = impl AsRef<str>>,
    ) -> Result<Names> {
        let mut names = Names::default();
        if self.file.merge.is_empty() && self.file.split.is_empty() && self.file.name.is_empty() {
            return Ok(names);
        }
        let numbers: BTreeMap<String, usize> =
            ids.enumerate().map(|(number, id)| (id.as_ref().to_string(), number)).collect();
        let mut problems = Vec::new();
        let mut number = |id: &Spanned<String>| {
            let number = numbers.get(id.get_ref()).copied();
            if number.is_none() {
                problems.push(self.unknown(id));
            }
            number
        };
        for merge in &self.file.merge {
            let members: Vec<usize> = merge.articles.iter().filter_map(&mut number).collect();
            let of: Vec<u32> = members.iter().filter_map(|&article| clusters[article]).collect();
            clusters.iter_mut().flatten().filter(|cluster| of.contains(cluster)).for_each(|cluster| *cluster = next);
            members.iter().for_each(|&article| clusters[article] = Some(next));
            next += 1;
        }
        for split in &self.file.split {
            let members: Vec<usize> = split.articles.iter().filter_map(&mut number).collect();
            members.iter().for_each(|&article| clusters[article] = Some(next));
            next += 1;
        }
        for name in &self.file.name {
            let Some(article) = number(&name.article) else { continue };
            names.articles.push(article);
            if let Some(cluster) = clusters[article] {
                names.of_cluster.insert(cluster, name.name.clone());
            }
        }
        if problems.is_empty() { Ok(names) } else { Err(problems.into()) }
    }

    /// Refuses names that nothing bears.
    ///
    /// # Errors
    /// Every name for an article that is in no story.
    pub(super) fn refuse_unborne(&self, names: &Names, is_in_story: impl Fn(usize) -> bool) -> Result<()> {
        let named = self.file.name.iter().zip(&names.articles).filter(|(_, article)| !is_in_story(**article));
        let problems: Vec<Problem> = named.map(|(name, _)| self.alone(&name.article)).collect();
        if problems.is_empty() { Ok(()) } else { Err(problems.into()) }
    }

    fn alone(&self, id: &Spanned<String>) -> Problem {
        let place = place(&self.path, &self.text, id.span().start);
        let found = format!("`{}` is in no story, so that nothing has the name", id.get_ref());
        let problem = Problem::error("story-article-alone", place, found).expected("an article of a story");
        problem.hint("name another article of the story, merge it with one, or delete the name")
    }

    fn unknown(&self, id: &Spanned<String>) -> Problem {
        let place = place(&self.path, &self.text, id.span().start);
        let found = format!("no article of the corpus is called `{}`", id.get_ref());
        Problem::error("story-article-unknown", place, found)
            .expected("an identifier as in the column `article` of articles.csv")
    }
}

fn place(path: &str, text: &str, byte: usize) -> Place {
    let (line, column) = Lines::of(text).line_column(text, byte as u32);
    Place::at(path, line, column)
}
