//! Which machine and which user this is.
//!
//! In: what the system says. Out: names for marks; a secret of this user on this machine, to know again what he wrote.
//! Invariant: nothing here gets into a result.

use std::fs;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// This machine, and when it was started.
pub(super) struct Host {
    /// Number and name of the machine; empty where the system tells neither.
    pub name: String,
    /// Changes whenever the machine is started; empty where the system does not tell.
    pub boot: String,
}

/// This machine.
pub(super) fn host() -> &'static Host {
    static HOST: OnceLock<Host> = OnceLock::new();
    HOST.get_or_init(|| {
        let first_line = |path: &str| {
            let text = fs::read_to_string(path).unwrap_or_default();
            text.lines().next().unwrap_or_default().trim().to_string()
        };
        let number = first_line("/etc/machine-id");
        let name = [first_line("/proc/sys/kernel/hostname"), first_line("/etc/hostname")]
            .into_iter()
            .chain(["HOSTNAME", "COMPUTERNAME"].map(|name| std::env::var(name).unwrap_or_default()))
            .find(|name| !name.is_empty())
            .unwrap_or_default();
        let name = if number.is_empty() && name.is_empty() { String::new() } else { format!("{number} {name}") };
        Host { name, boot: first_line("/proc/sys/kernel/random/boot_id") }
    })
}

/// The number of this user; nothing where the system does not tell.
pub(super) fn user() -> Option<u32> {
    owner(&fs::metadata("/proc/self").ok()?)
}

#[cfg(unix)]
pub(super) fn owner(facts: &fs::Metadata) -> Option<u32> {
    Some(std::os::unix::fs::MetadataExt::uid(facts))
}

#[cfg(not(unix))]
pub(super) fn owner(_: &fs::Metadata) -> Option<u32> {
    None
}

/// 128 bits that nobody knows before; from what the system gives to keep hash tables safe.
fn random() -> [u8; 16] {
    let mut hasher = blake3::Hasher::new();
    for _ in 0..4 {
        let mut word = RandomState::new().build_hasher();
        word.write_u32(std::process::id());
        hasher.update(&word.finish().to_le_bytes());
    }
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    hasher.update(&now.as_nanos().to_le_bytes());
    let mut bytes = [0; 16];
    hasher.finalize_xof().fill(&mut bytes);
    bytes
}

/// A name that no other process makes, and that says which machine and process made it.
pub(crate) fn name_of_process() -> String {
    let name = host().name.split(' ').next_back().unwrap_or_default();
    let name: String = name.chars().filter(char::is_ascii_alphanumeric).take(32).collect();
    format!("{name}.{}.{}", std::process::id(), &random_name()[..16])
}

/// A name that no other process makes.
pub(crate) fn random_name() -> String {
    random().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Who made a file of the cache: this user on this machine, or anybody.
#[derive(Clone)]
pub struct Maker {
    key: [u8; 32],
    /// Files of others are believed too.
    trusts: bool,
    /// Whoever owns a file may have made it.
    of_anybody: bool,
}

impl Maker {
    /// This user on this machine. The secret lies in the user's folder of caches and is made where it is missing; where it can
    /// neither be read nor made, the name of the machine has to do.
    pub fn here(trusts: bool) -> Maker {
        static KEY: OnceLock<[u8; 32]> = OnceLock::new();
        let key = *KEY.get_or_init(|| {
            let secret = secret_file().and_then(|path| secret(&path)).unwrap_or_default();
            let mut hasher = blake3::Hasher::new_derive_key("framescope: who made a file of the cache, 1");
            hasher.update(&secret);
            hasher.update(format!("{} {:?}", host().name, user()).as_bytes());
            *hasher.finalize().as_bytes()
        });
        Maker { key, trusts, of_anybody: false }
    }

    /// Whoever works in a folder that several machines and users share, on what `plan` names. It is no secret: such a folder is believed as
    /// the articles are.
    pub fn of_plan(plan: &[u8]) -> Maker {
        let key = blake3::derive_key("framescope: who made a file of a work folder, 1", plan);
        Maker { key, trusts: false, of_anybody: true }
    }

    /// True where files of others are believed.
    pub fn trusts(&self) -> bool {
        self.trusts
    }

    /// True unless a file is known to belong to another user.
    pub fn may_own(&self, facts: &fs::Metadata) -> bool {
        self.trusts || self.of_anybody || user().is_none_or(|user| owner(facts) == Some(user))
    }

    /// What nobody else can say of these bytes, given in parts.
    pub fn sign(&self, parts: &[&[u8]]) -> [u8; 16] {
        let mut hasher = blake3::Hasher::new_keyed(&self.key);
        parts.iter().for_each(|part| {
            hasher.update(part);
        });
        let mut sign = [0; 16];
        sign.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        sign
    }
}

fn secret_file() -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let folder = set("XDG_CACHE_HOME").filter(|path| path.is_absolute());
    let folder = folder.or_else(|| set("LOCALAPPDATA")).or_else(|| Some(set("HOME")?.join(".cache")))?;
    Some(folder.join("framescope/secret"))
}

fn secret(path: &Path) -> Option<Vec<u8>> {
    let read = || super::read_regular(path, 64).ok().filter(|bytes| bytes.len() == 32);
    read().or_else(|| {
        fs::create_dir_all(path.parent()?).ok()?;
        let unnamed = path.with_extension(random_name());
        let mut options = fs::File::options();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let bytes = [random(), random()].concat();
        options.open(&unnamed).and_then(|mut file| file.write_all(&bytes)).ok()?;
        // the first of several processes gives it its name; the others take that one
        let linked = fs::hard_link(&unnamed, path).or_else(|_| match path.exists() {
            true => Ok(()),
            false => fs::rename(&unnamed, path),
        });
        let _ = fs::remove_file(&unnamed);
        linked.ok().and_then(|()| read())
    })
}
