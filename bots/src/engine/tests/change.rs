//! Runs whose bots change their code.

use std::time::Duration;

use super::server::{Server, read_frame};
use super::{config, failures, protocol, script, start, stop, until};
use crate::engine::change::{Ledger, Part};
use crate::engine::orders::{ChangeOrder, Order};
use crate::engine::{ChangeError, Run, RunConfig};
use crate::poker::server::{ServerConfig, TableGroup, Timing};
use crate::script::{BotPhase, BotView, ScriptSource, shipped};

const PATIENCE: Duration = Duration::from_secs(30);

/// A server that listens until bots leave.
fn patient() -> Server {
    Server::greeting(|mut stream| {
        while read_frame(&mut stream).is_ok() {}
        Ok(())
    })
}

fn endless(server: &Server, bots: u32) -> RunConfig {
    RunConfig {
        duration: None,
        shards: Some(2),
        ..config(server, bots)
    }
}

/// Waits for what never comes.
fn waits(version: u32) -> ScriptSource {
    script(&format!(
        "--!version {version}\nbot:on('@hello', function() end)\nbot:expect('@never')"
    ))
}

fn versions(run: &Run) -> Vec<String> {
    let views = run.inspect().into_iter();
    views.map(|view| view.version).collect()
}

fn all_wait(run: &Run, bots: usize) {
    until("bots wait", || {
        let views = run.inspect();
        views.len() == bots && views.iter().all(|view| view.line.is_some())
    });
}

#[test]
fn three_hundred_bots_change_twice_under_load() {
    const BOTS: u32 = 300;
    let server = crate::poker::server::Server::start(ServerConfig {
        tables: TableGroup::mix(BOTS.div_ceil(5), 6),
        timing: Timing {
            hand_delay: Duration::from_millis(50),
            ..Timing::default()
        },
        ..ServerConfig::default()
    })
    .unwrap();
    let mut config = RunConfig {
        bots: BOTS,
        ramp: Duration::from_secs(1),
        duration: None,
        shards: Some(2),
        ..RunConfig::new(server.addr())
    };
    config.settings.think_scale = 0.02;
    let scripts = |version: u32| -> Vec<ScriptSource> {
        let migrate = "bot:code_change(function(old_version, state)
            state.versions = (state.versions or '') .. old_version .. ' '
            return state
        end)";
        let text = |text: &str| match version {
            1 => format!("--!version 1\n{text}"),
            _ => format!("--!version {version}\n{migrate}\n{text}"),
        };
        let source = |source: ScriptSource| ScriptSource {
            text: text(&source.text),
            ..source
        };
        shipped().into_iter().map(source).collect()
    };
    let run = start(&config, &protocol(), &scripts(1)).unwrap();
    let hands = || server.stats().hands_played;
    let play = || {
        let before = hands();
        until("hands are played", || hands() >= before + 150);
    };
    until("bots are connected", || {
        run.live().snapshot().connected == u64::from(BOTS)
    });
    play();
    for version in [2, 3] {
        let change = run.change(&scripts(version)).unwrap();
        assert!(matches!(
            run.change(&scripts(9)).err(),
            Some(ChangeError::UnderWay) | None
        ));
        let outcome = change.wait(PATIENCE);
        assert_eq!((&outcome.held, &outcome.refused), (&vec![], &vec![]));
        assert_eq!(
            (outcome.changed, outcome.unaffected, outcome.ended),
            (BOTS, 0, 0)
        );
        assert_eq!(outcome.pauses.len(), u64::from(BOTS));
        assert_eq!(outcome.unknown_shards, 0);
        println!(
            "version {version}: out of service for {} µs, 99 of 100 for less than {} µs, at most {} µs",
            outcome.pauses.value_at_quantile(0.5),
            outcome.pauses.value_at_quantile(0.99),
            outcome.pauses.max()
        );
        assert_eq!(versions(&run), vec![version.to_string(); BOTS as usize]);
        play();
    }
    let snapshot = run.live().snapshot();
    assert_eq!(
        (snapshot.connected, snapshot.stats.ended),
        (u64::from(BOTS), 0)
    );
    let outcome = stop(run);
    assert_eq!(failures(&outcome), [], "{:?}", outcome.script_errors);
    let last = server.stop();
    assert!(last.audit.is_exact(), "{:?}", last.audit);
}

#[test]
fn what_cannot_be_loaded_changes_nothing_anywhere() {
    let server = patient();
    let run = start(&endless(&server, 4), &protocol(), &[waits(1)]).unwrap();
    all_wait(&run, 4);
    let broken = script("--!version 2\nlocal x = = 3");
    let error = run.change(&[broken]).err().unwrap();
    assert!(matches!(error, ChangeError::Script(_)));
    assert!(error.to_string().starts_with("test.luau:2: "), "{error}");
    let stranger = ScriptSource {
        file: "other.luau".into(),
        ..waits(2)
    };
    assert!(matches!(
        run.change(&[waits(2), stranger]),
        Err(ChangeError::Unknown(file)) if file == "other.luau"
    ));
    assert!(matches!(
        run.change(&[waits(2), waits(3)]),
        Err(ChangeError::Twice(_))
    ));
    assert_eq!(versions(&run), ["1"; 4]);
    assert!(run.inspect().iter().all(|view| view.generation == 1));
    let control = run.control();
    stop(run);
    assert!(matches!(
        control.change(&[waits(2)]),
        Err(ChangeError::Ended)
    ));
    assert!(control.inspect().is_empty());
}

#[test]
fn who_cannot_change_in_time_is_named_and_refuses_a_third_generation() {
    let server = patient();
    let first = script(
        "--!version 1\nif bot.id == 3 then bot:conversation(function()
            bot:expect('@done')
        end) end\nbot:expect('@never')",
    );
    let run = start(
        &endless(&server, 6),
        &protocol(),
        std::slice::from_ref(&first),
    )
    .unwrap();
    all_wait(&run, 6);
    let change = run.change(&[waits(2)]).unwrap();
    until("others have changed", || change.progress().changed == 5);
    let progress = change.progress();
    assert_eq!((progress.affected, progress.finished), (6, false));
    assert!(matches!(
        run.change(&[waits(2)]),
        Err(ChangeError::UnderWay)
    ));
    let outcome = change.cancel();
    assert_eq!((outcome.changed, outcome.ended), (5, 0));
    let held: Vec<String> = outcome.held.iter().map(ToString::to_string).collect();
    assert_eq!(
        held,
        ["bot3 (test.luau, version 1) waits for @done at test.luau:3: it is in a conversation"]
    );
    let error = run.change(&[waits(3)]).err().unwrap();
    let ChangeError::Held(holders) = &error else {
        panic!("{error}");
    };
    assert_eq!(holders, &outcome.held);
    assert!(error.to_string().contains("bot3"), "{error}");
    assert_eq!(versions(&run), ["2", "2", "2", "1", "2", "2"]);
    until("one is behind", || run.live().snapshot().behind == 1);
    // Nothing that was asked for and not done is left behind: the same again,
    // and then back.
    let outcome = run.change(&[waits(2)]).unwrap().cancel();
    assert_eq!((outcome.unaffected, outcome.held.len()), (5, 1));
    let outcome = run.change(&[first]).unwrap().wait(PATIENCE);
    assert_eq!((outcome.changed, outcome.unaffected), (5, 1));
    assert_eq!(versions(&run), ["1"; 6]);
    until("none is behind", || run.live().snapshot().behind == 0);
    stop(run);
}

#[test]
fn bots_whose_new_code_fails_are_named_and_the_next_change_mends_it() {
    let server = patient();
    let run = start(&endless(&server, 5), &protocol(), &[waits(1)]).unwrap();
    all_wait(&run, 5);
    let worse = script(
        "--!version 2\nbot:code_change(function(_, state)
            if bot.id ~= 0 then error('not for me') end
            return state
        end)\nbot:expect('@never')",
    );
    let outcome = run
        .change(std::slice::from_ref(&worse))
        .unwrap()
        .wait(PATIENCE);
    assert_eq!((outcome.changed, outcome.refused.len()), (1, 4));
    let refused = outcome
        .refused
        .iter()
        .find(|holder| holder.bot == 4)
        .unwrap();
    assert_eq!(refused.version, "1");
    assert!(
        refused.reason.contains("test.luau:3: not for me"),
        "{refused:?}"
    );
    // On the thread of bot 0 two generations are alive, so the way out is back.
    assert!(matches!(run.change(&[waits(3)]), Err(ChangeError::Held(_))));
    let outcome = run.change(&[waits(1)]).unwrap().wait(PATIENCE);
    assert_eq!((outcome.changed, outcome.unaffected), (1, 4));
    let outcome = run.change(&[waits(3)]).unwrap().wait(PATIENCE);
    assert_eq!(outcome.changed, 5, "{outcome:?}");
    assert_eq!(versions(&run), ["3"; 5]);
    stop(run);
}

#[test]
fn bots_that_begin_later_begin_with_the_new_code() {
    let server = patient();
    let config = RunConfig {
        ramp: Duration::from_secs(2),
        ..endless(&server, 200)
    };
    let run = start(&config, &protocol(), &[waits(1)]).unwrap();
    until("some have begun", || run.inspect().len() >= 20);
    let outcome = run.change(&[waits(2)]).unwrap().wait(PATIENCE);
    assert!((1..200).contains(&outcome.changed), "{outcome:?}");
    assert_eq!((outcome.held.len(), outcome.refused.len()), (0, 0));
    all_wait(&run, 200);
    assert_eq!(versions(&run), vec!["2"; 200]);
    assert_eq!(failures(&stop(run)), []);
}

#[test]
fn bots_that_would_begin_wait_until_the_code_has_changed() {
    const BOTS: u32 = 12;
    let server = patient();
    let config = RunConfig {
        // The second begins a second after the first.
        ramp: Duration::from_secs(12),
        shards: Some(1),
        ..endless(&server, BOTS)
    };
    let run = start(&config, &protocol(), &[waits(1)]).unwrap();
    all_wait(&run, 1);
    // A change that is loaded, and not gone ahead with for now.
    let ledger = Ledger::new(1);
    let (answer, answers) = std::sync::mpsc::channel();
    let (go_ahead, decided) = tokio::sync::oneshot::channel();
    let order = ChangeOrder {
        scripts: [waits(2)].into(),
        answer,
        go_ahead: decided,
        part: Part(ledger.clone()),
    };
    assert!(run.control().mail()[0].order(Order::Change(order)));
    assert!(answers.recv_timeout(PATIENCE).unwrap().is_ok());
    until("the second connects", || {
        run.live().snapshot().connected == 2
    });
    let phases = || -> Vec<BotPhase> { run.inspect().iter().map(|view| view.phase).collect() };
    assert_eq!(phases(), [BotPhase::Runs, BotPhase::Begins]);
    assert_eq!(versions(&run), ["1"; 2]);
    go_ahead.send(()).unwrap();
    until("the change is over", || ledger.is_finished());
    all_wait(&run, 2);
    assert_eq!(versions(&run), ["2"; 2]);
    let entries = ledger.entries();
    assert_eq!((entries.affected, entries.outcome.changed), (1, 1));
    assert_eq!(entries.outcome.unaffected, 1);
    drop(entries);
    stop(run);
}

#[test]
fn a_change_ends_with_the_run() {
    let server = patient();
    let stuck = script("bot:conversation(function() bot:expect('@never') end)");
    let run = start(&endless(&server, 4), &protocol(), &[stuck]).unwrap();
    all_wait(&run, 4);
    let change = run.change(&[waits(2)]).unwrap();
    stop(run);
    let outcome = change.wait(PATIENCE);
    assert_eq!((outcome.changed, outcome.ended), (0, 4));
    assert_eq!((outcome.held.len(), outcome.unknown_shards), (0, 0));
}

#[test]
fn a_change_that_is_dropped_is_taken_back() {
    fn is_for_any_thread<T: Send + Sync>(_: &T) {}
    let server = patient();
    let stuck = script("bot:conversation(function() bot:expect('@done') end) bot:expect('@never')");
    let run = start(&endless(&server, 4), &protocol(), &[stuck]).unwrap();
    all_wait(&run, 4);
    let change = run.change(&[waits(2)]).unwrap();
    is_for_any_thread(&change);
    is_for_any_thread(&run.control());
    drop(change);
    until("the next may begin", || {
        !matches!(run.change(&[waits(2)]), Err(ChangeError::UnderWay))
    });
    assert!(run.inspect().iter().all(|view| view.generation == 1));
    stop(run);
}

#[test]
fn scripts_change_each_for_itself() {
    let server = patient();
    let file = |file: &str, text: &str| ScriptSource {
        file: file.into(),
        text: text.into(),
        weight: 1,
    };
    let stuck = "bot:conversation(function() bot:expect('@done') end)";
    let scripts = [
        file("a.luau", stuck),
        file("b.luau", "bot:expect('@never')"),
    ];
    let run = start(&endless(&server, 4), &protocol(), &scripts).unwrap();
    all_wait(&run, 4);
    let new = |name| [file(name, "--!version new\nbot:expect('@never')")];
    let outcome = run.change(&new("a.luau")).unwrap().cancel();
    assert_eq!((outcome.changed, outcome.held.len()), (0, 2));
    // The bots of the other script are no obstacle, nor tried again.
    let outcome = run.change(&new("b.luau")).unwrap().wait(PATIENCE);
    assert_eq!((outcome.changed, outcome.unaffected), (2, 0));
    assert_eq!((outcome.held.len(), outcome.refused.len()), (0, 0));
    let on_new = |view: &BotView| (view.script == "b.luau") == (view.version == "new");
    assert!(run.inspect().iter().all(on_new), "{:?}", run.inspect());
    stop(run);
}

#[test]
fn what_new_code_says_first_is_sent_though_nothing_comes() {
    let server = patient();
    // Nothing else would wake the bots.
    let mut protocol = protocol();
    protocol.keep_alive = None;
    let run = start(&endless(&server, 6), &protocol, &[waits(1)]).unwrap();
    all_wait(&run, 6);
    let new = script(
        "--!version 2\nbot:chat('hello') bot:sleep('50ms') bot:chat('still here') bot:expect('@never')",
    );
    assert_eq!(run.change(&[new]).unwrap().wait(PATIENCE).changed, 6);
    until("all have spoken twice", || {
        run.live().snapshot().stats.messages_sent == 12
    });
    stop(run);
}

#[test]
fn bots_can_be_looked_into() {
    let server = patient();
    let mut config = endless(&server, 4);
    config.settings.think_scale = 1.0;
    let run = start(
        &config,
        &protocol(),
        &[script(
            "bot:post('@kept')
            if bot.id == 0 then bot:expect('POKER_POSITION', { position = 3 }) end
            if bot.id == 1 then bot:sleep('5m') end
            if bot.id == 2 then bot:think('5m') end",
        )],
    )
    .unwrap();
    until("the last has ended", || {
        run.inspect()
            .last()
            .is_some_and(|view| view.phase == BotPhase::Ended)
    });
    all_wait_but_last(&run);
    let views = run.inspect();
    let said: Vec<_> = views.iter().map(|view| view.waits_for.as_str()).collect();
    assert_eq!(
        said,
        [
            "POKER_POSITION with position = 3",
            "sleeps",
            "thinks",
            "nothing"
        ]
    );
    let lines: Vec<_> = views.iter().map(|view| view.line.as_deref()).collect();
    let at = |line| Some(line);
    assert_eq!(
        lines,
        [
            at("test.luau:2"),
            at("test.luau:3"),
            at("test.luau:4"),
            None
        ]
    );
    let first = &views[0];
    assert_eq!(
        (first.id, &*first.name, &*first.script),
        (0, "bot0", "test.luau")
    );
    assert_eq!((first.version.len(), first.generation), (12, 1));
    assert_eq!((first.connected, first.phase), (true, BotPhase::Runs));
    assert_eq!((first.mailbox_len, first.hands), (1, 0));
    stop(run);
}

fn all_wait_but_last(run: &Run) {
    until("bots wait", || {
        let views = run.inspect();
        let waiting = views.iter().filter(|view| view.line.is_some()).count();
        waiting == 3 && views.len() == 4 && views[0].mailbox_len == 1
    });
}
