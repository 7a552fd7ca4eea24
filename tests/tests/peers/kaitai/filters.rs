//! Bytes that go through a filter: `process` of Kaitai Struct.

use pickler::{ByteString, Pickle};

use crate::both::{hex, reads, same, same_to_the_end};

#[test]
fn a_key_of_one_byte() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Constant {
        key: u8,
        #[pickle(xor = 0xFF)]
        data: ByteString,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Keyed {
        key: u8,
        #[pickle(xor = key)]
        data: ByteString,
    }
    let bytes = hex("ff999090df9d9e8d");
    let (key, data) = (0xFF, || "foo bar".into());
    same_to_the_end(&bytes, &Constant { key, data: data() });
    same_to_the_end(&bytes, &Keyed { key, data: data() });
}

#[test]
fn a_key_of_four_bytes() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Constant {
        key: [u8; 4],
        #[pickle(xor = [0xEC, 0xBB, 0xA3, 0x14])]
        data: ByteString,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Keyed {
        key: u32,
        #[pickle(xor = [key >> 24, key >> 16 & 0xFF, key >> 8 & 0xFF, key & 0xFF])]
        data: ByteString,
    }
    let bytes = hex("ecbba3148ad4cc348edad1");
    let data = || "foo bar".into();
    let key = [0xEC, 0xBB, 0xA3, 0x14];
    same_to_the_end(&bytes, &Constant { key, data: data() });
    let key = u32::from_be_bytes(key);
    same_to_the_end(&bytes, &Keyed { key, data: data() });
}

#[test]
fn bits_rotated() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Rotated {
        #[pickle(size = 5, rotate_left = 3)]
        first: String,
        #[pickle(size = 5, rotate_right = 3)]
        second: String,
        key: u8,
        #[pickle(size = 5, rotate_left = key)]
        third: String,
    }
    let value = Rotated {
        first: "Hello".into(),
        second: "World".into(),
        key: 1,
        third: "There".into(),
    };
    same(&hex("09ac8d8dedba7b936323012a34b239b2"), &value);
}

#[test]
fn a_record_behind_a_filter() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Text(#[pickle(rest)] String);
    #[derive(Pickle, Debug, PartialEq)]
    struct Filtered(#[pickle(size = 5, rotate_left = 3)] Text);
    same(&hex("09ac8d8ded"), &Filtered(Text("Hello".into())));

    #[derive(Pickle, Debug, PartialEq)]
    struct Dummy(u8);
    #[derive(Pickle, Debug, PartialEq)]
    struct Hidden(#[pickle(size = 1, xor = 0b0000_0011)] Dummy);
    same(b"f", &Hidden(Dummy(0x65)));
}

#[test]
fn each_item_behind_a_filter() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Texts(#[pickle(count = 2, item(size = 5, xor = 0x9E))] Vec<ByteString>);
    let bytes = hex("ecbba3148ad4cc348eda");
    let texts = ["72253d8a14", "4a52aa1044"].map(|text| hex(text).into());
    same(&bytes, &Texts(texts.into()));

    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Block {
        a: i32,
        b: i8,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Blocks(#[pickle(item(size = 5, xor = 0x9E))] [Block; 2]);
    let first = Block {
        a: -1_975_704_206,
        b: 0x14,
    };
    let second = Block {
        a: 0x10AA_524A,
        b: 0x44,
    };
    same(&bytes, &Blocks([first, second]));
}

#[test]
fn a_filter_if_a_flag_says_so() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Foo(u32);
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(tag = u8)]
    enum Record {
        Plain(#[pickle(size = 4)] Foo),
        Filtered(#[pickle(size = 4, xor = 0xAA)] Foo),
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Records([Record; 2]);
    let records = [
        Record::Plain(Foo(0x4141_4141)),
        Record::Filtered(Foo(0x4242_4242)),
    ];
    same(&hex("004141414101e8e8e8e8"), &Records(records));

    #[derive(Pickle, Debug, PartialEq)]
    struct Flagged {
        flag: u8,
        #[pickle(if = flag == 0, size = 4)]
        plain: Option<ByteString>,
        #[pickle(if = flag != 0, size = 4, xor = 0xAA)]
        filtered: Option<ByteString>,
    }
    let plain = Flagged {
        flag: 0,
        plain: Some("AAAA".into()),
        filtered: None,
    };
    let filtered = Flagged {
        flag: 1,
        plain: None,
        filtered: Some("BBBB".into()),
    };
    same(&hex("004141414101e8e8e8e8"), &(plain, filtered));
}

#[test]
fn a_filter_of_a_body_of_several_kinds() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(context(kind: u8), tag = kind)]
    enum Body {
        #[pickle(tag = 0)]
        Bar([u8; 4]),
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Switched {
        kind: u8,
        flag: u8,
        #[pickle(if = flag == 0, size = 4, given(kind))]
        plain: Option<Body>,
        #[pickle(if = flag != 0, size = 4, xor = 0xAA, given(kind))]
        filtered: Option<Body>,
    }
    let value = Switched {
        kind: 0,
        flag: 0,
        plain: Some(Body::Bar(*b"AAAA")),
        filtered: None,
    };
    same(&hex("000041414141"), &value);
    let value = Switched {
        kind: 0,
        flag: 1,
        plain: None,
        filtered: Some(Body::Bar(*b"BBBB")),
    };
    same(&hex("0001e8e8e8e8"), &value);
}

#[test]
fn padding_and_terminators_are_not_filtered() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Texts {
        #[pickle(size = 20, pad = b'@', xor = 0x15)]
        padded: ByteString,
        #[pickle(size = 20, pad = b'+')]
        ended: Ended,
        #[pickle(size = 20, pad = b'.')]
        included: Included,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Ended(#[pickle(size = until(b'@'), xor = 0x15)] ByteString);
    #[derive(Pickle, Debug, PartialEq)]
    struct Included(#[pickle(size = through(b'@'), xor = 0x15)] ByteString);
    let value = Texts {
        padded: "fag$".into(),
        ended: Ended("fag>>>&wtg>>>".into()),
        included: Included("fag!wtoU".into()),
    };
    let bytes = b"str1@@@@@@@@@@@@@@@@str+++3bar+++@++++++str4baz@............";
    same(bytes, &value);
}

#[test]
fn keys_of_each_piece() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Block(u16, u8);
    #[derive(Pickle, Debug, PartialEq)]
    struct Blocks {
        #[pickle(size = 3, rotate_left = 3)]
        first: Block,
        #[pickle(size = 3, rotate_left = 2)]
        second: Block,
        #[pickle(size = 3, rotate_right = 3)]
        third: Block,
        #[pickle(size = 3, rotate_right = 2)]
        fourth: Block,
        #[pickle(size = 3, rotate_right = 1)]
        fifth: Block,
        last: u8,
    }
    let value = Blocks {
        first: Block(0x6548, 0x6C),
        second: Block(0xB736, 0xEA),
        third: Block(0x726F, 0x6C),
        fourth: Block(0x40C8, 0x8A),
        fifth: Block(0x591A, 0x9C),
        last: 0xB2,
    };
    same(&hex("09ac8d8dedba7b936323012a34b239b2"), &value);
}

#[test]
fn compressed_pieces() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Surrounded {
        pre: [u8; 4],
        #[pickle(size = 12, compression = zlib)]
        inflated: Inflated,
        post: [u8; 4],
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Inflated {
        number: i32,
    }
    let value = Surrounded {
        pre: [0; 4],
        inflated: Inflated { number: -1 },
        post: [0; 4],
    };
    same(&hex("00000000789cfbffffff7f0009fa03fd00000000"), &value);

    #[derive(Pickle, Debug, PartialEq)]
    struct Whole(#[pickle(compression = zlib)] ByteString);
    let bytes = hex("789c4b54282ccd4cce56482aca2fcf5348cbaf50c82acd2d2856c82f4b2d020094bd0a7f");
    reads(&bytes, &Whole("a quick brown fox jumps over".into()));
}
