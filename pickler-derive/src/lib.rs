//! `#[derive(Pickle)]`.
