//! Who is no longer let in.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use cluster_protocol::{Charter, Digest, Epoch, Name};
use tokio::sync::watch;

use super::subject::Credential;

/// The revocations in force: shared by all connections of a process, and
/// changed while they stand.
///
/// ```
/// use cluster::identity::Trust;
/// use cluster_protocol::{Charter, Digest, Revocation};
///
/// let trust = Trust::default();
/// let lost = Digest([3; 32]);
/// trust.update(&Charter {
///     serial: 1,
///     revoked: vec![Revocation {
///         name: "worker-1".into(),
///         certificates: vec![lost],
///         at: 1_800_000_000,
///     }],
///     ..Charter::default()
/// });
/// assert!(trust.is_revoked("worker-1", lost, 1_900_000_000));
/// assert!(trust.is_revoked("worker-1", Digest([4; 32]), 1_700_000_000));
/// assert!(!trust.is_revoked("worker-1", Digest([4; 32]), 1_900_000_000));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Trust {
    revocations: Arc<watch::Sender<Revocations>>,
}

/// The revocations of a charter, to be looked up.
#[derive(Debug, Default)]
struct Revocations {
    of_charter: Option<(Epoch, u64)>,
    certificates: HashSet<Digest>,
    /// What was issued to a name then or before is revoked.
    names: HashMap<Name, u64>,
}

impl Trust {
    /// Takes the revocations of a charter, whose signature holds, in place of
    /// those before. Says whether it was newer than the one before; an older
    /// one changes nothing, so that a replay lets nobody in again.
    pub fn update(&self, charter: &Charter) -> bool {
        let order = (charter.epoch, charter.serial);
        self.revocations.send_if_modified(|current| {
            if current.of_charter >= Some(order) {
                return false;
            }
            *current = Revocations::of(charter, order);
            true
        })
    }

    /// Whether an identity certificate is revoked: it is listed, or was issued
    /// to that name, `issued` seconds after 1970, not later than the name was
    /// revoked.
    pub fn is_revoked(&self, name: &str, certificate: Digest, issued: u64) -> bool {
        self.revocations.borrow().cover(name, certificate, issued)
    }

    /// Whether what a peer has shown is revoked.
    pub fn covers(&self, credential: &Credential) -> bool {
        self.is_revoked(
            &credential.subject.name,
            credential.certificate,
            credential.issued,
        )
    }

    /// Whether a door certificate is revoked. It has no name: only the list
    /// counts.
    pub fn is_door_revoked(&self, certificate: Digest) -> bool {
        self.revocations
            .borrow()
            .certificates
            .contains(&certificate)
    }

    /// Returns once what a peer has shown is revoked: then its connections are
    /// to be closed.
    pub async fn until_revoked(&self, credential: &Credential) {
        let mut changes = self.revocations.subscribe();
        let Credential {
            subject,
            issued,
            certificate,
            ..
        } = credential;
        // That the sender is gone is the only failure, and `self` holds it.
        let _ = changes
            .wait_for(|current| current.cover(&subject.name, *certificate, *issued))
            .await;
    }

    /// Returns once a door certificate is revoked.
    pub async fn until_door_revoked(&self, certificate: Digest) {
        let mut changes = self.revocations.subscribe();
        // As above.
        let _ = changes
            .wait_for(|current| current.certificates.contains(&certificate))
            .await;
    }
}

impl Revocations {
    fn of(charter: &Charter, order: (Epoch, u64)) -> Self {
        let mut revocations = Self {
            of_charter: Some(order),
            ..Self::default()
        };
        for revocation in &charter.revoked {
            revocations.certificates.extend(&revocation.certificates);
            let at = revocations
                .names
                .entry(revocation.name.clone())
                .or_default();
            *at = revocation.at.max(*at);
        }
        revocations
    }

    fn cover(&self, name: &str, certificate: Digest, issued: u64) -> bool {
        self.certificates.contains(&certificate)
            || self.names.get(name).is_some_and(|at| issued <= *at)
    }
}
