//! Writes the bank's steps to the store, in order.

use std::future::{Future, poll_fn};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::task::Poll;

use tokio::runtime::Builder;
use tokio::sync::{mpsc, oneshot};
use tokio::task::{JoinError, JoinSet};

use crate::poker::rules::{Chips, PlayerId};
use crate::poker::store::{Audit, HandRecord, Store, StoreError};

/// A step of money.
#[derive(Debug)]
pub(super) enum Entry {
    /// From an account to a table.
    BuyIn {
        player: PlayerId,
        table: u32,
        amount: Chips,
    },
    /// Between the players of a table.
    Hand(HandRecord),
    /// From a table to an account: all that it has there.
    Leave {
        player: PlayerId,
        table: u32,
        money: Chips,
    },
    /// Not money: asks for an audit when all before is written.
    Audit(Reply),
    /// Not money: asks to be told when all before is queued at the store.
    Queued(oneshot::Sender<()>),
}

/// Where the answer to [`Entry::Audit`] goes.
type Reply = std::sync::mpsc::Sender<Result<Audit, StoreError>>;

/// Takes the steps, in the order in which they are to be written.
///
/// It never makes its writer wait, who holds locks. Its length is bounded by
/// those who ask [`is_long`](Self::is_long) before they start something new.
#[derive(Clone, Debug)]
pub(super) struct Journal {
    entries: mpsc::UnboundedSender<Entry>,
    length: Arc<AtomicUsize>,
}

/// Steps that may wait before new work does.
const LONG: usize = 10_000;

/// Steps that are handed to the store and not committed yet, at most.
const IN_FLIGHT: usize = 2_000;

/// Carries the steps to the store, until all journals are gone.
#[derive(Debug)]
pub(super) struct Clerk {
    store: Store,
    entries: mpsc::UnboundedReceiver<Entry>,
    length: Arc<AtomicUsize>,
    failures: Arc<AtomicU64>,
}

type Step = Pin<Box<dyn Future<Output = Result<(), StoreError>> + Send>>;

impl Journal {
    /// Adds a step.
    pub fn write(&self, entry: Entry) {
        self.length.fetch_add(1, Relaxed);
        // Without a clerk the server is ending, and the store with it.
        let _ = self.entries.send(entry);
    }

    /// Whether new work should wait.
    pub fn is_long(&self) -> bool {
        self.length.load(Relaxed) > LONG
    }

    /// Asks for an audit when all steps before are written.
    pub fn audit(&self, reply: Reply) {
        self.write(Entry::Audit(reply));
    }

    /// Waits until all steps before are queued at the store, so that what it
    /// is asked next it answers with them.
    pub async fn queued(&self) {
        let (reply, queued) = oneshot::channel();
        self.write(Entry::Queued(reply));
        // Without a clerk no step is on its way.
        let _ = queued.await;
    }
}

impl Clerk {
    /// A clerk and the journal to write to; `failures` counts steps that the
    /// store refused, which means that it and the tables disagree.
    pub fn new(store: Store, failures: Arc<AtomicU64>) -> (Journal, Self) {
        let (sender, entries) = mpsc::unbounded_channel();
        let length = Arc::new(AtomicUsize::new(0));
        let journal = Journal {
            entries: sender,
            length: Arc::clone(&length),
        };
        let clerk = Self {
            store,
            entries,
            length,
            failures,
        };
        (journal, clerk)
    }

    /// The same as [`run`](Self::run), for a thread of its own.
    pub fn run_in_thread(self) -> io::Result<()> {
        let runtime = Builder::new_current_thread().build()?;
        runtime.block_on(self.run());
        Ok(())
    }

    /// Works until the last journal is dropped and all is written.
    pub async fn run(mut self) {
        let mut in_flight = JoinSet::new();
        loop {
            tokio::select! {
                biased;
                Some(done) = in_flight.join_next() => self.note_end(done),
                entry = self.entries.recv(), if in_flight.len() < IN_FLIGHT => {
                    let Some(entry) = entry else { break };
                    if let Entry::Audit(reply) = entry {
                        self.finish(&mut in_flight).await;
                        self.length.fetch_sub(1, Relaxed);
                        // Nobody waits for it any more if this fails.
                        let _ = reply.send(self.store.audit().await);
                        continue;
                    }
                    if let Entry::Queued(reply) = entry {
                        self.length.fetch_sub(1, Relaxed);
                        // Who asked may have gone.
                        let _ = reply.send(());
                        continue;
                    }
                    let mut step = self.step(entry);
                    // The first poll queues the step, or gets in line for a
                    // place: so the store sees the steps in this order.
                    match poll_fn(|task| Poll::Ready(step.as_mut().poll(task))).await {
                        Poll::Ready(result) => self.note(&result),
                        Poll::Pending => {
                            in_flight.spawn(step);
                        }
                    }
                }
            }
        }
        self.finish(&mut in_flight).await;
    }

    /// Waits for the steps that the store has.
    async fn finish(&self, in_flight: &mut JoinSet<Result<(), StoreError>>) {
        while let Some(step) = in_flight.join_next().await {
            self.note_end(step);
        }
    }

    fn note_end(&self, ended: Result<Result<(), StoreError>, JoinError>) {
        self.note(&ended.unwrap_or(Err(StoreError::Closed)));
    }

    fn note(&self, result: &Result<(), StoreError>) {
        self.length.fetch_sub(1, Relaxed);
        if result.is_err() {
            self.failures.fetch_add(1, Relaxed);
        }
    }

    fn step(&self, entry: Entry) -> Step {
        let store = self.store.clone();
        Box::pin(async move {
            match entry {
                Entry::BuyIn {
                    player,
                    table,
                    amount,
                } => store.buy_in(player, table, amount).await.map(drop),
                Entry::Hand(hand) => store.finish_hand(hand).await?.await,
                Entry::Leave {
                    player,
                    table,
                    money,
                } => match store.leave(player, table).await? {
                    paid if paid == u64::from(money) => Ok(()),
                    _ => Err(StoreError::Overdrawn {
                        account: player,
                        table,
                    }),
                },
                Entry::Audit(_) | Entry::Queued(_) => Ok(()),
            }
        })
    }
}
