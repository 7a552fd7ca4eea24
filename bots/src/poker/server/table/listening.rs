//! Coming to listen to a table, the replay of its running hand, and going.

use pokersource::{
    PlayerRow, PokerAutoFold, PokerBatchMode, PokerBuyInLimits, PokerPlayerChips, PokerPlayersList,
    PokerSit, PokerStreamMode,
};

use super::session::{Context, TableSession};
use super::speech::{Audience, ConnectionId, Listener};
use crate::poker::rules::{Command, PlayerId, SeatView};

impl TableSession {
    /// Someone comes to listen, and is told how the table stands and what
    /// happened in the running hand: a player that is in it sees the own cards
    /// again. Who listens already is told once more.
    pub fn enter(&mut self, context: Context<'_>, listener: Listener, reason: &str) {
        let connection = listener.connection;
        let viewer = listener.player;
        self.listeners
            .retain(|other| other.connection != connection);
        self.held.retain(|&(held, _)| held != viewer);
        self.listeners.push(listener);
        self.tell_state(context, connection, reason);
        self.replay(connection, viewer);
        let stream = PokerStreamMode {
            serial: viewer,
            game_id: self.setup.id,
        };
        self.speech
            .say(Audience::Connection(connection), &stream.into());
        self.settle(context);
    }

    fn tell_state(&mut self, context: Context<'_>, connection: ConnectionId, reason: &str) {
        let to = Audience::Connection(connection);
        let game_id = self.setup.id;
        let table = self.describe(reason, context.now);
        self.speech.say(to, &table.into());
        let limits = self.setup.structure.buy_in();
        let limits = PokerBuyInLimits {
            game_id,
            min: limits.min,
            max: limits.max,
            best: limits.best,
            rebuy_min: limits.min,
        };
        self.speech.say(to, &limits.into());
        let batch = PokerBatchMode { serial: 0, game_id };
        self.speech.say(to, &batch.into());
        let seats: Vec<SeatView> = self.game.players().collect();
        for seat in &seats {
            let arrival = self.arrival(seat);
            self.speech.say(to, &arrival);
            let serial = seat.player;
            if !seat.in_hand {
                let chips = PokerPlayerChips {
                    serial,
                    game_id,
                    bet: 0,
                    money: seat.money,
                };
                self.speech.say(to, &chips.into());
                if !seat.sits_out {
                    self.speech.say(to, &PokerSit { serial, game_id }.into());
                }
            }
            if seat.sits_out_next_hand {
                let fold = PokerAutoFold { serial, game_id };
                self.speech.say(to, &fold.into());
            }
        }
        let seats = self.seats();
        self.speech.say(to, &seats);
    }

    fn replay(&mut self, connection: ConnectionId, viewer: PlayerId) {
        let Self {
            told,
            telling,
            speech,
            ..
        } = self;
        for event in told.iter() {
            telling.tell(event, &mut |audience, message| {
                let is_meant = match audience {
                    Audience::All => true,
                    Audience::Player(player) => player == viewer,
                    Audience::AllBut(player) => player != viewer,
                    Audience::Connection(_) => false,
                };
                if is_meant {
                    speech.say(Audience::Connection(connection), &message);
                }
            });
        }
    }

    /// Who listens has logged in.
    pub fn identify(&mut self, connection: ConnectionId, player: PlayerId) {
        self.held.retain(|&(held, _)| held != player);
        for listener in &mut self.listeners {
            if listener.connection == connection {
                listener.player = player;
            }
        }
    }

    /// A connection is gone. If a player sat behind it, the seat is kept for
    /// a while.
    pub fn lose(&mut self, context: Context<'_>, connection: ConnectionId) {
        let gone = self
            .listeners
            .iter()
            .position(|listener| listener.connection == connection)
            .map(|index| self.listeners.remove(index));
        if let Some(Listener { player, .. }) = gone
            && self.guest(player).is_some()
            && !self.listeners.iter().any(|other| other.player == player)
        {
            let until = context.now + self.setup.timing.seat_hold;
            self.held.push((player, until));
        }
        self.settle(context);
    }

    /// A client leaves on purpose: also its seat, if it has one.
    pub fn quit(&mut self, context: Context<'_>, connection: ConnectionId, player: PlayerId) {
        self.listeners
            .retain(|other| other.connection != connection);
        if self.guest(player).is_some() {
            // Refused to who leaves already, after the hand.
            let _ = self.apply(context, Command::Leave { player });
        }
        self.settle(context);
    }

    /// The names and stacks of who sits here.
    pub fn players_list(&self, serial: PlayerId) -> PokerPlayersList {
        let rows = self.game.players().map(|seat| PlayerRow {
            name: self
                .guest(seat.player)
                .map(|guest| guest.name.clone())
                .unwrap_or_default(),
            chips: seat.money,
            flag: 0,
        });
        PokerPlayersList {
            serial,
            game_id: self.setup.id,
            players: rows.collect(),
        }
    }
}
