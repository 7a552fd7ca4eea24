use pickler::Pickle;

#[derive(Pickle)]
struct Versions {
    version: u8,
    #[pickle(since = 5, until = 3)]
    never: Option<u8>,
    #[pickle(since = version)]
    unsaid: Option<u8>,
}

#[derive(Pickle)]
struct Null {
    #[pickle(flag, shown(0 = null))]
    twice: Option<u8>,
    #[pickle(flag, shown(0 = null, null = "none"))]
    once: Option<u8>,
}

fn main() {}
