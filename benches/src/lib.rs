//! What the benchmarks compare with, and how they measure.

pub mod hand_written;
pub mod interleave;
pub mod mix;
