//! The tables of a run: sums, dimensions, roles, targets, VADER, agreement.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

type Row = BTreeMap<String, String>;

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("framescope-test-{}-sentiment-{name}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn framescope(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_framescope"));
    let output = command.current_dir(folder).args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn rows(path: &Path) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.deserialize().map(Result::unwrap).collect()
}

fn number(row: &Row, column: &str) -> f64 {
    row[column].parse().unwrap_or_else(|_| panic!("{column}: {row:?}"))
}

const SCORED: &str = "[lexicon]\nname = \"scored\"\nkind = \"sentiment\"\nmatch = \"exact\"\noverlap = \"lexicon\"\n\
    [[frame]]\nname = \"positive\"\nterms = [{ term = \"good\", weight = 2.0 }, { term = \"calm\", weight = 1.0 }]\n\
    [[frame]]\nname = \"negative\"\nterms = [{ term = \"bad\", weight = -1.5 }, { term = \"cruel\", weight = -3.0 }]\n\
    [[target]]\nname = \"smith\"\nterms = [\"Smith\"]\n[[target]]\nname = \"jones\"\nterms = [\"Jones\"]\n";

/// Twelve articles of two outlets, with a lexicon.
fn corpus(name: &str) -> PathBuf {
    let folder = folder(name);
    let mut text = "id,outlet,text\n".to_string();
    let praise = ["Smith is good.", "Jones is not good.", "A calm day for Smith!", "They are very good, very calm."];
    let blame = ["Smith is bad.", "Jones was cruel and bad.", "It was never calm.", "A cruel, cruel day; good grief."];
    for i in 0..12 {
        let (outlet, pool) = if i % 2 == 0 { ("Praise", praise) } else { ("Blame", blame) };
        let words = format!("{} {} Nothing else happened on day number {i}.", pool[i % 4], pool[(i / 2 + 1) % 4]);
        text.push_str(&format!("a{i},{outlet},\"{words}\"\n"));
    }
    fs::write(folder.join("news.csv"), text).unwrap();
    fs::write(folder.join("scored.toml"), SCORED).unwrap();
    folder
}

#[test]
fn what_the_entries_give_sums_to_the_score_and_the_shifts_to_the_difference() {
    let folder = corpus("sums");
    // the articles of each outlet are so alike that they are one story, and one unit has no interval
    fs::write(folder.join("study.toml"), "[statistics]\nclusters = \"copies\"\n").unwrap();
    let arguments = ["-l", "scored.toml", "--study", "study.toml", "--out", "sentiment", "--sentences", "--quiet"];
    framescope(&folder, &[&["sentiment", "news.csv"], &arguments[..]].concat());
    let out = folder.join("sentiment");
    let groups = rows(&out.join("sentiment.csv"));
    assert_eq!(groups.len(), 2);
    let given = rows(&out.join("contributions.csv"));
    let articles = rows(&out.join("sentiment_articles.csv"));
    let sentences = rows(&out.join("sentiment_sentences.csv"));
    let mut means = BTreeMap::new();
    for group in &groups {
        let mine = |row: &&Row| row["outlet"] == group["outlet"];
        let sum: f64 = given.iter().filter(mine).map(|row| number(row, "gives")).sum();
        assert!((sum - number(group, "valence")).abs() < 1e-5, "{group:?}");
        let sum: f64 = articles.iter().filter(mine).map(|row| number(row, "sum")).sum();
        assert!((sum - number(group, "sum")).abs() < 1e-6);
        assert_eq!(group["role"], "primary");
        assert_eq!(group["compound"], "");
        assert!((number(group, "valence_all") - number(group, "sum") / number(group, "words")).abs() < 1e-6);
        means.insert(group["outlet"].clone(), number(group, "valence"));
    }
    for article in &articles {
        let mine = sentences.iter().filter(|row| row["article"] == article["article"]);
        let sum: f64 = mine.map(|row| number(row, "sum")).sum();
        assert!((sum - number(article, "sum")).abs() < 1e-6, "{article:?}");
    }
    let shifts = rows(&out.join("sentiment_shifts.csv"));
    for (one, other) in [("Praise", "Blame"), ("Blame", "Praise")] {
        let sum: f64 = shifts.iter().filter(|row| row["outlet"] == one).map(|row| number(row, "gives")).sum();
        assert!((sum - (means[one] - means[other])).abs() < 1e-5, "{one}: {sum}");
    }
    for shift in &shifts {
        let (low, high) = (number(shift, "difference_low"), number(shift, "difference_high"));
        let difference = number(shift, "difference");
        assert!(low < difference && difference < high && (difference > 0.0) == (low > 0.0), "{shift:?}");
    }
    assert!(given.iter().any(|row| row["negated"] == "true" && row["side"] == "negative" && row["entry"] == "good"));
    assert!(out.join("charts/contributions.png").is_file());
    let page = fs::read_to_string(out.join("index.html")).unwrap();
    assert!(page.contains("three words behind a negation") && page.contains("Words that make the difference"));
}

#[test]
fn targets_have_their_mentions_scores_and_shares() {
    let folder = corpus("targets");
    let study = "[corpus]\npaths = [\"news.csv\"]\n[lexicons]\npaths = [\"scored.toml\"]\n[sentiment]\nmentions = true\n\
        [report]\nout = \"out\"\ncharts = false\n";
    fs::write(folder.join("study.toml"), study).unwrap();
    framescope(&folder, &["run", "--study", "study.toml", "--quiet"]);
    let targets = rows(&folder.join("out/sentiment_targets.csv"));
    let mentions = rows(&folder.join("out/sentiment_mentions.csv"));
    let of = |outlet: &str, target: &str| {
        targets.iter().find(|row| row["outlet"] == outlet && row["target"] == target).unwrap().clone()
    };
    assert!(number(&of("Praise", "smith"), "score") > 1.0 && number(&of("Blame", "smith"), "score") < -1.0);
    assert!(number(&of("Praise", "jones"), "score") < 0.0);
    assert_eq!(of("Blame", "smith")["negative"], "1.0");
    let total: f64 = targets.iter().map(|row| number(row, "mentions")).sum();
    assert_eq!(total as usize, mentions.len());
    let news = rows(&folder.join("news.csv"));
    for mention in &mentions {
        // one lexicon is its own mean
        assert_eq!((&mention["mean_score"], &mention["mean_label"]), (&mention["score"], &mention["label"]));
        let text = &news.iter().find(|row| row["id"] == mention["article"]).unwrap()["text"];
        let bytes = number(mention, "byte_start") as usize..number(mention, "byte_end") as usize;
        assert_eq!(text[bytes].to_lowercase(), mention["target"]);
    }
}

#[test]
fn sentiment_alone_scores_the_targets_of_frame_lexicons_as_a_run_does_and_counts_no_frames() {
    let folder = corpus("alone");
    let targets = SCORED.find("[[target]]").unwrap();
    fs::write(folder.join("scored.toml"), &SCORED[..targets]).unwrap();
    // a target beside words of a frame, one that needs them, one of a lexicon without frames
    let frames = "[lexicon]\nname = \"frames\"\n[[frame]]\nname = \"day\"\nterms = [\"day\", \"calm\"]\n\
        [[target]]\nname = \"smith\"\nterms = [\"Smith\"]\n[[target]]\nname = \"a day\"\nterms = [\"#day BEFORE/3 Smith\"]\n";
    fs::write(folder.join("frames.toml"), frames).unwrap();
    fs::write(folder.join("names.toml"), "[lexicon]\n[[target]]\nname = \"jones\"\nterms = [\"Jones\"]\n").unwrap();
    let told = ["news.csv", "-l", "scored.toml", "-l", "frames.toml", "-l", "names.toml", "--quiet", "-o"];
    for (verb, out) in [("run", "all"), ("sentiment", "alone"), ("run", "one-place"), ("sentiment", "one-place")] {
        framescope(&folder, &[&[verb], &told[..], &[out]].concat());
    }
    for name in ["sentiment.csv", "sentiment_targets.csv", "sentiment_articles.csv", "sentiment_hits/scored.csv"] {
        let of = |out: &str| fs::read_to_string(folder.join(out).join(name)).unwrap();
        assert_eq!(of("all"), of("alone"), "{name}");
        assert_eq!(of("all"), of("one-place"), "{name}");
    }
    let scored: std::collections::BTreeSet<String> =
        rows(&folder.join("alone/sentiment_targets.csv")).into_iter().map(|row| row["target"].clone()).collect();
    assert_eq!(scored.into_iter().collect::<Vec<_>>(), ["a day", "jones", "smith"]);
    for out in ["alone", "one-place"] {
        assert!(rows(&folder.join(out).join("frames.csv")).is_empty());
        assert!(!folder.join(out).join("hits").exists(), "no frames, no hits");
        let manifest = fs::read_to_string(folder.join(out).join("manifest.json")).unwrap();
        assert!(manifest.contains("frames.toml") && manifest.contains("\"frames\": \"not counted\""), "{manifest}");
    }
    assert!(!rows(&folder.join("all/frames.csv")).is_empty());
}

#[test]
fn what_a_sentiment_lexicon_is_not_for_is_missing_and_not_neutral() {
    let folder = folder("languages");
    let scored = SCORED.replace("name = \"scored\"", "name = \"scored\"\nlanguage = \"en\"");
    fs::write(folder.join("scored.toml"), scored.split("[[target]]").next().unwrap()).unwrap();
    fs::write(folder.join("names.toml"), "[lexicon]\n[[target]]\nname = \"smith\"\nterms = [\"Smith\"]\n").unwrap();
    fs::write(
        folder.join("news.csv"),
        "id,outlet,language,text\n1,A,en,Smith is good.\n2,A,it,Smith va male.\n3,B,it,Smith va bene.\n",
    )
    .unwrap();
    let study = "[corpus]\npaths = [\"news.csv\"]\n[lexicons]\npaths = [\"scored.toml\", \"names.toml\"]\n\
        [sentiment]\nmentions = true\nby = \"sentence\"\n[report]\nout = \"out\"\ncharts = false\n";
    fs::write(folder.join("study.toml"), study).unwrap();
    framescope(&folder, &["sentiment", "--study", "study.toml", "-o", "out", "--quiet"]);
    for (file, count) in [("sentiment_targets.csv", 1), ("sentiment_mentions.csv", 1), ("sentiment_sentences.csv", 1)] {
        let found = rows(&folder.join("out").join(file));
        assert_eq!(found.len(), count, "{file}: {found:?}");
    }
    assert_eq!(rows(&folder.join("out/sentiment_targets.csv"))[0]["mentions"], "1");
}

#[test]
fn dimensions_stay_apart_and_unsigned_lists_are_polarity() {
    let folder = corpus("dimensions");
    fs::write(
        folder.join("vad.tsv"),
        "word\tvalence\tarousal\tdominance\ngood\t8.5\t4.0\t6.5\nbad\t2.0\t5.0\t3.5\ncalm\t7.0\t1.5\t5.5\n",
    )
    .unwrap();
    fs::write(
        folder.join("lsd.yml"),
        "positive:\n  - good*\n  - calm*\nnegative:\n  - bad\n  - cruel*\nneg_positive:\n  - not good*\n",
    )
    .unwrap();
    let comment = |sign: &str, words: &str| format!(";; Opinion Lexicon: {sign}\n;\n\n{words}\n");
    fs::write(folder.join("hl-positive-words.txt"), comment("Positive", "good\ncalm")).unwrap();
    fs::write(folder.join("hl-negative-words.txt"), comment("Negative", "bad\ncruel")).unwrap();
    let lexicons = ["vad.tsv", "lsd.yml", "hl-positive-words.txt", "hl-negative-words.txt", "scored.toml"];
    let mut arguments = vec!["sentiment", "news.csv", "--quiet", "--negation", "ignore", "--primary", "scored"];
    lexicons.iter().for_each(|lexicon| arguments.extend(["-l", lexicon]));
    framescope(&folder, &arguments);
    let groups = rows(&folder.join("sentiment/sentiment.csv"));
    let of = |lexicon: &str, dimension: &str| -> Vec<&Row> {
        groups.iter().filter(|row| row["lexicon"] == lexicon && row["dimension"] == dimension).collect()
    };
    for dimension in ["valence", "arousal", "dominance"] {
        assert_eq!(of("vad", dimension).len(), 2, "{dimension}: {groups:?}");
        assert_eq!(of("vad", dimension)[0]["role"], "robustness");
    }
    assert_eq!(of("scored", "")[0]["role"], "primary");
    let hl = of("hl-words", "");
    let scored = of("scored", "");
    for (a, b) in hl.iter().zip(&scored) {
        assert_eq!((&a["positive_hits"], &a["negative_hits"]), (&b["positive_hits"], &b["negative_hits"]));
    }
    let warned = |out: &str| {
        let problems = rows(&folder.join(out).join("problems.csv"));
        problems
            .iter()
            .filter(|row| row["kind"] == "lexicon-one-sided")
            .map(|row| row["found"].clone())
            .collect::<Vec<_>>()
    };
    assert!(warned("sentiment").is_empty());
    framescope(&folder, &["sentiment", "news.csv", "--quiet", "-l", "hl-positive-words.txt", "-o", "half"]);
    assert_eq!(warned("half"), ["a list of positive words alone: none of its scores is below 0"]);
    // "not good" is one negative hit, and no positive one
    let lsd = of("lsd", "");
    let not_good = 3.0;
    assert!((number(lsd[1], "positive_hits") - (number(scored[1], "positive_hits") - not_good)).abs() < 1.5, "{lsd:?}");
    assert!(number(lsd[0], "negative_hits") > 0.0 && number(lsd[1], "negative_hits") > 0.0);
}

#[test]
fn vader_scores_of_a_run_are_means_of_sentences_whatever_the_threads() {
    let folder = corpus("vader");
    // VADER's form: token, mean, deviation, ratings
    let line = |word: &str, mean: &str| format!("{word}\t{mean}\t0.5\t[1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n");
    let lexicon = [("good", "1.9"), ("bad", "-2.5"), ("calm", "1.3"), ("cruel", "-2.8"), (":)", "2.0"), ("no", "-1.2")];
    let text: String = lexicon.iter().map(|(word, mean)| line(word, mean)).collect();
    fs::write(folder.join("vader_lexicon.txt"), text).unwrap();
    let run = |out: &str, further: &[&str]| {
        let mut arguments = vec![
            "sentiment",
            "news.csv",
            "-l",
            "vader_lexicon.txt",
            "--mode",
            "vader",
            "--sentences",
            "--quiet",
            "-o",
            out,
        ];
        arguments.extend(further);
        framescope(&folder, &arguments);
        folder.join(out)
    };
    let one = run("one", &["--threads", "1"]);
    let many = run("many", &["--threads", "2", "--shard-articles", "5"]);
    for file in [
        "sentiment.csv",
        "sentiment_articles.csv",
        "sentiment_sentences.csv",
        "contributions.csv",
        "sentiment_shifts.csv",
    ] {
        assert!(fs::read(one.join(file)).unwrap() == fs::read(many.join(file)).unwrap(), "{file}");
    }
    let sentences = rows(&one.join("sentiment_sentences.csv"));
    for article in rows(&one.join("sentiment_articles.csv")) {
        let mine: Vec<f64> = sentences
            .iter()
            .filter(|row| row["article"] == article["article"])
            .map(|row| number(row, "compound"))
            .collect();
        assert_eq!(mine.len() as f64, number(&article, "sentences"));
        let mean = mine.iter().sum::<f64>() / mine.len() as f64;
        assert!((mean - number(&article, "compound")).abs() < 1e-6, "{article:?}");
    }
    // 1.9 + 0.293 → 2.193 over √(2.193² + 15)
    let smith = sentences.iter().find(|row| row["article"] == "a0" && row["sentence"] == "1").unwrap();
    assert!((number(smith, "compound") - 0.4404).abs() < 1e-9, "{smith:?}");
}

#[test]
fn a_file_of_emoji_beside_the_lexicon_puts_them_into_words_and_is_in_the_manifest() {
    let folder = folder("emoji");
    let line = |word: &str, mean: &str| format!("{word}\t{mean}\t0.5\t[1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n");
    let lexicon = [("good", "2.0"), ("joy", "3.0"), ("tears", "-1.0"), ("bad", "-2.5"), ("smile", "1.5")];
    fs::create_dir_all(folder.join("lex")).unwrap();
    let text: String = lexicon.iter().map(|(word, mean)| line(word, mean)).collect();
    fs::write(folder.join("lex/vader_lexicon.txt"), text).unwrap();
    let emoji = "😂\tface with tears of joy\n😡\tbad face\n☕\thot drink\n🙂\tcalm smile\n👩\u{200d}👧\tgood family\n";
    // sums of valences by hand, plain and corrected; a sentence is x / √(x² + 15)
    let cases = [
        ("It rains ☕😡", -2.5, -2.5),
        ("Oh 😂", 2.0, 2.0),
        // the package joins a word to the description that it touches
        ("Well 🙂good", 0.0, 3.5),
        ("Day was good\u{a0}🙂\u{fe0f}", 2.0, 3.5),
        ("No sign 👩\u{200d}👧 here", 0.0, 0.0),
    ];
    let rows_of = |(i, (text, ..)): (usize, &(&str, f64, f64))| format!("a{i},A,{text}\n");
    let table: String = cases.iter().enumerate().map(rows_of).collect();
    fs::write(folder.join("news.csv"), format!("id,outlet,text\n{table}")).unwrap();
    let run = |mode: &str, out: &str| {
        let told = ["sentiment", "news.csv", "-l", "lex/vader_lexicon.txt", "--sentences", "--quiet", "--mode", mode];
        framescope(&folder, &[&told[..], &["-o", out]].concat());
        rows(&folder.join(out).join("sentiment_sentences.csv"))
    };
    let scores = |rows: &[Row]| rows.iter().map(|row| number(row, "compound")).collect::<Vec<_>>();
    let without = run("vader", "plain");
    assert_eq!(scores(&without), [0.0, 0.0, 0.0, 0.4588, 0.0]);
    fs::write(folder.join("lex/emoji_utf8_lexicon.txt"), emoji).unwrap();
    let norm = |sum: f64| (sum / (sum * sum + 15.0).sqrt() * 10_000.0).round() / 10_000.0;
    // into the same folder: the file counts as an input
    let plain = run("vader", "plain");
    let corrected = run("vader-corrected", "corrected");
    assert_eq!(plain.len(), cases.len());
    for (i, (text, sum, mended)) in cases.iter().enumerate() {
        assert_eq!(number(&plain[i], "compound"), norm(*sum), "{text}");
        assert_eq!(number(&corrected[i], "compound"), norm(*mended), "{text}");
        // the sentence stays where it stands
        let [from, to] = ["byte_start", "byte_end"].map(|column| number(&plain[i], column) as usize);
        assert_eq!(&text[from..to], *text);
    }
    let manifest = |out: &str| fs::read_to_string(folder.join(out).join("manifest.json")).unwrap();
    assert!(manifest("plain").contains("lex/emoji_utf8_lexicon.txt"));
    let noted = rows(&folder.join("plain/problems.csv"));
    assert!(noted.iter().any(|row| row["kind"] == "emoji-read" && row["found"].contains("4 emoji")), "{noted:?}");
    run("dictionary", "dictionary");
    assert!(!manifest("dictionary").contains("emoji_utf8"));
    // what cannot be read stops the run, where it would be used
    fs::write(folder.join("lex/emoji_utf8_lexicon.txt"), "😂\tface\n😡 bad\n\n").unwrap();
    run("dictionary", "dictionary");
    let mut command = Command::new(env!("CARGO_BIN_EXE_framescope"));
    let told = ["sentiment", "news.csv", "-l", "lex/vader_lexicon.txt", "--mode", "vader", "-o", "plain"];
    let output = command.current_dir(&folder).args(told).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("lex/emoji_utf8_lexicon.txt:2:1"));
}

#[test]
fn lexicons_are_compared_by_correlation_sign_and_alpha() {
    let folder = corpus("compare");
    // the signs the other way round, and the names of the frames with them
    let reversed = SCORED.replace("\"scored\"", "\"reversed\"").replace("weight = ", "weight = -").replace("--", "");
    let reversed = reversed.replace("positive", "?").replace("negative", "positive").replace('?', "negative");
    fs::write(folder.join("reversed.toml"), reversed).unwrap();
    fs::write(folder.join("same.toml"), SCORED.replace("\"scored\"", "\"same\"")).unwrap();
    let text = framescope(&folder, &["sentiment", "compare", "reversed.toml", "same.toml", "scored.toml", "news.csv"]);
    assert!(
        text.contains("2–3") && text.contains("  1.00  ") && text.contains("-1.00") && text.contains("100 %"),
        "{text}"
    );
    assert!(text.contains("reversed: primary") && text.contains("scored: robustness"), "{text}");
    let csv = framescope(&folder, &["sentiment", "compare", "same.toml", "scored.toml", "news.csv", "--format", "csv"]);
    assert_eq!(csv.trim().lines().count(), 13);
    assert!(csv.starts_with("article,outlet,title,same,scored,ranks_apart"));
}

#[test]
fn a_primary_lexicon_that_is_not_there_and_a_word_that_no_setting_knows_stop_the_run() {
    let folder = corpus("refused");
    let refused = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_framescope"));
        let output = command.current_dir(&folder).args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    let told = refused(&["sentiment", "news.csv", "-l", "scored.toml", "--primary", "scoerd"]);
    assert!(told.contains("did you mean `scored`?") && told.contains("command line: no sentiment lexicon"), "{told}");
    // a word that is wrong is heard of before the corpus is opened, and where it stands
    let study =
        "[corpus]\npaths = [\"nowhere.csv\"]\n[lexicons]\npaths = [\"scored.toml\"]\n[sentiment]\nprimary = \"anew\"\n";
    fs::write(folder.join("study.toml"), study).unwrap();
    let told = refused(&["run", "--study", "study.toml"]);
    assert!(told.contains("study.toml:6:11") && told.contains("`scored`") && !told.contains("nowhere"), "{told}");
    // names of groups are known once the articles are, and refused before anything is counted
    let study = "[corpus]\npaths = [\"news.csv\"]\n[lexicons]\npaths = [\"scored.toml\"]\n[statistics]\nsensitivity = true\nprimary = [\"Praise\",\n  \"Blaim\"]\n";
    fs::write(folder.join("study.toml"), study).unwrap();
    let told = refused(&["run", "--study", "study.toml"]);
    for part in ["study.toml:8:3", "`Blaim`", "`Blame`, `Praise`", "did you mean `Blame`?"] {
        assert!(told.contains(part), "{part}: {told}");
    }
    let study = "[corpus]\npaths = [\"news.csv\"]\n[lexicons]\npaths = [\"scored.toml\"]\n[sentiment]\nmode = \"vadr\"\nnegation = \"turn\"\n";
    fs::write(folder.join("study.toml"), study).unwrap();
    let told = refused(&["run", "--study", "study.toml"]);
    assert!(told.contains("did you mean `vader`?") && told.contains("`ignore`, `flip`, `drop`"), "{told}");
}

#[test]
fn a_column_may_name_the_target_of_each_article() {
    let folder = corpus("column");
    fs::write(folder.join("coded.csv"), "id,text,who\n1,\"Brown is bad, but Green is very good.\",Green\n2,\"Brown is bad, but Green is very good.\",Brown\n3,Nobody is here.,Green\n")
        .unwrap();
    let study = |column: &str| {
        format!(
            "[corpus]\npaths = [\"coded.csv\"]\n[clean]\nduplicates = false\n[lexicons]\npaths = [\"scored.toml\"]\n\
             [sentiment]\ntarget_column = \"{column}\"\n[report]\nout = \"out\"\ncharts = false\n"
        )
    };
    fs::write(folder.join("study.toml"), study("who")).unwrap();
    framescope(&folder, &["run", "--study", "study.toml", "--quiet"]);
    let mentions = rows(&folder.join("out/sentiment_mentions.csv"));
    let labels: Vec<(&str, &str)> =
        mentions.iter().map(|row| (row["target"].as_str(), row["label"].as_str())).collect();
    assert_eq!(labels, [("Green", "positive"), ("Brown", "negative")]);
    assert_eq!((mentions[0]["byte_start"].as_str(), mentions[0]["byte_end"].as_str()), ("18", "23"));
    assert!(rows(&folder.join("out/sentiment_targets.csv")).is_empty());
    fs::write(folder.join("study.toml"), study("whom")).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_framescope"));
    let output = command.current_dir(&folder).args(["run", "--study", "study.toml"]).output().unwrap();
    assert!(String::from_utf8_lossy(&output.stderr).contains("did you mean `who`?"));
}

#[test]
fn what_entries_give_sums_to_the_difference_of_the_rates() {
    let folder = folder("entry-shifts");
    let mut text = "id,outlet,text\n".to_string();
    for i in 0..40 {
        let (outlet, word) = [("North", "coup"), ("South", "putsch"), ("East", "calm")][i % 3];
        let more = if i % 2 == 0 { "A coup again." } else { "The army of the town." };
        text.push_str(&format!(
            "a{i},{outlet},\"The {word} of day {i} was seen by the army near the river. {more}\"\n"
        ));
    }
    text.push_str("b1,Small,\"A coup and a putsch.\"\n");
    fs::write(folder.join("news.csv"), text).unwrap();
    let lexicon = "[lexicon]\nname = \"two\"\n[[frame]]\nname = \"force\"\nterms = [\"coup\", \"army\"]\n\
        [[frame]]\nname = \"force/inner\"\nterms = [\"putsch\", \"army\"]\n";
    fs::write(folder.join("two.toml"), lexicon).unwrap();
    framescope(&folder, &["run", "news.csv", "-l", "two.toml", "--language", "en", "--out", "out", "--quiet"]);
    let out = folder.join("out");
    let (shifts, comparisons) = (rows(&out.join("entry_shifts.csv")), rows(&out.join("comparisons.csv")));
    assert!(shifts.iter().all(|row| row["outlet"] != "Small"), "it is not tested alone");
    for outlet in ["North", "South", "East"] {
        for frame in ["force", "force/inner"] {
            let is_cell = |row: &&Row| row["outlet"] == outlet && row["frame"] == frame;
            let comparison = comparisons.iter().find(is_cell).unwrap();
            let is_of = |row: &&Row| is_cell(row) && row["against"] == "rest";
            let rate = |hits: &str, words: &str| 1000.0 * number(comparison, hits) / number(comparison, words);
            let difference = rate("hits", "words") - rate("rest_hits", "rest_words");
            let sum: f64 = shifts.iter().filter(is_of).map(|row| number(row, "gives")).sum();
            assert!((sum - difference).abs() < 1e-3, "{outlet} {frame}: {sum} {difference}");
            let hits: f64 = shifts.iter().filter(is_of).map(|row| number(row, "hits")).sum();
            assert!((hits - number(comparison, "hits")).abs() < 1e-9, "{outlet} {frame}");
            let first = shifts.iter().find(is_of).unwrap();
            assert!((number(first, "difference") - difference).abs() < 1e-3);
            assert_eq!(first["log2_ratio_low"], comparison["log2_ratio_low"]);
        }
    }
    // every pair, too
    let pairs = rows(&out.join("pairwise.csv"));
    let mut seen = 0;
    for pair in pairs.iter().filter(|row| !row["log2_ratio"].is_empty() && row["outlet"] != "Small") {
        let is_of = |row: &&Row| {
            row["outlet"] == pair["outlet"] && row["frame"] == pair["frame"] && row["against"] == pair["other_group"]
        };
        if shifts.iter().any(|row| is_of(&row)) {
            let contribution: f64 = shifts.iter().filter(is_of).map(|row| number(row, "gives")).sum();
            let first = shifts.iter().find(is_of).unwrap();
            assert!((contribution - number(first, "difference")).abs() < 1e-3, "{pair:?}");
            let rate = |outlet: &str| {
                let row =
                    comparisons.iter().find(|row| row["outlet"] == outlet && row["frame"] == pair["frame"]).unwrap();
                1000.0 * number(row, "hits") / number(row, "words")
            };
            let difference = rate(&pair["outlet"]) - rate(&pair["other_group"]);
            assert!((contribution - difference).abs() < 1e-3, "{pair:?}: {contribution} is not {difference}");
            assert_eq!((&first["log2_ratio"], &first["q"]), (&pair["log2_ratio"], &pair["q"]));
            seen += 1;
        }
    }
    assert!(seen >= 4, "{seen} pairs");
    let top = |outlet: &str| shifts.iter().find(|row| row["outlet"] == outlet && row["rank"] == "1").unwrap();
    assert_eq!([top("North")["entry"].as_str(), top("South")["entry"].as_str()], ["coup", "putsch"]);
    assert!(out.join("charts/entry-shifts.png").is_file());
}

#[test]
fn a_scale_without_a_zero_has_means_and_no_positive_hits() {
    let folder = folder("no-zero");
    fs::write(
        folder.join("news.csv"),
        "outlet,text\nA,\"It is not calm. Smith is very calm.\"\nB,\"War war war war.\"\n",
    )
    .unwrap();
    fs::write(folder.join("nine.txt"), "word\thappiness_average\ncalm\t8.5\nwar\t1.8\n").unwrap();
    fs::write(folder.join("signed.txt"), "calm\t3.5\nwar\t-3.2\n").unwrap();
    fs::write(folder.join("who.toml"), "[[target]]\nname = \"smith\"\nterms = [\"Smith\"]\n").unwrap();
    let lexicons = ["-l", "nine.txt", "-l", "signed.txt", "-l", "who.toml"];
    framescope(
        &folder,
        &[&["sentiment", "news.csv", "--language", "en", "--quiet", "--sentences"], &lexicons[..]].concat(),
    );
    for file in ["sentiment.csv", "sentiment_articles.csv"] {
        let all = rows(&folder.join("sentiment").join(file));
        let of = |lexicon: &str| -> Vec<&Row> { all.iter().filter(|row| row["lexicon"] == lexicon).collect() };
        for row in of("nine") {
            for column in ["positive_hits", "negative_hits", "balance", "logit"] {
                assert_eq!(row[column], "", "{file} {column}");
            }
        }
        assert_eq!((number(of("nine")[0], "valence"), number(of("nine")[1], "valence")), (8.5, 1.8), "{file}");
        assert_eq!(of("signed")[1]["negative_hits"], "4", "{file}");
    }
    let targets = rows(&folder.join("sentiment/sentiment_targets.csv"));
    assert!(targets.iter().all(|row| row["lexicon"] == "signed") && !targets.is_empty());
    let problems = rows(&folder.join("sentiment/problems.csv"));
    let told: Vec<&Row> = problems.iter().filter(|row| row["kind"] == "scale-without-zero").collect();
    assert_eq!((told.len(), told[0]["file"].as_str()), (1, "nine.txt"));
}

#[test]
fn words_of_a_neutral_class_weigh_nothing_and_two_lists_of_one_lexicon_have_a_name() {
    let folder = folder("classes");
    let put = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
    put("news.csv", "outlet,text\nPost,A good day and a good table but a bad night.\n");
    put("classes.csv", "word,polarity\ngood,positive\nbad,negative\ntable,neutral\n");
    put("positive.txt", "good\n");
    put("negative.txt", "bad\n");
    let run = |lexicons: &[&str], out: &str| {
        let mut arguments = vec!["sentiment", "news.csv", "--language", "en", "--out", out, "--quiet"];
        lexicons.iter().for_each(|lexicon| arguments.extend(["-l", lexicon]));
        framescope(&folder, &arguments);
        rows(&folder.join(out).join("sentiment.csv")).remove(0)
    };
    let classes = run(&["classes.csv"], "classes");
    let cells = ["hits", "positive_hits", "negative_hits", "sum"].map(|column| number(&classes, column));
    assert_eq!(cells, [3.0, 2.0, 1.0, 1.0], "a word of weight 0 is no hit of sentiment");
    assert_eq!(number(&classes, "valence"), 0.333333, "(1 + 1 - 1) / 3");
    let lists = run(&["positive.txt", "negative.txt"], "lists");
    assert_eq!((lists["lexicon"].as_str(), number(&lists, "sum")), ("positive-negative", 1.0));
    put("nrc.csv", "word,category\ngood,positive\nbad,negative\nbad,fear\nnice,positive\nbad,anger\nwoe,anger\n");
    let mut command = Command::new(env!("CARGO_BIN_EXE_framescope"));
    let output = command.current_dir(&folder).args(["sentiment", "news.csv", "-l", "nrc.csv"]).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("beside the positive and the negative one"), "{told}");
}
