use pickler::Pickle;

#[derive(Pickle)]
struct Doubled {
    #[pickle(count = u8, count = u16)]
    items: Vec<u8>,
    #[pickle(bits = 3)]
    #[pickle(bits = 4)]
    bits: u8,
    #[pickle(bits = 3, count = u8)]
    both: Vec<u8>,
    #[pickle(with = pickler::picklers::of::<u8>(), none = 3)]
    also: Option<u8>,
}

fn main() {}
