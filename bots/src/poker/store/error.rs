//! What can go wrong.

use std::path::PathBuf;

use rusqlite::ErrorCode;

/// A store cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file cannot be opened or made.
    #[error("cannot open {path}: {reason}; is the folder there, and may you write to it?")]
    CannotOpen {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        reason: String,
    },
    /// The file is something else.
    #[error("{path} is not an SQLite database; name another file, or one that is not there yet")]
    NotADatabase {
        /// The file.
        path: PathBuf,
    },
    /// The database is another program's.
    #[error("{path} is a database of another program; name another file")]
    OtherProgram {
        /// The file.
        path: PathBuf,
    },
    /// A newer version of this program wrote the database.
    #[error("{path} has version {found}, and this program knows up to {known}; use a newer one")]
    NewerVersion {
        /// The file.
        path: PathBuf,
        /// The file's version.
        found: i64,
        /// The newest known.
        known: i64,
    },
    /// Another process has the database open.
    #[error("{path} is in use by another process; end that one, or name another file")]
    Locked {
        /// The file.
        path: PathBuf,
    },
    /// The file may only be read.
    #[error("{path} may only be read; allow writing to it and to its folder")]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// The writer's thread cannot be started.
    #[error("cannot start the store's thread: {0}")]
    Thread(std::io::Error),
}

impl OpenError {
    /// What an error of SQLite means for who opens a file.
    pub(super) fn from_sqlite(path: PathBuf, error: &rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
                Self::NotADatabase { path }
            }
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked { path },
            Some(ErrorCode::ReadOnly) => Self::ReadOnly { path },
            _ => Self::CannotOpen {
                path,
                reason: error.to_string(),
            },
        }
    }
}

/// An operation was not carried out; nothing of it is in the store.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// No account has this name, and none is to be made.
    #[error("no such account")]
    UnknownAccount,
    /// The account has another password.
    #[error("wrong password")]
    WrongPassword,
    /// A name is empty or too long.
    #[error("a name has 1 to {} bytes", super::accounts::NAME_MAX)]
    NameLength,
    /// A password is too long.
    #[error("a password has at most {} bytes", super::accounts::PASSWORD_MAX)]
    PasswordLength,
    /// No number is left for another account.
    #[error("no more accounts")]
    TooManyAccounts,
    /// The bankroll does not have the amount.
    #[error("the bankroll has {bankroll} only")]
    Bankroll {
        /// What it has.
        bankroll: u64,
    },
    /// The account has no money at the table.
    #[error("account {account} has no money at table {table}")]
    NotAtTable {
        /// Whose.
        account: u32,
        /// Where.
        table: u32,
    },
    /// A hand's changes do not add up to nothing.
    #[error("the changes of hand {hand} add up to {sum}, not 0")]
    Unbalanced {
        /// Which.
        hand: u32,
        /// To what.
        sum: i64,
    },
    /// A hand would leave a player with less than nothing.
    #[error("account {account} would have less than nothing at table {table}")]
    Overdrawn {
        /// Whose.
        account: u32,
        /// Where.
        table: u32,
    },
    /// A hand with this number is stored already.
    #[error("hand {0} is stored already")]
    HandTwice(u32),
    /// SQLite failed, as with a full disk.
    #[error("the database failed: {0}")]
    Database(String),
    /// The store's thread has ended.
    #[error("the store is closed")]
    Closed,
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error.to_string())
    }
}
