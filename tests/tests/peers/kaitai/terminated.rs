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

#[test]
fn bytes_that_end_a_text_or_a_record() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Wrapper(#[pickle(rest)] ByteString);
    #[derive(Pickle, Debug, PartialEq)]
    struct Records {
        #[pickle(size = until(b'|'))]
        one: Wrapper,
        #[pickle(size = through(b'|'))]
        two: Wrapper,
        #[pickle(size = until(b'@'))]
        three: Wrapper,
    }
    let value = Records {
        one: Wrapper("foo".into()),
        two: Wrapper("bar|".into()),
        three: Wrapper("baz".into()),
    };
    same(b"foo|bar|baz@", &value);
    #[derive(Pickle, Debug, PartialEq)]
    struct Texts {
        #[pickle(terminator = b'|')]
        one: String,
        #[pickle(size = through(b'|'), encoding = ascii)]
        two: String,
        #[pickle(terminator = b'@')]
        three: ByteString,
    }
    let value = Texts {
        one: "foo".into(),
        two: "bar|".into(),
        three: "baz".into(),
    };
    same(b"foo|bar|baz@", &value);
}

#[test]
fn padded_and_terminated_texts() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Texts {
        #[pickle(size = 20, pad = b'@')]
        padded: String,
        #[pickle(size = 20, terminator = b'@', pad = b'+')]
        terminated: String,
        #[pickle(size = 20, terminator = b'@', pad = b'+')]
        both: ByteString,
    }
    let value = Texts {
        padded: "str1".into(),
        terminated: "str2foo".into(),
        both: "str+++3bar+++".into(),
    };
    let bytes = b"str1@@@@@@@@@@@@@@@@str2foo@++++++++++++str+++3bar+++@++++++";
    same(bytes, &value);
}

#[test]
fn a_padded_record() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Wrapper(#[pickle(rest)] ByteString);
    #[derive(Pickle, Debug, PartialEq)]
    struct Records {
        #[pickle(size = 20, pad = b'@')]
        padded: Wrapper,
        #[pickle(size = 20, pad = b'.')]
        ended: Ended,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Ended(#[pickle(size = through(b'@'))] Wrapper);
    let value = Records {
        padded: Wrapper("str1".into()),
        ended: Ended(Wrapper("str4baz@".into())),
    };
    let bytes = b"str1@@@@@@@@@@@@@@@@str4baz@............";
    same(bytes, &value);
    let value = Records {
        padded: Wrapper("str@".into()),
        ..value
    };
    let error = pickler::encode(&value).unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::HoldsTerminator { unit: 3 });
}
