//! Draws a sample of a run, and writes the folder that coders work in.
//!
//! In: a run folder, how much is drawn. Out: sheets and pages for coders, a codebook, a locked key.
//! Invariant: within a stratum every unit has the same chance, and the key has it; the same run, seed and numbers give the same bytes.

use super::codebook::codebook;
use super::design::{Lots, Shown, Unit, allocate, lot};
use super::gather::{Gatherer, HitUnit, Hits, Plain, PlainUnit};
use super::key::{Comparison, Drawn, Item, KEY, Key, KeyArticle, KeyEntry, KeyFrame, KeyLexicon, Level, Stratum, Total};
use super::reopen::{self, Run};
use super::texts::{Fetched, Place as Wanted, fetch};
use super::{Said, page, sheet, write};
use crate::aggregate::Grouping;
use crate::aggregate::lexical::Wanted as Lexical;
use crate::count::{Request, Seen};
use crate::disk::{Maker, read_regular};
use crate::error::{Place, Problem, Result, did_you_mean};
use crate::index::Store;
use crate::lexicon::{self, Lexicon, entry_key};
use crate::lookup::{FrameId, Plan};
use crate::progress::Silent;
use crate::results::{COMPARISONS, Grounds, unescaped};
use crate::sentiment::{self, Scorer};
use crate::session::{CountingSession, Plans};
use crate::text::Language;
use std::collections::BTreeMap;
use std::path::Path;
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
pub fn sample(draw: &Draw, stop: &AtomicBool) -> Result<Said> {
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
        files.push((format!("{name}.csv"), sheet::empty(&key, coder)));
        files.push((format!("{name}.html"), page::page(&key, coder, &lexicons.frames)));
    }
    write::new_folder(&draw.out, &files)?;
    Ok(Said { text: told(draw, &key), needs_decision: false })
}

/// For people.
fn told(draw: &Draw, key: &Key) -> String {
    let mut text = format!("{} items of {} frames in {}\n", key.items.len(), key.frames.len(), draw.out);
    for (coder, name) in key.coders.iter().enumerate() {
        let items = key.items.iter().filter(|item| item.coders.contains(&coder)).count();
        text.push_str(&format!("  {name}: {items} items: open {0}/{name}.html in a browser, or fill in {0}/{name}.csv\n", draw.out));
    }
    let thin: Vec<&str> = (0..key.frames.len())
        .filter(|&frame| !key.items.iter().any(|item| item.frame == frame && item.hits > 0))
        .map(|frame| key.frames[frame].name.as_str())
        .collect();
    if !thin.is_empty() {
        text.push_str(&format!("  without a hit, so nothing to be right about: {}\n", thin.join(", ")));
    }
    text.push_str(&format!(
        "Give coders codebook.md and their page, not key.json. When the sheets are back: framescope validate score {}",
        draw.out
    ));
    text
}

fn draw_from(draw: &Draw, run: &Run, lexicons: &lexicon::Set, stop: &AtomicBool) -> Result<Key> {
    let study = &run.study;
    let plans = Plans::of(lexicons, study)?;
    let scorer = Scorer::new(&[], sentiment::Options { primary: None, ..study.sentiment.clone() })?;
    let mut session = CountingSession::open(study, lexicons)?;
    let request = Request {
        frames: &plans.frames,
        scorer: &scorer,
        vaders: &[],
        subjects: &plans.subjects,
        labels: Grouping::new(&[], &[])?,
        variants: false,
        lexical: Lexical::default(),
        keep_hits: false,
    };
    let store = Store::near(&study.report.out, Maker::here(study.trust_cache));
    session.index(&store, (&lexicons.frames, lexicons), &Silent, stop)?;
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
    look.each(|seen| gatherer.hits(seen), |part| hits.merge(part, gatherer.most))?;
    let near = hits.near_words();
    let mut plain = Plain::new();
    look.each(
        |seen| gatherer.plain(seen, &near),
        |part| {
            for (key, lots) in part {
                plain.entry(key).or_default().merge(lots, gatherer.most);
            }
        },
    )?;
    let mut drafts = Drafts::default();
    drafts.draw(draw, &gatherer, &hits, &plain);
    let wanted = drafts.wanted();
    let mut fetched: Vec<Fetched> = Vec::new();
    look.each(|seen| fetch(seen, &wanted, &gatherer), |part| fetched.extend(part))?;
    let made = Made { draw, run, plan: &plans.frames, gatherer: &gatherer, near: &near, hits: &hits, plain: &plain };
    made.key(drafts, fetched, session.grounds())
}

/// Looks at every shard.
struct Look<'a> {
    session: &'a CountingSession<'a>,
    request: &'a Request<'a>,
    stop: &'a AtomicBool,
}

impl Look<'_> {
    fn each<T: Send>(&self, look: impl Fn(&Seen<'_, '_>) -> T + Sync, mut take: impl FnMut(T)) -> Result<()> {
        self.session.count(self.request, &Silent, self.stop, |seen| look(seen), |_, part| {
            take(part);
            Ok(())
        })
    }
}

/// The frames that are asked for.
fn chosen(names: &[String], plan: &Plan<'_>) -> Result<Vec<FrameId>> {
    let known = plan.frames();
    if names.is_empty() {
        return Ok((0..known.len() as FrameId).collect());
    }
    let mut problems = Vec::new();
    let mut frames = Vec::new();
    for name in names {
        match known.iter().position(|known| known == name) {
            Some(frame) => frames.push(frame as FrameId),
            None => {
                let problem = Problem::error("frame-unknown", Place::file("--frame"), format!("no frame is called `{name}`"));
                let hint = match did_you_mean(name, known.iter().map(String::as_str)) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("frames of the run: {}", known.join(", ")),
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

/// What was drawn, without its text.
#[derive(Default)]
struct Drafts {
    strata: Vec<Stratum>,
    /// By frame, article, sentence: the stratum of one without a hit, and the hits.
    items: BTreeMap<(usize, u64, u32), (Option<usize>, Vec<(usize, HitUnit)>)>,
}

/// Units of strata by outlet and voice.
type Cells<T> = Vec<(String, String, Lots<T>)>;

impl Drafts {
    fn draw(&mut self, draw: &Draw, gatherer: &Gatherer<'_>, hits: &Hits, plain: &Plain) {
        for frame in 0..gatherer.frames.len() {
            let of_frame = hits.hits.iter().filter(|((of, ..), _)| *of == frame);
            let cells: Cells<HitUnit> = of_frame
                .map(|((_, outlet, voice), lots)| (outlet.clone(), voice.name().to_string(), lots.clone()))
                .collect();
            if draw.unit == Unit::Sentence {
                for (stratum, unit) in self.take(frame, Level::Hits, cells, draw.hits, draw.by_outlet) {
                    self.items.entry((frame, unit.article, unit.sentence)).or_default().1.push((stratum, unit));
                }
            } else {
                let of_frame = hits.articles.iter().filter(|((of, _), _)| *of == frame);
                let cells = of_frame.map(|((_, outlet), lots)| (outlet.clone(), String::new(), lots.clone())).collect();
                self.take_plain(frame, Level::Hits, cells, draw.hits, draw.by_outlet);
            }
            let outlets: Vec<Option<&String>> = match draw.by_outlet {
                false => vec![None],
                true => {
                    let mut outlets: Vec<_> =
                        plain.keys().filter(|(of, ..)| *of == frame).map(|(_, outlet, _)| Some(outlet)).collect();
                    outlets.dedup();
                    outlets
                }
            };
            for outlet in outlets {
                let of = |level: Level| -> Cells<PlainUnit> {
                    let is_of = |key: &(usize, String, Level)| key.0 == frame && key.2 == level && outlet.is_none_or(|outlet| *outlet == key.1);
                    let cells = plain.iter().filter(|(key, _)| is_of(key));
                    cells.map(|((_, outlet, _), lots)| (outlet.clone(), String::new(), lots.clone())).collect()
                };
                let (near, far) = (of(Level::Near), of(Level::Far));
                let size = |cells: &Cells<PlainUnit>| cells.iter().map(|(.., lots)| lots.units).sum::<u64>();
                // half of them where the frame is likely to be missed; what one level does not have, the other gets
                let of_far = (draw.sentences - (draw.sentences / 2).min(size(&near))).min(size(&far));
                let of_near = (draw.sentences - of_far).min(size(&near));
                self.take_plain(frame, Level::Near, near, of_near, draw.by_outlet);
                self.take_plain(frame, Level::Far, far, of_far, draw.by_outlet);
            }
        }
    }

    fn take_plain(&mut self, frame: usize, level: Level, cells: Cells<PlainUnit>, n: u64, by_outlet: bool) {
        for (stratum, unit) in self.take(frame, level, cells, n, by_outlet) {
            self.items.entry((frame, unit.article, unit.sentence)).or_default().0 = Some(stratum);
        }
    }

    /// Draws `n` units (of each outlet, where so): strata are as fine as two units each allow.
    fn take<T: Ord + Copy>(&mut self, frame: usize, level: Level, cells: Cells<T>, n: u64, by_outlet: bool) -> Vec<(usize, T)> {
        let mut domains: BTreeMap<String, Cells<T>> = BTreeMap::new();
        for cell in cells {
            let domain = if by_outlet { cell.0.clone() } else { String::new() };
            domains.entry(domain).or_default().push(cell);
        }
        let mut drawn = Vec::new();
        for (domain, cells) in domains {
            let most = n as usize;
            let strata = strata(cells, &domain, n);
            let sizes: Vec<u64> = strata.iter().map(|(.., lots)| lots.units).collect();
            for ((outlet, voice, mut lots), sampled) in strata.into_iter().zip(allocate(n, &sizes, LEAST.min(n))) {
                lots.merge(Lots::default(), most);
                let number = self.strata.len();
                drawn.extend(lots.first.into_iter().take(sampled as usize).map(|(_, unit)| (number, unit)));
                self.strata.push(Stratum { frame, level, outlet, voice, units: lots.units, sampled });
            }
        }
        drawn
    }

    /// What is to be fetched.
    fn wanted(&self) -> super::texts::Wanted {
        let mut wanted = super::texts::Wanted::new();
        for (draft, (&(frame, article, sentence), (_, hits))) in self.items.iter().enumerate() {
            let hits = hits.iter().map(|(_, hit)| *hit).collect();
            wanted.entry(article).or_default().push(Wanted { draft, frame, sentence, hits });
        }
        wanted
    }
}

/// Units of a stratum at least, as long as it has them.
const LEAST: u64 = 2;

/// By outlet and voice where that leaves enough for each stratum, else by voice, else one.
fn strata<T: Ord + Copy>(cells: Cells<T>, domain: &str, n: u64) -> Cells<T> {
    let mut coarser: [BTreeMap<(String, String), Lots<T>>; 3] = Default::default();
    for (outlet, voice, lots) in cells {
        let names = [(outlet, voice.clone()), (domain.to_string(), voice), (domain.to_string(), String::new())];
        for (strata, name) in coarser.iter_mut().zip(names) {
            strata.entry(name).or_default().merge(lots.clone(), n as usize);
        }
    }
    let [fine, coarse, one] = coarser;
    let fits = |strata: &BTreeMap<_, _>| strata.len() as u64 * LEAST <= n;
    let strata = if fits(&fine) { fine } else if fits(&coarse) { coarse } else { one };
    strata.into_iter().map(|((outlet, voice), lots)| (outlet, voice, lots)).collect()
}

/// What the key is made of.
struct Made<'a> {
    draw: &'a Draw,
    run: &'a Run,
    plan: &'a Plan<'a>,
    gatherer: &'a Gatherer<'a>,
    near: &'a [Vec<(Language, String)>],
    hits: &'a Hits,
    plain: &'a Plain,
}

impl Made<'_> {
    fn key(&self, drafts: Drafts, mut fetched: Vec<Fetched>, grounds: Grounds) -> Result<Key> {
        let draw = self.draw;
        let coders: Vec<String> = (0..draw.coders).map(|coder| char::from(b'A' + coder as u8).to_string()).collect();
        let lexicons: Vec<KeyLexicon> = self.plan.lexicons().iter().map(key_lexicon).collect();
        let mut numbers: BTreeMap<u64, usize> = BTreeMap::new();
        let mut articles = Vec::new();
        fetched.sort_by_key(|fetched| fetched.article);
        for one in &fetched {
            numbers.entry(one.article).or_insert_with(|| {
                articles.push(self.article(one));
                articles.len() - 1
            });
        }
        let drafts_of: Vec<_> = drafts.items.into_iter().collect();
        let mut items: Vec<(u64, Item)> = Vec::new();
        for one in fetched {
            let ((frame, article, sentence), (stratum, hits)) = &drafts_of[one.draft];
            let name = self.frame(*frame);
            let lot = lot(draw.seed, &[b"item", name.as_bytes(), one.id.as_bytes(), &sentence.to_le_bytes()]);
            let drawn = hits.iter().zip(&one.surfaces).map(|((stratum, hit), surface)| Drawn {
                stratum: *stratum,
                lexicon: hit.entry.lexicon as usize,
                entry: hit.entry.entry as usize,
                voice: hit.voice.name().to_string(),
                surface: surface.clone(),
            });
            let item = Item {
                id: String::new(),
                frame: *frame,
                article: numbers[article],
                sentence: if draw.unit == Unit::Sentence { sentence + 1 } else { 0 },
                language: one.language,
                before: one.before,
                text: one.text,
                after: one.after,
                coders: Vec::new(),
                drawn: drawn.collect(),
                hits: one.in_unit,
                stratum: *stratum,
            };
            items.push((lot, item));
        }
        items.sort_by(|a, b| (a.0, a.1.frame, a.1.article, a.1.sentence).cmp(&(b.0, b.1.frame, b.1.article, b.1.sentence)));
        let items = self.dealt(items.into_iter().map(|(_, item)| item).collect());
        Ok(Key {
            about: "The locked key of a sample. Do not give it to coders. A changed key is refused.".to_string(),
            format: Key::format(),
            framescope: env!("CARGO_PKG_VERSION").to_string(),
            seed: draw.seed,
            unit: draw.unit,
            hits: draw.hits,
            sentences: draw.sentences,
            overlap: draw.overlap,
            by_outlet: draw.by_outlet,
            shown: draw.show.clone(),
            coders,
            corpus: grounds.corpus,
            settings: grounds.settings,
            grouped_by: self.run.study.by.clone(),
            lexicons,
            frames: (0..self.gatherer.frames.len()).map(|frame| self.key_frame(frame)).collect(),
            strata: drafts.strata,
            totals: self.totals(),
            comparisons: self.comparisons()?,
            articles,
            items,
            seal: String::new(),
        })
    }

    fn frame(&self, frame: usize) -> &str {
        &self.plan.frames()[self.gatherer.frames[frame] as usize]
    }

    fn key_frame(&self, frame: usize) -> KeyFrame {
        KeyFrame {
            name: self.frame(frame).to_string(),
            label: self.plan.labels()[self.gatherer.frames[frame] as usize].clone(),
            near_words: self.near.get(frame).map(|words| words.iter().map(|(_, word)| word.clone()).collect()).unwrap_or_default(),
        }
    }

    fn article(&self, one: &Fetched) -> KeyArticle {
        KeyArticle {
            id: one.id.clone(),
            outlet: one.outlet.clone(),
            date: one.date.clone(),
            title: one.title.clone(),
            words: one.words,
            hits: self.gatherer.frames.iter().map(|&frame| one.hits[frame as usize]).collect(),
        }
    }

    /// Names the items, and says who codes which: the first of each frame by lot all coders, the others in turn.
    fn dealt(&self, mut items: Vec<Item>) -> Vec<Item> {
        let coders = self.draw.coders as usize;
        let width = items.len().to_string().len().max(3);
        let mut dealt = vec![0usize; self.gatherer.frames.len()];
        for (number, item) in items.iter_mut().enumerate() {
            item.id = format!("i{:0width$}", number + 1);
            let turn = &mut dealt[item.frame];
            item.coders = match (*turn as u64) < self.draw.overlap {
                true => (0..coders).collect(),
                false => vec![*turn % coders],
            };
            *turn += 1;
        }
        items
    }

    /// How many units there are, by frame, outlet and level.
    fn totals(&self) -> Vec<Total> {
        let mut totals: BTreeMap<(usize, String, Level), (u64, u64)> = BTreeMap::new();
        for ((frame, outlet), units) in &self.hits.found {
            totals.entry((*frame, outlet.clone(), Level::Hits)).or_default().0 += units;
        }
        for ((frame, outlet, _), lots) in &self.hits.hits {
            totals.entry((*frame, outlet.clone(), Level::Hits)).or_default().1 += lots.units;
        }
        for ((frame, outlet, level), lots) in self.plain {
            totals.entry((*frame, outlet.clone(), *level)).or_default().0 += lots.units;
        }
        totals.into_iter().map(|((frame, outlet, level), (units, hits))| Total { frame, outlet, level, units, hits }).collect()
    }

    /// The comparisons of the run, of the frames that are sampled.
    fn comparisons(&self) -> Result<Vec<Comparison>> {
        /// Bytes of the table that are read at most.
        const LONGEST: u64 = 1 << 30;
        let path = Path::new(&self.run.shown).join(COMPARISONS.file);
        let stale = |found: String| {
            let place = Place::file(format!("{}/{}", self.run.shown.trim_end_matches('/'), COMPARISONS.file));
            Problem::error("run-edited", place, found).expected("the table as the run wrote it").hint("write the run again")
        };
        let bytes = read_regular(&path, LONGEST).map_err(|error| stale(format!("cannot be read: {error}")))?;
        let digest = blake3::hash(&bytes).to_hex().to_string();
        let outputs = self.run.manifest["outputs"].as_array().into_iter().flatten();
        if !outputs.into_iter().any(|output| output["file"] == COMPARISONS.file && output["blake3"] == digest) {
            return Err(stale("is not the file that the manifest lists".to_string()).into());
        }
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let header: Vec<String> = reader.headers().map_err(|error| stale(error.to_string()))?.iter().map(str::to_string).collect();
        let at = |name: &str| header.iter().rposition(|known| known == name).ok_or_else(|| stale(format!("no column `{name}`")));
        let [frame, ratio, low, high] = [at("frame")?, at("log2_ratio")?, at("log2_ratio_low")?, at("log2_ratio_high")?];
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| stale(error.to_string()))?;
            let text = |at: usize| unescaped(record.get(at).unwrap_or_default());
            let Some(frame) = (0..self.gatherer.frames.len()).find(|&known| self.frame(known) == text(frame)) else { continue };
            let group = (0..self.run.study.by.len()).map(text).collect::<Vec<_>>().join(" · ");
            let number = |at: usize| text(at).parse().ok();
            rows.push(Comparison { frame, group, log2_ratio: number(ratio), low: number(low), high: number(high) });
        }
        Ok(rows)
    }
}

fn key_lexicon(lexicon: &Lexicon) -> KeyLexicon {
    KeyLexicon {
        name: lexicon.name.clone(),
        version: lexicon.version.clone(),
        digest: lexicon.digest.clone(),
        entries: lexicon
            .entries
            .iter()
            .map(|entry| KeyEntry {
                key: entry_key(lexicon, entry),
                frame: lexicon.frames[entry.frame].name.clone(),
                entry: entry.text.clone(),
            })
            .collect(),
    }
}
