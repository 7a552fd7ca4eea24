//! The file: opening, versions, recovery.

use std::path::PathBuf;

use rusqlite::{Connection, OpenFlags};

use super::{HandSerial, OpenError};

/// Where a store keeps its data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Location {
    /// In memory: gone with the store.
    #[default]
    Memory,
    /// In this file, and two more beside it while it is open.
    File(PathBuf),
}

/// What a crash had left on tables, and was given back on opening.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recovered {
    /// How many accounts had money at a table.
    pub accounts: u64,
    /// How much that was.
    pub amount: u64,
}

/// A database that is ready for use.
pub(super) struct Opened {
    pub connection: Connection,
    pub recovered: Recovered,
    /// One more than the greatest hand number stored.
    pub next_hand: HandSerial,
}

/// Marks the file as this program's, in SQLite's `application_id`: "pokr".
const APPLICATION: i64 = 0x706f_6b72;

/// The version that this program writes, in SQLite's `user_version`.
const VERSION: i64 = 1;

const TABLES: &str = "
    CREATE TABLE account (
        id       INTEGER PRIMARY KEY AUTOINCREMENT,
        name     BLOB NOT NULL UNIQUE,
        salt     BLOB NOT NULL,
        hash     BLOB NOT NULL,
        bankroll INTEGER NOT NULL CHECK (bankroll >= 0)
    ) STRICT;
    -- Where all money comes from.
    CREATE TABLE ledger (
        id      INTEGER PRIMARY KEY,
        account INTEGER NOT NULL REFERENCES account,
        amount  INTEGER NOT NULL CHECK (amount >= 0),
        at      INTEGER NOT NULL DEFAULT (unixepoch())
    ) STRICT;
    CREATE TABLE in_game (
        account INTEGER NOT NULL REFERENCES account,
        place   INTEGER NOT NULL,
        amount  INTEGER NOT NULL CHECK (amount >= 0),
        PRIMARY KEY (account, place)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE hand (
        serial  INTEGER PRIMARY KEY,
        place   INTEGER NOT NULL,
        number  INTEGER NOT NULL,
        at      INTEGER NOT NULL DEFAULT (unixepoch()),
        history TEXT NOT NULL
    ) STRICT;
    CREATE TABLE hand_change (
        hand    INTEGER NOT NULL REFERENCES hand,
        account INTEGER NOT NULL REFERENCES account,
        change  INTEGER NOT NULL,
        PRIMARY KEY (hand, account)
    ) STRICT, WITHOUT ROWID;
";

/// Opens the database, makes its tables if it is new, and gives back what a
/// crash has left on tables.
pub(super) fn open(location: Location) -> Result<Opened, OpenError> {
    let (path, connection) = match location {
        Location::Memory => (
            PathBuf::from("the database in memory"),
            Connection::open_in_memory(),
        ),
        Location::File(path) => {
            // A path is a path: no URI, whatever it starts with.
            let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
                | OpenFlags::SQLITE_OPEN_CREATE
                | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            let connection = Connection::open_with_flags(&path, flags);
            (path, connection)
        }
    };
    let failed = |error: rusqlite::Error| OpenError::from_sqlite(path.clone(), &error);
    let connection = connection.map_err(failed)?;

    // Two servers on one file would each take the other's tables for the
    // remains of a crash, so the file belongs to one process.
    connection
        .execute_batch(
            "PRAGMA locking_mode = EXCLUSIVE;
             PRAGMA busy_timeout = 200;
             PRAGMA foreign_keys = ON;",
        )
        .map_err(failed)?;
    let known = identify(&connection, &path)?;
    connection
        .execute_batch(
            "PRAGMA journal_mode = WAL;
             PRAGMA synchronous = NORMAL;
             BEGIN IMMEDIATE;",
        )
        .map_err(failed)?;
    if !known {
        connection.execute_batch(TABLES).map_err(failed)?;
        connection
            .pragma_update(None, "application_id", APPLICATION)
            .map_err(failed)?;
        connection
            .pragma_update(None, "user_version", VERSION)
            .map_err(failed)?;
    }
    let recovered = recover(&connection).map_err(failed)?;
    connection.execute_batch("COMMIT").map_err(failed)?;
    let greatest: i64 = connection
        .query_row("SELECT coalesce(max(serial), 0) FROM hand", [], |row| {
            row.get(0)
        })
        .map_err(failed)?;
    let next_hand = HandSerial::try_from(greatest)
        .unwrap_or(HandSerial::MAX)
        .saturating_add(1);
    Ok(Opened {
        connection,
        recovered,
        next_hand,
    })
}

/// Whether the database is this program's (or an empty one).
fn identify(connection: &Connection, path: &std::path::Path) -> Result<bool, OpenError> {
    let failed = |error: rusqlite::Error| OpenError::from_sqlite(path.to_owned(), &error);
    let number = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0));
    let tables = number("SELECT count(*) FROM sqlite_schema").map_err(failed)?;
    let application = number("PRAGMA application_id").map_err(failed)?;
    let version = number("PRAGMA user_version").map_err(failed)?;
    match (application, version) {
        (0, 0) if tables == 0 => Ok(false),
        (APPLICATION, VERSION) => Ok(true),
        (APPLICATION, found) => Err(OpenError::NewerVersion {
            path: path.to_owned(),
            found,
            known: VERSION,
        }),
        _ => Err(OpenError::OtherProgram {
            path: path.to_owned(),
        }),
    }
}

fn recover(connection: &Connection) -> rusqlite::Result<Recovered> {
    let (accounts, amount) = connection.query_row(
        "SELECT count(DISTINCT account), coalesce(sum(amount), 0) FROM in_game",
        [],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    connection.execute(
        "UPDATE account SET bankroll = bankroll + held.amount
         FROM (SELECT account, sum(amount) AS amount FROM in_game GROUP BY account) AS held
         WHERE account.id = held.account",
        [],
    )?;
    connection.execute("DELETE FROM in_game", [])?;
    Ok(Recovered { accounts, amount })
}
