//! Encodings: found in the bytes, told in a note, or told by the user.

use encoding_rs::Encoding;
use framescope::lexicon::{self, Lexicon, Options};

fn in_encoding(label: &str, text: &str) -> Vec<u8> {
    let encoding = Encoding::for_label(label.as_bytes()).unwrap();
    match label {
        "utf-16le" => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        "utf-16be" => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        _ => encoding.encode(text).0.into_owned(),
    }
}

/// A WordStat dictionary of these words.
fn cat(words: &str) -> String {
    let items: String = words.split(' ').map(|word| format!("\t{word} (1)\r\n")).collect();
    format!("WORDS\r\n{items}")
}

fn texts(lexicon: &Lexicon) -> String {
    lexicon.entries.iter().map(|entry| entry.text.as_str()).collect::<Vec<_>>().join(" ")
}

#[test]
fn encodings_are_found_in_the_bytes() {
    for (label, words) in [
        ("windows-1252", "Š Ž Ÿ"),
        ("windows-1252", "liberté égalité naïve Müller größer señor"),
        ("iso-8859-2", "Č Ď Ě"),
        ("iso-8859-14", "Ḃ Ċ Ḋ"),
        ("windows-1252", "São-Tomé Côte Réunion Curaçao Åland Malmö Müller Iași".trim_end_matches(" Iași")),
        ("shift-jis", "あ い う"),
        ("euc-jp", "あ い う"),
        ("shift-jis", "暴動 テロリスト 抗議する"),
        ("euc-jp", "暴動 テロリスト 抗議する"),
        ("iso-8859-2", "większość władza żołnierz społeczeństwo wolność źródło"),
        ("windows-1250", "většina žádost šíření účast řešení Čechy"),
        ("windows-1251", "терроризм протест переворот Назарбаев беспорядки"),
        ("koi8-r", "терроризм протест переворот Назарбаев беспорядки"),
        ("iso-8859-5", "терроризм протест переворот Назарбаев беспорядки"),
        ("iso-8859-7", "διαδήλωση τρομοκρατία εξουσία Ελλάδα"),
        ("utf-16le", "Müller größer"),
        ("utf-16be", "Müller größer"),
    ] {
        let bytes = in_encoding(label, &cat(words));
        let lexicon = lexicon::parse("x.cat", &bytes).unwrap();
        assert_eq!(texts(&lexicon), words, "{label}");
        let told = lexicon.problems[0].to_string();
        assert!(told.contains("read as ") && told.contains("first byte that is not ASCII"), "{told}");
    }
}

#[test]
fn the_note_names_the_first_odd_byte_and_its_line() {
    let lexicon = lexicon::parse("x.cat", &in_encoding("windows-1252", &cat("war naïve"))).unwrap();
    let told = lexicon.problems[0].to_string();
    assert!(
        told.starts_with(
            "note: x.cat:3: read as windows-1252, a guess; the first byte that is not ASCII is 0xEF at offset 20"
        ),
        "{told}"
    );
}

#[test]
fn one_letter_is_too_little_for_a_guess_and_the_user_can_tell() {
    let bytes = in_encoding("iso-8859-2", &cat("Č"));
    assert_eq!(texts(&lexicon::parse("x.cat", &bytes).unwrap()), "È");
    let options = Options { encoding: Some("iso-8859-2".to_string()), ..Options::default() };
    assert_eq!(texts(&lexicon::parse_with("x.cat", &bytes, &options).unwrap()), "Č");
}

#[test]
fn utf8_is_never_taken_for_anything_else_and_a_mark_is_no_letter() {
    for text in [cat("naïve Č あ"), format!("\u{feff}{}", cat("naïve Č あ"))] {
        let lexicon = lexicon::parse("x.cat", text.as_bytes()).unwrap();
        assert_eq!(texts(&lexicon), "naïve Č あ");
        assert_eq!(lexicon.frames[0].name, "WORDS");
        assert!(lexicon.problems.is_empty(), "{:?}", lexicon.problems);
    }
}

#[test]
fn an_xml_file_may_declare_its_encoding() {
    let text = "<?xml version=\"1.0\" encoding=\"ISO-8859-2\"?><dictionary><cnode name=\"c\"><pnode name=\"Č\"/></cnode></dictionary>";
    let lexicon = lexicon::parse("x.ykd", &in_encoding("iso-8859-2", text)).unwrap();
    assert_eq!(texts(&lexicon), "Č");
}

#[test]
fn every_kind_of_line_end_is_read() {
    for end in ["\n", "\r\n", "\r"] {
        let text = ["%", "1\ta", "2\tb", "%", "x\t1", "y*\t1\t2", ""].join(end);
        let lexicon = lexicon::parse("x.dic", text.as_bytes()).unwrap();
        assert_eq!((lexicon.entries.len(), lexicon.entries[2].line), (3, 6), "{end:?}");
    }
}

#[test]
fn a_picture_is_refused_as_no_text_and_a_protected_dictionary_is_named() {
    let noise: Vec<u8> = (0u32..4000).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let told = lexicon::parse("x.toml", &noise).unwrap_err().to_string();
    assert!(told.contains("x.toml: not a text"), "{told}");
    let told = lexicon::parse("LIWC2015.dic", &noise).unwrap_err().to_string();
    assert!(told.contains("protected"), "{told}");
    let letters: String = (0..4000).map(|i| char::from(b'A' + (i * 7 % 26) as u8)).collect();
    let told = lexicon::parse("LIWC2015.dic", letters.as_bytes()).unwrap_err().to_string();
    assert!(told.contains("LIWC's protected file"), "{told}");
}
