//! `bots run`: a run, its live view and its report.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, bail};
use clap::Args;

use super::protocols::protocol_by_name;
use super::values::{self, Target};
use crate::engine::{self, Run, RunConfig};
use crate::observe::{Level, Pattern};
use crate::poker::server::{Server, ServerConfig, ServerHandle, TableGroup};
use crate::protocol::Protocol;
use crate::report::live::{Look, View};
use crate::report::{Money, Report, RunFacts, Timeline};
use crate::script::{self, ScriptSource, Severity};
use crate::system::{self, Interrupt, require_open_files, usage};

/// Files that are open beside the connections.
const OTHER_FILES: u64 = 64;
/// How long a run takes if nothing says otherwise.
const DURATION: Duration = Duration::from_secs(30);
/// A run without a time limit ends when no hand was finished for so long, and
/// for so much longer at a person's pace.
const STALLED: (Duration, Duration) = (Duration::from_secs(15), Duration::from_secs(300));
/// How often the live view is drawn.
const LOOK_EVERY: Duration = Duration::from_millis(250);
/// Seats at a table of the embedded server.
const SEATS: u8 = 6;

#[derive(Args)]
pub(super) struct Arguments {
    /// Scripts to run, mixed evenly: files, or names of shipped ones
    /// (`calling_station`, tight, wanderer); without any, the shipped ones
    #[arg(value_name = "SCRIPT")]
    scripts: Vec<PathBuf>,
    /// How many bots
    #[arg(long, value_name = "N", default_value_t = 4_000, value_parser = clap::value_parser!(u32).range(1..))]
    bots: u32,
    /// How long, ramp included; 30s unless --hands is given
    #[arg(long, value_name = "TIME", value_parser = values::duration)]
    duration: Option<Duration>,
    /// Each bot stops after so many hands; the run ends when all have, or when
    /// no hand is finished any more because too few are left to play
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    hands: Option<u64>,
    /// The time over which bots begin to connect
    #[arg(long, value_name = "TIME", default_value = "5s", value_parser = values::duration_or_none)]
    ramp: Duration,
    /// The server to test, tcp://HOST:PORT; without it, an embedded poker server
    #[arg(long, value_name = "URL", value_parser = values::target)]
    target: Option<Target>,
    /// The protocol that the server speaks: a built-in one (pokersource,
    /// pokersource3, openpoker, pokerth), or the path of a spec
    #[arg(long, value_name = "P", default_value = "pokersource")]
    protocol: String,
    /// Where every random choice comes from
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// What think times are multiplied by; 1 is a person's pace
    #[arg(long, value_name = "FACTOR", default_value = "0.1", value_parser = values::factor)]
    think: f64,
    /// Threads that run bots; one for each core unless given
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    shards: Option<u16>,
    /// Write the report as JSON to this file
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Trace what bots do, to standard error: error, warn, info, debug or packet
    #[arg(long, value_name = "LEVEL")]
    trace: Option<Level>,
    /// Trace only bots with such a name; * stands for any text
    #[arg(long, value_name = "PATTERN", requires = "trace")]
    trace_bots: Option<String>,
    /// Trace only messages with such a name; * stands for any text
    #[arg(long, value_name = "PATTERN", requires = "trace")]
    trace_messages: Option<String>,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let protocol = protocol_by_name(&arguments.protocol)?;
    let embedded = arguments.target.is_none();
    if embedded && *protocol.name != *"pokersource" {
        bail!(
            "the embedded server speaks pokersource, not {}; name a server by --target",
            protocol.name
        );
    }
    if arguments.scripts.is_empty() && protocol.library.is_empty() {
        bail!(
            "the shipped scripts play poker by pokersource; name a script that speaks {}",
            protocol.name
        );
    }
    if arguments.hands.is_some() && !protocol.has_hands {
        bail!(
            "--hands counts hands of poker, and {} has none; say --duration",
            protocol.name
        );
    }
    let scripts = script::load(&arguments.scripts)?;
    refuse_mistakes(&scripts, &protocol)?;
    // Found out now rather than after the run.
    let json = arguments.json.as_deref().map(open_for_report).transpose()?;
    require_open_files(
        arguments.bots.into(),
        if embedded { 2 } else { 1 },
        OTHER_FILES,
    )?;
    let interrupt = system::on_interrupt().context("cannot wait for Ctrl-C")?;

    let server = if embedded {
        Some(Server::start(embedded_server(arguments)).context("the embedded server")?)
    } else {
        None
    };
    let resident_before = usage().resident;
    let config = run_config(arguments, server.as_ref());
    let run = engine::start(&config, &protocol, &scripts)?;
    let mut timeline = Timeline::default();
    let interrupted = watch(
        &run,
        &config,
        protocol.has_hands,
        server.as_ref(),
        &interrupt,
        &mut timeline,
    );
    let outcome = run.wait()?;
    let usage = usage();

    let (server_hands, money) = match server {
        None => (None, None),
        Some(server) => {
            let last = server.stop();
            let money = Money {
                granted: last.audit.granted,
                held: last.audit.bankrolls + last.audit.in_game,
                conserved: last.audit.is_exact(),
            };
            (Some(last.stats.hands_played), Some(money))
        }
    };
    let report = Report {
        facts: RunFacts {
            bots: arguments.bots.into(),
            target: match &arguments.target {
                Some(target) => target.text.clone(),
                None => "the embedded poker server".into(),
            },
            scripts: engine::shares(&scripts, arguments.bots),
            seed: arguments.seed,
            has_hands: protocol.has_hands,
        },
        snapshot: outcome.snapshot,
        timeline,
        usage,
        resident_before,
        messages_total: protocol.catalogue.messages().len(),
        server_hands,
        money,
        interrupted,
    };
    print!("{report}");
    for error in &outcome.script_errors {
        eprintln!("{error}");
    }
    if outcome.trace_lines_dropped > 0 {
        eprintln!(
            "{} lines of the trace were dropped: more came than could be written",
            outcome.trace_lines_dropped
        );
    }
    if let (Some(mut file), Some(path)) = (json, &arguments.json) {
        writeln!(file, "{:#}", report.to_json())
            .with_context(|| format!("cannot write the report to {}", path.display()))?;
    }
    Ok(match report.money {
        Some(money) if !money.conserved => ExitCode::FAILURE,
        _ => ExitCode::SUCCESS,
    })
}

/// Shows the run until it ends; true if it was interrupted.
fn watch(
    run: &Run,
    config: &RunConfig,
    has_hands: bool,
    server: Option<&ServerHandle>,
    interrupt: &Interrupt,
    timeline: &mut Timeline,
) -> bool {
    // A trace and a drawing would write over each other.
    let mut view = View::open(config.trace.level.is_none());
    let mut interrupted = false;
    let mut hands_seen = 0;
    let mut last_hand = Duration::ZERO;
    let stalled = STALLED.0 + STALLED.1.mul_f64(config.settings.think_scale);
    loop {
        let ended = run.wait_for(LOOK_EVERY);
        let snapshot = run.live().snapshot();
        let hands = server.map_or(snapshot.stats.hands, |server| server.stats().hands_played);
        timeline.look(&snapshot, hands);
        if hands != hands_seen {
            (hands_seen, last_hand) = (hands, snapshot.elapsed);
        }
        let over = config.duration.is_some_and(|most| snapshot.elapsed >= most);
        view.show(&Look {
            snapshot: &snapshot,
            timeline,
            usage: usage(),
            hands: has_hands.then_some(hands),
            bots: config.bots.into(),
            progress: progress(config, &snapshot),
            doing: if interrupted || over {
                "leaving"
            } else if snapshot.elapsed < config.ramp {
                "connecting"
            } else if has_hands {
                "playing"
            } else {
                "running"
            },
        });
        if ended {
            break;
        }
        let idle = snapshot.elapsed.saturating_sub(last_hand.max(config.ramp));
        if config.duration.is_none() && idle >= stalled {
            // The others have played their hands and left.
            run.stopper().stop();
        }
        if interrupt.is_pressed() && !interrupted {
            interrupted = true;
            run.stopper().stop();
        }
    }
    view.close();
    interrupted
}

/// How much of the run is over, from 0 to 1.
#[expect(
    clippy::cast_precision_loss,
    reason = "how far a bar has come needs no 53rd bit"
)]
fn progress(config: &RunConfig, snapshot: &crate::observe::Snapshot) -> f64 {
    match (config.duration, config.settings.hands) {
        (Some(duration), _) => snapshot.elapsed.as_secs_f64() / duration.as_secs_f64(),
        (None, Some(hands)) => {
            snapshot.stats.hands as f64 / (hands as f64 * f64::from(config.bots))
        }
        (None, None) => 0.0,
    }
}

fn run_config(arguments: &Arguments, server: Option<&ServerHandle>) -> RunConfig {
    let target = match (&arguments.target, server) {
        (Some(target), _) => target.address,
        (None, Some(server)) => server.addr(),
        (None, None) => unreachable!("without a target, a server was started"),
    };
    let mut config = RunConfig::new(target);
    config.bots = arguments.bots;
    config.ramp = arguments.ramp;
    config.duration = match (arguments.duration, arguments.hands) {
        (None, None) => Some(DURATION),
        (duration, _) => duration,
    };
    config.shards = arguments.shards.map(usize::from);
    config.settings.seed = arguments.seed;
    config.settings.think_scale = arguments.think;
    config.settings.hands = arguments.hands;
    config.trace.level = arguments.trace;
    config.trace.bots = arguments.trace_bots.as_deref().map(Pattern::new);
    config.trace.messages = arguments.trace_messages.as_deref().map(Pattern::new);
    config
}

/// A server with seats for all bots, and some to spare.
fn embedded_server(arguments: &Arguments) -> ServerConfig {
    let tables = arguments.bots.div_ceil(u32::from(SEATS) - 1);
    let mut config = ServerConfig {
        tables: TableGroup::mix(tables, SEATS),
        seed: arguments.seed,
        ..ServerConfig::default()
    };
    config.limits.tables = config.limits.tables.max(tables as usize * 2);
    config.limits.connections = arguments.bots as usize + 64;
    config.timing.hand_delay = config.timing.hand_delay.mul_f64(arguments.think.min(1.0));
    config
}

fn refuse_mistakes(scripts: &[ScriptSource], protocol: &Protocol) -> anyhow::Result<()> {
    let mut count = 0;
    for source in scripts {
        for finding in script::check(&source.text, &source.file, protocol) {
            eprintln!("{finding}");
            count += u32::from(finding.severity == Severity::Error);
        }
    }
    match count {
        0 => Ok(()),
        1 => bail!("nothing was run: mend the mistake above first"),
        _ => bail!("nothing was run: mend the {count} mistakes above first"),
    }
}

fn open_for_report(path: &Path) -> anyhow::Result<fs::File> {
    fs::File::create(path).with_context(|| format!("cannot write the report to {}", path.display()))
}
