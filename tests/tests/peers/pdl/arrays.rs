//! Arrays of bytes, scalars, enumerations and records: of a constant count,
//! with a count, with a size, and to the end. Little-endian.

use pickler::{Derived, ErrorKind, Pickle};

use crate::both::{hex, refused, same};

#[derive(Pickle, Debug, PartialEq, Clone, Copy)]
#[pickle(tag = u16)]
enum Word {
    A = 0xAABB,
    B = 0xCCDD,
}

#[derive(Pickle, Debug, PartialEq)]
struct Chunk {
    #[pickle(bits = 2, derived = sizeof(array))]
    size: Derived<u8>,
    #[pickle(bits = 6, constant = 0_u8)]
    reserved: (),
    #[pickle(size = size)]
    array: Vec<u8>,
}

fn chunks(arrays: &[&[u8]]) -> Vec<Chunk> {
    let chunk = |array: &&[u8]| Chunk {
        size: Derived::auto(),
        reserved: (),
        array: array.to_vec(),
    };
    arrays.iter().map(chunk).collect()
}

#[test]
fn of_a_constant_count() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Bytes([u8; 4]);
    same(&hex("83848586"), &Bytes([131, 132, 133, 134]));
    let error = refused::<Bytes>(&hex("0102030405"));
    assert_eq!(error.kind(), &ErrorKind::Trailing { bits: 8 });

    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Scalars([u16; 4]);
    let value = Scalars([42305, 44371, 44389, 44407]);
    same(&hex("41a553ad65ad77ad"), &value);

    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Words([Word; 4]);
    let value = Words([Word::A, Word::B, Word::A, Word::B]);
    same(&hex("bbaaddccbbaaddcc"), &value);
    let error = refused::<Words>(&hex("bbaaddccbbaaddee"));
    assert_eq!(error.kind(), &ErrorKind::UnknownTag { found: 0xEEDD });
    assert!(error.to_string().starts_with("Words[3]: "), "{error}");

    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little, bit_order = lsb)]
    struct Chunks([Chunk; 4]);
    let arrays = chunks(&[&[], &[251, 252, 253], &[], &[254, 248, 1]]);
    same(
        &hex("0003fbfcfd0003fef801"),
        &Chunks(arrays.try_into().unwrap()),
    );
}

#[test]
fn with_a_count() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little, bit_order = lsb)]
    struct Scalars {
        #[pickle(bits = 4, derived = len(array))]
        count: Derived<u8>,
        #[pickle(bits = 4, constant = 0_u8)]
        reserved: (),
        #[pickle(count = count)]
        array: Vec<u16>,
    }
    let array = vec![
        48631, 48641, 50707, 50725, 50743, 50753, 52819, 52837, 52855, 52865, 54931, 54949, 54967,
        54977, 57043,
    ];
    let value = Scalars {
        count: Derived::auto(),
        reserved: (),
        array,
    };
    same(
        &hex("0ff7bd01be13c625c637c641c653ce65ce77ce81ce93d6a5d6b7d6c1d6d3de"),
        &value,
    );

    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little, bit_order = lsb)]
    struct Chunks {
        #[pickle(bits = 4, derived = len(array))]
        count: Derived<u8>,
        #[pickle(bits = 4, constant = 0_u8)]
        reserved: (),
        #[pickle(count = count)]
        array: Vec<Chunk>,
    }
    let value = Chunks {
        count: Derived::auto(),
        reserved: (),
        array: chunks(&[
            &[],
            &[17, 18, 19],
            &[],
            &[20, 21, 22],
            &[],
            &[23, 16, 25],
            &[],
            &[26, 27, 28],
            &[],
            &[29, 30, 31],
            &[],
            &[24, 33, 34],
            &[],
            &[35, 36, 37],
            &[],
        ]),
    };
    same(
        &hex("0f00031112130003141516000317101900031a1b1c00031d1e1f0003182122000323242500"),
        &value,
    );
}

#[test]
fn with_a_size_in_bytes() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little, bit_order = lsb)]
    struct Scalars {
        #[pickle(bits = 4, derived = sizeof(array))]
        size: Derived<u8>,
        #[pickle(bits = 4, constant = 0_u8)]
        reserved: (),
        #[pickle(size = size)]
        array: Vec<u16>,
    }
    let value = Scalars {
        size: Derived::auto(),
        reserved: (),
        array: vec![44417, 46483, 46501, 46519, 46529, 48595, 48613],
    };
    same(&hex("0e81ad93b5a5b5b7b5c1b5d3bde5bd"), &value);
    // A size that ends within an item.
    let error = refused::<Scalars>(&hex("03010203"));
    let (needed, left) = (16, 8);
    assert_eq!(error.kind(), &ErrorKind::UnexpectedEnd { needed, left });

    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little, bit_order = lsb)]
    struct Words {
        #[pickle(bits = 4, derived = sizeof(array))]
        size: Derived<u8>,
        #[pickle(bits = 4, constant = 0_u8)]
        reserved: (),
        #[pickle(size = size)]
        array: Vec<Word>,
    }
    let (a, b) = (Word::A, Word::B);
    let value = Words {
        size: Derived::auto(),
        reserved: (),
        array: vec![a, b, a, b, a, b, a],
    };
    same(&hex("0ebbaaddccbbaaddccbbaaddccbbaa"), &value);

    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little, bit_order = lsb)]
    struct Chunks {
        #[pickle(bits = 4, derived = sizeof(array) + 2)]
        size: Derived<u8>,
        #[pickle(bits = 4, constant = 0_u8)]
        reserved: (),
        #[pickle(size = size - 2)]
        array: Vec<Chunk>,
    }
    let value = Chunks {
        size: Derived::auto(),
        reserved: (),
        array: chunks(&[&[], &[92, 93, 94], &[], &[95, 88, 97], &[]]),
    };
    same(&hex("0d00035c5d5e00035f586100"), &value);
}
