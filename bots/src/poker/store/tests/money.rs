//! Every step of money, and every way to be refused.

use super::{in_memory, wait};
use crate::poker::store::{Account, Audit, Change, HandRecord, Options, Store, StoreError};

fn hand(serial: u32, changes: &[(u32, i64)]) -> HandRecord {
    HandRecord {
        serial,
        table: 7,
        number: 1,
        changes: changes
            .iter()
            .map(|&(account, change)| Change { account, change })
            .collect(),
        history: "hand 1\nfolded 1".to_owned(),
    }
}

/// Two accounts with 300 each at table 7.
async fn two_at_a_table(store: &Store) {
    for name in [b"ann", b"bob"] {
        let account = store.log_in(name, b"").await.unwrap();
        store.buy_in(account.id, 7, 300).await.unwrap();
    }
}

async fn finish(store: &Store, hand: HandRecord) -> Result<(), StoreError> {
    store.finish_hand(hand).await?.await
}

#[test]
fn money_moves_to_a_table_through_a_hand_and_back() {
    wait(async {
        let store = in_memory();
        two_at_a_table(&store).await;
        finish(&store, hand(1, &[(1, -40), (2, 40)])).await.unwrap();
        let audit = Audit {
            granted: 2000,
            bankrolls: 1400,
            in_game: 600,
            accounts: 2,
            hands: 1,
        };
        assert_eq!(store.audit().await, Ok(audit));
        assert_eq!(store.leave(1, 7).await, Ok(260));
        assert_eq!(store.leave(2, 7).await, Ok(340));
        let account = Account {
            id: 2,
            bankroll: 1040,
            in_game: 0,
            is_new: false,
        };
        assert_eq!(store.balance(2).await, Ok(account));
        assert!(store.audit().await.unwrap().is_conserved());
        let stored = store.hand(1).await.unwrap().unwrap();
        assert_eq!(stored.record, hand(1, &[(1, -40), (2, 40)]));
        assert!(stored.at > 1_600_000_000);
        assert_eq!(store.hand(2).await, Ok(None));
        assert_eq!(store.failures(), 0);
    });
}

#[test]
fn accounts_are_made_at_the_first_login() {
    wait(async {
        let store = in_memory();
        let new = Account {
            id: 1,
            bankroll: 1000,
            in_game: 0,
            is_new: true,
        };
        assert_eq!(store.log_in(b"\xff\0", b"pass\xfe").await, Ok(new));
        let known = Account {
            is_new: false,
            ..new
        };
        assert_eq!(store.log_in(b"\xff\0", b"pass\xfe").await, Ok(known));
        assert_eq!(
            store.log_in(b"\xff\0", b"pass").await,
            Err(StoreError::WrongPassword)
        );
        assert_eq!(store.log_in(b"", b"x").await, Err(StoreError::NameLength));
        assert_eq!(
            store.log_in(&[b'x'; 65], b"x").await,
            Err(StoreError::NameLength)
        );
        assert_eq!(
            store.log_in(b"x", &[b'x'; 257]).await,
            Err(StoreError::PasswordLength)
        );
        assert!(store.log_in(&[b'x'; 64], &[b'x'; 256]).await.is_ok());
    });
}

#[test]
fn accounts_are_not_made_where_they_should_not() {
    wait(async {
        let options = Options {
            create_accounts: false,
            ..Options::default()
        };
        let store = Store::open(options).unwrap();
        assert_eq!(
            store.log_in(b"ann", b"").await,
            Err(StoreError::UnknownAccount)
        );
        assert_eq!(store.audit().await.unwrap().accounts, 0);
    });
}

#[test]
fn grants_are_in_the_ledger() {
    wait(async {
        let store = in_memory();
        let account = store.log_in(b"ann", b"").await.unwrap();
        assert_eq!(store.grant(account.id, 500).await.unwrap().bankroll, 1500);
        assert_eq!(store.grant(99, 500).await, Err(StoreError::UnknownAccount));
        assert_eq!(store.balance(99).await, Err(StoreError::UnknownAccount));
        let audit = store.audit().await.unwrap();
        assert_eq!((audit.granted, audit.is_conserved()), (1500, true));
    });
}

#[test]
fn a_bankroll_pays_no_more_than_it_has() {
    wait(async {
        let store = in_memory();
        two_at_a_table(&store).await;
        let refused = store.buy_in(1, 8, 701).await;
        assert_eq!(refused, Err(StoreError::Bankroll { bankroll: 700 }));
        assert_eq!(store.buy_in(9, 8, 1).await, Err(StoreError::UnknownAccount));
        // A rebuy adds to what is there, and tables are apart.
        assert_eq!(store.buy_in(1, 7, 100).await.unwrap().in_game, 400);
        assert_eq!(store.buy_in(1, 8, 600).await.unwrap().bankroll, 0);
        assert_eq!(store.leave(1, 7).await, Ok(400));
        assert_eq!(
            store.leave(1, 7).await,
            Err(StoreError::NotAtTable {
                account: 1,
                table: 7
            })
        );
        assert!(store.audit().await.unwrap().is_conserved());
    });
}

#[test]
fn a_wrong_hand_changes_nothing() {
    wait(async {
        let store = in_memory();
        two_at_a_table(&store).await;
        let before = store.audit().await.unwrap();
        let at = |account| StoreError::NotAtTable { account, table: 7 };
        let overdrawn = StoreError::Overdrawn {
            account: 1,
            table: 7,
        };
        for (changes, error) in [
            (
                &[(1, -40), (2, 41)][..],
                StoreError::Unbalanced { hand: 1, sum: 1 },
            ),
            (
                &[(1, i64::MAX), (2, i64::MAX)],
                StoreError::Unbalanced {
                    hand: 1,
                    sum: i64::MAX,
                },
            ),
            // The first part would be possible.
            (&[(2, 300), (1, -301), (2, 1)], overdrawn.clone()),
            (&[(1, -i64::MAX), (2, i64::MAX)], overdrawn),
            (&[(1, -40), (3, 40)], at(3)),
        ] {
            assert_eq!(
                finish(&store, hand(1, changes)).await,
                Err(error),
                "{changes:?}"
            );
            assert_eq!(store.audit().await, Ok(before));
            assert_eq!(store.hand(1).await, Ok(None));
        }
        assert_eq!(store.failures(), 5);
        finish(&store, hand(1, &[])).await.unwrap();
        assert_eq!(
            finish(&store, hand(1, &[])).await,
            Err(StoreError::HandTwice(1))
        );
    });
}

#[test]
fn a_refused_operation_does_not_touch_others_of_its_group() {
    let store = Store::open(Options {
        grant: 1000,
        group_time: std::time::Duration::from_millis(50),
        ..Options::default()
    })
    .unwrap();
    wait(async {
        two_at_a_table(&store).await;
        let good = store
            .finish_hand(hand(1, &[(1, -1), (2, 1)]))
            .await
            .unwrap();
        let bad = store
            .finish_hand(hand(2, &[(1, -1), (3, 1)]))
            .await
            .unwrap();
        let other = store
            .finish_hand(hand(3, &[(1, -1), (2, 1)]))
            .await
            .unwrap();
        assert_eq!(good.await, Ok(()));
        assert!(bad.await.is_err());
        assert_eq!(other.await, Ok(()));
        assert_eq!(store.leave(1, 7).await, Ok(298));
        assert_eq!(store.leave(2, 7).await, Ok(302));
    });
}

#[test]
fn what_is_dropped_is_done_all_the_same() {
    wait(async {
        let store = in_memory();
        two_at_a_table(&store).await;
        drop(
            store
                .finish_hand(hand(1, &[(1, -5), (2, 5)]))
                .await
                .unwrap(),
        );
        store.flush().await.unwrap();
        assert_eq!(store.leave(1, 7).await, Ok(295));
    });
}

#[test]
fn a_full_queue_makes_callers_wait_and_loses_nothing() {
    let store = Store::open(Options {
        queue: 1,
        grant: 10,
        ..Options::default()
    })
    .unwrap();
    let logins = (0..64_u8).map(|name| {
        let store = store.clone();
        std::thread::spawn(move || wait(async { store.log_in(&[name], b"").await }))
    });
    let logins: Vec<_> = logins.collect();
    for login in logins {
        assert!(login.join().unwrap().is_ok());
    }
    assert_eq!(wait(store.audit()).unwrap().granted, 640);
}
