//! `pickler decode`.

use std::io::{BufRead, BufReader, Read, Write};
use std::sync::mpsc;
use std::time::Duration;

use expect_test::expect;
use pickler::dynamic::json::to_hex;

use crate::run::{Run, pickler, pickler_with, start};

fn decode(arguments: &[&str]) -> Run {
    pickler(&[&["decode", "--protocol", "pokersource"], arguments].concat())
}

fn decode_input(input: &[u8]) -> Run {
    pickler_with(&["decode", "--protocol", "pokersource", "-"], input)
}

#[test]
fn each_frame_is_a_line_of_json() {
    expect![[r#"
        {"name":"POKER_RAISE","code":69,"fields":{"serial":7,"game_id":1,"amount":10}}
        {"name":"PING","code":5,"fields":{}}
        {"name":"AUTH_REQUEST","code":11,"fields":{}}
        {"name":"POKER_TABLE_LIST","code":74,"fields":{"packets":[{"name":"SERIAL","code":6,"fields":{"serial":287454020}}],"players":0,"tables":0}}
        {"name":"POKER_CHAT","code":86,"fields":{"serial":7,"game_id":9,"message":{"$hex":"e9e8ff0001"}}}
        --- 0 ---
    "#]].assert_eq(
        &decode(&[
            "45000f00000007000000010000000a",
            "0x05 00:03\n0b 00 03",
            "4a00140001060007112233440000000000000000",
            "56001200000007000000090005e9e8ff0001",
        ])
        .all(),
    );
}

#[test]
fn a_bad_frame_is_told_of_and_the_others_are_shown() {
    expect![[r#"
        {"name":"PING","code":5,"fields":{}}
        {"name":"PING","code":5,"fields":{}}
        {"name":"PING","code":5,"fields":{}}
        {"name":"PING","code":5,"fields":{}}
        {"name":"PING","code":5,"fields":{}}
        --- 2 ---
        error: argument 2: Message: unknown tag 150 (0x96), at byte 0
        error: argument 3: Message.SERIAL.serial: needs 4 bytes, 2 bytes left, at byte 3
        error: argument 4: Message.PING: 2 bytes left over, at byte 3
        error: argument 5: Message.LIST.packets[0]: unknown tag 254 (0xFE), at byte 5
        error: argument 6: the frame is cut short: it takes 3 bytes or more, 2 are there
        error: argument 7: no frame can be found: a message of length 2 cannot hold its own header of 3 bytes
        error: argument 8: an odd number of hex digits
        error: argument 9: `g` is no hex digit
    "#]].assert_eq(
        &decode(&[
            "050003",
            "960003050003",
            "0600050001050003",
            "050005aabb050003",
            "0c00080001fe0003050003",
            "0500",
            "050002050003",
            "05003",
            "05000g",
            "",
        ])
        .all(),
    );
}

#[test]
fn an_error_is_explained_by_the_bytes_around_it() {
    expect![[r#"
        {"name":"PING","code":5,"fields":{}}
        {"name":"PING","code":5,"fields":{}}
        --- 2 ---
        error: argument 1: Message: unknown tag 150 (0x96), at byte 0
          |
        0 | 96 00 03 |...|
          | ^^
        error: argument 2: Message.SERIAL.serial: needs 4 bytes, 2 bytes left, at byte 3
          |
        0 | 06 00 05 00 01 -- -- |.....|
          |          ^^^^^^^^^^^
        error: argument 3: Message.POKER_TOURNEY.sit_n_go: expected 0 or 1, found 2, at byte 15
           |
         0 | 70 00 26 00 00 00 07 00  00 00 0a 00 00 00 00 02 |p.&.............|
           |                                               ^^
        16 | 00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00 |................|
        error: argument 4: the frame is cut short: it takes 3 bytes or more, 2 are there
    "#]]
    .assert_eq(
        &decode(&[
            "--explain",
            "960003050003",
            "0600050001050003",
            "700026 00000007 0000000a 00000000 02 0000 0000 00000000 0000 0000 0000 0000 0000 0000 0000",
            "0500",
        ])
        .all(),
    );
}

#[test]
fn errors_name_the_line_of_the_input() {
    expect![[r#"
        {"name":"PING","code":5,"fields":{}}
        {"name":"PING","code":5,"fields":{}}
        --- 2 ---
        error: line 4: an odd number of hex digits
        error: line 5: not UTF-8 text; hex digits or JSON are expected
        error: line 6: Message: unknown tag 150 (0x96), at byte 0
    "#]]
    .assert_eq(&decode_input(b"050003\n\n05 0 003\r\n9\n\xFF\n960003\n").all());
}

#[test]
fn nothing_on_standard_input_is_nothing_to_do() {
    for input in [&b""[..], b"\n", b" \r\n\n"] {
        assert_eq!(decode_input(input).all(), "--- 0 ---\n");
    }
    assert_eq!(decode(&[]).all(), "--- 0 ---\n");
}

#[test]
fn another_message_than_the_expected_is_an_error() {
    let run = decode(&[
        "--message",
        "POKER_FOLD",
        "050003",
        "39000b0000000100000002",
    ]);
    expect![[r#"
        {"name":"POKER_FOLD","code":57,"fields":{"serial":1,"game_id":2}}
        --- 2 ---
        error: argument 1: expected POKER_FOLD, found PING
    "#]]
    .assert_eq(&run.all());
}

#[test]
fn annotated_every_byte_has_its_field() {
    expect![[r#"
        000000  0c                       code = 12 (LIST)
        000001  00 25                    length of LIST = 37
        000003  00 02                    count of LIST.packets = 2
        000005  05                       code of LIST.packets[0] = 5 (PING)
        000006  00 03                    length of LIST.packets[0].PING = 3
        000008  4f                       code of LIST.packets[1] = 79 (POKER_SEAT)
        000009  00 0c                    length of LIST.packets[1].POKER_SEAT = 12
        00000b  00 00 00 07              LIST.packets[1].POKER_SEAT.serial = 7
        00000f  00 00 00 01              LIST.packets[1].POKER_SEAT.game_id = 1
        000013  ff                       LIST.packets[1].POKER_SEAT.seat = -1
        000014  56 00 11 00 00 00 07 00  error: LIST: 17 bytes left over
        00001c  00 00 01 00 04 e9 62 6f
        000024  62

        000000  58                       code = 88 (POKER_PLAYER_ARRIVE)
        000001  00 31                    length of POKER_PLAYER_ARRIVE = 49
        000003  00 00 00 07              POKER_PLAYER_ARRIVE.serial = 7
        000007  00 00 00 01              POKER_PLAYER_ARRIVE.game_id = 1
        00000b  00 06                    count of POKER_PLAYER_ARRIVE.name = 6
        00000d  6e 6f 6e 61 6d 65        POKER_PLAYER_ARRIVE.name = "noname"
        000013  00 04                    count of POKER_PLAYER_ARRIVE.outfit = 4
        000015  72 61 6e 64              POKER_PLAYER_ARRIVE.outfit = "rand"
        000019  00 08                    count of POKER_PLAYER_ARRIVE.url = 8
        00001b  61 62 63 64 65 66 67 ff  POKER_PLAYER_ARRIVE.url = 0x61626364656667ff
        000023  00 04                    count of POKER_PLAYER_ARRIVE.blind = 4
        000025  4e 6f 6e 65              POKER_PLAYER_ARRIVE.blind = "None"
        000029  01                       POKER_PLAYER_ARRIVE.remove_next_turn = true
        00002a  00                       POKER_PLAYER_ARRIVE.sit_out = false
        00002b  00                       POKER_PLAYER_ARRIVE.sit_out_next_turn = false
        00002c  01                       POKER_PLAYER_ARRIVE.auto = true
        00002d  00                       POKER_PLAYER_ARRIVE.auto_blind_ante = false
        00002e  00                       POKER_PLAYER_ARRIVE.wait_for = false
        00002f  00                       POKER_PLAYER_ARRIVE.buy_in_payed = false
        000030  ff                       POKER_PLAYER_ARRIVE.seat = null

        000000  70                       code = 112 (POKER_TOURNEY)
        000001  00 26                    length of POKER_TOURNEY = 38
        000003  00 00 00 07              POKER_TOURNEY.serial = 7
        000007  00 00 00 0a              POKER_TOURNEY.buy_in = 10
        00000b  00 00 00 00              POKER_TOURNEY.start_time = 0
        00000f  02                       error: POKER_TOURNEY.sit_n_go: expected 0 or 1,
                                           found 2
        000010  00 00 00 00 00 00 00 00  not read
        000018  00 00 00 00 00 00 00 00
        000020  00 00 00 00 00 00

        --- 2 ---
        error: argument 1: Message.LIST: 17 bytes left over, at byte 20
        error: argument 2: the frame is cut short: it takes 17 bytes or more, 11 are there
        error: argument 4: Message.POKER_TOURNEY.sit_n_go: expected 0 or 1, found 2, at byte 15
    "#]].assert_eq(
        &decode(&[
            "--annotate",
            "0c00250002 050003 4f000c0000000700000001ff 56001100000007000000010004e9626f62",
            "5600110000000700000001",
            "580031 00000007 00000001 0006 6e6f6e616d65 0004 72616e64 000861626364656667ff \
             0004 4e6f6e65 01000001000000ff",
            "700026 00000007 0000000a 00000000 02 0000 0000 00000000 0000 0000 0000 0000 0000 0000 0000",
        ])
        .all(),
    );
}

#[test]
fn lists_nest_as_deep_as_the_limit_and_no_deeper() {
    let nested = |depth: usize| {
        let mut frame = vec![5, 0, 3];
        for _ in 0..depth {
            let size = u16::try_from(frame.len() + 5).expect("it fits a frame");
            let [high, low] = size.to_be_bytes();
            frame.splice(0..0, [12, high, low, 0, 1]);
        }
        to_hex(&frame)
    };
    let deep = nested(64);
    let run = decode(&[&deep]);
    assert_eq!(run.code, 0, "{run:?}");
    let back = pickler(&["encode", "--protocol", "pokersource", &run.out]);
    assert_eq!(back.out.trim(), deep);
    let run = decode(&[&nested(65)]);
    assert_eq!(run.code, 2);
    assert!(
        run.err
            .ends_with("nested deeper than 64 levels, at byte 325\n"),
        "{}",
        run.err
    );
    let run = decode_input(nested(13_000).as_bytes());
    assert_eq!(run.code, 2);
    assert_eq!(run.err.lines().count(), 1);
}

#[test]
fn a_line_of_many_megabytes_is_read_or_refused_whole() {
    let frames = 500_000;
    let run = decode_input("050003".repeat(frames).as_bytes());
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(run.out.lines().count(), frames);

    let mut input = vec![b'a'; (64 << 20) + 1];
    input.extend_from_slice(b"aa\n050003\n");
    let run = decode_input(&input);
    expect![[r#"
        {"name":"PING","code":5,"fields":{}}
        --- 2 ---
        error: line 1: longer than 64 MiB; put what it holds on several lines
    "#]]
    .assert_eq(&run.all());
}

#[test]
fn a_frame_is_shown_before_the_input_ends() {
    let mut child = start(&["decode", "--protocol", "pokersource", "-"]);
    let mut input = child.stdin.take().expect("standard input is piped");
    let output = BufReader::new(child.stdout.take().expect("standard output is piped"));
    let (sender, lines) = mpsc::channel();
    let reader = std::thread::spawn(move || {
        for line in output.lines().map_while(Result::ok) {
            // Nobody waits for it if the test has failed.
            let _ = sender.send(line);
        }
    });
    for _ in 0..3 {
        input.write_all(b"050003\n").expect("the program reads");
        let line = lines.recv_timeout(Duration::from_secs(20));
        assert!(line.is_ok_and(|line| line.contains("PING")));
    }
    drop(input);
    assert!(child.wait().expect("the program ends").success());
    reader.join().expect("the reader ends");
}

#[test]
fn a_reader_that_leaves_is_no_error() {
    let mut child = start(&["decode", "--protocol", "pokersource", "-"]);
    let mut input = child.stdin.take().expect("standard input is piped");
    let mut output = child.stdout.take().expect("standard output is piped");
    let writer = std::thread::spawn(move || {
        // Ends when the program does.
        while input.write_all(&b"050003\n".repeat(1000)).is_ok() {}
    });
    let mut start = [0; 100];
    output.read_exact(&mut start).expect("the program answers");
    drop(output);
    let rest = child.wait_with_output().expect("the program ends");
    writer.join().expect("the writer ends");
    assert_eq!(rest.status.code(), Some(0));
    assert_eq!(rest.stderr, b"");
}

#[test]
fn bytes_of_a_file_are_frames() {
    let arguments = ["decode", "--protocol", "pokersource", "--file"];
    let run = |file: &str, input: &[u8]| pickler_with(&[&arguments[..], &[file]].concat(), input);
    let frames = [5, 0, 3, 6, 0, 7, 0, 0, 0, 9, 150, 0, 3, 5, 0];
    expect![[r#"
        {"name":"PING","code":5,"fields":{}}
        {"name":"SERIAL","code":6,"fields":{"serial":9}}
        --- 2 ---
        error: standard input, frame at byte 10: Message: unknown tag 150 (0x96), at byte 0
        error: standard input, frame at byte 13: the frame is cut short: it takes 3 bytes or more, 2 are there
    "#]]
    .assert_eq(&run("-", &frames).all());
    let path = std::env::temp_dir().join(format!("pickler-frames-{}", std::process::id()));
    std::fs::write(&path, &frames[..3]).expect("a file for the test");
    let told = run(&path.display().to_string(), b"").all();
    std::fs::remove_file(&path).expect("the file goes");
    assert_eq!(
        told,
        "{\"name\":\"PING\",\"code\":5,\"fields\":{}}\n--- 0 ---\n"
    );
    assert_eq!(
        run("missing.bin", b"").all(),
        "--- 2 ---\nerror: cannot open missing.bin: No such file or directory (os error 2)\n"
    );
}

#[test]
fn a_type_of_the_format_is_read_instead_of_its_messages() {
    let run = pickler(&[
        "decode",
        "--protocol",
        "openpoker",
        "--message",
        "Raise",
        "00000007 0000000a",
    ]);
    expect![[r#"
        {"gid":7,"amount":10}
        --- 0 ---
    "#]]
    .assert_eq(&run.all());
}

#[test]
fn colours_are_shown_where_they_are_asked_for() {
    let run = |arguments: &[&str]| decode(&[arguments, &["--annotate", "060007000000"]].concat());
    let plain = run(&[]);
    assert!(!plain.out.contains('\x1b') && !plain.err.contains('\x1b'));
    assert_eq!(run(&["--color", "never"]), plain);
    let coloured = run(&["--color", "always", "0600070000000a"]);
    assert!(
        coloured
            .out
            .contains("\x1b[2mSERIAL.\x1b[0m\x1b[1;32mserial\x1b[0m")
    );
    assert!(coloured.err.starts_with("\x1b[1;31merror:\x1b[0m "));
}
