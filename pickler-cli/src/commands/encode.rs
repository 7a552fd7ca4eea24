//! `pickler encode`: JSON to bytes.

use anyhow::{Context, Error, Result};
use pickler::dynamic::{self, json::from_json, json::to_hex};
use pickler::schema::Schema;

use crate::arguments::Encode;
use crate::input::for_each_argument;
use crate::json;
use crate::output::Output;
use crate::protocols::Protocol;
use crate::report::{Outcome, Report};

/// Encodes each piece of input; what is wrong with them is reported.
pub fn run(arguments: &Encode, output: &mut Output, report: &mut Report) -> Result<Outcome> {
    let protocol = Protocol::named(&arguments.protocol.protocol)?;
    let schema = protocol.schema();
    for_each_argument(&arguments.input, |piece| {
        let text = piece.text.map_err(Error::new);
        match text.and_then(|text| encode(schema, &text)) {
            Ok(bytes) => output.line(&to_hex(&bytes))?,
            Err(error) => report.error(&error.context(piece.origin.to_string())),
        }
        if piece.last_for_now {
            output.flush()?;
        }
        Ok(())
    })?;
    Ok(Outcome::Done)
}

fn encode(schema: &Schema, text: &str) -> Result<Vec<u8>> {
    let json = json::parse(text).context("no JSON message")?;
    let value = from_json(&json, schema)?;
    Ok(dynamic::encode(schema, &value)?)
}
