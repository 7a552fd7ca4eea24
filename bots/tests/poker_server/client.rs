//! A client that does what a test tells it to.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use bots::poker::rules::Structure;
use bots::poker::server::{Server, ServerConfig, ServerHandle, TableGroup, Timing};
use pokersource::{
    HANDSHAKE, Login, Message, PokerAutoBlindAnte, PokerBuyIn, PokerCall, PokerCheck, PokerFold,
    PokerRaise, PokerSeat, PokerSetRole, PokerSit, PokerTableJoin, Stream,
};

/// How long a test waits for what must come.
const PATIENCE: Duration = Duration::from_secs(10);

/// One worker, one table of six seats, and time-outs that only matter where a
/// test wants them to.
pub fn config(structure: &str) -> ServerConfig {
    let table = TableGroup {
        count: 1,
        seats: 6,
        structure: structure.parse::<Structure>().unwrap(),
    };
    ServerConfig {
        tables: vec![table],
        workers: 1,
        seed: 42,
        grant: 10_000,
        timing: Timing {
            player_timeout: Duration::from_secs(60),
            idle: Duration::from_secs(60),
            hand_delay: Duration::from_millis(200),
            linger: Duration::from_millis(200),
            ..Timing::default()
        },
        ..ServerConfig::default()
    }
}

/// Starts a server.
pub fn start(config: ServerConfig) -> ServerHandle {
    Server::start(config).expect("a free port")
}

/// A client.
pub struct Client {
    stream: TcpStream,
    inbox: Stream,
    /// The player, once logged in.
    pub serial: u32,
    /// The table that the client speaks of.
    pub table: u32,
    /// The players in the running hand.
    in_game: Vec<u32>,
    /// The hand has come as far as betting.
    is_betting: bool,
}

impl Client {
    /// Connects, and sends what is given instead of a handshake.
    pub fn connect_with(address: SocketAddr, first: &[u8]) -> Self {
        let mut stream = TcpStream::connect(address).expect("the server listens");
        stream.set_nodelay(true).unwrap();
        stream.write_all(first).unwrap();
        Self {
            stream,
            inbox: Stream::new(),
            serial: 0,
            table: 1,
            in_game: Vec::new(),
            is_betting: false,
        }
    }

    pub fn connect(address: SocketAddr) -> Self {
        Self::connect_with(address, HANDSHAKE)
    }

    /// Connects, and logs in with the role `PLAY`.
    pub fn log_in(address: SocketAddr, name: &str) -> Self {
        let mut client = Self::connect(address);
        client.send(PokerSetRole {
            serial: 0,
            roles: "PLAY".into(),
        });
        client.until("POKER_ROLES");
        client.send(Login {
            name: name.into(),
            password: "secret".into(),
        });
        match client.until("SERIAL") {
            Message::Serial(serial) => client.serial = serial.serial,
            _ => unreachable!(),
        }
        client
    }

    /// Logs in and joins the table.
    pub fn join(address: SocketAddr, name: &str) -> Self {
        let mut client = Self::log_in(address, name);
        client.send_join();
        client.until("POKER_STREAM_MODE");
        client
    }

    /// Logs in, joins the table, sits down on the seat, with money and blinds
    /// posted by themselves, but does not play yet.
    pub fn sit_down(address: SocketAddr, name: &str, seat: u8, money: u32) -> Self {
        let mut client = Self::join(address, name);
        client.take_seat(seat, money);
        client
    }

    pub fn take_seat(&mut self, seat: u8, amount: u32) {
        let (serial, game_id) = (self.serial, self.table);
        self.send(PokerSeat {
            serial,
            game_id,
            seat: Some(seat),
        });
        self.until("POKER_SEAT");
        self.send(PokerBuyIn {
            serial,
            game_id,
            amount,
        });
        self.until("POKER_PLAYER_CHIPS");
        self.send(PokerAutoBlindAnte { serial, game_id });
        self.until("POKER_AUTO_BLIND_ANTE");
    }

    pub fn send_join(&mut self) {
        self.send(PokerTableJoin {
            serial: self.serial,
            game_id: self.table,
        });
    }

    pub fn play(&mut self) {
        self.send(PokerSit {
            serial: self.serial,
            game_id: self.table,
        });
    }

    pub fn call(&mut self) {
        self.send(PokerCall {
            serial: self.serial,
            game_id: self.table,
        });
    }

    pub fn check(&mut self) {
        self.send(PokerCheck {
            serial: self.serial,
            game_id: self.table,
        });
    }

    pub fn fold(&mut self) {
        self.send(PokerFold {
            serial: self.serial,
            game_id: self.table,
        });
    }

    pub fn raise(&mut self, amount: u32) {
        self.send(PokerRaise {
            serial: self.serial,
            game_id: self.table,
            amount,
        });
    }

    pub fn send(&mut self, message: impl Into<Message>) {
        let bytes = pickler::encode(&message.into()).expect("it fits");
        self.send_bytes(&bytes);
    }

    pub fn send_bytes(&mut self, bytes: &[u8]) {
        self.stream.write_all(bytes).expect("the server reads");
    }

    /// Sends what may not arrive, since the server may have closed.
    pub fn try_send(&mut self, bytes: &[u8]) -> bool {
        self.stream.write_all(bytes).is_ok()
    }

    /// The next message; `None` if the server closed, or none came in time.
    pub fn next_within(&mut self, patience: Duration) -> Option<Message> {
        let end = Instant::now() + patience;
        loop {
            if let Some(message) = self.inbox.next_message().expect("well-formed messages") {
                match &message {
                    Message::PokerInGame(hand) => self.in_game.clone_from(&hand.players),
                    Message::PokerStart(_) => self.is_betting = false,
                    Message::PokerState(_) => self.is_betting = true,
                    _ => {}
                }
                return Some(message);
            }
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return None;
            }
            self.stream.set_read_timeout(Some(left)).unwrap();
            let mut buffer = [0; 4096];
            match self.stream.read(&mut buffer) {
                Ok(0) => return None,
                Ok(read) => self.inbox.push(&buffer[..read]),
                Err(error)
                    if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
                Err(error) if error.kind() == ErrorKind::ConnectionReset => return None,
                Err(error) => panic!("{error}"),
            }
        }
    }

    /// The next message.
    pub fn next(&mut self) -> Message {
        self.next_within(PATIENCE).expect("another message")
    }

    /// Skips to the next message with this name.
    pub fn until(&mut self, name: &str) -> Message {
        self.all_until(name).pop().expect("the message")
    }

    /// All messages up to and with the next one with this name.
    pub fn all_until(&mut self, name: &str) -> Vec<Message> {
        let mut messages = Vec::new();
        loop {
            let message = self.next_within(PATIENCE);
            let message = message.unwrap_or_else(|| {
                let seen: Vec<_> = messages.iter().map(Message::name).collect();
                panic!("no {name} after {seen:?}")
            });
            let found = message.name() == name;
            messages.push(message);
            if found {
                return messages;
            }
        }
    }

    /// All messages that have come and come within a moment.
    pub fn all_now(&mut self) -> Vec<Message> {
        std::iter::from_fn(|| self.next_within(Duration::from_millis(150))).collect()
    }

    /// All messages up to and with the one that says that the client is to
    /// bet.
    pub fn turn(&mut self) -> Vec<Message> {
        let mut messages = Vec::new();
        loop {
            messages.extend(self.all_until("POKER_POSITION"));
            if let Some(Message::PokerPosition(turn)) = messages.last()
                && let Some(index) = turn.position
                && self.is_betting
                && self.in_game.get(usize::from(index)) == Some(&self.serial)
            {
                return messages;
            }
        }
    }

    /// The text of the error that is the next message.
    pub fn error(&mut self) -> String {
        match self.next() {
            Message::PokerError(error) => error.message.to_string(),
            Message::Error(error) => error.message.to_string(),
            other => panic!("no error: {other:?}"),
        }
    }

    /// The last error before the server closes, which it must.
    pub fn farewell(&mut self) -> String {
        let end = Instant::now() + PATIENCE;
        let mut words = None;
        while let Some(message) = self.next_within(PATIENCE) {
            if let Message::Error(error) = message {
                words = Some(error.message.to_string());
            }
        }
        assert!(Instant::now() < end, "the server has not closed");
        words.expect("a reason")
    }

    /// Takes what has come, without waiting; whether the server is there.
    pub fn drain(&mut self) -> bool {
        self.stream.set_nonblocking(true).unwrap();
        let mut buffer = [0; 4096];
        let is_open = loop {
            match self.stream.read(&mut buffer) {
                Ok(0) => break false,
                Ok(read) => self.inbox.push(&buffer[..read]),
                Err(error) => break error.kind() == ErrorKind::WouldBlock,
            }
        };
        self.stream.set_nonblocking(false).unwrap();
        while self
            .inbox
            .next_message()
            .expect("well-formed messages")
            .is_some()
        {}
        is_open
    }

    /// Closes without a word.
    pub fn vanish(self) {
        drop(self);
    }
}

/// A message as a line: its name, and what matters of its fields.
pub fn line(message: &Message) -> String {
    let name = message.name();
    match message {
        Message::PokerTable(m) => format!("{name} id {} {}", m.id, m.reason),
        Message::PokerPlayerArrive(m) => format!("{name} {} seat {:?}", m.serial, m.seat),
        Message::PokerSeat(m) => format!("{name} {} seat {:?}", m.serial, m.seat),
        Message::PokerSeats(m) => format!("{name} {:?}", m.seats),
        Message::PokerPlayerChips(m) => {
            format!("{name} {} bet {} money {}", m.serial, m.bet, m.money)
        }
        Message::PokerInGame(m) => format!("{name} {:?}", m.players),
        Message::PokerDealer(m) => format!("{name} {:?} after {:?}", m.dealer, m.previous_dealer),
        Message::PokerStart(m) => format!("{name} hand {} of all {}", m.hands_count, m.hand_serial),
        Message::PokerPosition(m) => format!("{name} {:?}", m.position),
        Message::PokerBlind(m) => format!("{name} {} {} dead {}", m.serial, m.amount, m.dead),
        Message::PokerBlindRequest(m) => format!("{name} {} {} {}", m.serial, m.amount, m.state),
        Message::PokerPlayerCards(m) => format!("{name} {} {:?}", m.serial, m.cards),
        Message::PokerBoardCards(m) => format!("{name} {:?}", m.cards),
        Message::PokerState(m) => format!("{name} {}", m.string),
        Message::PokerWin(m) => format!("{name} {:?}", m.serials),
        Message::PokerRaise(m) => format!("{name} {} {}", m.serial, m.amount),
        Message::PokerMuckRequest(m) => format!("{name} {:?}", m.muckable_serials),
        Message::PokerCall(m) => format!("{name} {}", m.serial),
        Message::PokerCheck(m) => format!("{name} {}", m.serial),
        Message::PokerFold(m) => format!("{name} {}", m.serial),
        Message::PokerSit(m) => format!("{name} {}", m.serial),
        Message::PokerSitOut(m) => format!("{name} {}", m.serial),
        Message::PokerAutoFold(m) => format!("{name} {}", m.serial),
        Message::PokerPlayerLeave(m) => format!("{name} {}", m.serial),
        Message::PokerRebuy(m) => format!("{name} {} {}", m.serial, m.amount),
        Message::PokerTimeoutWarning(m) => format!("{name} {}", m.serial),
        Message::PokerTimeoutNotice(m) => format!("{name} {}", m.serial),
        Message::PokerChat(m) => format!("{name} {}: {}", m.serial, m.message),
        Message::PokerError(m) => format!("{name} to {}: {}", m.other_type, m.message),
        Message::Error(m) => format!("{name} to {}: {}", m.other_type, m.message),
        _ => name.to_owned(),
    }
}

/// Messages as lines.
pub fn lines(messages: &[Message]) -> String {
    messages
        .iter()
        .map(|message| line(message) + "\n")
        .collect()
}
