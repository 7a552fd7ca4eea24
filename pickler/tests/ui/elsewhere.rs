use pickler::{Derived, Pickle};

#[derive(Pickle)]
struct WithRest {
    #[pickle(derived = offset(far))]
    offset: Derived<u16>,
    #[pickle(at = offset)]
    far: u8,
    #[pickle(rest)]
    near: Vec<u8>,
}

#[derive(Pickle)]
struct Counted {
    #[pickle(derived = offset(far))]
    offset: Derived<u16>,
    #[pickle(count = offset)]
    near: Vec<u8>,
    #[pickle(at = offset)]
    far: u8,
}

#[derive(Pickle)]
struct LooksThere {
    near: u8,
    #[pickle(count = offset(near))]
    items: Vec<u8>,
    #[pickle(at_from = record)]
    nowhere: u8,
    #[pickle(at = 4, none = 0)]
    optional: u8,
    #[pickle(count = u8, item(at = 7))]
    list: Vec<u8>,
}

#[derive(Pickle)]
struct Tuple(u8, #[pickle(at = 3)] u8);

fn main() {
    let _ = pickler::decode::<WithRest>(&[]);
}
