//! What is in a corpus: articles, outlets, dates, languages, and what is wrong.

use super::Finding;
use crate::clean::{Duplicates, digest};
use crate::error::{Problem, Result, Severity};
use crate::read::{self, Article, Date, Item, variants};
use crate::study::Study;
use crate::text::{Fold, Language, several};
use crate::tokenise::{Guess, Majority, Tokens};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Lines of a list.
const SHOWN: usize = 30;

/// What a corpus holds.
#[derive(Default)]
pub struct CorpusReport {
    /// Articles read.
    pub articles: u64,
    /// Words of all of them.
    pub words: u64,
    /// Articles by outlet.
    pub outlets: BTreeMap<String, u64>,
    /// Articles by language.
    pub languages: BTreeMap<String, u64>,
    /// Articles that do not show their language, and took that of most of their outlet or corpus.
    pub unsure: u64,
    /// Words that are hyphenated at a line end.
    pub broken: u64,
    /// First and last date.
    pub dates: Option<(Date, Date)>,
    /// Articles without a date.
    pub undated: u64,
    /// Articles without words.
    pub empty: Vec<String>,
    /// Articles with the words of an earlier one, and that one.
    pub duplicates: Vec<(String, String)>,
    /// What reading had to say.
    pub problems: Vec<Problem>,
    /// Files by how they were read, and the first of each.
    pub forms: BTreeMap<String, (u64, String)>,
}

/// Reads a corpus through and describes it.
pub fn check_corpus(study: &Study) -> Result<Finding> {
    let report = survey(study)?;
    let needs_decision = report.problems.iter().any(|problem| problem.severity > Severity::Note);
    Ok(Finding { text: report.text(), needs_decision })
}

/// Reads a corpus through.
pub(super) fn survey(study: &Study) -> Result<CorpusReport> {
    let mut corpus = read::open(&study.corpus, &study.articles())?;
    let mut report = CorpusReport { problems: corpus.notes().to_vec(), ..CorpusReport::default() };
    let mut seen = Seen::default();
    for input in corpus.inputs() {
        report.forms.entry(input.form.clone()).or_insert_with(|| (0, input.file.clone())).0 += 1;
    }
    let (mut majority, mut guesses) = (Majority::default(), Vec::new());
    for item in corpus.by_ref() {
        match item {
            Item::Problem(problem) => report.problems.push(problem),
            Item::Article(article) => {
                let guess =
                    article.language.or(study.language).map_or_else(|| Guess::of(&article.text), Guess::certain);
                majority.add(article.outlet.as_deref(), guess);
                report.add(&article, guess.language, &mut seen);
                guesses.push((article.outlet, guess));
            }
        }
    }
    for (outlet, guess) in guesses {
        let language = majority.language(outlet.as_deref(), guess);
        report.unsure += u64::from(!guess.is_clear);
        *report.languages.entry(language.to_string()).or_default() += 1;
    }
    Ok(report)
}

/// What has to be remembered of the articles before.
#[derive(Default)]
struct Seen {
    duplicates: Duplicates,
    ids: Vec<String>,
    tokens: Tokens,
    /// Of the words of `tokens`.
    hashes: Vec<u64>,
}

impl CorpusReport {
    fn add(&mut self, article: &Article, language: Language, seen: &mut Seen) {
        /// Words of articles that share one vocabulary, so that most of them are known.
        const TOGETHER: usize = 1 << 20;
        let Seen { duplicates, ids, tokens, hashes } = seen;
        if tokens.types.len() > TOGETHER {
            tokens.clear(Fold::default());
            hashes.clear();
        }
        let first = tokens.types.len();
        self.broken += tokens.push_in(&article.text, language, &|_| false).len() as u64;
        let types = &tokens.types[first..];
        let number = ids.len() as u32;
        ids.push(article.id.clone());
        self.articles += 1;
        self.words += types.len() as u64;
        let outlet = article.outlet.clone().unwrap_or_else(|| crate::aggregate::UNKNOWN.to_string());
        *self.outlets.entry(outlet).or_default() += 1;
        match (article.date, self.dates) {
            (Some(date), Some((first, last))) => self.dates = Some((first.min(date), last.max(date))),
            (Some(date), None) => self.dates = Some((date, date)),
            (None, _) => self.undated += 1,
        }
        if types.is_empty() {
            self.empty.push(article.id.clone());
        }
        let digest = digest(types, |id| tokens.vocabulary.folded(id), hashes);
        if let Some(earlier) = duplicates.check(digest, number) {
            self.duplicates.push((article.id.clone(), ids[earlier as usize].clone()));
        }
    }

    /// How many articles of when, in which languages, by whom; and names that may be one outlet.
    pub(super) fn summary(&self) -> String {
        let mut text = format!("{}, {}\n", several(self.articles, "article"), several(self.words, "word"));
        for (form, (files, first)) in &self.forms {
            let more = if *files > 1 { format!(" and {} more", files - 1) } else { String::new() };
            let _ = writeln!(text, "read as {form}: {first}{more}");
        }
        match self.dates {
            Some((first, last)) => drop(writeln!(text, "dates {first} to {last}; {} without a date", self.undated)),
            None => text.push_str("no dates\n"),
        }
        let languages: Vec<String> = self.languages.iter().map(|(language, n)| format!("{language} {n}")).collect();
        let _ = writeln!(text, "languages: {}", languages.join(", "));
        if self.unsure > 0 {
            let plural = if self.unsure == 1 { "article takes" } else { "articles take" };
            let _ =
                writeln!(text, "{} short {plural} the language of most articles of the outlet or corpus", self.unsure);
        }
        if self.broken > 0 {
            let _ = writeln!(text, "{} hyphenated at a line end", several(self.broken, "word"));
        }
        let mut outlets: Vec<(&String, &u64)> = self.outlets.iter().collect();
        outlets.sort_by_key(|&(name, n)| (std::cmp::Reverse(n), name));
        let single = outlets.iter().filter(|&&(_, &n)| n == 1).count();
        let _ = writeln!(text, "\n{}, {single} of them with one article", several(outlets.len(), "outlet"));
        for (name, n) in outlets.iter().take(SHOWN) {
            let _ = writeln!(text, "{n:>8}  {name}");
        }
        rest(&mut text, outlets.len(), SHOWN);
        let counted: Vec<(String, u64)> = self.outlets.iter().map(|(name, &n)| (name.clone(), n)).collect();
        let lines: Vec<String> = variants::groups(&counted).iter().filter_map(variants::Group::line).collect();
        if !lines.is_empty() {
            text.push_str(
                "\nnames that may belong to one outlet; to merge them, copy what is right into the study file:\n\n[outlets]\n",
            );
            text.push_str(&lines.join("\n"));
            text.push('\n');
        }
        text
    }

    /// For people.
    fn text(&self) -> String {
        let mut text = self.summary();
        list(&mut text, "articles without words", &self.empty, SHOWN);
        let pairs: Vec<String> =
            self.duplicates.iter().map(|(id, of)| format!("{id} has the same words as {of}")).collect();
        list(&mut text, "exact duplicates (counted once)", &pairs, SHOWN);
        let mut kinds: BTreeMap<&str, Vec<&Problem>> = BTreeMap::new();
        for problem in &self.problems {
            kinds.entry(problem.kind).or_default().push(problem);
        }
        for (kind, problems) in kinds {
            let lines: Vec<String> = problems.iter().map(|problem| problem.to_string().replace('\n', "\n  ")).collect();
            list(&mut text, kind, &lines, 5);
        }
        text.truncate(text.trim_end().len());
        text
    }
}

fn list(text: &mut String, title: &str, lines: &[String], shown: usize) {
    if lines.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{title}: {}", lines.len());
    for line in lines.iter().take(shown) {
        let _ = writeln!(text, "  {line}");
    }
    rest(text, lines.len(), shown);
}

fn rest(text: &mut String, all: usize, shown: usize) {
    if all > shown {
        let _ = writeln!(text, "  … and {} more", all - shown);
    }
}
