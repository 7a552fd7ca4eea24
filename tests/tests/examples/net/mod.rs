//! Packets and messages.

mod link;
