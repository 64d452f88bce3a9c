//! Lines that recur, lines at the end, buttons inside a line.

use super::{Corpus, Prose};
use framescope::clean::{self, Furniture, Options, Summaries, WordHashes};
use framescope::index::{Attached, Draft, Shard};
use framescope::lexicon;
use framescope::read::Article;
use framescope::stem::Stems;
use framescope::text::Language;
use framescope::tokenise::Tokens;
use std::ops::Range;

const APPEAL: &str = "Get the stories that matter in your inbox every morning";

/// Articles of one outlet, each with prose of its own; `place` puts the line into the n-th of them.
fn with_line(outlet: &str, count: usize, seed: u64, place: impl Fn(usize, &str) -> String) -> Vec<(String, String)> {
    let mut prose = Prose::seeded(seed);
    (0..count).map(|n| (outlet.to_string(), place(n, &prose.article(300)))).collect()
}

fn inside(text: &str, line: &str) -> String {
    let paragraphs: Vec<&str> = text.split("\n\n").collect();
    let (before, after) = paragraphs.split_at(paragraphs.len() / 2);
    format!("{}\n\n{line}\n\n{}", before.join("\n\n"), after.join("\n\n"))
}

#[test]
fn a_line_of_five_articles_of_an_outlet_is_furniture_and_one_of_four_is_not() {
    for (count, is_furniture) in [(4, false), (5, true)] {
        let with = |n: usize, text: &str| if n < count { format!("{text}\n\n{APPEAL}") } else { text.to_string() };
        let mut corpus = Corpus { articles: with_line("Daily", 9, 1, with) };
        // another outlet that prints it four times has no part in it
        corpus.articles.extend(with_line("Weekly", 4, 2, |_, text| format!("{text}\n\n{APPEAL}")));
        let cleaned = corpus.cleaned(&Options::default());
        let expected = if is_furniture { vec![format!("recurring: {APPEAL}")] } else { Vec::new() };
        assert_eq!(corpus.told(&cleaned, 0), expected, "{count}");
        assert!(cleaned.removed[8].is_empty());
        assert!(cleaned.removed[9..].iter().all(Vec::is_empty));
        assert!(!is_furniture || cleaned.removed[0][0].evidence == "in 5 articles of the outlet");
        assert!(cleaned.removed.iter().flatten().all(|removed| removed.rule.is_furniture()));
    }
}

#[test]
fn copies_of_one_article_make_nothing_recurring() {
    let text = Prose::seeded(3).article(400);
    let copies = (0..10).map(|n| ("Daily", format!("{text}\n\nEdition number {n}")));
    let exact = (0..10).map(|_| ("Daily", text.clone()));
    for corpus in [Corpus::of(copies), Corpus::of(exact)] {
        let cleaned = corpus.cleaned(&Options::default());
        assert!(cleaned.survey.recurring.is_empty());
        assert!(cleaned.removed.iter().all(Vec::is_empty));
    }
}

#[test]
fn a_sentence_inside_articles_must_recur_more_often_than_one_at_an_edge() {
    let sentence = "The ministry did not answer our questions on Monday.";
    let in_the_middle = |count| Corpus { articles: with_line("Daily", count, 4, |_, text| inside(text, sentence)) };
    let at_the_end =
        |count| Corpus { articles: with_line("Daily", count, 4, |_, text| format!("{text}\n\n{sentence}")) };
    let lines = |corpus: Corpus| corpus.cleaned(&Options::default()).survey.recurring.len();
    assert_eq!([lines(in_the_middle(9)), lines(in_the_middle(10))], [0, 1]);
    assert_eq!([lines(at_the_end(4)), lines(at_the_end(5))], [0, 1]);
    // in an outlet of many articles, five of them are nothing
    let mut large = at_the_end(5);
    large
        .articles
        .extend(with_line("Daily", 7_000, 5, |_, text| text.split("\n\n").next().unwrap_or_default().to_string()));
    assert_eq!(lines(large), 0);
}

#[test]
fn a_long_paragraph_is_removed_at_an_edge_alone_and_only_where_it_recurs_often() {
    let long = Prose::seeded(6).words(60).join(" ");
    let at_the_end = |count| Corpus { articles: with_line("Daily", count, 7, |_, text| format!("{text}\n\n{long}")) };
    let in_the_middle = Corpus { articles: with_line("Daily", 30, 7, |_, text| inside(text, &long)) };
    let lines = |corpus: &Corpus| corpus.cleaned(&Options::default()).survey.recurring.len();
    assert_eq!([lines(&at_the_end(9)), lines(&at_the_end(10)), lines(&in_the_middle)], [0, 1, 0]);
}

#[test]
fn an_article_that_says_little_else_keeps_its_recurring_line() {
    let mut corpus = Corpus { articles: with_line("Daily", 6, 8, |_, text| format!("{text}\n\n{APPEAL}")) };
    corpus.articles.push(("Daily".to_string(), format!("{APPEAL}\n\nToday it rains again")));
    let cleaned = corpus.cleaned(&Options::default());
    assert_eq!(corpus.told(&cleaned, 0), [format!("recurring: {APPEAL}")]);
    assert!(cleaned.removed[6].is_empty());
}

/// What the shipped rules remove of the closing lines after 200 words of prose.
fn ending(lines: &str) -> Vec<String> {
    let text = format!("{}\n\n{lines}", Prose::seeded(9).article(200));
    removed_of(&text).into_iter().filter(|told| told.starts_with("ending")).collect()
}

/// What all rules remove of one article, with the shipped furniture.
fn removed_of(text: &str) -> Vec<String> {
    let language =
        if text.contains('ы') || text.contains('й') { Language::parse("ru") } else { Some(Language::ENGLISH) };
    let article = Article { text: text.to_string(), outlet: Some("Daily".to_string()), language, ..Article::default() };
    let mut stems = Stems::default();
    let draft = Draft::of(vec![article], None, &mut stems);
    let mut attached = Attached::default();
    clean::summarise(&draft, &mut attached);
    let shard = Shard::of(&draft, &attached);
    let patterns = Furniture::shipped().unwrap().for_types(shard.types(), &mut stems);
    let (options, tokens) = (Options::default(), draft.article(0));
    let recurring = clean::Recurring::default();
    let removed =
        clean::Cleaner::new(&patterns, &recurring, &options).article(&tokens, &clean::summaries(&shard).get(0), 1, &[]);
    let told = removed.iter().map(|removed| {
        let spans = &tokens.spans[removed.tokens.range()];
        format!("{}: {}", removed.rule.name(), &text[spans[0].start as usize..spans[spans.len() - 1].end as usize])
    });
    told.collect()
}

#[test]
fn short_lines_at_the_end_are_furniture_where_one_of_them_is_known() {
    let links = "See also:\nProtest in the capital enters its second week\n- What the colonels want";
    let expected = ["ending: Protest in the capital enters its second week", "ending: What the colonels want"];
    assert_eq!(ending(links), expected);
    assert_eq!(
        ending("Share this: Pocket\nWhatsApp\nBuzz\nPlurk"),
        ["ending: Buzz", "ending: Plurk"].map(str::to_string)
    );
    assert_eq!(ending("Читайте также:\nПротесты в столице\nЧто говорят полковники").len(), 2);
    // a label of links that stands in the run
    assert_eq!(ending("Ann Lee in the north\nRead next: Snow closes the passes\nBob Ray in the south").len(), 3);
    // the notice above the run is the site's
    assert_eq!(
        ending("Ann Lee contributed to this report.\nSnow in the north\nIce on the river\nA coup at sea").len(),
        3
    );
}

#[test]
fn closing_lines_that_recur_in_an_outlet_are_furniture_with_those_beside_them() {
    let places = ["Almaty", "Astana", "Aktobe", "Taraz", "Oral"];
    let run = |n: usize| format!("Snow in {0}\nThe Daily in your street\nIce on the river of {0}", places[n]);
    let corpus = |count| Corpus { articles: with_line("Daily", count, 21, |n, text| format!("{text}\n\n{}", run(n))) };
    let told = |count| {
        let corpus = corpus(count);
        corpus.told(&corpus.cleaned(&Options::default()), 0).len()
    };
    assert_eq!([told(4), told(5)], [0, 3]);
}

#[test]
fn closing_lines_that_belong_to_the_article_stay() {
    let kept = [
        ("a poem", "Snow on the passes\nIce on the river\nNobody sails to the sea\nNobody waits at the quay"),
        (
            "facts",
            "Capital: Astana\nLargest city: Almaty\nLanguage: Kazakh and Russian\nPresident since spring: Ann Lee",
        ),
        ("names", "Ann Lee\nBob Ray\nCy Low"),
        ("two are no run", "See also:\nProtest in the capital enters its second week"),
        ("sentences", "He was afraid.\nSo was she.\nNobody came.\nThe lights went out."),
        ("figures", "1. Almaty 14\n2. Astana 12\n3. Aktobe 7\n4. Taraz"),
        ("an announced list", "These are the towns in which people were in the streets:\nAlmaty\nAstana\nAktobe"),
        ("small letters", "of the long night\nof the cold morning\nof the empty square"),
    ];
    for (why, lines) in kept {
        assert_eq!(ending(lines), Vec::<String>::new(), "{why}");
    }
    let poem = (0..20).map(|n| format!("Line {} of the song", char::from(b'a' + n))).collect::<Vec<_>>().join("\n");
    assert_eq!(ending(&format!("{poem}\nSee also:")), Vec::<String>::new());
    // and where it is most of the article
    assert_eq!(removed_of("It rained.\nAlmaty\nAstana\nAktobe"), Vec::<String>::new());
}

#[test]
fn common_words_are_furniture_alone_on_a_line_that_is_no_sentence() {
    let prose = "Rain fell on the town all day, and the river rose again that night.";
    let removed = |line: &str| {
        let told = removed_of(&format!("{prose}\n{line}\nThen it fell, and the town was dry."));
        told.iter().filter(|told| told.starts_with("furniture") || told.starts_with("link")).count()
    };
    for line in [
        "Orbit Today",
        "USA TODAY",
        "Daily Courier",
        "January 2022",
        "SEE ALSO: Snow closes the passes",
        "See also: Will snow close the passes?",
        "More on this",
    ] {
        assert_eq!(removed(line), 1, "{line}");
    }
    for line in [
        "Everything changed today.",
        "Prices today",
        "Crisis Today.",
        "Daily life",
        "Daily life in Almaty went on.",
        "January 2022.",
        "January 2022 was cold.",
        "See also the chapter on trade, which explains it.",
        "Read more books, the minister said.",
        "More videos of the beating emerged on Tuesday.",
        "Previous articles have shown how it began.",
    ] {
        assert_eq!(removed(line), 0, "{line}");
    }
}

#[test]
fn a_summary_depends_on_its_article_alone() {
    let mut prose = Prose::seeded(10);
    let texts: Vec<String> = (0..12).map(|_| format!("{}\n{APPEAL}", prose.article(150))).collect();
    let summaries = |texts: &[String]| {
        let mut tokens = Tokens::default();
        for text in texts {
            tokens.push(text, Some(Language::ENGLISH), None);
        }
        Summaries::of(&tokens, texts.iter().map(String::as_str))
    };
    let together = summaries(&texts);
    for (i, text) in texts.iter().enumerate() {
        assert_eq!(together.get(i), summaries(std::slice::from_ref(text)).get(0));
    }
    // straight through the columns
    let mut one_by_one = Summaries::default();
    let mut tokens = Tokens::default();
    for text in &texts {
        tokens.push(text, Some(Language::ENGLISH), None);
    }
    let mut hashes = WordHashes::default();
    for (i, text) in texts.iter().enumerate() {
        one_by_one.push(&tokens.article(i, text), |id| tokens.vocabulary.folded(id), &mut hashes);
    }
    assert_eq!(one_by_one, together);
}

#[test]
fn what_recurs_does_not_depend_on_the_order_of_articles() {
    let mut corpus = Corpus { articles: with_line("Daily", 8, 11, |_, text| format!("{text}\n\n{APPEAL}")) };
    corpus.articles.extend(with_line("Weekly", 6, 12, |_, text| format!("ANALYSIS\n\n{text}")));
    let forwards = corpus.cleaned(&Options::default());
    let told: Vec<_> = (0..14).map(|i| corpus.told(&forwards, i)).collect();
    corpus.articles.reverse();
    let backwards = corpus.cleaned(&Options::default());
    let mut back: Vec<_> = (0..14).map(|i| corpus.told(&backwards, i)).collect();
    back.reverse();
    assert_eq!(told, back);
    assert!(told.iter().all(|removed| removed.len() == 1));
}

/// Words of an article, and what was removed of it.
type Outcome = (u32, Vec<(clean::Rule, Range<usize>)>);

/// A corpus in which every rule finds something, with its furniture lexicon.
fn everything(options: &Options) -> Vec<Outcome> {
    let lexicon = "[lexicon]\nname = \"f\"\nkind = \"furniture\"\nmatch = \"exact\"\n\
                   [[frame]]\nname = \"f\"\nterms = [\"read more\", \"share this *\", \"click here *\"]\n\
                   [[frame]]\nname = \"slides\"\nterms = [\"* hide caption ?* of ?* *\"]\n[[frame]]\nname = \"link_labels\"\nterms = [\"see also\"]";
    let furniture = Furniture { lexicons: vec![lexicon::parse("f.toml", lexicon.as_bytes()).unwrap()] };
    let article = |(outlet, text): (String, String)| {
        let twice = text.split("\n\n").nth(1).unwrap_or_default().to_string();
        // a link to another article in each, so that the closing lines do not recur
        let link = text.split(' ').take(4).collect::<Vec<_>>().join(" ");
        let gallery = format!(
            "The square is empty hide caption 1 of 22 The square of {link} is quiet hide caption 2 of 22 the end."
        );
        let ending = format!("Read more\n{link}\nShare this story\nWhatsApp");
        let text =
            format!("{APPEAL}\n\n{text}\n\n{gallery}\n\nClick here {link}\n\nSee also: {link}\n\n{twice}\n\n{ending}");
        Article { text, outlet: Some(outlet), language: Some(Language::ENGLISH), ..Article::default() }
    };
    let articles = with_line("Daily", 8, 13, |_, text| text.to_string()).into_iter().map(article).collect();
    let mut stems = Stems::default();
    let draft = Draft::of(articles, None, &mut stems);
    let mut attached = Attached::default();
    clean::summarise(&draft, &mut attached);
    let shard = Shard::of(&draft, &attached);
    let patterns = furniture.for_types(shard.types(), &mut stems);
    let summaries = clean::summaries(&shard);
    let mut surveyor = clean::Surveyor::new(options);
    (0..8).for_each(|i| surveyor.push(1, &summaries.get(i)));
    let survey = surveyor.finish();
    let mut cleaner = clean::Cleaner::new(&patterns, &survey.recurring, options);
    let removed = (0..8).map(|i| {
        let tokens = draft.article(i);
        let removed = cleaner.article(&tokens, &summaries.get(i), 1, &[]);
        (tokens.types.len() as u32, removed.iter().map(|r| (r.rule, r.tokens.range())).collect())
    });
    removed.collect()
}

#[test]
fn removed_spans_ascend_and_lie_apart_inside_the_article() {
    let articles = everything(&Options::default());
    for (words, removed) in &articles {
        assert!(removed.windows(2).all(|pair| pair[0].1.end <= pair[1].1.start), "{removed:?}");
        assert!(removed.iter().all(|(_, span)| !span.is_empty() && span.end <= *words as usize));
        for rule in [
            clean::Rule::Furniture,
            clean::Rule::Recurring,
            clean::Rule::Ending,
            clean::Rule::Gallery,
            clean::Rule::Link,
            clean::Rule::Repeat,
        ] {
            assert!(removed.iter().any(|(by, _)| *by == rule), "{} found nothing", rule.name());
        }
    }
}

#[test]
fn switching_a_rule_off_changes_only_what_it_removed() {
    let all = Options::default();
    let reference = everything(&all);
    let switched = [
        (clean::Rule::Furniture, Options { furniture: false, ..all.clone() }),
        (clean::Rule::Recurring, Options { recurring: false, ..all.clone() }),
        (clean::Rule::Ending, Options { endings: false, ..all.clone() }),
        (clean::Rule::Gallery, Options { galleries: false, ..all.clone() }),
        (clean::Rule::Link, Options { links: false, ..all.clone() }),
        (clean::Rule::Repeat, Options { repeats: false, ..all }),
    ];
    for (rule, options) in switched {
        for ((words, before), (_, after)) in reference.iter().zip(everything(&options)) {
            let by_word = |removed: &[(clean::Rule, Range<usize>)]| {
                let mut by_word = vec![None; *words as usize];
                for (rule, span) in removed {
                    by_word[span.clone()].fill(Some(*rule));
                }
                by_word
            };
            let (before, after) = (by_word(before), by_word(&after));
            assert!(after.iter().all(|by| *by != Some(rule)));
            assert!(before.iter().zip(&after).all(|(b, a)| b == a || *b == Some(rule)), "{}", rule.name());
            assert!(
                before.iter().zip(&after).any(|(b, a)| a.is_none() && *b == Some(rule)),
                "{} moved nothing",
                rule.name()
            );
        }
    }
}
