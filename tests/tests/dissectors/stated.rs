//! What specs state, as Wireshark shows it.

use pickler::dynamic::json::from_hex;
use pickler::schema::Protocol;

use super::agree::agree;
use super::capture::Capture;
use super::pdml::{self, Node};

fn protocol(spec: &str) -> Protocol {
    pickler_spec::parse(&format!("protocol stated\nroot R\n{spec}")).expect("it is a spec")
}

/// What is shown of each message, given as hexadecimal digits.
fn dissected(protocol: &Protocol, messages: &[&str]) -> Vec<Node> {
    let script = pickler_faces::wireshark(protocol).expect("all can be told");
    let mut capture = Capture::new();
    for message in messages {
        capture.datagram(40_000, &from_hex(message).expect("hex"));
    }
    pdml::messages("stated", &script, &capture.bytes)
}

fn is_wrong(message: &Node) -> bool {
    let mut parts = message.all().into_iter();
    parts.any(|part| part.name.starts_with("_ws."))
}

/// What is false is something else than nothing.
#[test]
fn false_is_a_value() {
    if !pdml::is_there() {
        return;
    }
    let block = "\nrecord Block {\n    more: bool1\n    n: u7\n}\n";
    let cases = [
        (
            "record R {\n    blocks: [Block] last item.more == false\n}",
            "818201",
        ),
        (
            "record R {\n    b: Block\n    c: u8 if b.more == false\n    d: u8 if b.more\n}",
            "0107",
        ),
        (
            "record R {\n    b: Block\n    c: u8 if b.more == false\n    d: u8 if b.more\n}",
            "8107",
        ),
        (
            "record R {\n    b: [Block] count 2\n    c: u8 if b[1].more == false\n    d: u8 if b[0].more\n}",
            "810107 08",
        ),
        (
            "record R {\n    b: [bool] last item\n    c: u8 if b[0] == false\n}",
            "000107",
        ),
    ];
    for (spec, hex) in cases {
        let hex = hex.replace(' ', "");
        let protocol = protocol(&format!("{spec}{block}"));
        let found = dissected(&protocol, &[&hex]);
        let bytes = from_hex(&hex).expect("hex");
        agree(&protocol.schema, &bytes, &found[0]).unwrap_or_else(|why| panic!("{spec}: {why}"));
    }
}

#[test]
fn false_may_be_referred_to() {
    if !pdml::is_there() {
        return;
    }
    let protocol = protocol("record R {\n    b: [bool shared index u8 \"seen\"] count 3\n}");
    let found = dissected(&protocol, &["00000000"]);
    assert!(!is_wrong(&found[0]), "{}", found[0]);
}

/// A union within a list is no message.
#[test]
fn only_the_union_of_messages_names_one() {
    if !pdml::is_there() {
        return;
    }
    let part = "union Part tag u8 length u8 {\n    1 NUMBER: u8\n    97..=99 TEXT: bytes rest\n}\n";
    let titles = |root: &str, hex| {
        let protocol = protocol(&format!("{root}\n{part}"));
        dissected(&protocol, &[hex])[0].shown.clone()
    };
    let listed = "record R {\n    parts: [Part] rest\n}";
    assert_eq!(titles(listed, "010105"), "stated, R");
    let body = "record R {\n    id: u8\n    part: Part\n}";
    assert_eq!(titles(body, "07010105"), "stated, NUMBER");
}

#[test]
fn tags_of_a_range_have_its_name() {
    if !pdml::is_there() {
        return;
    }
    let protocol = protocol("union R tag u8 {\n    1 NUMBER: u8\n    97..=99 TEXT: bytes rest\n}");
    let found = dissected(&protocol, &["0105", "6241"]);
    let tags: Vec<&str> = found.iter().map(|it| &*it.parts[0].shown).collect();
    assert_eq!(tags, ["tag: NUMBER (1)", "tag: TEXT (98)"]);
}
