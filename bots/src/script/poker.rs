//! stub
use crate::protocol::{NotAProtocol, Protocol};
use pickler::schema::Schema;
use std::sync::Arc;

/// The strength of a hand.
pub type Strength = Arc<dyn Fn(&[u8], &[u8]) -> f64 + Send + Sync>;

/// The pokersource protocol.
pub fn pokersource(schema: Schema, _strength: Strength) -> Result<Protocol, NotAProtocol> {
    let mut protocol = Protocol::plain("pokersource", schema)?;
    protocol.library = super::scripts::POKER_LIBRARY;
    Ok(protocol)
}
