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
}

fn main() {}
