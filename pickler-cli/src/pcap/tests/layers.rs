use super::write::{CLIENT, PLAIN, SERVER, behind, tagged, tcp, udp};
use crate::pcap::capture::Packet;
use crate::pcap::layers::{Silent, Transport, carried};

fn seen(link: i32, bytes: &[u8]) -> Result<String, Silent> {
    let packet = Packet {
        number: 1,
        time: None,
        link,
        bytes,
        cut_off: 0,
    };
    let carried = carried(&packet)?;
    let bytes = match carried.by {
        Transport::Tcp(segment) => segment.bytes,
        Transport::Udp { bytes, .. } => bytes,
    };
    let (from, to, text) = (carried.from, carried.to, bytes.escape_ascii());
    Ok(format!("{from} {to} {text}"))
}

#[test]
fn every_link_layer_carries_the_same() {
    let packet = tcp(CLIENT, SERVER, PLAIN, 7, None, b"hello");
    let told = Ok(format!("{CLIENT} {SERVER} hello"));
    assert_eq!(seen(1, &packet), told);
    assert_eq!(seen(1, &tagged(&packet)), told);
    assert_eq!(seen(1, &tagged(&tagged(&packet))), told);
    for raw in [12, 14, 101, 228] {
        assert_eq!(seen(raw, &behind(b"", &packet)), told, "{raw}");
    }
    assert_eq!(seen(0, &behind(&[2, 0, 0, 0], &packet)), told);
    assert_eq!(seen(108, &behind(&[0, 0, 0, 2], &packet)), told);
    // Of Ethernet, PPP, tunnels, the loopback device, and none.
    for device in [1_u16, 512, 768, 772, 776, 778, 65534] {
        let [high, low] = device.to_be_bytes();
        let sll = [0, 0, high, low, 0, 6, 1, 1, 1, 1, 1, 1, 0, 0, 8, 0];
        assert_eq!(seen(113, &behind(&sll, &packet)), told, "{device}");
    }
    let sll2 = [8, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 6, 1, 1, 1, 1, 1, 1, 0, 0];
    assert_eq!(seen(276, &behind(&sll2, &packet)), told);
    // What pads a short frame is no part of it.
    assert_eq!(seen(1, &[&packet[..], &[0; 9]].concat()), told);
    assert_eq!(seen(1, &udp(CLIENT, SERVER, b"hello")), told);
}

#[test]
fn addresses_may_be_of_ipv6() {
    let (from, to) = ("[fe80::1]:40000", "[fe80::2]:19380");
    let packet = tcp(from, to, PLAIN, 7, None, b"hello");
    let told = Ok(format!("{from} {to} hello"));
    assert_eq!(seen(1, &packet), told);
    assert_eq!(seen(229, &behind(b"", &packet)), told);
    assert_eq!(seen(0, &behind(&[30, 0, 0, 0], &packet)), told);
}

#[test]
fn what_carries_nothing_says_why() {
    let packet = udp(CLIENT, SERVER, b"hello");
    assert_eq!(seen(9999, &packet), Err(Silent::Link(9999)));
    let mut fragment = packet.clone();
    fragment[20] |= 0x20;
    assert_eq!(seen(1, &fragment), Err(Silent::Fragment));
    let mut later = packet.clone();
    later[21] = 3;
    assert_eq!(seen(1, &later), Err(Silent::Fragment));
    let arp = [&packet[..12], &[8, 6], &[0; 28]].concat();
    assert_eq!(seen(1, &arp), Err(Silent::Other));
    for (device, kind) in [(1_u16, 4_u16), (824, 0x800)] {
        let [device, kind] = [device, kind].map(u16::to_be_bytes);
        let sll = [&[0, 0], &device[..], &[0; 10], &kind].concat();
        assert_eq!(seen(113, &behind(&sll, &packet)), Err(Silent::Other));
    }
    let icmp = {
        let mut packet = packet.clone();
        packet[23] = 1;
        packet
    };
    assert_eq!(seen(1, &icmp), Err(Silent::Other));
}

/// Cuts and flips of every kind: nothing panics, and none is taken for more
/// than it holds.
#[test]
fn no_packet_is_too_broken() {
    let packets = [
        tcp(CLIENT, SERVER, PLAIN, 7, None, b"hello"),
        tagged(&tcp(CLIENT, SERVER, PLAIN, 7, None, b"hello")),
        tcp(
            "[fe80::1]:40000",
            "[fe80::2]:19380",
            PLAIN,
            7,
            None,
            b"hello",
        ),
        udp(CLIENT, SERVER, b"hello"),
    ];
    for packet in &packets {
        for link in [0, 1, 12, 101, 108, 113, 228, 229, 276] {
            for size in 0..packet.len() {
                let _ = seen(link, &packet[..size]);
            }
            for bit in 0..packet.len() * 8 {
                let mut packet = packet.clone();
                packet[bit / 8] ^= 1 << (bit % 8);
                let _ = seen(link, &packet);
            }
        }
    }
    assert!(matches!(
        seen(1, &packets[0][..10]),
        Err(Silent::Malformed(_))
    ));
    assert!(matches!(
        seen(1, &packets[0][..20]),
        Err(Silent::Malformed(_))
    ));
}
