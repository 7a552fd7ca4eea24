//! The examples of its documentation.

use pickler::Pickle;

use crate::both::{hex, same};

#[test]
fn header_of_ipv4() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Ipv4 {
        #[pickle(bits = 4)]
        version: u8,
        #[pickle(bits = 4)]
        header_words: u8,
        #[pickle(bits = 6)]
        dscp: u8,
        #[pickle(bits = 2)]
        ecn: u8,
        length: u16,
        identification: u16,
        #[pickle(bits = 3)]
        flags: u8,
        #[pickle(bits = 13)]
        offset: u16,
        ttl: u8,
        protocol: u8,
        checksum: u16,
        source: [u8; 4],
        destination: [u8; 4],
    }
    let value = Ipv4 {
        version: 4,
        header_words: 5,
        dscp: 0,
        ecn: 0,
        length: 75,
        identification: 0x0F49,
        flags: 0,
        offset: 0,
        ttl: 128,
        protocol: 17,
        checksum: 0x63A5,
        source: [145, 254, 160, 237],
        destination: [145, 253, 2, 203],
    };
    same(&hex("4500004b0f490000801163a591fea0ed91fd02cb"), &value);
}

#[test]
fn bits_records_and_a_counted_list() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Six {
        #[pickle(bits = 6, constant = 6_u8)]
        data: (),
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Example {
        a: u8,
        #[pickle(bits = 7)]
        b: u8,
        #[pickle(bits = 1)]
        c: u8,
        d: u16,
        #[pickle(bits = 2)]
        e: u8,
        f: Six,
        #[pickle(count = u8)]
        items: Vec<u16>,
    }
    let value = Example {
        a: 0xAB,
        b: 0b101_0010,
        c: 1,
        d: 0xABCD,
        e: 3,
        f: Six { data: () },
        items: vec![0xBEEF, 0xC0FE],
    };
    same(&hex("aba5abcdc602beefc0fe"), &value);
}

#[test]
fn records_in_records() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Inner {
        data: u16,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Nested {
        #[pickle(bits = 6)]
        a: u8,
        #[pickle(bits = 2)]
        b: u8,
        inner: Inner,
    }
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Tuple(
        u8,
        #[pickle(bits = 2)] u8,
        #[pickle(bits = 6)] u8,
        u16,
        #[pickle(endian = big)] u16,
        Nested,
        #[pickle(count = u8)] Vec<u8>,
    );
    let nested = Nested {
        a: 0b10_0101,
        b: 0b10,
        inner: Inner { data: 0xDDCC },
    };
    let value = Tuple(0xFF, 2, 0x16, 0xBBAA, 0xCCDD, nested, vec![0xBE, 0xEF]);
    same(&hex("ff96aabbccdd96ccdd02beef"), &value);
}

#[test]
fn a_name_that_is_a_keyword() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Raw {
        r#type: u8,
    }
    same(&[0xFF], &Raw { r#type: 0xFF });
}
