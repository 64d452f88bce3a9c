//! What is called otherwise and is the same: groups, frames, targets, rival labels.
//!
//! In: two runs. Out: the first run with the names of the second; [`Renamed`]: what was called what.
//! Invariant: swapping the runs swaps the names. A name that both runs know is never taken for another.
//! A group is known by its articles, all of them; everything else by its entries, at least half of them.

use super::snapshot::Snapshot;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Something with another name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Renamed {
    /// `group`, `frame`, `target`, `labels` or `label`.
    pub(super) what: &'static str,
    /// What the first run calls it.
    pub(super) before: String,
    /// What the second run calls it.
    pub(super) after: String,
}

/// Names, each with what it is known by.
type Known<M> = BTreeMap<String, BTreeSet<M>>;

/// Gives groups and frames of the first run the names that they have in the second.
pub(super) fn rename(before: &mut Snapshot, after: &Snapshot) {
    let groups = same_groups(before, after);
    for labels in &mut before.groups {
        if let Some(renamed) = groups.iter().find(|renamed| renamed.before == labels.join(GROUP)) {
            before.renamed.push(renamed.clone());
            *labels = renamed.after.split(GROUP).map(str::to_string).collect();
        }
    }
    let labels = |labels: Vec<String>| match groups.iter().find(|renamed| renamed.before == labels.join(GROUP)) {
        Some(renamed) => renamed.after.split(GROUP).map(str::to_string).collect(),
        None => labels,
    };
    before.tones =
        std::mem::take(&mut before.tones).into_iter().map(|((of, scale), tone)| ((labels(of), scale), tone)).collect();
    let frames = alike("frame", &frames(before, after), &frames(after, before));
    let names: BTreeMap<&str, &str> =
        frames.iter().map(|renamed| (renamed.before.as_str(), renamed.after.as_str())).collect();
    let of_units = before.units.iter_mut().flat_map(|unit| &mut unit.frames);
    let of_entries = before.entries.iter_mut().map(|entry| &mut entry.frame);
    for frame in before.frames.iter_mut().chain(of_units).chain(of_entries) {
        if let Some(name) = names.get(frame.as_str()) {
            *frame = (*name).to_string();
        }
    }
    before.renamed.extend(frames);
}

/// Gives targets and rival labels among the settings of the first run the names that they have in the second.
pub(super) fn rename_subjects(before: &mut BTreeMap<String, String>, after: &BTreeMap<String, String>) -> Vec<Renamed> {
    let mut all = Vec::new();
    for (what, prefix, known) in [
        ("target", "target.", known_targets as fn(&BTreeMap<String, String>) -> Known<String>),
        ("labels", "label.", known_referents),
    ] {
        let renamed = alike(what, &lone(known(before), &known(after)), &lone(known(after), &known(before)));
        let end = if what == "labels" { ": " } else { "" };
        for name in &renamed {
            let [old, new] = [&name.before, &name.after].map(|name| format!("{prefix}{name}{end}"));
            let is_own = |key: &&String| if end.is_empty() { **key == old } else { key.starts_with(&old) };
            for key in before.keys().filter(is_own).cloned().collect::<Vec<_>>() {
                let value = before.remove(&key).unwrap_or_default();
                before.insert(format!("{new}{}", &key[old.len()..]), value);
            }
        }
        all.extend(renamed);
    }
    all.extend(rename_choices(before, after));
    all
}

/// Rival labels of a referent that both runs know.
fn rename_choices(before: &mut BTreeMap<String, String>, after: &BTreeMap<String, String>) -> Vec<Renamed> {
    let mut all = Vec::new();
    for referent in known_referents(before).into_keys() {
        let prefix = format!("label.{referent}: ");
        let choices = |options: &BTreeMap<String, String>| -> Known<String> {
            let own = options.iter().filter_map(|(name, terms)| Some((name.strip_prefix(&prefix)?, terms)));
            own.map(|(choice, terms)| (format!("{referent}: {choice}"), listed(terms))).collect()
        };
        let [one, other] = [choices(before), choices(after)];
        let renamed = alike("label", &lone(one.clone(), &other), &lone(other, &one));
        for name in &renamed {
            let terms = before.remove(&format!("label.{}", name.before)).unwrap_or_default();
            before.insert(format!("label.{}", name.after), terms);
        }
        all.extend(renamed);
    }
    all
}

fn listed(terms: &str) -> BTreeSet<String> {
    terms.split(", ").map(str::to_string).collect()
}

fn known_targets(options: &BTreeMap<String, String>) -> Known<String> {
    let targets = options.iter().filter_map(|(name, terms)| Some((name.strip_prefix("target.")?, terms)));
    targets.map(|(name, terms)| (name.to_string(), listed(terms))).collect()
}

/// Referents, known by the words of all their labels.
fn known_referents(options: &BTreeMap<String, String>) -> Known<String> {
    let mut known = Known::new();
    for (name, terms) in options {
        if let Some((referent, _)) = name.strip_prefix("label.").and_then(|name| name.split_once(": ")) {
            known.entry(referent.to_string()).or_default().extend(listed(terms));
        }
    }
    known
}

/// Between the labels of a group.
const GROUP: &str = " · ";

/// Groups of which every article is in one group of the other run, and every article of that.
fn same_groups(before: &Snapshot, after: &Snapshot) -> Vec<Renamed> {
    let has_lone = |run: &Snapshot, other: &Snapshot| run.groups.iter().any(|labels| !other.groups.contains(labels));
    if !has_lone(before, after) || !has_lone(after, before) {
        return Vec::new();
    }
    let members = |run: &Snapshot| -> Known<String> {
        let mut members = Known::new();
        for article in &run.articles {
            if let Some(group) = article.group {
                members.entry(run.group(group)).or_default().insert(article.id.clone());
            }
        }
        members
    };
    let [one, other] = [members(before), members(after)];
    let all = alike("group", &lone(one.clone(), &other), &lone(other.clone(), &one));
    all.into_iter().filter(|renamed| one.get(&renamed.before) == other.get(&renamed.after)).collect()
}

/// What only one of two runs has.
fn lone<M>(mut own: Known<M>, other: &Known<M>) -> Known<M> {
    own.retain(|name, _| !other.contains_key(name));
    own
}

/// Frames that only this run has, known by their entries and those of the frames inside them.
fn frames(run: &Snapshot, other: &Snapshot) -> Known<(bool, String)> {
    let of_other: BTreeSet<&String> = other.frames.iter().collect();
    let names = run.frames.iter().filter(|name| !of_other.contains(name));
    let mut known: Known<(bool, String)> = names.map(|name| (name.clone(), BTreeSet::new())).collect();
    if known.is_empty() {
        return known;
    }
    for entry in &run.entries {
        let inside = entry.frame.match_indices('/').map(|(at, _)| at).chain([entry.frame.len()]);
        for end in inside {
            if let Some(entries) = known.get_mut(&entry.frame[..end]) {
                entries.insert((entry.except, entry.text.clone()));
            }
        }
    }
    known
}

/// Pairs of names that share at least half of what the larger of them is known by, those that share most first.
fn alike<M: Ord>(what: &'static str, befores: &Known<M>, afters: &Known<M>) -> Vec<Renamed> {
    let mut holders: BTreeMap<&M, Vec<&String>> = BTreeMap::new();
    for (name, members) in afters {
        members.iter().for_each(|member| holders.entry(member).or_default().push(name));
    }
    let mut shared: BTreeMap<[&String; 2], usize> = BTreeMap::new();
    for (name, members) in befores {
        let of_others = members.iter().filter_map(|member| holders.get(member)).flatten();
        of_others.for_each(|other| *shared.entry([name, other]).or_default() += 1);
    }
    let depth = |name: &str| name.matches('/').count();
    let is_half = |[one, other]: &[&String; 2], n: usize| 2 * n >= befores[*one].len().max(afters[*other].len());
    let mut pairs: Vec<([&String; 2], usize)> = shared.into_iter().filter(|(pair, n)| is_half(pair, *n)).collect();
    // the names in alphabetical order, so that ties do not depend on which run is called the first
    pairs.sort_by_key(|([one, other], n)| {
        (Reverse(*n), depth(one).abs_diff(depth(other)), (*one).min(*other), (*one).max(*other))
    });
    let mut taken: [BTreeSet<&String>; 2] = Default::default();
    let mut all = Vec::new();
    for ([one, other], _) in pairs {
        if !taken[0].contains(one) && !taken[1].contains(other) {
            taken[0].insert(one);
            taken[1].insert(other);
            all.push(Renamed { what, before: one.clone(), after: other.clone() });
        }
    }
    all
}
