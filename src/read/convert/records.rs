//! Records of bibliographies (RIS, EndNote, PubMed, Web of Science) and the texts of web crawls (WET), as JSON lines.
//!
//! In: a text whose lines are labelled. Out: one JSON object a line for each record.
//! Invariant: a label is no word of an article.
//! It deliberately reads no page of a crawl: WARC files hold HTML with the headers of a server around it, and are refused.

use super::push_line;
use crate::read::decode::text_of;
use encoding_rs::Encoding;
use serde_json::{Map, Value};

/// How records are written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `TY  - NEWS`
    Ris,
    /// EndNote, Refer: `%0 Newspaper Article`
    Refer,
    /// PubMed, MEDLINE: `PMID- 1`
    Medline,
    /// Web of Science: `PT J`
    Isi,
}

/// What the labels of a kind hold; the likelier first.
type Fields = &'static [(&'static str, &'static [&'static str])];

const RIS: Fields = &[
    ("id", &["ID", "AN"]),
    ("outlet", &["T2", "JO", "JF", "PB"]),
    ("date", &["DA", "Y1", "PY"]),
    ("title", &["TI", "T1"]),
    ("language", &["LA"]),
    ("url", &["UR"]),
    ("text", &["AB", "N2"]),
];

const REFER: Fields = &[
    ("id", &["M"]),
    ("outlet", &["J", "B", "I"]),
    ("date", &["8", "D"]),
    ("title", &["T"]),
    ("language", &["G"]),
    ("url", &["U"]),
    ("text", &["X"]),
];

const MEDLINE: Fields = &[
    ("id", &["PMID"]),
    ("outlet", &["JT", "TA"]),
    ("date", &["DP", "DEP"]),
    ("title", &["TI"]),
    ("language", &["LA"]),
    ("text", &["AB"]),
];

const ISI: Fields = &[
    ("id", &["UT"]),
    ("outlet", &["SO"]),
    ("date", &["PD", "PY"]),
    ("title", &["TI"]),
    ("language", &["LA"]),
    ("text", &["AB"]),
];

impl Kind {
    /// For people.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Kind::Ris => "records in RIS",
            Kind::Refer => "records of EndNote",
            Kind::Medline => "records of PubMed",
            Kind::Isi => "records of Web of Science",
        }
    }

    fn fields(self) -> Fields {
        match self {
            Kind::Ris => RIS,
            Kind::Refer => REFER,
            Kind::Medline => MEDLINE,
            Kind::Isi => ISI,
        }
    }

    /// The labels with which a record begins and ends.
    fn ends(self) -> (&'static str, &'static str) {
        match self {
            Kind::Ris => ("TY", "ER"),
            Kind::Refer => ("0", ""),
            Kind::Medline => ("PMID", ""),
            Kind::Isi => ("PT", "ER"),
        }
    }

    /// The label of a line, and what stands behind it.
    fn labelled(self, line: &str) -> Option<(&str, &str)> {
        let label = |len: usize, sign: &str| {
            let (label, rest) = line.split_at_checked(len)?;
            Some((label.trim_end(), rest.strip_prefix(sign)?)).filter(|(label, _)| !label.is_empty())
        };
        let is_label = |label: &str| label.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        let (label, value) = match self {
            Kind::Ris => label(2, "  -"),
            Kind::Refer => {
                let rest = line.strip_prefix('%')?;
                rest.split_at_checked(1).filter(|(_, value)| value.is_empty() || value.starts_with(' '))
            }
            Kind::Medline => label(4, "-"),
            Kind::Isi => label(2, "").filter(|(_, value)| value.is_empty() || value.starts_with(' ')),
        }?;
        (self == Kind::Refer || is_label(label)).then(|| (label, value.trim()))
    }
}

/// The kind of records with which a file begins.
pub(crate) fn kind(head: &[u8]) -> Option<Kind> {
    let has = |label: &str| memchr::memmem::find(head, label.as_bytes()).is_some();
    match head {
        _ if head.starts_with(b"TY  - ") => Some(Kind::Ris),
        _ if head.starts_with(b"%0 ") && (has("\n%T ") || has("\n%X ")) => Some(Kind::Refer),
        _ if head.starts_with(b"PMID- ") => Some(Kind::Medline),
        _ if head.starts_with(b"FN ") && has("\nVR ") && has("\nPT ") => Some(Kind::Isi),
        _ if (head.starts_with(b"PT J\n") || head.starts_with(b"PT J\r")) && has("\nTI ") => Some(Kind::Isi),
        _ => None,
    }
}

/// The records.
pub(super) fn lines(bytes: Vec<u8>, declared: Option<&'static Encoding>, kind: Kind) -> Result<String, String> {
    let text = text_of(bytes, declared)?;
    let (mut out, mut record) = (String::new(), Vec::<(String, String)>::new());
    let (begin, end) = kind.ends();
    for line in text.lines() {
        match kind.labelled(line) {
            Some((label, _)) if label == end => finish(kind, &mut record, &mut out),
            Some((label, value)) => {
                if label == begin {
                    finish(kind, &mut record, &mut out);
                }
                record.push((label.to_string(), value.to_string()));
            }
            None => {
                // PubMed and Web of Science break lines to a width
                let between = if matches!(kind, Kind::Medline | Kind::Isi) { ' ' } else { '\n' };
                if let Some((_, value)) = record.last_mut() {
                    value.push(between);
                    value.push_str(line.trim());
                }
            }
        }
    }
    finish(kind, &mut record, &mut out);
    Ok(out)
}

fn finish(kind: Kind, record: &mut Vec<(String, String)>, out: &mut String) {
    let mut object = Map::new();
    for (name, labels) in kind.fields() {
        let value = |label: &&str| record.iter().find(|(other, value)| other == label && !value.trim().is_empty());
        if let Some((_, value)) = labels.iter().find_map(value) {
            let value = if *name == "date" { date(value, record) } else { value.clone() };
            object.insert((*name).to_string(), Value::String(value.trim().to_string()));
        }
    }
    // what stands before the first record is about the file
    let is_record = record.iter().any(|(label, _)| label == kind.ends().0);
    if is_record {
        object.entry("text").or_insert_with(|| Value::String(String::new()));
        push_line(object, out);
    }
    record.clear();
}

/// A day, with the year of its own label where it has none: `JAN 5` of Web of Science and EndNote.
fn date(value: &str, record: &[(String, String)]) -> String {
    let has_year = value.split(|c: char| !c.is_ascii_digit()).any(|number| number.len() >= 4);
    let year = record.iter().find(|(label, _)| matches!(label.as_str(), "PY" | "D")).filter(|_| !has_year);
    let date = value.trim_end_matches('/').replace('/', "-");
    year.map_or(date.clone(), |(_, year)| format!("{date} {year}"))
}

/// The texts of a WET file, each with its address, the name of its site and its day.
pub(super) fn wet(bytes: Vec<u8>) -> Result<String, String> {
    let text = String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
    let text = text.replace("\r\n", "\n");
    let mut out = String::new();
    for record in format!("\n{text}").split("\nWARC/1.").skip(1) {
        let (head, body) = record.split_once("\n\n").unwrap_or((record, ""));
        let header = |name: &str| {
            let mut values = head.lines().filter_map(|line| line.split_once(':'));
            values.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim().to_string())
        };
        if header("WARC-Type").as_deref() != Some("conversion") {
            continue;
        }
        let url = header("WARC-Target-URI").unwrap_or_default();
        let site = url.split('/').nth(2).unwrap_or_default().trim_start_matches("www.").to_string();
        let values = [
            ("url", url.clone()),
            ("domain", site),
            ("date", header("WARC-Date").unwrap_or_default()),
            ("text", body.trim_end().to_string()),
        ];
        push_line(values.into_iter().map(|(key, value)| (key.to_string(), Value::String(value))).collect(), &mut out);
    }
    Ok(out)
}
