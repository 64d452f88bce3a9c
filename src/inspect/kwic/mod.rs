//! Keyword in context: the hits of a word, an entry, a frame or a target, as a person reads them.
//!
//! In: a study, and a [`KwicQuery`]: what is looked for, where, and how many are drawn. Out: a [`Concordance`].
//! Invariant: the hits are those of a run with this study, in the articles, groups and voices that are asked for; those that are shown are
//! drawn by the seed, each equally likely, whatever the shards and threads.
//! It deliberately counts nothing of its own: the session does.

mod draw;
mod line;
mod plot;
mod shown;

pub use line::Line;
pub use plot::{PlottedArticle, form as form_of_plot};
pub use shown::Form;
pub(super) use shown::{csv, json};

use super::of_run::Manifest;
use draw::{Drawing, Drawn};

use crate::aggregate::lexical::{Node, Nodes};
use crate::aggregate::{GroupId, UNKNOWN};
use crate::disk::Maker;
use crate::error::{Error, Place, Problem, Result, did_you_mean};
use crate::index::Store;
use crate::lexicon::Set;
use crate::lookup::Plan;
use crate::progress::Silent;
use crate::read::{Condition, Input};
use crate::report;
use crate::session::{CountingSession, DAMAGED};
use crate::study::Study;
use crate::voice::Voice;
use clap::ValueEnum;
use std::collections::BTreeSet;
use std::sync::atomic::AtomicBool;

/// In which order the lines stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Order {
    /// As the articles were read.
    #[default]
    Text,
    /// By the words before, the nearest first.
    Left,
    /// By the words after.
    Right,
    /// By date; articles without one last.
    Date,
}

/// What is looked for, where, and how much of it is shown.
#[derive(Clone, Debug, Default)]
pub struct KwicQuery {
    /// A pattern as an entry of a lexicon is written, `#frame` or `@target`.
    pub term: String,
    /// Labels of a group joined by `/`; only its articles.
    pub group: Option<String>,
    /// A condition on articles; only those that fit.
    pub only: Option<String>,
    /// Only these voices; empty = every voice that the study counts.
    pub voices: Vec<Voice>,
    /// Only articles of these outlets; empty = all.
    pub outlets: Vec<String>,
    /// Lines at most; `None` = all.
    pub most: Option<usize>,
    /// Seed of the draw; `None` = that of the study.
    pub seed: Option<u64>,
    /// Whole sentences.
    pub sentence: bool,
    /// Also hits that are in no count.
    pub uncounted: bool,
    /// In which order the lines stand.
    pub order: Order,
    /// The study is that of a run: its folder.
    pub of_run: Option<String>,
    /// Keep where every hit lies in its article, for a plot.
    pub plot: bool,
}

/// The lines that were drawn, and how many there are.
#[derive(Clone, Debug, Default)]
pub struct Concordance {
    /// What was looked for.
    pub term: String,
    /// Drawn lines, in the order that was asked for.
    pub lines: Vec<Line>,
    /// All hits.
    pub hits: u64,
    /// Those of them that are in no count, where they were asked for.
    pub uncounted: u64,
    /// Articles with a hit.
    pub articles: u64,
    /// Words of the counted articles that were looked at, without furniture and repeats.
    pub words: u64,
    /// Articles that were looked at.
    pub among: u64,
    /// Seed of the draw.
    pub seed: u64,
    /// Lines hold whole sentences.
    pub sentence: bool,
    /// Where every hit lies, by article in the order of reading; empty unless it is asked for.
    pub plotted: Vec<PlottedArticle>,
    /// What is worth knowing.
    pub notes: Vec<Problem>,
}

/// Finds the hits of a query.
///
/// # Errors
/// A corpus or lexicon that cannot be read; a frame, target, outlet, group or voice that there is none of; [`Error::Interrupted`].
pub fn kwic(study: &Study, query: &KwicQuery, stop: &AtomicBool) -> Result<Concordance> {
    let voices = if query.uncounted { &Voice::ALL[..] } else { &study.voices[..] };
    if let Some(voice) = query.voices.iter().find(|voice| !voices.contains(voice)) {
        let found = format!("the study does not count the voice `{}`", voice.name());
        let problem = Problem::error("voice-not-counted", Place::file("--voice"), found);
        return Err(problem.hint("--uncounted also shows hits that are not counted, with the reason").into());
    }
    let near = || Store::near(&study.report.out, Maker::here(study.trust_cache));
    let store = near().by_heads();
    let lexicons = load(study, query, &store)?;
    // what the index promises is examined where it is read; where it does not hold, all of it is looked at, and made again
    match search(study, query, &lexicons, &store, stop) {
        Err(Error::Refused(problems)) if problems.iter().any(|problem| problem.kind == DAMAGED) => {
            drop(store);
            search(study, query, &lexicons, &near(), stop)
        }
        done => done,
    }
}

fn search(study: &Study, query: &KwicQuery, lexicons: &Set, store: &Store, stop: &AtomicBool) -> Result<Concordance> {
    let plan = Plan::new(&lexicons.frames);
    let nodes = Nodes::of(std::slice::from_ref(&query.term), &plan, "command line")?;
    let node_plan = Plan::new(&nodes.lexicons);
    let mut session = CountingSession::open(study, lexicons)?;
    session.index(store, (&lexicons.frames, lexicons), &Silent, stop)?;
    let only = query.only.as_deref().map(|only| Condition::parse(only, session.corpus.other_columns()));
    let drawing = Drawing {
        query,
        plan: &plan,
        node: nodes.nodes[0],
        cleaned: session.cleaned(store, stop)?,
        group: query.group.as_deref().map(|group| group_of(group, &session.survey.groups)).transpose()?,
        only: only.transpose().map_err(|problem| *problem)?,
        seed: query.seed.unwrap_or(study.estimates.seed),
    };
    let searched = match drawing.node {
        Node::Frame(frame) => (&plan, Some(frame)),
        Node::Words => (&node_plan, None),
    };
    let mut found = Drawn::default();
    session.search(
        searched,
        &drawing.cleaned,
        stop,
        |searched| drawing.draw(searched),
        |drawn| {
            found.add(drawn, query.most);
            Ok(())
        },
    )?;
    refuse_unknown_outlets(&query.outlets, &found.outlets)?;
    found.close();
    let mut lines = Vec::new();
    session.look_again(
        |first| found.has_shard(first),
        stop,
        |shard, first| drawing.lines(&found, shard, first),
        |of_shard| lines.extend(of_shard),
    )?;
    let mut notes: Vec<Problem> = session.corpus.notes().to_vec();
    notes.extend(nodes.remarks("command line"));
    notes.extend(query.of_run.as_deref().and_then(|run| changed(run, lexicons, &session, store)));
    Ok(found.finish(&drawing, lines, notes))
}

/// The lexicons of the study; a pattern needs none, but those of a run say which articles it counts.
fn load(study: &Study, query: &KwicQuery, store: &Store) -> Result<Set> {
    if study.lexicons.is_empty() && query.of_run.is_none() && !query.term.starts_with(['#', '@']) {
        return Ok(Set::default());
    }
    let mut set = study.load_lexicons_near(store)?;
    if study.sentiment.alone {
        set.leave_frames();
    }
    Ok(set)
}

/// The group with these labels.
fn group_of(name: &str, groups: &[Vec<String>]) -> Result<GroupId> {
    let names: Vec<String> = groups.iter().map(|labels| labels.join("/")).collect();
    if let Some(at) = names.iter().position(|other| other == name) {
        return Ok(GroupId::new(at));
    }
    let problem = Problem::error("group-unknown", Place::file("command line"), format!("no group `{name}`"));
    let few: Vec<&str> = names.iter().take(20).map(String::as_str).collect();
    let problem = problem.expected(few.join(", "));
    Err(match did_you_mean(name, names.iter().map(String::as_str)) {
        Some(meant) => problem.hint(format!("did you mean `{meant}`?")).into(),
        None => problem.into(),
    })
}

fn refuse_unknown_outlets(wanted: &[String], outlets: &BTreeSet<String>) -> Result<()> {
    let unknown = wanted.iter().filter(|outlet| !outlets.contains(*outlet) && *outlet != UNKNOWN);
    let problem = |outlet: &String| {
        let found = format!("no counted article is of the outlet `{outlet}`");
        let problem = Problem::error("outlet-unknown", Place::file("--outlet"), found);
        match did_you_mean(outlet, outlets.iter().map(String::as_str)) {
            Some(meant) => problem.hint(format!("did you mean `{meant}`?")),
            None => problem.hint("`framescope corpus check` lists the outlets"),
        }
    };
    let problems: Vec<Problem> = unknown.map(problem).collect();
    if problems.is_empty() { Ok(()) } else { Err(Error::Refused(problems)) }
}

/// A warning where a run now would not be the run that was asked.
fn changed(run: &str, lexicons: &Set, session: &CountingSession<'_>, store: &Store) -> Option<Problem> {
    let is_same = match session.fingerprint(store, lexicons) {
        Some(fingerprint) => report::is_made_of(run, &fingerprint),
        // how files look tells nothing where they were written right before the run: their bytes do
        None => Manifest::of(run).is_some_and(|manifest| {
            let holds = |input: &Input, digest: &str| input.digest.as_deref() == Some(digest);
            manifest.has_articles(session.corpus.inputs(), holds) && manifest.has_lexicons(lexicons)
        }),
    };
    if is_same {
        return None;
    }
    let found = "the articles, lexicons, settings or program may have changed since this run";
    let problem = Problem::warning("run-is-older", Place::file(run), found);
    Some(problem.hint("what you see is what a run would count now; run again to bring the tables up to date"))
}
