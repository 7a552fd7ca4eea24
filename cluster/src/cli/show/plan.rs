//! What a sync would change, or is about to.

use std::fmt::Write;

use cluster_protocol::{Plan, PlanStep};

use super::status::by;
use super::{bytes, count, micros};

/// What changes on one node, a line for each application and module.
pub fn plan(node: &str, plan: &Plan) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = write!(text, "{node}: release ");
    let _ = match plan.from {
        0 => writeln!(text, "{}, the first", plan.to),
        from if plan.steps.is_empty() => writeln!(text, "{from} → {}, nothing changes", plan.to),
        from => writeln!(
            text,
            "{from} → {}, {} to fetch, a pause of about {}",
            plan.to,
            bytes(plan.bytes),
            micros(plan.pause)
        ),
    };
    for step in &plan.steps {
        let _ = write!(text, "  {} by {}", subject(step), by(step.by));
        if step.members > 0 {
            let _ = write!(text, ", {}", count(step.members, "bot"));
        }
        if !step.reason.is_empty() {
            let _ = write!(text, " ({})", step.reason);
        }
        text.push('\n');
        for module in &step.modules {
            let _ = match (module.from.is_empty(), module.to.is_empty()) {
                (true, _) => writeln!(text, "    {}: {}, new", module.name, module.to),
                (_, true) => writeln!(text, "    {}: {}, goes", module.name, module.from),
                _ => writeln!(text, "    {}: {} → {}", module.name, module.from, module.to),
            };
        }
    }
    text
}

fn subject(step: &PlanStep) -> &str {
    match &*step.application.0 {
        "" => "the program",
        name => name,
    }
}
