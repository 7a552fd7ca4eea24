//! `pickler vectors check`: conformance vectors, both ways, by both codecs.

use anyhow::{Context, Result, anyhow, bail};
use pickler::dynamic::{self, json};
use pickler::schema::Schema;
use serde_json::{Map, Value as Json};

use crate::arguments::VectorsCheck;
use crate::input::{Piece, for_each_line};
use crate::output::Output;
use crate::protocols::Protocol;
use crate::report::{Outcome, Report};

/// Checks the vectors of each file; lists those that fail, then how many.
pub fn run(arguments: &VectorsCheck, output: &mut Output, report: &mut Report) -> Result<Outcome> {
    let protocol = Protocol::named(&arguments.protocol.protocol)?;
    let (mut passed, mut failed) = (0_u64, 0_u64);
    for file in &arguments.files {
        let mut is_empty = true;
        let checked = for_each_line(file, |piece| {
            is_empty = false;
            let origin = piece.origin.clone();
            match Vector::from_piece(piece) {
                Err(error) => report.error(&error.context(origin.to_string())),
                Ok(vector) => match vector.check(&protocol) {
                    Ok(()) => passed += 1,
                    Err(why) => {
                        failed += 1;
                        output.line(&format!("failed: {} ({origin}): {why:#}", vector.id))?;
                    }
                },
            }
            Ok(())
        });
        match checked {
            Ok(()) if is_empty => report.error(&anyhow!("{file}: holds no vectors")),
            Ok(()) => {}
            Err(error) if crate::output::is_broken_pipe(&error) => return Err(error),
            Err(error) => report.error(&error),
        }
    }
    output.line(&format!("{passed} passed, {failed} failed"))?;
    Ok(if failed == 0 {
        Outcome::Done
    } else {
        Outcome::DoesNotHold
    })
}

/// A value as JSON and as its bytes.
struct Vector {
    id: String,
    value: Json,
    bytes: Vec<u8>,
}

impl Vector {
    fn from_piece(piece: Piece) -> Result<Self> {
        let json = crate::json::parse(&piece.text?).context("no vector")?;
        let Json::Object(mut parts) = json else {
            bail!(
                "no vector: expected an object with `id`, `name`, `code`, `fields` and `hex`, or with `id`, `value` and `hex`"
            );
        };
        let hex = text(&parts, "hex")?;
        let bytes = json::from_hex(&hex).with_context(|| format!("no vector: `hex` is {hex:?}"))?;
        let id = text(&parts, "id")?;
        let value = match parts.remove("value") {
            Some(value) => value,
            None => message(parts)?,
        };
        Ok(Self { id, value, bytes })
    }

    /// Bytes and fields say the same, to both codecs.
    fn check(&self, protocol: &Protocol) -> Result<()> {
        let schema = protocol.schema();
        let value = dynamic::decode(schema, &self.bytes).context("the bytes are refused")?;
        let decoded = json::to_json(&value, schema);
        let expected = json::with_text(&self.value);
        if decoded != expected {
            bail!("the bytes are read as {}", difference(&decoded, &expected));
        }
        let written = encode(schema, &self.value).context("the fields are refused")?;
        if written != self.bytes {
            bail!("the fields are written as {}", json::to_hex(&written));
        }
        let Some(rewrite) = protocol.rewrite else {
            return Ok(());
        };
        let rewritten = rewrite(&self.bytes).context("the compiled codec refuses the bytes")?;
        if rewritten != self.bytes {
            let hex = json::to_hex(&rewritten);
            bail!("the compiled codec reads the bytes and writes {hex}");
        }
        Ok(())
    }
}

/// A message of its parts in a vector.
fn message(mut parts: Map<String, Json>) -> Result<Json> {
    let mut message = Map::new();
    for name in ["name", "code", "fields"] {
        let part = parts
            .remove(name)
            .with_context(|| format!("no vector: `{name}` is missing"))?;
        message.insert(name.into(), part);
    }
    Ok(message.into())
}

fn encode(schema: &Schema, message: &Json) -> Result<Vec<u8>, pickler::Error> {
    dynamic::encode(schema, &json::from_json(message, schema)?)
}

fn text(parts: &Map<String, Json>, name: &str) -> Result<String> {
    match parts.get(name) {
        Some(Json::String(text)) => Ok(text.clone()),
        Some(_) => Err(anyhow!("no vector: `{name}` is no text")),
        None => Err(anyhow!("no vector: `{name}` is missing")),
    }
}

/// Where two messages differ first, in words.
fn difference(found: &Json, expected: &Json) -> String {
    match (found, expected) {
        (Json::Object(found), Json::Object(expected)) => {
            for (name, part) in found {
                match expected.get(name) {
                    None => return format!("{name}: {part}, which the vector lacks"),
                    Some(wanted) if wanted != part => {
                        return format!("{name}: {}", difference(part, wanted));
                    }
                    Some(_) => {}
                }
            }
            let missing = expected.keys().find(|name| !found.contains_key(*name));
            match missing {
                Some(name) => format!("without {name}, which the vector has"),
                None => "the same".into(),
            }
        }
        (Json::Array(found), Json::Array(expected)) if found.len() == expected.len() => {
            let mut pairs = found.iter().zip(expected).enumerate();
            match pairs.find(|(_, (found, expected))| found != expected) {
                Some((index, (found, expected))) => {
                    format!("[{index}]: {}", difference(found, expected))
                }
                None => "the same".into(),
            }
        }
        (found, expected) => format!("{found}, not {expected}"),
    }
}
