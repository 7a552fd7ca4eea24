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

fn main() {}
