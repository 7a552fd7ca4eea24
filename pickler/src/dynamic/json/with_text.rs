//! Bytes as this crate shows them.

use alloc::string::String;

use serde_json::Value as Json;

use super::hex::from_hex;

/// The same JSON, where bytes of printable ASCII are text: as
/// [`to_json`](super::to_json) shows them, which others need not.
///
/// ```
/// use pickler::dynamic::json::with_text;
/// use serde_json::json;
///
/// let vector = json!({ "name": { "$hex": "6d65" }, "hash": { "$hex": "ff00" } });
/// assert_eq!(with_text(&vector), json!({ "name": "me", "hash": { "$hex": "ff00" } }));
/// ```
pub fn with_text(json: &Json) -> Json {
    match json {
        Json::Object(parts) => match parts.get("$hex") {
            Some(Json::String(digits)) if parts.len() == 1 => {
                printable(digits).map_or_else(|| json.clone(), Json::String)
            }
            _ => Json::Object(
                parts
                    .iter()
                    .map(|(name, json)| (name.clone(), with_text(json)))
                    .collect(),
            ),
        },
        Json::Array(items) => items.iter().map(with_text).collect(),
        other => other.clone(),
    }
}

fn printable(digits: &str) -> Option<String> {
    let bytes = from_hex(digits).ok()?;
    let printable = bytes.iter().all(|byte| (0x20..0x7F).contains(byte));
    printable.then(|| String::from_utf8(bytes).ok()).flatten()
}
