//! Maps, sets, queues, results, shared bytes.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

use bytes::Bytes;
use pickler::dynamic::{self, Value};
use pickler::schema::{Leniency, Schema};
use pickler::{ErrorKind, Pickle};

use crate::agreement::{agree, agree_on_bytes, agree_on_random};

#[derive(Pickle, Debug, PartialEq, Default)]
struct All {
    #[pickle(count = u8)]
    by_number: BTreeMap<u16, bool>,
    #[pickle(count = u8)]
    numbers: BTreeSet<i8>,
    #[pickle(count = leb128, endian = little)]
    by_hash: HashMap<u16, u8>,
    #[pickle(count = bits(4))]
    hashed: HashSet<u8>,
    #[pickle(bits = 4)]
    behind: u8,
    #[pickle(rest)]
    queue: VecDeque<u16>,
}

#[test]
fn in_the_order_of_their_bytes() {
    let mut queue = VecDeque::from([2]);
    queue.push_front(1);
    let all = All {
        by_number: [(0x0201, true), (0x0102, false)].into(),
        numbers: [-1, 1].into(),
        by_hash: [(0x0102, 7), (0x0201, 8)].into_iter().collect(),
        hashed: [3, 2].into_iter().collect(),
        behind: 0xF,
        queue,
    };
    let bytes = agree(&all);
    let mut expected = vec![2, 1, 2, 0, 2, 1, 1];
    expected.extend([2, 1, 0xFF]);
    // Keys are compared in network order, however they are written.
    expected.extend([2, 2, 1, 7, 1, 2, 8]);
    // Four bits off.
    expected.extend([0x20, 0x20, 0x3F]);
    expected.extend([0, 1, 0, 2]);
    assert_eq!(bytes, expected);
    agree_on_random::<All>();
}

#[test]
fn any_order_is_read_but_nothing_twice() {
    let schema = Schema::of::<All>();
    let bytes = [2, 2, 1, 1, 1, 2, 0, 0, 0, 0];
    let all = agree_on_bytes::<All>(&schema, &bytes).unwrap();
    assert_eq!(all.by_number, [(0x0201, true), (0x0102, false)].into());
    assert_ne!(pickler::encode(&all).unwrap(), bytes);
    let error = agree_on_bytes::<All>(&schema, &[3, 0, 1, 1, 0, 2, 1, 0, 1, 0]).unwrap_err();
    assert_eq!(*error.kind(), ErrorKind::RepeatedItem);
    assert!(error.to_string().starts_with("All.by_number[2]: is there"));
    let error = agree_on_bytes::<All>(&schema, &[0, 2, 5, 5]).unwrap_err();
    assert!(error.to_string().starts_with("All.numbers[1]: is there"));
    let reasons = schema.canonical().unwrap_err();
    assert!(reasons.contains(&Leniency::Order {
        path: "All.by_number".into()
    }));
    let pairs = |pairs: &[[u8; 2]]| {
        let pair = |pair: &[u8; 2]| Value::List(pair.map(Value::from).into());
        Value::List(pairs.iter().map(pair).collect())
    };
    let schema = Schema::of_pickler(&pickler::picklers::counted::<u8, HashMap<u8, u8>>());
    let written = dynamic::encode(&schema, &pairs(&[[3, 1], [2, 2]]));
    assert_eq!(written, Ok(vec![2, 2, 2, 3, 1]));
    let error = dynamic::encode(&schema, &pairs(&[[3, 1], [3, 2]])).unwrap_err();
    assert_eq!(error.to_string(), "[1]: is there already, at byte 0");
}

#[derive(Pickle, Debug, PartialEq)]
struct Answer {
    number: u8,
    result: Result<u16, (bool, u8)>,
}

#[test]
fn results() {
    let ok = Answer {
        number: 7,
        result: Ok(0x0102),
    };
    assert_eq!(agree(&ok), [7, 0, 1, 2]);
    let err = Answer {
        number: 7,
        result: Err((true, 9)),
    };
    assert_eq!(agree(&err), [7, 1, 1, 9]);
    let error = agree_on_bytes::<Answer>(&Schema::of::<Answer>(), &[7, 2, 0]).unwrap_err();
    assert_eq!(*error.kind(), ErrorKind::UnknownTag { found: 2 });
    agree_on_random::<Answer>();
}

#[derive(Pickle, Debug, PartialEq)]
struct Packet {
    kind: u8,
    #[pickle(count = u8)]
    body: Bytes,
    #[pickle(bits = 4)]
    odd: u8,
    #[pickle(count = bits(4))]
    tail: Bytes,
}

#[test]
fn bytes_are_parts_of_the_input() {
    let packet = Packet {
        kind: 1,
        body: Bytes::from_static(b"body"),
        odd: 5,
        tail: Bytes::from_static(b"xy"),
    };
    let bytes = agree(&packet);
    assert_eq!(bytes, b"\x01\x04body\x52xy");
    let input = Bytes::from(bytes);
    let shared: Packet = pickler::decode_bytes(&input).unwrap();
    assert_eq!(shared, packet);
    assert_eq!(shared.body.as_ptr(), input[2..].as_ptr());
    assert_eq!(shared.tail.as_ptr(), input[7..].as_ptr());
    let copied: Packet = pickler::decode(&input).unwrap();
    assert_ne!(copied.body.as_ptr(), input[2..].as_ptr());
    let error = pickler::decode_bytes::<Packet>(&input.slice(..5)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Packet.body: needs 4 bytes, 3 bytes left, at byte 2"
    );
    assert!(pickler::decode_bytes::<Packet>(&Bytes::from_static(b"\x01\0\x00\x00")).is_err());
    agree_on_random::<Packet>();
}
