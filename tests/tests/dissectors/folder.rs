//! Folders for what other programs read.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// A folder that is there as long as this is.
pub struct Folder(PathBuf);

impl Folder {
    /// An empty one.
    pub fn new(name: &str) -> Self {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let name = format!("{}-{number}-{name}", Self::start());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).expect("a folder for the test");
        Self(path)
    }

    /// What the names of all folders of this run begin with.
    fn start() -> String {
        format!("dissectors-{}", std::process::id())
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, bytes).expect("a file for the test");
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What is left is in a folder for what is left.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The folders of this run whose names end so.
pub fn left(name: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(std::env::temp_dir()).expect("the folder of folders");
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let is_of_run = |path: &PathBuf| {
        let name_of = path.file_name().unwrap_or_default().to_string_lossy();
        name_of.starts_with(&Folder::start()) && name_of.ends_with(name)
    };
    paths.filter(is_of_run).collect()
}
