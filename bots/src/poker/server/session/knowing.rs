//! Accounts, whereabouts, hands, figures.

use pokersource::{
    Money, PokerGetPlayerPlaces, PokerHandHistory, PokerHandList, PokerHandSelect,
    PokerHandSelectAll, PokerPersonalInfo, PokerPlayerInfo, PokerPlayerPlaces, PokerStats,
    PokerUserInfo, Str16,
};

use super::client::{Desk, Session};
use crate::poker::rules::PlayerId;
use crate::poker::server::hall::Hall;
use crate::poker::server::table::CURRENCY;
use crate::poker::store::{HandSerial, PlayedHand, StoreError};

/// The most bytes of what a player wears or where that can be fetched.
const LOOKS_MAX: usize = 255;

/// The most bytes of a history in one message.
const HISTORY_MAX: usize = 60_000;

/// `POKER_HAND_HISTORY`, as the error about it says.
const HAND_HISTORY: u8 = 119;

impl Session {
    pub(super) fn tell_user_info(&self, desk: Desk<'_>) {
        if let Some(user) = &self.user {
            self.say(PokerUserInfo {
                serial: user.player,
                name: user.name.clone(),
                money: self.money(desk.hall),
                ..PokerUserInfo::default()
            });
        }
    }

    pub(super) fn tell_personal_info(&self, desk: Desk<'_>) {
        if let Some(user) = &self.user {
            self.say(PokerPersonalInfo {
                serial: user.player,
                name: user.name.clone(),
                money: self.money(desk.hall),
                ..PokerPersonalInfo::default()
            });
        }
    }

    fn money(&self, hall: &Hall) -> Vec<Money> {
        let money = hall.bank.money(self.player());
        let on_the_wire = |amount| u32::try_from(amount).unwrap_or(u32::MAX);
        vec![Money {
            currency: CURRENCY,
            bankroll: on_the_wire(money.bankroll),
            in_game: on_the_wire(money.in_game),
            points: 0,
        }]
    }

    pub(super) fn tell_player_info(&self) {
        if let Some(user) = &self.user {
            self.say(PokerPlayerInfo {
                serial: user.player,
                game_id: 0,
                name: user.name.clone(),
                outfit: user.outfit.clone(),
                url: user.url.clone(),
            });
        }
    }

    /// Sets what the player wears from the next seat on.
    pub(super) fn set_looks(&mut self, desk: Desk<'_>, info: PokerPlayerInfo) {
        if info.outfit.len() > LOOKS_MAX || info.url.len() > LOOKS_MAX {
            let words = format!("outfit and url have up to {LOOKS_MAX} bytes each");
            return self.refuse(desk, 0, &words);
        }
        if let Some(user) = &mut self.user {
            (user.outfit, user.url) = (info.outfit, info.url);
        }
        self.tell_player_info();
    }

    /// Where a player sits, by number or, for number 0, by name.
    pub(super) fn tell_places(&self, desk: Desk<'_>, places: &PokerGetPlayerPlaces) {
        let player = match places.serial {
            0 => desk.hall.bank.find(&places.name),
            serial => Some(serial),
        };
        let Some(serial) = player else {
            return self.refuse(desk, 0, "nobody of this name has logged in");
        };
        let mut tables = desk.hall.presence.places(serial);
        tables.truncate(255);
        self.say(PokerPlayerPlaces {
            serial,
            tables,
            tourneys: Vec::new(),
        });
    }

    pub(super) fn list_hands(&self, desk: Desk<'_>, select: PokerHandSelect) {
        if !select.string.is_empty() {
            let words = "wanted an empty selection: the player's own hands, the latest first";
            return self.refuse(desk, 0, words);
        }
        let hands = desk.hall.bank.hands_of(self.player());
        let total = u32::try_from(hands.len()).unwrap_or(u32::MAX);
        let start = usize::try_from(select.start).unwrap_or(usize::MAX);
        let page = hands.into_iter().skip(start).take(select.count.into());
        self.say(PokerHandList {
            string: select.string,
            start: select.start,
            count: select.count,
            hands: page.collect(),
            total,
        });
    }

    pub(super) fn list_all_hands(&self, desk: Desk<'_>, select: PokerHandSelectAll) {
        let all = PokerHandSelect {
            string: select.string,
            start: 0,
            count: u8::MAX,
        };
        self.list_hands(desk, all);
    }

    pub(super) fn tell_hand(
        &self,
        hall: &Hall,
        serial: HandSerial,
        result: Result<Option<PlayedHand>, StoreError>,
    ) {
        let player = self.player();
        let (code, words) = match result {
            Ok(Some(hand))
                if hand
                    .record
                    .changes
                    .iter()
                    .any(|change| change.account == player) =>
            {
                let names = hand.record.changes.iter();
                let names = names.map(|change| (change.account, hall.bank.name(change.account)));
                return self.say(PokerHandHistory {
                    serial: player,
                    game_id: serial,
                    history: seen_by(player, &hand.record.history).into(),
                    serial2name: name_list(names).into(),
                });
            }
            Ok(Some(_)) => (
                PokerHandHistory::FORBIDDEN,
                "not a hand of this player".to_owned(),
            ),
            Ok(None) => (
                PokerHandHistory::NOT_FOUND,
                format!("there is no hand {serial}"),
            ),
            Err(error) => (0, error.to_string()),
        };
        self.refuse_code(hall, HAND_HISTORY, code, &words);
    }

    pub(super) fn tell_stats(&self, desk: Desk<'_>) {
        let stats = desk.hall.stats();
        let on_the_wire = |amount| u32::try_from(amount).unwrap_or(u32::MAX);
        self.say(PokerStats {
            players: on_the_wire(stats.players),
            hands: on_the_wire(stats.hands_played),
            bytesin: on_the_wire(stats.bytes_in),
            bytesout: on_the_wire(stats.bytes_out),
        });
    }
}

/// A history without the cards that were dealt to others.
fn seen_by(player: PlayerId, history: &str) -> String {
    let own = format!("dealt {player} ");
    let is_seen = |line: &&str| !line.starts_with("dealt ") || line.starts_with(&own);
    let mut seen = String::new();
    for line in history.lines().filter(is_seen) {
        if seen.len() + line.len() >= HISTORY_MAX {
            break;
        }
        seen.push_str(line);
        seen.push('\n');
    }
    seen
}

/// `{7: 'ann', 8: 'bob'}`
fn name_list(names: impl Iterator<Item = (PlayerId, Option<Str16>)>) -> String {
    let entries = names.map(|(player, name)| {
        let name = name.map_or_else(|| "?".to_owned(), |name| name.escape_ascii().to_string());
        format!("{player}: '{name}'")
    });
    format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_history_shows_the_own_cards_only() {
        let history = "hand 1\ndealt 7 As Ks\ndealt 71 2h 3h\nfolded 71\nshown 71 2h 3h\n";
        assert_eq!(
            seen_by(7, history),
            "hand 1\ndealt 7 As Ks\nfolded 71\nshown 71 2h 3h\n"
        );
    }
}
