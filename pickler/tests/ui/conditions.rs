use pickler::Pickle;

#[derive(Pickle)]
struct Versions {
    version: u8,
    #[pickle(since = 5, until = 3)]
    never: Option<u8>,
    #[pickle(since = version)]
    unsaid: Option<u8>,
    #[pickle(if = version)]
    number: Option<u8>,
    #[pickle(if = version & 1, default = 7)]
    bit: u8,
    #[pickle(if = if version > 2 { version } else { 0 })]
    either: Option<u8>,
}

#[derive(Pickle)]
struct Null {
    #[pickle(flag, shown(0 = null))]
    twice: Option<u8>,
    #[pickle(flag, shown(0 = null, null = "none"))]
    once: Option<u8>,
}

fn main() {}
