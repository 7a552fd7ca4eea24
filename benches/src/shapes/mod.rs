//! Five shapes of exact format, declared with several toolkits and written by
//! hand.
//!
//! All integers are big-endian; nothing stands between the fields.
//!
//! | shape | bytes |
//! |---|---|
//! | `NotifyBet` | u8 27, u32 game, u32 player, u32 amount, u16 sequence |
//! | `PlayerInfo` | u8 15, u32 player, u32 in play, nick and location with a u8 in front that says how many bytes of UTF-8 |
//! | `Seats` | u8 40, u32 game, u8 count, so many u32 |
//! | `Batch` | u16 count, so many of the above three |
//! | `BitHeader` | the 20 bytes of an IPv4 header |

pub mod declared;
pub mod limit;
pub mod samples;
