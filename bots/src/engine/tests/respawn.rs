//! Bots that begin anew, and what they are told from outside.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use super::server::{Server, read_frame};
use super::{config, failures, protocol, script, start, stop, until};
use crate::engine::RunConfig;
use crate::observe::Failure;

#[test]
fn bots_that_end_begin_anew_with_the_same_numbers() {
    let connections = AtomicU32::new(0);
    let server = Server::greeting(move |mut stream| {
        // Every third is turned away.
        let number = connections.fetch_add(1, Ordering::Relaxed);
        if number.is_multiple_of(3) {
            return Ok(());
        }
        while read_frame(&mut stream).is_ok() {}
        Ok(())
    });
    let config = RunConfig {
        duration: None,
        first_bot: 40,
        shards: Some(2),
        respawn: Some(Duration::from_millis(20)),
        ..config(&server, 6)
    };
    let text = "if bot.id == 45 then error('no luck') end
        if bot.id == 44 then return end
        bot:expect('@never')";
    let run = start(&config, &protocol(), &[script(text)]).unwrap();
    until("bots have begun anew", || {
        let stats = run.live().snapshot().stats;
        stats.ended >= 12 && stats.failures.get(&Failure::Script) >= Some(&3)
    });
    let numbers: Vec<u32> = run.inspect().iter().map(|view| view.id).collect();
    assert_eq!(numbers, [40, 41, 42, 43, 44, 45]);
    until("those that can stay do", || {
        let views = run.inspect();
        views[..4].iter().all(|view| view.line.is_some())
    });
    let outcome = stop(run);
    let stats = &outcome.snapshot.stats;
    assert_eq!(stats.started, stats.ended);
    assert!(stats.started > 12);
}

#[test]
fn the_environment_reaches_running_bots() {
    let server = Server::greeting(|mut stream| {
        while read_frame(&mut stream).is_ok() {}
        Ok(())
    });
    let variables = |mood: &str| [("MOOD".to_owned(), mood.to_owned())].into();
    let config = RunConfig {
        duration: None,
        shards: Some(2),
        environment: variables("calm"),
        ..config(&server, 8)
    };
    let text = "assert(bot:environment('MOOD') == 'calm')
        assert(bot:environment('NONE', 7) == 7)
        bot:expect('@environment')
        assert(bot:environment('MOOD') == 'bold')";
    let run = start(&config, &protocol(), &[script(text)]).unwrap();
    until("bots wait", || {
        let views = run.inspect();
        views.len() == 8 && views.iter().all(|view| view.waits_for == "@environment")
    });
    run.set_environment(variables("bold"));
    assert!(run.wait_for(Duration::from_secs(30)));
    let outcome = run.wait().unwrap();
    assert_eq!(failures(&outcome), [], "{:?}", outcome.script_errors);
}
