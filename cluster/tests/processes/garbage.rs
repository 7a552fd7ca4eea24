//! Rubbish, from strangers and from those who were let in.

use std::fs;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use cluster::identity::{KeyRing, Nonces, Token, enrolling_client_config, node_door};
use cluster::net::{Channel, Tls, connect};
use cluster_protocol::{Digest, Fetch, MAX_MESSAGE, Message, Request};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpStream, UdpSocket};
use tokio::sync::Semaphore;

use crate::cluster::{Cluster, Process, node_in, until};
use crate::game::{Game, waits};
use crate::peers::{Guest, runtime};

/// How many strangers come, to the boot server and to a node each.
const STRANGERS: usize = 1_000;
/// How many of them at a time.
const AT_A_TIME: usize = 200;
/// How long one may be left standing at most.
const PATIENCE: Duration = Duration::from_secs(20);
/// How much memory a process may take for all of it.
const MEMORY: u64 = 64 << 20;

/// The most memory that a process has held.
fn memory(process: &Process) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", process.pid())).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().nth(1));
    kilobytes.unwrap().parse::<u64>().unwrap() << 10
}

/// Bytes that follow from a number, as good as random.
fn noise(seed: usize, length: usize) -> Vec<u8> {
    let mut state = seed as u64 * 2 + 1;
    let byte = |_| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        state.to_be_bytes()[2]
    };
    (0..length).map(byte).collect()
}

/// Comes, misbehaves in one of many ways, and waits to be sent away.
async fn stranger(number: usize, address: SocketAddr, pin: Digest) {
    let away = async {
        let Ok(mut stream) = TcpStream::connect(address).await else {
            return;
        };
        match number % 8 {
            // Silence.
            0 => {}
            1 => drop(stream.write_all(&noise(number, 3_000)).await),
            // A record that goes on for ever.
            2 => drop(stream.write_all(&[22, 3, 1, 2, 0, 1, 0]).await),
            // One longer than there may be, in full.
            3 => {
                let record = [&[22, 3, 1, 0xFF, 0xFF][..], &noise(number, 65_535)].concat();
                drop(stream.write_all(&record).await);
            }
            // Hears, and has nothing to say.
            4 => drop(stream.shutdown().await),
            // Gone before anybody looked.
            5 => return,
            // Shakes hands, and says what is no message, or none for strangers.
            _ => {
                drop(stream);
                let config = enrolling_client_config(pin).unwrap();
                let Ok(mut stream) = connect(address, config, node_door()).await else {
                    return;
                };
                let said = match number % 3 {
                    0 => vec![1, 0, 0, 0xFF, 0xFF],
                    1 => vec![24, 0, 0, 0, 3, 1, 2, 3],
                    _ => noise(number, 20_000),
                };
                let _ = stream.write_all(&said).await;
                let _ = stream.flush().await;
                return sent_away(&mut stream).await;
            }
        }
        sent_away(&mut stream).await;
    };
    let within = tokio::time::timeout(PATIENCE, away).await;
    assert!(within.is_ok(), "stranger {number} is left standing");
}

/// Reads until the end, which a server has to make.
async fn sent_away(stream: &mut (impl AsyncReadExt + Unpin)) {
    let mut heard = [0; 4_096];
    while matches!(stream.read(&mut heard).await, Ok(1..)) {}
}

#[test]
fn strangers_rubbish_keeps_nobody_out() {
    let cluster = Cluster::new("strangers");
    let mut first = cluster.start("w1", &[], cluster.address);
    let member = cluster.address_of(&mut first);
    cluster.linked(&["w1"]);
    let token: Token = cluster
        .run(&["authorize", "nobody"])
        .trim()
        .parse()
        .unwrap();
    let before = (memory(&cluster.boot), memory(&first));

    let flood = {
        let places = [cluster.address, member];
        std::thread::spawn(move || {
            let all = async {
                let permits = Arc::new(Semaphore::new(AT_A_TIME * places.len()));
                let mut tasks = Vec::new();
                for number in 0..STRANGERS * places.len() {
                    let permit = permits.clone().acquire_owned().await.unwrap();
                    let (place, pin) = (places[number % places.len()], token.authority);
                    tasks.push(tokio::spawn(async move {
                        stranger(number / places.len(), place, pin).await;
                        drop(permit);
                    }));
                }
                for task in tasks {
                    task.await.unwrap();
                }
            };
            runtime().block_on(all);
        })
    };

    // Meanwhile a node gets in, by way of the other, and operators are heard.
    let _second = cluster.start("w2", &[], member);
    let mut slowest = Duration::ZERO;
    while !flood.is_finished() {
        let asked = Instant::now();
        cluster.status();
        slowest = slowest.max(asked.elapsed());
    }
    flood.join().unwrap();
    assert!(slowest < Duration::from_secs(5), "{slowest:?}");
    cluster.linked(&["w1", "w2"]);
    let after = (memory(&cluster.boot), memory(&first));
    assert!(after.0 < before.0 + MEMORY, "{before:?} {after:?}");
    assert!(after.1 < before.1 + MEMORY, "{before:?} {after:?}");
}

/// Says these bytes on a connection that begins with a good message, and hears
/// whatever comes until the end; the last message before that.
async fn says(stream: Tls, first: Option<Message>, bytes: &[u8]) -> Option<Message> {
    let mut heard = None;
    let conversation = async {
        let mut stream = stream;
        if let Some(first) = first {
            stream
                .write_all(&pickler::encode(&first).unwrap())
                .await
                .unwrap();
            stream.flush().await.unwrap();
        }
        // The other end may have had enough before all is said.
        let _ = stream.write_all(bytes).await;
        let _ = stream.flush().await;
        let mut channel = Channel::new(stream, MAX_MESSAGE);
        while let Ok(message) = channel.receiver.next().await {
            heard = Some(message);
        }
    };
    let within = tokio::time::timeout(PATIENCE, conversation).await;
    assert!(within.is_ok(), "nobody ends it");
    heard
}

#[test]
fn members_rubbish_ends_their_connection_and_nothing_else() {
    let cluster = Cluster::new("members");
    let game = Game::start();
    let mut first = cluster.start("w1", &[], cluster.address);
    let member = cluster.address_of(&mut first);
    cluster.linked(&["w1"]);
    // A release with something to fetch.
    let filler = format!("--[[{}]]", "x".repeat(200_000));
    let script = waits(1, &filler);
    let file = game.release(&cluster, 5, &script);
    cluster.run(&["sync", file.to_str().unwrap()]);
    let hash = cluster::identity::sha256(script.as_bytes());
    let before = (memory(&cluster.boot), memory(&first));

    let runtime = runtime();
    let guest = runtime.block_on(Guest::new(&cluster, "guest", "node"));
    let viewer = runtime.block_on(Guest::new(&cluster, "viewer", "view"));
    let rubbish = [
        // Longer than any message.
        vec![16, 0xFF, 0xFF, 0xFF, 0xFF],
        // No place for what it says it holds.
        vec![12, 0, 0, 0, 4, 1, 0xFF, 0xFF, 0xFF],
        // A message of no known kind.
        vec![200, 0, 0, 0, 2, 1, 2],
        noise(7, 100_000),
    ];
    let hello: Message = guest.hello().into();
    let status: Message = Request::Status.into();
    for bytes in &rubbish {
        runtime.block_on(async {
            for begin in [None, Some(hello.clone())] {
                says(guest.boot(&cluster).await.unwrap(), begin, bytes).await;
            }
            says(guest.node(member).await.unwrap(), None, bytes).await;
            if bytes[0] != 200 {
                // An operator's unknown message is not answered, no more.
                says(
                    viewer.boot(&cluster).await.unwrap(),
                    Some(status.clone()),
                    bytes,
                )
                .await;
            }
        });
    }
    // Half a message, and then no more.
    runtime.block_on(async {
        let mut stream = guest.boot(&cluster).await.unwrap();
        stream.write_all(&[16, 0, 0, 0, 40, 1]).await.unwrap();
        stream.shutdown().await.unwrap();
        tokio::time::timeout(PATIENCE, sent_away(&mut stream))
            .await
            .unwrap();
    });
    // Messages that are sound, and have no place.
    let again = pickler::encode(&hello).unwrap();
    let asked = pickler::encode(&status).unwrap();
    runtime.block_on(async {
        for bytes in [&again, &asked] {
            let stream = guest.boot(&cluster).await.unwrap();
            says(stream, Some(hello.clone()), bytes).await;
        }
    });

    // More questions than anybody asks, and no ear for the answers.
    let fetch = Message::from(Fetch { hash, offset: 0 });
    let flood = pickler::encode(&fetch).unwrap().repeat(20_000);
    runtime.block_on(async {
        let mut stream = guest.boot(&cluster).await.unwrap();
        stream.write_all(&again).await.unwrap();
        let flooding = async {
            if stream.write_all(&flood).await.is_ok() {
                let _ = stream.flush().await;
            }
        };
        let _ = tokio::time::timeout(Duration::from_secs(3), flooding).await;
        until("the boot server has had enough", || {
            cluster.boot.text().contains("node guest does not take")
        });
    });

    // Datagrams of nobody, of somebody, again and again.
    runtime.block_on(async {
        let keys = match guest.ask(&cluster, hello.clone()).await {
            Some(Message::Welcome(welcome)) => welcome.keys,
            other => panic!("{other:?}"),
        };
        let ring = KeyRing::new(keys);
        let mut nonces = Nonces::random().unwrap();
        let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        for number in 0..500 {
            let sealed = ring.seal(&noise(number, number), &mut nonces).unwrap();
            let mut broken = sealed.clone();
            broken[20] ^= 1;
            for place in [cluster.address, member] {
                for datagram in [&noise(number, number * 2), &sealed, &sealed, &broken] {
                    // What the socket does not take is not missed.
                    let _ = socket.send_to(datagram, place).await;
                }
            }
        }
    });

    let status = cluster.linked(&["w1"]);
    assert_eq!(node_in(&status, "w1")["state"], "up", "{status:#}");
    assert_eq!(game.connections(), 5);
    let after = (memory(&cluster.boot), memory(&first));
    assert!(after.0 < before.0 + MEMORY, "{before:?} {after:?}");
    assert!(after.1 < before.1 + MEMORY, "{before:?} {after:?}");
    let mut next = cluster.start("w2", &[], member);
    cluster.linked(&["w2"]);
    assert!(next.is_running() && first.is_running());
}
