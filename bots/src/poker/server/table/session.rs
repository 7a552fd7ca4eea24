//! The table, and following what the game says.

use std::mem;
use std::sync::atomic::Ordering::Relaxed;
use std::time::{Instant, SystemTime};

use pokersource::{Message, PokerPlayerArrive, PokerSeats, PokerTable, Str16};

use super::deadlines::Deadlines;
use super::setup::Setup;
use super::speech::{Audience, Listener, Speech};
use super::telling::Telling;
use crate::poker::rules::{
    BlindKind, Command, Event, PlayerId, Refusal, SeatView, Table, TableError,
};
use crate::poker::server::bank::{Bank, HandRecord};
use crate::poker::server::presence::Presence;
use crate::poker::server::stats::Counters;

/// What a table needs of the house, and the time.
#[derive(Clone, Copy)]
pub(in crate::poker::server) struct Context<'a> {
    pub bank: &'a Bank,
    pub presence: &'a Presence,
    pub counters: &'a Counters,
    pub now: Instant,
}

/// Who takes a seat, as the others see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::poker::server) struct Guest {
    pub player: PlayerId,
    pub name: Str16,
    pub outfit: Str16,
    pub url: Str16,
}

/// A table in the house.
#[derive(Debug)]
pub(in crate::poker::server) struct TableSession {
    pub(super) setup: Setup,
    pub(super) game: Table,
    pub(super) listeners: Vec<Listener>,
    /// Who sits here.
    pub(super) guests: Vec<Guest>,
    /// Players without a connection, and until when their seats are kept.
    pub(super) held: Vec<(PlayerId, Instant)>,
    /// What happened in the running hand.
    pub(super) told: Vec<Event>,
    pub(super) telling: Telling,
    pub(super) deadlines: Deadlines,
    pub(super) speech: Speech,
    figures: Figures,
    /// Reused from command to command.
    events: Vec<Event>,
}

/// What the list of tables says about the play.
#[derive(Clone, Copy, Debug)]
struct Figures {
    opened: Option<Instant>,
    hands: u64,
    flops: u64,
    pots: u64,
}

impl TableSession {
    /// An empty table.
    pub fn new(setup: Setup) -> Result<Self, TableError> {
        Ok(Self {
            game: Table::new(setup.structure, setup.seats)?,
            listeners: Vec::new(),
            guests: Vec::new(),
            held: Vec::new(),
            told: Vec::new(),
            telling: Telling {
                game_id: setup.id,
                hand_serial: 0,
                started: 0,
            },
            deadlines: Deadlines::default(),
            speech: Speech::default(),
            figures: Figures {
                opened: None,
                hands: 0,
                flops: 0,
                pots: 0,
            },
            events: Vec::new(),
            setup,
        })
    }

    /// How the table is described to clients.
    pub fn describe(&self, reason: &str, now: Instant) -> PokerTable {
        let figures = &self.figures;
        let hours = figures
            .opened
            .map_or(0.0, |opened| (now - opened).as_secs_f64() / 3_600.0);
        // Rounded figures for people: saturating casts are what is wanted.
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss
        )]
        let hands_per_hour = (figures.hands as f64 / hours.max(1.0 / 60.0)) as u16;
        let percent_flop = 100 * figures.flops / figures.hands.max(1);
        PokerTable {
            average_pot: figures
                .pots
                .checked_div(figures.hands)
                .and_then(|pot| u32::try_from(pot).ok())
                .unwrap_or(0),
            hands_per_hour,
            percent_flop: u8::try_from(percent_flop).unwrap_or(100),
            players: u8::try_from(self.guests.len()).unwrap_or(u8::MAX),
            observers: u16::try_from(self.onlookers()).unwrap_or(u16::MAX),
            reason: reason.into(),
            ..self.setup.describe()
        }
    }

    /// How many sit here.
    pub fn seated(&self) -> usize {
        self.guests.len()
    }

    /// Someone can sit down.
    pub fn has_free_seat(&self) -> bool {
        self.guests.len() < usize::from(self.setup.seats)
    }

    /// Nobody sits here, and nobody listens.
    pub fn is_deserted(&self) -> bool {
        self.guests.is_empty() && self.listeners.is_empty()
    }

    /// All money at the table.
    pub fn total_chips(&self) -> u64 {
        self.game.total_chips()
    }

    fn onlookers(&self) -> usize {
        let sits = |listener: &&Listener| self.guest(listener.player).is_some();
        self.listeners.len() - self.listeners.iter().filter(sits).count()
    }

    pub(super) fn guest(&self, player: PlayerId) -> Option<&Guest> {
        self.guests.iter().find(|guest| guest.player == player)
    }

    /// Has the game carry out a command, and follows what it says.
    pub(super) fn apply(&mut self, context: Context<'_>, command: Command) -> Result<(), Refusal> {
        let mut events = mem::take(&mut self.events);
        events.clear();
        let result = self.game.apply(command, &mut events);
        if result.is_ok() {
            put_winners_before_stacks(&mut events);
            self.follow(context, &events);
        }
        self.events = events;
        result
    }

    /// Ends every request: renews the deadlines and delivers what was said.
    pub(super) fn settle(&mut self, context: Context<'_>) {
        self.deadlines
            .renew(&self.game, &self.setup.timing, context.now);
        self.speech.deliver(&self.listeners);
    }

    fn follow(&mut self, context: Context<'_>, events: &[Event]) {
        let starts = |event: &Event| matches!(event, Event::HandStarted { .. });
        let mut in_hand = !self.told.is_empty() || events.iter().any(starts);
        // The stack of who brings money during a hand is no part of it.
        let mut brought_money = false;
        for event in events {
            if starts(event) {
                self.note_start(context);
            }
            self.tell(event);
            let is_brought = mem::replace(
                &mut brought_money,
                matches!(event, Event::BoughtIn { .. } | Event::Rebought { .. }),
            );
            if in_hand && !is_brought && is_of_a_hand(event) {
                self.told.push(*event);
            }
            match *event {
                Event::Joined { player, .. } => {
                    context.presence.seated(player, self.setup.id);
                }
                Event::Left { player, money, .. } => {
                    context.bank.leave(player, self.setup.id, money);
                    context.presence.left(player, self.setup.id);
                    self.guests.retain(|guest| guest.player != player);
                    self.held.retain(|&(held, _)| held != player);
                }
                Event::HandEnded { .. } => {
                    in_hand = false;
                    self.note_end(context);
                }
                Event::Canceled { .. } => {
                    in_hand = false;
                    self.told.clear();
                }
                _ => {}
            }
        }
    }

    fn note_start(&mut self, context: Context<'_>) {
        self.telling.hand_serial = context.bank.next_hand_serial();
        let since_1970 = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        let seconds = since_1970.map_or(0, |since| since.as_secs());
        self.telling.started = u32::try_from(seconds).unwrap_or(u32::MAX);
        self.figures.opened.get_or_insert(context.now);
        context.counters.hands_started.fetch_add(1, Relaxed);
    }

    fn note_end(&mut self, context: Context<'_>) {
        let events = mem::take(&mut self.told);
        context.counters.hands_played.fetch_add(1, Relaxed);
        let won = events.iter().map(|event| match event {
            Event::Won { amount, .. } => u64::from(*amount),
            _ => 0,
        });
        self.figures.hands += 1;
        self.figures.pots += won.sum::<u64>();
        let flop = |event: &Event| matches!(event, Event::Board { .. });
        self.figures.flops += u64::from(events.iter().any(flop));
        let Some(summary) = self.game.last_hand() else {
            return;
        };
        let named = summary.results.iter().map(|result| {
            let name = self.guest(result.player).map(|guest| guest.name.clone());
            (result.player, name.unwrap_or_default())
        });
        context.bank.hand_played(&HandRecord {
            serial: self.telling.hand_serial,
            table: self.setup.id,
            started: self.telling.started,
            names: named.collect(),
            summary: *summary,
            events,
        });
    }

    fn tell(&mut self, event: &Event) {
        let speech = &mut self.speech;
        self.telling.tell(event, &mut |audience, message| {
            speech.say(audience, &message);
        });
        if let Event::Joined { player, .. } = *event
            && let Some(seat) = self.game.player(player)
        {
            let arrival = self.arrival(&seat);
            self.speech.say(Audience::All, &arrival);
            let seats = self.seats();
            self.speech.say(Audience::All, &seats);
            self.tell(&Event::Chips {
                player,
                bet: seat.bet,
                money: seat.money,
            });
        }
    }

    /// Who sits where.
    pub(super) fn seats(&self) -> Message {
        let mut seats = vec![0; usize::from(self.game.capacity())];
        for view in self.game.players() {
            seats[usize::from(view.seat)] = view.player;
        }
        PokerSeats {
            seats,
            game_id: self.setup.id,
        }
        .into()
    }

    /// A player, as told to who did not see them come.
    pub(super) fn arrival(&self, seat: &SeatView) -> Message {
        let guest = self.guest(seat.player);
        let looks = |of: fn(&Guest) -> &Str16| guest.map_or_else(Str16::new, |g| of(g).clone());
        PokerPlayerArrive {
            serial: seat.player,
            game_id: self.setup.id,
            name: looks(|guest| &guest.name),
            outfit: looks(|guest| &guest.outfit),
            url: looks(|guest| &guest.url),
            blind: seat.owes.map_or("None", BlindKind::name).into(),
            remove_next_turn: seat.leaves,
            sit_out: seat.sits_out,
            sit_out_next_turn: seat.sits_out_next_hand,
            auto: self.held.iter().any(|&(held, _)| held == seat.player),
            auto_blind_ante: seat.auto_blind,
            wait_for: seat.waits_for_big_blind,
            buy_in_payed: seat.money > 0 || seat.in_hand,
            seat: Some(seat.seat),
        }
        .into()
    }
}

/// Whether an event is told again to who comes during the hand.
fn is_of_a_hand(event: &Event) -> bool {
    !matches!(
        event,
        Event::Joined { .. }
            | Event::Left { .. }
            | Event::BoughtIn { .. }
            | Event::RebuyWaits { .. }
            | Event::Rebought { .. }
            | Event::Sat { .. }
            | Event::SatOut { .. }
            | Event::SitsOutNextHand { .. }
            | Event::AutoBlind { .. }
            | Event::WaitsForBigBlind { .. }
    )
}

/// The protocol says who won right after the state `end`; the winners' stacks
/// come then.
fn put_winners_before_stacks(events: &mut [Event]) {
    let ended = |event: &Event| matches!(event, Event::HandEnded { .. });
    if let Some(end) = events.iter().position(ended) {
        let stacks = events[..end]
            .iter()
            .rev()
            .take_while(|event| matches!(event, Event::Chips { .. }))
            .count();
        events[end - stacks..=end].rotate_right(1);
    }
}
