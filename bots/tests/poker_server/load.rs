//! How much the server does. Not a test of anything: run it with
//! `cargo test --release -p bots --test poker_server -- --ignored --nocapture`.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use bots::poker::server::{ServerConfig, TableGroup, Timing};
use pokersource::{
    HANDSHAKE, Login, Message, PokerCall, PokerSetRole, PokerTablePicker, Stream, StreamError,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::sleep;

use crate::client::start;

/// Calls whatever comes, until the time is over.
async fn caller(address: SocketAddr, number: u32, end: Instant) -> std::io::Result<()> {
    sleep(Duration::from_micros(u64::from(number) * 700)).await;
    let mut stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let mut out = HANDSHAKE.to_vec();
    let say = |out: &mut Vec<u8>, message: Message| {
        pickler::encode_into(&message, out).expect("it fits");
    };
    let role = PokerSetRole {
        serial: 0,
        roles: "PLAY".into(),
    };
    let login = Login {
        name: format!("caller{number}").into(),
        password: "secret".into(),
    };
    let picker = PokerTablePicker {
        auto_blind_ante: true,
        ..PokerTablePicker::default()
    };
    say(&mut out, role.into());
    say(&mut out, login.into());
    say(&mut out, picker.into());
    let mut inbox = Stream::new();
    let mut buffer = vec![0; 4096];
    let (mut serial, mut in_game, mut is_betting) = (0, Vec::new(), false);
    while Instant::now() < end {
        if !out.is_empty() {
            stream.write_all(&out).await?;
            out.clear();
        }
        let read = stream.read(&mut buffer).await?;
        if read == 0 {
            break;
        }
        inbox.push(&buffer[..read]);
        loop {
            match inbox.next_message() {
                Ok(None) => break,
                Ok(Some(Message::Serial(own))) => serial = own.serial,
                Ok(Some(Message::PokerInGame(hand))) => in_game = hand.players,
                Ok(Some(Message::PokerStart(_))) => is_betting = false,
                Ok(Some(Message::PokerState(_))) => is_betting = true,
                Ok(Some(Message::PokerPosition(turn))) => {
                    let player = turn
                        .position
                        .and_then(|index| in_game.get(usize::from(index)));
                    if is_betting && player == Some(&serial) {
                        let call = PokerCall {
                            serial,
                            game_id: turn.game_id,
                        };
                        say(&mut out, call.into());
                    }
                }
                Ok(Some(_)) => {}
                Err(StreamError::Message(error)) => panic!("{error}"),
                Err(error) => panic!("{error}"),
            }
        }
    }
    Ok(())
}

#[test]
#[ignore = "a measurement"]
fn callers() {
    let number = |name: &str, usual: u32| {
        std::env::var(name).map_or(usual, |text| text.parse().expect("a number"))
    };
    let (clients, seconds) = (number("CALLERS", 1_000), number("SECONDS", 10));
    let config = ServerConfig {
        tables: TableGroup::mix(clients.div_ceil(5), 6),
        workers: number("WORKERS", 2) as usize,
        timing: Timing {
            hand_delay: Duration::from_millis(u64::from(number("HAND_DELAY", 10))),
            idle: Duration::from_secs(600),
            ..Timing::default()
        },
        ..ServerConfig::default()
    };
    let server = start(config);
    let address = server.addr();
    let end = Instant::now() + Duration::from_secs(seconds.into());
    let half = Instant::now() + Duration::from_secs(u64::from(seconds) / 2);
    let load = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let mut callers = tokio::task::JoinSet::new();
            for number in 0..clients {
                callers.spawn(tokio::time::timeout_at(
                    end.into(),
                    caller(address, number, end),
                ));
            }
            callers.join_all().await
        });
    });
    std::thread::sleep(half - Instant::now());
    let before = server.stats();
    std::thread::sleep(end - Instant::now());
    let after = server.stats();
    let audit = server.audit();
    load.join().unwrap();
    let rate = |of: fn(&bots::poker::server::Stats) -> u64| {
        (of(&after) - of(&before)) * 2 / u64::from(seconds)
    };
    println!(
        "{} connections: {} hands/s, {} messages/s in, {} messages/s out, {} KiB/s out; {audit:?}",
        after.connections,
        rate(|stats| stats.hands_played),
        rate(|stats| stats.messages_in),
        rate(|stats| stats.messages_out),
        rate(|stats| stats.bytes_out) / 1024,
    );
    println!("{after:?}");
    assert!(audit.is_conserved());
    println!("{:?}", server.stop());
}
