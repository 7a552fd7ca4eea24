//! What membership needs of an engine.

use std::time::Duration;

use cluster_protocol::{Address, MemberState, Peer};

use super::{Error, MemberEvent};

/// Finds out who is there. [`Local`](super::Local) does by asking around;
/// another could by watching a key-value store.
///
/// All times are since one arbitrary origin and do not go back.
pub trait Engine: Send {
    /// This node, as it is now.
    fn me(&self) -> &Peer;

    /// All members but this node, also those that are down and not forgotten.
    fn members(&self) -> Box<dyn Iterator<Item = MemberState> + '_>;

    /// Tells a member that this node is there.
    fn announce(&mut self, now: Duration, to: &Peer);

    /// Takes in a datagram, opened and authenticated.
    ///
    /// # Errors
    /// If it is no such datagram, or not a sound one.
    fn handle_datagram(&mut self, now: Duration, plain: &[u8]) -> Result<(), Error>;

    /// Does what is due.
    fn handle_timeout(&mut self, now: Duration);

    /// When something is due next.
    fn next_timeout(&self) -> Option<Duration>;

    /// Takes in what another member knows. `spread`: the others should hear of
    /// what is new of it.
    fn apply(&mut self, now: Duration, news: Vec<MemberState>, spread: bool);

    /// Holds a member to be suspect as long as it does not refute that.
    fn suspect(&mut self, now: Duration, name: &str);

    /// Goes on as a peer of this generation, which is a later one.
    fn renew(&mut self, now: Duration, generation: u64);

    /// Tells the others that this node leaves.
    fn leave(&mut self, now: Duration);

    /// What to send: where to, and the datagram, yet to be sealed.
    fn poll_transmit(&mut self) -> Option<(Address, Vec<u8>)>;

    /// What happened.
    fn poll_event(&mut self) -> Option<MemberEvent>;
}
