//! Sockets: TLS and the messages on it, datagrams, who may come in.

mod channel;
mod connect;
mod gossip;
mod listener;

pub use channel::{Channel, ChannelError, Receiver, Sender, converse};
pub use connect::{ConnectError, Tls, ask, connect, enrol, renew, unexpected};
pub use gossip::{Gossip, Heard};
pub use listener::{Listener, Visitor};
