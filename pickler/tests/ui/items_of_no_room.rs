//! Items that take no room are not counted by the end of the input.

use pickler::Pickle;
use pickler::picklers::{list_to_end, unit};

#[derive(Pickle)]
struct ByTheEnd {
    #[pickle(rest)]
    nothing: Vec<()>,
}

#[derive(Pickle)]
struct BySize {
    #[pickle(size = u8)]
    nothing: Vec<()>,
}

#[derive(Pickle)]
struct ByTerminator {
    #[pickle(terminator = ())]
    nothing: Vec<()>,
}

#[derive(Pickle)]
struct ByPickler {
    #[pickle(with = list_to_end(unit()))]
    nothing: Vec<()>,
}

fn main() {
    let _ = pickler::decode::<ByTheEnd>(&[]);
    let _ = pickler::decode::<BySize>(&[]);
    let _ = pickler::decode::<ByTerminator>(&[]);
    let _ = pickler::decode::<ByPickler>(&[]);
}
