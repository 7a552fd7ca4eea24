//! The protocols that scripts can speak.

use std::sync::Arc;

use bots::poker::rules::wire_strength;
use bots::protocol::Protocol;
use bots::script;
use pickler::nearest;

const NAMES: [&str; 1] = ["pokersource"];

/// The protocol of that name, as bots speak it.
///
/// # Errors
/// If there is none, in words.
pub fn protocol(name: &str) -> Result<Protocol, String> {
    if name == NAMES[0] {
        return script::pokersource(pokersource::schema().clone(), Arc::new(wire_strength))
            .map_err(|error| error.to_string());
    }
    Err(match nearest(name, NAMES).first() {
        Some(meant) => format!("there is no protocol `{name}`; did you mean `{meant}`?"),
        None => format!(
            "there is no protocol `{name}` that bots can speak; there are: {}",
            NAMES.join(", ")
        ),
    })
}
