use pickler::Pickle;

#[derive(Pickle)]
struct Bits {
    #[pickle(bits = 0)]
    none: u8,
    #[pickle(bits = 9)]
    many: u8,
    #[pickle(bits = "3")]
    text: u8,
    #[pickle(bits = 200)]
    more: u128,
}

#[derive(Pickle)]
struct NoBits {
    #[pickle(bits = 3)]
    text: String,
}

fn main() {}
