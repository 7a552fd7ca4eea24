//! `pickler encode`.

use expect_test::expect;

use crate::run::{Run, pickler, pickler_with};

fn encode(arguments: &[&str]) -> Run {
    pickler(&[&["encode", "--protocol", "pokersource"], arguments].concat())
}

#[test]
fn each_message_is_a_line_of_hex() {
    expect![[r#"
        050003
        050003
        050003
        45000f00000007000000000000000a
        56000f00000000000000000002e9ff
        cc00170000000000000000000a7b2261223a205b315d7d
        0c000f000204000306000700000001
        --- 0 ---
    "#]].assert_eq(
        &encode(&[
            r#"{"name":"PING"}"#,
            r#"{"name":"PING","code":5,"fields":{}}"#,
            r#"{"code":5}"#,
            r#"{"fields":{"amount":10,"serial":7},"name":"POKER_RAISE"}"#,
            r#"{"name":"POKER_CHAT","fields":{"message":{"$hex":"e9ff"}}}"#,
            r#"{"name":"POKER_SHOWDOWN","fields":{"showdown_stack":{"$json":{"a":[1]}}}}"#,
            r#"{"name":"LIST","fields":{"packets":[{"name":"ACK"},{"name":"SERIAL","fields":{"serial":1}}]}}"#,
        ])
        .all(),
    );
}

#[test]
fn what_is_wrong_is_named() {
    let long = format!(
        r#"{{"name":"STRING","fields":{{"string":"{}"}}}}"#,
        "x".repeat(65_536)
    );
    let list = format!(
        r#"{{"name":"POKER_CARDS","fields":{{"cards":[{}]}}}}"#,
        vec!["0"; 256].join(",")
    );
    let frame = format!(
        r#"{{"name":"STRING","fields":{{"string":"{}"}}}}"#,
        "x".repeat(65_535)
    );
    expect![[r#"
        --- 2 ---
        error: argument 1: no JSON message: EOF while parsing a list at column 1
        error: argument 2: Message: the field `name` is missing and has no default
        error: argument 3: Message: expected an object with `name` and `fields`, found 3
        error: argument 4: no JSON message: trailing characters at column 17
        error: argument 5: Message: there is no `PIGN`; did you mean `PING`?
        error: argument 6: Message: the code of PING is 5, not 6
        error: argument 7: Message: there is no `feilds`; did you mean `fields`?
        error: argument 8: no JSON message: `serial` is given twice at column 46
        error: argument 9: Message.SERIAL: there is no `serail`; did you mean `serial`?
        error: argument 10: Message.SERIAL.serial: 4294967296 does not fit, only 0 to 4294967295 do
        error: argument 11: Message.SERIAL.serial: -1 does not fit, only 0 to 4294967295 do
        error: argument 12: Message.SERIAL.serial: expected an integer, found 1.5
        error: argument 13: Message.SERIAL.serial: expected an integer, found text
        error: argument 14: Message.SERIAL.serial: expected an integer, found null
        error: argument 15: Message.SERIAL: expected an object, found a list of 0
        error: argument 16: Message.POKER_SEAT.seat: 255 stands for none and cannot be a value
        error: argument 17: Message.POKER_TOURNEY.sit_n_go: expected true or false, found text
        error: argument 18: Message.POKER_CHAT.message: an odd number of hex digits
        error: argument 19: Message.POKER_USER_INFO.money[0]: expected a row of 4 values, found a list of 3
        error: argument 20: Message.LIST.packets[1]: there is no `ACKK`; did you mean `ACK`?
        error: argument 21: Message.STRING.string: 65536 long, but its count can say 65535 at most
        error: argument 22: Message.POKER_CARDS.cards: 256 long, but its count can say 255 at most
        error: argument 23: Message.STRING: 65540 long, but its count can say 65535 at most
    "#]]
    .assert_eq(
        &encode(&[
            "[",
            "{}",
            "3",
            r#"{"name":"PING"} {"name":"PING"}"#,
            r#"{"name":"PIGN"}"#,
            r#"{"name":"PING","code":6}"#,
            r#"{"name":"PING","feilds":{}}"#,
            r#"{"name":"SERIAL","fields":{"serial":1,"serial":1}}"#,
            r#"{"name":"SERIAL","fields":{"serail":1}}"#,
            r#"{"name":"SERIAL","fields":{"serial":4294967296}}"#,
            r#"{"name":"SERIAL","fields":{"serial":-1}}"#,
            r#"{"name":"SERIAL","fields":{"serial":1.5}}"#,
            r#"{"name":"SERIAL","fields":{"serial":"7"}}"#,
            r#"{"name":"SERIAL","fields":{"serial":null}}"#,
            r#"{"name":"SERIAL","fields":[]}"#,
            r#"{"name":"POKER_SEAT","fields":{"seat":255}}"#,
            r#"{"name":"POKER_TOURNEY","fields":{"sit_n_go":"maybe"}}"#,
            r#"{"name":"POKER_CHAT","fields":{"message":{"$hex":"e"}}}"#,
            r#"{"name":"POKER_USER_INFO","fields":{"money":[[1,2,3]]}}"#,
            r#"{"name":"LIST","fields":{"packets":[{"name":"ACK"},{"name":"ACKK"}]}}"#,
            &long,
            &list,
            &frame,
        ])
        .all(),
    );
}

#[test]
fn errors_name_the_line_of_the_input() {
    let input = b"{\"name\":\"PING\"}\n\n{\n{\"name\":\"QUIT\"}\n\xFF\n";
    let run = pickler_with(&["encode", "--protocol", "pokersource", "-"], input);
    expect![[r#"
        050003
        070003
        --- 2 ---
        error: line 3: no JSON message: EOF while parsing an object at column 1
        error: line 5: not UTF-8 text; hex digits or JSON are expected
    "#]]
    .assert_eq(&run.all());
}

#[test]
fn json_nested_without_end_is_refused() {
    let deep = "[".repeat(1_000_000);
    let run = pickler_with(&["encode", "--protocol", "pokersource"], deep.as_bytes());
    assert_eq!(run.code, 2);
    assert!(
        run.err.contains("nested deeper than 256 levels"),
        "{}",
        run.err
    );
}
