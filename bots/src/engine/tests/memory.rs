//! What an idle bot takes.

use std::io::{Read, Write};
use std::time::{Duration, Instant};

use super::server::{HELLO, Server};
use super::{config, protocol, script, start};

/// Bytes of memory that the process holds.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    let kib = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
    kib.unwrap_or(0) << 10
}

/// Run it alone, in release: `cargo test --release -p bots idle_bots -- --ignored --nocapture`
#[test]
#[ignore = "measures the memory of the whole process"]
fn idle_bots_are_small() {
    const BOTS: u32 = 4_000;
    // One thread holds all connections: the server's part is small.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        let mut streams = Vec::with_capacity(BOTS as usize);
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut hello = [0; HELLO.len()];
            if stream
                .write_all(HELLO)
                .and_then(|()| stream.read_exact(&mut hello))
                .is_ok()
            {
                streams.push(stream);
            }
        }
    });
    let unused = Server::start(|_| Ok(()));
    let mut config = config(&unused, BOTS);
    config.target = address;
    config.ramp = Duration::from_secs(3);
    config.duration = None;
    let before = resident();
    let idle = script(
        r#"
        local hands = 0
        bot:on("POKER_CHAT", function() return "eat" end)
        bot:only()
        while true do
            bot:expect({ "@turn", "POKER_WIN" }, { within = "10m" })
            hands += 1
        end
        "#,
    );
    let run = start(&config, &protocol(), &[idle]).unwrap();
    let deadline = Instant::now() + Duration::from_secs(60);
    while run.live().snapshot().connected < u64::from(BOTS) {
        assert!(
            Instant::now() < deadline,
            "{:?}",
            run.live().snapshot().connected
        );
        std::thread::sleep(Duration::from_millis(50));
    }
    std::thread::sleep(Duration::from_secs(2));
    let each = resident().saturating_sub(before) / u64::from(BOTS);
    run.stopper().stop();
    let outcome = run.wait().unwrap();
    let scripts = outcome.script_memory_peak / u64::from(BOTS);
    println!("{each} bytes a bot, of which {scripts} in scripts");
    assert!(each < 20 << 10, "{each} bytes a bot");
}
