//! The report for programs.

use pickler::dynamic::json::to_hex;
use serde_json::{Value as Json, json};

use super::{Finding, Outcome, Part, Report, Title, Verdict, Witness};

impl Report {
    /// The report as JSON: `old`, `new`, `verdict`, `findings`, `unchanged`.
    /// Verdicts are `compatible`, `new_reads_old`, `old_reads_new`, `breaking`
    /// and `not_known`; a finding is `misread` if nothing is refused, but means
    /// something else. `untried` names who can write something of which it is not
    /// known what the other reads.
    pub fn to_json(&self) -> Json {
        let findings: Vec<Json> = self.findings.iter().map(finding).collect();
        json!({
            "old": title(&self.old),
            "new": title(&self.new),
            "verdict": verdict(self.verdict(), self.is_unknown()),
            "findings": findings,
            "unchanged": self.unchanged,
        })
    }
}

fn title(title: &Title) -> Json {
    json!({ "name": title.name, "version": title.version })
}

fn verdict(verdict: Verdict, is_unknown: bool) -> &'static str {
    match (verdict.new_reads_old, verdict.old_reads_new) {
        _ if is_unknown => "not_known",
        (true, true) => "compatible",
        (true, false) => "new_reads_old",
        (false, true) => "old_reads_new",
        (false, false) => "breaking",
    }
}

fn finding(finding: &Finding) -> Json {
    let witnesses: Vec<Json> = finding.witnesses.iter().map(witness).collect();
    let untried: Vec<&str> = finding.untried.iter().map(|side| side.name()).collect();
    json!({
        "verdict": verdict(finding.verdict, finding.is_unknown()),
        "misread": finding.misread,
        "untried": untried,
        "messages": finding.messages,
        "field": finding.field,
        "change": finding.change,
        "witnesses": witnesses,
    })
}

fn witness(witness: &Witness) -> Json {
    let part = match &witness.part {
        Part::Whole => "message",
        Part::Fields { .. } => "fields",
        Part::Handshake => "handshake",
    };
    let outcome = match &witness.outcome {
        Outcome::Same(_) => json!({ "reads": "the same", "value": witness.read }),
        Outcome::Differs { at, .. } => {
            json!({ "reads": "another", "value": witness.read, "differs_at": at })
        }
        Outcome::Refused(error) => json!({
            "reads": "an error",
            "kind": kind(error),
            "bit_offset": error.bit_offset(),
            "error": error.to_string(),
        }),
        Outcome::TooLong { limit } => json!({ "reads": "an error", "limit": limit }),
        Outcome::WrongHandshake { expected } => {
            json!({ "reads": "another", "expected_hex": to_hex(expected) })
        }
    };
    json!({
        "writer": witness.writer.name(),
        "part": part,
        "value": witness.shown,
        "hex": to_hex(&witness.bytes),
        "reader": outcome,
    })
}

/// What kind of error, without its particulars.
fn kind(error: &pickler::Error) -> String {
    let kind = format!("{:?}", error.kind());
    kind.split([' ', '(', '{'])
        .next()
        .unwrap_or_default()
        .to_owned()
}
