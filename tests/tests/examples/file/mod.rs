//! Files, and values and records that stand in files.

mod containers;
mod media;
mod records;
mod values;
