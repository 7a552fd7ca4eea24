//! The poker-network protocol 2.0.0.
