//! Names in scripts that the embedded font lacks: drawn with a font of the machine, or confessed.

use std::fs;
use std::path::Path;
use std::process::Command;

/// A character of nobody's script.
const ODD: char = '\u{10F3A7}';

/// The embedded font with a table of characters that has [`ODD`] alone, drawn as `A`.
fn odd_font() -> Vec<u8> {
    let font = notosans::REGULAR_TTF;
    let glyph = ttf_parser::Face::parse(font, 0).expect("a font").glyph_index('A').expect("A").0;
    // format 12: one group of one character
    let mut cmap: Vec<u8> = vec![0, 0, 0, 1, 0, 3, 0, 10, 0, 0, 0, 12, 0, 12, 0, 0];
    for number in [28, 0, 1, u32::from(ODD), u32::from(ODD), u32::from(glyph)] {
        cmap.extend(u32::to_be_bytes(number));
    }
    let tables = u16::from_be_bytes([font[4], font[5]]) as usize;
    let mut directory = font[..12 + 16 * tables].to_vec();
    for record in directory[12..].chunks_mut(16).filter(|record| &record[..4] == b"cmap") {
        record[8..12].copy_from_slice(&(font.len() as u32).to_be_bytes());
        record[12..16].copy_from_slice(&(cmap.len() as u32).to_be_bytes());
    }
    [&directory, &font[directory.len()..], &cmap].concat()
}

/// Runs a corpus of two outlets, one with an odd name; gives back the chart of frames and the problems.
fn run(folder: &Path, out: &str, fonts: &Path) -> (String, String) {
    let done = Command::new(env!("CARGO_BIN_EXE_framescope"))
        .current_dir(folder)
        .env("FRAMESCOPE_FONTS", fonts)
        .args(["run", "c.csv", "-l", "l.toml", "--charts", "frames", "--out", out, "--quiet"])
        .output()
        .expect("a run");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let read = |name: &str| fs::read_to_string(folder.join(out).join(name)).expect(name);
    (read("charts/frames.svg"), read("problems.csv"))
}

fn outline(svg: &str, label: &str) -> String {
    let document = roxmltree::Document::parse(svg).expect("XML");
    let node =
        document.descendants().find(|node| node.attribute("aria-label").is_some_and(|own| own.starts_with(label)));
    node.and_then(|node| node.attribute("d")).expect("an outline").to_string()
}

#[test]
fn a_font_of_the_machine_draws_what_the_embedded_one_lacks_and_its_absence_is_said() {
    let folder = crate::cache::temporary("chart-fallback");
    let name = format!("{ODD}{ODD}");
    let csv: String =
        (0..24).map(|n| format!("{n},{},The riot of {n}.\n", if n % 2 == 0 { &name } else { "Plain" })).collect();
    fs::write(folder.join("c.csv"), format!("id,outlet,text\n{csv}")).expect("written");
    fs::write(folder.join("l.toml"), "[lexicon]\nname = 'l'\n[[frame]]\nname = 'order'\nterms = ['riot']\n")
        .expect("written");
    let fonts = folder.join("fonts");
    fs::create_dir_all(&fonts).expect("made");
    let (without, problems) = run(&folder, "a", &fonts);
    assert!(problems.contains("chart-characters") && !problems.contains("chart-font"), "{problems}");
    assert!(without.contains("□ : a character that no font here has."));
    fs::write(fonts.join("odd.ttf"), odd_font()).expect("written");
    let (with, problems) = run(&folder, "b", &fonts);
    assert!(
        problems.contains("chart-font") && problems.contains("odd.ttf") && !problems.contains("chart-characters"),
        "{problems}"
    );
    assert!(!with.contains("□"));
    assert_ne!(outline(&without, &name), outline(&with, &name), "a box, and what the font draws");
    // names that need no other font are drawn as ever, to the byte
    assert_eq!(outline(&without, "Plain"), outline(&with, "Plain"));
    fs::remove_dir_all(folder).expect("removed");
}
