use pickler::Pickle;

#[derive(Pickle)]
#[pickle(inline, rename = "head")]
struct Header {
    length: u8,
}

#[derive(Pickle)]
#[pickle(inline, context(version: u8), tag = u8)]
enum Body {
    Empty,
    #[pickle(since = 3)]
    Full(u8),
}

fn main() {}
