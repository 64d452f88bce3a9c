//! Lexicons that were read as something else without a word: each is read right now, or refused, or told, whatever its form.

use super::{entries, read, refused};
use framescope::lexicon::{self, Kind, Lexicon, Options, Set};

fn told(lexicon: &Lexicon) -> String {
    lexicon.problems.iter().map(|problem| format!("{problem}\n")).collect()
}

fn weighted(lexicon: &Lexicon) -> Vec<String> {
    let entries = lexicon.entries.iter();
    entries.map(|e| format!("{}: {} {}", lexicon.frames[e.frame].name, e.text, f64::from(e.weight) / 1000.0)).collect()
}

fn frames(lexicon: &Lexicon) -> Vec<&str> {
    lexicon.frames.iter().map(|frame| frame.name.as_str()).collect()
}

/// The kind that a run takes a file for.
fn kind_in_a_run(name: &str, text: &str) -> Kind {
    let folder = std::env::temp_dir().join(format!("framescope-kind-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join(name);
    std::fs::write(&file, text).unwrap();
    let set = Set::of_any_kind(&[file.to_str().unwrap().to_string()], &Options::default()).unwrap();
    let _ = std::fs::remove_dir_all(&folder);
    set.all().next().unwrap().kind
}

#[test]
fn a_column_of_terms_may_hold_numbers_and_so_may_one_of_categories() {
    let terms = read("t.csv", "term,category\n9/11,attack\n7/7,attack\n1984,fiction\nraid,attack\ntruce,peace\n");
    assert_eq!(entries(&terms)[..3], ["attack: 9/11", "attack: 7/7", "fiction: 1984"]);
    let told_of = refused("t.csv", "term,category\n1984,fiction\n2001,fiction\n");
    assert!(told_of.contains("`term` looks like the terms") && told_of.contains("'term=term, category=category'"));
    let years = read("t.csv", "term,category\nmask,2020\nvaccine,2021\nraid,conflict\ntruce,peace\n");
    assert_eq!(frames(&years), ["2020", "2021", "conflict", "peace"]);
    assert!(!told(&years).contains("category-number"), "{}", told(&years));
    assert_eq!(frames(&read("t.csv", "term,category\nhijack,9/11\nraid,war\nriot,war\n")), ["9-11", "war"]);
    assert_eq!(frames(&read("t.csv", "term,category\nhijack,3\nraid,1\nriot,1\n")), ["3", "1"], "codes are no weights");
    let total = read("t.csv", "term,category\nraid,war\nriot,war\ntruce,peace\nTotal,3\n");
    assert!(told(&total).contains("warning: t.csv:5:1: 1 category is a number"), "{}", told(&total));
    let other = refused("t.csv", "term,zzz\nhijack,9/11\nmask,9/11\nraid,war\nriot,war\n");
    assert!(other.contains("`zzz` may hold categories or notes"), "{other}");
}

#[test]
fn a_short_table_with_its_categories_in_front_is_not_read_as_lists() {
    for text in ["war,raid\nwar,riot\npeace,truce\n", "war,raid,a b\nwar,riot,c d\npeace,truce,e f\n"] {
        let asked = refused("t.csv", text);
        assert!(asked.contains("column 1 holds a word twice") && asked.contains("'term=2, category=1'"), "{asked}");
    }
    let polar = read("t.txt", "\"positive\"\t\"good\"\n\"negative\"\t\"bad\"\n\"negative\"\t\"grim\"\n");
    assert_eq!(entries(&polar), ["positive: good", "negative: bad", "negative: grim"]);
    let scored =
        refused("t.txt", "anger\trage\t1.8\nanger\tfury\t1.2\njoy\tyay\t0.7\njoy\tbliss\t0.9\nfear\tterror\t1.1\n");
    assert!(scored.contains("'term=2, category=1, weight=3'"), "{scored}");
    assert_eq!(frames(&read("t.csv", "war,peace\nraid,truce\nriot,\n")), ["war", "peace"], "lists of different length");
}

#[test]
fn a_category_and_its_first_word_in_one_cell_are_refused() {
    for sign in ["-", "–", "->", "="] {
        let asked = refused("t.txt", &format!("war {sign} raid, riot, siege\npeace {sign} truce, talks\n"));
        assert!(asked.contains("`war` and `raid` in one cell") && asked.contains("`war, raid, …`"), "{asked}");
        let asked = refused("t.txt", &format!("war {sign} raid\npeace {sign} truce\n"));
        assert!(asked.contains("two parts in every line") || sign == "=", "{asked}");
    }
}

#[test]
fn one_odd_line_does_not_refuse_a_list() {
    let list = |odd: &str| format!("raid\nriot\nsiege\n{odd}\ntruce\ntalks\n");
    for (odd, kind) in [
        ("20,000 people", ""),
        ("Guardian, The", "entry-list"),
        ("raid|raids", "entry-list"),
        ("[Rr]aid", "entry-regex"),
        ("Nord Stream: sabotage", "list-sign"),
        ("http://example.org", "list-sign"),
    ] {
        let lexicon = read("t.txt", &list(odd));
        assert_eq!(lexicon.entries.len(), 6, "{odd}");
        let warned = lexicon.problems.iter().find(|p| p.severity > framescope::error::Severity::Note);
        assert_eq!(warned.map_or("", |p| p.kind), kind, "{odd}: {}", told(&lexicon));
        assert!(warned.is_none_or(|p| p.place.line == Some(4)), "{}", told(&lexicon));
    }
    let prose = refused("t.txt", "raid\nriot\nsiege\na: b\nthey met in the old town hall\n");
    assert!(prose.contains("line 4 is `a: b`"), "{prose}");
}

#[test]
fn headings_of_a_list_are_told() {
    for text in
        ["WAR\nraid\nriot\n\nPEACE\ntruce\n", "War\nraid\n\nPeace\ntruce\n", "War\n  raid\n  riot\nPeace\n  truce\n"]
    {
        let lexicon = read("t.txt", text);
        assert!(told(&lexicon).contains("t.txt:1:1: 2 lines look like names of categories"), "{text}");
    }
    for text in [
        "raid\nriot\n\ntruce\ntalks\n",
        "Krieg\nRaub\n\nFriede\nRuhe\n",
        "NATO\nraid\nOPEC\nriot\n",
        "raid\n riot\ntruce\n",
    ] {
        assert!(!told(&read("t.txt", text)).contains("list-headings"), "{text}");
    }
    assert!(refused("t.txt", "War:\nraid\nriot\n").contains("`- word`"));
}

#[test]
fn brackets_strokes_and_slashes_are_told_in_every_form() {
    for (entry, kind) in [
        ("riot(s)", "entry-brackets"),
        ("colo(u)r", "entry-brackets"),
        ("migrant (noun)", "entry-brackets"),
        ("woman/women", "entry-list"),
        ("he/she", "entry-list"),
        ("/raid/i", "entry-regex"),
        (".*war", "entry-regex"),
        ("w\u{430}r", "entry-scripts"),
        ("м\u{69}р", "entry-scripts"),
    ] {
        let own = format!("[[frame]]\nname = 'f'\nterms = ['{entry}', 'truce']\n");
        for (file, text) in [
            ("t.toml", own),
            ("t.csv", format!("term,category\n{entry},f\ntruce,f\n")),
            ("t.txt", format!("{entry}\ntruce\n")),
            ("t.yml", format!("f: ['{entry}', truce]\n")),
        ] {
            assert!(told(&read(file, &text)).contains(kind), "{file}: {entry}: {}", told(&read(file, &text)));
        }
    }
    for entry in ["9/11", "24/7", "AC/DC", "km/h", "U.S.", "IT-компания", "20,000", "(Reuters)"] {
        let lexicon = read("t.csv", &format!("term,category\n\"{entry}\",f\ntruce,f\n"));
        let kinds: Vec<&str> =
            lexicon.problems.iter().map(|p| p.kind).filter(|kind| kind.starts_with("entry")).collect();
        assert!(kinds.is_empty(), "{entry}: {}", told(&lexicon));
    }
}

#[test]
fn numbers_in_yaml_are_weights_or_refused() {
    for file in ["t.yml", "t.txt"] {
        let lexicon = read(file, "good: 2\nbad: -1.5\nwar: -3\n");
        assert_eq!(
            (lexicon.kind, weighted(&lexicon)),
            (Kind::Sentiment, vec!["t: good 2".into(), "t: bad -1.5".into(), "t: war -3".into()])
        );
        assert!(told(&lexicon).contains("yaml-weights"));
    }
    let nested = read("t.yml", "positive:\n  good: 2\nnegative:\n  bad: -1\n  grim: -2\n");
    assert_eq!(weighted(&nested), ["positive: good 2", "negative: bad -1", "negative: grim -2"]);
    let mixed = refused("t.yml", "war: [raid, riot]\nnovel: 1984\n");
    assert!(mixed.contains("t.yml:2:8: `novel: 1984`") && mixed.contains("`novel: [1984]`"), "{mixed}");
    assert_eq!(
        entries(&read("t.yml", "war: [raid]\nnovel: '1984'\nyear: [2001]\n")),
        ["war: raid", "novel: 1984", "year: 2001"]
    );
}

#[test]
fn decimal_commas_without_quotation_marks_are_refused() {
    let asked = refused("t.csv", "word,score\ngood,0,5\nbad,-0,5\nwar,-1,0\n");
    assert!(asked.contains("t.csv:2: `good,0,5` has 3 cells, the header 2") && asked.contains("decimal"), "{asked}");
    assert!(
        refused("t.csv", "word,category,weight\ngood,pos,0,5\nbad,neg,-0,5\nwar,neg,-1,0\n").contains("decimal commas")
    );
    assert!(refused("t.csv", "good,0,5\nbad,-0,5\nwar,-1,0\n").contains("hold numbers"));
    let of_r = read("t.csv", "word,score\n1,good,0.5\n2,bad,-0.5\n");
    assert_eq!(weighted(&of_r), ["t: good 0.5", "t: bad -0.5"], "names of rows, as R writes them");
}

#[test]
fn frequencies_are_no_weights() {
    for rate in ["pct", "tf_idf", "NormFreq", "Relative frequency"] {
        let lexicon = read("t.csv", &format!("word,freq,{rate}\nraid,12,3.4\nriot,34,10.2\ntruce,5,1.5\n"));
        assert_eq!((lexicon.kind, weighted(&lexicon)[0].as_str()), (Kind::Frames, "t: raid 1"), "{rate}");
    }
    let asked = refused("t.csv", "word,hits,share\nraid,12,0.34\nriot,34,0.5\ntruce,5,0.15\n");
    assert!(asked.contains("`share` stands beside a count") && asked.contains("'term=word, category=-'"), "{asked}");
    let scored = read("t.csv", "word,freq,sent_score\nraid,12,1.5\nriot,34,2.5\ntruce,5,3.5\n");
    assert_eq!((scored.kind, weighted(&scored)[0].as_str()), (Kind::Sentiment, "t: raid 1.5"));
    assert!(told(&scored).contains("that is no count, rank or spread"), "{}", told(&scored));
}

#[test]
fn signs_of_weights_that_deny_their_category_are_told() {
    let mixed = read("t.csv", "word,polarity,score\ngood,positive,0.5\nbad,negative,0.7\nwar,negative,-0.9\n");
    assert!(
        told(&mixed).contains("t.csv:3:1: `bad` is in `negative` and has a weight above 0, where `war`"),
        "{}",
        told(&mixed)
    );
    let odd = read("t.csv", "word,polarity,score\ngood,positive,-0.5\nbad,negative,-0.7\n");
    assert!(told(&odd).contains("t.csv:2:1: `good` is in `positive` and has a weight below 0"), "{}", told(&odd));
    for scores in [("0.5", "0.7"), ("0.5", "-0.7")] {
        let text = format!("word,polarity,score\ngood,positive,{}\nbad,negative,{}\n", scores.0, scores.1);
        assert!(!told(&read("t.csv", &text)).contains("weight-signs"));
    }
}

#[test]
fn polarities_have_a_neutral_class_and_names_in_several_languages() {
    for (file, text) in [
        ("t.csv", "word,polarity\ngood,positive\nbad,negative\ntable,neutral\n"),
        ("t.csv", "bien;positif\nmal;négatif\nguerre;négatif\nbon;positif\n"),
        ("t.csv", "gut,positiv\nschlecht,negativ\nKrieg,negativ\nTisch,neutral\n"),
        ("t.csv", "слово;тональность\nмир;позитив\nвойна;негатив\nстол;нейтрально\n"),
        ("own.csv", "frame,term,weight\npositive,good,1\nnegative,bad,1\n"),
        ("own.csv", "frame,term,weight\nanew,good,1.5\nanew,bad,-2\n"),
    ] {
        assert_eq!(kind_in_a_run(file, text), Kind::Sentiment, "{text}");
    }
    let others = "word,category\ngood,positive\nbad,negative\nriot,anger\nraid,anger\nhope,positive\nwoe,negative\n";
    assert_eq!(kind_in_a_run("t.csv", others), Kind::Frames);
    assert_eq!(kind_in_a_run("own.csv", "frame,term,weight\nwar,raid,1\npeace,truce,2\n"), Kind::Frames);
}

#[test]
fn tags_behind_the_terms_of_any_form_are_refused() {
    for (good, war) in [
        ("good/JJ", "war/NN"),
        ("good.a.01", "war.n.01"),
        ("good.a", "war.n"),
        ("good-a", "war-n"),
        ("good_JJ", "war_NN"),
        ("good:a", "war:n"),
        ("good (adj)", "war (n.)"),
        ("good [adj]", "war [n]"),
    ] {
        for (file, text) in [
            ("t.csv", format!("word,score\n{good},2\n{war},-3\n")),
            ("t.json", format!("{{\"{good}\": 2, \"{war}\": -3}}")),
        ] {
            assert!(refused(file, &text).contains(&format!("tags behind its words, first `{good}`")), "{file}: {good}");
        }
    }
    assert_eq!(read("t.txt", "vitamin-a\nhepatitis-a\ninfluenza-a\n").entries.len(), 3, "one letter is no tag");
    assert_eq!(read("t.csv", "word,score\ngood.a,2\nwar,-3\nraid,-2\n").entries.len(), 3, "nor is what one term has");
}

#[test]
fn a_star_where_a_form_has_no_wildcard_is_told() {
    let lexicon = read("t.dic", "%\n1\tA\n%\n*war\t1\npro*ist\t1\nriot*\t1\nf**k\t1\n");
    assert!(told(&lexicon).contains("warning: t.dic:4:1: 2 entries have `*`"), "{}", told(&lexicon));
    assert!(told(&read("t.txt", "raid\npro*ist\n")).contains("t.txt:2:1: 1 entry has `*`"));
    assert!(!told(&read("t.txt", "f**k\nsh*t\n*phobia\nriot*\n")).contains("entry-wildcard"));
}

#[test]
fn an_underscore_of_its_own_leaves_its_entry_out_of_foreign_forms() {
    use lexicon::write::{Form, write};
    let lexicon = read("t.toml", "[[frame]]\nname = 'f'\nterms = ['=snake_case', 'raid']\n");
    for form in [Form::Dic, Form::Dicx, Form::Cat, Form::Yaml] {
        let written = write(&lexicon, form);
        let lost: Vec<&str> = written.losses.iter().filter(|loss| loss.left_out).map(|loss| loss.what).collect();
        assert_eq!(lost, ["underscore"], "{form:?}");
        assert!(!written.text.contains("snake"), "{}", written.text);
    }
    assert!(write(&lexicon, Form::Csv).text.contains("snake_case"));
}

#[test]
fn names_of_categories_that_change_or_differ_by_capitals_are_told() {
    let lexicon = read("t.csv", "term,category\nraid,Conflict\nriot,conflict\nsiege,Conflict\nn,B/C\n");
    assert_eq!(frames(&lexicon), ["Conflict", "conflict", "B-C"]);
    assert!(told(&lexicon).contains("warning: t.csv:3:1: 1 category differs from another only by its capitals"));
    assert!(told(&lexicon).contains("`B/C` is now `B-C`"), "{}", told(&lexicon));
    assert_eq!(entries(&read("t.cat", "{EXCLUSION}\n\traid (1)\n")), ["{EXCLUSION}: raid"]);
    let list = read("non-negative.txt", "raid\nriot\n");
    assert_eq!((list.kind, frames(&list)[0]), (Kind::Frames, "non-negative"), "not a list of negative words");
}

#[test]
fn a_misspelt_column_of_our_own_table_is_refused_and_any_other_is_told() {
    for (name, meant) in [
        ("wieght", "weight"),
        ("excpet", "except"),
        ("exception", "except"),
        ("exclude", "except"),
        ("match case", "match"),
    ] {
        let asked = refused("t.csv", &format!("frame,term,{name}\nwar,raid,1\n"));
        assert!(asked.contains(&format!("t.csv:1:12: no column is called `{name}`")), "{asked}");
        assert!(asked.contains(&format!("did you mean `{meant}`?")), "{asked}");
    }
    let noted = read("t.csv", "frame,term,coder,subframe,notes\nwar,raid,ann,a,b\n");
    assert_eq!(noted.entries[0].note, "coder: ann; subframe: a; notes: b");
    assert!(told(&noted).contains("2 columns are kept in the notes"), "{}", told(&noted));
    assert!(refused("t.csv", "frame,term,except\nwar,raid,maybe\n").contains("t.csv:2:10: except `maybe`"));
    let except = read("t.csv", "frame,term,except\nwar,raid,no\nwar,air raid,yes\n");
    assert_eq!(except.entries.iter().map(|entry| entry.except).collect::<Vec<_>>(), [false, true]);
}

#[test]
fn terms_that_a_table_says_to_leave_out_are_not_counted_in_silence() {
    for (name, values) in
        [("type", ["term", "exception"]), ("action", ["keep", "drop"]), ("status", ["include", "exclude"])]
    {
        let [in_, out] = values;
        for (first, shape) in [("category", "term=term, category=category"), ("frame", "term=term, category=frame")] {
            let text = format!("{first},term,{name}\nwar,raid,{in_}\nwar,air raid,{out}\npeace,truce,{in_}\n");
            let asked = refused("t.csv", &text);
            assert!(asked.contains(&format!("`{name}` says `{out}` of some terms")), "{asked}");
            assert!(asked.contains(&format!("--shape '{shape}'")), "{asked}");
            let options = Options { shape: Some(shape.to_string()), ..Options::default() };
            assert_eq!(lexicon::parse_with("t.csv", text.as_bytes(), &options).unwrap().entries.len(), 3);
        }
    }
}

#[test]
fn a_column_of_years_beside_columns_of_words_makes_no_category() {
    assert!(refused("t.csv", "Economy,Crime,Years\ntax,raid,2016\nprice,theft,2020\n").contains("are not clear"));
    let since = read("t.csv", "Word,Negative,Positive\nLOSS,2009,0\nGAIN,0,2011\n");
    assert_eq!(entries(&since), ["Negative: LOSS", "Positive: GAIN"]);
}

#[test]
fn conditions_that_are_read_as_phrases_are_told() {
    for entry in ["strike NOT NEAR/3 hunger|lightning", "coup|riot BEFORE/3 town", "march BEFORE/3 (army, police)"] {
        let lexicon = read("t.toml", &format!("[[frame]]\nname = 'f'\nterms = ['{entry}']\n"));
        assert!(told(&lexicon).contains("entry-alternatives"), "{entry}: {}", told(&lexicon));
    }
    let fine = read("t.toml", "[[frame]]\nname = 'f'\nterms = ['strike NOT NEAR/3 (hunger | lightning)']\n");
    assert!(fine.problems.is_empty(), "{}", told(&fine));
    for (file, text) in [
        ("t.yml", "f: ['seize* BEFORE/3 power', truce]\n"),
        ("t.csv", "term,category\nseize* BEFORE/3 power,f\ntruce,f\n"),
        ("t.txt", "seize* BEFORE/3 power\ntruce\n"),
    ] {
        assert!(told(&read(file, text)).contains("entry-condition"), "{file}");
    }
    assert!(read("t.csv", "frame,term\nf,seize* BEFORE/3 power\n").problems.is_empty());
}

#[test]
fn the_spread_of_a_score_is_no_dimension_in_json() {
    let lexicon = read(
        "t.json",
        r#"{"war": {"score": -2.9, "sd": 0.4}, "calm": {"score": 1.5, "sd": 0.2}, "fair": {"score": 2, "sd": 0.6}}"#,
    );
    assert_eq!(weighted(&lexicon), ["t: war -2.9", "t: calm 1.5", "t: fair 2"]);
    assert_eq!(lexicon.entries[0].sd, Some(400));
}
