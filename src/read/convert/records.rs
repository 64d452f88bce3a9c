//! Records of bibliographies (RIS) and the texts of web crawls (WET), as JSON lines.
//!
//! In: a text whose lines are labelled. Out: one JSON object a line for each record.
//! Invariant: a label is no word of an article.
//! It deliberately reads no page of a crawl: WARC files hold HTML with the headers of a server around it, and are refused.

use super::push_line;
use crate::read::decode::text_of;
use encoding_rs::Encoding;
use serde_json::{Map, Value};

/// Labels of RIS, and what they hold; the likelier first.
const RIS: &[(&str, &[&str])] = &[
    ("id", &["ID", "AN"]),
    ("outlet", &["T2", "JO", "JF", "PB"]),
    ("date", &["DA", "Y1", "PY"]),
    ("title", &["TI", "T1"]),
    ("language", &["LA"]),
    ("url", &["UR"]),
    ("text", &["AB", "N2"]),
];

/// True for the head of a file in RIS.
pub(crate) fn is_ris(head: &[u8]) -> bool {
    head.starts_with(b"TY  - ")
}

/// The records of RIS.
pub(super) fn ris(bytes: Vec<u8>, declared: Option<&'static Encoding>) -> Result<String, String> {
    let text = text_of(bytes, declared)?;
    let (mut out, mut record) = (String::new(), Vec::<(String, String)>::new());
    for line in text.lines() {
        let labelled = line.get(..5).filter(|_| line.get(2..5) == Some("  -")).map(|_| (&line[..2], line[5..].trim()));
        match labelled {
            Some(("ER", _)) => finish(&mut record, &mut out),
            Some((label, value)) => record.push((label.to_string(), value.to_string())),
            None => {
                if let Some((_, value)) = record.last_mut() {
                    value.push('\n');
                    value.push_str(line.trim());
                }
            }
        }
    }
    finish(&mut record, &mut out);
    Ok(out)
}

fn finish(record: &mut Vec<(String, String)>, out: &mut String) {
    let mut object = Map::new();
    for (name, labels) in RIS {
        let value = |label: &&str| record.iter().find(|(other, value)| other == label && !value.trim().is_empty());
        if let Some((_, value)) = labels.iter().find_map(value) {
            let value = if *name == "date" { value.trim_end_matches('/').replace('/', "-") } else { value.clone() };
            object.insert((*name).to_string(), Value::String(value.trim().to_string()));
        }
    }
    if !record.is_empty() {
        object.entry("text").or_insert_with(|| Value::String(String::new()));
        push_line(object, out);
    }
    record.clear();
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
