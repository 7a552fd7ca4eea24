//! Checks that the report of `bots` holds what the default run promises.
//!
//! `cargo run -p pickler-tests --example check-report -- report.json`; exit 1
//! if something does not hold. Latencies are printed and not judged: they are
//! the machine's as much as ours.

use std::process::ExitCode;

use serde_json::Value;

fn main() -> ExitCode {
    let Some(path) = std::env::args().nth(1) else {
        eprintln!("check-report: say which report: check-report FILE");
        return ExitCode::from(2);
    };
    let report: Value = match std::fs::read_to_string(&path)
        .map_err(|error| error.to_string())
        .and_then(|text| text.parse().map_err(|error| format!("{error}")))
    {
        Ok(report) => report,
        Err(error) => {
            eprintln!("check-report: {path}: {error}");
            return ExitCode::from(2);
        }
    };
    let number = |name: &str| report[name].as_u64().unwrap_or(0);
    let no_errors = report["errors"]
        .as_object()
        .is_some_and(serde_json::Map::is_empty);
    let checks = [
        ("connected_peak is 4000", number("connected_peak") == 4_000),
        ("errors is empty", no_errors),
        ("chips_conserved is true", report["chips_conserved"] == true),
        ("hands_played > 1,000", number("hands_played") > 1_000),
        (
            "messages_received > 200,000",
            number("messages_received") > 200_000,
        ),
        (
            "memory_per_bot_bytes is known and below 20 KiB",
            (1..20 << 10).contains(&number("memory_per_bot_bytes")),
        ),
    ];
    let mut failed = 0_usize;
    for (what, holds) in checks {
        println!("{} {what}", if holds { "ok    " } else { "FAILED" });
        failed += usize::from(!holds);
    }
    println!("latency_ms: {}", report["latency_ms"]);
    println!("{} passed, {failed} failed", checks.len() - failed);
    ExitCode::from(u8::from(failed > 0))
}
