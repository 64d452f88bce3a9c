//! Planted copies are found at the share that was planted, and chance makes none.

use super::{Corpus, Prose, paragraphs};
use framescope::clean::{Copies, NOTICED, Options, Summaries};
use framescope::report::{CopiedArticle, copies_csv};
use framescope::text::Language;
use framescope::tokenise::Tokens;

fn copies(corpus: &Corpus) -> Copies {
    corpus.cleaned(&Options::default()).survey.copies
}

/// Groups as numbers of articles.
fn members(copies: &Copies) -> Vec<Vec<u32>> {
    copies.groups().iter().map(|group| group.members.iter().map(|copy| copy.article).collect()).collect()
}

#[test]
fn a_shared_passage_of_fifty_words_is_noticed_wherever_it_stands() {
    let mut prose = Prose::seeded(21);
    for at in (0..400).step_by(7) {
        let passage = prose.words(NOTICED);
        let mut tokens = Tokens::default();
        let mut texts = Vec::new();
        for before in [at, 400 - at] {
            let text = [prose.words(before), passage.clone(), prose.words(300)].concat().join(" ");
            tokens.push(&text, Some(Language::ENGLISH), None);
            texts.push(text);
        }
        let summaries = Summaries::of(&tokens, texts.iter().map(String::as_str));
        let (a, b) = (summaries.get(0), summaries.get(1));
        assert!(a.fingerprints.iter().any(|print| b.fingerprints.contains(print)), "{at}");
    }
    assert_eq!(NOTICED, 50);
}

#[test]
fn fingerprints_ascend_once_each_and_are_few() {
    let mut tokens = Tokens::default();
    let text = Prose::seeded(22).words(20_000).join(" ");
    let empty = "one two three";
    let repeated = "again ".repeat(5_000);
    for text in [&text, empty, &repeated] {
        tokens.push(text, Some(Language::ENGLISH), None);
    }
    let summaries = Summaries::of(&tokens, [&text, empty, &repeated].into_iter());
    let prints = summaries.get(0).fingerprints;
    assert!(prints.windows(2).all(|pair| pair[0] < pair[1]));
    // two in forty-four shingles, as winnowing has it
    assert!((850..=970).contains(&prints.len()), "{}", prints.len());
    assert!(summaries.get(1).fingerprints.is_empty());
    assert_eq!(summaries.get(2).fingerprints.len(), 1);
}

#[test]
fn planted_copies_are_found_with_the_share_that_was_planted() {
    let mut prose = Prose::seeded(23);
    for percent in [100, 90, 75, 60] {
        let mut errors = Vec::new();
        for _ in 0..10 {
            let original = prose.words(1000);
            let taken = percent * 10;
            let copy = [&original[1000 - taken..], &prose.words(1000 - taken)].concat();
            let corpus =
                Corpus::of([("A", paragraphs(&original)), ("B", prose.article(900)), ("C", paragraphs(&copy))]);
            let copies = copies(&corpus);
            assert_eq!(members(&copies), [[0, 2]], "{percent}");
            for member in &copies.groups()[0].members {
                errors.push(f64::from(member.shared) / 10.0 - percent as f64);
                assert_eq!(member.exact, percent == 100 && member.article == 2);
            }
        }
        let mean = errors.iter().sum::<f64>() / errors.len() as f64;
        let worst = errors.iter().fold(0.0f64, |worst, error| worst.max(error.abs()));
        assert!(mean.abs() < 5.0 && worst < 15.0, "{percent} %: on average {mean:+.1} off, at worst {worst:.1}");
    }
}

#[test]
fn a_part_below_the_threshold_makes_no_copy_and_the_threshold_is_a_setting() {
    let mut prose = Prose::seeded(24);
    for _ in 0..10 {
        let original = prose.words(1000);
        let copy = [&original[..300], &prose.words(700)].concat();
        let corpus = Corpus::of([("A", paragraphs(&original)), ("B", paragraphs(&copy))]);
        assert!(copies(&corpus).groups().is_empty());
        let keen = Options { min_copy_share: 20, ..Options::default() };
        assert_eq!(members(&corpus.cleaned(&keen).survey.copies), [[0, 1]]);
    }
}

#[test]
fn a_brief_inside_a_long_article_is_its_copy_and_shares_all_of_itself() {
    let mut prose = Prose::seeded(25);
    let brief = prose.words(250);
    let long = [prose.words(500), brief.clone(), prose.words(750)].concat();
    let copies = copies(&Corpus::of([("A", paragraphs(&long)), ("B", paragraphs(&brief))]));
    let [whole, part] = copies.groups()[0].members[..] else { panic!("two members") };
    assert!(part.shared >= 900 && (100..=250).contains(&whole.shared), "{part:?} {whole:?}");
    assert_eq!([copies.copy_of(0), copies.copy_of(1)], [None, Some(0)]);
}

#[test]
fn random_articles_are_never_copies() {
    let mut prose = Prose::seeded(26);
    let mut lengths = [40, 80, 150, 400, 900].into_iter().cycle();
    let corpus = Corpus::of((0..3_000).map(|n| {
        let outlet = ["A", "B", "C"][n % 3];
        let length = lengths.next().unwrap_or(100);
        // a line that all of an outlet's articles share makes nobody a copy
        (
            outlet,
            format!("{}\n\nThis article first stood in the newspaper that is called {outlet}", prose.article(length)),
        )
    }));
    assert_eq!(members(&copies(&corpus)), Vec::<Vec<u32>>::new());
}

#[test]
fn a_hundred_copies_are_one_group_and_the_first_is_counted() {
    let mut prose = Prose::seeded(27);
    let story = prose.words(500);
    let corpus = Corpus::of((0..100).flat_map(|n| {
        let copy = [&story[..], &prose.words(20)].concat();
        [("Wire", paragraphs(&copy)), (if n % 2 == 0 { "Daily" } else { "Weekly" }, prose.article(300))]
    }));
    let copies = copies(&corpus);
    assert_eq!(members(&copies), [(0..200).step_by(2).collect::<Vec<u32>>()]);
    for article in 0..200 {
        assert_eq!(copies.copy_of(article), (article > 0 && article % 2 == 0).then_some(0), "{article}");
    }
}

#[test]
fn exact_copies_are_in_the_group_of_the_article_they_copy() {
    let mut prose = Prose::seeded(28);
    let (one, other) = (prose.words(300), "Nothing happened today");
    let nearly = [&one[..], &prose.words(9)].concat();
    let texts = [
        paragraphs(&one),
        other.to_string(),
        paragraphs(&one),
        paragraphs(&nearly),
        other.to_string(),
        String::new(),
        String::new(),
    ];
    let copies = copies(&Corpus::of(texts.into_iter().map(|text| ("A", text))));
    assert_eq!(members(&copies), [vec![0, 2, 3], vec![1, 4]]);
    assert_eq!(
        (0..7).map(|i| copies.duplicate_of(i)).collect::<Vec<_>>(),
        [None, None, Some(0), None, Some(1), None, None]
    );
    assert_eq!((0..7).map(|i| copies.copy_of(i)).collect::<Vec<_>>(), [None, None, None, Some(0), None, None, None]);
    let shares: Vec<_> = copies.groups()[1].members.iter().map(|copy| (copy.shared, copy.exact)).collect();
    assert_eq!(shares, [(1000, false), (1000, true)]);
}

#[test]
fn groups_do_not_depend_on_the_order_of_articles() {
    let mut prose = Prose::seeded(29);
    let mut texts = Vec::new();
    for _ in 0..20 {
        let story = prose.words(400);
        for _ in 0..3 {
            texts.push(paragraphs(&[&story[..], &prose.words(100)].concat()));
        }
        texts.push(prose.article(300));
    }
    let groups = |order: &[usize]| {
        let corpus = Corpus::of(order.iter().map(|&i| ("A", texts[i].clone())));
        let name = |group: Vec<u32>| {
            let mut group: Vec<usize> = group.iter().map(|&article| order[article as usize]).collect();
            group.sort_unstable();
            group
        };
        let mut groups: Vec<_> = members(&copies(&corpus)).into_iter().map(name).collect();
        groups.sort();
        groups
    };
    let forwards: Vec<usize> = (0..80).collect();
    let mixed: Vec<usize> = (0..80).map(|i| i * 37 % 80).collect();
    assert_eq!(groups(&forwards), groups(&mixed));
    assert_eq!(groups(&forwards).len(), 20);
}

#[test]
fn the_table_has_a_row_for_each_member() {
    let mut prose = Prose::seeded(30);
    let story = prose.words(400);
    let near = [&story[..], &["indeed".to_string()]].concat();
    let corpus =
        Corpus::of([("Wire", paragraphs(&story)), ("Daily", paragraphs(&story)), ("Daily", paragraphs(&near))]);
    let told = |article: u32| CopiedArticle {
        id: format!("a{article}"),
        outlet: (article > 0).then(|| corpus.articles[article as usize].0.clone()),
        date: (article == 0).then(|| "2022-01-05".to_string()),
        title: "A night, twice".to_string(),
    };
    let csv = String::from_utf8(copies_csv(&copies(&corpus), told).unwrap()).unwrap();
    let expected = "group,article,outlet,date,title,first,shared,copy,copy_of\n\
                    1,a0,unknown,2022-01-05,\"A night, twice\",true,1.0,,\n\
                    1,a1,Daily,,\"A night, twice\",false,1.0,exact,a0\n\
                    1,a2,Daily,,\"A night, twice\",false,1.0,near,a0\n";
    assert_eq!(csv, expected);
}
