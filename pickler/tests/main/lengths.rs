//! Lengths in front of tags, and lengths that are always the same.

use pickler::cursor::{Align, Fault, Order, Reader, Sink, Writer};
use pickler::framing::{Framed, LengthField};
use pickler::schema::{Describer, Schema, Shape};
use pickler::{ByteString, Pickle};

use crate::agreement::{agree, agree_on_bytes, agree_on_random};

/// The length first, then the tag.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(tag = u8, length = u16, length_first)]
enum LengthFirst {
    #[pickle(tag = 2)]
    Logout,
    #[pickle(tag = 35)]
    Id { id: u32 },
    #[pickle(other)]
    Unknown { tag: u8, body: ByteString },
}

#[test]
fn a_length_in_front_of_the_tag_counts_it() {
    assert_eq!(agree(&LengthFirst::Logout), [0, 1, 2]);
    assert_eq!(agree(&LengthFirst::Id { id: 1 }), [0, 5, 35, 0, 0, 0, 1]);
    let unknown = LengthFirst::Unknown {
        tag: 9,
        body: ByteString::from(vec![7]),
    };
    assert_eq!(agree(&unknown), [0, 2, 9, 7]);
    let schema = Schema::of::<LengthFirst>();
    for (bytes, error) in [
        (
            &[0][..],
            "LengthFirst: needs 2 bytes, 1 byte left, at byte 0",
        ),
        (
            &[0, 0],
            "LengthFirst: needs 1 byte, 0 bytes left, at byte 2",
        ),
        (
            &[0, 2, 2],
            "LengthFirst: needs 2 bytes, 1 byte left, at byte 2",
        ),
        (
            &[0, 2, 2, 0],
            "LengthFirst.Logout: 1 byte left over, at byte 3",
        ),
        (
            &[0, 4, 35, 0, 0, 0, 1],
            "LengthFirst.Id.id: needs 4 bytes, 3 bytes left, at byte 3",
        ),
    ] {
        let refusal = agree_on_bytes::<LengthFirst>(&schema, bytes).unwrap_err();
        assert_eq!(refusal.to_string(), error);
    }
    assert_eq!(LengthFirst::FRAMING.offset, 0);
    assert_eq!(LengthField::of_schema(&schema), Some(LengthFirst::FRAMING));
}

/// Little-endian, and the length counts itself.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(tag = u8, length = u32, length_first, length_counts = rest, endian = little)]
enum CountsItself {
    #[pickle(tag = 1)]
    One(u16),
}

#[test]
fn a_length_in_front_of_the_tag_may_count_itself() {
    assert_eq!(agree(&CountsItself::One(0x0102)), [7, 0, 0, 0, 1, 2, 1]);
    let schema = Schema::of::<CountsItself>();
    let refusal = agree_on_bytes::<CountsItself>(&schema, &[3, 0, 0, 0, 1, 2, 1]).unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "CountsItself: length 3 is below the least possible, 4, at byte 0"
    );
}

/// Some bodies are always as long, and so is their length.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(tag = u8, length = u16, length_counts = rest, endian = little)]
enum KnownSizes {
    #[pickle(tag = 1)]
    Empty,
    #[pickle(tag = 2)]
    Fixed { first: u16, second: u8 },
    #[pickle(tag = 3)]
    Varying(#[pickle(count = u8)] Vec<u8>),
}

#[test]
fn a_length_that_is_known_is_written_at_once() {
    assert_eq!(agree(&KnownSizes::Empty), [1, 2, 0]);
    let fixed = KnownSizes::Fixed {
        first: 0x0102,
        second: 3,
    };
    assert_eq!(agree(&fixed), [2, 5, 0, 2, 1, 3]);
    let varying = KnownSizes::Varying(vec![9]);
    assert_eq!(agree(&varying), [3, 4, 0, 1, 9]);
}

/// Only the body is counted.
#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(tag = u16, length = u8, length_counts = body)]
enum CountsBody {
    #[pickle(tag = 1)]
    Empty,
    #[pickle(tag = 2)]
    Fixed([u8; 3]),
    /// Too long for its length to say.
    #[pickle(tag = 3)]
    Varying(#[pickle(count = u16)] Vec<u8>),
}

/// A message in something that is no whole bytes.
#[derive(Pickle, Clone, Debug, PartialEq)]
struct InBits {
    #[pickle(bits = 8)]
    before: u16,
    message: CountsBody,
    #[pickle(bits = 3)]
    behind: u8,
}

#[test]
fn a_length_that_is_known_may_stand_between_bits() {
    assert_eq!(agree(&CountsBody::Empty), [0, 1, 0]);
    assert_eq!(agree(&CountsBody::Fixed([7, 8, 9])), [0, 2, 3, 7, 8, 9]);
    let in_bits = InBits {
        before: 5,
        message: CountsBody::Fixed([7, 8, 9]),
        behind: 1,
    };
    assert_eq!(agree(&in_bits), [5, 0, 2, 3, 7, 8, 9, 0b0010_0000]);
    let too_long = pickler::encode(&CountsBody::Varying(vec![0; 254])).unwrap_err();
    assert_eq!(
        too_long.to_string(),
        "CountsBody.Varying: 256 long, but its count can say 255 at most"
    );
}

/// Says that it is shorter than it is.
#[derive(Clone, Debug, PartialEq)]
struct Liar(u16);

impl<'de> Pickle<'de> for Liar {
    const NAME: &'static str = "Liar";
    const WIDTH: pickler::Width = pickler::Width::fixed(8);
    const WHOLE: bool = true;

    fn read<O: Order, A: Align>(r: &mut Reader<'de, O, A>) -> Result<Self, Fault> {
        u16::read(r).map(Self)
    }

    fn write<S: Sink, O: Order, A: Align>(&self, w: &mut Writer<S, O, A>) -> Result<(), Fault> {
        self.0.write(w)
    }

    fn describe(d: &mut Describer) -> Shape {
        u16::describe(d)
    }
}

#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(tag = u8, length = u8, length_counts = message)]
enum OfLiar {
    #[pickle(tag = 1)]
    Liar(Liar),
}

#[test]
fn a_width_is_only_a_hint_of_a_length() {
    assert_eq!(agree(&OfLiar::Liar(Liar(7))), [1, 4, 0, 7]);
}

/// A length of three bytes, as TLS has them.
#[derive(Pickle, Debug, PartialEq)]
#[pickle(tag = u8, length = bits(24))]
enum Wide {
    #[pickle(tag = 1)]
    Hello { version: u16 },
    #[pickle(tag = 2)]
    Bytes(#[pickle(rest)] ByteString),
}

#[derive(Pickle, Debug, PartialEq)]
#[pickle(tag = u16, length = bits(24), length_first, length_counts = message, endian = little)]
enum WideFirst {
    #[pickle(tag = 1)]
    Hello { version: u16 },
    #[pickle(other)]
    Other { tag: u16, body: ByteString },
}

#[test]
fn a_length_of_some_bits() {
    assert_eq!(agree(&Wide::Hello { version: 3 }), [1, 0, 0, 2, 0, 3]);
    let bytes = Wide::Bytes(ByteString::from(vec![7; 0x0001_0203]));
    assert_eq!(agree(&bytes)[..5], [2, 1, 2, 3, 7]);
    assert_eq!(
        agree(&WideFirst::Hello { version: 3 }),
        [7, 0, 0, 1, 0, 3, 0]
    );
    let schema = Schema::of::<Wide>();
    for (bytes, error) in [
        (
            &[1, 0, 0][..],
            "Wide.Hello: needs 3 bytes, 2 bytes left, at byte 1",
        ),
        (
            &[1, 0, 0, 3, 0, 3],
            "Wide.Hello: needs 3 bytes, 2 bytes left, at byte 4",
        ),
        (
            &[1, 0, 0, 1, 0],
            "Wide.Hello.version: needs 2 bytes, 1 byte left, at byte 4",
        ),
    ] {
        let refusal = agree_on_bytes::<Wide>(&schema, bytes).unwrap_err();
        assert_eq!(refusal.to_string(), error);
    }
    let long = Wide::Bytes(ByteString::from(vec![0; 1 << 24]));
    assert_eq!(
        pickler::encode(&long).unwrap_err().to_string(),
        "Wide.Bytes: 16777216 long, but its count can say 16777215 at most"
    );
    assert_eq!((Wide::FRAMING.offset, Wide::FRAMING.size), (1, 3));
    assert_eq!(LengthField::of_schema(&schema), Some(Wide::FRAMING));
    agree_on_random::<Wide>();
    agree_on_random::<WideFirst>();
}
