use pickler::Pickle;

#[derive(Pickle)]
struct Versions {
    version: u8,
    #[pickle(since = 5, until = 3)]
    never: Option<u8>,
    #[pickle(since = version)]
    unsaid: Option<u8>,
}

fn main() {}
