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
    assert_eq!(pickler_with(&fixed, &poker()).all(), "--- 0 ---\n");
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
