//! Every command, from what was asked to what is printed.

mod part;
mod stdin;

use crate::terminal::{self, Bars, Pipe, say, say_painted, say_rows, warn};
use crate::watch;
use framescope::cli::{CacheVerb, Command, LexiconCommand, ValidateCommand};
use framescope::error::{Error, Severity};
use framescope::inspect::{self, Conversion, Finding, Form, KwicQuery, VoiceView};
use framescope::progress::{Progress, Silent};
use framescope::report::{HitForm, Outcome};
use framescope::study::Study;
use framescope::text::several;
use framescope::{suggest, validate};
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

/// Does what was asked; gives back the exit code.
pub(crate) fn obey(mut command: Command, stop: &AtomicBool) -> Result<u8, Error> {
    // the file of standard input stays until the command is done
    let _taken = stdin::take(&mut command)?;
    obey_with_files(command, stop)
}

fn obey_with_files(command: Command, stop: &AtomicBool) -> Result<u8, Error> {
    match command {
        Command::Run { study, quiet } => {
            run(&study, quiet, stop, |outcome, took| (!quiet).then(|| terminal::summary(outcome, took)))
        }
        Command::DryRun { study } => show(&inspect::dry_run(&study)?),
        Command::Print { text } => say(&text).map(|()| 0),
        Command::History { out } => show(&inspect::list_versions(&out)?),
        Command::RestoreVersion { out, version, to } => show(&inspect::restore_version(&out, version, &to)?),
        Command::DiffVersions { out, versions, into } => {
            show(&plain(framescope::diff_versions(&out, versions, into.as_deref(), stop)?))
        }
        Command::Watch { arguments } => watch::watch(&arguments, stop).map(|()| 0),
        Command::Cache { what, out } => show(&match what {
            CacheVerb::List => inspect::list_cache(&out)?,
            CacheVerb::Verify => inspect::verify_cache(&out)?,
            CacheVerb::Clear => inspect::clear_cache(&out)?,
        }),
        Command::Sentiment { study, quiet } => {
            let table = |outcome: &Outcome| format!("{}\n\nin {}", outcome.sentiment, outcome.out);
            run(&study, quiet, stop, |outcome, _| (!quiet).then(|| table(outcome)))
        }
        Command::SentimentCompare { look, csv } => {
            let found = inspect::compare_lexicons(&look.files, &look.study, &look.reading, stop)?;
            if csv { say_rows(&found.csv()).map(|()| 0) } else { show(&found.finding()) }
        }
        Command::Part(command) => part::part(command, stop),
        Command::Diff { before, after, out } => show(&plain(framescope::diff(&before, &after, out.as_deref())?)),
        Command::Demo { folder } => show(&inspect::demo(&folder)?),
        Command::Init { study, out } => show(&inspect::init_study(&study, &out)?),
        Command::CorpusInit { folder } => show(&inspect::init_corpus(&folder)?),
        Command::CorpusCheck { study } => show(&inspect::check_corpus(&study)?),
        Command::Lexicon(command) => lexicon(command, stop),
        Command::ShowVoice { article, explain, language } => {
            let colour = terminal::has_colour();
            let shown = inspect::show_voice(&article, VoiceView { colour, explain, language })?.text;
            if colour {
                say_painted(&shown)?;
            } else {
                say(&shown)?;
            }
            Ok(0)
        }
        Command::Kwic { study, query, form, plot } => kwic(&study, &query, (form, plot.as_deref()), stop),
        Command::Hits { study, form, out } => hits(&study, form, &out, stop),
        Command::Words { study, run, query, form } => {
            warn_of_changes(run.as_deref(), &study)?;
            let found = inspect::frequencies(&study, &query, stop)?;
            show_as(form, &found.text(form), false)?;
            tell_of_rows(form, || found.sentence());
            Ok(0)
        }
        Command::Validate(command) => validated(&command, stop),
        Command::Stories { story: None, out } => show(&inspect::list_stories(&out)?),
        Command::Stories { story: Some(story), out } => show(&inspect::show_story(&out, story)?),
        Command::CorrectStories { correction, out, file } => show(&inspect::correct_stories(&out, &file, &correction)?),
        Command::Keyness { study, out } => show(&inspect::keyness(&study, &out, stop)?),
        Command::Collocates { study, out } => show(&inspect::collocates(&study, &out, stop)?),
        Command::Explain { what } => show(&inspect::explain(what.as_deref())?),
    }
}

fn kwic(study: &Study, query: &KwicQuery, (form, plot): (Form, Option<&str>), stop: &AtomicBool) -> Result<u8, Error> {
    let found = inspect::kwic(study, query, stop)?;
    found.notes.iter().filter(|note| note.severity > Severity::Note).for_each(|note| warn(note));
    let colour = form == Form::Table && terminal::has_colour();
    show_as(form, &found.text(form, colour), colour)?;
    tell_of_rows(form, || found.sentence());
    if let Some(file) = plot {
        found.plot_into(file, &study.report)?;
        warn(&format!("plot: {file}"));
    }
    Ok(0)
}

fn validated(command: &ValidateCommand, stop: &AtomicBool) -> Result<u8, Error> {
    let outcome = match command {
        ValidateCommand::Sample { draw } => validate::sample(draw, stop)?,
        ValidateCommand::Score { folder } => validate::score(folder)?,
        ValidateCommand::Apply { apply } => validate::apply(apply)?,
    };
    show(&Finding { text: outcome.text, needs_decision: outcome.needs_decision })
}

fn hits(study: &Study, form: HitForm, out: &str, stop: &AtomicBool) -> Result<u8, Error> {
    let mut pipe = Pipe::new();
    let written = match out {
        "-" => inspect::hits(study, form, &mut pipe, stop),
        file => inspect::hits_into(study, form, file, stop),
    };
    // whoever reads has all that it wanted
    if pipe.is_closed() {
        return Ok(0);
    }
    let (rows, problems) = written?;
    problems.iter().filter(|problem| problem.severity > Severity::Note).for_each(|problem| warn(problem));
    warn(&several(rows, "hit"));
    Ok(0)
}

/// A run; `summary` is what is printed of it, if anything.
fn run(
    study: &Study,
    quiet: bool,
    stop: &AtomicBool,
    summary: impl FnOnce(&Outcome, Duration) -> Option<String>,
) -> Result<u8, Error> {
    let begun = Instant::now();
    let bars = Bars::new();
    let progress: &dyn Progress = if quiet { &Silent } else { &bars };
    let outcome = framescope::run(study, progress, stop)?;
    if let Some(summary) = summary(&outcome, begun.elapsed()) {
        say(&summary)?;
    }
    Ok(u8::from(outcome.too_many_bad))
}

/// The commands that look at lexicons.
fn lexicon(command: LexiconCommand, stop: &AtomicBool) -> Result<u8, Error> {
    let finding = match command {
        LexiconCommand::Check { files, reading } => inspect::check_lexicons_with(&files, &reading)?,
        LexiconCommand::List => inspect::list_lexicons()?,
        LexiconCommand::Show { file, reading } => inspect::show_lexicon_with(&file, &reading)?,
        LexiconCommand::Lint { look, json } => {
            let found = inspect::lint_lexicons(&look.files, &look.study, &look.reading, stop)?.finding(json);
            if json {
                return say_rows(&found.text).map(|()| u8::from(found.needs_decision));
            }
            found
        }
        LexiconCommand::Forms { look, csv } => {
            let forms = inspect::forms(&look.files, &look.study, &look.reading, stop)?;
            if csv {
                return say_rows(&forms.csv()).map(|()| 0);
            }
            plain(forms.table())
        }
        LexiconCommand::Suggest { file, study, run, query, form } => {
            warn_of_changes(run.as_deref(), &study)?;
            let found = suggest::suggest(&file, &study, &query, stop)?;
            tell_of_rows(form, || inspect::suggestions_summary(&found));
            return show_as(form, &inspect::suggestions_text(&found, form), false).map(|()| 0);
        }
        LexiconCommand::Accept { file, table, added } => {
            inspect::accept_suggestions(&file, &table, &added.unwrap_or_else(terminal::today))?
        }
        LexiconCommand::SuggestDrop { file, study, run, query, form } => {
            warn_of_changes(run.as_deref(), &study)?;
            let found = suggest::suggest_drop(&file, &study, &query, stop)?;
            return show_as(form, &inspect::dropped_text(&found, form), false).map(|()| 0);
        }
        LexiconCommand::Convert { input, output, import_report, how } => {
            convert(&input, &output, import_report.as_deref(), &how)?
        }
        LexiconCommand::Format { files, check } => format_files(&files, check)?,
    };
    show(&finding)
}

fn convert(input: &str, output: &str, report: Option<&str>, how: &Conversion) -> Result<Finding, Error> {
    let files: Vec<&str> = [Some(output), how.losses.as_deref(), report].into_iter().flatten().collect();
    inspect::refuse_same_file(&files)?;
    let mut finding = inspect::convert(input, output, how)?;
    if let Some(path) = report {
        let report = inspect::write_import_report(input, path, &how.reading, how.force)?;
        finding.text = format!("{}\n{}", finding.text, report.text);
    }
    Ok(finding)
}

fn format_files(files: &[String], check: bool) -> Result<Finding, Error> {
    let mut texts = Vec::new();
    let mut needs_decision = false;
    for file in files {
        let one = inspect::format(file, check)?;
        needs_decision |= one.needs_decision;
        texts.push(one.text);
    }
    Ok(Finding { text: texts.join("\n").trim_end().to_string(), needs_decision })
}

/// Says that the articles of a run are others by now, where they are.
fn warn_of_changes(run: Option<&str>, study: &Study) -> Result<(), Error> {
    let changed = run.map(|run| inspect::changed_articles(run, study)).transpose()?;
    changed.flatten().iter().for_each(|problem| warn(problem));
    Ok(())
}

/// Beside rows for another program: what they are, on the other stream.
fn tell_of_rows(form: Form, sentence: impl FnOnce() -> String) {
    if matches!(form, Form::Csv | Form::Jsonl) {
        warn(&sentence());
    }
}

/// Prints a text of this form: for people as any text, for other programs as it is.
fn show_as(form: Form, text: &str, colour: bool) -> Result<(), Error> {
    match form {
        Form::Table if colour => say_painted(text),
        Form::Table => say(&text),
        _ => say_rows(text),
    }
}

fn plain(text: String) -> Finding {
    Finding { text, needs_decision: false }
}

fn show(finding: &Finding) -> Result<u8, Error> {
    say(&finding.text)?;
    Ok(u8::from(finding.needs_decision))
}
