//! What a file is, by its content.
//!
//! In: the head of a file, and what its name says. Out: a [`Form`].
//! Invariant: the content decides; the name only settles what the content leaves open, such as a table of one column.
//! It deliberately reads no article.

mod foreign;
mod magic;
mod tabbed;

use super::columns::{is_known_name, means_text};
use super::convert::Convert;
use super::convert::dialect::Dialect;
use super::convert::{cues, newsbank, numbered, page_table, records, sgml, telegram, whatsapp};
use super::decode::{as_utf8, is_binary};
use super::files::{InputFile, Kind};
use super::header::{self, Shape};
use super::json::{self, Target};
use super::layouts::Layout;
use super::markup;
use super::source::Head;
use crate::error::{Place, Problem};

/// What a file is.
#[derive(Debug)]
pub(crate) enum Form {
    /// One article.
    Text,
    /// A page of HTML: one article.
    Page,
    /// An export of a database, by the number of its layout: several articles.
    Export { layout: usize, page: bool },
    /// A table with separated fields.
    Delimited(Shape),
    /// One JSON object on each line.
    Jsonl,
    /// A JSON document that holds articles.
    Json(Target),
    /// A Parquet table.
    Parquet,
    /// Something that has to be converted first.
    Packed(Convert),
    /// No articles; the file, or the run if the user named it, is refused.
    Refused(Problem),
}

impl Form {
    /// For people.
    pub(crate) fn name(&self) -> String {
        match self {
            Form::Text => "text, one article".to_string(),
            Form::Page => "HTML page, one article".to_string(),
            Form::Export { .. } => "export of a database".to_string(),
            Form::Delimited(shape) => match shape.delimiter {
                b'\t' => "table, separated by tabs".to_string(),
                byte if byte.is_ascii_graphic() => format!("table, separated by `{}`", char::from(byte)),
                _ => "table of one column".to_string(),
            },
            Form::Jsonl => "JSON, one object a line".to_string(),
            Form::Json(Target::Top) => "JSON, objects".to_string(),
            Form::Json(Target::Lists { parent, .. }) if parent.is_empty() => "JSON, an object of lists".to_string(),
            Form::Json(Target::Lists { parent, .. }) => format!("JSON, the lists of `{}`", parent.join(".")),
            Form::Json(Target::Array(path)) if path.is_empty() => "JSON, an array of objects".to_string(),
            Form::Json(Target::Array(path)) => format!("JSON, the array `{}`", path.join(".")),
            Form::Parquet => "Parquet table".to_string(),
            Form::Packed(convert) => convert.name().to_string(),
            Form::Refused(_) => "not read".to_string(),
        }
    }
}

/// Tells what a file is. `no_header` where the user says that tables have none.
pub(crate) fn form(found: &InputFile, head: &Head, no_header: bool, layouts: &[Layout]) -> Form {
    let form = without_layouts(found, head, no_header);
    let page = match form {
        Form::Page => true,
        Form::Text => false,
        other => return other,
    };
    let text = as_utf8(head);
    let text = String::from_utf8_lossy(&text);
    match layout(&text, page, layouts) {
        Some(layout) => Form::Export { layout, page },
        None => form,
    }
}

/// Of which layout of exports the head of a text is, or of a page.
fn layout(text: &str, page: bool, layouts: &[Layout]) -> Option<usize> {
    let plain = if page { Some(markup::page(text).text) } else { None };
    let text = plain.as_deref().unwrap_or(text);
    layouts.iter().position(|layout| layout.fits(text))
}

/// As [`form`], of a text or page that a longer head may show to be an export: styles, a cover or a long article may stand first.
pub(crate) fn longer(form: Form, head: &Head, layouts: &[Layout]) -> Form {
    let page = matches!(form, Form::Page);
    let text = as_utf8(head);
    let text = String::from_utf8_lossy(&text);
    // taking a long page apart takes time
    if !layouts.iter().any(|layout| layout.has_mark(&text)) {
        return form;
    }
    layout(&text, page, layouts).map_or(form, |layout| Form::Export { layout, page })
}

fn without_layouts(found: &InputFile, head: &Head, no_header: bool) -> Form {
    if let Some(form) = magic::form(found, &head.bytes) {
        return form;
    }
    if is_binary(&head.bytes) {
        return Form::Refused(super::plain::binary(Place::file(found.name.as_str())));
    }
    let text = as_utf8(head);
    let start = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&text).trim_ascii_start();
    if let Some(form) = as_written_by_programs(found, start) {
        return form;
    }
    match start.first() {
        Some(b'{' | b'[') => {
            if let Some(form) = as_json(found, start, &text) {
                return form;
            }
        }
        Some(b'<') => return as_markup(found, start),
        _ => {}
    }
    if let Some(form) = as_records(found, start) {
        return form;
    }
    match found.kind {
        Kind::Jsonl => return Form::Jsonl,
        Kind::Delimited { tab } => {
            return match Dialect::of(&text) {
                Some(dialect) => Form::Packed(Convert::Table(dialect)),
                None => Form::Delimited(header::shape(&text, tab, no_header)),
            };
        }
        Kind::Page if std::str::from_utf8(start).is_ok_and(markup::is_marked) => return Form::Page,
        Kind::Text | Kind::Parquet | Kind::Page | Kind::Unknown => {}
    }
    if is_mail(start) {
        let what = "an e-mail message or a web archive (.eml, .mbox, .mht)";
        return refused(found, what, "save the article as .txt or .html, without the headers of the mail");
    }
    if let Some(problem) = lexicon(found, start) {
        return Form::Refused(problem);
    }
    if let Some(dialect) = Dialect::of(&text)
        && let Ok(table) = dialect.rewrite(text.clone(), None)
        && table_in_text(&table.bytes).is_some()
    {
        return Form::Packed(Convert::Table(dialect));
    }
    match table_in_text(&text).or_else(|| tabbed::shape(&text).filter(|_| found.kind != Kind::Page)) {
        Some(shape) => Form::Delimited(shape),
        None => Form::Text,
    }
}

/// JSON inside something else, objects of Python, and corpora of numbered texts.
fn as_written_by_programs(found: &InputFile, start: &[u8]) -> Option<Form> {
    let head = String::from_utf8_lossy(&start[..start.len().min(8192)]);
    if json::wrapped::is_one(&head) {
        return Some(Form::Packed(Convert::WrappedJson));
    }
    if let Some((what, hint)) = foreign::like_json(&head) {
        return Some(refused(found, what, hint));
    }
    if numbered::is_one(&head) {
        let hint = "save the running text of each article as .txt, or take the form of the corpus with running text";
        return Some(match numbered::is_vertical(&head) {
            true => refused(found, "a corpus in vertical format, one word a line", hint),
            false => Form::Packed(Convert::Numbered),
        });
    }
    None
}

/// Records with labels, of which the words of an article are a part.
fn as_records(found: &InputFile, start: &[u8]) -> Option<Form> {
    if let Some(kind) = records::kind(start) {
        return Some(Form::Packed(Convert::Records(kind)));
    }
    let head = String::from_utf8_lossy(&start[..start.len().min(8192)]);
    let mut lines = head.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next()?;
    if first.starts_with("WARC/1.") {
        let is_crawl = head.lines().any(|line| matches!(line.trim(), "WARC-Type: response" | "WARC-Type: request"));
        let what = "a web archive (WARC): pages with the headers of their servers";
        let hint = "save the text of each article as .txt, or its page as .html; WET files are read";
        return Some(if is_crawl { refused(found, what, hint) } else { Form::Packed(Convert::Wet) });
    }
    if whatsapp::is_one(&head) {
        return Some(Form::Packed(Convert::WhatsApp));
    }
    if newsbank::is_one(&head) {
        return Some(Form::Packed(Convert::NewsBank));
    }
    if cues::is_one(&head) {
        return Some(Form::Packed(Convert::Cues));
    }
    if let Some((what, hint)) = foreign::what(start) {
        return Some(refused(found, what, hint));
    }
    let second = lines.next().unwrap_or_default();
    let (kind, inside) = first.strip_prefix('@').and_then(|rest| rest.split_once('{')).unwrap_or_default();
    let is_entry = !kind.is_empty() && kind.bytes().all(|byte| byte.is_ascii_alphabetic());
    (is_entry && (second.contains('=') || inside.contains('=')))
        .then(|| refused(found, "a bibliography (BibTeX)", "export the articles as RIS or CSV, which are read"))
}

fn refused(found: &InputFile, what: &str, hint: &str) -> Form {
    let place = Place::file(found.name.as_str());
    Form::Refused(Problem::error("not-articles", place, what).hint(hint))
}

/// True where a file begins as messages do: lines of `Name: value`, of which some no article has.
fn is_mail(start: &[u8]) -> bool {
    /// Only machines write these.
    const SURE: &[&str] = &["mime-version", "message-id", "return-path", "delivered-to", "snapshot-content-location"];
    /// All of these together, with a day or an address, are a message; without, a letter that an article quotes.
    const LETTER: &[&str] = &["from", "to", "subject"];
    const WHEN: &[&str] = &["date", "sent"];
    let head = String::from_utf8_lossy(&start[..start.len().min(8192)]);
    let mut lines = head.lines().peekable();
    lines.next_if(|line| line.starts_with("From ") && line.contains('@'));
    let (mut names, mut has_address, mut was_sent) = (Vec::new(), false, false);
    for line in lines.take_while(|line| !line.trim().is_empty()).filter(|line| !line.starts_with([' ', '\t'])) {
        let Some((name, value)) = line.split_once(':') else { return false };
        has_address |= value.contains('@');
        // a paper was received on a day
        let hop = value.trim_start().split(' ').next().is_some_and(|word| matches!(word, "from" | "by"));
        was_sent |= hop && name.eq_ignore_ascii_case("received");
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
            return false;
        }
        names.push(name.to_ascii_lowercase());
    }
    let has = |name: &&str| names.iter().any(|other| other == name);
    let is_letter = LETTER.iter().all(&has) && (has_address || WHEN.iter().any(&has));
    names.len() > 1 && (was_sent || SURE.iter().any(&has) || is_letter)
}

/// JSON: lines of objects, or a document.
fn as_json(found: &InputFile, start: &[u8], text: &[u8]) -> Option<Form> {
    let after = start[1..].trim_ascii_start().first();
    // a text may begin so, a file of JSON is a list of texts
    if start[0] == b'[' && after == Some(&b'"') && found.kind == Kind::Unknown {
        return Some(refused(found, "JSON, a list of strings", "give each its key: {\"text\": \"…\"}"));
    }
    let opens = match start[0] {
        b'{' => matches!(after, Some(b'"' | b'}')),
        _ => matches!(after, Some(b'{' | b']' | b'[')),
    };
    if !opens {
        return None;
    }
    let is_object = |line: &[u8]| json::parse(line).is_ok_and(|value| value.is_object());
    let mut lines = start.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    let second = lines.next();
    // some writers part the lines of an array and forget its brackets
    let by_line = first.first() == Some(&b'{') && is_object(first.strip_suffix(b",").unwrap_or(first));
    // each line is a page of an API, and holds a list of articles
    let of_page = json::target(first).filter(|target| matches!(target, Target::Array(path) if !path.is_empty()));
    if let (true, Some(target)) = (by_line && second.is_some_and(is_object), of_page) {
        return Some(Form::Json(target));
    }
    if by_line && second.is_some() || first.first() == Some(&b'{') && second.is_some_and(is_object) {
        return Some(Form::Jsonl);
    }
    if start[0] == b'{' && json::orientation::is_turned(start) {
        return Some(Form::Packed(Convert::JsonTable));
    }
    match json::target(text) {
        Some(target) => Some(Form::Json(target)),
        None if by_line || found.kind == Kind::Jsonl => Some(Form::Jsonl),
        None if start[0] == b'{' || start.len() < 4 || found.kind == Kind::Unknown => Some(refused(
            found,
            "JSON without a list of articles",
            "one object on each line, an array of objects, or an object that holds one is read",
        )),
        None => None,
    }
}

/// HTML, or another language of tags: the first element decides, as pages stand inside other documents too.
fn as_markup(found: &InputFile, start: &[u8]) -> Form {
    let head = String::from_utf8_lossy(&start[..start.len().min(4096)]).to_lowercase();
    let root = root(&head);
    let declared = head.starts_with("<?xml") || root.contains(':');
    if telegram::is_one(&head) {
        return Form::Packed(Convert::Telegram);
    }
    let feed =
        ["rss", "feed", "rdf", "rdf:rdf", "nitf", "newsitem", "newsmessage", "newsml", "tei", "teicorpus", "tei.2"]
            .contains(&root);
    let page = ["<!doctype html", "<html", "<head>", "<head ", "<body>", "<body "].iter().any(|tag| head.contains(tag));
    let is_xml = found.name.to_lowercase().ends_with(".xml");
    let is_sgml = sgml::is_one(root) && !(is_xml && root == "text") || !is_xml && sgml::holds_some(root, &head);
    if is_sgml && !declared {
        let hint = "save the running text of each article as .txt, or as a row of a .csv";
        return match sgml::is_vertical(&head) {
            true => refused(found, "a corpus in vertical format, one word a line", hint),
            false => Form::Packed(Convert::Sgml),
        };
    }
    if feed || declared && root != "html" && !head.contains("<!doctype html") {
        return Form::Packed(Convert::Xml);
    }
    if page || found.kind == Kind::Page && markup::is_marked(&head) {
        let is_table = page_table::is_one(&String::from_utf8_lossy(start));
        return if is_table { Form::Packed(Convert::PageTable) } else { Form::Page };
    }
    if found.kind == Kind::Unknown && is_xml {
        return Form::Packed(Convert::Xml);
    }
    Form::Text
}

/// The name of the first element, after declarations and comments.
fn root(head: &str) -> &str {
    let mut rest = head.trim_start();
    loop {
        let end = match rest {
            _ if rest.starts_with("<!--") => rest.find("-->").map(|at| at + 3),
            _ if rest.starts_with("<?") => rest.find("?>").map(|at| at + 2),
            // a document type with rules of its own ends behind them
            _ if rest.starts_with("<!") && rest.find('[') < rest.find('>') && rest.contains('[') => {
                rest.find("]>").map(|at| at + 2)
            }
            _ if rest.starts_with("<!") => rest.find('>').map(|at| at + 1),
            _ => break,
        };
        let Some(end) = end else { return "" };
        rest = rest[end..].trim_start();
    }
    let name = rest.strip_prefix('<').unwrap_or_default();
    name.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next().unwrap_or_default()
}

/// A lexicon where articles are due.
fn lexicon(found: &InputFile, start: &[u8]) -> Option<Problem> {
    let head = String::from_utf8_lossy(&start[..start.len().min(8192)]);
    let toml = head.lines().any(|line| matches!(line.trim(), "[[frame]]" | "[lexicon]" | "[[labels]]" | "[[target]]"));
    let liwc = head.lines().next().is_some_and(|line| line.trim() == "%")
        && head.lines().nth(1).is_some_and(|line| line.trim_start().starts_with(|c: char| c.is_ascii_digit()));
    let place = Place::file(found.name.as_str());
    (toml || liwc).then(|| {
        Problem::error("lexicon-as-corpus", place, "a lexicon, not articles").hint("give it with --lexicon FILE")
    })
}

/// A table in a file whose name does not say so: known column names, and rows that agree with them.
fn table_in_text(text: &[u8]) -> Option<Shape> {
    let line = text.split(|&byte| byte == b'\n' || byte == b'\r').find(|line| !line.is_empty())?;
    let cheap = line.len() < 2_000 && line.iter().any(|byte| b"\t,;|".contains(byte)) || line.starts_with(b"sep=");
    if !cheap {
        return None;
    }
    let shape = header::shape(text, false, false);
    let named = shape.names.iter().filter(|name| is_known_name(name)).count();
    let text_column = shape.names.iter().any(|name| means_text(name));
    (shape.by_content.is_empty() && text_column && named > 1 && rows_agree(text, &shape)).then_some(shape)
}

/// True where the lines behind a header are rows of it; `Headline, body, soul` above a text is a headline.
fn rows_agree(text: &[u8], shape: &Shape) -> bool {
    let mut lines = text.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii);
    let gap = lines.by_ref().skip_while(|line| line.is_empty()).nth(1).is_some_and(<[u8]>::is_empty);
    let prose = gap && shape.delimiter != b'\t' && !text.contains(&b'"');
    let mut reader = csv::ReaderBuilder::new().flexible(true).delimiter(shape.delimiter).from_reader(text);
    let rows: Vec<usize> = reader.byte_records().take(50).filter_map(Result::ok).map(|row| row.len()).collect();
    let width = shape.names.len();
    let fit = rows.iter().filter(|&&row| row.abs_diff(width) <= 1).count();
    !prose && (rows.is_empty() || fit * 2 >= rows.len())
}
