//! A small writer of captures, and of what is in them.

use std::net::SocketAddr;

use etherparse::{EtherType, PacketBuilder};

/// Ethernet, as the registry numbers it.
pub const ETHERNET: u32 = 1;

/// The client of the tests, and its server.
pub const CLIENT: &str = "10.0.0.1:40000";
pub const SERVER: &str = "10.0.0.2:19380";

/// A capture of pcap, in microseconds and in the byte order of small machines.
pub struct Capture {
    pub bytes: Vec<u8>,
    packets: u32,
}

impl Capture {
    pub fn new(link: u32) -> Self {
        let mut bytes = Vec::new();
        bytes.extend(0xA1B2_C3D4_u32.to_le_bytes());
        bytes.extend([2, 0, 4, 0]);
        bytes.extend([0; 8]);
        bytes.extend(65_535_u32.to_le_bytes());
        bytes.extend(link.to_le_bytes());
        Self { bytes, packets: 0 }
    }

    /// One packet, a second after the one before.
    pub fn packet(&mut self, packet: &[u8]) -> &mut Self {
        self.cut_packet(packet, packet.len())
    }

    /// One packet of which only the start was kept.
    pub fn cut_packet(&mut self, packet: &[u8], kept: usize) -> &mut Self {
        self.packets += 1;
        let size = |size: usize| u32::try_from(size).expect("a packet is short");
        self.bytes.extend(self.packets.to_le_bytes());
        self.bytes.extend(0_u32.to_le_bytes());
        self.bytes.extend(size(kept).to_le_bytes());
        self.bytes.extend(size(packet.len()).to_le_bytes());
        self.bytes.extend(&packet[..kept]);
        self
    }
}

/// The flags of a segment.
#[derive(Clone, Copy, Debug, Default)]
pub struct Flags {
    pub syn: bool,
    pub fin: bool,
    pub reset: bool,
}

pub const PLAIN: Flags = Flags {
    syn: false,
    fin: false,
    reset: false,
};
pub const SYN: Flags = Flags { syn: true, ..PLAIN };
pub const FIN: Flags = Flags { fin: true, ..PLAIN };
pub const RESET: Flags = Flags {
    reset: true,
    ..PLAIN
};

fn ends(from: &str, to: &str) -> (SocketAddr, SocketAddr) {
    (
        from.parse().expect("an address"),
        to.parse().expect("an address"),
    )
}

/// A segment of TCP within Ethernet.
pub fn tcp(
    from: &str,
    to: &str,
    flags: Flags,
    sequence: u32,
    acknowledged: Option<u32>,
    bytes: &[u8],
) -> Vec<u8> {
    let (from, to) = ends(from, to);
    let ethernet = PacketBuilder::ethernet2([1; 6], [2; 6]);
    let ip = match (from, to) {
        (SocketAddr::V4(from), SocketAddr::V4(to)) => {
            ethernet.ipv4(from.ip().octets(), to.ip().octets(), 64)
        }
        (SocketAddr::V6(from), SocketAddr::V6(to)) => {
            ethernet.ipv6(from.ip().octets(), to.ip().octets(), 64)
        }
        _ => panic!("both ends are of one family"),
    };
    let mut tcp = ip.tcp(from.port(), to.port(), sequence, 1000);
    if let Some(number) = acknowledged {
        tcp = tcp.ack(number);
    }
    if flags.syn {
        tcp = tcp.syn();
    }
    if flags.fin {
        tcp = tcp.fin();
    }
    if flags.reset {
        tcp = tcp.rst();
    }
    let mut packet = Vec::new();
    tcp.write(&mut packet, bytes).expect("it fits a packet");
    packet
}

/// A datagram of UDP within Ethernet.
pub fn udp(from: &str, to: &str, bytes: &[u8]) -> Vec<u8> {
    let (SocketAddr::V4(from), SocketAddr::V4(to)) = ends(from, to) else {
        panic!("both ends are of IPv4");
    };
    let mut packet = Vec::new();
    PacketBuilder::ethernet2([1; 6], [2; 6])
        .ipv4(from.ip().octets(), to.ip().octets(), 64)
        .udp(from.port(), to.port())
        .write(&mut packet, bytes)
        .expect("it fits a packet");
    packet
}

/// The same packet behind another link layer's header.
pub fn behind(header: &[u8], ethernet: &[u8]) -> Vec<u8> {
    [header, &ethernet[14..]].concat()
}

/// The same packet with the tag of a VLAN.
pub fn tagged(ethernet: &[u8]) -> Vec<u8> {
    let vlan = EtherType::VLAN_TAGGED_FRAME.0.to_be_bytes();
    let (ends, rest) = ethernet.split_at(12);
    [ends, &vlan[..], &[0, 7], rest].concat()
}
