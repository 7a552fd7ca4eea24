//! Views: fields that are read when they are asked for.

use std::fmt::Debug;

use pickler::generate::{Seeded, value};
use pickler::{ByteString, Derived, Error, ErrorKind, Pickle, Step, View};

use crate::agreement::agree;

/// A field that is asked for is what decoding makes of it, on the bytes of
/// values and on everything near them.
macro_rules! agree_on_view {
    ($record:ident, $value:expr, [$($there:ident),*], [$($asked:ident),*]) => {{
        let value: $record = $value;
        let bytes = agree(&value);
        for near in near(&bytes) {
            let decoded = pickler::decode::<$record>(&near);
            let view = match $record::view(&near) {
                Ok(view) => view,
                Err(error) => {
                    assert_eq!(decoded, Err(error), "on {near:02X?}");
                    continue;
                }
            };
            assert_eq!(view.bytes(), near);
            assert_eq!(view.read(), decoded, "on {near:02X?}");
            if let Ok(_decoded) = &decoded {
                $(assert_eq!(view.$there(), _decoded.$there, "on {near:02X?}");)*
            }
            $(compare(
                stringify!($asked),
                view.$asked(),
                decoded.as_ref().map(|record| &record.$asked),
                &near,
            );)*
        }
        bytes
    }};
}

/// Some bytes, all that they begin with, one more, and with any bit another.
fn near(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut all = vec![bytes.to_vec(), [bytes, &[0]].concat()];
    all.extend((0..bytes.len()).map(|length| bytes[..length].to_vec()));
    for bit in 0..bytes.len() * 8 {
        let mut changed = bytes.to_vec();
        changed[bit / 8] ^= 1 << (bit % 8);
        all.push(changed);
    }
    all
}

/// The field of the record itself that an error is in.
fn field_of(error: &Error) -> &str {
    let field = error.path().find_map(|step| match step {
        Step::Field(name) => Some(&**name),
        _ => None,
    });
    field.unwrap_or_default()
}

#[track_caller]
fn compare<T: PartialEq + Debug>(
    name: &str,
    asked: Result<T, Error>,
    decoded: Result<&T, &Error>,
    bytes: &[u8],
) {
    match (asked, decoded) {
        (Ok(asked), Ok(decoded)) => assert_eq!(asked, *decoded, "{name} on {bytes:02X?}"),
        // What is wrong is with a field that was not looked at, or with what
        // is derived from all.
        (Ok(_), Err(error)) => assert!(
            field_of(error) != name || matches!(error.kind(), ErrorKind::WrongDerived { .. }),
            "{name} was given, but {error}, on {bytes:02X?}",
        ),
        (Err(asked), Err(decoded)) => {
            if field_of(decoded) == name {
                assert_eq!(asked, *decoded, "on {bytes:02X?}");
            }
        }
        (Err(asked), Ok(_)) => panic!("{name} on {bytes:02X?}: {asked}"),
    }
}

/// What a table tells of a player.
#[derive(Pickle, Debug, PartialEq)]
#[pickle(view)]
struct Player {
    #[pickle(bits = 3)]
    seat: u8,
    #[pickle(bits = 1)]
    away: bool,
    #[pickle(bits = 12)]
    bets: u16,
    /// In cents.
    #[pickle(endian = little)]
    stack: u32,
    #[pickle(none = 255)]
    card: Option<u8>,
    dealer: bool,
    #[pickle(count = u8)]
    name: String,
    #[pickle(count = u8)]
    history: Vec<u16>,
    last: i8,
}

fn player() -> Player {
    Player {
        seat: 5,
        away: true,
        bets: 0xABC,
        stack: 1_000,
        card: Some(7),
        dealer: true,
        name: "bob".into(),
        history: vec![1, 2],
        last: -1,
    }
}

#[test]
fn fields_in_front_are_there_and_others_are_asked_for() {
    let bytes = agree_on_view!(
        Player,
        player(),
        [seat, away, bets, stack, card],
        [dealer, name, history, last]
    );
    assert_eq!(
        bytes,
        b"\xBA\xBC\xE8\x03\0\0\x07\x01\x03bob\x02\0\x01\0\x02\xFF"
    );
    let view = Player::view(&bytes).unwrap();
    let (seat, stack): (u8, u32) = (view.seat(), view.stack());
    assert_eq!((seat, stack), (5, 1_000));
    assert_eq!(view.last(), Ok(-1));
    let copied = view;
    assert!(format!("{copied:?}").starts_with("PlayerView([186, 188"));
}

#[test]
fn what_is_not_asked_for_is_not_looked_at() {
    let mut bytes = pickler::encode(&player()).unwrap();
    // No text, and no boolean.
    bytes[9] = 0xFF;
    bytes[7] = 9;
    let view = Player::view(&bytes).unwrap();
    assert_eq!(view.last(), Ok(-1));
    assert_eq!(view.history(), Ok(vec![1, 2]));
    assert_eq!(
        view.name().unwrap_err().to_string(),
        "Player.name: not UTF-8 after 0 bytes, at byte 9"
    );
    assert!(view.dealer().is_err());
    // What is in front is found nevertheless where the rest is cut.
    let view = Player::view(&bytes[..8]).unwrap();
    assert_eq!(view.stack(), 1_000);
    assert_eq!(
        view.last().unwrap_err().to_string(),
        "Player.name: needs 1 byte, 0 bytes left, at byte 8"
    );
    assert_eq!(
        Player::view(&bytes[..4]).unwrap_err().to_string(),
        "Player.stack: needs 4 bytes, 2 bytes left, at byte 2"
    );
}

#[derive(Pickle, Debug, PartialEq)]
struct Point {
    x: u16,
    #[pickle(bits = 4)]
    y: u8,
    #[pickle(bits = 4)]
    z: u8,
}

/// Fields that look at others.
#[derive(Pickle, Debug, PartialEq)]
#[pickle(view = Lens, magic = b"PKT", endian = little, rename = "Wire")]
struct Packet {
    rows: u8,
    columns: u8,
    place: Point,
    #[pickle(derived = len(text))]
    length: Derived<u16>,
    #[pickle(if = rows > 1)]
    extra: Option<u32>,
    #[pickle(count = rows * columns)]
    cells: Vec<u16>,
    #[pickle(size = length)]
    text: String,
    #[pickle(range = 1..=9, assert = level > columns)]
    level: u8,
    #[pickle(flag)]
    note: Option<u16>,
    #[pickle(rest)]
    body: ByteString,
}

fn packet() -> Packet {
    Packet {
        rows: 2,
        columns: 1,
        place: Point { x: 1, y: 2, z: 3 },
        length: Derived::auto(),
        extra: Some(7),
        cells: vec![3, 4],
        text: "hi".into(),
        level: 5,
        note: Some(6),
        body: b"rest".into(),
    }
}

#[test]
fn what_a_field_looks_at_is_read_on_the_way() {
    let bytes = agree_on_view!(
        Packet,
        packet(),
        [rows, columns],
        [place, extra, cells, text, level, note, body]
    );
    let view: Lens<'_> = Packet::view(&bytes).unwrap();
    // As it is on the wire.
    let length: Result<u16, Error> = view.length();
    assert_eq!(length, Ok(2));
    assert_eq!(
        Packet::view(b"PKX").unwrap_err().to_string(),
        "Wire.magic: expected the constant [80, 75, 84], found [80, 75, 88], at byte 0"
    );
    assert_eq!(
        Packet::view(b"PKX\x02\x01").unwrap_err().to_string(),
        "Wire.magic: expected the constant [80, 75, 84], found [80, 75, 88], at byte 0"
    );
}

#[test]
fn fields_that_stand_elsewhere_are_looked_up() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(view)]
    struct File {
        kind: u8,
        #[pickle(derived = offset(name))]
        name_at: Derived<u16>,
        #[pickle(derived = sizeof(list))]
        size: Derived<u8>,
        #[pickle(count = u8)]
        list: Vec<u8>,
        #[pickle(at = name_at, count = u8)]
        name: String,
        end: u8,
    }
    let file = File {
        kind: 1,
        name_at: Derived::auto(),
        size: Derived::auto(),
        list: vec![1, 2, 3],
        name: "me".into(),
        end: 9,
    };
    let bytes = agree_on_view!(File, file, [kind], [list, name, end]);
    assert_eq!(bytes, [1, 0, 9, 4, 3, 1, 2, 3, 9, 2, b'm', b'e']);
    assert_eq!(File::view(&bytes).unwrap().name_at(), 9);
}

#[test]
fn a_record_off_a_boundary() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(view, bit_order = lsb, endian = little)]
    struct Odd {
        #[pickle(bits = 5)]
        first: u8,
        #[pickle(bits = 11)]
        second: i16,
        #[pickle(bits = 3)]
        third: u8,
        #[pickle(count = bits(4))]
        list: Vec<u8>,
        fourth: u16,
        #[pickle(bits = 1)]
        last: bool,
    }
    let odd = Odd {
        first: 17,
        second: -3,
        third: 5,
        list: vec![0xAB, 0xCD],
        fourth: 0x1234,
        last: true,
    };
    let bytes = agree_on_view!(Odd, odd, [first, second, third], [list, fourth, last]);
    assert_eq!(
        bytes[..2],
        (0x11 | (-3_i16).cast_unsigned() << 5).to_le_bytes()
    );
}

#[test]
fn what_is_shared_is_seen_on_the_way() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(view)]
    struct Names {
        #[pickle(shared = index(u8), count = u8)]
        first: String,
        #[pickle(shared = index(u8), count = u8)]
        second: String,
        #[pickle(shared = index(u8), count = u8)]
        third: String,
    }
    let names = Names {
        first: "a".into(),
        second: "b".into(),
        third: "a".into(),
    };
    let bytes = agree_on_view!(Names, names, [], [first, second, third]);
    assert_eq!(Names::view(&bytes).unwrap().third().unwrap(), "a");
}

#[test]
fn padded_records_end_where_they_end() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(view, pad_to = 8)]
    struct Padded {
        kind: u8,
        #[pickle(count = u8)]
        text: String,
    }
    agree_on_view!(
        Padded,
        Padded {
            kind: 1,
            text: "hi".into()
        },
        [kind],
        [text]
    );
    assert!(Padded::view(b"\x01\x02hi").unwrap().text().is_err());
}

/// Records within records are passed over by what they say of themselves.
#[derive(Pickle, Debug, PartialEq)]
#[pickle(view)]
struct Outer {
    kind: u16,
    inner: Inner,
    list: Trees,
    last: u8,
}

#[derive(Pickle, Debug, PartialEq)]
#[pickle(view, magic = 7_u8)]
struct Inner {
    #[pickle(count = u8)]
    name: String,
    #[pickle(flag)]
    more: Option<Box<Inner>>,
    end: u8,
}

#[derive(Pickle, Debug, PartialEq)]
#[pickle(view)]
struct Trees {
    #[pickle(count = u8)]
    below: Vec<Trees>,
}

#[test]
fn records_within_records() {
    let inner = |name: &str, more| Inner {
        name: name.into(),
        more,
        end: 3,
    };
    let leaf = || Trees { below: Vec::new() };
    let outer = Outer {
        kind: 1,
        inner: inner("x", Some(Box::new(inner("y", None)))),
        list: Trees {
            below: vec![
                leaf(),
                Trees {
                    below: vec![leaf()],
                },
            ],
        },
        last: 9,
    };
    let mut bytes = agree_on_view!(Outer, outer, [kind], [inner, list, last]);
    // No text.
    assert_eq!(bytes[4], b'x');
    bytes[4] = 0xFF;
    let view = Outer::view(&bytes).unwrap();
    assert!(view.inner().is_err());
    assert_eq!(view.last(), Ok(9));
}

#[test]
fn depth_is_bounded_on_the_way() {
    let mut bytes = b"\0\x01\x07\0\0\0".to_vec();
    bytes.extend([1; 200]);
    bytes.extend([0, 9]);
    let view = Outer::view(&bytes).unwrap();
    let error = view.last().unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::TooDeep { .. }), "{error}");
    assert_eq!(pickler::decode::<Outer>(&bytes), Err(error));
}

#[test]
fn generic_and_borrowing_records() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(view)]
    struct Note<'a, T: Debug, const N: usize>
    where
        T: PartialEq,
    {
        count: u16,
        value: T,
        list: [u8; N],
        #[pickle(count = u8)]
        text: &'a str,
        #[pickle(count = Self::COUNT)]
        fixed: Vec<u8>,
    }
    impl<T: Debug + PartialEq, const N: usize> Note<'_, T, N> {
        const COUNT: u8 = 2;
    }
    let bytes = *b"\0\x01\0\x02ab\x02me\x03\x04";
    let view = Note::<'_, u16, 2>::view(&bytes).unwrap();
    assert_eq!(view.count(), 1);
    assert_eq!(view.value(), Ok(2));
    assert_eq!(view.list(), Ok(*b"ab"));
    let text: &str = view.text().unwrap();
    assert_eq!(text.as_ptr(), bytes[7..].as_ptr());
    assert_eq!(view.fixed(), Ok(vec![3, 4]));
    assert_eq!(view.read().unwrap().fixed, [3, 4]);
}

/// The same without going into all of the bytes, which are many.
macro_rules! agree_on_random {
    ($record:ident, [$($there:ident),*], [$($asked:ident),*]) => {
        for seed in 0..200 {
            let value: $record = value(&mut Seeded::new(seed)).unwrap();
            let bytes = pickler::encode(&value).unwrap();
            let view = $record::view(&bytes).unwrap();
            $(assert_eq!(view.$there(), value.$there);)*
            $(assert_eq!(view.$asked().as_ref(), Ok(&value.$asked));)*
            let cut = &bytes[..bytes.len() / 2];
            let error = pickler::decode::<$record>(cut).map(drop);
            match $record::view(cut) {
                Ok(view) => {
                    assert_eq!(view.read().map(drop), error);
                    $(let _ = view.$asked();)*
                }
                Err(refused) => assert_eq!(Err(refused), error),
            }
        }
    };
}

#[test]
fn random_records() {
    agree_on_random!(
        Player,
        [seat, away, bets, stack, card],
        [dealer, name, history, last]
    );
    agree_on_random!(Outer, [kind], [inner, list, last]);
    agree_on_random!(
        Packet,
        [rows, columns],
        [place, extra, cells, text, level, note, body]
    );
}

/// Each way to go past something, each before a field that is asked for.
#[derive(Pickle, Debug, PartialEq)]
#[pickle(view)]
struct Ways {
    #[pickle(terminator = 0)]
    line: String,
    #[pickle(terminator = 0)]
    numbers: Vec<u16>,
    #[pickle(size = u8)]
    sized: Vec<u16>,
    #[pickle(size = u16, leftover = ignore)]
    piece: Inner,
    #[pickle(size = until(b';'))]
    field: String,
    #[pickle(count = u8, item(count = u8))]
    names: Vec<String>,
    #[pickle(count = leb128, encoding = utf16)]
    wide: String,
    #[pickle(flag, skip_if_default)]
    least: u32,
    #[pickle(count = u8)]
    texts: Vec<Inner>,
    #[pickle(none = 0)]
    seat: Option<u8>,
    last: u16,
}

fn ways() -> Ways {
    let inner = || Inner {
        name: "n".into(),
        more: None,
        end: 1,
    };
    Ways {
        line: "a line".into(),
        numbers: vec![1, 2],
        sized: vec![3],
        piece: inner(),
        field: "f".into(),
        names: vec!["x".into(), "yz".into()],
        wide: "w\u{1F600}".into(),
        least: 8,
        texts: vec![inner(), inner()],
        seat: Some(3),
        last: 0xABCD,
    }
}

#[test]
fn each_way_to_go_past_something() {
    let mut bytes = agree_on_view!(
        Ways,
        ways(),
        [],
        [
            line, numbers, sized, piece, field, names, wide, least, texts, seat, last
        ]
    );
    // Texts are not looked into.
    for text in bytes.iter_mut().filter(|byte| byte.is_ascii_lowercase()) {
        *text = 0xFF;
    }
    let view = Ways::view(&bytes).unwrap();
    assert_eq!(view.last(), Ok(0xABCD));
    assert!(view.line().is_err() && view.names().is_err() && view.texts().is_err());
}
