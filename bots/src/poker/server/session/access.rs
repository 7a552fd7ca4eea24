//! Roles, logging in and out.

use std::sync::Arc;
use std::time::Instant;

use pokersource::{
    AuthRefused, LOGOUT_NOT_LOGGED_IN, Login, Message, PokerPlayerInfo, PokerRoles, PokerSetRole,
    Serial, Str16,
};

use super::client::{Ask, Desk, Next, Session, User};
use crate::poker::server::hall::Hall;
use crate::poker::store::{Account, StoreError};

/// `LOGIN`, as the error about it says.
const LOGIN: u8 = 10;

impl Session {
    pub(super) fn set_role(&mut self, desk: Desk<'_>, role: &PokerSetRole) {
        if role.roles == PokerRoles::PLAY {
            self.plays = true;
            self.say(PokerRoles {
                serial: self.player(),
                roles: role.roles.clone(),
            });
        } else if role.roles == PokerRoles::EDIT {
            let words = "the role EDIT is not available: there is nothing to edit";
            self.refuse(desk, PokerSetRole::NOT_AVAILABLE, words);
        } else {
            self.refuse(desk, PokerSetRole::UNKNOWN_ROLE, "wanted the role PLAY");
        }
    }

    pub(super) fn log_in(&mut self, desk: Desk<'_>, login: Login) -> Next {
        if let Some(user) = &self.user {
            let words = format!("already logged in as {}", user.name);
            self.refuse(desk, Login::LOGGED, &words);
            return Next::Go;
        }
        Next::Ask(Ask::LogIn {
            name: login.name,
            password: login.password,
        })
    }

    pub(super) fn logged_in(
        &mut self,
        hall: &Hall,
        name: Str16,
        result: Result<Account, StoreError>,
        now: Instant,
    ) {
        let account = match result {
            Ok(account) => account,
            Err(error) => {
                return self.say(AuthRefused {
                    message: error.to_string().into(),
                    code: 1,
                    other_type: LOGIN,
                });
            }
        };
        let player = account.id;
        hall.bank.welcome(account, name.clone());
        let looks = PokerPlayerInfo::default();
        self.user = Some(User {
            player,
            name,
            outfit: looks.outfit,
            url: looks.url,
        });
        self.say(Message::AuthOk);
        self.say(Serial { serial: player });
        hall.presence
            .log_in(player, self.connection, Arc::clone(&self.outbox));
        for place in &self.places {
            hall.at(place, now, |table, _| {
                table.identify(self.connection, player);
            });
        }
    }

    pub(super) fn log_out(&mut self, desk: Desk<'_>) {
        let Some(player) = self.user.as_ref().map(|user| user.player) else {
            return self.refuse(desk, LOGOUT_NOT_LOGGED_IN, "not logged in");
        };
        self.quit_tables(desk.hall, desk.now);
        self.user = None;
        desk.hall.presence.log_out(player, self.connection);
    }
}
