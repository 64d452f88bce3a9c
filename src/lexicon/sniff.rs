//! Which form a lexicon file is written in.
//!
//! In: the decoded text, and the file's name as the weaker witness. Out: a [`Sniffed`].
//! Invariant: content decides; the extension only breaks a tie.
//! It deliberately does not read entries, and does not decide what the columns of a table are: `roles` does.

use super::{clues, columns, lines, weight, wordstat};
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
    /// A table with a row of words for each category: Empath.
    Rows,
    /// SentiWordNet: a row for each sense.
    SentiWordNet,
    /// MPQA's subjectivity clues.
    Mpqa,
    /// JSON.
    Json,
}

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sniffed {
    /// Of a form that shows itself.
    Form(Format),
    /// A table, whose columns have to prove what they are.
    Table,
    /// None of them.
    Nothing,
}

/// The form of a text.
pub(super) fn sniff(file: &str, text: &str) -> Sniffed {
    let extension = file.rsplit_once('.').map_or(String::new(), |(_, extension)| extension.to_lowercase());
    let head: Vec<&str> =
        lines::numbered(text).map(|(_, line)| line).filter(|line| !line.trim().is_empty()).take(400).collect();
    let Some(first) = head.first().map(|line| line.trim()) else {
        return Sniffed::Form(by_extension(&extension).unwrap_or(Format::Toml));
    };
    if let Some(format) = by_its_signs(&head, first, &extension) {
        return Sniffed::Form(format);
    }
    if let Some(format) = tabbed(&head, file).or_else(|| yaml(&head, &extension)) {
        return Sniffed::Form(format);
    }
    if matches!(extension.as_str(), "csv" | "tsv" | "dicx" | "tab") || columns::separator(text).is_some() {
        return if is_list(&head) && extension != "dicx" { Sniffed::Form(Format::HuLiu) } else { Sniffed::Table };
    }
    match by_extension(&extension) {
        Some(format) => Sniffed::Form(format),
        None if is_list(&head) || is_nearly_list(&head) => Sniffed::Form(Format::HuLiu),
        None => Sniffed::Nothing,
    }
}

/// Forms that begin with a sign of their own.
fn by_its_signs(head: &[&str], first: &str, extension: &str) -> Option<Format> {
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
    // WordStat's categories may be called `{EXCLUSION}`
    let is_category = extension == "cat" && first.ends_with('}') && !first.contains('"');
    if (first.starts_with('{') && !is_category)
        || (first.starts_with('[') && (extension == "json" || first.len() == 1 || json_list(first)))
    {
        return Some(Format::Json);
    }
    if head.iter().filter(|line| clues::is_clue(line)).count() * 10 >= head.len() * 9 {
        return Some(Format::Mpqa);
    }
    if is_wordstat(head) {
        return Some(Format::WordStat);
    }
    if first.starts_with('+') && !first.contains(['\t', ',']) {
        return Some(Format::Lexicoder3);
    }
    if first.starts_with(';') && head.iter().filter(|line| line.starts_with(';')).count() > 1 && is_list(head) {
        return Some(Format::HuLiu);
    }
    if matches!(extension, "dic" | "cat" | "nfo" | "lc3") { by_extension(extension) } else { None }
}

/// `["…`, `[{`, `[[`: no table of TOML begins so.
fn json_list(first: &str) -> bool {
    first[1..].trim_start().starts_with(['"', '{']) || first.starts_with("[[\"")
}

/// A word or a short phrase in each line, and nothing between them.
fn is_list(head: &[&str]) -> bool {
    !head.iter().any(|line| is_odd(line))
}

/// A list but for one line in five: a sign in one of them makes no table of the others.
fn is_nearly_list(head: &[&str]) -> bool {
    head.iter().filter(|line| is_odd(line)).count() * 5 <= head.len()
}

/// True for a line that no list of words has.
fn is_odd(line: &str) -> bool {
    let is_comment = line.trim_start().starts_with(';') || line.starts_with("# ") || line.starts_with("## ");
    !is_comment
        && !super::pattern::is_numbers(line.trim())
        && (line.split_whitespace().count() > 4 || line.trim_end().contains(['\t', ':', '{', '[', '=', ',', ';', '|']))
}

/// The first line that keeps a text from being a list of words, where most lines could be of one.
pub(super) fn not_of_a_list(text: &str) -> Option<(u32, &str)> {
    let all = || lines::numbered(text).filter(|(_, line)| !line.trim().is_empty());
    let odd = all().filter(|(_, line)| is_odd(line)).count();
    all().find(|(_, line)| is_odd(line)).filter(|_| odd * 2 < all().count())
}

fn by_extension(extension: &str) -> Option<Format> {
    Some(match extension {
        "toml" => Format::Toml,
        "dic" => Format::Liwc,
        "cat" | "nfo" => Format::WordStat,
        "ykd" => Format::Yoshikoder,
        "lcd" => Format::Lexicoder2,
        "lc3" => Format::Lexicoder3,
        "yml" | "yaml" => Format::Yaml,
        "json" => Format::Json,
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

/// Lists with tabs whose cells show what they are without a header.
fn tabbed(head: &[&str], file: &str) -> Option<Format> {
    let rows: Vec<Vec<&str>> = head.iter().map(|line| line.split('\t').map(str::trim).collect()).collect();
    let most = |test: &dyn Fn(&[&str]) -> bool| {
        let right = rows.iter().filter(|row| test(row)).count();
        right > 0 && right * 10 >= rows.len() * 8
            || (rows.len() <= 8 && right + 2 >= rows.len() && right * 2 > rows.len())
    };
    let share = |text: &str| weight::read(text).is_some_and(|n| n.value.abs() <= 1000);
    if most(&|row| row.len() >= 4 && row[3].starts_with('[')) {
        return Some(Format::Vader);
    }
    if most(&|row| row.len() >= 2 && row[0].contains('|') && is_number(row.get(1).copied())) {
        return Some(Format::SentiWs);
    }
    // without a header three numbers are valence, arousal and dominance only where the name of the file says so
    let vad = file.to_lowercase().contains("vad");
    if vad
        && is_number(rows[0].get(1).copied())
        && most(&|row| row.len() == 4 && row[1..].iter().all(|cell| share(cell)))
    {
        return Some(Format::NrcVad);
    }
    let emotion =
        |row: &[&str]| row.len() == 3 && !row[1].is_empty() && !is_number(Some(row[1])) && matches!(row[2], "0" | "1");
    let second: std::collections::BTreeSet<&str> = rows.iter().filter_map(|row| row.get(1).copied()).collect();
    (most(&emotion) && rows.len() > 1 && second.len() < rows.len().max(3)).then_some(Format::NrcEmotion)
}

/// A mapping: `key:` or `key: value`, with nothing before it but comments.
fn yaml(head: &[&str], extension: &str) -> Option<Format> {
    // a table may begin with lines of comments, as RuSentiLex does with `!`
    let is_comment = |line: &str| line.starts_with('#') || line.starts_with('!') || line.starts_with("//");
    let first = head.iter().find(|line| !is_comment(line.trim_start()) && !matches!(line.trim(), "---" | "%YAML 1.2"));
    let Some(first) = first else { return matches!(extension, "yml" | "yaml").then_some(Format::Yaml) };
    let keyed = first.trim_end().ends_with(':') || first.contains(": ");
    let tabular = first.contains('\t') || first.split(": ").next().is_some_and(|key| key.contains(','));
    (matches!(extension, "yml" | "yaml") || (keyed && !tabular)).then_some(Format::Yaml)
}
