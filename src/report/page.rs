//! What `index.html` says of a run.
//!
//! In: what a run has found, and the hits drawn while articles were read. Out: a [`Page`].
//! Invariant: the same groups in the same order as on the charts; which hits are drawn depends on neither threads nor shards
//! nor the order of articles.
//! It deliberately computes nothing that is not in a table, and claims no validation but what coders have said of a frame.

use super::chart::Drawing;
use super::examples::Examples;
use super::html::{
    Cell, Chart, Counted, Entry, File, Frame, Group, KeyGroup, Measure, Page, Problems, Trouble, Versus,
    Voice as Speaking,
};
use super::inputs::Inputs;
use super::shown::{level, measure};
use super::shown_frames::Shown;
use super::subjects;
use super::tables::{Finished, KEPT_PROBLEMS};
use super::{MANIFEST, columns, lexical, page_charts, page_tones};
use crate::aggregate::{UNKNOWN, Usage};
use crate::error::Problem;
use crate::estimates::Estimates;
use crate::lexicon::{Function, Lexicon, shown};
use crate::lookup::{EntryId, FrameId, Plan};
use crate::read::{Date, YEARS};
use crate::results::{Stamp, missing};
use crate::statistics::FrameRow;
use crate::tokenise;
use crate::voice::Voice;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Entries shown of each frame.
const ENTRIES: usize = 25;

/// Groups that the title names.
const NAMED: usize = 3;

/// Surface forms shown of each entry.
const FORMS: usize = 8;

/// Voices and their labels, in the order of the chart.
const VOICES: [(Voice, &str); 6] = [
    (Voice::Own, "own voice"),
    (Voice::Attributed, "attributed"),
    (Voice::Quoted, "quoted"),
    (Voice::Scare, "scare quotes"),
    (Voice::Marked, "in marks, no speaker found"),
    (Voice::Mention, "mentioned"),
];

/// The page of a run; `charts` are names and drawings.
pub(super) fn page(
    found: &Finished,
    estimates: &Estimates,
    inputs: &Inputs<'_>,
    charts: &[(String, Drawing)],
    examples: &Examples,
    problems: &[Problem],
) -> Page {
    let order = super::order::groups(inputs, estimates, &found.counts.group_names());
    let groups = &order[..order.len().min(inputs.options.max_groups)];
    let shown = Shown::of(estimates, inputs.frames.frames().len());
    let scene = Scene { found, estimates, inputs, examples, groups, shown: &shown, names: found.counts.group_names() };
    let (targets, target_rows) = subjects::target_hits(found, estimates, groups, &shown, inputs.frames.labels());
    Page {
        title: scene.title(),
        program: format!("framescope {}", env!("CARGO_PKG_VERSION")),
        grouping: found.dimensions.join(" and ").to_lowercase(),
        level: level(),
        counted: scene.counted(),
        notes: scene.notes(),
        tests: estimates.comparisons.first().map_or(0, |row| row.family as u64),
        checks: super::page_checks::checks(found, estimates, inputs.frames, groups, &shown),
        voices: VOICES
            .map(|(voice, label)| Speaking { name: voice.name().to_string(), label: label.to_string() })
            .to_vec(),
        frames: scene.frames(),
        groups: groups.iter().map(|&group| scene.group(group)).collect(),
        sentiment: page_tones::sentiment(found, estimates, inputs.scorer, groups),
        scoring: page_tones::scoring(&inputs.scorer.options),
        labels: subjects::label_sets(found, estimates, groups),
        label_charts: scene.label_charts(charts),
        targets,
        target_rows,
        keyness: scene.keyness(),
        keyness_notes: scene.keyness_notes(),
        charts: charts
            .iter()
            .filter(|(name, _)| !page_charts::is_of_labels(name))
            .map(|(name, drawing)| page_charts::chart(name, drawing, &found.counts.lexicons))
            .collect(),
        sampling: scene.sampling(),
        problems: scene.problems(problems),
        settings: scene.settings(),
        files: scene.files(charts),
    }
}

struct Scene<'a> {
    found: &'a Finished,
    estimates: &'a Estimates,
    inputs: &'a Inputs<'a>,
    examples: &'a Examples,
    /// Groups on the page, largest first.
    groups: &'a [usize],
    /// Frames on the page.
    shown: &'a Shown,
    names: Vec<String>,
}

impl Scene<'_> {
    fn plan(&self) -> &Plan<'_> {
        self.inputs.frames
    }

    fn row(&self, group: usize, frame: usize) -> Option<&FrameRow> {
        self.estimates.frames.get(group * self.plan().frames().len() + frame)
    }

    /// The name of the study; without one, its largest groups and its years.
    fn title(&self) -> String {
        let given = &self.inputs.options.title;
        if !given.is_empty() {
            return given.clone();
        }
        let names: Vec<&str> = self.groups.iter().map(|&group| self.names[group].as_str()).collect();
        let who = match (names.as_slice(), self.names.len()) {
            ([], _) => return String::new(),
            ([one], 1) => (*one).to_string(),
            ([first @ .., last], all) if all == names.len() && all <= NAMED + 1 => {
                format!("{} and {last}", first.join(", "))
            }
            (names, all) => {
                let shown = &names[..names.len().min(NAMED)];
                format!("{} and {} more", shown.join(", "), all - shown.len())
            }
        };
        let years = self.found.counts.dates.iter().flatten().map(Date::year).filter(|year| YEARS.contains(year));
        match (years.clone().min(), years.max()) {
            (Some(first), Some(last)) if first == last => format!("{who}, {first}"),
            (Some(first), Some(last)) => format!("{who}, {first}–{last}"),
            _ => who,
        }
    }

    fn counted(&self) -> Counted {
        let totals = &self.found.totals;
        let left_out = [
            (totals.lost, "records that could not be read"),
            (totals.duplicates, "duplicates of earlier articles"),
            (totals.empty, "articles without words"),
            (totals.without_lexicon.values().sum(), "articles in languages that no lexicon is for"),
            (totals.furniture_words, "words of site furniture"),
            (totals.repeat_words, "words of repeated passages"),
            (totals.uncounted_hits, "hits in these passages or in voices that are not counted"),
        ];
        let left_out = left_out.into_iter().filter(|(n, _)| *n > 0);
        let language = |(code, n): (&String, &u64)| (if code == "und" { "not known" } else { code }.to_string(), *n);
        Counted {
            articles_read: totals.articles,
            articles: totals.counted,
            outlets: totals.outlets.len() as u64,
            words: totals.words.saturating_sub(totals.furniture_words + totals.repeat_words),
            hits: totals.hits,
            left_out: left_out.map(|(n, what)| (singular(n, what), n)).collect(),
            languages: totals.counted_languages.iter().map(language).collect(),
        }
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        let totals = &self.found.totals;
        let rest: Vec<usize> =
            super::order::groups(self.inputs, self.estimates, &self.names).split_off(self.groups.len());
        if !rest.is_empty() {
            let articles: u64 = rest.iter().map(|&group| self.size(group).0).sum();
            notes.push(format!(
                "Shown are the {} groups with most articles; {} more with {articles} articles in all are in the tables.",
                self.groups.len(),
                rest.len()
            ));
        }
        if !self.shown.note.is_empty() {
            notes.push(format!("Shown are: {}", lower(&self.shown.note)));
        }
        if self.found.counts.groups.iter().flatten().any(|label| label == UNKNOWN) {
            notes.push(format!(
                "“{UNKNOWN}” stands for articles that do not tell their {}.",
                self.found.dimensions.join(" or ")
            ));
        }
        if !totals.without_lexicon.is_empty() {
            let list: Vec<String> = totals.without_lexicon.iter().map(|(code, n)| format!("{code} {n}")).collect();
            notes.push(format!(
                "Articles in these languages are in no number, as no lexicon is for them: {}.",
                list.join(", ")
            ));
        }
        let is_by_language = self.found.dimensions.iter().any(|dimension| dimension == "language");
        if totals.counted_languages.len() > 1 && !is_by_language {
            notes.push(
                "Articles are in several languages, each counted by the lexicons for it: a difference between groups of \
                 different languages may be one between lexicons; group by outlet and language to keep them apart."
                    .to_string(),
            );
        }
        let told = self.inputs.settings.tables.get("voice").and_then(|voice| voice["count"].as_array());
        if let Some(told) = told.filter(|told| told.len() < VOICES.len()) {
            let names: Vec<&str> = told.iter().filter_map(Value::as_str).collect();
            notes.push(format!("Only hits in these voices are counted: {}.", names.join(", ")));
        }
        let plan = self.plan();
        let holders = plan.labels().iter().enumerate().filter(|(frame, _)| !plan.inside(*frame as FrameId).is_empty());
        let holders = holders.filter(|(frame, _)| self.shown.place(*frame).is_some());
        let holders: Vec<&str> = holders.map(|(_, label)| label.as_str()).collect();
        if !holders.is_empty() {
            notes.push(format!(
                "Frames that hold other frames count each place once, whichever frame inside them found it: {}.",
                holders.join(", ")
            ));
        }
        notes.extend(super::remarks::notes(self.estimates));
        notes.extend(super::order::unknown(self.inputs, &self.names));
        if self.estimates.timeline.implausible > 0 {
            let far = self.estimates.timeline.implausible;
            notes.push(format!(
                "Counted articles whose date is before 1700 or after 2035, which are in no period: {far}."
            ));
        }
        if self.estimates.timeline.undated > 0 {
            let undated = self.estimates.timeline.undated;
            notes.push(format!("Counted articles without a date, which are in no period: {undated}."));
        }
        notes
    }

    fn frames(&self) -> Vec<Frame> {
        let plan = self.plan();
        let found: Vec<Vec<(EntryId, &Lexicon, &Usage)>> = self.entries();
        let of_frame = |(frame, mut entries): (usize, Vec<(EntryId, &Lexicon, &Usage)>)| {
            let name = &plan.frames()[frame];
            let told = || plan.lexicons().iter().flat_map(|lexicon| &lexicon.frames).filter(|told| told.name == *name);
            let definition = told().map(|told| told.definition.as_str()).find(|text| !text.is_empty());
            let all = entries.len() as u64;
            entries.retain(|(_, _, usage)| usage.hits > 0);
            let with_hits = entries.len() as u64;
            entries.sort_by(|(a, _, x), (b, _, y)| {
                let text = |id| &plan.entry(id).1.text;
                y.hits.cmp(&x.hits).then_with(|| text(*a).cmp(text(*b))).then_with(|| a.cmp(b))
            });
            entries.truncate(ENTRIES);
            Frame {
                name: name.clone(),
                label: plan.labels()[frame].clone(),
                function: told().find_map(|told| told.function).map(function).unwrap_or_default().to_string(),
                definition: definition.unwrap_or_default().to_string(),
                validation: self.inputs.stamps.get(frame).and_then(Option::as_ref).map(Stamp::text),
                hits: (0..self.names.len()).filter_map(|group| self.row(group, frame)).map(|row| row.hits).sum(),
                entries: all,
                entries_with_hits: with_hits,
                top: entries.into_iter().map(|(id, lexicon, usage)| self.entry(id, lexicon, usage)).collect(),
            }
        };
        found.into_iter().enumerate().filter(|(frame, _)| self.shown.place(*frame).is_some()).map(of_frame).collect()
    }

    /// The entries of each frame and of those inside it, with what they found.
    fn entries(&self) -> Vec<Vec<(EntryId, &Lexicon, &Usage)>> {
        static NOTHING: Usage = Usage { hits: 0, articles: 0, by_group: BTreeMap::new(), forms: Vec::new() };
        let plan = self.plan();
        let mut frames = vec![Vec::new(); plan.frames().len()];
        let outer =
            |own: FrameId| (0..frames.len() as FrameId).filter(move |&f| f == own || plan.inside(f).contains(&own));
        let holders: Vec<Vec<FrameId>> = (0..frames.len() as FrameId).map(|own| outer(own).collect()).collect();
        for (l, lexicon) in plan.lexicons().iter().enumerate() {
            for (e, _) in lexicon.entries.iter().enumerate().filter(|(_, entry)| !entry.except) {
                let id = EntryId { lexicon: l as u32, entry: e as u32 };
                let usage = self.found.frame_usage.get(&id).unwrap_or(&NOTHING);
                for &frame in &holders[plan.frame_of(id) as usize] {
                    frames[frame as usize].push((id, lexicon, usage));
                }
            }
        }
        frames
    }

    fn entry(&self, id: EntryId, lexicon: &Lexicon, usage: &Usage) -> Entry {
        let (_, entry) = self.plan().entry(id);
        let forms: Vec<String> = usage.forms.iter().take(FORMS).map(|(form, n)| format!("{form} {n}")).collect();
        let more = usage.forms.len().saturating_sub(FORMS);
        let hits = |&group: &usize| usage.by_group.get(&(group as u32)).copied().unwrap_or(0);
        Entry {
            text: entry.text.clone(),
            at: format!("{}:{}", lexicon.file, entry.line),
            forms: if more > 0 { format!("{}, and {more} more", forms.join(", ")) } else { forms.join(", ") },
            hits: usage.hits,
            articles: usage.articles,
            by_group: self.groups.iter().map(hits).collect(),
        }
    }

    /// Articles and words, as the rates count them.
    fn size(&self, group: usize) -> (u64, u64) {
        let size = self.inputs.results.sums().size(group);
        match self.row(group, 0) {
            Some(row) => (u64::from(row.articles), row.words),
            None => (size.counted, size.words),
        }
    }

    fn group(&self, group: usize) -> Group {
        let (articles, words) = self.size(group);
        let frames = self.shown.frames.iter().copied();
        Group {
            label: self.names[group].clone(),
            articles,
            words,
            cells: frames.filter_map(|frame| self.row(group, frame)).map(|row| self.cell(row)).collect(),
        }
    }

    fn cell(&self, row: &FrameRow) -> Cell {
        let at = row.group * self.plan().frames().len() + row.frame;
        let in_voice = |(voice, _)| self.inputs.results.sums().hits_in(voice, row.group, row.frame);
        Cell {
            hits: row.hits,
            articles_with_hit: u64::from(row.articles_with_hits),
            rate: measure(&row.rate),
            prevalence: measure(&row.prevalence),
            voices: VOICES.map(in_voice).to_vec(),
            versus: if self.names.len() > 1 { self.versus(at) } else { None },
            examples: self.examples.of(row.group as u32, row.frame as FrameId),
        }
    }

    fn versus(&self, at: usize) -> Option<Versus> {
        let row = self.estimates.comparisons.get(at)?;
        let ratio = Measure { why: missing(row), ..measure(&row.smoothed_log_ratio) };
        let [_, articles] = row.articles;
        Some(Versus {
            articles: u64::from(articles),
            words: row.words[1],
            hits: row.hits[1],
            log2_ratio: ratio,
            q: row.q.value(),
        })
    }

    /// In the order of the referents.
    fn label_charts(&self, charts: &[(String, Drawing)]) -> Vec<(String, Chart)> {
        let drawn = charts
            .iter()
            .filter(|(name, _)| page_charts::is_of_labels(name))
            .map(|(name, drawing)| page_charts::chart(name, drawing, &self.found.counts.lexicons));
        let referents = subjects::referents(self.found).into_iter().map(|(referent, _)| referent.to_string());
        let titled = |(referent, chart): (String, Chart)| {
            let title = format!("{}: {referent}", chart.title);
            (referent, Chart { title, ..chart })
        };
        referents.zip(drawn).map(titled).collect()
    }

    fn keyness(&self) -> Vec<KeyGroup> {
        let keyness = self.estimates.lexical.keyness.as_ref();
        keyness.map_or_else(Vec::new, |keyness| lexical::key_groups(keyness, &self.names, self.groups))
    }

    fn keyness_notes(&self) -> String {
        self.estimates
            .lexical
            .keyness
            .as_ref()
            .map_or_else(String::new, |keyness| lexical::key_notes(keyness, self.groups.len()))
    }

    fn sampling(&self) -> String {
        format!(
            "Chosen at random: of each group and frame the five hits whose BLAKE3 of seed ({}), article, byte and frame is smallest.",
            self.examples.seed
        )
    }

    /// The gravest first; of one severity in the order in which they were found.
    fn problems(&self, problems: &[Problem]) -> Problems {
        let totals = &self.found.totals;
        let mut sorted: Vec<&Problem> = problems.iter().collect();
        sorted.sort_by_key(|problem| std::cmp::Reverse(problem.severity));
        let trouble = |problem: &Problem| Trouble {
            severity: problem.severity.to_string(),
            kind: problem.kind.to_string(),
            place: shown(None, &problem.place.to_string()),
            found: problem.found.clone(),
            expected: problem.expected.clone(),
            hint: problem.hint.clone(),
        };
        Problems {
            errors: totals.lost,
            warnings: totals.warnings,
            notes: totals.notes,
            rows: sorted.into_iter().take(KEPT_PROBLEMS).map(trouble).collect(),
        }
    }

    fn settings(&self) -> Vec<(String, String)> {
        let mut settings = Vec::new();
        let mut tell = |name: &str, value: String| settings.push((name.to_string(), value));
        let inputs = self.inputs;
        tell("Files of the corpus", inputs.files.len().to_string());
        let kinds = [
            ("Lexicon of frames", &inputs.lexicons.frames),
            ("Lexicon of targets and labels", &inputs.lexicons.subjects),
            ("Lexicon of sentiment", &inputs.lexicons.sentiment),
            ("Lexicon of site furniture", &inputs.lexicons.furniture),
        ];
        for (kind, lexicons) in kinds {
            lexicons.iter().for_each(|lexicon| tell(kind, lexicon_in_words(lexicon)));
        }
        if inputs.lexicons.furniture.is_empty() {
            tell("Lexicon of site furniture", "the one that comes with the program".to_string());
        }
        let methods = |names: &mut dyn Iterator<Item = &'static str>| {
            let names: BTreeSet<&str> = names.filter(|name| !name.is_empty()).collect();
            if names.is_empty() { "none".to_string() } else { names.into_iter().collect::<Vec<_>>().join("; ") }
        };
        let (frames, comparisons) = (&self.estimates.frames, &self.estimates.comparisons);
        tell("Intervals of rates", methods(&mut frames.iter().map(|row| row.rate.method)));
        tell("Intervals of comparisons", methods(&mut comparisons.iter().map(|row| row.smoothed_log_ratio.method)));
        tell("p of comparisons", methods(&mut comparisons.iter().map(|row| row.p_method)));
        tell("Version of the tokeniser", tokenise::VERSION.to_string());
        settings.extend(inputs.settings.rows.iter().cloned());
        settings
    }

    fn files(&self, charts: &[(String, Drawing)]) -> Vec<File> {
        let chart = |name: &str| {
            let (stem, kind) = name.strip_prefix("charts/")?.rsplit_once('.')?;
            let (stem, _) = charts.iter().find(|(known, _)| known == stem)?;
            Some(format!(
                "Chart: {}, as {}.",
                page_charts::words(stem, &self.found.counts.lexicons).0,
                kind.to_uppercase()
            ))
        };
        let about = |name: &str| match name {
            MANIFEST => "What went in, every setting, and the digest of every file.".to_string(),
            "README.md" => "What each file and each column is.".to_string(),
            _ if name.ends_with(".parquet") => format!("The rows of {}, as Parquet.", name.replace(".parquet", ".csv")),
            _ => {
                let table = columns::TABLES.iter().find(|table| table.is_file(name));
                table.map(|table| table.about.to_string()).or_else(|| chart(name)).unwrap_or_default()
            }
        };
        let written = self.found.folder.files().into_iter().map(|(name, bytes, _)| (name, Some(bytes)));
        let files = written.chain([(MANIFEST.to_string(), None)]);
        files.map(|(name, bytes)| File { about: about(&name), name, bytes }).collect()
    }
}

/// A sentence in the middle of one.
fn lower(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// `2 duplicates of earlier articles`, `1 duplicate of earlier articles`: the first word follows the number.
fn singular(number: u64, what: &str) -> String {
    let (noun, rest) = what.split_once(' ').unwrap_or((what, ""));
    let noun = if number == 1 { noun.trim_end_matches('s') } else { noun };
    format!("{noun} {rest}")
}

fn function(function: Function) -> &'static str {
    match function {
        Function::Problem => "defines a problem",
        Function::Cause => "names a cause",
        Function::Moral => "passes a moral judgement",
        Function::Remedy => "proposes a remedy",
    }
}

fn lexicon_in_words(lexicon: &Lexicon) -> String {
    let entries = lexicon.entries.iter().filter(|entry| !entry.except).count();
    let language = lexicon.language.map_or_else(|| "any language".to_string(), |language| language.to_string());
    let version = if lexicon.version.is_empty() { String::new() } else { format!(" {}", lexicon.version) };
    format!("{}{version} ({}; {language}; {entries} entries)", lexicon.name, lexicon.file)
}
