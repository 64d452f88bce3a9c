//! The command for the versions that a run folder has seen.
//!
//! In: arguments. Out: a [`Command`].

use super::{Command, RunArguments};
use crate::error::Result;
use clap::{Args, Subcommand};

/// Which folder, and what of it.
#[derive(Args)]
pub(super) struct HistoryArguments {
    #[command(subcommand)]
    verb: Option<HistoryVerb>,
    /// Folder of the run; the default is that of the study file seeds/study.toml in the current folder.
    #[arg(long, short, value_name = "DIR", global = true)]
    out: Option<String>,
}

#[derive(Subcommand)]
enum HistoryVerb {
    /// Write the lexicons and the study file of a version into a new folder.
    Restore {
        /// Number of the version, as listed.
        version: usize,
        /// The new folder; the default is `version-` and the number.
        #[arg(long, value_name = "DIR")]
        to: Option<String>,
    },
}

impl HistoryArguments {
    pub(super) fn resolve(self) -> Result<Command> {
        let out = folder(self.out)?;
        Ok(match self.verb {
            None => Command::History { out },
            Some(HistoryVerb::Restore { version, to }) => {
                let to = to.unwrap_or_else(|| format!("version-{version}"));
                Command::RestoreVersion { out, version, to }
            }
        })
    }
}

/// The folder that was named, or that of the study here.
pub(super) fn folder(out: Option<String>) -> Result<String> {
    out.map_or_else(|| RunArguments::default().base().map(|study| study.report.out), Ok)
}
