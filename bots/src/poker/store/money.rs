//! Grants, buying in, hands, leaving, the audit.

use rusqlite::{Connection, OptionalExtension as _, params};

use super::accounts::{Account, balance};
use super::{AccountId, HandSerial, StoreError};

/// What a hand did to a player's money at the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Whose.
    pub account: AccountId,
    /// How much more, or less.
    pub change: i64,
}

/// The result of a hand, as it is handed to the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandRecord {
    /// The hand's number among all hands.
    pub serial: HandSerial,
    /// The table's number.
    pub table: u32,
    /// The hand's number at the table.
    pub number: u64,
    /// What it did; adds up to 0. Who neither won nor lost may be left out.
    pub changes: Vec<Change>,
    /// What happened, a line for each event.
    pub history: String,
}

/// A hand as it was stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlayedHand {
    /// Its result.
    pub record: HandRecord,
    /// When it was stored, in seconds since 1970.
    pub at: i64,
}

/// Where the money is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Audit {
    /// All that was ever granted.
    pub granted: u64,
    /// In bankrolls.
    pub bankrolls: u64,
    /// At tables.
    pub in_game: u64,
    /// Accounts.
    pub accounts: u64,
    /// Hands stored.
    pub hands: u64,
}

impl Audit {
    /// Whether no chip has appeared or vanished.
    pub fn is_conserved(&self) -> bool {
        self.granted == self.bankrolls + self.in_game
    }
}

/// Adds money to a bankroll and notes it in the ledger.
pub(super) fn grant(
    connection: &Connection,
    account: AccountId,
    amount: u32,
) -> Result<(), StoreError> {
    let known = connection
        .prepare_cached("UPDATE account SET bankroll = bankroll + ?2 WHERE id = ?1")?
        .execute(params![account, amount])?;
    if known == 0 {
        return Err(StoreError::UnknownAccount);
    }
    connection
        .prepare_cached("INSERT INTO ledger (account, amount) VALUES (?1, ?2)")?
        .execute(params![account, amount])?;
    Ok(())
}

/// Moves money from the bankroll to a table.
pub(super) fn buy_in(
    connection: &Connection,
    account: AccountId,
    table: u32,
    amount: u32,
) -> Result<Account, StoreError> {
    let paid = connection
        .prepare_cached(
            "UPDATE account SET bankroll = bankroll - ?2 WHERE id = ?1 AND bankroll >= ?2",
        )?
        .execute(params![account, amount])?;
    if paid == 0 {
        let Account { bankroll, .. } = balance(connection, account, false)?;
        return Err(StoreError::Bankroll { bankroll });
    }
    connection
        .prepare_cached(
            "INSERT INTO in_game (account, place, amount) VALUES (?1, ?2, ?3)
             ON CONFLICT DO UPDATE SET amount = amount + excluded.amount",
        )?
        .execute(params![account, table, amount])?;
    balance(connection, account, false)
}

/// Moves all money that the account has at the table to its bankroll, and says
/// how much it was.
pub(super) fn leave(
    connection: &Connection,
    account: AccountId,
    table: u32,
) -> Result<u64, StoreError> {
    let amount: u64 = connection
        .prepare_cached("DELETE FROM in_game WHERE account = ?1 AND place = ?2 RETURNING amount")?
        .query_row(params![account, table], |row| row.get(0))
        .optional()?
        .ok_or(StoreError::NotAtTable { account, table })?;
    connection
        .prepare_cached("UPDATE account SET bankroll = bankroll + ?2 WHERE id = ?1")?
        .execute(params![account, amount])?;
    Ok(amount)
}

/// Moves money between the players of a hand, and stores the hand.
pub(super) fn finish_hand(connection: &Connection, hand: &HandRecord) -> Result<(), StoreError> {
    let HandRecord { serial, table, .. } = *hand;
    // Wide enough for any number of changes that fit in memory.
    let sum: i128 = hand
        .changes
        .iter()
        .map(|change| i128::from(change.change))
        .sum();
    if sum != 0 {
        let sum = i64::try_from(sum).unwrap_or(if sum > 0 { i64::MAX } else { i64::MIN });
        return Err(StoreError::Unbalanced { hand: serial, sum });
    }
    let number = i64::try_from(hand.number).unwrap_or(i64::MAX);
    let stored = connection
        .prepare_cached(
            "INSERT INTO hand (serial, place, number, history) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT DO NOTHING",
        )?
        .execute(params![serial, table, number, hand.history])?;
    if stored == 0 {
        return Err(StoreError::HandTwice(serial));
    }
    let mut held = connection
        .prepare_cached("SELECT amount FROM in_game WHERE account = ?1 AND place = ?2")?;
    let mut set = connection
        .prepare_cached("UPDATE in_game SET amount = ?3 WHERE account = ?1 AND place = ?2")?;
    let mut note = connection
        .prepare_cached("INSERT INTO hand_change (hand, account, change) VALUES (?1, ?2, ?3)")?;
    for &Change { account, change } in &hand.changes {
        let amount: i64 = held
            .query_row(params![account, table], |row| row.get(0))
            .optional()?
            .ok_or(StoreError::NotAtTable { account, table })?;
        let amount = amount
            .checked_add(change)
            .filter(|&amount| amount >= 0)
            .ok_or(StoreError::Overdrawn { account, table })?;
        set.execute(params![account, table, amount])?;
        note.execute(params![serial, account, change])?;
    }
    Ok(())
}

/// A hand that was stored.
pub(super) fn played_hand(
    connection: &Connection,
    serial: HandSerial,
) -> Result<Option<PlayedHand>, StoreError> {
    let hand = connection
        .prepare_cached("SELECT place, number, history, at FROM hand WHERE serial = ?1")?
        .query_row([serial], |row| {
            let record = HandRecord {
                serial,
                table: row.get(0)?,
                number: row.get(1)?,
                changes: Vec::new(),
                history: row.get(2)?,
            };
            Ok(PlayedHand {
                record,
                at: row.get(3)?,
            })
        })
        .optional()?;
    let Some(mut hand) = hand else {
        return Ok(None);
    };
    hand.record.changes = connection
        .prepare_cached("SELECT account, change FROM hand_change WHERE hand = ?1")?
        .query_map([serial], |row| {
            Ok(Change {
                account: row.get(0)?,
                change: row.get(1)?,
            })
        })?
        .collect::<Result<_, _>>()?;
    Ok(Some(hand))
}

pub(super) fn audit(connection: &Connection) -> Result<Audit, StoreError> {
    let audit = connection.query_row(
        "SELECT (SELECT coalesce(sum(amount), 0) FROM ledger),
                (SELECT coalesce(sum(bankroll), 0) FROM account),
                (SELECT coalesce(sum(amount), 0) FROM in_game),
                (SELECT count(*) FROM account),
                (SELECT count(*) FROM hand)",
        [],
        |row| {
            Ok(Audit {
                granted: row.get(0)?,
                bankrolls: row.get(1)?,
                in_game: row.get(2)?,
                accounts: row.get(3)?,
                hands: row.get(4)?,
            })
        },
    )?;
    Ok(audit)
}
