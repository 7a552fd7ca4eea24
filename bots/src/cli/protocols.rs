//! The protocols that bots speak.

use std::sync::Arc;

use anyhow::bail;

use crate::poker::rules::wire_strength;
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
            Arc::new(wire_strength),
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
