//! What fuzzers check: the laws of [`pickler::laws`], on whatever bytes reach
//! new code. `fuzz/fuzz_targets/` has one program for each of [`TARGETS`].
//!
//! What a fuzzer finds is kept in `fuzz/regressions/TARGET/`; the tests of this
//! crate give it to the target again, where everybody runs it.

mod codecs;
mod expressions;
mod faces;
mod hand_written;
mod schemas;
mod seeds;
mod streams;
#[path = "../../../pickler/tests/laws/types/mod.rs"]
mod types;
mod values;

pub use codecs::{cluster, openpoker, pokersource, pokersource3, pokerth, types};
pub use expressions::expressions;
pub use faces::faces;
pub use hand_written::hand_written;
pub use schemas::schemas;
pub use seeds::{Seeds, all_seeds};
pub use streams::streams;
pub use values::values;

/// What one fuzzer does with some bytes. It panics if a law is broken.
pub type Target = fn(&[u8]);

/// All fuzzers, by name.
pub const TARGETS: [(&str, Target); 12] = [
    ("cluster", cluster),
    ("expressions", expressions),
    ("faces", faces),
    ("hand_written", hand_written),
    ("openpoker", openpoker),
    ("pokersource", pokersource),
    ("pokersource3", pokersource3),
    ("pokerth", pokerth),
    ("schemas", schemas),
    ("streams", streams),
    ("types", types),
    ("values", values),
];
