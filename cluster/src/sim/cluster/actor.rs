//! Who takes part.

use std::time::Duration;

use cluster_protocol::{Epoch, Name, Signed};
use pickler::Pickle;

use super::super::{Clock, Effects, Input, Machine};
use super::boot::Boot;
use super::operator::Operator;
use super::worker::Worker;
use crate::controller::Stored;

/// What outlives a crash: much of a boot server, nothing of a node.
#[derive(Default)]
pub struct Disk {
    /// Its last epoch.
    pub(super) epoch: Epoch,
    /// What its brain had it keep.
    pub(super) stored: Stored,
    /// The newest charter.
    pub(super) charter: Option<Signed>,
}

/// The first that is said on a link: what a certificate would prove.
#[derive(Pickle, Clone, Debug, PartialEq, Eq)]
#[pickle(tag = u8, rename_all = SCREAMING_SNAKE_CASE)]
pub(super) enum Greeting {
    /// A node of that name.
    #[pickle(tag = 1)]
    Node(Name),
    /// An operator of that name.
    #[pickle(tag = 2)]
    Operator(Name),
}

impl Greeting {
    pub fn to_bytes(&self) -> Vec<u8> {
        pickler::encode(self).expect("names here are short")
    }
}

/// One who takes part.
pub enum Actor {
    /// A boot server.
    #[expect(private_interfaces, reason = "only this scenario looks into it")]
    Boot(Box<Boot>),
    /// A node.
    #[expect(private_interfaces, reason = "only this scenario looks into it")]
    Worker(Box<Worker>),
    /// An operator.
    #[expect(private_interfaces, reason = "only this scenario looks into it")]
    Operator(Box<Operator>),
}

impl Actor {
    pub(super) fn worker(&self) -> Option<&Worker> {
        match self {
            Self::Worker(worker) => Some(worker),
            _ => None,
        }
    }

    pub(super) fn operator(&self) -> Option<&Operator> {
        match self {
            Self::Operator(operator) => Some(operator),
            _ => None,
        }
    }
}

impl Machine for Actor {
    type Disk = Disk;

    fn handle(&mut self, clock: Clock, input: Input, effects: &mut Effects<'_, Disk>) {
        match self {
            Self::Boot(boot) => boot.handle(clock, input, effects),
            Self::Worker(worker) => worker.handle(clock, input, effects),
            Self::Operator(operator) => operator.handle(clock, input, effects),
        }
    }

    fn next_timeout(&self) -> Option<Duration> {
        match self {
            Self::Boot(boot) => boot.next_timeout(),
            Self::Worker(worker) => worker.next_timeout(),
            Self::Operator(operator) => operator.next_timeout(),
        }
    }
}
