//! Poker: the rules of the game, the store of accounts and hands, and the
//! server that they are for.
//!
//! [`rules`] is a state machine that knows neither sockets nor clocks;
//! [`store`] keeps money and histories so that no crash makes or loses a chip.

pub mod rules;
pub mod server;
pub mod store;
