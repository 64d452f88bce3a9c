//! The program: arguments in, one run, an exit code out. Everything that is printed is printed here.
//!
//! The work is done on a thread of its own, so that Ctrl-C ends it wherever it is: at its next step if that comes soon, else by taking
//! away what was begun. A second Ctrl-C ends the process at once.

mod terminal;
mod watch;

use clap::Parser;
use framescope::cli::{Arguments, CacheVerb, Command, PartCommand, PlanPrint};
use framescope::error::{Error, Severity};
use framescope::inspect::{self, Finding, Form, VoiceView};
use framescope::progress::{Progress, Silent};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use terminal::{Bars, say, say_painted, warn};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How long work that was told to stop may take to its next step.
const GRACE: Duration = Duration::from_millis(600);

/// What the first thread waits for.
enum Event {
    /// The work has ended with this exit code.
    Done(u8),
    /// The user pressed Ctrl-C.
    Stop,
}

fn main() -> ExitCode {
    std::panic::set_hook(Box::new(|panic| {
        LAST_PANIC.lock().unwrap_or_else(PoisonError::into_inner).clone_from(&panic.to_string());
    }));
    let stop = Arc::new(AtomicBool::new(false));
    let (send, events) = channel();
    listen(stop.clone(), send.clone());
    // as much room as the first thread of a process has, and more
    let work = std::thread::Builder::new().stack_size(32 << 20).spawn(move || {
        let _ = send.send(Event::Done(work(&stop)));
    });
    if let Err(error) = work {
        warn(&format!("error: no thread can be started: {error}"));
        return ExitCode::from(BUG);
    }
    let first = events.recv();
    let ended = match first {
        Ok(Event::Done(code)) => Some(code),
        Ok(Event::Stop) => match events.recv_timeout(GRACE) {
            Ok(Event::Done(code)) => Some(code),
            Ok(Event::Stop) | Err(_) => None,
        },
        Err(_) => Some(BUG),
    };
    ended.map_or_else(abandon, ExitCode::from)
}

/// Ends the process in the middle of its work.
fn abandon() -> ExitCode {
    let output =
        if framescope::disk::abandon() { "the new output is in its place" } else { "the previous output is untouched" };
    warn(&format!("interrupted; {output}"));
    std::process::exit(INTERRUPTED);
}

/// Tells of Ctrl-C, the second time by ending the process.
fn listen(stop: Arc<AtomicBool>, send: Sender<Event>) {
    // without a handler Ctrl-C ends the process at once; the previous output is whole either way
    let _ = ctrlc::set_handler(move || {
        if stop.swap(true, Ordering::Relaxed) {
            std::process::exit(INTERRUPTED);
        }
        let _ = send.send(Event::Stop);
    });
}

/// Does what the arguments say; gives back the exit code.
fn work(stop: &AtomicBool) -> u8 {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(told) => {
            let text = told.render().to_string();
            let print = if told.use_stderr() { warn } else { say };
            print(&text.trim_end());
            return told.exit_code() as u8;
        }
    };
    let result = std::panic::catch_unwind(|| arguments.resolve().and_then(|command| obey(command, stop)));
    match result {
        Ok(Ok(code)) => code,
        Ok(Err(error)) => {
            warn(&error);
            error.exit_code()
        }
        Err(_) => {
            warn(&*LAST_PANIC.lock().unwrap_or_else(PoisonError::into_inner));
            warn(
                &"error: this is a bug of framescope; the previous output is untouched. Please report the lines above.",
            );
            BUG
        }
    }
}

/// What the last panic had to say. Those of libraries that are caught where they were called are told as problems and not printed.
static LAST_PANIC: Mutex<String> = Mutex::new(String::new());

/// Exit code after Ctrl-C.
const INTERRUPTED: i32 = 130;

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
        Command::Part(command) => part(command, stop),
        Command::Diff { before, after, out } => {
            let diff = framescope::diff(&before, &after, out.as_deref())?;
            show(&Finding { text: diff, needs_decision: false })
        }
        Command::Demo { folder } => show(&inspect::demo(&folder)?),
        Command::Init { study, out } => show(&inspect::init_study(&study, &out)?),
        Command::CorpusInit { folder } => show(&inspect::init_corpus(&folder)?),
        Command::CorpusCheck { study } => show(&inspect::check_corpus(&study)?),
        Command::ShowVoice { article, explain, language } => {
            let colour = terminal::has_colour();
            let text = inspect::show_voice(&article, VoiceView { colour, explain, language })?.text;
            if colour {
                say_painted(&text);
            } else {
                say(&text);
            }
            Ok(0)
        }
        Command::Kwic { study, query, form } => {
            let found = inspect::kwic(&study, &query, stop)?;
            found.notes.iter().filter(|note| note.severity > Severity::Note).for_each(|note| warn(note));
            let colour = form == Form::Table && terminal::has_colour();
            let print = if colour { say_painted } else { |text: &str| say(&text) };
            print(&found.text(form, colour));
            if matches!(form, Form::Csv | Form::Jsonl) {
                warn(&found.sentence());
            }
            Ok(0)
        }
        Command::Hits { study, form, out } => {
            let (rows, problems) = match out.as_str() {
                "-" => inspect::hits(&study, form, terminal::pipe(), stop)?,
                file => inspect::hits_into(&study, form, file, stop)?,
            };
            problems.iter().filter(|problem| problem.severity > Severity::Note).for_each(|problem| warn(problem));
            warn(&format!("{rows} hits"));
            Ok(0)
        }
        Command::Words { study, query, form } => {
            let found = inspect::frequencies(&study, &query, stop)?;
            say(&found.text(form));
            if matches!(form, Form::Csv | Form::Jsonl) {
                warn(&found.sentence());
            }
            Ok(0)
        }
        Command::ValidateSample { draw } => tell(framescope::validate::sample(&draw, stop)?),
        Command::ValidateScore { folder } => tell(framescope::validate::score(&folder)?),
        Command::ValidateApply { apply } => tell(framescope::validate::apply(&apply)?),
        other => show(&look(other, stop)?),
    }
}

/// The tasks of a run in parts.
fn part(command: PartCommand, stop: &AtomicBool) -> Result<u8, Error> {
    let bars = Bars::new();
    match command {
        PartCommand::Plan { study, work, part_bytes, print } => {
            let planned = framescope::part::plan(&study, &work, part_bytes, &bars, stop)?;
            match print {
                Some(PlanPrint::Parts) => say(&planned.parts),
                None => say(&terminal::planned(&planned, &work)),
            }
            Ok(0)
        }
        PartCommand::Lay(task) => {
            let done = framescope::part::lay(&task.work, task.parts.as_deref(), task.threads, &bars, stop)?;
            say(&format!("laid: {done}"));
            Ok(0)
        }
        PartCommand::Survey { work } => {
            let done = framescope::part::survey(&work, stop)?;
            say(&if done { "surveyed" } else { "surveyed before" });
            Ok(0)
        }
        PartCommand::Count(task) => {
            let done = framescope::part::count(&task.work, task.parts.as_deref(), task.threads, &bars, stop)?;
            say(&format!("counted: {done}"));
            Ok(0)
        }
        PartCommand::Merge { work, out, quiet } => {
            let begun = Instant::now();
            let progress: &dyn Progress = if quiet { &Silent } else { &bars };
            let outcome = framescope::part::merge(&work, out.as_deref(), progress, stop)?;
            if !quiet {
                say(&terminal::summary(&outcome, begun.elapsed()));
            }
            Ok(u8::from(outcome.too_many_bad))
        }
        PartCommand::Status { work } => {
            let status = framescope::part::status(&work)?;
            warn(&terminal::part_status(&status, &work));
            if !status.missing.is_empty() {
                say(&status.missing);
            }
            Ok(u8::from(!status.is_complete()))
        }
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
        Command::LexiconSuggest { file, study, query, form } => {
            let found = framescope::suggest::suggest(&file, &study, &query, stop)?;
            if form != Form::Table {
                warn(&inspect::suggestions_summary(&found));
            }
            Ok(Finding { text: inspect::suggestions_text(&found, form), needs_decision: false })
        }
        Command::LexiconAccept { file, table, added } => {
            inspect::accept_suggestions(&file, &table, &added.unwrap_or_else(terminal::today))
        }
        Command::LexiconSuggestDrop { file, study, query, form } => {
            let found = framescope::suggest::suggest_drop(&file, &study, &query, stop)?;
            Ok(Finding { text: inspect::dropped_text(&found, form), needs_decision: false })
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
        Command::Keyness { study, out } => inspect::keyness(&study, &out, stop),
        Command::Collocates { study, out } => inspect::collocates(&study, &out, stop),
        Command::Explain { what } => inspect::explain(what.as_deref()),
        Command::Run { .. }
        | Command::Part(_)
        | Command::Diff { .. }
        | Command::Watch { .. }
        | Command::Cache { .. }
        | Command::Demo { .. }
        | Command::Init { .. }
        | Command::CorpusInit { .. }
        | Command::CorpusCheck { .. }
        | Command::ShowVoice { .. }
        | Command::Kwic { .. }
        | Command::Hits { .. }
        | Command::Words { .. }
        | Command::ValidateSample { .. }
        | Command::ValidateScore { .. }
        | Command::ValidateApply { .. }
        | Command::Sentiment { .. } => Ok(Finding { text: String::new(), needs_decision: false }),
    }
}

fn tell(said: framescope::validate::Said) -> Result<u8, Error> {
    show(&Finding { text: said.text, needs_decision: said.needs_decision })
}

fn show(finding: &Finding) -> Result<u8, Error> {
    say(&finding.text);
    Ok(u8::from(finding.needs_decision))
}
