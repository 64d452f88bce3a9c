//! Which places an entry finds: the rules of matching, case by case, and laws on random lexicons and texts.

#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::unwrap_used)]

#[path = "lookup/chains.rs"]
mod chains;
#[path = "lookup/proximity.rs"]
mod proximity;

use framescope::index::Shard;
use framescope::lexicon::{self, Entry, Lexicon, MatchMode, Options, Overlap, Pattern, Word};
use framescope::lookup::{Found, FrameId, Hit, Plan, VoiceLookup, look_up};
use framescope::read::Article;
use framescope::stem::{Stems, stem};
use framescope::text::{Language, fold};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// A lexicon from the lines below its `[lexicon]` header.
fn lexicon(header: &str, body: &str) -> Lexicon {
    let text = format!("[lexicon]\nname = \"t\"\n{header}\n{body}");
    lexicon::parse("t.toml", text.as_bytes()).unwrap_or_else(|error| panic!("{error}"))
}

/// An English lexicon of one frame `f`, matched by stem.
fn terms(terms: &str) -> Lexicon {
    lexicon("language = \"en\"", &format!("[[frame]]\nname = \"f\"\nterms = [{terms}]"))
}

fn shard(texts: &[(&str, Option<Language>)]) -> Shard {
    let article = |&(text, language): &(&str, Option<Language>)| Article {
        text: text.to_string(),
        language,
        ..Article::default()
    };
    Shard::build(texts.iter().map(article).collect(), None, &mut Stems::default())
}

fn english(text: &str) -> Shard {
    shard(&[(text, Some(Language::ENGLISH))])
}

fn found(lexicons: &[Lexicon], shard: &Shard) -> (Vec<(String, Hit)>, Found) {
    let plan = Plan::new(lexicons);
    let removed = vec![Vec::new(); shard.len()];
    let found = look_up(&plan, shard, &mut VoiceLookup::new(shard, &removed, &[]), &mut Stems::default());
    let named = found.hits.iter().map(|hit| (plan.frames()[hit.frame.index()].clone(), *hit)).collect();
    (named, found)
}

/// The words of a hit, as they stand.
fn surfaces(shard: &Shard, hit: &Hit) -> Vec<String> {
    let first = shard.range(hit.article as usize).start;
    let mut reader = shard.reader();
    let view = reader.article(hit.article as usize);
    let spans = &view.spans[(hit.tokens.start - first) as usize..(hit.tokens.end - first) as usize];
    spans.iter().map(|span| view.text[span.range()].to_string()).collect()
}

fn surface(shard: &Shard, hit: &Hit) -> String {
    let first = shard.range(hit.article as usize).start;
    let mut reader = shard.reader();
    let view = reader.article(hit.article as usize);
    let (start, end) = ((hit.tokens.start - first) as usize, (hit.tokens.end - first) as usize);
    view.text[view.spans[start].start as usize..view.spans[end - 1].end as usize].to_string()
}

/// What is found in an English text: `frame: words`, in the order of the text.
fn finds(lexicons: &[Lexicon], text: &str) -> Vec<String> {
    let shard = english(text);
    found(lexicons, &shard).0.iter().map(|(frame, hit)| format!("{frame}: {}", surface(&shard, hit))).collect()
}

/// The words that one frame finds in an English text.
fn words(lexicon: &Lexicon, text: &str) -> Vec<String> {
    let found = finds(std::slice::from_ref(lexicon), text);
    found.into_iter().map(|hit| hit.split_once(": ").unwrap().1.to_string()).collect()
}

/// The words that a Russian entry finds.
fn russian(term: &str, text: &str) -> Vec<String> {
    let lexicon = lexicon("language = \"ru\"", &format!("[[frame]]\nname = \"f\"\nterms = [\"{term}\"]"));
    let shard = shard(&[(text, Some(Language::RUSSIAN))]);
    found(&[lexicon], &shard).0.iter().map(|(_, hit)| surface(&shard, hit)).collect()
}

#[test]
fn russian_nouns_are_found_in_cases_that_have_another_stem() {
    let all = "Бандит увидел бандита, бандиты бандитам, бандитами и бандитов.";
    let forms = ["Бандит", "бандита", "бандиты", "бандитам", "бандитами", "бандитов"];
    assert_eq!(russian("бандит", all), forms);
    assert_eq!(russian("бандиты", all), forms);
    assert_eq!(russian("режим", "Режим, режима, режимом; режет."), ["Режим", "режима", "режимом"]);
    assert_eq!(russian("еврей", "Еврей, евреи, евреев, еврея."), ["Еврей", "евреи", "евреев", "еврея"]);
    assert_eq!(
        russian("Казахстан", "Казахстан, в Казахстане, Казахстаном."),
        ["Казахстан", "Казахстане", "Казахстаном"]
    );
    // a verb stays a verb, and what is no case of a noun is not found
    assert_eq!(russian("говорит", "Говорит говорил, говорить."), ["Говорит", "говорил", "говорить"]);
    assert_eq!(russian("кредит", "Кредиту кредитовать."), ["Кредиту"]);
    assert_eq!(russian("=бандит", all), ["Бандит"]);
}

/// Patterns of one entry, a text, and what is found.
const CASES: &[(&str, &str, &[&str])] = &[
    // stem, the default; a name for people in -er is not the verb
    ("\"terrorists\"", "A terrorist met terrorists and terror.", &["terrorist", "terrorists"]),
    ("\"occupiers\"", "Occupiers occupy; an occupier occupied it.", &["Occupiers", "occupier"]),
    ("\"occupy\"", "Occupiers occupy; an occupier occupied it.", &["occupy", "occupied"]),
    // exact and case
    ("\"=protest\"", "A protest of protesters protested: Protest!", &["protest", "Protest"]),
    ("{ term = \"US\", match = \"case\" }", "US troops told us: the US’s plan.", &["US", "US’s"]),
    ("{ term = \"protest\", match = \"exact\" }", "protest protests", &["protest"]),
    // possessives and apostrophes
    (
        "\"Nazarbayev\"",
        "Nazarbayev’s heirs, Nazarbayev's sons, the Nazarbayevs' house",
        &["Nazarbayev’s", "Nazarbayev's", "Nazarbayevs"],
    ),
    ("\"=can't\"", "can’t, can't, cant", &["can’t", "can't"]),
    // hyphens: several words, in the pattern and in the text
    ("\"=multi-vector\"", "multi-vector, multi vector, multivector", &["multi-vector", "multi vector"]),
    ("\"co-operat*\"", "co-operation, co operates, cooperation", &["co-operation", "co operates"]),
    // wildcards work on the folded form, never on stems
    ("\"strik*\"", "Strike, strikes, striking, struck", &["Strike", "strikes", "striking"]),
    ("\"wom?n\"", "woman, women, womens", &["woman", "women"]),
    ("\"*ization\"", "organization, ization, organisation", &["organization", "ization"]),
    ("\"de*abil*ation\"", "destabilisation, deability", &["destabilisation"]),
    ("\"free* elect*\"", "freely elected, free and elected", &["freely elected"]),
    ("\"rule of * law\"", "rule of good law, rule of law, rule of a good law", &["rule of good law"]),
    // phrases by stem
    ("\"armed attack\"", "arms attacks, armed attacks, attack armed", &["arms attacks", "armed attacks"]),
    // proximity: within a sentence, at most n words on, the hit is both and what lies between
    ("\"seize BEFORE/3 power\"", "They seized all the power. Power was seized.", &["seized all the power"]),
    ("\"seize BEFORE/2 power\"", "They seized all the power.", &[]),
    ("\"seize AFTER/3 power\"", "They seized power. Power was then seized.", &["Power was then seized"]),
    (
        "\"strike NEAR/2 worker\"",
        "Workers strike. A strike of workers. Strike. Workers.",
        &["Workers strike", "strike of workers"],
    ),
    ("\"gas BEFORE/9 price\"", "Gas rose.\nThe price rose.", &[]),
    ("\"gas BEFORE/9/P price\"", "Gas rose. The price rose.\n\nA price.", &["Gas rose. The price"]),
    ("\"gas BEFORE/9/P price\"", "Gas rose.\n\nThe price rose.", &[]),
    ("\"gas BEFORE/9/D price\"", "Gas rose.\n\nThe price rose.", &["Gas rose.\n\nThe price"]),
    (
        "\"gas BEFORE/D price\"",
        "Gas rose and fell and rose again.\n\nIt had a price.",
        &["Gas rose and fell and rose again.\n\nIt had a price"],
    ),
    // the NOT forms hit the left operand alone
    ("\"good NOT AFTER/2 not\"", "Good. Not good. Not a good one. Not at all that good.", &["Good", "good"]),
    ("\"power NOT BEFORE/1 plant\"", "Power and a power plant.", &["Power"]),
    ("\"tear gas NOT NEAR/3 water\"", "tear gas; tear gas and water", &["tear gas"]),
];

#[test]
fn an_entry_finds_what_its_pattern_says() {
    for (entry, text, expected) in CASES {
        assert_eq!(words(&terms(entry), text), *expected, "{entry} in {text:?}");
    }
}

#[test]
fn the_longest_entry_wins_and_a_token_counts_once_in_a_frame() {
    let lexicon = terms("\"attack\", \"terror attack\", \"terror\", \"attack on civilians\"");
    assert_eq!(words(&lexicon, "a terror attack"), ["terror attack"]);
    // both phrases want `attack`: the longer has it, and the other's first word is left for the short entry
    assert_eq!(words(&lexicon, "a terror attack on civilians"), ["terror", "attack on civilians"]);
    let even = terms("\"a b\", \"b c\"");
    assert_eq!(words(&even, "a b c"), ["a b"], "of two equally long ones the left wins");
}

#[test]
fn across_frames_a_token_may_count_in_several() {
    let body = "[[frame]]\nname = \"a\"\nterms = [\"riot\"]\n[[frame]]\nname = \"b\"\nterms = [\"riot police\"]";
    let by_frame = lexicon("language = \"en\"", body);
    assert_eq!(finds(&[by_frame], "riot police"), ["a: riot", "b: riot police"]);
    let by_lexicon = lexicon("language = \"en\"\noverlap = \"lexicon\"", body);
    assert_eq!(finds(&[by_lexicon], "riot police and a riot"), ["b: riot police", "a: riot"]);
}

#[test]
fn two_lexicons_that_name_one_frame_share_its_tokens() {
    let one = terms("\"riot\"");
    let other = Lexicon { name: "u".to_string(), ..terms("\"riot police\"") };
    assert_eq!(finds(&[one, other], "riot police"), ["f: riot police"]);
}

#[test]
fn a_parent_frame_counts_each_span_once() {
    let body = "[[frame]]\nname = \"security/terrorism\"\nterms = [\"bomb\"]\n\
                [[frame]]\nname = \"security/war\"\nterms = [\"bomb\", \"car bomb\"]\n\
                [[frame]]\nname = \"security\"\nterms = [\"guard\"]";
    let lexicons = [lexicon("language = \"en\"", body)];
    let shard = english("A bomb, a car bomb, a guard.");
    let (own, found) = found(&lexicons, &shard);
    let own: Vec<String> = own.iter().map(|(frame, hit)| format!("{frame}: {}", surface(&shard, hit))).collect();
    assert_eq!(
        own,
        [
            "security/terrorism: bomb",
            "security/war: bomb",
            "security/war: car bomb",
            "security/terrorism: bomb",
            "security: guard",
        ]
    );
    let parents: Vec<String> = found.parents.iter().map(|hit| surface(&shard, hit)).collect();
    assert_eq!(parents, ["bomb", "car bomb", "guard"]);
}

#[test]
fn an_exception_cancels_the_hits_that_it_covers_in_its_own_frame() {
    let body = "[[frame]]\nname = \"f\"\nterms = [\"coup\", \"=grace\"]\nexcept = [\"coup de grâce\", \"coup for\"]\n\
                [[frame]]\nname = \"g\"\nterms = [\"coup\"]";
    let lexicons = [lexicon("language = \"en\"", body)];
    let text = "A coup. A coup de grâce. A coup for art. Coups for all.";
    let expected = ["f: coup", "g: coup", "g: coup", "g: coup", "g: Coups"];
    assert_eq!(finds(&lexicons, text), expected);
    // an exception that only touches a hit leaves it
    let wide =
        lexicon("language = \"en\"", "[[frame]]\nname = \"f\"\nterms = [\"military coup\"]\nexcept = [\"coup for\"]");
    assert_eq!(finds(&[wide], "a military coup for them"), ["f: military coup"]);
}

#[test]
fn a_frame_as_operand_is_any_entry_of_it_and_of_the_frames_inside() {
    let body = "[[frame]]\nname = \"who/police\"\nterms = [\"police\", \"riot police\"]\n\
                [[frame]]\nname = \"who/army\"\nterms = [\"soldier\"]\n\
                [[frame]]\nname = \"f\"\nterms = [\"#who BEFORE/2 shot\"]";
    let lexicons = [lexicon("language = \"en\"", body)];
    let hits = finds(&lexicons, "Riot police shot. Soldiers then shot. Farmers shot.");
    let own: Vec<&String> = hits.iter().filter(|hit| hit.starts_with("f: ")).collect();
    assert_eq!(own, ["f: Riot police shot", "f: Soldiers then shot"]);
}

#[test]
fn a_phrase_stays_in_its_article_and_a_proximity_in_its_scope() {
    let lexicons = [terms("\"coup attempt\", \"gas BEFORE/D price\"")];
    let en = Some(Language::ENGLISH);
    let shard = shard(&[("a coup", en), ("attempt; gas", en), ("price", en)]);
    assert!(found(&lexicons, &shard).0.is_empty());
}

#[test]
fn a_lexicon_is_looked_up_in_articles_of_its_language_and_of_none_known() {
    let lexicons = [terms("\"strikes\"")];
    let texts =
        [("strike", Some(Language::ENGLISH)), ("strike", Some(Language::RUSSIAN)), ("strike", Some(Language::UNKNOWN))];
    let shard = shard(&texts);
    let articles: Vec<u32> = found(&lexicons, &shard).0.iter().map(|(_, hit)| hit.article).collect();
    // the article of no known language takes the lexicon's stemmer: `strikes` finds *strike* there
    assert_eq!(articles, [0, 2]);
}

#[test]
fn a_lexicon_for_every_language_takes_the_stemmer_of_the_article() {
    let lexicons = [lexicon("", "[[frame]]\nname = \"f\"\nterms = [\"strikes\", \"забастовка\"]")];
    let texts = [("two strike", Some(Language::ENGLISH)), ("забастовки и забастовкой", Some(Language::RUSSIAN))];
    let shard = shard(&texts);
    let hits: Vec<String> = found(&lexicons, &shard).0.iter().map(|(_, hit)| surface(&shard, hit)).collect();
    assert_eq!(hits, ["strike", "забастовки", "забастовкой"]);
}

#[test]
fn of_two_entries_for_one_span_the_more_specific_is_named() {
    let lexicons = [terms("\"protest*\", \"protest\", \"=protest\"")];
    let shard = english("protest protests protestantism");
    let named = found(&lexicons, &shard).0;
    let entries: Vec<&str> =
        named.iter().map(|(_, hit)| lexicons[0].entries[hit.entry.entry as usize].text.as_str()).collect();
    assert_eq!(entries, ["=protest", "protest", "protest*"]);
}

/// Words that meet often enough to overlap.
const WORDS: &[&str] =
    &["strike", "strikes", "striker", "gas", "Gas", "price", "prices", "oil-price", "police", "the", "U.S."];

fn pattern() -> impl Strategy<Value = String> {
    let word = || {
        prop_oneof![
            4 => proptest::sample::select(WORDS).prop_map(str::to_string),
            1 => proptest::sample::select(WORDS).prop_map(|word| format!("={word}")),
            1 => proptest::sample::select(&["stri*", "*ice", "g?s", "pri*s", "*"][..]).prop_map(str::to_string),
        ]
    };
    let phrase = || proptest::collection::vec(word(), 1..=3).prop_map(|words| words.join(" "));
    let operator =
        proptest::sample::select(&["BEFORE/2", "AFTER/3", "NEAR/4", "NOT AFTER/2", "NEAR/3/P", "NEAR/D"][..]);
    prop_oneof![
        5 => phrase(),
        1 => (phrase(), operator, phrase()).prop_map(|(left, operator, right)| format!("{left} {operator} {right}")),
    ]
    .prop_filter("a word", |pattern| pattern.chars().any(char::is_alphabetic))
}

fn text() -> impl Strategy<Value = String> {
    let gap = proptest::sample::select(&[" ", " ", " ", ", ", ". ", "-", "’s ", "\n\n"][..]);
    let piece = (proptest::sample::select(WORDS), gap).prop_map(|(word, gap)| format!("{word}{gap}"));
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// Frame, pattern, whether it is an exception.
fn entries() -> impl Strategy<Value = Vec<(usize, String, bool)>> {
    let entry = (0..3usize, pattern(), proptest::bool::weighted(0.1));
    proptest::collection::vec(entry, 1..14).prop_map(|mut entries| {
        entries.sort();
        entries.dedup_by(|a, b| (a.0, &a.1) == (b.0, &b.1));
        entries
    })
}

/// A lexicon with its entries in the order given.
fn build(name: &str, entries: &[(usize, String, bool)], overlap: Overlap) -> Option<Lexicon> {
    let list = |frame: usize, except: bool| {
        let own = entries.iter().filter(|entry| entry.0 == frame && entry.2 == except);
        own.map(|entry| format!("\"{}\"", entry.1)).collect::<Vec<_>>().join(", ")
    };
    let mut text = format!("[lexicon]\nname = \"{name}\"\nlanguage = \"en\"\n");
    for frame in ["a", "a/b", "c"].iter().enumerate() {
        text.push_str(&format!(
            "[[frame]]\nname = \"{}\"\nmay_be_empty = true\nterms = [{}]\nexcept = [{}]\n",
            frame.1,
            list(frame.0, false),
            list(frame.0, true)
        ));
    }
    let options = Options { overlap: Some(overlap), ..Options::default() };
    lexicon::parse_with("t.toml", text.as_bytes(), &options).ok()
}

/// Hits and hits of parents with what tells them apart, whatever the numbers of entries: frame, tokens, entry as written.
fn told(lexicons: &[Lexicon], shard: &Shard) -> Vec<(String, u32, u32, String)> {
    let plan = Plan::new(lexicons);
    let found = found(lexicons, shard).1;
    let tell = |hit: &Hit| {
        let (lexicon, entry) = plan.entry(hit.entry);
        let name = format!("{}: {}", lexicon.name, entry.text);
        (plan.frames()[hit.frame.index()].clone(), hit.tokens.start, hit.tokens.end, name)
    };
    let mut all: Vec<_> = found.hits.iter().chain(&found.parents).map(tell).collect();
    all.sort();
    all
}

/// True where one word of a pattern means a word of the text, told without the index.
fn means(word: &Word, surface: &str) -> bool {
    let folded = fold(surface, Language::ENGLISH);
    if word.is_wildcard() {
        return framescope::index::wildcard(&word.text, &folded);
    }
    match word.mode {
        MatchMode::Stem => stem(&word.text, Language::ENGLISH) == stem(&folded, Language::ENGLISH),
        MatchMode::Exact => word.text == folded,
        MatchMode::Case => surface.starts_with(&word.text),
    }
}

fn reads_as(entry: &Entry, surfaces: &[&str]) -> bool {
    let fits = |words: &[Word], surfaces: &[&str]| {
        words.len() <= surfaces.len() && words.iter().zip(surfaces).all(|(word, surface)| means(word, surface))
    };
    let ends = |words: &[Word]| words.len() <= surfaces.len() && fits(words, &surfaces[surfaces.len() - words.len()..]);
    match &entry.pattern {
        Pattern::Words(words) => words.len() == surfaces.len() && fits(words, surfaces),
        Pattern::Near { left, negated, right, .. } => {
            let words = |operand: &lexicon::Operand| match operand {
                lexicon::Operand::Words(words) => words.clone(),
                _ => Vec::new(),
            };
            let (left, right) = (words(left), words(right));
            if *negated {
                return left.len() == surfaces.len() && fits(&left, surfaces);
            }
            (fits(&left, surfaces) && ends(&right)) || (fits(&right, surfaces) && ends(&left))
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, rng_seed: RngSeed::Fixed(20_220_105), ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_entries_and_of_lexicons_never_matters(
        (first, shuffled) in entries().prop_flat_map(|entries| (Just(entries.clone()), Just(entries).prop_shuffle())),
        second in entries(),
        texts in proptest::collection::vec(text(), 1..4),
        by_lexicon in any::<bool>(),
    ) {
        let overlap = if by_lexicon { Overlap::Lexicon } else { Overlap::Frame };
        let one = build("one", &first, overlap);
        let other = build("one", &shuffled, overlap);
        let further = build("two", &second, Overlap::Frame);
        prop_assume!(one.is_some() && other.is_some() && further.is_some());
        let (one, other, further) = (one.unwrap(), other.unwrap(), further.unwrap());
        let texts: Vec<(&str, Option<Language>)> = texts.iter().map(|text| (text.as_str(), Some(Language::ENGLISH))).collect();
        let shard = shard(&texts);
        let reference = told(&[one, further.clone()], &shard);
        prop_assert_eq!(&reference, &told(&[other.clone(), further.clone()], &shard));
        prop_assert_eq!(&reference, &told(&[further, other], &shard));
    }

    #[test]
    fn a_hit_reads_again_as_its_pattern_and_shares_no_token_with_its_frame(entries in entries(), text in text()) {
        let lexicon = build("one", &entries, Overlap::Frame);
        prop_assume!(lexicon.is_some());
        let lexicons = [lexicon.unwrap()];
        let shard = english(&text);
        let (_, found) = found(&lexicons, &shard);
        let mut last: std::collections::BTreeMap<FrameId, u32> = std::collections::BTreeMap::new();
        for hit in &found.hits {
            let entry = &lexicons[0].entries[hit.entry.entry as usize];
            let surfaces = surfaces(&shard, hit);
            let surfaces: Vec<&str> = surfaces.iter().map(String::as_str).collect();
            prop_assert!(reads_as(entry, &surfaces), "{} as {:?}", entry.text, surfaces);
            prop_assert!(!entry.except);
            prop_assert!(last.get(&hit.frame).is_none_or(|&end| end <= hit.tokens.start), "{} overlaps", entry.text);
            last.insert(hit.frame, hit.tokens.end);
        }
    }

    #[test]
    fn a_single_word_finds_every_place_where_it_stands(word in proptest::sample::select(WORDS), text in text()) {
        let lexicons = [terms(&format!("\"={word}\""))];
        let shard = english(&text);
        let own: Vec<&str> = word.split('-').collect();
        let spans = framescope::tokenise::word_spans(&text);
        let tokens: Vec<String> = spans.iter().map(|span| fold(&text[span.range()], Language::ENGLISH)).collect();
        let folded: Vec<String> = own.iter().map(|part| fold(part.trim_end_matches('.'), Language::ENGLISH)).collect();
        let expected = tokens.windows(folded.len()).filter(|window| **window == folded).count();
        prop_assert_eq!(found(&lexicons, &shard).0.len(), expected);
    }
}
