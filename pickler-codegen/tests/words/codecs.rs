//! What only code can say in `declared.rs`.

use std::time::Duration;

use pickler::Pickler;
use pickler::picklers::{leb128, opaque, try_map};

/// `mapped "milliseconds"`
pub type Milliseconds = Duration;

/// A span in 16 bits.
pub fn milliseconds<'de, P>(wire: P) -> impl Pickler<'de, Value = Milliseconds>
where
    P: Pickler<'de, Value = u16>,
{
    try_map(
        wire,
        "milliseconds",
        |it: u16| Ok::<_, &str>(Duration::from_millis(it.into())),
        |time: &Duration| u16::try_from(time.as_millis()).map_err(|_| "longer than a minute"),
    )
}

/// `opaque "a number"`
pub type ANumber = u32;

/// A number in as many bytes as it needs.
pub fn a_number<'de>() -> impl Pickler<'de, Value = ANumber> {
    opaque("a number", leb128())
}
