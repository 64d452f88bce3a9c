//! Where only the beginning of a text is there: `… [+2310 chars]` of news services, `[…]` of feeds, the end of a cell of Excel.
//!
//! In: a text. Out: where it ends, and what shows that it was cut off there.
//! Invariant: a sign of a service is no part of the text; an ellipsis without brackets shows nothing, as authors write it too.
//! It deliberately restores nothing.

/// Characters, as UTF-16 counts them, that a cell of Excel holds at most.
const EXCEL_CELL: usize = 32_767;

/// Up to which byte a text is one, and what shows that it goes on elsewhere; nothing where it seems whole.
pub(super) fn end(text: &str) -> Option<(usize, String)> {
    let trimmed = text.trim_end();
    let bracket = trimmed.trim_end_matches(['.', '"', '”', '»', ')', ' ']);
    if let Some(mark) = bracket.strip_suffix(']').and_then(|rest| rest.rfind('[')) {
        let inside = bracket[mark + 1..bracket.len() - 1].trim();
        if matches!(inside, "…" | "..." | ". . .") && bracket.len() == trimmed.len() {
            return Some((text.len(), format!("with `[{inside}]`")));
        }
        if counts_letters(inside) {
            return Some((mark, format!("with `[{inside}]`")));
        }
    }
    // of a message that is passed on or is long, Twitter gives the beginning beside the whole
    let link = trimmed.rsplit_once(char::is_whitespace).filter(|(_, link)| link.starts_with("https://t.co/"));
    let before = link.map_or(trimmed, |(before, _)| before.trim_end());
    if before.ends_with('…') && (link.is_some() || trimmed.starts_with("RT @")) {
        return Some((
            text.len(),
            "with `…`, as messages of Twitter do whose whole text stands in another column".to_string(),
        ));
    }
    let may_fill = (EXCEL_CELL..=3 * EXCEL_CELL).contains(&text.len());
    let fills = may_fill && text.encode_utf16().count() == EXCEL_CELL;
    fills.then(|| (text.len(), "after 32,767 characters, where a cell of Excel ends".to_string()))
}

/// `+2310 chars`, `280 chars`, `+1,024 characters`, `512 more chars`.
fn counts_letters(inside: &str) -> bool {
    let Some((number, unit)) = inside.rsplit_once(' ') else { return false };
    let number = number.strip_suffix(" more").unwrap_or(number);
    let digits = number.strip_prefix('+').unwrap_or(number);
    let is_number = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.'));
    is_number && matches!(unit, "char" | "chars" | "character" | "characters")
}
