//! Where messages end.

use std::sync::Arc;

use pickler::dynamic;
use pickler::framing::{Cut, Framing as _, LengthField};
use pickler::schema::Schema;
use pickler::stream::Prefix;

/// Short messages may be read as often as they come in pieces.
const FREE_WORK: usize = 1 << 16;
/// Longer ones are read so many times, and then when there is half as much more.
const MOST_WORK: usize = 32;

/// How messages say where they end.
#[derive(Clone, Debug)]
pub enum Framing {
    /// By a length at a fixed place.
    Length(LengthField),
    /// By what they hold.
    Format { schema: Arc<Schema>, max: usize },
}

impl Framing {
    /// That of a protocol whose messages have that length, if they have one.
    pub fn new(length: Option<LengthField>, schema: &Schema, max: Option<u64>) -> Self {
        match length {
            Some(length) => Self::Length(length),
            None => Self::Format {
                schema: Arc::new(schema.clone()),
                max: max
                    .and_then(|max| usize::try_from(max).ok())
                    .unwrap_or(LengthField::DEFAULT_MAX),
            },
        }
    }

    /// Where the first message ends, or how many bytes that takes to say; or why
    /// no end can be found.
    pub fn cut(&self, bytes: &[u8]) -> Result<Cut, String> {
        match self {
            Self::Length(length) => length.cut(bytes).map_err(|error| error.to_string()),
            Self::Format { schema, max } => {
                let needed = match dynamic::decode_prefix(schema, bytes) {
                    Ok(Prefix::Value { taken, .. }) if taken > 0 => return Ok(Cut::Frame(taken)),
                    Ok(Prefix::Value { .. }) => return Err("a message of no bytes".into()),
                    Ok(Prefix::Needs(missing)) => bytes.len().saturating_add(missing),
                    Err(error) => return Err(error.to_string()),
                };
                if needed > *max {
                    return Err(format!(
                        "a message of {needed} bytes or more; {max} are accepted at most"
                    ));
                }
                Ok(Cut::Need(needed))
            }
        }
    }

    /// So many bytes tell how long a message is; `None` if that differs.
    pub fn header(&self) -> Option<usize> {
        match self {
            Self::Length(length) => Some(length.offset + length.size),
            Self::Format { .. } => None,
        }
    }

    /// How many bytes to wait for, where a message takes `needed` and so many were
    /// read of it in all tries: the work stays linear in what is sent.
    pub fn worth(&self, needed: usize, there: usize, work: usize) -> usize {
        let is_much = work > FREE_WORK.saturating_add(there.saturating_mul(MOST_WORK));
        if self.header().is_none() && is_much {
            needed.max(there + there / 2)
        } else {
            needed
        }
    }
}
