//! Finding, making, entering and leaving tables.

use std::sync::Arc;
use std::time::{Duration, Instant};

use pokersource::{
    Message, PokerSeat, PokerTable, PokerTableJoin, PokerTableList, PokerTablePicker,
    PokerTableSelect, Str16,
};

use super::client::{Desk, Session};
use crate::poker::rules::{Command, MAX_SEATS, Structure};
use crate::poker::server::hall::Hall;
use crate::poker::server::lobby::Place;
use crate::poker::server::selection::Selection;
use crate::poker::server::table::{CURRENCY, Guest, Problem, Setup, VARIANT};

/// The most bytes of a table's name.
const NAME_MAX: usize = 64;

/// Tables that are tried for a client before another takes the last seat.
const PICKS: usize = 16;

/// The longest time for a decision at a table of a client, in seconds.
const TIMEOUT_MAX: u16 = 600;

impl Session {
    pub(super) fn list_tables(&self, desk: Desk<'_>, select: &PokerTableSelect) {
        let hall = desk.hall;
        let mine = hall.presence.places(self.player());
        let selection = Selection::read(&select.string);
        let limit = hall.config.limits.tables_listed;
        let places = hall.lobby.select(&selection, &mine, limit);
        let described = places.iter().filter_map(|place| {
            hall.at(place, desk.now, |table, _| {
                Message::from(table.describe(PokerTable::REASON_TABLE_LIST, desk.now))
            })
        });
        // A message has 65,535 bytes at most; a table has some 100.
        let mut room = 65_000_usize;
        let packets = described.take_while(|table| {
            let length = pickler::encoded_len(table).unwrap_or(usize::MAX);
            room.checked_sub(length).map(|rest| room = rest).is_some()
        });
        let list = PokerTableList {
            packets: packets.collect(),
            players: u32::try_from(hall.presence.online()).unwrap_or(u32::MAX),
            tables: u32::try_from(hall.lobby.count()).unwrap_or(u32::MAX),
        };
        self.say(list);
    }

    pub(super) fn join(&mut self, desk: Desk<'_>, game_id: u32) {
        let Some(place) = desk.hall.lobby.find(game_id) else {
            return self.refuse_join(desk, &format!("there is no table {game_id}"));
        };
        self.enter(desk, &place, PokerTable::REASON_TABLE_JOIN);
    }

    /// Enters a table, or says why not.
    fn enter(&mut self, desk: Desk<'_>, place: &Arc<Place>, reason: &str) {
        let id = place.setup.id;
        if !self.may_enter(desk, id) {
            return;
        }
        let listener = self.listener();
        let entered = desk.hall.at(place, desk.now, |table, context| {
            table.enter(context, listener, reason);
        });
        if entered.is_none() {
            return self.refuse_join(desk, &format!("table {id} is gone"));
        }
        if self.place(id).is_none() {
            self.places.push(Arc::clone(place));
        }
    }

    /// Whether the client may be at one more table, if it is not there yet;
    /// says so if not.
    fn may_enter(&self, desk: Desk<'_>, id: u32) -> bool {
        let limit = desk.hall.config.limits.tables_per_client;
        let may = self.place(id).is_some() || self.places.len() < limit;
        if !may {
            let words = format!("at {limit} tables already, which is the limit");
            self.refuse_join(desk, &words);
        }
        may
    }

    fn refuse_join(&self, desk: Desk<'_>, words: &str) {
        self.say(PokerTable {
            id: 0,
            ..PokerTable::default()
        });
        self.refuse_at(desk, 0, PokerTableJoin::GENERAL_FAILURE, words);
    }

    pub(super) fn create(&mut self, desk: Desk<'_>, wanted: PokerTable) {
        let opened = self.read_setup(desk.hall, wanted).and_then(|setup| {
            let limit = desk.hall.config.limits.tables;
            let opened = desk.hall.lobby.open(setup, limit);
            opened.map_err(|error| error.to_string())
        });
        match opened {
            Ok(place) => {
                self.enter(desk, &place, PokerTable::REASON_TABLE_CREATE);
            }
            Err(words) => self.refuse_join(desk, &words),
        }
    }

    /// The table that a client wants, or why it cannot be.
    fn read_setup(&self, hall: &Hall, wanted: PokerTable) -> Result<Setup, String> {
        let limit = hall.config.limits.tables_per_client;
        if self.places.len() >= limit {
            return Err(format!("at {limit} tables already, which is the limit"));
        }
        if !(2..=MAX_SEATS).contains(&usize::from(wanted.seats)) {
            return Err(format!("a table has 2 to 10 seats, not {}", wanted.seats));
        }
        if wanted.variant != VARIANT {
            return Err(format!(
                "{} is not played here, only {VARIANT}",
                wanted.variant
            ));
        }
        if ![0, CURRENCY].contains(&wanted.currency_serial) {
            let currency = wanted.currency_serial;
            return Err(format!("there is no currency {currency}, only {CURRENCY}"));
        }
        check_name(&wanted.name)?;
        let structure: Structure = wanted
            .betting_structure
            .to_string_lossy()
            .parse()
            .map_err(|error: crate::poker::rules::ParseStructureError| error.to_string())?;
        let mut setup = hall.setup();
        let timing = &mut setup.timing;
        for (seconds, timeout) in [
            (wanted.player_timeout, &mut timing.player_timeout),
            (wanted.muck_timeout, &mut timing.muck_timeout),
        ] {
            match seconds {
                0 => {}
                1..=TIMEOUT_MAX => *timeout = Duration::from_secs(seconds.into()),
                _ => {
                    return Err(format!(
                        "a time-out has up to {TIMEOUT_MAX} seconds, not {seconds}"
                    ));
                }
            }
        }
        Ok(Setup {
            name: wanted.name,
            seats: wanted.seats,
            structure,
            of_client: true,
            ..setup
        })
    }

    /// Finds a table with a free seat, and does all that it takes to play.
    pub(super) fn pick(&mut self, desk: Desk<'_>, picker: &PokerTablePicker) {
        let hall = desk.hall;
        if !self.plays {
            let words = "the role PLAY is lacking";
            return self.refuse_at(desk, 0, PokerSeat::ROLE_PLAY, words);
        }
        let selection = Selection::Like {
            currency: match picker.currency_serial {
                0 => Vec::new(),
                currency => currency.to_string().into(),
            },
            variant: picker.variant.to_vec(),
            structure: picker.betting_structure.to_vec(),
        };
        let mine = hall.presence.places(self.player());
        for _ in 0..PICKS {
            let Some(place) = hall.lobby.pick(&selection, picker.min_players, &mine) else {
                break;
            };
            if !self.may_enter(desk, place.setup.id) {
                return;
            }
            if self.take_any_seat(desk, &place, picker.auto_blind_ante) {
                return;
            }
        }
        self.refuse_join(desk, "no table like this has a free seat");
    }

    /// Enters a table and sits down to play, or says why not; whether there
    /// was a free seat. All at once, since others look for seats as well.
    fn take_any_seat(&mut self, desk: Desk<'_>, place: &Arc<Place>, auto_blind: bool) -> bool {
        let Some(guest) = self.as_guest() else {
            return true;
        };
        let (player, listener) = (guest.player, self.listener());
        let buy_in = place.setup.structure.buy_in();
        let bankroll = desk.hall.bank.money(player).bankroll;
        let amount = u64::from(buy_in.best).min(bankroll);
        let amount = u32::try_from(amount).unwrap_or(buy_in.best);
        let seated = desk.hall.at(place, desk.now, |table, context| {
            if !table.has_free_seat() {
                return None;
            }
            table.enter(context, listener, PokerTable::REASON_TABLE_PICKER);
            let sit = || {
                let seat = table.seat(context, guest, None)?;
                table.buy_in(context, player, amount)?;
                let on = auto_blind;
                table.act(context, Command::AutoBlind { player, on })?;
                table.act(context, Command::Sit { player })?;
                Ok::<_, Problem>(seat)
            };
            Some(sit())
        });
        let Some(result) = seated.flatten() else {
            return false;
        };
        let game_id = place.setup.id;
        if self.place(game_id).is_none() {
            self.places.push(Arc::clone(place));
        }
        match result {
            Ok(seat) => {
                self.tell_user_info(desk);
                self.say(PokerSeat {
                    serial: player,
                    game_id,
                    seat: Some(seat),
                });
            }
            Err(problem) => self.refuse_at(desk, game_id, 0, &problem.to_string()),
        }
        true
    }

    /// The client's player, as one who takes a seat.
    pub(super) fn as_guest(&self) -> Option<Guest> {
        self.user.as_ref().map(|user| Guest {
            player: user.player,
            name: user.name.clone(),
            outfit: user.outfit.clone(),
            url: user.url.clone(),
        })
    }

    /// A table that the client is at.
    pub(super) fn place(&self, id: u32) -> Option<&Arc<Place>> {
        self.places.iter().find(|place| place.setup.id == id)
    }

    pub(super) fn quit_table(&mut self, desk: Desk<'_>, game_id: u32) {
        let index = self
            .places
            .iter()
            .position(|place| place.setup.id == game_id);
        match index {
            Some(index) => {
                let place = self.places.swap_remove(index);
                self.quit_place(desk.hall, &place, desk.now);
            }
            None => self.refuse_at(desk, game_id, 0, "not at this table"),
        }
    }

    /// Leaves all tables, also those where a seat is kept from a connection
    /// before.
    pub(super) fn quit_tables(&mut self, hall: &Hall, now: Instant) {
        for place in std::mem::take(&mut self.places) {
            self.quit_place(hall, &place, now);
        }
        for id in hall.presence.places(self.player()) {
            if let Some(place) = hall.lobby.find(id) {
                self.quit_place(hall, &place, now);
            }
        }
    }

    fn quit_place(&self, hall: &Hall, place: &Arc<Place>, now: Instant) {
        hall.at(place, now, |table, context| {
            table.quit(context, self.connection, self.player());
        });
    }

    pub(super) fn list_players(&self, desk: Desk<'_>, game_id: u32) {
        let Some(place) = desk.hall.lobby.find(game_id) else {
            return self.refuse_at(desk, game_id, 0, "there is no such table");
        };
        let player = self.player();
        let list = desk
            .hall
            .at(&place, desk.now, |table, _| table.players_list(player));
        match list {
            Some(list) => self.say(list),
            None => self.refuse_at(desk, game_id, 0, "the table is gone"),
        }
    }
}

fn check_name(name: &Str16) -> Result<(), String> {
    if !(1..=NAME_MAX).contains(&name.len()) {
        return Err(format!(
            "a table's name has 1 to {NAME_MAX} bytes, not {}",
            name.len()
        ));
    }
    match name.to_str() {
        Some(text) if !text.chars().any(char::is_control) => Ok(()),
        _ => Err("a table's name is UTF-8 text in one line".to_owned()),
    }
}
