//! The program: arguments in, one run, an exit code out. Everything that is printed is printed here.

mod terminal;
mod watch;

use clap::Parser;
use framescope::cli::{Arguments, CacheVerb, Command};
use framescope::error::Error;
use framescope::inspect::{self, Finding, VoiceView};
use framescope::progress::{Progress, Silent};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;
use terminal::{Bars, say, warn};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let stop = Arc::new(AtomicBool::new(false));
    let told = stop.clone();
    // without a handler Ctrl-C ends the process at once; the previous output is whole either way
    let _ = ctrlc::set_handler(move || told.store(true, Ordering::Relaxed));
    let arguments = Arguments::parse();
    let result = std::panic::catch_unwind(|| arguments.resolve().and_then(|command| obey(command, &stop)));
    let code = match result {
        Ok(Ok(code)) => code,
        Ok(Err(error)) => {
            warn(&error);
            error.exit_code()
        }
        Err(_) => {
            warn(
                &"error: this is a bug of framescope; the previous output is untouched. Please report the lines above.",
            );
            BUG
        }
    };
    ExitCode::from(code)
}

/// Exit code of our own faults.
const BUG: u8 = 70;

fn obey(command: Command, stop: &AtomicBool) -> Result<u8, Error> {
    match command {
        Command::Run { study, quiet } => {
            let begun = Instant::now();
            let bars = Bars::new();
            let progress: &dyn Progress = if quiet { &Silent } else { &bars };
            let outcome = framescope::run(&study, progress, stop)?;
            if !quiet {
                say(&terminal::summary(&outcome, begun.elapsed()));
            }
            Ok(u8::from(outcome.too_many_bad))
        }
        Command::Watch { arguments } => watch::watch(&arguments, stop).map(|()| 0),
        Command::Cache { what, out } => show(&match what {
            CacheVerb::List => inspect::list_cache(&out)?,
            CacheVerb::Verify => inspect::verify_cache(&out)?,
            CacheVerb::Clear => inspect::clear_cache(&out)?,
        }),
        Command::Sentiment { study, quiet } => {
            let bars = Bars::new();
            let progress: &dyn Progress = if quiet { &Silent } else { &bars };
            let outcome = framescope::run(&study, progress, stop)?;
            say(&format!("{}\n\nin {}", outcome.sentiment, outcome.out));
            Ok(u8::from(outcome.too_many_bad))
        }
        Command::Diff { before, after, out } => {
            let diff = framescope::diff(&before, &after, out.as_deref())?;
            show(&Finding { text: diff, needs_decision: false })
        }
        Command::Demo { folder } => show(&inspect::demo(&folder)?),
        Command::Init { study, out } => show(&inspect::init_study(&study, &out)?),
        Command::CorpusInit { folder } => show(&inspect::init_corpus(&folder)?),
        Command::CorpusCheck { study } => show(&inspect::check_corpus(&study)?),
        other => show(&look(other, stop)?),
    }
}

/// The commands that look at lexicons.
fn look(command: Command, stop: &AtomicBool) -> Result<Finding, Error> {
    match command {
        Command::LexiconCheck { files, reading } => inspect::check_lexicons_with(&files, &reading),
        Command::LexiconList => inspect::list_lexicons(),
        Command::LexiconShow { file, reading } => inspect::show_lexicon_with(&file, &reading),
        Command::LexiconLint { look, json } => {
            Ok(inspect::lint_lexicons(&look.files, &look.study, &look.reading, stop)?.finding(json))
        }
        Command::LexiconForms { look, csv } => {
            let forms = inspect::forms(&look.files, &look.study, &look.reading, stop)?;
            Ok(Finding { text: if csv { forms.csv() } else { forms.table() }, needs_decision: false })
        }
        Command::SentimentCompare { look, csv } => {
            let found = inspect::compare_lexicons(&look.files, &look.study, &look.reading, stop)?;
            Ok(if csv { Finding { text: found.csv(), needs_decision: false } } else { found.finding() })
        }
        Command::LexiconConvert { input, output, import_report, how } => {
            let mut finding = inspect::convert(&input, &output, &how)?;
            if let Some(path) = import_report {
                let report = inspect::write_import_report(&input, &path, &how.reading, how.force)?;
                finding.text = format!("{}\n{}", finding.text, report.text);
            }
            Ok(finding)
        }
        Command::LexiconFormat { files, check } => {
            let mut all = Finding { text: String::new(), needs_decision: false };
            for file in files {
                let one = inspect::format(&file, check)?;
                all.needs_decision |= one.needs_decision;
                all.text.push_str(&format!("{}\n", one.text));
            }
            all.text.truncate(all.text.trim_end().len());
            Ok(all)
        }
        Command::ShowVoice { article, explain } => {
            inspect::show_voice(&article, VoiceView { colour: terminal::has_colour(), explain })
        }
        Command::Keyness { study, out } => inspect::keyness(&study, &out, stop),
        Command::Collocates { study, out } => inspect::collocates(&study, &out, stop),
        Command::Explain { what } => inspect::explain(what.as_deref()),
        Command::Run { .. }
        | Command::Diff { .. }
        | Command::Watch { .. }
        | Command::Cache { .. }
        | Command::Demo { .. }
        | Command::Init { .. }
        | Command::CorpusInit { .. }
        | Command::CorpusCheck { .. }
        | Command::Sentiment { .. } => Ok(Finding { text: String::new(), needs_decision: false }),
    }
}

fn show(finding: &Finding) -> Result<u8, Error> {
    say(&finding.text);
    Ok(u8::from(finding.needs_decision))
}
