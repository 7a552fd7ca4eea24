//! Whole captures.

use expect_test::{Expect, expect};

use super::write::{CLIENT, Capture, ETHERNET, FIN, Flags, PLAIN, RESET, SERVER, SYN, tcp, udp};
use crate::pcap::connections::Bounds;
use crate::pcap::{Filter, Seen, Sent};
use crate::protocols::Protocol;

const PORT: u16 = 19380;
const HELLO: &[u8] = b"CGI 002.000\n";
const PING: &[u8] = &[5, 0, 3];

fn serial(number: u8) -> [u8; 7] {
    [6, 0, 7, 0, 0, 0, number]
}

fn to_server(flags: Flags, sequence: u32, bytes: &[u8]) -> Vec<u8> {
    tcp(CLIENT, SERVER, flags, sequence, None, bytes)
}

fn to_client(flags: Flags, sequence: u32, acknowledged: u32, bytes: &[u8]) -> Vec<u8> {
    tcp(SERVER, CLIENT, flags, sequence, Some(acknowledged), bytes)
}

fn capture(packets: &[Vec<u8>]) -> Vec<u8> {
    let mut capture = Capture::new(ETHERNET);
    for packet in packets {
        capture.packet(packet);
    }
    capture.bytes
}

fn told(capture: &[u8], protocol: &str, bounds: Bounds) -> String {
    let protocol = Protocol::named(protocol).expect("a built-in protocol");
    let filter = Filter {
        bounds,
        ..Filter::new(&protocol, PORT)
    };
    let mut told = String::new();
    let who = |sent: Sent| {
        let arrow = if sent.to_server { "->" } else { "<-" };
        let client = if sent.to_server { sent.from } else { sent.to };
        format!("{} {client} {arrow}", sent.mark.packet)
    };
    let read = filter.read(capture, &mut |seen| {
        let line = match seen {
            Seen::Handshake(sent, bytes) => {
                format!("{} handshake {}", who(sent), bytes.escape_ascii())
            }
            Seen::Message(sent, bytes) => format!("{} {bytes:?}", who(sent)),
            Seen::Trouble(sent, why) => format!("{} {why}", who(sent)),
            Seen::Packet(number, why) => format!("{number} {why}"),
            Seen::Capture(why) | Seen::Elsewhere(why) => why,
        };
        told.push_str(&line);
        told.push('\n');
        Ok(())
    });
    read.expect("it is a capture");
    told
}

#[expect(clippy::needless_pass_by_value, reason = "as `expect!` gives it")]
fn check(packets: &[Vec<u8>], expected: Expect) {
    expected.assert_eq(&told(&capture(packets), "pokersource", Bounds::default()));
}

#[test]
fn a_connection_from_its_start_to_its_end() {
    let number = serial(9);
    check(
        &[
            to_server(SYN, 99, b""),
            to_client(SYN, 499, 100, b""),
            to_server(PLAIN, 100, HELLO),
            to_client(PLAIN, 500, 112, HELLO),
            to_client(PLAIN, 512, 112, &[PING, &number[..2]].concat()),
            to_server(PLAIN, 112, PING),
            to_client(PLAIN, 517, 115, &number[2..]),
            to_server(FIN, 115, b""),
            to_client(FIN, 522, 116, b""),
            to_server(PLAIN, 116, b""),
        ],
        expect![[r"
            3 10.0.0.1:40000 -> handshake CGI 002.000\n
            4 10.0.0.1:40000 <- handshake CGI 002.000\n
            5 10.0.0.1:40000 <- [5, 0, 3]
            6 10.0.0.1:40000 -> [5, 0, 3]
            7 10.0.0.1:40000 <- [6, 0, 7, 0, 0, 0, 9]
        "]],
    );
}

#[test]
fn what_was_not_captured_is_told_of() {
    let number = serial(9);
    check(
        &[
            to_server(SYN, 99, b""),
            to_server(PLAIN, 100, HELLO),
            to_server(PLAIN, 112, &number[..5]),
            // More is missing than the message lacks; then comes another.
            to_server(PLAIN, 122, PING),
            to_server(RESET, 125, b""),
        ],
        expect![[r"
            2 10.0.0.1:40000 -> handshake CGI 002.000\n
            4 10.0.0.1:40000 -> 5 bytes were not captured; goes on where a message can begin
            4 10.0.0.1:40000 -> [5, 0, 3]
        "]],
    );
}

#[test]
fn a_capture_that_begins_within_a_connection_begins_with_a_message() {
    let number = serial(9);
    check(
        &[
            to_server(PLAIN, 5000, &number[3..]),
            to_server(PLAIN, 5004, PING),
            to_client(PLAIN, 900, 5007, PING),
            to_server(PLAIN, 5007, &number),
        ],
        expect![[r"
            2 10.0.0.1:40000 -> [5, 0, 3]
            3 10.0.0.1:40000 <- [5, 0, 3]
            4 10.0.0.1:40000 -> [6, 0, 7, 0, 0, 0, 9]
        "]],
    );
}

#[test]
fn a_port_is_used_again() {
    check(
        &[
            to_server(SYN, 99, b""),
            to_server(PLAIN, 100, HELLO),
            to_server(PLAIN, 112, &[6, 0]),
            to_server(SYN, 70_000, b""),
            to_server(SYN, 70_000, b""),
            to_server(PLAIN, 70_001, HELLO),
            to_server(PLAIN, 70_013, PING),
        ],
        expect![[r"
            2 10.0.0.1:40000 -> handshake CGI 002.000\n
            3 10.0.0.1:40000 -> ends within a message: it takes 3 bytes or more, 2 are there
            6 10.0.0.1:40000 -> handshake CGI 002.000\n
            7 10.0.0.1:40000 -> [5, 0, 3]
        "]],
    );
}

#[test]
fn other_ports_and_other_servers_are_passed_over() {
    check(
        &[
            tcp(CLIENT, "10.0.0.2:80", SYN, 99, None, b""),
            tcp(CLIENT, "10.0.0.2:80", PLAIN, 100, None, HELLO),
            udp(CLIENT, "10.0.0.2:53", PING),
        ],
        expect![[r"
            no packet is of port 19380; there are 3 packets of port 40000, 2 packets of port 80, 1 packet of port 53
        "]],
    );
}

#[test]
fn a_datagram_is_a_message() {
    let packet = udp(CLIENT, SERVER, PING);
    let mut cut = Capture::new(ETHERNET);
    cut.packet(&packet)
        .packet(&udp(SERVER, CLIENT, &serial(1)))
        .cut_packet(&packet, packet.len() - 1);
    expect![[r"
        1 10.0.0.1:40000 -> [5, 0, 3]
        2 10.0.0.1:40000 <- [6, 0, 7, 0, 0, 0, 1]
        3 10.0.0.1:40000 -> 1 byte was not captured of a datagram
    "]]
    .assert_eq(&told(&cut.bytes, "pokersource", Bounds::default()));
}

#[test]
fn what_cannot_be_read_is_told_of_once() {
    let mut fragment = udp(CLIENT, SERVER, PING);
    fragment[20] |= 0x20;
    check(
        &[
            fragment.clone(),
            fragment,
            udp(CLIENT, SERVER, PING)[..30].to_vec(),
        ],
        expect![[r"
            3 IPv4 Header Error: Not enough data to decode 'IPv4 header'. 20 byte(s) would be required, but only 16 byte(s) are available based on the slice length ('IPv4 header' starts at overall parsed byte 14).
            2 packets, of which 1 is the first, are fragments, which are not put together
        "]],
    );
    let mut unknown = Capture::new(147);
    unknown.packet(PING).packet(PING);
    expect![[r"
        2 packets, of which 1 is the first, are of a link layer that is not known
    "]]
    .assert_eq(&told(&unknown.bytes, "pokersource", Bounds::default()));
}

#[test]
fn many_connections_are_bounded() {
    let mut packets = Vec::new();
    for client in 0..500_u32 {
        let from = format!("10.0.{}.{}:40000", client / 250, client % 250 + 1);
        packets.push(tcp(&from, SERVER, SYN, 99, None, b""));
        packets.push(tcp(&from, SERVER, PLAIN, 100, None, HELLO));
        packets.push(tcp(&from, SERVER, PLAIN, 112, None, &[6, 0]));
    }
    let few = Bounds {
        connections: 10,
        ..Bounds::default()
    };
    let told = told(&capture(&packets), "pokersource", few);
    let count = |what: &str| told.lines().filter(|line| line.contains(what)).count();
    assert_eq!(count("handshake"), 500);
    assert_eq!(count("given up: too much is open at once"), 490);
    assert_eq!(count("ends within a message"), 10);
}

#[test]
fn bytes_that_wait_in_many_connections_are_bounded() {
    let mut packets = Vec::new();
    for client in 0..200_u32 {
        let from = format!("10.0.0.{}:40000", client + 1);
        packets.push(tcp(&from, SERVER, SYN, 99, None, b""));
        packets.push(tcp(&from, SERVER, PLAIN, 113, None, &[0; 1000]));
    }
    let few = Bounds {
        bytes: 50_000,
        ..Bounds::default()
    };
    let told = told(&capture(&packets), "pokersource", few);
    let count = |what: &str| told.lines().filter(|line| line.contains(what)).count();
    assert_eq!(count("given up: too much is open at once"), 150);
}
