//! The session, and which message goes where.

use std::sync::Arc;
use std::time::Instant;

use pickler::{Direction, Tagged};
use pokersource::{Message, Str16};

use crate::poker::rules::{Command, PlayerId};
use crate::poker::server::hall::Hall;
use crate::poker::server::lobby::Place;
use crate::poker::server::outbox::Outbox;
use crate::poker::server::reason::Reason;
use crate::poker::server::table::{ConnectionId, Listener};
use crate::poker::store::{Account, HandSerial, PlayedHand, StoreError};

/// A client, after the handshake.
#[derive(Debug)]
pub(in crate::poker::server) struct Session {
    pub(super) connection: ConnectionId,
    pub(super) outbox: Arc<Outbox>,
    /// Has the role `PLAY`.
    pub(super) plays: bool,
    pub(super) user: Option<User>,
    /// The tables that the client is at.
    pub(super) places: Vec<Arc<Place>>,
    pub(super) malformed: u32,
}

/// Who is logged in.
#[derive(Clone, Debug)]
pub(super) struct User {
    pub player: PlayerId,
    pub name: Str16,
    pub outfit: Str16,
    pub url: Str16,
}

/// What comes after a message.
#[derive(Debug)]
pub(in crate::poker::server) enum Next {
    /// The next message.
    Go,
    /// The answer to a question, before any other message.
    Ask(Ask),
    /// The end.
    Close(Reason),
}

/// A question to the store.
#[derive(Debug)]
pub(in crate::poker::server) enum Ask {
    LogIn { name: Str16, password: Str16 },
    Hand(HandSerial),
}

/// What the store answers.
#[derive(Debug)]
pub(in crate::poker::server) enum Answer {
    LogIn {
        name: Str16,
        result: Result<Account, StoreError>,
    },
    Hand {
        serial: HandSerial,
        result: Result<Option<PlayedHand>, StoreError>,
    },
}

/// What every request comes with.
#[derive(Clone, Copy)]
pub(super) struct Desk<'a> {
    pub hall: &'a Hall,
    pub now: Instant,
    /// The message's code.
    pub code: u8,
}

impl Ask {
    /// Asks.
    pub async fn carry_out(self, hall: Arc<Hall>) -> Answer {
        match self {
            Self::LogIn { name, password } => {
                let result = hall.store.log_in(&name, &password).await;
                Answer::LogIn { name, result }
            }
            Self::Hand(serial) => {
                // A hand that the bank lists may still be on its way there.
                hall.bank.queued().await;
                let result = hall.store.hand(serial).await;
                Answer::Hand { serial, result }
            }
        }
    }
}

impl Session {
    /// Nobody is logged in yet.
    pub fn new(connection: ConnectionId, outbox: Arc<Outbox>) -> Self {
        Self {
            connection,
            outbox,
            plays: false,
            user: None,
            places: Vec::new(),
            malformed: 0,
        }
    }

    /// Takes one frame.
    pub fn receive(&mut self, hall: &Hall, frame: &[u8], now: Instant) -> Next {
        let desk = Desk {
            hall,
            now,
            code: frame.first().copied().unwrap_or(0),
        };
        match pickler::decode::<Message>(frame) {
            Ok(message) => self.handle(desk, message),
            Err(error) => self.refuse_malformed(desk, &error),
        }
    }

    /// Takes the answer to a question.
    pub fn answered(&mut self, hall: &Hall, answer: Answer, now: Instant) {
        match answer {
            Answer::LogIn { name, result } => self.logged_in(hall, name, result, now),
            Answer::Hand { serial, result } => self.tell_hand(hall, serial, result),
        }
    }

    /// The connection ends.
    pub fn end(&mut self, hall: &Hall, reason: Reason, now: Instant) {
        if reason == Reason::Quit {
            self.quit_tables(hall, now);
        }
        for place in self.places.drain(..) {
            hall.at(&place, now, |table, context| {
                table.lose(context, self.connection);
            });
        }
        if let Some(user) = self.user.take() {
            hall.presence.log_out(user.player, self.connection);
        }
    }

    pub(super) fn say(&self, message: impl Into<Message>) {
        self.outbox.send(&message.into());
    }

    /// The client's player, 0 while nobody is logged in.
    pub(super) fn player(&self) -> PlayerId {
        self.user.as_ref().map_or(0, |user| user.player)
    }

    pub(super) fn listener(&self) -> Listener {
        Listener {
            connection: self.connection,
            player: self.player(),
            outbox: Arc::clone(&self.outbox),
        }
    }

    fn handle(&mut self, desk: Desk<'_>, message: Message) -> Next {
        // What is in place for everybody.
        match message {
            Message::Ping => {}
            Message::Quit => return Next::Close(Reason::Quit),
            Message::Login(login) => return self.log_in(desk, login),
            Message::Logout => self.log_out(desk),
            Message::PokerSetRole(role) => self.set_role(desk, &role),
            Message::PokerExplain(_) | Message::PokerSetLocale(_) => self.say(Message::Ack),
            Message::PokerTableSelect(select) => self.list_tables(desk, &select),
            Message::PokerTableJoin(join) => self.join(desk, join.game_id),
            Message::PokerTableQuit(quit) => self.quit_table(desk, quit.game_id),
            Message::PokerTableRequestPlayersList(list) => self.list_players(desk, list.game_id),
            Message::PokerGetPlayerPlaces(places) => self.tell_places(desk, &places),
            Message::PokerStatsQuery(_) => self.tell_stats(desk),
            Message::PokerTourneySelect(_) => self.say(pokersource::PokerTourneyList::default()),
            _ if !is_request(&message) => self.refuse_direction(desk, &message),
            _ if self.user.is_none() => self.say(Message::AuthRequest),
            _ => return self.handle_of_user(desk, message),
        }
        Next::Go
    }

    /// What needs a login.
    fn handle_of_user(&mut self, desk: Desk<'_>, message: Message) -> Next {
        let player = self.player();
        match message {
            Message::PokerGetUserInfo(_) => self.tell_user_info(desk),
            Message::PokerGetPersonalInfo(_) => self.tell_personal_info(desk),
            Message::PokerGetPlayerInfo => self.tell_player_info(),
            Message::PokerPlayerInfo(info) => self.set_looks(desk, *info),
            Message::PokerHandSelect(select) => self.list_hands(desk, select),
            Message::PokerHandSelectAll(select) => self.list_all_hands(desk, select),
            Message::PokerHandHistory(hand) => return Next::Ask(Ask::Hand(hand.game_id)),
            Message::PokerTable(table) => self.create(desk, *table),
            Message::PokerTablePicker(picker) => self.pick(desk, &picker),
            Message::PokerSeat(seat) => self.seat(desk, &seat),
            Message::PokerBuyIn(m) => {
                self.at_table(desk, m.serial, m.game_id, |table, context| {
                    table.buy_in(context, player, m.amount)
                });
            }
            Message::PokerRebuy(m) => {
                self.at_table(desk, m.serial, m.game_id, |table, context| {
                    table.rebuy(context, player, m.amount)
                });
            }
            Message::PokerAutoBlindAnte(m) => {
                self.act(
                    desk,
                    m.serial,
                    m.game_id,
                    Command::AutoBlind { player, on: true },
                );
            }
            Message::PokerNoautoBlindAnte(m) => {
                self.act(
                    desk,
                    m.serial,
                    m.game_id,
                    Command::AutoBlind { player, on: false },
                );
            }
            Message::PokerAutoMuck(m) => self.auto_muck(desk, &m),
            Message::PokerSit(m) => self.act(desk, m.serial, m.game_id, Command::Sit { player }),
            Message::PokerSitOut(m) => {
                self.act(desk, m.serial, m.game_id, Command::SitOut { player });
            }
            Message::PokerPlayerLeave(m) => {
                self.act(desk, m.serial, m.game_id, Command::Leave { player });
            }
            Message::PokerBlind(m) => {
                self.act(desk, m.serial, m.game_id, Command::PostBlind { player });
            }
            Message::PokerWaitBigBlind(m) => {
                self.act(desk, m.serial, m.game_id, Command::WaitBigBlind { player });
            }
            Message::PokerFold(m) => self.act(desk, m.serial, m.game_id, Command::Fold { player }),
            Message::PokerCheck(m) => {
                self.act(desk, m.serial, m.game_id, Command::Check { player });
            }
            Message::PokerCall(m) => {
                self.at_table(desk, m.serial, m.game_id, |table, context| {
                    table.call(context, player)
                });
            }
            Message::PokerRaise(m) => {
                self.at_table(desk, m.serial, m.game_id, |table, context| {
                    table.raise(context, player, m.amount)
                });
            }
            Message::PokerMuckAccept(m) => {
                self.act(desk, m.serial, m.game_id, Command::MuckAccept { player });
            }
            Message::PokerMuckDeny(m) => {
                self.act(desk, m.serial, m.game_id, Command::MuckDeny { player });
            }
            Message::PokerLookCards(m) => {
                self.at_table(desk, m.serial, m.game_id, |table, context| {
                    table.look_cards(context, player)
                });
            }
            Message::PokerChat(chat) => self.chat(desk, chat),
            Message::PokerReadyToPlay(m) => self.acknowledge(desk, m.serial, m.game_id),
            Message::PokerProcessingHand(m) => self.acknowledge(desk, m.serial, m.game_id),
            _ => self.refuse_unsupported(desk, &message),
        }
        Next::Go
    }
}

/// Whether a client sends this to a server.
fn is_request(message: &Message) -> bool {
    message.direction().is_some_and(Direction::is_to_server)
}
