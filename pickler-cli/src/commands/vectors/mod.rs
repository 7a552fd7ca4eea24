//! Conformance vectors.

pub mod check;
pub mod make;
