//! Errors: every request that is not carried out is answered by one.

use std::sync::atomic::Ordering::Relaxed;

use pokersource::{ErrorReply, Message, PokerError};

use super::client::{Desk, Next, Session};
use crate::poker::server::hall::Hall;
use crate::poker::server::reason::Reason;

impl Session {
    /// Answers a request that concerns no table.
    pub(super) fn refuse(&self, desk: Desk<'_>, code: u32, words: &str) {
        self.refuse_code(desk.hall, desk.code, code, words);
    }

    /// The same, to a message with this code.
    pub(super) fn refuse_code(&self, hall: &Hall, other_type: u8, code: u32, words: &str) {
        hall.counters.refused.fetch_add(1, Relaxed);
        self.say(ErrorReply {
            message: words.into(),
            code,
            other_type,
        });
    }

    /// Answers a request that concerns a table.
    pub(super) fn refuse_at(&self, desk: Desk<'_>, game_id: u32, code: u32, words: &str) {
        desk.hall.counters.refused.fetch_add(1, Relaxed);
        self.say(PokerError {
            serial: self.player(),
            game_id,
            message: words.into(),
            code,
            other_type: desk.code,
        });
    }

    pub(super) fn refuse_malformed(&mut self, desk: Desk<'_>, error: &pickler::Error) -> Next {
        desk.hall.counters.malformed.fetch_add(1, Relaxed);
        self.malformed += 1;
        // An error may show as many bytes as the message has.
        let words: String = error.to_string().chars().take(1_000).collect();
        self.refuse(desk, 0, &words);
        if self.malformed > desk.hall.config.limits.malformed_messages {
            Next::Close(Reason::Malformed)
        } else {
            Next::Go
        }
    }

    pub(super) fn refuse_direction(&self, desk: Desk<'_>, message: &Message) {
        let words = format!("{} is not for a client to send", message.name());
        self.refuse(desk, 0, &words);
    }

    pub(super) fn refuse_unsupported(&self, desk: Desk<'_>, message: &Message) {
        let why = match message {
            Message::PokerAnte(ante) => {
                return self.refuse_at(desk, ante.game_id, 0, "the tables here have no antes");
            }
            Message::PokerStart(start) => {
                let words = "hands start by themselves when two players are ready";
                return self.refuse_at(desk, start.game_id, 0, words);
            }
            Message::PokerSetAccount(_)
            | Message::PokerCreateAccount(_)
            | Message::PokerPersonalInfo(_) => {
                "accounts are made by the first login and hold a name and a password only"
            }
            Message::PokerTourneyRequestPlayersList(_)
            | Message::PokerTourneyRegister(_)
            | Message::PokerTourneyUnregister(_)
            | Message::PokerGetTourneyManager(_)
            | Message::PokerCreateTourney(_) => "there are no tournaments here",
            Message::PokerCashIn(_)
            | Message::PokerCashOut(_)
            | Message::PokerCashOutCommit(_)
            | Message::PokerCashQuery(_) => "this is play money, which is not changed for other",
            Message::PokerGetPlayerImage(_) | Message::PokerPlayerImage(_) => {
                "no images are kept here"
            }
            Message::PokerHandReplay(_) => "wanted POKER_HAND_HISTORY: hands are not replayed",
            Message::PokerLongPoll | Message::PokerLongPollReturn => {
                "messages come by themselves on this connection"
            }
            _ => "the server does not offer this",
        };
        self.refuse(desk, 0, &format!("{}: {why}", message.name()));
    }
}
