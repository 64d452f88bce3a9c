//! A long loop over every reader with samples that random changes damage: no panic, no hang, no memory without end.
//!
//! A few cases run with the tests. `FRAMESCOPE_FUZZ_CASES` says how many, `FRAMESCOPE_FUZZ_FIRST` with which number they begin; a case is
//! its number, so one that failed is run again by it alone. `FRAMESCOPE_FUZZ_KEEP` names a folder for the inputs of what failed.

use super::Folder;
use super::fuzz::{DOCUMENT, TEXTS, docx, table, xlsx};
use crate::lexicon::laws::SEEDS;
use framescope::disk::{Disk, Maker};
use framescope::index::{Attached, Draft, Key, Reading, Shard, Store};
use framescope::lexicon::{self, Lexicon};
use framescope::lookup::{Plan, VoiceLookup, look_up};
use framescope::read::{Article, Item, Options, open};
use framescope::stem::Stems;
use framescope::study::Study;
use framescope::text::Language;
use framescope::tokenise::Tokens;
use framescope::voice::{Cues, Marker, Options as VoiceOptions};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};
use xxhash_rust::xxh3::xxh3_128;

/// Forms that are not among the texts that are damaged everywhere.
const MORE: &[(&str, &str)] = &[
    (
        "film.srt",
        "1\n00:00:01,000 --> 00:00:02,500\n<i>Gunmen took</i>\n\n2\n00:00:03,000 --> 00:00:04,000\nthe port.\n",
    ),
    ("film.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000 align:start\n<v Ann>Gunmen took the port.\n"),
    ("refs.ris", "TY  - NEWS\nTI  - Port taken\nPY  - 2021/03/04\nT2  - Dawn\nAB  - Gunmen took the port.\nER  - \n"),
    (
        "refs.nbib",
        "PMID- 1\nTI  - Port taken\nDP  - 2021 Mar 4\nAB  - Gunmen took\n      the port.\n\nPMID- 2\nTI  - Calm\nAB  - All calm.\n",
    ),
    (
        "reuters.sgm",
        "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n<REUTERS NEWID=\"1\"><DATE>26-FEB-1987</DATE><TEXT>&#2;<TITLE>PORT</TITLE><BODY>Gunmen &lt;took> the port.\n&#3;</BODY></TEXT></REUTERS>\n",
    ),
    ("now.txt", "@@123 Gunmen took the port . They left .\n@@124 All calm .\n"),
    (
        "chat.html",
        "<!DOCTYPE html><html><body><div class=\"message default clearfix\" id=\"message1\"><div class=\"body\"><div class=\"pull_right date details\" title=\"04.03.2021 10:00:00 UTC+01:00\">10:00</div><div class=\"from_name\">Dawn</div><div class=\"text\">Gunmen<br>took the port.</div></div></div></body></html>",
    ),
    (
        "chat.json",
        "{\"name\":\"Dawn\",\"type\":\"public_channel\",\"messages\":[{\"id\":1,\"type\":\"message\",\"date\":\"2021-03-04T10:00:00\",\"text\":[\"Gunmen \",{\"type\":\"bold\",\"text\":\"took\"}]},{\"id\":2,\"type\":\"service\",\"text\":\"\"}]}",
    ),
    (
        "crawl.wet",
        "WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: https://dawn.example/1\r\nWARC-Date: 2021-03-04T10:00:00Z\r\nContent-Length: 21\r\n\r\nGunmen took the port.\r\n\r\n",
    ),
    (
        "tei.xml",
        "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><teiHeader><fileDesc><titleStmt><title>Port</title></titleStmt><publicationStmt><date when=\"2021-03-04\"/></publicationStmt></fileDesc></teiHeader><text><body><p>Gunmen took the port.</p></body></text></TEI>",
    ),
    (
        "rows.tsv",
        "id\toutlet\tdate\ttext\n1\tDawn\t2021-03-04\tGunmen took the port.\n2\tEcho\t5.3.2021\tAll \"calm\".\n",
    ),
    ("pipes.txt", "id|outlet|date|text\n1|Dawn|2021-03-04|Gunmen took the port.\n2|Echo|2021-03-05|All calm.\n"),
    (
        "nested.json",
        "{\"data\":{\"articles\":[{\"source\":{\"name\":\"Dawn\"},\"title\":\"Port\",\"publishedAt\":\"2021-03-04T10:00:00Z\",\"content\":\"Gunmen took the port\\u2026 [+210 chars]\"}]}}",
    ),
    ("two.txt", "Article 1\nGunmen took the port.\n\nArticle 2\nAll calm.\n\n=====\n\nMore.\n"),
    (
        "russian.txt",
        "Боевики захватили порт, заявил мэр. «Это переворот», — сказал он. По словам полиции, всё спокойно.\n",
    ),
];

/// What breaks readers: signs of every form, numbers at their ends, letters of odd lengths.
const TOKENS: &[&str] = &[
    "\u{feff}",
    "\0",
    "\u{1a}",
    "\r",
    "\r\n",
    "\u{2028}",
    "\u{c}",
    "\t\t",
    "\"",
    "\"\"\"",
    "''",
    "\\",
    "\\u",
    "\\ud83d",
    "\\'e9",
    "\\u8364?",
    "\\bin99999 ",
    "18446744073709551616",
    "-1",
    "4294967295",
    "1e999",
    "NaN",
    "0.0000001",
    "9999-12-31",
    "0000-00-00",
    "31.02.2021",
    "1/1/70",
    "2021-W53-7",
    "&#x110000;",
    "&#0;",
    "&amp;amp;",
    "]]>",
    "<![CDATA[",
    "<!--",
    "-->",
    "<?xml",
    "<!DOCTYPE x [",
    "<p",
    "</",
    "<script>",
    "<b><b><b><b>",
    "{{{{{{{{",
    "[[[[[[[[",
    "}}}}",
    "]]]]",
    "NEAR/4294967295",
    "BEFORE/3",
    "NOT NEAR/D",
    "#f",
    "(a | b)",
    "*",
    "?",
    "a*b*c*d*e*f*",
    "%\n",
    "sep=;\n",
    "---\n",
    "=====\n",
    "é",
    "İ",
    "ß",
    "ǆ",
    "ﬁ",
    "\u{301}\u{301}\u{301}",
    "\u{200d}",
    "\u{202e}",
    "\u{ad}",
    "👩‍👩‍👧",
    "«",
    "»",
    "“",
    "”",
    "—",
    "’s",
    "U.S.",
    "...",
    "the the the",
    "Document ABC000020210304eh3400001",
    "LENGTH: 5 words",
    "End of Document",
    "Content-Length: 99999999999\r\n\r\n",
    "frame,term,weight\n",
    "[[frame]]\n",
];

struct Lots(u64);

impl Lots {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

/// No input is longer, in bytes: what takes long then takes long for its length.
const LONGEST: usize = 1 << 16;

fn damaged(source: &[u8], other: &[u8], lots: &mut Lots) -> Vec<u8> {
    let mut out = source.to_vec();
    for _ in 0..lots.below(9) {
        let at = lots.below(out.len() + 1);
        let end = (at + 1 + lots.below(24)).min(out.len());
        match lots.below(9) {
            0 if at < out.len() => out[at] = lots.next() as u8,
            1 => drop(out.drain(at.min(end)..end)),
            2 => out.insert(at, lots.next() as u8),
            3 | 4 => drop(out.splice(at..at, lots.of(TOKENS).bytes())),
            5 => {
                let from = lots.below(other.len());
                let piece = &other[from..(from + 1 + lots.below(40)).min(other.len())];
                drop(out.splice(at..at, piece.iter().copied()));
            }
            6 => out.truncate(at),
            7 => {
                // a stretch again and again
                let piece = out[at.min(end)..end].repeat(1 << lots.below(12));
                drop(out.splice(at..at, piece));
            }
            _ => {
                let piece = out[at.min(end)..end].to_vec();
                let to = lots.below(out.len() + 1);
                drop(out.splice(to..to, piece));
            }
        }
        out.truncate(LONGEST);
    }
    out
}

/// What the cases need, made once.
struct Loop {
    folder: Folder,
    articles: Vec<(String, Vec<u8>)>,
    lexicons: Vec<Vec<u8>>,
    studies: Vec<Vec<u8>>,
    plan: Vec<Lexicon>,
    store: Store,
    shards: Vec<Vec<u8>>,
    options: Vec<Options>,
}

/// An input on its way to a reader.
struct Case {
    kind: usize,
    name: String,
    bytes: Vec<u8>,
    options: usize,
    deep: bool,
}

fn key() -> Key {
    Key::of(blake3::Hasher::new().update(b"mutated"))
}

impl Loop {
    fn new() -> Loop {
        let folder = Folder::new("mutated");
        let texts = TEXTS.iter().chain(MORE).map(|(name, text)| (name.to_string(), text.as_bytes().to_vec()));
        let packed =
            [("w.docx".to_string(), docx(DOCUMENT.as_bytes())), ("w.xlsx".to_string(), xlsx(table().as_bytes()))];
        let articles: Vec<_> = texts.chain(packed).collect();
        let lexicon = "[lexicon]\nname = \"l\"\n[[frame]]\nname = \"f\"\nterms = [\"port*\", \"gunmen NEAR/D port\", \"all calm\", \"*o*\", \"take NOT BEFORE/3/P quay\"]\nexcept = [\"the BEFORE/4 port\"]\n";
        let plan = vec![lexicon::parse("l.toml", lexicon.as_bytes()).unwrap()];
        let store = Store::cache(std::path::PathBuf::from(folder.path("cache")), &Disk::default(), Maker::here(true));
        let mut looped = Loop {
            articles,
            lexicons: SEEDS.iter().map(|text| text.as_bytes().to_vec()).collect(),
            studies: vec![
                include_bytes!("../../seeds/study.toml").to_vec(),
                b"[run]\ncorpus = [\"a.csv\"]\nlexicons = [\"l.toml\"]\nby = \"outlet\"\n".to_vec(),
            ],
            plan,
            store,
            shards: Vec::new(),
            options: vec![
                Options::default(),
                Options::default(),
                Options::default(),
                Options { split: Some("^(Article|#|=)".into()), ..Options::default() },
                Options { no_header: true, ..Options::default() },
            ],
            folder,
        };
        looped.shards = ["russian.txt", "talk.txt", "table.csv"].iter().map(|name| looped.shard(name)).collect();
        looped
    }

    /// The file of a shard of the articles of a sample.
    fn shard(&self, name: &str) -> Vec<u8> {
        let (_, bytes) = self.articles.iter().find(|(other, _)| other == name).unwrap();
        self.folder.put(name, bytes);
        let articles = articles(&self.folder.path(name), &Options::default());
        let draft = Draft::read(articles, Reading::default(), &mut Stems::default());
        self.store.put(key(), &mut draft.encode(&Attached::default()).unwrap());
        std::fs::read(self.path_of_shard()).unwrap()
    }

    fn path_of_shard(&self) -> String {
        self.folder.path(&format!("cache/{}.shard", key().hex()))
    }

    fn case(&self, number: u64) -> Case {
        let mut lots = Lots(number.wrapping_mul(0x2545_f491_4f6c_dd1d));
        let kind = [0, 0, 0, 0, 0, 1, 1, 1, 2, 3][lots.below(10)];
        let options = lots.below(self.options.len());
        let deep = lots.below(3) == 0;
        let (name, bytes) = match kind {
            0 => {
                let (name, source) = lots.of(&self.articles);
                let (other, with) = lots.of(&self.articles);
                // now and then a file bears the name of another form
                let name = if lots.below(12) == 0 { other } else { name };
                (name.clone(), damaged(source, with, &mut lots))
            }
            1 => (
                String::new(),
                damaged(lots.of::<Vec<u8>>(&self.lexicons), lots.of::<Vec<u8>>(&self.lexicons), &mut lots),
            ),
            2 => (
                String::new(),
                damaged(lots.of::<Vec<u8>>(&self.studies), lots.of::<Vec<u8>>(&self.lexicons), &mut lots),
            ),
            _ => {
                let mut bytes = lots.of::<Vec<u8>>(&self.shards).clone();
                for _ in 0..=lots.below(3) {
                    let at = 64 + lots.below(bytes.len() - 64);
                    bytes[at] = if lots.below(2) == 0 { lots.next() as u8 } else { bytes[at] ^ 1 << lots.below(8) };
                }
                let sum = xxh3_128(&bytes[64..]);
                bytes[32..48].copy_from_slice(&sum.to_ne_bytes());
                (String::new(), bytes)
            }
        };
        Case { kind, name, bytes, options, deep }
    }

    fn run(&self, case: &Case) {
        match case.kind {
            0 => {
                self.folder.put(&case.name, &case.bytes);
                let articles = articles(&self.folder.path(&case.name), &self.options[case.options]);
                if case.deep {
                    self.count(articles);
                }
            }
            1 => {
                let lenient = lexicon::Options { lenient: case.deep, ..lexicon::Options::default() };
                if let Ok(lexicon) = lexicon::parse_with("x", &case.bytes, &lenient) {
                    let _ = lexicon::write::to_toml(&lexicon);
                    let shard = Shard::build(vec![calm()], None, &mut Stems::default());
                    found(std::slice::from_ref(&lexicon), &shard);
                }
            }
            2 => drop(Study::parse("s.toml", &String::from_utf8_lossy(&case.bytes))),
            _ => {
                std::fs::write(self.path_of_shard(), &case.bytes).unwrap();
                let shard = self.store.get(key()).and_then(|stored| Shard::open(&stored));
                if let Some(shard) = shard {
                    found(&self.plan, &shard);
                }
            }
        }
    }

    /// Everything that is done with a text before it is counted, and its counts.
    fn count(&self, articles: Vec<Article>) {
        static CUES: OnceLock<Vec<(Language, Cues)>> = OnceLock::new();
        let cues = CUES.get_or_init(|| {
            let shipped = |language| (language, Cues::shipped(language).unwrap().unwrap());
            [Language::ENGLISH, Language::RUSSIAN].map(shipped).to_vec()
        });
        for (article, (language, cues)) in articles.iter().take(4).zip(cues.iter().cycle()) {
            let mut tokens = Tokens::default();
            tokens.push(&article.text, Some(*language), None);
            let cues = cues.compile(tokens.vocabulary.iter());
            Marker::default().mark(&tokens.article(0, &article.text), &cues, &VoiceOptions::default());
        }
        found(&self.plan, &Shard::build(articles, None, &mut Stems::default()));
    }
}

fn calm() -> Article {
    Article { text: "Gunmen took the port. All calm, he said.".to_string(), ..Article::default() }
}

fn articles(path: &str, options: &Options) -> Vec<Article> {
    let Ok(corpus) = open(&[path.to_string()], options) else { return Vec::new() };
    let article = |item| match item {
        Item::Article(article) => Some(article),
        Item::Problem(_) => None,
    };
    corpus.filter_map(article).collect()
}

fn found(lexicons: &[Lexicon], shard: &Shard) {
    let removed = vec![Vec::new(); shard.len()];
    look_up(&Plan::new(lexicons), shard, &mut VoiceLookup::new(shard, &removed, &[]), &mut Stems::default());
}

/// The most memory that this process has had, in MB; nothing where the system does not say.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse::<u64>().ok()).unwrap_or(0) / 1024
}

/// How long this thread has computed; how long the clock has run, where the system does not say: other programs make no case slow.
fn computed(begun: Instant) -> Duration {
    let said = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    said.split(' ')
        .next()
        .and_then(|nanoseconds| nanoseconds.parse().ok())
        .map_or(begun.elapsed(), Duration::from_nanos)
}

/// Ends the process where a case takes longer than this: no thread can be stopped from outside.
const LONG: Duration = Duration::from_secs(120);
/// A case that takes so long is told.
const SLOW: Duration = Duration::from_secs(2);
/// A case that needs so much more memory than any before is told, in MB.
const LARGE: u64 = 200;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|number| number.parse().ok())
}

/// The number of the case that runs, for whoever watches it.
#[allow(clippy::print_stderr)]
fn watched() -> Arc<AtomicU64> {
    let now = Arc::new(AtomicU64::new(0));
    let seen = Arc::clone(&now);
    std::thread::spawn(move || {
        loop {
            let before = seen.load(Ordering::Relaxed);
            std::thread::sleep(LONG);
            if before > 0 && seen.load(Ordering::Relaxed) == before {
                eprintln!("case {} takes longer than {LONG:?}", before - 1);
                std::process::abort();
            }
        }
    });
    now
}

#[test]
fn samples_with_random_changes_make_no_reader_panic_hang_or_grow() {
    let looped = Loop::new();
    let (first, cases) = (number("FRAMESCOPE_FUZZ_FIRST").unwrap_or(0), number("FRAMESCOPE_FUZZ_CASES"));
    let is_long = cases.is_some();
    let cases = cases.unwrap_or(400);
    let now = if is_long { watched() } else { Arc::default() };
    let (begun, mut told, mut most) = (Instant::now(), Vec::new(), peak());
    for number in first..first + cases {
        now.store(number + 1, Ordering::Relaxed);
        let case = looped.case(number);
        let start = computed(begun);
        let panicked = catch_unwind(AssertUnwindSafe(|| looped.run(&case))).is_err();
        let (took, memory) = (computed(begun).saturating_sub(start), if is_long { peak() } else { most });
        let slow = is_long && took > SLOW;
        if panicked || slow || memory > most + LARGE {
            let what = format!(
                "case {number} ({} {}, {} bytes): panicked {panicked}, {took:?}, {most} to {memory} MB",
                case.kind,
                case.name,
                case.bytes.len()
            );
            println!("{what}");
            if let Ok(folder) = std::env::var("FRAMESCOPE_FUZZ_KEEP") {
                let name = case.name.rsplit('.').next().unwrap_or_default();
                std::fs::write(format!("{folder}/case-{number}-{}.{name}", case.kind), &case.bytes).unwrap();
            }
            told.push(what);
        }
        most = memory.max(most);
        if is_long && number % 100_000 == 99_999 {
            println!("{} cases in {:?}, {most} MB", number + 1 - first, begun.elapsed());
        }
    }
    now.store(0, Ordering::Relaxed);
    assert!(told.is_empty(), "{told:#?}");
}
