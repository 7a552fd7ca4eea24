//! What ends something and is kept, or left for what stands behind. Where the
//! suite leaves bytes at the end unread, they are a field here.

use pickler::{ByteString, Pickle};

use crate::both::{hex, reads, same, same_to_the_end};

const FIELDS: &[u8] = b"foo|bar|baz@";

#[test]
fn kept_or_left() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Bytes {
        #[pickle(terminator = b'|')]
        one: ByteString,
        #[pickle(terminator = b'|', terminator_is = left)]
        two: ByteString,
        #[pickle(terminator = b'@', terminator_is = kept)]
        three: ByteString,
    }
    let value = Bytes {
        one: "foo".into(),
        two: "bar".into(),
        three: "|baz@".into(),
    };
    same(FIELDS, &value);

    #[derive(Pickle, Debug, PartialEq)]
    struct Texts {
        #[pickle(terminator = b'|')]
        one: String,
        #[pickle(terminator = b'|', terminator_is = kept)]
        two: String,
        #[pickle(terminator = b'@', terminator_is = left)]
        three: String,
        #[pickle(rest)]
        unread: ByteString,
    }
    let value = Texts {
        one: "foo".into(),
        two: "bar|".into(),
        three: "baz".into(),
        unread: "@".into(),
    };
    same_to_the_end(FIELDS, &value);

    #[derive(Pickle, Debug, PartialEq)]
    struct Records {
        #[pickle(size = until(b'|'))]
        one: Wrapper,
        #[pickle(size = before(b'|'))]
        two: Wrapper,
        #[pickle(size = through(b'@'))]
        three: Wrapper,
    }
    let value = Records {
        one: Wrapper("foo".into()),
        two: Wrapper("bar".into()),
        three: Wrapper("|baz@".into()),
    };
    same(FIELDS, &value);
}

#[derive(Pickle, Debug, PartialEq)]
struct Wrapper(#[pickle(rest)] ByteString);

#[test]
fn left_several_times() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Texts {
        #[pickle(terminator = b'|', terminator_is = left)]
        one: String,
        #[pickle(terminator = b'@', terminator_is = left)]
        two: ByteString,
        #[pickle(terminator = b'@')]
        three: String,
    }
    let value = Texts {
        one: "foo".into(),
        two: "|bar|baz".into(),
        three: String::new(),
    };
    same(FIELDS, &value);

    #[derive(Pickle, Debug, PartialEq)]
    struct Records {
        #[pickle(size = before(b'|'))]
        one: Wrapper,
        #[pickle(size = before(b'@'))]
        two: Wrapper,
        #[pickle(size = until(b'@'))]
        three: Wrapper,
    }
    let value = Records {
        one: Wrapper("foo".into()),
        two: Wrapper("|bar|baz".into()),
        three: Wrapper("".into()),
    };
    same(FIELDS, &value);
}

#[test]
fn by_a_byte_that_is_no_text() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Greetings {
        #[pickle(terminator = 0xE3, terminator_is = left)]
        before: ByteString,
        #[pickle(terminator = 0xAB, terminator_is = kept)]
        text: String,
        #[pickle(rest)]
        unread: ByteString,
    }
    let value = Greetings {
        before: b"\x0A\0Some ASCII\x0F\0".into(),
        text: "\u{3053}\u{3093}\u{306B}".into(),
        unread: hex("e381a1e381af").into(),
    };
    let bytes = "0a00536f6d652041534349490f00e38193e38293e381abe381a1e381af";
    same_to_the_end(&hex(bytes), &value);
}

#[test]
fn units_of_utf16() {
    const BYTES: &str = "610000026200000063000002640000006500000266000000";
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct First {
        #[pickle(terminator = 0, encoding = utf16)]
        one: String,
        #[pickle(terminator = 0, terminator_is = left, encoding = utf16)]
        two: String,
        end: u16,
        #[pickle(terminator = 0, terminator_is = kept, encoding = utf16)]
        three: String,
    }
    let value = First {
        one: "a\u{200}b".into(),
        two: "c\u{200}d".into(),
        end: 0,
        three: "e\u{200}f\0".into(),
    };
    same(&hex(BYTES), &value);

    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Second {
        #[pickle(terminator = 0, encoding = utf16)]
        one: String,
        #[pickle(terminator = 0, terminator_is = kept, encoding = utf16)]
        two: String,
        #[pickle(terminator = 0, terminator_is = left, encoding = utf16)]
        three: String,
        unread: u16,
    }
    let value = Second {
        one: "a\u{200}b".into(),
        two: "c\u{200}d\0".into(),
        three: "e\u{200}f".into(),
        unread: 0,
    };
    same(&hex(BYTES), &value);

    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Third {
        #[pickle(terminator = 0, terminator_is = left, encoding = utf16)]
        one: String,
        end: u16,
        #[pickle(terminator = 0, terminator_is = left, encoding = utf16)]
        two: String,
        #[pickle(terminator = 0, encoding = utf16)]
        three: String,
        #[pickle(rest)]
        unread: ByteString,
    }
    let value = Third {
        one: "a\u{200}b".into(),
        end: 0,
        two: "c\u{200}d".into(),
        three: String::new(),
        unread: hex("6500000266000000").into(),
    };
    same_to_the_end(&hex(BYTES), &value);
}

#[test]
fn items_of_lists() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Bytes {
        #[pickle(count = 2, item(terminator = 0xAA))]
        taken: Vec<ByteString>,
        #[pickle(count = 2, item(terminator = 0xAA, terminator_is = kept))]
        kept: Vec<ByteString>,
        #[pickle(count = 2, item(terminator = 0x55, terminator_is = left))]
        left: Vec<ByteString>,
        #[pickle(rest)]
        unread: ByteString,
    }
    let lists = |lists: [&str; 2]| lists.map(|item| hex(item).into()).into();
    let bytes = hex("e8baaaaaaafa9eb8aaaaaa55555555");
    let value = Bytes {
        taken: lists(["e8ba", ""]),
        kept: lists(["aa", "fa9eb8aa"]),
        left: lists(["aaaa", ""]),
        unread: hex("55555555").into(),
    };
    same_to_the_end(&bytes, &value);

    #[derive(Pickle, Debug, PartialEq)]
    struct Records {
        #[pickle(count = 2, item(size = until(0xAA)))]
        taken: Vec<Wrapper>,
        #[pickle(count = 2, item(size = through(0xAA)))]
        kept: Vec<Wrapper>,
        #[pickle(count = 2, item(size = before(0x55)))]
        left: Vec<Wrapper>,
        #[pickle(rest)]
        unread: ByteString,
    }
    let lists = |lists: [&str; 2]| lists.map(|item| Wrapper(hex(item).into())).into();
    let value = Records {
        taken: lists(["e8ba", ""]),
        kept: lists(["aa", "fa9eb8aa"]),
        left: lists(["aaaa", ""]),
        unread: hex("55555555").into(),
    };
    same_to_the_end(&bytes, &value);
}

#[test]
fn padded_pieces_that_may_be_terminated() {
    #[derive(Pickle, Debug, PartialEq)]
    struct ToTheEnd(#[pickle(rest, item(size = 5))] Vec<Padded>);
    #[derive(Pickle, Debug, PartialEq)]
    struct SoMany(#[pickle(count = 3, item(size = 5))] Vec<Padded>);
    #[derive(Pickle, Debug, PartialEq)]
    struct Padded(
        #[pickle(
            size = 5,
            pad = 0xAA,
            terminator = 0x55 | end,
            terminator_is = kept,
            leftover = ignore
        )]
        ByteString,
    );
    let bytes = hex("e8baaaaaaafa9eb8aaaaaa55555555");
    let all = || ["e8ba", "fa9eb8", "aa55"].map(|item| Padded(hex(item).into()));
    reads(&bytes, &ToTheEnd(all().into()));
    reads(&bytes, &SoMany(all().into()));
}

#[test]
fn padded_units_of_utf16() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Texts {
        #[pickle(size = 10, terminator = 0 | end, leftover = ignore, encoding = utf16)]
        terminated: String,
        #[pickle(
            size = 10,
            terminator = 0 | end,
            terminator_is = kept,
            leftover = ignore,
            encoding = utf16
        )]
        with_terminator: String,
        #[pickle(size = 9, terminator = 0 | end, pad = b'+', encoding = utf16)]
        padded: String,
    }
    let value = Texts {
        terminated: "a\u{200}b".into(),
        with_terminator: "c\u{200}d\0".into(),
        padded: "e\u{200}f".into(),
    };
    let bytes = "6100000262000000c0d86300000264000000c0d86500000266002b2b2b";
    reads(&hex(bytes), &value);
}
