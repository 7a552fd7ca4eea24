//! The protocols that bots speak.

use std::sync::Arc;

use anyhow::bail;

use crate::poker::rules::{Card, hand_strength};
use crate::protocol::Protocol;
use crate::script;

/// The built-in protocols' names.
const NAMES: [&str; 1] = ["pokersource"];

/// A built-in protocol, as bots speak it.
///
/// # Errors
/// If there is none of that name.
pub(super) fn protocol_by_name(name: &str) -> anyhow::Result<Protocol> {
    match name {
        "pokersource" => Ok(script::pokersource(
            pokersource::schema().clone(),
            Arc::new(strength),
        )?),
        other => match pickler::nearest(other, NAMES).first() {
            Some(meant) => bail!("there is no protocol `{other}`; did you mean `{meant}`?"),
            None => bail!(
                "there is no protocol `{other}` that bots can speak; there are: {}",
                NAMES.join(", ")
            ),
        },
    }
}

/// How good cards are, as they come over the wire: 0 where they are hidden.
fn strength(hole: &[u8], board: &[u8]) -> f64 {
    let cards = |wire: &[u8]| -> Option<Vec<Card>> {
        wire.iter().map(|card| Card::from_wire(*card)).collect()
    };
    let (Some(hole), Some(board)) = (cards(hole), cards(board)) else {
        return 0.0;
    };
    match <[Card; 2]>::try_from(hole) {
        Ok(hole) => hand_strength(hole, &board).unwrap_or(0.0),
        Err(_) => 0.0,
    }
}
