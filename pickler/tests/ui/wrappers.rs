use pickler::Pickle;

#[derive(Pickle)]
struct Wrappers {
    #[pickle(none = 255)]
    seat: u8,
    #[pickle(derived = 3)]
    size: u8,
    #[pickle(constant = 3_u8)]
    constant: u8,
}

fn main() {}
