//! The shipped scripts decide the same for the same seed and messages.

use std::time::Duration;

use serde_json::{Value as Json, json};

use super::{frame, protocol};
use crate::script::{Decision, ScriptSource, Settings, Transcript, replay, shipped};

/// A session as a server would tell it, to whoever says whatever: logging in,
/// sitting down at table 3 as player 4, and many hands against 5 and 6.
fn session() -> Transcript {
    let protocol = protocol();
    let mut transcript = Transcript::default();
    let mut at = 0_u64;
    let mut say = |after: u64, name: &str, mut fields: Json| {
        at += after;
        let names_table = fields
            .as_object()
            .is_some_and(|fields| !fields.contains_key("game_id"));
        let at_table = name.starts_with("POKER_")
            && !["POKER_ROLES", "POKER_TABLE", "POKER_TABLE_LIST"].contains(&name);
        if names_table && at_table {
            fields["game_id"] = 3.into();
        }
        let bytes = frame(&protocol, name, &fields);
        transcript
            .frames
            .push((Duration::from_millis(at), bytes.into()));
    };
    say(1, "POKER_ROLES", json!({}));
    say(1, "AUTH_OK", json!({}));
    say(0, "SERIAL", json!({ "serial": 4 }));
    for _ in 0..20 {
        let table = json!({ "id": 3, "seats": 6, "players": 2, "reason": "TableList" });
        let tables = [json!({ "name": "POKER_TABLE", "fields": table })];
        say(5, "POKER_TABLE_LIST", json!({ "packets": tables }));
        say(
            5,
            "POKER_TABLE",
            json!({ "id": 3, "reason": "TableJoin", "seats": 6 }),
        );
        say(
            0,
            "POKER_BUY_IN_LIMITS",
            json!({ "min": 10, "max": 200, "best": 100 }),
        );
        say(0, "POKER_STREAM_MODE", json!({}));
        say(5, "POKER_SEAT", json!({ "serial": 4, "seat": 2 }));
        for serial in [4, 5, 6] {
            say(
                5,
                "POKER_PLAYER_CHIPS",
                json!({ "serial": serial, "money": 100 }),
            );
        }
        say(0, "POKER_AUTO_BLIND_ANTE", json!({ "serial": 4 }));
        say(5, "POKER_SIT", json!({ "serial": 4 }));
        for hand in 1..10 {
            say(50, "POKER_START", json!({ "hands_count": hand }));
            say(0, "POKER_IN_GAME", json!({ "players": [4, 5, 6] }));
            say(0, "POKER_BLIND", json!({ "serial": 5, "amount": 1 }));
            say(0, "POKER_BLIND", json!({ "serial": 6, "amount": 2 }));
            say(
                0,
                "POKER_PLAYER_CARDS",
                json!({ "serial": 4, "cards": [hand, 50 - hand] }),
            );
            for round in ["pre-flop", "flop", "turn"] {
                say(0, "POKER_STATE", json!({ "string": round }));
                say(5, "POKER_POSITION", json!({ "position": 0 }));
                say(700, "POKER_CALL", json!({ "serial": 4 }));
                say(
                    5,
                    "POKER_CHAT",
                    json!({ "serial": 5, "message": "well, bot7?" }),
                );
                say(5, "POKER_RAISE", json!({ "serial": 5, "amount": 3 }));
            }
            say(5, "POKER_WIN", json!({ "serials": [5] }));
        }
        say(2000, "POKER_TABLE_DESTROY", json!({}));
    }
    transcript
}

fn decisions(script: &ScriptSource, seed: u64, session: &Transcript) -> Vec<Decision> {
    // Strengths that differ, so that all branches are taken.
    let mut protocol = super::super::pokersource(
        pokersource::schema().clone(),
        std::sync::Arc::new(|hole, _| f64::from(hole[0]) / 10.0),
    )
    .unwrap();
    protocol.keep_alive = None;
    let settings = Settings {
        seed,
        ..Settings::default()
    };
    let until = Duration::from_secs(600);
    replay(&protocol, settings, script, 7, session, until)
        .unwrap()
        .0
}

#[test]
fn the_same_seed_and_messages_give_the_same_decisions() {
    let session = session();
    for script in shipped() {
        let one = decisions(&script, 1, &session);
        let again = decisions(&script, 1, &session);
        assert!(one.len() > 20, "{}: {} decisions", script.file, one.len());
        assert_eq!(one, again, "{}", script.file);
        let other = decisions(&script, 2, &session);
        assert_ne!(one, other, "{}", script.file);
    }
}
