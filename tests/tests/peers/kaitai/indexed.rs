//! Items that depend on their number: `_index` of Kaitai Struct, and items of
//! earlier lists.

use pickler::{ByteString, ErrorKind, Pickle};

use crate::both::{hex, refused, same, same_to_the_end};

/// Three sizes, and as many texts.
const SIZES: &str = "0300000001000000080000000400000041424242424242424243434343";

#[test]
fn texts_of_sizes_from_a_list() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Sized {
        quantity: u32,
        #[pickle(count = quantity)]
        sizes: Vec<u32>,
        #[pickle(count = quantity, item(size = sizes[index], encoding = ascii))]
        texts: Vec<String>,
    }
    let value = Sized {
        quantity: 3,
        sizes: vec![1, 8, 4],
        texts: ["A", "BBBBBBBB", "CCCC"].map(Into::into).into(),
    };
    same(&hex(SIZES), &value);
    // There is no second size.
    let error = refused::<Sized>(&hex("010000000200000041"));
    assert!(
        matches!(error.kind(), ErrorKind::UnexpectedEnd { .. }),
        "{error}"
    );
}

#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(context(size: u32))]
struct Block {
    #[pickle(size = size, encoding = ascii)]
    text: String,
}

fn blocks() -> Vec<Block> {
    let texts = ["A", "BBBBBBBB", "CCCC"].map(String::from);
    texts.map(|text| Block { text }).into()
}

#[test]
fn the_number_decides_what_a_type_is_given() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct SoMany {
        quantity: u32,
        #[pickle(count = quantity)]
        sizes: Vec<u32>,
        #[pickle(count = quantity, item(given(size = sizes[index])))]
        blocks: Vec<Block>,
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct ToTheEnd {
        quantity: u32,
        #[pickle(count = quantity)]
        sizes: Vec<u32>,
        #[pickle(rest, item(given(size = sizes[index])))]
        blocks: Vec<Block>,
    }
    let (quantity, sizes, blocks) = (3, || vec![1, 8, 4], blocks);
    let bytes = hex(SIZES);
    same(
        &bytes,
        &SoMany {
            quantity,
            sizes: sizes(),
            blocks: blocks(),
        },
    );
    same_to_the_end(
        &bytes,
        &ToTheEnd {
            quantity,
            sizes: sizes(),
            blocks: blocks(),
        },
    );
}

#[test]
fn a_tag_for_each_item() {
    #[derive(Pickle, Clone, Debug, PartialEq)]
    #[pickle(context(code: u8), tag = code)]
    enum Body {
        #[pickle(tag = 1 | 2)]
        One {
            #[pickle(tag)]
            code: u8,
            #[pickle(rest)]
            first: ByteString,
        },
        #[pickle(tag = 7)]
        Two {
            #[pickle(rest)]
            second: ByteString,
        },
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Bodies {
        codes: [u8; 3],
        #[pickle(item(size = 4, given(code = codes[index])))]
        bodies: [Body; 3],
    }
    let one = |code, first| Body::One {
        code,
        first: hex(first).into(),
    };
    let value = Bodies {
        codes: [1, 7, 2],
        bodies: [
            one(1, "40400437"),
            Body::Two {
                second: hex("13000008").into(),
            },
            one(2, "37130000"),
        ],
    };
    same(&hex("010702404004371300000837130000"), &value);
}

#[test]
fn a_tag_for_each_item_that_may_be_unknown() {
    #[derive(Pickle, Clone, Debug, PartialEq)]
    #[pickle(context(code: u8), tag = code)]
    enum Body {
        #[pickle(tag = 1)]
        One {
            #[pickle(rest)]
            first: ByteString,
        },
        #[pickle(tag = 2)]
        Two {
            #[pickle(rest)]
            second: ByteString,
        },
        #[pickle(other)]
        Other { code: u8, body: ByteString },
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Bodies {
        codes: [u8; 3],
        #[pickle(item(size = 4, given(code = codes[index])))]
        bodies: [Body; 3],
    }
    let value = Bodies {
        codes: [1, 7, 2],
        bodies: [
            Body::One {
                first: hex("40400437").into(),
            },
            Body::Other {
                code: 7,
                body: hex("13000008").into(),
            },
            Body::Two {
                second: hex("37130000").into(),
            },
        ],
    };
    same(&hex("010702404004371300000837130000"), &value);
}

#[test]
fn a_size_by_the_number_of_items_before() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Cats {
        #[pickle(count = 3, item(size = 3 - index))]
        cats: Vec<ByteString>,
    }
    let cats = ["foo", "|b", "a"].map(ByteString::from).into();
    same(b"foo|ba", &Cats { cats });
}

#[test]
fn items_by_the_value_of_a_field() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little, assert = bytes[key] == 0xFD && items[key] == -3)]
    struct Items {
        key: u64,
        skip: [u8; 8],
        #[pickle(size = 8, xor = key)]
        bytes: ByteString,
        items: [i8; 4],
    }
    let bytes = hex("0300000000000000ffffffff04000000fffffffe0a000000fffffffd");
    let value = Items {
        key: 3,
        skip: [0xFF, 0xFF, 0xFF, 0xFF, 4, 0, 0, 0],
        bytes: hex("fcfcfcfd09030303").into(),
        items: [-1, -1, -1, -3],
    };
    same(&bytes, &value);
    let mut past = bytes;
    past[0] = 8;
    let error = refused::<Items>(&past);
    assert!(
        matches!(error.kind(), ErrorKind::Unsatisfied { .. }),
        "{error}"
    );
}
