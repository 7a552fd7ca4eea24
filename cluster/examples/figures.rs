//! How fast news of members spreads, and how long a change of all nodes takes,
//! in simulated time: on a local network where everything takes about a
//! millisecond, with hosts that take no time.
//!
//! ```text
//! cargo run --release -p cluster --example figures -- --nodes 10,100,1000
//! ```

use std::time::{Duration, Instant};

use clap::Parser;
use cluster::membership::Config;
use cluster::sim::{cluster as whole, membership};

/// Prints figures of simulated clusters.
#[derive(Parser)]
struct Arguments {
    /// How many nodes.
    #[arg(long, value_delimiter = ',', default_value = "10,100")]
    nodes: Vec<usize>,
    /// How many seeds each figure is taken from.
    #[arg(long, default_value_t = 5)]
    seeds: u64,
    /// Also without the exchange over TCP.
    #[arg(long)]
    without_exchange: bool,
}

fn main() {
    let arguments = Arguments::parse();
    println!("median (worst) of {} seeds, in seconds", arguments.seeds);
    println!("nodes  all at once: from the first order until the last has changed");
    for &nodes in &arguments.nodes {
        swoop(nodes, arguments.seeds);
    }
    println!("\nnodes  exchange  all know all      a join known     a death known");
    for &nodes in &arguments.nodes {
        spread(nodes, &Config::default(), arguments.seeds);
        if arguments.without_exchange {
            let exchange_every = None;
            let config = Config {
                exchange_every,
                ..Config::default()
            };
            spread(nodes, &config, arguments.seeds);
        }
    }
}

fn spread(nodes: usize, config: &Config, seeds: u64) {
    let began = Instant::now();
    let runs: Vec<_> = (0..seeds)
        .map(|seed| membership::spread(nodes, config, seed))
        .collect();
    let figure = |of: fn(&membership::Spread) -> Duration| figure(runs.iter().map(of).collect());
    let (all, join, death) = (
        figure(|run| run.all),
        figure(|run| run.join),
        figure(|run| run.death),
    );
    let exchange = config
        .exchange_every
        .map_or("to join".to_owned(), |every| format!("{every:?}"));
    let took = began.elapsed().as_secs_f64();
    println!("{nodes:5}  {exchange:8}  {all}  {join}  {death}  (simulated in {took:.1} s)");
}

fn swoop(nodes: usize, seeds: u64) {
    let began = Instant::now();
    let runs = (0..seeds).map(|seed| whole::swoop(nodes, seed));
    let times: Option<Vec<_>> = runs
        .map(|synced| Some(Duration::from_micros(synced?.took)))
        .collect();
    let figure = times.map_or("does not end".to_owned(), figure);
    let took = began.elapsed().as_secs_f64();
    println!("{nodes:5}  {figure}  (simulated in {took:.1} s)");
}

fn figure(mut times: Vec<Duration>) -> String {
    times.sort();
    let median = times.get(times.len() / 2).copied().unwrap_or_default();
    let worst = times.last().copied().unwrap_or_default();
    format!("{:7.3} ({:7.3})", median.as_secs_f64(), worst.as_secs_f64())
}
