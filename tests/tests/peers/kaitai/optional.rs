//! Fields that are there if something holds.

use pickler::Pickle;

use crate::both::same;

#[test]
fn an_argument_that_the_opcode_decides() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Pair(u8, u8);
    #[derive(Pickle, Debug, PartialEq)]
    struct Text(#[pickle(count = u8)] String);
    #[derive(Pickle, Debug, PartialEq)]
    struct Operation {
        opcode: u8,
        #[pickle(if = opcode == 'T')]
        pair: Option<Pair>,
        #[pickle(if = opcode == 'S')]
        text: Option<Text>,
    }
    let text = |text: &str| Operation {
        opcode: b'S',
        pair: None,
        text: Some(Text(text.into())),
    };
    let pair = Operation {
        opcode: b'T',
        pair: Some(Pair(0x42, 0x43)),
        text: None,
    };
    same(b"S\x03fooTBCS\x03bar", &(text("foo"), pair, text("bar")));
}

#[test]
fn the_same_as_a_union() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(tag = u8)]
    enum Operation {
        #[pickle(tag = 0x54)]
        Pair(u8, u8),
        #[pickle(tag = 0x53)]
        Text(#[pickle(count = u8)] String),
    }
    let text = |text: &str| Operation::Text(text.into());
    let pair = Operation::Pair(0x42, 0x43);
    same(b"S\x03fooTBCS\x03bar", &(text("foo"), pair, text("bar")));
}
