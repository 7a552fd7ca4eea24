//! Nodes that boot from the network and change code while they run.

pub mod membership;
pub mod sim;
