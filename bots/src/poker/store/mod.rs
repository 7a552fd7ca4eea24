//! Accounts, the money on tables, and the histories of hands, in SQLite.
//!
//! # What holds
//!
//! The money of an account is in its bankroll, or in a row for each table that
//! it was brought to. Every step of money is one transaction that leaves the
//! sum as it was: buying in moves it from bankroll to table, a finished hand
//! moves it between the players' rows and writes the hand's history with it,
//! leaving moves it back. Money comes from nowhere but from grants, each in
//! the ledger. So the sum of all money equals the sum of the ledger at every
//! commit ([`Store::audit`]), also after a crash: what was at a table then
//! goes back to the bankrolls when the store is next opened.
//!
//! A crash of the program (`kill -9`) loses nothing that was acknowledged. A
//! crash of the machine may lose the last moments, though never a part of a
//! step: the file is not flushed to the disk at every commit.
//!
//! # How it is done
//!
//! One thread owns the database. It takes operations from a bounded queue and
//! commits them in groups, each group after a few milliseconds or some
//! hundred operations, whichever comes first; answers go out after the commit.
//! An operation that is refused undoes its own part and no other.
//!
//! | file | subject |
//! |---|---|
//! | `handle` | the operations, as callers see them |
//! | `writer` | the thread, the queue and the groups |
//! | `accounts` | accounts and passwords |
//! | `money` | grants, buying in, hands, leaving, the audit |
//! | `schema` | the file: opening, versions, recovery |
//! | `password` | hashing |
//! | `error` | what can go wrong |

mod accounts;
mod error;
mod handle;
mod money;
mod password;
mod schema;
mod writer;

#[cfg(test)]
mod tests;

pub use accounts::Account;
pub use error::{OpenError, StoreError};
pub use handle::{Options, Receipt, Store};
pub use money::{Audit, Change, HandRecord, PlayedHand};
pub use schema::{Location, Recovered};

/// The number of an account, the protocol's `serial`; from 1 on.
pub type AccountId = u32;

/// The number of a hand among all hands of all tables, the protocol's
/// `hand_serial`; from 1 on.
pub type HandSerial = u32;
