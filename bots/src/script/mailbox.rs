//! One queue for everything that comes to a bot.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::protocol::{Catalogue, Datum, MessageId};

/// How much a mailbox holds before the bot stops reading from its socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MailboxLimits {
    /// Messages and events.
    pub items: usize,
    /// Bytes of them.
    pub bytes: usize,
}

impl Default for MailboxLimits {
    fn default() -> Self {
        Self {
            items: 256,
            bytes: 64 << 10,
        }
    }
}

/// Something that a script, a timer or a hook posted.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Its name, which begins with `@`.
    pub name: Arc<str>,
    /// What it says.
    pub value: Datum,
}

/// Something that came.
#[derive(Clone, Debug)]
pub(super) enum Item {
    /// A message, as it came.
    Packet(MessageId, Box<[u8]>),
    /// An event.
    Event(Event),
}

impl Item {
    fn size(&self) -> usize {
        match self {
            Self::Packet(_, frame) => frame.len(),
            Self::Event(event) => event.value.size(),
        }
    }

    pub(super) fn name<'a>(&'a self, catalogue: &'a Catalogue) -> &'a str {
        match self {
            Self::Packet(id, _) => &catalogue.message(*id).name,
            Self::Event(event) => &event.name,
        }
    }
}

/// What came and nobody took, in order.
///
/// Holds no memory while it is empty.
#[derive(Debug, Default)]
pub(super) struct Mailbox {
    items: VecDeque<Item>,
    bytes: usize,
}

impl Mailbox {
    /// It holds as much as it may. The last item may have gone past the
    /// limit in bytes.
    pub(super) fn is_full(&self, limits: MailboxLimits) -> bool {
        self.items.len() >= limits.items || self.bytes >= limits.bytes
    }

    pub(super) fn push(&mut self, item: Item) {
        self.bytes += item.size();
        self.items.push_back(item);
    }

    pub(super) fn push_front(&mut self, item: Item) {
        self.bytes += item.size();
        self.items.push_front(item);
    }

    pub(super) fn items(&self) -> impl ExactSizeIterator<Item = &Item> {
        self.items.iter()
    }

    /// How many bytes it holds.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    pub(super) fn remove(&mut self, index: usize) -> Option<Item> {
        let item = self.items.remove(index)?;
        self.bytes -= item.size();
        if self.items.is_empty() {
            self.items = VecDeque::new();
        }
        Some(item)
    }

    pub(super) fn retain(&mut self, mut keep: impl FnMut(&Item) -> bool) {
        self.items.retain(|item| keep(item));
        self.bytes = self.items.iter().map(Item::size).sum();
        if self.items.is_empty() {
            self.items = VecDeque::new();
        }
    }

    /// What it holds, in words: the commonest first.
    pub(super) fn describe(&self, catalogue: &Catalogue) -> String {
        let mut counts: Vec<(&str, usize)> = Vec::new();
        for item in &self.items {
            let name = item.name(catalogue);
            match counts.iter_mut().find(|(known, _)| *known == name) {
                Some((_, count)) => *count += 1,
                None => counts.push((name, 1)),
            }
        }
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let more = counts.len().saturating_sub(4);
        let mut words: Vec<String> = counts
            .iter()
            .take(4)
            .map(|(name, count)| format!("{count} {name}"))
            .collect();
        if more > 0 {
            words.push(format!("{more} other kinds"));
        }
        words.join(", ")
    }
}
