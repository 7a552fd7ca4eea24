//! Poker: the rules of the game, and the store of accounts and hands.
//!
//! [`rules`] is a state machine that knows neither sockets nor clocks;
//! [`store`] keeps money and histories so that no crash makes or loses a chip.

pub mod rules;
pub mod store;
