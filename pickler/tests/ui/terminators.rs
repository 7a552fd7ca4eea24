//! What ends lists, text, bytes and pieces.

use pickler::Pickle;

#[derive(Pickle)]
struct Ends {
    #[pickle(terminator = b"")]
    empty: String,
    #[pickle(size = until(b"" | end))]
    nothing: Vec<u8>,
    #[pickle(terminator_is = kept)]
    alone: u8,
    #[pickle(terminator = 0, terminator_is = dropped)]
    dropped: String,
    #[pickle(terminator = 0, count = u8)]
    counted: String,
    #[pickle(size = 4, pad = 0x1FF)]
    wide: Vec<u8>,
}

fn main() {}
