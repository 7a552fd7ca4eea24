//! Which seeds take longest for their size: where targets could be faster.
//!
//! ```text
//! cargo run --release -p pickler-fuzz-targets --example slow [TARGET]
//! ```

use std::time::{Duration, Instant};

use pickler_fuzz_targets::{TARGETS, all_seeds};

fn main() {
    let only = std::env::args().nth(1);
    for (seeds, (name, target)) in all_seeds().iter().zip(TARGETS) {
        if only.as_deref().is_some_and(|only| only != name) {
            continue;
        }
        let mut times: Vec<(u128, Duration, &[u8])> = seeds
            .inputs
            .iter()
            .map(|input| {
                let time = least_time(|| target(input));
                // Few bytes have their fixed cost.
                let each = time.as_nanos() / (input.len() as u128 + 50);
                (each, time, input.as_slice())
            })
            .collect();
        times.sort();
        let sum: Duration = times.iter().map(|(_, time, _)| time).sum();
        println!("{name}: {} inputs in {sum:?}", times.len());
        for (each, time, input) in times.iter().rev().take(4) {
            let start = &input[..input.len().min(24)];
            println!(
                "  {each} ns a byte: {time:?}, {} bytes {start:02X?}",
                input.len()
            );
        }
    }
}

/// Of a few runs, the one that nothing disturbed.
fn least_time(run: impl Fn()) -> Duration {
    let times = (0..3).map(|_| {
        let start = Instant::now();
        run();
        start.elapsed()
    });
    times.min().unwrap_or_default()
}
