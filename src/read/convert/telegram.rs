//! The messages of a chat as Telegram Desktop saves them in a page.
//!
//! In: a `messages.html`. Out: one JSON object a line for each message with words: its chat, its day, who wrote it.
//! Invariant: names, hours and what the program says of a chat are no words of a message; messages without words are told.
//! It deliberately reads no captions of files and no polls: they are not in the text of a message.

use super::{Converted, push_line};
use crate::read::decode::text_of;
use crate::text::several;
use encoding_rs::Encoding;
use html5gum::{StartTag, Token, Tokenizer};
use serde_json::{Map, Value};

/// True for the head of such a page, in small letters.
pub(crate) fn is_one(head: &str) -> bool {
    let shows_chat = head.contains("page_body chat_page") || head.contains("class=\"message ");
    shows_chat && head.contains("<title>exported data</title>")
}

/// The messages.
pub(super) fn lines(bytes: Vec<u8>, declared: Option<&'static Encoding>) -> Result<Converted, String> {
    let source = text_of(bytes, declared)?;
    let mut page = Page::default();
    for token in Tokenizer::new(source.as_str()).flatten() {
        match token {
            Token::StartTag(tag) => match &tag.name[..] {
                b"div" => page.open(&tag),
                b"br" => page.write("\n"),
                _ => {}
            },
            Token::EndTag(tag) if &tag.name[..] == b"div" => page.close(),
            Token::String(text) => page.write(&String::from_utf8_lossy(&text.value)),
            Token::EndTag(_) | Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    page.finish();
    let are = if page.left == 1 { "is" } else { "are" };
    let note = format!("{} without words (pictures, files, polls) {are} no article", several(page.left, "message"));
    let notes = if page.left > 0 { vec![note] } else { Vec::new() };
    Ok(Converted { bytes: page.out.into_bytes(), notes, ..Converted::default() })
}

/// What an element holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Chat,
    Author,
    Text,
}

#[derive(Default)]
struct Page {
    depth: usize,
    /// Which part is open, and how deep its element lies.
    open: Option<(Part, usize)>,
    chat: String,
    message: Option<Message>,
    out: String,
    /// Messages without words.
    left: u64,
}

#[derive(Default)]
struct Message {
    id: String,
    date: String,
    author: String,
    text: String,
}

fn attribute(tag: &StartTag<()>, name: &str) -> String {
    let value = tag.attributes.iter().find(|(key, _)| &key[..] == name.as_bytes());
    value.map(|(_, value)| String::from_utf8_lossy(&value.value).trim().to_string()).unwrap_or_default()
}

impl Page {
    fn open(&mut self, tag: &StartTag<()>) {
        self.depth += 1;
        let classes = attribute(tag, "class");
        let is = |name: &str| classes.split_whitespace().any(|class| class == name);
        let id = attribute(tag, "id");
        if let Some(number) = id.strip_prefix("message").filter(|_| is("message")) {
            self.finish();
            // of a service message nothing is read
            self.message = (!is("service")).then(|| Message { id: number.to_string(), ..Message::default() });
            return;
        }
        let part = match &mut self.message {
            None if is("text") && self.chat.is_empty() => Part::Chat,
            Some(message) if is("date") && message.date.is_empty() => {
                // `05.01.2022 10:15:00 UTC+01:00`
                message.date = attribute(tag, "title").split_whitespace().take(2).collect::<Vec<_>>().join(" ");
                return;
            }
            // a message that is passed on names its first author further in
            Some(message) if is("from_name") && message.author.is_empty() => Part::Author,
            Some(_) if is("text") => Part::Text,
            _ => return,
        };
        if self.open.is_none() {
            self.open = Some((part, self.depth));
        }
    }

    fn close(&mut self) {
        if self.open.is_some_and(|(_, depth)| depth == self.depth) {
            self.open = None;
        }
        self.depth = self.depth.saturating_sub(1);
    }

    fn write(&mut self, words: &str) {
        match (self.open, &mut self.message) {
            (Some((Part::Chat, _)), _) => self.chat.push_str(words),
            (Some((Part::Author, _)), Some(message)) => message.author.push_str(words),
            (Some((Part::Text, _)), Some(message)) => message.text.push_str(words),
            _ => {}
        }
    }

    /// Writes the message that was read last, if it has words.
    fn finish(&mut self) {
        self.open = None;
        let Some(message) = self.message.take() else { return };
        if message.text.trim().is_empty() {
            self.left += 1;
            return;
        }
        let values = [
            ("id", &message.id),
            ("outlet", &self.chat),
            ("date", &message.date),
            ("from", &message.author),
            ("text", &message.text),
        ];
        let mut object = Map::new();
        for (key, value) in values {
            object.insert(key.to_string(), Value::String(value.trim().to_string()));
        }
        push_line(object, &mut self.out);
    }
}
