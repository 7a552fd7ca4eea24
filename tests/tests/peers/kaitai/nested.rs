//! Types that look at what they are in, or are given it: `_parent`, `_root` and
//! parameters of Kaitai Struct are parameters here.

use pickler::{ByteString, Derived, Pickle};

use crate::both::{hex, same, same_to_the_end};

#[test]
fn names_of_a_length_that_a_header_says() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Header {
        count: u32,
        name_length: u32,
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(context(name_length: u32))]
    struct Entry {
        #[pickle(count = name_length)]
        name: String,
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(context(count: u32, name_length: u32))]
    struct Index {
        magic: [u8; 4],
        #[pickle(count = count, item(given(name_length)))]
        entries: Vec<Entry>,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct File {
        header: Header,
        #[pickle(given(count = header.count, name_length = header.name_length))]
        index: Index,
    }
    let entry = |name: &str| Entry { name: name.into() };
    let value = File {
        header: Header {
            count: 2,
            name_length: 8,
        },
        index: Index {
            magic: [0xFF; 4],
            entries: vec![entry("FIRST___"), entry("SECOND__")],
        },
    };
    let bytes = "0200000008000000ffffffff46495253545f5f5f5345434f4e445f5f";
    same(&hex(bytes), &value);
}

#[test]
fn children_of_a_size_that_the_root_says() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(context(size: u8))]
    struct Child {
        code: u8,
        #[pickle(if = code == 73, size = size)]
        more: Option<ByteString>,
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(context(size: u8))]
    struct ParentB {
        #[pickle(given(size))]
        foo: Child,
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(context(size: u8))]
    struct ParentA {
        #[pickle(given(size))]
        foo: Child,
        #[pickle(given(size))]
        bar: ParentB,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Elements {
        child_size: u8,
        #[pickle(given(size = child_size))]
        a: ParentA,
        #[pickle(given(size = child_size))]
        b: ParentB,
    }
    let child = |code| Child { code, more: None };
    let value = Elements {
        child_size: 3,
        a: ParentA {
            foo: Child {
                code: 73,
                more: Some("123".into()),
            },
            bar: ParentB { foo: child(66) },
        },
        b: ParentB { foo: child(98) },
    };
    same(&hex("03493132334262"), &value);

    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(context(size: u8))]
    struct Data {
        #[pickle(size = size)]
        data: ByteString,
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(context(size: u8))]
    struct Mediator {
        #[pickle(given(size))]
        child: Data,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Overridden {
        child_size: u8,
        #[pickle(given(size = child_size))]
        child: Data,
        #[pickle(given(size = child_size))]
        mediator: Mediator,
    }
    let data = |data: &str| Data { data: data.into() };
    let value = Overridden {
        child_size: 3,
        child: data("I12"),
        mediator: Mediator { child: data("3Bb") },
    };
    same(&hex("03493132334262"), &value);
}

#[test]
fn a_type_that_holds_itself() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Recursive {
        value: u8,
        #[pickle(if = value == 0xFF)]
        next: Option<Box<Recursive>>,
    }
    let next = Recursive {
        value: 1,
        next: None,
    };
    let value = Recursive {
        value: 0xFF,
        next: Some(next.into()),
    };
    same(&[0xFF, 1], &value);
}

#[test]
fn a_part_that_the_parent_decides() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(context(foo: u8))]
    struct Subelement {
        #[pickle(if = foo == 0x42)]
        bar: Option<u8>,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Element {
        foo: u8,
        #[pickle(given(foo))]
        subelement: Subelement,
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(tag = u8)]
    enum Content {
        #[pickle(tag = 1)]
        Element(Element),
    }
    let subelement = Subelement { bar: Some(0xFF) };
    let element = Element {
        foo: 0x42,
        subelement,
    };
    same(&[1, 0x42, 0xFF], &Content::Element(element));
}

#[test]
fn a_flag_that_is_handed_down() {
    #[derive(Pickle, Debug, PartialEq)]
    struct One(#[pickle(rest)] ByteString);
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(context(kind: u8), tag = kind)]
    enum Body {
        #[pickle(tag = 0)]
        Zero(One),
        #[pickle(tag = 1)]
        One(One),
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Foo {
        #[pickle(derived = tag(body))]
        kind: Derived<u8>,
        flag: u8,
        #[pickle(size = 4, given(kind))]
        body: Body,
    }
    let value = Foo {
        kind: Derived::auto(),
        flag: 7,
        body: Body::One(One(hex("02404004").into())),
    };
    same(&hex("010702404004"), &value);
}

#[test]
fn types_in_types() {
    #[derive(Pickle, Debug, PartialEq)]
    struct B(i8);
    #[derive(Pickle, Debug, PartialEq)]
    struct D(i8);
    #[derive(Pickle, Debug, PartialEq)]
    struct Cc(i8);
    #[derive(Pickle, Debug, PartialEq)]
    struct C {
        value: i8,
        typed_here: D,
        typed_parent: Cc,
        typed_root: B,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct A {
        typed_at_root: B,
        typed_here: C,
        typed_here_too: Cc,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Types {
        one: A,
        two: B,
    }
    let value = Types {
        one: A {
            typed_at_root: B(80),
            typed_here: C {
                value: 65,
                typed_here: D(67),
                typed_parent: Cc(75),
                typed_root: B(45),
            },
            typed_here_too: Cc(49),
        },
        two: B(-1),
    };
    same(&hex("5041434b2d31ff"), &value);
}

#[test]
fn an_enumeration_as_a_parameter() {
    #[derive(Pickle, Clone, Copy, Debug, PartialEq)]
    #[pickle(tag = u8)]
    enum Animal {
        Dog = 4,
        Cat = 7,
        Chicken = 12,
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(context(animal: Animal))]
    struct WithParameter {
        #[pickle(if = animal == Animal::Cat)]
        lives: Option<u8>,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Pet {
        animal: Animal,
        #[pickle(given(animal))]
        parameter: WithParameter,
    }
    let pet = |animal, lives| Pet {
        animal,
        parameter: WithParameter { lives },
    };
    let pets = [
        pet(Animal::Cat, Some(9)),
        pet(Animal::Dog, None),
        pet(Animal::Chicken, None),
    ];
    same(&[7, 9, 4, 12], &pets);
}

#[test]
fn flags_as_parameters() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(context(long: bool))]
    struct Foo {
        #[pickle(size = if long { 1 } else { 2 })]
        foo: ByteString,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Flags {
        #[pickle(bits = 1)]
        no: bool,
        #[pickle(bits = 1, pad_bits_after = 6, padding = ignored)]
        yes: bool,
        #[pickle(given(long = yes))]
        first: Foo,
        #[pickle(given(long = no))]
        second: Foo,
        #[pickle(given(long = false))]
        third: Foo,
        #[pickle(given(long = true))]
        fourth: Foo,
    }
    let foo = |foo: &str| Foo { foo: foo.into() };
    let value = Flags {
        no: false,
        yes: true,
        first: foo("o"),
        second: foo("o|"),
        third: foo("ba"),
        fourth: foo("r"),
    };
    crate::both::reads(b"foo|bar", &value);
}

#[test]
fn a_record_as_a_parameter() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Block {
        foo: u8,
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(context(foo: u8))]
    struct Given {
        #[pickle(size = foo)]
        data: ByteString,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Passed {
        first: Block,
        #[pickle(given(foo = first.foo))]
        one: Given,
    }
    let value = Passed {
        first: Block { foo: 1 },
        one: Given {
            data: vec![2].into(),
        },
    };
    same(&[1, 2], &value);
}

#[test]
fn orders_of_bytes_of_records_in_records() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Nested {
        two: i32,
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Main {
        one: i32,
        nest: Nested,
        #[pickle(endian = big)]
        nest_big: Nested,
    }
    let value = Main {
        one: 0x4B43_4150,
        nest: Nested { two: -52947 },
        nest_big: Nested { two: 0x5041_434B },
    };
    same(&hex("5041434b2d31ffff5041434b"), &value);

    #[derive(Pickle, Debug, PartialEq)]
    struct Bits {
        #[pickle(bits = 16)]
        two: u16,
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little, bit_order = lsb)]
    struct MainBits {
        #[pickle(bits = 9)]
        one: u16,
        #[pickle(bits = 15)]
        two: u16,
        nest: Bits,
        #[pickle(endian = big, bit_order = msb)]
        nest_big: Bits,
    }
    let value = MainBits {
        one: 0b1_0101_0000,
        two: 0b0100_0011_0100_000,
        nest: Bits { two: 0x2D4B },
        nest_big: Bits { two: 0x31FF },
    };
    same(&hex("5041434b2d31ff"), &value);
}

#[test]
fn orders_of_bytes_that_an_indicator_says() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Main {
        number: u32,
        #[pickle(endian = big)]
        big: u16,
        #[pickle(endian = little)]
        little: u16,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct IsLittle {
        indicator: u16,
        #[pickle(endian = if indicator == 0x4949 { little } else { big })]
        main: Main,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct IsBig {
        indicator: u16,
        #[pickle(endian = if indicator == 0x4D4D { big } else { little })]
        main: Main,
    }
    let main = |number| Main {
        number,
        big: 0x42,
        little: 0x42,
    };
    let bytes = hex("494942000000004242004d4d000000420042420058580000004200424200");
    #[derive(Pickle, Debug, PartialEq)]
    struct Documents<T>(#[pickle(rest)] Vec<T>);
    let is_little = [0x4949, 0x4D4D, 0x5858].map(|indicator| IsLittle {
        indicator,
        main: main(0x42),
    });
    same_to_the_end(&bytes, &Documents(is_little.into()));
    let numbers = [(0x4949, 0x42), (0x4D4D, 0x42), (0x5858, 0x4200_0000)];
    let is_big = numbers.map(|(indicator, number)| IsBig {
        indicator,
        main: main(number),
    });
    same_to_the_end(&bytes, &Documents(is_big.into()));
}
