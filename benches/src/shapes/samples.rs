//! Values of the shapes, all different.

use super::declared::{BitHeader, Message, NotifyBet, PlayerInfo, Seats};
use crate::numbers::Numbers;

const NICKS: [&str; 8] = [
    "ada",
    "sue99",
    "bluffmaster",
    "Zoe",
    "the_quiet_one",
    "river.rat",
    "Jörg",
    "kk",
];
const LOCATIONS: [&str; 8] = [
    "Oslo",
    "São Paulo",
    "Berlin, Germany",
    "",
    "New York City",
    "Perth",
    "Rome, Italy",
    "earth",
];

/// A bet.
pub fn notify_bet(n: &mut Numbers) -> NotifyBet {
    NotifyBet {
        game: n.below(2_000),
        player: n.below(100_000),
        amount: n.below(10_000),
        sequence: n.below(65_536) as u16,
    }
}

/// A player, with texts of 0 to 20 bytes, of which one in eight is not ASCII.
pub fn player_info(n: &mut Numbers) -> PlayerInfo {
    let number = n.below(1_000);
    let nick = NICKS[n.below(8) as usize];
    PlayerInfo {
        player: n.below(100_000),
        in_play: n.below(10_000),
        nick: if n.coin() {
            nick.into()
        } else {
            format!("{nick}{number}")
        },
        location: LOCATIONS[n.below(8) as usize].into(),
    }
}

/// A table of ten.
pub fn seats(n: &mut Numbers) -> Seats {
    Seats {
        game: n.below(2_000),
        seats: (0..10).map(|_| n.below(100_000)).collect(),
    }
}

/// Any of the three.
pub fn message(n: &mut Numbers) -> Message {
    match n.below(3) {
        0 => {
            let NotifyBet {
                game,
                player,
                amount,
                sequence,
            } = notify_bet(n);
            Message::NotifyBet {
                game,
                player,
                amount,
                sequence,
            }
        }
        1 => {
            let PlayerInfo {
                player,
                in_play,
                nick,
                location,
            } = player_info(n);
            Message::PlayerInfo {
                player,
                in_play,
                nick,
                location,
            }
        }
        _ => {
            let Seats { game, seats } = seats(n);
            Message::Seats { game, seats }
        }
    }
}

/// A header.
pub fn bit_header(n: &mut Numbers) -> BitHeader {
    BitHeader {
        version: 4,
        header_length: 5 + n.small(11),
        service: n.small(64),
        congestion: n.small(4),
        total_length: n.any() as u16,
        identification: n.any() as u16,
        reserved: false,
        dont_fragment: n.coin(),
        more_fragments: n.coin(),
        fragment_offset: n.below(8_192) as u16,
        time_to_live: n.any() as u8,
        protocol: n.any() as u8,
        checksum: n.any() as u16,
        source: n.any(),
        destination: n.any(),
    }
}
