//! What a page says, before it is text.

use super::checks::Checks;
use super::explore::Explore;
use super::figures::Chart;

/// Everything that the page says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// Name of the study.
    pub title: String,
    /// Program and version, as `framescope 0.1.0`.
    pub program: String,
    /// What a group is, in lower case: `outlet`, or `outlet and section`.
    pub grouping: String,
    /// Level of all intervals: `95 %`.
    pub level: String,
    /// What was counted.
    pub counted: Counted,
    /// What a reader of this very run must know; each one sentence.
    pub notes: Vec<String>,
    /// Number of comparisons that were tested: the family of q.
    pub tests: u64,
    /// What stands around the findings.
    pub checks: Checks,
    /// The voices, in the order of [`Cell::voices`].
    pub voices: Vec<Voice>,
    /// The frames, in the order of [`Group::cells`].
    pub frames: Vec<Frame>,
    /// The groups, in the order of the charts.
    pub groups: Vec<Group>,
    /// The groups that are too small to be tested alone, together: cells with hits and a comparison only.
    pub smaller: Option<Group>,
    /// Sentiment lexicons, or dimensions of them.
    pub sentiment: Vec<Sentiment>,
    /// How sentiment was scored, in sentences; empty where nothing was.
    pub scoring: String,
    /// Rival labels, by referent.
    pub labels: Vec<Labels>,
    /// Charts of labels, each with its referent.
    pub label_charts: Vec<(String, Chart)>,
    /// Frames beside targets, most hits first.
    pub targets: Vec<TargetHits>,
    /// Rows of targets with a hit, shown or not.
    pub target_rows: u64,
    /// Words that differ, comparison by comparison; without any the page has no such chapter.
    pub keyness: Vec<KeyGroup>,
    /// What was not compared.
    pub keyness_notes: String,
    /// Charts, in the order in which they are shown.
    pub charts: Vec<Chart>,
    /// How the example hits were drawn, with the seed; one or two sentences.
    pub sampling: String,
    /// What went wrong.
    pub problems: Problems,
    /// The methods: names and values, in order.
    pub settings: Vec<(String, String)>,
    /// All groups and all sentences.
    pub explore: Explore,
    /// The files of the run folder. A link is only set to one of these.
    pub files: Vec<File>,
}

/// Totals of the run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Counted {
    /// Articles read.
    pub articles_read: u64,
    /// Articles counted.
    pub articles: u64,
    /// Outlets among them.
    pub outlets: u64,
    /// Words of the denominator.
    pub words: u64,
    /// Counted hits.
    pub hits: u64,
    /// What was left out, with its number: `("words of boilerplate", 119)`.
    pub left_out: Vec<(String, u64)>,
    /// Counted articles by language.
    pub languages: Vec<(String, u64)>,
}

/// A number, its interval, and why one of them is missing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measure {
    /// The value.
    pub value: Option<f64>,
    /// Lower end of its interval.
    pub low: Option<f64>,
    /// Upper end; alone where the interval has one end only.
    pub high: Option<f64>,
    /// Why there is no value, or no interval.
    pub why: String,
}

/// A way of speaking.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Voice {
    /// As in the tables: `own`.
    pub name: String,
    /// For readers: `own voice`.
    pub label: String,
}

/// A frame and its words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Frame {
    /// As in the tables: `foreign-interference`.
    pub name: String,
    /// For readers: `Foreign interference`.
    pub label: String,
    /// Entman's function, or empty.
    pub function: String,
    /// What the lexicon says the frame is, or empty.
    pub definition: String,
    /// How it was validated on this corpus, in words; without it the page says UNVALIDATED.
    pub validation: Option<String>,
    /// Counted hits of all groups.
    pub hits: u64,
    /// Entries in the lexicons.
    pub entries: u64,
    /// Entries with at least one counted hit.
    pub entries_with_hits: u64,
    /// The entries to show, most hits first.
    pub top: Vec<Entry>,
}

/// An entry of a frame, and what it found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// As the lexicon writes it.
    pub text: String,
    /// `file:line`.
    pub at: String,
    /// Surface forms with their counts.
    pub forms: String,
    /// Counted hits.
    pub hits: u64,
    /// Articles with a counted hit.
    pub articles: u64,
    /// Counted hits by group, in the order of [`Page::groups`].
    pub by_group: Vec<u64>,
}

/// A group of articles.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// Its name.
    pub label: String,
    /// Counted articles.
    pub articles: u64,
    /// Their words.
    pub words: u64,
    /// One cell for each frame.
    pub cells: Vec<Cell>,
}

/// A group and a frame.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// Counted hits.
    pub hits: u64,
    /// Articles with one.
    pub articles_with_hit: u64,
    /// Hits per 1,000 words.
    pub rate: Measure,
    /// Share of articles with a hit, 0 to 1.
    pub prevalence: Measure,
    /// Counted hits by voice, in the order of [`Page::voices`].
    pub voices: Vec<u64>,
    /// The comparison with all other groups; none where there is no other group.
    pub versus: Option<Versus>,
    /// Hits to read, in the order in which they were drawn.
    pub examples: Vec<Example>,
}

/// A group's articles against all others.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Versus {
    /// Articles of the rest.
    pub articles: u64,
    /// Words of the rest.
    pub words: u64,
    /// Counted hits of the rest.
    pub hits: u64,
    /// log2 of the group's rate over the rest's, and why it or its interval is missing.
    pub log2_ratio: Measure,
    /// q, where it was tested.
    pub q: Option<f64>,
}

/// A hit, with the words around it.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Example {
    /// Outlet of the article.
    pub outlet: String,
    /// ISO date, or empty.
    pub date: String,
    /// Language of the article, as `en`, or empty.
    pub language: String,
    /// What stands before.
    pub left: String,
    /// The words found, as they stand.
    pub surface: String,
    /// What stands after.
    pub right: String,
    /// Name of the voice, as in [`Voice::name`].
    pub voice: String,
    /// `negated`, `hedged`, `question`, `headline`, `lead`: what else is known of it.
    pub flags: Vec<String>,
    /// The file.
    pub file: String,
    /// First byte.
    pub byte_start: u64,
    /// First byte after.
    pub byte_end: u64,
    /// The entry, as the lexicon writes it.
    pub entry: String,
    /// `file:line` of the entry.
    pub entry_at: String,
}

/// A sentiment lexicon and what it says of each group.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sentiment {
    /// Name of the lexicon, or of its dimension.
    pub lexicon: String,
    /// `primary` or `robustness`.
    pub role: String,
    /// How it was validated on this corpus, in words; without it the page says UNVALIDATED.
    pub validation: Option<String>,
    /// One row for each group.
    pub rows: Vec<Tone>,
}

/// Sentiment of a group.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tone {
    /// Counted articles: those in the lexicon's language.
    pub articles: u64,
    /// Hits with a positive weight; none where the scale has no zero.
    pub positive: Option<u64>,
    /// Hits with a negative weight.
    pub negative: Option<u64>,
    /// Mean weight of a hit.
    pub valence: Measure,
    /// (positive − negative) / (positive + negative).
    pub balance: Measure,
    /// ln(positive + 0.5) − ln(negative + 0.5).
    pub logit: Measure,
    /// Mean compound of sentences, in VADER's modes.
    pub compound: Option<Measure>,
}

/// The rival labels of a referent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Labels {
    /// Who is meant.
    pub referent: String,
    /// The labels.
    pub names: Vec<String>,
    /// By label, then group in the order of [`Page::groups`].
    pub shares: Vec<Vec<LabelShare>>,
}

/// A label in a group.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LabelShare {
    /// Articles of the group with any label of the referent.
    pub articles: u64,
    /// Counted hits of the label.
    pub hits: u64,
    /// Its share among all labels of the referent, 0 to 1.
    pub share: Measure,
    /// Hits in the articles' own voice.
    pub own_hits: u64,
    /// Its share among these.
    pub own_share: Option<f64>,
    /// q against all other groups, where it was tested.
    pub q: Option<f64>,
}

/// A frame beside a target, in a group.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TargetHits {
    /// Place in [`Page::groups`].
    pub group: usize,
    /// Place in [`Page::frames`].
    pub frame: usize,
    /// For readers.
    pub frame_label: String,
    /// Name of the target.
    pub target: String,
    /// Articles that mention it.
    pub articles: u64,
    /// Mentions.
    pub mentions: u64,
    /// Hits nearest to it.
    pub hits: u64,
    /// Of these, in the articles' own voice.
    pub own_hits: u64,
    /// Hits per 100 mentions.
    pub rate: Measure,
}

/// One comparison and its key words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KeyGroup {
    /// The group.
    pub label: String,
    /// What it is compared with.
    pub against: String,
    /// Words that it uses more.
    pub more: Vec<KeyWord>,
    /// Words that it uses less.
    pub less: Vec<KeyWord>,
}

/// A key word.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KeyWord {
    /// The word.
    pub word: String,
    /// How often it stands in the group.
    pub hits: u64,
    /// How often in what the group is compared with.
    pub against: u64,
    /// q, where it was tested.
    pub q: Option<f64>,
    /// A function word, a reporting verb or house style: set in grey.
    pub is_weak: bool,
}

/// Problems of the run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Problems {
    /// Records refused.
    pub errors: u64,
    /// Where a number may be affected.
    pub warnings: u64,
    /// Worth knowing.
    pub notes: u64,
    /// The rows to show; fewer than counted where there are many.
    pub rows: Vec<Trouble>,
}

/// One problem.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trouble {
    /// `error`, `warning` or `note`.
    pub severity: String,
    /// Short stable name.
    pub kind: String,
    /// `file:line:column`.
    pub place: String,
    /// What is there.
    pub found: String,
    /// What should be there, or empty.
    pub expected: String,
    /// What to do, or empty.
    pub hint: String,
}

/// A file of the run folder.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct File {
    /// Name below the run folder.
    pub name: String,
    /// One sentence, or empty.
    pub about: String,
    /// Its size, where it is known already.
    pub bytes: Option<u64>,
}
