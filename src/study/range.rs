//! What a setting may be.
//!
//! In: a value as JSON. Out: whether it may stand there, and words for what may.
//! Invariant: names of choices are those of the enums themselves.

use crate::error::did_you_mean;
use crate::text::Language;
use crate::voice;
use clap::ValueEnum;
use serde_json::Value;

/// What a setting may be.
#[derive(Clone, Copy)]
pub enum Range {
    /// `true` or `false`.
    Flag,
    /// A whole number from the first to the second.
    Whole(u64, u64),
    /// An odd one.
    OddWhole(u64, u64),
    /// A number from the first to the second.
    Number(f64, f64),
    /// A number above this.
    Above(f64),
    /// One of some names.
    OneOf(fn() -> Vec<String>),
    /// One of some names, or a whole number from the first to the second.
    OneOfOr(fn() -> Vec<String>, u64, u64),
    /// A list of some names.
    SomeOf(fn() -> Vec<String>),
    /// The same, with one name or more.
    OneOrMoreOf(fn() -> Vec<String>),
    /// A text that is known to a function, and words for those that are.
    Known(fn(&str) -> bool, &'static str),
    /// Any text.
    Text,
    /// A list of so many texts.
    Texts(usize, usize),
    /// A path, relative to the study file.
    Path,
    /// A list of paths, relative to the study file.
    Paths,
    /// A table of lists of texts.
    Names,
}

impl Range {
    /// Whether a value may stand here.
    pub fn holds(&self, value: &Value) -> bool {
        let texts = || value.as_array().filter(|values| values.iter().all(Value::is_string)).map(Vec::len);
        let whole = |least, most| value.as_u64().filter(|number| (least..=most).contains(number));
        match *self {
            Range::Flag => value.is_boolean(),
            Range::Whole(least, most) => whole(least, most).is_some(),
            Range::OddWhole(least, most) => whole(least, most).is_some_and(|number| number % 2 == 1),
            Range::Number(least, most) => value.as_f64().is_some_and(|number| (least..=most).contains(&number)),
            Range::Above(bound) => value.as_f64().is_some_and(|number| number.is_finite() && number > bound),
            Range::OneOf(_) => self.stranger(value).is_none() && value.is_string(),
            Range::OneOfOr(_, least, most) => {
                (self.stranger(value).is_none() && value.is_string()) || whole(least, most).is_some()
            }
            Range::SomeOf(_) => self.stranger(value).is_none() && texts().is_some(),
            Range::OneOrMoreOf(_) => self.stranger(value).is_none() && texts().is_some_and(|count| count > 0),
            Range::Known(is_known, _) => value.as_str().is_some_and(is_known),
            Range::Text | Range::Path => value.is_string(),
            Range::Texts(least, most) => texts().is_some_and(|count| (least..=most).contains(&count)),
            Range::Paths => texts().is_some(),
            Range::Names => {
                let lists =
                    |values: &serde_json::Map<String, Value>| values.values().all(|value| Range::Paths.holds(value));
                value.as_object().is_some_and(lists)
            }
        }
    }

    /// The names that may stand here, where names may.
    fn names(&self) -> Option<Vec<String>> {
        match self {
            Range::OneOf(names) | Range::SomeOf(names) | Range::OneOrMoreOf(names) | Range::OneOfOr(names, ..) => {
                Some(names())
            }
            _ => None,
        }
    }

    /// The first text of a value that is none of the names, where names are asked for.
    fn stranger<'v>(&self, value: &'v Value) -> Option<&'v str> {
        let names = self.names()?;
        let values = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        values.iter().filter_map(Value::as_str).find(|text| !names.iter().any(|name| name == text))
    }

    /// The name that was meant, where a value holds one that is not known.
    pub fn meant(&self, value: &Value) -> Option<String> {
        let names = self.names()?;
        did_you_mean(self.stranger(value)?, names.iter().map(String::as_str)).map(str::to_string)
    }

    /// What may stand here, in words.
    pub fn words(&self) -> String {
        match *self {
            Range::Flag => "true or false".to_string(),
            Range::Whole(0, u64::MAX) => "a whole number".to_string(),
            Range::Whole(least, most) if most >= u64::from(u32::MAX) => format!("a whole number, {least} or more"),
            Range::Whole(least, most) => format!("a whole number from {least} to {}", grouped(most)),
            Range::OddWhole(least, most) => format!("an odd number from {least} to {}", grouped(most)),
            Range::Number(least, most) => format!("a number from {least} to {most}"),
            Range::Above(bound) => format!("a number above {bound}"),
            Range::OneOf(names) => format!("one of {}", quoted(&names())),
            Range::OneOfOr(names, least, most) => {
                format!("one of {}, or a whole number from {least} to {}", quoted(&names()), grouped(most))
            }
            Range::SomeOf(names) => format!("a list of {}", quoted(&names())),
            Range::OneOrMoreOf(names) => format!("a list of one or more of {}", quoted(&names())),
            Range::Known(_, words) => words.to_string(),
            Range::Text => "a text".to_string(),
            Range::Texts(0, usize::MAX) => "a list of texts".to_string(),
            Range::Texts(0, most) => format!("a list of at most {most} texts"),
            Range::Texts(least, most) => format!("a list of {least} to {most} texts"),
            Range::Path => "a path".to_string(),
            Range::Paths => "a list of paths".to_string(),
            Range::Names => "lists of names, as in \"Steppe Observer\" = [\"The Steppe Observer\"]".to_string(),
        }
    }

    /// The same for the comment of a study file; nothing where the value says it all.
    pub(super) fn remark(&self) -> String {
        match self {
            Range::Flag | Range::Text | Range::Texts(..) | Range::Path | Range::Paths | Range::Names => String::new(),
            Range::Known(..) | Range::Whole(0, u64::MAX) => String::new(),
            Range::Whole(0, most) if *most >= u64::from(u32::MAX) => String::new(),
            Range::OneOf(names) => quoted(&names()).replace('`', "\""),
            Range::OneOfOr(names, least, most) => {
                format!("{}, or {least} to {most}", quoted(&names()).replace('`', "\""))
            }
            Range::SomeOf(_) | Range::OneOrMoreOf(_) => String::new(),
            other => other.words().replace("a whole number, ", "").replace("a whole number from ", ""),
        }
    }
}

/// With a comma between thousands.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn quoted(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// The names of the variants of an enum, as they are written in a study and on the command line.
pub(super) fn names<T: ValueEnum>() -> Vec<String> {
    let values = T::value_variants().iter().filter_map(ValueEnum::to_possible_value);
    values.map(|value| value.get_name().to_string()).collect()
}

/// Kinds of charts.
pub(super) fn kinds_of_charts() -> Vec<String> {
    crate::report::CHART_KINDS.map(str::to_string).to_vec()
}

/// The names of the rules of voice.
pub(super) fn rules_of_voice() -> Vec<String> {
    voice::RULES.iter().map(|rule| rule.name.to_string()).collect()
}

/// Whether a text names a language.
pub(super) fn is_language(text: &str) -> bool {
    Language::parse(text).is_some()
}

/// Whether a text names an encoding.
pub(super) fn is_encoding(text: &str) -> bool {
    crate::text::encoding::by_name(text).is_some()
}

/// Whether a text tells the shape of a table.
pub(super) fn is_shape(text: &str) -> bool {
    crate::lexicon::is_shape(text)
}
