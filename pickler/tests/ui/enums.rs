use pickler::{ByteString, Pickle};

#[derive(Pickle)]
#[pickle(tag = u8)]
enum Empty {}

#[derive(Pickle)]
#[pickle(tag = u8, length_first)]
enum NoLength {
    #[pickle(tag = 1)]
    One(u8),
}

#[derive(Pickle)]
#[pickle(tag = u8)]
enum Several {
    #[pickle(tag = 1..=3)]
    Few { body: u8 },
    #[pickle(tag = 4, row)]
    Row(u8),
    #[pickle(tag = 5 | 6)]
    Twice {
        #[pickle(tag)]
        tag: u8,
        #[pickle(tag)]
        again: u8,
    },
    #[pickle(other)]
    Other { body: ByteString },
}

#[derive(Pickle)]
#[pickle(context(version: u8, version: u16))]
struct Parameters {
    #[pickle(if = len(version) > 3)]
    length: Option<u8>,
    #[pickle(if = sizeof(version) > 3)]
    size: Option<u8>,
}

#[derive(Pickle)]
#[pickle(tag = u8, length = bits(12))]
enum OddLength {
    #[pickle(tag = 1)]
    One(u8),
}

#[derive(Pickle)]
#[pickle(tag = u8, union)]
enum UnionAlready {
    #[pickle(tag = 1)]
    One(u8),
}

#[derive(Pickle)]
#[pickle(tag = u8, magic = bits(4, 0))]
enum OddMagic {
    #[pickle(tag = 1, magic = bits(4, 16))]
    TooGreat(u8),
    #[pickle(tag = 2, magic = bits(4))]
    NoValue(u8),
}

#[derive(Pickle)]
#[pickle(context(kind: u8), tag = u8)]
enum Conditions {
    #[pickle(tag = 1, if = kind)]
    Number(u8),
    #[pickle(tag = 2, if = other > 3)]
    Unknown(u8),
    #[pickle(tag = 3, if = kind > 3)]
    Some(u8),
    #[pickle(tag = 3)]
    Always(u8),
}

fn main() {}
