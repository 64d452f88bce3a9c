//! The commands about stories.
//!
//! In: arguments. Out: a [`Command`].
//! Invariant: each works on the tables of a run; where none is named, on that of the study here.

use super::{Command, RunArguments};
use crate::error::Result;
use crate::inspect::Correction;
use clap::{Args, Subcommand};

#[derive(Subcommand)]
pub(super) enum StoriesVerb {
    /// List the stories of a run, the largest first.
    List(RunFolder),
    /// Show how each outlet covers a story, side by side: headlines, frames by voice, sources and sentences.
    Show {
        /// Number of the story.
        story: u32,
        #[command(flatten)]
        run: RunFolder,
    },
    /// Merge stories into one.
    Merge {
        /// Numbers of the stories.
        #[arg(num_args = 2.., required = true)]
        stories: Vec<u32>,
        #[command(flatten)]
        to: Corrected,
    },
    /// Make articles a story of their own.
    Split {
        /// Identifiers of the articles.
        #[arg(required = true)]
        articles: Vec<String>,
        #[command(flatten)]
        to: Corrected,
    },
    /// Give a story a name.
    Name {
        /// Number of the story.
        story: u32,
        /// Its name.
        name: String,
        #[command(flatten)]
        to: Corrected,
    },
}

#[derive(Args)]
pub(super) struct RunFolder {
    /// Results folder of a run; the default is that of the study file seeds/study.toml in the current folder.
    #[arg(long, short, value_name = "DIR")]
    out: Option<String>,
}

#[derive(Args)]
pub(super) struct Corrected {
    #[command(flatten)]
    run: RunFolder,
    /// File of corrections; the default is that of the study file seeds/study.toml in the current folder, else `stories.toml`.
    #[arg(long, value_name = "FILE")]
    file: Option<String>,
}

impl RunFolder {
    fn resolve(self) -> Result<String> {
        self.out.map_or_else(|| RunArguments::default().base().map(|study| study.report.out), Ok)
    }
}

impl StoriesVerb {
    pub(super) fn resolve(self) -> Result<Command> {
        let (correction, to) = match self {
            StoriesVerb::List(run) => return Ok(Command::Stories { story: None, out: run.resolve()? }),
            StoriesVerb::Show { story, run } => {
                return Ok(Command::Stories { story: Some(story), out: run.resolve()? });
            }
            StoriesVerb::Merge { stories, to } => (Correction::Merge(stories), to),
            StoriesVerb::Split { articles, to } => (Correction::Split(articles), to),
            StoriesVerb::Name { story, name, to } => (Correction::Name(story, name), to),
        };
        let file = match to.file {
            Some(file) => file,
            None => {
                let named = RunArguments::default().base()?.stories.corrections;
                named.unwrap_or_else(|| "stories.toml".to_string())
            }
        };
        Ok(Command::CorrectStories { correction, out: to.run.resolve()?, file })
    }
}
