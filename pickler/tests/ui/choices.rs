use pickler::{ByteString, Pickle};

#[derive(Pickle)]
#[pickle(choice, tag = u8, length = u16)]
enum Tagged {
    #[pickle(tag = 5)]
    A,
    #[pickle(other)]
    Other { tag: u8, body: ByteString },
}

#[derive(Pickle)]
#[pickle(choice)]
enum Magic {
    #[pickle(magic = 5)]
    A,
    #[pickle(since = 3)]
    B(u8),
}

#[derive(Pickle)]
#[pickle(assert = len(items) > 2)]
struct Unnamed(u8, #[pickle(count = u8)] Vec<u8>);

#[derive(Pickle)]
#[pickle(assert = low + high)]
struct NoCondition {
    low: u8,
    high: u8,
}

#[derive(Pickle)]
#[pickle(context(little: bool), tag = u16, endian = if little { little } else { big })]
enum WideTag {
    A(u16),
}

fn main() {}
