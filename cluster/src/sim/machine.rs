//! What runs in a world.

use std::fmt;
use std::time::Duration;

use cluster_protocol::Address;

use super::LinkId;

/// The number of a node in its world, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place(pub usize);

impl Place {
    /// Where the node listens.
    pub fn address(self) -> Address {
        let number = u32::try_from(self.0).expect("worlds are small");
        Address::V4 {
            ip: (0x0A00_0000 + number).to_be_bytes(),
            port: 4_370,
        }
    }

    /// The node that listens there.
    pub fn at(address: Address) -> Option<Self> {
        let Address::V4 { ip, .. } = address else {
            return None;
        };
        let number = u32::from_be_bytes(ip).checked_sub(0x0A00_0000)?;
        usize::try_from(number).ok().map(Self)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "node {}", self.0)
    }
}

/// What a node's clocks show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// Since the world began. It never goes back.
    pub now: Duration,
    /// Milliseconds since 1970, as this node believes.
    pub wall: u64,
}

/// What comes in.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Input {
    /// The machine has just been made.
    Start,
    /// It is as late as [`Machine::next_timeout`] said, or later.
    Timeout,
    /// A datagram.
    Datagram {
        /// Who seems to have sent it.
        from: Address,
        /// What it holds.
        bytes: Vec<u8>,
    },
    /// A link that was opened stands.
    Opened(LinkId),
    /// Somebody has opened a link to here.
    Accepted(LinkId),
    /// Something came over a link: what was written at once, at once.
    Received {
        /// The link.
        link: LinkId,
        /// What came.
        bytes: Vec<u8>,
    },
    /// A link was closed by the other side, is broken, or never came about.
    Closed(LinkId),
}

/// How many bytes, and whence.
impl fmt::Display for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Start => f.write_str("starts"),
            Self::Timeout => f.write_str("is woken"),
            Self::Datagram { from, bytes } => write!(f, "gets {} bytes from {from}", bytes.len()),
            Self::Opened(link) => write!(f, "has opened {link}"),
            Self::Accepted(link) => write!(f, "accepts {link}"),
            Self::Received { link, bytes } => write!(f, "gets {} bytes on {link}", bytes.len()),
            Self::Closed(link) => write!(f, "finds {link} closed"),
        }
    }
}

/// What runs in a world: a machine without sockets and clock.
pub trait Machine: Sized {
    /// What outlives a crash.
    type Disk: Default;

    /// Takes in what comes.
    fn handle(&mut self, clock: Clock, input: Input, effects: &mut Effects<'_, Self::Disk>);

    /// When it wants [`Input::Timeout`].
    fn next_timeout(&self) -> Option<Duration>;
}

/// How a machine comes about.
pub struct Birth<'a, D> {
    /// Where.
    pub place: Place,
    /// How often there was one before.
    pub life: u32,
    /// Where its chances come from.
    pub seed: u64,
    /// What the clocks show.
    pub clock: Clock,
    /// What the former ones have left.
    pub disk: &'a mut D,
}

/// What a machine does.
pub struct Effects<'a, D> {
    /// What outlives a crash. What is written is there at once.
    pub disk: &'a mut D,
    pub(super) outputs: Vec<Output>,
    pub(super) next_link: &'a mut u64,
}

impl<D> Effects<'_, D> {
    /// Sends a datagram.
    pub fn send(&mut self, to: Address, bytes: Vec<u8>) {
        self.outputs.push(Output::Send { to, bytes });
    }

    /// Opens a link. It can be written to at once.
    pub fn open(&mut self, to: Address) -> LinkId {
        let link = LinkId(*self.next_link);
        *self.next_link += 1;
        self.outputs.push(Output::Open { link, to });
        link
    }

    /// Writes to a link. If it no longer stands, what is written is lost.
    pub fn write(&mut self, link: LinkId, bytes: Vec<u8>) {
        self.outputs.push(Output::Write { link, bytes });
    }

    /// Closes a link, after what was written to it.
    pub fn close(&mut self, link: LinkId) {
        self.outputs.push(Output::Close(link));
    }

    /// Notes something in the trace.
    pub fn note(&mut self, text: impl Into<String>) {
        self.outputs.push(Output::Note(text.into()));
    }
}

/// What a machine does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Output {
    Send { to: Address, bytes: Vec<u8> },
    Open { link: LinkId, to: Address },
    Write { link: LinkId, bytes: Vec<u8> },
    Close(LinkId),
    Note(String),
}
