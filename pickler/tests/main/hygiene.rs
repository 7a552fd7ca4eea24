//! The derived code minds the names around it.

#![allow(non_camel_case_types, reason = "names that could clash")]

use crate::agreement::agree;

mod no_prelude {
    #![no_implicit_prelude]

    /// Shadows what derived code could mean.
    #[allow(dead_code)]
    pub mod core {}

    #[derive(::renamed_path::Pickle, ::core::fmt::Debug, ::core::cmp::PartialEq)]
    #[pickle(crate = ::renamed_path, default, magic = b"M")]
    pub struct Names {
        pub r: u8,
        #[pickle(default = 3)]
        pub w: u8,
        #[pickle(derived = len(result) + value)]
        pub d: ::renamed_path::Derived<u16>,
        pub value: u8,
        pub fault: u8,
        #[pickle(bits = 3)]
        pub start: u8,
        #[pickle(bits = 5, none = 31, shown(null = "x"))]
        pub tag: ::core::option::Option<u8>,
        #[pickle(count = u8)]
        pub result: ::std::vec::Vec<u8>,
        #[pickle(count = value)]
        pub field_0: ::std::vec::Vec<u8>,
        #[pickle(derived = sizeof(counter))]
        pub r#type: ::renamed_path::Derived<u8>,
        #[pickle(size = r#type)]
        pub counter: ::std::string::String,
        #[pickle(constant = 1_u8)]
        pub scope: (),
    }

    #[derive(::renamed_path::Pickle, ::core::fmt::Debug, ::core::cmp::PartialEq)]
    #[pickle(crate = ::renamed_path, tag = u8, length = u16)]
    pub enum Variants {
        Ok {
            r: u8,
        },
        Err(Names),
        Some,
        None(u8, u8),
        #[pickle(other)]
        Option {
            w: u8,
            at: ::renamed_path::ByteString,
        },
    }

    #[derive(::renamed_path::Pickle, ::core::fmt::Debug, ::core::cmp::PartialEq)]
    #[pickle(crate = ::renamed_path, tag = u8)]
    pub enum Names2 {
        Ok,
        Err,
        r#Type,
        #[pickle(other)]
        Other(u8),
    }
}

#[test]
fn without_prelude_and_with_a_renamed_crate() {
    use no_prelude::{Names, Names2, Variants};
    let names = || Names {
        value: 2,
        field_0: vec![1, 2],
        counter: "c".into(),
        ..Names::default()
    };
    agree(&names());
    agree(&Variants::Ok { r: 1 });
    agree(&Variants::Err(names()));
    agree(&Variants::Some);
    agree(&Variants::None(1, 2));
    agree(&Variants::Option {
        w: 9,
        at: "x".into(),
    });
    agree(&Names2::r#Type);
}

mod shadowed {
    #![allow(dead_code)]
    pub struct u8;
    pub struct str;
    pub struct bool;
    pub struct i128;
    pub struct Result;
    pub struct Reader;

    #[derive(pickler::Pickle, Debug, PartialEq, Default)]
    pub struct Shadows<'de, S, O, A> {
        pub s: S,
        pub o: O,
        pub a: A,
        #[pickle(count = u16)]
        pub text: &'de [::core::primitive::u8],
    }
}

#[test]
fn among_types_and_parameters_of_the_same_names() {
    let value = shadowed::Shadows {
        s: 1_u8,
        o: 2_u16,
        a: 3_u8,
        text: b"x",
    };
    let bytes = pickler::encode(&value).unwrap();
    assert_eq!(bytes, b"\x01\0\x02\x03\0\x01x");
    assert_eq!(
        pickler::decode::<shadowed::Shadows<'_, u8, u16, u8>>(&bytes).unwrap(),
        value
    );
}

macro_rules! declare {
    ($name:ident, $field:ident: $type:ty, $count:ty, $size:expr) => {
        #[derive(renamed_path::Pickle, Debug, PartialEq, Default)]
        struct $name {
            $field: $type,
            #[pickle(derived = len(local))]
            count: renamed_path::Derived<$count>,
            #[pickle(count = count)]
            local: Vec<$type>,
            #[pickle(size = $size)]
            rest: renamed_path::ByteString,
        }
    };
}

#[test]
fn inside_a_macro() {
    declare!(FromMacro, first: u16, u8, 2 + 1);
    let value = FromMacro {
        first: 1,
        local: vec![2],
        rest: "abc".into(),
        ..FromMacro::default()
    };
    assert_eq!(agree(&value), b"\0\x01\x01\0\x02abc");
}

/// Fields that are called as derived code calls things of its own.
#[derive(renamed_path::Pickle, Clone, Debug, PartialEq, Default)]
struct Fields {
    r: u8,
    w: u8,
    src: u8,
    self_: u8,
    value: u8,
    fault: u8,
    d: u8,
    s: u8,
    o: u8,
    a: u8,
    at: u8,
    start: u8,
    places: u8,
    record: u8,
    index: u8,
    item: u8,
    outer: u8,
    scope: u8,
    bytes: u8,
    reader: u8,
    writer: u8,
    #[pickle(bits = 4)]
    run: u8,
    #[pickle(bits = 4)]
    bits: u8,
    r#fn: u8,
    r#match: u8,
}

/// The same in expressions, conditions, checks and sizes.
#[derive(renamed_path::Pickle, Clone, Debug, PartialEq)]
struct Expressions {
    r: u8,
    #[pickle(derived = len(value) + r)]
    w: renamed_path::Derived<u8>,
    #[pickle(count = w - r)]
    value: Vec<u8>,
    #[pickle(if = r == 1)]
    fault: Option<u16>,
    #[pickle(range = 1..=9, assert = self_ > r)]
    self_: u8,
    #[pickle(derived = sizeof(src))]
    r#type: renamed_path::Derived<u16>,
    #[pickle(size = r#type)]
    src: renamed_path::ByteString,
    #[pickle(endian = if r == 1 { little } else { big })]
    place: u16,
    #[pickle(given(r = r, w = self_))]
    scope: Given,
    #[pickle(align = 2, pad_after = 1)]
    result: u8,
    #[pickle(derived = fletcher16(r..=result))]
    sum: renamed_path::Derived<u16>,
    #[pickle(flag)]
    d: Option<u8>,
}

#[derive(renamed_path::Pickle, Clone, Debug, PartialEq)]
#[pickle(context(r: u8, w: u16))]
struct Given {
    #[pickle(count = r + w)]
    value: Vec<u8>,
}

#[derive(renamed_path::Pickle, Clone, Debug, PartialEq)]
#[pickle(keyed(key = u8, size = u8), unknown = ignore)]
struct Keyed {
    #[pickle(key = 1)]
    r: u8,
    #[pickle(key = 2)]
    value: Option<u8>,
    #[pickle(key = 3, repeated)]
    fault: Vec<u8>,
}

#[derive(renamed_path::Pickle, Clone, Debug, PartialEq)]
#[pickle(tag = u8, length = u8)]
enum Variants {
    R {
        r: u8,
        w: u8,
        value: u8,
        fault: u8,
        tag: u8,
        body: u8,
        length: u8,
    },
    W(Keyed),
    #[pickle(other)]
    Other {
        tag: u8,
        body: renamed_path::ByteString,
    },
}

#[test]
fn among_fields_of_the_same_names() {
    let fields = Fields {
        fault: 7,
        r#match: 9,
        ..Fields::default()
    };
    let bytes = agree(&fields);
    assert_eq!((bytes.len(), bytes[5], bytes[23]), (24, 7, 9));
    let expressions = Expressions {
        r: 1,
        w: renamed_path::Derived::auto(),
        value: vec![5, 6],
        fault: Some(3),
        self_: 2,
        r#type: renamed_path::Derived::auto(),
        src: "s".into(),
        place: 4,
        scope: Given {
            value: vec![8, 9, 10],
        },
        result: 10,
        sum: renamed_path::Derived::auto(),
        d: Some(1),
    };
    let bytes = pickler::encode(&expressions).unwrap();
    assert_eq!(bytes[..12], [1, 3, 5, 6, 0, 3, 2, 0, 1, b's', 4, 0]);
    let keyed = Keyed {
        r: 1,
        value: Some(2),
        fault: vec![3, 4],
    };
    assert_eq!(agree(&keyed), [1, 1, 1, 2, 1, 2, 3, 1, 3, 3, 1, 4]);
    agree(&Variants::W(keyed));
    agree(&Variants::R {
        r: 1,
        w: 2,
        value: 3,
        fault: 4,
        tag: 5,
        body: 6,
        length: 7,
    });
}

mod prelude_names {
    #![allow(dead_code, clippy::upper_case_acronyms)]

    /// Types that are called as those of the prelude.
    #[derive(renamed_path::Pickle, Clone, Debug, PartialEq, Default)]
    pub struct Result {
        pub x: u8,
    }

    #[derive(renamed_path::Pickle, Clone, Debug, PartialEq, Default)]
    pub struct Ok(pub u8);

    #[derive(renamed_path::Pickle, Clone, Debug, PartialEq, Default)]
    pub struct Err;

    #[derive(renamed_path::Pickle, Clone, Copy, Debug, PartialEq)]
    #[pickle(tag = u8)]
    pub enum Option {
        Some,
        None,
    }

    #[derive(renamed_path::Pickle, Clone, Debug, PartialEq, Default)]
    pub struct Some(pub u16);

    #[derive(renamed_path::Pickle, Clone, Debug, PartialEq, Default)]
    pub struct Vec {
        #[pickle(count = u8)]
        pub items: std::vec::Vec<Result>,
    }

    pub struct String;
    pub struct Box;
    pub struct Iterator;
    pub struct Into;
    pub struct PhantomData;
    pub struct Default;

    #[derive(renamed_path::Pickle, Clone, Debug, PartialEq)]
    pub struct All {
        pub result: Result,
        pub ok: Ok,
        pub err: Err,
        pub option: Option,
        pub some: Some,
        pub vec: Vec,
        #[pickle(none = 9)]
        pub real: core::option::Option<u8>,
        #[pickle(count = u8)]
        pub text: std::string::String,
        #[pickle(item(bits = 8))]
        pub boxed: std::boxed::Box<u8>,
        #[pickle(derived = len(text))]
        pub length: renamed_path::Derived<u8>,
    }

    #[derive(renamed_path::Pickle, Clone, Debug, PartialEq)]
    #[pickle(tag = u8)]
    pub enum Either {
        Ok(Ok),
        Err(Err),
        Some(Some),
        None,
    }
}

#[test]
fn among_types_of_the_names_of_the_prelude() {
    use prelude_names as names;
    let all = names::All {
        result: names::Result { x: 1 },
        ok: names::Ok(2),
        err: names::Err,
        option: names::Option::None,
        some: names::Some(3),
        vec: names::Vec {
            items: vec![names::Result { x: 4 }],
        },
        real: None,
        text: "t".into(),
        boxed: Box::new(5),
        length: renamed_path::Derived::auto(),
    };
    assert_eq!(agree(&all), [1, 2, 1, 0, 3, 1, 4, 9, 1, b't', 5, 1]);
    assert_eq!(agree(&names::Either::Some(names::Some(7))), [2, 0, 7]);
    agree(&names::Either::None);
}
