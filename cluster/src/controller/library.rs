//! The modules that nodes fetch: only those that a release or a run lists, and
//! to each node in its turn.

use std::collections::{BTreeMap, HashMap, VecDeque};

use cluster_protocol::{Digest, Fetch, Message, Missing, Piece};

use super::{LinkId, ModuleSource};
use crate::release::limits;

/// How many pieces a node may ask for before it gets the first: twice what a
/// node of ours asks for.
const QUEUE: usize = 16;

/// Serves modules.
pub(super) struct Library {
    source: Box<dyn ModuleSource>,
    /// What is listed, and how often.
    listed: HashMap<Digest, u32>,
    queues: BTreeMap<LinkId, VecDeque<Fetch>>,
    /// Who was served last.
    served: LinkId,
}

/// A node asks for more than it can take.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Flood;

impl Library {
    pub fn new(source: Box<dyn ModuleSource>) -> Self {
        Self {
            source,
            listed: HashMap::new(),
            queues: BTreeMap::new(),
            served: LinkId(0),
        }
    }

    /// How many bytes a module has, if it is there.
    pub fn size(&self, hash: &Digest) -> Option<u64> {
        self.source.size(hash)
    }

    /// From now on nodes may fetch these.
    pub fn list<'a>(&mut self, hashes: impl IntoIterator<Item = &'a Digest>) {
        for hash in hashes {
            *self.listed.entry(*hash).or_default() += 1;
        }
    }

    /// They may no longer, unless somebody else has listed them.
    pub fn unlist<'a>(&mut self, hashes: impl IntoIterator<Item = &'a Digest>) {
        for hash in hashes {
            if let Some(count) = self.listed.get_mut(hash) {
                *count -= 1;
                if *count == 0 {
                    self.listed.remove(hash);
                }
            }
        }
    }

    /// A node asks for a piece.
    pub fn ask(&mut self, link: LinkId, fetch: Fetch) -> Result<(), Flood> {
        let queue = self.queues.entry(link).or_default();
        if queue.len() == QUEUE {
            return Err(Flood);
        }
        queue.push_back(fetch);
        Ok(())
    }

    /// A node is gone.
    pub fn forget(&mut self, link: LinkId) {
        self.queues.remove(&link);
    }

    /// The next answer, to the node after the one that was served last.
    pub fn next(&mut self) -> Option<(LinkId, Message)> {
        let after = self
            .queues
            .range(LinkId(self.served.0.saturating_add(1))..)
            .next();
        let link = *after.or_else(|| self.queues.iter().next())?.0;
        let queue = self.queues.get_mut(&link)?;
        let fetch = queue.pop_front()?;
        if queue.is_empty() {
            self.queues.remove(&link);
        }
        self.served = link;
        Some((link, self.answer(fetch)))
    }

    fn answer(&self, fetch: Fetch) -> Message {
        let Fetch { hash, offset } = fetch;
        let piece = || {
            self.listed.get(&hash)?;
            let size = self.source.size(&hash)?;
            let length = size.saturating_sub(offset).min(limits::PIECE as u64);
            let length = usize::try_from(length).ok()?;
            let bytes = if length == 0 {
                Vec::new()
            } else {
                self.source
                    .read(&hash, offset, length)
                    .filter(|bytes| bytes.len() == length)?
            };
            Some(Piece {
                hash,
                offset,
                size,
                bytes: bytes.into(),
            })
        };
        match piece() {
            Some(piece) => piece.into(),
            None => Missing { hash }.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Shelf;

    impl ModuleSource for Shelf {
        fn size(&self, _: &Digest) -> Option<u64> {
            Some(1 << 30)
        }

        fn read(&self, _: &Digest, _: u64, length: usize) -> Option<Vec<u8>> {
            Some(vec![0; length])
        }
    }

    #[test]
    fn each_node_is_served_in_its_turn() {
        let mut library = Library::new(Box::new(Shelf));
        let hash = Digest([1; 32]);
        library.list([&hash]);
        for link in [1, 5, 9] {
            for piece in 0..=link {
                let offset = piece * 65_536;
                assert_eq!(library.ask(LinkId(link), Fetch { hash, offset }), Ok(()));
            }
        }
        let served = std::iter::from_fn(|| library.next()).map(|(link, _)| link.0);
        let served: Vec<_> = served.collect();
        assert_eq!(served[..8], [1, 5, 9, 1, 5, 9, 5, 9]);
        assert_eq!(served.len(), 2 + 6 + 10);
    }

    #[test]
    fn what_two_have_listed_is_served_until_both_have_not() {
        let mut library = Library::new(Box::new(Shelf));
        let hash = Digest([1; 32]);
        let serves = |library: &mut Library| {
            library
                .ask(LinkId(1), Fetch { hash, offset: 0 })
                .expect("it is the only one");
            matches!(library.next(), Some((_, Message::Piece(_))))
        };
        assert!(!serves(&mut library));
        library.list([&hash]);
        library.list([&hash]);
        library.unlist([&hash]);
        assert!(serves(&mut library));
        library.unlist([&hash]);
        assert!(!serves(&mut library));
    }
}
