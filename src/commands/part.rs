//! The tasks of a run in parts, from what was asked to what is printed.

use crate::terminal::{self, Bars, say, warn};
use framescope::cli::{PartCommand, PlanPrint};
use framescope::error::Error;
use framescope::part;
use framescope::progress::{Progress, Silent};
use std::sync::atomic::AtomicBool;
use std::time::Instant;

/// Does a task; gives back the exit code.
pub(super) fn part(command: PartCommand, stop: &AtomicBool) -> Result<u8, Error> {
    let bars = Bars::new();
    match command {
        PartCommand::Plan { study, work, part_bytes, print } => {
            let planned = part::plan(&study, &work, part_bytes, &bars, stop)?;
            match print {
                Some(PlanPrint::Parts) => say(&planned.parts)?,
                None => say(&terminal::planned(&planned, &work))?,
            }
            Ok(0)
        }
        PartCommand::Lay(task) => {
            let done = part::lay(&task.work, task.parts.as_deref(), task.threads, &bars, stop)?;
            say(&format!("laid: {done}"))?;
            Ok(0)
        }
        PartCommand::Survey { work } => {
            let done = part::survey(&work, stop)?;
            say(&if done { "surveyed" } else { "already surveyed" })?;
            Ok(0)
        }
        PartCommand::Count(task) => {
            let done = part::count(&task.work, task.parts.as_deref(), task.threads, &bars, stop)?;
            say(&format!("counted: {done}"))?;
            Ok(0)
        }
        PartCommand::Merge { work, out, quiet } => {
            let begun = Instant::now();
            let progress: &dyn Progress = if quiet { &Silent } else { &bars };
            let outcome = part::merge(&work, out.as_deref(), progress, stop)?;
            if !quiet {
                say(&terminal::summary(&outcome, begun.elapsed()))?;
            }
            Ok(u8::from(outcome.too_many_bad))
        }
        PartCommand::Status { work } => {
            let status = part::status(&work)?;
            warn(&terminal::part_status(&status, &work));
            if !status.missing.is_empty() {
                say(&status.missing)?;
            }
            Ok(u8::from(!status.is_complete()))
        }
    }
}
