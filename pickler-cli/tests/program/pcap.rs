//! `pickler pcap`.

use std::io::Read;

use expect_test::expect;
use flate2::read::GzDecoder;

use crate::run::{Run, pickler_with};

/// What six bots and a server said to each other in a quarter of a minute, as
/// `dumpcap` has it.
fn poker() -> Vec<u8> {
    let mut capture = Vec::new();
    let packed = include_bytes!("data/poker.pcapng.gz");
    let read = GzDecoder::new(&packed[..]).read_to_end(&mut capture);
    read.expect("it is packed well");
    capture
}

fn pcap(arguments: &[&str], capture: &[u8]) -> Run {
    let fixed = ["pcap", "--protocol", "pokersource", "--port", "19381", "-"];
    pickler_with(&[&fixed[..], arguments].concat(), capture)
}

#[test]
fn every_message_is_a_line_in_the_order_of_the_capture() {
    let run = pcap(&[], &poker());
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert_eq!(run.out.lines().count(), 700 - 12);
    let first: Vec<&str> = run.out.lines().take(5).collect();
    expect![[r#"
        {"time":"2026-11-23T05:29:06.839403959Z","from":"127.0.0.1:34362","to":"127.0.0.1:19381","direction":"to_server","handshake":"CGI 002.000\n"}
        {"time":"2026-11-23T05:29:06.855289998Z","from":"127.0.0.1:19381","to":"127.0.0.1:34362","direction":"to_client","handshake":"CGI 002.000\n"}
        {"time":"2026-11-23T05:29:06.855539494Z","from":"127.0.0.1:34362","to":"127.0.0.1:19381","direction":"to_server","name":"POKER_SET_ROLE","code":125,"fields":{"serial":0,"roles":"PLAY"}}
        {"time":"2026-11-23T05:29:06.855604015Z","from":"127.0.0.1:19381","to":"127.0.0.1:34362","direction":"to_client","name":"POKER_ROLES","code":124,"fields":{"serial":0,"roles":"PLAY"}}
        {"time":"2026-11-23T05:29:06.855680407Z","from":"127.0.0.1:34362","to":"127.0.0.1:19381","direction":"to_server","name":"LOGIN","code":10,"fields":{"name":"bot0","password":"bot0"}}"#]].assert_eq(&first.join("\n"));
    let times: Vec<&str> = run.out.lines().map(|line| &line[..40]).collect();
    assert!(times.is_sorted());
}

#[test]
fn a_summary_counts_by_name_and_direction() {
    let run = pcap(&["--summary"], &poker());
    expect![[r#"
                                           to server              to client
        message                   count        bytes     count        bytes
        (handshake)                   6           72         6           72
        AUTH_OK                                              6           18
        LOGIN                         6           90
        PING                          8           24
        POKER_AUTO_BLIND_ANTE         6           66         6           66
        POKER_BATCH_MODE                                     6           66
        POKER_BLIND                                         20          380
        POKER_BOARD_CARDS                                   30          480
        POKER_BUY_IN                  6           90
        POKER_BUY_IN_LIMITS                                  6          138
        POKER_CALL                    5           55        10          110
        POKER_CHECK                  35          385        70          770
        POKER_DEALER                                        10           90
        POKER_IN_GAME                                       10          200
        POKER_PLAYER_ARRIVE                                  8          376
        POKER_PLAYER_CARDS                                  32          448
        POKER_PLAYER_CHIPS                                  45          855
        POKER_PLAYER_LEAVE            6           72         7           84
        POKER_POSITION                                     150         1200
        POKER_ROLES                                          6           78
        POKER_SEAT                    6           72         6           72
        POKER_SEATS                                         13          416
        POKER_SET_ROLE                6           78
        POKER_SIT                     6           66         8           88
        POKER_SIT_OUT                 6           66         7           77
        POKER_START                                         10          240
        POKER_STATE                                         50          890
        POKER_STREAM_MODE                                    6           66
        POKER_TABLE                                          6          463
        POKER_TABLE_JOIN              6           66
        POKER_TABLE_LIST                                     6        47016
        POKER_TABLE_QUIT              6           66
        POKER_TABLE_SELECT            6           54
        POKER_USER_INFO                                      6          258
        POKER_WIN                                           10          160
        QUIT                          6           18
        SERIAL                                               6           42
        total                       126         1340       562        55219
        --- 0 ---
    "#]]
    .assert_eq(&run.all());
    let run = pcap(&["--summary", "--json"], &poker());
    assert!(run.out.starts_with(
        r#"[{"name":"(handshake)","to_server":{"messages":6,"bytes":72},"to_client":{"messages":6,"bytes":72}},"#
    ));
}

#[test]
fn dumps_have_the_packet_and_both_ends() {
    let run = pcap(&["--annotate"], &poker());
    let first: Vec<&str> = run.out.lines().take(12).collect();
    expect![[r#"
        2026-11-23T05:29:06.839403959Z  127.0.0.1:34362 -> 127.0.0.1:19381  to_server, packet 4
        handshake "CGI 002.000\n"

        2026-11-23T05:29:06.855289998Z  127.0.0.1:19381 -> 127.0.0.1:34362  to_client, packet 6
        handshake "CGI 002.000\n"

        2026-11-23T05:29:06.855539494Z  127.0.0.1:34362 -> 127.0.0.1:19381  to_server, packet 8
        000000  7d                       code = 125 (POKER_SET_ROLE)
        000001  00 0d                    length of POKER_SET_ROLE = 13
        000003  00 00 00 00              POKER_SET_ROLE.serial = 0
        000007  00 04                    count of POKER_SET_ROLE.roles = 4
        000009  50 4c 41 59              POKER_SET_ROLE.roles = "PLAY""#]]
    .assert_eq(&first.join("\n"));
}

#[test]
fn a_capture_that_is_cut_short_shows_what_comes_before() {
    let capture = poker();
    let run = pcap(&[], &capture[..capture.len() / 2]);
    assert_eq!(run.code, 2);
    assert!(run.out.lines().count() > 100);
    assert_eq!(run.err.lines().count(), 1, "{}", run.err);
    assert!(run.err.ends_with("it is cut short\n"), "{}", run.err);
}

#[test]
fn what_is_wrong_is_told_in_one_line_each() {
    expect![[r#"
        --- 2 ---
        error: standard input: no capture: neither pcap nor pcapng
    "#]]
    .assert_eq(&pcap(&[], b"GIF89a").all());
    // Another port: nothing is there, and that is no error.
    let fixed = ["pcap", "--protocol", "pokersource", "--port", "80", "-"];
    let run = pickler_with(&fixed, &poker());
    assert_eq!((run.code, &*run.out), (0, ""));
    let told = "note: no packet is of port 80; there are 419 packets of port 19381, ";
    assert!(run.err.starts_with(told), "{}", run.err);
    // Another protocol: everything is wrong, in one line each.
    let fixed = ["pcap", "--protocol", "openpoker", "--port", "19381", "-"];
    let run = pickler_with(&fixed, &poker());
    assert_eq!(run.code, 2);
    assert!(run.err.lines().count() >= 12);
    assert!(
        run.err
            .lines()
            .all(|line| line.starts_with("error: packet "))
    );
}

/// A capture of what a client at port 40000 sends to a server at port 1502, in
/// these segments.
fn modbus(segments: &[&[u8]]) -> Vec<u8> {
    let mut capture = Vec::new();
    capture.extend(0xA1B2_C3D4_u32.to_le_bytes());
    capture.extend([2, 0, 4, 0]);
    capture.extend([0; 8]);
    capture.extend(0x4_0000_u32.to_le_bytes());
    // Packets begin with the header of IP.
    capture.extend(101_u32.to_le_bytes());
    let mut sequence = 1000_u32;
    let opening = std::iter::once((2_u8, &[][..]));
    for (flags, bytes) in opening.chain(segments.iter().map(|it| (0x18, *it))) {
        let size = 40 + u32::try_from(bytes.len()).expect("segments are short");
        capture.extend([0; 8]);
        capture.extend([size.to_le_bytes(), size.to_le_bytes()].concat());
        capture.extend([0x45, 0]);
        capture.extend(
            u16::try_from(size)
                .expect("segments are short")
                .to_be_bytes(),
        );
        capture.extend([0, 0, 0, 0, 64, 6, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2]);
        capture.extend([40000_u16.to_be_bytes(), 1502_u16.to_be_bytes()].concat());
        capture.extend(sequence.to_be_bytes());
        capture.extend([0, 0, 0, 0, 0x50, flags, 0xFF, 0xFF, 0, 0, 0, 0]);
        capture.extend(bytes);
        sequence += size - 40 + u32::from(flags == 2);
    }
    capture
}

const ADU: &str = "
record Adu {
    transaction: u16
    length: u16 derived sizeof(body) + 1
    unit: u8
    body: bytes rest size length - 1
}
";

fn adus(capture: &[u8], spec: &str, port: &str) -> Run {
    let name = format!("pickler-pcap-{}-{port}-{}", std::process::id(), spec.len());
    let path = std::env::temp_dir().join(name).with_extension("pickler");
    std::fs::write(&path, spec).expect("a file for the test");
    let shown = path.to_str().expect("a path is text");
    let run = pickler_with(&["pcap", "--protocol", shown, "--port", port, "-"], capture);
    std::fs::remove_file(&path).expect("the file goes");
    run
}

#[test]
fn messages_that_hold_their_length_are_cut_out_of_segments() {
    let capture = modbus(&[
        &[0, 1, 0, 3, 9, 5, 6, 0, 2, 0],
        &[2],
        &[9, 7, 0, 3],
        &[0, 1, 9],
    ]);
    let run = adus(&capture, ADU, "1502");
    assert_eq!((run.code, &*run.err), (0, ""));
    let bodies: Vec<&str> = run
        .out
        .lines()
        .filter_map(|line| line.split_once("\"value\":"))
        .map(|(_, value)| value)
        .collect();
    expect![[r#"
        {"transaction":1,"length":3,"unit":9,"body":{"$hex":"0506"}}}
        {"transaction":2,"length":2,"unit":9,"body":{"$hex":"07"}}}
        {"transaction":3,"length":1,"unit":9,"body":""}}"#]]
    .assert_eq(&bodies.join("\n"));
}

/// Each byte comes alone; the work is that of each byte all the same.
#[test]
fn long_messages_in_short_segments_take_linear_time() {
    let spec =
        "record Long {\n items: [Item] count u16\n}\nrecord Item {\n text: bytes count u8\n}\n";
    let mut message = 20_000_u16.to_be_bytes().to_vec();
    message.extend([1, 7].repeat(20_000));
    let segments: Vec<&[u8]> = message.chunks(4).collect();
    let started = std::time::Instant::now();
    let run = adus(&modbus(&segments), spec, "1502");
    assert_eq!((run.code, &*run.err, run.out.lines().count()), (0, "", 1));
    // Of 10,000 segments, each would be read with all before it.
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}

#[test]
fn messages_without_an_end_are_told_of() {
    let spec = "record Rest {\n all: bytes rest\n}\n";
    let run = adus(&modbus(&[&[1, 2, 3]]), spec, "1502");
    assert_eq!((run.code, &*run.out), (2, ""));
    assert!(run.err.contains("ends within a message"), "{}", run.err);
}

#[test]
fn a_port_at_which_nobody_speaks_is_told_of() {
    let run = adus(&modbus(&[&[1, 2, 3]]), ADU, "502");
    expect![[r#"
        --- 0 ---
        note: no packet is of port 502; there are 2 packets of port 1502, 2 packets of port 40000
    "#]]
    .assert_eq(&run.all());
}
