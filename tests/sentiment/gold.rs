//! The shipped lexicon against people: NewsMTSC (towards a target in a sentence) and the NYT snippets (of a text). DEV parts only.

use super::{rows, shard, shared};
use framescope::lexicon::{self, Lexicon};
use framescope::lookup::{Found, Plan, TargetId, VoiceLookup, look_up};
use framescope::read::Article;
use framescope::sentiment::{Label, Mention, MentionTone, Negation, Options, Scorer, Tone};
use framescope::stem::Stems;
use framescope::text::{Language, Span};
use framescope::voice::Voice;
use std::collections::HashMap;

fn shipped() -> Lexicon {
    lexicon::load(concat!(env!("CARGO_MANIFEST_DIR"), "/lexicons/sentiment-en.toml")).unwrap()
}

/// The tones of English texts by these lexicons; mentions are (text, bytes).
fn tones(lexicons: &[Lexicon], texts: &[String], mentions: &[(u32, (u32, u32))], options: Options) -> Vec<Tone> {
    let plans: Vec<Plan<'_>> = lexicons.chunk_by(lexicon::are_partners).map(Plan::new).collect();
    let scorer = Scorer::new(&plans, options).unwrap();
    let mut stems = Stems::default();
    let mut tones = Vec::new();
    for (number, batch) in texts.chunks(500).enumerate() {
        let first = number as u32 * 500;
        let article =
            |text: &String| Article { text: text.clone(), language: Some(Language::ENGLISH), ..Article::default() };
        let shard = shard(batch.iter().map(article).collect(), &mut stems);
        let removed = vec![Vec::new(); batch.len()];
        let mut voice_lookup = VoiceLookup::new(&shard, &removed, &Voice::ALL[1..]);
        let found: Vec<Found> = plans.iter().map(|plan| look_up(plan, &shard, &mut voice_lookup, &mut stems)).collect();
        let mut named: Vec<Mention> = Vec::new();
        let mut reader = shard.reader();
        for (target, (text, bytes)) in mentions.iter().enumerate() {
            if !(first..first + batch.len() as u32).contains(text) {
                continue;
            }
            let article = text - first;
            let spans = reader.article(article as usize).spans;
            let start = spans.partition_point(|span| span.end <= bytes.0) as u32;
            let end = spans.partition_point(|span| span.start < bytes.1) as u32;
            named.push(Mention {
                article,
                target: TargetId::new(target),
                tokens: Span::new(start, end.max(start + 1)),
            });
        }
        named.sort_by_key(|mention| mention.article);
        tones.extend(scorer.tones(&[], &shard, &removed, &found, &named));
    }
    tones
}

/// Mean F1 of the three labels.
fn macro_f1(pairs: &[(Label, Label)]) -> f64 {
    let labels = [Label::Negative, Label::Neutral, Label::Positive];
    let f1 = labels.map(|label| {
        let both = pairs.iter().filter(|(a, b)| *a == label && *b == label).count() as f64;
        let each = pairs.iter().map(|(a, b)| f64::from(u8::from(*a == label) + u8::from(*b == label))).sum::<f64>();
        2.0 * both / each
    });
    f1.iter().sum::<f64>() / 3.0
}

struct Coded {
    texts: Vec<String>,
    mentions: Vec<(u32, (u32, u32))>,
    labels: Vec<Label>,
}

fn newsmtsc() -> Option<Coded> {
    let rows = rows(&shared("gold/sentiment/dev/newsmtsc.csv")?);
    let mut coded = Coded { texts: Vec::new(), mentions: Vec::new(), labels: Vec::new() };
    let mut numbers: HashMap<String, u32> = HashMap::new();
    for row in rows {
        let number = *numbers.entry(row["text"].clone()).or_insert_with(|| {
            coded.texts.push(row["text"].clone());
            coded.texts.len() as u32 - 1
        });
        coded.mentions.push((number, (row["byte_start"].parse().unwrap(), row["byte_end"].parse().unwrap())));
        coded.labels.push(match row["label"].as_str() {
            "negative" => Label::Negative,
            "positive" => Label::Positive,
            _ => Label::Neutral,
        });
    }
    Some(coded)
}

fn by_target(coded: &Coded, options: Options) -> Vec<MentionTone> {
    let mut found: Vec<MentionTone> = tones(&[shipped()], &coded.texts, &coded.mentions, options)
        .into_iter()
        .flat_map(|tone| tone.mentions)
        .collect();
    found.sort_by_key(|mention| mention.target);
    assert_eq!(found.len(), coded.labels.len());
    found
}

#[test]
fn the_shipped_lexicon_calls_targets_as_people_do_more_often_than_a_window_of_three_lexicons() {
    let Some(coded) = newsmtsc() else { return };
    for (negation, floor) in [(Negation::Flip, 0.62), (Negation::Drop, 0.62), (Negation::Ignore, 0.615)] {
        let found = by_target(&coded, Options { negation, ..Options::default() });
        let pairs: Vec<(Label, Label)> =
            found.iter().zip(&coded.labels).map(|(mention, &label)| (mention.toward.label, label)).collect();
        let reached = macro_f1(&pairs);
        println!("NewsMTSC DEV, {}: macro-F1 {reached:.4} of {}", negation.name(), pairs.len());
        assert!(reached > floor, "{reached}");
    }
}

#[test]
fn the_mean_of_the_shipped_lexicon_and_the_readers_own_calls_targets_as_people_do() {
    let (Some(coded), Some(folder)) = (newsmtsc(), shared("lexicons")) else { return };
    let own =
        ["vader_lexicon.txt", "AFINN-111.txt"].map(|file| lexicon::load(folder.join(file).to_str().unwrap()).unwrap());
    let lexicons = [&[shipped()], &own[..]].concat();
    let plans: Vec<Plan<'_>> = lexicons.chunk_by(lexicon::are_partners).map(Plan::new).collect();
    let scales = framescope::sentiment::Scales::of(&plans);
    let tones = tones(&lexicons, &coded.texts, &coded.mentions, Options::default());
    let mut pairs = Vec::new();
    for tone in &tones {
        let means = tone.together(&scales);
        for mention in tone.mentions.iter().filter(|mention| mention.scale == 0) {
            let label = means[&(mention.target, mention.bytes)].label;
            pairs.push((label, coded.labels[mention.target.index()]));
        }
    }
    assert_eq!(pairs.len(), coded.labels.len());
    let reached = macro_f1(&pairs);
    println!("NewsMTSC DEV, mean of {} lexicons: macro-F1 {reached:.4} of {}", plans.len(), pairs.len());
    assert!(reached > 0.6, "{reached}");
}

fn pearson(pairs: &[(f64, f64)]) -> f64 {
    let n = pairs.len() as f64;
    let (mx, my) = (pairs.iter().map(|p| p.0).sum::<f64>() / n, pairs.iter().map(|p| p.1).sum::<f64>() / n);
    let sum = |f: &dyn Fn(&(f64, f64)) -> f64| pairs.iter().map(f).sum::<f64>();
    sum(&|p| (p.0 - mx) * (p.1 - my)) / (sum(&|p| (p.0 - mx).powi(2)) * sum(&|p| (p.1 - my).powi(2))).sqrt()
}

#[test]
fn the_shipped_lexicon_follows_the_ratings_of_editorials() {
    let Some(path) = shared("gold/sentiment/dev/nyt_editorials.csv") else { return };
    let rows = rows(&path);
    let texts: Vec<String> = rows.iter().map(|row| row["text"].clone()).collect();
    for (negation, floors) in [(Negation::Flip, [0.6, 0.58, 0.58, 0.56]), (Negation::Ignore, [0.57, 0.56, 0.55, 0.53])]
    {
        let tones = tones(&[shipped()], &texts, &[], Options { negation, ..Options::default() });
        let score = |f: &dyn Fn(f64, f64, f64) -> f64| -> f64 {
            let of = |tone: &Tone| {
                let weights: Vec<i32> = tone.hits[0].iter().map(|(_, weighed)| weighed.weight).collect();
                let sum: f64 = weights.iter().map(|&w| f64::from(w) / 1000.0).sum();
                let count = |sign: i32| weights.iter().filter(|w| w.signum() == sign).count() as f64;
                f(sum, count(1), count(-1))
            };
            let pairs: Vec<(f64, f64)> =
                rows.iter().zip(&tones).map(|(row, tone)| (of(tone), row["mean"].parse().unwrap())).collect();
            pearson(&pairs)
        };
        let reached = [
            score(&|sum, p, n| if p + n > 0.0 { sum / (p + n) } else { 0.0 }),
            score(&|sum, _, _| sum),
            score(&|_, p, n| (p + 0.5).ln() - (n + 0.5).ln()),
            score(&|_, p, n| if p + n > 0.0 { (p - n) / (p + n) } else { 0.0 }),
        ];
        println!("NYT DEV, {}: valence, sum, logit, balance {reached:.4?}", negation.name());
        assert!(reached.iter().zip(floors).all(|(reached, floor)| *reached > floor));
    }
}
