//! The modules of a node, in memory, and how those that it lacks are fetched:
//! by hash, piece after piece, from where a lost link left off.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use cluster_protocol::{Digest, Fetch, Missing, Module, Piece};

use super::LoadedModule;
use crate::identity::sha256;
use crate::release::limits;

/// How many pieces are asked for before the first of them comes.
const WINDOW: usize = 8;

/// The boot server is taken to be stuck when no piece comes for so long.
const STALL: Duration = Duration::from_secs(20);

/// How long a module that came wrong is left alone, doubled each time.
const RETRY: Duration = Duration::from_millis(500);
/// A module that came wrong so often is not worth waiting for.
const HOPELESS: u32 = 3;

const MISSING: &str = "the boot server does not have it";

const LONGEST_RETRY: Duration = Duration::from_secs(60);

/// What came of a piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fetched {
    /// Nothing to speak of.
    Part,
    /// The module is there, and has its hash.
    Whole(Digest),
    /// The module did not come, or came wrong, and is thrown away.
    Failed {
        hash: Digest,
        why: String,
        /// It is not worth waiting for.
        hopeless: bool,
    },
    /// Nobody asked for this.
    Unasked,
}

struct Partial {
    size: u64,
    /// What is there; never longer than `size`, which was signed.
    bytes: Vec<u8>,
    /// Up to where it was asked for on this link.
    asked: u64,
    not_before: Duration,
    failures: u32,
}

/// The modules of a node: those that somebody wants, and no others.
#[derive(Default)]
pub(super) struct Modules {
    whole: HashMap<Digest, Arc<[u8]>>,
    partial: BTreeMap<Digest, Partial>,
    /// In the order that they were wanted in.
    order: Vec<Digest>,
    /// What was asked for on this link; answers come in the same order.
    outstanding: VecDeque<(Digest, u64)>,
    last_piece: Duration,
}

impl Modules {
    /// Wants these modules and forgets all others.
    pub fn want<'a>(&mut self, modules: impl IntoIterator<Item = &'a Module>) {
        let mut before = std::mem::take(&mut self.partial);
        let mut whole = std::mem::take(&mut self.whole);
        self.order.clear();
        for module in modules {
            let hash = module.hash;
            if let Some((hash, bytes)) = whole.remove_entry(&hash) {
                self.whole.insert(hash, bytes);
            } else if !self.whole.contains_key(&hash) && !self.partial.contains_key(&hash) {
                let partial = before.remove(&hash).unwrap_or_else(|| Partial {
                    size: module.size,
                    bytes: Vec::new(),
                    asked: 0,
                    not_before: Duration::ZERO,
                    failures: 0,
                });
                self.partial.insert(hash, partial);
                self.order.push(hash);
            }
        }
    }

    /// Whether it is there.
    pub fn holds(&self, module: &Module) -> bool {
        self.get(module).is_some()
    }

    /// Its bytes, if they are there.
    pub fn get(&self, module: &Module) -> Option<Arc<[u8]>> {
        let bytes = self.whole.get(&module.hash)?;
        (bytes.len() as u64 == module.size).then(|| Arc::clone(bytes))
    }

    /// Whether what is known of a hash speaks against the size that `module`
    /// claims.
    pub fn contradicts(&self, module: &Module) -> bool {
        let whole = self.whole.get(&module.hash).map(|bytes| bytes.len() as u64);
        let partial = self.partial.get(&module.hash).map(|partial| partial.size);
        whole.or(partial).is_some_and(|size| size != module.size)
    }

    /// All of them with their bytes, if all are there.
    pub fn load(&self, modules: &[Module]) -> Option<Vec<LoadedModule>> {
        let loaded = modules.iter().map(|module| {
            Some(LoadedModule {
                name: module.name.clone(),
                version: module.version.clone(),
                hash: module.hash,
                bytes: self.get(module)?,
            })
        });
        loaded.collect()
    }

    /// The link is new, or gone: what was asked for does not come any more.
    pub fn link_changed(&mut self, now: Duration) {
        self.outstanding.clear();
        self.last_piece = now;
        for partial in self.partial.values_mut() {
            partial.asked = partial.bytes.len() as u64;
        }
    }

    /// What is to be asked for now.
    pub fn ask(&mut self, now: Duration) -> Vec<Fetch> {
        let mut fetches = Vec::new();
        if self.outstanding.is_empty() {
            self.last_piece = now;
        }
        for hash in &self.order {
            let Some(partial) = self.partial.get_mut(hash) else {
                continue;
            };
            while self.outstanding.len() < WINDOW
                && partial.not_before <= now
                // A module without any bytes is asked for once, all the same.
                && (partial.asked < partial.size || (partial.size == 0 && !waits(&self.outstanding, hash)))
            {
                let offset = partial.asked;
                partial.asked = (offset + limits::PIECE as u64).min(partial.size);
                self.outstanding.push_back((*hash, offset));
                fetches.push(Fetch {
                    hash: *hash,
                    offset,
                });
            }
        }
        fetches
    }

    /// A piece has come.
    pub fn piece(&mut self, now: Duration, piece: &Piece) -> Fetched {
        if self.outstanding.front() != Some(&(piece.hash, piece.offset)) {
            return Fetched::Unasked;
        }
        self.outstanding.pop_front();
        self.last_piece = now;
        let Some(partial) = self.partial.get_mut(&piece.hash) else {
            return Fetched::Part;
        };
        if partial.bytes.len() as u64 != piece.offset {
            // It was asked for before what came so far was thrown away.
            return Fetched::Part;
        }
        if piece.size != partial.size {
            let why = format!("it has {} bytes, not {}", piece.size, partial.size);
            return self.fail(now, piece.hash, why);
        }
        let expected = (partial.size - piece.offset).min(limits::PIECE as u64);
        if piece.bytes.len() as u64 != expected {
            let why = format!("a piece has {} bytes, not {expected}", piece.bytes.len());
            return self.fail(now, piece.hash, why);
        }
        partial.bytes.extend_from_slice(&piece.bytes);
        if (partial.bytes.len() as u64) < partial.size {
            return Fetched::Part;
        }
        if sha256(&partial.bytes) != piece.hash {
            return self.fail(now, piece.hash, "its bytes have another hash".to_owned());
        }
        if let Some(partial) = self.partial.remove(&piece.hash) {
            self.whole.insert(piece.hash, partial.bytes.into());
            self.order.retain(|hash| *hash != piece.hash);
        }
        Fetched::Whole(piece.hash)
    }

    /// The boot server says that it does not have a module.
    pub fn missing(&mut self, now: Duration, missing: &Missing) -> Fetched {
        match self.outstanding.front() {
            Some((hash, _)) if *hash == missing.hash => {
                self.outstanding.pop_front();
                self.last_piece = now;
                self.fail(now, missing.hash, MISSING.to_owned())
            }
            _ => Fetched::Unasked,
        }
    }

    fn fail(&mut self, now: Duration, hash: Digest, why: String) -> Fetched {
        let Some(partial) = self.partial.get_mut(&hash) else {
            return Fetched::Part;
        };
        if partial.bytes.is_empty() && partial.not_before > now {
            // More of the same answer.
            return Fetched::Part;
        }
        partial.bytes = Vec::new();
        partial.asked = 0;
        let pause = RETRY.saturating_mul(1 << partial.failures.min(16));
        partial.not_before = now + pause.min(LONGEST_RETRY);
        partial.failures += 1;
        let hopeless = why == MISSING || partial.failures >= HOPELESS;
        Fetched::Failed {
            hash,
            why,
            hopeless,
        }
    }

    /// Whether the boot server has left what was asked for unanswered.
    pub fn stalled(&self, now: Duration) -> bool {
        !self.outstanding.is_empty() && self.last_piece + STALL <= now
    }

    /// When there is something to do again.
    pub fn next_timeout(&self, linked: bool) -> Option<Duration> {
        if !linked {
            return None;
        }
        if !self.outstanding.is_empty() {
            return Some(self.last_piece + STALL);
        }
        self.partial
            .values()
            .map(|partial| partial.not_before)
            .min()
    }
}

fn waits(outstanding: &VecDeque<(Digest, u64)>, hash: &Digest) -> bool {
    outstanding.iter().any(|(asked, _)| asked == hash)
}
