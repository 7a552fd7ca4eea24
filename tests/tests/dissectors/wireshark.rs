//! Wireshark, on captures of all protocols.

use pickler::schema::Protocol;

use super::agree::agree;
use super::capture::Capture;
use super::corpus;
use super::pdml::{self, Node};

/// At these sizes, streams are cut into segments.
const CUTS: [usize; 8] = [1, 2, 3, 5, 7, 11, 64, 700];

fn dissected(protocol: &Protocol, capture: &Capture) -> Vec<Node> {
    let script = pickler_faces::wireshark(protocol).expect("all can be told");
    pdml::messages(&protocol.name, &script, &capture.bytes)
}

/// What each end sends first.
fn greetings(protocol: &Protocol) -> [&[u8]; 2] {
    match &protocol.handshake {
        Some(sent) => [&sent.client, &sent.server],
        None => [&[], &[]],
    }
}

#[test]
fn each_message_is_what_the_codec_reads() {
    if !pdml::is_there() {
        return;
    }
    for corpus in corpus::all() {
        let protocol = corpus.protocol;
        let mut capture = Capture::new();
        let mut connection = capture.connect(40_000);
        let mut greeted = 0;
        for (from_client, greeting) in [(true, 0), (false, 1)] {
            let bytes = greetings(protocol)[greeting];
            capture.send(&mut connection, from_client, bytes);
            greeted += usize::from(!bytes.is_empty());
        }
        for (index, message) in corpus.messages.iter().enumerate() {
            capture.send(&mut connection, index % 2 == 0, message);
        }
        let found = dissected(protocol, &capture);
        assert_eq!(
            found.len(),
            corpus.messages.len() + greeted,
            "{}",
            protocol.name
        );
        for (message, bytes) in found.iter().skip(greeted).zip(&corpus.messages) {
            agree(&protocol.schema, bytes, message).unwrap_or_else(|why| panic!("{why}"));
        }
    }
}

/// Several messages in a segment, and messages over many.
#[test]
fn streams_may_be_cut_anywhere() {
    if !pdml::is_there() {
        return;
    }
    for corpus in corpus::all() {
        let protocol = corpus.protocol;
        let mut capture = Capture::new();
        let mut connection = capture.connect(40_000);
        let mut stream = greetings(protocol)[0].to_vec();
        let greeted = usize::from(!stream.is_empty());
        stream.extend(corpus.messages.iter().flatten());
        let mut rest = &stream[..];
        for size in CUTS.iter().cycle() {
            let (segment, behind) = rest.split_at((*size).min(rest.len()));
            if segment.is_empty() {
                break;
            }
            capture.send(&mut connection, true, segment);
            rest = behind;
        }
        let found = dissected(protocol, &capture);
        assert_eq!(
            found.len(),
            corpus.messages.len() + greeted,
            "{}",
            protocol.name
        );
        for (message, bytes) in found.iter().skip(greeted).zip(&corpus.messages) {
            agree(&protocol.schema, bytes, message).unwrap_or_else(|why| panic!("{why}"));
        }
    }
}
