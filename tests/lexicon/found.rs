//! Lexicon files that were read wrongly in silence, each with the right answer or the reason of its refusal.

use super::{entries, read, refused};
use framescope::lexicon::{Format, Kind, Lexicon};

fn told(lexicon: &Lexicon) -> String {
    lexicon.problems.iter().map(|problem| format!("{problem}\n")).collect()
}

fn weighted(lexicon: &Lexicon) -> Vec<String> {
    let entries = lexicon.entries.iter();
    entries.map(|e| format!("{}: {} {}", lexicon.frames[e.frame].name, e.text, f64::from(e.weight) / 1000.0)).collect()
}

#[test]
fn the_inquirer_names_its_columns_and_repeats_the_name_in_their_cells() {
    let text = "Entry,Source,Positiv,Negativ,Pstv,Othtags,Defined\n\
        AID,H4Lvd,Positiv,,Pstv,Noun,| help\nBRAWL#1,H4,,Negativ,,Noun,| a fight\nBRAWL#2,H4,,Negativ,,SUPV,| to fight\n";
    let lexicon = read("gi.csv", text);
    assert_eq!(lexicon.format, Format::Inquirer);
    assert_eq!(entries(&lexicon), ["Positiv: AID", "Pstv: AID", "Negativ: BRAWL"]);
    // a polarity above polarities is a row all the same
    assert_eq!(entries(&read("t.csv", "aid,positive\ntruce,positive\nbrawl,negative\n")).len(), 3);
}

#[test]
fn json_by_columns_and_by_words_is_a_table() {
    let by_columns = read("t.json", r#"{"word": ["riot", "truce"], "category": ["war", "peace"]}"#);
    assert_eq!(entries(&by_columns), ["war: riot", "peace: truce"]);
    let by_words = read("t.json", r#"{"riot": {"score": -2}, "truce": {"score": 1}, "calm": {"score": 2}}"#);
    assert_eq!(
        (by_words.kind, weighted(&by_words)),
        (Kind::Sentiment, vec!["t: riot -2".into(), "t: truce 1".into(), "t: calm 2".into()])
    );
    let marks = read(
        "t.json",
        r#"{"riot": {"pos": 0, "neg": 1}, "truce": {"pos": 1, "neg": 0}, "raid": {"pos": 0, "neg": 1}}"#,
    );
    assert_eq!(
        (marks.kind, entries(&marks)),
        (Kind::Frames, vec!["neg: riot".into(), "pos: truce".into(), "neg: raid".into()])
    );
    // categories that happen to have lists of one length are categories
    let categories = read("t.json", r#"{"war": ["riot", "raid"], "peace": ["truce", "calm"]}"#);
    assert_eq!(entries(&categories), ["war: riot", "war: raid", "peace: truce", "peace: calm"]);
    let dimensions =
        r#"{"riot": {"fear": 0.8, "joy": 0.1}, "truce": {"fear": 0.1, "joy": 0.7}, "calm": {"fear": 0, "joy": 0.5}}"#;
    assert_eq!(weighted(&read("t.json", dimensions)).len(), 6);
}

#[test]
fn several_categories_in_a_cell_are_several() {
    let lexicon = read("t.csv", "term,category\nriot,war;violence\nraid,war | crime\ntruce,peace\n");
    assert_eq!(entries(&lexicon), ["war: riot", "violence: riot", "war: raid", "crime: raid", "peace: truce"]);
    let lexicon = read("t.csv", "term,category\nriot,\"anger, fear\"\nraid,fear\ntruce,joy\n");
    assert_eq!(entries(&lexicon)[0], "anger, fear: riot");
    assert!(told(&lexicon).contains("entry-categories"), "{}", told(&lexicon));
    assert!(refused("t.csv", "term,category\nriot,;\nraid,fear\n").contains("`riot` has no category"));
}

#[test]
fn a_weighted_column_of_a_dicx_is_a_category_whatever_its_name() {
    let lexicon = read("t.dicx", "DicTerm,Affect,Pos,Neg\ngood,1,2.5,\nnice,1,1.5,\nbad,1,,1.5\n");
    assert_eq!(lexicon.frames.len(), 3);
    assert!(weighted(&lexicon).contains(&"Pos: good 2.5".to_string()), "{:?}", weighted(&lexicon));
    let notes = read("t.dicx", "DicTerm,Affect,Note\ngood,1,a praise\nbad,1,a reproach\n");
    assert_eq!((notes.frames.len(), notes.entries[0].note.as_str()), (1, "a praise"));
}

#[test]
fn numbers_and_tags_behind_words_are_no_words() {
    for text in ["good 3\nbad -2\nugly -1.5\n", "superb (12)\ngood (3)\n"] {
        let told = refused("t.txt", text);
        assert!(told.contains("numbers behind its words") && told.contains("tab"), "{told}");
    }
    assert!(refused("t.txt", "good/JJ\nbad/JJ\nrun/VB\n").contains("tags behind its words"));
    let planes = read("t.txt", "Boeing 747\nAirbus 320\nTupolev 154\n");
    assert!(planes.entries.len() == 3 && told(&planes).contains("numbers behind its words"), "{}", told(&planes));
    let few = read("t.txt", "article 5\ncovid 19\nred line\n");
    assert!(!told(&few).contains("numbers behind"), "{}", told(&few));
}

#[test]
fn numbers_before_words_are_numbering_where_they_count_the_lines() {
    let numbered = read("t.txt", "1. riot\n2. raid\n3. truce\n");
    assert_eq!(entries(&numbered), ["t: riot", "t: raid", "t: truce"]);
    let below = read("t.txt", "Words of war\n1. riot\n2. raid\n");
    assert_eq!(entries(&below), ["t: riot", "t: raid"]);
    assert!(told(&below).contains("list-heading"), "{}", told(&below));
    let days = read("t.txt", "1. Mai\n8. März\n9. November\n");
    assert_eq!(entries(&days)[0], "t: 1. Mai");
    assert!(told(&days).contains("entry-number"), "{}", told(&days));
    assert_eq!(entries(&read("t.txt", "- riot\n- raid\n")), ["t: riot", "t: raid"]);
}
