//! A peer, as `foca` sees it.

use std::sync::Arc;

use cluster_protocol::Peer;

use super::super::MAX_GENERATION;

/// A peer; cheap to clone, since `foca` does so a lot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Identity(pub Arc<Peer>);

/// What stays the same of a peer for life: its name.
#[derive(Clone)]
pub(super) struct ByName(Arc<Peer>);

impl PartialEq for ByName {
    fn eq(&self, other: &Self) -> bool {
        self.0.name == other.0.name
    }
}

impl From<Peer> for Identity {
    fn from(peer: Peer) -> Self {
        Self(Arc::new(peer))
    }
}

impl Identity {
    /// The same peer, started anew.
    pub fn of_generation(&self, generation: u64) -> Self {
        Self::from(Peer {
            generation,
            ..Peer::clone(&self.0)
        })
    }
}

impl foca::Identity for Identity {
    type Addr = ByName;

    fn renew(&self) -> Option<Self> {
        let generation = self.0.generation.checked_add(1)?;
        (generation <= MAX_GENERATION).then(|| self.of_generation(generation))
    }

    fn addr(&self) -> ByName {
        ByName(Arc::clone(&self.0))
    }

    fn win_addr_conflict(&self, adversary: &Self) -> bool {
        // The rest only to make everybody keep the same one.
        let order = |peer: &Peer| (peer.generation, peer.address, peer.kind);
        order(&self.0) > order(&adversary.0)
    }
}
