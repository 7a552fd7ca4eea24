//! From a capture to the messages in it.

use std::collections::BTreeMap;
use std::io::Read;

use anyhow::{Error, Result};
use pickler::dynamic;
use pickler::framing::MessageFraming;
use pickler::schema::{Handshake, Schema};

use super::capture::{Packet, for_each_packet};
use super::connections::{Bounds, Connections, Mark, Sent};
use super::cutting::{Found, counted};
use super::layers::{Silent, Transport, carried};
use crate::protocols::Protocol;

/// What is found in a capture.
#[derive(Clone, Debug)]
pub enum Seen<'a> {
    /// What is sent before the first message.
    Handshake(Sent, &'a [u8]),
    /// A message, as bytes.
    Message(Sent, &'a [u8]),
    /// Something is wrong with what one end sends.
    Trouble(Sent, String),
    /// Something is wrong with a packet.
    Packet(u64, String),
    /// Something is wrong with the capture as a whole.
    Capture(String),
    /// Nobody speaks at the port that was asked for; which others there are.
    Elsewhere(String),
}

/// Who speaks, and how.
pub struct Filter<'a> {
    pub schema: &'a Schema,
    pub framing: MessageFraming,
    pub handshake: Option<Handshake>,
    /// The server's.
    pub port: u16,
    pub bounds: Bounds,
}

impl<'a> Filter<'a> {
    /// Those who speak that protocol, with a server at that port.
    pub fn new(protocol: &'a Protocol, port: u16) -> Self {
        Self {
            schema: protocol.schema(),
            framing: protocol.message_framing(),
            handshake: protocol.described.handshake.clone(),
            port,
            bounds: Bounds::default(),
        }
    }

    /// Tells what is found in a capture, in its order.
    ///
    /// # Errors
    /// Those of `tell`, and if it is no capture.
    pub fn read(
        &self,
        from: impl Read + Send,
        tell: &mut dyn FnMut(Seen<'_>) -> Result<()>,
    ) -> Result<()> {
        let connections = Connections::new(
            self.port,
            self.framing.clone(),
            self.handshake.clone(),
            self.bounds,
        );
        let mut reading = Reading {
            filter: self,
            connections,
            others: BTreeMap::new(),
            spoken: false,
            fragments: Counted::default(),
            links: Counted::default(),
            tell,
            refused: None,
        };
        let broken = for_each_packet(from, |packet| reading.packet(&packet))?;
        reading.finish()?;
        match broken {
            Some(error) => tell(Seen::Capture(error.to_string())),
            None => Ok(()),
        }
    }
}

/// The port at which most packets of a capture are sent or received: the
/// server's, of one server. Where two are alike, the lesser.
///
/// # Errors
/// If it is no capture.
pub fn busiest_port(from: impl Read + Send) -> Result<Option<u16>> {
    let mut packets = BTreeMap::<u16, u64>::new();
    // Of a capture that is cut short, what is there counts.
    let _ = for_each_packet(from, |packet| {
        if let Ok(carried) = carried(&packet) {
            for end in [carried.from, carried.to] {
                *packets.entry(end.port()).or_default() += 1;
            }
        }
        Ok(())
    })?;
    let busiest = packets.into_iter().rev().max_by_key(|(_, count)| *count);
    Ok(busiest.map(|(port, _)| port))
}

/// So many ports are told of where none is the one asked for.
const SHOWN_PORTS: usize = 8;

/// Packets of one kind.
#[derive(Default)]
struct Counted {
    count: u64,
    first: u64,
}

impl Counted {
    fn add(&mut self, packet: u64) {
        self.count += 1;
        if self.count == 1 {
            self.first = packet;
        }
    }
}

struct Reading<'a, 'f> {
    filter: &'a Filter<'f>,
    connections: Connections,
    /// How many packets are of each port of others.
    others: BTreeMap<u16, u64>,
    /// Some packet is of the server's port.
    spoken: bool,
    fragments: Counted,
    links: Counted,
    tell: &'a mut dyn FnMut(Seen<'_>) -> Result<()>,
    /// Why nothing more is told.
    refused: Option<Error>,
}

impl Reading<'_, '_> {
    fn packet(&mut self, packet: &Packet<'_>) -> Result<()> {
        let number = packet.number;
        let carried = match carried(packet) {
            Ok(carried) => carried,
            Err(Silent::Other) => return Ok(()),
            Err(Silent::Fragment) => {
                self.fragments.add(number);
                return Ok(());
            }
            Err(Silent::Link(_)) => {
                self.links.add(number);
                return Ok(());
            }
            Err(Silent::Malformed(why)) => return (self.tell)(Seen::Packet(number, why)),
        };
        let (from, to) = (carried.from, carried.to);
        if from.port() != self.filter.port && to.port() != self.filter.port {
            for end in [from, to] {
                *self.others.entry(end.port()).or_default() += 1;
            }
            return Ok(());
        }
        self.spoken = true;
        let mark = Mark {
            packet: number,
            time: packet.time,
        };
        match carried.by {
            Transport::Udp { bytes, cut_off } => {
                let to_server = to.port() == self.filter.port;
                let sent = Sent {
                    from,
                    to,
                    to_server,
                    mark,
                };
                (self.tell)(match cut_off {
                    0 => Seen::Message(sent, bytes),
                    _ => Seen::Trouble(
                        sent,
                        format!("{} not captured of a datagram", counted(cut_off as u64)),
                    ),
                })
            }
            Transport::Tcp(segment) => self.with(|connections, is_message, tell| {
                connections.segment((from, to), &segment, mark, is_message, tell);
            }),
        }
    }

    fn finish(&mut self) -> Result<()> {
        self.with(|connections, is_message, tell| connections.finish(is_message, tell))?;
        if !self.spoken && !self.others.is_empty() {
            let others = self.others_in_words();
            (self.tell)(Seen::Elsewhere(others))?;
        }
        for (counted, what) in [
            (&self.fragments, "are fragments, which are not put together"),
            (&self.links, "are of a link layer that is not known"),
        ] {
            let Counted { count, first } = counted;
            if *count > 0 {
                (self.tell)(Seen::Capture(format!(
                    "{count} packets, of which {first} is the first, {what}"
                )))?;
            }
        }
        Ok(())
    }

    /// The ports of packets that were passed over, those of most packets first.
    fn others_in_words(&self) -> String {
        let mut ports: Vec<_> = self.others.iter().collect();
        ports.sort_by_key(|(port, count)| (std::cmp::Reverse(**count), **port));
        let more = ports.len().saturating_sub(SHOWN_PORTS);
        ports.truncate(SHOWN_PORTS);
        let shown: Vec<String> = ports
            .iter()
            .map(|(port, count)| match count {
                1 => format!("1 packet of port {port}"),
                count => format!("{count} packets of port {port}"),
            })
            .collect();
        let more = match more {
            0 => String::new(),
            more => format!(", and {more} other ports"),
        };
        let asked = self.filter.port;
        format!(
            "no packet is of port {asked}; there are {}{more}",
            shown.join(", ")
        )
    }

    /// What is told of connections, until that is refused.
    fn with(
        &mut self,
        then: impl FnOnce(&mut Connections, &dyn Fn(&[u8]) -> bool, &mut dyn FnMut(Sent, Found<'_>)),
    ) -> Result<()> {
        let connections = &mut self.connections;
        let schema = self.filter.schema;
        let (tell, refused) = (&mut self.tell, &mut self.refused);
        then(
            connections,
            &|bytes| dynamic::decode(schema, bytes).is_ok(),
            &mut |sent, found| {
                let seen = match found {
                    Found::Handshake(bytes) => Seen::Handshake(sent, bytes),
                    Found::Message(bytes) => Seen::Message(sent, bytes),
                    Found::Trouble(why) => Seen::Trouble(sent, why),
                };
                if refused.is_none() {
                    *refused = tell(seen).err();
                }
            },
        );
        match self.refused.take() {
            Some(error) => Err(error),
            None => Ok(()),
        }
    }
}
