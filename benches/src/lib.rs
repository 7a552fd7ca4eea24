//! What the benchmarks compare with, and how they measure.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "numbers of values and random bits, within what is exact"
)]
#![expect(
    clippy::inline_always,
    reason = "the code compared with is as fast as it can be written"
)]

pub mod contest;
pub mod hand_written;
pub mod interleave;
pub mod malformed;
pub mod mix;
pub mod numbers;
pub mod shapes;
