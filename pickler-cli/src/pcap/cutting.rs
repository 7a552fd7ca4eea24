//! Messages, cut out of what one end of a connection sent. Does no I/O.

use pickler::framing::{Cut, MessageFraming};

use crate::plural::so_many;

/// Where a message can begin is looked for in so many bytes at once.
const WINDOW: usize = 1 << 16;
/// Beginning at any of so many places.
const STARTS: usize = 64;
/// At the first and so many more, where messages have to be read to know where
/// they end.
const STARTS_READ: usize = 8;
/// A direction is given up when no message begins at any of so many segments.
const PATIENCE: usize = 256;
/// Short messages may be read as often as they come in pieces.
const FREE_WORK: usize = 1 << 16;
/// Longer ones are read so many times, and then when there is half as much more.
const MOST_WORK: usize = 32;

/// What is found in the bytes of a direction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found<'a> {
    /// What is sent before the first message.
    Handshake(&'a [u8]),
    /// A message, as bytes.
    Message(&'a [u8]),
    /// Something is wrong.
    Trouble(String),
}

/// Cuts what one end sends into messages.
#[derive(Clone, Debug)]
pub struct Cutting {
    framing: MessageFraming,
    state: State,
    /// What is in no message yet.
    buffer: Vec<u8>,
    /// How many bytes the next message takes at the least.
    needed: usize,
    /// How many were read of it, in all tries.
    work: usize,
}

#[derive(Clone, Debug)]
enum State {
    /// The handshake is to come.
    Handshake(Box<[u8]>),
    /// The next message begins where the buffer does.
    Messages,
    /// The next message begins behind so many bytes, which belong to one that
    /// lacks others.
    Passing(u64),
    /// Messages may begin at these places of the buffer, where segments do.
    Searching { starts: Vec<Start>, tried: usize },
    /// No more messages are found.
    GivenUp,
}

/// Where a message may begin.
#[derive(Clone, Copy, Debug)]
struct Start {
    /// The place in the buffer.
    at: usize,
    /// How many bytes it takes at the least.
    needed: usize,
    /// How many were read of it, in all tries.
    work: usize,
}

impl Cutting {
    /// What is sent from the start: the handshake, if there is one, and messages.
    pub fn new(framing: MessageFraming, handshake: &[u8]) -> Self {
        Self {
            framing,
            state: if handshake.is_empty() {
                State::Messages
            } else {
                State::Handshake(handshake.into())
            },
            buffer: Vec::new(),
            needed: 0,
            work: 0,
        }
    }

    /// How many bytes of memory are held.
    pub fn held(&self) -> usize {
        self.buffer.capacity()
    }

    /// The capture begins within the connection.
    pub fn middle(&mut self) {
        self.search();
    }

    /// The bytes of a segment come next. `is_message` tells whether bytes are a
    /// message, where that is not known otherwise.
    pub fn push(
        &mut self,
        bytes: &[u8],
        is_message: &dyn Fn(&[u8]) -> bool,
        tell: &mut dyn FnMut(Found<'_>),
    ) {
        let mut bytes = bytes;
        loop {
            match &mut self.state {
                State::GivenUp => return,
                State::Passing(left) => {
                    let known = usize::try_from(*left).unwrap_or(usize::MAX);
                    let (_, rest) = bytes.split_at(known.min(bytes.len()));
                    *left -= (bytes.len() - rest.len()) as u64;
                    if *left > 0 {
                        return;
                    }
                    self.state = State::Messages;
                    bytes = rest;
                }
                State::Handshake(expected) => {
                    self.buffer.extend_from_slice(bytes);
                    let size = self.buffer.len().min(expected.len());
                    if self.buffer[..size] != expected[..size] {
                        let expected = expected.escape_ascii().to_string();
                        let found = self.buffer[..size].escape_ascii();
                        tell(Found::Trouble(format!(
                            "expected the handshake \"{expected}\", found \"{found}\""
                        )));
                        let sent = std::mem::take(&mut self.buffer);
                        self.search();
                        return self.push(&sent, is_message, tell);
                    }
                    if size < expected.len() {
                        return;
                    }
                    tell(Found::Handshake(expected));
                    self.buffer.drain(..size);
                    self.state = State::Messages;
                    bytes = &[];
                }
                State::Messages => {
                    self.buffer.extend_from_slice(bytes);
                    return self.messages(tell);
                }
                State::Searching { .. } => {
                    self.buffer.extend_from_slice(bytes);
                    return self.look(bytes.len(), is_message, tell);
                }
            }
        }
    }

    /// So many bytes that come next are missing.
    pub fn lost(&mut self, bytes: u64, tell: &mut dyn FnMut(Found<'_>)) {
        let missing = (self.needed as u64).saturating_sub(self.buffer.len() as u64);
        let size_is_known = self.size_is_known();
        match &mut self.state {
            State::GivenUp => {}
            State::Passing(left) if bytes <= *left => *left -= bytes,
            State::Messages if size_is_known && bytes <= missing => {
                tell(Found::Trouble(format!(
                    "{bytes} of the {} bytes of a message were not captured",
                    self.needed
                )));
                self.clear();
                self.state = State::Passing(missing - bytes);
            }
            State::Searching { starts, .. } => {
                starts.clear();
                self.buffer.clear();
            }
            _ => {
                let lost = counted(bytes);
                tell(Found::Trouble(format!(
                    "{lost} not captured; goes on where a message can begin"
                )));
                self.search();
            }
        }
    }

    /// Nothing more is sent.
    pub fn end(&mut self, tell: &mut dyn FnMut(Found<'_>)) {
        if matches!(self.state, State::Messages) && self.buffer.len() < self.needed {
            // It may be there although more was waited for.
            self.needed = 0;
            self.messages(tell);
        }
        let there = self.buffer.len();
        match &self.state {
            State::Messages if there > 0 => tell(Found::Trouble(format!(
                "ends within a message: it takes {} bytes or more, {} there",
                self.needed,
                so_many(there)
            ))),
            State::Handshake(expected) if there > 0 => tell(Found::Trouble(format!(
                "ends within the handshake: it takes {} bytes, {} there",
                expected.len(),
                so_many(there)
            ))),
            State::Passing(left) if *left > 0 => tell(Found::Trouble(
                "ends within a message of which bytes were not captured".into(),
            )),
            State::Searching { tried, .. } if there > 0 || *tried > 0 => tell(Found::Trouble(
                "no message was found behind what was not captured".into(),
            )),
            _ => {}
        }
        self.clear();
        self.state = State::GivenUp;
    }

    fn clear(&mut self) {
        self.buffer = Vec::new();
        (self.needed, self.work) = (0, 0);
    }

    fn search(&mut self) {
        self.clear();
        self.state = State::Searching {
            starts: Vec::new(),
            tried: 0,
        };
    }

    /// The length of the message that is not all there was read.
    fn size_is_known(&self) -> bool {
        let header = self.framing.header();
        self.needed > 0 && header.is_some_and(|header| self.buffer.len() >= header)
    }

    fn messages(&mut self, tell: &mut dyn FnMut(Found<'_>)) {
        let mut taken = 0;
        while self.buffer.len() - taken >= self.needed.max(1) {
            match self.framing.cut(&self.buffer[taken..]) {
                Ok(Cut::Frame(size)) => {
                    tell(Found::Message(&self.buffer[taken..taken + size]));
                    taken += size;
                    (self.needed, self.work) = (0, 0);
                }
                Ok(Cut::Need(needed)) => {
                    let there = self.buffer.len() - taken;
                    self.work = self.work.saturating_add(there);
                    self.needed = worth(&self.framing, needed, there, self.work);
                }
                Err(error) => {
                    tell(Found::Trouble(format!(
                        "no message can be found: {error}; goes on where one can begin"
                    )));
                    return self.search();
                }
            }
        }
        self.buffer.drain(..taken);
        if self.buffer.is_empty() {
            // Ten thousand idle connections cost nothing.
            self.buffer = Vec::new();
        }
    }

    /// Looks for where a message begins: where a segment does, if what begins
    /// there is one, in length and in content.
    fn look(
        &mut self,
        new: usize,
        is_message: &dyn Fn(&[u8]) -> bool,
        tell: &mut dyn FnMut(Found<'_>),
    ) {
        let State::Searching { starts, tried } = &mut self.state else {
            return;
        };
        starts.push(Start {
            at: self.buffer.len() - new,
            needed: 0,
            work: 0,
        });
        // To read again what is looked at from many places takes time.
        let (most, keeps_first) = match self.framing.header() {
            Some(_) => (STARTS, false),
            None => (STARTS_READ, true),
        };
        let mut index = 0;
        while index < starts.len() {
            let place = starts.len() - index;
            let start = &mut starts[index];
            let rest = &self.buffer[start.at..];
            if rest.len() >= start.needed {
                match self.framing.cut(rest) {
                    Ok(Cut::Frame(size)) if is_message(&rest[..size]) => {
                        let before = start.at;
                        self.buffer.drain(..before);
                        (self.needed, self.work) = (0, 0);
                        self.state = State::Messages;
                        return self.messages(tell);
                    }
                    Ok(Cut::Need(needed)) if needed <= WINDOW => {
                        start.work = start.work.saturating_add(rest.len());
                        start.needed = worth(&self.framing, needed, rest.len(), start.work);
                    }
                    _ => start.needed = 0,
                }
            }
            let is_kept = place <= most || keeps_first && index == 0;
            if start.needed > 0 && rest.len() <= WINDOW && is_kept {
                index += 1;
            } else {
                starts.remove(index);
                *tried += 1;
            }
        }
        if *tried >= PATIENCE {
            tell(Found::Trouble(format!(
                "given up: no message begins at any of {tried} segments"
            )));
            self.clear();
            self.state = State::GivenUp;
            return;
        }
        let first = starts.first().map_or(self.buffer.len(), |start| start.at);
        for start in starts.iter_mut() {
            start.at -= first;
        }
        self.buffer.drain(..first);
    }
}

/// How many bytes to wait for, where a message takes `needed` and so many were read
/// of it in all tries: the work stays linear in what is sent.
fn worth(framing: &MessageFraming, needed: usize, there: usize, work: usize) -> usize {
    let is_much = work > FREE_WORK.saturating_add(there.saturating_mul(MOST_WORK));
    if framing.header().is_none() && is_much {
        needed.max(there + there / 2)
    } else {
        needed
    }
}

/// So many bytes, as the start of a sentence.
pub fn counted(bytes: u64) -> String {
    match bytes {
        1 => "1 byte was".into(),
        more => format!("{more} bytes were"),
    }
}
