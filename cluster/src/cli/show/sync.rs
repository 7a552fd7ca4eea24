//! A sync as it goes on.

use std::collections::BTreeMap;
use std::fmt::Write;

use cluster_protocol::{Changed, Name, Plan, Progress, Synced};
use serde_json::{Value, json};

use super::status::by;
use super::{count, micros, plan, time};
use std::time::Duration;

/// How many held bots are named; all are counted.
const NAMED: usize = 5;

/// What has been seen of a sync.
#[derive(Debug, Default)]
pub struct SyncView {
    plans: BTreeMap<Name, Plan>,
    changed: BTreeMap<Name, Changed>,
    gate: Option<String>,
}

impl SyncView {
    /// The lines that tell of a step.
    pub fn tell(&mut self, progress: &Progress) -> Vec<String> {
        match progress {
            Progress::Planned { node, plan: change } => {
                self.plans.insert(node.clone(), change.clone());
                plan(node, change).lines().map(str::to_owned).collect()
            }
            Progress::Failed { node, why } => vec![format!("{node}: {}", why.text)],
            Progress::Changing { nodes, canary } => {
                let names: Vec<&str> = nodes.iter().map(|node| &**node).collect();
                let what = if *canary { "canary" } else { "changing" };
                vec![format!("{what}: {}", names.join(", "))]
            }
            Progress::Changed { node, changed } => {
                let mut lines = vec![Self::changed_line(node, changed)];
                let held = changed.held.iter().take(NAMED);
                lines.extend(held.map(|bot| {
                    format!(
                        "    {} stays on the old code at {}, waiting for {}: {}",
                        bot.name, bot.place, bot.waits_for, bot.reason
                    )
                }));
                let named = u32::try_from(changed.held.len().min(NAMED)).unwrap_or(u32::MAX);
                let more = changed.held_in_all.saturating_sub(named);
                if more > 0 {
                    lines.push(format!("    and {more} more, see `node ps`"));
                }
                self.changed.insert(node.clone(), changed.clone());
                lines
            }
            Progress::Watching { time: watched } => {
                let watched = time(Duration::from_millis((*watched).into()));
                vec![format!("watching for {watched}")]
            }
            Progress::GateFailed { node, why } => {
                let line = format!("gate failed at {node}: {why}");
                self.gate = Some(line.clone());
                vec![line]
            }
            Progress::Reverting { to } => vec![format!("going back to release {to}")],
            Progress::Run { .. } | Progress::Lost { .. } => Vec::new(),
        }
    }

    fn changed_line(node: &str, changed: &Changed) -> String {
        let mut line = format!(
            "{node}: release {} in {}",
            changed.version,
            micros(changed.took)
        );
        if changed.moved > 0 {
            let _ = write!(
                line,
                ", {} moved (pause p99 {}, at most {})",
                count(changed.moved, "bot"),
                micros(changed.pauses[1]),
                micros(changed.pauses[2])
            );
        }
        if changed.held_in_all > 0 {
            let _ = write!(line, ", {} held", changed.held_in_all);
        }
        line
    }

    /// The last line, of a sync to the release `wanted`.
    pub fn summary(&self, synced: &Synced, wanted: u64) -> String {
        let moved: u64 = self.changed.values().map(|it| u64::from(it.moved)).sum();
        let held = self.changed.values().map(|it| u64::from(it.held_in_all));
        let held: u64 = held.sum();
        let mut line = if synced.reverted {
            format!("went back to release {}", synced.version)
        } else if self.gate.is_some() || synced.version != wanted {
            format!(
                "stopped: the cluster is to run release {}, {} changed before that",
                synced.version,
                count(synced.nodes, "node")
            )
        } else {
            format!(
                "release {} on {} in {}",
                synced.version,
                count(synced.nodes, "node"),
                micros(synced.took)
            )
        };
        if moved > 0 {
            let _ = write!(line, "; {} moved", count(moved, "bot"));
        }
        if held > 0 {
            let _ = write!(line, ", {held} on the old code");
        }
        if !synced.failed.is_empty() {
            let names: Vec<&str> = synced.failed.iter().map(|failed| &*failed.node.0).collect();
            let _ = write!(line, "; not on {}", names.join(", "));
        }
        line
    }
}

/// How a sync ended, for machines.
pub fn synced_json(view: &SyncView, synced: &Synced) -> Value {
    let nodes: Vec<Value> = view
        .changed
        .iter()
        .map(|(node, changed)| {
            let held: Vec<Value> = changed
                .held
                .iter()
                .map(|bot| {
                    json!({
                        "application": bot.application.0,
                        "name": bot.name.0,
                        "place": bot.place.0,
                        "waits_for": bot.waits_for.0,
                        "reason": bot.reason.0,
                    })
                })
                .collect();
            json!({
                "node": node.0,
                "release": changed.version,
                "moved": changed.moved,
                "held": held,
                "held_in_all": changed.held_in_all,
                "pause_us": { "p50": changed.pauses[0], "p99": changed.pauses[1], "max": changed.pauses[2] },
                "took_us": changed.took,
            })
        })
        .collect();
    let failed: Vec<Value> = synced
        .failed
        .iter()
        .map(|failed| json!({ "node": failed.node.0, "why": failed.why.text.0 }))
        .collect();
    json!({
        "release": synced.version,
        "reverted": synced.reverted,
        "gate_failed": view.gate,
        "plans": view.plans.iter().map(|(node, plan)| plan_json(node, plan)).collect::<Vec<_>>(),
        "nodes": nodes,
        "failed": failed,
        "took_us": synced.took,
    })
}

/// What a node would change, for machines.
fn plan_json(node: &Name, plan: &Plan) -> Value {
    let steps: Vec<Value> = plan
        .steps
        .iter()
        .map(|step| {
            let modules = step.modules.iter().map(
                |module| json!({ "name": module.name.0, "from": module.from.0, "to": module.to.0 }),
            );
            json!({
                "application": step.application.0,
                "by": by(step.by),
                "reason": step.reason.0,
                "bots": step.members,
                "modules": modules.collect::<Vec<_>>(),
            })
        })
        .collect();
    json!({
        "node": node.0,
        "from": plan.from,
        "to": plan.to,
        "bytes": plan.bytes,
        "pause_us": plan.pause,
        "steps": steps,
    })
}
