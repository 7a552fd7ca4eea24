//! What the program does, a command a file.

pub mod decode;
pub mod encode;
pub mod list;
pub mod vectors;
