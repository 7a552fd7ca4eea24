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
    #[pickle(tag = Self::ONE + 1)]
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

#[derive(Pickle)]
#[pickle(tag = u8)]
enum Overlaps {
    #[pickle(tag = 3 | 5..=9)]
    Several(#[pickle(tag)] u8),
    #[pickle(tag = 7)]
    Within,
    #[pickle(tag = 8..)]
    Across(#[pickle(tag)] u8),
    #[pickle(tag = 2..1)]
    Empty(#[pickle(tag)] u8),
}

#[derive(Pickle)]
#[pickle(tag = u8)]
enum Forgets {
    #[pickle(tag = 0..=9)]
    Several,
    #[pickle(tag = 10 | 11)]
    Two { value: u8 },
}

#[derive(Pickle)]
#[pickle(tag = u8)]
enum Keeps {
    #[pickle(tag = 0..=9)]
    Wide(#[pickle(tag)] u16),
    #[pickle(tag = 10 | 11)]
    Marked(#[pickle(tag, bits = 4)] u8),
    #[pickle(tag = 12)]
    One(#[pickle(tag)] u8),
}

#[derive(Pickle)]
struct NoVariant {
    #[pickle(tag)]
    tag: u8,
    #[pickle(count = tag(self))]
    items: Vec<u8>,
}

#[derive(Pickle)]
#[pickle(tag = [u8; 4])]
enum Bytes {
    #[pickle(tag = b"abc")]
    Short,
    #[pickle(tag = 7)]
    Number,
    #[pickle(tag = "abcd")]
    Text,
}

#[derive(Pickle)]
#[pickle(tag = [u8; 17])]
enum TooLong {
    A,
}

#[derive(Pickle)]
#[pickle(tag = leb128, bits = 3)]
enum VarintBits {
    A,
}

#[derive(Pickle)]
#[pickle(context(kind: u8), tag = kin)]
enum NotGiven {
    A,
}

#[derive(Pickle)]
#[pickle(tag = u8, length = i16)]
enum SignedLength {
    A,
    B(u8),
}

fn main() {}
