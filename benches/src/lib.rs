//! What the benchmarks compare with, and how they measure.

#![expect(
    clippy::inline_always,
    reason = "the code compared with is as fast as it can be written"
)]

pub mod hand_written;
pub mod interleave;
pub mod mix;
