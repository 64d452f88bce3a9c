//! What the first bytes of a file give away.
//!
//! In: the head of a file, unpacked. Out: its form, where the bytes alone tell it: what is converted, and what is refused by its name.
//! Invariant: no text begins with such bytes; whatever is refused says how to get the articles out.
//! It deliberately reads no table of another program: each has a way to write it as CSV or Parquet.

use super::{Form, refused};
use crate::read::convert::Convert;
use crate::read::files::{InputFile, Kind};

/// A sign, at which byte it stands, what has it, and what to do.
type Sign = (&'static [u8], usize, &'static str, &'static str);

/// What to do with a table of R, Stata, SPSS or SAS.
const AS_TABLE: &str = "write the table as CSV or Parquet, in the program that it comes from";
const UNPACKED: &str = "unpack it, and give the folder or the file that comes of it";

const SIGNS: &[Sign] = &[
    (b"ARROW1\0\0", 0, "a Feather or Arrow file", "write the table as Parquet or CSV"),
    (b"FEA1", 0, "a Feather file", "write the table as Parquet or CSV"),
    (b"Obj\x01", 0, "an Avro file", "write the table as Parquet or CSV"),
    (
        b"SQLite format 3\0",
        0,
        "an SQLite database",
        "sqlite3 -header -csv FILE 'SELECT * FROM articles' > articles.csv",
    ),
    (b"\x89HDF\r\n\x1a\n", 0, "an HDF5 file", "write the table as CSV or Parquet"),
    (b"\x93NUMPY", 0, "an array of NumPy", "write the articles as CSV or Parquet"),
    (b"<stata_dta>", 0, "a Stata file (.dta)", AS_TABLE),
    (b"$FL2", 0, "an SPSS file (.sav)", AS_TABLE),
    (b"$FL3", 0, "an SPSS file (.zsav)", AS_TABLE),
    (b"\0\0\0\0\0\0\0\0\0\0\0\0\xc2\xea\x81\x60", 0, "a SAS file (.sas7bdat)", AS_TABLE),
    (b"HEADER RECORD*******LIB", 0, "a SAS transport file (.xpt)", AS_TABLE),
    (b"RDX2\n", 0, "a workspace of R (.RData)", AS_TABLE),
    (b"RDX3\n", 0, "a workspace of R (.RData)", AS_TABLE),
    (b"RDA2\n", 0, "a workspace of R (.RData)", AS_TABLE),
    (b"RDA3\n", 0, "a workspace of R (.RData)", AS_TABLE),
    (b"X\n\0\0\0", 0, "an object of R (.rds)", AS_TABLE),
    (b"B\n\x02\0\0\0", 0, "an object of R (.rds)", AS_TABLE),
    (b"B\n\x03\0\0\0", 0, "an object of R (.rds)", AS_TABLE),
    (
        b"\xfd7zXZ\0",
        0,
        "a file packed by xz",
        "xz -d FILE (of R: write the table as CSV); .gz and .zst are read as they are",
    ),
    (
        b"1AY&SY",
        4,
        "a file packed by bzip2",
        "bunzip2 FILE (of R: write the table as CSV); .gz and .zst are read as they are",
    ),
    (b"7z\xbc\xaf\x27\x1c", 0, "a 7z archive", UNPACKED),
    (b"Rar!\x1a\x07", 0, "a RAR archive", UNPACKED),
    (b"ustar", 257, "a tar archive", "tar -xf FILE, and give the folder that comes of it"),
    (b"\x04\x22\x4d\x18", 0, "a file packed by lz4", "lz4 -d FILE; .gz and .zst are read as they are"),
    (b"\x1f\x9d", 0, "a file packed by compress (.Z)", "uncompress FILE"),
    (b"PK\x05\x06", 0, "an empty ZIP archive", "give the articles themselves"),
];

/// What the first bytes give away.
pub(super) fn form(found: &InputFile, bytes: &[u8]) -> Option<Form> {
    let has = |word: &str| memchr::memmem::find(bytes, word.as_bytes()).is_some();
    Some(match bytes {
        [b'P', b'A', b'R', b'1', ..] => Form::Parquet,
        _ if found.kind == Kind::Parquet => Form::Parquet,
        // a word may begin so, and has no such byte behind it
        [b'O', b'R', b'C', rest @ ..] if rest.iter().take(64).any(|&byte| byte < 9) => {
            refused(found, "an ORC file (Hive, Spark)", "write the table as Parquet or CSV")
        }
        // the version of the form, and that of the program
        [b'A', b'\n', b'2' | b'3', b'\n', version @ ..] if version.iter().take(5).all(u8::is_ascii_digit) => {
            refused(found, "an object of R (.rds, ascii)", AS_TABLE)
        }
        [b'%', b'P', b'D', b'F', b'-', ..] => refused(
            found,
            "a PDF, which has no text in reading order",
            "pdftotext FILE.pdf, and check the .txt it makes",
        ),
        [b'P', b'K', 3, 4, ..] if has("mimetypeapplication/epub") => {
            refused(found, "an EPUB: a book, not articles", "save its chapters as .txt, one article a file")
        }
        [b'P', b'K', 3, 4, ..] if has("word/") => Form::Packed(Convert::Docx),
        [b'P', b'K', 3, 4, ..] if has("xl/") => Form::Packed(Convert::Workbook),
        [b'P', b'K', 3, 4, ..] if has("mimetypeapplication/vnd.oasis.opendocument.spreadsheet") => {
            Form::Packed(Convert::Workbook)
        }
        [b'P', b'K', 3, 4, ..] if has("mimetypeapplication/vnd.oasis") => {
            refused(found, "an OpenDocument file", "save it as .txt or .csv, in UTF-8")
        }
        [b'P', b'K', 3, 4, ..] => refused(found, "a ZIP archive", "unzip FILE, and give the folder that comes of it"),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => {
            refused(found, "an old Office file (.doc or .xls)", "save it as .txt or .csv, in UTF-8")
        }
        [b'{', b'\\', b'r', b't', b'f', ..] => Form::Packed(Convert::Rtf),
        // a pickle that is no text says its protocol first
        [0x80, 2..=5, ..] => refused(found, "a pickle of Python", "pandas: df.to_csv(…) or df.to_parquet(…)"),
        // an old Stata file: its release, the order of its bytes, the kind of file
        [103..=115, 1 | 2, 1, 0, ..] => refused(found, "a Stata file (.dta)", AS_TABLE),
        _ => {
            let stands = |(sign, at, _, _): &&Sign| bytes.get(*at..).is_some_and(|rest| rest.starts_with(sign));
            let (_, _, what, hint) = SIGNS.iter().find(stands)?;
            refused(found, what, hint)
        }
    })
}
