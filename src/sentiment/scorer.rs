//! Everything that sentiment lexicons say of the articles of a shard.
//!
//! In: a shard, what was removed, the hits of each lexicon, the mentions of targets. Out: a [`Tone`] for each article.
//! Invariant: the tone of an article depends on the article, the lexicons and the options alone; hits that are not counted weigh nothing.
//! It deliberately sums nothing: a row for each hit, sentence and mention goes on, and `aggregate` adds them up.

use super::model::{self, Model, TypeModel};
use super::sentences::{SentenceTone, sentence_tones};
use super::toward::Label;
use super::vader::{Rules, Vader};
use super::weigh::{Degree, Scored, Weighed, weigh};
use super::{By, Cues, Judge, Mode, Options, Scales, Toward, TypeCues, toward};
use crate::clean::Removed;
use crate::error::{Place, Problem, Result, did_you_mean};
use crate::index::Shard;
use crate::lexicon;
use crate::lookup::{EntryId, Found, Plan, TargetId};
use crate::read::Article;
use crate::text::{ArticleToken, Language, Span};
use crate::tokenise::ArticleTokens;
use crate::voice::Voice;
use std::collections::BTreeMap;

/// Somebody or something that is talked about, where it is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Article within the shard.
    pub article: u32,
    /// The target.
    pub target: TargetId,
    /// Tokens within the article.
    pub tokens: Span<ArticleToken>,
}

/// Number of a target that an article's own column names: no lexicon gives it a name.
pub const COLUMN_TARGET: TargetId = TargetId::new(u32::MAX as usize);

/// Where the target of the column stands in the text, as written.
fn mentions_of<'r>(
    article: &'r ArticleTokens<'_>,
    target: &'r str,
    number: usize,
) -> impl Iterator<Item = Mention> + 'r {
    article.text.match_indices(target).filter_map(move |(from, found)| {
        let (from, to) = (from as u32, (from + found.len()) as u32);
        let start = article.spans.partition_point(|span| span.end <= from) as u32;
        let end = article.spans.partition_point(|span| span.start < to) as u32;
        (start < end).then(|| Mention { article: number as u32, target: COLUMN_TARGET, tokens: Span::new(start, end) })
    })
}

/// A mention and its score by one scale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MentionTone {
    /// Number of the scale.
    pub scale: usize,
    /// The target.
    pub target: TargetId,
    /// Bytes of the article's text.
    pub bytes: (u32, u32),
    /// The score.
    pub toward: Toward,
}

/// What sentiment lexicons say of an article.
#[derive(Clone, Debug, Default)]
pub struct Tone {
    /// By plan, then hit in the order of [`Found::hits`]: the scale, and what the hit counts for.
    pub hits: Vec<Vec<(usize, Weighed)>>,
    /// By scale: the sentences; none where neither VADER nor the study asks for them.
    pub sentences: Vec<Vec<SentenceTone>>,
    /// Mentions, scale by scale.
    pub mentions: Vec<MentionTone>,
}

impl Tone {
    /// What all lexicons of one dimension say of each mention together, by target and bytes: the mean of their scores, and all their hits.
    pub fn together(&self, scales: &Scales) -> BTreeMap<(TargetId, (u32, u32)), Toward> {
        let mut sums: BTreeMap<(TargetId, (u32, u32)), (Toward, u32)> = BTreeMap::new();
        // what a model says is on no lexicon's scale
        let by_rule = |mention: &&MentionTone| {
            let scale = &scales.all[mention.scale];
            scale.dimension.is_empty() && !scale.modelled
        };
        for mention in self.mentions.iter().filter(by_rule) {
            let (sum, lexicons) = sums.entry((mention.target, mention.bytes)).or_default();
            sum.score += mention.toward.score;
            sum.hits += mention.toward.hits;
            *lexicons += 1;
        }
        let mean = |(sum, lexicons): (Toward, u32)| {
            let score = libm::round(sum.score as f64 / f64::from(lexicons)) as i64;
            Toward { score, label: Label::of(score), ..sum }
        };
        sums.into_iter().map(|(mention, sum)| (mention, mean(sum))).collect()
    }
}

/// Scores the articles of shards.
pub struct Scorer<'a> {
    /// What is measured.
    pub scales: Scales,
    /// How.
    pub options: Options,
    plans: &'a [Plan<'a>],
    cues: BTreeMap<Language, Cues>,
    rules: Rules,
    primary: usize,
    /// What scores mentions, where that is not the rule.
    model: Option<Model>,
    /// The further column of the corpus that names the target of each article.
    column: Option<usize>,
}

/// The problem of a primary lexicon that is not there.
fn unknown_primary(scales: &Scales, options: Options) -> Problem {
    let place = options.primary_at.unwrap_or_else(|| Place::file("command line"));
    let name = options.primary.unwrap_or_default();
    let mut names: Vec<&str> = scales.all.iter().map(|scale| scale.lexicon.as_str()).collect();
    names.dedup();
    let problem = Problem::error("lexicon-unknown", place, format!("no sentiment lexicon is called `{name}`"));
    let listed = names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let problem = problem.expected(if names.is_empty() { "a sentiment lexicon".to_string() } else { listed });
    problem.hint(match did_you_mean(&name, names) {
        Some(name) => format!("did you mean `{name}`?"),
        None => "name a lexicon as `framescope lexicon show` does, or add its file".to_string(),
    })
}

/// The problem of a model that none of the lexicons is for.
fn no_model(scales: &Scales) -> Problem {
    let names: Vec<String> = scales.names().iter().map(|name| format!("`{name}`")).collect();
    let found = format!("toward = \"model\" with {}", names.join(", "));
    let problem = Problem::error("model-lexicon", Place::file("sentiment.toward"), found);
    let problem = problem.expected(format!("`{}` among the lexicons", model::LEXICON));
    problem.hint("the weights of the model belong to that lexicon; with others use toward = \"rule\"")
}

impl<'a> Scorer<'a> {
    /// For the sentiment lexicons of a run. A primary lexicon that is not among them is a problem.
    pub fn new(plans: &'a [Plan<'a>], options: Options) -> Result<Scorer<'a>> {
        let mut scales = Scales::of(plans);
        let primary = match &options.primary {
            Some(name) => scales.all.iter().position(|scale| scale.lexicon == *name || scale.name() == *name),
            None => Some(0),
        };
        let Some(primary) = primary else {
            return Err(unknown_primary(&scales, options).into());
        };
        let model = match options.toward {
            Judge::Model if !plans.is_empty() => {
                scales.all.iter_mut().for_each(|scale| scale.modelled = scale.name() == model::LEXICON);
                if !scales.all.iter().any(|scale| scale.modelled) {
                    return Err(no_model(&scales).into());
                }
                Some(Model::shipped()?)
            }
            Judge::Model | Judge::Rule => None,
        };
        Ok(Scorer {
            model,
            scales,
            options,
            plans,
            cues: super::shipped_cues()?,
            rules: Rules::shipped()?,
            primary,
            column: None,
        })
    }

    /// For a corpus with these further columns: finds the one that the options name.
    pub fn with_columns(self, columns: &[String]) -> Result<Scorer<'a>> {
        let Some(name) = &self.options.target_column else { return Ok(self) };
        let column = columns.iter().position(|column| column == name);
        if column.is_none() {
            let found = format!("no column `{name}` in the corpus");
            let problem = Problem::error("column-unknown", Place::file("target_column"), found);
            let problem = problem.expected(columns.join(", "));
            return Err(match did_you_mean(name, columns.iter().map(String::as_str)) {
                Some(name) => problem.hint(format!("did you mean `{name}`?")).into(),
                None => problem.into(),
            });
        }
        Ok(Scorer { column, ..self })
    }

    /// What an article's own column says is talked about.
    pub fn column_target<'r>(&self, article: &'r Article) -> Option<&'r str> {
        article.other.get(self.column?)?.as_deref().filter(|named| !named.trim().is_empty())
    }

    /// The plans.
    pub fn plans(&self) -> &'a [Plan<'a>] {
        self.plans
    }

    /// Number of the scale that was declared before looking.
    pub fn primary(&self) -> usize {
        self.primary
    }

    /// `primary`, or `robustness`: another dimension of the primary lexicon is primary too.
    pub fn role(&self, scale: usize) -> &'static str {
        let of = |scale: usize| self.scales.all.get(scale).map(|scale| scale.plan);
        if of(scale) == of(self.primary) { "primary" } else { "robustness" }
    }

    /// VADER over each scale, in its modes.
    pub fn vaders(&self) -> Vec<Vader<'_>> {
        if self.options.mode == Mode::Dictionary {
            return Vec::new();
        }
        let corrected = self.options.mode == Mode::VaderCorrected;
        let vader = |(number, scale): (usize, &super::Scale)| {
            let plan = &self.plans[scale.plan];
            Vader::new(&self.rules, plan.lexicons(), corrected, |lexicon, entry| {
                let id = EntryId::new(lexicon, entry);
                let (of, weight) = self.scales.weight(scale.plan, plan.frame_of(id), plan.entry(id).1.weight);
                (of == number).then_some(weight)
            })
        };
        self.scales.all.iter().enumerate().map(vader).collect()
    }

    /// The tone of every article of a shard; `found` is by plan, mentions ascend by article.
    pub fn tones(
        &self,
        vaders: &[Vader<'_>],
        shard: &Shard,
        removed: &[Vec<Removed>],
        found: &[Found],
        mentions: &[Mention],
    ) -> Vec<Tone> {
        if self.plans.is_empty() {
            return vec![Tone::default(); shard.len()];
        }
        let cues = TypeCues::compile(&self.cues, shard.types());
        let model = self.model.as_ref().map(|model| model.compile(shard.types()));
        let reads_all = self.options.by == By::Sentence || !vaders.is_empty();
        let mut reader = shard.reader();
        let mut tones: Vec<Tone> = Vec::with_capacity(shard.len());
        let mut rest: Vec<&[crate::lookup::Hit]> = found.iter().map(|found| found.hits.as_slice()).collect();
        let mut named = mentions;
        for (i, removed) in removed.iter().enumerate().take(shard.len()) {
            let (own, after) = named.split_at(named.partition_point(|mention| mention.article as usize <= i));
            named = after;
            let target = self.column_target(&shard.articles()[i]);
            // weights and negations need no text
            let needs_text = reads_all || !own.is_empty() || target.is_some();
            let article = if needs_text { reader.article(i) } else { reader.words(i) };
            let first = shard.range(i).start;
            let mut tone = Tone::default();
            let mut scored: Vec<Vec<Scored>> = vec![Vec::new(); self.scales.all.len()];
            for (number, hits) in rest.iter_mut().enumerate() {
                let (own, after) = hits.split_at(hits.partition_point(|hit| hit.article as usize <= i));
                *hits = after;
                let weighed = own.iter().map(|hit| {
                    let tokens = hit.tokens.in_article(first);
                    let entry = self.plans[number].entry(hit.entry).1;
                    let (scale, weight) = self.scales.weight(number, hit.frame, entry.weight);
                    let mut weighed = weigh(&article, &cues, &self.options, tokens, weight);
                    if !self.scales.all[scale].has_zero && !weighed.dropped {
                        // what is turned round, raised or lowered would leave the scale
                        weighed = Weighed { weight, degree: Degree::Plain, ..weighed };
                    }
                    if hit.uncounted.is_none() {
                        let foreign = hit.verdict.voice != Voice::Own;
                        scored[scale].push(Scored { tokens, weight: weighed.weight, foreign, class: entry.class });
                    }
                    (scale, weighed)
                });
                tone.hits.push(weighed.collect());
            }
            // what no lexicon is for is missing: its mentions are not neutral, its sentences not zero
            let of = |scale: usize| self.plans[self.scales.all[scale].plan].lexicons();
            let is_for = |scale: usize| lexicon::covers(of(scale), shard.languages()[i]);
            let mut mentions = own.to_vec();
            mentions.extend(target.into_iter().flat_map(|target| mentions_of(&article, target, i)));
            // a scale without a zero says neither well nor ill
            let covered = (0..scored.len()).filter(|&scale| is_for(scale) && self.scales.all[scale].has_zero);
            self.mentions(
                &article,
                (&cues, model.as_ref()),
                &mentions,
                covered.map(|scale| (scale, scored[scale].as_slice())),
                &mut tone,
            );
            if reads_all {
                let of_scale = |(scale, hits): (usize, &Vec<Scored>)| match is_for(scale) {
                    true => sentence_tones(&article, removed, hits, vaders.get(scale)),
                    false => Vec::new(),
                };
                tone.sentences = scored.iter().enumerate().map(of_scale).collect();
            }
            tones.push(tone);
        }
        tones
    }

    /// Scores the mentions by the hits of each scale that is for the article.
    fn mentions<'s>(
        &self,
        article: &ArticleTokens<'_>,
        (cues, model): (&TypeCues, Option<&TypeModel<'_>>),
        mentions: &[Mention],
        scored: impl Iterator<Item = (usize, &'s [Scored])>,
        tone: &mut Tone,
    ) {
        for (scale, hits) in scored {
            for mention in mentions {
                let bytes = &article.spans[mention.tokens.range()];
                let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else { continue };
                let toward = match model.filter(|_| self.scales.all[scale].modelled) {
                    Some(model) => model.toward(article, cues, &self.options, mention.tokens, hits),
                    None => toward(article, cues, &self.options, mention.tokens, hits),
                };
                tone.mentions.push(MentionTone {
                    scale,
                    target: mention.target,
                    bytes: (first.start, last.end),
                    toward,
                });
            }
        }
    }
}
