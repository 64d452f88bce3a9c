//! Cue lexicons of the user's, and languages without cues.

use framescope::error::Severity;
use framescope::lexicon::{self, Lexicon};
use framescope::lookup::Voices;
use framescope::text::{Language, Span};
use framescope::tokenise::Tokens;
use framescope::voice::{self, Options, Voice};

fn cues(language: &str, body: &str) -> Lexicon {
    let text = format!("[lexicon]\nname = \"c\"\nkind = \"cues\"\n{language}\nmatch = \"exact\"\n{body}");
    lexicon::parse("c.toml", text.as_bytes()).unwrap()
}

fn shipped() -> Voices {
    Voices::shipped(Options::default(), Voice::ALL[1..].to_vec()).unwrap()
}

/// The voice of a word, with these cues.
fn voice_of(word: &str, text: &str, language: Language, voices: &Voices) -> Voice {
    let mut tokens = Tokens::default();
    tokens.push(text, Some(language), None);
    let compiled = voices.cues.get(&language).map(|cues| cues.compile(tokens.vocabulary.iter())).unwrap_or_default();
    let article = tokens.article(0, text);
    let at = article.spans.iter().position(|span| &text[span.range()] == word).unwrap() as u32;
    voice::mark(&article, &compiled, &Options::default()).at(Span::new(at, at + 1)).voice
}

#[test]
fn a_cue_lexicon_adds_to_the_cues_of_its_language() {
    let text = "The ministry vlogged that terrorists came.";
    let of = |voices: &Voices| voice_of("terrorists", text, Language::ENGLISH, voices);
    let more = cues("language = \"en\"", "[[frame]]\nname = \"say\"\nterms = [\"vlogged\"]");
    assert_eq!([of(&shipped()), of(&shipped().with_cues(&[more]).unwrap())], [Voice::Own, Voice::Attributed]);
    // what was there is still there
    let said = "The ministry said that terrorists came.";
    let more = cues("language = \"en\"", "[[frame]]\nname = \"say\"\nterms = [\"vlogged\"]");
    assert_eq!(
        voice_of("terrorists", said, Language::ENGLISH, &shipped().with_cues(&[more]).unwrap()),
        Voice::Attributed
    );
}

#[test]
fn a_phrase_of_cues_may_have_letters_beyond_ascii() {
    let french = Language::parse("fr").unwrap();
    let text = "Le ministre a déclaré sûrement que les terroristes partent.";
    let plain = "Le ministre va vlogger souvent que les terroristes partent.";
    let more =
        cues("language = \"fr\"", "[[frame]]\nname = \"say\"\nterms = [\"vlogger souvent\", \"vloggé sûrement\"]");
    let voices = shipped().with_cues(&[more]).unwrap();
    assert_eq!(voice_of("terroristes", plain, french, &shipped()), Voice::Own);
    let of = |text: &str| voice_of("terroristes", text, french, &voices);
    assert_eq!([of(plain), of(&text.replace("a déclaré", "a vloggé"))], [Voice::Attributed; 2]);
}

#[test]
fn an_exception_takes_a_word_out_of_its_class() {
    let text = "The ministry claimed that terrorists came.";
    let less = cues("language = \"en\"", "[[frame]]\nname = \"say\"\nterms = [\"vlogged\"]\nexcept = [\"claimed\"]");
    let voices = shipped().with_cues(&[less]).unwrap();
    assert_eq!(voice_of("terrorists", text, Language::ENGLISH, &shipped()), Voice::Attributed);
    assert_eq!(voice_of("terrorists", text, Language::ENGLISH, &voices), Voice::Own);
}

#[test]
fn a_language_without_cues_gets_them_from_a_lexicon() {
    let german = Language::parse("de").unwrap();
    let body = "[[frame]]\nname = \"say\"\nterms = [\"sagte\"]\n[[frame]]\nname = \"that\"\nterms = [\"dass\"]\n\
                [[frame]]\nname = \"according\"\nterms = [\"laut\"]";
    let text = "Der Minister sagte, dass Terroristen kamen.";
    let voices = shipped().with_cues(&[cues("language = \"de\"", body)]).unwrap();
    assert_eq!(voice_of("Terroristen", text, german, &shipped()), Voice::Own);
    assert_eq!(voice_of("Terroristen", text, german, &voices), Voice::Attributed);
    assert!(voices.without_cues([("de", 3), ("en", 4)]).is_empty());
}

#[test]
fn a_class_that_no_rule_knows_and_a_lexicon_without_a_language_are_refused() {
    let misspelt = cues("language = \"en\"", "[[frame]]\nname = \"sya\"\nterms = [\"vlogged\", \"phoned\"]");
    let anywhere = cues("", "[[frame]]\nname = \"say\"\nterms = [\"vlogged\"]");
    let error = shipped().with_cues(&[misspelt, anywhere]).unwrap_err().to_string();
    assert!(error.contains("c.toml:8: class `sya`") && error.contains("did you mean `say`?"), "{error}");
    assert_eq!(error.matches("`sya`").count(), 1, "a class is told once: {error}");
    assert!(error.contains("a lexicon of cues without a language"), "{error}");
}

#[test]
fn languages_without_cues_are_named_with_their_articles() {
    let problems = shipped().without_cues([("en", 7), ("de", 12), ("und", 1), ("ru", 2), ("fr", 0)]);
    let told: Vec<_> = problems.iter().map(|problem| (problem.kind, problem.severity, problem.found.clone())).collect();
    assert_eq!(told.len(), 2);
    assert!(told.iter().all(|(kind, severity, _)| *kind == "no-voice-cues" && *severity == Severity::Warning));
    assert!(told[0].2.starts_with("no cue words for 12 articles in de: voices are told apart by quotation marks"));
    assert!(told[1].2.starts_with("no cue words for 1 article of no known language"));
}
