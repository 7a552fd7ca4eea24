use pickler::{Derived, Pickle};

#[derive(Pickle)]
struct Frame {
    #[pickle(bits = 4)]
    kind: u8,
    #[pickle(bits = 4)]
    length: u8,
    #[pickle(derived = crc8(length))]
    starts_within: Derived<u8>,
    #[pickle(derived = crc8(kind))]
    ends_within: Derived<u8>,
    #[pickle(derived = crc8(kind..=length))]
    whole: Derived<u8>,
    #[pickle(derived = crc8(kind..=length), bits = 12)]
    within: Derived<u16>,
    #[pickle(bits = 4)]
    rest: u8,
}

#[derive(Pickle)]
struct Narrow {
    body: u32,
    #[pickle(derived = crc32(body))]
    short: Derived<u16>,
    #[pickle(derived = crc16_arc(body))]
    signed: Derived<i16>,
    #[pickle(derived = internet(body), bits = 8)]
    bits: Derived<u16>,
    #[pickle(derived = crc24(body))]
    wide: Derived<u32>,
}

fn main() {}
