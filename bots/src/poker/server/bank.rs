//! The money of all players while the server runs.
//!
//! The accounts of who has logged in are kept here, so that a table can take
//! and give money at once; every step also goes, in order, to the
//! [`clerk`](super::clerk), who writes it to the store.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::{Mutex, MutexGuard, PoisonError};

use pokersource::Str16;

use super::clerk::{Entry, Journal};
use crate::poker::rules::{Chips, Event, HandSummary, PlayerId};
use crate::poker::store::{Account, Change, HandRecord as StoredHand, HandSerial};

/// How many of a player's last hands can be asked for.
const HANDS_LISTED: usize = 100;

/// The accounts in use, and what of their money is at which table.
#[derive(Debug)]
pub(super) struct Bank {
    ledger: Mutex<Ledger>,
    journal: Journal,
    next_hand: AtomicU32,
}

#[derive(Debug, Default)]
struct Ledger {
    accounts: HashMap<PlayerId, Purse>,
    names: HashMap<Str16, PlayerId>,
    /// What was brought to each table and not taken away.
    tables: HashMap<u32, u64>,
}

#[derive(Debug)]
struct Purse {
    name: Str16,
    bankroll: u64,
    in_game: u64,
    /// The tables that money was brought to.
    tables: Vec<u32>,
    /// The last hands, the latest last.
    hands: VecDeque<HandSerial>,
}

/// An account's money.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Money {
    pub bankroll: u64,
    pub in_game: u64,
}

/// Money on its way from an account to a table; goes back when dropped.
#[derive(Debug)]
#[must_use = "the money goes back unless it is committed"]
pub(super) struct Reservation<'a> {
    bank: &'a Bank,
    player: PlayerId,
    table: u32,
    amount: Chips,
    committed: bool,
}

/// A hand that was played.
#[derive(Debug)]
pub(super) struct HandRecord {
    pub serial: HandSerial,
    pub table: u32,
    pub started: u32,
    pub names: Vec<(PlayerId, Str16)>,
    pub summary: HandSummary,
    pub events: Vec<Event>,
}

impl Bank {
    /// A bank without accounts, whose first hand has this number.
    pub fn new(journal: Journal, first_hand: HandSerial) -> Self {
        Self {
            ledger: Mutex::default(),
            journal,
            next_hand: AtomicU32::new(first_hand),
        }
    }

    /// Someone has logged in. What the store says counts only the first time:
    /// later on it may lag behind.
    pub fn welcome(&self, account: Account, name: Str16) {
        let mut ledger = self.lock();
        ledger.names.insert(name.clone(), account.id);
        ledger.accounts.entry(account.id).or_insert(Purse {
            name,
            bankroll: account.bankroll,
            in_game: 0,
            tables: Vec::new(),
            hands: VecDeque::new(),
        });
    }

    /// An account's money; nothing for an account that is not in use.
    pub fn money(&self, player: PlayerId) -> Money {
        let ledger = self.lock();
        ledger
            .accounts
            .get(&player)
            .map_or_else(Money::default, |purse| Money {
                bankroll: purse.bankroll,
                in_game: purse.in_game,
            })
    }

    /// Who has this name, if they have logged in since the server started.
    pub fn find(&self, name: &Str16) -> Option<PlayerId> {
        self.lock().names.get(name).copied()
    }

    /// The name of who has logged in since the server started.
    pub fn name(&self, player: PlayerId) -> Option<Str16> {
        Some(self.lock().accounts.get(&player)?.name.clone())
    }

    /// Takes money from an account for a table, or says how much there is.
    pub fn reserve(
        &self,
        player: PlayerId,
        table: u32,
        amount: Chips,
    ) -> Result<Reservation<'_>, u64> {
        let mut ledger = self.lock();
        let purse = ledger.accounts.get_mut(&player).ok_or(0_u64)?;
        let rest = purse.bankroll.checked_sub(amount.into());
        purse.bankroll = rest.ok_or(purse.bankroll)?;
        Ok(Reservation {
            bank: self,
            player,
            table,
            amount,
            committed: false,
        })
    }

    /// A player takes all their money from a table.
    pub fn leave(&self, player: PlayerId, table: u32, money: Chips) {
        let mut ledger = self.lock();
        if let Some(held) = ledger.tables.get_mut(&table) {
            *held = held.saturating_sub(money.into());
        }
        if let Some(purse) = ledger.accounts.get_mut(&player) {
            purse.bankroll += u64::from(money);
            purse.in_game = purse.in_game.saturating_sub(money.into());
            if let Some(index) = purse.tables.iter().position(|&known| known == table) {
                purse.tables.swap_remove(index);
                self.journal.write(Entry::Leave {
                    player,
                    table,
                    money,
                });
            }
        }
    }

    /// A number that no hand has had.
    pub fn next_hand_serial(&self) -> HandSerial {
        self.next_hand.fetch_add(1, Relaxed)
    }

    /// A hand was played to its end.
    pub fn hand_played(&self, hand: &HandRecord) {
        let stored = hand.to_stored();
        let mut ledger = self.lock();
        for result in &hand.summary.results {
            if let Some(purse) = ledger.accounts.get_mut(&result.player) {
                purse.in_game = purse.in_game.saturating_add_signed(result.change());
                if purse.hands.len() == HANDS_LISTED {
                    purse.hands.pop_front();
                }
                purse.hands.push_back(hand.serial);
            }
        }
        self.journal.write(Entry::Hand(stored));
    }

    /// The last hands of a player, the latest first.
    pub fn hands_of(&self, player: PlayerId) -> Vec<HandSerial> {
        let ledger = self.lock();
        let purse = ledger.accounts.get(&player);
        purse.map_or_else(Vec::new, |purse| {
            purse.hands.iter().rev().copied().collect()
        })
    }

    /// Waits until all that has happened so far is queued at the store.
    pub async fn queued(&self) {
        self.journal.queued().await;
    }

    /// What was brought to a table and not taken away.
    pub fn at_table(&self, table: u32) -> u64 {
        self.lock().tables.get(&table).copied().unwrap_or(0)
    }

    /// The store is so far behind that new work should wait.
    pub fn is_behind(&self) -> bool {
        self.journal.is_long()
    }

    fn lock(&self) -> MutexGuard<'_, Ledger> {
        // No panic leaves the ledger half changed.
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Reservation<'_> {
    /// The table has taken the money.
    pub fn commit(mut self) {
        self.committed = true;
        let mut ledger = self.bank.lock();
        *ledger.tables.entry(self.table).or_default() += u64::from(self.amount);
        if let Some(purse) = ledger.accounts.get_mut(&self.player) {
            purse.in_game += u64::from(self.amount);
            if !purse.tables.contains(&self.table) {
                purse.tables.push(self.table);
            }
        }
        // While the ledger is locked, so that the store sees the same order.
        self.bank.journal.write(Entry::BuyIn {
            player: self.player,
            table: self.table,
            amount: self.amount,
        });
    }
}

impl Drop for Reservation<'_> {
    fn drop(&mut self) {
        if !self.committed
            && let Some(purse) = self.bank.lock().accounts.get_mut(&self.player)
        {
            purse.bankroll += u64::from(self.amount);
        }
    }
}

impl HandRecord {
    fn to_stored(&self) -> StoredHand {
        let results = self.summary.results.iter();
        StoredHand {
            serial: self.serial,
            table: self.table,
            number: self.summary.hand,
            changes: results
                .map(|result| Change {
                    account: result.player,
                    change: result.change(),
                })
                .collect(),
            history: self.to_string(),
        }
    }
}

/// The history, a line for each thing that happened.
impl fmt::Display for HandRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            serial,
            table,
            started,
            ..
        } = self;
        writeln!(f, "hand {serial} table {table} started {started}")?;
        for (result, (player, name)) in self.summary.results.iter().zip(&self.names) {
            let name = name.escape_ascii();
            let money = result.before;
            writeln!(
                f,
                "player {player} seat {} money {money} name {name}",
                result.seat
            )?;
        }
        self.events
            .iter()
            .try_for_each(|event| writeln!(f, "{event}"))
    }
}
