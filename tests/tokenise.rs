//! Words, sentences, folding, stems, languages: laws against the reference rules, and cases coded by reading.

#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::unwrap_used)]

use framescope::stem::stem;
use framescope::text::{Language, fold};
use framescope::tokenise::{Tokens, word_spans};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use unicode_segmentation::UnicodeSegmentation;

fn spans_of_reference(text: &str) -> Vec<(usize, usize)> {
    text.unicode_word_indices().map(|(start, word)| (start, start + word.len())).collect()
}

fn spans(text: &str) -> Vec<(usize, usize)> {
    word_spans(text).iter().map(|span| (span.start as usize, span.end as usize)).collect()
}

#[test]
fn words_are_those_of_the_reference_rules_on_hard_cases() {
    let cases = [
        "",
        " ",
        "can't won’t rock'n'roll 'quoted' ''double''",
        "U.S. 3.14 1,000,000 10:30 a.b.c e.g. 3,a a,3 a:b :a b:",
        "_under_ __ a_b 1_2 _",
        "Nazarbayev’s «многовекторная» политика — “terrorists”…",
        "naïve café Ελλάδα Ёлка ǆ ß İstanbul",
        "emoji 👍🏽 family 👨‍👩‍👧 flags 🇰🇿🇺🇸 text",
        "שלום\"צה\"ל עברית العربية ไทยภาษา 中文字 かな カタカナ 한국어",
        "a\u{300}b e\u{301} \u{301}x soft\u{ad}hyphen zero\u{200d}width",
        "\u{2003} \u{345}",
        "line\nbreak\r\nagain\u{85}and\u{2028}so",
        "१२३ ٣٤٥ a١ ½ ² ª º µ",
        "http://example.org/a_b?c=d&e=f user@example.org #tag @name",
        "don't''s ' '' ''' a' 'a l'eau d'État",
    ];
    for case in cases {
        assert_eq!(spans(case), spans_of_reference(case), "{case:?}");
    }
}

#[test]
fn every_character_stands_in_a_word_as_the_reference_rules_have_it() {
    let mut wrong = Vec::new();
    for c in (0..0x1_0000).filter_map(char::from_u32) {
        let texts = [
            format!("{c}"),
            format!("a{c}"),
            format!("{c}a"),
            format!("a{c}a"),
            format!("1{c}1"),
            format!("a{c}1"),
            format!("я{c}я 'a{c}'"),
            format!("a {c} a"),
            format!("a.{c}b’{c}"),
        ];
        if texts.iter().any(|text| spans(text) != spans_of_reference(text)) {
            wrong.push(format!("U+{:04X}", u32::from(c)));
        }
    }
    assert!(wrong.is_empty(), "{} characters differ: {}", wrong.len(), wrong.join(" "));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, rng_seed: RngSeed::Fixed(20_220_105), ..ProptestConfig::default() })]

    #[test]
    fn words_are_those_of_the_reference_rules_on_any_text(text in "\\PC{0,60}") {
        prop_assert_eq!(spans(&text), spans_of_reference(&text));
    }

    #[test]
    fn words_are_those_of_the_reference_rules_on_news_like_text(
        text in "([a-zA-Z0-9_ .,;:'’‘“”«»…—éйЖα\u{ad}\u{301}\u{200d}\u{a0}\u{2003}\n\r\t\"א中\u{345}\u{1F44D}]){0,80}"
    ) {
        prop_assert_eq!(spans(&text), spans_of_reference(&text));
    }

    #[test]
    fn a_folded_word_stays_as_it_is(word in "[a-zA-Zа-яА-ЯéÉ’']{1,20}") {
        let once = fold(&word, Language::RUSSIAN);
        let twice = fold(&once, Language::RUSSIAN);
        // "s's" folds to "s", which is final; what is left never ends in the possessive again more than the text nests it
        prop_assert!(twice.len() <= once.len());
        prop_assert_eq!(fold(&twice, Language::RUSSIAN).to_lowercase(), fold(&twice, Language::RUSSIAN));
    }
}

#[test]
fn words_are_those_of_the_reference_rules_on_the_shared_articles() {
    let Some(folder) = crate::run::shared() else { return };
    let bytes = std::fs::read(folder.join("samples/news-3719.csv.gz")).unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut flate2::read::MultiGzDecoder::new(&bytes[..]), &mut text).unwrap();
    assert!(spans(&text) == spans_of_reference(&text), "the two differ on the news sample");
}

fn sentences(text: &str) -> Vec<String> {
    let mut tokens = Tokens::default();
    tokens.push(text, Some(Language::ENGLISH), None);
    let article = tokens.article(0, text);
    let ends = article.sentences.iter().skip(1).copied().chain([article.types.len() as u32]);
    let pairs = article.sentences.iter().copied().zip(ends);
    pairs
        .map(|(a, b)| {
            text[article.spans[a as usize].start as usize..article.spans[b as usize - 1].end as usize].to_string()
        })
        .collect()
}

#[test]
fn sentences_end_where_a_reader_ends_them() {
    let cases: &[(&str, &[&str])] = &[
        ("Mr. Tokayev spoke. He left.", &["Mr. Tokayev spoke", "He left"]),
        (
            "Gen. J. K. Lee met U.S. President Biden. The talks failed.",
            &["Gen. J. K. Lee met U.S. President Biden", "The talks failed"],
        ),
        ("He lives in the U.S. The house is small.", &["He lives in the U.S", "The house is small"]),
        ("“Go away!” she said. Nobody went.", &["Go away!” she said", "Nobody went"]),
        ("It rose 3.5 percent. No. 5 won.", &["It rose 3.5 percent", "No. 5 won"]),
        ("Is it a coup? It is… perhaps not. Wait... What?", &["Is it a coup", "It is… perhaps not", "Wait", "What"]),
        ("A headline\n\nThe text begins. And ends", &["A headline", "The text begins", "And ends"]),
        ("A line that was only\nwrapped by a mailer. Next", &["A line that was only\nwrapped by a mailer", "Next"]),
        ("“They left.” “Why?” he asked.", &["They left", "Why?” he asked"]),
        ("The firm (Acme Inc.) closed. It reopened.", &["The firm (Acme Inc.) closed", "It reopened"]),
    ];
    for (text, expected) in cases {
        assert_eq!(&sentences(text), expected, "{text}");
    }
}

#[test]
fn a_word_is_folded_in_one_way() {
    let cases = [
        ("Nazarbayev’s", "en", "nazarbayev"),
        ("Nazarbayev's", "en", "nazarbayev"),
        ("TERRORISTS’", "en", "terrorists"),
        ("don’t", "en", "don't"),
        ("d’État", "en", "d'état"),
        ("E\u{301}tat", "en", "état"),
        ("terror\u{ad}ist", "en", "terrorist"),
        ("dell’economia", "it", "economia"),
        ("l'État", "fr", "état"),
        ("o'clock", "it", "o'clock"),
        ("Ёлка", "ru", "ёлка"),
    ];
    for (word, language, folded) in cases {
        assert_eq!(fold(word, Language::parse(language).unwrap()), folded, "{word}");
    }
}

#[test]
fn stems_are_those_of_the_methods_notes() {
    let same = [
        ("extreme", "extremism"),
        ("protest", "protestant"),
        ("author", "authority"),
        ("terror", "terrorism"),
        ("occupier", "occupied"),
    ];
    for (a, b) in same {
        assert_eq!(stem(a, Language::ENGLISH), stem(b, Language::ENGLISH), "{a} {b}");
    }
    let different =
        [("terrorism", "terrorist"), ("democracy", "democratic"), ("riot", "rioter"), ("occupier", "occupation")];
    for (a, b) in different {
        assert_ne!(stem(a, Language::ENGLISH), stem(b, Language::ENGLISH), "{a} {b}");
    }
    assert_eq!(stem("тёмный", Language::RUSSIAN), stem("темный", Language::RUSSIAN));
    assert_eq!(stem("қазақ", Language::parse("kk").unwrap()), "қазақ", "a language without a stemmer keeps its words");
}

#[test]
fn a_language_is_detected_or_said_to_be_unknown() {
    let cases = [
        ("The president of the country said that the government was to resign and that order would return.", "en"),
        ("Президент страны сказал, что правительство уйдёт в отставку, и что порядок вернётся в города.", "ru"),
        (
            "Il presidente del paese ha detto che il governo si sarebbe dimesso e che non ci sono dubbi nella capitale.",
            "it",
        ),
        (
            "Der Präsident des Landes sagte, dass die Regierung nicht zurücktreten werde und dass die Ordnung von den Soldaten",
            "de",
        ),
        (
            "Le président de la République a dit que les ministres ne sont pas dans une position qui est sur la table.",
            "fr",
        ),
        ("1234 5678", "und"),
        ("", "und"),
    ];
    for (text, code) in cases {
        assert_eq!(Tokens::default().push(text, None, None).code(), code, "{text}");
    }
}

#[test]
fn one_type_for_each_folded_word_of_a_language() {
    let mut tokens = Tokens::default();
    let text = "Coup coup COUP coup’s “coup” internationalisation Internationalisation";
    tokens.push(text, Some(Language::ENGLISH), None);
    tokens.push("coup", Some(Language::ITALIAN), None);
    assert_eq!(tokens.vocabulary.len(), 3);
    assert_eq!(tokens.types, [0, 0, 0, 0, 0, 1, 1, 2]);
    assert_eq!(tokens.vocabulary.find("coup", Language::ITALIAN), Some(2));
    assert_eq!(tokens.vocabulary.find("putsch", Language::ENGLISH), None);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, rng_seed: RngSeed::Fixed(20_220_105), ..ProptestConfig::default() })]

    #[test]
    fn a_type_is_the_folded_form_of_its_surface(words in proptest::collection::vec("[a-zA-Z'’éЖ]{1,24}", 1..40)) {
        let text = words.join(" ");
        let mut tokens = Tokens::default();
        tokens.push(&text, Some(Language::ENGLISH), None);
        for (span, &id) in tokens.spans.iter().zip(&tokens.types) {
            prop_assert_eq!(tokens.vocabulary.folded(id), fold(&text[span.range()], Language::ENGLISH));
        }
    }
}
