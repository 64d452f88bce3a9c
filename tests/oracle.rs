//! Counts of other programs on the news sample, and why ours differ where they do.
//!
//! Each comparison has two halves. The reference is written down again (`oracle/reader.rs`) and must give every number of its table;
//! then every place where only one of the two hits must be explained by a rule of DESIGN §4. Unexplained: none.

#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::unwrap_used)]

#[path = "oracle/compare.rs"]
mod compare;
#[path = "oracle/corpus.rs"]
mod corpus;
#[path = "oracle/reader.rs"]
mod reader;

use compare::{Article, Rule};
use corpus::{Place, articles, news, our_places, rows, shared};
use framescope::index::Shard;
use framescope::lexicon::write::Form;
use framescope::lexicon::{self, Format, Frame, Lexicon, MatchMode, Options, Overlap, Pattern};
use reader::{Patterns, Reading, Settle, python_words, quanteda_words};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

/// Hits by article and category; what is missing is zero.
type Counts = BTreeMap<(String, String), i64>;

/// One dictionary in both programs.
struct Comparison<'a> {
    shards: &'a [Shard],
    reading: &'a Reading,
    lexicon: Lexicon,
    /// The pattern of an entry as the reference reads it.
    pattern: &'a dyn Fn(&str) -> String,
    /// The category of an entry.
    category: &'a dyn Fn(&Lexicon, usize) -> String,
    settle: Settle,
}

/// What a comparison found: hits of the reference, and differences by rule, side and category.
struct Outcome {
    hits: i64,
    differences: BTreeMap<(Rule, bool, String, String), usize>,
}

impl Comparison<'_> {
    /// Fails where the reference's numbers are not met, or where a difference has no rule.
    fn run(&self, counts: &Counts) -> Outcome {
        let lexicon = &self.lexicon;
        let entries = (0..lexicon.entries.len()).filter(|&i| !lexicon.entries[i].unmatchable);
        let patterns = entries.map(|i| ((self.category)(lexicon, i), (self.pattern)(&lexicon.entries[i].text)));
        let patterns = Patterns::new(self.reading, patterns);
        let several = self.several_words();
        let ours = our_places(self.shards, lexicon, self.category);
        let mut outcome = Outcome { hits: counts.values().sum(), differences: BTreeMap::new() };
        let mut wrong = counts.clone();
        for (i, (shard, number)) in articles(self.shards).enumerate() {
            let theirs = patterns.places(i, self.settle);
            for (category, places) in &theirs {
                *wrong.entry((shard.articles()[number].id.clone(), category.clone())).or_default() -=
                    places.len() as i64;
            }
            let words: Vec<(Place, &str)> = self.reading.words(i).collect();
            let article = Article { shard, number, words: &words };
            let all: Vec<Place> = ours[i].values().flatten().map(|(place, _)| *place).collect();
            let mut categories: Vec<&String> = theirs.keys().chain(ours[i].keys()).collect();
            categories.sort();
            categories.dedup();
            for category in categories {
                let own = ours[i].get(category).map_or(&[] as &[_], Vec::as_slice);
                let own: Vec<(Place, bool)> =
                    own.iter().map(|(place, entry)| (*place, several[entry.entry as usize])).collect();
                let theirs = theirs.get(category).map_or(&[] as &[_], Vec::as_slice);
                let same: Vec<Place> = own.iter().map(|(place, _)| *place).collect();
                let rivals = if lexicon.overlap == Overlap::Lexicon { &all } else { &same };
                for difference in article.differences(&own, theirs, rivals) {
                    let key = (difference.rule, difference.ours, category.clone(), difference.text);
                    *outcome.differences.entry(key).or_default() += 1;
                }
            }
        }
        wrong.retain(|_, left| *left != 0);
        assert!(wrong.is_empty(), "the reference is not understood: {wrong:?}");
        let unexplained: Vec<_> = outcome.differences.keys().filter(|key| key.0 == Rule::Unexplained).collect();
        assert!(unexplained.is_empty(), "{unexplained:#?}");
        outcome
    }

    /// Entries with more words than the reference sees in them.
    fn several_words(&self) -> Vec<bool> {
        let words = |pattern: &Pattern| match pattern {
            Pattern::Words(words) => words.len(),
            Pattern::Near { .. } => 0,
        };
        let entries = self.lexicon.entries.iter();
        entries.map(|entry| words(&entry.pattern) > (self.pattern)(&entry.text).split_whitespace().count()).collect()
    }
}

impl Outcome {
    /// Differences by rule: ours only, theirs only.
    fn by_rule(&self) -> BTreeMap<Rule, (usize, usize)> {
        let mut sums: BTreeMap<Rule, (usize, usize)> = BTreeMap::new();
        for ((rule, ours, ..), n) in &self.differences {
            let sum = sums.entry(*rule).or_default();
            *(if *ours { &mut sum.0 } else { &mut sum.1 }) += n;
        }
        sums
    }
}

/// The sample as quanteda cuts it.
fn quanteda(shards: &[Shard]) -> &'static Reading {
    static READING: OnceLock<Reading> = OnceLock::new();
    let all = corpus::texts(shards);
    let texts = || all.iter().map(String::as_str);
    READING.get_or_init(|| Reading::of(texts(), quanteda_words))
}

fn counts(table: &Path) -> Counts {
    let cells = rows(table).into_iter().skip(1);
    cells.map(|row| ((row[0].to_string(), row[1].to_string()), row[2].parse().expect("a count"))).collect()
}

fn frame_name(lexicon: &Lexicon, entry: usize) -> String {
    lexicon.frames[lexicon.entries[entry].frame].name.replace('/', ".")
}

/// The pattern as the file has it: what our language marks or escapes is bare there.
fn bare(text: &str) -> String {
    text.replace('\\', "")
}

/// One dictionary of quanteda's: file, table, overlap rule, how its patterns and categories are called there.
struct Dictionary {
    file: &'static str,
    table: &'static str,
    settle: Settle,
    /// Hits in the table.
    hits: i64,
    /// Places that only we hit, that only quanteda hits, by rule.
    differences: &'static [(Rule, usize, usize)],
}

const DICTIONARIES: &[Dictionary] = &[
    Dictionary {
        file: "AFINN-111.txt",
        table: "quanteda_AFINN.csv.gz",
        settle: Settle::NestedInKey,
        hits: 201_163,
        differences: &[
            (Rule::Possessive, 200, 0),
            (Rule::Apostrophe, 2, 0),
            (Rule::Invisible, 1, 0),
            (Rule::Joined, 30, 0),
            (Rule::Address, 2, 0),
            (Rule::SeveralWords, 158, 0),
            (Rule::Once, 0, 1),
        ],
    },
    Dictionary {
        file: "AFINN-111.txt",
        table: "quanteda_AFINN_nested_dictionary.csv.gz",
        settle: Settle::NestedInDictionary,
        hits: 201_058,
        differences: &[
            (Rule::Possessive, 200, 0),
            (Rule::Apostrophe, 2, 0),
            (Rule::Invisible, 1, 0),
            (Rule::Joined, 30, 0),
            (Rule::Address, 2, 0),
            (Rule::SeveralWords, 158, 0),
            (Rule::Once, 0, 1),
        ],
    },
    Dictionary {
        file: "hu-liu-positive-words.txt",
        table: "quanteda_HuLiuPos.csv.gz",
        settle: Settle::NestedInKey,
        hits: 107_653,
        differences: &[
            (Rule::Possessive, 3_610, 0),
            (Rule::Invisible, 1, 0),
            (Rule::Joined, 15, 0),
            (Rule::Address, 2, 0),
            (Rule::SeveralWords, 548, 0),
            (Rule::Once, 0, 331),
        ],
    },
    Dictionary {
        file: "moral_foundations.dic",
        table: "quanteda_MFD1.csv.gz",
        settle: Settle::NestedInKey,
        hits: 91_480,
        differences: &[
            (Rule::Possessive, 370, 0),
            (Rule::Joined, 15, 0),
            (Rule::Address, 0, 2),
            (Rule::Sentence, 0, 12),
            (Rule::SeveralWords, 332, 0),
            (Rule::Once, 0, 334),
        ],
    },
    Dictionary {
        file: "laver-garry.cat",
        table: "quanteda_LaverGarry.csv.gz",
        settle: Settle::NestedInKey,
        hits: 208_756,
        differences: &[
            (Rule::Possessive, 801, 0),
            (Rule::Joined, 29, 1),
            (Rule::Address, 5, 71),
            (Rule::Sentence, 0, 24),
            (Rule::SeveralWords, 192, 0),
        ],
    },
    Dictionary {
        file: "newsmap-english.yml",
        table: "quanteda_newsmap.csv.gz",
        settle: Settle::NestedInKey,
        hits: 41_620,
        differences: &[
            (Rule::Possessive, 1_906, 0),
            (Rule::Joined, 10, 0),
            (Rule::Address, 1, 0),
            (Rule::Sentence, 0, 2),
            (Rule::Once, 0, 15),
        ],
    },
    Dictionary {
        file: "newsmap-english.yml",
        table: "quanteda_newsmap_nested_dictionary.csv.gz",
        settle: Settle::NestedInDictionary,
        hits: 41_548,
        differences: &[
            (Rule::Possessive, 1_906, 0),
            (Rule::Joined, 10, 0),
            (Rule::Address, 1, 0),
            (Rule::Sentence, 0, 2),
            (Rule::Once, 0, 19),
        ],
    },
];

impl Dictionary {
    /// The lexicon with the categories and the overlap rule of the table.
    fn lexicon(&self, shared: &Path) -> Lexicon {
        let overlap = if self.settle == Settle::NestedInDictionary { Overlap::Lexicon } else { Overlap::Frame };
        let options = Options { overlap: Some(overlap), mode: Some(MatchMode::Exact), ..Options::default() };
        let path = shared.join("samples/lexicons").join(self.file);
        let mut lexicon = lexicon::load_with(&path.to_string_lossy(), &options).unwrap();
        if lexicon.format == Format::Scores {
            by_score(&mut lexicon);
        }
        lexicon
    }
}

/// A frame for each score, as quanteda's categories are.
fn by_score(lexicon: &mut Lexicon) {
    let template = lexicon.frames[0].clone();
    lexicon.frames.clear();
    for entry in &mut lexicon.entries {
        let name = (entry.weight / 1000).to_string();
        let known = lexicon.frames.iter().position(|frame| frame.name == name);
        entry.frame = known.unwrap_or(lexicon.frames.len());
        if known.is_none() {
            lexicon.frames.push(Frame { name, ..template.clone() });
        }
    }
}

#[test]
fn quanteda_counts_the_same_but_for_what_a_rule_explains() {
    let Some(shared) = shared() else { return };
    let shards = news(&shared);
    let mut wrong = Vec::new();
    for dictionary in DICTIONARIES {
        let is_list = dictionary.file.starts_with("hu-liu");
        let category = |lexicon: &Lexicon, entry: usize| match is_list {
            true => "words".to_string(),
            false => frame_name(lexicon, entry),
        };
        // quanteda leaves the underscores of WordStat in the pattern, where no word has them (FORMATS §3)
        let is_wordstat = dictionary.file.ends_with(".cat");
        let pattern = |text: &str| if is_wordstat { bare(text).replace(' ', "_") } else { bare(text) };
        let comparison = Comparison {
            shards,
            reading: quanteda(shards),
            lexicon: dictionary.lexicon(&shared),
            pattern: &pattern,
            category: &category,
            settle: dictionary.settle,
        };
        let outcome = comparison.run(&counts(&shared.join("samples/reference").join(dictionary.table)));
        let by_rule: Vec<(Rule, usize, usize)> =
            outcome.by_rule().into_iter().map(|(rule, (ours, theirs))| (rule, ours, theirs)).collect();
        println!("{}: {} hits of quanteda; ours only, theirs only: {by_rule:?}", dictionary.table, outcome.hits);
        if (outcome.hits, by_rule.as_slice()) != (dictionary.hits, dictionary.differences) {
            wrong.push(format!("{}: {} hits, {by_rule:?}", dictionary.table, outcome.hits));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every difference to the Python reference: side, frame, rule, text (`~` for a soft hyphen), number. With FRAMESCOPE_UPDATE set to a
/// folder the list is written there, to be read before it is taken over.
const US_POLITICS: &str = include_str!("oracle/us_politics.csv");

#[test]
fn twelve_frames_of_us_politics_count_the_same_but_for_what_a_rule_explains() {
    let Some(shared) = shared() else { return };
    let shards = news(&shared);
    let yaml = std::fs::read(shared.join("samples/reference/us_politics_frames.yml")).unwrap();
    let yaml = lexicon::parse("us_politics_frames.yml", &yaml).unwrap();
    assert_eq!((yaml.frames.len(), yaml.entries.len(), yaml.mode), (12, 154, MatchMode::Exact));
    let written = [Form::Toml, Form::Csv].map(|form| {
        let written = lexicon::write::write(&yaml, form);
        assert!(written.losses.is_empty(), "{:?}", written.losses);
        let options = Options { mode: Some(MatchMode::Exact), ..Options::default() };
        lexicon::parse_with("us_politics", written.text.as_bytes(), &options).unwrap()
    });
    let places = |lexicon: &Lexicon| -> Vec<_> {
        let strip = |found: Vec<(Place, _)>| found.into_iter().map(|(place, _)| place).collect::<Vec<Place>>();
        let articles = our_places(shards, lexicon, &frame_name).into_iter();
        articles
            .map(|article| article.into_iter().map(|(name, found)| (name, strip(found))).collect::<Vec<_>>())
            .collect()
    };
    assert!(places(&written[0]) == places(&written[1]), "both forms hit the same places");

    let table = rows(&shared.join("samples/reference/article_frames_us_politics.csv.gz"));
    let mut counts = Counts::new();
    for row in &table[1..] {
        for column in 3..table[0].len() {
            counts.insert((row[0].to_string(), table[0][column].to_string()), row[column].parse().unwrap());
        }
    }
    let texts = corpus::texts(shards);
    let reading = Reading::of(texts.iter().map(String::as_str), python_words);
    let [lexicon, _] = written;
    let (pattern, category) = (bare, frame_name);
    let comparison =
        Comparison { shards, reading: &reading, lexicon, pattern: &pattern, category: &category, settle: Settle::Once };
    let outcome = comparison.run(&counts);
    assert_eq!((outcome.hits, counts.len()), (67_369, 3_719 * 12));
    let mut found = String::from("only,frame,rule,text,n\n");
    for ((rule, ours, frame, text), n) in &outcome.differences {
        let side = if *ours { "ours" } else { "theirs" };
        found.push_str(&format!("{side},{frame},{rule:?},{},{n}\n", text.replace('\u{ad}', "~")));
    }
    println!("{} hits of the reference; ours only, theirs only: {:?}", outcome.hits, outcome.by_rule());
    if let Some(path) = std::env::var_os("FRAMESCOPE_UPDATE") {
        std::fs::write(Path::new(&path).join("us_politics.csv"), &found).unwrap();
    }
    let listed: Vec<&str> = US_POLITICS.lines().collect();
    assert_eq!(found.lines().collect::<Vec<_>>(), listed, "every difference is listed, and no other");
}
