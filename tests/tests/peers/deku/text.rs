//! Texts that zero ends.

use pickler::{Derived, ErrorKind, Pickle};

use crate::both::{refused, same};

#[test]
fn by_themselves_and_with_a_size() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Text {
        #[pickle(terminator = 0)]
        text: String,
    }
    let text = || Text {
        text: "test".into(),
    };
    same(b"test\0", &text());

    #[derive(Pickle, Debug, PartialEq)]
    struct Sized {
        #[pickle(derived = sizeof(text))]
        size: Derived<u8>,
        #[pickle(size = size)]
        text: Text,
    }
    let (size, text) = (Derived::auto(), text());
    same(b"\x05test\0", &Sized { size, text });

    let error = refused::<Sized>(b"\x06test\0\0");
    assert_eq!(error.kind(), &ErrorKind::Trailing { bits: 8 });
}
