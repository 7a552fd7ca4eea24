//! The laws of the toolkit, on values, types and schemas that are made up.
#![cfg(all(feature = "proptest", feature = "crc"))]

mod everything;
mod generated_values;
mod nestings;
mod regressions;
mod schemas;
mod types;
