//! Lengths in front of tags.

use pickler::framing::{Framed, LengthField};
use pickler::schema::Schema;
use pickler::{ByteString, Pickle};

use crate::agreement::{agree, agree_on_bytes};

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
