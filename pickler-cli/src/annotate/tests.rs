use expect_test::{Expect, expect};
use pickler::Pickle;
use pickler::schema::Schema;

use super::annotate;
use crate::paint::Paint;

#[derive(Pickle)]
struct Header {
    #[pickle(bits = 4)]
    version: u8,
    #[pickle(bits = 10)]
    length: u16,
    #[pickle(bits = 2)]
    kind: u8,
    #[pickle(pad_after = 2)]
    serial: u16,
    #[pickle(count = u8)]
    points: Vec<Point>,
}

#[derive(Pickle)]
#[pickle(bit_order = lsb)]
struct Point {
    #[pickle(bits = 3)]
    x: u8,
    #[pickle(bits = 5, range = 0..=9)]
    y: u8,
}

fn dump(bytes: &[u8], colours: bool) -> String {
    let (lines, _) = annotate(&Schema::of::<Header>(), bytes, Paint { on: colours });
    lines.join("\n").replace('\x1b', "ESC")
}

#[expect(clippy::needless_pass_by_value, reason = "as `expect!` gives it")]
fn check(bytes: &[u8], expected: Expect) {
    expected.assert_eq(&dump(bytes, false));
}

#[test]
fn bits_are_marked_within_their_bytes() {
    check(
        &[0x45, 0x67, 0x00, 0x07, 0, 0, 2, 0b0100_1101, 0b0000_1010],
        expect![[r"
            000000  45                       version = 4
                    01000101
                    ^^^^
            000000  45 67                    length = 345
                    01000101 01100111
                        ^^^^ ^^^^^^
            000001  67                       kind = 3
                    01100111
                          ^^
            000002  00 07                    serial = 7
            000004  00 00                    no field
            000006  02                       count of points = 2
            000007  4d                       points[0].x = 5
                    01001101
                         ^^^
            000007  4d                       points[0].y = 9
                    01001101
                    ^^^^^
            000008  0a                       points[1].x = 2
                    00001010
                         ^^^
            000008  0a                       points[1].y = 1
                    00001010
                    ^^^^^
        "]],
    );
}

#[test]
fn what_is_wrong_stands_at_its_place() {
    check(
        &[0x45, 0x67, 0x00, 0x07, 0, 0, 3, 0b0100_1101, 0b1111_1010, 7],
        expect![[r"
            000000  45                       version = 4
                    01000101
                    ^^^^
            000000  45 67                    length = 345
                    01000101 01100111
                        ^^^^ ^^^^^^
            000001  67                       kind = 3
                    01100111
                          ^^
            000002  00 07                    serial = 7
            000004  00 00                    no field
            000006  03                       count of points = 3
            000007  4d                       points[0].x = 5
                    01001101
                         ^^^
            000007  4d                       points[0].y = 9
                    01001101
                    ^^^^^
            000008  fa                       points[1].x = 2
                    11111010
                         ^^^
            000008  fa                       points[1].y = 31
                    11111010
                    ^^^^^
                    error: points[1].y: `y >= 0 && y <= 9` does not hold, found 31
            000009  07                       not read
        "]],
    );
    check(
        &[0x45, 0x67, 0x00],
        expect![[r"
        000000  45                       version = 4
                01000101
                ^^^^
        000000  45 67                    length = 345
                01000101 01100111
                    ^^^^ ^^^^^^
        000001  67                       kind = 3
                01100111
                      ^^
        000002  00                       error: serial: needs 2 bytes, 1 byte left
    "]],
    );
    check(
        &[],
        expect![[r"
        000000                           error: version: needs 4 bits, 0 bytes left
    "]],
    );
}

#[test]
fn colours_say_what_belongs_together() {
    let bytes = [0x45, 0x67, 0x00, 0x07, 0, 0, 1, 0b1111_1010, 7];
    expect![[r"
        ESC[2m000000ESC[0m  ESC[36m45ESC[0m                       ESC[1;36mversionESC[0mESC[2m = ESC[0m4
                ESC[4;36m0100ESC[0mESC[2m0101ESC[0m
        ESC[2m000000ESC[0m  ESC[33m45 67ESC[0m                    ESC[1;33mlengthESC[0mESC[2m = ESC[0m345
                ESC[2m0100ESC[0mESC[4;33m0101ESC[0m ESC[4;33m011001ESC[0mESC[2m11ESC[0m
        ESC[2m000001ESC[0m  ESC[32m67ESC[0m                       ESC[1;32mkindESC[0mESC[2m = ESC[0m3
                ESC[2m011001ESC[0mESC[4;32m11ESC[0m
        ESC[2m000002ESC[0m  ESC[35m00 07ESC[0m                    ESC[1;35mserialESC[0mESC[2m = ESC[0m7
        ESC[2m000004ESC[0m  ESC[2m00 00ESC[0m                    ESC[2mno fieldESC[0m
        ESC[2m000006ESC[0m  ESC[34m01ESC[0m                       ESC[2mcount of ESC[0mESC[1;34mpointsESC[0mESC[2m = ESC[0m1
        ESC[2m000007ESC[0m  ESC[36mfaESC[0m                       ESC[2mpoints[0].ESC[0mESC[1;36mxESC[0mESC[2m = ESC[0m2
                ESC[2m11111ESC[0mESC[4;36m010ESC[0m
        ESC[2m000007ESC[0m  ESC[33mfaESC[0m                       ESC[2mpoints[0].ESC[0mESC[1;33myESC[0mESC[2m = ESC[0m31
                ESC[4;33m11111ESC[0mESC[2m010ESC[0m
                ESC[1;31merror: points[0].y: `y >= 0 && y <= 9` does not hold, found 31ESC[0m
        ESC[2m000008ESC[0m  ESC[2m07ESC[0m                       ESC[2mnot readESC[0m
    "]].assert_eq(&dump(&bytes, true));
}

#[derive(Pickle)]
struct Outer {
    id: u8,
    #[pickle(size = u16)]
    body: Body,
    tail: u8,
}

#[derive(Pickle)]
struct Body {
    first: u16,
    #[pickle(size = u8)]
    inner: Inner,
    last: u32,
}

#[derive(Pickle)]
struct Inner {
    x: u8,
    y: u16,
}

#[test]
fn what_is_there_of_a_piece_is_shown() {
    let dump = |bytes: &[u8]| {
        let (lines, result) = annotate(&Schema::of::<Outer>(), bytes, Paint { on: false });
        assert!(result.is_err());
        lines.join("\n")
    };
    expect![[r"
        000000  01                       id = 1
        000001  00 0a                    length of body = 10
        000003  00 05                    body.first = 5
        000005  03                       length of body.inner = 3
        000006  01                       body.inner.x = 1
        000007                           error: body: needs 10 bytes, 4 bytes left
    "]]
    .assert_eq(&dump(&[1, 0, 10, 0, 5, 3, 1]));
    expect![[r"
        000000  01                       id = 1
        000001  00 0a                    length of body = 10
        000003  00 05                    body.first = 5
        000005  03                       length of body.inner = 3
        000006  01                       body.inner.x = 1
        000007  02                       error: body: needs 10 bytes, 5 bytes left
    "]]
    .assert_eq(&dump(&[1, 0, 10, 0, 5, 3, 1, 2]));
    expect![[r"
        000000  01                       id = 1
        000001  00 0a                    length of body = 10
        000003                           error: body: needs 10 bytes, 0 bytes left
    "]]
    .assert_eq(&dump(&[1, 0, 10]));
}

#[derive(Pickle)]
struct Long {
    #[pickle(count = u8)]
    a_path_of_many_steps: Vec<Many>,
}

#[derive(Pickle)]
struct Many {
    #[pickle(count = u8)]
    and_another: Vec<Named>,
}

#[derive(Pickle)]
struct Named {
    with_a_name_that_takes_more_than_a_line_of_a_terminal_has_left: u16,
    #[pickle(count = 70)]
    text: String,
}

#[test]
fn no_line_is_longer_than_a_terminal() {
    let mut bytes = vec![1, 1, 2, 3];
    bytes.extend([b'a'; 71]);
    let (lines, _) = annotate(&Schema::of::<Long>(), &bytes, Paint { on: false });
    assert!(lines.iter().all(|line| line.chars().count() <= 80));
    expect![[r#"
        000000  01                       count of a_path_of_many_steps = 1
        000001  01                       count of a_path_of_many_steps[0].and_another =
                                           1
        000002  02 03                    a_path_of_many_steps[0].and_another[0].with_a_n
                                           ame_that_takes_more_than_a_line_of_a_terminal
                                           _has_left = 515
        000004  61 61 61 61 61 61 61 61  a_path_of_many_steps[0].and_another[0].text = "
        00000c  61 61 61 61 61 61 61 61    aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
        000014  61 61 61 61 61 61 61 61    aaaaaaaaaaaaaaaaaaa"...
        00001c  61 61 61 61 61 61 61 61
        000024  61 61 61 61 61 61 61 61
        00002c  61 61 61 61 61 61 61 61
        000034  61 61 61 61 61 61 61 61
        00003c  61 61 61 61 61 61 61 61
        000044  61 61 61 61 61 61
        00004a  61                       error: 1 byte left over
    "#]]
    .assert_eq(&lines.join("\n"));
}
