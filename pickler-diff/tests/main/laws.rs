//! What holds of all schemas.

use pickler::generate::{Seeded, schema};
use pickler::schema::Protocol;
use pickler_diff::diff;

use crate::specs::all_hold;

#[test]
fn a_protocol_is_what_it_is() {
    for seed in 0..300 {
        let one = Protocol::new("random", schema(&mut Seeded::new(seed)));
        let report = diff(&one, &one);
        assert_eq!(report.findings, [], "seed {seed}: {report}");
        assert!(report.is_compatible());
    }
}

/// Schemas that have nothing in common, which is where most goes wrong.
#[test]
fn witnesses_show_what_they_say() {
    let mut shown = 0;
    for seed in 0..150 {
        let old = Protocol::new("random", schema(&mut Seeded::new(seed)));
        let new = Protocol::new("random", schema(&mut Seeded::new(seed + 1000)));
        let report = diff(&old, &new);
        all_hold(&report, &old, &new);
        shown += report
            .findings
            .iter()
            .map(|it| it.witnesses.len())
            .sum::<usize>();
    }
    assert!(shown > 150, "{shown} witnesses");
}
