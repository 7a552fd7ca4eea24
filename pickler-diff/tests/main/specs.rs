//! Protocols by their specs.

use pickler::schema::Protocol;
use pickler_diff::Report;

/// # Panics
/// If the text is no spec.
pub fn protocol(spec: &str) -> Protocol {
    pickler_spec::parse(spec).unwrap_or_else(|diagnostics| panic!("{spec}: {diagnostics:?}"))
}

/// All witnesses show what they say, and no finding that is about bytes lacks
/// one.
#[track_caller]
pub fn all_hold(report: &Report, old: &Protocol, new: &Protocol) {
    for finding in &report.findings {
        for witness in &finding.witnesses {
            assert!(witness.holds(old, new), "{witness:?}");
        }
        let is_shown = !finding.witnesses.is_empty() || !finding.untried.is_empty();
        assert!(is_shown || finding.verdict == pickler_diff::Verdict::COMPATIBLE);
    }
}
