use pickler::Pickle;

#[derive(Pickle)]
struct Chunk {
    kind: u32,
    #[pickle(if = kind == b"IHDR")]
    bytes: Option<u8>,
    #[pickle(count = 1.5 * kind)]
    float: Vec<u8>,
    #[pickle(count = match kind { "a" => 1, _ => 2 })]
    text: Vec<u8>,
    #[pickle(range = 1.0..=2.0)]
    ratio: u8,
    #[pickle(one_of = [1e999])]
    past: f64,
}

#[derive(Pickle)]
struct Compared {
    #[pickle(count = u8, assert = list == "abc")]
    list: Vec<u16>,
}

fn main() {}
