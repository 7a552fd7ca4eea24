//! What the player in turn may do.

use super::Table;
use super::state::{Hand, Stake};
use crate::poker::rules::{Betting, Chips, PlayerId, SeatNumber};

/// What the player in turn may do besides folding. All amounts are chips that
/// go from the stack to the bet, as in the protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LegalActions {
    /// Who is in turn.
    pub player: PlayerId,
    /// What a call takes: less than the bet to match when the stack is. 0
    /// means that the player may check, and not call.
    pub to_call: Chips,
    /// How much a bet or raise may be; `None` when none is allowed.
    pub raise: Option<RaiseRange>,
    /// All chips bet in the hand so far, by all players.
    pub pot: Chips,
}

impl LegalActions {
    /// The legal raise nearest to the one asked for, 0 being the least: the
    /// protocol's way with raises that are too small or too large. `None` when
    /// no raise is allowed.
    pub fn nearest_raise(&self, amount: Chips) -> Option<Chips> {
        self.raise.map(|range| amount.clamp(range.min, range.max))
    }
}

/// How many chips a bet or raise may move from stack to bet: the call
/// included, both ends allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RaiseRange {
    /// The fewest; all the player has when that is less than a full raise.
    pub min: Chips,
    /// The most.
    pub max: Chips,
}

/// Bets in one round with a fixed limit, the first one and the raises.
const CAP: u8 = 4;

impl Table {
    /// What the player in turn may do; `None` when no bet is awaited.
    pub fn legal_actions(&self) -> Option<LegalActions> {
        let hand = self.hand.as_ref()?;
        let number = hand.turn.filter(|_| hand.phase.is_betting())?;
        let seat = self.taken(number);
        Some(LegalActions {
            player: seat.player,
            to_call: self.due(number).min(seat.money),
            raise: self.raise_range(number),
            pot: clamp(hand.pot()),
        })
    }

    /// What the player would have to add to match the bet, had they enough.
    ///
    /// When nobody else can bet any more, that is no more than the others have
    /// bet: it may be less than a blind that could not be paid in full.
    pub(super) fn due(&self, number: SeatNumber) -> Chips {
        let hand = self.running();
        let level = if self.others_can_bet(number) {
            hand.round.highest
        } else {
            hand.highest_other(number)
        };
        level.saturating_sub(hand.dealt(number).bet)
    }

    /// Whether the table has to wait for the player in this round.
    pub(super) fn must_act(&self, number: SeatNumber) -> bool {
        let hand = self.running();
        self.can_bet(number)
            && (self.due(number) > 0
                || (self.others_can_bet(number) && hand.dealt(number).acted_at.is_none()))
    }

    fn can_bet(&self, number: SeatNumber) -> bool {
        self.running().is_live(number) && self.taken(number).money > 0
    }

    fn others_can_bet(&self, number: SeatNumber) -> bool {
        (0..self.capacity).any(|other| other != number && self.can_bet(other))
    }

    /// Whether a raise can be called: whether another player could bet more
    /// than the bet to match.
    fn others_can_call_more(&self, number: SeatNumber) -> bool {
        let hand = self.running();
        (0..self.capacity).any(|other| {
            other != number
                && self.can_bet(other)
                && hand.dealt(other).bet + self.taken(other).money > hand.round.highest
        })
    }

    fn raise_range(&self, number: SeatNumber) -> Option<RaiseRange> {
        let hand = self.running();
        let round = &hand.round;
        let stake = hand.dealt(number);
        let money = self.taken(number).money;
        let due = self.due(number);
        let limit = self.structure.betting() == Betting::FixedLimit;
        let allowed = self.others_can_call_more(number)
            && money > due
            && self.is_open_to(stake)
            && !(limit && round.bets >= CAP);
        if !allowed {
            return None;
        }
        // All sums stay below the largest structure's amounts and the table's
        // money, so they fit; 64 bits spare the proof of it.
        let base = if limit { round.full } else { round.highest };
        let min = u64::from(base) + u64::from(round.step) - u64::from(stake.bet);
        let max = match self.structure.betting() {
            Betting::FixedLimit => min,
            Betting::PotLimit => min.max(2 * u64::from(due) + hand.pot()),
            Betting::NoLimit => u64::from(money),
        };
        Some(RaiseRange {
            min: clamp(min).min(money),
            max: clamp(max).min(money),
        })
    }

    /// Whether the player has not acted yet, or faces a full raise since.
    fn is_open_to(&self, stake: &Stake) -> bool {
        let round = &self.running().round;
        stake
            .acted_at
            .is_none_or(|acted_at| round.highest - acted_at >= self.counts_as_full())
    }

    /// The least raise that counts as a full one.
    pub(super) fn counts_as_full(&self) -> Chips {
        let step = self.running().round.step;
        match self.structure.betting() {
            Betting::FixedLimit => step.div_ceil(2),
            Betting::PotLimit | Betting::NoLimit => step,
        }
    }
}

impl Hand {
    /// All chips bet in the hand.
    pub(super) fn pot(&self) -> u64 {
        let bets: u64 = self
            .stakes
            .iter()
            .flatten()
            .map(|stake| u64::from(stake.total))
            .sum();
        bets + u64::from(self.dead)
    }

    /// The highest bet in this round of another player who has not folded.
    fn highest_other(&self, number: SeatNumber) -> Chips {
        (0..)
            .zip(&self.stakes)
            .filter(|&(other, _)| other != number)
            .filter_map(|(_, stake)| stake.as_ref())
            .filter(|stake| !stake.folded)
            .map(|stake| stake.bet)
            .max()
            .unwrap_or(0)
    }
}

fn clamp(amount: u64) -> Chips {
    Chips::try_from(amount).unwrap_or(Chips::MAX)
}
