use pickler::{ByteString, Pickle};

#[derive(Pickle)]
enum Missing {
    A,
    B(u8),
}

#[derive(Pickle)]
#[pickle(tag = u8)]
enum Twice {
    #[pickle(tag = 2)]
    A,
    B(u8),
    #[pickle(tag = 3)]
    C,
}

#[derive(Pickle)]
#[pickle(tag = u8)]
enum TooGreat {
    #[pickle(tag = 256)]
    A,
    #[pickle(tag = -1)]
    B,
}

#[derive(Pickle)]
#[pickle(bits = 2)]
enum TooMany {
    A,
    B,
    C,
    D,
    E,
}

#[derive(Pickle)]
#[pickle(tag = char)]
enum NoInteger {
    A,
}

#[derive(Pickle)]
#[pickle(tag = u8)]
enum NoNumber {
    #[pickle(tag = Self::ONE)]
    A,
}

#[derive(Pickle)]
#[pickle(tag = u8)]
enum Others {
    A(u8),
    #[pickle(other)]
    First { tag: u8, body: ByteString },
    #[pickle(other)]
    Second { tag: u8, body: ByteString },
}

#[derive(Pickle)]
#[pickle(tag = u8)]
enum NothingKept {
    A(u8),
    #[pickle(other)]
    Other,
}

#[derive(Pickle)]
#[pickle(tag = u8, length_counts = body)]
enum NoLength {
    A,
}

fn main() {}
