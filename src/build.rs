//! Says which build this is: a digest of everything that it is made of. The same sources give the same build on every machine, so what
//! one copy of the program kept or counted another may use; a changed line is another build.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// What the program is made of: its sources, the lexicons in it, the versions of the crates.
const MADE_OF: [&str; 4] = ["Cargo.lock", "Cargo.toml", "lexicons", "src"];

fn main() -> io::Result<()> {
    let mut files = Vec::new();
    for name in MADE_OF {
        writeln!(io::stdout(), "cargo::rerun-if-changed={name}")?;
        find(Path::new(name), &mut files)?;
    }
    files.sort();
    let mut hasher = blake3::Hasher::new();
    for file in files {
        let bytes = fs::read(&file)?;
        hasher.update(format!("{} {}\n", file.to_string_lossy().replace('\\', "/"), bytes.len()).as_bytes());
        hasher.update(&bytes);
    }
    let compiler = env::var_os("RUSTC").map(|rustc| Command::new(rustc).arg("--version").output());
    hasher.update(&compiler.transpose()?.map(|output| output.stdout).unwrap_or_default());
    hasher.update(env::var("CARGO_CFG_TARGET_ENDIAN").unwrap_or_default().as_bytes());
    writeln!(io::stdout(), "cargo::rustc-env=FRAMESCOPE_BUILD={}", hasher.finalize().to_hex())
}

/// The files of a folder and those below it; a package may lack a lock file.
fn find(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if !path.is_dir() {
        files.extend(path.is_file().then(|| path.to_path_buf()));
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        find(&entry?.path(), files)?;
    }
    Ok(())
}
