//! Tokens that are no words: web and e-mail addresses, file names, `#tags` and `@handles`.
//!
//! In: a text and a place in it. Out: where the address ends, and where it begins.
//! Invariant: an address is one token, and no entry that is a word matches it; white space ends it.
//! It deliberately asks no network and no list of every domain: a host ends in a known ending, or begins with `www.`.

use crate::text::is_invisible;

/// Endings of hosts that are taken for one even with a capital: `Yahoo.Com`.
const SURE_ENDINGS: &[&str] = &["com", "org", "net", "gov", "edu", "mil", "info", "biz"];

/// Other endings of hosts in small letters.
const ENDINGS: &[&str] = &[
    "int", "name", "news", "media", "press", "online", "site", "blog", "club", "app", "dev", "xyz", "live", "today",
    "world", "agency", "digital", "social", "network", "рф", "қаз", "укр", "бел", "срб",
];

/// Country codes that are hosts' endings, two letters each.
const COUNTRIES: &str = "ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cc cd \
    cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm \
    gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk \
    lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg \
    ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl \
    tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw";

/// Endings of files.
const FILE_ENDINGS: &[&str] = &[
    "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "txt", "rtf", "csv", "xml", "json", "html", "htm", "php",
    "asp", "aspx", "js", "css", "jpg", "jpeg", "png", "gif", "svg", "mp3", "mp4", "avi", "zip", "rar", "exe", "dll",
    "apk",
];

/// True for the ending of a file, in small letters or in capitals.
pub(super) fn is_file_ending(word: &str) -> bool {
    (word.chars().all(char::is_lowercase) || word.chars().all(|c| c.is_uppercase() || c.is_ascii_digit()))
        && FILE_ENDINGS.contains(&word.to_lowercase().as_str())
}

/// True for a folded form, or a pattern, that is an address and no word.
pub fn is_address(folded: &str) -> bool {
    folded.contains(['#', '@', '/', ':']) || (folded.contains('.') && host_length(folded) == Some(folded.len()))
}

/// The end of the tag or handle whose sign stands at `at`.
pub(super) fn tag(text: &str, at: usize) -> Option<usize> {
    let sign = text[at..].chars().next()?;
    let before = text[..at].chars().next_back();
    if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '&' | '#' | '@' | '＃' | '＠' | '/')) {
        return None;
    }
    let from = at + sign.len_utf8();
    let end = run(text, from, is_of_tag);
    if !text[from..end].contains(char::is_alphabetic) {
        return None;
    }
    // @name@server
    if matches!(sign, '@' | '＠') && text[end..].starts_with('@') {
        let server = end + 1;
        if let Some(length) = host_length(&text[server..run(text, server, is_of_host)]) {
            return Some(server + length);
        }
    }
    let possessive = ["'s", "’s"].iter().find(|s| text[end..].starts_with(**s));
    let possessive = possessive.filter(|s| !text[end + s.len()..].starts_with(char::is_alphanumeric));
    Some(end + possessive.map_or(0, |s| s.len()))
}

/// Begin and end of the address that the word `start..end` belongs to; it may begin before the word, or in it (`Mail:me@example.org`).
pub(super) fn around(text: &str, start: usize, end: usize) -> Option<(usize, usize)> {
    let after = &text[end..];
    if after.starts_with("://") {
        let letters =
            text[start..end].chars().rev().take_while(|c| c.is_alphanumeric()).map(char::len_utf8).sum::<usize>();
        let to = link_end(text, end + 3);
        return (letters > 0 && to > end + 3).then_some((end - letters, to));
    }
    if after.starts_with('@') {
        let server = end + 1;
        let length = host_length(&text[server..run(text, server, is_of_host)])?;
        if let Some(colon) = text[start..end].rfind(':') {
            return Some((start + colon + 1, server + length));
        }
        return Some((run_back(text, start, |c| is_of_host(c) || matches!(c, '+' | '%')), server + length));
    }
    let start = text[start..end].rfind(':').map_or(start, |colon| start + colon + 1);
    let from = run_back(text, start, |c| c == '-' || c.is_ascii_alphanumeric());
    let from = start - text[from..start].trim_start_matches('-').len();
    let length = host_length(&text[from..run(text, end, is_of_host)])?;
    let to = from + length;
    if to < end {
        // what follows the host is a word of its own: `example.com.The`
        return (to > start).then_some((from, to));
    }
    let rest = &text[to..];
    let port = rest.strip_prefix(':').is_some_and(|port| port.starts_with(|c: char| c.is_ascii_digit()));
    let goes_on = port
        || rest.strip_prefix(['/', '?']).is_some_and(|path| path.starts_with(|c: char| !c.is_whitespace() && c != '/'));
    Some((from, if goes_on { link_end(text, to) } else { to }))
}

/// Length of the host or file name that a run of letters, digits, hyphens and full stops begins with.
fn host_length(run: &str) -> Option<usize> {
    let run = run.trim_end_matches(['.', '-', '_']);
    let mut end = run.len();
    loop {
        let name = &run[..end];
        let begins_next = run[end..].strip_prefix('.').is_none_or(|next| next.starts_with(char::is_uppercase));
        if begins_next && is_name(name) {
            return Some(end);
        }
        end = name.rfind('.')?;
    }
}

/// True for a host or a file name.
fn is_name(name: &str) -> bool {
    let Some((rest, ending)) = name.rsplit_once('.') else { return false };
    if rest.is_empty() || ending.is_empty() || name.split('.').any(str::is_empty) {
        return false;
    }
    let lower = ending.to_lowercase();
    if rest.starts_with("www.") || rest == "www" || rest.starts_with("WWW.") {
        return ending.chars().all(char::is_alphabetic);
    }
    if is_file_ending(ending) {
        return rest.chars().any(char::is_alphanumeric);
    }
    if SURE_ENDINGS.contains(&lower.as_str()) {
        return true;
    }
    let is_country =
        |code: &str| code.len() == 2 && COUNTRIES.as_bytes().chunks(3).any(|other| other.starts_with(code.as_bytes()));
    // `a.m`, `p.m`, `e.g` are abbreviations; `t.co` is a host
    ending == lower
        && ending.chars().nth(1).is_some()
        && (ENDINGS.contains(&ending) || is_country(ending))
        && !super::joints::is_abbreviation(name)
}

/// Where a link ends that goes on at `from`: at white space or a quotation mark, without the punctuation of the sentence.
fn link_end(text: &str, from: usize) -> usize {
    let stops = |c: char| {
        c.is_whitespace()
            || is_invisible(c)
            || matches!(c, '<' | '>' | '"' | '“' | '”' | '„' | '«' | '»' | '‘' | '’' | '|')
    };
    let rest = &text[from..];
    let link = &rest[..rest.find(stops).unwrap_or(rest.len())];
    let mut end = link.len();
    while let Some(last) = link[..end].chars().next_back() {
        let count = |sign: char| link[..end].chars().filter(|&c| c == sign).count();
        let is_open = |open: char| count(open) >= count(last);
        let drop = match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '…' | '*' | '_' => true,
            ')' => !is_open('('),
            ']' => !is_open('['),
            '}' => !is_open('{'),
            _ => false,
        };
        if !drop {
            break;
        }
        end -= last.len_utf8();
    }
    from + end
}

fn is_of_tag(c: char) -> bool {
    c.is_alphanumeric()
        || c == '_'
        || is_invisible(c)
        || matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{900}'..='\u{d7f}')
}

fn is_of_host(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '-' | '_')
}

fn run(text: &str, from: usize, is_inside: impl Fn(char) -> bool) -> usize {
    text[from..].find(|c| !is_inside(c)).map_or(text.len(), |length| from + length)
}

fn run_back(text: &str, to: usize, is_inside: impl Fn(char) -> bool) -> usize {
    let mut from = to;
    while let Some(c) = text[..from].chars().next_back().filter(|&c| is_inside(c)) {
        from -= c.len_utf8();
    }
    from
}
