//! Whose word counts.

use std::sync::Arc;

use cluster_protocol::{Charter, ClusterFacts, ClusterId, Manifest, Rollback, Signed, Statement};

use super::{Release, ReleaseError, Run, limits};

/// Checks signatures.
///
/// Any function of this shape is one.
pub trait Verify: Send + Sync {
    /// What was signed, if the signature is that of one of `keys`; else why it
    /// does not hold.
    fn verify(&self, signed: &Signed, keys: &[[u8; 32]]) -> Result<Statement, String>;
}

impl<F, E> Verify for F
where
    F: Fn(&Signed, &[[u8; 32]]) -> Result<Statement, E> + Send + Sync,
    E: ToString,
{
    fn verify(&self, signed: &Signed, keys: &[[u8; 32]]) -> Result<Statement, String> {
        self(signed, keys).map_err(|error| error.to_string())
    }
}

/// The keys of one cluster, and what they vouch for.
#[derive(Clone)]
pub struct Authority {
    cluster: ClusterId,
    charter_key: [u8; 32],
    release_keys: Vec<[u8; 32]>,
    verify: Arc<dyn Verify>,
}

impl Authority {
    /// That of a cluster.
    pub fn new(facts: &ClusterFacts, verify: Arc<dyn Verify>) -> Self {
        Self {
            cluster: facts.id,
            charter_key: facts.charter_key,
            release_keys: facts.release_keys.clone(),
            verify,
        }
    }

    /// The cluster.
    pub fn cluster(&self) -> ClusterId {
        self.cluster
    }

    /// A release that may be started now; `wall` is in seconds since 1970.
    pub fn release(&self, signed: &Signed, wall: u64) -> Result<Release, ReleaseError> {
        let manifest = self.manifest(signed)?;
        if manifest.expires <= wall {
            return Err(ReleaseError::Expired {
                what: "release",
                at: manifest.expires,
            });
        }
        Release::new(signed.clone(), manifest)
    }

    /// A release that has been accepted before, expired or not.
    pub fn stored_release(&self, signed: &Signed) -> Result<Release, ReleaseError> {
        Release::new(signed.clone(), self.manifest(signed)?)
    }

    /// A release that may follow the one of version `newest`, 0 if there was
    /// none: it is newer, the same, or one of `rollbacks` gives leave.
    pub fn next_release(
        &self,
        signed: &Signed,
        rollbacks: &[Signed],
        newest: u64,
        wall: u64,
    ) -> Result<Release, ReleaseError> {
        let release = self.release(signed, wall)?;
        let version = release.version();
        if version < newest {
            self.leave_to_go_back(rollbacks, newest, version, wall)?;
        }
        Ok(release)
    }

    /// Whether one of `rollbacks` lets a node go from a version back to
    /// another.
    pub fn leave_to_go_back(
        &self,
        rollbacks: &[Signed],
        from: u64,
        to: u64,
        wall: u64,
    ) -> Result<(), ReleaseError> {
        let mut why = ReleaseError::Stale { from, to };
        for signed in rollbacks {
            match self.rollback(signed) {
                Ok(rollback) if (rollback.from, rollback.to) != (from, to) => {}
                Ok(rollback) if rollback.expires > wall => return Ok(()),
                Ok(rollback) => {
                    why = ReleaseError::Expired {
                        what: "leave to go back",
                        at: rollback.expires,
                    };
                }
                Err(error) => why = error,
            }
        }
        Err(why)
    }

    /// A leave to go back, expired or not.
    pub fn rollback(&self, signed: &Signed) -> Result<Rollback, ReleaseError> {
        within(signed, limits::ROLLBACK)?;
        match self.by_release_key(signed)? {
            Statement::Rollback(rollback) => {
                self.own(rollback.cluster)?;
                Ok(rollback)
            }
            _ => Err(ReleaseError::OtherStatement("leave to go back")),
        }
    }

    /// A run that may begin now.
    pub fn run(&self, signed: &Signed, wall: u64) -> Result<Run, ReleaseError> {
        within(signed, limits::STATEMENT)?;
        let Statement::Run(order) = self.by_release_key(signed)? else {
            return Err(ReleaseError::OtherStatement("run"));
        };
        self.own(order.cluster)?;
        if order.expires <= wall {
            return Err(ReleaseError::Expired {
                what: "run",
                at: order.expires,
            });
        }
        Run::new(signed.clone(), order)
    }

    /// A charter.
    pub fn charter(&self, signed: &Signed) -> Result<Charter, ReleaseError> {
        within(signed, limits::CHARTER)?;
        match self.signed_by(signed, &[self.charter_key])? {
            Statement::Charter(charter) => {
                self.own(charter.cluster)?;
                Ok(charter)
            }
            _ => Err(ReleaseError::OtherStatement("charter")),
        }
    }

    fn manifest(&self, signed: &Signed) -> Result<Manifest, ReleaseError> {
        within(signed, limits::STATEMENT)?;
        match self.by_release_key(signed)? {
            Statement::Manifest(manifest) => {
                self.own(manifest.cluster)?;
                Ok(manifest)
            }
            _ => Err(ReleaseError::OtherStatement("release")),
        }
    }

    fn by_release_key(&self, signed: &Signed) -> Result<Statement, ReleaseError> {
        self.signed_by(signed, &self.release_keys)
    }

    fn signed_by(&self, signed: &Signed, keys: &[[u8; 32]]) -> Result<Statement, ReleaseError> {
        self.verify
            .verify(signed, keys)
            .map_err(ReleaseError::Signature)
    }

    fn own(&self, cluster: ClusterId) -> Result<(), ReleaseError> {
        if cluster == self.cluster {
            Ok(())
        } else {
            Err(ReleaseError::OtherCluster(cluster))
        }
    }
}

fn within(signed: &Signed, limit: usize) -> Result<(), ReleaseError> {
    match signed.statement.len() {
        length if length <= limit => Ok(()),
        length => Err(ReleaseError::Invalid(format!(
            "the statement has {length} bytes, {limit} at most can be taken"
        ))),
    }
}
