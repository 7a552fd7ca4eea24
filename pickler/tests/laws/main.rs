//! The laws of the toolkit, on values, types and schemas that are made up.
mod generated_values;
