//! How large the page of a newspaper study may become: whoever sends it by mail, or opens it on a telephone, waits for each byte.

use crate::cache::temporary;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Most bytes of a page.
const BUDGET: u64 = 2_500_000;

/// Fewest bytes of the page of a corpus by which the budget is tested: a page without charts or sentences would prove nothing.
const FULL: u64 = 1_000_000;

/// Words by Zipf's law, made of syllables; the seed decides all of it (SplitMix64).
struct Language {
    state: u64,
    words: Vec<String>,
}

impl Language {
    fn seeded(seed: u64, words: usize) -> Language {
        let mut language = Language { state: seed, words: Vec::new() };
        let syllables =
            ["ba", "ren", "to", "mi", "sal", "ko", "ver", "u", "lan", "de", "pri", "sho", "ne", "gar", "ti", "o"];
        while language.words.len() < words {
            let count = 1 + language.below(4);
            let word: String = (0..=count).map(|_| syllables[language.below(syllables.len())]).collect();
            if !language.words.contains(&word) {
                language.words.push(word);
            }
        }
        language
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    fn word(&mut self) -> &str {
        let uniform = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        let rank = libm::exp(uniform * libm::log(self.words.len() as f64)) as usize - 1;
        &self.words[rank]
    }

    /// A sentence; every fourth is somebody's.
    fn sentence(&mut self) -> String {
        let count = 8 + self.below(16);
        let mut said: Vec<String> = (0..count).map(|_| self.word().to_string()).collect();
        said[0][..1].make_ascii_uppercase();
        match self.below(8) {
            0 => format!("“{},” the minister said.", said.join(" ")),
            1 => format!("The minister said that {}.", said.join(" ")),
            _ => format!("{}.", said.join(" ")),
        }
    }
}

/// Two thousand articles of 25 outlets, and a lexicon of 12 frames with words of all ranks.
fn corpus(folder: &Path) {
    let mut language = Language::seeded(7, 5_000);
    let mut lexicon = "[lexicon]\nname = 'l'\nlanguage = 'en'\n".to_string();
    for frame in 0..12 {
        let terms: Vec<String> = (0..12).map(|i| format!("'{}'", language.words[60 + frame * 13 + i * 170])).collect();
        let _ = write!(
            lexicon,
            "[[frame]]\nname = 'frame-of-matter-{frame}'\nlabel = 'A frame of matter number {frame}'\nterms = [{}]\n",
            terms.join(", ")
        );
    }
    fs::write(folder.join("l.toml"), lexicon).unwrap();
    let mut csv = "id,outlet,date,title,text\n".to_string();
    for n in 0..2_000 {
        let title = language.sentence().replace(['“', '”'], "");
        let text: String =
            (0..14).map(|i| format!("{}{}", language.sentence(), if i % 3 == 2 { "\n\n" } else { " " })).collect();
        let _ = writeln!(
            csv,
            "{n},The Morning Herald of Town {},2022-{:02}-{:02},\"{title}\",\"{text}\"",
            n % 25,
            n % 12 + 1,
            n % 28 + 1
        );
    }
    fs::write(folder.join("c.csv"), csv).unwrap();
}

/// Bytes of the page of a run.
fn size(folder: &Path, words: &[&str]) -> u64 {
    let program = env!("CARGO_BIN_EXE_framescope");
    let done = Command::new(program).current_dir(folder).args(words).args(["--out", "o", "--quiet"]).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    fs::metadata(folder.join("o/index.html")).unwrap().len()
}

#[test]
fn the_page_of_25_outlets_and_2000_articles_is_within_its_budget() {
    let folder = temporary("budget-25");
    corpus(&folder);
    let bytes = size(&folder, &["run", "c.csv", "--lexicon", "l.toml", "--by", "outlet", "--language", "en"]);
    println!("{bytes} bytes");
    assert!((FULL..=BUDGET).contains(&bytes), "{bytes} bytes");
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn the_page_of_the_news_sample_is_within_its_budget() {
    let beside = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared"));
    let shared = std::env::var_os("FRAMESCOPE_SHARED").map_or(beside, PathBuf::from);
    let sample = shared.join("samples/news-3719.csv.gz");
    if !sample.is_file() {
        println!("NOT TESTED: the news sample is absent");
        return;
    }
    let folder = temporary("budget-news");
    let bytes = size(&folder, &["run", &sample.to_string_lossy(), "--by", "bias", "--no-cache"]);
    println!("{bytes} bytes");
    assert!((FULL..=BUDGET).contains(&bytes), "{bytes} bytes");
    fs::remove_dir_all(folder).unwrap();
}
