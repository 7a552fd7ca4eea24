//! How things are shown: bits, flags, checksums, amounts, errors.

use std::path::PathBuf;

use pickler::schema::{Protocol, Schema};
use pickler::{Derived, Pickle};

use super::capture::Capture;
use super::folder;
use super::pdml::{self, Node};

#[derive(Pickle)]
#[pickle(tag = u8, length = u16)]
enum Message {
    Plain {
        amount: u32,
    },
    #[pickle(tag = 7)]
    Header(Header),
    Summed(Summed),
}

#[derive(Pickle)]
struct Header {
    #[pickle(bits = 4)]
    version: u8,
    #[pickle(bits = 12)]
    size: u16,
    #[pickle(endian = little, scale = 100)]
    stake: u32,
    serial: u64,
    #[pickle(varint = leb128)]
    more: i32,
}

#[derive(Pickle)]
struct Summed {
    #[pickle(count = u8)]
    body: Vec<u16>,
    #[pickle(derived = crc32(body))]
    sum: Derived<u32>,
}

fn dissected(packets: &[&[u8]]) -> Vec<Node> {
    let protocol = Protocol::new("shown", Schema::of::<Message>());
    let script = pickler_faces::wireshark(&protocol).expect("all can be told");
    let mut capture = Capture::new();
    for packet in packets {
        capture.datagram(40_000, packet);
    }
    pdml::messages("shown", &script, &capture.bytes)
}

#[test]
fn bits_amounts_and_wide_integers() {
    if !pdml::is_there() {
        return;
    }
    let body = [
        0x4A, 0xBC, 0xFA, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE,
    ];
    let more = [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01];
    let message = [&[7, 0, 24][..], &body, &more].concat();
    expect_test::expect![[r"
        shown at 28, 27 bytes: shown, Header = 
          shown.tag at 28, 1 bytes: tag: Header (7) = 7
          shown.length at 29, 2 bytes: length: 24 = 24
          shown.header at 31, 24 bytes: Header = 
            shown.header.version at 31, 1 bytes: 0100 .... = version: 4 = 4
            shown.header.size at 31, 2 bytes: .... 1010 1011 1100 = size: 2748 = 2748
            shown.header.stake at 33, 4 bytes: stake: 250 (2.50) = 250
            shown.header.serial at 37, 8 bytes: serial: 18446744073709551614 = 18446744073709551614
            shown.header.more at 45, 10 bytes: more: -1 = -1"]]
    .assert_eq(&dissected(&[&message])[0].to_string());
}

#[test]
fn checksums_are_verified() {
    if !pdml::is_there() {
        return;
    }
    let right = [8, 0, 9, 2, 0, 1, 0, 2, 0x53, 0x2E, 0xAF, 0x66];
    let mut wrong = right;
    wrong[5] = 3;
    let found = dissected(&[&right, &wrong]);
    expect_test::expect![[r"
        shown at 28, 12 bytes: shown, Summed = 
          shown.tag at 28, 1 bytes: tag: Summed (8) = 8
          shown.length at 29, 2 bytes: length: 9 = 9
          shown.summed at 31, 9 bytes: Summed = 
            shown.summed.body at 31, 5 bytes: body (2 items) = 
              shown.summed.body.count at 31, 1 bytes: count: 2 = 2
              shown.summed.body.item at 32, 2 bytes: [0] item: 1 = 1
              shown.summed.body.item at 34, 2 bytes: [1] item: 2 = 2
            shown.summed.sum at 36, 4 bytes: sum: 1395568486 [correct] = 1395568486
        shown at 28, 12 bytes: shown, Summed = 
          shown.tag at 28, 1 bytes: tag: Summed (8) = 8
          shown.length at 29, 2 bytes: length: 9 = 9
          shown.summed at 31, 9 bytes: Summed = 
            shown.summed.body at 31, 5 bytes: body (2 items) = 
              shown.summed.body.count at 31, 1 bytes: count: 2 = 2
              shown.summed.body.item at 32, 2 bytes: [0] item: 3 = 3
              shown.summed.body.item at 34, 2 bytes: [1] item: 2 = 2
            shown.summed.sum at 36, 4 bytes: sum: 1395568486 [incorrect, should be 1353349896] = 1395568486
              _ws.expert at 36, 0 bytes: Expert Info (Warning/Protocol): the checksum is wrong = "]].assert_eq(&format!("{}\n{}", found[0], found[1]));
}

/// What is cut off, and what is not known: all before is there, and why it ends.
#[test]
fn errors_come_behind_what_could_be_read() {
    if !pdml::is_there() {
        return;
    }
    let short = [0, 0, 3, 1, 2, 3];
    let unknown = [9, 0, 1, 5];
    let long = [0, 0, 5, 0, 0, 0, 1, 9];
    let found = dissected(&[&short, &unknown, &long]);
    let texts: Vec<String> = found.iter().map(ToString::to_string).collect();
    expect_test::expect![[r"
        shown at 28, 6 bytes: shown, Plain = 
          shown.tag at 28, 1 bytes: tag: Plain (0) = 0
          shown.length at 29, 2 bytes: length: 3 = 3
          shown.plain at 31, 0 bytes: Plain = 
          _ws.expert at 28, 0 bytes: Expert Info (Error/Malformed): needs 4 bytes, 3 bytes left = 
          _ws.malformed at 28, 0 bytes: Malformed Packet = 
        shown at 28, 4 bytes: shown, unknown 9 = 
          shown.tag at 28, 1 bytes: tag: Unknown (9) = 9
          shown.length at 29, 2 bytes: length: 1 = 1
          _ws.expert at 28, 0 bytes: Expert Info (Error/Malformed): unknown tag 9 = 
          _ws.malformed at 28, 0 bytes: Malformed Packet = 
        shown at 28, 8 bytes: shown, Plain = 
          shown.tag at 28, 1 bytes: tag: Plain (0) = 0
          shown.length at 29, 2 bytes: length: 5 = 5
          shown.plain at 31, 4 bytes: Plain = 
            shown.plain.amount at 31, 4 bytes: amount: 1 = 1
          shown.leftover at 35, 1 bytes: leftover: 09 = 09
          _ws.expert at 28, 0 bytes: Expert Info (Warning/Protocol): bytes are left over = "]]
    .assert_eq(&texts.join("\n"));
}

/// What tshark reads is nowhere when it was read.
#[test]
fn no_folder_is_left() {
    if !pdml::is_there() {
        return;
    }
    let protocol = Protocol::new("left_over", Schema::of::<Message>());
    let script = pickler_faces::wireshark(&protocol).expect("all can be told");
    pdml::messages("left_over", &script, &Capture::new().bytes);
    assert_eq!(folder::left("left_over"), Vec::<PathBuf>::new());
}
