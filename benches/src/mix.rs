//! A realistic mix of pokersource messages: what one client of a busy table
//! receives, with varied contents.

use pokersource as declared;

use crate::hand_written::{Id, Message};
use crate::numbers::Numbers;

fn list(n: &mut Numbers, most: u32, limit: u32) -> Vec<u32> {
    (0..=n.below(most)).map(|_| n.below(limit)).collect()
}

fn cards(n: &mut Numbers, count: u32) -> Vec<u8> {
    (0..count).map(|_| n.small(52)).collect()
}

fn seat(n: &mut Numbers) -> Option<u8> {
    Some(n.small(11)).filter(|seat| *seat < 10)
}

/// `count` messages as the hand-written codec has them.
pub fn hand_written(count: usize) -> Vec<Message> {
    let mut numbers = Numbers::new(42);
    (0..count).map(|_| one(&mut numbers)).collect()
}

fn one(n: &mut Numbers) -> Message {
    let id = Id {
        serial: n.below(100_000),
        game_id: n.below(2_000),
    };
    match n.below(100) {
        0..30 => Message::Position {
            game_id: id.game_id,
            position: seat(n),
        },
        30..42 => Message::Call(id),
        42..52 => Message::Fold(id),
        52..59 => Message::Check(id),
        59..65 => Message::Raise {
            id,
            amount: n.below(10_000),
        },
        65..75 => Message::PlayerChips {
            id,
            bet: n.below(1_000),
            money: n.below(100_000),
        },
        75..80 => Message::State {
            id,
            string: ["pre-flop", "flop", "turn", "river", "end"][n.below(5) as usize].into(),
        },
        80..83 => Message::BoardCards {
            id,
            cards: {
                let count = 3 + n.below(3);
                cards(n, count)
            },
        },
        83..88 => Message::PlayerCards {
            id,
            cards: cards(n, 2),
        },
        88..90 => Message::Blind {
            id,
            amount: n.below(100),
            dead: 0,
        },
        90..91 => Message::Start {
            id,
            hands_count: n.below(1_000),
            time: n.below(1 << 31),
            hand_serial: n.below(1 << 31),
            level: 0,
        },
        91..92 => Message::Dealer {
            game_id: id.game_id,
            dealer: seat(n),
            previous_dealer: seat(n),
        },
        92..93 => Message::InGame {
            id,
            players: list(n, 10, 100_000),
        },
        93..94 => Message::Win {
            id,
            serials: list(n, 2, 100_000),
        },
        94..96 => Message::Seats {
            seats: list(n, 10, 100_000),
            game_id: id.game_id,
        },
        96..98 => Message::Chat {
            id,
            message: "nice hand, well played sir!"[..n.below(28) as usize].into(),
        },
        _ => Message::Ping,
    }
}

/// The same message as the declared codec has it.
pub fn declared(message: &Message) -> declared::Message {
    match message.clone() {
        Message::Ping => declared::Message::Ping,
        Message::Seats { seats, game_id } => declared::PokerSeats { seats, game_id }.into(),
        Message::Position { game_id, position } => {
            declared::PokerPosition { game_id, position }.into()
        }
        Message::Fold(Id { serial, game_id }) => declared::PokerFold { serial, game_id }.into(),
        Message::State { id, string } => declared::PokerState {
            serial: id.serial,
            game_id: id.game_id,
            string: string.into(),
        }
        .into(),
        Message::Win { id, serials } => declared::PokerWin {
            serial: id.serial,
            game_id: id.game_id,
            serials,
        }
        .into(),
        Message::PlayerCards { id, cards } => declared::PokerPlayerCards {
            serial: id.serial,
            game_id: id.game_id,
            cards,
        }
        .into(),
        Message::BoardCards { id, cards } => declared::PokerBoardCards {
            serial: id.serial,
            game_id: id.game_id,
            cards,
        }
        .into(),
        Message::PlayerChips { id, bet, money } => declared::PokerPlayerChips {
            serial: id.serial,
            game_id: id.game_id,
            bet,
            money,
        }
        .into(),
        Message::Check(Id { serial, game_id }) => declared::PokerCheck { serial, game_id }.into(),
        Message::Start {
            id,
            hands_count,
            time,
            hand_serial,
            level,
        } => declared::PokerStart {
            serial: id.serial,
            game_id: id.game_id,
            hands_count,
            time,
            hand_serial,
            level,
        }
        .into(),
        Message::InGame { id, players } => declared::PokerInGame {
            serial: id.serial,
            game_id: id.game_id,
            players,
        }
        .into(),
        Message::Call(Id { serial, game_id }) => declared::PokerCall { serial, game_id }.into(),
        Message::Raise { id, amount } => declared::PokerRaise {
            serial: id.serial,
            game_id: id.game_id,
            amount,
        }
        .into(),
        Message::Dealer {
            game_id,
            dealer,
            previous_dealer,
        } => declared::PokerDealer {
            game_id,
            dealer,
            previous_dealer,
        }
        .into(),
        Message::Chat { id, message } => declared::PokerChat {
            serial: id.serial,
            game_id: id.game_id,
            message: message.into(),
        }
        .into(),
        Message::Blind { id, amount, dead } => declared::PokerBlind {
            serial: id.serial,
            game_id: id.game_id,
            amount,
            dead,
        }
        .into(),
    }
}
