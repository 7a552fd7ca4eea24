//! Poker: the rules of the game, and the store of accounts and hands.
//!
//! [`rules`] is a state machine that knows neither sockets nor clocks.

pub mod rules;
