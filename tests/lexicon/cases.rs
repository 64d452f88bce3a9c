//! Small files of the kinds that people really have: read right, or refused with what to type. Named after the cases they stand for.

use super::{entries, read, refused};
use framescope::error::{Error, Severity};
use framescope::lexicon::write::{self, Form};
use framescope::lexicon::{self, Format, Kind, Lexicon, MatchMode, Options, check};

fn weighted(lexicon: &Lexicon) -> Vec<String> {
    lexicon
        .entries
        .iter()
        .map(|e| format!("{}: {} {}", lexicon.frames[e.frame].name, e.text, f64::from(e.weight) / 1000.0))
        .collect()
}

fn shaped(file: &str, text: &str, shape: &str) -> Result<Lexicon, String> {
    let options = Options { shape: Some(shape.to_string()), ..Options::default() };
    lexicon::parse_with(file, text.as_bytes(), &options).map_err(|error| error.to_string())
}

fn checked(lexicon: &Lexicon) -> Vec<String> {
    check::check(lexicon, &|word| word.to_string()).iter().map(ToString::to_string).collect()
}

// 05-numbers-as-words
#[test]
fn case_05_tables_of_several_columns_have_roles_and_never_frames_of_numbers() {
    let lexicon = read(
        "mood.csv",
        "term;tag;value;up;down\nbrawl;BAD;-0.8;0.02;0.8\ntruce;GOOD;0.9;0.9;0.03\ndesk;NONE;0.01;0.1;0.04\n",
    );
    assert_eq!(weighted(&lexicon), ["BAD: brawl -0.8", "GOOD: truce 0.9", "NONE: desk 0.01"]);
    let lexicon = read(
        "feel.csv",
        "id;word;polarity;joy;fear\n1;ambush;negative;0;1\n2;truce;positive;1;0\n3;alarm;negative;0;1\n",
    );
    assert_eq!(entries(&lexicon), ["fear: ambush", "joy: truce", "fear: alarm"]);
    assert_eq!(lexicon.frames.len(), 2);
    assert!(lexicon.entries[0].note.contains("polarity: negative"), "{}", lexicon.entries[0].note);
    let lexicon = read("ranked.tsv", "index\tword\tvalence\tfreq\n9\tbrawl\t-1.25\t165082\n7\ttruce\t1.5\t163454\n");
    assert_eq!(weighted(&lexicon), ["ranked: brawl -1.25", "ranked: truce 1.5"]);
    let lexicon = read("norms.csv", ",Word,V.Mean,V.SD\n1,brawl,2.5,1.25\n2,truce,7.5,1.75\n");
    assert_eq!(
        (weighted(&lexicon), lexicon.entries[0].sd),
        (vec!["norms: brawl 2.5".into(), "norms: truce 7.5".into()], Some(1250))
    );
    let lexicon = read("senses.txt", "0.125\t0\tfit#1\n0\t0.75\tbrawl#1\n0\t0\tback#2 rear#1\n");
    assert_eq!(weighted(&lexicon), ["senses: fit 0.125", "senses: brawl -0.75", "senses: back 0", "senses: rear 0"]);
    let note = read("ranked.tsv", "index\tword\tvalence\tfreq\n9\tbrawl\t-1.25\t165082\n").problems[0].to_string();
    assert!(
        note.contains("terms in `word`") && note.contains("weights in `valence`") && note.contains("--shape"),
        "{note}"
    );
}

// 05-numbers-as-words
#[test]
fn case_05_rows_have_names_in_r_and_dimensions_have_one_scale() {
    let text = "Word,V.Mean.Sum,A.Mean.Sum\n1,brawl,2.5,6.25\n2,truce,7.5,3\n";
    assert_eq!(
        weighted(&read("r.csv", text)),
        ["V.Mean.Sum: brawl 2.5", "A.Mean.Sum: brawl 6.25", "V.Mean.Sum: truce 7.5", "A.Mean.Sum: truce 3"]
    );
    let years = "Word,Word Count,Negative,Positive,Syllables\nLOSS,500,2009,0,1\nGAIN,30,0,2011,1\nSPIN,7,-2020,0,1\n";
    let lexicon = read("master.csv", years);
    assert_eq!(weighted(&lexicon), ["Negative: LOSS 1", "Positive: GAIN 1"]);
    let told = refused(
        "emoji.csv",
        "Emoji,Occurrences,Position,Negative,Neutral,Positive\n😂,14622,0.8,3614,4163,6845\n❤,8050,0.7,355,1334,6361\n",
    );
    assert!(told.contains("`Emoji` looks like the terms") && told.contains("--shape 'term=Emoji"), "{told}");
}

// 05-numbers-as-words
#[test]
fn case_05_a_shape_can_be_told_and_its_columns_must_be_there() {
    let text = "id,a,b,c\n1,brawl,-2,0.5\n2,truce,3,0.25\n";
    assert_eq!(
        weighted(&shaped("t.csv", text, "term=a, weight=b, category=-").unwrap()),
        ["t: brawl -2", "t: truce 3"]
    );
    assert_eq!(weighted(&shaped("t.csv", text, "term=2,weight=4").unwrap()), ["t: brawl 0.5", "t: truce 0.25"]);
    assert_eq!(
        weighted(&shaped("t.csv", text, "term=a, categories=b|c").unwrap()),
        ["b: brawl -2", "c: brawl 0.5", "b: truce 3", "c: truce 0.25"]
    );
    let told = shaped("t.csv", text, "term=word, weight=b").unwrap_err();
    assert!(told.contains("no column `word`; there are id, a, b, c"), "{told}");
    for (shape, expected) in [
        ("weight=b", "which column holds the terms"),
        ("term=a, wieght=b", "did you mean `weight`"),
        ("term=a, category=b, categories=c", "one of them"),
        ("sideways", "`sideways` says no column"),
    ] {
        let told = shaped("t.csv", text, shape).unwrap_err();
        assert!(told.contains(expected), "{shape}: {told}");
    }
    let told = shaped("t.csv", text, "term=a, weight=a").unwrap_err();
    assert!(told.contains("t.csv:2:3: `brawl` beside `brawl`"), "{told}");
    let rows = shaped("t.csv", "war,bomb,shell\npeace,truce,treaty\n", "rows").unwrap();
    assert_eq!(entries(&rows), ["war: bomb", "war: shell", "peace: truce", "peace: treaty"]);
}

// 05-numbers-as-words
#[test]
fn case_05_a_corpus_is_no_lexicon() {
    let long = "The square was empty on Monday and the shops stayed shut, as they had been for most of the week before, said two of the owners.";
    let told = refused(
        "news.csv",
        &format!(
            "Publisher,published,headline,body\nPost,2022-01-05,Empty square,\"{long}\"\nHerald,2022-01-06,Shut shops,\"{long}\"\n"
        ),
    );
    assert!(
        told.contains("a table of articles") && told.contains("`body`") && told.contains("framescope run"),
        "{told}"
    );
    let told =
        refused("news.csv", "outlet,date,headline\nPost,2022-01-05,Empty square\nHerald,2022-01-06,Shut shops\n");
    assert!(told.contains("a table of articles"), "{told}");
    let told = refused(
        "news.json",
        &format!("[{{\"outlet\": \"Post\", \"text\": \"{long}\"}}, {{\"outlet\": \"Herald\", \"text\": \"{long}\"}}]"),
    );
    assert!(told.contains("a table of articles"), "{told}");
    let told = refused("news.json", "{\"text\": \"a\"}\n{\"text\": \"b\"}\n");
    assert!(told.contains("news.json:2:1: another value after the first"), "{told}");
    let coded = read("t.csv", "word,topic\nbrawl,3\ntruce,2\nmob,3\ncalm,2\n");
    assert_eq!(weighted(&coded)[..2], ["3: brawl 1", "2: truce 1"], "codes of categories are no weights");
    let told = refused("news.json", "{\"response\": {\"total\": 2, \"results\": [{\"id\": \"a\"}]}}");
    assert!(told.contains("no dictionary in this JSON"), "{told}");
    for text in ["when,how\n2022-01-05,7\n2022-01-06,8\n", "a,b\n1,2\n3,4\n"] {
        assert!(refused("t.csv", text).contains("a table whose columns are not clear"), "{text}");
    }
}

// 05-numbers-as-words
#[test]
fn case_05_empath_has_a_row_for_each_category_and_titles_are_no_header() {
    let lexicon = read("empath.tsv", "help\taid\trescue\tdonate\nnoise\tloud\nmusic\tsong\tchoir\ttune\tdrum\n");
    assert_eq!((lexicon.format, lexicon.frames.len(), lexicon.entries.len()), (Format::Rows, 3, 8));
    let text = "sep=;\nMy list of moods;;\n\nword;emotion;weight\nbrawl;bad;2\ntruce;good;1,5\n";
    let lexicon = read("x.csv", text);
    assert_eq!(weighted(&lexicon), ["bad: brawl 2", "good: truce 1.5"]);
    assert!(lexicon.report.rows.iter().any(|row| row.done == "title" && row.text.starts_with("My list")));
    let lexicon =
        read("x.csv", "# collected by hand\nbrawl,bad\ntruce,good\nriot,bad\ncalm,good\nmob,bad\nally,good\n");
    assert_eq!((lexicon.format, lexicon.frames.len(), lexicon.entries.len()), (Format::Long, 2, 6));
    assert_eq!(
        entries(&read("words.csv", "word\nbrawl\ntruce\n")),
        ["words: brawl", "words: truce"],
        "the header is no entry"
    );
    let lexicon = read("notes.csv", "term,definition\nbrawl,a noisy fight in a public place\ntruce,an end of it\n");
    assert_eq!(
        (entries(&lexicon).len(), lexicon.entries[0].note.as_str()),
        (2, "definition: a noisy fight in a public place")
    );
}

// 05-numbers-as-words
#[test]
fn case_05_json_holds_words_with_numbers_categories_or_records() {
    let lexicon = read("x.json", "{\n\t\"brawl\": -2,\n\t\"truce\": 1.5\n}\n");
    assert_eq!(
        (weighted(&lexicon), lexicon.kind),
        (vec!["x: brawl -2".into(), "x: truce 1.5".into()], Kind::Sentiment)
    );
    assert_eq!((lexicon.entries[1].line, lexicon.entries[1].column), (3, 2));
    let lexicon = read("x.json", "{\"war\":[\"bomb\",\"no\"],\"peace\":{\"talks\":[\"truce*\"]}}");
    assert_eq!(entries(&lexicon), ["war: bomb", "war: no", "peace/talks: truce*"]);
    let lexicon = read("x.json", "[{\"word\":\"a\\ud83d\\ude00b\",\"score\":1},{\"word\":\"truce\",\"score\":2}]");
    assert_eq!(lexicon.entries[0].text, "a😀b");
    assert_eq!(lexicon.entries[1].column, 46, "columns are those of the file, not of what was made of it");
    let lexicon = read(
        "x.json",
        "{\"brawl\":{\"joy\":0,\"fear\":0.5},\"truce\":{\"joy\":1,\"fear\":0},\"calm\":{\"joy\":0.5,\"fear\":0}}",
    );
    assert_eq!(weighted(&lexicon)[..2], ["joy: brawl 0", "fear: brawl 0.5"]);
    assert!(refused("x.json", "{\"a\": [1, 2], \"b\": [3]}").contains("no dictionary"));
    let told = refused("x.json", "{\"a\": [\"b\"");
    assert!(told.contains("x.json:1:"), "{told}");
}

// 25-lone-cr-tables
#[test]
fn case_25_a_lone_carriage_return_ends_a_line() {
    let lexicon = read("x.csv", "term,category,note\rbrawl,bad,a fight; a row\rtruce,good,calm; quiet\r");
    assert_eq!((entries(&lexicon), lexicon.entries[1].line), (vec!["bad: brawl".into(), "good: truce".into()], 3));
    let text = "Entry,Source,Positiv,Negativ,Othtags,Defined\rBRAWL,H4Lvd,,Negativ,Noun,| a fight; a row\rTRUCE,H4Lvd,Positiv,,Noun,| calm; quiet\r";
    assert_eq!(entries(&read("gi.csv", text)), ["Negativ: BRAWL", "Positiv: TRUCE"]);
    let options = Options { encoding: Some("windows-1252".into()), ..Options::default() };
    let lexicon = lexicon::parse_with("x.csv", b"term,weight\rbrawl,2\rna\xefve,1\r", &options).unwrap();
    assert!(lexicon.problems[0].place.line == Some(3), "{}", lexicon.problems[0]);
}

// 36-signs-that-entries-lose
#[test]
fn case_36_signs_that_no_word_has_are_told_at_the_entry() {
    let lexicon = read("x.csv", "term,category\n#march,tag\n@desk,account\n$100,price\nco-operate,plain\nU.S.,plain\n");
    let signs: Vec<_> = lexicon.problems.iter().filter(|p| p.kind == "entry-signs").collect();
    // where words of a text keep such a sign, the pattern has it and nothing is lost
    let lost = lexicon
        .entries
        .iter()
        .filter(|e| e.text.starts_with(['#', '@', '$']) && !super::words(&e.pattern).starts_with(['#', '@', '$']));
    let lost = lost.count();
    assert_eq!(signs.len(), usize::from(lost > 0), "{:?}", lexicon.problems);
    if let Some(told) = signs.first() {
        assert!(told.severity == Severity::Warning && told.found.starts_with(&format!("{lost} entr")), "{told}");
        assert_eq!(lexicon.report.rows.iter().filter(|row| row.done.contains("is no part of a word")).count(), lost);
    }
    let lexicon = read("x.csv", "term,category\ncivil_war,war\npeace,war\ncease_fire*,war\n");
    assert_eq!(entries(&lexicon), ["war: civil war", "war: peace", "war: cease fire*"]);
    assert!(lexicon.problems.iter().any(|p| p.kind == "entry-underscore" && p.found.starts_with("2 entries")));
    let lexicon = read("x.yml", "a:\n  - war\n  - #march\n");
    assert!(lexicon.problems.iter().any(|p| p.kind == "yaml-empty-item"), "{:?}", lexicon.problems);
    assert_eq!(entries(&read("x.yml", "a: [@desk, '#march', 50%]\n")), ["a: @desk", "a: #march", "a: 50%"]);
}

// 37-probabilities-are-no-contradiction
#[test]
fn case_37_dimensions_of_one_row_are_no_contradiction() {
    let mut text = String::from("word,care_p,fair_p,care_sent,fair_sent\n");
    (1..=9).for_each(|i| text.push_str(&format!("word{i},0.1{i},0.0{i},-0.2,0.3\n")));
    let lexicon = read("emfd.csv", &text);
    assert_eq!((lexicon.kind, lexicon.frames.len(), lexicon.entries.len()), (Kind::Sentiment, 4, 36));
    let told = checked(&lexicon);
    let about: Vec<_> = told.iter().filter(|line| line.contains("opposite signs")).collect();
    assert_eq!(about.len(), 1, "{told:?}");
    assert!(
        about[0]
            .starts_with("note: emfd.csv:2:1: 9 words are in several categories with opposite signs, first `word1`"),
        "{about:?}"
    );
    assert!(!told.iter().any(|line| line.contains("keep one of them") || line.starts_with("warning")), "{told:?}");
}

// 39-lost-letters-in-a-lexicon
#[test]
fn case_39_letters_that_were_lost_or_misread_are_named() {
    let lexicon = read("es.txt", "apocal\u{fffd}ptico\t-5\nat\u{fffd}nito\t-5\ncalma\t2\n");
    let told: Vec<String> = lexicon.problems.iter().map(ToString::to_string).collect();
    assert!(told.iter().any(|line| line.contains("es.txt:1:1: 2 entries hold U+FFFD")), "{told:?}");
    for (text, meant) in
        [("Ã¤rger\t-2\nruhe\t1\n", "ärger"), ("РјРёСЂ\t2\nwar\t-1\n", "мир"), ("donâ€™t\t-1\nok\t1\n", "don’t")]
    {
        let lexicon = read("x.txt", text);
        let told: Vec<String> = lexicon.problems.iter().map(ToString::to_string).collect();
        assert!(
            told.iter().any(|line| line.contains("x.txt:1:1: 1 entry looks as if UTF-8") && line.contains(meant)),
            "{told:?}"
        );
    }
    let fine = read("x.txt", "её\t1\nПётр\t1\nÄrger\t-1\nnaïve\t-1\nСША\t0\nção\t1\nÀ la carte\t1\n");
    assert!(!fine.problems.iter().any(|p| p.kind == "entry-misread"), "{:?}", fine.problems);
}

// 39-lost-letters-in-a-lexicon
#[test]
fn case_39_one_high_byte_is_western_not_japanese() {
    for (bytes, word) in [
        (&b"na\xefve\t-1\nwar\t-2\n"[..], "naïve"),
        (b"caf\xe9\t1\nwar\t-2\n", "café"),
        (b"se\xf1or\t2\n", "señor"),
        (b"don\x92t\t-1\nso\t0\n", "don’t"),
    ] {
        let lexicon = lexicon::parse("x.txt", bytes).unwrap();
        assert_eq!(lexicon.entries[0].text, word);
        assert!(lexicon.problems[0].found.contains("windows-1252"), "{}", lexicon.problems[0]);
    }
    let options = Options { encoding: Some("windows-9999".into()), ..Options::default() };
    let told = lexicon::parse_with("x.txt", b"a\t1\n", &options).unwrap_err().to_string();
    assert!(told.contains("no encoding is called `windows-9999`"), "{told}");
    let options = Options { encoding: Some("cp1251".into()), ..Options::default() };
    assert_eq!(lexicon::parse_with("x.txt", b"\xec\xe8\xf0\t2\n", &options).unwrap().entries[0].text, "мир");
}

// 48-rusentilex
#[test]
fn case_48_rusentilex_mpqa_and_sentiwordnet_are_read() {
    let text = "!Список\n! 1. слово, 2. часть речи, 3. лемма, 4. тональность, 5. источник\n\nдрака, Noun, драка, negative, fact\nмирный договор, NG, мирный договор, positive, fact\nшторм, Noun, шторм, negative, feeling, \"БУРЯ\"\nсомнение, Noun, сомнение, positive/negative, feeling\n";
    let lexicon = read("ru.txt", text);
    assert_eq!(
        entries(&lexicon),
        ["negative: драка", "positive: мирный договор", "negative: шторм", "positive-negative: сомнение"]
    );
    assert!(
        lexicon.entries[0].note.contains("Noun") && lexicon.entries[0].note.contains("fact"),
        "{}",
        lexicon.entries[0].note
    );
    let text = "type=strongsubj len=1 word1=brawl pos1=noun stemmed1=n priorpolarity=negative\ntype=weaksubj len=1 word1=calm pos1=verb stemmed1=y priorpolarity=positive\n";
    let lexicon = read("clues.tff", text);
    assert_eq!(
        (lexicon.format, entries(&lexicon)),
        (Format::Mpqa, vec!["negative: brawl".into(), "positive: calm".into()])
    );
    assert_eq!((lexicon.entries[0].mode, lexicon.entries[1].mode), (MatchMode::Exact, MatchMode::Stem));
    let text = "# SentiWordNet\n# POS\tID\tPosScore\tNegScore\tSynsetTerms\tGloss\nn\t00002098\t0\t0.75\tbrawl#1 row#2\ta public fight\nn\t00002099\t0.25\t0\trow#1\ta line\n#\t\t\t\t\t\n";
    let lexicon = read("swn.txt", text);
    assert_eq!(lexicon.format, Format::SentiWordNet);
    // (−0.75 / 2 + 0.25 / 1) / (1 / 2 + 1 / 1) = −0.083…
    assert_eq!(weighted(&lexicon), ["swn: brawl -0.75", "swn: row -0.083"]);
    assert!(lexicon.problems.iter().any(|p| p.kind == "sense-merged"));
}

#[test]
fn a_weight_of_zero_is_declared_where_a_form_cannot_hold_it() {
    let text = "[lexicon]\nname = \"n\"\nmatch = \"exact\"\nkind = \"sentiment\"\n[[frame]]\nname = \"f\"\nterms = [{ term = \"plain\", weight = 0 }, { term = \"good\", weight = 2, match = \"exact\" }, \"a_b\"]\n";
    let lexicon = read("x.toml", text);
    let lost = |form: Form| -> Vec<String> {
        write::write(&lexicon, form).losses.iter().map(|loss| format!("{}: {}", loss.what, loss.text)).collect()
    };
    assert!(lost(Form::Dicx).contains(&"zero weight: plain".to_string()), "{:?}", lost(Form::Dicx));
    assert!(lost(Form::Dicx).contains(&"lexicon kind: n".to_string()));
    assert!(lost(Form::Dic).contains(&"weight: plain".to_string()), "{:?}", lost(Form::Dic));
    assert!(lost(Form::Cat).contains(&"underscore: a_b".to_string()), "{:?}", lost(Form::Cat));
    assert!(!lost(Form::Csv).iter().any(|loss| loss.contains("plain")), "{:?}", lost(Form::Csv));
    let again = read("x.dicx", &write::write(&lexicon, Form::Dicx).text);
    assert!(!again.entries.iter().any(|entry| entry.text == "plain"));
    let zero = read("x.txt", "plain\t0\ngood\t2\n");
    assert_eq!(zero.entries[0].weight, 0);
}

// 59-check-quadratic-phrases
#[test]
fn case_59_phrases_that_share_a_word_are_compared_in_linear_work() {
    let work = |n: usize, term: &dyn Fn(usize) -> String| {
        let terms: Vec<String> = (0..n).map(|i| format!("\"{}\"", term(i))).collect();
        let lexicon = read("x.toml", &format!("[[frame]]\nname = \"f\"\nterms = [{}]\n", terms.join(",")));
        let (_, work) = check::check_counting(&lexicon, &|word| word.to_string());
        work
    };
    for term in [&|i| format!("the w{i:05}") as String, &|i| format!("*w{i:05}*"), &|i| format!("w{i:05}* of the")]
        as [&dyn Fn(usize) -> String; 3]
    {
        let (small, large) = (work(500, term), work(5000, term));
        assert!(large <= 60 * 5000 && large <= 60 * small.max(500), "{} {small} {large}", term(7));
    }
    let excepted = |n: usize| {
        let list = |prefix: &str| (0..n).map(|i| format!("\"{prefix} w{i:05}\"")).collect::<Vec<_>>().join(",");
        let text = format!("[[frame]]\nname = \"f\"\nterms = [{}]\nexcept = [{}]\n", list("the"), list("not the"));
        check::check_counting(&read("x.toml", &text), &|word| word.to_string()).1
    };
    assert!(excepted(3000) <= 100 * 3000, "{}", excepted(3000));
}

#[test]
fn candidates_lose_no_pair_that_one_covers() {
    let terms = [
        "a*", "*a", "ab*", "abc", "*bc*", "?bc", "x a*", "x ab", "x *b", "abcd", "a?c*", "bcb", "wars", "war*", "*r*",
        "x war", "* a",
    ];
    let list: Vec<String> = terms.iter().filter(|t| **t != "* a").map(|t| format!("\"{t}\"")).collect();
    for mode in ["exact", "stem"] {
        let lexicon = read(
            "x.toml",
            &format!("[lexicon]\nmatch = \"{mode}\"\n[[frame]]\nname = \"f\"\nterms = [{}]\n", list.join(",")),
        );
        let told = checked(&lexicon);
        for narrow in ["ab*", "abc", "abcd", "x ab", "wars", "a?c*"] {
            assert!(
                told.iter().any(|line| line.contains(&format!("`{narrow}` is redundant"))),
                "{mode} {narrow}: {told:?}"
            );
        }
    }
}

// 60-ykd-quadratic
#[test]
fn case_60_a_column_costs_a_block_whatever_the_length_of_its_line() {
    use framescope::text::Lines;
    let text = format!("é\n{}x", "ö,".repeat(40_000));
    let lines = Lines::of(&text);
    let naive = |byte: usize| {
        let start = text[..byte].rfind('\n').map_or(0, |at| at + 1);
        (text[..byte].matches('\n').count() as u32 + 1, text[start..byte].chars().count() as u32 + 1)
    };
    for byte in [0, 2, 3, 5, 511 + 4, 512, 513 + 2, 60_000, text.len() - 1, text.len()] {
        let byte = (0..=byte).rev().find(|&at| text.is_char_boundary(at)).unwrap();
        assert_eq!(lines.line_column(&text, byte as u32), naive(byte), "{byte}");
    }
    // a column is read off one block at most; nodes of one line cost as much as nodes of many
    const { assert!(Lines::BLOCK <= 4096) };
    let nodes = "<pnode name=\"ö\"/>".repeat(30_000);
    let refusal = lexicon::parse("x.ykd", format!("<dictionary>{nodes}</dictionary>").as_bytes());
    let Err(Error::Refused(problems)) = refusal else { panic!("no category, yet read") };
    assert!(problems.iter().any(|problem| problem.place.column == Some(13 + 17)), "columns in characters");
}

// 71-xml-entity-memory
#[test]
fn case_71_a_dictionary_has_no_document_type() {
    let text = format!(
        "<?xml version=\"1.0\"?>\n<!DOCTYPE d [<!ENTITY a \"{}\">]>\n<dictionary><cnode name=\"a\"><pnode name=\"b\"/></cnode></dictionary>",
        "x".repeat(1000)
    );
    let told = refused("x.ykd", &text);
    assert!(told.contains("x.ykd:2:1: a document type") && told.contains("delete it"), "{told}");
}

#[test]
fn yaml_anchors_unfold_within_bounds_and_signs_are_words() {
    let text = "base: &b [war, bomb]\nother:\n  more: *b\n  own: [*ist, &co, '!x']\n";
    assert_eq!(
        entries(&read("x.yml", text)),
        [
            "base: war",
            "base: bomb",
            "other/more: war",
            "other/more: bomb",
            "other/own: *ist",
            "other/own: &co",
            "other/own: !x"
        ]
    );
    let mut bomb = String::from("a0: &a0 [w, w, w, w, w, w, w, w, w, w]\n");
    (1..9).for_each(|i| bomb.push_str(&format!("a{i}: &a{i} [{}]\n", vec![format!("*a{}", i - 1); 10].join(", "))));
    assert!(refused("x.yml", &bomb).contains("aliases unfold"));
}

#[test]
fn frames_of_our_own_form_nest_so_deep_and_no_deeper() {
    let deep = |n: usize| format!("[[frame]]\nname = \"{}\"\nterms = [\"x\"]\n", vec!["a"; n].join("/"));
    assert_eq!(read("x.toml", &deep(32)).entries.len(), 1);
    assert!(
        refused("x.toml", &deep(33)).contains("x.toml:2:8: `a` is nested too deep: 33 levels; expected at most 32")
    );
    assert!(refused("x.csv", &format!("frame,term\n{},x\n", vec!["a"; 1500].join("/"))).contains("nested too deep"));
}

#[test]
fn limits_have_names() {
    let wide = format!("term{}\nx{}\n", ",c".repeat(20_000), ",1".repeat(20_000));
    assert!(refused("x.csv", &wide).contains("20001 columns; expected at most 10000"));
    let cell = format!("term,category\nwar,bad\n{},bad\n", "x".repeat(200_000));
    assert!(refused("x.csv", &cell).contains("a cell of 200000 bytes"));
    let long = format!("a: [{}]\n", "x".repeat(5_000));
    assert!(refused("x.yml", &long).contains("has 5000 characters"));
    let swallowed = "term,category\n\"war,bad\npeace,good\ntruce\",good\n";
    assert!(refused("x.csv", swallowed).contains("x.csv:2:1: a quotation mark takes 3 lines into one term"));
}

#[cfg(unix)]
#[test]
fn devices_pipes_and_folders_are_no_lexicons_and_a_bomb_is_refused() {
    for path in ["/dev/zero", "/dev/null", "/dev"] {
        let told = lexicon::load(path).unwrap_err().to_string();
        assert!(told.contains("expected a file"), "{path}: {told}");
    }
    let folder = std::env::temp_dir().join(format!("framescope-lexicon-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let pipe = folder.join("pipe.csv");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().is_ok_and(|status| status.success());
    if made {
        let told = lexicon::load(&pipe.to_string_lossy()).unwrap_err().to_string();
        assert!(told.contains("a device, a pipe or a socket"), "{told}");
    }
    let gz = folder.join("mood.csv.gz");
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packer, b"term,weight\nbrawl,-2\ntruce,1\n").unwrap();
    std::fs::write(&gz, packer.finish().unwrap()).unwrap();
    assert_eq!(lexicon::load(&gz.to_string_lossy()).unwrap().entries.len(), 2);
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn numbers_with_a_sign_between_them_are_words_one_behind_another() {
    let all = ["12:30", "24/7", "3:16", "50-50", "10:15:30", "coup"];
    let rows = |row: &dyn Fn(&str) -> String| all.map(row).concat();
    for (file, text) in [
        ("t.csv", format!("term,category\n{}", rows(&|word| format!("{word},time\n")))),
        ("t.json", format!("{{\"time\": [\"{}\"]}}", all.join("\", \""))),
        ("t.yml", format!("time:\n{}", rows(&|word| format!("  - \"{word}\"\n")))),
        ("time.txt", rows(&|word| format!("{word}\n"))),
    ] {
        let lexicon = read(file, &text);
        let found: Vec<String> = lexicon.entries.iter().map(|entry| super::words(&entry.pattern)).collect();
        assert_eq!(found, ["12·30", "24·7", "3·16", "50·50", "10·15·30", "coup"], "{file}");
        assert!(lexicon.entries.iter().all(|entry| !entry.unmatchable), "{file}");
        assert!(!checked(&lexicon).iter().any(|told| told.contains("can never match")), "{file}");
    }
    // an emoticon has no word, and that is said
    let lexicon = read("t.csv", "term,category\n:3,cat\n8),cool\n12:30,time\n");
    assert_eq!(lexicon.entries.iter().map(|entry| entry.unmatchable).collect::<Vec<_>>(), [true, true, false]);
    assert!(checked(&lexicon).iter().any(|told| told.contains("2 entries can never match")));
}

#[test]
fn a_table_without_a_header_may_begin_with_numbers_that_are_words() {
    for text in [
        "24/7,time\n9/11,time\ncoup,violence\nwar,violence\nriot,violence\ndawn,time\n",
        "24/7;time\ncoup;violence\nwar;violence\nriot;violence\n9/11;time\ndawn;time\n",
    ] {
        let lexicon = read("t.csv", text);
        let mut found = entries(&lexicon);
        found.sort();
        assert_eq!(
            found,
            ["time: 24/7", "time: 9/11", "time: dawn", "violence: coup", "violence: riot", "violence: war"]
        );
    }
    let lexicon = read("t.tsv", "24/7\t2\ncoup\t-3\n");
    assert_eq!(weighted(&lexicon), ["t: 24/7 2", "t: coup -3"]);
    // too few rows to tell categories from words: the column of the terms is named right
    let told = refused("t.csv", "24/7,time\ncoup,violence\n");
    assert!(told.contains("--shape 'term=1, category=2'"), "{told}");
}
