//! Speed of each room on text shapes, and of the whole run. `cargo bench`; figures in CONTRIBUTING.md.

#![allow(clippy::expect_used)]

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use framescope::clean::{self, Furniture};
use framescope::index::{Postings, Shard, Types};
use framescope::lexicon::{self, Set};
use framescope::lookup::{Hearing, Plan, Voices, look_up};
use framescope::progress::Silent;
use framescope::read::Article;
use framescope::stem::Stems;
use framescope::study::Study;
use framescope::text::Language;
use framescope::tokenise::{Tokens, word_spans};
use framescope::voice::{self, Voice};
use std::sync::atomic::AtomicBool;

fn main() {
    divan::main();
}

/// Shapes of text that a news corpus has.
const SHAPES: [&str; 5] = ["english", "russian", "quotations", "one-line", "short-lines"];

/// About a megabyte of text of a shape.
fn text(shape: &str) -> String {
    let piece = match shape {
        "english" => include_str!("../../seeds/articles/01-meridian-zhanaozen-price-shock.txt").to_string(),
        "russian" => include_str!("../../seeds/articles/19-eastern-poryadok.txt").to_string(),
        "quotations" => "“We saw no ‘terrorists’ here,” she said. \"Nobody did,\" he added.\n\n".to_string(),
        "one-line" => {
            "The president of the republic said that the order was to return to the city by night, ".to_string()
        }
        _ => "Share this article\nA coup?\nRead more\n\n".to_string(),
    };
    piece.repeat((1 << 20) / piece.len() + 1)
}

fn language(shape: &str) -> Language {
    if shape == "russian" { Language::RUSSIAN } else { Language::ENGLISH }
}

/// The same text as articles of a few thousand bytes.
fn shard(shape: &str, stems: &mut Stems) -> Shard {
    let text = text(shape);
    let mut articles = Vec::new();
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let mut cut = rest.len().min(4_000);
        while !rest.is_char_boundary(cut) {
            cut += 1;
        }
        let (article, after) = rest.split_at(cut);
        articles.push(Article { text: article.to_string(), language: Some(language(shape)), ..Article::default() });
        rest = after;
    }
    Shard::build(0, articles, None, stems)
}

fn bytes(shard: &Shard) -> BytesCount {
    BytesCount::new(shard.articles.iter().map(|article| article.text.len()).sum::<usize>())
}

#[divan::bench(args = SHAPES)]
fn words(bencher: Bencher<'_, '_>, shape: &str) {
    let text = text(shape);
    bencher.counter(BytesCount::of_str(&text)).bench(|| word_spans(black_box(&text)).len());
}

#[divan::bench(args = SHAPES)]
fn tokenise(bencher: Bencher<'_, '_>, shape: &str) {
    let text = text(shape);
    bencher.counter(BytesCount::of_str(&text)).bench(|| {
        let mut tokens = Tokens::default();
        tokens.push(black_box(&text), None, None);
        tokens.types.len()
    });
}

#[divan::bench(args = SHAPES)]
fn stem_and_index(bencher: Bencher<'_, '_>, shape: &str) {
    let text = text(shape);
    let mut tokens = Tokens::default();
    tokens.push(&text, Some(language(shape)), None);
    bencher.counter(BytesCount::of_str(&text)).bench(|| {
        let types = Types::of(&tokens.vocabulary, &mut Stems::default());
        (types, Postings::of(&tokens.types, tokens.vocabulary.len()))
    });
}

#[divan::bench(args = SHAPES)]
fn clean_furniture_and_repeats(bencher: Bencher<'_, '_>, shape: &str) {
    let mut stems = Stems::default();
    let shard = shard(shape, &mut stems);
    let furniture = Furniture::shipped().expect("the shipped lexicons are sound");
    let patterns = furniture.for_shard(&shard, &mut stems);
    bencher.counter(bytes(&shard)).bench(|| clean::clean(&shard, &patterns, &clean::Options::default()).len());
}

#[divan::bench(args = SHAPES)]
fn mark_voices(bencher: Bencher<'_, '_>, shape: &str) {
    let shard = shard(shape, &mut Stems::default());
    let cues = voice::Cues::shipped(language(shape)).expect("cues").expect("the shipped cues are sound");
    let cues = cues.compile(shard.tokens.vocabulary.iter());
    bencher.counter(bytes(&shard)).bench(|| {
        let mark = |i| voice::mark(&shard.article(i), &cues, &voice::Options::default()).quotes_repaired;
        (0..shard.articles.len()).map(mark).sum::<u32>()
    });
}

#[divan::bench(args = ["framing-en.toml", "sentiment-en.toml"])]
fn look_up_in_english(bencher: Bencher<'_, '_>, file: &str) {
    let mut stems = Stems::default();
    let shard = shard("english", &mut stems);
    let path = format!("{}/lexicons/{file}", env!("CARGO_MANIFEST_DIR"));
    let set = Set::load(&[path], &lexicon::Options::default()).expect("the shipped lexicons are sound");
    let lexicons = if set.frames.is_empty() { &set.sentiment } else { &set.frames };
    let plan = Plan::new(lexicons);
    let removed: Vec<Vec<clean::Removed>> = shard.articles.iter().map(|_| Vec::new()).collect();
    let voices = Voices { counted: Voice::ALL[1..].to_vec(), ..Voices::default() };
    bencher.counter(bytes(&shard)).bench_local(|| {
        let mut hearing = Hearing::new(&shard, &removed, &voices);
        look_up(&plan, &shard, &mut hearing, &mut stems).hits.len()
    });
}

/// As many hits with 150 entries as with 10,000: what the other 9,850 cost.
#[divan::bench(args = [150, 10_000])]
fn look_up_entries(bencher: Bencher<'_, '_>, entries: usize) {
    let mut stems = Stems::default();
    let shard = shard("english", &mut stems);
    let frequent = shard.tokens.vocabulary.iter().map(|(_, word)| word.to_string());
    let found = frequent.filter(|word| word.len() > 4 && word.bytes().all(|b| b.is_ascii_lowercase())).take(150);
    let absent = (0..entries).map(|i| format!("absent{i}{}", if i % 5 == 0 { "*" } else { "" }));
    let terms: Vec<String> = found.chain(absent).take(entries).map(|term| format!("{term:?}")).collect();
    let text =
        format!("[lexicon]\nname = 'b'\nmatch = 'exact'\n[[frame]]\nname = 'f'\nterms = [{}]\n", terms.join(","));
    let lexicons = [lexicon::parse("bench.toml", text.as_bytes()).expect("a sound lexicon")];
    let plan = Plan::new(&lexicons);
    let removed: Vec<Vec<clean::Removed>> = shard.articles.iter().map(|_| Vec::new()).collect();
    let voices = Voices { counted: Voice::ALL[1..].to_vec(), ..Voices::default() };
    bencher.counter(bytes(&shard)).bench_local(|| {
        let mut hearing = Hearing::new(&shard, &removed, &voices);
        look_up(&plan, &shard, &mut hearing, &mut stems).hits.len()
    });
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn whole_run_of_the_sample_study(bencher: Bencher<'_, '_>) {
    let mut study = Study::load("seeds/study.toml").expect("the sample study");
    study.report.out = std::env::temp_dir().join("framescope-bench").to_string_lossy().into_owned();
    bencher.counter(ItemsCount::new(40_usize)).bench_local(|| {
        framescope::run(&study, &Silent, &AtomicBool::new(false)).expect("the sample study runs").totals.hits
    });
}
