//! Nodes that boot from the network and change code while they run.

pub mod controller;
pub mod membership;
pub mod node;
pub mod release;
pub mod sim;
