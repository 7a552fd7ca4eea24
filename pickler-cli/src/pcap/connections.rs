//! The connections of a capture, both directions of each. Does no I/O.

use std::collections::{BTreeMap, HashMap};
use std::net::SocketAddr;

use pickler::framing::MessageFraming;
use pickler::schema::Handshake;

use super::cutting::{Cutting, Found};
use super::layers::Segment;
use super::reassembly::{Event, Reassembly};

/// What connections may cost.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// So many are known at once.
    pub connections: usize,
    /// So many bytes wait in all of them together.
    pub bytes: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            connections: 1 << 16,
            bytes: 64 << 20,
        }
    }
}

/// Which packet something is from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// Its number in the capture.
    pub packet: u64,
    /// When it was captured, in nanoseconds since 1970, if that is told.
    pub time: Option<i128>,
}

/// Who sent something to whom, and the packet that completed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sent {
    pub from: SocketAddr,
    pub to: SocketAddr,
    pub to_server: bool,
    pub mark: Mark,
}

/// All connections.
pub struct Connections {
    port: u16,
    framing: MessageFraming,
    handshake: Option<Handshake>,
    bounds: Bounds,
    known: HashMap<Ends, Connection>,
    /// Those that were silent for longest are first.
    by_age: BTreeMap<u64, Ends>,
    held: usize,
}

/// Both ends of a connection, the lesser first.
type Ends = (SocketAddr, SocketAddr);

struct Connection {
    server: SocketAddr,
    client: SocketAddr,
    /// The number in the client's SYN.
    opened: Option<u32>,
    last: Mark,
    to_server: Direction,
    to_client: Direction,
}

struct Direction {
    reassembly: Reassembly<Mark>,
    cutting: Cutting,
}

impl Connections {
    /// None yet; the server is at that port.
    pub fn new(
        port: u16,
        framing: MessageFraming,
        handshake: Option<Handshake>,
        bounds: Bounds,
    ) -> Self {
        Self {
            port,
            framing,
            handshake,
            bounds,
            known: HashMap::new(),
            by_age: BTreeMap::new(),
            held: 0,
        }
    }

    /// Takes a segment that was sent from one end to the other.
    pub fn segment(
        &mut self,
        (from, to): (SocketAddr, SocketAddr),
        segment: &Segment<'_>,
        mark: Mark,
        is_message: &dyn Fn(&[u8]) -> bool,
        tell: &mut dyn FnMut(Sent, Found<'_>),
    ) {
        let ends = (from.min(to), from.max(to));
        let opens = segment.syn && segment.acknowledged.is_none();
        if let Some(known) = self.known.get(&ends)
            && opens
            && known.opened != Some(segment.sequence)
        {
            self.close(ends, is_message, tell);
        }
        let (port, framing, handshake) = (self.port, &self.framing, self.handshake.as_ref());
        let connection = self.known.entry(ends).or_insert_with(|| {
            let answers = segment.syn && !opens;
            let from_server = from.port() == port && (to.port() != port || answers);
            let (server, client) = if from_server { (from, to) } else { (to, from) };
            let direction = |handshake| Direction {
                reassembly: Reassembly::default(),
                cutting: Cutting::new(framing.clone(), handshake),
            };
            Connection {
                server,
                client,
                opened: opens.then_some(segment.sequence),
                last: mark,
                to_server: direction(handshake.map_or(&[], |it| &it.client)),
                to_client: direction(handshake.map_or(&[], |it| &it.server)),
            }
        });
        self.by_age.remove(&connection.last.packet);
        self.by_age.insert(mark.packet, ends);
        connection.last = mark;
        let before = connection.held();
        connection.segment(to == connection.server, segment, mark, is_message, tell);
        self.held = self.held - before + connection.held();
        while self.known.len() > self.bounds.connections || self.held > self.bounds.bytes {
            let Some((_, oldest)) = self.by_age.first_key_value() else {
                break;
            };
            self.give_up(*oldest, tell);
        }
    }

    /// Nothing more is captured.
    pub fn finish(
        &mut self,
        is_message: &dyn Fn(&[u8]) -> bool,
        tell: &mut dyn FnMut(Sent, Found<'_>),
    ) {
        while let Some((_, &ends)) = self.by_age.first_key_value() {
            self.close(ends, is_message, tell);
        }
    }

    fn close(
        &mut self,
        ends: Ends,
        is_message: &dyn Fn(&[u8]) -> bool,
        tell: &mut dyn FnMut(Sent, Found<'_>),
    ) {
        if let Some(mut connection) = self.remove(ends) {
            let mark = connection.last;
            for to_server in [true, false] {
                connection.finish(to_server, mark, is_message, tell);
            }
        }
    }

    fn give_up(&mut self, ends: Ends, tell: &mut dyn FnMut(Sent, Found<'_>)) {
        if let Some(connection) = self.remove(ends)
            && connection.held() > 0
        {
            let sent = connection.sent(true, connection.last);
            let why = "given up: too much is open at once";
            tell(sent, Found::Trouble(why.into()));
        }
    }

    fn remove(&mut self, ends: Ends) -> Option<Connection> {
        let connection = self.known.remove(&ends)?;
        self.by_age.remove(&connection.last.packet);
        self.held -= connection.held();
        Some(connection)
    }
}

impl Connection {
    fn held(&self) -> usize {
        let directions = [&self.to_server, &self.to_client];
        directions
            .map(|it| it.reassembly.held() + it.cutting.held())
            .iter()
            .sum()
    }

    fn sent(&self, to_server: bool, mark: Mark) -> Sent {
        let (from, to) = if to_server {
            (self.client, self.server)
        } else {
            (self.server, self.client)
        };
        Sent {
            from,
            to,
            to_server,
            mark,
        }
    }

    fn segment(
        &mut self,
        to_server: bool,
        segment: &Segment<'_>,
        mark: Mark,
        is_message: &dyn Fn(&[u8]) -> bool,
        tell: &mut dyn FnMut(Sent, Found<'_>),
    ) {
        self.with(to_server, is_message, tell, |reassembly, tell| {
            reassembly.segment(segment, mark, tell);
        });
        if segment.reset {
            return self.finish(!to_server, mark, is_message, tell);
        }
        if let Some(number) = segment.acknowledged {
            self.with(!to_server, is_message, tell, |reassembly, tell| {
                reassembly.acknowledge(number, mark, tell);
            });
        }
    }

    fn finish(
        &mut self,
        to_server: bool,
        mark: Mark,
        is_message: &dyn Fn(&[u8]) -> bool,
        tell: &mut dyn FnMut(Sent, Found<'_>),
    ) {
        self.with(to_server, is_message, tell, |reassembly, tell| {
            reassembly.finish(mark, tell);
        });
    }

    /// Cuts what a direction's reassembly tells of.
    fn with(
        &mut self,
        to_server: bool,
        is_message: &dyn Fn(&[u8]) -> bool,
        tell: &mut dyn FnMut(Sent, Found<'_>),
        then: impl FnOnce(&mut Reassembly<Mark>, &mut dyn FnMut(Event<'_, Mark>)),
    ) {
        let unknown = self.sent(to_server, self.last);
        let direction = if to_server {
            &mut self.to_server
        } else {
            &mut self.to_client
        };
        let Direction {
            reassembly,
            cutting,
        } = direction;
        then(reassembly, &mut |event| {
            let mut tell = |mark: Mark, found: Found<'_>| tell(Sent { mark, ..unknown }, found);
            match event {
                Event::Middle(_) => cutting.middle(),
                Event::Bytes(bytes, mark) => {
                    cutting.push(bytes, is_message, &mut |found| tell(mark, found));
                }
                Event::Lost(bytes, mark) => cutting.lost(bytes, &mut |found| tell(mark, found)),
                Event::End(mark) => cutting.end(&mut |found| tell(mark, found)),
            }
        });
    }
}
