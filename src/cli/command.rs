//! What the command line asks for.

use super::{Look, PartCommand, RunArguments};
use crate::inspect::{Conversion, Correction, Form, FrequencyQuery, KwicQuery};
use crate::lexicon as lexicon_room;
use crate::report::HitForm;
use crate::study::Study;
use crate::suggest::SuggestQuery;
use crate::text::Language;
use clap::ValueEnum;

/// What to do with the index.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum CacheVerb {
    /// Print what is in it.
    List,
    /// Check every part of it.
    Verify,
    /// Delete it; the next run rebuilds it.
    Clear,
}

/// What to do.
pub enum Command {
    /// The main job.
    Run {
        /// Resolved.
        study: Box<Study>,
        /// Print nothing but errors.
        quiet: bool,
    },
    /// Say what a run would do.
    DryRun {
        /// Resolved.
        study: Box<Study>,
    },
    /// Print a text that is ready.
    Print {
        /// The text.
        text: String,
    },
    /// List the versions that a run folder has seen.
    History {
        /// Folder of the run.
        out: String,
    },
    /// Write out a version that a run folder has seen.
    RestoreVersion {
        /// Folder of the run.
        out: String,
        /// Its number, from 1.
        version: usize,
        /// The new folder for its files.
        to: String,
    },
    /// Compare two versions that a run folder has seen.
    DiffVersions {
        /// Folder of the run.
        out: String,
        /// Their numbers, from 1.
        versions: [usize; 2],
        /// Folder for tables, a chart and a README.
        into: Option<String>,
    },
    /// Run whenever a file is saved.
    Watch {
        /// To be resolved before each run.
        arguments: Box<RunArguments>,
    },
    /// Look after the index.
    Cache {
        /// What to do.
        what: CacheVerb,
        /// Folder of the run.
        out: String,
    },
    /// List the stories of a run, or show one.
    Stories {
        /// Which one; without it all are listed.
        story: Option<u32>,
        /// Folder of the run.
        out: String,
    },
    /// Write down what a person says about stories.
    CorrectStories {
        /// What.
        correction: Correction,
        /// Folder of the run that is corrected.
        out: String,
        /// File of corrections.
        file: String,
    },
    /// A task of a run in parts.
    Part(PartCommand),
    /// Sentiment alone.
    Sentiment {
        /// Resolved.
        study: Box<Study>,
        /// Print nothing but errors.
        quiet: bool,
    },
    /// How far sentiment lexicons agree.
    SentimentCompare {
        /// Lexicons and corpus.
        look: Look,
        /// Print CSV.
        csv: bool,
    },
    /// Write the sample study.
    Demo {
        /// A new folder.
        folder: String,
    },
    /// Write a study file.
    Init {
        /// With the corpus.
        study: Box<Study>,
        /// The file to write.
        out: String,
    },
    /// Write a sidecar.
    CorpusInit {
        /// Folder of articles.
        folder: String,
    },
    /// Compare two runs.
    Diff {
        /// Folder of the first run.
        before: String,
        /// Folder of the second run.
        after: String,
        /// Folder of the tables and the chart; nothing is written without it.
        out: Option<String>,
    },
    /// Describe a corpus.
    CorpusCheck {
        /// Resolved.
        study: Box<Study>,
    },
    /// Look at lexicons, or change them.
    Lexicon(LexiconCommand),
    /// Print an article with its voices.
    ShowVoice {
        /// Path.
        article: String,
        /// With the rules.
        explain: bool,
        /// Declared language.
        language: Option<Language>,
    },
    /// Print hits in their context.
    Kwic {
        /// Resolved.
        study: Box<Study>,
        /// What is looked for, and how much of it is shown.
        query: Box<KwicQuery>,
        /// How it is printed.
        form: Form,
        /// A file for a dispersion plot.
        plot: Option<String>,
    },
    /// Write every hit as one table.
    Hits {
        /// Resolved.
        study: Box<Study>,
        /// How.
        form: HitForm,
        /// A new file, or `-`.
        out: String,
    },
    /// List the words of a corpus.
    Words {
        /// Resolved.
        study: Box<Study>,
        /// The run that it is of.
        run: Option<String>,
        /// What is listed.
        query: FrequencyQuery,
        /// How it is printed.
        form: Form,
    },
    /// Compare a lexicon with human coding.
    Validate(ValidateCommand),
    /// Compare the words of groups.
    Keyness {
        /// Resolved.
        study: Box<Study>,
        /// The table.
        out: String,
    },
    /// Look at what stands beside a term.
    Collocates {
        /// Resolved.
        study: Box<Study>,
        /// The table.
        out: String,
    },
    /// Print what a measure or the rules of voice are.
    Explain {
        /// Name of a measure, `voice`, `settings`, a table or a setting; nothing lists the names.
        what: Option<String>,
    },
}

/// What to do with lexicons.
pub enum LexiconCommand {
    /// Check lexicons.
    Check {
        /// Paths.
        files: Vec<String>,
        /// How they are read.
        reading: lexicon_room::Options,
    },
    /// List the shipped lexicons.
    List,
    /// Print a lexicon.
    Show {
        /// How it is read.
        reading: lexicon_room::Options,
        /// Path.
        file: String,
    },
    /// Check lexicons against a corpus.
    Lint {
        /// Lexicons and corpus.
        look: Look,
        /// Print JSON.
        json: bool,
    },
    /// Print what each entry matches.
    Forms {
        /// Lexicons and corpus.
        look: Look,
        /// Print CSV.
        csv: bool,
    },
    /// Print candidates for a lexicon.
    Suggest {
        /// Path.
        file: String,
        /// With the corpus.
        study: Box<Study>,
        /// The run that it is of.
        run: Option<String>,
        /// What is sought.
        query: SuggestQuery,
        /// How it is printed.
        form: Form,
    },
    /// Write accepted candidates into a lexicon.
    Accept {
        /// Path.
        file: String,
        /// Table of candidates, some marked.
        table: String,
        /// The day; nothing is today.
        added: Option<String>,
    },
    /// Print entries that something speaks against.
    SuggestDrop {
        /// Path.
        file: String,
        /// With the corpus.
        study: Box<Study>,
        /// The run that it is of.
        run: Option<String>,
        /// Which frame.
        query: SuggestQuery,
        /// How it is printed.
        form: Form,
    },
    /// Write a lexicon in another form.
    Convert {
        /// Path.
        input: String,
        /// Path; its extension names the form.
        output: String,
        /// Where the import report goes.
        import_report: Option<String>,
        /// How.
        how: Conversion,
    },
    /// Put lexicons in normal form.
    Format {
        /// Paths.
        files: Vec<String>,
        /// Change nothing.
        check: bool,
    },
}

/// What to do of a validation.
pub enum ValidateCommand {
    /// Draw a sample to code.
    Sample {
        /// What is drawn.
        draw: Box<crate::validate::Draw>,
    },
    /// Score what came back.
    Score {
        /// Folder of the sample.
        folder: String,
    },
    /// Write scores into lexicons.
    Apply {
        /// What is written.
        apply: crate::validate::Apply,
    },
}

impl Command {
    /// The study of a command that reads its articles once, here and now: they may come from standard input.
    pub fn reads(&mut self) -> Option<&mut Study> {
        match self {
            Command::Run { study, .. }
            | Command::Sentiment { study, .. }
            | Command::CorpusCheck { study }
            | Command::Kwic { study, .. }
            | Command::Hits { study, .. }
            | Command::Words { study, .. }
            | Command::Keyness { study, .. }
            | Command::Collocates { study, .. } => Some(study),
            Command::SentimentCompare { look, .. } => Some(&mut look.study),
            Command::Lexicon(LexiconCommand::Lint { look, .. } | LexiconCommand::Forms { look, .. }) => {
                Some(&mut look.study)
            }
            Command::Lexicon(LexiconCommand::Suggest { study, .. } | LexiconCommand::SuggestDrop { study, .. }) => {
                Some(study)
            }
            _ => None,
        }
    }

    /// The corpus of a command that names its articles for later, or reads them again.
    pub fn names_corpus(&self) -> Vec<String> {
        match self {
            Command::Init { study, .. } | Command::Part(PartCommand::Plan { study, .. }) => study.corpus.clone(),
            Command::Watch { arguments } => arguments.clone().resolve().map(|study| study.corpus).unwrap_or_default(),
            _ => Vec::new(),
        }
    }
}
