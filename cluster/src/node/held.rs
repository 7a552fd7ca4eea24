//! The bots that stay on the old code.

use cluster_protocol::HeldBot;

/// How many of them are told of by themselves.
const BOTS: usize = 1_000;
/// How many bytes these may take, so that what is told fits into a message.
const BYTES: usize = 256 << 10;

/// Bots that stay on the old code: the first of them, and how many there are.
#[derive(Default)]
pub(super) struct Held {
    /// The first.
    pub first: Vec<HeldBot>,
    /// How many bytes all take.
    bytes: usize,
    /// How many there are.
    pub count: u32,
}

impl Held {
    /// Takes note of some more.
    pub fn extend(&mut self, bots: Vec<HeldBot>) {
        let more = u32::try_from(bots.len()).unwrap_or(u32::MAX);
        self.count = self.count.saturating_add(more);
        for bot in bots {
            // What cannot be encoded cannot be told.
            let length = pickler::encoded_len(&bot).unwrap_or(usize::MAX);
            self.bytes = self.bytes.saturating_add(length);
            if self.first.len() < BOTS && self.bytes <= BYTES {
                self.first.push(bot);
            }
        }
    }
}
