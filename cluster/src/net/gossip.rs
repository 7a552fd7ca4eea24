//! Membership on a socket.

use std::io;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use cluster_protocol::{Exchange, GossipKey, MAX_DATAGRAM, MemberState, Peer, Signed};
use tokio::net::UdpSocket;

use crate::identity::{KeyRing, NoRandomness, Nonces};
use crate::membership::{Contact, MemberEvent, Membership};

/// How often a node without anything to do looks around.
const IDLE: Duration = Duration::from_secs(1);

/// Membership, its socket, and the keys that datagrams are sealed with.
pub struct Gossip {
    socket: UdpSocket,
    membership: Membership,
    keys: KeyRing,
    nonces: Nonces,
    origin: Instant,
    buffer: Box<[u8]>,
}

/// Something that the caller has to do.
#[derive(Debug)]
pub enum Heard {
    /// Tell somebody over TCP all that is known, and hear what they know.
    Exchange(Contact),
    /// A member has come or gone.
    Member(MemberEvent),
}

impl Gossip {
    /// Membership on that socket; times are since `origin`. Without keys,
    /// nothing is sent and nothing believed.
    ///
    /// # Errors
    /// If the system has no random numbers for nonces.
    pub fn new(
        socket: UdpSocket,
        membership: Membership,
        origin: Instant,
    ) -> Result<Self, NoRandomness> {
        Ok(Self {
            socket,
            membership,
            keys: KeyRing::new(Vec::new()),
            nonces: Nonces::random()?,
            origin,
            buffer: vec![0; 2 * MAX_DATAGRAM].into(),
        })
    }

    /// Seals with these keys from now on, the newest first.
    pub fn set_keys(&mut self, keys: Vec<GossipKey>) {
        self.keys = KeyRing::new(keys);
    }

    /// Who is there.
    pub fn membership(&self) -> &Membership {
        &self.membership
    }

    /// This node, as members know it.
    pub fn me(&self) -> &Peer {
        self.membership.me()
    }

    /// Joins whoever listens there.
    pub fn join(&mut self, addresses: &[SocketAddr]) {
        let addresses: Vec<_> = addresses.iter().map(|it| (*it).into()).collect();
        self.membership.join(self.now(), &addresses);
    }

    /// Takes in what is known of members, as told by the boot server.
    pub fn learn(&mut self, source: &Peer, members: &[MemberState]) {
        // What is not sound is not believed; the next exchange tells better.
        let _ = self.membership.apply_exchange(self.now(), source, members);
    }

    /// A connection with a member has ended.
    pub fn connection_ended(&mut self, name: &str) {
        self.membership.connection_ended(self.now(), name);
    }

    /// What to tell in an exchange.
    pub fn exchange(&mut self, charter: Signed) -> Exchange {
        Exchange {
            source: self.me().clone(),
            members: self.membership.exchange(),
            charter,
        }
    }

    /// Waits until a datagram has come or something is due. May be cancelled.
    ///
    /// # Errors
    /// If the socket fails.
    pub async fn work(&mut self) -> io::Result<()> {
        let due = self.membership.next_timeout();
        let wait = due.map_or(IDLE, |due| due.saturating_sub(self.now()));
        tokio::select! {
            received = self.socket.recv_from(&mut self.buffer) => match received {
                Ok((length, _)) => self.hear(length),
                // An earlier datagram was refused: that is for membership to
                // find out.
                Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => {}
                Err(error) => return Err(error),
            },
            () = tokio::time::sleep(wait) => {}
        }
        self.membership.handle_timeout(self.now());
        Ok(())
    }

    fn hear(&mut self, length: usize) {
        // Whoever has no key is nobody; what a member garbles is garbled.
        if let Ok(plain) = self.keys.open(&self.buffer[..length]) {
            let _ = self.membership.handle_datagram(self.now(), &plain);
        }
    }

    /// Sends what is to be sent, and gives what the caller has to do.
    pub fn drain(&mut self) -> Vec<Heard> {
        while let Some((to, plain)) = self.membership.poll_transmit() {
            // Without a key, nothing is said.
            if let Ok(sealed) = self.keys.seal(&plain, &mut self.nonces) {
                // What the network does not take now is lost, as it may be.
                let _ = self.socket.try_send_to(&sealed, to.into());
            }
        }
        let mut heard = Vec::new();
        while let Some(event) = self.membership.poll_event() {
            heard.push(Heard::Member(event));
        }
        if let Some(contact) = self.membership.due_exchange(self.now()) {
            heard.push(Heard::Exchange(contact));
        }
        heard
    }

    /// Tells the others that this node leaves.
    pub fn leave(&mut self) {
        self.membership.leave(self.now());
        self.drain();
    }

    fn now(&self) -> Duration {
        self.origin.elapsed()
    }
}
