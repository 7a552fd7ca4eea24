//! A page that shows what bytes mean.
//!
//! [`server`] has the sockets; what a request is answered, [`site`] decides
//! without them, and [`inspect`] says what bytes mean, as JSON for the page.

mod inspect;
mod server;
mod site;
#[cfg(test)]
mod tests;

pub use server::Server;
pub use site::Site;
