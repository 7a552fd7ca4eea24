//! A look at a datagram before `foca` gets it.

use cluster_protocol::{Gossip, GossipHeader, Liveness, MemberState, Peer};

use super::super::{Error, MAX_PLAIN, merge};

/// What is in a datagram.
pub(super) struct Packet {
    pub header: GossipHeader,
    pub members: Vec<MemberState>,
}

impl Packet {
    /// Reads a datagram to its end. `foca` would take in the first part of one
    /// that turns out to be broken later on.
    pub fn read(plain: &[u8]) -> Result<Self, Error> {
        if plain.len() > MAX_PLAIN {
            return Err(Error::TooLong(plain.len()));
        }
        let (header, taken) = pickler::decode_prefix::<GossipHeader>(plain)?;
        let mut rest = &plain[taken..];
        let mut members = Vec::new();
        if header.message == Gossip::Broadcast {
            return Err(Error::Unsound("nothing is broadcast"));
        }
        if !rest.is_empty() {
            let (count, taken) = pickler::decode_prefix::<u16>(rest)?;
            rest = &rest[taken..];
            // The list grows as members are found: the count sizes nothing.
            for _ in 0..count {
                let (member, taken) = pickler::decode_prefix::<MemberState>(rest)?;
                rest = &rest[taken..];
                members.push(member);
            }
        }
        if !rest.is_empty() {
            return Err(Error::Unsound("something is left behind the members"));
        }
        let packet = Self { header, members };
        for peer in packet.mentioned() {
            merge::sound(&MemberState {
                peer: peer.clone(),
                incarnation: 0,
                liveness: Liveness::Alive,
            })?;
        }
        Ok(packet)
    }

    /// All peers that it mentions.
    pub fn mentioned(&self) -> impl Iterator<Item = &Peer> {
        let header = &self.header;
        let third = match &header.message {
            Gossip::PingRequest { target, .. } | Gossip::IndirectAck { target, .. } => Some(target),
            Gossip::IndirectPing { origin, .. } | Gossip::ForwardedAck { origin, .. } => {
                Some(origin)
            }
            _ => None,
        };
        [&header.source, &header.destination]
            .into_iter()
            .chain(third)
            .chain(self.members.iter().map(|member| &member.peer))
    }
}
