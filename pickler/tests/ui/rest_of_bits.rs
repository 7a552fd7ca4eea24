use pickler::Pickle;

#[derive(Pickle)]
struct Odd(#[pickle(bits = 3)] u8);

#[derive(Pickle)]
struct Rest {
    size: u8,
    #[pickle(size = size)]
    items: Vec<Odd>,
}

fn main() {
    let _ = pickler::decode::<Rest>(&[]);
}
