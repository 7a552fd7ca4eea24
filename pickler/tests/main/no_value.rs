//! Expressions that overflow, divide by zero or look at what is too large.

use std::fmt::Debug;

use pickler::dynamic::{self, Value};
use pickler::schema::Schema;
use pickler::{ByteString, Derived, Error, ErrorKind, Pickle, PickleOwned};

use crate::agreement::{agree, agree_on_bytes};

fn no_value(expression: &str) -> ErrorKind {
    let expression = pickler::Text::display(&expression);
    ErrorKind::NoValue { expression }
}

/// The error of both codecs, of bytes.
fn unreadable<T: PickleOwned + Debug>(bytes: &[u8]) -> Error {
    agree_on_bytes::<T>(&Schema::of::<T>(), bytes).unwrap_err()
}

/// The error of both codecs, of a value.
fn unwritable<T: PickleOwned + Debug>(value: &T, dynamic: &Value) -> Error {
    let error = pickler::encode(value).unwrap_err();
    assert_eq!(
        dynamic::encode(&Schema::of::<T>(), dynamic),
        Err(error.clone())
    );
    error
}

#[test]
fn what_says_how_much_there_is() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Counted {
        divisor: u8,
        #[pickle(count = 6 / divisor)]
        list: Vec<u8>,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Sized {
        divisor: u8,
        #[pickle(size = 6 / divisor)]
        piece: ByteString,
    }
    let list = vec![1, 2, 3];
    assert_eq!(agree(&Counted { divisor: 2, list }), [2, 1, 2, 3]);
    let error = unreadable::<Counted>(&[0, 1, 2, 3]);
    assert_eq!(error.kind(), &no_value("6 / divisor"));
    assert_eq!(
        error.to_string(),
        "Counted.list: `6 / divisor` has no value: it overflows, divides by zero, does not fit or \
         looks at what is not known, at byte 1",
    );
    let error = unreadable::<Sized>(&[0, 1, 2, 3]);
    assert_eq!(
        (error.kind(), error.bit_offset()),
        (&no_value("6 / divisor"), 8)
    );

    let (divisor, list) = (0, vec![1]);
    let dynamic = Value::record([
        ("divisor", Value::integer(0)),
        ("list", Value::List(vec![Value::integer(1)])),
    ]);
    let error = unwritable(&Counted { divisor, list }, &dynamic);
    assert_eq!(
        (error.kind(), error.bit_offset()),
        (&no_value("6 / divisor"), 8)
    );
    let piece = vec![1].into();
    let dynamic = Value::record([
        ("divisor", Value::integer(0)),
        ("piece", Value::Bytes(vec![1].into())),
    ]);
    let error = unwritable(&Sized { divisor, piece }, &dynamic);
    assert_eq!(error.kind(), &no_value("6 / divisor"));
}

#[test]
fn what_says_whether_and_where_and_what() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Maybe {
        divisor: u8,
        #[pickle(if = 6 % divisor != 0)]
        there: Option<u8>,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Elsewhere {
        divisor: u8,
        #[pickle(at = 6 / divisor)]
        there: u8,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Ordered {
        divisor: u8,
        #[pickle(endian = if 6 / divisor == 1 { little } else { big })]
        number: u16,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Filtered {
        divisor: u8,
        #[pickle(xor = [1, 6 / divisor])]
        bytes: ByteString,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Listed {
        divisor: u8,
        #[pickle(last = 6 / item == 1)]
        items: Vec<u8>,
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(context(divisor: u8), tag = 6 / divisor)]
    enum Kind {
        #[pickle(tag = 1)]
        One(u8),
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Tagged {
        divisor: u8,
        #[pickle(given(divisor))]
        kind: Kind,
    }
    let zero = ("divisor", Value::integer(0));
    let divisor = 0;

    assert_eq!(
        agree(&Maybe {
            divisor: 4,
            there: Some(1)
        }),
        [4, 1]
    );
    let error = unreadable::<Maybe>(&[0, 1]);
    assert_eq!(
        (error.kind(), error.bit_offset()),
        (&no_value("6 % divisor != 0"), 8)
    );
    let dynamic = Value::record([zero.clone(), ("there", Value::Null)]);
    let error = unwritable(
        &Maybe {
            divisor,
            there: None,
        },
        &dynamic,
    );
    assert_eq!(error.kind(), &no_value("6 % divisor != 0"));

    assert_eq!(
        agree(&Elsewhere {
            divisor: 3,
            there: 7
        }),
        [3, 0, 7]
    );
    let error = unreadable::<Elsewhere>(&[0, 1]);
    assert_eq!(
        (error.kind(), error.bit_offset()),
        (&no_value("6 / divisor"), 8)
    );
    let dynamic = Value::record([zero.clone(), ("there", Value::integer(7))]);
    let error = unwritable(&Elsewhere { divisor, there: 7 }, &dynamic);
    assert_eq!(error.kind(), &no_value("6 / divisor"));

    assert_eq!(
        agree(&Ordered {
            divisor: 6,
            number: 7
        }),
        [6, 7, 0]
    );
    let error = unreadable::<Ordered>(&[0, 1, 2]);
    assert_eq!(
        (error.kind(), error.bit_offset()),
        (&no_value("6 / divisor == 1"), 8)
    );
    let dynamic = Value::record([zero.clone(), ("number", Value::integer(7))]);
    let error = unwritable(&Ordered { divisor, number: 7 }, &dynamic);
    assert_eq!(error.kind(), &no_value("6 / divisor == 1"));

    let bytes: ByteString = vec![1, 1].into();
    assert_eq!(
        agree(&Filtered {
            divisor: 6,
            bytes: bytes.clone()
        }),
        [6, 0, 0]
    );
    let error = unreadable::<Filtered>(&[0, 1, 2]);
    assert_eq!(
        (error.kind(), error.bit_offset()),
        (&no_value("6 / divisor"), 8)
    );
    let dynamic = Value::record([zero.clone(), ("bytes", Value::Bytes(vec![1, 1].into()))]);
    let error = unwritable(&Filtered { divisor, bytes }, &dynamic);
    assert_eq!(error.kind(), &no_value("6 / divisor"));

    let items = vec![1, 6];
    assert_eq!(agree(&Listed { divisor, items }), [0, 1, 6]);
    let error = unreadable::<Listed>(&[0, 1, 0]);
    assert_eq!(
        (error.kind(), error.bit_offset()),
        (&no_value("6 / item == 1"), 16)
    );

    assert_eq!(
        agree(&Tagged {
            divisor: 6,
            kind: Kind::One(7)
        }),
        [6, 7]
    );
    let error = unreadable::<Tagged>(&[0, 1]);
    assert_eq!(
        (error.kind(), error.bit_offset()),
        (&no_value("6 / divisor"), 8)
    );
    let one = Value::variant("One", Value::integer(7));
    let dynamic = Value::record([zero, ("kind", one)]);
    let kind = Kind::One(7);
    let error = unwritable(&Tagged { divisor, kind }, &dynamic);
    assert_eq!(error.kind(), &no_value("6 / divisor"));
}

/// The greatest number is a number, and not what stands for none.
#[test]
fn what_is_derived() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Doubled {
        number: i128,
        #[pickle(derived = number * 2)]
        signed: Derived<i128>,
        #[pickle(derived = number * 2)]
        unsigned: Derived<u128>,
    }
    let doubled = |number| Doubled {
        number,
        signed: Derived::auto(),
        unsigned: Derived::auto(),
    };
    let most = i128::MAX / 2;
    let expected = [most, most * 2, most * 2].map(i128::to_be_bytes).concat();
    assert_eq!(agree(&doubled(most)), expected);
    let number = most + 1;
    let dynamic = Value::record([("number", Value::integer(number))]);
    let error = unwritable(&doubled(number), &dynamic);
    assert_eq!(
        (error.kind(), error.bit_offset()),
        (&no_value("number * 2"), 128)
    );
    assert_eq!(
        error.to_string(),
        "Doubled.signed: `number * 2` has no value: it overflows, divides by zero, does not fit or \
         looks at what is not known, at byte 16",
    );
    assert_eq!(pickler::encoded_len(&doubled(number)), Err(error));
    for claimed in [i128::MAX, 0] {
        let bytes = [number, claimed, claimed].map(i128::to_be_bytes).concat();
        let error = unreadable::<Doubled>(&bytes);
        assert_eq!(
            (error.kind(), error.bit_offset()),
            (&no_value("number * 2"), 128)
        );
    }
    let forged = Doubled {
        number,
        signed: Derived::forge(7),
        unsigned: Derived::forge(8),
    };
    let expected = [number, 7, 8].map(i128::to_be_bytes).concat();
    assert_eq!(pickler::encode(&forged), Ok(expected));
}

/// Expressions are computed in `i128`: a greater integer has no value in them.
#[test]
fn integers_past_the_greatest() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Copied {
        number: u128,
        #[pickle(derived = number)]
        copy: Derived<u128>,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Checked {
        #[pickle(range = 1..=5)]
        number: u128,
    }
    let copied = |number| Copied {
        number,
        copy: Derived::auto(),
    };
    let greatest = i128::MAX.cast_unsigned();
    let bytes = [greatest.to_be_bytes(), greatest.to_be_bytes()].concat();
    assert_eq!(agree(&copied(greatest)), bytes);
    let number = greatest + 1;
    let dynamic = Value::record([("number", Value::Unsigned(number))]);
    let error = unwritable(&copied(number), &dynamic);
    assert_eq!(
        (error.kind(), error.bit_offset()),
        (&no_value("number"), 128)
    );
    let bytes = [number.to_be_bytes(), number.to_be_bytes()].concat();
    assert_eq!(unreadable::<Copied>(&bytes).kind(), &no_value("number"));
    // The copy is another number, and it is not the greatest that there is.
    let bytes = [greatest.to_be_bytes(), number.to_be_bytes()].concat();
    let found = i128::MAX;
    let expected = i128::MAX;
    let wrong = ErrorKind::WrongDerived { expected, found };
    assert_eq!(unreadable::<Copied>(&bytes).kind(), &wrong);
    let error = unreadable::<Checked>(&u128::MAX.to_be_bytes());
    assert!(
        matches!(error.kind(), ErrorKind::Unsatisfied { .. }),
        "{error}"
    );
}
