//! Answers that grow with the cluster, cut down to what fits into a message:
//! an answer with less in it is better than none.

use cluster_protocol::{MAX_MESSAGE, RunSummary, Status};
use pickler::Pickle;

/// Room for what is around an answer.
const AROUND: usize = 1 << 10;

fn fits<T: for<'de> Pickle<'de>>(value: &T) -> bool {
    pickler::encoded_len(value).is_ok_and(|length| length + AROUND <= MAX_MESSAGE)
}

/// The status without the nodes' applications, if it does not fit with them;
/// and without some of the nodes, if it does not fit with all.
pub(super) fn status(mut status: Status) -> Status {
    if fits(&status) {
        return status;
    }
    for node in &mut status.nodes {
        node.applications.clear();
    }
    while !fits(&status) && !status.nodes.is_empty() {
        status.nodes.truncate(status.nodes.len() / 2);
    }
    status
}

/// The summary of a run, without what takes most room if it does not fit: what
/// was lost is in the last progress of each part, and in that order.
pub(super) fn summary(mut summary: RunSummary) -> RunSummary {
    if fits(&summary) {
        return summary;
    }
    for part in &mut summary.parts {
        part.stats.messages.clear();
        part.stats.script_errors.clear();
    }
    if fits(&summary) {
        return summary;
    }
    for part in &mut summary.parts {
        part.stats.latencies.clear();
        part.stats.failures.clear();
    }
    while !fits(&summary) && !summary.parts.is_empty() {
        summary.parts.truncate(summary.parts.len() / 2);
    }
    summary
}

#[cfg(test)]
mod tests {
    use cluster_protocol::{LatencyCount, Name, RunPart, RunStats};

    use super::*;

    #[test]
    fn a_summary_of_many_parts_still_fits() {
        let part = |latencies: usize| RunPart {
            node: "node".into(),
            bots: 5,
            stats: RunStats {
                latencies: vec![LatencyCount::default(); latencies],
                script_errors: vec!["x".repeat(1_000).into(); 10],
                messages_sent: 3,
                ..RunStats::default()
            },
            ..RunPart::default()
        };
        for (parts, latencies, kept) in [(10, 100, 100), (100, 100, 100), (1_000, 1_000, 0)] {
            let whole = RunSummary {
                parts: vec![part(latencies); parts],
                ..RunSummary::default()
            };
            let fitting = summary(whole.clone());
            assert!(fits(&fitting));
            assert_eq!(fitting.parts.len(), parts);
            assert_eq!(fitting.parts[0].stats.latencies.len(), kept);
            assert_eq!(fitting.parts[0].stats.messages_sent, 3);
            assert_eq!(fitting == whole, parts == 10);
        }
    }

    #[test]
    fn a_status_of_whatever_size_fits() {
        let expected = vec![Name::from("x".repeat(255)); 1_000];
        let whole = Status {
            expected,
            ..Status::default()
        };
        assert_eq!(status(whole.clone()), whole);
    }
}
