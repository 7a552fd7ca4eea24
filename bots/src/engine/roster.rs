//! The bots of a shard by number.

use std::cell::RefCell;
use std::rc::Rc;

use crate::script::Bot;

/// The bots of a shard by number: of every so many one.
pub(super) struct Roster {
    pub(super) first_bot: u32,
    pub(super) shards: u32,
    pub(super) index: u32,
    pub(super) bots: RefCell<Vec<Rc<Bot>>>,
}

impl Roster {
    /// The shard of a bot, and its place there.
    pub(super) fn place(&self, id: u32) -> Option<(u32, usize)> {
        let offset = id.checked_sub(self.first_bot)?;
        let place = usize::try_from(offset / self.shards).ok()?;
        Some((offset % self.shards, place))
    }

    /// A bot of this shard.
    pub(super) fn own(&self, id: u32) -> Option<Rc<Bot>> {
        let (shard, place) = self.place(id)?;
        let bots = self.bots.borrow();
        bots.get(place).filter(|_| shard == self.index).cloned()
    }

    /// Takes in a bot: the next one, or one in the place of another that had
    /// its number.
    pub(super) fn enter(&self, bot: Rc<Bot>) {
        let place = self.place(bot.id).map(|(_, place)| place);
        let mut bots = self.bots.borrow_mut();
        match place.and_then(|place| bots.get_mut(place)) {
            Some(before) => *before = bot,
            None => bots.push(bot),
        }
    }

    /// All that have been taken in so far.
    pub(super) fn all(&self) -> Vec<Rc<Bot>> {
        self.bots.borrow().clone()
    }
}
