//! The shapes as other toolkits declare them, each as its own documentation
//! advises.
//!
//! Each takes the one-message shapes as variants of its message type, since
//! not all have constants in front of structs.

pub mod bin_proto;
pub mod binrw;
pub mod deku;
pub mod speedy;
pub mod wincode;

/// The same message and batch with the types of another toolkit, where fields
/// have the same names.
macro_rules! from_declared {
    () => {
        impl From<&declared::Message> for Message {
            fn from(message: &declared::Message) -> Self {
                match message.clone() {
                    declared::Message::NotifyBet {
                        game,
                        player,
                        amount,
                        sequence,
                    } => Self::NotifyBet {
                        game,
                        player,
                        amount,
                        sequence,
                    },
                    declared::Message::PlayerInfo {
                        player,
                        in_play,
                        nick,
                        location,
                    } => Self::PlayerInfo {
                        player,
                        in_play,
                        nick,
                        location,
                    },
                    declared::Message::Seats { game, seats } => Self::Seats { game, seats },
                }
            }
        }

        impl From<&declared::Batch> for Batch {
            fn from(batch: &declared::Batch) -> Self {
                let messages = batch.messages.iter().map(Message::from).collect();
                Self { messages }
            }
        }
    };
}
use from_declared;

/// The same header.
macro_rules! header_from_declared {
    () => {
        impl From<&declared::BitHeader> for BitHeader {
            fn from(it: &declared::BitHeader) -> Self {
                Self {
                    version: it.version,
                    header_length: it.header_length,
                    service: it.service,
                    congestion: it.congestion,
                    total_length: it.total_length,
                    identification: it.identification,
                    reserved: it.reserved,
                    dont_fragment: it.dont_fragment,
                    more_fragments: it.more_fragments,
                    fragment_offset: it.fragment_offset,
                    time_to_live: it.time_to_live,
                    protocol: it.protocol,
                    checksum: it.checksum,
                    source: it.source,
                    destination: it.destination,
                }
            }
        }
    };
}
use header_from_declared;
