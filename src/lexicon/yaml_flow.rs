//! Flow collections of YAML: `[a, b]` and `{key: [a, b]}`, over several lines.
//!
//! In: the characters of one or more lines. Out: a node with places.
//! Invariant: brackets are balanced or a problem says where; every scalar is a text.
//! It deliberately reads a stray quotation mark inside a plain word as a letter.

use super::yaml_tree::{Node, Trouble, Value, unquote};

const DEEPEST: usize = 64;

/// Characters with their places.
pub(super) struct Flow {
    chars: Vec<char>,
    places: Vec<(u32, u32)>,
    at: usize,
    /// What `open` has seen so far: position, depth, and the quotation mark that is open.
    seen: usize,
    depth: usize,
    quote: Option<char>,
    /// The last character before `seen` that is no space.
    before: Option<char>,
    trouble: Vec<Trouble>,
}

impl Flow {
    pub(super) fn new(line: u32, column: u32, chars: &[char]) -> Flow {
        let mut flow = Flow {
            chars: Vec::new(),
            places: Vec::new(),
            at: 0,
            seen: 0,
            depth: 0,
            quote: None,
            before: None,
            trouble: Vec::new(),
        };
        flow.more(line, column, chars);
        flow
    }

    /// Adds a line; lines are joined by a space, comments are left out.
    pub(super) fn more(&mut self, line: u32, column: u32, chars: &[char]) {
        if !self.chars.is_empty() {
            self.chars.push(' ');
            self.places.push((line, column));
        }
        for (i, &c) in chars.iter().enumerate() {
            if c == '#' && self.quote.is_none() && (i == 0 || chars[i - 1].is_whitespace()) {
                break;
            }
            self.chars.push(c);
            self.places.push((line, column + i as u32));
            self.look();
        }
    }

    /// Follows brackets and quotes; a quotation mark opens only where a scalar may begin.
    fn look(&mut self) {
        while self.seen < self.chars.len() {
            let c = self.chars[self.seen];
            match self.quote {
                Some(quote) if c == quote => self.quote = None,
                Some(_) => {}
                None => match c {
                    '"' | '\'' if matches!(self.before, None | Some('[' | '{' | ',' | ':')) => self.quote = Some(c),
                    '[' | '{' => self.depth += 1,
                    ']' | '}' => self.depth = self.depth.saturating_sub(1),
                    _ => {}
                },
            }
            self.before = if c.is_whitespace() { self.before } else { Some(c) };
            self.seen += 1;
        }
    }

    /// True while a bracket is open.
    pub(super) fn open(&self) -> bool {
        self.depth > 0
    }

    pub(super) fn finish(mut self) -> (Node, Vec<Trouble>) {
        let node = self.node(0);
        self.space();
        if self.at < self.chars.len() {
            let rest: String = self.chars[self.at..].iter().take(30).collect();
            self.complain(format!("`{rest}` after a closed bracket"), "put it inside, or on its own line");
        }
        (node, self.trouble)
    }

    fn place(&self) -> (u32, u32) {
        self.places.get(self.at).or(self.places.last()).copied().unwrap_or((1, 1))
    }

    fn complain(&mut self, found: impl Into<String>, hint: &str) {
        let (line, column) = self.place();
        self.trouble.push((line, column, found.into(), hint.to_string()));
    }

    fn space(&mut self) {
        while self.chars.get(self.at).is_some_and(|c| c.is_whitespace()) {
            self.at += 1;
        }
    }

    fn node(&mut self, depth: usize) -> Node {
        self.space();
        let (line, column) = self.place();
        let value = match self.chars.get(self.at) {
            Some('[' | '{') if depth > DEEPEST => {
                self.complain("nested too deep", "");
                self.at = self.chars.len();
                Value::Nothing
            }
            Some('[') => self.list(depth),
            Some('{') => self.map(depth),
            _ => self.scalar(),
        };
        Node { line, column, value }
    }

    fn list(&mut self, depth: usize) -> Value {
        let mut found = Vec::new();
        let start = self.place();
        self.at += 1;
        loop {
            self.space();
            match self.chars.get(self.at) {
                None => {
                    self.trouble.push((start.0, start.1, "`[` is not closed".into(), "close it with `]`".into()));
                    break;
                }
                Some(']') => {
                    self.at += 1;
                    break;
                }
                Some(',') => self.at += 1,
                Some(_) => {
                    let node = self.node(depth + 1);
                    let node = self.pair(node, depth);
                    found.push(node);
                    self.separator(']');
                }
            }
        }
        Value::List(found)
    }

    /// `[a: b]` is a list of a one-key mapping.
    fn pair(&mut self, key: Node, depth: usize) -> Node {
        self.space();
        if self.chars.get(self.at) != Some(&':') || !matches!(key.value, Value::Text(..)) {
            return key;
        }
        self.at += 1;
        let (line, column) = (key.line, key.column);
        let value = self.node(depth + 1);
        Node { line, column, value: Value::Map(vec![(key, value)]) }
    }

    fn map(&mut self, depth: usize) -> Value {
        let mut found = Vec::new();
        let start = self.place();
        self.at += 1;
        loop {
            self.space();
            match self.chars.get(self.at) {
                None => {
                    self.trouble.push((start.0, start.1, "`{` is not closed".into(), "close it with `}`".into()));
                    break;
                }
                Some('}') => {
                    self.at += 1;
                    break;
                }
                Some(',') => self.at += 1,
                Some(_) => {
                    let (line, column) = self.place();
                    let key = Node { line, column, value: self.scalar() };
                    self.space();
                    let value = if self.chars.get(self.at) == Some(&':') {
                        self.at += 1;
                        self.node(depth + 1)
                    } else {
                        Node { line, column, value: Value::Nothing }
                    };
                    found.push((key, value));
                    self.separator('}');
                }
            }
        }
        Value::Map(found)
    }

    /// After a member there is a comma or the end.
    fn separator(&mut self, close: char) {
        self.space();
        match self.chars.get(self.at) {
            Some(',') => self.at += 1,
            None => {}
            Some(&c) if c == close => {}
            Some(&c) => {
                self.complain(format!("`{c}`"), "put a comma between the words, or quotation marks around them");
                self.at += 1;
            }
        }
    }

    fn scalar(&mut self) -> Value {
        if let Some('"' | '\'') = self.chars.get(self.at) {
            let (text, closed, used) = unquote(&self.chars[self.at..]);
            if !closed {
                self.complain("a quotation mark is not closed", "close it");
            }
            self.at += used;
            return Value::Text(text, true);
        }
        let start = self.at;
        while let Some(&c) = self.chars.get(self.at) {
            let next = self.chars.get(self.at + 1);
            let colon = c == ':' && matches!(next, None | Some(' ' | ',' | ']' | '}' | '[' | '{'));
            if matches!(c, ',' | '[' | ']' | '{' | '}') || colon {
                break;
            }
            self.at += 1;
        }
        let text: String = self.chars[start..self.at].iter().collect();
        let text = text.trim().to_string();
        if self.at == start {
            // A stray closing bracket: step over it, or the caller would stand still.
            let found: String = self.chars.get(self.at).iter().copied().collect();
            self.complain(format!("`{found}`"), "a word");
            self.at += 1;
        }
        if text.is_empty() { Value::Nothing } else { Value::Text(text, false) }
    }
}
