//! The boot server's files.

use std::fs;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use cluster_protocol::{Charter, ClusterFacts, Epoch, Name};
use pickler::Pickle;
use serde_json::json;

use super::{epoch, sign_charter};
use crate::audit::{AuditError, AuditLog};
use crate::clock::wall;
use crate::daemon::kept::Kept;
use crate::identity::{
    self, Authority, Identity, IssueError, Registrar, RegistrarError, RotateError, RotatingKeys,
    SigningKey, Trust, verify_charter,
};
use crate::{durable, store};

/// A boot server that cannot begin, or go on.
#[derive(Debug, thiserror::Error)]
pub enum BootError {
    /// There is no cluster yet.
    #[error("there is no cluster in {}; `node init` makes one", .0.display())]
    NoCluster(PathBuf),
    /// There is one already.
    #[error("there is a cluster in {} already", .0.display())]
    IsThere(PathBuf),
    /// It cannot listen.
    #[error("cannot listen at {address}: {source}")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
    /// Another boot server uses these files.
    #[error("another boot server runs with the files in {}", .0.display())]
    Locked(PathBuf),
    /// The audit log is not in order.
    #[error("the audit log: {0}")]
    Audit(#[from] AuditError),
    /// A key or certificate is not in order.
    #[error("{0}")]
    Identity(String),
    /// A file is not in order.
    #[error(transparent)]
    Stored(#[from] identity::StoreError),
    /// Certificates cannot be issued.
    #[error(transparent)]
    Registrar(#[from] RegistrarError),
    /// The authority cannot be made.
    #[error(transparent)]
    Authority(#[from] IssueError),
    /// The keys of datagrams are not in order.
    #[error(transparent)]
    Keys(#[from] RotateError),
    /// The modules are not in order.
    #[error("modules: {0}")]
    Modules(#[from] store::StoreError),
    /// The system fails.
    #[error("{0}")]
    System(#[from] io::Error),
}

impl BootError {
    #[expect(clippy::needless_pass_by_value, reason = "for map_err")]
    pub(super) fn identity(error: impl ToString) -> Self {
        Self::Identity(error.to_string())
    }

    #[expect(clippy::needless_pass_by_value, reason = "for map_err")]
    pub(super) fn random(error: impl ToString) -> Self {
        Self::Identity(format!("no random numbers: {}", error.to_string()))
    }
}

/// What does not change with the charter.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(magic = b"cluster facts 1\n")]
struct Constitution {
    #[pickle(count = u8)]
    release_keys: Vec<[u8; 32]>,
}

#[derive(Pickle, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[pickle(magic = b"epoch 1\n")]
struct EpochFile {
    number: u64,
}

/// The boot server's files. While they are open, no other boot server may open
/// them.
#[derive(Debug)]
pub struct Files {
    folder: PathBuf,
    /// Held until the process ends.
    _lock: fs::File,
    pub(super) kept: Kept,
    pub(super) audit: AuditLog,
    pub(super) keys: RotatingKeys,
    constitution: Constitution,
}

/// Where the audit log is among the boot server's files.
pub fn audit_file(folder: &Path) -> PathBuf {
    folder.join("audit.log")
}

impl Files {
    /// Makes the files of a new cluster, whose releases are signed with that
    /// key, and its first operator, who may do everything.
    ///
    /// # Errors
    /// If there is a cluster already, or the disk fails.
    pub fn create(
        folder: &Path,
        name: Name,
        operator: &Name,
        release_key: &SigningKey,
        boot: SocketAddr,
    ) -> Result<Identity, BootError> {
        if folder.join("authority").exists() {
            return Err(BootError::IsThere(folder.to_owned()));
        }
        fs::create_dir_all(folder)?;
        private(folder)?;
        let charter_key = SigningKey::generate().map_err(BootError::random)?;
        charter_key.save(&folder.join("charter.key"))?;
        let constitution = Constitution {
            release_keys: vec![release_key.public()],
        };
        let bytes = pickler::encode(&constitution).map_err(BootError::identity)?;
        durable::replace(&folder.join("facts"), &bytes)?;
        // Last: with it, the cluster is there.
        let authority = Authority::create(name, wall())?;
        authority.save(&folder.join("authority"))?;

        Self::admit(folder, operator, boot)
    }

    /// Lets an operator in who may do everything, whom nobody else has to let
    /// in: whoever has these files can. `boot` is where the boot server will be.
    ///
    /// # Errors
    /// If a boot server runs with these files, or they are not in order.
    pub fn admit(folder: &Path, operator: &Name, boot: SocketAddr) -> Result<Identity, BootError> {
        let mut files = Self::open(folder)?;
        let detail = json!({ "operator": operator.0 });
        files.audit.append(wall(), operator, "admit", &detail)?;
        let epoch = files.next_epoch()?;
        let facts = files.facts(boot, epoch)?;
        let mut registrar = Registrar::open(folder, files.authority()?, Trust::default())?;
        let wanted = cluster_protocol::Authorise {
            name: operator.clone(),
            groups: Vec::new(),
            role: cluster_protocol::Role::Root,
            lifetime: 60,
        };
        let token = registrar.authorise(&wanted, Vec::new(), wall())?;
        let key = SigningKey::generate().map_err(BootError::random)?;
        let certificates = registrar.enrol(&token.enrol(&key), wall())?;
        let pin = token.authority;
        let identity = Identity::accept(key, operator, certificates, facts, pin, wall());
        identity.map_err(BootError::identity)
    }

    /// Opens the files.
    ///
    /// # Errors
    /// If there are none, they are in use, or they are not in order.
    pub fn open(folder: &Path) -> Result<Self, BootError> {
        if !folder.join("authority").exists() {
            return Err(BootError::NoCluster(folder.to_owned()));
        }
        let lock = fs::File::create(folder.join("lock"))?;
        if lock.try_lock().is_err() {
            return Err(BootError::Locked(folder.to_owned()));
        }
        let facts = fs::read(folder.join("facts"))?;
        Ok(Self {
            folder: folder.to_owned(),
            _lock: lock,
            kept: Kept::open(&folder.join("state"))?,
            audit: AuditLog::open(&audit_file(folder), wall())?,
            keys: RotatingKeys::open(&folder.join("gossip.keys"))?,
            constitution: pickler::decode(&facts).map_err(BootError::identity)?,
        })
    }

    /// The authority.
    pub(super) fn authority(&self) -> Result<Authority, BootError> {
        Ok(Authority::load(&self.folder.join("authority"))?)
    }

    /// The key that charters are signed with.
    pub(super) fn charter_key(&self) -> Result<SigningKey, BootError> {
        Ok(SigningKey::load(&self.folder.join("charter.key"))?)
    }

    /// An epoch greater than all before; it is on the disk when this returns.
    pub(super) fn next_epoch(&mut self) -> Result<Epoch, BootError> {
        let path = self.folder.join("epoch");
        let last = match fs::read(&path) {
            Ok(bytes) => pickler::decode::<EpochFile>(&bytes).map_err(BootError::identity)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => EpochFile::default(),
            Err(error) => return Err(error.into()),
        };
        let number = last.number + 1;
        let bytes = pickler::encode(&EpochFile { number }).map_err(BootError::identity)?;
        durable::replace(&path, &bytes)?;
        epoch(number)
    }

    /// What nodes are to know, with a charter of that epoch that says where the
    /// boot server is.
    pub(super) fn facts(&self, boot: SocketAddr, epoch: Epoch) -> Result<ClusterFacts, BootError> {
        let authority = self.authority()?;
        let charter_key = self.charter_key()?;
        let last = self
            .kept
            .charter()
            .and_then(|signed| verify_charter(signed, charter_key.public()))
            .unwrap_or_default();
        let charter = Charter {
            cluster: authority.cluster(),
            epoch,
            serial: last.serial + 1,
            boot: vec![boot.into()],
            ..last
        };
        Ok(ClusterFacts {
            id: authority.cluster(),
            name: authority.name().clone(),
            authority: authority.certificate().to_vec().into(),
            charter_key: charter_key.public(),
            release_keys: self.constitution.release_keys.clone(),
            boot: boot.into(),
            charter: sign_charter(&charter_key, charter),
        })
    }
}

/// Lets nobody else look into a folder.
fn private(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
}
