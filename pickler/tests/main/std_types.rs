//! Types of the standard library, and fixed widths.

use std::marker::PhantomData;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV6};
use std::sync::Arc;
use std::time::Duration;

use pickler::dynamic::{self, Value};
use pickler::schema::{Count, Schema, Shape};
use pickler::{ByteString, ErrorKind, Pickle, PickleOwned};

use crate::agreement::{agree, agree_on_bytes};

fn generated<T: PickleOwned + std::fmt::Debug>() {
    let generator = pickler::generate::Generator::new(Schema::of::<T>());
    for seed in 0..100 {
        let mut choices = pickler::generate::Seeded::new(seed);
        let value = generator.value(&mut choices).unwrap();
        let bytes = dynamic::encode(generator.schema(), &value).unwrap();
        agree_on_bytes::<T>(generator.schema(), &bytes).unwrap();
    }
}

#[derive(Pickle, Debug, PartialEq)]
struct Peer {
    address: Ipv4Addr,
    other: Ipv6Addr,
    listens: SocketAddr,
    silent: Duration,
    #[pickle(bytes)]
    key: [u8; 4],
    shared: Arc<u16>,
    nothing: PhantomData<String>,
}

#[test]
fn addresses_times_and_arrays() {
    let bytes = agree(&Peer {
        address: Ipv4Addr::new(192, 0, 2, 1),
        other: Ipv6Addr::LOCALHOST,
        listens: SocketAddr::from(([127, 0, 0, 1], 80)),
        silent: Duration::new(1, 5),
        key: *b"\x00key",
        shared: Arc::new(7),
        nothing: PhantomData,
    });
    let mut expected = vec![192, 0, 2, 1];
    expected.extend([0; 15]);
    expected.extend([
        1, 4, 127, 0, 0, 1, 0, 80, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 5,
    ]);
    expected.extend(*b"\0key\0\x07");
    assert_eq!(bytes, expected);
    let schema = Schema::of::<Peer>();
    let value = dynamic::decode(&schema, &bytes).unwrap();
    assert_eq!(value.field("address"), Some(&"192.0.2.1".into()));
    assert_eq!(value.field("other"), Some(&"::1".into()));
    assert_eq!(
        value.field("key"),
        Some(&Value::Bytes(ByteString::from(b"\0key")))
    );
    let Shape::Record(record) = schema.resolve(schema.root()) else {
        panic!("no record")
    };
    assert_eq!(
        record.fields[4].shape,
        Shape::Bytes {
            count: Count::Fixed(4)
        }
    );
    generated::<Peer>();
}

#[test]
fn what_is_no_address_or_time_is_refused() {
    let schema = Schema::of::<IpAddr>();
    let error = agree_on_bytes::<IpAddr>(&schema, &[5, 0, 0, 0, 0]).unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::UnknownTag { found: 5 });
    let error = agree_on_bytes::<IpAddr>(&schema, &[6, 0, 0]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "IpAddr.V6: needs 16 bytes, 2 bytes left, at byte 1"
    );
    let schema = Schema::of::<Duration>();
    let mut bytes = [0; 12];
    bytes[8..].copy_from_slice(&1_000_000_000_u32.to_be_bytes());
    let error = agree_on_bytes::<Duration>(&schema, &bytes).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Duration.nanos: 1000000000 does not fit, only 0 to 999999999 do"
    );
    let scoped = SocketAddr::from(SocketAddrV6::new(Ipv6Addr::LOCALHOST, 1, 0, 2));
    assert!(matches!(
        pickler::encode(&scoped).unwrap_err().kind(),
        ErrorKind::Refused(_)
    ));
    let schema = Schema::of::<Ipv4Addr>();
    assert!(dynamic::encode(&schema, &"::1".into()).is_err());
    assert!(dynamic::encode(&schema, &"1.2.3".into()).is_err());
}

#[derive(Pickle, Debug, PartialEq)]
struct Fixed {
    #[pickle(size = 6, pad = 0)]
    name: String,
    #[pickle(size = 4, pad = b' ')]
    code: ByteString,
    #[pickle(size = 6, pad = 0, encoding = utf16, endian = little)]
    wide: String,
    #[pickle(size = 4, pad = 0, padding = ignored)]
    sloppy: String,
}

fn fixed() -> Fixed {
    Fixed {
        name: "\u{e9}b".into(),
        code: "A B".into(),
        wide: "hi".into(),
        sloppy: "abcd".into(),
    }
}

#[test]
fn texts_of_fixed_width_are_padded_behind() {
    let bytes = agree(&fixed());
    assert_eq!(bytes, *b"\xC3\xA9b\0\0\0A B h\0i\0\0\0abcd");
    let schema = Schema::of::<Fixed>();
    let mut dirty = bytes.clone();
    dirty[5] = b'x';
    let error = agree_on_bytes::<Fixed>(&schema, &dirty).unwrap_err();
    assert_eq!(error.to_string(), "Fixed.name: not padding, at byte 5");
    let mut ignored = bytes.clone();
    ignored[17] = 0;
    assert_eq!(
        agree_on_bytes::<Fixed>(&schema, &ignored).unwrap().sloppy,
        "a"
    );
    let leniencies = schema.canonical().unwrap_err();
    assert_eq!(leniencies.len(), 1);
    generated::<Fixed>();
}

#[test]
fn what_is_too_wide_or_ends_as_padding_is_refused() {
    let refused = |change: fn(&mut Fixed)| {
        let mut value = fixed();
        change(&mut value);
        pickler::encode(&value).unwrap_err().kind().clone()
    };
    assert_eq!(
        refused(|it| it.name = "\u{e9}\u{e9}\u{e9}\u{e9}".into()),
        ErrorKind::TooLong { length: 8, max: 6 }
    );
    assert_eq!(
        refused(|it| it.name = "a\0".into()),
        ErrorKind::HoldsTerminator { unit: 1 }
    );
    assert_eq!(
        refused(|it| it.code = "A ".into()),
        ErrorKind::HoldsTerminator { unit: 1 }
    );
    assert_eq!(
        refused(|it| it.wide = "abcd".into()),
        ErrorKind::TooLong { length: 8, max: 6 }
    );
    #[derive(Pickle)]
    struct Name(#[pickle(size = 2, pad = 0)] String);
    for text in ["abc", "a\0"] {
        let error = pickler::encode(&Name(text.into())).unwrap_err();
        assert_eq!(
            dynamic::encode(&Schema::of::<Name>(), &text.into()),
            Err(error)
        );
    }
}

#[cfg(feature = "uuid")]
#[test]
fn uuids_are_bytes_shown_as_text() {
    use uuid::Uuid;

    // The example of RFC 9562, section 4.
    let id = Uuid::from_u128(0xF81D_4FAE_7DEC_11D0_A765_00A0_C91E_6BF6);
    assert_eq!(
        agree(&id),
        [
            0xF8, 0x1D, 0x4F, 0xAE, 0x7D, 0xEC, 0x11, 0xD0, 0xA7, 0x65, 0, 0xA0, 0xC9, 0x1E, 0x6B,
            0xF6
        ]
    );
    let schema = Schema::of::<Uuid>();
    let shown = Value::from("f81d4fae-7dec-11d0-a765-00a0c91e6bf6");
    assert_eq!(dynamic::decode(&schema, id.as_bytes()), Ok(shown.clone()));
    assert_eq!(dynamic::encode(&schema, &shown), Ok(id.as_bytes().to_vec()));
    assert!(dynamic::encode(&schema, &"f81d4fae".into()).is_err());
    generated::<Uuid>();
}
