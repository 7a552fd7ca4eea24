//! What is found between two versions, and that the bytes show it.

mod expecting;
mod fields;
mod large;
mod laws;
mod messages;
mod pokersource;
mod reports;
mod specs;
mod table;
