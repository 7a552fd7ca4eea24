//! Clients that mean no good, or know no better.

use std::time::Duration;

use bots::poker::server::Reason;
use pokersource::{HANDSHAKE, Message, PokerChat, PokerExplain};

use crate::client::{Client, config, start};

#[test]
fn another_handshake_is_refused_with_a_reason() {
    let server = start(config("1-2-no-limit"));
    for first in [&b"CGI 003.000\n"[..], b"GET / HTTP/1.1\r\n", b"\0"] {
        let mut client = Client::connect_with(server.addr(), first);
        let Message::Error(error) = client.next() else {
            panic!("no error")
        };
        assert!(
            error.message.to_string().contains("CGI 002.000"),
            "{}",
            error.message
        );
        assert_eq!(client.farewell(), Reason::WrongHandshake.words().unwrap());
    }
    assert_eq!(server.stats().disconnects_for(Reason::WrongHandshake), 3);
}

#[test]
fn who_is_slow_is_sent_away_with_a_reason() {
    let mut config = config("1-2-no-limit");
    config.timing.handshake = Duration::from_millis(200);
    config.timing.frame = Duration::from_millis(200);
    config.timing.idle = Duration::from_millis(600);
    let server = start(config);
    let mut handshake = Client::connect_with(server.addr(), &HANDSHAKE[..5]);
    let mut message = Client::connect(server.addr());
    message.send_bytes(&[10, 0, 40, 0]);
    let mut idle = Client::connect(server.addr());
    let mut lively = Client::connect(server.addr());
    for _ in 0..6 {
        std::thread::sleep(Duration::from_millis(200));
        lively.send(Message::Ping);
    }
    assert_eq!(handshake.farewell(), Reason::SlowHandshake.words().unwrap());
    assert_eq!(message.farewell(), Reason::SlowMessage.words().unwrap());
    assert_eq!(idle.farewell(), Reason::Idle.words().unwrap());
    lively.send(PokerExplain::default());
    assert_eq!(lively.next(), Message::Ack);
    for reason in [Reason::SlowHandshake, Reason::SlowMessage, Reason::Idle] {
        assert_eq!(server.stats().disconnects_for(reason), 1, "{reason:?}");
    }
}

#[test]
fn what_is_no_message_is_answered_and_the_next_is_read() {
    let mut config = config("1-2-no-limit");
    config.limits.malformed_messages = 3;
    let server = start(config);
    let mut client = Client::connect(server.addr());
    // No such code; a string longer than the message; bytes left over.
    for bad in [&[150, 0, 4, 1][..], &[72, 0, 5, 0, 9], &[4, 0, 5, 1, 2]] {
        client.send_bytes(bad);
        let Message::Error(error) = client.next() else {
            panic!("no error")
        };
        assert_eq!(error.other_type, bad[0]);
        client.send(PokerExplain::default());
        assert_eq!(client.next(), Message::Ack, "{bad:?}");
    }
    client.send_bytes(&[150, 0, 3]);
    assert_eq!(client.farewell(), Reason::Malformed.words().unwrap());

    let mut client = Client::connect(server.addr());
    client.send_bytes(&[5, 0, 2, 0]);
    assert_eq!(client.farewell(), Reason::LostFraming.words().unwrap());
    let stats = server.stats();
    assert_eq!(
        (stats.malformed, stats.disconnects_for(Reason::LostFraming)),
        (4, 1)
    );
}

/// Every code that there is, as a request: an answer to each, or the silence
/// that the protocol wants, and the connection lives.
#[test]
fn no_request_goes_without_an_answer() {
    let silent = ["PING", "LOGOUT"];
    let server = start(config("1-2-no-limit"));
    let mut client = Client::sit_down(server.addr(), "ann", 0, 200);
    let schema = pokersource::schema();
    let pickler::schema::Shape::Union(union) = schema.resolve(schema.root()) else {
        panic!("not a union")
    };
    for variant in &union.variants {
        let name = &*variant.name;
        if ["QUIT", "LOGOUT", "LOGIN"].contains(&name) {
            continue;
        }
        // All fields 0, as many bytes as it takes: zeros end every list.
        let code = u8::try_from(variant.tag).unwrap();
        let frame = (3..200_u16).find_map(|length| {
            let mut frame = vec![0; usize::from(length)];
            frame[0] = code;
            frame[1..3].copy_from_slice(&length.to_be_bytes());
            pickler::decode::<Message>(&frame).is_ok().then_some(frame)
        });
        client.send_bytes(&frame.unwrap_or_else(|| panic!("{name} has no frame of zeros")));
        client.send(PokerExplain::default());
        let answers = client.all_until("ACK");
        let is_silent =
            answers.len() == 1 && !["POKER_EXPLAIN", "POKER_SET_LOCALE"].contains(&name);
        assert_eq!(is_silent, silent.contains(&name), "{name}");
        if answers.len() == 1 && !is_silent {
            client.until("ACK");
        }
    }
    assert!(server.stop().audit.is_exact());
}

/// A client that reads nothing is sent away; the table has played on without
/// waiting for it, and so has the rest of the server.
#[test]
fn a_slow_reader_is_sent_away_while_the_table_goes_on() {
    let mut config = config("1-2-no-limit");
    config.limits.outbox_bytes = 20_000;
    config.timing.write_stall = Duration::from_secs(60);
    let server = start(config);
    let mut ann = Client::sit_down(server.addr(), "ann", 0, 200);
    let mut bob = Client::sit_down(server.addr(), "bob", 1, 200);
    let lazy = Client::join(server.addr(), "lazy");
    let words = "x".repeat(500);
    let mut said = 0;
    while server.stats().disconnects_for(Reason::SlowReader) == 0 {
        for _ in 0..100 {
            ann.send(PokerChat {
                serial: 0,
                game_id: 1,
                message: words.as_str().into(),
            });
            ann.until("POKER_CHAT");
            bob.until("POKER_CHAT");
        }
        said += 100;
        assert!(said < 100_000, "a reader that reads nothing is still there");
    }
    ann.play();
    bob.play();
    ann.turn();
    ann.fold();
    bob.until("POKER_WIN");
    drop(lazy);
    assert!(server.stop().audit.is_exact());
}

/// A client that sends without end and reads nothing takes nothing from the
/// others and no memory.
#[test]
fn a_flood_does_not_hold_others_up() {
    let mut config = config("1-2-no-limit");
    config.timing.write_stall = Duration::from_millis(500);
    let server = start(config);
    let address = server.addr();
    let flood = std::thread::spawn(move || {
        let mut client = Client::connect(address);
        let many = pickler::encode(&Message::from(PokerExplain::default()))
            .unwrap()
            .repeat(2_000);
        // Until it is sent away.
        let mut sent = 0;
        while client.try_send(&many) {
            sent += many.len();
        }
        sent
    });
    let mut ann = Client::sit_down(address, "ann", 0, 200);
    let mut bob = Client::sit_down(address, "bob", 1, 200);
    ann.play();
    bob.play();
    ann.turn();
    ann.fold();
    bob.until("POKER_WIN");
    assert!(flood.join().unwrap() > 100_000);
    assert_eq!(server.stats().disconnects_for(Reason::SlowReader), 1);
    assert!(server.stop().audit.is_exact());
}

#[test]
fn a_full_server_says_so_and_a_stopping_one_too() {
    let mut config = config("1-2-no-limit");
    config.limits.connections = 1;
    let server = start(config);
    let mut first = Client::connect(server.addr());
    first.send(PokerExplain::default());
    first.until("ACK");
    let mut second = Client::connect(server.addr());
    assert_eq!(second.farewell(), Reason::Full.words().unwrap());
    let told = std::thread::spawn(move || first.farewell());
    let report = server.stop();
    assert_eq!(told.join().unwrap(), Reason::Stopping.words().unwrap());
    assert_eq!(report.stats.connections, 0);
    assert_eq!(report.stats.disconnects_for(Reason::Stopping), 1);
}
