//! Which form a lexicon file is written in.
//!
//! In: the decoded text, and the file's name as the weaker witness. Out: a [`Format`].
//! Invariant: content decides; the extension only breaks a tie.
//! It deliberately does not read entries.

use super::delimited::{self, Field};
use super::{lines, shapes, weight, wordstat};
use serde::{Deserialize, Serialize};

/// The form of a lexicon file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// The project's own TOML.
    #[default]
    Toml,
    /// The project's own CSV (`frame,term,weight,match,note`).
    Csv,
    /// LIWC 2001, 2007, 2015 `.dic`.
    Liwc,
    /// LIWC-22 `.dicx`, and any table `term,category,category…`.
    Wide,
    /// A table `term,category[,weight]`.
    Long,
    /// A table whose columns are categories and whose cells are words.
    Ragged,
    /// WordStat `.cat`.
    WordStat,
    /// Yoshikoder `.ykd`.
    Yoshikoder,
    /// Lexicoder 2 `.lcd`.
    Lexicoder2,
    /// Lexicoder 3 `.lc3`.
    Lexicoder3,
    /// quanteda YAML.
    Yaml,
    /// `term⇥score`: AFINN, labMT and their kin.
    Scores,
    /// VADER.
    Vader,
    /// NRC word–emotion association: `word⇥category⇥0|1`.
    NrcEmotion,
    /// NRC valence, arousal, dominance: `word⇥v⇥a⇥d`.
    NrcVad,
    /// SentiWS.
    SentiWs,
    /// Hu and Liu's lists.
    HuLiu,
    /// General Inquirer.
    Inquirer,
}

/// The form of a text; `None` where it is none of them.
pub(super) fn sniff(file: &str, text: &str) -> Option<Format> {
    let extension = file.rsplit_once('.').map_or(String::new(), |(_, extension)| extension.to_lowercase());
    let head: Vec<&str> =
        lines::numbered(text).map(|(_, line)| line).filter(|line| !line.trim().is_empty()).take(400).collect();
    let Some(first) = head.first().map(|line| line.trim()) else {
        return by_extension(&extension).or(Some(Format::Toml));
    };
    if first.starts_with('<') {
        let lexicoder = extension == "lcd" || head.iter().take(3).any(|line| line.contains("style=\"Lexicoder\""));
        return Some(if lexicoder { Format::Lexicoder2 } else { Format::Yoshikoder });
    }
    if first.starts_with('%') && !is_number(first.split('\t').nth(1)) {
        return Some(Format::Liwc);
    }
    let toml = |line: &str| ["[lexicon]", "[[frame]]", "[[target]]", "[[labels]]"].contains(&line.trim());
    if extension == "toml" || head.iter().any(|line| toml(line.split('#').next().unwrap_or(line))) {
        return Some(Format::Toml);
    }
    if is_wordstat(&head) {
        return Some(Format::WordStat);
    }
    if first.starts_with('+') && !first.contains(['\t', ',']) {
        return Some(Format::Lexicoder3);
    }
    if first.starts_with(';') && head.iter().filter(|line| line.starts_with(';')).count() > 1 {
        return Some(Format::HuLiu);
    }
    if matches!(extension.as_str(), "dic" | "cat" | "nfo" | "lc3") {
        return by_extension(&extension);
    }
    tabbed(&head)
        .or_else(|| yaml(&head, &extension))
        .or_else(|| table(&head, &extension))
        .or_else(|| by_extension(&extension))
        .or_else(|| {
            let list = head
                .iter()
                .all(|line| line.split_whitespace().count() <= 4 && !line.contains(['\t', ':', '{', '[', '=']));
            list.then_some(Format::HuLiu)
        })
}

fn by_extension(extension: &str) -> Option<Format> {
    Some(match extension {
        "toml" => Format::Toml,
        "dic" => Format::Liwc,
        "dicx" => Format::Wide,
        "cat" | "nfo" => Format::WordStat,
        "ykd" => Format::Yoshikoder,
        "lcd" => Format::Lexicoder2,
        "lc3" => Format::Lexicoder3,
        "yml" | "yaml" => Format::Yaml,
        "csv" | "tsv" => Format::Ragged,
        _ => return None,
    })
}

fn is_number(text: Option<&str>) -> bool {
    text.is_some_and(|text| weight::read(text).is_some())
}

/// Indented by tabs, items end in a weight in parentheses.
fn is_wordstat(head: &[&str]) -> bool {
    let indented: Vec<&&str> = head.iter().filter(|line| line.trim_start_matches(' ').starts_with('\t')).collect();
    let weighted = indented.iter().filter(|line| wordstat::weighted(line.trim()).is_some()).count();
    weighted > 0 && weighted * 3 >= indented.len() && !head[0].starts_with('\t')
}

/// Tables whose columns tell what they are without a header.
fn tabbed(head: &[&str]) -> Option<Format> {
    let rows: Vec<Vec<&str>> = head.iter().map(|line| line.split('\t').map(str::trim).collect()).collect();
    let most = |test: &dyn Fn(&[&str]) -> bool| {
        let right = rows.iter().filter(|row| test(row)).count();
        right > 0 && right * 10 >= rows.len() * 8
            || (rows.len() <= 8 && right + 2 >= rows.len() && right * 2 > rows.len())
    };
    if most(&|row| row.len() >= 4 && row[3].starts_with('[')) {
        Some(Format::Vader)
    } else if most(&|row| row.len() >= 2 && row[0].contains('|') && is_number(row.get(1).copied())) {
        Some(Format::SentiWs)
    } else if is_dimensional(&rows[0]) && most(&|row| row.len() == 4 && (1..4).all(|i| is_number(Some(row[i])))) {
        Some(Format::NrcVad)
    } else if most(&|row| row.len() == 3 && !row[1].is_empty() && !is_number(Some(row[1])) && is_number(Some(row[2]))) {
        Some(Format::NrcEmotion)
    } else if most(&|row| (2..=3).contains(&row.len()) && (1..row.len()).all(|i| is_number(Some(row[i])))) {
        Some(Format::Scores)
    } else {
        None
    }
}

/// No header, or one that names the dimensions.
fn is_dimensional(first: &[&str]) -> bool {
    is_number(first.get(1).copied()) || first.get(1).is_some_and(|name| name.to_lowercase().starts_with('v'))
}

/// A mapping: `key:` or `key: value`, with nothing before it but comments.
fn yaml(head: &[&str], extension: &str) -> Option<Format> {
    let first =
        head.iter().find(|line| !line.trim_start().starts_with('#') && !matches!(line.trim(), "---" | "%YAML 1.2"))?;
    let keyed = first.trim_end().ends_with(':') || first.contains(": ");
    let tabular = first.contains('\t') || first.split(": ").next().is_some_and(|key| key.contains(','));
    (matches!(extension, "yml" | "yaml") || (keyed && !tabular)).then_some(Format::Yaml)
}

/// Tables with a separator.
fn table(head: &[&str], extension: &str) -> Option<Format> {
    let separator = separator(head)?;
    let text: String = head.join("\n");
    let (rows, _) = delimited::rows(&text, separator, true);
    let header: Vec<String> = rows.first()?.iter().map(|field| field.text.trim().to_lowercase()).collect();
    let has = |names: &[&str]| header.iter().any(|column| names.contains(&column.as_str()));
    if header.len() < 2 {
        return None;
    }
    if header[0] == "entry" && has(&["positiv", "negativ", "othtags"]) {
        return Some(Format::Inquirer);
    }
    if has(&["frame"]) && has(&["term"]) {
        return Some(Format::Csv);
    }
    let body = rows.get(1..).unwrap_or_default();
    if has(shapes::TERMS) && has(shapes::CATEGORIES) {
        let at = header.iter().position(|column| shapes::CATEGORIES.contains(&column.as_str())).unwrap_or(1);
        let scored = !body.is_empty() && body.iter().all(|row| is_number(row.get(at).map(|field| field.text.as_str())));
        return Some(if scored && header.len() == 2 { Format::Scores } else { Format::Long });
    }
    if header[0] == "dicterm" || extension == "dicx" {
        return Some(Format::Wide);
    }
    let marks = |row: &Vec<Field>| {
        let categories =
            row.iter().enumerate().skip(1).filter(|(at, _)| !header.get(*at).is_some_and(|n| shapes::is_metadata(n)));
        categories.clone().count() > 0 && categories.into_iter().all(|(_, field)| shapes::is_mark(field.text.trim()))
    };
    if !body.is_empty()
        && body.iter().all(|row| row.len() >= 2 && is_number(row.get(1).map(|field| field.text.as_str())))
    {
        let words = header.len() <= 3 || has(shapes::SCORES);
        if words && !body.iter().all(|row| matches!(row[1].text.trim(), "0" | "1")) {
            return Some(Format::Scores);
        }
    }
    if !body.is_empty() && body.iter().filter(|row| marks(row)).count() * 10 >= body.len() * 9 {
        return Some(Format::Wide);
    }
    if header.len() == 2 && shapes::second_column_repeats(&rows) {
        return Some(Format::Long);
    }
    (!body.is_empty()).then_some(Format::Ragged)
}

/// The separator that the rows share.
pub(super) fn separator(head: &[&str]) -> Option<char> {
    ['\t', ';', ','].into_iter().find(|&separator| {
        let with = head.iter().filter(|line| line.contains(separator)).count();
        head.first().is_some_and(|line| line.contains(separator)) && with * 2 >= head.len()
    })
}
