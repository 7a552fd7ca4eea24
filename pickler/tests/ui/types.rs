use pickler::{Derived, Pickle};

#[derive(Pickle)]
struct Uncounted {
    items: Vec<u8>,
}

#[derive(Pickle)]
struct NoCount {
    #[pickle(count = u8)]
    number: u32,
}

#[derive(Pickle)]
struct NoPickle {
    float: std::time::Duration,
}

#[derive(Pickle)]
struct NoDerived {
    #[pickle(derived = len(items))]
    count: Derived<String>,
    #[pickle(count = 3)]
    items: Vec<u8>,
}

fn main() {}
