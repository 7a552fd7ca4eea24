//! Where messages end that only a description is known of.

use pickler::framing::{Cut, CutError, FramingError, MessageFraming, TagField};
use pickler::schema::Schema;
use pickler::{ByteString, Derived, ErrorKind, Pickle, PickleOwned};

fn framing<T: PickleOwned>() -> MessageFraming {
    MessageFraming::of_schema(&Schema::of::<T>()).expect("its messages end")
}

/// Of each start of a message something is needed that the message has, and its end
/// is found whatever stands behind.
#[track_caller]
fn assert_ends(framing: &MessageFraming, message: &[u8]) {
    for there in 0..message.len() {
        match framing.cut(&message[..there]) {
            Ok(Cut::Need(needed)) => {
                assert!(
                    (there + 1..=message.len()).contains(&needed),
                    "{there}: {needed}"
                );
            }
            other => panic!("{there}: {other:?}"),
        }
    }
    for behind in [&[][..], &[0], &[255; 9]] {
        let stream = [message, behind].concat();
        assert_eq!(framing.cut(&stream), Ok(Cut::Frame(message.len())));
    }
}

/// The same where so many bytes tell how long a message is, whatever it holds.
#[track_caller]
fn assert_ends_by_header<T: PickleOwned>(header: usize, message: &[u8]) {
    let framing = framing::<T>();
    assert_eq!(framing.header(), Some(header));
    assert_ends(&framing, message);
    let mut noise = message.to_vec();
    noise[header..].fill(0xFF);
    assert_eq!(framing.cut(&noise), Ok(Cut::Frame(message.len())));
}

#[derive(Pickle)]
#[pickle(endian = little)]
struct Whole {
    version: u8,
    #[pickle(derived = sizeof(self))]
    length: Derived<u16>,
    #[pickle(count = length - 3)]
    text: String,
}

#[derive(Pickle)]
struct Body {
    marker: [u8; 2],
    #[pickle(derived = sizeof(text))]
    length: Derived<u8>,
    kind: u8,
    #[pickle(count = length)]
    text: String,
    checksum: u32,
}

#[derive(Pickle)]
#[pickle(tag = u16, length = u8, length_first, endian = little)]
enum Union {
    #[pickle(tag = 0x0102)]
    Say {
        #[pickle(rest)]
        text: String,
    },
}

#[test]
fn a_length_at_a_fixed_place_is_all_that_is_read() {
    assert_ends_by_header::<Whole>(3, &[1, 5, 0, b'h', b'i']);
    assert_ends_by_header::<Body>(3, &[7, 7, 2, 1, b'h', b'i', 0, 0, 0, 9]);
    assert_ends_by_header::<Union>(1, &[4, 2, 1, b'h', b'i']);
    let short = FramingError::TooShort {
        length: 2,
        header: 3,
    };
    assert_eq!(framing::<Whole>().cut(&[1, 2, 0]), Err(short.into()));
}

#[derive(Pickle)]
struct Varint {
    #[pickle(count = leb128(u32))]
    text: String,
    #[pickle(flag, item(count = u8))]
    more: Option<Vec<u16>>,
}

#[derive(Pickle)]
struct Line(#[pickle(terminator = b"\r\n")] ByteString);

#[derive(Pickle)]
#[pickle(tag = u8)]
enum Tree {
    Leaf(u8),
    Node(Box<Self>, Box<Self>),
}

#[test]
fn else_messages_are_read() {
    assert_eq!(framing::<Varint>().header(), None);
    let long = [&[0x82, 1][..], &[b'x'; 130], &[1, 2, 0, 1, 0, 2]].concat();
    assert_ends(&framing::<Varint>(), &long);
    assert_ends(&framing::<Varint>(), &[1, b'x', 0]);
    assert_ends(&framing::<Line>(), b"hi\r\r\n");
    assert_ends(&framing::<Tree>(), &[1, 0, 7, 1, 0, 8, 0, 9]);
    let error = framing::<Tree>().cut(&[1, 2]).unwrap_err();
    assert!(
        matches!(&error, CutError::Content(it) if *it.kind() == ErrorKind::UnknownTag { found: 2 })
    );
    assert_eq!(framing::<()>().cut(&[1]), Err(CutError::Empty));
}

#[derive(Pickle)]
struct Rest {
    kind: u8,
    #[pickle(rest)]
    text: String,
}

#[test]
fn what_goes_on_to_the_end_of_the_stream_has_no_framing() {
    let schema = Schema::of::<Rest>();
    assert!(MessageFraming::of_schema(&schema).is_none());
    let framing = MessageFraming::by_content(&schema);
    assert_eq!(framing.cut(&[1, b'x']), Ok(Cut::Need(3)));
}

#[test]
fn a_message_past_the_limit_is_refused_as_soon_as_that_is_seen() {
    let refused =
        |framing: &MessageFraming, bytes: &[u8]| framing.cut(bytes).unwrap_err().to_string();
    let line = framing::<Varint>().with_max(5);
    assert_eq!(line.cut(&[3, 1, 2, 3, 0]), Ok(Cut::Frame(5)));
    let words = "takes 6 bytes or more, 5 are accepted at most";
    assert_eq!(refused(&line, &[5]), words);
    assert_eq!(refused(&line, &[4, 1, 2, 3, 4, 0]), words);
    let body = framing::<Body>().with_max(10);
    assert_eq!(body.cut(&[7, 7, 2]), Ok(Cut::Need(10)));
    assert_eq!(
        refused(&body, &[7, 7, 3]),
        "a message of 11 bytes; 10 are accepted at most"
    );
}

#[derive(Pickle)]
#[pickle(tag = [u8; 2], length = u8)]
enum Named {
    #[pickle(tag = b"HI")]
    Hi,
}

#[test]
fn tags_at_a_fixed_place() {
    let tag = TagField::of_schema(&Schema::of::<Union>()).unwrap();
    assert_eq!((tag.offset, tag.size), (1, 2));
    assert_eq!(tag.of_frame(&[4, 2, 1]), Some(0x0102));
    assert_eq!(tag.of_frame(&[4, 2]), None);
    let named = TagField::of_schema(&Schema::of::<Named>()).unwrap();
    assert_eq!(named.of_frame(b"HI\0"), Some(0x4849));
    assert_eq!(TagField::of_schema(&Schema::of::<Body>()), None);
}

/// What it says of its size does not count what stands elsewhere.
#[derive(Pickle)]
struct Apart {
    #[pickle(derived = sizeof(self))]
    size: Derived<u8>,
    offset: u8,
    #[pickle(count = 2, at = offset)]
    data: Vec<u8>,
}

#[test]
fn a_message_with_parts_elsewhere_ends_behind_them() {
    assert_ends(&framing::<Apart>(), &[2, 2, 0xAA, 0xBB]);
    assert_eq!(framing::<Apart>().header(), None);
}
