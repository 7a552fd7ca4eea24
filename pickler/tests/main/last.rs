//! Lists that end with an item that says so.

use std::fmt::Debug;

use pickler::schema::{Count, Schema, Shape};
use pickler::{ErrorKind, Pickle, PickleOwned, dynamic};

use crate::agreement::{agree, agree_on_bytes, agree_on_random};

fn bytes<T: PickleOwned + Debug + PartialEq>(value: T, bytes: &[u8]) {
    assert_eq!(agree(&value), bytes, "{value:?}");
}

fn write_error<T: PickleOwned + Debug>(value: &T) -> String {
    pickler::encode(value).unwrap_err().to_string()
}

#[derive(Pickle, Clone, Debug, PartialEq)]
struct Block {
    #[pickle(bits = 1)]
    more: bool,
    #[pickle(bits = 15)]
    size: u16,
}

#[derive(Pickle, Debug, PartialEq)]
struct Blocks {
    #[pickle(last = item.more == false)]
    blocks: Vec<Block>,
    behind: u8,
}

fn block(more: bool, size: u16) -> Block {
    Block { more, size }
}

#[test]
fn a_field_of_the_item_says_that_more_come() {
    let blocks = |blocks| Blocks { blocks, behind: 9 };
    bytes(
        blocks(vec![block(true, 1), block(true, 2), block(false, 3)]),
        &[0x80, 1, 0x80, 2, 0, 3, 9],
    );
    bytes(blocks(vec![block(false, 0)]), &[0, 0, 9]);
    assert_eq!(
        write_error(&blocks(vec![block(false, 1), block(false, 2)])),
        "Blocks.blocks: unit 0 would end it"
    );
    let open = "Blocks.blocks: `item.more == false` does not hold, at byte 0";
    assert_eq!(write_error(&blocks(vec![block(true, 1)])), open);
    assert_eq!(write_error(&blocks(Vec::new())), open);
    agree_on_random::<Blocks>();
}

#[test]
fn what_does_not_end() {
    let schema = Schema::of::<Blocks>();
    let error = agree_on_bytes::<Blocks>(&schema, &[0x80, 1, 0x80]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Blocks.blocks[1].size: needs 15 bits, 7 bits left, at byte 2 bit 1"
    );
}

#[test]
fn the_item_itself() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Labels {
        end: u16,
        #[pickle(endian = little, last = item == end)]
        labels: Vec<u16>,
    }
    let labels = |end, labels| Labels { end, labels };
    bytes(labels(5, vec![1, 5]), &[0, 5, 1, 0, 5, 0]);
    bytes(labels(0, vec![0]), &[0, 0, 0, 0]);
    assert_eq!(
        write_error(&labels(0, vec![1])),
        "Labels.labels: `item == end` does not hold, at byte 2"
    );
    agree_on_random::<Labels>();

    // A tuple has no names, but an item has.
    #[derive(Pickle, Debug, PartialEq)]
    struct Flags(#[pickle(last = item)] Vec<bool>, u8);
    bytes(Flags(vec![false, false, true], 7), &[0, 0, 1, 7]);
    agree_on_random::<Flags>();
}

#[test]
fn items_with_attributes() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Parts {
        #[pickle(bits = 4)]
        first: u8,
        #[pickle(last = item >= 8, item(bits = 4))]
        digits: Vec<u8>,
        #[pickle(last = item.more == false, size = u8, leftover = ignore)]
        blocks: Vec<Block>,
    }
    let parts = Parts {
        first: 0xA,
        digits: vec![1, 7, 8],
        blocks: vec![block(false, 5)],
    };
    bytes(parts, &[0xA1, 0x78, 2, 0, 5]);
    agree_on_random::<Parts>();
}

#[test]
fn a_tag_of_the_item() {
    #[derive(Pickle, Clone, Debug, PartialEq)]
    #[pickle(tag = u8)]
    enum Option {
        End,
        Size(u16),
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Options {
        #[pickle(last = tag(item) == 0)]
        options: Vec<Option>,
    }
    let options = vec![Option::Size(3), Option::End];
    bytes(Options { options }, &[1, 0, 3, 0]);
    agree_on_random::<Options>();
}

#[test]
fn an_expression_without_a_value() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Quotients {
        #[pickle(last = 6 / item == 2)]
        items: Vec<u8>,
    }
    bytes(Quotients { items: vec![6, 3] }, &[6, 3]);
    let schema = Schema::of::<Quotients>();
    let error = agree_on_bytes::<Quotients>(&schema, &[6, 0]).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::NoValue { .. }));
    assert_eq!(error.bit_offset(), 8);
}

#[test]
fn items_that_take_no_room_come_to_an_end() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Nothing {}
    #[derive(Pickle, Debug, PartialEq)]
    struct Endless {
        zero: u8,
        #[pickle(last = zero == 1, item())]
        items: Vec<Nothing>,
    }
    let schema = Schema::of::<Endless>();
    let error = agree_on_bytes::<Endless>(&schema, &[0]).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::TooManyEmptyItems { .. }));
    let one = agree_on_bytes::<Endless>(&schema, &[1]).unwrap();
    assert_eq!(one.items.len(), 1);
}

#[test]
fn what_a_description_says() {
    let schema = Schema::of::<Blocks>();
    let Shape::Record(record) = schema.resolve(schema.root()) else {
        panic!("it is a record")
    };
    let Shape::List { count, .. } = &record.fields[0].shape else {
        panic!("it is a list")
    };
    let last = "item.more == false".parse().unwrap();
    assert_eq!(*count, Count::Last(last));
    let value = dynamic::decode(&schema, &[0, 3, 9]).unwrap();
    assert_eq!(dynamic::encode(&schema, &value).unwrap(), [0, 3, 9]);
}
