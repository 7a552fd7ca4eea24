//! What is seen of a run while it runs: counts, latencies, traces.

mod failure;
mod live;
mod stats;
mod trace;

pub use failure::Failure;
pub use live::{Live, Publisher};
pub use stats::{Snapshot, Stats};
pub use trace::{Level, Pattern, TraceConfig, TraceSink, Tracer, UnknownLevel};
