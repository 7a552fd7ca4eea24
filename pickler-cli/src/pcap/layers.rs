//! From the bytes of a packet to what TCP or UDP carries.

use std::fmt;
use std::net::{IpAddr, SocketAddr};

use etherparse::{EtherType, LaxNetSlice, LaxSlicedPacket, TransportSlice, ether_type};

use super::capture::Packet;

/// What a packet carries, from where to where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Carried<'a> {
    pub from: SocketAddr,
    pub to: SocketAddr,
    pub by: Transport<'a>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport<'a> {
    Tcp(Segment<'a>),
    Udp {
        bytes: &'a [u8],
        /// How many bytes of it were not captured.
        cut_off: usize,
    },
}

/// A segment of TCP.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Segment<'a> {
    /// The number of its first byte, or of its SYN.
    pub sequence: u32,
    /// The number of the byte that the sender waits for.
    pub acknowledged: Option<u32>,
    /// It begins the connection.
    pub syn: bool,
    /// Its sender sends nothing more.
    pub fin: bool,
    /// The connection is no more.
    pub reset: bool,
    pub bytes: &'a [u8],
    /// How many bytes behind these were not captured.
    pub cut_off: usize,
}

/// Why a packet tells nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Silent {
    /// It carries neither TCP nor UDP.
    Other,
    /// It is a part of an IP packet.
    Fragment,
    /// Its link layer is none of those that are known.
    Link(i32),
    /// It is not what it says that it is.
    Malformed(String),
}

/// The registry's numbers of link types.
mod link {
    pub const NULL: i32 = 0;
    pub const ETHERNET: i32 = 1;
    /// Raw IP, as some systems number it in their captures.
    pub const RAW: [i32; 3] = [12, 14, 101];
    pub const LOOP: i32 = 108;
    pub const LINUX_SLL: i32 = 113;
    pub const IPV4: i32 = 228;
    pub const IPV6: i32 = 229;
    pub const LINUX_SLL2: i32 = 276;
}

/// The devices of Linux whose packets tell another kind of number than a type of
/// Ethernet.
mod hardware {
    pub const FRAD: u16 = 770;
    pub const NETLINK: u16 = 824;
}

/// The least type of Ethernet.
const LEAST_ETHER_TYPE: u16 = 0x600;

/// What a packet carries.
pub fn carried<'a>(packet: &Packet<'a>) -> Result<Carried<'a>, Silent> {
    let sliced = sliced(packet.link, packet.bytes)?;
    let (from, to, payload) = match &sliced.net {
        Some(LaxNetSlice::Ipv4(net)) => {
            let header = net.header();
            let (from, to) = (header.source_addr(), header.destination_addr());
            (IpAddr::from(from), IpAddr::from(to), net.payload())
        }
        Some(LaxNetSlice::Ipv6(net)) => {
            let header = net.header();
            let (from, to) = (header.source_addr(), header.destination_addr());
            (IpAddr::from(from), IpAddr::from(to), net.payload())
        }
        Some(LaxNetSlice::Arp(_)) => return Err(Silent::Other),
        None => {
            return Err(match sliced.stop_err {
                Some((error, _)) => malformed(error),
                None => Silent::Other,
            });
        }
    };
    if payload.fragmented {
        return Err(Silent::Fragment);
    }
    let cut_off = if payload.incomplete {
        packet.cut_off
    } else {
        0
    };
    match sliced.transport {
        Some(TransportSlice::Tcp(tcp)) => Ok(Carried {
            from: SocketAddr::new(from, tcp.source_port()),
            to: SocketAddr::new(to, tcp.destination_port()),
            by: Transport::Tcp(Segment {
                sequence: tcp.sequence_number(),
                acknowledged: tcp.ack().then(|| tcp.acknowledgment_number()),
                syn: tcp.syn(),
                fin: tcp.fin(),
                reset: tcp.rst(),
                bytes: tcp_bytes(payload.payload, tcp.data_offset()),
                cut_off,
            }),
        }),
        Some(TransportSlice::Udp(udp)) => {
            let header = udp.header_slice().len();
            let size = usize::from(udp.length()).checked_sub(header);
            let rest = payload.payload.get(header..).unwrap_or_default();
            Ok(Carried {
                from: SocketAddr::new(from, udp.source_port()),
                to: SocketAddr::new(to, udp.destination_port()),
                by: Transport::Udp {
                    bytes: &rest[..size.unwrap_or(rest.len()).min(rest.len())],
                    cut_off,
                },
            })
        }
        Some(_) => Err(Silent::Other),
        None => Err(match sliced.stop_err {
            Some((error, _)) => malformed(error),
            None => Silent::Other,
        }),
    }
}

/// What is behind the header of a TCP segment.
fn tcp_bytes(segment: &[u8], words: u8) -> &[u8] {
    segment.get(usize::from(words) * 4..).unwrap_or_default()
}

fn sliced(link: i32, bytes: &[u8]) -> Result<LaxSlicedPacket<'_>, Silent> {
    let by_type = |kind: EtherType, rest| Ok(LaxSlicedPacket::from_ether_type(kind, rest));
    let short = || Silent::Malformed("shorter than the header of its link layer".into());
    match link {
        link::ETHERNET => LaxSlicedPacket::from_ethernet(bytes).map_err(malformed),
        link::IPV4 | link::IPV6 => LaxSlicedPacket::from_ip(bytes).map_err(malformed),
        raw if link::RAW.contains(&raw) => LaxSlicedPacket::from_ip(bytes).map_err(malformed),
        // Which family of addresses it is, in the byte order of some machine;
        // what follows says it, too.
        link::NULL | link::LOOP => {
            let rest = bytes.get(4..).ok_or_else(short)?;
            match rest.first().map(|byte| byte >> 4) {
                Some(4 | 6) => LaxSlicedPacket::from_ip(rest).map_err(malformed),
                _ => Err(Silent::Other),
            }
        }
        link::LINUX_SLL => {
            let (header, rest) = bytes.split_at_checked(16).ok_or_else(short)?;
            let kind = u16::from_be_bytes([header[14], header[15]]);
            match u16::from_be_bytes([header[2], header[3]]) {
                hardware::FRAD | hardware::NETLINK => Err(Silent::Other),
                // What is less is no type, but a kind of frame.
                _ if kind < LEAST_ETHER_TYPE => Err(Silent::Other),
                _ => by_type(EtherType(kind), rest),
            }
        }
        link::LINUX_SLL2 => {
            let (header, rest) = bytes.split_at_checked(20).ok_or_else(short)?;
            by_type(EtherType(u16::from_be_bytes([header[0], header[1]])), rest)
        }
        other => Err(Silent::Link(other)),
    }
    .and_then(|sliced| match &sliced.net {
        None if is_ip(&sliced) && sliced.stop_err.is_none() => Err(short()),
        _ => Ok(sliced),
    })
}

/// What the packet carries says that it is IP.
fn is_ip(sliced: &LaxSlicedPacket<'_>) -> bool {
    let payload = sliced.ether_payload();
    payload.is_some_and(|it| matches!(it.ether_type, ether_type::IPV4 | ether_type::IPV6))
}

fn malformed(error: impl fmt::Display) -> Silent {
    Silent::Malformed(error.to_string())
}
