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
    #[pickle(count = u8, item(at = 7, align = 4))]
    list: Vec<u8>,
    #[pickle(if = near == 1, at = 7, none = 0)]
    sometimes: Option<u8>,
    #[pickle(if = near == 1, at = 7, rest)]
    all: Vec<u8>,
}

#[derive(Pickle)]
struct Tuple(u8, #[pickle(at = near)] u8);

#[derive(Pickle)]
struct SharedHow {
    #[pickle(shared = offset(0xC0_u16))]
    mark: u32,
    #[pickle(shared = true)]
    how: u32,
}

fn main() {
    let _ = pickler::decode::<WithRest>(&[]);
}
