//! An article with its voices: who is speaking in each stretch, and which rule says so.

use super::Finding;
use crate::error::{Place, Problem, Result};
use crate::read::{self, Article, Item};
use crate::text::{ArticleToken, Language, Span, printable};
use crate::tokenise::{ArticleTokens, Tokens};
use crate::voice::{self, Cues, TypeCues, Verdict, Voice};
use std::fmt::Write as _;

/// How an article is shown.
#[derive(Clone, Copy, Debug, Default)]
pub struct VoiceView {
    /// Colour the stretches; else they stand in brackets.
    pub colour: bool,
    /// List every stretch with its rule, cue and source.
    pub explain: bool,
    /// The language of the article, where it is declared.
    pub language: Option<Language>,
}

/// A stretch of words in one voice, by one rule.
struct Stretch {
    first: usize,
    last: usize,
    verdict: Verdict,
}

/// Shows the first article of a file.
pub fn show_voice(file: &str, view: VoiceView) -> Result<Finding> {
    let mut corpus = read::open(&[file.to_string()], &read::Options::default())?;
    let found = corpus.find_map(|item| match item {
        Item::Article(article) => Some(article),
        Item::Problem(_) => None,
    });
    let Some(article) = found else {
        return Err(Problem::error("no-articles", Place::file(file), "no article in this file").into());
    };
    Ok(Finding { text: shown(&article, view)?, needs_decision: false })
}

fn shown(article: &Article, view: VoiceView) -> Result<String> {
    let mut tokens = Tokens::default();
    let language = tokens.push(&article.text, article.language, view.language);
    let cues = Cues::shipped(language).transpose()?;
    let reported = cues.as_ref().is_some_and(Cues::find_reported_speech);
    let cues = cues.map_or_else(TypeCues::default, |cues| cues.compile(tokens.vocabulary.iter()));
    let words = tokens.article(0, &article.text);
    let marked = voice::mark(&words, &cues, &voice::Options::default());
    let mut stretches: Vec<Stretch> = Vec::new();
    for i in 0..words.types.len() {
        let verdict = marked.at(Span::new(i as u32, i as u32 + 1));
        match stretches.last_mut() {
            Some(last) if same(&last.verdict, &verdict) => last.last = i,
            _ => stretches.push(Stretch { first: i, last: i, verdict }),
        }
    }
    let mut text = String::new();
    if !reported {
        let _ = writeln!(
            text,
            "no cue words for {}: only quotation marks, dashes and names followed by a colon are used\n",
            named(language)
        );
    }
    paint(&words, &stretches, view.colour, &mut text);
    if marked.quotes_repaired > 0 {
        let _ = writeln!(text, "\n\nquotation marks repaired: {}", marked.quotes_repaired);
    }
    if view.explain {
        text.push_str("\n\n");
        stretches.iter().filter(|s| s.verdict.voice != Voice::Own).for_each(|s| explain(&words, s, &mut text));
    }
    text.truncate(text.trim_end().len());
    Ok(text)
}

fn named(language: Language) -> String {
    if language == Language::UNKNOWN { "a language that is not known".to_string() } else { language.to_string() }
}

/// The flags of a word do not part a stretch: only who speaks, and why.
fn same(a: &Verdict, b: &Verdict) -> bool {
    (a.voice, a.rule, a.cue, a.source) == (b.voice, b.rule, b.cue, b.source)
}

fn paint(article: &ArticleTokens<'_>, stretches: &[Stretch], colour: bool, out: &mut String) {
    let mut at = 0;
    for stretch in stretches.iter().filter(|stretch| stretch.verdict.voice != Voice::Own) {
        let (start, end) = bytes(article, stretch);
        let voice = stretch.verdict.voice;
        out.push_str(&printable(&article.text[at..start]));
        if colour {
            let _ = write!(out, "\u{1b}[{}m{}\u{1b}[0m", shade(voice), printable(&article.text[start..end]));
        } else {
            let _ = write!(out, "[{}: {}]", voice.name(), &article.text[start..end]);
        }
        at = end;
    }
    out.push_str(&printable(&article.text[at..]));
}

fn bytes(article: &ArticleTokens<'_>, stretch: &Stretch) -> (usize, usize) {
    (article.spans[stretch.first].start as usize, article.spans[stretch.last].end as usize)
}

/// Terminal codes that differ in brightness too.
fn shade(voice: Voice) -> &'static str {
    match voice {
        Voice::Quoted => "36",
        Voice::Attributed => "33",
        Voice::Scare => "1;35",
        Voice::Marked => "35",
        Voice::Mention => "32",
        Voice::Furniture => "2",
        Voice::Own => "0",
    }
}

fn explain(article: &ArticleTokens<'_>, stretch: &Stretch, out: &mut String) {
    let words = |span: Option<Span<ArticleToken>>| {
        let spans = span.and_then(|span| article.spans.get(span.range()));
        let ends = spans.and_then(|spans| Some((spans.first()?.start, spans.last()?.end)));
        ends.map(|(start, end)| article.text[start as usize..end as usize].to_string()).unwrap_or_default()
    };
    let (start, end) = bytes(article, stretch);
    let verdict = &stretch.verdict;
    let flat: Vec<&str> = article.text[start..end].split_whitespace().collect();
    let _ = writeln!(out, "{:10} {:18} {}", verdict.voice.name(), verdict.rule, printable(&flat.join(" ")));
    for (name, value) in [("cue", words(verdict.cue)), ("source", words(verdict.source))] {
        if !value.is_empty() {
            let _ = writeln!(out, "{:30}{name}: {}", "", printable(&value));
        }
    }
}
