//! Least significant bit first, little-endian: bit fields over byte boundaries.

use pickler::{ErrorKind, Pickle};

use crate::both::{hex, refused, same};

#[test]
fn frame_control_of_80211() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(bits = 2)]
    enum Kind {
        Management,
        Control,
        Data,
    }
    #[derive(Pickle, Debug, PartialEq, Default)]
    struct Flags {
        to_ds: Bit,
        from_ds: Bit,
        more_fragments: Bit,
        retry: Bit,
        power_management: Bit,
        more_data: Bit,
        protected: Bit,
        order: Bit,
    }
    #[derive(Pickle, Debug, PartialEq, Default)]
    struct Bit(#[pickle(bits = 1)] bool);
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(bit_order = lsb)]
    struct FrameControl {
        #[pickle(bits = 4)]
        sub_type: u8,
        #[pickle(bits = 2)]
        version: u8,
        kind: Kind,
        flags: Flags,
    }
    let value = FrameControl {
        sub_type: 8,
        version: 0,
        kind: Kind::Data,
        flags: Flags {
            to_ds: Bit(true),
            protected: Bit(true),
            ..Flags::default()
        },
    };
    same(&[0x88, 0x41], &value);
    let error = refused::<FrameControl>(&[0xC8, 0x41]);
    assert_eq!(error.kind(), &ErrorKind::UnknownTag { found: 3 });
}

#[test]
fn fields_over_a_byte_boundary() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(bit_order = lsb)]
    struct Fields {
        #[pickle(bits = 1)]
        one: u8,
        #[pickle(bits = 2)]
        two: u8,
        #[pickle(bits = 4)]
        three: u8,
        #[pickle(bits = 3)]
        four: u8,
        #[pickle(bits = 6)]
        five: u8,
    }
    let value = Fields {
        one: 1,
        two: 0,
        three: 15,
        four: 0,
        five: 63,
    };
    same(&[0b0111_1001, 0b1111_1100], &value);
}

#[derive(Pickle, Debug, PartialEq)]
#[pickle(endian = little, bit_order = lsb)]
struct Inode {
    #[pickle(bits = 4)]
    kind: u8,
    #[pickle(bits = 12)]
    mode: u16,
    uid: u8,
    guid: u8,
    modified: u32,
    number: u32,
}

fn inode() -> Inode {
    Inode {
        kind: 1,
        mode: 0x123,
        uid: 4,
        guid: 5,
        modified: 6,
        number: 7,
    }
}

#[test]
fn inode_of_squashfs() {
    same(&hex("311204050600000007000000"), &inode());
}

#[test]
fn inode_between_records_of_the_other_bit_order() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Surrounded {
        one: u8,
        inode: Inode,
        two: u8,
        #[pickle(bits = 4)]
        three: u8,
        #[pickle(bits = 4)]
        four: u8,
    }
    let value = Surrounded {
        one: 0xFF,
        inode: inode(),
        two: 0xFF,
        three: 0,
        four: 15,
    };
    same(&hex("ff311204050600000007000000ff0f"), &value);
}

#[test]
fn two_enumerations_in_a_byte() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(bits = 4)]
    enum Choice {
        Empty = 0,
        Full = 15,
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(bit_order = lsb)]
    struct Choices {
        right: Choice,
        left: Choice,
    }
    let (right, left) = (Choice::Empty, Choice::Full);
    same(&[0xF0], &Choices { right, left });
}

#[test]
fn the_longer_field_first() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little, bit_order = lsb)]
    struct Fragment {
        #[pickle(bits = 13)]
        offset: u16,
        #[pickle(bits = 3)]
        kind: u8,
    }
    let (offset, kind) = (0x40, 2);
    same(&[0x40, 0x40], &Fragment { offset, kind });

    #[derive(Pickle, Debug, PartialEq)]
    struct ByField {
        #[pickle(bits = 13, endian = little, bit_order = lsb)]
        offset: u16,
        #[pickle(bits = 3, bit_order = lsb)]
        kind: u8,
    }
    same(&[0x40, 0x40], &ByField { offset, kind });
}

#[test]
fn ten_fields_none_of_which_ends_on_a_byte() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little, bit_order = lsb)]
    struct Ten {
        #[pickle(bits = 4)]
        a: u16,
        #[pickle(bits = 11)]
        b: u16,
        #[pickle(bits = 13)]
        c: u16,
        #[pickle(bits = 10)]
        d: u16,
        #[pickle(bits = 8)]
        e: u16,
        #[pickle(bits = 9)]
        f: u16,
        #[pickle(bits = 9)]
        g: u16,
        #[pickle(bits = 8)]
        h: u16,
        #[pickle(bits = 7)]
        i: u16,
        #[pickle(bits = 9)]
        j: u16,
    }
    let value = Ten {
        a: 11,
        b: 1848,
        c: 6073,
        d: 327,
        e: 226,
        f: 96,
        g: 133,
        h: 120,
        i: 56,
        j: 189,
    };
    same(&hex("8bf3dc7b9438984278b85e"), &value);
}

#[test]
fn one_word_in_three_ways() {
    let bytes = [0xAD, 0xDC, 0x32, 0xF1];

    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little, bit_order = lsb)]
    struct Middle {
        #[pickle(bits = 1)]
        a: u8,
        #[pickle(bits = 1)]
        b: u8,
        #[pickle(bits = 1)]
        c: u8,
        #[pickle(bits = 27)]
        d: u32,
        #[pickle(bits = 2)]
        e: u8,
    }
    let value = Middle {
        a: 1,
        b: 0,
        c: 1,
        d: 0x0626_5B95,
        e: 3,
    };
    same(&bytes, &value);

    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little, bit_order = lsb)]
    struct Left {
        #[pickle(bits = 27)]
        a: u32,
        #[pickle(bits = 5)]
        b: u8,
    }
    let (a, b) = (0x0132_DCAD, 0x1E);
    same(&bytes, &Left { a, b });

    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little, bit_order = lsb)]
    struct Mixed {
        #[pickle(bits = 16)]
        a: u16,
        #[pickle(bits = 1)]
        b: u8,
        #[pickle(bits = 2)]
        c: u8,
        #[pickle(bits = 4)]
        d: u8,
        #[pickle(bits = 6)]
        e: u8,
        #[pickle(bits = 3)]
        f: u8,
    }
    let value = Mixed {
        a: 0xDCAD,
        b: 0,
        c: 1,
        d: 6,
        e: 0x22,
        f: 7,
    };
    same(&bytes, &value);
}

#[test]
fn twenty_and_twelve_bits() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little, bit_order = lsb)]
    struct Header {
        #[pickle(bits = 20)]
        foo: u32,
        #[pickle(bits = 12)]
        bar: u32,
    }
    let (foo, bar) = (0xABC, 0xDEF);
    same(b"\xbc\x0a\xf0\xde", &Header { foo, bar });
    let (foo, bar) = (1 << 20, 0);
    let error = pickler::encode(&Header { foo, bar }).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::OutOfRange { .. }));
}

#[test]
fn directory_of_squashfs() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little, bit_order = lsb)]
    struct Directory {
        #[pickle(bits = 19)]
        file_size: u32,
        #[pickle(bits = 13)]
        offset: u16,
    }
    let (file_size, offset) = (38, 44);
    // 44 << 19 | 38
    same(&hex("26006001"), &Directory { file_size, offset });
}

#[test]
fn a_record_that_ends_within_a_byte() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little, bit_order = lsb)]
    struct Value {
        #[pickle(bits = 1)]
        present: bool,
        #[pickle(bits = 24)]
        value: u32,
    }
    let (present, value) = (true, 255);
    same(&[0xFF, 1, 0, 0], &Value { present, value });
}
