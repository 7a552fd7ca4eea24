//! Nodes that boot from the network and change code while they run.

pub mod audit;
pub mod identity;
pub mod membership;
pub mod controller;
pub mod node;
pub mod release;
