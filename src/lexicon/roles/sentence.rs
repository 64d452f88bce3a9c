//! How a table was read, in words.
//!
//! In: a table and its shape. Out: the sentence of the note that tells it.
//! Invariant: every column that holds something is named, or counted.
//! It deliberately decides nothing.

use super::Shape;
use crate::lexicon::columns::Table;

/// The roles in words, for the note that says how a table was read.
pub(in crate::lexicon) fn sentence(table: &Table, shape: &Shape, why: &str) -> String {
    let called = |at: usize| match table.names.get(at).filter(|name| !name.is_empty()) {
        Some(name) => format!("`{name}`"),
        None => format!("column {}", at + 1),
    };
    let roles = match shape {
        Shape::Columns => return format!("read as a table with a column of words for each category ({why})"),
        Shape::Rows => return format!("read as a table with a row of words for each category ({why})"),
        Shape::Senses { positive, negative, terms } => {
            return format!(
                "read as a table of senses: terms in {}, scores {} less {} ({why})",
                called(*terms),
                called(*positive),
                called(*negative)
            );
        }
        Shape::Native | Shape::Inquirer => return String::new(),
        Shape::Terms(roles) => roles,
    };
    let mut parts = vec![format!("terms in {}", called(roles.term))];
    parts.extend(roles.category.map(|at| format!("categories in {}", called(at))));
    match roles.categories.as_slice() {
        [] => {}
        few if few.len() <= 6 => {
            let names: Vec<String> = few.iter().map(|(at, _)| called(*at)).collect();
            parts.push(format!("categories {}", names.join(", ")));
        }
        many => parts.push(format!("{} categories from {} on", many.len(), called(many[0].0))),
    }
    parts.extend(roles.weight.map(|at| format!("weights in {}", called(at))));
    parts.extend(roles.sd.map(|at| format!("their spread in {}", called(at))));
    let used = |at: usize| {
        at == roles.term
            || [roles.category, roles.weight, roles.sd].contains(&Some(at))
            || roles.categories.iter().any(|(other, _)| *other == at)
    };
    let noted: Vec<String> =
        (0..table.columns.len()).filter(|&at| !used(at) && table.columns[at].filled > 0).map(called).collect();
    if !noted.is_empty() {
        let more = if noted.len() > 6 { format!(" and {} more", noted.len() - 6) } else { String::new() };
        parts.push(format!("notes in {}{more}", noted[..noted.len().min(6)].join(", ")));
    }
    format!("read as a table with {} ({why})", parts.join(", "))
}
