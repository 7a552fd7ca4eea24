//! Versions 2.0.0 and 3.0.0 of a real protocol.

use expect_test::expect_file;
use pickler_diff::{Verdict, diff};

use crate::specs::all_hold;

#[test]
fn what_changed_between_2_and_3() {
    let (old, new) = (pokersource::protocol(), pokersource3::protocol());
    let report = diff(old, new);
    all_hold(&report, old, new);
    assert_eq!(report.verdict(), Verdict::BREAKING);
    let count = |verdict| {
        let found = report.findings.iter();
        found.filter(|finding| finding.verdict == verdict).count()
    };
    // 20 messages are gone and 10 are new.
    assert_eq!(count(Verdict::OLD_READS_NEW), 20);
    assert_eq!(count(Verdict::NEW_READS_OLD), 10);
    let finding = |message: &str, field: &str| {
        let mut found = report.findings.iter();
        found.find(|it| it.messages.iter().any(|it| it == message) && it.field == field)
    };
    let chips = finding("POKER_PLAYER_CHIPS", "money").expect("it has 64 bits");
    assert_eq!(chips.change, "`u32` became `u64`");
    assert!(finding("POKER_SET_ACCOUNT", "money[].points").is_some());
    let register = finding("POKER_TOURNEY_REGISTER", "tourney_serial").expect("it was renamed");
    assert_eq!(register.verdict, Verdict::COMPATIBLE);
    assert!(finding("LOGIN", "").is_none());

    expect_file!["../../../docs/protocols/pokersource_2_to_3.md"].assert_eq(&report.to_markdown());

    assert_eq!(diff(old, old).findings, []);
    assert_eq!(diff(new, new).findings, []);
}
