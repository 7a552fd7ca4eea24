use pickler::Pickle;

#[derive(Pickle)]
struct Values {
    #[pickle(range = 5)]
    range: u8,
    #[pickle(one_of = 5)]
    one_of: u8,
    #[pickle(assert = later > 1)]
    early: u8,
    later: u8,
    #[pickle(count = u8, assert = sizeof(sized) < 100)]
    sized: Vec<u16>,
    #[pickle(count = u8, item(assert = item > later, derived = 3, rename = "x"))]
    items: Vec<u8>,
}

#[derive(Pickle)]
struct Unnamed(u8, #[pickle(assert = first > item)] u8);

#[derive(Pickle)]
struct With(#[pickle(with = pickler::picklers::of::<u8>(), range = 1..=10)] u8);

#[derive(Pickle)]
#[pickle(keyed(key = u8, size = u8))]
struct Keyed {
    #[pickle(key = 1, range = 1..=10)]
    field: u8,
}

fn main() {}
