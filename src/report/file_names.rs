//! File names for frames and lexicons, whatever these are called.
//!
//! In: names. Out: for each a file name without its ending, safe on every system.
//! Invariant: no two are the same file, also where a system takes no notice of case or of how an accent is written; none ends in a hyphen
//! and a number, which tells a table's further files. What a name turns into depends on others only where two would be the same file.

use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization;

/// Bytes of the longest name: with folder and ending it stays below what any system takes.
const LONGEST: usize = 120;

/// Names that are devices on Windows.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin", "conout"];

/// The file name of each name; the names are distinct.
pub fn file_names(names: &[String]) -> Vec<String> {
    let plain: Vec<String> = names.iter().map(|name| plain(name)).collect();
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for name in &plain {
        *times.entry(folded(name)).or_default() += 1;
    }
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let file_name = |(name, plain): (&String, String)| {
        let is_alone = times.get(&folded(&plain)) == Some(&1);
        let mut file = if is_alone { plain.clone() } else { String::new() };
        let mut hasher = blake3::Hasher::new();
        while !is_safe(&file) || taken.contains(&folded(&file)) {
            hasher.update(name.as_bytes());
            hasher.update(b"\n");
            let digest = hasher.finalize().to_hex();
            let start = Some(shortened(&plain, LONGEST - 10)).filter(|start| !start.is_empty());
            file = format!("{}-x{}", start.unwrap_or("frame"), &digest[..8]);
        }
        taken.insert(folded(&file));
        file
    };
    names.iter().zip(plain).map(file_name).collect()
}

/// Letters and digits as they are, all else as `_`.
fn plain(name: &str) -> String {
    let letter = |c: char| if c.is_alphanumeric() || c == '-' { c } else { '_' };
    name.nfc().map(letter).collect()
}

fn is_safe(file: &str) -> bool {
    let folded = folded(file);
    let is_device = DEVICES.contains(&folded.as_str())
        || ["com", "lpt"].iter().any(|port| folded.strip_prefix(port).is_some_and(|rest| rest.chars().count() == 1));
    let is_numbered = file.rsplit_once('-').is_some_and(|(_, end)| end.chars().all(|c| c.is_ascii_digit()));
    let says_something = file.chars().any(char::is_alphanumeric);
    !is_device && !is_numbered && says_something && !file.starts_with('-') && file.len() <= LONGEST
}

fn shortened(text: &str, bytes: usize) -> &str {
    let mut end = text.len().min(bytes);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].trim_start_matches('-')
}

/// What two names have in common that may be one file.
fn folded(name: &str) -> String {
    name.nfkd().collect::<String>().to_uppercase().to_lowercase().nfkd().collect()
}
