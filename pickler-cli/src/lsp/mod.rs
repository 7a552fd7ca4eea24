//! What editors are told of specs, by the Language Server Protocol.

mod document;
mod framing;
mod hover;
mod positions;
mod server;

pub use framing::{read, write};
pub use server::{Ended, Server};
