//! Types with parameters, and byte orders that a value decides.

use pickler::Pickle;

use crate::both::{hex, same, same_to_the_end};

#[test]
fn a_byte_order_that_nested_types_inherit() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Innermost(u16, u16);
    #[derive(Pickle, Debug, PartialEq)]
    struct Inner {
        number: u32,
        more: Innermost,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Document {
        indicator: u16,
        #[pickle(endian = if indicator == 0x4949 { little } else { big })]
        main: Inner,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Documents(#[pickle(rest)] Vec<Document>);
    let document = |indicator, first, second| Document {
        indicator,
        main: Inner {
            number: 0x42,
            more: Innermost(first, second),
        },
    };
    let documents = vec![
        document(0x4949, 0x4200, 0x42),
        document(0x4D4D, 0x42, 0x4200),
        document(0x5858, 0x42, 0x4200),
    ];
    let bytes = "494942000000004242004d4d000000420042420058580000004200424200";
    same_to_the_end(&hex(bytes), &Documents(documents));
}

#[test]
fn parameters_of_a_call() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(context(length: u32))]
    struct Plain {
        #[pickle(count = length)]
        body: String,
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(context(length: u32, has_trailer: bool))]
    struct Trailed {
        #[pickle(count = length)]
        body: String,
        #[pickle(if = has_trailer)]
        trailer: Option<u8>,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Calls {
        #[pickle(given(length = 5))]
        one: Plain,
        #[pickle(given(length = 2 + 3, has_trailer = true))]
        two: Trailed,
    }
    let one = Plain {
        body: "foo|b".into(),
    };
    let two = Trailed {
        body: "ar|ba".into(),
        trailer: Some(0x7A),
    };
    same(b"foo|bar|baz", &Calls { one, two });
}
