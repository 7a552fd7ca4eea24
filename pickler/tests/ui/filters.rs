use pickler::{ByteString, Pickle};

#[derive(Pickle)]
struct Ends {
    #[pickle(xor = 0x5A)]
    body: ByteString,
    kind: u8,
}

#[derive(Pickle)]
struct Filtered<'a> {
    key: u8,
    #[pickle(size = 4, rotate_left = 9)]
    turned: u32,
    #[pickle(size = 4, xor = [])]
    keyless: u32,
    #[pickle(size = 4, xor = 0x1FF)]
    wide: u32,
    #[pickle(size = 4, xor = 1, rotate_right = 2)]
    twice: u32,
    #[pickle(size = 4, xor = key)]
    borrowed: &'a [u8],
    #[pickle(size = 4, xor = later)]
    early: u32,
    later: u8,
}

fn main() {}
