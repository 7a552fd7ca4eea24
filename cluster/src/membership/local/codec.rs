//! The declared messages, as `foca` wants to write and read them.

use bytes::{Buf, BufMut};
use cluster_protocol::{Gossip, GossipHeader, Liveness, MemberState, Peer};
use foca::{Header, Member, Message, State};
use pickler::{Error, ErrorKind, Pickle};

use super::identity::Identity;

/// Writes and reads by declaration.
pub(super) struct Declared;

impl foca::Codec<Identity> for Declared {
    type Error = Error;

    fn encode_header(&mut self, header: &Header<Identity>, buf: impl BufMut) -> Result<(), Error> {
        put(&header_to_wire(header), buf)
    }

    fn decode_header(&mut self, buf: impl Buf) -> Result<Header<Identity>, Error> {
        Ok(header_from_wire(take(buf)?))
    }

    fn encode_member(&mut self, member: &Member<Identity>, buf: impl BufMut) -> Result<(), Error> {
        put(&member_to_wire(member), buf)
    }

    fn decode_member(&mut self, buf: impl Buf) -> Result<Member<Identity>, Error> {
        Ok(member_from_wire(take(buf)?))
    }
}

fn put<'de, T: Pickle<'de>>(value: &T, mut buf: impl BufMut) -> Result<(), Error> {
    let bytes = pickler::encode(value)?;
    if buf.remaining_mut() < bytes.len() {
        return Err(Error::without_position(ErrorKind::SinkFull));
    }
    buf.put_slice(&bytes);
    Ok(())
}

fn take<T: for<'de> Pickle<'de>>(mut buf: impl Buf) -> Result<T, Error> {
    // `foca` promises that the buffer is in one piece.
    let (value, taken) = pickler::decode_prefix(buf.chunk())?;
    buf.advance(taken);
    Ok(value)
}

pub(super) fn member_to_wire(member: &Member<Identity>) -> MemberState {
    MemberState {
        peer: Peer::clone(&member.id().0),
        incarnation: member.incarnation(),
        liveness: match member.state() {
            State::Alive => Liveness::Alive,
            State::Suspect => Liveness::Suspect,
            State::Down => Liveness::Down,
        },
    }
}

pub(super) fn member_from_wire(member: MemberState) -> Member<Identity> {
    let state = match member.liveness {
        Liveness::Alive => State::Alive,
        Liveness::Suspect => State::Suspect,
        Liveness::Down => State::Down,
    };
    Member::new(member.peer.into(), member.incarnation, state)
}

fn header_to_wire(header: &Header<Identity>) -> GossipHeader {
    let peer = |identity: &Identity| Peer::clone(&identity.0);
    GossipHeader {
        source: peer(&header.src),
        incarnation: header.src_incarnation,
        destination: peer(&header.dst),
        message: match &header.message {
            Message::Ping(probe) => Gossip::Ping { probe: *probe },
            Message::Ack(probe) => Gossip::Ack { probe: *probe },
            Message::PingReq {
                target,
                probe_number,
            } => Gossip::PingRequest {
                target: peer(target),
                probe: *probe_number,
            },
            Message::IndirectPing {
                origin,
                probe_number,
            } => Gossip::IndirectPing {
                origin: peer(origin),
                probe: *probe_number,
            },
            Message::IndirectAck {
                target,
                probe_number,
            } => Gossip::IndirectAck {
                target: peer(target),
                probe: *probe_number,
            },
            Message::ForwardedAck {
                origin,
                probe_number,
            } => Gossip::ForwardedAck {
                origin: peer(origin),
                probe: *probe_number,
            },
            Message::Announce => Gossip::Announce,
            Message::Feed => Gossip::Feed,
            Message::Gossip => Gossip::Gossip,
            Message::Broadcast => Gossip::Broadcast,
            Message::TurnUndead => Gossip::TurnUndead,
        },
    }
}

fn header_from_wire(header: GossipHeader) -> Header<Identity> {
    Header {
        src: header.source.into(),
        src_incarnation: header.incarnation,
        dst: header.destination.into(),
        message: match header.message {
            Gossip::Ping { probe } => Message::Ping(probe),
            Gossip::Ack { probe } => Message::Ack(probe),
            Gossip::PingRequest { target, probe } => Message::PingReq {
                target: target.into(),
                probe_number: probe,
            },
            Gossip::IndirectPing { origin, probe } => Message::IndirectPing {
                origin: origin.into(),
                probe_number: probe,
            },
            Gossip::IndirectAck { target, probe } => Message::IndirectAck {
                target: target.into(),
                probe_number: probe,
            },
            Gossip::ForwardedAck { origin, probe } => Message::ForwardedAck {
                origin: origin.into(),
                probe_number: probe,
            },
            Gossip::Announce => Message::Announce,
            Gossip::Feed => Message::Feed,
            Gossip::Gossip => Message::Gossip,
            Gossip::Broadcast => Message::Broadcast,
            Gossip::TurnUndead => Message::TurnUndead,
        },
    }
}
