//! `pickler decode`: bytes to JSON, or to an annotated dump.

use anyhow::{Context, Error, Result, bail};
use pickler::dynamic::json;
use pickler::dynamic::{self, Value};
use pickler::framing::{Cut, Framing, LengthField};
use pickler::schema::{Schema, Variant};

use crate::annotate::annotate;
use crate::arguments::Decode;
use crate::hex::from_spaced_hex;
use crate::input::{Origin, Piece, for_each_argument, whole_file};
use crate::output::Output;
use crate::paint::Paint;
use crate::plural::so_many;
use crate::protocols::Protocol;
use crate::report::{Outcome, Report};
use crate::target::Target;

/// Decodes each frame of each piece of input.
pub fn run(arguments: &Decode, output: &mut Output, report: &mut Report) -> Result<Outcome> {
    let protocol = Protocol::named(&arguments.protocol.protocol)?;
    let target = Target::of(&protocol, arguments.message.as_deref())?;
    let decoder = Decoder {
        framing: match target {
            Target::Messages(_) => protocol.framing(),
            Target::Type(_) => None,
        },
        schema: match &target {
            Target::Messages(_) => protocol.schema(),
            Target::Type(schema) => schema,
        },
        expected: match target {
            Target::Messages(expected) => expected,
            Target::Type(_) => None,
        },
        annotated: arguments.annotate,
        explains: arguments.explain || report.is_read_by_a_person() && !arguments.annotate,
    };
    if let Some(file) = &arguments.file {
        let (origin, bytes) = whole_file(file)?;
        decoder.bytes(&origin, &bytes, output, report)?;
        return Ok(Outcome::Done);
    }
    for_each_argument(&arguments.input, |piece| {
        let due = piece.last_for_now;
        decoder.piece(piece, output, report)?;
        if due {
            output.flush()?;
        }
        Ok(())
    })?;
    Ok(Outcome::Done)
}

struct Decoder<'a> {
    schema: &'a Schema,
    framing: Option<LengthField>,
    expected: Option<&'a Variant>,
    annotated: bool,
    explains: bool,
}

impl Decoder<'_> {
    /// Decodes the frames of a piece; what is wrong with them is reported.
    fn piece(&self, piece: Piece, output: &mut Output, report: &mut Report) -> Result<()> {
        let text = piece.text.map_err(Error::new);
        match text.and_then(|text| Ok(from_spaced_hex(&text)?)) {
            Ok(bytes) => self.bytes(&piece.origin, &bytes, output, report)?,
            Err(error) => report.error(&error.context(piece.origin.to_string())),
        }
        Ok(())
    }

    /// Decodes the frames in some bytes; what is wrong with them is reported.
    fn bytes(
        &self,
        origin: &Origin,
        bytes: &[u8],
        output: &mut Output,
        report: &mut Report,
    ) -> Result<()> {
        let mut start = 0;
        while start < bytes.len() {
            let rest = &bytes[start..];
            let size = self.next_frame(rest);
            let frame = &rest[..*size.as_ref().unwrap_or(&rest.len())];
            let (lines, result) = match size {
                Ok(_) => self.frame(frame, output.paint),
                Err(error) => (Vec::new(), Err(error)),
            };
            for line in lines {
                output.line(&line)?;
            }
            if let Err(error) = result {
                let place = match start {
                    0 => origin.to_string(),
                    _ => format!("{origin}, frame at byte {start}"),
                };
                match error.downcast_ref() {
                    Some(error) if self.explains => report.error_in(&place, error, frame),
                    _ => report.error(&error.context(place)),
                }
            }
            start += frame.len();
        }
        Ok(())
    }

    /// The size of the first frame.
    fn next_frame(&self, bytes: &[u8]) -> Result<usize> {
        let Some(framing) = &self.framing else {
            return Ok(bytes.len());
        };
        match framing.cut(bytes).context("no frame can be found")? {
            Cut::Frame(size) => Ok(size),
            Cut::Need(size) => bail!(
                "the frame is cut short: it takes {size} bytes or more, {} there",
                so_many(bytes.len())
            ),
        }
    }

    /// What is shown of a frame, and what is wrong with it.
    fn frame(&self, frame: &[u8], paint: Paint) -> (Vec<String>, Result<()>) {
        if self.annotated {
            let (lines, value) = annotate(self.schema, frame, paint);
            let result = value.map_err(Into::into);
            return (lines, result.and_then(|value| self.check(&value)));
        }
        let value = match dynamic::decode(self.schema, frame) {
            Ok(value) => value,
            Err(error) => return (Vec::new(), Err(error.into())),
        };
        match self.check(&value) {
            Ok(()) => {
                let line = json::to_json(&value, self.schema).to_string();
                (vec![line], Ok(()))
            }
            Err(error) => (Vec::new(), Err(error)),
        }
    }

    /// The message is the one that is expected, if one is.
    fn check(&self, value: &Value) -> Result<()> {
        match (self.expected, value) {
            (Some(expected), Value::Variant(found)) if found.name != expected.name => {
                bail!("expected {}, found {}", expected.name, found.name)
            }
            _ => Ok(()),
        }
    }
}
