//! `within_stories`, `story_split`, `story_omissions`, `story_words`: the same stories, told by several groups.

use super::describe::{GroupRow, frame_of, table};
use super::source::{Context, chance, high, low, why};
use crate::estimates::{Omission, StoryWord, WithinRow};
use crate::sentiment::Scale;
use crate::statistics::Estimate;
use crate::statistics::measured::Why;
use crate::statistics::story_split::SplitRow;
use polars::prelude::{DataFrame, PolarsResult};

struct Within<'c> {
    context: &'c Context<'c>,
    row: &'c WithinRow,
}

impl GroupRow for Within<'_> {
    fn label(&self, dimension: usize) -> &str {
        self.context.label(self.row.group, dimension)
    }
}

impl Within<'_> {
    /// Why something is not there.
    fn missing(&self) -> String {
        let interval = why(&self.row.matched.log2_ratio);
        match self.row.matched.p.why() {
            Some(p) if interval.is_empty() => format!("p: {p}"),
            Some(p) if interval != p.phrase() => format!("interval: {interval}; p: {p}"),
            _ => interval.to_string(),
        }
    }
}

table! {
    /// A row for each group and measure: inside the stories that it shares with others.
    WITHIN_STORIES, "within_stories.csv", by_group: true, rows: Within<'_>,
    "One row for each group and frame, voice, label, source and sentiment: the group compared with the others within the stories that both cover. Empty where there are no stories.",
    Text "kind" "text" "`frame` (hits of all words), `voice` (share of all hits of the frame), `label` (share of all labels of the referent), `source` (hits in the words of the speaker, per word) or `sentiment` (share of positive hits)" |r| r.row.kind;
    Text "item" "text" "the frame, the referent, the speaker or the scale" |r| &r.row.item;
    Text "choice" "text" "the voice or the label" |r| &r.row.choice;
    Integer "stories" "stories" "stories covered by the group and by others in which both have what is counted" |r| r.row.matched.stories;
    Integer "articles" "articles" "the group's articles in them; copies of one text count once" |r| r.row.matched.articles[0];
    Integer "hits" "hits" "their hits: the numerator" |r| r.row.matched.top[0];
    Integer "of" "words or hits" "of so many: the denominator" |r| r.row.matched.bottom[0];
    Integer "rest_articles" "articles" "articles of the others in them" |r| r.row.matched.articles[1];
    Integer "rest_hits" "hits" "their hits" |r| r.row.matched.top[1];
    Integer "rest_of" "words or hits" "of so many" |r| r.row.matched.bottom[1];
    Real "log2_ratio" "doublings" "log2 of the Mantel-Haenszel ratio over stories: `framescope explain matched-ratio`" |r| r.row.matched.log2_ratio.value;
    Real "log2_ratio_low" "doublings" "lower end of the 95 % interval, stories as units" |r| low(&r.row.matched.log2_ratio);
    Real "log2_ratio_high" "doublings" "upper end" |r| high(&r.row.matched.log2_ratio);
    Real "p" "probability" "probability of a difference at least this large if the labels were permuted among the articles of each story" |r| chance(r.row.matched.p);
    Text "p_method" "text" "method of p" |r| r.row.matched.p_method;
    Real "q" "probability" "Benjamini–Hochberg; family: every row of the same kind with a p" |r| chance(r.row.q);
    Integer "heaviest_story" "number" "the story that moves the ratio most" |r| r.row.matched.heaviest.map(|heaviest| heaviest.0);
    Real "log2_ratio_without" "doublings" "the ratio without it" |r| r.row.matched.heaviest.and_then(|heaviest| heaviest.1.value());
    Text "missing" "text" "why there is no ratio, no interval or no p" |r| r.missing();
}

/// Groups inside shared stories.
pub(super) fn within(context: &Context<'_>) -> PolarsResult<DataFrame> {
    // the share of positive hits is of no scale without a zero
    let without: Vec<String> =
        context.scorer.scales.all.iter().filter(|scale| !scale.has_zero).map(Scale::name).collect();
    let rows = context.estimates.stories.within.iter();
    let rows = rows.filter(|row| row.kind != "sentiment" || !without.contains(&row.item));
    let rows: Vec<_> = rows.map(|row| Within { context, row }).collect();
    frame_of(context.dimensions, &rows)
}

struct Split<'c> {
    context: &'c Context<'c>,
    row: &'c SplitRow,
}

impl GroupRow for Split<'_> {
    fn label(&self, dimension: usize) -> &str {
        self.context.label(self.row.group, dimension)
    }
}

impl Split<'_> {
    fn part(&self, part: usize) -> &Estimate {
        &self.row.parts[part]
    }
}

table! {
    /// A row for each group and frame: why its rate differs from that of the others.
    STORY_SPLIT, "story_split.csv", by_group: true, rows: Split<'_>,
    "One row for each group and frame: the difference between the group's rate and that of all others, divided into which stories it covers, how it tells shared stories, and what each side covers alone. The three add up to the difference. Groups that share fewer than 5 stories have no rows.",
    Text "frame" "text" "name of the frame" |r| r.context.frame(r.row.frame);
    Integer "stories" "stories" "stories that the group and others cover" |r| r.row.stories;
    Real "shared" "share" "of the group's words, those in these stories" |r| r.row.shared;
    Real "rate" "hits per 1,000 words" "rate of the group" |r| r.row.rates[0];
    Real "rest_rate" "hits per 1,000 words" "rate of all others" |r| r.row.rates[1];
    Real "difference" "hits per 1,000 words" "rate − rest_rate" |r| r.row.rates[0] - r.row.rates[1];
    Real "selection" "hits per 1,000 words" "part due to giving different weight to the shared stories: `framescope explain story-split`" |r| r.part(0).value;
    Real "selection_low" "hits per 1,000 words" "lower end of its 95 % interval, stories as units" |r| low(r.part(0));
    Real "selection_high" "hits per 1,000 words" "upper end" |r| high(r.part(0));
    Real "telling" "hits per 1,000 words" "part due to telling the shared stories differently" |r| r.part(1).value;
    Real "telling_low" "hits per 1,000 words" "lower end of its 95 % interval" |r| low(r.part(1));
    Real "telling_high" "hits per 1,000 words" "upper end" |r| high(r.part(1));
    Real "alone" "hits per 1,000 words" "part due to stories that only one side covers" |r| r.part(2).value;
    Real "alone_low" "hits per 1,000 words" "lower end of its 95 % interval" |r| low(r.part(2));
    Real "alone_high" "hits per 1,000 words" "upper end" |r| high(r.part(2));
    Text "missing" "text" "why there are no parts or no intervals" |r| why(r.part(1));
}

/// Selection and telling.
pub(super) fn split(context: &Context<'_>) -> PolarsResult<DataFrame> {
    let rows: Vec<_> = context.estimates.stories.split.iter().map(|row| Split { context, row }).collect();
    frame_of(context.dimensions, &rows)
}

struct LeftOut<'c> {
    context: &'c Context<'c>,
    row: &'c Omission,
}

impl GroupRow for LeftOut<'_> {
    fn label(&self, dimension: usize) -> &str {
        self.context.label(self.row.group, dimension)
    }
}

table! {
    /// A row for what a group leaves out of a story.
    STORY_OMISSIONS, "story_omissions.csv", by_group: true, rows: LeftOut<'_>,
    "One row for each frame, label, source and target that more than half of the groups of a story have and one has not; stories of three groups and more. Sources are joined by their last word. The most surprising first; what is listed is to be read, as an omission may have many reasons.",
    Integer "story" "number" "the story, as in `stories.csv`" |r| r.row.story;
    Text "kind" "text" "`frame`, `label`, `source` or `target`" |r| r.row.kind;
    Text "item" "text" "the frame, the referent, the speaker or the target" |r| &r.row.item;
    Text "choice" "text" "the label" |r| &r.row.choice;
    Integer "groups" "groups" "groups that tell the story" |r| r.row.groups[0];
    Integer "groups_with" "groups" "of these, those that have it" |r| r.row.groups[1];
    Integer "rest_hits" "hits" "hits of the others" |r| r.row.hits;
    Real "expected" "hits" "hits that the group would be expected to have, at the rate of the others and with its number of words in the story" |r| r.row.expected;
    Real "p" "probability" "probability that a group that covers the story has none: `framescope explain left-out-p`" |r| chance(r.row.p);
    Real "q" "probability" "Benjamini–Hochberg; family: all pairs of group and story where other groups with the item are more than half of all groups of the story, whether or not the group itself has it" |r| chance(r.row.q);
    Real "surprise" "bits" "−log2 p" |r| r.row.p.value().map(|p| -libm::log2(p));
    Text "missing" "text" "why there is no p" |r| r.row.p.why().map(Why::phrase);
}

/// What is left out.
pub(super) fn omissions(context: &Context<'_>) -> PolarsResult<DataFrame> {
    let rows: Vec<_> = context.estimates.stories.omissions.iter().map(|row| LeftOut { context, row }).collect();
    frame_of(context.dimensions, &rows)
}

struct Word<'c> {
    context: &'c Context<'c>,
    row: &'c StoryWord,
}

impl GroupRow for Word<'_> {
    fn label(&self, dimension: usize) -> &str {
        self.context.label(self.row.group, dimension)
    }
}

table! {
    /// A row for a word by which a group tells a story.
    STORY_WORDS, "story_words.csv", by_group: true, rows: Word<'_>,
    "One row for each group, story and word that the group uses more often in the story than the other groups do: of the 500 largest stories, at most ten words a group, each with three hits or more; the strongest first. Function words and addresses are left out; with `counted_voices = true` of keyness or collocates, so are words in voices that the study does not count. All scores are descriptive.",
    Integer "story" "number" "the story, as in `stories.csv`" |r| r.row.story;
    Text "word" "text" "the word, folded" |r| &r.row.word;
    Text "kind" "text" "`word`, `reporting verb` (*said*) or `house style` (*mr*, *monday*): by the cue lexicons of the languages of the corpus" |r| r.row.kind.name();
    Integer "hits" "hits" "its frequency in the group's articles of the story, without boilerplate and repeats; copies count once" |r| r.row.table.a;
    Integer "articles_with" "articles" "of these articles, those that have it" |r| r.row.with[0];
    Integer "words" "words" "their words" |r| r.row.table.c;
    Integer "rest_hits" "hits" "its frequency in the other articles of the story" |r| r.row.table.b;
    Integer "rest_articles_with" "articles" "of these, those that have it" |r| r.row.with[1];
    Integer "rest_words" "words" "their words" |r| r.row.table.d;
    Real "g2" "G²" "descriptive: log-likelihood over four cells; treats words as independent, although articles repeat theirs" |r| r.row.g2();
    Real "log2_ratio" "doublings" "log2 of the rate over the rate of the others, 0.5 added to both counts and 1 to both numbers of words" |r| r.row.log2_ratio();
}

/// The words by which groups tell stories.
pub(super) fn words(context: &Context<'_>) -> PolarsResult<DataFrame> {
    let rows: Vec<_> = context.estimates.stories.words.iter().map(|row| Word { context, row }).collect();
    frame_of(context.dimensions, &rows)
}
