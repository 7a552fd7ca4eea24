//! Load and behaviour tests of servers with a binary protocol, by many small
//! scripted bots, and the poker server that they are tried on.

pub mod poker;
