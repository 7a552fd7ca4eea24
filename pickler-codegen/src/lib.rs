//! Rust source from descriptions.
