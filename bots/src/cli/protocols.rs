//! The protocols that bots speak.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, bail};
use pickler::schema;

use crate::poker::rules::wire_strength;
use crate::protocol::Protocol;
use crate::script;

/// The built-in protocols beside that of the embedded server.
const OTHERS: [fn() -> &'static schema::Protocol; 3] = [
    pokersource3::protocol,
    openpoker::protocol,
    pokerth::protocol,
];

/// A protocol as bots speak it: a built-in one, or that of a spec.
///
/// # Errors
/// If there is none of that name, or the spec has mistakes.
pub(super) fn protocol_by_name(name: &str) -> anyhow::Result<Protocol> {
    if name == "pokersource" {
        let schema = pokersource::schema().clone();
        return Ok(script::pokersource(schema, Arc::new(wire_strength))?);
    }
    let mut others = OTHERS.iter().map(|protocol| protocol());
    if let Some(known) = others.find(|protocol| protocol.name == name) {
        return Ok(Protocol::described(known)?);
    }
    if pickler_spec::is_path(name) {
        let described = pickler_spec::load(Path::new(name))?;
        return Protocol::described(&described).with_context(|| name.to_owned());
    }
    let names: Vec<&str> = std::iter::once("pokersource")
        .chain(OTHERS.iter().map(|protocol| &*protocol().name))
        .collect();
    match pickler::nearest(name, names.iter().copied()).first() {
        Some(meant) => bail!("there is no protocol `{name}`; did you mean `{meant}`?"),
        None => bail!(
            "there is no protocol `{name}` that bots can speak; there are {}, and the path of a \
             spec is one, too",
            names.join(", ")
        ),
    }
}
