//! What only code can say in random schemas; compiled together with the generated
//! types, see `../random.rs`.

use pickler::Pickler;
use pickler::picklers::{leb128, opaque};

/// `opaque "number"`
pub type Number = u32;

/// As generated schemas read it.
pub fn number<'de>() -> impl Pickler<'de, Value = Number> {
    opaque("number", leb128())
}
