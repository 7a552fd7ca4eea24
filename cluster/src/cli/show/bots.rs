//! `node ps`.

use cluster_protocol::{BotState, Name};
use serde_json::{Value, json};

use super::Table;

/// What bots do, a line for each.
pub fn bots(bots: &[(Name, BotState)]) -> String {
    let mut table = Table::new([
        "NODE",
        "BOT",
        "SCRIPT",
        "VERSION",
        "GEN",
        "AT",
        "MAILBOX",
        "WAITS FOR",
    ]);
    for (node, bot) in bots {
        table.row([
            node.to_string(),
            bot.name.to_string(),
            bot.script.to_string(),
            bot.version.to_string(),
            bot.generation.to_string(),
            match bot.line {
                0 => "-".into(),
                line => format!("line {line}"),
            },
            bot.mailbox.to_string(),
            if bot.connected {
                bot.waits_for.to_string()
            } else {
                format!("{} (not connected)", bot.waits_for)
            },
        ]);
    }
    table.to_string()
}

/// What bots do, for machines.
pub fn bots_json(bots: &[(Name, BotState)]) -> Value {
    let bot = |(node, bot): &(Name, BotState)| {
        json!({
            "node": node.0,
            "application": bot.application.0,
            "id": bot.id,
            "name": bot.name.0,
            "script": bot.script.0,
            "version": bot.version.0,
            "generation": bot.generation,
            "line": bot.line,
            "waits_for": bot.waits_for.0,
            "mailbox": bot.mailbox,
            "connected": bot.connected,
        })
    };
    bots.iter().map(bot).collect()
}
