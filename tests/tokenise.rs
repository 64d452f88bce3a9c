//! Words, sentences, folding, stems, languages: laws against the reference rules, and cases coded by reading.

#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::unwrap_used)]

use framescope::stem::stem;
use framescope::text::{Fold, Folding, Language, fold};
use framescope::tokenise::{Guess, Majority, Tokens, word_spans, word_spans_by_full_rules};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use unicode_segmentation::UnicodeSegmentation;

/// The rules as written, without the short cut for what news is made of.
fn spans_by_full_rules(text: &str) -> Vec<(usize, usize)> {
    word_spans_by_full_rules(text).iter().map(|span| (span.start as usize, span.end as usize)).collect()
}

fn spans(text: &str) -> Vec<(usize, usize)> {
    word_spans(text).iter().map(|span| (span.start as usize, span.end as usize)).collect()
}

fn tokens(text: &str) -> Vec<&str> {
    word_spans(text).iter().map(|span| &text[span.range()]).collect()
}

/// True where none of our own rules has a say, so that words are those of UAX #29.
fn is_plain(text: &str) -> bool {
    const SIGNS: &str =
        ".:_#@/＃＠\u{b7}\u{387}\u{2027}\u{2024}\u{fe13}\u{fe52}\u{fe55}\u{ff0e}\u{ff1a}\u{202f}\u{200b}";
    !text.contains(|c| SIGNS.contains(c))
        && !text.contains([
            '\u{203f}', '\u{2040}', '\u{2054}', '\u{fe33}', '\u{fe34}', '\u{fe4d}', '\u{fe4e}', '\u{fe4f}', '\u{ff3f}',
        ])
}

fn spans_of_unicode(text: &str) -> Vec<(usize, usize)> {
    text.unicode_word_indices().map(|(start, word)| (start, start + word.len())).collect()
}

/// A text and its tokens.
const TOKENS: &[(&str, &[&str])] = &[
    ("", &[]),
    ("can't won’t rock'n'roll ''double''", &["can't", "won’t", "rock'n'roll", "double"]),
    ("U.S. 3.14 1,000,000 10:30 e.g. 06.01.2022", &["U.S", "3.14", "1,000,000", "10", "30", "e.g", "06.01.2022"]),
    // 09-narrow-no-break-space
    ("Les terroristes\u{202f}? «\u{202f}Oui\u{202f}» 5\u{202f}%", &["Les", "terroristes", "Oui", "5"]),
    // 10-invisible-characters
    ("terro\u{200b}rists of townHall\u{200b}Police", &["terro\u{200b}rists", "of", "townHall", "Police"]),
    ("the \u{200e}terrorists\u{200f}, gone", &["the", "terrorists\u{200f}", "gone"]),
    // 14-no-space-after-full-stop
    ("in the town.Militants came.Терр", &["in", "the", "town", "Militants", "came", "Терр"]),
    ("город.Боевики ушли.И всё", &["город", "Боевики", "ушли", "И", "всё"]),
    ("Topics:coup, a:b, coup·plot, col·lecció", &["Topics", "coup", "a", "b", "coup", "plot", "col·lecció"]),
    (
        "J.K.Rowling К.Токаев St.Petersburg г.Алматы",
        &["J.K", "Rowling", "К", "Токаев", "St", "Petersburg", "г", "Алматы"],
    ),
    (
        "TOWN.MILITANTS ASP.NET EE.UU. U.S.A. Ph.D. No.10 т.е. z.B.",
        &["TOWN", "MILITANTS", "ASP.NET", "EE.UU", "U.S.A", "Ph.D", "No", "10", "т.е", "z.B"],
    ),
    ("e.g.The U.S.The", &["e.g", "The", "U.S", "The"]),
    // addresses
    ("at Yahoo.com or bbc.co.uk, see report.pdf.", &["at", "Yahoo.com", "or", "bbc.co.uk", "see", "report.pdf"]),
    ("http://a-b.example.org/coup_plot?c=d&e=f. Then", &["http://a-b.example.org/coup_plot?c=d&e=f", "Then"]),
    ("(https://example.org/a_(b))", &["https://example.org/a_(b)"]),
    ("www.news24.kz/terror, news24.com", &["www.news24.kz/terror", "news24.com"]),
    ("Mail:me.too+x@example.org; o.k", &["Mail", "me.too+x@example.org", "o.k"]),
    ("visit example.com.The end", &["visit", "example.com", "The", "end"]),
    (
        "#resist! #MeToo’s #1 a#b @stop. @me@example.social &#8217; 5@ C#",
        &["#resist", "#MeToo’s", "1", "a", "b", "@stop", "@me@example.social", "8217", "5", "C"],
    ),
    // Markdown
    ("_terrorists_ and __all__ of snake_case", &["terrorists", "and", "all", "of", "snake_case"]),
    ("emoji 👍🏽 flags 🇰🇿 שלום 中文", &["emoji", "flags", "שלום", "中", "文"]),
];

#[test]
fn tokens_are_what_a_reader_takes_for_words() {
    for (text, expected) in TOKENS {
        assert_eq!(&tokens(text), expected, "{text}");
        assert_eq!(spans(text), spans_by_full_rules(text), "{text}");
    }
}

#[test]
fn words_are_those_of_unicode_where_no_rule_of_our_own_has_a_say() {
    let cases = [
        "can't won’t rock'n'roll 'quoted' ''double''",
        "1,000,000 3,a a,3",
        "Nazarbayev’s «многовекторная» политика — “terrorists”…",
        "naïve café Ελλάδα Ёлка ǆ ß İstanbul",
        "emoji 👍🏽 family 👨‍👩‍👧 flags 🇰🇿🇺🇸 text",
        "שלום\"צה\"ל עברית العربية ไทยภาษา 中文字 かな カタカナ 한국어",
        "a\u{300}b e\u{301} \u{301}x soft\u{ad}hyphen zero\u{200d}width",
        "line\nbreak\r\nagain\u{85}and\u{2028}so",
        "१२३ ٣٤٥ a١ ½ ² ª º µ",
        "don't''s ' '' ''' a' 'a l'eau d'État",
    ];
    for case in cases {
        assert!(is_plain(case), "{case:?}");
        assert_eq!(spans(case), spans_of_unicode(case), "{case:?}");
    }
}

#[test]
fn every_character_stands_in_a_word_as_the_full_rules_have_it() {
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
        let differs = |text: &String| {
            spans(text) != spans_by_full_rules(text) || (is_plain(text) && spans(text) != spans_of_unicode(text))
        };
        if texts.iter().any(differs) {
            wrong.push(format!("U+{:04X}", u32::from(c)));
        }
    }
    assert!(wrong.is_empty(), "{} characters differ: {}", wrong.len(), wrong.join(" "));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, rng_seed: RngSeed::Fixed(20_220_105), ..ProptestConfig::default() })]

    #[test]
    fn words_are_those_of_the_full_rules_on_any_text(text in "\\PC{0,60}") {
        prop_assert_eq!(spans(&text), spans_by_full_rules(&text));
        if is_plain(&text) {
            prop_assert_eq!(spans(&text), spans_of_unicode(&text));
        }
    }

    #[test]
    fn words_are_those_of_the_full_rules_on_news_like_text(
        text in "([a-zA-Z0-9_ .,;:'’‘“”«»…—éйЖα\u{ad}\u{301}\u{200d}\u{a0}\u{2003}\u{202f}\u{200b}\n\r\t\"א中\u{345}\u{1F44D}·#@/?&-]){0,80}"
    ) {
        prop_assert_eq!(spans(&text), spans_by_full_rules(&text));
    }

    #[test]
    fn words_are_those_of_the_full_rules_beside_addresses(
        parts in proptest::collection::vec("(http://|www\\.|a|B|é|й\u{301}|1|_|-|\\.|@|#|/|:|com|org|The|’s| |\u{ad}|\n|·)", 0..24)
    ) {
        let text = parts.concat();
        prop_assert_eq!(spans(&text), spans_by_full_rules(&text));
        let mut end = 0;
        for (from, to) in spans(&text) {
            prop_assert!(end <= from && from < to && !text[from..to].contains(char::is_whitespace));
            end = to;
        }
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
fn words_are_those_of_the_full_rules_wherever_they_stand() {
    // 64 bytes are looked at together: everything stands once at each of their edges
    let text = "see www.example.com/a_b.c, ask O\u{2019}Neil's @desk (U.S.) #tag_1 3.5 x:y naïve \u{301}e 🚓 _a_ Ab-cD9 end.The";
    for before in 0..130 {
        for after in [0, 1, 63, 64] {
            let text = format!("{}{text}{}", "w".repeat(before), " ".repeat(after));
            assert_eq!(spans(&text), spans_by_full_rules(&text), "{before} {after}");
        }
    }
}

#[test]
fn words_are_those_of_the_full_rules_on_the_shared_articles() {
    let Some(folder) = crate::run::shared() else { return };
    let bytes = std::fs::read(folder.join("samples/news-3719.csv.gz")).unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut flate2::read::MultiGzDecoder::new(&bytes[..]), &mut text).unwrap();
    assert!(spans(&text) == spans_by_full_rules(&text), "the two differ on the news sample");
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
        // 14-no-space-after-full-stop
        (
            "They left the town.Militants came!Nobody said:Why? In 2021.The end",
            &["They left the town", "Militants came", "Nobody said", "Why", "In 2021", "The end"],
        ),
        (
            "Mr.Smith of St.Petersburg read Yahoo.com in No.10. Roe v. Wade stands.",
            &["Mr.Smith of St.Petersburg read Yahoo.com in No.10", "Roe v. Wade stands"],
        ),
        // lines of one width were wrapped, also before a capital; a line that ends early was not
        (
            "The spokesman of the ministry said on Thursday evening that\nPrime Minister Boris Johnson would not leave before the\nsummer, and Mr. Raab agreed with him when he met Angela\nMerkel in the city of Bonn. The two men then spoke to\nEmmanuel Macron by telephone about it.\nThe end",
            &[
                "The spokesman of the ministry said on Thursday evening that\nPrime Minister Boris Johnson would not leave before the\nsummer, and Mr. Raab agreed with him when he met Angela\nMerkel in the city of Bonn",
                "The two men then spoke to\nEmmanuel Macron by telephone about it",
                "The end",
            ],
        ),
        // abbreviations that are also words, or that stand before numbers
        (
            "He said no. Gas came. They called it art. War came.",
            &["He said no", "Gas came", "They called it art", "War came"],
        ),
        (
            "She fell ill. Police came, and it went on. Rebels left.",
            &["She fell ill", "Police came, and it went on", "Rebels left"],
        ),
        ("In Chicago, Ill. Governor Pritzker spoke.", &["In Chicago, Ill. Governor Pritzker spoke"]),
        ("On Dec. 5 he read Art. 5 and Vol. II of No. 10.", &["On Dec. 5 he read Art. 5 and Vol. II of No. 10"]),
        ("He resigned last Dec. Rebels came. See No. 5.", &["He resigned last Dec", "Rebels came", "See No. 5"]),
        (
            "Погибли 5 тыс. 300 человек, ещё 2 млн. Террористы ушли.",
            &["Погибли 5 тыс. 300 человек, ещё 2 млн", "Террористы ушли"],
        ),
        ("Ne parla l’on. Rossi. E il dott. Verdi tace.", &["Ne parla l’on. Rossi", "E il dott. Verdi tace"]),
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
        // 13-yo-in-foreign-lexicons, 44-sharp-s, 11-turkish-dotted-capital-i, 10-invisible-characters
        ("Ёлка", "ru", "елка"),
        ("Жёсткий", "be", "жесткий"),
        ("STRAẞE", "de", "strasse"),
        ("Straße", "en", "strasse"),
        ("İSYAN", "tr", "isyan"),
        ("I\u{307}SYAN", "tr", "isyan"),
        ("IŞIK", "tr", "ışık"),
        ("ISYAN", "az", "ısyan"),
        ("İstanbul", "en", "istanbul"),
        ("ISIS", "en", "isis"),
        ("террори\u{301}сты", "ru", "террористы"),
        ("Той", "ru", "той"),
        ("ко́смос", "ru", "космос"),
        ("terro\u{200b}ri\u{ad}sts\u{200e}\u{fe0f}", "en", "terrorists"),
        ("ﬁre", "en", "fire"),
        ("Ｃｏｕｐ", "en", "coup"),
        ("CO₂", "en", "co2"),
        ("sœur", "fr", "soeur"),
        ("ΠΌΛΕΜΟΣ", "el", "πολεμοσ"),
        ("πόλεμος", "el", "πολεμοσ"),
        ("ΠΟΛΕΜΟΣ", "el", "πολεμοσ"),
        ("#MeToo’s", "en", "#metoo"),
        ("mili-\n  tants’", "en", "militants"),
        ("terro\u{ac}\r\nrists", "en", "terrorists"),
        // Turkish endings
        ("Erdoğan’ın", "tr", "erdoğan"),
        ("Ankara’daki", "tr", "ankara"),
        ("Türkiye'nin", "tr", "türkiye"),
        ("2022’de", "tr", "2022"),
        ("AKP’lilerden", "tr", "akp"),
        ("Kur’an", "tr", "kur'an"),
        ("Kur’an’ın", "tr", "kur'an"),
        ("O’Hara", "tr", "o'hara"),
        ("Erdoğan’ın", "en", "erdoğan'ın"),
    ];
    for (word, language, folded) in cases {
        assert_eq!(fold(word, Language::parse(language).unwrap()), folded, "{word}");
    }
}

#[test]
fn a_strict_fold_keeps_spellings_apart_and_nothing_else() {
    let cases = [
        ("Жёсткий", "ru", "жёсткий"),
        ("Straße", "de", "straße"),
        ("ﬁre", "en", "ﬁre"),
        ("террори\u{301}сты", "ru", "террори\u{301}сты"),
        ("terro\u{200b}rists\u{200e}", "en", "terrorists"),
        ("İSYAN", "tr", "isyan"),
        ("Nazarbayev’s", "en", "nazarbayev"),
    ];
    for (word, language, folded) in cases {
        let language = Language::parse(language).unwrap();
        assert_eq!(fold(word, Folding { language, fold: Fold::Strict }), folded, "{word}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, rng_seed: RngSeed::Fixed(20_220_105), ..ProptestConfig::default() })]

    #[test]
    fn what_is_folded_is_folded_already(word in "\\PC{1,12}", code in "(en|tr|ru|de|it)") {
        let language = Language::parse(&code).unwrap();
        // endings may be nested in one another: `s's's`
        prop_assume!(!word.contains(['\'', '’', '‘', 'ʼ', '＇', 'ŉ']));
        for how in [Fold::Usual, Fold::Strict] {
            let folding = Folding { language, fold: how };
            let once = fold(&word, folding);
            prop_assert!(!once.is_empty());
            prop_assert_eq!(fold(&once, folding), once);
        }
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

/// Own sentences; what only the letters, or a few words, tell.
#[test]
fn a_language_is_told_by_its_letters_and_never_one_that_they_exclude() {
    let texts = [
        (
            "bg",
            "Въоръжените мъже дойдоха в пристанището преди изгрев слънце и никой в града не ги беше видял по пътя. Жителите казаха, че \
             цяла нощ са чували изстрели, а кметът помоли хората да останат вкъщи до сутринта. Магазините отвориха отново след седмица и \
             хлябът струваше същото, каза министърът в столицата.",
        ),
        (
            "ca",
            "Els veïns van dir que havien sentit trets tota la nit, però l'alcalde va demanar a la gent que es quedés a casa amb les portes \
             tancades. Les botigues van tornar a obrir i el pa també va costar més que abans, com deien els diaris de la capital.",
        ),
        ("ka", "მაღაზიები ერთი კვირის შემდეგ გაიხსნა."),
        ("hy", "Խանութները վերաբացվեցին մեկ շաբաթ անց։"),
        ("he", "החנויות נפתחו שוב אחרי שבוע."),
        ("el", "Τα μαγαζιά άνοιξαν ξανά ύστερα από μια εβδομάδα."),
        ("th", "ร้านค้าเปิดอีกครั้งหลังจากหนึ่งสัปดาห์"),
        ("fa", "مغازه‌ها پس از یک هفته دوباره باز شدند و گروهی گفتند که چیزی ندیده‌اند."),
        ("ar", "فتحت المتاجر أبوابها من جديد بعد أسبوع في المدينة إلى المساء."),
        (
            "hu",
            "Az üzletek egy hét után újra kinyitottak, és a főváros környékén időnként lövéseket lehetett hallani a zűrzavarban.",
        ),
    ];
    for (language, text) in texts {
        let guess = Guess::of(text);
        assert_eq!((guess.language.code(), guess.is_clear), (language, true), "{text}");
    }
    let english = Guess::certain(Language::ENGLISH);
    let mut majority = Majority::default();
    (0..9).for_each(|_| majority.add(None, english));
    let czech = "Obchody byly po týdnu zase otevřené a chléb stál stejně jako dřív, řekl starosta.";
    assert_ne!(majority.language(None, Guess::of(czech)), Language::ENGLISH);
    let headline = "São Paulo mayor José Müller meets François in the capital";
    assert_eq!(majority.language(None, Guess::of(headline)), Language::ENGLISH);
}
