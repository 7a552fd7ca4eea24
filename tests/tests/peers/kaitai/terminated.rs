//! Texts, bytes and lists that a value ends.

use pickler::{ByteString, ErrorKind, Pickle};

use crate::both::{hex, refused, same, same_to_the_end};

#[test]
fn texts_with_terminators_of_their_own() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Texts {
        #[pickle(terminator = 0x7C)]
        one: String,
        #[pickle(terminator = 0x7C)]
        two: ByteString,
        #[pickle(terminator = 0x40)]
        three: String,
    }
    let value = Texts {
        one: "foo".into(),
        two: "bar".into(),
        three: "baz".into(),
    };
    same(b"foo|bar|baz@", &value);
    let value = Texts {
        one: "foo|".into(),
        ..value
    };
    let error = pickler::encode(&value).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::HoldsTerminator { .. }));
}

#[test]
fn a_count_of_terminated_texts() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Line(#[pickle(terminator = 0)] String);
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Lines {
        quantity: u32,
        #[pickle(count = quantity / 2)]
        first: Vec<Line>,
        #[pickle(count = quantity / 2)]
        second: Vec<Line>,
    }
    let value = Lines {
        quantity: 2,
        first: vec![Line("foo".into())],
        second: vec![Line("bar".into())],
    };
    same(&hex("02000000666f6f0062617200"), &value);
}

#[test]
fn integers_up_to_one() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Entries {
        #[pickle(terminator = -1)]
        entries: Vec<i32>,
        #[pickle(terminator = 0, encoding = ascii)]
        after: String,
    }
    let value = Entries {
        entries: vec![0x42, 0x1337, -251_658_241],
        after: "foobar".into(),
    };
    same(
        &hex("4200000037130000fffffff0ffffffff666f6f62617200"),
        &value,
    );
}

#[test]
fn operations_with_a_code() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(tag = u8)]
    enum Operation {
        #[pickle(tag = 73)]
        Integer(u8),
        #[pickle(tag = 83)]
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
    let bytes = hex("53666f6f62617200494249375300");
    same_to_the_end(&bytes, &Operations(operations));
    let error = refused::<Operations>(&hex("53666f6f"));
    assert!(matches!(error.kind(), ErrorKind::UnexpectedEnd { .. }));
}

#[test]
fn chunks_with_a_length_and_texts() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(tag = u8, length = u32, endian = little)]
    enum Chunk {
        #[pickle(tag = 0x11)]
        Meta {
            #[pickle(terminator = 0)]
            title: String,
            #[pickle(terminator = 0)]
            author: String,
        },
        #[pickle(tag = 0x22)]
        Directory(#[pickle(rest)] Vec<[u8; 4]>),
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Chunks(#[pickle(rest)] Vec<Chunk>);
    let meta = Chunk::Meta {
        title: "Stuff".into(),
        author: "Me".into(),
    };
    let directory = Chunk::Directory(vec![*b"AAAA", *b"BBBB", *b"CCCC"]);
    let bytes = "11090000005374756666004d6500220c000000414141414242424243434343";
    same_to_the_end(&hex(bytes), &Chunks(vec![meta, directory]));
}
