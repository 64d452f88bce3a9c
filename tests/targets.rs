//! Targets and labels: which target a hit has, what is counted, and shares with their intervals, by hand and by law.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod clause;
mod shares;

use crate::run::rows;
use framescope::aggregate::{SubjectCounts, count_subjects};
use framescope::clean::{Removed, Rule};
use framescope::index::{Attached, Draft, Shard};
use framescope::inspect;
use framescope::lexicon::{self, Lexicon};
use framescope::lookup::{
    Found, FrameId, Label, Mentions, Plan, Subjects, TargetId, VoiceLookup, Voices, Window, look_up,
};
use framescope::read::Article;
use framescope::statistics::seed::Stream;
use framescope::stem::Stems;
use framescope::study::Study;
use framescope::text::{Language, Span};
use framescope::voice::{self, Marker, Voice};
use std::collections::BTreeMap;
use std::fs;
use std::process::Command;
use std::sync::atomic::AtomicBool;

const LEADERS: &str = r#"
[[frame]]
name = "terrorism"
terms = ["terrorist", "Trump crackdown"]
[[target]]
name = "Trump"
terms = ["Trump", "president BEFORE/2 tower"]
[[target]]
name = "Trump junior"
terms = ["Trump Jr", "Donald Trump Jr"]
[[target]]
name = "Obama"
match = "case"
terms = ["Obama", "the White House"]
[[target]]
name = "senators"
terms = ["senat*"]
"#;

fn lexicon(body: &str) -> Lexicon {
    let text = format!("[lexicon]\nname = \"t\"\nlanguage = \"en\"\n{body}");
    lexicon::parse("t.toml", text.as_bytes()).unwrap_or_else(|error| panic!("{error}"))
}

/// A shard with its hits of frames and its mentions.
struct Looked {
    shard: Shard,
    frames: Vec<String>,
    subjects: Subjects,
    found: Found,
    mentions: Mentions,
}

impl Looked {
    fn at(lexicons: &[Lexicon], texts: &[&str], window: u32, voices: &Voices, removed: &[Vec<Removed>]) -> Looked {
        let mut stems = Stems::default();
        let article = |text: &&str| Article {
            text: (*text).to_string(),
            language: Some(Language::ENGLISH),
            ..Article::default()
        };
        let draft = Draft::of(texts.iter().map(article).collect(), None, &mut stems);
        let mut attached = Attached::default();
        voices.mark(&draft, &mut Marker::default(), &mut attached);
        let shard = Shard::of(&draft, &attached);
        let plan = Plan::new(lexicons);
        let subjects = Subjects::of(lexicons, Window { words: window });
        let nothing = vec![Vec::new(); texts.len()];
        let removed = if removed.is_empty() { &nothing } else { removed };
        let mut voice_lookup = VoiceLookup::new(&shard, removed, &voices.counted);
        let mut found = look_up(&plan, &shard, &mut voice_lookup, &mut stems);
        let mentions = subjects.find(&shard, None, &mut voice_lookup, &mut stems, &mut found);
        Looked { frames: plan.frames().to_vec(), subjects, found, mentions, shard }
    }

    fn of(lexicons: &[Lexicon], texts: &[&str], window: u32) -> Looked {
        Looked::at(lexicons, texts, window, &everything(), &[])
    }

    /// `Trump 3` for each hit, `-` for a hit without a target.
    fn targets(&self) -> Vec<String> {
        let told = |hit: &framescope::lookup::Hit| match hit.target {
            Some(near) => format!("{} {}", self.subjects.targets[near.target.index()], near.distance),
            None => "-".to_string(),
        };
        self.found.hits.iter().map(told).collect()
    }

    fn counts(&self) -> Vec<SubjectCounts> {
        count_subjects(&self.shard, &self.found, &self.mentions)
    }
}

#[test]
fn exceptions_cancel_the_names_of_targets_and_labels_that_they_cover() {
    let body = r#"
[[frame]]
name = "f"
terms = ["attack"]
[[target]]
name = "the West"
match = "case"
terms = ["Washington", "the West"]
except = ["Washington Post", "the West Bank"]
[[target]]
name = "press"
terms = ["post"]
[[labels]]
referent = "events"
except = ["riot police"]
choices = { riot = ["=riot"], protest = ["protest"], police = ["police"] }
"#;
    let lexicons = [lexicon(body)];
    let looked = Looked::of(
        &lexicons,
        &[
            "Washington saw the attack. The Washington Post saw it. Riot police met a riot on the West Bank.",
            "The West slept.",
        ],
        0,
    );
    let named = |hit: &framescope::lookup::Hit<TargetId>| looked.subjects.targets[hit.frame.index()].as_str();
    assert_eq!(looked.mentions.targets.iter().map(named).collect::<Vec<_>>(), ["the West", "press"]);
    let label = |hit: &framescope::lookup::Hit<framescope::lookup::LabelId>| {
        looked.subjects.labels[hit.frame.index()].choice.as_str()
    };
    assert_eq!(looked.mentions.labels.iter().map(label).collect::<Vec<_>>(), ["riot"]);
    // what is excepted is another lexicon, and written as it was read
    let plain = lexicon(&body.replace("except = [\"riot police\"]\n", ""));
    assert_ne!(plain.digest, lexicons[0].digest);
    let written = inspect::formatted("t.toml", &format!("[lexicon]\nname = \"t\"\nlanguage = \"en\"\n{body}")).unwrap();
    let again = lexicon::parse("t.toml", written.as_bytes()).unwrap();
    assert_eq!(again.digest, lexicons[0].digest, "{written}");
}

fn everything() -> Voices {
    Voices::shipped(voice::Options::default(), Voice::ALL[1..].to_vec()).unwrap()
}

/// A text, a window, and the target of each of its hits.
const CASES: &[(&str, u32, &[&str])] = &[
    ("Trump spoke of terrorists.", 0, &["Trump 2"]),
    ("Terrorists, said Trump.", 0, &["Trump 1"]),
    // the nearer one, on either side
    ("Trump said that Obama had met a terrorist.", 0, &["Obama 3"]),
    ("Trump saw many a good terrorist before Obama did.", 0, &["Obama 1"]),
    // as near on both sides: the one before
    ("Obama calls terrorists what Trump likes.", 0, &["Obama 1"]),
    ("Trump calls terrorists what Obama likes.", 0, &["Trump 1"]),
    // side by side
    ("Trump terrorists", 0, &["Trump 0"]),
    // nobody, and nobody in this sentence
    ("A terrorist came.", 0, &["-"]),
    ("Trump left. The terrorists stayed.", 0, &["-"]),
    ("The terrorists stayed. Trump left.", 0, &["-"]),
    ("Trump stayed. Obama left the terrorists. Trump slept.", 0, &["Obama 2"]),
    // a window counts the words between
    ("Trump one two three terrorists", 3, &["Trump 3"]),
    ("Trump one two three terrorists", 2, &["-"]),
    ("terrorists one two Trump", 2, &["Trump 2"]),
    ("terrorists one two Trump", 1, &["-"]),
    // phrases, wildcards, as written, conditions; the distance is from the name's nearer end
    ("The terrorists wrote to the White House today.", 0, &["Obama 2"]),
    ("The terrorists wrote to the white house today.", 0, &["-"]),
    ("A Senate of terrorists", 0, &["senators 1"]),
    ("The President of Tower met a terrorist.", 0, &["Trump 2"]),
    // the longest name
    ("Donald Trump Jr met terrorists.", 0, &["Trump junior 1"]),
    // none is nearer than a name in the words of the hit, or across their border
    ("A Trump crackdown began.", 0, &["Trump 0"]),
    ("Obama saw the Trump crackdown.", 0, &["Trump 0"]),
    ("Obama Trump crackdown", 0, &["Trump 0"]),
    // each hit has its own
    ("Trump has terrorists and Obama has terrorists too.", 0, &["Trump 1", "Obama 1"]),
    // of one name many times, the nearest
    ("Trump, Trump and Trump again saw terrorists, so Trump fled.", 0, &["Trump 1"]),
];

#[test]
fn a_hit_has_the_nearest_target_of_its_sentence() {
    let lexicons = [lexicon(LEADERS)];
    for (text, window, wanted) in CASES {
        let found = Looked::of(&lexicons, &[text], *window).targets();
        assert_eq!(found, *wanted, "{text} (window {window})");
    }
}

#[test]
fn what_is_not_counted_has_no_target_and_is_none() {
    let lexicons = [lexicon(LEADERS)];
    let text = "Trump said: “Obama let the terrorists in.” Obama met terrorists.";
    let own = Voices::shipped(voice::Options::default(), vec![Voice::Own]).unwrap();
    let all = Looked::of(&lexicons, &[text], 0);
    assert_eq!(all.targets(), ["Obama 2", "Obama 1"]);
    let restricted = Looked::at(&lexicons, &[text], 0, &own, &[]);
    assert_eq!(restricted.targets(), ["-", "Obama 1"]);
    assert_eq!(restricted.mentions.targets.len(), 2, "the quoted Obama is no mention");
    // furniture over the second sentence: its hit has no target, its name is no mention
    let furniture =
        |from: u32, to: u32, rule| vec![vec![Removed { tokens: Span::new(from, to), rule, evidence: String::new() }]];
    for rule in [Rule::Furniture, Rule::Repeat] {
        let cut =
            Looked::at(&lexicons, &["Trump met. Obama met terrorists."], 0, &everything(), &furniture(2, 5, rule));
        assert_eq!(cut.targets(), ["-"]);
        assert_eq!(cut.mentions.targets.len(), 1);
        let name =
            Looked::at(&lexicons, &["Obama and Trump met terrorists."], 0, &everything(), &furniture(2, 3, rule));
        assert_eq!(name.targets(), ["Obama 3"], "a name in furniture is nobody's");
    }
}

#[test]
fn mentions_sentences_and_hits_are_counted_by_article_and_voice() {
    let body = format!(
        "{LEADERS}\n[[frame]]\nname = \"security/army\"\nterms = [\"soldier\"]\n[[frame]]\nname = \"security\"\nterms = [\"army\"]\n"
    );
    let lexicons = [lexicon(&body)];
    let texts = [
        "Trump and Trump met terrorists. Trump left. “Obama is with the terrorists,” he said.",
        "Nobody here.",
        "Soldiers of Trump. The army of Trump.",
    ];
    let looked = Looked::of(&lexicons, &texts, 0);
    let target = |name: &str| TargetId::new(looked.subjects.targets.iter().position(|known| known == name).unwrap());
    let frame = |name: &str| FrameId::new(looked.frames.iter().position(|known| known == name).unwrap());
    let (trump, obama) = (target("Trump"), target("Obama"));
    let counts = looked.counts();
    let mentioned = |article: usize, target| {
        let n = counts[article].targets.get(&target).copied().unwrap_or_default();
        (n.mentions, n.sentences)
    };
    assert_eq!([mentioned(0, trump), mentioned(0, obama), mentioned(2, trump)], [(3, 2), (1, 1), (2, 2)]);
    assert_eq!(counts[1], SubjectCounts::default());
    let near = |article: usize, target, name: &str| {
        let n = counts[article].near.get(&(target, frame(name))).copied().unwrap_or_default();
        (n.all, n.own)
    };
    assert_eq!([near(0, trump, "terrorism"), near(0, obama, "terrorism")], [(1, 1), (1, 0)]);
    // the outer frame counts the inner one's hit, as everywhere
    assert_eq!([near(2, trump, "security/army"), near(2, trump, "security")], [(1, 1), (2, 2)]);
}

const PEOPLE: &str = r#"
[[labels]]
referent = "people who cross the border"
choices = { illegals = ["illegal immigrant", "illegals"], undocumented = ["undocumented immigrant"], immigrants = ["immigrant"] }
[[labels]]
referent = "the crowd"
choices = { protesters = ["protester"], "rioters/looters" = ["rioter", "looter"] }
"#;

#[test]
fn the_longest_label_counts_and_a_referent_counts_for_itself() {
    let crowd = "[[labels]]\nreferent = \"other crowd\"\nchoices = { protesters = [\"protester\"], mob = [\"mob\"] }\n";
    let lexicons = [lexicon(&format!("{PEOPLE}{crowd}"))];
    let text =
        "Illegal immigrants and undocumented immigrants are immigrants. “Rioters!” shouted the mob of protesters.";
    let looked = Looked::of(&lexicons, &[text], 0);
    let counts = looked.counts();
    let by_name: BTreeMap<String, (u32, u32)> = counts[0]
        .labels
        .iter()
        .map(|(&label, n)| {
            let Label { referent, choice } = &looked.subjects.labels[label.index()];
            (format!("{referent}: {choice}"), (n.all, n.own))
        })
        .collect();
    let wanted = [
        ("other crowd: mob", (1, 1)),
        ("other crowd: protesters", (1, 1)),
        ("people who cross the border: illegals", (1, 1)),
        ("people who cross the border: immigrants", (1, 1)),
        ("people who cross the border: undocumented", (1, 1)),
        ("the crowd: protesters", (1, 1)),
        ("the crowd: rioters/looters", (1, 0)),
    ];
    assert_eq!(by_name, wanted.map(|(name, n)| (name.to_string(), n)).into());
}

#[test]
fn lexicons_that_name_the_same_people_are_counted_together() {
    let more = "[[target]]\nname = \"Trump\"\nterms = [\"the Donald\"]\n[[labels]]\nreferent = \"the crowd\"\nchoices = { protesters = [\"demonstrator\"], mob = [\"mob\"] }\n";
    let both = [lexicon(&format!("{LEADERS}{PEOPLE}")), lexicon(more)];
    let looked = Looked::of(&both, &["The Donald met terrorists, demonstrators and protesters."], 0);
    assert_eq!(looked.targets(), ["Trump 1"]);
    assert_eq!(looked.subjects.targets, ["Trump", "Trump junior", "Obama", "senators"]);
    let crowd: Vec<&str> =
        looked.subjects.labels.iter().filter(|l| l.referent == "the crowd").map(|l| l.choice.as_str()).collect();
    assert_eq!(crowd, ["protesters", "rioters/looters", "mob"], "labels of a referent stand together");
    assert_eq!(looked.counts()[0].labels.values().map(|n| n.all).sum::<u32>(), 2);
}

/// A text of random words, sentences and names.
fn random_text(stream: &mut Stream) -> String {
    const WORDS: [&str; 9] = ["Trump", "Obama", "Trump Jr", "the White House", "terrorists", "and", "met", "so", "."];
    let words: Vec<&str> = (0..40).map(|_| WORDS[stream.below(WORDS.len() as u32) as usize]).collect();
    words.join(" ").replace(" .", ". Then")
}

#[test]
fn the_nearest_target_is_that_of_looking_at_all_of_them() {
    let lexicons = [lexicon(LEADERS)];
    let mut stream = Stream::named(1, &["nearest"]);
    let texts: Vec<String> = (0..200).map(|_| random_text(&mut stream)).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let mut with_target = 0;
    for window in [0, 1, 3] {
        let looked = Looked::of(&lexicons, &texts, window);
        for hit in &looked.found.hits {
            let range = looked.shard.range(hit.article as usize);
            let sentence = |token: u32| {
                let begins = looked.shard.sentences(hit.article as usize);
                begins.iter().filter(|&&begin| begin + range.start <= token).count()
            };
            let here = sentence(hit.tokens.start);
            let mut all = Vec::new();
            for mention in &looked.mentions.targets {
                let (a, b) = (mention.tokens, hit.tokens);
                let apart = a.end <= b.start || b.end <= a.start;
                let same = sentence(a.start) == here && sentence(a.end - 1) == here;
                if mention.article == hit.article && apart && same {
                    let distance = if a.end <= b.start { b.start - a.end } else { a.start - b.end };
                    all.push((distance, a.start >= b.end, mention.frame));
                }
            }
            all.sort_unstable();
            let wanted = all.first().filter(|best| window == 0 || best.0 <= window);
            assert_eq!(hit.target.map(|near| (near.distance, near.target)), wanted.map(|best| (best.0, best.2)));
            with_target += u32::from(wanted.is_some());
        }
    }
    assert!(with_target > 500, "{with_target} hits had a target");
}

#[test]
fn the_order_of_targets_articles_and_lexicons_never_matters() {
    let shuffled = r#"
[[target]]
name = "senators"
terms = ["senat*", "Trump"]
[[target]]
name = "Obama"
match = "case"
terms = ["the White House", "Obama"]
[[target]]
name = "Trump junior"
terms = ["Donald Trump Jr", "Trump Jr"]
[[target]]
name = "Trump"
terms = ["president BEFORE/2 tower", "Trump"]
[[frame]]
name = "terrorism"
terms = ["Trump crackdown", "terrorist"]
"#;
    // "Trump" is two people's name here: whose it is must not hang on the order either
    let ordered = LEADERS.replace("[\"senat*\"]", "[\"Trump\", \"senat*\"]");
    let mut stream = Stream::named(2, &["order"]);
    let texts: Vec<String> = (0..50).map(|_| random_text(&mut stream)).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let backwards: Vec<&str> = texts.iter().rev().copied().collect();
    let by_article = |lexicons: &[Lexicon], texts: &[&str]| -> Vec<Vec<(String, u32, u32)>> {
        let looked = Looked::of(lexicons, texts, 0);
        let counts = looked.counts();
        let of_article = |counts: &SubjectCounts| {
            let name = |target: TargetId| looked.subjects.targets[target.index()].clone();
            let mut cells: Vec<_> = counts.near.iter().map(|(key, n)| (name(key.0), n.all, n.own)).collect();
            cells.extend(counts.targets.iter().map(|(&key, n)| (name(key), n.mentions, n.sentences)));
            cells.sort();
            cells
        };
        counts.iter().map(of_article).collect()
    };
    let reference = by_article(&[lexicon(&ordered)], &texts);
    assert_eq!(reference, by_article(&[lexicon(shuffled)], &texts));
    let mut turned = by_article(&[lexicon(shuffled)], &backwards);
    turned.reverse();
    assert_eq!(reference, turned);
    let split = [
        lexicon("[[target]]\nname = \"Obama\"\nmatch = \"case\"\nterms = [\"Obama\", \"the White House\"]\n"),
        lexicon(&shuffled.replace("terms = [\"the White House\", \"Obama\"]", "terms = [\"the White House\"]")),
    ];
    assert_eq!(reference, by_article(&split, &texts));
}

#[test]
fn show_check_lint_and_forms_know_targets_and_labels() {
    let folder = std::env::temp_dir().join(format!("framescope-test-{}-names", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join("l.toml").to_string_lossy().into_owned();
    let articles = folder.join("articles.csv");
    fs::write(&file, format!("[lexicon]\nname = \"l\"\nlanguage = \"en\"\nversion = \"1.0.0\"\n{LEADERS}{PEOPLE}"))
        .unwrap();
    fs::write(
        &articles,
        "outlet,language,text\nA,en,Trump met Obama and illegal immigrants. Trump went.\nB,en,Immigrants came.\n",
    )
    .unwrap();
    let shown = inspect::show_lexicon(&file).unwrap().text;
    assert!(shown.contains("target Trump junior: Trump Jr, Donald Trump Jr\n"), "{shown}");
    assert!(shown.contains("label undocumented of people who cross the border: undocumented immigrant\n"), "{shown}");
    let study = Study { corpus: vec![articles.to_string_lossy().into_owned()], ..Study::default() };
    let (reading, stop) = (lexicon::Options::default(), AtomicBool::new(false));
    let forms = inspect::forms(std::slice::from_ref(&file), &study, &reading, &stop).unwrap();
    let hits: Vec<(&str, &str, u64)> = forms
        .rows
        .iter()
        .filter(|row| row.hits > 0)
        .map(|row| (row.frame.as_str(), row.entry.as_str(), row.hits))
        .collect();
    let wanted = [
        ("target Obama", "Obama", 1),
        ("target Trump", "Trump", 2),
        ("label illegals of people who cross the border", "illegal immigrant", 1),
        ("label immigrants of people who cross the border", "immigrant", 1),
    ];
    assert_eq!(hits, wanted);
    assert!(forms.rows.iter().all(|row| row.lexicon == "l" && row.entry_at.starts_with(&file)));
    let lint = inspect::lint_lexicons(std::slice::from_ref(&file), &study, &reading, &stop).unwrap();
    assert_eq!(lint.lexicons.len(), 1);
    assert_eq!(lint.lexicons[0].entries, 2, "names are no entries");
    assert!(lint.lexicons[0].subjects.contains(&("target Trump".to_string(), 2)), "{:?}", lint.lexicons[0].subjects);
    assert!(lint.text().contains("hits: target Trump 2, target Trump junior 0, target Obama 1"), "{}", lint.text());
    let _ = fs::remove_dir_all(&folder);
}

#[test]
fn a_name_of_two_and_a_frame_that_is_not_there_are_told() {
    let twice = "[[target]]\nname = \"a\"\nterms = [\"Xi\", \"Li\"]\n[[target]]\nname = \"b\"\nterms = [\"Xi\"]\n[[labels]]\nreferent = \"r\"\nchoices = { x = [\"mob\"], y = [\"crowd\", \"mob\"] }\n";
    let found = lexicon::check::check(&lexicon(twice), &|word| word.to_string());
    let told: Vec<String> = found.iter().map(|problem| format!("{} {}", problem.kind, problem.found)).collect();
    assert_eq!(
        told,
        ["name-twice `Xi` names two targets: `a` and `b`", "name-twice `mob` names two labels: `x` and `y`"]
    );
    let wrong = "[lexicon]\n[[frame]]\nname = \"office\"\nterms = [\"president\"]\n[[target]]\nname = \"Xi\"\nterms = [\"#ofice BEFORE/2 Xi\"]\n";
    let refused = lexicon::parse("t.toml", wrong.as_bytes()).unwrap_err().to_string();
    assert!(refused.contains("t.toml:5:1") && refused.contains("did you mean `#office`?"), "{refused}");
    // with the frame there, its words stand for it
    let right = [lexicon::parse("t.toml", wrong.replace("#ofice", "#office").as_bytes()).unwrap()];
    let looked = Looked::of(&right, &["President Xi met the president."], 0);
    assert_eq!(looked.mentions.targets.len(), 1);
    assert_eq!(looked.targets(), ["Xi 0", "Xi 2"]);
}

#[test]
fn a_run_writes_both_tables_the_chart_and_the_chapter() {
    let folder = std::env::temp_dir().join(format!("framescope-test-{}-targets", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("leaders.toml"), format!("[lexicon]\nname = \"l\"\nlanguage = \"en\"\n{LEADERS}{PEOPLE}"))
        .unwrap();
    let mut table = String::from("outlet,language,text\n");
    for i in 0..6 {
        // A: one hit near Trump of two mentions in each; illegals twice, immigrants more and more often
        let text =
            format!("Article {i} of Alpha. Trump fears terrorists. Trump fears illegals and illegals and immigrants.");
        table.push_str(&format!("A,en,{text}{}\n", " Immigrants came.".repeat(i)));
        // B: nobody near; only undocumented immigrants
        let text = format!("Article {i} of Beta. Obama spoke. Terrorists came. No undocumented immigrants did.");
        table.push_str(&format!("B,en,{text}{}\n", " Undocumented immigrants left.".repeat(i)));
    }
    fs::write(folder.join("articles.csv"), table).unwrap();
    // six articles a group, which look like copies of one another
    fs::write(folder.join("small.toml"), "[statistics]\nmin_articles = 5\nclusters = \"articles\"\n").unwrap();
    let run = |extra: &[&str]| {
        let told =
            ["run", "articles.csv", "--study", "small.toml", "--lexicon", "leaders.toml", "--quiet", "--out", "out"];
        let done = Command::new(env!("CARGO_BIN_EXE_framescope"))
            .current_dir(&folder)
            .args(told.iter().chain(extra))
            .output()
            .unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    run(&[]);
    let out = folder.join("out");
    let targets = rows(&out.join("targets.csv"));
    assert_eq!(targets.len(), 2 * 4, "every group, target and frame");
    let row = |rows: &[BTreeMap<String, String>], wanted: &[(&str, &str)]| {
        let fits = |row: &&BTreeMap<String, String>| wanted.iter().all(|(key, value)| row[*key] == *value);
        rows.iter().find(fits).unwrap().clone()
    };
    let cells = |row: &BTreeMap<String, String>, names: &[&str]| {
        names.iter().map(|name| row[*name].clone()).collect::<Vec<_>>()
    };
    let sums = ["articles", "mentions", "sentences", "hits", "own_hits", "articles_with_hit", "rate", "missing"];
    let trump = row(&targets, &[("outlet", "A"), ("target", "Trump")]);
    assert_eq!(cells(&trump, &sums), ["6", "12", "12", "6", "6", "6", "50.0", ""]);
    assert!(trump["rate_low"].parse::<f64>().unwrap() < 50.0 && trump["rate_high"].parse::<f64>().unwrap() > 50.0);
    let obama = row(&targets, &[("outlet", "B"), ("target", "Obama")]);
    assert_eq!(cells(&obama, &sums), ["6", "6", "6", "0", "0", "0", "0.0", "too few articles"]);
    let nobody = row(&targets, &[("outlet", "B"), ("target", "senators")]);
    assert_eq!(cells(&nobody, &sums), ["0", "0", "0", "0", "0", "0", "", "no mentions"]);

    let labels = rows(&out.join("labels.csv"));
    assert_eq!(labels.len(), 2 * 5);
    let sums = ["articles", "articles_with_label", "hits", "all_hits", "rest_share", "own_hits"];
    let illegals = row(&labels, &[("outlet", "A"), ("label", "illegals")]);
    assert_eq!(cells(&illegals, &sums), ["6", "6", "12", "33", "0.0", "12"]);
    assert!((illegals["share"].parse::<f64>().unwrap() - 12.0 / 33.0).abs() < 1e-5);
    let others = row(&labels, &[("outlet", "A"), ("label", "undocumented")]);
    assert_eq!(cells(&others, &sums), ["6", "0", "0", "33", "1.0", "0"]);
    // always or never, in six articles each
    let p = others["p"].parse::<f64>().unwrap();
    assert!(p > 0.0 && p < 0.02, "{p}");
    let none = row(&labels, &[("outlet", "B"), ("label", "protesters")]);
    assert_eq!([&none["share"], &none["missing"]], ["", "no hits"]);

    let hits = crate::run::hits(&out);
    let near: Vec<(&str, &str)> =
        hits.iter().map(|hit| (hit["target"].as_str(), hit["target_distance"].as_str())).collect();
    assert_eq!(near, [("Trump", "1"), ("", "")].repeat(6));
    assert!(out.join("charts/labels.svg").exists() && out.join("charts/labels-2.png").exists());
    let page = fs::read_to_string(out.join("index.html")).unwrap();
    for part in ["id=\"labels\"", "People who cross the border", "charts/labels.png", "href=\"targets.csv\"", "Trump"] {
        assert!(page.contains(part), "{part}");
    }

    // a window of no words but its own: nothing else moves
    fs::write(folder.join("study.toml"), "[corpus]\npaths = [\"articles.csv\"]\n[lexicons]\npaths = [\"leaders.toml\"]\n[targets]\nwindow = 1\n[report]\nout = \"near\"\n").unwrap();
    let done = Command::new(env!("CARGO_BIN_EXE_framescope"))
        .current_dir(&folder)
        .args(["run", "--study", "study.toml", "--quiet", "--no-charts"])
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert_eq!(targets, rows(&folder.join("near/targets.csv")));
    let manifest = fs::read(folder.join("near/manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
    assert_eq!(manifest["study"]["targets"]["window"], 1);
}
