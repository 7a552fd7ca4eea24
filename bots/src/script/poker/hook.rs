//! Follows the messages of a poker session.

use std::sync::Arc;

use pickler::dynamic::{self, Value};
use pickler::framing::Cut;

use super::Strength;
use super::hand::Hand;
use crate::protocol::{
    Catalogue, Clock, Datum, Effects, Hook, MessageId, MessageSet, Packet, Random,
};

/// The messages that a bot follows.
pub(super) const WATCHED: [&str; 25] = [
    "SERIAL",
    "POKER_TABLE",
    "POKER_TABLE_LIST",
    "POKER_TABLE_DESTROY",
    "POKER_BUY_IN_LIMITS",
    "POKER_SEAT",
    "POKER_START",
    "POKER_IN_GAME",
    "POKER_POSITION",
    "POKER_STATE",
    "POKER_PLAYER_CHIPS",
    "POKER_BLIND",
    "POKER_ANTE",
    "POKER_CALL",
    "POKER_RAISE",
    "POKER_CHECK",
    "POKER_FOLD",
    "POKER_PLAYER_CARDS",
    "POKER_BOARD_CARDS",
    "POKER_WIN",
    "POKER_CANCELED",
    "POKER_SIT",
    "POKER_SIT_OUT",
    "POKER_PLAYER_LEAVE",
    "POKER_ERROR",
];

/// The answers to which the server is held: the time from the player's action
/// to its broadcast.
const ACTIONS: [&str; 4] = ["POKER_CALL", "POKER_RAISE", "POKER_CHECK", "POKER_FOLD"];

/// How many tables a bot looks at when it wants a seat.
const CANDIDATES: usize = 8;

/// A card that is there but not shown.
const HIDDEN: u8 = 255;

/// The messages that the hook tells apart, found once for all bots.
pub(super) struct Names {
    actions: MessageSet,
    raise: Option<MessageId>,
    join: Option<MessageId>,
    quit: Option<MessageId>,
}

impl Names {
    pub(super) fn of(catalogue: &Catalogue) -> Self {
        Self {
            actions: catalogue.set(ACTIONS),
            raise: catalogue.by_name("POKER_RAISE"),
            join: catalogue.by_name("POKER_TABLE_JOIN"),
            quit: catalogue.by_name("POKER_TABLE_QUIT"),
        }
    }
}

/// What one bot keeps in mind of its session.
pub(super) struct PokerHook {
    names: Arc<Names>,
    strength: Strength,
    serial: u32,
    /// The table, or 0.
    game_id: u32,
    /// The least, most and usual money to sit down with.
    buy_in: [u32; 3],
    /// It has a seat at the table.
    seated: bool,
    /// It will be dealt in.
    sitting: bool,
    decision: Decision,
    hand: Hand,
}

/// What has become of the bot's turn, if it has one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Decision {
    /// All is open.
    Open,
    /// It has acted.
    Made,
    /// It wanted to raise, and was refused.
    OpenButRaise,
    /// It has acted after that, and is not asked again.
    Last,
}

impl PokerHook {
    pub(super) fn new(names: Arc<Names>, strength: Strength) -> Self {
        Self {
            names,
            strength,
            serial: 0,
            game_id: 0,
            buy_in: [0; 3],
            seated: false,
            sitting: false,
            decision: Decision::Open,
            hand: Hand::default(),
        }
    }

    fn leave_table(&mut self) {
        self.game_id = 0;
        self.buy_in = [0; 3];
        self.seated = false;
        self.sitting = false;
        self.hand = Hand::default();
    }

    fn is_my_turn(&self) -> bool {
        let hand = &self.hand;
        let is_open = matches!(self.decision, Decision::Open | Decision::OpenButRaise);
        hand.betting && is_open && self.serial != 0 && hand.to_act == Some(self.serial)
    }

    /// Whether an error is the answer to a raise.
    fn is_of_raise(&self, error: &Packet<'_>) -> bool {
        let raise = self.names.raise.map(|id| error.catalogue.message(id).tag);
        raise.is_some() && error.number("other_type").map(u128::from) == raise
    }

    /// What a player looks at before acting.
    fn turn(&self) -> Datum {
        let (bet, money) = self.hand.own(self.serial);
        Datum::record([
            ("to_call", self.hand.to_call(self.serial).into()),
            ("bet", bet.into()),
            ("money", money.into()),
            ("highest", self.hand.highest().into()),
            ("pot", self.hand.pot().into()),
            ("may_raise", (self.decision == Decision::Open).into()),
            (
                "board",
                u32::try_from(self.hand.board.len()).unwrap_or(0).into(),
            ),
        ])
    }

    fn at_own_table(&mut self, packet: &Packet<'_>, effects: &mut Effects<'_>) {
        let serial = packet.number("serial").unwrap_or(0);
        let amount = || packet.number("amount").unwrap_or(0);
        match packet.name() {
            "POKER_TABLE_DESTROY" => {
                self.leave_table();
                effects.events.push(("@table_gone", Datum::Nil));
            }
            "POKER_BUY_IN_LIMITS" => {
                self.buy_in = ["min", "max", "best"].map(|name| packet.number(name).unwrap_or(0));
            }
            "POKER_SEAT" if serial == self.serial => {
                self.seated = packet.number("seat").is_some();
            }
            "POKER_START" => self.hand.begin(),
            "POKER_IN_GAME" => self.hand.set_players(numbers(packet.field("players"))),
            "POKER_POSITION" => {
                self.hand
                    .set_position(packet.field("position").and_then(Value::as_u64));
                self.decision = Decision::Open;
                if self.is_my_turn() {
                    effects.events.push(("@turn", self.turn()));
                }
            }
            "POKER_ERROR"
                if serial == self.serial
                    && self.decision == Decision::Made
                    && self.is_of_raise(packet) =>
            {
                self.decision = Decision::OpenButRaise;
                effects.clock = Some(Clock::Stop);
                if self.is_my_turn() {
                    effects.events.push(("@turn", self.turn()));
                }
            }
            "POKER_STATE" => match packet.field("string").and_then(text) {
                Some(b"pre-flop") => self.hand.begin_round(true),
                Some(b"flop" | b"turn" | b"river" | b"third" | b"fourth" | b"fifth") => {
                    self.hand.begin_round(false);
                }
                _ => self.hand.betting = false,
            },
            "POKER_PLAYER_CHIPS" => {
                let bet = packet.number("bet").unwrap_or(0);
                let money = packet.number("money").unwrap_or(0);
                self.hand.set_stack(serial, bet, money);
            }
            "POKER_BLIND" => {
                self.hand.bet(serial, amount());
                self.hand
                    .pay_dead(serial, packet.number("dead").unwrap_or(0));
            }
            "POKER_ANTE" => self.hand.pay_dead(serial, amount()),
            "POKER_CALL" => self.hand.call(serial),
            "POKER_RAISE" => self.hand.bet(serial, amount()),
            "POKER_PLAYER_CARDS" if serial == self.serial => {
                let cards = cards(packet);
                if !cards.contains(&HIDDEN) {
                    self.hand.hole = cards;
                }
            }
            "POKER_BOARD_CARDS" => self.hand.board = cards(packet),
            "POKER_WIN" => {
                self.hand.betting = false;
                let winners = numbers(packet.field("serials"));
                let played = self.serial != 0 && self.hand.plays(self.serial);
                effects.hands += u32::from(played);
                let hand = [
                    ("played", played.into()),
                    ("won", winners.contains(&self.serial).into()),
                    ("winners", Datum::list(winners.into_iter().map(Datum::from))),
                ];
                effects.events.push(("@hand_over", Datum::record(hand)));
            }
            "POKER_CANCELED" => self.hand.betting = false,
            "POKER_SIT" if serial == self.serial => {
                self.seated = true;
                self.sitting = true;
            }
            "POKER_SIT_OUT" if serial == self.serial => {
                self.sitting = false;
                effects.events.push(("@sat_out", Datum::Nil));
            }
            "POKER_PLAYER_LEAVE" => {
                self.hand.remove(serial);
                if serial == self.serial {
                    self.seated = false;
                    self.sitting = false;
                    effects.events.push(("@left", Datum::Nil));
                }
            }
            _ => {}
        }
        if serial == self.serial && self.names.actions.contains(packet.id) {
            effects.clock = Some(Clock::Stop);
        }
    }
}

impl Hook for PokerHook {
    fn received(&mut self, packet: &Packet<'_>, effects: &mut Effects<'_>) {
        match packet.name() {
            "SERIAL" => {
                self.serial = packet.number("serial").unwrap_or(0);
                effects.fields.push(("serial", self.serial.into()));
            }
            "POKER_TABLE_LIST" => {
                let tables = free_tables(packet, effects.random);
                effects.events.push(("@tables", Datum::list(tables)));
            }
            "POKER_TABLE" => {
                let id = packet.number("id").unwrap_or(0);
                let reason = packet.field("reason").and_then(text);
                // Joined, created or picked: all but listed.
                if reason
                    .is_some_and(|reason| reason.starts_with(b"Table") && reason != b"TableList")
                {
                    if id != self.game_id {
                        self.leave_table();
                    }
                    self.game_id = id;
                }
            }
            _ if packet.number("game_id") == Some(self.game_id) && self.game_id != 0 => {
                self.at_own_table(packet, effects);
            }
            _ => {}
        }
    }

    fn sent(&mut self, message: MessageId, values: &Value, effects: &mut Effects<'_>) {
        if self.names.actions.contains(message) {
            self.decision = match self.decision {
                Decision::Open | Decision::Made => Decision::Made,
                Decision::OpenButRaise | Decision::Last => Decision::Last,
            };
            effects.clock = Some(Clock::Start);
        } else if Some(message) == self.names.quit {
            let quit = values.field("game_id").and_then(Value::as_u64);
            if quit == Some(self.game_id.into()) {
                self.leave_table();
            }
        } else if Some(message) == self.names.join {
            self.hand = Hand::default();
        }
    }

    fn fill(&self, _: MessageId, field: &str) -> Option<Value> {
        match field {
            "serial" if self.serial != 0 => Some(self.serial.into()),
            "game_id" if self.game_id != 0 => Some(self.game_id.into()),
            _ => None,
        }
    }

    fn ask(&mut self, question: &str, _: &[Datum], _: &mut Random) -> Result<Datum, String> {
        Ok(match question {
            "turn" if self.is_my_turn() => self.turn(),
            "turn" => Datum::Nil,
            "hand_strength" => {
                if self.hand.hole.is_empty() {
                    Datum::Nil
                } else {
                    Datum::Number((self.strength)(&self.hand.hole, &self.hand.board))
                }
            }
            "table" => self.game_id.into(),
            "seated" => self.seated.into(),
            "sitting" => self.sitting.into(),
            "in_hand" => self.hand.plays(self.serial).into(),
            "money" => self.hand.own(self.serial).1.into(),
            "pot" => self.hand.pot().into(),
            "cards" => Datum::list(self.hand.hole.iter().map(|card| card_name(*card))),
            "board" => Datum::list(self.hand.board.iter().map(|card| card_name(*card))),
            "buy_in" => {
                let [min, max, best] = self.buy_in.map(Datum::from);
                Datum::record([("min", min), ("max", max), ("best", best)])
            }
            other => return Err(format!("nothing is known of `{other}`")),
        })
    }

    fn disconnected(&mut self) {
        self.serial = 0;
        self.decision = Decision::Open;
        self.leave_table();
    }
}

/// Some tables with a free seat, beginning anywhere in the list, those with the
/// most players first: people sit down where others sit.
///
/// A list has hundreds of tables, and bots come by the thousand: only those
/// that are looked at are read.
fn free_tables(packet: &Packet<'_>, random: &mut Random) -> Vec<Datum> {
    let framing = packet.catalogue.framing();
    let Some(header) = framing.header() else {
        return Vec::new();
    };
    // Behind the header, the count of the list.
    let mut rest = packet.frame.get(header + 2..).unwrap_or(&[]);
    let mut frames = Vec::new();
    while let Ok(Cut::Frame(size)) = framing.cut(rest) {
        frames.push(&rest[..size]);
        rest = &rest[size..];
    }
    let count = i64::try_from(frames.len()).unwrap_or(0);
    if count == 0 {
        return Vec::new();
    }
    let start = usize::try_from(random.within(0..=count - 1)).unwrap_or(0);
    frames.rotate_left(start);
    let mut free: Vec<(u32, u32)> = frames
        .into_iter()
        .filter_map(|frame| {
            let table = dynamic::decode(packet.catalogue.schema(), frame).ok()?;
            let Value::Variant(table) = table else {
                return None;
            };
            let number = |name| table.body.field(name).and_then(Value::as_u64);
            let (id, seats, players) = (number("id")?, number("seats")?, number("players")?);
            (players < seats).then_some((u32::try_from(players).ok()?, u32::try_from(id).ok()?))
        })
        .take(CANDIDATES)
        .collect();
    free.sort_by_key(|(players, _)| std::cmp::Reverse(*players));
    free.into_iter().map(|(_, id)| id.into()).collect()
}

fn numbers(list: Option<&Value>) -> Vec<u32> {
    match list {
        Some(Value::List(items)) => items
            .iter()
            .filter_map(|item| u32::try_from(item.as_u64()?).ok())
            .collect(),
        _ => Vec::new(),
    }
}

fn cards(packet: &Packet<'_>) -> Vec<u8> {
    numbers(packet.field("cards"))
        .into_iter()
        .map(|card| u8::try_from(card).unwrap_or(HIDDEN))
        .collect()
}

fn text(value: &Value) -> Option<&[u8]> {
    match value {
        Value::Text(text) => Some(text.as_bytes()),
        Value::Bytes(bytes) => Some(bytes),
        _ => None,
    }
}

/// A card as players write it, such as `Ah`: ranks from the deuce, suits in the
/// order hearts, diamonds, clubs, spades.
fn card_name(card: u8) -> Datum {
    let rank = b"23456789TJQKA".get(usize::from(card % 13));
    let suit = b"hdcs".get(usize::from(card / 13));
    match (rank, suit) {
        (Some(rank), Some(suit)) => Datum::Text([*rank, *suit].into()),
        _ => Datum::from("??"),
    }
}
