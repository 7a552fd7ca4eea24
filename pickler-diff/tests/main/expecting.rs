//! What a test says of two specs.

use pickler_diff::{Report, Verdict, diff};

use crate::specs::{all_hold, protocol};

/// The only finding that is about `field`, of two specs.
#[track_caller]
pub fn finds(old: &str, new: &str, verdict: Verdict, field: &str, change: &str) -> Report {
    let (old, new) = (protocol(old), protocol(new));
    let report = diff(&old, &new);
    all_hold(&report, &old, &new);
    let [finding] = report.findings.as_slice() else {
        panic!("not one finding: {report}");
    };
    assert_eq!(
        (finding.verdict, &*finding.field, &*finding.change),
        (verdict, field, change),
        "{report}"
    );
    assert_eq!(report.verdict(), verdict);
    let failing = usize::from(!verdict.new_reads_old) + usize::from(!verdict.old_reads_new);
    let shown = finding.witnesses.len();
    assert!(
        shown == failing || failing == 0 && shown <= 1,
        "one for each way that fails: {report}"
    );
    report
}

/// The same of messages with these fields.
#[track_caller]
pub fn finds_in_fields(
    old: &str,
    new: &str,
    verdict: Verdict,
    field: &str,
    change: &str,
) -> Report {
    let message = |fields| format!("union Message tag u8 length u16 {{\n1 BET: {{ {fields} }}\n}}");
    let report = finds(&message(old), &message(new), verdict, field, change);
    assert_eq!(report.findings[0].messages, ["BET"]);
    report
}

pub const BREAKING: Verdict = Verdict::BREAKING;
pub const COMPATIBLE: Verdict = Verdict::COMPATIBLE;
pub const NEW_READS_OLD: Verdict = Verdict::NEW_READS_OLD;
pub const OLD_READS_NEW: Verdict = Verdict::OLD_READS_NEW;
