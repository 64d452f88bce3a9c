//! Settings, versions and files that are not what they were.
//!
//! In: two runs. Out: [`OptionChange`]s.
//! Invariant: where two manifests differ in anything but numbers and articles, there is a row.

use super::ledger::ArticleChange;
use super::renamed::{self, Renamed};
use super::snapshot::Snapshot;
use std::collections::{BTreeMap, BTreeSet};

/// A setting before and after; nothing where a run does not have it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OptionChange {
    /// `renamed`, `setting`, `lexicon file` or `corpus file`.
    pub kind: &'static str,
    /// Dotted name, or file; of what is renamed, what it is.
    pub name: String,
    /// In the first run.
    pub before: Option<String>,
    /// In the second run.
    pub after: Option<String>,
}

impl OptionChange {
    /// What it is, in the words of study file and lexicon: `[voice] off`, `target Tokayev`, `lexicon file: framing-en`.
    pub fn heading(&self) -> String {
        match (self.kind, self.name.split_once('.')) {
            ("setting", Some((what @ ("target" | "label"), name))) => format!("{what} {name}"),
            ("setting", Some((table, key))) => format!("[{table}] {key}"),
            ("setting", None) => self.name.clone(),
            ("renamed", _) => format!("{} renamed", self.name),
            (kind, _) => format!("{kind}: {}", self.name),
        }
    }

    fn of_names(names: &Renamed) -> OptionChange {
        let (before, after) = (Some(names.before.clone()), Some(names.after.clone()));
        OptionChange { kind: "renamed", name: names.what.to_string(), before, after }
    }

    /// Of two lists of names what came and what went: `added marcher; removed rioter`; nothing where that is not all of the change.
    pub(super) fn came_and_went(&self) -> Option<String> {
        let [before, after] = [self.before.as_ref()?, self.after.as_ref()?]
            .map(|list| list.split(", ").filter(|name| !name.is_empty()).collect::<Vec<_>>());
        let parts = [("added", &after, &before), ("removed", &before, &after)].map(|(what, of, other)| {
            let names: Vec<&str> = of.iter().filter(|name| !other.contains(name)).copied().collect();
            (!names.is_empty()).then(|| format!("{what} {}", names.join(", ")))
        });
        let texts: Vec<String> = parts.into_iter().flatten().collect();
        // one name for another is no list
        (!texts.is_empty() && before.len().max(after.len()) > 1).then(|| texts.join("; "))
    }
}

pub(super) fn changes(runs: [&Snapshot; 2], articles: &[ArticleChange]) -> Vec<OptionChange> {
    let mut before = runs[0].options.clone();
    let subjects = renamed::rename_subjects(&mut before, &runs[1].options);
    let mut rows: Vec<OptionChange> = runs[0].renamed.iter().chain(&subjects).map(OptionChange::of_names).collect();
    rows.extend(differing("setting", &before, &runs[1].options));
    let files = |run: &Snapshot| -> BTreeMap<String, String> {
        let mut files = BTreeMap::new();
        for [name, file, version, digest] in &run.lexicons {
            let is_alone = run.lexicons.iter().filter(|[other, ..]| other == name).count() == 1;
            let shown = if is_alone { name.clone() } else { format!("{name} ({file})") };
            files.insert(shown, format!("{version} {}", short(digest)).trim().to_string());
        }
        files
    };
    rows.extend(differing("lexicon file", &files(runs[0]), &files(runs[1])));
    // the file of an article that is listed itself is no news
    let mut listed: BTreeSet<&str> = BTreeSet::new();
    for change in articles {
        for (side, place) in [change.before, change.after].into_iter().enumerate() {
            listed.extend(place.and_then(|place| runs[side].articles[place].file.as_deref()));
        }
    }
    let inputs = |run: &Snapshot| -> BTreeMap<String, String> {
        let others = run.inputs.iter().filter(|(file, _)| !listed.contains(file.as_str()));
        others.map(|(file, digest)| (file.clone(), short(digest).to_string())).collect()
    };
    rows.extend(differing("corpus file", &inputs(runs[0]), &inputs(runs[1])));
    rows
}

/// The first letters of a digest.
fn short(digest: &str) -> &str {
    digest.get(..12).unwrap_or(digest)
}

fn differing(
    kind: &'static str,
    before: &BTreeMap<String, String>,
    after: &BTreeMap<String, String>,
) -> Vec<OptionChange> {
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let row = |name: &String| OptionChange {
        kind,
        name: name.clone(),
        before: before.get(name).cloned(),
        after: after.get(name).cloned(),
    };
    names.into_iter().map(row).filter(|row| row.before != row.after).collect()
}
