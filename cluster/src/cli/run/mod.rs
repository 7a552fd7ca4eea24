//! `node run`: bots on all nodes, one report.

mod merge;

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, bail};
use bots::report::live::{Look, View};
use bots::script::{self, ScriptSource};
use clap::Args;
use cluster_protocol::{
    Module, OnLoss, Progress, Request, Response, RunOrder, RunSummary, Statement, WeightedModule,
};

use super::client::{self, BootArgument, Client};
use super::home::Home;
use super::{release, show, values};
use crate::application;
use crate::application::settings::Settings;
use crate::clock::wall;
use crate::identity::sha256;
use merge::Merge;

/// How long a run takes if nothing says otherwise.
const DURATION: Duration = Duration::from_secs(30);
/// How long the leave to begin the run is good for.
const LEAVE: Duration = Duration::from_secs(600);

#[derive(Args)]
#[command(after_help = "Examples:
  node run --bots 4000                                   the shipped scripts, at the release's poker server
  node run tight.luau --bots 4000 --target tcp://10.0.0.1:19380 --duration 1m --json report.json
  node run tight.luau --bots 4000 --group players --on-loss restart")]
pub(super) struct Arguments {
    /// Scripts to run, mixed evenly: files, or names of shipped ones; without
    /// any, the shipped ones
    #[arg(value_name = "SCRIPT")]
    scripts: Vec<PathBuf>,
    /// How many bots, on all nodes
    #[arg(long, value_name = "N", default_value_t = 4_000, value_parser = clap::value_parser!(u32).range(1..))]
    bots: u32,
    /// How long, ramp included; 30s unless --hands is given
    #[arg(long, value_name = "TIME", value_parser = values::duration)]
    duration: Option<Duration>,
    /// Each bot stops after so many hands
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    hands: Option<u64>,
    /// The time over which bots begin to connect
    #[arg(long, value_name = "TIME", default_value = "5s", value_parser = values::duration)]
    ramp: Duration,
    /// The server to test, tcp://HOST:PORT; without it, the poker server of the
    /// release
    #[arg(long, value_name = "URL")]
    target: Option<String>,
    /// The protocol that the server speaks
    #[arg(long, value_name = "P", default_value = "pokersource")]
    protocol: String,
    /// Where every random choice comes from
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// What think times are multiplied by; 1 is a person's pace
    #[arg(long, value_name = "FACTOR", default_value_t = 0.1)]
    think: f64,
    /// Only the nodes of this group; may be repeated
    #[arg(long, value_name = "GROUP", value_parser = values::name)]
    group: Vec<String>,
    /// What becomes of the bots of a node that is lost: count, or restart on
    /// other nodes
    #[arg(long, value_name = "WHAT", default_value = "count", value_parser = on_loss)]
    on_loss: OnLoss,
    /// Write the report as JSON to this file
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    #[command(flatten)]
    boot: BootArgument,
}

fn on_loss(text: &str) -> Result<OnLoss, String> {
    match text {
        "count" => Ok(OnLoss::Count),
        "restart" => Ok(OnLoss::Restart),
        _ => Err("count or restart is expected".into()),
    }
}

#[tokio::main(flavor = "current_thread")]
pub(super) async fn run(home: &Home, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    if !arguments.think.is_finite() || !(0.0..=1_000.0).contains(&arguments.think) {
        bail!("--think: a number from 0 to 1000 is expected");
    }
    let protocol = application::protocol(&arguments.protocol).map_err(anyhow::Error::msg)?;
    let scripts = script::load(&arguments.scripts)?;
    let mistakes = scripts
        .iter()
        .flat_map(|source| script::check(&source.text, &source.file, &protocol));
    let mistakes: Vec<_> = mistakes.collect();
    for mistake in &mistakes {
        eprintln!("{mistake}");
    }
    if !mistakes.is_empty() {
        bail!("nothing was run: mend the mistakes above first");
    }
    // Found out now rather than after the run.
    let json = arguments.json.as_ref().map(|path| {
        fs::File::create(path)
            .with_context(|| format!("cannot write the report to {}", path.display()))
    });
    let json = json.transpose()?;

    let mut client = Client::connect(home, &arguments.boot).await?;
    let target = match &arguments.target {
        Some(target) => target.clone(),
        None => release_target(home, &mut client).await?,
    };
    let order = order(home, &mut client, arguments, &scripts, target.clone()).await?;
    let run_id = order.run;
    let signed = home.release_key()?.sign(&Statement::Run(order.clone()))?;
    client.send(Request::Run { order: signed }).await?;

    let mut merge = Merge::new(&protocol, order);
    let (summary, lost) = match follow(&mut client, &mut merge, arguments).await {
        Ok(summary) => (summary, None),
        // What has come is not thrown away.
        Err(error) if merge.has_begun() => (merge.so_far(), Some(error)),
        Err(error) => return Err(error),
    };
    debug_assert_eq!(summary.run, run_id);
    let report = merge.report(
        &summary,
        target,
        bots::engine::shares(&scripts, arguments.bots),
    );
    say_as_is!("{report}");
    say_as_is!("{}", merge::nodes(&summary));
    for part in &summary.parts {
        for error in &part.stats.script_errors {
            eprintln!("{}: {error}", part.node);
        }
    }
    if let (Some(mut file), Some(path)) = (json, &arguments.json) {
        let json = merge::to_json(&report, &summary);
        writeln!(file, "{json:#}")
            .with_context(|| format!("cannot write the report to {}", path.display()))?;
    }
    match lost {
        Some(error) => Err(error.context("the report is of what had come until then")),
        None if merge::is_whole(&summary) => Ok(ExitCode::SUCCESS),
        None => Ok(ExitCode::FAILURE),
    }
}

/// The poker server that the newest release lists.
async fn release_target(home: &Home, client: &mut Client) -> anyhow::Result<String> {
    let facts = home.identity()?.cluster().clone();
    let manifest = release::newest(client, &facts.release_keys).await?;
    let applications = manifest.iter().flat_map(|manifest| &manifest.applications);
    let listens =
        applications.filter_map(|entry| match Settings::parse(entry.kind, &entry.settings) {
            Ok(Settings::PokerServer(settings)) => Some(settings.listen),
            _ => None,
        });
    match listens.collect::<Vec<_>>()[..] {
        [listen] if !listen.ip().is_unspecified() => Ok(format!("tcp://{listen}")),
        [] => bail!("the release has no poker server; --target tcp://HOST:PORT says what to test"),
        _ => bail!("--target tcp://HOST:PORT must say which server to test"),
    }
}

async fn order(
    home: &Home,
    client: &mut Client,
    arguments: &Arguments,
    scripts: &[ScriptSource],
    target: String,
) -> anyhow::Result<RunOrder> {
    let mut modules = Vec::new();
    for source in scripts {
        let bytes = source.text.as_bytes();
        let hash = sha256(bytes);
        client.upload(hash, bytes).await?;
        modules.push(WeightedModule {
            module: Module {
                name: source.file.as_str().into(),
                version: source.version().as_str().into(),
                hash,
                size: bytes.len() as u64,
            },
            weight: source.weight,
        });
    }
    let mut random = [0; 8];
    getrandom::fill(&mut random).context("no random numbers")?;
    let duration = match (arguments.duration, arguments.hands) {
        (None, None) => DURATION,
        (None, Some(_)) => Duration::ZERO,
        (Some(duration), _) => duration,
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "from 0 to 1,000,000"
    )]
    let think = (arguments.think * 1_000.0).round() as u32;
    Ok(RunOrder {
        cluster: home.identity()?.cluster().id,
        run: u64::from_be_bytes(random),
        expires: wall() + LEAVE.as_secs(),
        scripts: modules,
        protocol: arguments.protocol.as_str().into(),
        target: target.into(),
        bots: arguments.bots,
        groups: arguments
            .group
            .iter()
            .map(|it| it.as_str().into())
            .collect(),
        ramp: values::millis(arguments.ramp),
        duration: values::millis(duration),
        seed: arguments.seed,
        think,
        hands: arguments.hands.unwrap_or(0),
        on_loss: arguments.on_loss,
    })
}

/// Shows the run until it has ended. Ctrl-C ends it early, with the report so
/// far.
async fn follow(
    client: &mut Client,
    merge: &mut Merge,
    arguments: &Arguments,
) -> anyhow::Result<RunSummary> {
    let mut view = View::open(true);
    let mut stopping = false;
    let summary = loop {
        let response = tokio::select! {
            response = client.next() => response,
            _ = tokio::signal::ctrl_c() => {
                if stopping {
                    view.close();
                    bail!("interrupted twice: the run was told to end");
                }
                stopping = true;
                client.send(Request::Stop).await?;
                continue;
            }
        };
        match response {
            Ok(Response::Progress(Progress::Run { node, stats })) => {
                merge.heard(&node, stats);
                let (snapshot, usage) = merge.now();
                merge.look(&snapshot);
                view.show(&Look {
                    snapshot: &snapshot,
                    timeline: merge.timeline(),
                    usage,
                    hands: merge.has_hands().then_some(snapshot.stats.hands),
                    bots: arguments.bots.into(),
                    progress: merge.progress(&snapshot),
                    doing: if stopping {
                        "leaving"
                    } else if snapshot.elapsed < arguments.ramp {
                        "connecting"
                    } else if merge.has_hands() {
                        "playing"
                    } else {
                        "running"
                    },
                });
            }
            Ok(Response::Progress(Progress::Lost { node, bots, then })) => {
                merge.lost(&node);
                let then = match then {
                    OnLoss::Count => "they are counted as lost",
                    OnLoss::Restart => "other nodes start them anew",
                };
                eprintln!(
                    "\rnode {node} is lost with {}: {then}",
                    show::count(bots, "bot")
                );
            }
            Ok(Response::Progress(Progress::Failed { node, why })) => {
                eprintln!("\rnode {node}: {}", why.text);
            }
            Ok(Response::RunEnded(summary)) => break summary,
            Ok(Response::Progress(_) | Response::Done) => {}
            Ok(other) => {
                view.close();
                return client::unexpected(&other);
            }
            Err(error) => {
                view.close();
                return Err(error);
            }
        }
    };
    view.close();
    Ok(summary)
}
