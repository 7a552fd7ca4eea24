//! The laws of the toolkit, on values, types and schemas that are made up.
#![cfg(feature = "proptest")]

mod everything;
mod generated_values;
mod nestings;
mod regressions;
mod schemas;
mod types;
