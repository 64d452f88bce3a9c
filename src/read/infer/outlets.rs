//! Which outlet a text names: in a label, a byline, an agency's mark, a masthead, the ending of its title, its address.

use super::{Candidate, Confidence, Line};

const OUTLET_LABELS: &[&str] = &[
    "source",
    "outlet",
    "publication",
    "publisher",
    "newspaper",
    "first published in",
    "источник",
    "fonte",
    "testata",
];

pub(super) fn outlets(lines: &[Line<'_>], url: Option<&str>) -> Vec<Candidate<String>> {
    let mut candidates = Vec::new();
    for line in lines {
        if let Some(name) = labelled_outlet(line.text) {
            candidates.push(Candidate::new(name, Confidence::Sure, line));
        } else if let Some(name) = published_in(line.text).or_else(|| agency(line.text)).or_else(|| byline(line.text)) {
            candidates.push(Candidate::new(name, Confidence::Likely, line));
        } else if line.top && looks_like_outlet(line.text) {
            candidates.push(Candidate::new(line.text.to_string(), Confidence::Likely, line));
        } else if let Some(name) = title_suffix(line.text).filter(|_| line.top) {
            candidates.push(Candidate::new(name, Confidence::Likely, line));
        }
    }
    let host = url.and_then(|url| url.split("://").nth(1)).and_then(|rest| rest.split('/').next());
    // a shortener says nothing about who published
    const SHORTENERS: &[&str] = &[
        "bit.ly",
        "t.co",
        "goo.gl",
        "tinyurl.com",
        "ow.ly",
        "buff.ly",
        "is.gd",
        "dlvr.it",
        "fb.me",
        "youtu.be",
        "t.me",
        "clck.ru",
        "vk.cc",
        "lnkd.in",
        "ift.tt",
        "trib.al",
        "cutt.ly",
        "rb.gy",
        "amzn.to",
        "nyti.ms",
        "reut.rs",
        "wapo.st",
        "cnn.it",
        "bbc.in",
    ];
    if let Some(host) = host.filter(|host| !SHORTENERS.contains(&host.trim_start_matches("www."))) {
        let host = host.trim_start_matches("www.").to_string();
        candidates.push(Candidate { value: host, confidence: Confidence::Guess, evidence: "its address".to_string() });
    }
    candidates
}

/// `Source: The Astana Times`.
fn labelled_outlet(line: &str) -> Option<String> {
    let (label, name) = line.split_once(':')?;
    let name = name.trim().trim_end_matches('.');
    let fits = OUTLET_LABELS.contains(&label.trim().to_lowercase().as_str()) && !name.starts_with("http");
    (fits && !name.is_empty() && name.chars().count() <= 60).then(|| name.to_string())
}

/// `… of a post published on Atlantico Quotidiano at the URL …`.
fn published_in(line: &str) -> Option<String> {
    const BEFORE: &[&str] =
        &["published on ", "published in ", "published by ", "appeared in ", "appeared on ", "pubblicato su "];
    let at = BEFORE.iter().find_map(|before| Some(line.find(before)? + before.len()))?;
    name_at(&line[at..])
}

/// `MOSCOW, Jan 6 (Reuters) - …`.
fn agency(line: &str) -> Option<String> {
    let open = line.find('(').filter(|&open| open < 60)?;
    let close = open + line[open..].find(')')?;
    let inside = &line[open + 1..close];
    let after = line[close + 1..].trim_start();
    let found = AGENCIES.iter().find(|agency| agency.eq_ignore_ascii_case(inside))?;
    after.starts_with(['-', '–', '—']).then(|| (*found).to_string())
}

const AGENCIES: &[&str] = &[
    "Reuters",
    "AP",
    "AFP",
    "TASS",
    "Interfax",
    "Xinhua",
    "UPI",
    "DPA",
    "ANSA",
    "Bloomberg",
    "RIA Novosti",
    "CNN",
    "RFE/RL",
];

/// `By Jane Doe | Reuters`, `By Jane Doe, The New York Times`.
fn byline(line: &str) -> Option<String> {
    if !(line.starts_with("By ") || line.starts_with("BY ")) || line.chars().count() > 100 {
        return None;
    }
    let name = line.rsplit(['|', ',', '—', '–']).next().filter(|last| last.len() < line.len())?.trim();
    let is_agency = AGENCIES.iter().any(|agency| agency.eq_ignore_ascii_case(name));
    (is_agency || looks_like_outlet(name)).then(|| name.to_string())
}

/// `Calm returns to Almaty | BBC News`.
fn title_suffix(line: &str) -> Option<String> {
    let at = [" | ", " – ", " — ", " - "].iter().filter_map(|mark| Some(line.rfind(mark)? + mark.len())).max()?;
    let name = line[at..].trim();
    (looks_like_outlet(name) && line.chars().count() <= 200).then(|| name.to_string())
}

/// The capitalised words at the beginning, up to the first that is not.
fn name_at(text: &str) -> Option<String> {
    let mut name: Vec<&str> = Vec::new();
    for word in text.split_whitespace().take(6) {
        let bare = word.trim_end_matches(['.', ',', ';', ':', ')']);
        let capital = bare.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        if !(capital || !name.is_empty() && LINKS.contains(&bare)) || crate::read::dates::find(bare, None).is_some() {
            break;
        }
        name.push(bare);
        if bare.len() < word.len() {
            break;
        }
    }
    while name.last().is_some_and(|word| LINKS.contains(word)) {
        name.pop();
    }
    let starts_with_letter = name.first()?.starts_with(char::is_alphabetic);
    let day = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        .iter()
        .any(|day| name[0].starts_with(day) && name[0].ends_with("day"));
    (starts_with_letter && !day).then(|| name.join(" "))
}

const LINKS: &[&str] = &["of", "and", "the", "de", "di", "della", "del", "la", "и"];

/// Words of which one stands in most names of outlets.
const MASTHEADS: &str = "times post news herald tribune guardian journal daily gazette today telegraph observer \
    chronicle independent reuters agency magazine weekly press bbc cnn npr tass ria interfax examiner standard courier \
    bulletin dispatch bloomberg newsweek politico jazeera eurasianet новости известия газета ведомости правда \
    коммерсантъ независимая комсомольская corriere repubblica quotidiano stampa messaggero giornale gazzetta";

/// A short line of capitalised words with a masthead word among them.
pub(super) fn looks_like_outlet(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    if words.is_empty()
        || words.len() > 5
        || line.ends_with(['.', '?', '!', ':', ','])
        || line.contains(['“', '"', ';'])
    {
        return false;
    }
    let capitals =
        words.iter().all(|word| word.starts_with(|c: char| c.is_uppercase()) || LINKS.contains(word) || *word == "&");
    capitals && words.iter().any(|word| MASTHEADS.split_whitespace().any(|masthead| masthead == word.to_lowercase()))
}
