//! Fonts of this machine, for characters that the embedded font lacks: names in Chinese, Japanese, Korean, Arabic, Hebrew, ….
//!
//! In: a character. Out: the first font, in an order that is the same wherever the same fonts are, that can draw it; text shaped by it.
//! Invariant: nothing is looked for, and nothing on the machine matters, where every character is in the embedded font.
//! It deliberately asks no system library: fonts lie in well-known folders, under well-known names.

use rustybuzz::ttf_parser;
use rustybuzz::{Direction, Face, UnicodeBuffer};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// The folder of fonts that is looked into before all others.
pub const FONTS_VARIABLE: &str = "FRAMESCOPE_FONTS";

/// Where systems keep fonts; `~` is the home of the user.
const FOLDERS: [&str; 9] = [
    "~/.local/share/fonts",
    "~/.fonts",
    "~/Library/Fonts",
    "/usr/local/share/fonts",
    "/usr/share/fonts",
    "/Library/Fonts",
    "/System/Library/Fonts",
    "/System/Library/Fonts/Supplemental",
    "C:/Windows/Fonts",
];

/// How the names of fonts with many scripts begin, the best first: small letters, without spaces, hyphens and underscores.
const NAMES: [&str; 40] = [
    "notosanscjk",
    "notosanssc",
    "notosansjp",
    "notosanstc",
    "notosanskr",
    "sourcehansans",
    "pingfang",
    "hiraginosansgb",
    "msyh",
    "yugothr",
    "yugothic",
    "malgun",
    "msjh",
    "wqymicrohei",
    "wqyzenhei",
    "droidsansfallback",
    "stheiti",
    "applesdgothic",
    "arialunicode",
    "arialuni",
    "simsun",
    "msgothic",
    "notosansarabicregular",
    "notosansarabic",
    "notonaskharabicregular",
    "notonaskharabic",
    "geezapro",
    "segoeui",
    "tahoma",
    "dejavusans",
    "amiriregular",
    "kacst",
    "notosanshebrew",
    "arialhb",
    "notosansdevanagari",
    "notosansthai",
    "notosansgeorgian",
    "notosansarmenian",
    "notosans",
    "freesans",
];

/// Files that are looked at, and the largest of them in bytes.
const MOST: usize = 64;
const LARGEST: u64 = 64 << 20;
/// Folders inside folders.
const DEEPEST: usize = 4;

/// A font of the machine.
pub(super) struct Fallback {
    /// The name of its file.
    pub(super) name: String,
    pub(super) face: Face<'static>,
}

/// A glyph of a shaped text, in units of its font.
pub(super) struct Shaped {
    pub(super) glyph: ttf_parser::GlyphId,
    pub(super) advance: f64,
    pub(super) shift: (f64, f64),
}

/// A file that may help.
struct Candidate {
    path: PathBuf,
    /// Characters that it has, ascending.
    has: OnceLock<Vec<u32>>,
    font: OnceLock<Option<Fallback>>,
}

/// The font of a character; none where no font here has it.
pub(super) fn of(c: char) -> Option<&'static Fallback> {
    static CANDIDATES: OnceLock<Vec<Candidate>> = OnceLock::new();
    let fonts = CANDIDATES.get_or_init(candidates).iter().find(|candidate| candidate.has(c))?;
    fonts.font.get_or_init(|| fonts.open()).as_ref()
}

impl Candidate {
    fn has(&self, c: char) -> bool {
        let characters = || {
            let bytes = fs::read(&self.path).unwrap_or_default();
            let face = ttf_parser::Face::parse(&bytes, 0).ok();
            let mut all = Vec::new();
            for table in face.iter().filter_map(|face| face.tables().cmap).flat_map(|cmap| cmap.subtables) {
                if table.is_unicode() {
                    table.codepoints(|c| all.push(c));
                }
            }
            all.sort_unstable();
            all.dedup();
            all
        };
        self.has.get_or_init(characters).binary_search(&u32::from(c)).is_ok()
    }

    /// The font lives as long as the program: charts are drawn of borrowed outlines.
    fn open(&self) -> Option<Fallback> {
        let bytes: &'static [u8] = Box::leak(fs::read(&self.path).ok()?.into_boxed_slice());
        let name = self.path.file_name()?.to_string_lossy().into_owned();
        Some(Fallback { name, face: Face::from_slice(bytes, 0)? })
    }
}

impl Fallback {
    /// The glyphs of a text, from left to right.
    pub(super) fn shape(&self, text: &str, is_rtl: bool) -> Vec<Shaped> {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        buffer.set_direction(if is_rtl { Direction::RightToLeft } else { Direction::LeftToRight });
        let shaped = rustybuzz::shape(&self.face, &[], buffer);
        let glyph = |(info, at): (&rustybuzz::GlyphInfo, &rustybuzz::GlyphPosition)| Shaped {
            glyph: ttf_parser::GlyphId(info.glyph_id as u16),
            advance: f64::from(at.x_advance),
            shift: (f64::from(at.x_offset), f64::from(at.y_offset)),
        };
        shaped.glyph_infos().iter().zip(shaped.glyph_positions()).map(glyph).collect()
    }
}

/// The files that may help, the best first: those of the variable in the order of their names, then known names.
fn candidates() -> Vec<Candidate> {
    let mut found: Vec<PathBuf> = Vec::new();
    if let Some(folder) = std::env::var_os(FONTS_VARIABLE) {
        found.extend(fonts_in(Path::new(&folder), DEEPEST));
    }
    let home = std::env::var_os("HOME").map(PathBuf::from);
    let folder = |name: &str| match name.strip_prefix("~/") {
        Some(below) => home.as_ref().map(|home| home.join(below)),
        None => Some(PathBuf::from(name)),
    };
    let of_system: Vec<PathBuf> =
        FOLDERS.into_iter().filter_map(folder).flat_map(|folder| fonts_in(&folder, DEEPEST)).collect();
    let place = |path: &Path| {
        let name = path.file_name()?.to_str()?.to_lowercase().replace([' ', '-', '_'], "");
        NAMES.iter().position(|other| name.starts_with(other)).map(|place| (place, name))
    };
    let mut fonts: Vec<_> = of_system.into_iter().filter_map(|path| Some((place(&path)?, path))).collect();
    fonts.sort();
    found.extend(fonts.into_iter().map(|(_, path)| path));
    found.truncate(MOST);
    found.into_iter().map(|path| Candidate { path, has: OnceLock::new(), font: OnceLock::new() }).collect()
}

/// The font files of a folder and of the folders in it, in the order of their names.
fn fonts_in(folder: &Path, depth: usize) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    entries.sort();
    let mut found = Vec::new();
    for path in entries {
        let end = path.extension().and_then(|end| end.to_str()).unwrap_or_default().to_lowercase();
        if path.is_dir() && depth > 0 {
            found.extend(fonts_in(&path, depth - 1));
        } else if ["ttf", "ttc", "otf"].contains(&end.as_str())
            && fs::metadata(&path).is_ok_and(|file| file.len() <= LARGEST)
        {
            found.push(path);
        }
    }
    found
}
