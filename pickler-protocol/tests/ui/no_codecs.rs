//! What only code can say, of which nobody says where it is.

mod pots {
    pickler_protocol::protocol!("coded.pickler");
}

fn main() {}
