use pickler::Pickle;

#[derive(Pickle)]
struct Sizes {
    #[pickle(leftover = ignore)]
    leftover: u8,
    #[pickle(size = 3, size_counts = itself)]
    counts: u8,
    #[pickle(item(count = u8))]
    names: Vec<String>,
    #[pickle(count = u8, item(bits = 3))]
    text: String,
    #[pickle(bytes)]
    bytes: Vec<u8>,
}

#[derive(Pickle)]
struct Padding {
    #[pickle(pad = 0)]
    open: String,
    #[pickle(size = 4, pad = -1)]
    high: String,
    #[pickle(size = 7, pad = 0x3000, encoding = utf16)]
    half: String,
    #[pickle(align_from = record)]
    from: u8,
    #[pickle(pad_to = 0)]
    nothing: u8,
    #[pickle(padding = ignored)]
    ignored: u8,
}

fn main() {}
