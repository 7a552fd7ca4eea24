use std::io::Read;

use super::write::{Capture, ETHERNET};
use crate::pcap::capture::for_each_packet;
use crate::pcap::timestamp;

fn packets(bytes: impl Read + Send) -> (Vec<String>, Option<String>) {
    let mut told = Vec::new();
    let ended = for_each_packet(bytes, |packet| {
        told.push(format!(
            "{} {} {} {} {}",
            packet.number,
            packet.time.and_then(timestamp).unwrap_or_default(),
            packet.link,
            packet.bytes.escape_ascii(),
            packet.cut_off
        ));
        Ok(())
    });
    match ended {
        Ok(None) => (told, None),
        Ok(Some(error)) | Err(error) => (told, Some(error.to_string())),
    }
}

/// Hands out a byte at a time, as a slow pipe does.
struct Slow<'a>(&'a [u8]);

impl Read for Slow<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let size = buffer.len().min(1);
        self.0.read(&mut buffer[..size])
    }
}

/// Two packets of pcapng, in nanoseconds, and one whose time is not told.
fn pcapng(big: bool) -> Vec<u8> {
    let u32 = |value: u32| {
        if big {
            value.to_be_bytes()
        } else {
            value.to_le_bytes()
        }
    };
    let u16 = |value: u16| {
        if big {
            value.to_be_bytes()
        } else {
            value.to_le_bytes()
        }
    };
    let block = |kind: u32, body: &[u8]| {
        let length = u32::try_from(body.len() + 12).expect("a block is short");
        [&u32(kind)[..], &u32(length), body, &u32(length)].concat()
    };
    let section = [&u32(0x1A2B_3C4D)[..], &u16(1), &u16(0), &[0xFF; 8]].concat();
    let resolution = [&u16(9)[..], &u16(1), &[9, 0, 0, 0], &[0; 4]].concat();
    let interface = [&u16(1)[..], &u16(0), &u32(0), &resolution].concat();
    let packet = |time: u64, bytes: &[u8]| {
        let (high, low) = ((time >> 32) as u32, (time & 0xFFFF_FFFF) as u32);
        let size = u32::try_from(bytes.len()).expect("a packet is short");
        let padding = vec![0; bytes.len().next_multiple_of(4) - bytes.len()];
        let parts = [u32(0), u32(high), u32(low), u32(size), u32(size + 7)].concat();
        block(6, &[&parts, bytes, &padding].concat())
    };
    [
        block(0x0A0D_0D0A, &section),
        block(1, &interface),
        block(0x0BAD, b"what nobody knows..."),
        packet(1_340_954_905_298_858_001, b"abcde"),
        packet(2, b""),
        block(3, &[&u32(4)[..], b"wxyz"].concat()),
    ]
    .concat()
}

#[test]
fn packets_of_pcap_are_handed_on() {
    let mut capture = Capture::new(ETHERNET);
    capture.packet(b"abc").cut_packet(b"defgh", 2);
    let all = (
        vec![
            "1 1970-01-01T00:00:01.000000Z 1 abc 0".to_owned(),
            "2 1970-01-01T00:00:02.000000Z 1 de 3".to_owned(),
        ],
        None,
    );
    assert_eq!(packets(&capture.bytes[..]), all);
    assert_eq!(packets(Slow(&capture.bytes)), all);
}

#[test]
fn packets_of_pcapng_are_handed_on() {
    for big in [false, true] {
        let capture = pcapng(big);
        let all = (
            vec![
                "1 2012-06-29T07:28:25.298858001Z 1 abcde 7".to_owned(),
                "2 1970-01-01T00:00:00.000000002Z 1  7".to_owned(),
                "3  1 wxyz 0".to_owned(),
            ],
            None,
        );
        assert_eq!(packets(&capture[..]), all, "{big}");
        assert_eq!(packets(Slow(&capture)), all, "{big}");
    }
}

#[test]
fn a_capture_that_is_cut_short_has_the_packets_before() {
    let mut capture = Capture::new(ETHERNET);
    capture.packet(b"abc").packet(b"def");
    let bytes = &capture.bytes[..capture.bytes.len() - 1];
    let (told, why) = packets(bytes);
    assert_eq!(told.len(), 1);
    assert_eq!(
        why.as_deref(),
        Some("the capture ends behind packet 1: it is cut short")
    );
}

#[test]
fn what_is_no_capture_is_refused() {
    let why = |bytes: &[u8]| packets(bytes).1;
    assert_eq!(why(b"").as_deref(), Some("empty, so no capture"));
    let none = Some("no capture: neither pcap nor pcapng");
    assert_eq!(why(b"GIF89a").as_deref(), none);
    assert_eq!(why(&[0xA1; 100]).as_deref(), none);
}

#[test]
fn lengths_that_lie_cost_no_memory() {
    let mut capture = Capture::new(ETHERNET);
    capture.packet(b"abc");
    let length = capture.bytes.len() - 3 - 8;
    capture.bytes[length..length + 4].copy_from_slice(&[0xFF, 0xFF, 0xFF, 0x7F]);
    capture.bytes.resize(40 << 20, 0);
    let (told, why) = packets(&capture.bytes[..]);
    assert_eq!(told, [""; 0]);
    assert_eq!(
        why.as_deref(),
        Some("the capture ends behind packet 0: a block is longer than 32 MiB")
    );
}

/// Cuts and flips of every kind end in packets or in a reason.
#[test]
fn no_capture_is_too_broken() {
    let mut legacy = Capture::new(ETHERNET);
    legacy.packet(b"abc").packet(b"defgh");
    for capture in [legacy.bytes, pcapng(false), pcapng(true)] {
        for size in 0..capture.len() {
            let _ = packets(&capture[..size]);
        }
        for byte in 0..capture.len() {
            let mut capture = capture.clone();
            capture[byte] ^= 1 << (byte % 8);
            let _ = packets(&capture[..]);
        }
    }
}
