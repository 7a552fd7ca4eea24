use pickler::types::UnknownField;
use pickler::Pickle;

#[derive(Pickle)]
#[pickle(keyed(key = u8, size = u8))]
struct Twice {
    #[pickle(key = 1, repeated)]
    single: u8,
    #[pickle(key = 2, packed)]
    packed: Vec<u8>,
    #[pickle(key = 3, at = 5)]
    elsewhere: u8,
    #[pickle(key = 4, rest)]
    rest: Vec<u8>,
    #[pickle(unknown)]
    others: Vec<UnknownField>,
    #[pickle(unknown)]
    more: Vec<UnknownField>,
}

#[derive(Pickle)]
#[pickle(protobuf, keyed(key = u8, size = u8))]
struct Both {
    #[pickle(key = 0)]
    zero: u32,
}

#[derive(Pickle)]
#[pickle(protobuf, magic = b"P")]
struct Magic {
    #[pickle(key = 1)]
    one: u32,
}

#[derive(Pickle)]
#[pickle(keyed)]
struct Unsaid {
    #[pickle(key = 1)]
    one: u32,
}

#[derive(Pickle)]
#[pickle(keyed(key = f32, size = u8, terminator = -1))]
struct Odd {
    #[pickle(key = 1)]
    one: u32,
}

#[derive(Pickle)]
#[pickle(unknown = ignore)]
struct Plain {
    #[pickle(key = 1)]
    one: u32,
}

#[derive(Pickle)]
#[pickle(tag = u8, tag_key = 1)]
enum Tagged {
    #[pickle(tag = 1)]
    One(u8),
}

fn main() {}
