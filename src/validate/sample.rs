//! Draws a sample of a run, and writes the folder that coders work in.
//!
//! In: a run folder, how much is drawn. Out: sheets and pages for coders, a codebook, a locked key.
//! Invariant: within a stratum every unit has the same chance, and the key has it; the same run, seed and numbers give the same bytes.

use super::codebook::codebook;
use super::design::{Shown, Unit};
use super::drafts::Drafts;
use super::gather::{Gatherer, Hits, UnitsWithoutHit};
use super::key::{KEY, Key};
use super::key_builder::KeyBuilder;
use super::reopen::{self, Run};
use super::texts::{Fetched, fetch};
use super::{Outcome, page, sheet, write};
use crate::count::{Request, ShardView};
use crate::error::{Place, Problem, Result, did_you_mean};
use crate::lexicon;
use crate::lookup::{FrameId, Plan};
use crate::progress::Silent;
use crate::sentiment::{self, Scorer};
use crate::session::{CountingSession, Plans};
use crate::text::{Language, several, shell_word};
use std::sync::atomic::AtomicBool;

/// What is to be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draw {
    /// Folder of the run.
    pub run: String,
    /// Its study, where the run does not remember it.
    pub study: Option<String>,
    /// A new folder.
    pub out: String,
    /// Frames; none = all.
    pub frames: Vec<String>,
    /// Hits of each frame; articles with a hit, where they are the unit.
    pub hits: u64,
    /// Sentences (or articles) without a hit, of each frame.
    pub sentences: u64,
    /// Number of coders, 1 to 26.
    pub coders: u64,
    /// Items of each frame that every coder gets; the others are dealt out.
    pub overlap: u64,
    /// Seed of what is drawn, and of the order of each coder.
    pub seed: u64,
    /// What is coded.
    pub unit: Unit,
    /// So many of each outlet, not of all together.
    pub by_outlet: bool,
    /// What coders are shown beside the text.
    pub show: Vec<Shown>,
}

/// Draws a sample.
///
/// # Errors
/// Where the run is none, or is not of these articles and lexicons any more; where a frame is not known; where the folder is there.
pub fn sample(draw: &Draw, stop: &AtomicBool) -> Result<Outcome> {
    if draw.coders == 0 || draw.coders > 26 {
        let problem = Problem::error("coders", Place::file("command line"), format!("{} coders", draw.coders));
        return Err(problem.expected("1 to 26 coders").into());
    }
    let run = reopen::open(&draw.run, draw.study.as_deref())?;
    let lexicons = run.study.load_lexicons(&run.study.lexicons, &run.study.reading)?;
    run.check_lexicons(&lexicons)?;
    let key = draw_from(draw, &run, &lexicons, stop)?;
    let names: Vec<String> = key.frames.iter().map(|frame| frame.name.clone()).collect();
    let mut files = vec![
        ("codebook.md".to_string(), codebook(&names, &lexicons.frames, key.unit).into_bytes()),
        (KEY.to_string(), key.clone().sealed()),
    ];
    for (coder, name) in key.coders.iter().enumerate() {
        let sheet = sheet::Empty::of(&key, coder);
        files.push((format!("{name}.csv"), sheet.csv()));
        files.extend(sheet.workbook().map(|bytes| (format!("{name}.xlsx"), bytes)));
        files.push((format!("{name}.html"), page::page(&key, coder, &lexicons.frames)));
    }
    write::new_folder(&draw.out, &files)?;
    let has_workbooks = files.iter().any(|(name, _)| name.ends_with(".xlsx"));
    Ok(Outcome { text: summary(draw, &key, has_workbooks), needs_decision: false })
}

/// For people.
fn summary(draw: &Draw, key: &Key, has_workbooks: bool) -> String {
    let mut text =
        format!("{} of {} in {}\n", several(key.items.len(), "item"), several(key.frames.len(), "frame"), draw.out);
    for (coder, name) in key.coders.iter().enumerate() {
        let items = key.items.iter().filter(|item| item.coders.contains(&coder)).count();
        text.push_str(&format!(
            "  {name}: {2}: open {0}/{name}.html in a browser, or fill in {0}/{name}.{1}\n",
            draw.out,
            if has_workbooks { "xlsx" } else { "csv" },
            several(items, "item")
        ));
    }
    if !has_workbooks {
        text.push_str("  no .xlsx: a text is longer than a cell of a workbook can be\n");
    }
    let thin: Vec<&str> = (0..key.frames.len())
        .filter(|&frame| !key.items.iter().any(|item| item.frame == frame && item.hits > 0))
        .map(|frame| key.frames[frame].name.as_str())
        .collect();
    if !thin.is_empty() {
        text.push_str(&format!("  no hits, so precision cannot be measured: {}\n", thin.join(", ")));
    }
    text.push_str(&format!(
        "Give coders codebook.md and their page, not key.json. When you have the sheets back, run: framescope validate score {}",
        shell_word(&draw.out)
    ));
    text
}

fn draw_from(draw: &Draw, run: &Run, lexicons: &lexicon::Set, stop: &AtomicBool) -> Result<Key> {
    let study = &run.study;
    let plans = Plans::of(lexicons, study)?;
    let scorer = Scorer::new(&[], sentiment::Options { primary: None, ..study.sentiment.clone() })?;
    let mut session = CountingSession::open(study, lexicons)?;
    let request = Request::of_hits(&plans.frames, &scorer, &plans.subjects);
    session.index_aside((&lexicons.frames, lexicons), stop)?;
    run.check_articles(session.corpus.inputs())?;
    let frames = chosen(&draw.frames, &plans.frames)?;
    let gatherer = Gatherer {
        languages: frames.iter().map(|&frame| languages(&plans.frames, frame)).collect(),
        frames,
        plan: &plans.frames,
        unit: draw.unit,
        seed: draw.seed,
        most: draw.hits.max(draw.sentences) as usize,
    };
    let look = Look { session: &session, request: &request, stop };
    let mut hits = Hits::default();
    look.each(|view| gatherer.hits(view), |part| hits.merge(part, gatherer.most))?;
    let near = hits.near_words();
    let mut plain = UnitsWithoutHit::new();
    look.each(
        |view| gatherer.plain(view, &near),
        |part| {
            for (key, pool) in part {
                plain.entry(key).or_default().merge(pool, gatherer.most);
            }
        },
    )?;
    let mut drafts = Drafts::default();
    drafts.draw(draw, &gatherer, &hits, &plain);
    let wanted = drafts.wanted();
    let mut fetched: Vec<Fetched> = Vec::new();
    look.each(|view| fetch(view, &wanted, &gatherer), |part| fetched.extend(part))?;
    let made =
        KeyBuilder { draw, run, plan: &plans.frames, gatherer: &gatherer, near: &near, hits: &hits, plain: &plain };
    made.key(drafts, fetched, session.run_digests())
}

/// Looks at every shard.
struct Look<'a> {
    session: &'a CountingSession<'a>,
    request: &'a Request<'a>,
    stop: &'a AtomicBool,
}

impl Look<'_> {
    fn each<T: Send>(&self, look: impl Fn(&ShardView<'_, '_>) -> T + Sync, mut take: impl FnMut(T)) -> Result<()> {
        self.session.count(
            self.request,
            &Silent,
            self.stop,
            |view| look(view),
            |_, part| {
                take(part);
                Ok(())
            },
        )
    }
}

/// The frames that are asked for.
fn chosen(names: &[String], plan: &Plan<'_>) -> Result<Vec<FrameId>> {
    let frame_names = plan.frames();
    if names.is_empty() {
        return Ok(plan.ids().collect());
    }
    let mut problems = Vec::new();
    let mut frames = Vec::new();
    for name in names {
        match frame_names.iter().position(|other| other == name) {
            Some(frame) => frames.push(FrameId::new(frame)),
            None => {
                let problem =
                    Problem::error("frame-unknown", Place::file("--frame"), format!("no frame is called `{name}`"));
                let hint = match did_you_mean(name, frame_names.iter().map(String::as_str)) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("frames of the run: {}", frame_names.join(", ")),
                };
                problems.push(problem.hint(hint));
            }
        }
    }
    frames.sort_unstable();
    frames.dedup();
    if problems.is_empty() { Ok(frames) } else { Err(problems.into()) }
}

/// The languages of the lexicons that have a frame, or a frame inside it.
fn languages(plan: &Plan<'_>, frame: FrameId) -> Option<Vec<Language>> {
    let is_of = |own: &FrameId| *own == frame || plan.inside(frame).contains(own);
    let of = plan.lexicons().iter().enumerate().filter(|(l, _)| plan.frames_of(*l).iter().any(is_of));
    of.map(|(_, lexicon)| lexicon.language).collect()
}
