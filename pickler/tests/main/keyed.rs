//! Records whose fields say which they are: type, length, value.

use pickler::schema::{Form, KeyFormat, Number, Occurs, Schema, Shape, Unknown};
use pickler::types::UnknownField;
use pickler::{ByteString, ErrorKind, Pickle};

use crate::agreement::{agree, agree_on_bytes};

/// RFC 2132, some of it.
#[derive(Pickle, Debug, PartialEq)]
#[pickle(keyed(key = u8, size = u8, terminator = 255, pad = 0))]
struct DhcpOptions {
    #[pickle(key = 53)]
    message_type: u8,
    #[pickle(key = 1)]
    subnet_mask: Option<[u8; 4]>,
    /// Routers, in order of preference.
    #[pickle(key = 3)]
    routers: Vec<[u8; 4]>,
    #[pickle(key = 12)]
    host_name: Option<String>,
    #[pickle(key = 51, default = 3600_u32)]
    lease_time: u32,
    #[pickle(unknown)]
    unknown: Vec<UnknownField>,
}

#[test]
fn dhcp_options() {
    // Message type 5 (ACK), mask, one router, and an option that is not known.
    let bytes = [
        53, 1, 5, // DHCP message type
        1, 4, 255, 255, 255, 0, // subnet mask
        3, 8, 10, 0, 0, 1, 10, 0, 0, 2, // routers
        12, 2, b'p', b'i', // host name
        66, 1, b'x', // TFTP server name
        255,
    ];
    let options: DhcpOptions = pickler::decode(&bytes).unwrap();
    assert_eq!(options.message_type, 5);
    assert_eq!(options.routers, [[10, 0, 0, 1], [10, 0, 0, 2]]);
    assert_eq!(options.lease_time, 3600);
    assert_eq!(
        options.unknown,
        [UnknownField {
            key: 66,
            value: "x".into()
        }]
    );
    assert_eq!(agree(&options), bytes);
    // Pads are passed over, and the order is free.
    let padded = [0, 51, 4, 0, 0, 0, 60, 0, 0, 53, 1, 5, 3, 0, 255];
    let schema = Schema::of::<DhcpOptions>();
    let options = agree_on_bytes::<DhcpOptions>(&schema, &padded).unwrap();
    assert_eq!(options.lease_time, 60);
    assert_eq!(agree(&options), [53, 1, 5, 3, 0, 51, 4, 0, 0, 0, 60, 255]);
}

#[test]
fn what_is_wrong_with_keys_is_said() {
    let schema = Schema::of::<DhcpOptions>();
    let refused = |bytes: &[u8]| agree_on_bytes::<DhcpOptions>(&schema, bytes).unwrap_err();
    // The message type is missing.
    let error = refused(&[3, 0, 255]);
    assert_eq!(
        *error.kind(),
        ErrorKind::MissingField("message_type".into())
    );
    // It is there twice; the second key is at fault.
    let error = refused(&[53, 1, 5, 3, 0, 53, 1, 6, 255]);
    assert_eq!(*error.kind(), ErrorKind::RepeatedKey { key: 53 });
    assert_eq!(error.bit_offset(), 5 * 8);
    assert_eq!(
        error.to_string(),
        "DhcpOptions.message_type: the key 53 is there again, at byte 5"
    );
    // Too long for what it is.
    let error = refused(&[53, 2, 5, 0, 3, 0, 255]);
    assert_eq!(*error.kind(), ErrorKind::Trailing { bits: 8 });
    // The terminator does not come.
    let error = refused(&[53, 1, 5, 3, 0]);
    assert!(matches!(error.kind(), ErrorKind::UnexpectedEnd { .. }));
    // A size that lies.
    let error = refused(&[53, 200, 5, 3, 0, 255]);
    assert!(matches!(error.kind(), ErrorKind::UnexpectedEnd { .. }));
}

#[test]
fn what_does_not_fit_is_refused() {
    let options = DhcpOptions {
        host_name: Some("x".repeat(256)),
        ..DhcpOptions::default()
    };
    let error = pickler::encode(&options).unwrap_err();
    assert_eq!(
        error.to_string(),
        "DhcpOptions.host_name: 256 long, but its count can say 255 at most"
    );
    // It would be read as the field that it is known for.
    let known = |key| DhcpOptions {
        unknown: vec![UnknownField {
            key,
            value: "x".into(),
        }],
        ..DhcpOptions::default()
    };
    let error = pickler::encode(&known(12)).unwrap_err();
    assert_eq!(
        *error.kind(),
        ErrorKind::KnownTag {
            tag: 12,
            variant: "host_name".into()
        }
    );
    // It would end the options.
    assert!(pickler::encode(&known(255)).is_err());
    assert!(pickler::encode(&known(256)).is_err());
}

#[test]
fn the_description_of_a_keyed_record() {
    let schema = Schema::of::<DhcpOptions>();
    let Shape::Keyed(options) = schema.resolve(schema.root()) else {
        panic!("{schema:?}")
    };
    let KeyFormat::Pairs(pairs) = options.format else {
        panic!("{options:?}")
    };
    assert_eq!(
        (pairs.key, pairs.size),
        (Number::Bits(8), Some(Number::Bits(8)))
    );
    assert_eq!((pairs.terminator, pairs.pad), (Some(255), Some(0)));
    assert_eq!(options.unknown, Unknown::Kept("unknown".into()));
    let routers = options.field("routers").unwrap();
    assert_eq!((routers.key, routers.form), (3, Form::Bytes));
    assert_eq!(routers.occurs, Occurs::Required);
    assert_eq!(routers.doc, "Routers, in order of preference.");
    let lease_time = options.field("lease_time").unwrap();
    assert_eq!(lease_time.occurs, Occurs::Implicit);
    assert_eq!(lease_time.default, Some(3600_u32.into()));
}

/// Sixteen-bit keys and sizes in fixed order, each as often as it likes.
#[derive(Pickle, Debug, PartialEq)]
#[pickle(keyed(key = u16, size = u16, order = fixed), endian = little)]
struct Ordered {
    #[pickle(key = 1)]
    first: u32,
    #[pickle(key = 2, repeated)]
    names: Vec<ByteString>,
    #[pickle(key = 3)]
    last: Option<u16>,
}

#[test]
fn fixed_order_and_repeated_keys() {
    let value = Ordered {
        first: 1,
        names: vec!["a".into(), "bc".into()],
        last: Some(7),
    };
    let bytes = agree(&value);
    assert_eq!(
        bytes,
        [
            1, 0, 4, 0, 1, 0, 0, 0, 2, 0, 1, 0, b'a', 2, 0, 2, 0, b'b', b'c', 3, 0, 2, 0, 7, 0
        ]
    );
    let schema = Schema::of::<Ordered>();
    let swapped = [3, 0, 2, 0, 7, 0, 1, 0, 4, 0, 1, 0, 0, 0];
    let error = agree_on_bytes::<Ordered>(&schema, &swapped).unwrap_err();
    assert_eq!(*error.kind(), ErrorKind::KeyOutOfOrder { key: 1 });
    let unknown = [9, 0, 0, 0];
    let error = agree_on_bytes::<Ordered>(&schema, &unknown).unwrap_err();
    assert_eq!(*error.kind(), ErrorKind::UnknownTag { found: 9 });
}

/// RADIUS attributes: the length counts type and length, too.
#[derive(Pickle, Debug, PartialEq)]
#[pickle(keyed(key = u8, size = u8, size_counts = pair), unknown = ignore)]
struct Radius {
    #[pickle(key = 1)]
    user_name: ByteString,
    #[pickle(key = 5)]
    port: Option<u32>,
}

#[test]
fn a_size_that_counts_the_pair() {
    let value = Radius {
        user_name: "bob".into(),
        port: Some(3),
    };
    assert_eq!(agree(&value), b"\x01\x05bob\x05\x06\x00\x00\x00\x03");
    let schema = Schema::of::<Radius>();
    let ignored = b"\x09\x03!\x01\x05bob";
    assert!(agree_on_bytes::<Radius>(&schema, ignored).is_ok());
    let error = agree_on_bytes::<Radius>(&schema, b"\x01\x01bob").unwrap_err();
    assert_eq!(
        *error.kind(),
        ErrorKind::LengthTooSmall { found: 1, least: 2 }
    );
}

/// As many pairs as the count says, of values that tell their own end.
#[derive(Pickle, Debug, PartialEq)]
#[pickle(keyed(key = leb128, count = u8))]
struct Counted {
    #[pickle(key = 300)]
    #[pickle(count = u8)]
    name: String,
    #[pickle(key = 2)]
    #[pickle(bits = 12)]
    level: Option<u16>,
}

#[test]
fn pairs_behind_their_count() {
    let value = Counted {
        name: "x".into(),
        level: Some(0x123),
    };
    let bytes = agree(&value);
    assert_eq!(bytes, [2, 0xAC, 0x02, 1, b'x', 2, 0x12, 0x30]);
    let value = Counted {
        name: String::new(),
        level: None,
    };
    assert_eq!(agree(&value), [1, 0xAC, 0x02, 0]);
}
