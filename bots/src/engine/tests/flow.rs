//! Back-pressure, both ways.

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::server::{Server, read_frame};
use super::{config, failures, protocol, run};
use crate::observe::Failure;
use crate::script::MailboxLimits;
use crate::script::tests::frame;
use serde_json::json;

#[test]
fn a_flood_is_held_back_by_the_socket_and_loses_nothing() {
    // More than the sockets' buffers hold.
    const COUNT: u32 = 4_000;
    let pushed = Arc::new(AtomicU64::new(0));
    let count = pushed.clone();
    let server = Server::greeting(move |mut stream| {
        for serial in 0..COUNT {
            let message = "x".repeat(5_000);
            let fold = frame(
                &protocol(),
                "POKER_CHAT",
                &json!({ "serial": serial, "message": message }),
            );
            stream.write_all(&fold)?;
            count.fetch_add(1, Ordering::Relaxed);
        }
        // A bot that is silent for long says PING in between.
        while read_frame(&mut stream)?[0] != 7 {}
        Ok(())
    });
    let mut config = config(&server, 1);
    config.settings.mailbox = MailboxLimits {
        items: 50,
        bytes: 1 << 20,
    };
    let watched = std::thread::spawn({
        let pushed = pushed.clone();
        move || {
            std::thread::sleep(Duration::from_millis(700));
            pushed.load(Ordering::Relaxed)
        }
    });
    let outcome = run(
        &config,
        &format!(
            r#"
            bot:sleep("1s")
            for serial = 0, {COUNT} - 1 do
                assert(bot:expect("POKER_CHAT", {{ within = "60s" }}).serial == serial)
            end
            bot:send("QUIT")
            "#
        ),
    );
    assert_eq!(failures(&outcome), [], "{:?}", outcome.script_errors);
    // While the bot slept, the server got stuck on what sockets hold.
    let early = watched.join().unwrap();
    assert!(early < u64::from(COUNT), "{early} of {COUNT} went through");
    assert_eq!(outcome.snapshot.stats.messages_received, u64::from(COUNT));
}

#[test]
fn a_server_that_does_not_read_does_not_grow_the_bot() {
    let server = Server::greeting(|_stream| {
        std::thread::sleep(Duration::from_secs(4));
        Ok(())
    });
    let mut config = config(&server, 1);
    config.duration = Some(Duration::from_secs(3));
    let outcome = run(
        &config,
        r#"while true do bot:chat(string.rep("x", 60000)) bot:sleep("1ms") end"#,
    );
    assert_eq!(failures(&outcome), [(Failure::Stalled, 1)]);
}
