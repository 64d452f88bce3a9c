//! The first steps of a user: shipped lexicons, the demo, a study file; and results that know no machine and no current folder.

use crate::cache::{same, temporary};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn framescope(folder: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_framescope")).current_dir(folder).args(words).output().unwrap()
}

#[track_caller]
fn right(folder: &Path, words: &[&str]) -> String {
    let done = framescope(folder, words);
    assert_eq!(done.status.code(), Some(0), "{words:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8_lossy(&done.stdout).into_owned() + &String::from_utf8_lossy(&done.stderr)
}

#[track_caller]
fn refused(folder: &Path, words: &[&str]) -> String {
    let done = framescope(folder, words);
    assert_eq!(done.status.code(), Some(2), "{words:?}: {}", String::from_utf8_lossy(&done.stdout));
    String::from_utf8_lossy(&done.stderr).into_owned()
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let named = entries.filter(|path| path.is_file());
    named.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap())).collect()
}

/// Long enough that the language of the second cannot be taken for that of the others.
const NEWS: &str = "outlet,text\nA,The terrorists attacked the airport after the coup and the protest in the square.\n\
    B,\"I terroristi hanno occupato la piazza e il governo parla di un colpo di stato nella notte. Il presidente non ha detto \
    che cosa sono gli uomini della piazza, ma anche i giornali della capitale hanno scritto che nel centro non ci sono più \
    le forze dell'ordine. Per la prima volta dal giorno dell'indipendenza, la protesta dei lavoratori è arrivata alla sede \
    del governo, e non è chiaro che cosa sia accaduto dopo.\"\n\
    A,\"The protesters called it a protest, and the police met the protest with gas.\"\n";

#[test]
fn in_an_empty_folder_the_shipped_frames_of_the_languages_count_and_say_so() {
    let folder = temporary("start-shipped");
    fs::write(folder.join("news.csv"), NEWS).unwrap();
    let said = right(&folder, &["run", "news.csv", "--no-charts"]);
    assert!(said.contains("framing-en, framing-it"), "{said}");
    let terms = fs::read_to_string(folder.join("output/terms.csv")).unwrap();
    assert!(terms.contains("shipped:framing-en.toml:") && !terms.contains("framing-ru"), "the corpus has no Russian");
    let problems = fs::read_to_string(folder.join("output/problems.csv")).unwrap();
    assert!(problems.contains("lexicon-shipped"), "{problems}");
    // again, and by name, the same numbers
    right(&folder, &["run", "news.csv", "--no-charts"]);
    right(&folder, &["run", "news.csv", "--no-charts", "-l", "framing-en", "-l", "framing-it", "--out", "named"]);
    let hits = fs::read_dir(folder.join("output/hits"))
        .unwrap()
        .map(|entry| format!("hits/{}", entry.unwrap().file_name().to_string_lossy()));
    for table in ["frames.csv", "terms.csv", "counts.csv"].map(str::to_string).into_iter().chain(hits) {
        let [a, b] = ["output", "named"].map(|out| fs::read(folder.join(out).join(&table)).unwrap());
        assert!(a == b, "{table}");
    }
    right(&folder, &["sentiment", "news.csv", "--no-charts"]);
    // no shipped lexicon is for Tatar
    fs::write(folder.join("tt.csv"), "outlet,language,text\nA,tt,Бүген яхшы көн булды\n").unwrap();
    let said = refused(&folder, &["run", "tt.csv", "--out", "tt"]);
    assert!(said.contains("for the languages here (tt)"), "{said}");
}

#[test]
fn a_corpus_that_gets_articles_in_another_language_gets_its_lexicon() {
    const RUSSIAN: &str = "C,\"Террористы заняли аэропорт, и правительство говорит о перевороте. Президент не сказал, что это за люди, но \
        все газеты столицы пишут, что протест на площади был мирным и что полиция не стреляла.\"\n";
    let folder = temporary("start-grows");
    fs::write(folder.join("news.csv"), NEWS).unwrap();
    // a file that was written just now may change without a trace, so nothing is kept of it
    std::thread::sleep(std::time::Duration::from_millis(200));
    let problems = || {
        right(&folder, &["run", "news.csv", "--no-charts"]);
        fs::read_to_string(folder.join("output/problems.csv")).unwrap()
    };
    let first = problems();
    assert_eq!(problems(), first, "lexicons that the cache remembers are named as those that were found");
    fs::write(folder.join("news.csv"), format!("{NEWS}{RUSSIAN}")).unwrap();
    assert!(problems().contains("framing-en, framing-it, framing-ru"));
}

#[test]
fn a_file_of_the_name_of_a_shipped_lexicon_wins_and_is_said_to() {
    let folder = temporary("start-names");
    fs::write(folder.join("news.csv"), NEWS).unwrap();
    let own = "[lexicon]\nname = 'mine'\n[[frame]]\nname = 'gas'\nterms = ['gas']\n";
    fs::create_dir(folder.join("framing-en")).unwrap();
    fs::write(folder.join("framing-en/own.toml"), own).unwrap();
    let said = right(&folder, &["run", "news.csv", "--no-charts", "-l", "framing-en"]);
    assert!(said.contains("not the shipped lexicon"), "{said}");
    assert!(fs::read_to_string(folder.join("output/terms.csv")).unwrap().contains("framing-en/own.toml:5"));
    let list = right(&folder, &["lexicon", "list"]);
    assert!(list.contains("framing-ru") && list.contains("12 frames"), "{list}");
    assert!(right(&folder, &["lexicon", "show", "framing-ru"]).contains("coup"));
    // a file that is missed is not replaced by another of its name
    assert!(refused(&folder, &["run", "news.csv", "-l", "framing-ru.toml"]).contains("framing-ru.toml"));
    let said = refused(&folder, &["run", "news.csv", "-l", "framing-em"]);
    assert!(said.contains("did you mean the shipped lexicon `framing-en`?"), "{said}");
}

#[test]
fn the_demo_is_the_sample_study_and_its_table_the_same_articles() {
    let folder = temporary("start-demo");
    right(&folder, &["demo", "d"]);
    assert!(refused(&folder, &["demo", "d"]).contains("already exists and is not empty"));
    let demo = folder.join("d");
    right(&demo, &["run", "--study", "study.toml", "--no-charts", "--quiet"]);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sample = folder.join("sample");
    let out = sample.to_string_lossy().into_owned();
    right(root, &["run", "--study", "seeds/study.toml", "--no-charts", "--quiet", "--out", &out]);
    for table in ["frames.csv", "articles.csv", "comparisons.csv", "counts.csv"] {
        let [a, b] = [demo.join("output"), sample.clone()].map(|out| fs::read(out.join(table)).unwrap());
        assert!(a == b, "{table}");
    }
    // dates that cannot be read need a decision
    let said = framescope(&demo, &["corpus", "check", "news.csv"]);
    assert_eq!(said.status.code(), Some(1));
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    assert!(said.contains("40 articles") && said.contains("languages: en 36, it 2, ru 2"), "{said}");
    let listed = fs::read_dir(root.join("seeds/articles")).unwrap().count();
    assert_eq!(fs::read_dir(demo.join("articles")).unwrap().count(), listed, "every seed is in the demo");
}

#[test]
fn a_study_file_is_begun_with_what_is_there_and_never_replaced() {
    let folder = temporary("start-init");
    fs::write(folder.join("news.csv"), NEWS.replace("outlet,text", "Publisher,body")).unwrap();
    let said = right(&folder, &["init", "news.csv"]);
    assert!(said.contains("framing-en, framing-it"), "{said}");
    let text = fs::read_to_string(folder.join("study.toml")).unwrap();
    for line in [
        "paths = [\"news.csv\"]",
        "text = \"body\"",
        "outlet = \"Publisher\"",
        "[\"framing-en\", \"framing-it\"]",
        "       2  A",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    right(&folder, &["run", "--study", "study.toml", "--no-charts", "--quiet"]);
    assert!(refused(&folder, &["init", "news.csv"]).contains("already exists"));
    assert_eq!(fs::read_to_string(folder.join("study.toml")).unwrap(), text);
    // beside the corpus, or elsewhere: paths are relative to the file
    fs::create_dir(folder.join("studies")).unwrap();
    right(&folder, &["init", "news.csv", "--out", "studies/s.toml"]);
    assert!(fs::read_to_string(folder.join("studies/s.toml")).unwrap().contains("paths = [\"../news.csv\"]"));
    right(&folder.join("studies"), &["run", "--study", "s.toml", "--no-charts", "--quiet"]);
}

#[test]
fn from_wherever_a_study_is_run_every_byte_is_the_same() {
    // 69-bytes-depend-on-study-path
    let folder = temporary("start-place");
    for name in ["s/more", "texts", "lexicons"] {
        fs::create_dir_all(folder.join(name)).unwrap();
    }
    fs::write(folder.join("texts/a.csv"), NEWS).unwrap();
    fs::write(folder.join("s/more/b.csv"), NEWS.replace("protest", "riot")).unwrap();
    fs::write(folder.join("list.csv"), "gas,3\npolice,2\n").unwrap();
    let lexicon =
        |name: &str| format!("[lexicon]\nname = '{name}'\n[[frame]]\nname = '{name}'\nterms = ['gas', 'police']\n");
    fs::write(folder.join("lexicons/z.toml"), lexicon("z")).unwrap();
    fs::write(folder.join("s/a.toml"), lexicon("a")).unwrap();
    let study = "[corpus]\npaths = ['../texts', 'more']\n[lexicons]\npaths = ['../lexicons', 'a.toml']\n\
        [keyness]\nmin_hits = 1\nmin_articles = 1\nmin_group = 1\nreference = '../list.csv'\n[report]\nout = '../o'\n";
    fs::write(folder.join("s/study.toml"), study).unwrap();
    let absolute = folder.join("s/study.toml").to_string_lossy().into_owned();
    let runs = [
        (folder.clone(), "s/study.toml".to_string()),
        (folder.join("s"), "study.toml".to_string()),
        (folder.join("s/more"), "../study.toml".to_string()),
        (std::env::temp_dir(), absolute),
    ];
    let mut first = None;
    for (place, study) in runs {
        let _ = fs::remove_dir_all(folder.join("o"));
        right(&place, &["run", "--study", &study, "--quiet"]);
        let found = files(&folder.join("o"));
        let text: String = found.values().map(|bytes| String::from_utf8_lossy(bytes)).collect();
        assert!(!text.contains(&*folder.to_string_lossy()), "no absolute path is written");
        assert!(text.contains("../lexicons/z.toml") && text.contains("s/more/b.csv"));
        same(first.get_or_insert_with(|| found.clone()), &found);
    }
}

#[test]
fn an_article_is_named_below_its_corpus_and_never_from_the_root() {
    let folder = temporary("start-ids");
    for name in ["x/texts", "y"] {
        fs::create_dir_all(folder.join(name)).unwrap();
    }
    fs::write(folder.join("x/texts/é #1.txt"), "The riot began.").unwrap();
    fs::write(folder.join("y/b.txt"), "The riot ended at noon.").unwrap();
    fs::write(folder.join("l.toml"), "[lexicon]\nname = 'l'\n[[frame]]\nname = 'f'\nterms = ['riot']\n").unwrap();
    let absolute = folder.join("x/texts").to_string_lossy().into_owned();
    let ids = |out: &str| -> Vec<String> {
        crate::run::rows(&folder.join(out).join("articles.csv")).into_iter().map(|row| row["article"].clone()).collect()
    };
    right(&folder, &["run", &absolute, "-l", "l.toml", "--no-charts", "--quiet", "--out", "one"]);
    assert_eq!(ids("one"), ["é #1"]);
    // one typed from the root, one from here
    right(&folder, &["run", &absolute, "y", "-l", "l.toml", "--no-charts", "--quiet", "--out", "two"]);
    assert_eq!(ids("two"), ["x/texts/é #1", "y/b"]);
    right(&folder, &["run", "x/texts", "y", "-l", "l.toml", "--no-charts", "--quiet", "--out", "three"]);
    assert_eq!(ids("three"), ids("two"));
}

#[test]
fn threads_beyond_reason_are_refused_with_the_range() {
    // 65-threads-huge
    let folder = temporary("start-threads");
    fs::write(folder.join("news.csv"), NEWS).unwrap();
    let said = refused(&folder, &["run", "news.csv", "-l", "framing-en", "--threads", "1000000"]);
    assert!(said.contains("threads = 1000000; expected a whole number from 0 to 1,024"), "{said}");
    fs::write(folder.join("s.toml"), "[corpus]\npaths = ['news.csv']\n[run]\nthreads = 1000000\n").unwrap();
    assert!(refused(&folder, &["run", "--study", "s.toml"]).contains("s.toml:4:11: threads = 1000000"));
    let said = refused(&folder, &["run", "news.csv", "-l", "framing-en", "--encoding", "klingon-8"]);
    assert!(said.contains("encoding"), "{said}");
}

#[test]
fn sentiment_goes_where_the_study_says() {
    let folder = temporary("start-sentiment");
    fs::write(folder.join("news.csv"), NEWS).unwrap();
    let study = "[corpus]\npaths = ['news.csv']\n[lexicons]\npaths = ['sentiment-en']\n[report]\nout = 'output'\n";
    fs::write(folder.join("s.toml"), study).unwrap();
    right(&folder, &["sentiment", "--study", "s.toml", "--no-charts"]);
    assert!(folder.join("output/sentiment.csv").is_file() && !folder.join("sentiment").exists());
    // without a word on it, a run of frames in output/ is left in peace
    fs::remove_dir_all(folder.join("output")).unwrap();
    right(&folder, &["sentiment", "news.csv", "-l", "sentiment-en", "--no-charts"]);
    assert!(folder.join("sentiment/sentiment.csv").is_file() && !folder.join("output").exists());
}

#[test]
fn settings_are_explained_all_or_one() {
    let folder = temporary("start-explain");
    let all = right(&folder, &["explain", "settings"]);
    for setting in framescope::study::SETTINGS {
        assert!(all.contains(setting.about), "{}", setting.path);
    }
    let one = right(&folder, &["explain", "clean.min_repeat_words"]);
    assert_eq!(
        one.trim_end(),
        "[clean]\n  min_repeat_words\n      minimum length of a repeated passage, in words\n      a whole number, 4 or more; default 12"
    );
    assert!(refused(&folder, &["explain", "clean.min_repeat_word"]).contains("did you mean `clean.min_repeat_words`?"));
}
