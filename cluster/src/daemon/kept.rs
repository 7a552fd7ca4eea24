//! What the boot server's brain keeps over its own death.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use cluster_protocol::{Signed, Statement};
use pickler::Pickle;

use crate::controller::{ControllerState, Record, Stored};
use crate::durable;

/// What was kept, in one file that is replaced as a whole: after a crash it is
/// that of before, or that of after.
#[derive(Debug)]
pub struct Kept {
    path: PathBuf,
    content: Content,
}

#[derive(Pickle, Clone, Debug, Default, PartialEq, Eq)]
#[pickle(magic = b"boot server 1\n")]
struct Content {
    state: ControllerState,
    #[pickle(count = u32)]
    releases: Vec<Signed>,
    /// The newest charter: one, or none yet.
    #[pickle(count = u8)]
    charter: Vec<Signed>,
}

impl Kept {
    /// Opens the file; where there is none yet, nothing was kept.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn open(path: &Path) -> io::Result<Self> {
        let content = match fs::read(path) {
            Ok(bytes) => pickler::decode(&bytes)
                .map_err(|error| io::Error::other(format!("{}: {error}", path.display())))?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Content::default(),
            Err(error) => return Err(error),
        };
        Ok(Self {
            path: path.to_owned(),
            content,
        })
    }

    /// What the brain begins with.
    pub fn stored(&self) -> Stored {
        Stored {
            state: self.content.state.clone(),
            releases: self.content.releases.clone(),
        }
    }

    /// The newest charter, if there is one.
    pub fn charter(&self) -> Option<&Signed> {
        self.content.charter.first()
    }

    /// Keeps something; it is on the disk when this returns.
    ///
    /// # Errors
    /// If the disk fails; what was kept before still is.
    pub fn keep(&mut self, record: Record) -> io::Result<()> {
        let mut content = self.content.clone();
        match record {
            Record::State(state) => content.state = state,
            Record::Release(signed) => content.releases.push(signed),
            Record::Charter(charter) => content.charter = vec![charter],
            Record::Forget { version } => {
                content
                    .releases
                    .retain(|release| version_of(release) != Some(version));
            }
        }
        let bytes = pickler::encode(&content).map_err(io::Error::other)?;
        durable::replace(&self.path, &bytes)?;
        self.content = content;
        Ok(())
    }
}

/// The version of a release that was accepted before.
fn version_of(release: &Signed) -> Option<u64> {
    match pickler::decode(&release.statement) {
        Ok(Statement::Manifest(manifest)) => Some(manifest.version),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cluster_protocol::Manifest;

    fn release(version: u64) -> Signed {
        let manifest = Manifest {
            version,
            ..Manifest::default()
        };
        Signed {
            statement: pickler::encode(&Statement::Manifest(manifest))
                .unwrap()
                .into(),
            key: [0; 32],
            signature: [0; 64],
        }
    }

    #[test]
    fn what_was_kept_is_there_after_a_restart() {
        let path = std::env::temp_dir().join(format!("kept-{}", std::process::id()));
        let _ = fs::remove_file(&path);
        let mut kept = Kept::open(&path).unwrap();
        for version in 1..=3 {
            kept.keep(Record::Release(release(version))).unwrap();
        }
        kept.keep(Record::Forget { version: 2 }).unwrap();
        kept.keep(Record::Charter(release(9))).unwrap();
        let again = Kept::open(&path).unwrap();
        assert_eq!(again.stored().releases, [release(1), release(3)]);
        assert_eq!(again.charter(), Some(&release(9)));
        fs::write(&path, b"boot server 1\nrubbish").unwrap();
        assert!(Kept::open(&path).is_err());
        fs::remove_file(&path).unwrap();
    }
}
