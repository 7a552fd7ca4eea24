//! What bytes mean, as JSON for the page.

use anyhow::{Context, Result};
use pickler::cursor::BitOrder;
use pickler::dynamic::json::{to_hex, to_json};
use pickler::dynamic::{self, Role, Span, Value, trace};
use pickler::framing::{Cut, Framing};
use pickler::schema::Schema;
use pickler::{Error, Step};
use serde_json::{Map, Value as Json, json};

use crate::annotate::shown;
use crate::hex::from_spaced_hex;
use crate::paint::Paint;
use crate::pcap::{self, Filter, Seen, Sent, timestamp};
use crate::plural::so_many;
use crate::protocols::Protocol;
use crate::target::Target;

/// So many messages are listed; of more, only how many there are is told.
const MOST_MESSAGES: usize = 10_000;
/// So many parts of a message are listed.
const MOST_PARTS: usize = 5_000;
/// So many things that are wrong are listed.
const MOST_PROBLEMS: usize = 200;

impl Target<'_> {
    fn schema<'a>(&'a self, protocol: &'a Protocol) -> &'a Schema {
        match self {
            Self::Messages(_) => protocol.schema(),
            Self::Type(schema) => schema,
        }
    }
}

/// The messages in hex digits.
pub fn hex(protocol: &Protocol, target: &Target<'_>, text: &[u8]) -> Result<Json> {
    let text = std::str::from_utf8(text).context("hex digits are expected")?;
    Ok(frames(protocol, target, &from_spaced_hex(text)?))
}

/// The messages in a file: a capture, or bytes as they are.
pub fn file(
    protocol: &Protocol,
    target: &Target<'_>,
    bytes: &[u8],
    port: Option<u16>,
) -> Result<Json> {
    let Ok(busiest) = pcap::busiest_port(bytes) else {
        return Ok(frames(protocol, target, bytes));
    };
    let Some(port) = port.or(busiest) else {
        anyhow::bail!("the capture holds neither TCP nor UDP");
    };
    let mut list = List::default();
    let schema = protocol.schema();
    Filter::new(protocol, port).read(bytes, &mut |seen| {
        match seen {
            Seen::Message(sent, bytes) => list.add(schema, bytes, Some(sent)),
            Seen::Handshake(sent, bytes) => list.handshake(sent, bytes),
            Seen::Trouble(sent, why) => list.problem(format!(
                "packet {}, {} -> {}: {why}",
                sent.mark.packet, sent.from, sent.to
            )),
            Seen::Packet(number, why) => list.problem(format!("packet {number}: {why}")),
            Seen::Capture(why) | Seen::Elsewhere(why) => list.problem(why),
        }
        Ok(())
    })?;
    let mut json = list.into_json();
    json.insert("port".into(), port.into());
    Ok(json.into())
}

/// The messages one behind the other, or one value.
fn frames(protocol: &Protocol, target: &Target<'_>, bytes: &[u8]) -> Json {
    let schema = target.schema(protocol);
    let framing = match target {
        Target::Messages(_) => protocol.framing(),
        Target::Type(_) => None,
    };
    let mut list = List::default();
    let mut rest = bytes;
    while !rest.is_empty() {
        let size = match framing.map(|framing| framing.cut(rest)) {
            None => rest.len(),
            Some(Ok(Cut::Frame(size))) => size,
            Some(cut) => {
                let at = bytes.len() - rest.len();
                list.problem(match cut {
                    Ok(Cut::Need(size)) => format!(
                        "byte {at}: the message is cut short: it takes {size} bytes or more, \
                         {} there",
                        so_many(rest.len())
                    ),
                    Ok(Cut::Frame(_)) => String::new(),
                    Err(error) => format!("byte {at}: no message can be found: {error}"),
                });
                rest.len()
            }
        };
        list.add(schema, &rest[..size], None);
        rest = &rest[size..];
    }
    list.into_json().into()
}

/// A list of messages, as long as a page can show.
#[derive(Default)]
struct List {
    messages: Vec<Json>,
    left_out: u64,
    problems: Vec<String>,
    other_problems: u64,
}

impl List {
    fn add(&mut self, schema: &Schema, bytes: &[u8], sent: Option<Sent>) {
        self.push(sent, bytes, |entry| {
            match dynamic::decode(schema, bytes) {
                Ok(Value::Variant(message)) => entry.insert("name".into(), (*message.name).into()),
                Ok(_) => entry.insert("name".into(), Json::Null),
                Err(error) => {
                    entry.insert("name".into(), tag(schema, bytes).into());
                    entry.insert("error".into(), error.to_string().into())
                }
            };
        });
    }

    fn handshake(&mut self, sent: Sent, bytes: &[u8]) {
        self.push(Some(sent), bytes, |entry| {
            let text = bytes.escape_ascii().to_string();
            entry.insert("handshake".into(), text.into());
        });
    }

    fn push(
        &mut self,
        sent: Option<Sent>,
        bytes: &[u8],
        fill: impl FnOnce(&mut Map<String, Json>),
    ) {
        if self.messages.len() >= MOST_MESSAGES {
            self.left_out += 1;
            return;
        }
        let mut entry = Map::new();
        entry.insert("hex".into(), to_hex(bytes).into());
        if let Some(sent) = sent {
            let time = sent.mark.time.and_then(timestamp);
            entry.insert("time".into(), time.into());
            entry.insert("from".into(), sent.from.to_string().into());
            entry.insert("to".into(), sent.to.to_string().into());
            entry.insert("to_server".into(), sent.to_server.into());
            entry.insert("packet".into(), sent.mark.packet.into());
        }
        fill(&mut entry);
        self.messages.push(entry.into());
    }

    fn problem(&mut self, why: String) {
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(why);
        } else {
            self.other_problems += 1;
        }
    }

    fn into_json(self) -> Map<String, Json> {
        Map::from_iter([
            ("messages".into(), self.messages.into()),
            ("left_out".into(), self.left_out.into()),
            ("problems".into(), self.problems.into()),
            ("other_problems".into(), self.other_problems.into()),
        ])
    }
}

/// What the tag of a message that is wrong says that it is.
fn tag(schema: &Schema, bytes: &[u8]) -> Option<String> {
    let (spans, _) = trace(schema, bytes);
    spans.iter().find_map(|span| match &span.role {
        Role::Tag(Some(name)) if span.path.is_empty() => Some(name.to_string()),
        _ => None,
    })
}

/// All parts of one message, and what is wrong with it.
pub fn message(protocol: &Protocol, target: &Target<'_>, bytes: &[u8]) -> Json {
    let schema = target.schema(protocol);
    let (spans, result) = trace(schema, bytes);
    let left_out = spans.len().saturating_sub(MOST_PARTS);
    let spans: Vec<Json> = spans.iter().take(MOST_PARTS).map(part).collect();
    let (value, error) = match &result {
        Ok(value) => (to_json(value, schema), Json::Null),
        Err(error) => (Json::Null, fault(error)),
    };
    json!({ "spans": spans, "left_out": left_out, "value": value, "error": error })
}

fn part(span: &Span) -> Json {
    let (role, variant) = match &span.role {
        Role::Value => ("value", None),
        Role::Tag(variant) => ("code", variant.as_deref()),
        Role::Length => ("length", None),
        Role::Flag => ("flag", None),
        Role::Count => ("count", None),
    };
    json!({
        "path": span.path.iter().map(step).collect::<Vec<_>>(),
        "role": role,
        "variant": variant,
        "value": shown(span, Paint { on: false }),
        "start": span.bits.start,
        "end": span.bits.end,
        "lsb": span.bit_order == BitOrder::Lsb,
    })
}

fn fault(error: &Error) -> Json {
    let path: Vec<Json> = error
        .path()
        .filter(|step| !matches!(step, Step::Type(_)))
        .map(step)
        .collect();
    json!({
        "text": error.kind().to_string(),
        "path": path,
        "start": error.bit_offset(),
        "end": error.bit_offset().saturating_add(error.bit_length()),
    })
}

/// An item as a number, everything else as its name.
fn step(step: &Step) -> Json {
    match step {
        Step::Item(index) => (*index).into(),
        Step::Type(name) | Step::Field(name) | Step::Variant(name) => name.to_string().into(),
    }
}
