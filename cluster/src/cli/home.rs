//! Where keys and the boot server's files are.

use std::fs;
use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::durable;
use crate::identity::{Identity, SigningKey};

/// The folder of keys and files, `--home`.
///
/// ```text
/// boot/       what the boot server keeps
/// operator/   an operator's identity, release key, and where the boot server is
/// ```
pub struct Home(PathBuf);

impl Home {
    /// The home in that folder.
    pub fn new(folder: PathBuf) -> Self {
        Self(folder)
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.0
    }

    /// What the boot server keeps.
    pub fn boot(&self) -> PathBuf {
        self.0.join("boot")
    }

    /// An operator's keys.
    pub fn operator(&self) -> PathBuf {
        self.0.join("operator")
    }

    /// The operator's identity.
    pub fn identity_file(&self) -> PathBuf {
        self.operator().join("identity")
    }

    /// The key that the operator signs releases with.
    pub fn release_key_file(&self) -> PathBuf {
        self.operator().join("release.key")
    }

    /// Who the operator is.
    ///
    /// # Errors
    /// If there is no operator in this home.
    pub fn identity(&self) -> anyhow::Result<Identity> {
        let path = self.identity_file();
        if !path.exists() {
            bail!(
                "there is no operator in {}; `node init` makes a cluster, `node login` takes a \
                 token, and --home says where keys are",
                self.0.display()
            );
        }
        Identity::load(&path).with_context(|| format!("cannot read {}", path.display()))
    }

    /// Keeps who the operator is.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn keep_operator(&self, identity: &Identity) -> anyhow::Result<()> {
        self.make_operator_folder()?;
        Ok(identity.save(&self.identity_file())?)
    }

    /// Keeps the key that the operator signs releases with.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn keep_release_key(&self, key: &SigningKey) -> anyhow::Result<()> {
        self.make_operator_folder()?;
        Ok(key.save(&self.release_key_file())?)
    }

    fn make_operator_folder(&self) -> anyhow::Result<()> {
        let folder = self.operator();
        fs::create_dir_all(&folder)
            .and_then(|()| fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)))
            .with_context(|| format!("cannot make {}", folder.display()))
    }

    /// The key that the operator signs releases with.
    ///
    /// # Errors
    /// If the operator has none.
    pub fn release_key(&self) -> anyhow::Result<SigningKey> {
        let path = self.release_key_file();
        SigningKey::load(&path).with_context(|| {
            format!(
                "this operator cannot sign releases and runs: there is no release key at {}; \
                 whoever made the cluster has one to copy",
                path.display()
            )
        })
    }

    /// Where the boot server is, if it was ever started or joined from here.
    pub fn address(&self) -> Option<SocketAddr> {
        let text = fs::read_to_string(self.operator().join("address")).ok()?;
        text.trim().parse().ok()
    }

    /// Keeps where the boot server is.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn keep_address(&self, address: SocketAddr) -> anyhow::Result<()> {
        self.keep("address", &address.to_string())
    }

    /// The release file that was published last from here.
    pub fn release_file(&self) -> Option<PathBuf> {
        let text = fs::read_to_string(self.operator().join("release-file")).ok()?;
        Some(PathBuf::from(text.trim_end_matches('\n')))
    }

    /// Keeps which release file was published last.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn keep_release_file(&self, path: &Path) -> anyhow::Result<()> {
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        self.keep("release-file", &path.display().to_string())
    }

    /// The release that nodes were changed to last from here.
    pub fn synced(&self) -> Option<u64> {
        let text = fs::read_to_string(self.operator().join("synced")).ok()?;
        text.trim().parse().ok()
    }

    /// Keeps which release nodes were changed to.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn keep_synced(&self, version: u64) -> anyhow::Result<()> {
        self.keep("synced", &version.to_string())
    }

    fn keep(&self, file: &str, text: &str) -> anyhow::Result<()> {
        let path = self.operator().join(file);
        if !self.operator().is_dir() {
            return Ok(());
        }
        durable::replace(&path, format!("{text}\n").as_bytes())
            .with_context(|| format!("cannot write {}", path.display()))
    }
}
