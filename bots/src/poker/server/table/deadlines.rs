//! What happens by itself: decisions that do not come, the next hand, seats
//! that are kept no longer.

use std::sync::atomic::Ordering::Relaxed;
use std::time::{Duration, Instant};

use pokersource::{PokerTimeoutNotice, PokerTimeoutWarning};

use super::session::{Context, TableSession};
use super::speech::Audience;
use crate::poker::rules::{Command, Deck, Players, Table, Waiting};
use crate::poker::server::config::Timing;

/// How long the next hand waits when the store is behind.
const BACK_OFF: Duration = Duration::from_millis(10);

/// When a table has to be looked at though nobody asks for anything.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Deadlines {
    /// The decision that the next two are for.
    decision: u64,
    warn: Option<Instant>,
    decide: Option<Instant>,
    next_hand: Option<Instant>,
}

impl Deadlines {
    /// Sets the deadlines as the game now stands.
    pub fn renew(&mut self, game: &Table, timing: &Timing, now: Instant) {
        match game.waiting() {
            None => (self.warn, self.decide) = (None, None),
            Some(_) if self.decision == game.decisions() => {}
            Some(Waiting::Muck(_)) => {
                self.decision = game.decisions();
                self.warn = None;
                self.decide = Some(now + timing.muck_timeout);
            }
            Some(Waiting::Blind { .. } | Waiting::Action(_)) => {
                self.decision = game.decisions();
                self.warn = Some(now + timing.player_timeout / 2);
                self.decide = Some(now + timing.player_timeout);
            }
        }
        if game.can_start().is_err() {
            self.next_hand = None;
        } else if self.next_hand.is_none() {
            self.next_hand = Some(now + timing.hand_delay);
        }
    }
}

/// Takes a deadline that has come.
fn take_due(deadline: &mut Option<Instant>, now: Instant) -> bool {
    deadline.take_if(|deadline| *deadline <= now).is_some()
}

impl TableSession {
    /// When [`tick`](Self::tick) has something to do, if nothing happens
    /// before.
    pub fn deadline(&self) -> Option<Instant> {
        let held = self.held.iter().map(|&(_, until)| until);
        let own = [
            self.deadlines.warn,
            self.deadlines.decide,
            self.deadlines.next_hand,
        ];
        own.into_iter().flatten().chain(held).min()
    }

    /// Does what has become due.
    pub fn tick(&mut self, context: Context<'_>) {
        let now = context.now;
        self.held.sort_by_key(|&(_, until)| until);
        while let Some(&(player, until)) = self.held.first()
            && until <= now
        {
            self.held.remove(0);
            // Refused to who leaves already, after the hand.
            let _ = self.apply(context, Command::Leave { player });
        }
        if take_due(&mut self.deadlines.warn, now) {
            self.warn(now);
        }
        if take_due(&mut self.deadlines.decide, now) {
            self.time_out(context);
        }
        if take_due(&mut self.deadlines.next_hand, now) {
            self.next_hand(context);
        }
        self.settle(context);
    }

    fn next_hand(&mut self, context: Context<'_>) {
        if context.bank.is_behind() {
            self.deadlines.next_hand = Some(context.now + BACK_OFF);
            return;
        }
        let deck = Deck::shuffled(self.setup.seed, self.setup.id, self.game.next_hand());
        // Refused if too few are ready by now.
        let _ = self.apply(context, Command::StartHand { deck });
    }

    fn warn(&mut self, now: Instant) {
        let left = self.deadlines.decide.map_or(0, |decide| {
            decide.duration_since(now).as_millis().div_ceil(1_000)
        });
        for serial in &self.awaited() {
            let warning = PokerTimeoutWarning {
                serial: *serial,
                game_id: self.setup.id,
                timeout: u32::try_from(left).unwrap_or(u32::MAX),
            };
            self.speech.say(Audience::All, &warning.into());
        }
    }

    fn time_out(&mut self, context: Context<'_>) {
        for &player in &self.awaited() {
            let notice = PokerTimeoutNotice {
                serial: player,
                game_id: self.setup.id,
            };
            self.speech.say(Audience::All, &notice.into());
            context.counters.timeouts.fetch_add(1, Relaxed);
            // Refused if another's time-out has ended the question.
            let _ = self.apply(context, Command::Timeout { player });
        }
    }

    /// Whose decision the game waits for.
    fn awaited(&self) -> Players {
        match self.game.waiting() {
            None => Players::default(),
            Some(Waiting::Blind { player, .. }) => [player].into_iter().collect(),
            Some(Waiting::Action(actions)) => [actions.player].into_iter().collect(),
            Some(Waiting::Muck(players)) => players,
        }
    }
}
