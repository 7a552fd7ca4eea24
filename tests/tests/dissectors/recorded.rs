//! A real run: three bots play two hands on the embedded poker server. It was
//! captured on the loopback interface with
//! `dumpcap -i lo -f "tcp port 19380" -P -w hands.pcap`.

use std::collections::BTreeMap;
use std::io::Read;

use super::agree::agree;
use super::pdml;

const CAPTURE: &[u8] = include_bytes!("data/hands.pcap.gz");

#[test]
fn all_messages_of_two_hands_are_dissected() {
    if !pdml::is_there() {
        return;
    }
    let mut capture = Vec::new();
    let read = flate2::read::GzDecoder::new(CAPTURE).read_to_end(&mut capture);
    assert!(read.is_ok(), "{read:?}");
    let protocol = pokersource::protocol();
    let script = pickler_faces::wireshark(protocol).expect("all can be told");
    let found = pdml::messages(&protocol.name, &script, &capture);
    let expected = messages(&capture);
    assert_eq!(found.len(), expected.len());
    let mut names = BTreeMap::<&str, usize>::new();
    for (message, bytes) in found.iter().zip(&expected) {
        let name = message.shown.rsplit(", ").next().unwrap_or_default();
        *names.entry(name).or_default() += 1;
        if *bytes != pokersource::HANDSHAKE {
            agree(&protocol.schema, bytes, message).unwrap_or_else(|why| panic!("{why}"));
        }
    }
    assert_eq!(names["handshake"], 6);
    assert_eq!(names["POKER_CALL"], 8);
    assert!(names.len() > 30, "{names:?}");
}

/// The handshakes and messages in a capture, in the order in which they are
/// complete.
fn messages(capture: &[u8]) -> Vec<Vec<u8>> {
    let mut streams = BTreeMap::<[u8; 4], (bool, Vec<u8>)>::new();
    let mut found = Vec::new();
    let mut rest = &capture[24..];
    while let Some((header, behind)) = rest.split_first_chunk::<16>() {
        let size = u32::from_le_bytes([header[8], header[9], header[10], header[11]]) as usize;
        let (packet, behind) = behind.split_at(size);
        rest = behind;
        // Behind the headers of Ethernet, IP and TCP.
        let segment = &packet[14 + 20..];
        let payload = &segment[usize::from(segment[12] >> 4) * 4..];
        let ports = [segment[0], segment[1], segment[2], segment[3]];
        let (greeted, stream) = streams.entry(ports).or_default();
        stream.extend(payload);
        loop {
            let size = match (*greeted, &stream[..]) {
                (false, [_, ..]) => pokersource::HANDSHAKE.len(),
                (true, [_, high, low, ..]) => usize::from(u16::from_be_bytes([*high, *low])),
                _ => break,
            };
            if stream.len() < size {
                break;
            }
            *greeted = true;
            found.push(stream.drain(..size).collect());
        }
    }
    found
}
