//! What a shard is sent by others: events for its bots, and orders.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use super::orders::Order;
use crate::script::Event;

/// The most events that wait for a shard.
const EVENTS: usize = 65_536;

/// A shard's letter box; cheap to clone.
#[derive(Clone, Default)]
pub(super) struct Mail(Arc<Shared>);

#[derive(Default)]
struct Shared {
    bag: Mutex<Bag>,
    came: Notify,
}

/// What waits for a shard.
#[derive(Default)]
pub(super) struct Bag {
    /// Events of other shards' bots, and for which bot.
    pub(super) events: VecDeque<(u32, Event)>,
    pub(super) orders: Vec<Order>,
    is_closed: bool,
}

impl Mail {
    /// Posts an event to a bot of the shard; false if the shard is too far
    /// behind.
    pub(super) fn post(&self, to: u32, event: Event) -> bool {
        let mut bag = self.bag();
        if bag.is_closed || bag.events.len() >= EVENTS {
            return false;
        }
        bag.events.push_back((to, event));
        drop(bag);
        self.0.came.notify_one();
        true
    }

    /// Gives the shard an order; false, and the order is dropped, if the shard
    /// has ended.
    pub(super) fn order(&self, order: Order) -> bool {
        let mut bag = self.bag();
        if bag.is_closed {
            return false;
        }
        bag.orders.push(order);
        drop(bag);
        self.0.came.notify_one();
        true
    }

    /// All that has come, once something has.
    pub(super) async fn next(&self) -> Bag {
        self.0.came.notified().await;
        std::mem::take(&mut *self.bag())
    }

    /// Until it is dropped, somebody looks into the letter box.
    pub(super) fn open(&self) -> impl Drop + use<> {
        Reader(self.clone())
    }

    fn bag(&self) -> MutexGuard<'_, Bag> {
        self.0.bag.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whoever waits for what an order answers learns that nobody does.
struct Reader(Mail);

impl Drop for Reader {
    fn drop(&mut self) {
        let left = Bag {
            is_closed: true,
            ..Bag::default()
        };
        let left = std::mem::replace(&mut *self.0.bag(), left);
        drop(left);
    }
}
