//! What all connections and tables of a server share.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Instant;

use super::bank::Bank;
use super::clock::Clock;
use super::config::ServerConfig;
use super::lobby::{Lobby, Place};
use super::presence::Presence;
use super::stats::{Counters, Stats};
use super::table::{ConnectionId, Context, Setup, TableSession};
use crate::poker::store::Store;

/// The house: its tables, its bank, its clocks.
///
/// Locks are taken in this order, and none but the first two while another of
/// its kind is held: the list of tables, a table, then one of bank, presence,
/// clock and outboxes.
#[derive(Debug)]
pub(super) struct Hall {
    pub config: ServerConfig,
    pub lobby: Lobby,
    pub bank: Bank,
    pub presence: Presence,
    pub store: Store,
    pub counters: Counters,
    clocks: Vec<Clock>,
    last_connection: AtomicU64,
}

impl Hall {
    /// A house without tables.
    pub fn new(config: ServerConfig, bank: Bank, store: Store) -> Self {
        Self {
            clocks: (0..config.workers.max(1))
                .map(|_| Clock::default())
                .collect(),
            config,
            lobby: Lobby::default(),
            bank,
            presence: Presence::default(),
            store,
            counters: Counters::default(),
            last_connection: AtomicU64::new(0),
        }
    }

    /// A number for a new connection.
    pub fn next_connection(&self) -> ConnectionId {
        self.last_connection.fetch_add(1, Relaxed) + 1
    }

    /// A table as the configuration says, but for what the caller changes.
    pub fn setup(&self) -> Setup {
        Setup {
            id: 0,
            name: String::new().into(),
            seats: 10,
            structure: "2-4-limit".parse().expect("a betting structure"),
            seed: self.config.seed,
            timing: self.config.timing,
            of_client: false,
        }
    }

    /// Does something at a table. `None` if the table is gone.
    pub fn at<R>(
        &self,
        place: &Arc<Place>,
        now: Instant,
        work: impl FnOnce(&mut TableSession, Context<'_>) -> R,
    ) -> Option<R> {
        let id = place.setup.id;
        let mut room = place.lock();
        if room.closed {
            return None;
        }
        let context = Context {
            bank: &self.bank,
            presence: &self.presence,
            counters: &self.counters,
            now,
        };
        let result = work(&mut room.table, context);
        let seated = u8::try_from(room.table.seated()).unwrap_or(u8::MAX);
        place.seated.store(seated, Relaxed);
        if let Some(deadline) = room.table.deadline()
            && room.armed.is_none_or(|armed| deadline < armed)
        {
            room.armed = Some(deadline);
            self.clock_of(id).set(deadline, id);
        }
        room.closed = place.setup.of_client && room.table.is_deserted();
        let closed = room.closed;
        drop(room);
        if closed {
            self.lobby.remove(id);
        }
        Some(result)
    }

    /// Lets a table do what has become due.
    pub fn wake(&self, id: u32, now: Instant) {
        let Some(place) = self.lobby.find(id) else {
            return;
        };
        {
            let mut room = place.lock();
            if room.armed.is_some_and(|armed| armed <= now) {
                room.armed = None;
            }
        }
        self.at(&place, now, |table, context| {
            if table.deadline().is_some_and(|deadline| deadline <= now) {
                table.tick(context);
            }
        });
    }

    /// The deadlines of every table that has the same remainder.
    pub fn clock_of(&self, number: u32) -> &Clock {
        &self.clocks[number as usize % self.clocks.len()]
    }

    /// What the server has counted.
    pub fn stats(&self) -> Stats {
        Stats {
            players: self.presence.online() as u64,
            tables: self.lobby.count() as u64,
            ..self.counters.snapshot()
        }
    }

    /// What lies on all tables; whether that is what was brought there, as the
    /// bank has it.
    pub fn count_tables(&self) -> (u64, bool) {
        let mut sum = 0;
        let mut agrees = true;
        for place in self.lobby.all() {
            let room = place.lock();
            let chips = room.table.total_chips();
            agrees &= chips == self.bank.at_table(place.setup.id);
            sum += chips;
        }
        (sum, agrees)
    }
}
