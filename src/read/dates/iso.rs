//! A day as ISO writes it, for what people give as an option.

use super::Date;

impl Date {
    /// The day of `2022-01-31`; nothing of any other text.
    pub fn iso(text: &str) -> Option<Date> {
        let parts: Vec<Option<u32>> = text.split('-').map(|part| part.parse().ok()).collect();
        match parts.as_slice() {
            [Some(year), Some(month), Some(day)] => Date::new(*year, *month, *day),
            _ => None,
        }
    }
}
