//! The survey of a corpus as bytes: the same comes back; of damaged bytes nothing, and never a number that leads nowhere.

use framescope::aggregate::Grouping;
use framescope::clean::{self, NearDuplicates};
use framescope::count::{Survey, Surveyor};
use framescope::index::sealed::{Value, seal, unseal};
use framescope::index::{Attached, Draft, Key, Shard};
use framescope::read::Article;
use framescope::stem::Stems;
use framescope::text::Language;
use proptest::prelude::*;

fn key(text: &str) -> Key {
    let mut hasher = blake3::Hasher::new();
    hasher.update(text.as_bytes());
    Key::of(&hasher)
}

/// Articles of two outlets, some of them copies, all with a line that recurs; every seventh has no words, every ninth is in a language
/// of no lexicon.
fn survey(articles: usize, near: NearDuplicates) -> Survey {
    let options = clean::Options { near_duplicates: near, ..clean::Options::default() };
    let text = |i: usize| match i {
        i if i % 7 == 3 => String::new(),
        i => {
            let own = if i % 5 == 4 { i / 5 } else { i };
            let words: Vec<String> = (0..120).map(|k| format!("word{} ", (own * 31 + k * k) % 997)).collect();
            let more = if i % 10 == 9 { " And one line more." } else { "" };
            format!("Subscribe to our newsletter today.\n\n{}{more}", words.concat())
        }
    };
    let article = |i: usize| Article {
        id: format!("a{i}"),
        outlet: Some(["East", "West"][i % 2].to_string()),
        text: text(i),
        language: Some(if i % 9 == 8 { Language::parse("ru").unwrap() } else { Language::ENGLISH }),
        ..Article::default()
    };
    let draft = Draft::of((0..articles).map(article).collect(), None, &mut Stems::default());
    let mut attached = Attached::default();
    clean::summarise(&draft, &mut attached);
    let shard = Shard::of(&draft, &attached);
    let grouping = Grouping::new(&["outlet".to_string()], &[]).unwrap();
    let mut surveyor = Surveyor::new(&grouping, &options);
    surveyor.push(&shard, |language| language == Language::ENGLISH);
    surveyor.finish(1)
}

#[test]
fn a_survey_comes_back_as_it_was() {
    for near in [NearDuplicates::Keep, NearDuplicates::First] {
        let survey = survey(60, near);
        assert!(survey.clean.recurring.len() == 2 && !survey.clean.copies.groups().is_empty(), "nothing to keep");
        let bytes = survey.bytes();
        let again = Survey::of_bytes(&bytes).expect("its own bytes");
        assert_eq!(survey, again);
        assert_eq!(bytes, again.bytes());
    }
    assert_eq!(Survey::of_bytes(&Survey::default().bytes()), Some(Survey::default()));
}

#[test]
fn a_sealed_value_is_only_itself() {
    let value = survey(20, NearDuplicates::Keep).bytes();
    let sealed = seal(Value::Survey, key("a"), &value);
    assert_eq!(unseal(Value::Survey, key("a"), &sealed), Some(&value[..]));
    assert_eq!(unseal(Value::Survey, key("b"), &sealed), None);
    assert_eq!(unseal(Value::Lay, key("a"), &sealed), None);
    for cut in 0..sealed.len() {
        assert_eq!(unseal(Value::Survey, key("a"), &sealed[..cut]), None);
    }
    for at in 0..sealed.len() {
        let mut other = sealed.clone();
        other[at] ^= 1;
        assert_eq!(unseal(Value::Survey, key("a"), &other), None, "byte {at}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whoever put the bytes together: what comes out of them can be asked about every article.
    #[test]
    fn of_damaged_bytes_nothing_leads_nowhere(at in 0..10_000usize, to in any::<u8>(), cut in 0..10_000usize) {
        let bytes = survey(30, NearDuplicates::First).bytes();
        let mut damaged = bytes.clone();
        let at = at % bytes.len();
        damaged[at] = to;
        if cut < bytes.len() {
            damaged.truncate(cut);
        }
        if let Some(survey) = Survey::of_bytes(&damaged) {
            for article in 0..survey.counted().count() {
                let standing = survey.of(article);
                prop_assert!(standing.reason.is_counted() || standing.labels.is_empty());
            }
            prop_assert!(survey.copies_of_counted().len() <= survey.counted().count());
        }
    }
}
