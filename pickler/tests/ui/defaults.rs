use pickler::{Derived, Pickle};

#[derive(Pickle)]
struct Mismatch {
    #[pickle(default = "text")]
    number: u32,
}

#[derive(Pickle)]
struct NotOfTheField {
    #[pickle(derived = 3, default = 3)]
    number: Derived<u32>,
    #[pickle(constant = 3_u8, default)]
    constant: (),
}

#[derive(Pickle)]
#[pickle(default = 3)]
struct OfWhat {
    number: u32,
}

#[derive(Pickle)]
#[pickle(tag = u8, default = fields)]
enum OfVariants {
    Number(u32),
}

fn main() {}
