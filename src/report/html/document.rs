//! From markup to the bytes of a page: its head, its scripts, and what no page may hold.
//!
//! In: markup. Out: a whole page.
//! Invariants: `maud` opens, closes and escapes, so a page is well-formed and a text is a text; XML reads it too once void elements
//! (`<br>`) are closed. Every page becomes text in [`page_text`], which replaces the characters that XML forbids wherever they stand, so no
//! chapter can forget it.
//! It deliberately knows no chapter.

use crate::report::chart::faces;
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// Inside the marks of CDATA an XML parser reads `<` and `&` as text, as an HTML parser does in any style or script.
const STYLE: &str = concat!("/*<![CDATA[*/\n", include_str!("style.css"), "/*]]>*/");

/// A page with the style of the run's page. The policy forbids the browser to load anything but scripts of this folder: the sentences.
pub(super) fn document(program: &str, title: &str, body: &Markup) -> String {
    page_text(html! {
        (DOCTYPE)
        html xmlns="http://www.w3.org/1999/xhtml" lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
                    script-src 'unsafe-inline' 'self'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'";
                meta name="color-scheme" content="light dark";
                meta name="generator" content=(program);
                link rel="icon" href="data:,";
                title { (title) }
                style { (PreEscaped(STYLE)) (PreEscaped(faces(&body.0))) }
            }
            body {
                a.skip href="#main" { "Skip to the report" }
                (body)
            }
        }
    })
}

/// The end of a page.
pub(super) fn written_by(program: &str) -> Markup {
    html! { footer { p.small { "Written by " (program) "." } } }
}

/// A script of the program.
pub(super) fn script(source: &str) -> Markup {
    html! { script { (PreEscaped("//<![CDATA[\n")) (PreEscaped(source)) (PreEscaped("//]]>")) } }
}

/// The text of a page, without the characters that XML forbids: they become U+FFFD, and a carriage return a space.
pub(crate) fn page_text(page: Markup) -> String {
    let html = page.into_string();
    match html.contains(is_forbidden) {
        true => html.replace('\r', " ").replace(is_forbidden, "\u{fffd}"),
        false => html,
    }
}

fn is_forbidden(c: char) -> bool {
    let is_space = matches!(c, '\t' | '\n');
    !is_space && matches!(c, '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}')
}
