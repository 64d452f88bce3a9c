//! What is not the article: recurring lines, closing lines, buttons inside a line, repeats; and which articles copy which.

#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::unwrap_used)]

#[path = "clean/copies.rs"]
mod copies;
#[path = "clean/cues.rs"]
mod cues;
#[path = "clean/furniture.rs"]
mod furniture;
#[path = "clean/galleries.rs"]
mod galleries;
#[path = "clean/sample.rs"]
mod sample;

use framescope::clean::{Cleaner, LinePatterns, Options, Removed, Summaries, Survey, Surveyor, outlet_key};
use framescope::text::Language;
use framescope::tokenise::Tokens;

/// Articles of a made-up corpus: outlet and text.
struct Corpus {
    articles: Vec<(String, String)>,
}

/// What was done with it.
struct Cleaned {
    tokens: Tokens,
    survey: Survey,
    removed: Vec<Vec<Removed>>,
}

impl Corpus {
    fn of<'t>(articles: impl IntoIterator<Item = (&'t str, String)>) -> Corpus {
        Corpus { articles: articles.into_iter().map(|(outlet, text)| (outlet.to_string(), text)).collect() }
    }

    fn tokens(&self) -> Tokens {
        let mut tokens = Tokens::default();
        for (_, text) in &self.articles {
            tokens.push(text, Some(Language::ENGLISH), None);
        }
        tokens
    }

    /// All three phases, with the rules that know no lexicon.
    fn cleaned(&self, options: &Options) -> Cleaned {
        let tokens = self.tokens();
        let summaries = Summaries::of(&tokens, self.articles.iter().map(|(_, text)| text.as_str()));
        let mut surveyor = Surveyor::new(options);
        for (i, (outlet, _)) in self.articles.iter().enumerate() {
            surveyor.push(outlet_key(Some(outlet)), &summaries.get(i));
        }
        let survey = surveyor.finish();
        let patterns = LinePatterns::default();
        let mut cleaner = Cleaner::new(&patterns, &survey.recurring, options);
        let removed = self.articles.iter().enumerate().map(|(i, (outlet, text))| {
            cleaner.article(&tokens.article(i, text), &summaries.get(i), outlet_key(Some(outlet)), &[])
        });
        let removed = removed.collect();
        Cleaned { tokens, survey, removed }
    }

    /// What was removed of an article, as `rule: words`.
    fn told(&self, cleaned: &Cleaned, article: usize) -> Vec<String> {
        let text = &self.articles[article].1;
        let tokens = cleaned.tokens.article(article, text);
        let told = cleaned.removed[article].iter().map(|removed| {
            let spans = &tokens.spans[removed.tokens.range()];
            let words = &text[spans[0].start as usize..spans[spans.len() - 1].end as usize];
            format!("{}: {}", removed.rule.name(), words.split_whitespace().collect::<Vec<_>>().join(" "))
        });
        told.collect()
    }
}

/// Prose without sense: words drawn as in a language, few often and many seldom. The seed decides all of it (SplitMix64).
struct Prose(u64);

impl Prose {
    fn seeded(seed: u64) -> Prose {
        Prose(seed)
    }

    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }

    fn word(&mut self) -> String {
        let draw = self.uniform();
        // ranks by Zipf's law, 5,000 words
        let rank = libm::exp(draw * libm::log(5_000.0)) as u32;
        let letters = b"abcdefghijklmnoprstuvwyz";
        let mut word = String::new();
        let mut rest = rank + 25;
        while rest > 0 {
            word.push(char::from(letters[(rest % 24) as usize]));
            rest /= 24;
        }
        word
    }

    fn words(&mut self, count: usize) -> Vec<String> {
        (0..count).map(|_| self.word()).collect()
    }

    /// Paragraphs of thirty words.
    fn article(&mut self, words: usize) -> String {
        paragraphs(&self.words(words))
    }
}

/// Lays words out as sentences of ten and paragraphs of thirty.
fn paragraphs(words: &[String]) -> String {
    let mut text = String::new();
    for (i, word) in words.iter().enumerate() {
        match i {
            0 => {}
            _ if i % 30 == 0 => text.push_str(".\n\n"),
            _ if i % 10 == 0 => text.push_str(". "),
            _ => text.push(' '),
        }
        if i % 10 == 0 {
            text.push_str(&word[..1].to_uppercase());
            text.push_str(&word[1..]);
        } else {
            text.push_str(word);
        }
    }
    text.push('.');
    text
}
