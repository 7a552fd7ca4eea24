//! The same formats declared to deku: the bytes are the same.

use std::fmt::Debug;

use deku::{DekuContainerRead, DekuContainerWrite, DekuRead, DekuWrite};
use expect_test::expect;
use pickler::generate::{Generator, Seeded};
use pickler::schema::Schema;
use pickler::{Pickle, PickleOwned, dynamic};

use crate::agreement::{agree, agree_on_bytes};

/// Declares a format to both.
macro_rules! both {
    (
        $name:ident
        [$($type_ours:tt)*] [$($type_deku:tt)*]
        { $($field:ident: $type:ty [$($ours:tt)*] [$($deku:tt)*],)* }
    ) => {
        #[derive(Pickle, DekuRead, DekuWrite, Clone, Debug, PartialEq)]
        #[pickle($($type_ours)*)]
        #[deku($($type_deku)*)]
        struct $name {
            $(
                #[pickle($($ours)*)]
                #[deku($($deku)*)]
                $field: $type,
            )*
        }
    };
}

/// How many of 500 random values both write the same.
fn same<T>() -> (usize, Option<String>)
where
    T: PickleOwned + DekuContainerWrite + for<'a> DekuContainerRead<'a> + Debug + PartialEq,
{
    let generator = Generator::new(Schema::of::<T>());
    let (mut same, mut other) = (0, None);
    for seed in 0..500 {
        let value = generator.value(&mut Seeded::new(seed)).unwrap();
        let bytes = dynamic::encode(generator.schema(), &value).unwrap();
        let value: T = pickler::decode(&bytes).unwrap();
        assert_eq!(pickler::encode(&value).as_ref(), Ok(&bytes));
        let theirs = value.to_bytes();
        let read = T::from_bytes((&bytes, 0));
        let reads_ours =
            matches!(&read, Ok(((rest, 0), read)) if rest.is_empty() && *read == value);
        if theirs.as_ref() == Ok(&bytes) && reads_ours {
            same += 1;
        } else if other.is_none() {
            let theirs = theirs.unwrap();
            let again = T::from_bytes((&theirs, 0)).map(|(_, value)| value);
            other = Some(format!(
                "{value:?}: ours {bytes:02X?}, deku's {theirs:02X?}, which deku reads as {again:?}"
            ));
        }
    }
    (same, other)
}

both! { Big [endian = big] [endian = "big"] {
    a: u8 [] [], b: u16 [] [], c: i32 [] [], d: u64 [] [], e: [u16; 3] [] [],
} }
both! { Little [endian = little] [endian = "little"] {
    a: u8 [] [], b: u16 [] [], c: i32 [] [], d: u64 [] [], e: [u16; 3] [] [],
} }
both! { Mixed [endian = little] [endian = "little"] {
    a: u16 [] [], b: u16 [endian = big] [endian = "big"], c: u32 [] [],
} }
both! { BitsMsb [endian = big] [endian = "big"] {
    a: u8 [bits = 4] [bits = 4], b: u8 [bits = 4] [bits = 4],
    c: u8 [bits = 3] [bits = 3], d: u16 [bits = 13] [bits = 13],
    e: u32 [bits = 20] [bits = 20], f: u8 [bits = 4] [bits = 4],
} }
both! { BitsMsbAcross [endian = big] [endian = "big"] {
    a: u8 [bits = 3] [bits = 3], b: u16 [] [bits = 16], c: u8 [bits = 5] [bits = 5],
} }
both! { BitsLsbInBytes [endian = big, bit_order = lsb] [endian = "big", bit_order = "lsb"] {
    a: u8 [bits = 3] [bits = 3], b: u8 [bits = 5] [bits = 5],
    c: u8 [bits = 1] [bits = 1], d: u8 [bits = 7] [bits = 7],
} }
both! { BitsLsbLittle [endian = little, bit_order = lsb] [endian = "little", bit_order = "lsb"] {
    a: u8 [bits = 4] [bits = 4], b: u16 [bits = 12] [bits = 12],
    c: u16 [bits = 9] [bits = 9], d: u8 [bits = 7] [bits = 7],
} }
both! { BitsLsbBig [endian = big, bit_order = lsb] [endian = "big", bit_order = "lsb"] {
    a: u8 [bits = 4] [bits = 4], b: u16 [bits = 12] [bits = 12],
    c: u16 [bits = 9] [bits = 9], d: u8 [bits = 7] [bits = 7],
} }
both! { BitsMsbLittle [endian = little] [endian = "little"] {
    a: u8 [bits = 4] [bits = 4], b: u16 [bits = 12] [bits = 12],
    c: u16 [bits = 9] [bits = 9], d: u8 [bits = 7] [bits = 7],
} }
both! { Counted [endian = big] [endian = "big"] {
    items: Vec<u16> [with = pickler::picklers::rest::<Vec<u16>>()] [read_all],
} }

/// Least significant bit first and big-endian, deku loses bits of what crosses
/// a byte: it does not read its own bytes as what it wrote.
#[test]
fn bytes_are_those_of_deku() {
    let results = [
        ("big-endian", same::<Big>()),
        ("little-endian", same::<Little>()),
        ("mixed", same::<Mixed>()),
        ("bits, msb", same::<BitsMsb>()),
        ("bits, msb, across bytes", same::<BitsMsbAcross>()),
        ("bits, lsb, within bytes", same::<BitsLsbInBytes>()),
        ("bits, lsb, little-endian, across", same::<BitsLsbLittle>()),
        ("bits, lsb, big-endian, across", same::<BitsLsbBig>()),
        ("bits, msb, little-endian, across", same::<BitsMsbLittle>()),
        ("to the end", same::<Counted>()),
    ];
    let table: Vec<String> = results
        .into_iter()
        .map(|(name, (same, other))| match other {
            None => format!("{name}: {same} of 500 the same"),
            Some(other) => format!("{name}: {same} of 500 the same, not {other}"),
        })
        .collect();
    expect![[r"
        big-endian: 500 of 500 the same
        little-endian: 500 of 500 the same
        mixed: 500 of 500 the same
        bits, msb: 500 of 500 the same
        bits, msb, across bytes: 500 of 500 the same
        bits, lsb, within bytes: 500 of 500 the same
        bits, lsb, little-endian, across: 500 of 500 the same
        bits, lsb, big-endian, across: 3 of 500 the same, not BitsLsbBig { a: 6, b: 16, c: 5, d: 13 }: ours [06, 10, 0A, 1A], deku's [06, 00, 00, 1B], which deku reads as Ok(BitsLsbBig { a: 6, b: 0, c: 1, d: 13 })
        bits, msb, little-endian, across: 500 of 500 the same
        to the end: 500 of 500 the same"]].assert_eq(&table.join("\n"));
}

#[derive(DekuRead, DekuWrite, Clone, Debug, PartialEq)]
#[deku(endian = "little")]
struct Old {
    #[deku(bits = 4)]
    version: u8,
    #[deku(bits = 4)]
    kind: u8,
    #[deku(update = "self.items.len()")]
    count: u8,
    #[deku(count = "count")]
    items: Vec<u16>,
}

#[derive(Pickle, Debug, PartialEq)]
struct New {
    id: u16,
    #[pickle(deku)]
    old: Old,
    behind: u8,
}

#[test]
fn a_field_may_be_of_a_type_that_derives_deku() {
    let new = New {
        id: 1,
        old: Old {
            version: 4,
            kind: 5,
            count: 2,
            items: vec![1, 0x0203],
        },
        behind: 9,
    };
    assert_eq!(agree(&new), [0, 1, 0x45, 2, 1, 0, 3, 2, 9]);
    let schema = Schema::of::<New>();
    let refusal = agree_on_bytes::<New>(&schema, &[0, 1, 0x45, 9]).unwrap_err();
    assert_eq!(refusal.bit_offset(), 16);
    assert!(refusal.to_string().starts_with("New.old: "), "{refusal}");
    let reasons = schema.canonical().unwrap_err();
    assert!(reasons[0].to_string().starts_with("New.old: the codec `"));
}

#[derive(DekuRead, DekuWrite, Clone, Debug, PartialEq)]
struct Nibble {
    #[deku(bits = 4)]
    value: u8,
}

#[derive(Pickle, Debug, PartialEq)]
struct HalfAByte {
    #[pickle(deku)]
    nibble: Nibble,
}

#[test]
fn a_type_of_deku_that_ends_within_a_byte_is_refused() {
    let schema = Schema::of::<HalfAByte>();
    let refusal = agree_on_bytes::<HalfAByte>(&schema, &[0x12]).unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "HalfAByte.nibble: a deku type that does not end on a byte boundary, at byte 0"
    );
}
