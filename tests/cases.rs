//! Inputs that people really have, each with the right answer; a test is named after the case that it came from.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod agencies;
mod chats;
mod collections;
mod dates;
mod downloads;
mod exports;
mod folders;
mod forms;
mod found;
mod fuzz;
mod kinds;
mod mended;
mod mutated;
mod ordinary;
mod pages;
mod paths;
mod pieces;
mod platforms;
mod quotes;
mod roles;
mod services;
mod several;
mod shapes;
mod silent;
mod subsets;
mod tables;
mod titles;
mod uncommon;
mod voices;

use framescope::error::Problem;
use framescope::read::{Article, Item, Options, open};
use std::path::PathBuf;
use std::process::Command;

/// A folder that is gone after the test.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("framescope-cases-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    pub fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> &Folder {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
        self
    }

    pub fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_string()
    }

    pub fn read(&self, name: &str) -> Read {
        self.read_with(name, &Options::default())
    }

    pub fn read_with(&self, name: &str, options: &Options) -> Read {
        let mut corpus = open(&[self.path(name)], options).unwrap_or_else(|error| panic!("{error}"));
        let mut problems = corpus.notes().to_vec();
        let mut articles = Vec::new();
        for item in &mut corpus {
            match item {
                Item::Article(article) => articles.push(article),
                Item::Problem(problem) => problems.push(problem),
            }
        }
        Read { articles, problems }
    }

    /// Problems with which a file is refused.
    pub fn refused(&self, name: &str) -> Vec<Problem> {
        match open(&[self.path(name)], &Options::default()).err() {
            Some(framescope::error::Error::Refused(problems)) => problems,
            other => panic!("expected a refusal, got {other:?}"),
        }
    }

    /// Runs over a file with a lexicon of two frames, and gives the rows of a table.
    pub fn run(&self, corpus: &str, more: &[&str], table: &str) -> Vec<Vec<String>> {
        self.put("unrest.toml", LEXICON);
        let mut command = Command::new(env!("CARGO_BIN_EXE_framescope"));
        command.current_dir(&self.0).args(["run", corpus, "--lexicon", "unrest.toml", "--out", "out", "-q"]);
        // what is short shows no language
        command.args(["--no-cache", "--no-charts", "--language", "en"]).args(more);
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).from_path(self.0.join("out").join(table)).unwrap();
        reader.records().map(|row| row.unwrap().iter().map(str::to_string).collect()).collect()
    }

    /// Some columns of a table of a run; `hits.csv` is the hits of all frames.
    pub fn columns(&self, corpus: &str, more: &[&str], table: &str, columns: &[&str]) -> Vec<String> {
        if table == "hits.csv" {
            self.run(corpus, more, "frames.csv");
            let hits = crate::run::hits(&self.0.join("out"));
            let row = |hit: &std::collections::BTreeMap<String, String>| {
                columns.iter().map(|column| hit[*column].as_str()).collect::<Vec<_>>().join("|")
            };
            return hits.iter().map(row).collect();
        }
        let rows = self.run(corpus, more, table);
        let places: Vec<usize> =
            columns.iter().map(|column| rows[0].iter().position(|name| name == column).unwrap()).collect();
        rows[1..].iter().map(|row| places.iter().map(|&i| row[i].as_str()).collect::<Vec<_>>().join("|")).collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

const LEXICON: &str = r#"
[lexicon]
name = "unrest"
version = "1.0.0"
language = "en"

[[frame]]
name = "terror"
terms = ["militant", "terrorist", "gunman", "gunmen"]

[[frame]]
name = "coup"
terms = ["coup"]
"#;

pub struct Read {
    pub articles: Vec<Article>,
    pub problems: Vec<Problem>,
}

impl Read {
    pub fn texts(&self) -> Vec<&str> {
        self.articles.iter().map(|article| article.text.as_str()).collect()
    }

    pub fn outlets(&self) -> Vec<Option<&str>> {
        self.articles.iter().map(|article| article.outlet.as_deref()).collect()
    }

    pub fn dates(&self) -> Vec<String> {
        self.articles.iter().map(|article| article.date.map(|date| date.to_string()).unwrap_or_default()).collect()
    }

    pub fn has(&self, kind: &str) -> bool {
        self.problems.iter().any(|problem| problem.kind == kind)
    }

    pub fn problem(&self, kind: &str) -> &Problem {
        let found = self.problems.iter().find(|problem| problem.kind == kind);
        found.unwrap_or_else(|| panic!("no `{kind}` among {:#?}", self.problems))
    }
}
