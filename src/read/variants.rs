//! Outlet names that look like one outlet.
//!
//! In: outlets and their numbers of articles. Out: groups of likely variants, each with the line that would fold it.
//! Invariant: the same names give the same groups, in any order.
//! It deliberately folds nothing: *Fox News (Online)* and *Fox News Opinion* may be two outlets to one study and one to another.

use super::outlets::tidy;
use crate::error::{Place, Problem, edit_distance};
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Why a name is taken for a variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// The name that is proposed for all.
    Canonical,
    /// Differs in case, punctuation, accents, `The`, `Online`, `(Web News)`, or is a web address.
    Form,
    /// Differs by a letter or two.
    Spelling,
    /// Names a section, such as opinion or editorial: often another voice, so it is shown and not folded.
    Section,
}

/// One name of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// As it stands in the corpus.
    pub outlet: String,
    /// Its number of articles.
    pub articles: u64,
    /// Why it is here.
    pub reason: Reason,
}

/// Names that look like one outlet: the canonical one first, then by reason and name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// At least two.
    pub variants: Vec<Variant>,
}

impl Group {
    /// The line for the study's `[outlets]`; `None` where only sections differ.
    pub fn line(&self) -> Option<String> {
        let folded = self.variants.iter().filter(|v| matches!(v.reason, Reason::Form | Reason::Spelling));
        let folded: Vec<String> = folded.map(|v| quoted(&v.outlet)).collect();
        let canonical = self.variants.first().filter(|_| !folded.is_empty())?;
        Some(format!("{} = [{}]", quoted(&canonical.outlet), folded.join(", ")))
    }

    fn articles(&self) -> u64 {
        self.variants.iter().map(|v| v.articles).sum()
    }
}

/// Finds the groups; those with the most articles come first.
pub fn groups(outlets: &[(String, u64)]) -> Vec<Group> {
    let mut by_core: BTreeMap<String, Vec<Name>> = BTreeMap::new();
    for (outlet, articles) in outlets {
        let name = Name::of(outlet, *articles);
        by_core.entry(name.core.clone()).or_default().push(name);
    }
    let mut groups: Vec<Group> = joined(by_core).into_iter().filter(|names| names.len() > 1).map(group).collect();
    groups
        .sort_by(|a, b| b.articles().cmp(&a.articles()).then_with(|| a.variants[0].outlet.cmp(&b.variants[0].outlet)));
    groups
}

/// What `[outlets]` of a study lists and no outlet has: all names of a row, or one that is nearly the name of an outlet which it does not list.
pub fn unmet(aliases: &BTreeMap<String, Vec<String>>, outlets: &BTreeSet<String>) -> Vec<Problem> {
    let key = |name: &str| tidy(name).to_lowercase();
    let listed: BTreeSet<String> = aliases
        .iter()
        .flat_map(|(name, variants)| std::iter::once(name).chain(variants))
        .map(|name| key(name))
        .collect();
    let unlisted: Vec<&String> = outlets.iter().filter(|outlet| !listed.contains(&key(outlet))).collect();
    let is_met = |name: &String| outlets.iter().any(|outlet| key(outlet) == key(name));
    let mut found = Vec::new();
    for (name, variants) in aliases {
        let near = |variant: &String| {
            let near = unlisted.iter().find(|outlet| is_misspelt(&key(variant), &key(outlet)))?;
            Some(format!("did you mean `{near}`?"))
        };
        let hints: Vec<(&String, String)> =
            variants.iter().chain([name]).filter_map(|variant| Some((variant, near(variant)?))).collect();
        let problem = |found: String| Problem::warning("outlet-unmet", Place::file("[outlets]"), found);
        for (variant, hint) in &hints {
            found.push(
                problem(format!("`{variant}`, a name of `{name}`, is nearly that of an outlet")).hint(hint.as_str()),
            );
        }
        if hints.is_empty() && !is_met(name) {
            found.push(problem(format!("no counted article is of `{name}`, or of its other names")));
        }
    }
    found
}

/// A name, taken apart.
struct Name {
    outlet: String,
    articles: u64,
    /// What is left without article, form and section words.
    core: String,
    /// How much was taken away.
    removed: usize,
    section: bool,
}

/// Words that tell the form of an outlet, not the outlet.
const FORMS: &[&str] =
    &["news", "online", "web", "website", "site", "digital", "print", "edition", "newspaper", "новости"];
/// Words that tell a section.
const SECTIONS: &[&str] =
    &["opinion", "opinions", "editorial", "editorials", "oped", "op", "ed", "blog", "commentary", "мнения"];
/// Ends of addresses.
const DOMAINS: &[&str] = &[
    "com", "org", "net", "info", "tv", "co", "uk", "us", "eu", "ru", "it", "de", "fr", "kz", "ua", "by", "pl", "es",
    "ch",
];

impl Name {
    fn of(outlet: &str, articles: u64) -> Name {
        let plain: String = outlet.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
        let plain = plain.replace('&', " and ");
        let (mut words, address) = words(&plain);
        let all = words.len();
        let whole = words.concat();
        let mut section = false;
        words.retain(|word| {
            section |= SECTIONS.contains(&word.as_str());
            !SECTIONS.contains(&word.as_str()) && !FORMS.contains(&word.as_str())
        });
        let mut removed = all - words.len() + usize::from(address);
        if words.first().is_some_and(|word| word == "the") {
            words.remove(0);
        }
        let mut core = words.concat();
        for ending in ["news", "online"] {
            if core.len() > ending.len() + 1 && words.len() == 1 && core.ends_with(ending) {
                core.truncate(core.len() - ending.len());
                removed += 1;
            }
        }
        if let Some(rest) = core.strip_prefix("the").filter(|rest| words.len() == 1 && rest.len() > 3) {
            core = rest.to_string();
        }
        if core.is_empty() {
            (core, removed, section) = (whole, 0, false);
        }
        Name { outlet: outlet.to_string(), articles, core, removed, section }
    }
}

/// The words of a name; an address loses `www.` and its ends, and is marked.
fn words(plain: &str) -> (Vec<String>, bool) {
    let mut out = Vec::new();
    let mut address = false;
    for part in plain.split(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '\'' | '’')).filter(|p| !p.is_empty())
    {
        let mut labels: Vec<&str> = part.split('.').filter(|label| !label.is_empty()).collect();
        let dotted = labels.len() > 1;
        while dotted && labels.len() > 1 && labels.last().is_some_and(|label| DOMAINS.contains(label)) {
            labels.pop();
            address = true;
        }
        if address && labels.first() == Some(&"www") {
            labels.remove(0);
        }
        out.extend(labels.iter().map(|label| label.replace(['\'', '’'], "")));
    }
    (out, address)
}

/// Joins cores that differ by a letter: the rarer spelling goes to the commoner one.
fn joined(by_core: BTreeMap<String, Vec<Name>>) -> Vec<Vec<Name>> {
    let mut groups: Vec<(String, Vec<Name>)> = by_core.into_iter().collect();
    let weight = |names: &[Name]| names.iter().map(|name| name.articles).sum::<u64>();
    groups.sort_by(|a, b| weight(&b.1).cmp(&weight(&a.1)).then_with(|| a.0.cmp(&b.0)));
    let mut kept: Vec<(String, Vec<Name>)> = Vec::new();
    for (core, names) in groups {
        match kept.iter_mut().find(|(other, _)| is_misspelt(other, &core)) {
            Some((_, others)) => others.extend(names),
            None => kept.push((core, names)),
        }
    }
    kept.into_iter().map(|(_, names)| names).collect()
}

fn is_misspelt(a: &str, b: &str) -> bool {
    let shorter = a.chars().count().min(b.chars().count());
    let limit = match shorter {
        0..6 => return false,
        6..12 => 1,
        _ => 2,
    };
    let digits = |s: &str| s.chars().filter(char::is_ascii_digit).collect::<String>();
    a.len().abs_diff(b.len()) <= 2 * limit && digits(a) == digits(b) && edit_distance(a, b) <= limit
}

fn group(mut names: Vec<Name>) -> Group {
    names.sort_by(|a, b| {
        let plainness = a.section.cmp(&b.section).then(a.removed.cmp(&b.removed));
        plainness.then(b.articles.cmp(&a.articles)).then_with(|| a.outlet.cmp(&b.outlet))
    });
    // A misspelt name may be as plain as the right one; the core of the most articles is right.
    let mut weights: BTreeMap<String, u64> = BTreeMap::new();
    for name in &names {
        *weights.entry(name.core.clone()).or_default() += name.articles;
    }
    let right = weights.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0))).map(|(core, _)| core.clone());
    if let Some(at) = names.iter().position(|name| Some(&name.core) == right.as_ref()) {
        let first = names.remove(at);
        names.insert(0, first);
    }
    let core = names.first().map(|name| name.core.clone()).unwrap_or_default();
    let reason = |(i, name): (usize, &Name)| match i {
        0 => Reason::Canonical,
        _ if name.section => Reason::Section,
        _ if name.core != core => Reason::Spelling,
        _ => Reason::Form,
    };
    let reasons: Vec<Reason> = names.iter().enumerate().map(reason).collect();
    let variant = |(name, reason): (Name, Reason)| Variant { outlet: name.outlet, articles: name.articles, reason };
    let mut variants: Vec<Variant> = names.into_iter().zip(reasons).map(variant).collect();
    variants.sort_by(|a, b| a.reason.cmp(&b.reason).then_with(|| a.outlet.cmp(&b.outlet)));
    Group { variants }
}

/// A TOML string.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""))
}
