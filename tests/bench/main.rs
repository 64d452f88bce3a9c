//! Speed of each room on text shapes, and of the whole run. `cargo bench`; figures in docs/lab/speed.md.

#![allow(clippy::expect_used)]

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use framescope::aggregate::{ArticleCounts, Counts, GroupId, VoiceCounts};
use framescope::clean::{self, Furniture};
use framescope::index::{Attached, Draft, Shard, Sources};
use framescope::lexicon::{self, Set};
use framescope::lookup::{FrameId, Plan, VoiceLookup, look_up};
use framescope::progress::Silent;
use framescope::read::{self, Article, Item};
use framescope::report::chart::{Dots, Estimate, Label, dots, png};
use framescope::results::Sums;
use framescope::statistics;
use framescope::statistics::keyness::vocabulary::{Postings, Vocabulary};
use framescope::statistics::keyness::words::compare;
use framescope::statistics::seed::Stream;
use framescope::stem::Stems;
use framescope::stories;
use framescope::study::Study;
use framescope::text::Language;
use framescope::tokenise::{Guess, Tokens, word_spans};
use framescope::voice::{self, Voice};
use std::sync::atomic::AtomicBool;

fn main() {
    divan::main();
}

/// Shapes of text that a news corpus has.
const SHAPES: [&str; 6] = ["english", "zipf", "russian", "quotations", "one-line", "short-lines"];

/// About a megabyte of text of a shape.
fn text(shape: &str) -> String {
    let piece = match shape {
        "zipf" => return zipf(),
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

/// A megabyte of sentences over 60,000 made-up words, the word of rank n as often as 1 / n: as many different words as news has, so that tables
/// of types do not fit into the nearest memory.
fn zipf() -> String {
    const WORDS: f64 = 60_000.0;
    const SYLLABLES: [&str; 16] =
        ["an", "be", "cor", "de", "es", "fi", "gra", "in", "lo", "men", "no", "per", "ri", "sta", "ti", "un"];
    let mut stream = Stream::numbered(1, &["zipf"], 0);
    let (mut text, mut in_sentence) = (String::with_capacity((1 << 20) + 256), 0);
    while text.len() <= 1 << 20 {
        // the rank of a word is log-uniform
        let mut rank = WORDS.powf(stream.uniform()) as usize;
        let begin = text.len();
        loop {
            text.push_str(SYLLABLES[rank % SYLLABLES.len()]);
            rank /= SYLLABLES.len();
            if rank == 0 {
                break;
            }
        }
        if in_sentence == 0 {
            text[begin..].to_string().get(..1).map(str::to_uppercase).into_iter().for_each(|first| {
                text.replace_range(begin..=begin, &first);
            });
        }
        in_sentence += 1;
        match stream.below(20) {
            0 if in_sentence > 4 => {
                text.push_str(if stream.below(4) == 0 { ".\n\n" } else { ". " });
                in_sentence = 0;
            }
            1 => text.push_str(", "),
            _ => text.push(' '),
        }
    }
    text
}

fn language(shape: &str) -> Language {
    if shape == "russian" { Language::RUSSIAN } else { Language::ENGLISH }
}

/// The same text as articles of a few thousand bytes.
fn articles(shape: &str) -> Vec<Article> {
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
    articles
}

fn shard(shape: &str, stems: &mut Stems) -> Shard {
    Shard::build(articles(shape), None, stems)
}

fn bytes(shape: &str) -> BytesCount {
    BytesCount::of_str(&text(shape))
}

/// A table of the articles of a shape.
fn table(shape: &str) -> [String; 1] {
    let path = std::env::temp_dir().join(format!("framescope-bench-{shape}.csv"));
    let mut writer = csv::Writer::from_path(&path).expect("a temporary file");
    writer.write_record(["id", "outlet", "text"]).expect("a row");
    for (i, article) in articles(shape).iter().enumerate() {
        writer.write_record([&i.to_string(), "Courier", &article.text]).expect("a row");
    }
    writer.flush().expect("a temporary file");
    [path.to_string_lossy().into_owned()]
}

#[divan::bench(args = SHAPES)]
fn read_csv(bencher: Bencher<'_, '_>, shape: &str) {
    let paths = table(shape);
    bencher.counter(bytes(shape)).bench(|| {
        read::open(&paths, &read::Options::default())
            .expect("a corpus")
            .filter(|i| matches!(i, Item::Article(_)))
            .count()
    });
}

/// Counts of 37,550 articles in 25 groups of unequal size and 12 frames, bursty as news is.
fn counts() -> Counts {
    let names = |prefix: &str, n: u32| (0..n).map(|i| format!("{prefix}{i}")).collect::<Vec<_>>();
    let mut counts = Counts::new(names("frame", 12), Vec::new());
    counts.groups = (0..25).map(|group| vec![group.to_string()]).collect();
    let mut state = 88_172_645_463_325_252_u64;
    let mut below = |n: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % n
    };
    for i in 0..37_550 {
        let group = below(25).min(below(25)) as usize;
        let mut hits = VoiceCounts::new();
        for frame in 0..12 {
            if below(4) == 0 {
                hits.insert((FrameId::new(frame), Voice::Own), 1 + below(6) as u32);
            }
        }
        let part = ArticleCounts { words: 300 + below(900) as u32, hits, ..ArticleCounts::default() };
        counts.push(i.to_string(), GroupId::new(group), None, &part);
    }
    counts
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn results_sums(bencher: Bencher<'_, '_>) {
    let counts = counts();
    let periods = vec![None; counts.articles.len()];
    bencher
        .counter(ItemsCount::new(counts.articles.len()))
        .bench_local(|| Sums::of(&counts, &periods).expect("sums").largest().len());
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn statistics_of_a_run(bencher: Bencher<'_, '_>) {
    let counts = counts();
    let names = counts.group_names();
    let view = statistics::Counts {
        frames: &counts.frames,
        groups: &names,
        group_of: GroupId::numbers(&counts.group_of),
        words: &counts.words,
        hits: &counts.hits,
    };
    let options = statistics::Options::default();
    bencher.counter(ItemsCount::new(counts.articles.len())).bench_local(|| {
        let rates = statistics::frames_table(&view, &options).len();
        rates + statistics::comparisons(&view, None, &options).len()
    });
}

/// 30,000 words of falling frequency in the articles of `counts`, which 25 outlets of unequal size use alike.
#[divan::bench(args = [3_755, 37_550], sample_count = 5, sample_size = 1)]
fn keyness_of_a_vocabulary(bencher: Bencher<'_, '_>, articles: usize) {
    let counts = counts();
    let mut stream = Stream::named(1, &["keyness"]);
    let vocabulary: Vec<(Vec<u32>, Vec<u32>)> = (0..30_000)
        .map(|word| {
            let carriers = (articles as f64 * 0.99 / (1.0 + f64::from(word) / 40.0)).max(4.0) as usize;
            let mut of_word: Vec<u32> = (0..carriers).map(|_| stream.below(articles as u32)).collect();
            of_word.sort_unstable();
            of_word.dedup();
            let hits = of_word.iter().map(|_| 1 + stream.below(4) * stream.below(2)).collect();
            (of_word, hits)
        })
        .collect();
    let postings: Vec<Postings<'_>> =
        vocabulary.iter().map(|(articles, counts)| Postings { articles, counts }).collect();
    let (words, group_of) = (&counts.words[..articles], &counts.group_of[..articles]);
    let options = statistics::Options::default();
    bencher.counter(ItemsCount::new(articles)).bench_local(|| {
        let vocabulary = Vocabulary::of(words, GroupId::numbers(group_of), 25, &postings);
        (0..25).map(|group| compare(&vocabulary, group, None, &options).len()).sum::<usize>()
    });
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn report_one_chart(bencher: Bencher<'_, '_>) {
    let names = |n: usize| (0..n).map(|i| Label::counted(format!("Outlet number {i}"), 40)).collect::<Vec<_>>();
    let cell = |i: usize| Estimate::between(i as f64, i as f64 * 0.8, i as f64 * 1.3);
    let chart = Dots {
        unit: "hits per 1,000 words".to_string(),
        frames: (0..12).map(|i| Label::plain(format!("Frame {i}"))).collect(),
        outlets: names(25),
        cells: (0..12).map(|f| (0..25).map(|o| cell(f + o)).collect()).collect(),
        ..Dots::default()
    };
    bencher.bench_local(|| png(&dots(&chart).expect("a drawing").svg, 2.0).expect("a picture").len());
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

/// Words, stems, types in order.
#[divan::bench(args = SHAPES)]
fn draft_a_shard(bencher: Bencher<'_, '_>, shape: &str) {
    let articles = articles(shape);
    let draft = || Draft::of(articles.clone(), None, &mut Stems::default());
    bencher.counter(bytes(shape)).bench(|| draft().types().len());
}

/// Postings, packed texts, checksum.
#[divan::bench(args = SHAPES)]
fn encode_a_shard(bencher: Bencher<'_, '_>, shape: &str) {
    let draft = Draft::of(articles(shape), None, &mut Stems::default());
    bencher.counter(bytes(shape)).bench(|| draft.encode(&Attached::default()).map(|bytes| bytes.len()));
}

/// The same where texts stay in their table: each is read there once and compared.
#[divan::bench(args = SHAPES)]
fn encode_a_shard_in_place(bencher: Bencher<'_, '_>, shape: &str) {
    let mut corpus = read::open(&table(shape), &read::Options::default()).expect("a corpus");
    let sources = Sources::of(corpus.inputs());
    let articles: Vec<Article> = corpus
        .by_ref()
        .filter_map(|item| if let Item::Article(article) = item { Some(article) } else { None })
        .collect();
    let draft = Draft::of(articles, None, &mut Stems::default());
    let encode = || draft.encode_into(Vec::new(), &Attached::default(), Some(&sources)).map(|bytes| bytes.len());
    bencher.counter(bytes(shape)).bench(encode);
}

#[divan::bench(args = SHAPES)]
fn guess_languages(bencher: Bencher<'_, '_>, shape: &str) {
    let articles = articles(shape);
    let clear = || articles.iter().filter(|article| Guess::of(&article.text).is_clear).count();
    bencher.counter(bytes(shape)).bench(clear);
}

#[divan::bench(args = SHAPES)]
fn note_names(bencher: Bencher<'_, '_>, shape: &str) {
    let draft = Draft::of(articles(shape), None, &mut Stems::default());
    bencher.counter(bytes(shape)).bench(|| {
        let mut attached = Attached::default();
        stories::note_names(&draft, &mut attached);
        attached
    });
}

#[divan::bench(args = SHAPES)]
fn clean_furniture_and_repeats(bencher: Bencher<'_, '_>, shape: &str) {
    let mut stems = Stems::default();
    let shard = shard(shape, &mut stems);
    let furniture = Furniture::shipped().expect("the shipped lexicons are sound");
    let patterns = furniture.for_types(shard.types(), &mut stems);
    bencher
        .counter(bytes(shape))
        .bench(|| clean::clean(&shard, &patterns, &clean::Recurring::default(), &clean::Options::default()).len());
}

#[divan::bench(args = SHAPES)]
fn mark_voices(bencher: Bencher<'_, '_>, shape: &str) {
    let draft = Draft::of(articles(shape), None, &mut Stems::default());
    let cues = voice::Cues::shipped(language(shape)).expect("cues").expect("the shipped cues are sound");
    let cues = cues.compile(draft.types().iter());
    bencher.counter(bytes(shape)).bench(|| {
        let mark = |i| voice::mark(&draft.article(i), &cues, &voice::Options::default()).quotes_repaired;
        (0..draft.articles().len()).map(mark).sum::<u32>()
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
    let removed: Vec<Vec<clean::Removed>> = shard.articles().iter().map(|_| Vec::new()).collect();
    bencher.counter(bytes("english")).bench_local(|| {
        let mut voice_lookup = VoiceLookup::new(&shard, &removed, &Voice::ALL[1..]);
        look_up(&plan, &shard, &mut voice_lookup, &mut stems).hits.len()
    });
}

/// As many hits with 150 entries as with 10,000: what the other 9,850 cost.
#[divan::bench(args = [150, 10_000])]
fn look_up_entries(bencher: Bencher<'_, '_>, entries: usize) {
    let mut stems = Stems::default();
    let shard = shard("english", &mut stems);
    let frequent = shard.types().iter().map(|(_, word)| word.to_string());
    let found = frequent.filter(|word| word.len() > 4 && word.bytes().all(|b| b.is_ascii_lowercase())).take(150);
    let absent = (0..entries).map(|i| format!("absent{i}{}", if i % 5 == 0 { "*" } else { "" }));
    let terms: Vec<String> = found.chain(absent).take(entries).map(|term| format!("{term:?}")).collect();
    let text =
        format!("[lexicon]\nname = 'b'\nmatch = 'exact'\n[[frame]]\nname = 'f'\nterms = [{}]\n", terms.join(","));
    let lexicons = [lexicon::parse("bench.toml", text.as_bytes()).expect("a sound lexicon")];
    let plan = Plan::new(&lexicons);
    let removed: Vec<Vec<clean::Removed>> = shard.articles().iter().map(|_| Vec::new()).collect();
    bencher.counter(bytes("english")).bench_local(|| {
        let mut voice_lookup = VoiceLookup::new(&shard, &removed, &Voice::ALL[1..]);
        look_up(&plan, &shard, &mut voice_lookup, &mut stems).hits.len()
    });
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn whole_run_of_the_sample_study(bencher: Bencher<'_, '_>) {
    let mut study = Study::from_file("seeds/study.toml").expect("the sample study");
    study.report.out = std::env::temp_dir().join("framescope-bench").to_string_lossy().into_owned();
    // a second run would be one of nothing
    study.cache = false;
    bencher.counter(ItemsCount::new(40_usize)).bench_local(|| {
        framescope::run(&study, &Silent, &AtomicBool::new(false)).expect("the sample study runs").totals.hits
    });
}
