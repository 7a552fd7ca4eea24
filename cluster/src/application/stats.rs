//! A run's counts on their way between nodes.

use bots::observe::{Failure, Snapshot, Stats};
use bots::system::Usage;
use cluster_protocol::{FailureCount, LatencyCount, MessageCount, RunStats};

/// What a part of a run has counted, for the wire. What only its begin and end
/// know is left for the caller.
pub fn to_wire(run: u64, part: u32, snapshot: &Snapshot, usage: &Usage) -> RunStats {
    let stats = &snapshot.stats;
    let micros =
        |duration: std::time::Duration| u64::try_from(duration.as_micros()).unwrap_or(u64::MAX);
    RunStats {
        run,
        part,
        elapsed: micros(snapshot.elapsed),
        bots_started: stats.started,
        bots_ended: stats.ended,
        connected: snapshot.connected,
        connected_peak: snapshot.connected_peak,
        messages_sent: stats.messages_sent,
        messages_received: stats.messages_received,
        bytes_sent: stats.bytes_sent,
        bytes_received: stats.bytes_received,
        hands: stats.hands,
        messages_ignored: stats.messages_ignored,
        cpu: micros(usage.cpu),
        memory_peak: usage.resident_peak,
        failures: stats
            .failures
            .iter()
            .map(|(failure, count)| FailureCount {
                kind: failure.name().into(),
                count: *count,
            })
            .collect(),
        latencies: stats
            .latency
            .iter_recorded()
            .map(|bucket| LatencyCount {
                value: bucket.value_iterated_to(),
                count: bucket.count_at_value(),
            })
            .collect(),
        messages: stats
            .sent_by_message
            .iter()
            .zip(&stats.received_by_message)
            .zip(0..)
            .filter(|((sent, received), _)| **sent + **received > 0)
            .map(|((sent, received), message)| MessageCount {
                message,
                sent: *sent,
                received: *received,
            })
            .collect(),
        ..RunStats::default()
    }
}

/// Adds what came over the wire to `stats`, exactly: latencies lie in the same
/// buckets as where they were measured. What this program does not know, such
/// as a kind of failure of a later version, is left out.
pub fn add_wire(stats: &mut Stats, wire: &RunStats) {
    stats.started += wire.bots_started;
    stats.ended += wire.bots_ended;
    stats.messages_sent += wire.messages_sent;
    stats.messages_received += wire.messages_received;
    stats.bytes_sent += wire.bytes_sent;
    stats.bytes_received += wire.bytes_received;
    stats.hands += wire.hands;
    stats.messages_ignored += wire.messages_ignored;
    for FailureCount { kind, count } in &wire.failures {
        let known = Failure::ALL
            .into_iter()
            .find(|failure| kind == failure.name());
        if let Some(failure) = known {
            *stats.failures.entry(failure).or_default() += count;
        }
    }
    for LatencyCount { value, count } in &wire.latencies {
        stats.latency.saturating_record_n(*value, *count);
    }
    for count in &wire.messages {
        let message = usize::from(count.message);
        if let Some(sent) = stats.sent_by_message.get_mut(message) {
            *sent += count.sent;
        }
        if let Some(received) = stats.received_by_message.get_mut(message) {
            *received += count.received;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::application::protocol;
    use std::time::Duration;

    #[test]
    fn merged_counts_are_those_of_one_run() {
        let protocol = protocol("pokersource").unwrap();
        let catalogue = &protocol.catalogue;
        let id = catalogue.by_name("POKER_RAISE").unwrap();
        let mut whole = Stats::new(catalogue);
        let mut merged = Stats::new(catalogue);
        for node in 0..4_u64 {
            let mut part = Stats::new(catalogue);
            for step in 0..5_000_u64 {
                let micros = (node + 1) * 37 + step * step % 700_000;
                for stats in [&mut part, &mut whole] {
                    stats.sent(id, 15);
                    stats.received(Some(id), 9);
                    stats.answered(Duration::from_micros(micros));
                }
            }
            part.failed(Failure::Timeout);
            whole.failed(Failure::Timeout);
            let snapshot = Snapshot {
                stats: part,
                connected: 1,
                connected_peak: 2,
                behind: 0,
                elapsed: Duration::from_secs(1),
            };
            let wire = to_wire(9, 0, &snapshot, &bots::system::usage());
            let bytes = pickler::encode(&wire).unwrap();
            add_wire(&mut merged, &pickler::decode(&bytes).unwrap());
        }
        assert_eq!(merged.latency, whole.latency);
        assert_eq!(merged.latency.max(), whole.latency.max());
        assert_eq!(merged.latency.min(), whole.latency.min());
        assert_eq!(merged.failures, whole.failures);
        assert_eq!(merged.messages_sent, 20_000);
        assert_eq!(merged.sent_by_message, whole.sent_by_message);
        assert_eq!(merged.received_by_message, whole.received_by_message);
    }

    #[test]
    fn strange_counts_do_no_harm() {
        let protocol = protocol("pokersource").unwrap();
        let mut stats = Stats::new(&protocol.catalogue);
        let strange = RunStats {
            failures: vec![FailureCount {
                kind: "of_tomorrow".into(),
                count: 3,
            }],
            latencies: vec![LatencyCount {
                value: u64::MAX,
                count: 1,
            }],
            messages: vec![MessageCount {
                message: u16::MAX,
                sent: 1,
                received: 1,
            }],
            ..RunStats::default()
        };
        add_wire(&mut stats, &strange);
        assert_eq!(stats.failures_total(), 0);
        assert_eq!(stats.latency.len(), 1);
    }
}
