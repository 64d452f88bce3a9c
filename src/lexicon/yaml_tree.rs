//! YAML and JSON as a tree in which every scalar is a text with its place.
//!
//! In: text. Out: the tree of its documents, and what is wrong with it.
//! Invariant: `no`, `2022`, `1e3` and `~` are texts as their author typed them; aliases unfold to no more than [`MOST_UNFOLDED`] nodes.
//! It deliberately parses nothing itself: saphyr-parser does. In a dictionary `*ist`, `&co`, `!key`, `@home` and `%` are words, where YAML has
//! signs of its own: these signs stand for themselves unless the text has an anchor and an alias of one name.

use hashbrown::{HashMap, HashSet};
use saphyr_parser::{Event, Parser, ScalarStyle, Span};

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
pub(super) type YamlProblem = (u32, u32, String, String);

/// A text, read.
pub(super) struct Parsed {
    /// The tree; keys of several documents are in one.
    pub root: Node,
    pub trouble: Vec<YamlProblem>,
    /// Line and column of texts that YAML makes one of several lines.
    pub folded: Vec<(u32, u32)>,
}

/// Brackets and indentation may nest so deep.
const DEEPEST: usize = 64;
/// Aliases unfold to so many nodes at most.
const MOST_UNFOLDED: usize = 100_000;

const QUOTE: &str = "put a word that holds : # [ ] { } , or a quotation mark into quotation marks";

/// Signs of YAML that begin words of dictionaries.
const SIGNS: [char; 6] = ['*', '&', '!', '@', '`', '%'];
/// The first of the characters of private use that stand in for them.
const STAND_IN: u32 = 0xe000;

/// Reads all documents of a text.
pub(super) fn parse(text: &str) -> Parsed {
    let meant = stand_in(text);
    let mut tree = Tree {
        open: Vec::new(),
        anchors: HashMap::new(),
        unfolded: 0,
        root: None,
        trouble: Vec::new(),
        folded: Vec::new(),
    };
    let mut parser = Parser::new_from_str(&meant);
    while let Some(event) = parser.next_event() {
        match event {
            Ok((Event::StreamEnd, _)) => break,
            Ok((event, span)) => {
                if !tree.event(event, &span) {
                    break;
                }
            }
            Err(error) => {
                let mark = error.marker();
                let (found, hint) = in_words(error.info());
                // what the end of the file leaves open is told at its last line
                let last = super::lines::count(text).max(1);
                let (line, col) = if mark.line() > last { (last, 0) } else { (mark.line().max(1), mark.col()) };
                tree.trouble.push((line as u32, col as u32 + 1, found, hint.to_string()));
                break;
            }
        }
    }
    tree.finish()
}

/// What the parser says, as our own messages put it.
fn in_words(info: &str) -> (String, &'static str) {
    let info = restored(info);
    if info.contains("recursion limit") {
        return ("nested too deep".to_string(), "a dictionary has few levels");
    }
    if info.contains("flow") && (info.contains("',' or") || info.contains("expected")) || info.contains("']'") {
        return (format!("a bracket is not closed, or a comma is missing ({info})"), QUOTE);
    }
    if info.contains("quoted scalar") || info.contains("end of stream") || info.contains("EOF") {
        return (format!("a quotation mark or a bracket is not closed ({info})"), QUOTE);
    }
    if info.contains("simple key") {
        let found = format!("no `category: words` where one is due ({info})");
        return (found, "each word below its `category:` has a line `- word`, or all are in `[word, word]`");
    }
    if info.contains("block mapping") || info.contains("implicit key") || info.contains("mapping values") {
        return (format!("no `category: words` where one is due ({info})"), QUOTE);
    }
    (info, QUOTE)
}

/// Puts stand-ins where YAML would take a sign of a word for its own. Lines and columns stay.
fn stand_in(text: &str) -> String {
    if text.chars().any(|c| (STAND_IN..STAND_IN + SIGNS.len() as u32).contains(&(c as u32))) {
        return text.to_string();
    }
    let named = |sign: char| -> HashSet<&str> {
        let names = text.match_indices(sign).map(|(at, _)| name_at(&text[at + 1..]));
        names.filter(|name| !name.is_empty()).collect()
    };
    let (anchors, aliases) = (named('&'), named('*'));
    let is_own = |at: usize| {
        let name = name_at(&text[at + 1..]);
        anchors.contains(name) && aliases.contains(name)
    };
    let mut line_begins = true;
    let mut out = String::with_capacity(text.len() + 16);
    for (at, c) in text.char_indices() {
        let sign = SIGNS.iter().position(|&sign| sign == c);
        let stays = match c {
            '*' | '&' => is_own(at),
            '%' => line_begins,
            _ => false,
        };
        match sign.filter(|_| !stays).and_then(|sign| char::from_u32(STAND_IN + sign as u32)) {
            Some(other) => out.push(other),
            None => out.push(c),
        }
        line_begins = matches!(c, '\n' | '\r');
    }
    out
}

/// The name of an anchor or alias.
fn name_at(rest: &str) -> &str {
    let end = rest.find(|c: char| c.is_whitespace() || matches!(c, ',' | '[' | ']' | '{' | '}')).unwrap_or(rest.len());
    &rest[..end]
}

fn restored(text: &str) -> String {
    let sign = |c: char| {
        let at = (c as u32).checked_sub(STAND_IN).filter(|&at| (at as usize) < SIGNS.len());
        at.map_or(c, |at| SIGNS[at as usize])
    };
    text.chars().map(sign).collect()
}

/// What is open while events come.
struct Open {
    line: u32,
    column: u32,
    anchor: usize,
    value: Value,
    key: Option<Node>,
}

struct Tree {
    open: Vec<Open>,
    anchors: HashMap<usize, (Node, usize)>,
    unfolded: usize,
    root: Option<Node>,
    trouble: Vec<YamlProblem>,
    folded: Vec<(u32, u32)>,
}

impl Tree {
    /// Takes an event; false where nothing after it can be used.
    fn event(&mut self, event: Event<'_>, span: &Span) -> bool {
        let (line, column) = (span.start.line() as u32, span.start.col() as u32 + 1);
        match event {
            Event::Scalar(text, style, anchor, _) => {
                let plain = matches!(style, ScalarStyle::Plain);
                let lines = span.end.line() > span.start.line();
                let folds = matches!(style, ScalarStyle::Folded) || (plain && lines);
                if folds && text.split_whitespace().count() > 1 {
                    self.folded.push((line, column));
                }
                let value = match plain && span.is_empty() {
                    true => Value::Nothing,
                    false => Value::Text(restored(&text), !plain),
                };
                self.close(Node { line, column, value }, anchor)
            }
            Event::SequenceStart(anchor, _) => self.begin(line, column, anchor, Value::List(Vec::new())),
            Event::MappingStart(anchor, _) => self.begin(line, column, anchor, Value::Map(Vec::new())),
            Event::SequenceEnd | Event::MappingEnd => match self.open.pop() {
                Some(Open { line, column, anchor, value, .. }) => self.close(Node { line, column, value }, anchor),
                None => true,
            },
            Event::Alias(anchor) => self.alias(anchor, line, column),
            _ => true,
        }
    }

    fn begin(&mut self, line: u32, column: u32, anchor: usize, value: Value) -> bool {
        if self.open.len() >= DEEPEST {
            let found = format!("nested too deep: more than {DEEPEST} levels");
            self.trouble.push((line, column, found, "a dictionary has few levels".to_string()));
            return false;
        }
        self.open.push(Open { line, column, anchor, value, key: None });
        true
    }

    /// What an anchor names, once more.
    fn alias(&mut self, anchor: usize, line: u32, column: u32) -> bool {
        let size = self.anchors.get(&anchor).map_or(0, |(_, size)| *size);
        if !self.unfold(size, line, column) {
            return false;
        }
        let value = self.anchors.get(&anchor).map_or(Value::Nothing, |(node, _)| node.value.clone());
        self.close(Node { line, column, value }, 0)
    }

    /// Counts nodes before they are made; false where they are too many.
    fn unfold(&mut self, size: usize, line: u32, column: u32) -> bool {
        self.unfolded += size;
        if self.unfolded > MOST_UNFOLDED {
            let found = format!("aliases unfold to more than {MOST_UNFOLDED} words");
            self.trouble.push((line, column, found, "write the words themselves".to_string()));
        }
        self.unfolded <= MOST_UNFOLDED
    }

    /// A node is whole: into what is open, or it is the root.
    fn close(&mut self, node: Node, anchor: usize) -> bool {
        if anchor > 0 {
            let size = size(&node);
            if !self.unfold(size, node.line, node.column) {
                return false;
            }
            self.anchors.insert(anchor, (node.clone(), size));
        }
        let Some(open) = self.open.last_mut() else {
            return self.document(node);
        };
        match &mut open.value {
            Value::List(list) => list.push(node),
            Value::Map(pairs) => match open.key.take() {
                Some(key) => pairs.push((key, node)),
                None => open.key = Some(node),
            },
            Value::Text(..) | Value::Nothing => {}
        }
        true
    }

    /// A document is whole: its keys come behind those of the documents before it.
    fn document(&mut self, node: Node) -> bool {
        match (&mut self.root, node) {
            (Some(Node { value: Value::Map(all), .. }), Node { value: Value::Map(pairs), .. }) => all.extend(pairs),
            (Some(_), Node { value: Value::Nothing, .. }) => {}
            (Some(root), node) if root.value != Value::Nothing => {
                let found = "a second document that does not go on with the categories of the first".to_string();
                self.trouble.push((node.line, node.column, found, "give it a file of its own".to_string()));
                return false;
            }
            (root, node) => *root = Some(node),
        }
        true
    }

    /// What there is of the tree, also after an error.
    fn finish(mut self) -> Parsed {
        while let Some(Open { line, column, value, .. }) = self.open.pop() {
            let node = Node { line, column, value };
            match self.open.last_mut() {
                Some(Open { value: Value::List(list), .. }) => list.push(node),
                Some(Open { value: Value::Map(pairs), key, .. }) => {
                    if let Some(key) = key.take() {
                        pairs.push((key, node));
                    }
                }
                _ => _ = self.document(node),
            }
        }
        let nothing = Node { line: 1, column: 1, value: Value::Nothing };
        Parsed { root: self.root.unwrap_or(nothing), trouble: self.trouble, folded: self.folded }
    }
}

/// Number of nodes. Nesting is bounded, so the recursion is.
fn size(node: &Node) -> usize {
    1 + match &node.value {
        Value::List(list) => list.iter().map(size).sum(),
        Value::Map(pairs) => pairs.iter().map(|(key, value)| size(key) + size(value)).sum(),
        Value::Text(..) | Value::Nothing => 0,
    }
}
