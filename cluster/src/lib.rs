//! Nodes that boot from the network and change code while they run.
//!
//! What decides is without sockets, clocks and files: [`membership`], [`node`],
//! [`controller`]. Around it are who may do what ([`identity`], [`audit`]), what
//! nodes run ([`release`], [`packaging`], [`application`]), sockets ([`net`]),
//! processes ([`daemon`]) and the command line ([`cli`]). [`sim`] tries what
//! decides in a seeded world of faults.

pub mod application;
pub mod audit;
pub mod cli;
mod clock;
pub mod controller;
pub mod daemon;
mod durable;
pub mod identity;
pub mod membership;
pub mod net;
pub mod node;
pub mod packaging;
pub mod release;
pub mod sim;
pub mod store;
