//! Links: streams that keep order and lose nothing, as long as they stand.

use std::collections::VecDeque;
use std::fmt;
use std::time::Duration;

use super::Place;

/// The number of a link in its world.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LinkId(pub u64);

impl fmt::Display for LinkId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "link {}", self.0)
    }
}

/// One of the two sides of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Side {
    /// Who opened it.
    Opener,
    /// Whom it was opened to.
    Accepter,
}

impl Side {
    pub fn other(self) -> Self {
        match self {
            Self::Opener => Self::Accepter,
            Self::Accepter => Self::Opener,
        }
    }
}

/// What is on its way.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Cargo {
    Open,
    Opened,
    Bytes(Vec<u8>),
    Close,
}

/// A side of a link, and what is on its way to it.
#[derive(Debug)]
pub(super) struct End {
    pub place: Place,
    /// The life of the node that has this end; none before it has accepted.
    pub life: Option<u32>,
    /// Whether the node still has it.
    pub open: bool,
    pub incoming: VecDeque<Cargo>,
    /// Nothing arrives before what was sent before it.
    pub last_arrival: Duration,
    /// While nothing gets through: until when the sender goes on trying.
    pub tried_until: Option<Duration>,
}

impl End {
    fn new(place: Place, life: Option<u32>) -> Self {
        Self {
            place,
            life,
            open: life.is_some(),
            incoming: VecDeque::new(),
            last_arrival: Duration::ZERO,
            tried_until: None,
        }
    }
}

/// A link.
#[derive(Debug)]
pub(super) struct Link {
    opener: End,
    accepter: End,
}

impl Link {
    pub fn new(opener: Place, life: u32, accepter: Place) -> Self {
        Self {
            opener: End::new(opener, Some(life)),
            accepter: End::new(accepter, None),
        }
    }

    pub fn end(&self, side: Side) -> &End {
        match side {
            Side::Opener => &self.opener,
            Side::Accepter => &self.accepter,
        }
    }

    pub fn end_mut(&mut self, side: Side) -> &mut End {
        match side {
            Side::Opener => &mut self.opener,
            Side::Accepter => &mut self.accepter,
        }
    }

    /// The side that this node has in this life, if it still has it.
    pub fn side_of(&self, place: Place, life: u32) -> Option<Side> {
        [Side::Opener, Side::Accepter].into_iter().find(|side| {
            let end = self.end(*side);
            end.place == place && end.life == Some(life) && end.open
        })
    }

    /// Whether nothing can come of it any more.
    pub fn is_over(&self) -> bool {
        let over = |end: &End| !end.open && end.incoming.is_empty();
        over(&self.opener) && over(&self.accepter)
    }
}
