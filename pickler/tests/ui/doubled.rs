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
    #[pickle(if = bits > 0, rest)]
    twice_absent: Option<Vec<u8>>,
    #[pickle(rest, size = u8)]
    twice_sized: Vec<u8>,
}

fn main() {}
