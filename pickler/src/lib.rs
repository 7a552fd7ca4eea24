//! Pickler.
