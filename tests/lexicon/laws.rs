//! Laws on random input: readers never panic, nothing is skipped without a row, and TOML gives back what it was given.

use super::shared;
use framescope::lexicon::{self, Format, Lexicon, Options, write};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

const FORMATS: &[Format] = &[
    Format::Toml,
    Format::Csv,
    Format::Liwc,
    Format::Wide,
    Format::Long,
    Format::Ragged,
    Format::WordStat,
    Format::Yoshikoder,
    Format::Lexicoder2,
    Format::Lexicoder3,
    Format::Yaml,
    Format::Scores,
    Format::Vader,
    Format::NrcEmotion,
    Format::NrcVad,
    Format::SentiWs,
    Format::HuLiu,
    Format::Inquirer,
    Format::Rows,
    Format::SentiWordNet,
    Format::Mpqa,
    Format::Json,
];

/// Small files of every format, for machines without the samples.
pub(crate) const SEEDS: &[&str] = &[
    "[lexicon]\nname = \"n\"\nlanguage = \"it\"\nmatch = \"stem\"\noverlap = \"lexicon\"\n[[frame]]\nname = \"a/b\"\nlabel = \"L\"\nfunction = \"cause\"\ndefinition = \"d\"\nterms = [\"coup\", \"=seize* BEFORE/3 #c\", { term = \"Xi\", match = \"case\", weight = -1.5, note = \"x\" }, \"a NOT NEAR/2/P (b c | #c)\"]\nexcept = [\"coup de*\"]\nhits = [\"A coup.\"]\n[[frame]]\nname = \"c\"\nterms = [\"dell'acqua\", \"f\\\\*k\"]\n[[target]]\nname = \"t\"\nterms = [\"T\", \"U*\"]\n[[labels]]\nreferent = \"r\"\nchoices = { z = [\"z\"], y = [\"y\", \"x\"] }\n",
    "frame,term,weight,match,note,added,except\na/b,coup,1.5,exact,\"n, m\",2026,\na/b,x*,,,,,true\n",
    "%\n1\tverb\n\t2\tpast\n3\tcog\n%\nkind\t<of>1/2\t3\nlike\t(01 3)2/1\n:)\t1\nworld war 2\t3\nab*\t1\t2\n",
    "DicTerm,A,B\nx*,X,\n\"a, b\",0.5,1\n",
    "A\r\n\tB\r\n\t\tX* (2)\r\n\t\tWAR_IN (1)\r\n\t@R [#B NOT AFTER C /S 3] (1)\r\n\tleaf\r\n",
    "<dictionary><cnode name=\"r\"><cnode name=\"a\" desc=\"d\" color=\"#00ff00\"><pnode name=\"x y\" desc=\"n\"/><cnode name=\"b\"><pnode name=\"z*\"/></cnode></cnode></cnode></dictionary>",
    "+neg#AA0000\n no one \nheckl**\n+neg_pos\nnot good*\n",
    "a: [x, 'y z', \"q\"]\nb:\n  c: [*ist, no]\n  __: d\n  e:\n  - f\n  - g: h\n",
    "word,sentiment\ngood,positive\nbad*,negative\n",
    "war,peace\nsoldier*,treaty\nbomb,\n",
    "good\t3\nnot good\t-2.5\n",
    "$:\t-1.5\t0.8\t[-1, -2]\nD:\t1\t0.5\t[1]\nd:\t1\t0.5\t[1]\nfed up\t-1\t1\t[1]\n",
    "a\tjoy\t1\na\tfear\t0\n",
    "Word\tValence\tArousal\tDominance\nw\t0.1\t0.2\t0.3\n",
    "Abbau|NN\t-0.058\tAbbaus,Abbaues\n",
    ";\n; Opinion Lexicon: Negative\n;\na+\nf**k\n2-faced\n",
    "# POS\tID\tPosScore\tNegScore\tSynsetTerms\tGloss\na\t1\t0.5\t0\table#1 fit#2\tcan\na\t2\t0\t0.25\tfit#1\twell\n",
    "type=strongsubj len=1 word1=brave pos1=adj stemmed1=y priorpolarity=positive\ntype=weaksubj len=1 word1=mob pos1=noun stemmed1=n priorpolarity=negative\n",
    "{\"war\": [\"bomb\", \"shell*\"], \"peace\": {\"talks\": [\"truce\"], \"deed\": {\"treaty\": 2}}}\n",
    "[{\"word\": \"brave\", \"score\": 2.5}, {\"word\": \"mob \\ud83d\\ude00\", \"score\": -1}]\n",
    "help\taid\trescue\tdonate\nnoise\tloud\nmusic\tsong\tchoir\ttune\tdrum\n",
    "!list\nstorm, Noun, storm, negative, fact\ncalm, Noun, calm, positive, fact\ndoubt, Noun, doubt, positive/negative, feeling\n",
    "Entry,Source,Positiv,Negativ,Othtags\nABOUT#1,H4,Positiv,,P\nABOUT#2,H4,,Negativ,\n",
];

fn lenient(format: Option<Format>) -> Options {
    Options { lenient: true, format, ..Options::default() }
}

/// What a lexicon says, without its places: the same before and after TOML.
fn meaning(lexicon: &Lexicon) -> String {
    let l = lexicon;
    let mut out =
        format!("{:?}\n", (&l.name, &l.version, l.language, &l.licence, &l.source, l.kind, l.mode, l.overlap));
    for (number, f) in l.frames.iter().enumerate() {
        let tests: Vec<&str> = f.hits.iter().chain(&f.misses).map(|(text, _)| text.as_str()).collect();
        out.push_str(&format!("{:?}\n", (&f.name, &f.label, f.function, &f.definition, &f.notes, &f.colour, tests)));
        for except in [false, true] {
            for e in l.entries.iter().filter(|e| e.frame == number && e.except == except) {
                let words = (&e.text, &e.pattern, e.unmatchable, e.mode, e.weight, e.sd);
                out.push_str(&format!("{:?}\n", (words, &e.note, &e.source, e.precision, &e.added)));
            }
        }
    }
    for target in &l.targets {
        out.push_str(&format!("{:?}\n", (&target.name, &target.patterns)));
    }
    for set in &l.labels {
        out.push_str(&format!("{:?}\n", (&set.referent, &set.choices)));
    }
    out
}

/// What must hold of whatever was read.
fn check(lexicon: &Lexicon) {
    let report = &lexicon.report;
    assert_eq!((report.entries, report.frames), (lexicon.entries.len(), lexicon.frames.len()));
    assert_eq!(report.rows.iter().filter(|row| row.done.starts_with("skipped")).count(), report.skipped);
    assert!(lexicon.entries.len() <= 1_000_000 && report.rows.len() <= 40 * (report.lines + 1) * 40);
    let toml = write::to_toml(lexicon);
    let again = lexicon::parse("again.toml", toml.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{toml}"));
    assert_eq!(meaning(&again), meaning(lexicon), "{toml}");
    for form in [write::Form::Csv, write::Form::Dic, write::Form::Dicx, write::Form::Cat, write::Form::Yaml] {
        let written = write::write(lexicon, form);
        assert_eq!(written.losses.is_empty(), written.sentences().is_empty());
    }
}

/// One change of a text: a byte, a line, a piece of another file.
fn mutate(text: &[u8], other: &[u8], changes: &[(u8, u16, u16, u8)]) -> Vec<u8> {
    let mut out = text.to_vec();
    for &(kind, at, len, byte) in changes {
        if out.is_empty() {
            break;
        }
        let at = at as usize % out.len();
        let end = (at + 1 + len as usize % 20).min(out.len());
        match kind % 6 {
            0 => out[at] = byte,
            1 => drop(out.drain(at..end)),
            2 => out.insert(at, byte),
            3 => out[at] = b"\t\n\r,:*?=#/\\\"'[]{}()|+-<>%@_. 01"[byte as usize % 31],
            4 => {
                let piece: Vec<u8> = out[at..end].to_vec();
                out.splice(at..at, piece);
            }
            _ => {
                let from = byte as usize * 7 % other.len().max(1);
                let piece = &other[from..(from + 12).min(other.len())];
                out.splice(at..at, piece.iter().copied());
            }
        }
    }
    out
}

fn samples() -> Vec<Vec<u8>> {
    let mut found: Vec<Vec<u8>> = SEEDS.iter().map(|text| text.as_bytes().to_vec()).collect();
    if let Some(shared) = shared() {
        let mut files: Vec<_> =
            std::fs::read_dir(shared.join("samples/lexicons")).unwrap().flatten().map(|f| f.path()).collect();
        files.sort();
        for file in files {
            let bytes = std::fs::read(file).unwrap();
            found.push(bytes[..bytes.len().min(3000)].to_vec());
        }
    }
    found
}

#[test]
fn every_seed_reads_and_survives_toml() {
    for text in SEEDS {
        let lexicon = lexicon::parse("seed", text.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{text}"));
        check(&lexicon);
    }
}

#[test]
fn every_sample_survives_toml() {
    let Some(shared) = shared() else { return };
    for file in std::fs::read_dir(shared.join("samples/lexicons")).unwrap().flatten() {
        let lexicon = lexicon::load_with(&file.path().to_string_lossy(), &lenient(None)).unwrap();
        check(&lexicon);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, rng_seed: RngSeed::Fixed(20_220_105), ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..600), told in 0usize..40) {
        let options = lenient(FORMATS.get(told).copied());
        if let Ok(lexicon) = lexicon::parse_with("x", &bytes, &options) {
            check(&lexicon);
        }
    }

    #[test]
    fn soups_of_signs_never_panic(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..80), told in 0usize..22) {
        let text = pieces.concat();
        for lenient in [true, false] {
            let options = Options { lenient, format: Some(FORMATS[told]), ..Options::default() };
            if let Ok(lexicon) = lexicon::parse_with("x", text.as_bytes(), &options) {
                check(&lexicon);
            }
        }
    }

    #[test]
    fn mutated_samples_never_panic_and_survive_toml(
        which in any::<prop::sample::Index>(),
        other in any::<prop::sample::Index>(),
        changes in prop::collection::vec(any::<(u8, u16, u16, u8)>(), 0..12),
    ) {
        let samples: &[Vec<u8>] = SAMPLES.get_or_init(samples);
        let bytes = mutate(which.get::<Vec<u8>>(samples), other.get::<Vec<u8>>(samples), &changes);
        for options in [lenient(None), Options::default()] {
            if let Ok(lexicon) = lexicon::parse_with("x", &bytes, &options) {
                check(&lexicon);
            }
        }
    }
}

/// Few in every run; `PROPTEST_CASES=20000 cargo test` for a long one.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(192)
}

static SAMPLES: std::sync::OnceLock<Vec<Vec<u8>>> = std::sync::OnceLock::new();

const PIECES: &[&str] = &[
    "\n",
    "\n",
    "\t",
    "\t\t",
    " ",
    "  ",
    ",",
    ":",
    ": ",
    "- ",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "'",
    "#",
    "\\",
    "*",
    "?",
    "=",
    "/",
    "|",
    "(",
    ")",
    " (1)",
    "(2.5)",
    "%",
    "%\n",
    "1\t",
    "02",
    "<of>1/2",
    "(1 2)3/4",
    "+cat",
    "@R [a NEAR b /S 3] (1)",
    "NEAR/3",
    "NOT ",
    "BEFORE/1 ",
    "#a",
    "word",
    "naïve",
    "Ä",
    "テロ",
    "a_b",
    "d'état",
    ":)",
    "__",
    "x*",
    "<dictionary>",
    "</dictionary>",
    "<cnode name=\"a\">",
    "</cnode>",
    "<pnode name=\"b\"/>",
    "&amp;",
    "frame,term\n",
    "term",
    "category",
    "[lexicon]\n",
    "[[frame]]\n",
    "name = \"a\"\n",
    "terms = [\"x\"]\n",
    "\u{301}",
    "\u{ad}",
    "\u{0}",
    "|NN\t",
    "word#1",
    "word1=a priorpolarity=b",
    "{\"a\": ",
    "&x ",
    "*x",
    "<<: ",
    "\\ud83d\\ude00",
    "!",
    "\r",
    "term,weight\n",
    "@home",
    "-0.5",
    "1e9",
];
