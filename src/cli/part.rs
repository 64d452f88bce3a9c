//! The commands of a run in parts.
//!
//! In: arguments. Out: a [`PartCommand`].
//! Invariant: the plan holds the study; every later task is told the work folder and nothing that could decide a number.

use super::{Command, RunArguments};
use crate::error::Result;
use crate::part::PART_BYTES;
use crate::study::Study;
use clap::{Args, Subcommand, ValueEnum};

#[derive(Subcommand)]
pub(super) enum PartVerb {
    /// Read the corpus once, divide it into parts, and write the plan into a new work folder that all machines can see.
    Plan(Box<PlanArguments>),
    /// Index parts: one task for each, anywhere, in any order.
    Lay(TaskArguments),
    /// Find copies and recurring lines across all parts: one task, after every part has been indexed (`lay`).
    Survey {
        /// The work folder.
        work: String,
    },
    /// Count parts: one task for each, after `survey`.
    Count(TaskArguments),
    /// Write the run folder, after every part has been counted; identical to that of `run` over the whole corpus.
    Merge {
        /// The work folder.
        work: String,
        /// Folder of the results; the default is that of the plan.
        #[arg(long, short, value_name = "DIR")]
        out: Option<String>,
        /// Print no progress and no table.
        #[arg(long, short)]
        quiet: bool,
    },
    /// Print the numbers of the parts that are still missing, in the form that a job array takes; exit with code 1 if there are any.
    Status {
        /// The work folder.
        work: String,
    },
}

#[derive(Args)]
pub(super) struct PlanArguments {
    #[command(flatten)]
    run: RunArguments,
    /// The work folder. Nothing in it is ever deleted: remove it once you have the results.
    #[arg(long, value_name = "DIR")]
    work: String,
    /// Minimum amount of text in a part, such as 500M or 2G; the results do not depend on it.
    #[arg(long, value_name = "BYTES", value_parser = bytes)]
    part_bytes: Option<u64>,
    /// Print only this item of the plan.
    #[arg(long, value_name = "WHAT")]
    print: Option<PlanPrint>,
}

/// What of a plan is printed alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PlanPrint {
    /// The number of parts.
    Parts,
}

#[derive(Args)]
pub(super) struct TaskArguments {
    /// The work folder.
    work: String,
    /// Which parts, as in 7, 0-7 or 3,7,12; the default is all.
    #[arg(long, value_name = "PARTS")]
    part: Option<String>,
    /// Number of threads; the results do not depend on it.
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
}

/// A task of a run in parts.
pub enum PartCommand {
    /// Make the plan.
    Plan {
        /// Resolved.
        study: Box<Study>,
        /// The work folder.
        work: String,
        /// Bytes of text of a part at least.
        part_bytes: u64,
        /// Print only this.
        print: Option<PlanPrint>,
    },
    /// Index parts.
    Lay(Task),
    /// Survey all parts.
    Survey {
        /// The work folder.
        work: String,
    },
    /// Count parts.
    Count(Task),
    /// Write the run folder.
    Merge {
        /// The work folder.
        work: String,
        /// The run folder, where it is not that of the plan.
        out: Option<String>,
        /// Print nothing but errors.
        quiet: bool,
    },
    /// Say what is missing.
    Status {
        /// The work folder.
        work: String,
    },
}

/// Parts that are worked on.
pub struct Task {
    /// The work folder.
    pub work: String,
    /// Which; nothing is all.
    pub parts: Option<String>,
    /// Threads, where they are told.
    pub threads: Option<usize>,
}

impl PartVerb {
    pub(super) fn resolve(self) -> Result<Command> {
        Ok(Command::Part(match self {
            PartVerb::Plan(plan) => {
                let PlanArguments { run, work, part_bytes, print } = *plan;
                let part_bytes = part_bytes.unwrap_or(PART_BYTES);
                let dry_run = run.dry_run;
                let study = Box::new(run.resolve()?);
                if dry_run {
                    return Ok(Command::DryRun { study });
                }
                PartCommand::Plan { study, work, part_bytes, print }
            }
            PartVerb::Lay(task) => PartCommand::Lay(task.task()),
            PartVerb::Survey { work } => PartCommand::Survey { work },
            PartVerb::Count(task) => PartCommand::Count(task.task()),
            PartVerb::Merge { work, out, quiet } => PartCommand::Merge { work, out, quiet },
            PartVerb::Status { work } => PartCommand::Status { work },
        }))
    }
}

impl TaskArguments {
    fn task(self) -> Task {
        Task { work: self.work, parts: self.part, threads: self.threads }
    }
}

/// A number of bytes: `500M`, `2G`, `1000`.
fn bytes(text: &str) -> std::result::Result<u64, String> {
    let (number, unit) = match text.find(|c: char| !c.is_ascii_digit()) {
        Some(at) => text.split_at(at),
        None => (text, ""),
    };
    let shift = match unit {
        "" => 0,
        "k" | "K" => 10,
        "m" | "M" => 20,
        "g" | "G" => 30,
        _ => return Err("expected a number of bytes, as in `500M` or `2G`".to_string()),
    };
    let wrong = || "expected a number of bytes, as in `500M` or `2G`".to_string();
    let number: u64 = number.parse().map_err(|_| wrong())?;
    number.checked_mul(1 << shift).filter(|&bytes| bytes > 0).ok_or_else(wrong)
}
