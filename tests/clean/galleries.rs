//! Captions of galleries, and headlines of other articles: what is removed, and what stays.

use framescope::clean::{self, Furniture, Options, Recurring};
use framescope::index::{Attached, Draft, Shard};
use framescope::read::Article;
use framescope::stem::Stems;
use framescope::text::Language;

/// What the shipped lexicons remove of a text, as `rule: words`.
fn removed_in(text: &str, language: Language) -> Vec<String> {
    let mut stems = Stems::default();
    let article = Article { text: text.to_string(), language: Some(language), ..Article::default() };
    let draft = Draft::of(vec![article], None, &mut stems);
    let mut attached = Attached::default();
    clean::summarise(&draft, &mut attached);
    let shard = Shard::of(&draft, &attached);
    let patterns = Furniture::shipped().unwrap().for_types(shard.types(), &mut stems);
    let options = Options { endings: false, repeats: false, ..Options::default() };
    let removed = clean::clean(&shard, &patterns, &Recurring::default(), &options);
    let spans = framescope::tokenise::word_spans(text);
    let told = removed[0].iter().map(|removed| {
        let spans = &spans[removed.tokens.range()];
        let words = &text[spans[0].start as usize..spans[spans.len() - 1].end as usize];
        format!("{}: {}", removed.rule.name(), words.split_whitespace().collect::<Vec<_>>().join(" "))
    });
    told.collect()
}

fn removed(text: &str) -> Vec<String> {
    removed_in(text, Language::ENGLISH)
}

#[test]
fn captions_between_the_buttons_of_a_gallery_go() {
    let text = "It rained. Photos: The night A crowd gathers. Hide Caption 1 of 12 Photos: The night The square is empty. Hide Caption 2 of 12 Then he left.";
    let expected = [
        "gallery: Photos: The night A crowd gathers",
        "furniture: Hide Caption 1 of 12",
        "gallery: Photos: The night The square is empty",
        "furniture: Hide Caption 2 of 12",
    ];
    assert_eq!(removed(text), expected);
    let lines = "It rained.\n\nPhotos: The night A crowd gathers. Hide Caption 1 of 12 Photos: The night\n\nShe saw the army come. Hide Caption 2 of 12\n\nThen he left.";
    let told = removed(lines);
    assert!(told.contains(&"gallery: She saw the army come".to_string()), "{told:?}");
    assert!(!told.iter().any(|removed| removed.contains("left") || removed.contains("rained")), "{told:?}");
}

#[test]
fn one_button_is_no_gallery_and_prose_before_the_first_one_stays() {
    let expected = ["furniture: Hide Caption 1 of 12"];
    assert_eq!(removed("The army came. A crowd gathers. Hide Caption 1 of 12 Then he left."), expected);
    let told = removed("The army came to town. Hide Caption 1 of 2 The square is empty. Hide Caption 2 of 2 He left.");
    assert!(!told.iter().any(|removed| removed.contains("army")), "{told:?}");
    let prose = "word ".repeat(210);
    let told = removed(&format!("Night A crowd. Hide Caption 1 of 2 {prose} Hide Caption 2 of 2"));
    assert!(!told.iter().any(|removed| removed.contains("word")), "{told:?}");
}

#[test]
fn three_captions_in_a_row_are_a_gallery_and_two_are_not() {
    let captions = [
        "A crowd gathers. (AP Photo/Ann Lee)",
        "The square is empty. Bo Ray/Getty Images",
        "Dogs sleep. Photo: Ann Lee",
    ];
    let told = removed(&format!("Night falls.\n{}\nThen it rained.", captions.join("\n")));
    let expected = [
        "gallery: A crowd gathers. (AP Photo/Ann Lee",
        "gallery: The square is empty. Bo Ray/Getty Images",
        "gallery: Dogs sleep. Photo: Ann Lee",
    ];
    assert_eq!(told, expected);
    assert!(removed(&format!("Night falls.\n{}\nThen it rained.", captions[..2].join("\n"))).is_empty());
    let russian = "Ночь.\nТолпа на площади. Фото: Анна Ли\nПлощадь пуста. Фото: ТАСС\nСобаки спят. Фото: Борис Рей\nПотом пошёл дождь.";
    assert_eq!(removed_in(russian, Language::RUSSIAN).len(), 3);
    let italian = "Notte.\nLa folla si raduna. Foto: Ansa\nLa piazza è vuota. Foto: Anna Lei\nI cani dormono. Foto di Bo Rei\nPoi piove.";
    assert_eq!(removed_in(italian, Language::ITALIAN).len(), 3);
}

#[test]
fn headlines_behind_a_label_go() {
    let cases = [
        (
            "Rain falls.\nMore:Army enters the town: what we know\nHe left.",
            "link: More:Army enters the town: what we know",
        ),
        ("Rain falls.\nPHOTOS: Army enters the town\nHe left.", "link: PHOTOS: Army enters the town"),
        ("Rain falls. (RELATED: Army Enters The Town) He left.", "link: RELATED: Army Enters The Town"),
        ("Rain falls.\n( QUIZ: How well do you know the army?)\nHe left.", "link: QUIZ: How well do you know the army"),
    ];
    for (text, expected) in cases {
        assert_eq!(removed(text), [expected], "{text}");
    }
    assert_eq!(
        removed_in("Идёт дождь.\nЧитайте: Армия вошла в город\nОн ушёл.", Language::RUSSIAN),
        ["link: Читайте: Армия вошла в город"]
    );
    assert_eq!(removed_in("Piove. (Leggi: L’esercito entra in città) Parte.", Language::ITALIAN).len(), 1);
}

#[test]
fn what_only_looks_like_a_link_stays() {
    let long = format!("Rain falls.\nMore: {}", "word ".repeat(40));
    let kept = [
        ("the first line may be the title", "Watch: Army enters the town\nIt came at night."),
        ("a word of prose in brackets", "The other force (read: the army) came."),
        ("a colon inside a sentence", "Rain falls.\nThey asked for more: bread and work."),
        ("a speaker", "Rain falls.\nOfficer: We saw the army enter."),
        ("a long line", long.as_str()),
        ("a label over prose", "Rain falls.\nThe latest\nThe army came to town at night."),
        ("a label over a subheading", "Rain falls.\nThe latest\nArmy in town\nIt came at night."),
        (
            "an announced list",
            "Rain falls.\nThe latest\nThese are the towns in which the army stands today:\nIt came at night.",
        ),
    ];
    for (why, text) in kept {
        assert!(removed(text).is_empty(), "{why}: {:?}", removed(text));
    }
}

#[test]
fn a_list_of_titles_under_a_label_goes() {
    let text = "Rain falls.\nTrending\nArmy enters the town\nSnow closes the passes\nIt came at night.";
    assert_eq!(removed(text), ["link: Army enters the town", "link: Snow closes the passes"]);
    let single = "Rain falls.\nTrending\nArmy enters the town at night\nIt came in the morning.";
    assert_eq!(removed(single), ["link: Army enters the town at night"]);
    let many = format!("Rain falls.\nTrending\n{}It came.", "Army enters the town\n".repeat(16));
    assert!(removed(&many).is_empty());
}

#[test]
fn headlines_that_are_glued_to_a_name_go() {
    let text = "Sen. Ann Lee Ann Mary LeeArmy enters the town GOP votes on snow MORE (R-Ohio) and Bo Ray Bo RayRain: a report MORE’s aide left.";
    assert_eq!(
        removed(text),
        ["link: Ann Mary LeeArmy enters the town GOP votes on snow MORE", "link: Bo RayRain: a report MORE’s"]
    );
    for kept in [
        "Ann Lee asked for MORE money.",
        "Ann Lee met Ann LeeArmy and left.",
        "Ann Lee and McLee want MORE.",
        "The iPhone of Ann costs MORE.",
    ] {
        assert!(removed(kept).is_empty(), "{kept}: {:?}", removed(kept));
    }
}
