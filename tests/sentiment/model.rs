//! Classes of evaluation, the words that decided, and the trained model of `[sentiment] toward = "model"`.
//!
//! `FRAMESCOPE_WRITE_MENTIONS=mentions.jsonl cargo test --test all sentiment::model` writes what `tests/scripts/train_toward.py` reads.

use super::{rows, shard, shared};
use framescope::lexicon::{self, Lexicon};
use framescope::lookup::{Found, Plan, TargetId, VoiceLookup, look_up};
use framescope::read::Article;
use framescope::sentiment::{
    Feature, Judge, Label, Mention, Model, NAMES, Options, Part, Scored, Scorer, Toward, TypeCues, features,
    shipped_cues,
};
use framescope::stem::Stems;
use framescope::text::{Language, Span};
use framescope::voice::Voice;
use std::io::Write;

fn shipped() -> Lexicon {
    lexicon::load(concat!(env!("CARGO_MANIFEST_DIR"), "/lexicons/sentiment-en.toml")).unwrap()
}

/// A feature by its name, whether it may be a name, and its value.
type Named = (String, bool, i64);

/// What is heard of each mention (text, bytes), and its score by the options.
fn heard(lexicon: Lexicon, mentions: &[(String, (u32, u32))], options: &Options) -> Vec<(Vec<Named>, Toward)> {
    let lexicons = [lexicon];
    let plans = [Plan::new(&lexicons)];
    let scorer = Scorer::new(&plans, options.clone()).unwrap();
    let (cues, mut stems, mut all) = (shipped_cues().unwrap(), Stems::default(), Vec::new());
    for batch in mentions.chunks(500) {
        let article = |(text, _): &(String, (u32, u32))| Article {
            text: text.clone(),
            language: Some(Language::ENGLISH),
            ..Article::default()
        };
        let shard = shard(batch.iter().map(article).collect(), &mut stems);
        let removed = vec![Vec::new(); batch.len()];
        let mut voice_lookup = VoiceLookup::new(&shard, &removed, &Voice::ALL[1..]);
        let found: Vec<Found> = plans.iter().map(|plan| look_up(plan, &shard, &mut voice_lookup, &mut stems)).collect();
        let mut reader = shard.reader();
        let mention = |(at, (_, bytes)): (usize, &(String, (u32, u32)))| {
            let spans = reader.article(at).spans;
            let start = spans.partition_point(|span| span.end <= bytes.0) as u32;
            let end = spans.partition_point(|span| span.start < bytes.1) as u32;
            Mention { article: at as u32, target: TargetId::new(at), tokens: Span::new(start, end.max(start + 1)) }
        };
        let named: Vec<Mention> = batch.iter().enumerate().map(mention).collect();
        let tones = scorer.tones(&[], &shard, &removed, &found, &named);
        let (types, cues) = (shard.types(), TypeCues::compile(&cues, shard.types()));
        for (at, (tone, mention)) in tones.iter().zip(&named).enumerate() {
            let (article, first) = (reader.article(at), shard.range(at).start);
            let hits = found[0].hits.iter().filter(|hit| hit.article as usize == at);
            let scored = hits.zip(&tone.hits[0]).map(|(hit, (_, weighed))| Scored {
                tokens: hit.tokens.in_article(first),
                weight: weighed.weight,
                foreign: hit.verdict.voice != Voice::Own,
                class: plans[0].entry(hit.entry).1.class,
            });
            let scored: Vec<Scored> = scored.collect();
            let name = |part: &Part| match part.feature {
                Feature::Named(at) => (NAMES[at].to_string(), false, part.value),
                Feature::Word(id, capital) => (types.folded(id).to_string(), capital, part.value),
            };
            let parts = features(&article, &cues, options, mention.tokens, &scored);
            all.push((parts.iter().map(name).collect(), tone.mentions[0].toward.clone()));
        }
    }
    all
}

fn small() -> Lexicon {
    let text = "[lexicon]\nname = \"sentiment-en\"\nkind = \"sentiment\"\nlanguage = \"en\"\nmatch = \"exact\"\noverlap = \"lexicon\"\n\
        [[frame]]\nname = \"positive\"\nterms = [{ term = \"good\", weight = 2.0 }, { term = \"ally\", weight = 1.0, class = \"stance\" }]\n\
        [[frame]]\nname = \"negative\"\nterms = [{ term = \"war\", weight = -2.0, class = \"event\" }, { term = \"afraid\", weight = -1.0, class = \"emotion\" }]\n";
    lexicon::parse("small.toml", text.as_bytes()).unwrap()
}

fn of(text: &str, name: &str, options: &Options) -> (Vec<Named>, Toward) {
    let at = text.find(name).unwrap() as u32;
    heard(small(), &[(text.to_string(), (at, at + name.len() as u32))], options).remove(0)
}

#[test]
fn towards_a_target_what_happened_counts_half_and_judged_are_judgement_and_stance_alone() {
    let rule = |text: &str| of(text, "Smith", &Options::default()).1;
    // right behind the target: 1.6 of the weight, without a word between
    let cases =
        [("Smith good", 3200, 3200), ("Smith ally", 1600, 1600), ("Smith war", -1600, 0), ("Smith afraid", -1600, 0)];
    for (text, score, judged) in cases {
        let toward = rule(text);
        assert_eq!((toward.score, toward.judged, toward.hits), (score, judged, 1), "{text}");
    }
    // one word between: 1.6 / 1.2; the words that decided, the strongest first
    let toward = rule("Smith good war");
    assert_eq!((toward.score, toward.judged), (3200 - 1333, 3200));
    let words: Vec<(&str, i64)> = toward.words.iter().map(|word| (word.form.as_str(), word.share)).collect();
    assert_eq!(words, [("good", 3200), ("war", -1333)]);
    assert_eq!(toward.label, Label::Positive);
    assert!(rule("Smith went home").words.is_empty());
}

#[test]
fn the_model_hears_hits_by_class_side_and_voice_and_the_words_that_are_no_names() {
    let (parts, _) = of("The ally Smith met Jones after the war", "Smith", &Options::default());
    let value = |name: &str| parts.iter().filter(|part| part.0 == name).map(|part| part.2).sum::<i64>();
    // before: 1000 of the weight; behind, four words between: 1.6 / 1.8 of it
    assert_eq!((value("*stance+"), value("*before+")), (1000, 1000));
    assert_eq!((value("*event-"), value("*behind-")), (1778, 1778));
    assert_eq!(value("*score"), 1000 - 1778);
    assert_eq!((value("*always"), value("*speaks"), value("*within+")), (1000, 0, 0));
    // "the" before the target, one word between, and behind it, three between: 1/1.2 and 1.6/1.6
    assert_eq!(value("the"), 833 + 1000);
    assert_eq!((value("met"), value("jones"), value("smith")), (1600, 0, 0));
    // the first word of a sentence may be a name: it is told apart
    assert!(parts.iter().any(|part| part.0 == "the" && part.1) && parts.iter().any(|part| part.0 == "the" && !part.1));
}

#[test]
fn the_shipped_model_is_read_and_scores_as_its_weights_say() {
    Model::shipped().unwrap();
    let options = Options { toward: Judge::Model, ..Options::default() };
    let text = "Smith was good.";
    let (parts, toward) = of(text, "Smith", &options);
    let file = include_str!("../../lexicons/sentiment/toward-en.tsv");
    let weights = |name: &str| -> [i64; 3] {
        let line = file.lines().find(|line| line.split('\t').next() == Some(name));
        let cells = line.map(|line| line.split('\t').skip(1).map(|cell| cell.parse().unwrap()).collect::<Vec<i64>>());
        cells.map_or([0; 3], |cells| cells.try_into().unwrap())
    };
    let mut sums = [0i64; 3];
    for (name, _, value) in &parts {
        sums.iter_mut().zip(weights(name)).for_each(|(sum, weight)| *sum += weight * value);
    }
    assert_eq!(toward.score, ((sums[2] - sums[0]) as f64 / 1000.0).round() as i64);
    assert_eq!(toward.label, Label::Positive);
    assert!(toward.words.iter().any(|word| word.form == "good" && word.share > 0), "{:?}", toward.words);
    // the rule's share of judgement stands beside it
    assert_eq!(toward.judged, of(text, "Smith", &Options::default()).1.judged);
}

#[test]
fn the_model_asks_for_the_lexicon_it_was_trained_with() {
    let text = "[lexicon]\nname = \"mine\"\nkind = \"sentiment\"\n[[frame]]\nname = \"positive\"\nterms = [\"good\"]\n";
    let lexicons = [lexicon::parse("mine.toml", text.as_bytes()).unwrap()];
    let plans = [Plan::new(&lexicons)];
    let problems = Scorer::new(&plans, Options { toward: Judge::Model, ..Options::default() }).err().unwrap();
    assert!(format!("{problems:?}").contains("model-lexicon"));
    // where there is no lexicon of sentiment at all, nothing is scored
    assert!(Scorer::new(&[], Options { toward: Judge::Model, ..Options::default() }).is_ok());
}

#[test]
fn hand_coded_sentences_are_scored_by_the_model_and_written_for_its_training() {
    let Some(path) = shared("gold/sentiment/dev/newsmtsc.csv") else { return };
    let rows = rows(&path);
    let mentions: Vec<(String, (u32, u32))> = rows
        .iter()
        .map(|row| (row["text"].clone(), (row["byte_start"].parse().unwrap(), row["byte_end"].parse().unwrap())))
        .collect();
    let rule = heard(shipped(), &mentions, &Options::default());
    if let Some(path) = std::env::var_os("FRAMESCOPE_WRITE_MENTIONS") {
        let mut out = std::io::BufWriter::new(std::fs::File::create(path).unwrap());
        for (row, (features, toward)) in rows.iter().zip(&rule) {
            let line = serde_json::json!({
                "id": row["id"], "text": row["text"], "label": row["label"], "rule": toward.label.name(), "features": features,
            });
            writeln!(out, "{line}").unwrap();
        }
    }
    let model = heard(shipped(), &mentions, &Options { toward: Judge::Model, ..Options::default() });
    let right = |found: &[(Vec<Named>, Toward)]| {
        found.iter().zip(&rows).filter(|((_, toward), row)| toward.label.name() == row["label"]).count() as f64
            / rows.len() as f64
    };
    // it was trained on these: no figure of its quality, but of its being read as it was written
    println!(
        "NewsMTSC DEV: right {:.3} by the rule, {:.3} by the model on what it was trained on",
        right(&rule),
        right(&model)
    );
    assert!(right(&model) > 0.72);
}
