//! The command that compares two runs.
//!
//! In: arguments. Out: a [`Command`].
//! Invariant: it is said which two runs are compared, or refused.

use super::history::folder;
use super::{Command, RunArguments};
use crate::compare::previous;
use crate::error::{Place, Problem, Result};
use clap::Args;
use std::path::Path;

/// Which two runs.
#[derive(Args)]
pub(super) struct DiffArguments {
    /// Folders of two runs, the earlier first. With --last, at most one folder: its last run is compared with the one before. `@3` is version 3 in the
    /// results folder of seeds/study.toml, `results@3` version 3 in another folder, as listed by `framescope history`.
    #[arg(value_name = "RUN", num_args = 0..=2)]
    runs: Vec<String>,
    /// Compare the run in a folder with the last different run in the same folder.
    #[arg(long)]
    last: bool,
    /// Write tables, a chart and a README into this folder; by default, only a summary is printed.
    #[arg(long, short, value_name = "DIR")]
    out: Option<String>,
}

impl DiffArguments {
    pub(super) fn resolve(self) -> Result<Command> {
        let out = self.out;
        if let [before, after] = self.runs.as_slice()
            && let (Some((run, first)), Some((other, second))) = (version(before), version(after))
            && run == other
        {
            let run = folder(Some(run.to_string()).filter(|run| !run.is_empty()))?;
            return Ok(Command::DiffVersions { out: run, versions: [first, second], into: out });
        }
        match (self.last, self.runs.as_slice()) {
            (false, [before, after]) => Ok(Command::Diff { before: before.clone(), after: after.clone(), out }),
            (true, []) => last(RunArguments::default().base()?.report.out, out),
            (true, [run]) => last(run.clone(), out),
            (_, runs) => {
                let found = match runs.len() {
                    1 => format!("one run, `{}`", runs[0]),
                    n => format!("{n} runs"),
                };
                let problem = Problem::error("two-runs", Place::file("command line"), found);
                let problem = problem.expected("two runs, or --last with at most one");
                Err(problem.hint("as in `framescope diff output-1 output-2`, or `framescope diff --last`").into())
            }
        }
    }
}

/// `results@3` as folder and version; a folder of that very name is a folder.
fn version(run: &str) -> Option<(&str, usize)> {
    let (folder, number) = run.rsplit_once('@')?;
    if Path::new(run).is_dir() { None } else { Some((folder, number.parse().ok()?)) }
}

fn last(run: String, out: Option<String>) -> Result<Command> {
    let before = previous(&run);
    if !before.is_dir() {
        let problem = Problem::error("no-last-run", Place::file(run.as_str()), "keeps no run before its last one");
        let problem = problem.expected("a folder in which at least two runs have differed");
        return Err(problem.hint("run, edit the lexicon, run again; or give two folders").into());
    }
    Ok(Command::Diff { before: before.to_string_lossy().into_owned(), after: run, out })
}
