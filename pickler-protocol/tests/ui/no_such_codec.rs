//! A module in which not all that only code can say is.

mod codecs {
    use pickler::Pickler;
    use pickler::picklers::{leb128, opaque};

    pub type HoleCards = u32;
    pub fn hole_cards<'de>() -> impl Pickler<'de, Value = HoleCards> {
        opaque("hole cards", leb128())
    }
}

mod pots {
    pickler_protocol::protocol!("coded.pickler", codecs = crate::codecs);
}

fn main() {}
