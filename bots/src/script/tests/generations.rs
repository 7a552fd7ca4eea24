//! The texts that a script has one after the other.

use serde_json::json;

use super::Rig;
use super::change::{COUNTER, SECOND, load, say, source};
use crate::protocol::Random;
use crate::script::{Bot, LoadError, ReloadError, ScriptSource, Settled};

#[test]
fn a_bot_that_has_not_begun_begins_with_the_new_code() {
    let rig = Rig::new(COUNTER);
    let late = Bot::new(&rig.host, 8, 0);
    load(&rig.host, SECOND).unwrap();
    assert!(!late.mark(&rig.host));
    late.start(&rig.host);
    assert_eq!(late.view(&rig.host).version, "2");
    assert_eq!(rig.version(), "1");
}

#[test]
fn a_third_generation_is_refused_while_bots_run_two() {
    let rig = Rig::new(COUNTER);
    let wait = |version: u32| format!("--!version {version}\nbot:expect('@never')");
    let other = Bot::new(&rig.host, 8, 0);
    load(&rig.host, &wait(2)).unwrap();
    // Nobody runs the second: the third takes its place.
    load(&rig.host, &wait(3)).unwrap();
    other.start(&rig.host);
    assert_eq!(
        load(&rig.host, &wait(4)),
        Err(ReloadError::Held("test.luau".into()))
    );
    assert!(rig.host.is_behind(&rig.bot) && !rig.host.is_behind(&other));
    // What runs now, and what ran before, make no third.
    load(&rig.host, &wait(3)).unwrap();
    load(&rig.host, COUNTER).unwrap();
    assert!(!rig.host.is_behind(&rig.bot) && other.mark(&rig.host));
    other.pump(&rig.host);
    assert_eq!(other.view(&rig.host).version, "1");
    assert_eq!(rig.host.generations(), 1);
    load(&rig.host, &wait(4)).unwrap();
    assert_eq!(rig.host.generations(), 2);
    assert!(rig.bot.mark(&rig.host));
    rig.bot.pump(&rig.host);
    assert_eq!(rig.version(), "4");
    other.stop();
    assert_eq!(rig.host.generations(), 1);
}

#[test]
fn texts_that_cannot_be_loaded_change_nothing() {
    let rig = Rig::new(COUNTER);
    for (text, line) in [("--!version 2\nlocal x = = 3", 2), ("--!version", 1)] {
        let Err(ReloadError::Script(LoadError::Syntax(why))) = load(&rig.host, text) else {
            panic!("{text} was loaded");
        };
        assert!(why.starts_with(&format!("test.luau:{line}: ")), "{why}");
    }
    let stranger = ScriptSource {
        file: "other.luau".into(),
        ..source("")
    };
    assert!(matches!(
        rig.host.load(&[stranger]).err(),
        Some(ReloadError::Unknown(file)) if file == "other.luau"
    ));
    assert!(!rig.bot.mark(&rig.host));
    assert_eq!(rig.version(), "1");
}

/// Takes numbered messages, each of which must be the next.
fn taker(version: u32, fails: bool) -> String {
    let piece = [
        "bot:sleep('3ms')",
        "bot:think('20ms..50ms')",
        "bot:conversation(function() bot:sleep('2ms') bot:expect('POKER_FOLD') end)",
        "bot:poll('POKER_FOLD')",
    ][version as usize % 4];
    format!(
        r#"--!version {version}
        bot:code_change(function(_, state)
            if {fails} then error("not now") end
            state.changes = (state.changes or 0) + 1
            return state
        end)
        local state = bot.state
        state.next = state.next or 0
        while true do
            local chat = bot:expect("POKER_CHAT")
            assert(chat.message == tostring(state.next), chat.message)
            state.next += 1
            {piece}
        end
        "#
    )
}

#[test]
fn nothing_that_is_queued_is_lost_however_often_the_code_changes() {
    let mut changed = 0;
    for seed in 0..60 {
        let mut random = Random::for_bot(9, seed);
        let mut draw = |most: i64| random.within(0..=most);
        let rig = Rig::new(&taker(0, false));
        let (mut said, mut version) = (0, 0);
        for _ in 0..200 {
            match draw(9) {
                0..=3 if rig.bot.wants_input(&rig.host) => {
                    say(&rig, &said.to_string());
                    said += 1;
                }
                4 | 5 => rig.receive("POKER_FOLD", json!({})),
                6 => {
                    version += 1;
                    let fails = draw(2) == 0;
                    if load(&rig.host, &taker(version, fails)).is_ok() {
                        rig.bot.mark(&rig.host);
                    }
                }
                7 if draw(3) == 0 => rig.bot.unmark(),
                _ => rig.pass(u64::try_from(draw(4)).unwrap()),
            }
        }
        rig.bot.unmark();
        for _ in 0..2 * said {
            rig.receive("POKER_FOLD", json!({}));
            rig.pass(10);
        }
        assert_eq!(rig.bot.ended(), None, "seed {seed}");
        let table = rig.bot.state.borrow().table.clone().unwrap();
        let state: mlua::Table = table.raw_get("state").unwrap();
        assert_eq!(state.get::<i32>("next").unwrap(), said, "seed {seed}");
        let settled = rig.host.take_settled();
        let done = |settled: &&Settled| matches!(settled, Settled::Changed(_));
        let done = settled.iter().filter(done).count();
        let counted = state.get::<Option<usize>>("changes").unwrap();
        assert_eq!(counted.unwrap_or(0), done, "seed {seed}");
        changed += done;
    }
    assert!(changed > 100, "{changed} changes");
}
