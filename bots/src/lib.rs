//! Load and behaviour tests of servers with a binary protocol, by many small
//! scripted bots, and the poker server that they are tried on.

pub mod cli;
pub mod engine;
pub mod observe;
pub mod poker;
pub mod protocol;
pub mod report;
pub mod script;
pub mod system;
