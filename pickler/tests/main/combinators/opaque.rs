//! What no description can say, and dictionaries.

use pickler::picklers::{
    Pickler, bits, counted, encode_with, filtered, list_multiplexed, little_endian, lsb_first,
    memo_list, of, pair, rest, sequ, tokenize, use_state, variable_size, wrap, zigzag,
};

use super::{message, refusal};
use crate::agreement::agree_with;

#[test]
fn what_is_read_as_the_first_says() {
    let cells = |count: &u8| {
        let count = *count;
        wrap(
            fixed(count),
            "cells",
            move |cells| (count, cells),
            |(_, cells): &(u8, Vec<u16>)| cells.clone(),
        )
    };
    let counted_by_first = sequ(
        "cells",
        bits::<4, u8>(),
        |(n, _): &(u8, Vec<u16>)| *n,
        cells,
    );
    assert_eq!(
        agree_with(&counted_by_first, &(2, vec![1, 2])),
        [0x20, 0, 0x10, 0, 0x20]
    );
    let odd = pair(bits::<3, u8>(), counted_by_first);
    let _ = agree_with(&odd, &(1, (1, vec![0x8001])));
    let _ = agree_with(&little_endian(lsb_first(odd)), &(1, (1, vec![0x8001])));
}

fn fixed(count: u8) -> impl for<'de> Pickler<'de, Value = Vec<u16>> {
    let expr = || pickler::schema::Expr::Integer(0);
    pickler::picklers::list_by(Some(count.into()), expr, of::<u16>())
}

#[test]
fn lists_with_a_state() {
    let times = use_state::<u8, _, _, _, _, _, _>(
        "times",
        || 0_i64,
        |last: &i64| {
            let last = *last;
            let since = move |since: i64| last.wrapping_add(since);
            wrap(zigzag::<i64>(), "since", since, move |time: &i64| {
                time.wrapping_sub(last)
            })
        },
        |last: &mut i64, time: &i64| *last = *time,
    );
    assert_eq!(
        agree_with(&times, &vec![1000, 1001, 999]),
        [3, 0xD0, 0x0F, 2, 3]
    );
    let _ = agree_with(&pair(bits::<1, bool>(), times), &(true, vec![5, 6]));
}

#[test]
fn numbers_of_a_dictionary() {
    let header = tokenize(["host", "via"].map(String::from), counted::<u8, String>());
    assert_eq!(agree_with(&header, &"via".into()), [2]);
    assert_eq!(encode_with(&header, &"x".into()).unwrap(), b"\0\x01x");
    assert_eq!(refusal(&header, b"\x03"), "3 does not fit, only 0 to 2 do");
    assert_eq!(
        refusal(&header, b"\0\x02x"),
        "0: needs 2 bytes, 1 byte left, at byte 2"
    );

    let words = memo_list::<2, u8, _>(counted::<u8, String>());
    let list = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(
        agree_with(&words, &list(&["a", "b", "a", "c", "c", "b"])),
        b"\x06\x01a\0\x01b\x01\0\x01c\0\x01c\x02",
    );
    assert_eq!(agree_with(&words, &list(&[])), [0]);
    assert_eq!(
        refusal(&words, b"\x02\x01a\0\x01a"),
        "[1].0: is written out, but has the number 1, at byte 4",
    );
    let _ = agree_with(&pair(bits::<3, u8>(), words), &(1, list(&["ab", "ab"])));
}

#[test]
fn filters_and_separators() {
    let flip = |bytes: &[u8]| Ok::<_, &str>(bytes.iter().map(|byte| !byte).collect::<Vec<u8>>());
    let secret = variable_size::<u8, _>(filtered("flipped", flip, flip, of::<(u8, u16)>()));
    assert_eq!(agree_with(&secret, &(7, 1)), [3, 0xF8, 0xFF, 0xFE]);
    assert_eq!(
        refusal(&secret, &[1, 0xF8]),
        "1: needs 2 bytes, 0 bytes left, at byte 1"
    );
    let refused = filtered(
        "no",
        |_: &[u8]| Err::<Vec<u8>, _>("never"),
        flip,
        of::<u8>(),
    );
    assert_eq!(refusal(&refused, &[1]), "never, at byte 0");

    let words = list_multiplexed(
        "words",
        |bytes: &[u8]| {
            let end = bytes
                .iter()
                .position(|byte| *byte == b' ')
                .unwrap_or(bytes.len());
            (&bytes[..end], bytes.get(end + 1..).unwrap_or_default())
        },
        |before: &mut Vec<u8>, item: &[u8]| {
            if !before.is_empty() {
                before.push(b' ');
            }
            before.extend_from_slice(item);
        },
        rest::<String>(),
    );
    let list = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(agree_with(&words, &list(&["to", "be"])), b"to be");
    assert!(agree_with(&words, &list(&[])).is_empty());
    for wrong in [&["to be"][..], &["to", ""], &[""]] {
        assert!(
            message(&words, &list(wrong)).contains("other items"),
            "{wrong:?}"
        );
    }
    let odd = pair(bits::<3, u8>(), filtered("flipped", flip, flip, of::<u8>()));
    assert_eq!(
        refusal(&odd, &[0, 0]),
        "1: must start on a byte boundary, at byte 0 bit 3"
    );
}
