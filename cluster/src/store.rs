//! Modules on the boot server's disk, by hash.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::durable::sync_folder_of;
use crate::identity::sha256_of_file;
use cluster_protocol::Digest;

/// Modules on disk, each in a file that is called by its hash; what is being
/// uploaded, in one that is called `<hash>.part`.
///
/// A file gets its name only once its content has been checked and is on the
/// disk, so that what is found under a hash is it, whenever the process dies.
#[derive(Debug)]
pub struct ModuleStore {
    folder: PathBuf,
}

/// A module that cannot be stored.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The disk fails.
    #[error("{}: {source}", path.display())]
    Disk {
        /// What was tried to be read or written.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The piece does not go on where the last one ended.
    #[error("a piece at {found}; {expected} bytes are there")]
    OutOfOrder {
        /// Where it begins.
        found: u64,
        /// Where it should.
        expected: u64,
    },
    /// More came than was announced.
    #[error("more than the {0} bytes that were announced")]
    TooLong(u64),
    /// The whole does not have the hash that it was announced with.
    #[error("the content does not have the hash {0:.12}")]
    WrongContent(Digest),
}

impl ModuleStore {
    /// The store in that folder, which is made if it is not there.
    ///
    /// # Errors
    /// If the folder cannot be made.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        fs::create_dir_all(folder).map_err(disk(folder))?;
        Ok(Self {
            folder: folder.to_owned(),
        })
    }

    /// How many bytes a module has, if it is there.
    pub fn size(&self, hash: Digest) -> Option<u64> {
        fs::metadata(self.whole(hash)).ok().map(|file| file.len())
    }

    /// At most `most` bytes of a module from `offset` on; none if it is not
    /// there.
    ///
    /// # Errors
    /// If the disk fails.
    pub fn read(
        &self,
        hash: Digest,
        offset: u64,
        most: usize,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let path = self.whole(hash);
        let mut file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(disk(&path)(error)),
        };
        let mut bytes = Vec::new();
        file.seek(SeekFrom::Start(offset))
            .and_then(|_| file.take(most as u64).read_to_end(&mut bytes))
            .map_err(disk(&path))?;
        Ok(Some(bytes))
    }

    /// From where on the rest of a module of `size` bytes is wanted; `size` if
    /// it is there.
    pub fn wanted_from(&self, hash: Digest, size: u64) -> u64 {
        if self.size(hash) == Some(size) {
            return size;
        }
        let part = fs::metadata(self.part(hash)).map_or(0, |file| file.len());
        if part < size { part } else { 0 }
    }

    /// Adds the next piece of a module of `size` bytes; true when it is whole.
    ///
    /// # Errors
    /// If the piece is not the next one, if the whole has another hash than it
    /// was announced with, which throws it away, or if the disk fails.
    pub fn add(
        &self,
        hash: Digest,
        size: u64,
        offset: u64,
        bytes: &[u8],
    ) -> Result<bool, StoreError> {
        if self.size(hash) == Some(size) {
            return Ok(true);
        }
        let path = self.part(hash);
        let mut file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(&path)
            .map_err(disk(&path))?;
        let mut there = file.metadata().map_err(disk(&path))?.len();
        if there >= size && size > 0 {
            // Of an upload that was announced with another size.
            file.set_len(0).map_err(disk(&path))?;
            there = 0;
        }
        if offset != there {
            return Err(StoreError::OutOfOrder {
                found: offset,
                expected: there,
            });
        }
        let end = there.saturating_add(bytes.len() as u64);
        if end > size {
            return Err(StoreError::TooLong(size));
        }
        file.write_all(bytes).map_err(disk(&path))?;
        if end < size {
            return Ok(false);
        }
        file.sync_all().map_err(disk(&path))?;
        drop(file);
        if sha256_of_file(&path).map_err(disk(&path))? != hash {
            fs::remove_file(&path).map_err(disk(&path))?;
            return Err(StoreError::WrongContent(hash));
        }
        let whole = self.whole(hash);
        fs::rename(&path, &whole).map_err(disk(&whole))?;
        sync_folder_of(&whole).map_err(disk(&self.folder))?;
        Ok(true)
    }

    fn whole(&self, hash: Digest) -> PathBuf {
        self.folder.join(hash.to_string())
    }

    fn part(&self, hash: Digest) -> PathBuf {
        self.folder.join(format!("{hash}.part"))
    }
}

fn disk(path: &Path) -> impl FnOnce(io::Error) -> StoreError {
    move |source| StoreError::Disk {
        path: path.to_owned(),
        source,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::sha256;

    fn store(name: &str) -> ModuleStore {
        let folder = std::env::temp_dir().join(format!("store-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        ModuleStore::open(&folder).unwrap()
    }

    #[test]
    fn a_module_is_there_once_it_is_whole() {
        let store = store("whole");
        let bytes: Vec<u8> = (0..200_u8).collect();
        let hash = sha256(&bytes);
        assert_eq!(store.wanted_from(hash, 200), 0);
        assert!(!store.add(hash, 200, 0, &bytes[..120]).unwrap());
        assert_eq!(store.size(hash), None);
        assert_eq!(store.wanted_from(hash, 200), 120);
        assert!(store.add(hash, 200, 120, &bytes[120..]).unwrap());
        assert_eq!(store.wanted_from(hash, 200), 200);
        assert_eq!(store.read(hash, 190, 64).unwrap().unwrap(), &bytes[190..]);
        assert!(store.read(hash, 500, 64).unwrap().unwrap().is_empty());
        assert_eq!(store.read(sha256(b"other"), 0, 64).unwrap(), None);
        fs::remove_dir_all(&store.folder).unwrap();
    }

    #[test]
    fn wrong_pieces_are_refused() {
        let store = store("wrong");
        let hash = sha256(b"four");
        assert!(matches!(
            store.add(hash, 4, 2, b"ur"),
            Err(StoreError::OutOfOrder {
                found: 2,
                expected: 0
            })
        ));
        assert!(matches!(
            store.add(hash, 4, 0, b"fours"),
            Err(StoreError::TooLong(4))
        ));
        assert!(matches!(
            store.add(hash, 4, 0, b"five"),
            Err(StoreError::WrongContent(_))
        ));
        assert_eq!(store.size(hash), None);
        assert_eq!(store.wanted_from(hash, 4), 0, "nothing of it is kept");
        assert!(store.add(hash, 4, 0, b"four").unwrap());
        fs::remove_dir_all(&store.folder).unwrap();
    }

    #[test]
    fn nothing_is_a_module_too() {
        let store = store("empty");
        assert!(store.add(sha256(b""), 0, 0, b"").unwrap());
        assert_eq!(store.size(sha256(b"")), Some(0));
        fs::remove_dir_all(&store.folder).unwrap();
    }
}
