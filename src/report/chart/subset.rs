//! The embedded font as a page needs it: the letters of its drawings alone.
//!
//! In: a page. Out: its fonts as style, of the characters that the drawings write, regular and bold.
//! Invariant: the outline and the advance of each letter are those by which the drawings were measured; the same texts give the same bytes.
//! It deliberately leaves kerning and hints out: every text of a drawing has its measured length, and screens need no hints.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use ttf_parser::{Face, RawFace, Tag};

/// What the fonts of a page are called; the drawings name it first.
pub const FAMILY: &str = "framescope";

/// The style that gives a page the letters of its drawings; empty where it draws none.
pub fn faces(page: &str) -> String {
    let mut style = String::new();
    for (weight, is_bold, data) in [(400, false, notosans::REGULAR_TTF), (700, true, notosans::BOLD_TTF)] {
        let characters = written(page, is_bold);
        let font = if characters.is_empty() { None } else { subset(data, &characters) };
        if let Some(font) = font {
            let _ = writeln!(
                style,
                "@font-face{{font-family:{FAMILY};font-weight:{weight};src:url(data:font/ttf;base64,{})}}",
                base64(&font)
            );
        }
    }
    style
}

/// The characters of the texts of all drawings in a page.
fn written(page: &str, is_bold: bool) -> BTreeSet<char> {
    let mut characters = BTreeSet::new();
    for element in page.split("<text ").skip(1) {
        let Some((attributes, rest)) = element.split_once('>') else { continue };
        let text = rest.split_once("</text>").map_or("", |(text, _)| text);
        let shown = text.split_once("</title>").map_or(text, |(_, shown)| shown);
        if attributes.contains("font-weight=\"700\"") == is_bold {
            let signs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")];
            let shown = signs.iter().fold(shown.to_string(), |shown, (from, to)| shown.replace(from, to));
            characters.extend(shown.chars());
        }
    }
    characters
}

/// A TrueType font of these characters, as far as the font has them.
pub fn subset(data: &[u8], characters: &BTreeSet<char>) -> Option<Vec<u8>> {
    let (raw, face) = (RawFace::parse(data, 0).ok()?, Face::parse(data, 0).ok()?);
    let table = |name: &[u8; 4]| raw.table(Tag::from_bytes(name));
    let codes: Vec<(u16, u16)> =
        characters.iter().filter_map(|&c| Some((u16::try_from(u32::from(c)).ok()?, face.glyph_index(c)?.0))).collect();
    let outlines = Outlines { glyf: table(b"glyf")?, loca: table(b"loca")?, is_long: at(table(b"head")?, 50)? == 1 };
    let (glyphs, old) = outlines.of(&codes)?;
    let count = u16::try_from(old.len()).ok()?;
    let mut ends = vec![0_u32];
    let mut glyf = Vec::new();
    for glyph in glyphs {
        glyf.extend(glyph);
        glyf.resize(glyf.len().next_multiple_of(4), 0);
        ends.push(u32::try_from(glyf.len()).ok()?);
    }
    let with = |name: &[u8; 4], places: &[(usize, u16)]| {
        let mut copy = table(name)?.to_vec();
        for &(place, value) in places {
            copy.get_mut(place..place + 2)?.copy_from_slice(&value.to_be_bytes());
        }
        Some(copy)
    };
    let mut post = table(b"post")?.get(..32)?.to_vec();
    post[..4].copy_from_slice(&0x0003_0000_u32.to_be_bytes());
    Some(assembled(&[
        (b"OS/2", table(b"OS/2")?.to_vec()),
        (b"cmap", cmap(&codes)),
        (b"glyf", glyf),
        (b"head", with(b"head", &[(8, 0), (10, 0), (50, 1)])?),
        (b"hhea", with(b"hhea", &[(34, count)])?),
        (b"hmtx", advances(table(b"hmtx")?, at(table(b"hhea")?, 34)?, &old)?),
        (b"loca", ends.iter().flat_map(|end| end.to_be_bytes()).collect()),
        (b"maxp", with(b"maxp", &[(4, count)])?),
        (b"name", names(table(b"name")?)?),
        (b"post", post),
    ]))
}

/// A number of two bytes.
fn at(data: &[u8], place: usize) -> Option<u16> {
    Some(u16::from_be_bytes(data.get(place..place + 2)?.try_into().ok()?))
}

/// The outlines of a font.
struct Outlines<'f> {
    glyf: &'f [u8],
    loca: &'f [u8],
    is_long: bool,
}

impl Outlines<'_> {
    /// The empty box, the glyph of each code, and what these are put together from: outlines, and numbers in the whole font.
    fn of(&self, codes: &[(u16, u16)]) -> Option<(Vec<Vec<u8>>, Vec<u16>)> {
        let mut old: Vec<u16> = std::iter::once(0).chain(codes.iter().map(|&(_, glyph)| glyph)).collect();
        let mut numbers: BTreeMap<u16, u16> = BTreeMap::new();
        for (new, glyph) in (0_u16..).zip(&old) {
            numbers.entry(*glyph).or_insert(new);
        }
        let (mut glyphs, mut next) = (Vec::new(), 0);
        while let Some(&glyph) = old.get(next) {
            let mut outline = self.outline(glyph)?;
            for place in unhinted(&mut outline)? {
                let part = at(&outline, place)?;
                let new = *numbers.entry(part).or_insert_with(|| {
                    old.push(part);
                    (old.len() - 1) as u16
                });
                outline.get_mut(place..place + 2)?.copy_from_slice(&new.to_be_bytes());
            }
            glyphs.push(outline);
            next += 1;
        }
        Some((glyphs, old))
    }

    fn outline(&self, glyph: u16) -> Option<Vec<u8>> {
        let end = |n: usize| match self.is_long {
            true => Some((usize::from(at(self.loca, n * 4)?) << 16) + usize::from(at(self.loca, n * 4 + 2)?)),
            false => Some(usize::from(at(self.loca, n * 2)?) * 2),
        };
        self.glyf.get(end(usize::from(glyph))?..end(usize::from(glyph) + 1)?).map(<[u8]>::to_vec)
    }
}

/// Takes the hints out of an outline, which call programs that are not there; gives back where it names its parts.
fn unhinted(outline: &mut Vec<u8>) -> Option<Vec<usize>> {
    if outline.is_empty() {
        return Some(Vec::new());
    }
    let contours = at(outline, 0)?;
    if contours < 0x8000 {
        let place = 10 + 2 * usize::from(contours);
        let hints = usize::from(at(outline, place)?);
        outline.drain(place..place + 2 + hints);
        outline.splice(place..place, [0, 0]);
        return Some(Vec::new());
    }
    let (mut places, mut place) = (Vec::new(), 10);
    loop {
        let flags = at(outline, place)?;
        // 256: hints follow the parts
        outline.get_mut(place..place + 2)?.copy_from_slice(&(flags & !0x100).to_be_bytes());
        places.push(place + 2);
        place += if flags & 1 == 0 { 6 } else { 8 };
        place +=
            [(0x8, 2), (0x40, 4), (0x80, 8)].iter().find(|(flag, _)| flags & flag != 0).map_or(0, |&(_, size)| size);
        if flags & 0x20 == 0 {
            outline.truncate(place);
            return Some(places);
        }
    }
}

/// Codes to glyphs, of which the first code has the first: stretches of codes, as format 4 lists them.
fn cmap(codes: &[(u16, u16)]) -> Vec<u8> {
    let mut stretches: Vec<[u16; 3]> = Vec::new();
    for (glyph, &(code, _)) in (1_u16..).zip(codes) {
        match stretches.last_mut() {
            Some([_, end, _]) if *end + 1 == code => *end = code,
            _ => stretches.push([code, code, glyph.wrapping_sub(code)]),
        }
    }
    stretches.push([0xffff, 0xffff, 1]);
    let count = stretches.len() as u16;
    let power = 1_u16 << count.ilog2();
    let mut table = vec![0, 1, 3, 1, 0, 12, 4, 16 + 8 * count, 0, 2 * count, 2 * power, count.ilog2() as u16];
    table.push(2 * (count - power));
    table.extend(stretches.iter().map(|[_, end, _]| end));
    table.push(0);
    table.extend(stretches.iter().map(|[start, ..]| start));
    table.extend(stretches.iter().map(|[.., delta]| delta));
    table.extend(stretches.iter().map(|_| 0));
    table.iter().flat_map(|number| number.to_be_bytes()).collect()
}

/// Advance and left side of each glyph.
fn advances(hmtx: &[u8], long: u16, glyphs: &[u16]) -> Option<Vec<u8>> {
    let mut table = Vec::new();
    for &glyph in glyphs {
        let (glyph, last) = (usize::from(glyph), usize::from(long.checked_sub(1)?));
        let side = if glyph <= last { 4 * glyph + 2 } else { 4 * (last + 1) + 2 * (glyph - last - 1) };
        table.extend(hmtx.get(4 * glyph.min(last)..4 * glyph.min(last) + 2)?);
        table.extend(hmtx.get(side..side + 2)?);
    }
    Some(table)
}

/// Who made the font, what it is called, and its licence.
fn names(table: &[u8]) -> Option<Vec<u8>> {
    const KEPT: [u16; 7] = [0, 1, 2, 4, 6, 13, 14];
    let (count, texts) = (usize::from(at(table, 2)?), usize::from(at(table, 4)?));
    let record = |n: usize| table.get(6 + 12 * n..18 + 12 * n);
    let is_kept = |record: &&[u8]| at(record, 0) == Some(3) && at(record, 6).is_some_and(|name| KEPT.contains(&name));
    let records: Vec<&[u8]> = (0..count).filter_map(record).filter(is_kept).collect();
    let (mut head, mut kept) = (Vec::new(), Vec::<u8>::new());
    for number in [0, records.len() as u16, 6 + 12 * records.len() as u16] {
        head.extend(number.to_be_bytes());
    }
    for record in records {
        let (length, start) = (usize::from(at(record, 8)?), texts + usize::from(at(record, 10)?));
        head.extend(record.get(..10)?);
        head.extend((kept.len() as u16).to_be_bytes());
        kept.extend(table.get(start..start + length)?);
    }
    head.extend(kept);
    Some(head)
}

/// Tables in the order of their names, with their sums.
fn assembled(tables: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let count = tables.len() as u16;
    let power = 1_u16 << count.ilog2();
    let mut font = 0x0001_0000_u32.to_be_bytes().to_vec();
    for number in [count, 16 * power, count.ilog2() as u16, 16 * (count - power)] {
        font.extend(number.to_be_bytes());
    }
    let mut start = font.len() + 16 * tables.len();
    let mut head = 0;
    for (name, table) in tables {
        font.extend(*name);
        for number in [sum(table), start as u32, table.len() as u32] {
            font.extend(number.to_be_bytes());
        }
        head = if *name == b"head" { start } else { head };
        start += table.len().next_multiple_of(4);
    }
    for (_, table) in tables {
        font.extend(table);
        font.resize(font.len().next_multiple_of(4), 0);
    }
    let whole = 0xb1b0_afba_u32.wrapping_sub(sum(&font));
    font[head + 8..head + 12].copy_from_slice(&whole.to_be_bytes());
    font
}

fn sum(bytes: &[u8]) -> u32 {
    let number = |chunk: &[u8]| (0..4).fold(0_u32, |number, i| number << 8 | u32::from(*chunk.get(i).unwrap_or(&0)));
    bytes.chunks(4).fold(0, |sum, chunk| sum.wrapping_add(number(chunk)))
}

fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let number = (0..3).fold(0_u32, |number, i| number << 8 | u32::from(*chunk.get(i).unwrap_or(&0)));
        for i in 0..4 {
            let sign = char::from(SIGNS[(number >> (18 - 6 * i) & 63) as usize]);
            text.push(if i <= chunk.len() { sign } else { '=' });
        }
    }
    text
}
