//! What changed between two runs, and which entry did it.
//!
//! In: two run folders. Out: a [`Diff`]: lexicon, options, articles, hits, rates, findings, each change with its causes; tables, a chart
//! and a text of it; the history of a run folder.
//! Invariant: a run against itself gives nothing; swapped runs give the mirror image; the causes of a change add up to it.
//! It deliberately counts nothing anew: what is not in a run's tables is not in a diff.

mod articles;
pub mod columns;
mod draw;
mod entries;
mod families;
mod findings;
mod history;
mod hits;
mod key;
pub mod last;
mod ledger;
mod options;
mod order;
mod overlapping;
mod page;
mod quotes;
mod rates;
mod readme;
mod renamed;
mod run_folder;
mod snapshot;
mod summary;
mod tables;
mod tones;
mod write;

pub use entries::{Pair, edit};
pub use findings::{FindingChange, LEVEL};
pub use history::{HISTORY, History, RunArchive, Version, Versions, archived_file};
pub use hits::read_hits;
pub use key::Key;
pub use last::{FOLDER, LastRunDiff, in_place, previous, since_last};
pub use ledger::{ArticleChange, ArticleChangeKind, CauseTotals, HitChange, Source};
pub use options::OptionChange;
pub use rates::{Cause, RateChange};
pub use snapshot::{Article, Entry, Snapshot};
pub use tones::{Tone, ToneChange};
pub use write::write;

use entries::Pairs;
use ledger::Ledger;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Two runs, side by side.
pub struct Diff<'r> {
    runs: [&'r Snapshot; 2],
    pairs: Pairs,
    ledger: Ledger,
    /// Places of the hits in the order in which they are told.
    order: OnceLock<Vec<u32>>,
    /// Entries that were edited.
    pub entries: Vec<Pair>,
    /// Settings and files that are not what they were.
    pub options: Vec<OptionChange>,
    /// Rates, counts and ranks that moved, frame by frame.
    pub rates: Vec<RateChange>,
    /// Findings that became or ceased to be one.
    pub findings: Vec<FindingChange>,
    /// Sentiment that moved.
    pub tones: Vec<ToneChange>,
}

/// Compares two runs.
pub fn diff<'r>(before: &'r Snapshot, after: &'r Snapshot) -> Diff<'r> {
    let runs = [before, after];
    let mut pairs = Pairs::of(before, after);
    pairs.join(runs);
    let ledger = Ledger::of(runs, &pairs);
    let mut diff = Diff {
        entries: Vec::new(),
        options: options::changes(runs, &ledger.articles),
        rates: rates::changes(runs, &ledger),
        findings: findings::changes(runs, &ledger),
        tones: tones::changes(runs),
        runs,
        pairs,
        ledger,
        order: OnceLock::new(),
    };
    diff.entries = diff.pairs.list.iter().copied().filter(|&pair| !diff.edit(pair).is_empty()).collect();
    diff
}

impl<'r> Diff<'r> {
    /// True where nothing differs.
    pub fn is_empty(&self) -> bool {
        let Diff { entries, options, rates, findings, tones, .. } = self;
        let Ledger { articles, changes, .. } = &self.ledger;
        entries.is_empty()
            && options.is_empty()
            && rates.is_empty()
            && findings.is_empty()
            && tones.is_empty()
            && articles.is_empty()
            && changes.is_empty()
    }

    /// Frames of both runs.
    pub fn frames(&self) -> &[String] {
        &self.ledger.frames
    }

    /// Groups of both runs, as one text each.
    pub fn groups(&self) -> Vec<String> {
        self.ledger.groups.iter().map(|labels| labels.join(" · ")).collect()
    }

    /// Articles that are not what they were.
    pub fn articles(&self) -> &[ArticleChange] {
        &self.ledger.articles
    }

    /// Hits that are not what they were.
    pub fn hits(&self) -> &[HitChange] {
        &self.ledger.changes
    }

    /// An entry in either run.
    pub fn entry(&self, pair: Pair) -> [Option<&'r Entry>; 2] {
        let [a, b] = self.runs;
        [pair.before.map(|place| &a.entries[place]), pair.after.map(|place| &b.entries[place])]
    }

    /// What was done to an entry; empty where nothing was.
    pub fn edit(&self, pair: Pair) -> String {
        let [a, b] = self.entry(pair);
        edit(a, b)
    }

    /// What was done to the entries of a place, in view of the hits that it gained and lost.
    fn edit_at(&self, place: usize, [gained, lost]: [u64; 2]) -> String {
        let edit = self.edit(self.pair(place));
        let what = match (gained, lost) {
            (0, 0) => "rewritten, same hits",
            (0, _) => "narrowed",
            (_, 0) => "widened",
            _ => "rewritten",
        };
        if self.has_another_text(place) { edit.replace("rewritten", what) } else { edit }
    }

    fn has_another_text(&self, place: usize) -> bool {
        let [a, b] = self.entry(self.pair(place));
        a.zip(b).is_some_and(|(a, b)| a.text != b.text)
    }

    /// The text of an entry; where it was replaced, what it was and what it became: `loot* → =looting, =looters`.
    fn text_at(&self, place: usize) -> String {
        let [a, b] = self.entry(self.pair(place));
        let plain = b.or(a).map(|entry| entry.text.clone()).unwrap_or_default();
        if !self.has_another_text(place) {
            return plain;
        }
        self.texts_at(place).map(Option::unwrap_or_default).join(" → ")
    }

    /// The text of an entry in either run; of several that were replaced together all texts.
    fn texts_at(&self, place: usize) -> [Option<String>; 2] {
        [0, 1].map(|side| {
            let texts: Vec<&str> = self.members(place, side).iter().map(|entry| entry.text.as_str()).collect();
            (!texts.is_empty()).then(|| texts.join(", "))
        })
    }

    /// The entry of a cause or a hit, as the second run has it where it has it.
    pub fn pair(&self, place: usize) -> Pair {
        self.pairs.list.get(place).copied().unwrap_or_default()
    }

    /// An article in either run.
    pub fn article(&self, places: [Option<usize>; 2]) -> [Option<&'r Article>; 2] {
        let [a, b] = self.runs;
        [places[0].map(|place| &a.articles[place]), places[1].map(|place| &b.articles[place])]
    }

    /// The name of the group of an article in a run.
    fn group_of(&self, side: usize, article: &Article) -> Option<String> {
        article.group.map(|group| self.runs[side].group(group))
    }

    /// Counted hits that each entry has gained and lost, whatever made it so.
    fn gained_and_lost(&self) -> BTreeMap<usize, [u64; 2]> {
        let mut sums: BTreeMap<usize, [u64; 2]> = BTreeMap::new();
        for change in &self.ledger.changes {
            let is_counted = [change.before, change.after].map(|key| key.is_some_and(|key| key.counted == 0));
            let sum = sums.entry(change.pair).or_default();
            sum[0] += u64::from(is_counted[1] && !is_counted[0]);
            sum[1] += u64::from(is_counted[0] && !is_counted[1]);
        }
        self.add_sentiment(&mut sums);
        sums
    }

    /// Hits of sentiment lexicons are not told one by one: of an entry that was edited those of its forms are known.
    fn add_sentiment(&self, sums: &mut BTreeMap<usize, [u64; 2]>) {
        for (place, &pair) in self.pairs.list.iter().enumerate() {
            if self.is_of_sentiment(pair) && !self.edit(pair).is_empty() {
                let moved = self.moved_forms(place);
                if moved != [0, 0] {
                    sums.insert(place, moved);
                }
            }
        }
    }

    /// Hits gained and lost form by form; where the forms are not all listed, by how many there are more or fewer.
    fn moved_forms(&self, place: usize) -> [u64; 2] {
        let members = [0, 1].map(|side| self.members(place, side));
        let hits = members.each_ref().map(|entries| entries.iter().map(|entry| entry.hits).sum::<u64>());
        let forms = members.each_ref().map(|entries| {
            let mut forms: BTreeMap<&str, u64> = BTreeMap::new();
            for (form, n) in entries.iter().flat_map(|entry| entry.counted_forms()) {
                *forms.entry(form).or_default() += n;
            }
            forms
        });
        if [0, 1].iter().any(|&side| forms[side].values().sum::<u64>() != hits[side]) {
            return [hits[1].saturating_sub(hits[0]), hits[0].saturating_sub(hits[1])];
        }
        let more = |side: usize| -> u64 {
            let other = &forms[1 - side];
            forms[side].iter().map(|(form, n)| n.saturating_sub(other.get(form).copied().unwrap_or(0))).sum()
        };
        [more(1), more(0)]
    }

    /// The entries of a place in a run: several where they were replaced together.
    fn members(&self, place: usize, side: usize) -> Vec<&'r Entry> {
        match self.pairs.families.get(&place) {
            Some(family) => family[side].iter().map(|&member| &self.runs[side].entries[member]).collect(),
            None => self.entry(self.pair(place))[side].into_iter().collect(),
        }
    }

    fn is_of_sentiment(&self, pair: Pair) -> bool {
        let [a, b] = self.entry(pair);
        b.or(a).is_some_and(|entry| self.runs.iter().any(|run| run.sentiment_lexicons.contains(&entry.lexicon)))
    }
}

/// What a cause is called.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Named {
    /// `entry`, `articles`, `options` or `overlap`.
    pub kind: &'static str,
    /// The entry, or what happened.
    pub name: String,
    /// Lexicon, place and edit of an entry.
    pub entry: [String; 3],
}

impl Diff<'_> {
    /// What a cause is called.
    pub fn named(&self, source: &Source) -> Named {
        let plain = |kind, name: &str| Named { kind, name: name.to_string(), entry: Default::default() };
        match source {
            Source::Entry(place) => {
                let pair = self.pair(*place);
                let [a, b] = self.entry(pair);
                let shown = b.or(a).cloned().unwrap_or_default();
                let edit = self.edit(pair);
                let edit = if edit.is_empty() { "unedited".to_string() } else { edit };
                Named { kind: "entry", name: self.text_at(*place), entry: [shown.lexicon, shown.at, edit] }
            }
            Source::Articles(kind) => plain("articles", &change_text(kind)),
            Source::Counting(before, after) => {
                let word = |counted: &str| match counted {
                    "yes" => "counted".to_string(),
                    why => format!("not counted ({why})"),
                };
                plain("options", &format!("{}, now {}", word(before), word(after)))
            }
            Source::Cleaning => plain("options", "words left out as boilerplate or repeated passages"),
            Source::Settings => plain("options", "other settings or program version"),
            Source::Overlap => plain("overlap", "places found by several frames inside it, counted once"),
        }
    }
}

/// What happened to an article, in words.
fn change_text(kind: &ArticleChangeKind) -> String {
    match kind {
        ArticleChangeKind::Added => "articles added".to_string(),
        ArticleChangeKind::Gone => "articles gone".to_string(),
        ArticleChangeKind::Entered(why) => format!("articles counted that were not ({why})"),
        ArticleChangeKind::Left(why) => format!("articles not counted any more ({why})"),
        ArticleChangeKind::Regrouped => "articles in another group".to_string(),
        ArticleChangeKind::Changed => "articles with another text".to_string(),
    }
}
