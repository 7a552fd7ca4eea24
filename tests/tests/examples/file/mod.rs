//! Files, and values and records that stand in files.

mod media;
