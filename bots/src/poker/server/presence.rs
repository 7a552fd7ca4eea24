//! Who is logged in by which connection, and who sits at which tables.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::outbox::Outbox;
use super::reason::Reason;
use super::table::ConnectionId;
use crate::poker::rules::PlayerId;

/// Who is where.
#[derive(Debug, Default)]
pub(super) struct Presence(Mutex<Players>);

#[derive(Debug, Default)]
struct Players {
    online: HashMap<PlayerId, (ConnectionId, Arc<Outbox>)>,
    places: HashMap<PlayerId, Vec<u32>>,
}

impl Presence {
    /// A player has logged in by this connection. One that had before is told
    /// and closed.
    pub fn log_in(&self, player: PlayerId, connection: ConnectionId, outbox: Arc<Outbox>) {
        let before = self.lock().online.insert(player, (connection, outbox));
        if let Some((_, before)) = before {
            before.close(Reason::Replaced);
        }
    }

    /// The connection's login has ended; nothing if another has taken over.
    pub fn log_out(&self, player: PlayerId, connection: ConnectionId) {
        let mut players = self.lock();
        if players
            .online
            .get(&player)
            .is_some_and(|&(online, _)| online == connection)
        {
            players.online.remove(&player);
        }
    }

    /// How many players are logged in.
    pub fn online(&self) -> usize {
        self.lock().online.len()
    }

    /// A player has taken a seat.
    pub fn seated(&self, player: PlayerId, table: u32) {
        self.lock().places.entry(player).or_default().push(table);
    }

    /// A player has given up a seat.
    pub fn left(&self, player: PlayerId, table: u32) {
        let mut players = self.lock();
        if let Some(places) = players.places.get_mut(&player) {
            places.retain(|&place| place != table);
            if places.is_empty() {
                players.places.remove(&player);
            }
        }
    }

    /// The tables where a player sits, in ascending order.
    pub fn places(&self, player: PlayerId) -> Vec<u32> {
        let mut places = self.lock().places.get(&player).cloned().unwrap_or_default();
        places.sort_unstable();
        places
    }

    fn lock(&self) -> MutexGuard<'_, Players> {
        // No panic leaves the maps half changed.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
