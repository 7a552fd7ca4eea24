use pickler::{Derived, Pickle};

#[derive(Pickle)]
struct Last {
    #[pickle(last = item == 0, count = u8)]
    counted: Vec<u8>,
    #[pickle(last = item + 1)]
    number: Vec<u8>,
    #[pickle(last = item == 0)]
    text: String,
    #[pickle(last = itm == 0)]
    misspelt: Vec<u8>,
}

#[derive(Pickle)]
struct Present {
    #[pickle(derived = present(length) as u8)]
    flags: Derived<u8>,
    length: u8,
    #[pickle(if = present(missing))]
    rating: Option<u8>,
}

fn main() {}
