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
