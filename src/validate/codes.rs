//! What coders said of each item, and what holds.
//!
//! In: the folder of a sample with the sheets that came back. Out: the answers of every coder, and one code for each item.
//! Invariant: what one coder says holds where nobody else was asked; of several the majority; a third file overrules both; where coders
//! disagree evenly and nobody has decided, the item has no code.

use super::key::{Item, Key};
use super::score::{SCORE, Score};
use super::sheet::{self, Answer};
use crate::error::{Error, Place, Problem, Result};
use crate::text::several;
use std::collections::BTreeMap;
use std::path::Path;

/// The file that decides what coders disagree on, without its ending.
pub(super) const ADJUDICATED: &str = "adjudicated";

/// The list of items that coders disagree on, in the form in which they can be decided.
pub(super) const DISAGREEMENTS: &str = "disagreements.csv";

/// All that was said.
pub(super) struct Coding {
    /// By item, then coder.
    pub answers: Vec<Vec<(usize, Answer)>>,
    /// By item.
    pub item_codes: Vec<ItemCode>,
    /// There is a file that decides.
    pub has_adjudicated: bool,
    /// What it says, by item.
    pub decisions: BTreeMap<String, Answer>,
}

/// What holds of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ItemCode {
    pub code: Option<bool>,
    /// Who says it, by coders; empty where they do not say or do not agree.
    pub voice: String,
    /// Coders disagree, and nobody has decided.
    pub is_open: bool,
}

/// Reads all sheets.
///
/// # Errors
/// Every problem of every sheet; a sheet without a single code.
pub(super) fn read(folder: &str, key: &Key, remarks: &mut Vec<Problem>) -> Result<Coding> {
    let at = |name: &str| format!("{}/{name}", folder.trim_end_matches('/'));
    let mut problems = Vec::new();
    let mut sheets = Vec::new();
    for (coder, name) in key.coders.iter().enumerate() {
        match returned(&at(name), |file, notes| sheet::read(file, key, &sheet::order(key, coder), notes)) {
            Ok(ReturnedSheet { file, answers, .. }) if !answers.is_empty() && !has_codes(&answers) => {
                let problem = Problem::error("sheet-empty", Place::file(file), "has no code yet");
                problems.push(
                    problem
                        .expected("codes in the column `code`")
                        .hint("export the sheet from the page of the coder, under this name"),
                );
            }
            Ok(ReturnedSheet { answers, notes, .. }) => {
                remarks.extend(notes);
                sheets.push(answers);
            }
            Err(Error::Refused(found)) => problems.extend(found),
            Err(other) => return Err(other),
        }
    }
    let decided = at(ADJUDICATED);
    let mut judge = BTreeMap::new();
    let has_adjudicated = FORMS.iter().any(|form| Path::new(&format!("{decided}.{form}")).exists());
    if has_adjudicated {
        let items: Vec<&Item> = key.items.iter().collect();
        // it need not have every item
        match returned(&decided, |file, notes| sheet::read(file, key, &items, notes)) {
            Ok(sheet) => judge = sheet.answers,
            Err(Error::Refused(found)) => problems.extend(found),
            Err(other) => return Err(other),
        }
    }
    if !problems.is_empty() {
        return Err(problems.into());
    }
    let of_item = |item: &Item| -> Vec<(usize, Answer)> {
        let of = |coder: &usize| Some((*coder, sheets.get(*coder)?.get(&item.id)?.clone()));
        item.coders.iter().filter_map(of).collect()
    };
    let answers: Vec<Vec<(usize, Answer)>> = key.items.iter().map(of_item).collect();
    let item_codes = key.items.iter().zip(&answers).map(|(item, answers)| hold(answers, judge.get(&item.id))).collect();
    Ok(Coding { answers, item_codes, has_adjudicated, decisions: judge })
}

/// Makes sure that no decision is lost where the list of disagreements is written anew.
///
/// # Errors
/// Where the one that is there holds decisions that are not among those of this coding, or cannot be read.
pub(super) fn keep_decisions(folder: &str, key: &Key, coding: &Coding) -> Result<()> {
    let at = |name: &str| format!("{}/{name}", folder.trim_end_matches('/'));
    let file = at(DISAGREEMENTS);
    if !Path::new(&file).exists() {
        return Ok(());
    }
    // as the last score wrote it: what it holds came from adjudicated.csv, where it may have been changed since
    let last = std::fs::read(at(SCORE)).ok().and_then(|json| serde_json::from_slice::<Score>(&json).ok());
    let is_as_written =
        |bytes: Vec<u8>| last.is_some_and(|last| last.disagreements == blake3::hash(&bytes).to_hex().as_str());
    if std::fs::read(&file).is_ok_and(is_as_written) {
        return Ok(());
    }
    let items: Vec<&Item> = key.items.iter().collect();
    let written = sheet::read(&file, key, &items, &mut Vec::new())?;
    let is_lost =
        |(item, answer): &(&String, &Answer)| !answer.is_empty() && coding.decisions.get(*item) != Some(answer);
    match written.iter().filter(is_lost).count() {
        0 => Ok(()),
        lost => {
            let decided = if coding.has_adjudicated { ", which adjudicated.csv does not have" } else { "" };
            let found = format!("holds {}{decided}", several(lost, "decision"));
            let problem = Problem::error("decisions-unsaved", Place::file(file), found);
            Err(problem
                .expected("decisions in adjudicated.csv: this list is written anew by each score")
                .hint("save it as adjudicated.csv in the same folder, and score again; or delete it, if its decisions are not valid")
                .into())
        }
    }
}

/// The forms in which a sheet may come back.
const FORMS: [&str; 2] = ["csv", "xlsx"];

type Answers = BTreeMap<String, Answer>;

/// A sheet that came back.
struct ReturnedSheet {
    file: String,
    answers: Answers,
    /// What is to be said of it, and stops nothing.
    notes: Vec<Problem>,
}

fn has_codes(answers: &Answers) -> bool {
    answers.values().any(|answer| answer.code.is_some() || answer.is_unclear)
}

/// The sheet of this name, as CSV or as a workbook: of two the one that has codes.
///
/// # Errors
/// As of `read`; two that have codes, and other ones.
fn returned(name: &str, read: impl Fn(&str, &mut Vec<Problem>) -> Result<Answers>) -> Result<ReturnedSheet> {
    let open = |form: &str| {
        let (file, mut notes) = (format!("{name}.{form}"), Vec::new());
        read(&file, &mut notes).map(|answers| ReturnedSheet { file, answers, notes })
    };
    let is_there = |form: &&&str| Path::new(&format!("{name}.{form}")).exists();
    let mut sheets =
        FORMS.iter().filter(is_there).map(|form| open(form)).collect::<Result<Vec<ReturnedSheet>>>()?.into_iter();
    match (sheets.next(), sheets.next()) {
        (None, _) => open(FORMS[0]),
        (Some(only), None) => Ok(only),
        (Some(csv), Some(book)) if !has_codes(&book.answers) || csv.answers == book.answers => Ok(csv),
        (Some(csv), Some(book)) if !has_codes(&csv.answers) => Ok(book),
        (Some(csv), Some(book)) => {
            let found = format!("has other codes than {}", csv.file);
            let problem = Problem::error("sheet-twice", Place::file(book.file), found);
            Err(problem.expected("one sheet of each coder").hint("remove the one that is not valid").into())
        }
    }
}

fn hold(answers: &[(usize, Answer)], judge: Option<&Answer>) -> ItemCode {
    let voice = match judge {
        Some(judge) if !judge.voice.is_empty() => judge.voice.clone(),
        _ => majority(answers),
    };
    if let Some(judge) = judge.filter(|judge| judge.code.is_some() || judge.is_unclear) {
        return ItemCode { code: judge.code, voice, is_open: false };
    }
    let count = |code: bool| answers.iter().filter(|(_, answer)| answer.code == Some(code)).count();
    let (yes, no) = (count(true), count(false));
    ItemCode { code: if yes == no { None } else { Some(yes > no) }, voice, is_open: yes == no && yes > 0 }
}

/// The voice that most coders name, if no other is named as often.
fn majority(answers: &[(usize, Answer)]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, answer) in answers.iter().filter(|(_, answer)| !answer.voice.is_empty()) {
        *counts.entry(&answer.voice).or_default() += 1;
    }
    let most = counts.values().max().copied().unwrap_or(0);
    let mut first = counts.iter().filter(|(_, n)| **n == most);
    match (first.next(), first.next()) {
        (Some((voice, _)), None) => (*voice).to_string(),
        _ => String::new(),
    }
}
