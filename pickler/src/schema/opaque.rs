//! What no description can say.

use alloc::sync::Arc;
use core::fmt;

use crate::error::Text;

/// Something whose format only its own codec can say: whole bytes, starting on
/// a byte boundary.
///
/// A description names it. Of what was read, the dynamic codec shows the bytes;
/// what it writes is bytes that the codec would read whole.
#[derive(Clone)]
pub struct Opaque {
    /// What it is called.
    pub name: Arc<str>,
    /// How many bytes of an input a value at its start takes, or why there is
    /// none.
    pub measure: fn(&[u8]) -> Result<usize, Text>,
}

impl fmt::Debug for Opaque {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Opaque").field(&self.name).finish()
    }
}

/// Two are the same if they are called the same.
impl PartialEq for Opaque {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}
