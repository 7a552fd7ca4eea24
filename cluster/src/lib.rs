//! Nodes that boot from the network and change code while they run.

pub mod audit;
pub mod identity;
pub mod membership;
