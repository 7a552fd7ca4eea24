//! Money that moves, files that are wrong, and how fast it goes. What a crash
//! does is tried in `tests/store_crash.rs`.

mod files;
mod money;
mod speed;

use std::future::Future;
use std::path::{Path, PathBuf};

use super::{Options, Store};

/// Waits for a future on this thread.
fn wait<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap()
        .block_on(future)
}

fn in_memory() -> Store {
    Store::open(Options {
        grant: 1000,
        ..Options::default()
    })
    .unwrap()
}

/// A folder that is removed with its contents.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("store-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str) -> PathBuf {
        Path::join(&self.0, name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
