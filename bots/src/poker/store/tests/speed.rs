//! How fast it goes, for the record:
//! `cargo test --release -p bots --lib -- --ignored --nocapture store::tests::speed`.

use std::time::{Duration, Instant};

use super::{Folder, wait};
use crate::poker::store::{Change, HandRecord, Location, Options, Store};

const PLAYERS: u32 = 4000;
const SEATS: u32 = 8;
const HANDS: u32 = 20_000;

#[test]
#[ignore = "measures"]
fn logins_and_hands() {
    let folder = Folder::new("speed");
    for location in [Location::Memory, Location::File(folder.file("bots.db"))] {
        println!("{location:?}");
        let store = Store::open(Options {
            location,
            ..Options::default()
        })
        .unwrap();
        wait(measure(&store));
    }
}

async fn measure(store: &Store) {
    let start = Instant::now();
    let runtime = tokio::task::LocalSet::new();
    let logins = runtime.run_until(async {
        let logins: Vec<_> = (0..PLAYERS)
            .map(|player| {
                let store = store.clone();
                tokio::task::spawn_local(async move {
                    let name = format!("player {player}");
                    let account = store.log_in(name.as_bytes(), b"a password").await.unwrap();
                    store
                        .buy_in(account.id, (account.id - 1) / SEATS, 2000)
                        .await
                        .unwrap();
                })
            })
            .collect();
        for login in logins {
            login.await.unwrap();
        }
    });
    logins.await;
    println!(
        "  {PLAYERS} first logins and buy-ins: {:?}",
        start.elapsed()
    );

    let history = "raised 7 12 to 14\n".repeat(40);
    let (start, mut slowest) = (Instant::now(), Duration::ZERO);
    for serial in 1..=HANDS {
        let table = serial % (PLAYERS / SEATS);
        let first = table * SEATS + 1;
        let changes = (first..first + SEATS)
            .map(|account| Change {
                account,
                change: if account == first { 7 } else { -1 },
            })
            .collect();
        let history = history.clone();
        let hand = HandRecord {
            serial,
            table,
            number: 1,
            changes,
            history,
        };
        let queued = Instant::now();
        drop(store.finish_hand(hand).await.unwrap());
        slowest = slowest.max(queued.elapsed());
    }
    store.flush().await.unwrap();
    let time = start.elapsed();
    let rate = f64::from(HANDS) / time.as_secs_f64();
    println!("  {HANDS} hands of {SEATS}: {time:?}, {rate:.0}/s; longest wait {slowest:?}");

    // As a server would: hands at 1,000 a second, and what a caller waits.
    let mut waits = Vec::new();
    for serial in HANDS + 1..=HANDS + 500 {
        let changes = vec![Change {
            account: 1,
            change: 0,
        }];
        let history = history.clone();
        let hand = HandRecord {
            serial,
            table: 0,
            number: 1,
            changes,
            history,
        };
        let queued = Instant::now();
        store.finish_hand(hand).await.unwrap().await.unwrap();
        waits.push(queued.elapsed());
    }
    waits.sort_unstable();
    println!(
        "  until the commit: median {:?}, longest {:?}",
        waits[250], waits[499]
    );
    assert_eq!(store.failures(), 0);
    assert!(store.audit().await.unwrap().is_conserved());
}
