//! The laws of the toolkit, on values, types and schemas that are made up.
#![cfg(all(feature = "proptest", feature = "crc", feature = "digest"))]
#![allow(
    clippy::cast_possible_truncation,
    reason = "what is made is as small as it is said to be"
)]

mod everything;
mod generated_values;
mod nestings;
mod regressions;
mod schemas;
mod types;
