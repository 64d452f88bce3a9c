//! What a hit counts for, and what reaches a mention.

use super::shard;
use framescope::lexicon::{self, Lexicon};
use framescope::lookup::{Found, Plan, TargetId, VoiceLookup, look_up};
use framescope::read::Article;
use framescope::sentiment::{Mention, Negation, Options, Scorer, Tone};
use framescope::stem::Stems;
use framescope::text::{Language, Span};
use framescope::voice::Voice;

fn small() -> Lexicon {
    let text = "[lexicon]\nname = \"small\"\nkind = \"sentiment\"\nlanguage = \"en\"\nmatch = \"exact\"\noverlap = \"lexicon\"\n\
        [[frame]]\nname = \"positive\"\nterms = [{ term = \"good\", weight = 2.0 }, { term = \"well\", weight = 0.5 }]\n\
        [[frame]]\nname = \"negative\"\nterms = [{ term = \"bad\", weight = -1.5 }, { term = \"not well\", weight = -1.0 }]\n";
    lexicon::parse("small.toml", text.as_bytes()).unwrap()
}

fn tone(text: &str, options: Options, mention: Option<(u32, u32)>) -> Tone {
    let lexicons = [small()];
    let plans = [Plan::new(&lexicons)];
    let scorer = Scorer::new(&plans, options).unwrap();
    let mut stems = Stems::default();
    let article = Article { text: text.to_string(), language: Some(Language::ENGLISH), ..Article::default() };
    let shard = shard(vec![article], &mut stems);
    let removed = vec![Vec::new()];
    let mut voice_lookup = VoiceLookup::new(&shard, &removed, &Voice::ALL[1..]);
    let found: Vec<Found> = plans.iter().map(|plan| look_up(plan, &shard, &mut voice_lookup, &mut stems)).collect();
    let mentions: Vec<Mention> = mention
        .iter()
        .map(|&(from, to)| Mention { article: 0, target: TargetId::new(0), tokens: Span::new(from, to) })
        .collect();
    scorer.tones(&[], &shard, &removed, &found, &mentions).remove(0)
}

fn weights(text: &str, options: Options) -> Vec<i32> {
    tone(text, options, None).hits[0].iter().map(|(_, weighed)| weighed.weight).collect()
}

#[test]
fn a_negation_up_to_three_words_before_turns_a_hit_and_an_intensifier_right_before_raises_it() {
    let plain = Options::default;
    let cases: [(&str, Vec<i32>); 18] = [
        ("It is good.", vec![2000]),
        ("It is not good.", vec![-1480]),
        ("It isn’t a very good sign.", vec![-1850]),
        ("It isn't a very good sign.", vec![-1850]),
        ("It is not, on the whole, good.", vec![2000]),
        ("It is not. Good it is.", vec![2000]),
        ("It is very good.", vec![2500]),
        ("It is slightly bad.", vec![-1125]),
        ("It is kind of bad.", vec![-1125]),
        ("It is no longer good.", vec![-1480]),
        ("Hardly good and never bad", vec![-1480, 1110]),
        // the longest entry holds its own negation
        ("He is not well.", vec![-1000]),
        ("VERY GOOD", vec![2500]),
        ("Good, not bad", vec![2000, 1110]),
        // a negation that denies nothing
        ("It is not only good.", vec![2000]),
        ("It is not just very good.", vec![2500]),
        ("It is nothing but good.", vec![2000]),
        ("Not only was it not good.", vec![-1480]),
    ];
    for (text, expected) in cases {
        assert_eq!(weights(text, plain()), expected, "{text}");
    }
    let with = |negation| Options { negation, ..Options::default() };
    assert_eq!(weights("It is not good.", with(Negation::Ignore)), [2000]);
    assert_eq!(weights("It is not good.", with(Negation::Drop)), [0]);
    assert_eq!(weights("It is very good.", Options { degrees: false, ..Options::default() }), [2000]);
}

#[test]
fn a_text_of_no_known_language_hears_the_cues_of_all() {
    let found = |text: &str| {
        let lexicons = [lexicon::parse("s.toml", b"[lexicon]\nname = \"s\"\nkind = \"sentiment\"\nmatch = \"exact\"\n[[frame]]\nname = \"positive\"\nterms = [\"good\", \"buono\"]\n").unwrap()];
        let plans = [Plan::new(&lexicons)];
        let scorer = Scorer::new(&plans, Options::default()).unwrap();
        let mut stems = Stems::default();
        let article = Article { text: text.to_string(), language: Some(Language::UNKNOWN), ..Article::default() };
        let shard = shard(vec![article], &mut stems);
        let removed = vec![Vec::new()];
        let mut voice_lookup = VoiceLookup::new(&shard, &removed, &Voice::ALL[1..]);
        let found = vec![look_up(&plans[0], &shard, &mut voice_lookup, &mut stems)];
        scorer.tones(&[], &shard, &removed, &found, &[])[0].hits[0][0].1.weight
    };
    assert_eq!(
        (found("not good"), found("non buono"), found("far from good"), found("good")),
        (-740, -740, -740, 1000)
    );
}

#[test]
fn what_is_near_and_behind_a_mention_counts_most_and_nothing_counts_over_the_end_of_a_sentence() {
    let score =
        |text: &str, from: u32| tone(text, Options::default(), Some((from, from + 1))).mentions.remove(0).toward;
    // weight × 1.6 behind × 1/(1 + words between/5)
    assert_eq!(score("Smith is good.", 0).score, (2000.0f64 * (1.6 / (1.0 + 1.0 / 5.0))).round() as i64);
    // before: without the 1.6
    assert_eq!(score("The good man Smith", 3).score, (2000.0f64 / (1.0 + 1.0 / 5.0)).round() as i64);
    // a comma between
    assert_eq!(score("Smith, so bad", 0).score, (-1875.0f64 * (1.6 / (1.0 + 1.0 / 5.0)) * 0.7).round() as i64);
    // a speaker
    assert!(score("Smith said good", 0).score < score("Smith was good", 0).score);
    assert_eq!(score("Smith went home. It was good.", 0).score, 0);
    assert_eq!(score("Smith went home. It was good.", 0).hits, 0);
    assert_eq!(score("It was good. Smith went home.", 3).hits, 0);
    // the mention itself
    assert_eq!(score("The good is here", 1).score, 2000);
    let window = Options { window: 2, ..Options::default() };
    assert_eq!(tone("Smith went home and was good", window, Some((0, 1))).mentions[0].toward.hits, 0);
}

#[test]
fn a_very_long_sentence_is_scored_in_linear_time() {
    let text = "good Smith ".repeat(50_000);
    let lexicons = [small()];
    let plans = [Plan::new(&lexicons)];
    let scorer = Scorer::new(&plans, Options::default()).unwrap();
    let mut stems = Stems::default();
    let article = Article { text, language: Some(Language::ENGLISH), ..Article::default() };
    let shard = shard(vec![article], &mut stems);
    let removed = vec![Vec::new()];
    let mut voice_lookup = VoiceLookup::new(&shard, &removed, &Voice::ALL[1..]);
    let found = vec![look_up(&plans[0], &shard, &mut voice_lookup, &mut stems)];
    let mention = |i: u32| Mention { article: 0, target: TargetId::new(0), tokens: Span::new(2 * i + 1, 2 * i + 2) };
    let mentions: Vec<Mention> = (0..2_000).map(mention).collect();
    let begun = std::time::Instant::now();
    let tones = scorer.tones(&[], &shard, &removed, &found, &mentions);
    assert!(begun.elapsed().as_secs() < 20);
    // every other word of 160 to each side
    assert_eq!(tones[0].mentions[1_000].toward.hits, 160);
}

#[test]
fn a_word_that_is_the_name_of_the_target_says_nothing_of_it() {
    let toward = |text: &str, mention| tone(text, Options::default(), Some(mention)).mentions.remove(0).toward;
    // Robert Good is no praise of him, the bad man is blame
    let (named, blamed) =
        (toward("They met Robert Good today.", (2, 4)), toward("They met the bad man today.", (2, 5)));
    assert_eq!((named.hits, named.score), (0, 0));
    assert_eq!((blamed.hits, blamed.score), (1, -1500));
    // elsewhere in the sentence a capital changes nothing
    assert_eq!(toward("They met Robert Good. Good Robert!", (5, 6)).hits, 1);
}
