//! Captures that tests write, and what is found in them.

mod captures;
mod cutting;
mod layers;
mod reassembly;
mod traffic;
mod write;
