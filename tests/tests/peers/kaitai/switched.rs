//! Bodies that a code decides: integers, texts, bytes, expressions.

use pickler::{ByteString, Pickle};

use crate::both::{hex, same, same_to_the_end};

#[test]
fn a_text_as_a_code() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(tag = [u8; 1])]
    enum Operation {
        #[pickle(tag = b"I")]
        Integer(u8),
        #[pickle(tag = b"S")]
        Text(#[pickle(terminator = 0, encoding = ascii)] String),
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Operations(#[pickle(rest)] Vec<Operation>);
    let text = |text: &str| Operation::Text(text.into());
    let operations = vec![
        text("foobar"),
        Operation::Integer(0x42),
        Operation::Integer(0x37),
        text(""),
    ];
    same_to_the_end(
        &hex("53666f6f62617200494249375300"),
        &Operations(operations),
    );
}

#[test]
fn a_body_of_all_other_codes() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(tag = u8, endian = little)]
    enum Operation {
        #[pickle(tag = b'I')]
        Integer(u8),
        #[pickle(tag = b'S')]
        Text(#[pickle(terminator = 0, encoding = ascii)] String),
        #[pickle(tag = _)]
        None {
            #[pickle(tag)]
            code: u8,
            filler: u32,
        },
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Operations(#[pickle(rest)] Vec<Operation>);
    let operations = vec![
        Operation::Text("foo".into()),
        Operation::None {
            code: b'X',
            filler: 0x42,
        },
        Operation::None {
            code: b'Y',
            filler: 0xCAFE,
        },
        Operation::Integer(7),
    ];
    let bytes = hex("53666f6f00584200000059feca00004907");
    same_to_the_end(&bytes, &Operations(operations));
}

#[test]
fn no_body_of_an_unknown_code() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(tag = u8)]
    enum Operation {
        #[pickle(tag = 73)]
        Integer(u8),
        #[pickle(tag = 83)]
        Text(#[pickle(terminator = 0, encoding = ascii)] String),
        #[pickle(tag = 1)]
        Foo,
        #[pickle(tag = _)]
        Unknown(#[pickle(tag)] u8),
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Operations(#[pickle(rest)] Vec<Operation>);
    let operations = vec![Operation::Unknown(255), Operation::Foo];
    same_to_the_end(&[0xFF, 1], &Operations(operations));
}

#[test]
fn a_body_whatever_the_code() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Data([u8; 4]);
    #[derive(Pickle, Debug, PartialEq)]
    struct ElseOnly {
        opcode: i8,
        byte: i8,
        indicator: [u8; 4],
        data: Data,
    }
    let value = ElseOnly {
        opcode: 0x53,
        byte: 0x66,
        indicator: *b"ooba",
        data: Data([0x72, 0, 0x49, 0x42]),
    };
    same(
        &hex("53666f6f62617200494 2".replace(' ', "").as_str()),
        &value,
    );
}

#[test]
fn a_length_of_the_width_that_a_code_says() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Ham {
        code: u8,
        #[pickle(if = code == 1)]
        length_1: u8,
        #[pickle(if = code == 2)]
        length_2: u16,
        #[pickle(if = code == 4)]
        length_4: u32,
        #[pickle(if = code == 8)]
        length_8: u64,
        #[pickle(size = length_1 + length_2 + length_4 + length_8)]
        ham: ByteString,
        #[pickle(if = len(ham) > 3)]
        padding: Option<u8>,
    }
    let value = Ham {
        code: 1,
        length_1: 7,
        length_2: 0,
        length_4: 0,
        length_8: 0,
        ham: hex("02404004371300").into(),
        padding: Some(0),
    };
    same(
        &hex("0107024040043713 0000".replace(' ', "").as_str()),
        &value,
    );
}

#[test]
fn a_code_by_an_expression() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(
        context(code: u8),
        tag = if code > 0 && code <= 8 && (if code != 10 { true } else { false }) { code } else { 0 },
        endian = little,
    )]
    enum Body {
        #[pickle(tag = 1)]
        One(u8),
        #[pickle(tag = 2)]
        Two(u16),
        #[pickle(tag = 4)]
        Four(u32),
        #[pickle(tag = 8)]
        Eight(u64),
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Opcode {
        code: u8,
        #[pickle(given(code))]
        body: Body,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Opcodes(#[pickle(rest)] Vec<Opcode>);
    let opcode = |code, body| Opcode { code, body };
    let opcodes = vec![
        opcode(1, Body::One(7)),
        opcode(2, Body::Two(0x4040)),
        opcode(4, Body::Four(4919)),
        opcode(8, Body::Eight(4919)),
    ];
    let bytes = hex("01070240400437130000083713000000000000");
    same_to_the_end(&bytes, &Opcodes(opcodes));
}

#[test]
fn a_body_in_a_body_that_takes_up_the_size() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(context(code: u8), tag = code)]
    enum Inner {
        #[pickle(tag = 0x11)]
        Meta {
            #[pickle(terminator = 0)]
            title: String,
            #[pickle(terminator = 0)]
            author: String,
        },
        #[pickle(tag = 0x22)]
        Directory(#[pickle(rest, item(size = 4))] Vec<String>),
        #[pickle(tag = _)]
        Unknown(#[pickle(tag)] u8, #[pickle(rest)] ByteString),
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(context(code: u8))]
    struct Body {
        #[pickle(given(code))]
        body: Inner,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Chunk {
        code: u8,
        #[pickle(size = u32, endian = little, given(code))]
        body: Body,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Chunks(#[pickle(rest)] Vec<Chunk>);
    let chunk = |code, body| Chunk {
        code,
        body: Body { body },
    };
    let meta = Inner::Meta {
        title: "Stuff".into(),
        author: "Me".into(),
    };
    let names = ["AAAA", "BBBB", "CCCC"].map(String::from);
    let unknown = |code, bytes: &str| chunk(code, Inner::Unknown(code, hex(bytes).into()));
    let chunks = vec![
        chunk(0x11, meta),
        chunk(0x22, Inner::Directory(names.into())),
        unknown(0x33, "1020304050607080"),
        unknown(0xFF, ""),
    ];
    let bytes = "11090000005374756666004d6500220c00000041414141424242424343434333080000001020\
        304050607080ff00000000";
    same_to_the_end(&hex(bytes), &Chunks(chunks));
}

#[test]
fn enumerations_with_unknown_values() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(tag = u8)]
    enum Animal {
        #[pickle(tag = 0x66)]
        Dog,
        #[pickle(tag = 0x7C)]
        Cat,
        #[pickle(other)]
        Unknown(u8),
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Pets(Animal, Animal);
    same(b"fo", &Pets(Animal::Dog, Animal::Unknown(0x6F)));
}
