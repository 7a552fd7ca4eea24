//! SWIM, by the crate `foca`.

mod codec;
mod engine;
mod identity;
mod packet;
mod timers;

pub use engine::Local;
