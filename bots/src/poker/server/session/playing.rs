//! What is asked of a table.

use pokersource::{Message, PokerAutoMuck, PokerChat, PokerSeat};

use super::client::{Desk, Session};
use crate::poker::rules::{Command, PlayerId};
use crate::poker::server::table::{Context, Problem, TableSession};

impl Session {
    /// Does something at a table that the client is at, or says why not.
    /// `serial` is the player that the message names: the client's own, or 0.
    pub(super) fn at_table<R>(
        &self,
        desk: Desk<'_>,
        serial: PlayerId,
        game_id: u32,
        work: impl FnOnce(&mut TableSession, Context<'_>) -> Result<R, Problem>,
    ) -> Option<R> {
        if serial != 0 && serial != self.player() {
            let words = format!("player {serial} is not logged in here");
            self.refuse_at(desk, game_id, 0, &words);
            return None;
        }
        let Some(place) = self.place(game_id) else {
            self.refuse_at(
                desk,
                game_id,
                0,
                "not at this table: wanted POKER_TABLE_JOIN",
            );
            return None;
        };
        match desk.hall.at(place, desk.now, work) {
            Some(Ok(result)) => return Some(result),
            Some(Err(problem)) => self.refuse_at(desk, game_id, 0, &problem.to_string()),
            None => self.refuse_at(desk, game_id, 0, "the table is gone"),
        }
        None
    }

    /// One step of the game.
    pub(super) fn act(&self, desk: Desk<'_>, serial: PlayerId, game_id: u32, command: Command) {
        self.at_table(desk, serial, game_id, |table, context| {
            table.act(context, command)
        });
    }

    pub(super) fn seat(&self, desk: Desk<'_>, wanted: &PokerSeat) {
        let &PokerSeat {
            serial,
            game_id,
            seat,
        } = wanted;
        if !self.plays {
            let words = "the role PLAY is lacking: wanted POKER_SET_ROLE";
            return self.refuse_at(desk, game_id, PokerSeat::ROLE_PLAY, words);
        }
        let Some(guest) = self.as_guest() else { return };
        let player = guest.player;
        let given = self.at_table(desk, serial, game_id, |table, context| {
            table.seat(context, guest, seat)
        });
        if given.is_some() {
            self.tell_user_info(desk);
        }
        self.say(PokerSeat {
            serial: player,
            game_id,
            seat: given,
        });
    }

    pub(super) fn auto_muck(&self, desk: Desk<'_>, muck: &PokerAutoMuck) {
        let command = Command::AutoMuck {
            player: self.player(),
            winning: muck.auto_muck & 1 != 0,
            losing: muck.auto_muck & 2 != 0,
        };
        self.act(desk, muck.serial, muck.game_id, command);
    }

    pub(super) fn chat(&self, desk: Desk<'_>, chat: PokerChat) {
        let player = self.player();
        let limit = desk.hall.config.limits.chat_bytes;
        let mut message = chat.message;
        if message.len() > limit {
            // Not within a character, where there are any.
            let is_inside = |at: usize| message[at] & 0xC0 == 0x80;
            let end = (limit.saturating_sub(3)..=limit)
                .rev()
                .find(|&at| !is_inside(at));
            message.truncate(end.unwrap_or(limit));
        }
        self.at_table(desk, chat.serial, chat.game_id, |table, context| {
            table.chat(context, player, message);
            Ok(())
        });
    }

    /// Notes how far the client has shown the hand: nobody waits for it here.
    pub(super) fn acknowledge(&self, desk: Desk<'_>, serial: PlayerId, game_id: u32) {
        if self
            .at_table(desk, serial, game_id, |_, _| Ok(()))
            .is_some()
        {
            self.say(Message::Ack);
        }
    }
}
