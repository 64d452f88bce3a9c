//! The page of what changed between two runs.
//!
//! In: chapters of plain texts, rows and sentences. Out: HTML with the style and the script of the run's page.
//! Invariant: as of the run's page: well-formed, nothing is loaded, every text arrives as text.
//! It deliberately knows no diff: `compare` fills it.

use super::markup::{Text, capital, close_table, open_table};
use super::{figures, opening};
use std::fmt::Write;

/// The page.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// Its title.
    pub title: String,
    /// Name and version of the program.
    pub program: String,
    /// The first lines.
    pub lede: Vec<String>,
    /// What follows, in this order.
    pub chapters: Vec<Chapter>,
}

/// A chapter; what is empty is left out.
#[derive(Clone, Debug, Default)]
pub struct Chapter {
    /// Its anchor, unique on the page.
    pub anchor: &'static str,
    /// Its heading.
    pub heading: String,
    /// Paragraphs.
    pub paragraphs: Vec<String>,
    /// A chart.
    pub svg: String,
    /// A table.
    pub table: Option<Rows>,
    /// Hits in their sentences.
    pub sentences: Vec<Sentence>,
}

/// A table of texts.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// Above it.
    pub caption: String,
    /// Names of the columns, and whether they hold numbers.
    pub header: Vec<(String, bool)>,
    /// As many cells as the header.
    pub rows: Vec<Vec<String>>,
}

/// A hit in its sentence.
#[derive(Clone, Debug, Default)]
pub struct Sentence {
    /// What happened to it.
    pub what: String,
    /// Before it.
    pub left: String,
    /// Itself.
    pub surface: String,
    /// After it.
    pub right: String,
    /// Frame, entry, article, cause.
    pub about: String,
}

impl Changes {
    /// The page as HTML.
    pub fn html(&self) -> String {
        let mut out = String::new();
        opening::shell(&self.program, &self.title, &mut out);
        let _ = writeln!(out, "<header>\n<h1>{}</h1>", Text(&self.title));
        for (i, line) in self.lede.iter().enumerate() {
            let _ = writeln!(out, "<p class=\"{}\">{}</p>", if i == 0 { "lede" } else { "small" }, Text(line));
        }
        out.push_str("</header>\n<div id=\"bar\">\n<nav aria-label=\"Contents\"><ul>");
        for chapter in &self.chapters {
            let _ = write!(out, "<li><a href=\"#{}\">{}</a></li>", chapter.anchor, Text(&chapter.heading));
        }
        out.push_str("</ul></nav>\n</div><main id=\"main\">\n");
        for chapter in &self.chapters {
            chapter.write(&mut out);
        }
        let _ = write!(
            out,
            "</main>\n<footer><p class=\"small\">Written by {}.</p></footer>\n{}</body>\n</html>\n",
            Text(&self.program),
            opening::script()
        );
        out
    }
}

impl Chapter {
    fn write(&self, out: &mut String) {
        let _ = writeln!(
            out,
            "<section id=\"{0}\" aria-labelledby=\"{0}-h\">\n<h2 id=\"{0}-h\">{1}</h2>",
            self.anchor,
            Text(&self.heading)
        );
        for paragraph in &self.paragraphs {
            let _ = writeln!(out, "<p>{}</p>", Text(paragraph));
        }
        if !self.svg.is_empty() {
            let _ = writeln!(
                out,
                "<figure>\n<div class=\"scroll paper\" role=\"region\" aria-label=\"Chart: {}\" tabindex=\"0\">{}</div>\n</figure>",
                Text(&self.heading),
                figures::drawing(&self.svg)
            );
        }
        if let Some(table) = &self.table {
            table.write(&self.heading, out);
        }
        if !self.sentences.is_empty() {
            out.push_str("<ul class=\"kwic\">\n");
            for sentence in &self.sentences {
                let _ = writeln!(
                    out,
                    "<li><p><span>{}</span><mark>{}</mark><span>{}</span></p><div><b>{}</b> {}</div></li>",
                    Text(&sentence.left),
                    Text(&sentence.surface),
                    Text(&sentence.right),
                    Text(&sentence.what),
                    Text(&sentence.about)
                );
            }
            out.push_str("</ul>\n");
        }
        out.push_str("</section>\n");
    }
}

impl Rows {
    fn write(&self, name: &str, out: &mut String) {
        open_table(out, name, "sort tall", &Text(&self.caption).to_string());
        out.push_str("<thead><tr>");
        let class = |is_number: bool| if is_number { " class=\"n\"" } else { "" };
        for (name, is_number) in &self.header {
            let _ = write!(out, "<th scope=\"col\"{}>{}</th>", class(*is_number), Text(&capital(name)));
        }
        out.push_str("</tr></thead>\n<tbody>\n");
        for row in &self.rows {
            out.push_str("<tr>");
            for (i, (cell, (_, is_number))) in row.iter().zip(&self.header).enumerate() {
                let _ = match i {
                    0 => write!(out, "<th scope=\"row\">{}</th>", Text(cell)),
                    _ => write!(out, "<td{}>{}</td>", class(*is_number), Text(cell)),
                };
            }
            out.push_str("</tr>\n");
        }
        out.push_str("</tbody>\n");
        close_table(out);
    }
}
