//! How bots end, and how runs do.

use std::io::Write;
use std::time::{Duration, Instant};

use super::server::{Server, read_frame};
use super::{config, failures, protocol, run, script, start, stop, until};
use crate::engine::RunConfig;
use crate::observe::Failure;
use crate::script::tests::frame;
use serde_json::json;

#[test]
fn bots_talk_to_a_server_and_end_with_their_scripts() {
    let server = Server::greeting(|mut stream| {
        let chat = read_frame(&mut stream)?;
        // In two pieces, with another message behind.
        stream.write_all(&chat[..5])?;
        std::thread::sleep(Duration::from_millis(20));
        stream.write_all(&chat[5..])?;
        stream.write_all(&[4, 0, 3])?;
        read_frame(&mut stream).map(|_| ())
    });
    let outcome = run(
        &config(&server, 50),
        r#"
        bot:chat("echo " .. bot.id)
        local echo = bot:expect("POKER_CHAT", { within = "10s" })
        assert(echo.message == "echo " .. bot.id)
        bot:expect("ACK", { within = "10s" })
        bot:send("QUIT")
        "#,
    );
    assert_eq!(failures(&outcome), []);
    let stats = &outcome.snapshot.stats;
    assert_eq!((stats.started, stats.ended), (50, 50));
    assert_eq!((stats.messages_sent, stats.messages_received), (100, 100));
    assert_eq!(stats.messages_seen(), 3);
    assert_eq!(outcome.snapshot.connected, 0);
    assert!(outcome.snapshot.connected_peak >= 1);
}

#[test]
fn the_end_of_the_run_lets_bots_leave_in_time() {
    let (said, heard) = std::sync::mpsc::channel();
    let said = std::sync::Mutex::new(said);
    let server = Server::greeting(move |mut stream| {
        while let Ok(frame) = read_frame(&mut stream) {
            let _ = said.lock().unwrap().send(frame[0]);
        }
        Ok(())
    });
    let config = RunConfig {
        duration: None,
        grace: Duration::from_millis(500),
        ..config(&server, 10)
    };
    let text = r#"
        bot:at_end(function()
            bot:send("QUIT")
            if bot.id < 5 then bot:expect("POKER_WIN") end
        end)
        bot:expect("POKER_WIN")
        "#;
    let run = start(&config, &protocol(), &[script(text)]).unwrap();
    until("bots wait", || {
        let views = run.inspect();
        views.len() == 10 && views.iter().all(|view| view.line.is_some())
    });
    let began = Instant::now();
    let outcome = stop(run);
    assert!(
        began.elapsed() < Duration::from_secs(5),
        "{:?}",
        began.elapsed()
    );
    assert_eq!(failures(&outcome), []);
    assert_eq!(outcome.snapshot.stats.ended, 10);
    assert_eq!(outcome.snapshot.connected_peak, 10);
    assert_eq!(heard.iter().take(10).collect::<Vec<_>>(), [7; 10]);
}

#[test]
fn a_run_can_be_stopped_and_watched() {
    let server = Server::greeting(|mut stream| read_frame(&mut stream).map(|_| ()));
    let config = RunConfig {
        duration: None,
        ..config(&server, 8)
    };
    let run = start(&config, &protocol(), &[script("bot:expect('POKER_WIN')")]).unwrap();
    let deadline = Instant::now() + Duration::from_secs(10);
    while run.live().snapshot().connected < 8 {
        assert!(Instant::now() < deadline, "{:?}", run.live().snapshot());
        assert!(!run.wait_for(Duration::from_millis(20)));
    }
    run.stopper().stop();
    assert!(run.wait_for(Duration::from_secs(10)));
    let outcome = run.wait().unwrap();
    assert_eq!(failures(&outcome), []);
    assert_eq!(outcome.snapshot.connected, 0);
}

#[test]
fn what_goes_wrong_with_connections_is_counted_by_kind() {
    let waits = "bot:expect('POKER_WIN')";
    let closes = Server::greeting(|_| Ok(()));
    assert_eq!(
        failures(&run(&config(&closes, 3), waits)),
        [(Failure::Closed, 3)]
    );

    let stranger = Server::start(|mut stream| stream.write_all(b"HTTP/1.1 400 Bad"));
    assert_eq!(
        failures(&run(&config(&stranger, 2), waits)),
        [(Failure::Handshake, 2)]
    );

    let silent = Server::start(|mut stream| {
        read_frame(&mut stream)?;
        std::thread::sleep(Duration::from_secs(1));
        Ok(())
    });
    let hasty = RunConfig {
        connect_within: Duration::from_millis(100),
        ..config(&silent, 2)
    };
    assert_eq!(failures(&run(&hasty, waits)), [(Failure::Handshake, 2)]);

    let lost = Server::greeting(|mut stream| {
        stream.write_all(&[4, 0, 2])?;
        read_frame(&mut stream).map(|_| ())
    });
    assert_eq!(
        failures(&run(&config(&lost, 2), waits)),
        [(Failure::Framing, 2)]
    );

    let nobody = config(&closes, 2);
    drop(closes);
    assert_eq!(
        failures(&run(&nobody, waits)),
        [(Failure::ConnectRefused, 2)]
    );
}

#[test]
fn a_message_that_is_none_costs_no_other() {
    let server = Server::greeting(|mut stream| {
        stream.write_all(&[250, 0, 4, 9, 86, 0, 5, 1, 2, 4, 0, 3])?;
        read_frame(&mut stream).map(|_| ())
    });
    let outcome = run(
        &config(&server, 1),
        "bot:on('POKER_CHAT', function() end) bot:expect({'ACK', 'POKER_CHAT'}) bot:send('QUIT')",
    );
    assert_eq!(
        outcome.snapshot.stats.failures.get(&Failure::Decode),
        Some(&2)
    );
    assert_eq!(outcome.snapshot.stats.messages_sent, 1);
}

#[test]
fn a_bot_may_connect_again() {
    let connections = std::sync::atomic::AtomicU32::new(0);
    let server = Server::greeting(move |mut stream| {
        if connections.fetch_add(1, std::sync::atomic::Ordering::Relaxed) < 2 {
            return Ok(());
        }
        stream.write_all(&frame(
            &protocol(),
            "POKER_CHAT",
            &json!({ "message": "third" }),
        ))
    });
    let outcome = run(
        &config(&server, 1),
        r#"
        local chat
        while not chat do
            local ok, answer = pcall(bot.expect, bot, "POKER_CHAT")
            if ok then chat = answer else bot:reconnect() end
        end
        assert(chat.message == "third")
        "#,
    );
    assert_eq!(failures(&outcome), [(Failure::Closed, 2)]);
    assert!(
        outcome.script_errors.is_empty(),
        "{:?}",
        outcome.script_errors
    );
}

#[test]
fn a_runaway_script_is_stopped_and_the_others_go_on() {
    let server = Server::greeting(|mut stream| {
        while let Ok(frame) = read_frame(&mut stream) {
            stream.write_all(&frame)?;
        }
        Ok(())
    });
    let mut config = config(&server, 4);
    config.settings.steps = 1_000_000;
    let outcome = run(
        &config,
        r#"
        if bot.id == 2 then while true do end end
        for _ = 1, 100 do
            bot:chat("x")
            bot:expect("POKER_CHAT", { within = "10s" })
        end
        "#,
    );
    assert_eq!(failures(&outcome), [(Failure::Runaway, 1)]);
    assert_eq!(outcome.snapshot.stats.messages_received, 300);
    assert_eq!(outcome.script_errors[0].bot, 2);
    assert_eq!(outcome.script_errors[0].line, Some(2));
}

#[test]
fn posts_reach_bots_of_other_threads() {
    let server = Server::greeting(|mut stream| read_frame(&mut stream).map(|_| ()));
    let config = RunConfig {
        shards: Some(2),
        ..config(&server, 6)
    };
    let outcome = run(
        &config,
        r#"
        -- Others may not have begun yet.
        repeat
            local next = (bot.id + 1) % 6
            local taken = bot:post("@ping", { from = bot.id, list = { 1, "two", true } }, next)
            bot:sleep("10ms")
        until taken
        local ping = bot:expect("@ping", { within = "10s" })
        assert(ping.from == (bot.id - 1) % 6 and ping.list[2] == "two")
        bot:sleep("200ms")
        "#,
    );
    assert_eq!(failures(&outcome), []);
}

#[test]
fn scripts_that_cannot_be_loaded_start_nothing() {
    let server = Server::greeting(|_| Ok(()));
    let broken = start(&config(&server, 1), &protocol(), &[script("local x = = 3")]);
    let error = broken.err().unwrap().to_string();
    assert!(error.starts_with("test.luau:1: "), "{error}");
    assert!(start(&config(&server, 1), &protocol(), &[]).is_err());
}
