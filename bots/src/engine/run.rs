//! A run: its threads, its end.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::change::{Change, ChangeError};
use super::config::{RunConfig, StartError};
use super::control::Control;
use super::mail::Mail;
use super::recording::Recording;
use super::shard::{self, ShardPlan, ShardReport};
use crate::observe::{Live, Snapshot, TraceSink, Tracer};
use crate::protocol::Protocol;
use crate::script::{BotView, ScriptError, ScriptSource};

/// A run that goes on.
pub struct Run {
    live: Live,
    stopper: Stopper,
    control: Control,
    threads: Vec<JoinHandle<Result<ShardReport, StartError>>>,
    trace: TraceSink,
    finished: Receiver<()>,
}

/// Ends a run early: bots are told to leave. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Stopper(Arc<AtomicBool>);

/// What a run has come to.
#[derive(Clone, Debug)]
pub struct RunOutcome {
    /// All counts, exactly.
    pub snapshot: Snapshot,
    /// The first errors of scripts.
    pub script_errors: Vec<ScriptError>,
    /// Lines of the trace that were dropped.
    pub trace_lines_dropped: u64,
    /// Bytes that scripts took at their most, in all shards.
    pub script_memory_peak: u64,
    /// What the recorded bot received and sent.
    pub recording: Option<Recording>,
}

impl Stopper {
    /// Ends the run.
    pub fn stop(&self) {
        self.0.store(true, Ordering::Release);
    }

    /// The run was told to end.
    pub fn is_stopped(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

/// Begins a run of these scripts, mixed by weight, with trace lines going to
/// standard error.
///
/// # Errors
/// If a script cannot be loaded, or a thread cannot be started.
pub fn start(
    config: &RunConfig,
    protocol: &Protocol,
    scripts: &[ScriptSource],
) -> Result<Run, StartError> {
    let (tracer, trace) = Tracer::new(config.trace.clone(), std::io::stderr());
    let shards = config.shard_count();
    let live = Live::new(protocol.catalogue.clone(), shards);
    let stopper = Stopper::default();
    let order = mix(scripts);
    if order.is_empty() {
        return Err(StartError::NoScript);
    }
    // A script that cannot be loaded is better known before 4,000 bots start.
    shard::try_scripts(protocol, scripts)?;
    let mail: Vec<Mail> = (0..shards).map(|_| Mail::default()).collect();
    let control = Control::new(protocol.clone(), scripts, mail.clone());
    let began = Instant::now();
    let (ended, finished) = channel();
    let threads = (0..shards)
        .map(|index| {
            let plan = ShardPlan {
                index,
                shards,
                config: config.clone(),
                protocol: protocol.clone(),
                scripts: scripts.to_vec(),
                order: order.clone(),
                publisher: live.publisher(index),
                stopper: stopper.clone(),
                tracer: tracer.clone(),
                mail: mail.clone(),
                began,
            };
            let ended = ended.clone();
            std::thread::Builder::new()
                .name(format!("bots-{index}"))
                .spawn(move || {
                    let report = shard::run(plan);
                    drop(ended);
                    report
                })
        })
        .collect::<Result<Vec<_>, _>>()?;
    Ok(Run {
        live,
        stopper,
        control,
        threads,
        trace,
        finished,
    })
}

/// In which order bots take the scripts, repeated: each as often as its weight,
/// spread out.
fn mix(scripts: &[ScriptSource]) -> Vec<usize> {
    let total: u32 = scripts.iter().map(|script| script.weight.min(1000)).sum();
    let mut credit = vec![0_i64; scripts.len()];
    (0..total)
        .filter_map(|_| {
            for (credit, script) in credit.iter_mut().zip(scripts) {
                *credit += i64::from(script.weight.min(1000));
            }
            let next =
                (0..scripts.len()).max_by_key(|index| (credit[*index], usize::MAX - index))?;
            credit[next] -= i64::from(total);
            Some(next)
        })
        .collect()
}

/// How many of `bots` run each script: its file name and their number.
pub fn shares(scripts: &[ScriptSource], bots: u32) -> Vec<(String, u64)> {
    let order = mix(scripts);
    let mut counts = vec![0; scripts.len()];
    for script in order.iter().cycle().take(bots as usize) {
        counts[*script] += 1;
    }
    let files = scripts.iter().map(|script| script.file.clone());
    files.zip(counts).collect()
}

impl Run {
    /// The counts while the run goes on; cheap to clone.
    pub fn live(&self) -> &Live {
        &self.live
    }

    /// Ends the run early; cheap to clone.
    pub fn stopper(&self) -> Stopper {
        self.stopper.clone()
    }

    /// What can be done with the bots while the run goes on; cheap to clone.
    pub fn control(&self) -> Control {
        self.control.clone()
    }

    /// Gives running bots new code: [`Control::change`].
    ///
    /// # Errors
    /// If nothing was changed anywhere.
    pub fn change(&self, scripts: &[ScriptSource]) -> Result<Change, ChangeError> {
        self.control.change(scripts)
    }

    /// What every bot does right now: [`Control::inspect`].
    pub fn inspect(&self) -> Vec<BotView> {
        self.control.inspect()
    }

    /// Replaces the environment: [`Control::set_environment`].
    pub fn set_environment(&self, variables: BTreeMap<String, String>) {
        self.control.set_environment(variables);
    }

    /// Waits at most so long for the run's end; true once it has ended.
    pub fn wait_for(&self, time: Duration) -> bool {
        // Nothing is ever sent: the senders go when the threads end.
        !matches!(
            self.finished.recv_timeout(time),
            Err(std::sync::mpsc::RecvTimeoutError::Timeout)
        )
    }

    /// Waits for the run's end.
    ///
    /// # Errors
    /// If a thread of the run failed to begin.
    pub fn wait(self) -> Result<RunOutcome, StartError> {
        let mut errors = Vec::new();
        let mut memory = 0;
        let mut recording = None;
        for thread in self.threads {
            let report = match thread.join() {
                Ok(report) => report?,
                Err(panic) => std::panic::resume_unwind(panic),
            };
            errors.extend(report.errors);
            memory += report.script_memory_peak;
            recording = recording.or(report.recording);
        }
        Ok(RunOutcome {
            snapshot: self.live.snapshot(),
            script_errors: errors,
            trace_lines_dropped: self.trace.finish(),
            script_memory_peak: memory,
            recording,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_mixed_by_weight_and_spread_out() {
        let script = |weight| ScriptSource {
            file: String::new(),
            text: String::new(),
            weight,
        };
        assert_eq!(mix(&[script(2), script(1), script(0)]), [0, 1, 0]);
        assert_eq!(mix(&[script(1), script(1)]), [0, 1]);
        assert_eq!(mix(&[script(0)]), [0_usize; 0]);
        assert_eq!(mix(&[script(5), script(4), script(1)]).len(), 10);
    }
}
