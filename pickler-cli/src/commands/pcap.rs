//! `pickler pcap`: the messages in captured traffic.

use std::collections::BTreeMap;

use anyhow::{Context, Result, anyhow};
use pickler::dynamic::{self, Value, json};
use pickler::schema::Schema;
use serde_json::{Map, Value as Json, json};

use crate::annotate::annotate;
use crate::arguments::Pcap;
use crate::input;
use crate::output::Output;
use crate::paint::Ink;
use crate::pcap::{Filter, Seen, Sent, timestamp};
use crate::protocols::Protocol;
use crate::report::{Outcome, Report};

/// Shows each message of a capture, or how many there are.
pub fn run(arguments: &Pcap, output: &mut Output, report: &mut Report) -> Result<Outcome> {
    let protocol = Protocol::named(&arguments.protocol.protocol)?;
    let filter = Filter::new(&protocol, arguments.port);
    let (name, from) = input::open(&arguments.file)?;
    let mut show = Show {
        schema: protocol.schema(),
        summary: arguments.summary.then(Summary::default),
        annotated: arguments.annotate,
        output,
        report,
    };
    let read = filter.read(from, &mut |seen| show.seen(seen));
    match read {
        Err(error) if crate::output::is_broken_pipe(&error) => return Err(error),
        read => read.with_context(|| name.to_owned())?,
    }
    if let Some(summary) = show.summary {
        summary.show(arguments.json, output)?;
    }
    Ok(Outcome::Done)
}

struct Show<'a> {
    schema: &'a Schema,
    summary: Option<Summary>,
    annotated: bool,
    output: &'a mut Output,
    report: &'a mut Report,
}

impl Show<'_> {
    fn seen(&mut self, seen: Seen<'_>) -> Result<()> {
        match seen {
            Seen::Message(sent, bytes) => self.message(sent, bytes)?,
            Seen::Handshake(sent, bytes) => self.handshake(sent, bytes)?,
            Seen::Trouble(sent, why) => self.trouble(sent, &anyhow!(why)),
            Seen::Packet(number, why) => self.report.error(&anyhow!("packet {number}: {why}")),
            Seen::Elsewhere(why) => self.report.note(&why),
            Seen::Capture(why) => self.report.error(&anyhow!(why)),
        }
        Ok(())
    }

    fn message(&mut self, sent: Sent, bytes: &[u8]) -> Result<()> {
        let result = if self.annotated && self.summary.is_none() {
            let (lines, result) = annotate(self.schema, bytes, self.output.paint);
            self.head(sent)?;
            for line in lines {
                self.output.line(&line)?;
            }
            result
        } else {
            dynamic::decode(self.schema, bytes)
        };
        let value = match result {
            Ok(value) => value,
            Err(error) => {
                if let Some(summary) = &mut self.summary {
                    summary.add("(refused)", sent, bytes);
                }
                self.trouble(sent, &error.into());
                return Ok(());
            }
        };
        if let Some(summary) = &mut self.summary {
            let name = match &value {
                Value::Variant(message) => &*message.name,
                _ => "(value)",
            };
            summary.add(name, sent, bytes);
        } else if !self.annotated {
            let mut line = facts(sent);
            match json::to_json(&value, self.schema) {
                Json::Object(message) if matches!(value, Value::Variant(_)) => {
                    line.extend(message);
                }
                value => {
                    line.insert("value".into(), value);
                }
            }
            self.output.line(&Json::Object(line).to_string())?;
        }
        Ok(())
    }

    fn handshake(&mut self, sent: Sent, bytes: &[u8]) -> Result<()> {
        if let Some(summary) = &mut self.summary {
            summary.add("(handshake)", sent, bytes);
        } else if self.annotated {
            self.head(sent)?;
            let text = format!("handshake \"{}\"", bytes.escape_ascii());
            self.output.line(&text)?;
            self.output.line("")?;
        } else {
            let mut line = facts(sent);
            let bytes = match std::str::from_utf8(bytes) {
                Ok(text) => Json::from(text),
                Err(_) => json!({ "$hex": json::to_hex(bytes) }),
            };
            line.insert("handshake".into(), bytes);
            self.output.line(&Json::Object(line).to_string())?;
        }
        Ok(())
    }

    /// A line in front of a dump.
    fn head(&mut self, sent: Sent) -> Result<()> {
        let paint = self.output.paint;
        let time = sent.mark.time.and_then(timestamp).unwrap_or_default();
        let (from, to) = (sent.from, sent.to);
        let ends = paint.ink(Ink::Strong, format!("{from} -> {to}"));
        let rest = format!("{}, packet {}", direction(sent), sent.mark.packet);
        let rest = paint.ink(Ink::Faint, rest);
        self.output
            .line(format!("{time}  {ends}  {rest}").trim_start())
    }

    fn trouble(&mut self, sent: Sent, why: &anyhow::Error) {
        let (packet, from, to) = (sent.mark.packet, sent.from, sent.to);
        self.report
            .error(&anyhow!("packet {packet}, {from} -> {to}: {why:#}"));
    }
}

/// Which way, in the words of declarations.
fn direction(sent: Sent) -> &'static str {
    if sent.to_server {
        "to_server"
    } else {
        "to_client"
    }
}

/// What is known of a message beside what it says.
fn facts(sent: Sent) -> Map<String, Json> {
    let time = sent.mark.time.and_then(timestamp);
    Map::from_iter([
        ("time".into(), time.into()),
        ("from".into(), sent.from.to_string().into()),
        ("to".into(), sent.to.to_string().into()),
        ("direction".into(), direction(sent).into()),
    ])
}

/// How many messages there are, and how many bytes they take, by name and
/// direction.
#[derive(Default)]
struct Summary {
    counted: BTreeMap<String, [Counted; 2]>,
}

#[derive(Clone, Copy, Default)]
struct Counted {
    messages: u64,
    bytes: u64,
}

impl Counted {
    fn add(&mut self, other: Self) {
        self.messages += other.messages;
        self.bytes += other.bytes;
    }
}

impl Summary {
    fn add(&mut self, name: &str, sent: Sent, bytes: &[u8]) {
        let one = Counted {
            messages: 1,
            bytes: bytes.len() as u64,
        };
        if !self.counted.contains_key(name) {
            self.counted.insert(name.to_owned(), Default::default());
        }
        if let Some(directions) = self.counted.get_mut(name) {
            directions[usize::from(!sent.to_server)].add(one);
        }
    }

    fn show(&self, as_json: bool, output: &mut Output) -> Result<()> {
        if as_json {
            let list: Json = self
                .counted
                .iter()
                .map(|(name, counted)| {
                    let [to_server, to_client] =
                        counted.map(|it| json!({ "messages": it.messages, "bytes": it.bytes }));
                    json!({ "name": name, "to_server": to_server, "to_client": to_client })
                })
                .collect();
            return output.line(&list.to_string());
        }
        let paint = output.paint;
        let widest = self
            .counted
            .keys()
            .map(String::len)
            .max()
            .unwrap_or(0)
            .max("message".len());
        let head = format!("{:widest$}  {:>21}  {:>21}", "", "to server", "to client");
        output.line(&paint.ink(Ink::Faint, head))?;
        let head = format!(
            "{:widest$}  {:>8}  {:>11}  {:>8}  {:>11}",
            "message", "count", "bytes", "count", "bytes"
        );
        output.line(&paint.ink(Ink::Faint, head))?;
        let mut total = [Counted::default(); 2];
        for (name, counted) in &self.counted {
            for (total, counted) in total.iter_mut().zip(counted) {
                total.add(*counted);
            }
            output.line(&row(name, widest, counted))?;
        }
        output.line(&paint.ink(Ink::Strong, row("total", widest, &total)))
    }
}

/// A row of the table; what there is none of is left blank.
fn row(name: &str, widest: usize, [to_server, to_client]: &[Counted; 2]) -> String {
    let cells = |counted: &Counted| match counted.messages {
        0 => format!("{:>8}  {:>11}", "", ""),
        messages => format!("{messages:>8}  {:>11}", counted.bytes),
    };
    let row = format!("{name:widest$}  {}  {}", cells(to_server), cells(to_client));
    row.trim_end().to_owned()
}
