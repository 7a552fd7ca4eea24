use pickler::{ByteString, Derived, Pickle};

#[derive(Pickle)]
struct Told {
    #[pickle(derived = sizeof(body), varint = leb128)]
    size: Derived<u32>,
    #[pickle(derived = sizeof(body) * 2)]
    twice: Derived<u16>,
    #[pickle(derived = twice + 1, varint = leb128)]
    again: Derived<u32>,
    #[pickle(derived = len(body), varint = leb128)]
    count: Derived<u32>,
    #[pickle(count = count)]
    body: ByteString,
}

fn main() {}
