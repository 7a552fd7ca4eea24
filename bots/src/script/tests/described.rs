//! Protocols that only a spec tells.

use super::{Rig, Settings};
use crate::observe::Failure;
use crate::protocol::{Inbound, Protocol};
use crate::script::End;

/// Bodies of all kinds.
const BODIES: &str = r"
    protocol bodies
    root Message
    union Message tag u8 length u16 counts body {
        1 QUERY: text until 0
        2 STATE: enum u8 { 'I' IDLE, 'T' BUSY }
        3 ROWS: [Row] count u8
        4 METHOD: union tag u8 { 0 OK, 5 SALT: bytes count 2 }
        5 END
        6 COUNT: u8
        7 ANSWER: { state: u8, reason: Reason }
    }
    record Row { size: u8, flags: u8 = 7 }
    union Reason tag u8 { 0 NONE, 1 CODE: u16, 2 WHY: { text: text until 0 } }
";

/// A header in front of a union whose tag it holds, as in BGP.
const HEADER: &str = r"
    protocol header
    root Message
    record Message {
        marker: u16 = 0xFFFF
        length: u16 derived sizeof(self)
        type: enum u8 { 1 OPEN, 2 NOTICE, 4 ALIVE }
        body: Body(type) size length - 5
    }
    union Body(type: u8) tag u8 = type {
        1 OPEN: { version: u8 = 4, name: text rest }
        2 NOTICE: u16
        4 ALIVE
    }
";

/// A header whose length counts what is behind the header, as in HTTP/2.
const COUNTED_BODY: &str = r"
    protocol counted
    root Frame
    record Frame {
        length: u16 derived sizeof(body)
        flags: u8
        type: enum u8 { 0 NONE, 1 NOTICE }
        reserved: u1 = 0
        stream: u31
        body: Body(type) size length
    }
    union Body(type: u8) tag u8 = type { 0 NONE, 1 NOTICE: u8 }
";

/// Pairs, and in front how many there are.
const COUNTED_PAIRS: &str = r"
    protocol pairs
    root Options
    keyed Options key u8 size u8 count u8 { 1 a: u8, 2 optional b: text rest }
";

/// A variable-length integer in front of the union, as in Minecraft.
const VARINT: &str = r"
    protocol varint
    root Packet
    type Packet = Body size (leb128 u32)
    union Body tag (leb128 u32) {
        0 HELLO: { name: text count (leb128 u32) }
        1 PING: u8
    }
";

/// A record without a union, as in RADIUS.
const ALONE: &str = r"
    protocol alone
    root Packet
    record Packet {
        code: enum u8 { 1 ASK, 2 TELL }
        length: u8 derived sizeof(self)
        attributes: [u8] rest size length - 2
    }
";

fn protocol(spec: &str) -> Protocol {
    Protocol::described(&pickler_spec::parse(spec).unwrap()).unwrap()
}

fn rig(spec: &str, script: &str) -> Rig {
    Rig::speaking(protocol(spec), script, Settings::default())
}

/// What a script sends.
fn sends(spec: &str, script: &str) -> Vec<u8> {
    let rig = rig(spec, script);
    assert!(
        matches!(rig.bot.ended(), Some(End::Finished)),
        "{:?}",
        rig.bot.ended()
    );
    rig.bot.take_output()
}

/// The script, which asserts what it received, ends well.
fn receives(spec: &str, bytes: &[u8], script: &str) {
    let rig = rig(spec, script);
    rig.receive_bytes(bytes);
    assert!(
        matches!(rig.bot.ended(), Some(End::Finished)),
        "{:?}",
        rig.bot.ended()
    );
    assert_eq!(rig.failures(), []);
}

#[test]
fn what_has_no_fields_is_sent_as_it_is_or_by_the_name_value() {
    let query = [1, 0, 3, b'h', b'i', 0];
    for script in [
        r#"bot:send("QUERY", "hi")"#,
        r#"bot:send("QUERY", { value = "hi" })"#,
        r#"bot:send("QUERY", { type = "QUERY", value = "hi" })"#,
    ] {
        assert_eq!(sends(BODIES, script), query, "{script}");
    }
    for (script, bytes) in [
        (r#"bot:send("STATE", "BUSY")"#, &[2, 0, 1, b'T'][..]),
        (r#"bot:send("COUNT", 9)"#, &[6, 0, 1, 9]),
        (r#"bot:send("END")"#, &[5, 0, 0]),
        (
            r#"bot:send("ROWS", { { size = 1 }, { size = 2, flags = 0 } })"#,
            &[3, 0, 5, 2, 1, 7, 2, 0],
        ),
        (
            r#"bot:send("ROWS", { value = { { size = 1 } } })"#,
            &[3, 0, 3, 1, 1, 7],
        ),
        (r#"bot:send("ROWS", { value = {} })"#, &[3, 0, 1, 0]),
        (
            r#"bot:send("METHOD", { value = { type = "SALT", value = "ab" } })"#,
            &[4, 0, 3, 5, b'a', b'b'],
        ),
        (
            r#"bot:send("ANSWER", { state = 1, reason = { type = "CODE", value = 258 } })"#,
            &[7, 0, 4, 1, 1, 1, 2],
        ),
        (
            r#"bot:send("ANSWER", { state = 1, reason = { type = "WHY", text = "x" } })"#,
            &[7, 0, 4, 1, 2, b'x', 0],
        ),
        (
            r#"bot:send("ANSWER", { state = 1, reason = { type = "NONE" } })"#,
            &[7, 0, 2, 1, 0],
        ),
    ] {
        assert_eq!(sends(BODIES, script), bytes, "{script}");
    }
}

#[test]
fn what_has_no_fields_is_received_as_value() {
    receives(
        BODIES,
        &[
            1, 0, 3, b'h', b'i', 0, 2, 0, 1, b'T', 3, 0, 3, 1, 4, 7, 4, 0, 3, 5, b'a', b'b', 6, 0,
            1, 8, 6, 0, 1, 9, 5, 0, 0,
        ],
        r#"
        assert(bot:expect("QUERY").value == "hi")
        local state = bot:expect("STATE", { value = "BUSY" })
        assert(state.value == "BUSY" and state.type == "STATE")
        assert(bot:expect("ROWS").value[1].size == 4)
        local method = bot:expect("METHOD", { value = function(it) return it.type == "SALT" end })
        assert(method.value.type == "SALT" and method.value.value == "ab")
        assert(bot:expect("COUNT", { value = 9 }).value == 9)
        bot:expect("END")
        "#,
    );
}

#[test]
fn what_was_received_can_be_sent_back() {
    let bytes = [
        1, 0, 3, b'h', b'i', 0, 3, 0, 3, 1, 4, 7, 4, 0, 3, 5, b'a', b'b', 7, 0, 4, 1, 1, 1, 2,
    ];
    let rig = rig(
        BODIES,
        r#"
        for _ = 1, 4 do
            local packet, name = bot:expect({ "QUERY", "ROWS", "METHOD", "ANSWER" })
            bot:send(name, packet)
        end
        "#,
    );
    rig.receive_bytes(&bytes);
    assert_eq!(rig.bot.take_output(), bytes);
}

#[test]
fn a_wrong_value_or_field_is_told_in_words() {
    for (script, told) in [
        (
            r#"bot:send("QUERY", { fields = "x" })"#,
            "QUERY has no field `fields`: all of it is its `value`",
        ),
        (
            r#"bot:send("QUERY", { valeu = "x" })"#,
            "QUERY has no field `valeu`: all of it is its `value`",
        ),
        (
            r#"bot:send("COUNT", "x")"#,
            "COUNT must be a whole number, not the text \"x\"",
        ),
        (r#"bot:send("COUNT", 256)"#, "256"),
        (
            r#"bot:send("ANSWER", 3)"#,
            "takes a table of fields after the name, not 3",
        ),
        (
            r#"bot:send("END", 3)"#,
            "takes a table of fields after the name, not 3",
        ),
    ] {
        let rig = rig(BODIES, script);
        let error = rig.error();
        assert!(error.contains(told), "{script}: {error}");
        assert!(rig.bot.take_output().is_empty(), "{script}");
    }
}

#[test]
fn messages_behind_a_header_are_called_as_the_variants_of_its_body() {
    for (script, bytes) in [
        (
            r#"bot:send("OPEN", { body = { name = "me" } })"#,
            &[0xFF, 0xFF, 0, 8, 1, 4, b'm', b'e'][..],
        ),
        (
            r#"bot:send("NOTICE", { marker = 1, body = { value = 258 } })"#,
            &[0, 1, 0, 7, 2, 1, 2],
        ),
        (
            r#"bot:send("NOTICE", { body = 258 })"#,
            &[0xFF, 0xFF, 0, 7, 2, 1, 2],
        ),
        (r#"bot:send("ALIVE")"#, &[0xFF, 0xFF, 0, 5, 4]),
    ] {
        assert_eq!(sends(HEADER, script), bytes, "{script}");
    }
    let bytes = [
        0xFF, 0xFF, 0, 8, 1, 4, b'm', b'e', 0xFF, 0xFF, 0, 5, 4, 0, 1, 0, 7, 2, 1, 2,
    ];
    receives(
        HEADER,
        &bytes,
        r#"
        local open, name = bot:expect("OPEN")
        assert(name == "OPEN" and open.body.name == "me" and open.body.version == 4)
        assert(open.length == 8)
        local notice = bot:expect("NOTICE", { marker = 1 })
        assert(notice.body.value == 258 and notice.type == "NOTICE")
        bot:expect("ALIVE")
        "#,
    );
    let rig = rig(
        HEADER,
        r#"
        for _ = 1, 3 do
            local packet, name = bot:expect({ "OPEN", "NOTICE", "ALIVE" })
            bot:send(name, packet)
        end
        "#,
    );
    rig.receive_bytes(&bytes);
    assert_eq!(rig.bot.take_output(), bytes);
}

#[test]
fn messages_behind_a_variable_length_and_records_without_union() {
    let hello = [4, 0, 2, b'm', b'e'];
    assert_eq!(
        sends(VARINT, r#"bot:send("HELLO", { name = "me" })"#),
        hello
    );
    assert_eq!(sends(VARINT, r#"bot:send("PING", 7)"#), [2, 1, 7]);
    receives(
        VARINT,
        &[4, 0, 2, b'm', b'e', 2, 1, 7],
        r#"
        assert(bot:expect("HELLO").name == "me")
        assert(bot:expect("PING").value == 7)
        "#,
    );
    let tell = [2, 4, 8, 9];
    let script = r#"bot:send("Packet", { code = "TELL", attributes = { 8, 9 } })"#;
    assert_eq!(sends(ALONE, script), tell);
    receives(
        ALONE,
        &[1, 2, 2, 4, 8, 9],
        r#"
        local packet = bot:expect("Packet", { code = "TELL" })
        assert(packet.attributes[2] == 9 and packet.type == "Packet")
        "#,
    );
}

/// Where messages say by what they hold where they end, they are found however
/// the bytes come.
#[test]
fn a_root_that_is_given_something_is_called_as_its_type() {
    let spec = "protocol given\nroot Bet(2)\nrecord Bet(v: u8) { a: u8, b: u8 if v == 2 else 0 }";
    assert_eq!(sends(spec, "bot:send('Bet', { a = 1, b = 7 })"), [1, 7]);
    let script = "assert(bot:expect('Bet', { within = '1s' }).b == 8)";
    receives(spec, &[1, 8], script);
}

#[test]
fn messages_that_end_by_what_they_hold_are_cut() {
    for (spec, message) in [
        (HEADER, &[0xFF, 0xFF, 0, 8, 1, 4, b'm', b'e'][..]),
        (VARINT, &[4, 0, 2, b'm', b'e']),
        (ALONE, &[2, 4, 8, 9]),
        (COUNTED_PAIRS, &[2, 1, 1, 9, 2, 2, b'm', b'e']),
        (COUNTED_BODY, &[0, 1, 9, 1, 0, 0, 0, 1, 7]),
    ] {
        let protocol = protocol(spec);
        let framing = protocol.catalogue.framing();
        assert_eq!(
            framing.header().is_none(),
            [VARINT, COUNTED_PAIRS].contains(&spec)
        );
        let stream = message.repeat(3);
        for size in 1..=stream.len() {
            let mut inbound = Inbound::default();
            let mut frames = 0;
            for piece in stream.chunks(size) {
                let cut = inbound.feed(framing, piece, |frame| {
                    assert_eq!(frame, message);
                    frames += 1;
                    true
                });
                cut.unwrap();
            }
            assert_eq!((frames, inbound.pending()), (3, 0), "{size}");
        }
    }
}

#[test]
fn a_message_past_the_limit_is_refused_whether_it_is_there_or_not() {
    let protocol = protocol(
        "protocol p\nmax-message 5\nroot Line\nrecord Line { length: u8, text: bytes count length }",
    );
    let framing = protocol.catalogue.framing();
    assert!(framing.cut(&[4, 1, 2, 3, 4]).is_ok());
    for bytes in [&[5, 1, 2, 3, 4, 5][..], &[5]] {
        let error = framing.cut(bytes).unwrap_err().to_string();
        assert!(error.contains("5 are accepted at most"), "{error}");
    }
}

/// A text without end, byte by byte, is given up before it costs much.
#[test]
fn a_message_that_must_be_read_anew_each_time_is_given_up() {
    let protocol = protocol("protocol endless\nroot Line\nrecord Line { text: text until 0 }");
    let framing = protocol.catalogue.framing();
    let mut inbound = Inbound::default();
    let mut fed = 0;
    let error = loop {
        match inbound.feed(framing, b"x", |_| true) {
            Ok(()) => fed += 1,
            Err(error) => break error.to_string(),
        }
        assert!(fed < 10_000);
    };
    assert!(error.contains("in so many pieces"), "{error}");
}

#[test]
fn messages_without_an_end_are_no_protocol() {
    for (spec, told) in [
        (
            "root R\nrecord R { a: u8, b: bytes rest }",
            "where they end",
        ),
        ("root R\nrecord R { a: [u8] rest }", "where they end"),
        (
            "root R\nunion R tag u8 { 1 A: text rest }",
            "where they end",
        ),
        ("root R\ntype R = u8", "neither a union nor a record"),
    ] {
        let described = pickler_spec::parse(&format!("protocol p\n{spec}")).unwrap();
        let error = Protocol::described(&described).err().unwrap().to_string();
        assert!(error.contains(told), "{spec}: {error}");
    }
}

#[test]
fn what_the_spec_does_not_know_is_received_where_it_says_so() {
    const TAIL: &str = "other MORE }";
    let plain = format!("protocol p\nroot M\nunion M tag u8 length u8 {{ 1 A: u8, 7..=9 B, {TAIL}");
    receives(
        &plain,
        &[1, 1, 5, 8, 0, 6, 2, b'h', b'i'],
        r#"
        bot:expect("A")
        bot:expect("B")
        assert(bot:expect("MORE").value == "hi")
        "#,
    );
    let header = format!(
        "protocol p\nroot M\nrecord M {{ size: u8 derived sizeof(body), type: u8, body: B(type) size size }}
         union B(type: u8) tag u8 = type {{ 1 A: u8, {TAIL}"
    );
    receives(
        &header,
        &[1, 1, 5, 2, 6, b'h', b'i'],
        r#"
        bot:expect("A")
        local more = bot:expect("MORE", { type = 6 })
        assert(more.body.value == "hi")
        "#,
    );
    let error = rig(&plain, r#"bot:send("MORE", "x")"#).error();
    assert!(
        error.contains("MORE is any message that the protocol does not know"),
        "{error}"
    );
}

/// Where the header has the length at a fixed place, what is wrong in one message
/// says nothing of the next.
#[test]
fn behind_a_message_that_cannot_be_read_the_next_one_is_found() {
    for (spec, bytes) in [
        (
            HEADER,
            &[0xFF, 0xFF, 0, 6, 2, 1, 0xFF, 0xFF, 0, 7, 2, 0, 7][..],
        ),
        (
            COUNTED_BODY,
            &[0, 2, 9, 1, 0, 0, 0, 1, 1, 2, 0, 1, 9, 1, 0, 0, 0, 1, 7],
        ),
    ] {
        let rig = rig(
            spec,
            r#"assert(bot:expect("NOTICE", { within = "5s" }).body.value == 7)"#,
        );
        rig.receive_bytes(bytes);
        assert!(matches!(rig.bot.ended(), Some(End::Finished)), "{spec}");
        assert_eq!(rig.failures(), [(Failure::Decode, 1)]);
    }
}

/// The keep-alive of `BitTorrent`: a length of 0, and no tag.
#[test]
fn a_frame_of_no_bytes_is_no_mistake_of_the_server() {
    const LENGTH_FIRST: &str =
        "protocol p\nroot M\nunion M length u16 tag u8 counts body { 1 A: u8 }";
    receives(
        LENGTH_FIRST,
        &[0, 0, 0, 2, 1, 9, 0, 0],
        r#"
        assert(bot:expect("A").value == 9)
        bot:sleep("0s")
        "#,
    );
    let rig = rig(LENGTH_FIRST, r#"bot:expect("A")"#);
    rig.receive_bytes(&[0, 1, 2]);
    assert_eq!(rig.failures(), [(Failure::Decode, 1)]);
}
