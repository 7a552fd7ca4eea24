//! The report for people.

use std::fmt;

use super::figures::{bytes, count, duration, millis};
use super::plot::{bar, columns};
use super::summary::Report;

const PLOT_WIDTH: usize = 60;

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let stats = self.stats();
        let seconds = self.duration().as_secs_f64().max(1e-3);
        writeln!(
            f,
            "{} bots for {} against {}{}",
            count(self.facts.bots),
            duration(self.duration()),
            self.facts.target,
            if self.interrupted {
                " (interrupted)"
            } else {
                ""
            }
        )?;
        for (script, bots) in &self.facts.scripts {
            writeln!(f, "  {:>7}  {script}", count(*bots))?;
        }
        writeln!(f)?;
        line(
            f,
            "connected",
            &format!("{} at the peak", count(self.snapshot.connected_peak)),
        )?;
        line(
            f,
            "messages",
            &format!(
                "{} received, {} sent, {} a second",
                count(stats.messages_received),
                count(stats.messages_sent),
                count(((stats.messages_received + stats.messages_sent) as f64 / seconds) as u64)
            ),
        )?;
        if self.facts.has_hands {
            line(f, "hands", &self.hands_line(seconds))?;
            line(f, "money", &self.money_line())?;
        }
        line(
            f,
            "memory",
            &format!(
                "{} at the peak, {} for each bot and its connection",
                bytes(self.usage.resident_peak),
                bytes(self.memory_per_bot())
            ),
        )?;
        let cpu = self.usage.cpu.as_secs_f64();
        line(
            f,
            "processor",
            &format!("{cpu:.1} s, {:.2} cores", cpu / seconds),
        )?;
        line(
            f,
            "coverage",
            &format!(
                "{} of the protocol's {} messages seen",
                stats.messages_seen(),
                self.messages_total
            ),
        )?;
        line(f, "seed", &self.facts.seed.to_string())?;
        self.errors(f)?;
        self.latencies(f)?;
        self.course(f)
    }
}

impl Report {
    fn hands_line(&self, seconds: f64) -> String {
        let hands = self.hands_played();
        let whose = if self.server_hands.is_some() {
            "played"
        } else {
            "finished, counted by each bot that was in one"
        };
        format!(
            "{} {whose}, {:.0} a second",
            count(hands),
            hands as f64 / seconds
        )
    }

    fn money_line(&self) -> String {
        match self.money {
            None => "not known: the server is not ours to ask".into(),
            Some(money) if money.conserved => {
                format!("all {} chips are there", count(money.held))
            }
            Some(money) => format!(
                "WRONG: {} chips were granted, {} are there",
                count(money.granted),
                count(money.held)
            ),
        }
    }

    fn errors(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let failures = &self.stats().failures;
        if failures.is_empty() {
            return line(f, "errors", "none");
        }
        line(f, "errors", &count(self.stats().failures_total()))?;
        for (failure, number) in failures {
            writeln!(f, "  {:>13}  {}", count(*number), failure.name())?;
        }
        Ok(())
    }

    /// How long answers took: the quantiles, and how many took how long.
    fn latencies(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let latency = &self.stats().latency;
        writeln!(f)?;
        if latency.is_empty() {
            let how = if self.facts.has_hands {
                ""
            } else {
                ": bot:send(..., { answer = \"NAME\" }) measures them"
            };
            return writeln!(f, "No answers to actions were measured{how}.");
        }
        writeln!(
            f,
            "{} answers to actions: half within {}, 90 % {}, 99 % {}, 99.9 % {}, all {}",
            count(latency.len()),
            millis(self.latency_ms(0.5)),
            millis(self.latency_ms(0.9)),
            millis(self.latency_ms(0.99)),
            millis(self.latency_ms(0.999)),
            millis(self.latency_max_ms())
        )?;
        // Classes of doubling width, from a sixteenth of a millisecond.
        let mut classes: Vec<(u64, u64)> = Vec::new();
        let mut upper = 62;
        let mut before = 0;
        while before < latency.len() {
            let within = latency.count_between(0, upper);
            classes.push((upper, within - before));
            before = within;
            upper = upper.saturating_mul(2);
        }
        let first = classes
            .iter()
            .position(|(_, count)| *count > 0)
            .unwrap_or(0);
        let highest = classes.iter().map(|(_, count)| *count).max().unwrap_or(0);
        for (upper, number) in &classes[first..] {
            writeln!(
                f,
                "  {:>9} {:>10}  {}",
                format!("≤{}", millis(*upper as f64 / 1_000.0)),
                count(*number),
                bar(*number, highest, PLOT_WIDTH - 10)
            )?;
        }
        Ok(())
    }

    /// How the run went over time.
    fn course(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let moments = self.timeline.moments();
        if moments.len() < 2 {
            return Ok(());
        }
        writeln!(f)?;
        let course = |value: fn(&super::Moment) -> f64| {
            let values: Vec<f64> = moments.iter().map(value).collect();
            let most = values.iter().copied().fold(0.0, f64::max) as u64;
            format!("{}  at most {}", columns(&values, PLOT_WIDTH), count(most))
        };
        line(f, "connected", &course(|moment| moment.connected as f64))?;
        line(
            f,
            "messages/s",
            &course(|moment| moment.messages_per_second),
        )?;
        if self.facts.has_hands {
            line(f, "hands/s", &course(|moment| moment.hands_per_second))?;
        }
        Ok(())
    }
}

fn line(f: &mut fmt::Formatter<'_>, name: &str, value: &str) -> fmt::Result {
    writeln!(f, "  {name:<11} {value}")
}
