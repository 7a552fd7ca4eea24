use pickler::{Derived, Pickle};

#[derive(Pickle)]
struct Frame {
    kind: u8,
    body: u32,
    #[pickle(derived = xor8(body..=kind))]
    backwards: Derived<u8>,
    #[pickle(derived = xor8(kind, body))]
    pair: Derived<u8>,
    #[pickle(derived = xor8(kinds..=body))]
    misspelt: Derived<u8>,
    #[pickle(derived = crc32(body))]
    number: Derived<[u8; 4]>,
    #[pickle(derived = sha1(body))]
    short: Derived<[u8; 16]>,
    #[pickle(derived = sha1(body))]
    digest: Derived<u32>,
}

fn main() {}
