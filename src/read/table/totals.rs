//! Rows below a table that sum it up: `Total,,,1204`.
//!
//! In: the cells of a row. Out: whether it is such a row.
//! Invariant: a row with a text is none, nor is one without a number.
//! It deliberately knows whole cells: a text that speaks of a total is a text.

/// What such a row is called, in small letters.
const TOTALS: &[&str] = &[
    "total",
    "totals",
    "grand total",
    "sum",
    "summe",
    "gesamt",
    "gesamtsumme",
    "insgesamt",
    "totale",
    "totali",
    "somma",
    "total général",
    "total general",
    "totaal",
    "suma",
    "razem",
    "toplam",
    "totalt",
    "итого",
    "всего",
    "разом",
    "усього",
    "合計",
    "总计",
];

/// The name of a row of totals, where all else in it is numbers.
pub(super) fn name<'c>(cells: impl Iterator<Item = &'c [u8]>) -> Option<String> {
    let (mut name, mut has_number) = (None, false);
    for cell in cells {
        let Ok(cell) = std::str::from_utf8(cell) else { return None };
        let cell = cell.trim();
        let digits = cell.strip_prefix(['-', '+', '−']).unwrap_or(cell);
        let is_number = digits.starts_with(|c: char| c.is_ascii_digit())
            && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '%' | ' ' | '\u{a0}' | '\''));
        let bare = cell.trim_end_matches([':', '.', ' ']).to_lowercase();
        match cell {
            "" => {}
            _ if is_number => has_number = true,
            _ if TOTALS.contains(&bare.as_str()) => name = Some(cell.to_string()),
            _ => return None,
        }
    }
    name.filter(|_| has_number)
}
