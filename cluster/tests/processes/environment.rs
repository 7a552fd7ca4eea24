//! Variables that scripts see, and scripts that run by themselves.

use serde_json::Value;

use crate::cluster::{Cluster, application_in, node_in};
use crate::game::Game;

/// Says where it stands by the line that it waits at.
const MOODY: &str = "while true do
    local mood = bot:environment('MOOD', 'none')
    if mood == 'high' then
        bot:expect('@environment') -- line 4
    elseif mood == 'low' then
        bot:expect('@environment') -- line 6
    elseif mood == 'own' then
        bot:expect('@environment') -- line 8
    else
        bot:expect('@environment') -- line 10
    end
end
";

#[test]
fn variables_reach_running_bots_and_the_narrower_scope_wins() {
    let cluster = Cluster::new("environment");
    let game = Game::start();
    let _nodes = [
        cluster.start("w1", &["beginners"], cluster.address),
        cluster.start("w2", &["beginners"], cluster.address),
        cluster.start("w3", &[], cluster.address),
    ];
    cluster.linked(&["w1", "w2", "w3"]);
    let file = game.release(&cluster, 5, MOODY);
    cluster.run(&["sync", file.to_str().unwrap()]);
    let lines_become = |what: &str, lines: [u64; 3]| {
        cluster.wait_until(what, |_| {
            let bots = cluster.json(&["ps", "--json"]);
            let bots = bots.as_array().unwrap();
            let waits = |bot: &Value| {
                let node = bot["node"].as_str().unwrap();
                let place = ["w1", "w2", "w3"].iter().position(|it| *it == node);
                bot["line"] == lines[place.unwrap()] && bot["waits_for"] == "@environment"
            };
            bots.len() == 15 && bots.iter().all(waits)
        });
    };
    lines_become("all in no mood", [10, 10, 10]);
    cluster.run(&["set", "MOOD=high"]);
    lines_become("all high", [4, 4, 4]);
    cluster.run(&["set", "MOOD=low", "--group", "beginners"]);
    lines_become("beginners low", [6, 6, 4]);
    cluster.run(&["set", "MOOD=own", "--node", "w1"]);
    lines_become("one by itself", [8, 6, 4]);
    // A wider scope that is set later does not reach over a narrower one.
    cluster.run(&["set", "MOOD=none"]);
    lines_become("the others none", [8, 6, 10]);
    cluster.run(&["set", "--unset", "MOOD", "--node", "w1"]);
    lines_become("the group's again", [6, 6, 10]);
    cluster.run(&["set", "--unset", "MOOD", "--group", "beginners"]);
    lines_become("everybody's again", [10, 10, 10]);

    // One that comes later has them from the beginning.
    cluster.run(&["set", "MOOD=high"]);
    lines_become("all high again", [4, 4, 4]);
    let shown = cluster.status()["environment"].to_string();
    assert!(shown.contains("MOOD") && shown.contains("high"), "{shown}");
    cluster.wait_until("no bot has failed", |status| {
        let mut nodes = ["w1", "w2", "w3"].iter();
        nodes.all(|node| {
            let players = application_in(status, node, "players");
            players["members"] == 5 && players["errors"] == 0
        })
    });
}

#[test]
fn a_service_that_fails_again_and_again_is_given_up_and_the_others_go_on() {
    let cluster = Cluster::new("service");
    let game = Game::start();
    let _node = cluster.start("w1", &[], cluster.address);
    cluster.linked(&["w1"]);
    cluster.write("waits.luau", "bot:expect('@never')");
    cluster.write("fails.luau", "error('no luck')");
    let target = game.target();
    let service = |name: &str| {
        format!(
            "[[application]]
name = \"{name}\"
kind = \"service\"
modules = [\"{name}.luau\"]
settings = {{ target = \"{target}\" }}
restart = {{ intensity = 2, period = \"60s\" }}
"
        )
    };
    let text = format!(
        "name = \"services\"\n{}{}",
        service("waits"),
        service("fails")
    );
    let file = cluster.write("services.toml", &text);
    cluster.run(&["sync", file.to_str().unwrap()]);
    let status = cluster.wait_until("it is given up", |status| {
        let state = application_in(status, "w1", "fails")["state"].to_string();
        state.contains("failed")
    });
    let fails = application_in(&status, "w1", "fails");
    assert!(fails["state"].to_string().contains("no luck"), "{status:#}");
    assert_eq!(fails["restarts"], 2, "{status:#}");
    assert_eq!(node_in(&status, "w1")["release"], 1, "{status:#}");
    cluster.wait_until("the other runs", |status| {
        let waits = application_in(status, "w1", "waits");
        waits["state"] == "running" && waits["members"] == 1
    });
}
