//! What is found between two versions, and that the bytes show it.

mod changes;
mod laws;
mod pokersource;
mod reports;
mod specs;
