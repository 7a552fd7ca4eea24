use pickler::{ByteString, Derived, Pickle};

#[derive(Pickle)]
struct Leaves {
    #[pickle(half)]
    double: f64,
    #[pickle(bcd, bits = 12)]
    text: String,
    #[pickle(varint = leb128)]
    float: f32,
    #[pickle(lenient)]
    strict: u32,
    #[pickle(padding = ignored)]
    bare: u32,
    #[pickle(scale = 60)]
    minutes: u32,
    #[pickle(flags(ACK = 0))]
    flags: u8,
    #[pickle(size = 8, pad = 0, terminator = 0)]
    name: String,
    #[pickle(varint = leb128, derived = sizeof(self))]
    size: Derived<u32>,
    #[pickle(endian = if strict { little })]
    either: u16,
    #[pickle(default(3))]
    given: u8,
    #[pickle(count)]
    list: ByteString,
}

#[derive(Pickle)]
struct Optional {
    here: u8,
    #[pickle(skip_if_default)]
    lacks_flag: u8,
    #[pickle(flag, skip_if_default)]
    twice: Option<u8>,
    #[pickle(flag)]
    never: u8,
    #[pickle(flag = bits(9))]
    wide: Option<u8>,
    #[pickle(rest)]
    single: u8,
}

fn main() {}
