//! A YAML reader for dictionaries: mappings, sequences and scalars, and every scalar is a text.
//!
//! In: text. Out: a tree with the place of every node, and the problems.
//! Invariant: `no`, `yes`, `2022`, `1e3`, `~` and an unquoted `*ist` are texts, as the author of a dictionary means them.
//! It deliberately has no tags, anchors, aliases, merge keys or documents beyond the first.

use super::lines;

/// A node of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Node {
    pub line: u32,
    pub column: u32,
    pub value: Value,
}

/// What a node holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// Text, and whether it was quoted.
    Text(String, bool),
    List(Vec<Node>),
    /// Keys and values in the order of the file.
    Map(Vec<(Node, Node)>),
    /// `key:` with nothing after it.
    Nothing,
}

/// A problem: line, column, what is there, what to do.
pub(super) type Trouble = (u32, u32, String, String);

/// Flow brackets and indentation may nest so deep.
const DEEPEST: usize = 64;

/// Reads the first document of a text.
pub(super) fn parse(text: &str) -> (Node, Vec<Trouble>) {
    let mut parser = Parser { lines: significant(text), at: 0, trouble: Vec::new() };
    let indent = parser.lines.first().map_or(0, |line| line.indent);
    let node = parser.block(indent, 0);
    if let Some(line) = parser.lines.get(parser.at).cloned() {
        parser.complain(line.number, line.indent as u32 + 1, "this line is indented less than the first", "align it");
    }
    (node, parser.trouble)
}

/// A line that is neither blank nor a comment.
#[derive(Clone, Debug)]
struct Line {
    number: u32,
    indent: usize,
    chars: Vec<char>,
}

fn significant(text: &str) -> Vec<Line> {
    let mut found = Vec::new();
    for (number, line) in lines::numbered(text) {
        let content = line.trim_start_matches(' ');
        let indent = line.len() - content.len();
        let marker = indent == 0 && (content.starts_with("---") || content.starts_with('%')) && found.is_empty();
        if indent == 0 && (content.trim_end() == "..." || (content.trim_end() == "---" && !found.is_empty())) {
            break;
        }
        if !content.trim().is_empty() && !content.starts_with('#') && !marker {
            found.push(Line { number, indent, chars: content.trim_end().chars().collect() });
        }
    }
    found
}

struct Parser {
    lines: Vec<Line>,
    at: usize,
    trouble: Vec<Trouble>,
}

impl Parser {
    fn complain(&mut self, line: u32, column: u32, found: impl Into<String>, hint: impl Into<String>) {
        self.trouble.push((line, column, found.into(), hint.into()));
    }

    /// The block at this indentation or deeper.
    fn block(&mut self, indent: usize, depth: usize) -> Node {
        let Some(line) = self.lines.get(self.at).cloned() else {
            return Node { line: 1, column: 1, value: Value::Nothing };
        };
        let column = line.indent as u32 + 1;
        if depth > DEEPEST {
            self.complain(line.number, column, "nested too deep", "");
            self.at = self.lines.len();
            return Node { line: line.number, column, value: Value::Nothing };
        }
        let value = if is_item(&line.chars) {
            self.list(indent, depth)
        } else if key_end(&line.chars).is_some() {
            self.map(indent, depth)
        } else {
            let chars = line.chars.clone();
            self.at += 1;
            return self.scalar_or_flow(&line, 0, &chars, indent);
        };
        Node { line: line.number, column, value }
    }

    fn list(&mut self, indent: usize, depth: usize) -> Value {
        let mut found = Vec::new();
        while let Some(line) = self.lines.get(self.at).cloned() {
            if line.indent != indent || !is_item(&line.chars) {
                break;
            }
            let skip = 1 + line.chars[1..].iter().take_while(|c| **c == ' ').count();
            if skip >= line.chars.len() || line.chars[skip] == '#' {
                self.at += 1;
                found.push(self.below(&line, indent + 1, depth));
            } else {
                // What follows the dash is a block of its own, indented by the dash.
                let inner =
                    Line { number: line.number, indent: line.indent + skip, chars: line.chars[skip..].to_vec() };
                let inside = inner.indent;
                self.lines[self.at] = inner;
                found.push(self.block(inside, depth + 1));
            }
        }
        self.stray(indent);
        Value::List(found)
    }

    fn map(&mut self, indent: usize, depth: usize) -> Value {
        let mut found = Vec::new();
        while let Some(line) = self.lines.get(self.at).cloned() {
            if line.indent != indent || is_item(&line.chars) {
                break;
            }
            let Some(end) = key_end(&line.chars) else {
                let hint = "write `key:` or `- word`";
                self.complain(line.number, line.indent as u32 + 1, format!("`{}`", show(&line.chars)), hint);
                self.at += 1;
                continue;
            };
            let key = self.key(&line, end);
            let start = end + 1 + line.chars[end + 1..].iter().take_while(|c| matches!(c, ' ' | '\t')).count();
            self.at += 1;
            let value = if start >= line.chars.len() || line.chars[start] == '#' {
                let same = self.lines.get(self.at).is_some_and(|next| next.indent == indent && is_item(&next.chars));
                if same { self.block(indent, depth + 1) } else { self.below(&line, indent + 1, depth) }
            } else {
                let rest = line.chars[start..].to_vec();
                self.scalar_or_flow(&line, start, &rest, indent + 1)
            };
            found.push((key, value));
        }
        self.stray(indent);
        Value::Map(found)
    }

    /// Lines indented deeper than their block belong to nothing.
    fn stray(&mut self, indent: usize) {
        while let Some(line) = self.lines.get(self.at).cloned() {
            if line.indent <= indent {
                break;
            }
            let found = format!("`{}` is indented deeper than what it follows", show(&line.chars));
            self.complain(line.number, line.indent as u32 + 1, found, "align it with its neighbours");
            self.at += 1;
        }
    }

    /// The block below a key or a dash, if there is one.
    fn below(&mut self, line: &Line, least: usize, depth: usize) -> Node {
        match self.lines.get(self.at).map(|next| next.indent) {
            Some(indent) if indent >= least => self.block(indent, depth + 1),
            _ => Node { line: line.number, column: line.indent as u32 + 1, value: Value::Nothing },
        }
    }

    fn key(&mut self, line: &Line, end: usize) -> Node {
        let mut chars = line.chars[..end].to_vec();
        while chars.last().is_some_and(|c| c.is_whitespace()) {
            chars.pop();
        }
        let value = match chars.first() {
            Some('"' | '\'') => Value::Text(unquote(&chars).0, true),
            _ => Value::Text(chars.iter().collect(), false),
        };
        Node { line: line.number, column: line.indent as u32 + 1, value }
    }

    /// A scalar or a flow collection that starts at `chars`, and goes on in the lines that are indented by `least`.
    fn scalar_or_flow(&mut self, line: &Line, offset: usize, chars: &[char], least: usize) -> Node {
        let column = (line.indent + offset) as u32 + 1;
        match chars.first() {
            Some('[' | '{') => return self.flow(line, column, chars, least),
            Some('|' | '>') if chars[1..].iter().all(|c| matches!(c, '+' | '-') || c.is_ascii_digit()) => {
                return self.literal(line, column, least);
            }
            Some('"' | '\'') => {
                let mut text = chars.to_vec();
                let mut closed = unquote(&text).1;
                while !closed && self.lines.get(self.at).is_some_and(|next| next.indent >= least) {
                    // Only the new line is searched: an unclosed quotation mark must not cost the square of the file.
                    let mut more = vec![chars[0]];
                    more.extend(&self.lines[self.at].chars);
                    closed = unquote(&more).1;
                    text.push(' ');
                    text.extend(&more[1..]);
                    self.at += 1;
                }
                let (value, closed, used) = unquote(&text);
                if !closed {
                    self.complain(line.number, column, "a quotation mark is not closed", "close it");
                } else if !is_end(&text[used..]) {
                    let rest = show(&text[used..]);
                    self.complain(
                        line.number,
                        column,
                        format!("`{}` after a quoted text", rest.trim()),
                        "quote the whole",
                    );
                }
                return Node { line: line.number, column, value: Value::Text(value, true) };
            }
            _ => {}
        }
        let mut text = plain(chars);
        while self
            .lines
            .get(self.at)
            .is_some_and(|next| next.indent >= least.max(1) && !is_item(&next.chars) && key_end(&next.chars).is_none())
        {
            text.push(' ');
            text.push_str(&plain(&self.lines[self.at].chars.clone()));
            self.at += 1;
        }
        Node { line: line.number, column, value: Value::Text(text, false) }
    }

    /// `|` and `>`: the lines below, joined.
    fn literal(&mut self, line: &Line, column: u32, least: usize) -> Node {
        let mut found = Vec::new();
        while let Some(next) = self.lines.get(self.at).filter(|next| next.indent >= least) {
            found.push(show(&next.chars));
            self.at += 1;
        }
        Node { line: line.number, column, value: Value::Text(found.join(" "), true) }
    }

    fn flow(&mut self, line: &Line, column: u32, chars: &[char], least: usize) -> Node {
        let mut flow = super::yaml_flow::Flow::new(line.number, column, chars);
        while flow.open() {
            let Some(next) = self.lines.get(self.at) else { break };
            // The next key ends a collection that was never closed: its error must not hide the others.
            if next.indent < least && key_end(&next.chars).is_some() {
                break;
            }
            flow.more(next.number, next.indent as u32 + 1, &next.chars);
            self.at += 1;
        }
        let (node, trouble) = flow.finish();
        self.trouble.extend(trouble);
        node
    }
}

fn is_item(chars: &[char]) -> bool {
    chars.first() == Some(&'-') && matches!(chars.get(1), None | Some(' '))
}

/// True where nothing but a comment is left.
fn is_end(chars: &[char]) -> bool {
    match chars.iter().position(|c| !c.is_whitespace()) {
        None => true,
        Some(at) => chars[at] == '#' && at > 0,
    }
}

/// Where the colon of `key:` stands.
fn key_end(chars: &[char]) -> Option<usize> {
    let start = match chars.first()? {
        '"' | '\'' => {
            let (_, closed, used) = unquote(chars);
            if !closed {
                return None;
            }
            let colon = used + chars[used..].iter().take_while(|c| **c == ' ').count();
            return (chars.get(colon) == Some(&':') && matches!(chars.get(colon + 1), None | Some(' ' | '\t')))
                .then_some(colon);
        }
        '[' | '{' | '#' => return None,
        _ => 0,
    };
    for at in start..chars.len() {
        if chars[at] == '#' && at > 0 && chars[at - 1] == ' ' {
            return None;
        }
        if chars[at] == ':' && at > 0 && matches!(chars.get(at + 1), None | Some(' ' | '\t')) {
            return Some(at);
        }
    }
    None
}

/// A plain scalar without the comment behind it.
fn plain(chars: &[char]) -> String {
    let end = (1..chars.len()).find(|&i| chars[i] == '#' && chars[i - 1].is_whitespace()).unwrap_or(chars.len());
    show(&chars[..end]).trim().to_string()
}

fn show(chars: &[char]) -> String {
    chars.iter().collect()
}

/// Text of a quoted scalar, whether it is closed, and how many characters it took.
pub(super) fn unquote(chars: &[char]) -> (String, bool, usize) {
    let quote = chars[0];
    let mut text = String::new();
    let mut at = 1;
    while at < chars.len() {
        let next = chars.get(at + 1).copied();
        match chars[at] {
            c if c == quote && quote == '\'' && next == Some('\'') => {
                text.push('\'');
                at += 1;
            }
            c if c == quote => return (text, true, at + 1),
            '\\' if quote == '"' => {
                at += 1;
                escape(chars, &mut at, &mut text);
            }
            c => text.push(c),
        }
        at += 1;
    }
    (text, false, chars.len())
}

/// One escape of a double-quoted scalar; `at` stands on the character after the backslash.
fn escape(chars: &[char], at: &mut usize, text: &mut String) {
    let Some(&c) = chars.get(*at) else { return };
    let digits = match c {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        _ => 0,
    };
    if digits > 0 {
        let code: String = chars.iter().skip(*at + 1).take(digits).collect();
        if let Some(c) = u32::from_str_radix(&code, 16).ok().and_then(char::from_u32) {
            text.push(c);
            *at += digits;
            return;
        }
    }
    text.push(match c {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        '0' => '\0',
        '_' => '\u{a0}',
        _ => c,
    });
}
