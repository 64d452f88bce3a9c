//! Tables that JSON holds by columns or by words, as pandas and R write them.
//!
//! In: the pairs of a mapping. Out: a table, or nothing where the mapping is a dictionary.
//! Invariant: names of columns are no categories, and words that have columns of their own are none either.
//! It deliberately decides no shape: the columns have to prove themselves as those of any table.

use super::columns::{self, Table};
use super::delimited::Field;
use super::json::{field, number, scalar};
use super::names::{self, normal};
use super::yaml;
use super::yaml_tree::{Node, Value};

/// The table of a mapping.
pub(super) fn of(pairs: &[(Node, Node)]) -> Option<Table> {
    by_columns(pairs).or_else(|| by_words(pairs))
}

/// `{"word": ["riot", "truce"], "category": ["war", "peace"]}`: lists of one length, one called as columns of words are, and another known.
fn by_columns(pairs: &[(Node, Node)]) -> Option<Table> {
    let lists: Vec<&[Node]> = pairs
        .iter()
        .filter_map(|(_, value)| match &value.value {
            Value::List(list) if list.iter().all(scalar) => Some(list.as_slice()),
            _ => None,
        })
        .collect();
    let names: Vec<String> = pairs.iter().map(|(key, _)| normal(&yaml::text_of(key))).collect();
    let rows = lists.first()?.len();
    let is_table = lists.len() == pairs.len()
        && lists.iter().all(|list| list.len() == rows)
        && names.iter().any(|name| names::is_term(name))
        && names.iter().filter(|name| names::is_known(name)).count() > 1;
    let row = |at: usize| lists.iter().map(|list| field(&list[at])).collect::<Vec<Field>>();
    let header = || pairs.iter().map(|(key, _)| field(key)).collect();
    is_table.then(|| columns::of_rows((0..rows).map(row).collect(), Some(header())))
}

/// `{"riot": {"score": -2}, "truce": {"score": 1}}`: every word has the same columns. Numbers on a scale in several are dimensions.
fn by_words(pairs: &[(Node, Node)]) -> Option<Table> {
    fn cells(node: &Node) -> Option<&[(Node, Node)]> {
        match &node.value {
            Value::Map(cells) if cells.iter().all(|(_, cell)| scalar(cell)) => Some(cells),
            _ => None,
        }
    }
    let rows: Vec<&[(Node, Node)]> = pairs.iter().map(|(_, value)| cells(value)).collect::<Option<_>>()?;
    let names = |row: &[(Node, Node)]| row.iter().map(|(name, _)| yaml::text_of(name)).collect::<Vec<_>>();
    let first = names(rows.first()?);
    if first.is_empty() || first.len() >= rows.len() || !rows.iter().all(|row| names(row) == first) {
        return None;
    }
    let mut values = rows.iter().flat_map(|row| row.iter()).map(|(_, cell)| number(cell).map(|number| number.value));
    let is_scale = first.len() > 1 && values.clone().all(|value| value.is_some());
    // a spread is no dimension
    let has_spread = first.iter().any(|name| names::is_spread(name));
    if is_scale && !has_spread && values.any(|value| !matches!(value, Some(0 | 1000))) {
        return None;
    }
    let word = Field { text: "word".to_string(), ..field(&pairs[0].0) };
    let header = std::iter::once(word).chain(rows[0].iter().map(|(name, _)| field(name))).collect();
    let row = |((key, _), row): (&(Node, Node), &&[(Node, Node)])| {
        std::iter::once(field(key)).chain(row.iter().map(|(_, cell)| field(cell))).collect()
    };
    Some(columns::of_rows(pairs.iter().zip(&rows).map(row).collect(), Some(header)))
}
