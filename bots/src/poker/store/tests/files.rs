//! Files that last, and files that are wrong.

use std::time::Duration;

use rusqlite::Connection;

use super::{Folder, wait};
use crate::poker::store::{Change, HandRecord, Location, OpenError, Options, Recovered, Store};

fn at(path: &std::path::Path) -> Options {
    Options {
        location: Location::File(path.to_owned()),
        grant: 1000,
        ..Options::default()
    }
}

/// Opens a file that another handle has just let go of.
fn reopen(path: &std::path::Path) -> Store {
    for _ in 0..100 {
        match Store::open(at(path)) {
            Err(OpenError::Locked { .. }) => std::thread::sleep(Duration::from_millis(10)),
            opened => return opened.unwrap(),
        }
    }
    panic!("the file stays locked");
}

#[test]
fn money_left_on_tables_is_given_back_on_opening() {
    let folder = Folder::new("recover");
    let path = folder.file("bots.db");
    let store = Store::open(at(&path)).unwrap();
    assert_eq!(
        (store.recovered(), store.first_free_hand()),
        (Recovered::default(), 1)
    );
    wait(async {
        for name in [b"ann", b"bob"] {
            let account = store.log_in(name, b"secret").await.unwrap();
            store.buy_in(account.id, 1, 300).await.unwrap();
            store.buy_in(account.id, 2, 100).await.unwrap();
        }
        let changes = [(1, -50), (2, 50)].map(|(account, change)| Change { account, change });
        let history = String::new();
        let hand = HandRecord {
            serial: 41,
            table: 1,
            number: 1,
            changes: changes.into(),
            history,
        };
        store.finish_hand(hand).await.unwrap().await.unwrap();
    });
    drop(store);

    let store = reopen(&path);
    assert_eq!(
        store.recovered(),
        Recovered {
            accounts: 2,
            amount: 800
        }
    );
    assert_eq!(store.first_free_hand(), 42);
    wait(async {
        let audit = store.audit().await.unwrap();
        assert_eq!(
            (audit.in_game, audit.bankrolls, audit.granted),
            (0, 2000, 2000)
        );
        assert_eq!(store.log_in(b"ann", b"secret").await.unwrap().bankroll, 950);
        assert_eq!(
            store.log_in(b"bob", b"secret").await.unwrap().bankroll,
            1050
        );
    });
}

#[test]
fn what_is_queued_is_written_when_the_last_handle_goes() {
    let folder = Folder::new("queued");
    let path = folder.file("bots.db");
    let store = Store::open(at(&path)).unwrap();
    wait(async {
        let account = store.log_in(b"ann", b"").await.unwrap();
        for serial in 1..=500 {
            let changes = vec![Change {
                account: account.id,
                change: 0,
            }];
            store.buy_in(account.id, 1, 1).await.unwrap();
            let hand = HandRecord {
                serial,
                table: 1,
                number: 1,
                changes,
                history: String::new(),
            };
            drop(store.finish_hand(hand).await.unwrap());
        }
    });
    drop(store);
    assert_eq!(wait(reopen(&path).audit()).unwrap().hands, 500);
}

#[test]
fn a_file_in_use_is_not_shared() {
    let folder = Folder::new("locked");
    let path = folder.file("bots.db");
    let _first = Store::open(at(&path)).unwrap();
    let error = Store::open(at(&path)).expect_err("two servers on one file");
    assert!(matches!(error, OpenError::Locked { .. }), "{error}");
}

#[test]
fn other_files_are_refused_and_left_alone() {
    let folder = Folder::new("other");

    let text = folder.file("notes.txt");
    std::fs::write(
        &text,
        "not a database, but long enough to be looked at\n".repeat(100),
    )
    .unwrap();
    let before = std::fs::read(&text).unwrap();
    let error = Store::open(at(&text)).expect_err("a text");
    assert!(matches!(error, OpenError::NotADatabase { .. }), "{error}");
    assert_eq!(std::fs::read(&text).unwrap(), before);

    let others = folder.file("others.db");
    Connection::open(&others)
        .unwrap()
        .execute_batch("CREATE TABLE mine (x)")
        .unwrap();
    let before = std::fs::read(&others).unwrap();
    let error = Store::open(at(&others)).expect_err("another program's");
    assert!(matches!(error, OpenError::OtherProgram { .. }), "{error}");
    assert_eq!(std::fs::read(&others).unwrap(), before);

    let newer = folder.file("newer.db");
    drop(Store::open(at(&newer)).unwrap());
    drop(reopen(&newer));
    let connection = loop {
        let connection = Connection::open(&newer).unwrap();
        if connection.execute_batch("PRAGMA user_version = 2").is_ok() {
            break connection;
        }
    };
    drop(connection);
    let error = Store::open(at(&newer)).expect_err("a newer version's");
    assert!(
        matches!(
            error,
            OpenError::NewerVersion {
                found: 2,
                known: 1,
                ..
            }
        ),
        "{error}"
    );

    let error = Store::open(at(&folder.file("no/such/folder.db"))).expect_err("no folder");
    assert!(matches!(error, OpenError::CannotOpen { .. }), "{error}");
    let error = Store::open(at(&folder.0)).expect_err("a folder");
    assert!(matches!(error, OpenError::CannotOpen { .. }), "{error}");
}

#[test]
fn a_file_that_may_only_be_read_is_said_to_be() {
    let folder = Folder::new("read-only");
    let path = folder.file("bots.db");
    drop(Store::open(at(&path)).unwrap());
    drop(reopen(&path));
    // Root may write to any file, so the way from SQLite's answer to the error
    // is taken without one.
    let error = loop {
        let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
        let connection = Connection::open_with_flags(&path, flags).unwrap();
        let error = connection.execute_batch("DELETE FROM account").unwrap_err();
        if error.sqlite_error_code() != Some(rusqlite::ErrorCode::DatabaseBusy) {
            break error;
        }
    };
    let error = OpenError::from_sqlite(path, &error);
    assert!(matches!(error, OpenError::ReadOnly { .. }), "{error}");
}

#[test]
fn errors_say_what_to_do() {
    let path = std::path::PathBuf::from("x.db");
    for (error, advice) in [
        (
            OpenError::Locked { path: path.clone() },
            "end that one, or name another file",
        ),
        (OpenError::ReadOnly { path: path.clone() }, "allow writing"),
        (
            OpenError::NewerVersion {
                path,
                found: 9,
                known: 1,
            },
            "has version 9",
        ),
    ] {
        assert!(error.to_string().starts_with("x.db") && error.to_string().contains(advice));
    }
}
