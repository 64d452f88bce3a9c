//! What is written for other programs, and what is said to be lost.

use super::{entries, read};
use framescope::lexicon::write::{self, Form};

const TEXT: &str = r##"
[lexicon]
name = "n"
match = "exact"
[[frame]]
name = "security"
terms = ["army", { term = "war", weight = 2 }, "wom?n", "*ist", "putsch*"]
[[frame]]
name = "security/terrorism"
definition = "d"
terms = ["terror attack*", "army", "seize* BEFORE/3 power", "a b NOT NEAR/2/P #security", "x NEAR/D (y | z)", { term = ":-)", unmatchable = true }, "f\\*k"]
except = ["terror attack film"]
[[frame]]
name = "a/b"
terms = [{ term = "Xi", match = "case", note = "n" }, { term = "protest", match = "stem" }]
[[target]]
name = "t"
terms = ["T"]
"##;

fn written(form: Form) -> write::Written {
    write::write(&read("x.toml", TEXT), form)
}

fn losses(form: Form) -> Vec<String> {
    written(form)
        .losses
        .iter()
        .map(|loss| format!("{}: {}{}", loss.what, loss.text, if loss.left_out { " (out)" } else { "" }))
        .collect()
}

#[test]
fn dic_is_liwc_2015_and_names_what_it_cannot_say() {
    let written = written(Form::Dic);
    let expected = "%\n1\tsecurity\n\t2\tterrorism\n3\ta\n\t4\tb\n%\narmy\t1\t2\nwar\t1\nputsch*\t1\nterror attack*\t2\n:-)\t2\nf*k\t2\nXi\t4\nprotest\t4\n";
    assert_eq!(written.text, expected);
    assert_eq!(
        losses(Form::Dic),
        [
            "frame description: security/terrorism",
            "target: t",
            "weight: war",
            "wildcard: wom?n (out)",
            "wildcard: *ist (out)",
            "condition: seize* BEFORE/3 power (out)",
            "condition: a b NOT NEAR/2/P #security (out)",
            "condition: x NEAR/D (y | z) (out)",
            "exception: terror attack film (out)",
            "case mode: Xi",
            "note: Xi",
            "stem mode: protest",
        ]
    );
    assert!(
        written.sentences().contains(&"3 conditions cannot be expressed in .dic: left out".to_string()),
        "{:?}",
        written.sentences()
    );
    let again = read("x.dic", &written.text);
    assert_eq!(again.entries.len(), 9);
    assert_eq!(again.frames[1].name, "security/terrorism");
}

#[test]
fn dicx_keeps_weights_and_loses_nesting() {
    let written = written(Form::Dicx);
    assert!(
        written.text.starts_with("DicTerm,security,security/terrorism,a/b\narmy,X,X,\nwar,2,,\nputsch*,X,,\n"),
        "{}",
        written.text
    );
    assert!(losses(Form::Dicx).contains(&"nested frame: security/terrorism".to_string()));
    let again = read("x.dicx", &written.text);
    assert_eq!(again.entries[2].weight, 2000);
}

#[test]
fn cat_keeps_conditions_as_rules() {
    let written = written(Form::Cat);
    for line in [
        "security\n\tarmy (1)\n\twar (2)\n\t*ist (1)\n\tputsch* (1)\n\tterrorism\n\t\tterror_attack* (1)\n",
        "\t\t@RULE1 [seize* BEFORE power /S 3] (1)\n",
        "\t\t@RULE2 [a_b NOT NEAR #security /P 2] (1)\n",
    ] {
        assert!(written.text.contains(line), "{line}\n---\n{}", written.text);
    }
    let lost = losses(Form::Cat);
    for loss in ["wildcard: wom?n (out)", "wildcard: f\\*k (out)", "condition: x NEAR/D (y | z) (out)"] {
        assert!(lost.contains(&loss.to_string()), "{lost:?}");
    }
    let again = read("x.cat", &written.text);
    assert!(
        entries(&again).contains(&"security/terrorism: a b NOT NEAR/2/P #security".to_string()),
        "{:?}",
        entries(&again)
    );
    assert!(entries(&again).contains(&"security/terrorism: seize* BEFORE/3 power".to_string()));
}

#[test]
fn yaml_keeps_words_beside_keys_and_every_word_is_quoted() {
    let written = written(Form::Yaml);
    let expected = "\"security\":\n  __: [\"army\", \"war\", \"wom?n\", \"*ist\", \"putsch*\"]\n  \"terrorism\": [\"terror attack*\", \"army\", \":-)\"]\n\"a\":\n  \"b\": [\"Xi\", \"protest\"]\n";
    assert_eq!(written.text, expected);
    let again = read("x.yml", &written.text);
    assert_eq!((again.entries.len(), again.frames[0].name.as_str()), (10, "security"));
    assert!(losses(Form::Yaml).contains(&"wildcard: f\\*k (out)".to_string()), "quanteda would read a wildcard");
}

#[test]
fn csv_keeps_every_entry() {
    let lexicon = read("x.toml", TEXT);
    let written = written(Form::Csv);
    let again = read("x.csv", &written.text);
    let key = |l: &framescope::lexicon::Lexicon| {
        l.entries
            .iter()
            .map(|e| {
                (
                    l.frames[e.frame].name.clone(),
                    e.text.clone(),
                    e.pattern.clone(),
                    e.weight,
                    e.mode,
                    e.except,
                    e.unmatchable,
                    e.note.clone(),
                )
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(key(&again), key(&lexicon));
    assert_eq!(losses(Form::Csv), ["frame description: security/terrorism", "target: t"]);
}

#[test]
fn toml_is_the_identity() {
    let lexicon = read("x.toml", TEXT);
    let once = write::to_toml(&lexicon);
    let twice = write::to_toml(&read("x.toml", &once));
    assert_eq!(once, twice);
    assert!(once.starts_with("[lexicon]\nname = \"n\"\nmatch = \"exact\"\n\n[[frame]]\nname = \"security\"\nterms = [\n  \"army\",\n  { term = \"war\", weight = 2 },\n"), "{once}");
}

#[test]
fn losses_are_a_table_too_and_forms_have_extensions() {
    let csv = written(Form::Dic).losses_csv();
    assert!(csv.starts_with("line,text,lost,left_out\n8,security/terrorism,frame description,false\n"), "{csv}");
    assert!(csv.contains("\n7,wom?n,wildcard,true\n"), "{csv}");
    assert_eq!(Form::of_path("a/b.DICX"), Some(Form::Dicx));
    assert_eq!(Form::of_path("a/b.txt"), None);
}
