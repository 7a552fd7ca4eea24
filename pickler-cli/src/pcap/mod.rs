//! Messages in captured traffic.
//!
//! A capture is read packet by packet ([`capture`]), down to what TCP or UDP
//! carries ([`layers`]); what one end of a connection sent is put in order
//! ([`reassembly`]) and cut into messages ([`cutting`]), for both directions of
//! all [`connections`]; [`read`] ties these together. What decides does no I/O.

mod capture;
mod connections;
mod cutting;
mod layers;
mod read;
mod reassembly;
#[cfg(test)]
mod tests;
mod timestamp;

pub use connections::Sent;
pub use read::{Filter, Seen, busiest_port};
pub use timestamp::timestamp;
