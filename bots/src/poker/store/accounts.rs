//! Accounts and passwords.

use rusqlite::{Connection, OptionalExtension as _, params};

use super::money::grant;
use super::password::Hashed;
use super::{AccountId, StoreError};

/// The most bytes of a name.
pub(super) const NAME_MAX: usize = 64;

/// The most bytes of a password.
pub(super) const PASSWORD_MAX: usize = 256;

/// Who logged in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Account {
    /// The account's number.
    pub id: AccountId,
    /// The money in its bankroll.
    pub bankroll: u64,
    /// The money that it has at tables.
    pub in_game: u64,
    /// Whether the account was made by this login.
    pub is_new: bool,
}

/// Whether name and password have lengths that an account may have.
pub(super) fn check_lengths(name: &[u8], password: &[u8]) -> Result<(), StoreError> {
    if !(1..=NAME_MAX).contains(&name.len()) {
        Err(StoreError::NameLength)
    } else if password.len() > PASSWORD_MAX {
        Err(StoreError::PasswordLength)
    } else {
        Ok(())
    }
}

/// Checks the password; makes the account with a grant when there is none and
/// `create` holds one.
pub(super) fn log_in(
    connection: &Connection,
    name: &[u8],
    password: &[u8],
    create: Option<u32>,
) -> Result<Account, StoreError> {
    let known = connection
        .prepare_cached("SELECT id, salt, hash FROM account WHERE name = ?1")?
        .query_row([name], |row| {
            let hashed = Hashed {
                salt: row.get(1)?,
                hash: row.get(2)?,
            };
            Ok((row.get::<_, AccountId>(0)?, hashed))
        })
        .optional()?;
    match (known, create) {
        (Some((id, hashed)), _) if hashed.matches(password) => balance(connection, id, false),
        (Some(_), _) => Err(StoreError::WrongPassword),
        (None, None) => Err(StoreError::UnknownAccount),
        (None, Some(amount)) => {
            let id = create_account(connection, name, password)?;
            grant(connection, id, amount)?;
            balance(connection, id, true)
        }
    }
}

fn create_account(
    connection: &Connection,
    name: &[u8],
    password: &[u8],
) -> Result<AccountId, StoreError> {
    let Hashed { salt, hash } = Hashed::new(password)?;
    connection
        .prepare_cached("INSERT INTO account (name, salt, hash, bankroll) VALUES (?1, ?2, ?3, 0)")?
        .execute(params![name, salt, hash])?;
    let id = connection.last_insert_rowid();
    AccountId::try_from(id).map_err(|_| StoreError::TooManyAccounts)
}

/// The account's money.
pub(super) fn balance(
    connection: &Connection,
    id: AccountId,
    is_new: bool,
) -> Result<Account, StoreError> {
    connection
        .prepare_cached(
            "SELECT bankroll,
                    (SELECT coalesce(sum(amount), 0) FROM in_game WHERE account = id)
             FROM account WHERE id = ?1",
        )?
        .query_row([id], |row| {
            Ok(Account {
                id,
                bankroll: row.get(0)?,
                in_game: row.get(1)?,
                is_new,
            })
        })
        .optional()?
        .ok_or(StoreError::UnknownAccount)
}
