//! Tables and lists whose shape can be mistaken: what is proved is read, what is not is refused with a shape that works.

use super::{entries, read, refused, words};
use framescope::lexicon::{self, Format, Lexicon, Options};

fn shaped(file: &str, text: &str, shape: &str) -> Result<Lexicon, String> {
    let options = Options { shape: Some(shape.to_string()), ..Options::default() };
    lexicon::parse_with(file, text.as_bytes(), &options).map_err(|error| error.to_string())
}

fn kinds(lexicon: &Lexicon) -> Vec<&'static str> {
    lexicon.problems.iter().map(|problem| problem.kind).collect()
}

fn weights(lexicon: &Lexicon) -> Vec<i32> {
    lexicon.entries.iter().map(|entry| entry.weight).collect()
}

/// Every shape that a refusal offers reads the table.
fn offers(file: &str, text: &str, expected: &[&str]) {
    let told = refused(file, text);
    let offered: Vec<&str> = told.split("--shape '").skip(1).filter_map(|rest| rest.split('\'').next()).collect();
    assert_eq!(offered, expected, "{told}");
    for shape in offered {
        assert!(shaped(file, text, shape).is_ok(), "{shape}: {:?}", shaped(file, text, shape).err());
    }
}

#[test]
fn a_star_at_an_end_of_a_word_is_a_wildcard_in_lists_too() {
    for (file, text) in [
        ("list.txt", "strik*\nf**k\n*phobia\n"),
        ("one.csv", "word\nstrik*\nf**k\n*phobia\n"),
        ("scores.txt", "strik*\t-4\nf**k\t-2\n*phobia\t-3\n"),
        ("scores.json", "{\"strik*\": -4, \"f**k\": -2, \"*phobia\": -3}"),
    ] {
        let lexicon = read(file, text);
        let patterns: Vec<String> = lexicon.entries.iter().map(|entry| words(&entry.pattern)).collect();
        assert_eq!(patterns, ["strik*", "f·k", "*phobia"], "{file}");
        assert!(lexicon.problems.iter().any(|p| p.kind == "entry-star" && p.found.starts_with("2 entries")), "{file}");
    }
    let lexicon = read("scores.txt", ":*\t2\nbull****\t-3\n");
    assert_eq!(entries(&lexicon), ["scores: :\\*", "scores: bull\\*\\*\\*\\*"]);
}

#[test]
fn a_column_called_pos_is_a_category_beside_neg() {
    let lexicon = read("a.csv", "word,neg,pos\ncruel,1,0\nkind,0,1\nfair,0,1\n");
    assert_eq!(entries(&lexicon), ["neg: cruel", "pos: kind", "pos: fair"]);
    let lexicon = read("a.csv", "word,source,econ\nstrike,1,0\ntax,0,1\n");
    assert_eq!(entries(&lexicon), ["source: strike", "econ: tax"]);
    let lexicon = read("a.csv", "word,pos,score\ncruel,a,-1.5\nkind,n,2\n");
    assert_eq!((weights(&lexicon), lexicon.entries[0].note.as_str()), (vec![-1500, 2000], "pos: a"));
    let lexicon = read("a.dicx", "DicTerm,pos,neg,note,date\ncruel,,X,X,\nkind,X,,,X\n");
    assert_eq!(entries(&lexicon), ["neg: cruel", "note: cruel", "pos: kind", "date: kind"]);
}

#[test]
fn every_column_of_a_dicx_is_a_category_whatever_it_is_called() {
    let lexicon = read("a.dicx", "DicTerm,2020,war\nvirus,X,\ntank,,X\n");
    assert_eq!(entries(&lexicon), ["2020: virus", "war: tank"]);
    let lexicon = read("a.csv", "term,2019,2020\nstrike,X,\nvirus,,X\n");
    assert_eq!(entries(&lexicon), ["2019: strike", "2020: virus"]);
}

#[test]
fn a_flag_or_a_count_is_no_weight() {
    let rows = |name: &str| format!("term,category,{name}\ncruel,neg,0\nkind,pos,1\nbitter,neg,0\nfair,pos,0\n");
    for name in ["exclude", "is_phrase", "formal"] {
        let weight = format!("term=term, category=category, weight={name}");
        offers("a.csv", &rows(name), &[&weight, "term=term, category=category"]);
        assert!(refused("a.csv", &rows(name)).contains(&format!("`{name}`")));
    }
    for name in ["coder", "hits", "frequency"] {
        let lexicon = read("a.csv", &rows(name));
        assert_eq!((lexicon.entries.len(), weights(&lexicon)), (4, vec![1000; 4]), "{name}");
    }
    let lexicon = read("a.csv", "term,category,force\ncruel,neg,-1.5\nkind,pos,2\nbitter,neg,-1\nfair,pos,1\n");
    assert_eq!(weights(&lexicon), [-1500, 2000, -1000, 1000]);
    offers(
        "a.csv",
        "term,category,force\ncruel,neg,3\nkind,pos,2\nbitter,neg,1\nfair,pos,1\n",
        &["term=term, category=category, weight=force", "term=term, category=category"],
    );
    offers(
        "a.csv",
        "term,econ,war,excluded\ntax,1,0,0\ntank,0,1,1\n",
        &["term=term, categories=econ|war", "term=term, categories=econ|war|excluded"],
    );
}

#[test]
fn zeros_of_a_complete_list_are_left_out_and_told() {
    let lexicon = read("a.csv", "word,emotion,association\ncruel,anger,1\ncruel,joy,0\nkind,anger,0\nkind,joy,1\n");
    assert_eq!(entries(&lexicon), ["anger: cruel", "joy: kind"]);
    assert!(lexicon.problems.iter().any(|p| p.kind == "entry-zero" && p.found.starts_with("2 lines")));
}

#[test]
fn marks_and_other_numbers_are_not_mixed() {
    let told = refused("a.csv", "a,b,c\ngood,2,x\n");
    assert!(told.contains("`b` holds numbers, `c` marks") && told.contains("--shape 'term=a, categories=c'"), "{told}");
}

#[test]
fn categories_have_names_of_many_languages() {
    for (file, text) in [
        ("a.csv", "word,theme\nstrike,conflict\ntruce,settlement\nclash,conflict\n"),
        ("a.csv", "слово,категория\nстачка,conflict\nдоговор,settlement\nстычка,conflict\n"),
        ("a.csv", "mot,catégorie\ngrève,conflict\ntrêve,settlement\nrixe,conflict\n"),
        ("a.csv", "palabra;categoría\nhuelga;conflict\ntregua;settlement\nriña;conflict\n"),
    ] {
        let lexicon = read(file, text);
        let names: Vec<&str> = lexicon.frames.iter().map(|frame| frame.name.as_str()).collect();
        assert_eq!(names, ["conflict", "settlement"], "{text}");
    }
    let lexicon = read("a.csv", "Wort;Kategorie;Gewicht\nStreik;Konflikt;-1,5\nPakt;Einigung;2\nKampf;Konflikt;-1\n");
    assert_eq!((lexicon.frames.len(), weights(&lexicon)), (2, vec![-1500, 2000, -1000]));
}

#[test]
fn words_that_may_be_categories_are_not_made_notes() {
    let text = "word,zzz\nstrike,conflict\ntruce,settlement\nclash,conflict\nquiet,settlement\n";
    offers("a.csv", text, &["term=word, category=zzz", "term=word, category=-"]);
    let text = "word,zzz,score\nstrike,conflict,-1\ntruce,settlement,2\nclash,conflict,-2\nquiet,settlement,1\n";
    offers("a.csv", text, &["term=word, category=zzz, weight=score", "term=word, category=-, weight=score"]);
    let headless = "strike,conflict\ntruce,settlement\nclash,conflict\nquiet,settlement\n";
    offers("a.csv", headless, &["term=1, category=2", "term=1, category=-"]);
    let lexicon = read("a.csv", "word,german\nstrike,Streik\ntruce,Pakt\nclash,Kampf\nquiet,Ruhe\n");
    assert_eq!((lexicon.frames.len(), lexicon.entries[0].note.as_str()), (1, "german: Streik"), "no value recurs");
}

#[test]
fn rows_and_columns_of_words_are_told_apart_or_refused() {
    for text in ["trade,tax,price,budget\nwar,tank,army,bomb\ncrime,theft,jail,police\n", "war,peace\ntank,truce\n"] {
        let told = refused("a.csv", text);
        assert!(told.contains("--shape 'columns', or --shape 'rows'"), "{told}");
    }
    let longer = read("a.tsv", "trade\ttax\tprice\tbudget\tbank\nwar\ttank\tarmy\tbomb\n");
    assert_eq!((longer.format, longer.frames.len(), longer.entries.len()), (Format::Rows, 2, 7));
    let padded = read("a.csv", "trade,tax,,\nwar,tank,army,bomb\n");
    assert_eq!((padded.format, padded.frames.len(), padded.entries.len()), (Format::Rows, 2, 4));
    let columns = read("a.csv", "war,peace,trade\ntank,truce,tax\nbomb,pact,\narmy,,\n");
    assert_eq!((columns.format, columns.frames.len(), columns.entries.len()), (Format::Ragged, 3, 6));
    let polar = read("a.csv", "neg,cruel,bitter,worse\npos,kind,fair,fine\n");
    assert_eq!(entries(&polar)[..3], ["neg: cruel", "neg: bitter", "neg: worse"]);
    let polar = read("a.csv", "positive,negative\nkind,cruel\nfair,bitter\n");
    assert_eq!(entries(&polar), ["positive: kind", "negative: cruel", "positive: fair", "negative: bitter"]);
}

#[test]
fn json_from_words_to_categories_is_turned_round() {
    let text = "{\"cruel\":[\"anger\",\"bad\"],\"grim\":[\"bad\",\"fear\"],\"kind\":[\"good\"],\"rage\":[\"anger\",\"bad\"],\"dread\":[\"fear\"],\"fair\":[\"good\"]}";
    let lexicon = read("a.json", text);
    assert_eq!(entries(&lexicon)[..4], ["anger: cruel", "bad: cruel", "bad: grim", "fear: grim"]);
    assert_eq!((lexicon.frames.len(), kinds(&lexicon)), (4, vec!["json-shape"]));
    let lexicon = read("a.json", "{\"war\":[\"tank\",\"bomb\"],\"peace\":[\"pact\"],\"trade\":[\"tax\",\"pact\"]}");
    assert_eq!(entries(&lexicon)[0], "war: tank");
    let lexicon = read("a.json", "{\"war\":[\"clash\"],\"riot\":[\"clash\"],\"pact\":[\"calm\"]}");
    assert!(lexicon.problems.iter().any(|p| p.kind == "json-shape"), "either way is possible");
    let yaml = "cruel: [anger, bad]\nrage: [anger, bad]\nkind: [good]\nfair: [good]\n";
    assert!(refused("a.yml", yaml).contains("are the keys the words?"));
}

#[test]
fn true_and_false_yes_and_no_are_marks() {
    for (yes, no) in [("TRUE", "FALSE"), ("True", "False"), ("yes", "no"), ("Y", "N"), ("T", "F"), ("X", "")] {
        let lexicon = read("a.csv", &format!("term,econ,war\ntax,{yes},{no}\ntank,{no},{yes}\n"));
        assert_eq!(entries(&lexicon), ["econ: tax", "war: tank"], "{yes}");
    }
    let lexicon = read("a.csv", "lemma,polarity\ncruel,-\nkind,+\ndesk,0\n");
    assert_eq!(entries(&lexicon), ["negative: cruel", "positive: kind", "neutral: desk"]);
}

#[test]
fn yaml_reads_every_line_of_a_block_and_every_document() {
    let lexicon = read("a.yml", "war: |\n  tank\n  army\n  peace talks\npeace: [truce]\n");
    assert_eq!(entries(&lexicon), ["war: tank", "war: army", "war: peace talks", "peace: truce"]);
    assert_eq!((lexicon.entries[2].line, kinds(&lexicon)), (4, vec!["yaml-block"]));
    for text in ["war: >\n  tank\n  army\n", "war:\n  tank\n  army\npeace: [truce]\n"] {
        assert!(kinds(&read("a.yml", text)).contains(&"yaml-lines"), "{text}");
    }
    assert!(kinds(&read("a.yml", "war: tank\npeace:\n  - pact\n  - peace talks\n")).is_empty());
    let lexicon = read("a.yml", "a: [war]\n---\nb: [peace]\n---\na: [clash]\n");
    assert_eq!(entries(&lexicon), ["a: war", "b: peace", "a: clash"]);
    assert!(refused("a.yml", "a: [war]\n---\n- peace\n").contains("a.yml:3:1: a second document"));
}

#[test]
fn operators_without_a_number_are_told() {
    for term in ["tax AND cut", "gas OR oil", "coal NOT mine", "war BEFORE peace"] {
        let own = read("a.toml", &format!("[[frame]]\nname = \"f\"\nterms = [\"{term}\"]\n"));
        let told: Vec<String> = own.problems.iter().map(ToString::to_string).collect();
        assert!(
            told[0].starts_with("warning: a.toml:3:10: 1 entry has an operator or a sign of another program"),
            "{told:?}"
        );
        assert!(told[0].contains(if term == "gas OR oil" { "write two entries" } else { "/5" }), "{told:?}");
        assert!(kinds(&read("a.yml", &format!("f: [{term}]\n"))).contains(&"entry-operator"));
    }
    let fine =
        read("a.toml", "[[frame]]\nname = \"f\"\nterms = [\"LONG BEFORE DAWN\", \"not a war\", \"tax NEAR/3 cut\"]\n");
    assert!(kinds(&fine).is_empty());
}

/// Operators of Nexis, Factiva, EBSCO and Ovid, and truncation with `!`, each with what to write; what is a word in small letters is none.
#[test]
fn operators_and_signs_of_other_programs_are_told() {
    let read_one = |term: &str| read("a.toml", &format!("[[frame]]\nname = \"f\"\nterms = [\"{term}\"]\n"));
    let told = [
        ("tax w/3 cut", "write `NEAR/3`"),
        ("tax W/s cut", "write `NEAR/S`"),
        ("tax PRE/3 cut", "write `BEFORE/3`"),
        ("tax WITHIN/12 cut", "write `NEAR/12`"),
        ("tax NOT/3 cut", "write `NOT NEAR/3`"),
        ("tax N3 cut", "write NEAR/3,"),
        ("tax W5 cut", "write BEFORE/5,"),
        ("tax adj3 cut", "write `NEAR/3`"),
        ("tax NEAR3 cut", "write `NEAR/3`"),
        ("NOT taxes", "`tax NOT NEAR/5 taxes`"),
        ("tax AND NOT cut", "write NOT NEAR/5 for AND NOT,"),
        ("tax NOT cut", "write NOT NEAR/5,"),
        ("tax w/0 cut", "write a number of words from 1: `NEAR/5`"),
        ("terroris!", "write `terroris*`"),
        ("arson! attack", "write `arson*`"),
        ("(bread", "both parentheses"),
        ("bread)", "both parentheses"),
    ];
    for (term, instead) in told {
        let lexicon = read_one(term);
        let said: Vec<String> = lexicon.problems.iter().map(ToString::to_string).collect();
        assert!(
            kinds(&lexicon).contains(&"entry-operator") && said.iter().any(|one| one.contains(instead)),
            "{term}: {said:?}"
        );
    }
    let fine = [
        "the n3 road",
        "N3 toll",
        "Yahoo!",
        "lock her up!",
        "not taxes",
        "n/a",
        "8 w/o 3",
        "a) first",
        "f-16 jet",
        "H2 fuel",
        "A/B test now",
    ];
    for term in fine {
        assert!(!kinds(&read_one(term)).contains(&"entry-operator"), "{term}: {:?}", read_one(term).problems);
    }
    assert!(
        refused("a.toml", "[[frame]]\nname = \"f\"\nterms = [\"bread NEAR/3 (market|\"]\n")
            .contains("both parentheses")
    );
}

#[test]
fn short_words_with_question_marks_are_no_emoticons() {
    let lexicon = read("a.yml", "f:\n- b?d\n- m?n\n- \":?\"\n");
    let unmatchable: Vec<bool> = lexicon.entries.iter().map(|entry| entry.unmatchable).collect();
    assert_eq!(unmatchable, [false, false, true]);
    let lexicon = read("list.txt", "na?ve\nwhat?\n");
    assert!(lexicon.problems.iter().any(|p| p.kind == "entry-signs" && p.found.starts_with("1 entry")));
}

#[test]
fn lines_above_a_table_make_no_yaml_of_it() {
    let text = "!Contents:\n!1. word,\n!2. tone: positive, negative,\n\nстачка, Noun, стачка, negative, fact\nдоговор, Noun, договор, positive, fact\n";
    assert_eq!(entries(&read("a.txt", text)), ["negative: стачка", "positive: договор"]);
}

#[test]
fn hints_fit_what_is_wrong() {
    let told = refused("a.toml", "[[frame]]\nname = \"f\"\nterms = [\"war\", { term = \"war\", weight = 2 }]\n");
    assert!(told.contains("delete one of the two in line 3"), "{told}");
    let told = refused("a.json", &format!("{}{}", "[".repeat(1000), "]".repeat(1000)));
    assert!(told.contains("nested too deep") && !told.contains("quotation"), "{told}");
}

#[test]
fn regular_expressions_headings_and_bullets_are_told() {
    let lexicon = read("a.csv", "term,category\nwar.*,a\n\\bbomb\\b,a\nprotest(er|s),b\n[Ss]trike,b\nu.s.,a\ntank,b\n");
    assert!(lexicon.problems.iter().any(|p| p.kind == "entry-regex" && p.found.starts_with("4 entries")));
    let lexicon = read("a.txt", "# conflict\nwar\nclash\n\n# settlement\npact\n");
    assert!(lexicon.problems.iter().any(|p| p.kind == "list-comments" && p.found.starts_with("2 lines")));
    assert!(kinds(&read("a.txt", "# collected by hand\nwar\nclash\n")).is_empty());
    assert_eq!(entries(&read("a.txt", "+conflict\nwar\n+settlement\npact\n")), ["conflict: war", "settlement: pact"]);
    let lexicon = read("a.md", "* war\n* clash\n1. fight\n2. peace talks\n");
    assert_eq!(entries(&lexicon), ["a: war", "a: clash", "a: fight", "a: peace talks"]);
}

#[test]
fn a_shape_that_tells_only_the_terms_leaves_the_rest_to_the_cells() {
    let text = "English (en)\tRussian (ru)\tPositive\tNegative\nwar\tвойна\t0\t1\npeace\tмир\t1\t0\n";
    let lexicon = shaped("nrc.txt", text, "term=Russian (ru)").unwrap();
    assert_eq!(entries(&lexicon), ["Negative: война", "Positive: мир"]);
    let told = shaped("nrc.txt", text, "term=Russian (ru), category=Positive, category=Negative").unwrap_err();
    assert!(told.contains("`category` is given twice: several columns are `categories=COLUMN|COLUMN`"), "{told}");
    let told = shaped("nrc.txt", text, "term=Wort").unwrap_err();
    assert!(told.contains("no column `Wort`"), "{told}");
}
