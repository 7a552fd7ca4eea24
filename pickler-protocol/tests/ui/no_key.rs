//! What may not stand behind the path.

mod pots {
    pickler_protocol::protocol!("coded.pickler", codec = crate::codecs);
}

fn main() {}
