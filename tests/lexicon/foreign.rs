//! The odd cases of foreign formats: one test for each row of the table of what other readers do wrong.

use super::{entries, read, read_lenient, refused, words};
use framescope::lexicon::{Direction, Format, Kind, MatchMode, Operand, Overlap, Pattern};

const LEGEND: &str = "%\n1\tverb\n02\tpronoun\n125\taffect\n126\tposemo\n131\tcogmech\n464\tfiller\n%\n";

fn liwc(body: &str) -> String {
    format!("{LEGEND}{body}")
}

#[test]
fn foreign_entries_match_surface_forms() {
    let lexicon = read("x.dic", &liwc("Run\t1\n"));
    assert_eq!((lexicon.mode, lexicon.entries[0].mode), (MatchMode::Exact, MatchMode::Exact));
}

#[test]
fn liwc_next_word_conditions_are_kept() {
    let lexicon = read("x.dic", &liwc("kind\t<of>131/125\t<of>131/126\n"));
    assert_eq!(
        entries(&lexicon),
        ["cogmech: kind of", "affect: kind NOT BEFORE/1 of", "posemo: kind NOT BEFORE/1 of"],
        "the second `kind of` is the same entry"
    );
    let Pattern::Near { direction, negated, distance, .. } = lexicon.entries[1].pattern.clone() else { panic!() };
    assert_eq!((direction, negated, distance), (Direction::Before, true, Some(1)));
    assert!(lexicon.report.rows.iter().any(|row| row.line == 9 && row.done.contains("merged")));
}

#[test]
fn liwc_previous_word_conditions_are_kept() {
    let lexicon = read("x.dic", &liwc("like\t(02 131)125/464\t(02 131)126\t1\n"));
    assert_eq!(
        entries(&lexicon),
        [
            "affect: like AFTER/1 (#pronoun | #cogmech)",
            "filler: like NOT AFTER/1 (#pronoun | #cogmech)",
            "posemo: like AFTER/1 (#pronoun | #cogmech)",
            "verb: like",
        ]
    );
    let Pattern::Near { right, .. } = lexicon.entries[0].pattern.clone() else { panic!() };
    assert_eq!(right, Operand::Any(vec![Operand::Frame("pronoun".into()), Operand::Frame("cogmech".into())]));
}

#[test]
fn liwc_emoticons_are_entries_that_no_text_matches() {
    let lexicon = read("x.dic", &liwc("(8)\t1\n:)\t126\n:D\t126\n(ciary\t1\n"));
    assert_eq!(entries(&lexicon), ["verb: (8)", "posemo: :)", "posemo: :D", "verb: (ciary"]);
    let unmatchable: Vec<bool> = lexicon.entries.iter().map(|e| e.unmatchable).collect();
    assert_eq!(unmatchable, [true, true, true, false], "`:D` must not match every d");
    assert_eq!(lexicon.entries[0].pattern, Pattern::Words(Vec::new()));
    assert_eq!(words(&lexicon.entries[3].pattern), "ciary");
    assert!(lexicon.problems.iter().any(|p| p.kind == "entry-unmatchable" && p.found.starts_with("3 entries")));
}

#[test]
fn liwc_depth_comes_from_each_line_whatever_stands_before() {
    let text = "%\n\n1\tsocial\n\t2\tfamily\n3\taffect\n\t4\tposemo\n\t\t5\tjoy\n6\tother\n%\nmother\t2\nhappy\t4\t5\n";
    let names: Vec<String> = read("x.dic", text).frames.into_iter().map(|f| f.name).collect();
    assert_eq!(names, ["social", "social/family", "affect", "affect/posemo", "affect/posemo/joy", "other"]);
}

#[test]
fn liwc_terms_may_hold_numbers_and_spaces() {
    let text = "%\n1\ta\n2\tb\n5\tc\n%\nworld war 2\t1\ncovid 19\t5\nlittle  01 2\n";
    assert_eq!(entries(&read("x.dic", text)), ["a: world war 2", "c: covid 19", "a: little", "b: little"]);
}

#[test]
fn liwc_refuses_codes_it_lacks_and_terms_without_code() {
    let text = liwc("sad\nrun\t1\t99\n");
    let told = refused("x.dic", &text);
    assert!(told.contains("x.dic:9:1: `sad` has no category"), "{told}");
    assert!(told.contains("x.dic:10:1: `run` is in category 99"), "{told}");
    let lexicon = read_lenient("x.dic", &text);
    assert_eq!((entries(&lexicon), lexicon.report.skipped), (vec!["verb: run".to_string()], 2));
}

#[test]
fn liwc_legends_of_many_kinds() {
    let text = "% my dictionary\n1\tfunction (Function Words)\n01\tfunction (Function Words)\n2\tempty\n%\n\nof\t1\nof\t1\nto\t\t01\n";
    let lexicon = read("x.dic", text);
    assert_eq!(entries(&lexicon), ["function (Function Words): of", "function (Function Words): to"]);
    assert_eq!(lexicon.frames.len(), 2, "an empty category is kept");
    let kinds: Vec<&str> = lexicon.problems.iter().map(|p| p.kind).collect();
    assert_eq!(kinds, ["frame-repeated", "entry-repeated"]);
    let told = refused("x.dic", "%\n1\ta\nword\t1\n");
    assert!(told.contains("the list of categories does not end") && told.contains("a second line `%`"), "{told}");
    let told = refused("x.dic", "word\t1\n");
    assert!(told.contains("no list of categories"), "{told}");
}

#[test]
fn liwc_wildcards_stand_at_the_end_only() {
    let lexicon = read("x.dic", &liwc("f**k*\t1\nwhat?\t1\n"));
    assert_eq!(words(&lexicon.entries[0].pattern), "f·k*");
    assert_eq!(words(&lexicon.entries[1].pattern), "what");
}

#[test]
fn wordstat_keeps_weights_phrases_rules_and_odd_items() {
    let text = "GOODNESS\r\n\tPOSITIVE_WORDS\r\n\t\tSUPER (10)\r\n\t\tFAIR (0.5)\r\n\t\tWAR_IN_IRAQ (-1)\r\n\t\t@NOTGOOD [#POSITIVE_WORDS AFTER #NEGATIONS /S 3] (2)\r\n\t\t\"SO-CALLED\" (1)\r\n\t\tBACK\\SLASH (1)\r\n\tNEGATIONS\r\n\t\tNOT (1)\r\n\t\tNEVER\r\n\t\t(CIARY (1)\r\n \tNA\r\n\t\tNA (1)\r\n";
    let lexicon = read("x.cat", text);
    assert_eq!(
        entries(&lexicon),
        [
            "GOODNESS/POSITIVE_WORDS: SUPER",
            "GOODNESS/POSITIVE_WORDS: FAIR",
            "GOODNESS/POSITIVE_WORDS: WAR IN IRAQ",
            "GOODNESS/POSITIVE_WORDS: \"SO-CALLED\"",
            "GOODNESS/POSITIVE_WORDS: BACK\\\\SLASH",
            "GOODNESS/NEGATIONS: NOT",
            "GOODNESS/NEGATIONS: NEVER",
            "GOODNESS/NEGATIONS: (CIARY",
            "GOODNESS/NA: NA",
            "GOODNESS/POSITIVE_WORDS: #GOODNESS/POSITIVE_WORDS AFTER/3 #GOODNESS/NEGATIONS",
        ]
    );
    let weights: Vec<i32> = lexicon.entries.iter().map(|e| e.weight).collect();
    assert_eq!(weights, [10_000, 500, -1000, 1000, 1000, 1000, 1000, 1000, 1000, 2000]);
    assert_eq!(words(&lexicon.entries[2].pattern), "war·in·iraq");
    assert_eq!(words(&lexicon.entries[3].pattern), "so·called");
    assert_eq!(words(&lexicon.entries[7].pattern), "ciary");
    assert_eq!(lexicon.entries[9].note, "rule @NOTGOOD");
    let kinds: Vec<&str> = lexicon.problems.iter().map(|p| p.kind).collect();
    // the rule stands in the category that it asks for
    assert_eq!(kinds, ["frame-circle", "entry-without-weight", "entry-odd"]);
}

#[test]
fn wordstat_rules_of_every_operator() {
    let rule = |rule: &str| {
        let lexicon = read("x.cat", &format!("A\n\tX (1)\n\t@R [{rule}] (1)\nB C\n\tY (1)\n"));
        lexicon.entries[2..].iter().map(|e| e.text.clone()).collect::<Vec<_>>()
    };
    assert_eq!(rule("GOOD NEAR BAD"), ["GOOD NEAR/S BAD"]);
    assert_eq!(rule("GOOD BEFORE BAD /S 5"), ["GOOD BEFORE/5 BAD"]);
    assert_eq!(rule("GOOD NOT NEAR VERY_BAD* /P"), ["GOOD NOT NEAR/P VERY BAD*"]);
    assert_eq!(rule("GOOD NOT AFTER #B_C /5"), ["GOOD NOT AFTER/5 #B C"]);
    assert_eq!(rule("GOOD AND BAD"), ["GOOD NEAR/D BAD"]);
    assert_eq!(rule("GOOD AND NOT BAD /P"), ["GOOD NOT NEAR/P BAD"]);
    assert_eq!(rule("GOOD OR BAD"), ["GOOD", "BAD"]);
    let text = "A\n\tX (1)\n\t@R [A NEAR B NEAR C] (1)\n\t@S [(A B) NEAR C] (1)\n\t@T [#NO NEAR C] (1)\n";
    let told = refused("x.cat", text);
    assert_eq!(told.matches("is not understood").count(), 3, "{told}");
    assert!(told.contains("x.cat:3:2: rule `@R [A NEAR B NEAR C]`"), "{told}");
    assert_eq!(read_lenient("x.cat", text).report.skipped, 3);
}

#[test]
fn an_xml_file_called_cat_opens() {
    let text = "<?xml version=\"1.0\"?>\n<dictionary><cnode name=\"root\"><cnode name=\" NBB \" color=\"AA0000\" desc=\"a group\"><pnode name=\" more \" desc=\"note here\"/><pnode name=\"so*d\"></pnode></cnode></cnode></dictionary>";
    let lexicon = read("x.cat", text);
    assert_eq!((lexicon.format, lexicon.name.as_str()), (Format::Yoshikoder, "root"));
    assert_eq!(entries(&lexicon), ["NBB: more", "NBB: so*d"]);
    assert_eq!(lexicon.entries[0].note, "note here", "a description is no word");
    assert_eq!((lexicon.frames[0].colour.as_str(), lexicon.frames[0].definition.as_str()), ("#aa0000", "a group"));
}

#[test]
fn broken_xml_has_a_line() {
    let told = refused("x.ykd", "<dictionary>\n<cnode name=\"a\">\n<pnode name=\"b\">\n</cnode></dictionary>");
    assert!(told.contains("x.ykd:4:"), "{told}");
}

#[test]
fn lexicoder_names_have_no_plus_and_no_colour() {
    let text = "+negative#AA0000\n aggress* \n heckl**\nno one \n+positive#008800\ngood*\n+neg_positive\nnot good*\n";
    let lexicon = read("x.lc3", text);
    assert_eq!(
        entries(&lexicon),
        ["negative: aggress*", "negative: heckl**", "negative: no one", "positive: good*", "neg_positive: not good*"]
    );
    assert_eq!(words(&lexicon.entries[1].pattern), "heckl*");
    let colours: Vec<&str> = lexicon.frames.iter().map(|f| f.colour.as_str()).collect();
    assert_eq!(colours, ["#aa0000", "#008800", ""]);
    assert_eq!(lexicon.overlap, Overlap::Lexicon, "a negated phrase wins over the word in it");
    assert_eq!(read("x.lc3", "+a\nx\n").overlap, Overlap::Frame);
    assert!(refused("x.lc3", "word\n+a\nx\n").contains("x.lc3:1:1: `word` is in no category"));
}

#[test]
fn yaml_scalars_are_texts_whatever_yaml_makes_of_them() {
    let text = "# comment\n---\nNO: [no, yes, on, off, y, n, 2022, 1e3, null, Norway*]\n'SE': [\"Sverige\", 'it''s', a b] # more\nx:\n  sub:\n  - *ist\n  - \"quoted: text\"\n  - plain text\n    goes on\n  - key: value\n  __: [own]\nflow: {a: [b, c],\n  d: e}\nscalar: one word\nempty:\n";
    let lexicon = read("x.yml", text);
    assert_eq!(
        entries(&lexicon),
        [
            "NO: no",
            "NO: yes",
            "NO: on",
            "NO: off",
            "NO: y",
            "NO: n",
            "NO: 2022",
            "NO: 1e3",
            "NO: null",
            "NO: Norway*",
            "SE: Sverige",
            "SE: it's",
            "SE: a b",
            "x/sub: *ist",
            "x/sub: quoted: text",
            "x/sub: plain text goes on",
            "x/sub/key: value",
            "x: own",
            "flow/a: b",
            "flow/a: c",
            "flow/d: e",
            "scalar: one word",
        ]
    );
    assert_eq!((lexicon.entries[13].line, lexicon.entries[13].column), (7, 5));
    assert_eq!((lexicon.entries[20].line, lexicon.entries[20].column), (14, 6));
    assert!(lexicon.problems.iter().any(|p| p.kind == "yaml-unquoted" && p.place.line == Some(7)));
    assert!(lexicon.frames.iter().any(|f| f.name == "empty"));
}

#[test]
fn yaml_problems_have_line_and_column_and_do_not_hide_each_other() {
    let told = refused("x.yml", "a: [b, c\nd:\n\t- e\nf: \"open\ng: 'x' y\n  stray line\n");
    assert!(told.contains("x.yml:3:1: a tab") && told.matches("x.yml:").count() > 1, "{told}");
    let told = refused("x.yml", "a:\n  - b\n    - c: d\nx: 'x' y\nword\n");
    assert!(told.contains("x.yml:") && told.contains("hint: "), "{told}");
    assert!(refused("x.yml", "- a\n- b\n").contains("words without a category"));
}

#[test]
fn yaml_keys_given_twice_are_merged_and_told() {
    let lexicon = read("x.yml", "a: [x]\nb: [y]\na: [z, x]\n");
    assert_eq!(entries(&lexicon), ["a: x", "b: y", "a: z"]);
    let kinds: Vec<&str> = lexicon.problems.iter().map(|p| p.kind).collect();
    assert_eq!(kinds, ["frame-repeated", "entry-repeated"]);
}

#[test]
fn only_scored_lists_are_sentiment() {
    assert_eq!(read("x.lc3", "+a\nx\n").kind, Kind::Frames);
    assert_eq!(read("afinn.txt", "good\t3\nbad\t-3\n").kind, Kind::Sentiment);
}

#[test]
fn frames_nest_so_deep_and_no_deeper() {
    let deep = |n: usize| {
        let (open, close) = ("<cnode name=\"a\"><pnode name=\"b\"/>".repeat(n), "</cnode>".repeat(n));
        format!("<dictionary>{open}{close}<cnode name=\"z\"/></dictionary>")
    };
    assert_eq!(read("x.ykd", &deep(20)).entries.len(), 20);
    let told = refused("x.ykd", &deep(200));
    assert!(told.contains("nested too deep"), "{told}");
    let mut yaml = String::new();
    (0..100).for_each(|i| yaml.push_str(&format!("{}k:\n", " ".repeat(i))));
    assert!(refused("x.yml", &yaml).contains("nested too deep"));
}

#[test]
fn an_entity_bomb_is_refused() {
    let text = "<!DOCTYPE d [<!ENTITY a \"xxxxxxxxxx\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;\"><!ENTITY e \"&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;\">]><dictionary><cnode name=\"a\"><pnode name=\"&e;\"/></cnode></dictionary>";
    assert!(refused("x.ykd", text).contains("x.ykd:1:"));
}
