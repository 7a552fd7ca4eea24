//! The game's events as the protocol's messages.

use pokersource::{
    Message, PokerAutoBlindAnte, PokerAutoFold, PokerBlind, PokerBlindRequest, PokerBoardCards,
    PokerCall, PokerCanceled, PokerCheck, PokerDealer, PokerFold, PokerInGame, PokerMessage,
    PokerMuckRequest, PokerNoautoBlindAnte, PokerPlayerCards, PokerPlayerChips, PokerPlayerLeave,
    PokerPosition, PokerRaise, PokerRebuy, PokerSit, PokerSitOut, PokerStart, PokerState,
    PokerWaitFor, PokerWin,
};

use super::speech::Audience;
use crate::poker::rules::{Card, Event};

/// What the messages of a hand need besides the event.
#[derive(Clone, Copy, Debug)]
pub(super) struct Telling {
    /// The table.
    pub game_id: u32,
    /// The running hand, or the one that has just ended.
    pub hand_serial: u32,
    /// When the server started the hand, in seconds since 1970.
    pub started: u32,
}

impl Telling {
    /// Says what the event means to whom. Nothing of what is in the event only
    /// for the record: what is won is told by the stacks that follow.
    pub fn tell(self, event: &Event, say: &mut impl FnMut(Audience, Message)) {
        let game_id = self.game_id;
        let mut all = |message: Message| say(Audience::All, message);
        match *event {
            // Who comes is told by the table, which knows the names; the
            // others' stacks follow, or nobody but the player cares.
            Event::Joined { .. }
            | Event::BoughtIn { .. }
            | Event::Returned { .. }
            | Event::Won { .. }
            | Event::Mucked { .. } => {}
            Event::Left { player, seat, .. } => all(PokerPlayerLeave {
                serial: player,
                game_id,
                seat: Some(seat),
            }
            .into()),
            Event::RebuyWaits { player, amount } => say(
                Audience::Player(player),
                PokerMessage {
                    serial: player,
                    game_id,
                    string: format!("the rebuy of {amount} counts after this hand").into(),
                }
                .into(),
            ),
            Event::Rebought { player, amount } => all(PokerRebuy {
                serial: player,
                game_id,
                amount,
            }
            .into()),
            Event::Sat { player } => all(PokerSit {
                serial: player,
                game_id,
            }
            .into()),
            Event::SatOut { player } => all(PokerSitOut {
                serial: player,
                game_id,
            }
            .into()),
            Event::SitsOutNextHand { player } => all(PokerAutoFold {
                serial: player,
                game_id,
            }
            .into()),
            Event::AutoBlind { player, on } => {
                let message = if on {
                    PokerAutoBlindAnte {
                        serial: player,
                        game_id,
                    }
                    .into()
                } else {
                    PokerNoautoBlindAnte {
                        serial: player,
                        game_id,
                    }
                    .into()
                };
                say(Audience::Player(player), message);
            }
            Event::WaitsForBigBlind { player } => all(PokerWaitFor {
                serial: player,
                game_id,
                reason: "big".into(),
            }
            .into()),
            Event::HandStarted { hand } => all(PokerStart {
                serial: 0,
                game_id,
                hands_count: u32::try_from(hand).unwrap_or(u32::MAX),
                time: self.started,
                hand_serial: self.hand_serial,
                level: 0,
            }
            .into()),
            Event::InGame { players } => all(PokerInGame {
                serial: 0,
                game_id,
                players: players.to_vec(),
            }
            .into()),
            Event::Dealer { dealer, previous } => all(PokerDealer {
                game_id,
                dealer: Some(dealer),
                previous_dealer: previous,
            }
            .into()),
            Event::Chips { player, bet, money } => all(PokerPlayerChips {
                serial: player,
                game_id,
                bet,
                money,
            }
            .into()),
            Event::Position(position) => all(PokerPosition {
                game_id,
                position: position.map(|position| position.index),
            }
            .into()),
            Event::BlindRequested {
                player,
                amount,
                dead,
                kind,
            } => all(PokerBlindRequest {
                serial: player,
                game_id,
                amount,
                dead,
                state: kind.name().into(),
            }
            .into()),
            Event::BlindPosted {
                player,
                amount,
                dead,
                ..
            } => all(PokerBlind {
                serial: player,
                game_id,
                amount,
                dead,
            }
            .into()),
            Event::Canceled { player, amount } => all(PokerCanceled {
                serial: player.unwrap_or(0),
                game_id,
                amount,
            }
            .into()),
            Event::Dealt { player, cards } => {
                let shown = |cards| PokerPlayerCards {
                    serial: player,
                    game_id,
                    cards,
                };
                say(Audience::Player(player), shown(numbers(&cards)).into());
                let hidden = vec![Card::HIDDEN; cards.len()];
                say(Audience::AllBut(player), shown(hidden).into());
            }
            Event::Board { cards } => all(PokerBoardCards {
                serial: 0,
                game_id,
                cards: numbers(&cards),
            }
            .into()),
            Event::Phase(phase) => all(PokerState {
                serial: 0,
                game_id,
                string: phase.name().into(),
            }
            .into()),
            Event::Folded { player } => all(PokerFold {
                serial: player,
                game_id,
            }
            .into()),
            Event::Checked { player } => all(PokerCheck {
                serial: player,
                game_id,
            }
            .into()),
            Event::Called { player, .. } => all(PokerCall {
                serial: player,
                game_id,
            }
            .into()),
            Event::Raised { player, amount, .. } => all(PokerRaise {
                serial: player,
                game_id,
                amount,
            }
            .into()),
            Event::MuckRequested { players } => all(PokerMuckRequest {
                serial: 0,
                game_id,
                muckable_serials: players.to_vec(),
            }
            .into()),
            Event::Shown { player, cards } => all(PokerPlayerCards {
                serial: player,
                game_id,
                cards: numbers(&cards),
            }
            .into()),
            Event::HandEnded { winners } => all(PokerWin {
                serial: 0,
                game_id,
                serials: winners.to_vec(),
            }
            .into()),
        }
    }
}

fn numbers(cards: &[Card]) -> Vec<u8> {
    cards.iter().map(|card| card.to_wire()).collect()
}
