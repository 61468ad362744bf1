//! The data folder: database, keyring, files and the root key, readable by their owner alone.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use rand::RngExt;

/// Bytes of the root key.
const ROOT_KEY_BYTES: usize = 32;

/// A folder that exists and that only its owner may enter.
#[derive(Debug, Clone)]
pub struct DataFolder {
    path: PathBuf,
}

impl DataFolder {
    /// Opens the folder, making it if it is not there.
    pub fn open(path: &Path) -> Result<Self> {
        fs::create_dir_all(path).with_context(|| format!("make the data folder {}", path.display()))?;
        restrict(path, 0o700).with_context(|| format!("restrict the data folder {}", path.display()))?;
        Ok(Self { path: path.to_owned() })
    }

    /// Where generated files are kept.
    pub fn files(&self) -> PathBuf {
        self.path.join("files")
    }

    /// Where the JSON Schemas go.
    pub fn schemas(&self) -> PathBuf {
        self.path.join("schema")
    }

    /// The database's address if none was given.
    pub fn database_url(&self) -> String {
        format!("sqlite://{}", self.path.join("chancery.db").display())
    }

    /// The keyring's address beside a database of that address: a file of its own, or a schema of its own.
    pub fn keyring_url(&self, database_url: &str) -> String {
        if database_url.starts_with("sqlite:") {
            format!("sqlite://{}", self.path.join("keyring.db").display())
        } else {
            database_url.to_owned()
        }
    }

    /// The root key's bytes, made on first use. A file that others may read is refused.
    pub fn root_key(&self) -> Result<[u8; ROOT_KEY_BYTES]> {
        let path = self.path.join("root.key");
        match fs::read_to_string(&path) {
            Ok(text) => {
                refuse_if_others_may_read(&path)?;
                parse_key(text.trim())
                    .with_context(|| format!("{} does not hold 64 hexadecimal digits", path.display()))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let key: [u8; ROOT_KEY_BYTES] = rand::rng().random();
                write_new(&path, &hex::encode(key)).with_context(|| format!("write {}", path.display()))?;
                Ok(key)
            }
            Err(error) => Err(error).with_context(|| format!("read {}", path.display())),
        }
    }
}

fn parse_key(text: &str) -> Result<[u8; ROOT_KEY_BYTES]> {
    let mut key = [0; ROOT_KEY_BYTES];
    hex::decode_to_slice(text, &mut key)?;
    Ok(key)
}

#[cfg(unix)]
fn restrict(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

#[cfg(unix)]
fn refuse_if_others_may_read(path: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(path)?.permissions().mode() & 0o777;
    if mode & 0o077 != 0 {
        bail!("{} may be read by others (mode {mode:o}): run chmod 600 on it", path.display());
    }
    Ok(())
}

/// Writes a file that must not exist yet, durably: a lost root key loses every value.
#[cfg(unix)]
fn write_new(path: &Path, text: &str) -> io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    writeln!(file, "{text}")?;
    file.sync_all()?;
    if let Some(folder) = path.parent() {
        fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn the_root_key_is_made_once_and_only_its_owner_may_read_it() {
        let folder = tempfile::tempdir().unwrap();
        let data = DataFolder::open(&folder.path().join("data")).unwrap();
        let key = data.root_key().unwrap();
        assert_eq!(data.root_key().unwrap(), key);
        let mode = fs::metadata(folder.path().join("data/root.key")).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600);
    }

    #[test]
    fn a_root_key_that_others_may_read_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let data = DataFolder::open(folder.path()).unwrap();
        data.root_key().unwrap();
        let path = folder.path().join("root.key");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(data.root_key().unwrap_err().to_string().contains("mode 644"));
    }
}
