//! The tables of the house, found by number or by what they are like.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU8, AtomicU32, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::Instant;

use super::selection::Selection;
use super::table::{Setup, TableSession};
use crate::poker::rules::TableError;

/// A table, and what can be known of it without waiting for it.
#[derive(Debug)]
pub(super) struct Place {
    pub setup: Setup,
    /// How many sit here.
    pub seated: AtomicU8,
    room: Mutex<Room>,
}

/// A table, behind its lock.
#[derive(Debug)]
pub(super) struct Room {
    pub table: TableSession,
    /// When a clock will wake the table.
    pub armed: Option<Instant>,
    /// The table is gone: nobody may enter any more.
    pub closed: bool,
}

/// All tables.
#[derive(Debug, Default)]
pub(super) struct Lobby {
    places: RwLock<BTreeMap<u32, Arc<Place>>>,
    last: AtomicU32,
}

/// Why there is no new table.
#[derive(Debug, thiserror::Error)]
pub(super) enum OpenTableError {
    #[error("there are {0} tables already, which is the limit")]
    TooMany(usize),
    #[error(transparent)]
    Table(#[from] TableError),
}

impl Place {
    /// Waits for the table, which others may be using.
    pub fn lock(&self) -> MutexGuard<'_, Room> {
        // A panic at a table is a mistake in its code; the others go on.
        self.room.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Seats that nobody has.
    pub fn free(&self) -> u8 {
        self.setup.seats.saturating_sub(self.seated.load(Relaxed))
    }
}

impl Lobby {
    /// Opens a table; its number is set here.
    pub fn open(&self, mut setup: Setup, limit: usize) -> Result<Arc<Place>, OpenTableError> {
        let mut places = self.write();
        if places.len() >= limit {
            return Err(OpenTableError::TooMany(limit));
        }
        setup.id = self.last.fetch_add(1, Relaxed) + 1;
        if setup.name.is_empty() {
            setup.name = format!("Table {}", setup.id).into();
        }
        let place = Arc::new(Place {
            room: Mutex::new(Room {
                table: TableSession::new(setup.clone())?,
                armed: None,
                closed: false,
            }),
            seated: AtomicU8::new(0),
            setup,
        });
        places.insert(place.setup.id, Arc::clone(&place));
        Ok(place)
    }

    /// Takes a table out of the list.
    pub fn remove(&self, id: u32) {
        self.write().remove(&id);
    }

    /// The table with this number.
    pub fn find(&self, id: u32) -> Option<Arc<Place>> {
        self.read().get(&id).cloned()
    }

    /// How many tables there are.
    pub fn count(&self) -> usize {
        self.read().len()
    }

    /// All tables.
    pub fn all(&self) -> Vec<Arc<Place>> {
        self.read().values().cloned().collect()
    }

    /// The first tables that are selected; `mine` are those where who asks
    /// sits.
    pub fn select(&self, selection: &Selection, mine: &[u32], limit: usize) -> Vec<Arc<Place>> {
        let places = self.read();
        if *selection == Selection::Mine {
            let mine = mine.iter().filter_map(|id| places.get(id)).take(limit);
            return mine.cloned().collect();
        }
        let selected = places.values().filter(|place| selection.includes(place));
        selected.take(limit).cloned().collect()
    }

    /// Of the tables with a free seat and at least so many players, one that
    /// lacks the fewest.
    pub fn pick(
        &self,
        selection: &Selection,
        min_players: u32,
        mine: &[u32],
    ) -> Option<Arc<Place>> {
        let places = self.read();
        let fits = |place: &&Arc<Place>| {
            place.free() > 0
                && u32::from(place.seated.load(Relaxed)) >= min_players
                && selection.includes(place)
                && !mine.contains(&place.setup.id)
        };
        places
            .values()
            .filter(fits)
            .min_by_key(|place| (place.seated.load(Relaxed) == 0, place.free()))
            .cloned()
    }

    fn read(&self) -> RwLockReadGuard<'_, BTreeMap<u32, Arc<Place>>> {
        // No panic leaves the map half changed.
        self.places.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, BTreeMap<u32, Arc<Place>>> {
        self.places.write().unwrap_or_else(PoisonError::into_inner)
    }
}
