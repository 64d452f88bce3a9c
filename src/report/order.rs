//! In which order groups stand in charts, on the page and in the terminal.
//!
//! In: what the study says of it, sizes, rates and names. Out: groups.
//! Invariant: which groups are shown does not depend on their order: they are the largest. Tables keep the order of their labels.
//! It deliberately knows no word of any language: what is left and right, the study says.

use super::inputs::Inputs;
use crate::estimates::Estimates;

/// Groups that have an article: the largest `max_groups`, in order, then all others by size.
pub(super) fn groups(inputs: &Inputs<'_>, estimates: &Estimates, names: &[String]) -> Vec<usize> {
    let mut shown = inputs.tables.sums().largest();
    let rest = shown.split_off(shown.len().min(inputs.options.max_groups));
    let order = &inputs.options.order;
    let is_time = |name: &String| name.len() >= 4 && name.as_bytes()[..4].iter().all(u8::is_ascii_digit);
    let frames = estimates.overall.len();
    let rate = |group: usize| estimates.frames.get(group * frames).and_then(|row| row.rate.value.value());
    match order.as_slice() {
        [] if shown.len() > 1 && shown.iter().all(|&group| is_time(&names[group])) => {
            shown.sort_by(|&a, &b| names[a].cmp(&names[b]));
        }
        [] => {}
        [word] if word == "size" => {}
        [word] if word == "name" || word == "time" => shown.sort_by(|&a, &b| names[a].cmp(&names[b])),
        [word] if word == "rate" => {
            shown.sort_by(|&a, &b| rate(b).partial_cmp(&rate(a)).unwrap_or(std::cmp::Ordering::Equal).then(a.cmp(&b)));
        }
        order => {
            let place = |group: usize| order.iter().position(|name| *name == names[group]).unwrap_or(order.len());
            shown.sort_by_key(|&group| place(group));
        }
    }
    shown.extend(rest);
    shown
}

/// Names in the order of the study that no group has, as a sentence.
pub(super) fn unknown(inputs: &Inputs<'_>, names: &[String]) -> Option<String> {
    let order = &inputs.options.order;
    if let [word] = order.as_slice()
        && ["size", "name", "time", "rate"].contains(&word.as_str())
    {
        return None;
    }
    let missing: Vec<String> =
        order.iter().filter(|name| !names.contains(name)).map(|name| format!("`{name}`")).collect();
    (!missing.is_empty()).then(|| format!("`[groups] order` names what is no group here: {}.", missing.join(", ")))
}
