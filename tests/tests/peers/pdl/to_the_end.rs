//! Payloads and arrays that go to the end of the packet.

use pickler::{ByteString, Derived, ErrorKind, Pickle};

use crate::both::{hex, refused, same_to_the_end};

#[test]
fn payload() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Packet {
        a: u16,
        #[pickle(rest)]
        payload: ByteString,
    }
    let packet = |a, payload: Vec<u8>| Packet {
        a,
        payload: payload.into(),
    };
    same_to_the_end(&hex("0000"), &packet(0, vec![]));
    let payload = vec![80, 89, 90, 91, 92];
    same_to_the_end(&hex("b75250595a5b5c"), &packet(21175, payload));
    refused::<Packet>(&hex("b7"));
}

#[test]
fn bytes_and_scalars() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Bytes(#[pickle(rest)] Vec<u8>);
    same_to_the_end(&[], &Bytes(vec![]));
    same_to_the_end(&hex("a5a6a7"), &Bytes(vec![165, 166, 167]));

    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(endian = little)]
    struct Scalars(#[pickle(rest)] Vec<u16>);
    let scalars = Scalars(vec![57061, 57079, 57089]);
    same_to_the_end(&hex("e5def7de01df"), &scalars);
    let error = refused::<Scalars>(&hex("e5def7"));
    let (needed, left) = (16, 8);
    assert_eq!(error.kind(), &ErrorKind::UnexpectedEnd { needed, left });
}

#[test]
fn records_of_a_size_of_their_own() {
    #[derive(Pickle, Debug, PartialEq)]
    #[pickle(bit_order = lsb)]
    struct Chunk {
        #[pickle(bits = 2, derived = sizeof(array))]
        size: Derived<u8>,
        #[pickle(bits = 6, constant = 0_u8)]
        reserved: (),
        #[pickle(size = size)]
        array: Vec<u8>,
    }
    #[derive(Pickle, Debug, PartialEq)]
    struct Chunks(#[pickle(rest)] Vec<Chunk>);
    let chunk = |array: &[u8]| Chunk {
        size: Derived::auto(),
        reserved: (),
        array: array.to_vec(),
    };
    let chunks = [&[][..], &[41, 42, 43], &[], &[44, 45, 46], &[]];
    let chunks = Chunks(chunks.map(chunk).into());
    same_to_the_end(&hex("0003292a2b00032c2d2e00"), &chunks);
}
