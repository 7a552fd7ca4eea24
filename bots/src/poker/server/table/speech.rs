//! What a table says, and to whom.

use std::sync::Arc;

use pokersource::Message;

use crate::poker::rules::PlayerId;
use crate::poker::server::frame;
use crate::poker::server::outbox::Outbox;

/// Names one connection.
pub(in crate::poker::server) type ConnectionId = u64;

/// Who listens to a table: a connection of a player or of an onlooker.
#[derive(Clone, Debug)]
pub(in crate::poker::server) struct Listener {
    pub connection: ConnectionId,
    /// 0 while nobody is logged in.
    pub player: PlayerId,
    pub outbox: Arc<Outbox>,
}

/// Whom a message is for, among those who listen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Audience {
    All,
    Player(PlayerId),
    AllBut(PlayerId),
    Connection(ConnectionId),
}

/// Messages that wait to be delivered, each encoded once.
#[derive(Debug, Default)]
pub(super) struct Speech {
    bytes: Vec<u8>,
    parts: Vec<Part>,
}

#[derive(Clone, Copy, Debug)]
struct Part {
    audience: Audience,
    /// Where its bytes end; they start where those of the part before end.
    end: usize,
    messages: usize,
}

impl Audience {
    fn includes(self, listener: &Listener) -> bool {
        match self {
            Self::All => true,
            Self::Player(player) => listener.player == player,
            Self::AllBut(player) => listener.player != player,
            Self::Connection(connection) => listener.connection == connection,
        }
    }
}

impl Speech {
    pub fn say(&mut self, audience: Audience, message: &Message) {
        frame::append(message, &mut self.bytes);
        let end = self.bytes.len();
        match self.parts.last_mut() {
            Some(last) if last.audience == audience => {
                last.end = end;
                last.messages += 1;
            }
            _ => self.parts.push(Part {
                audience,
                end,
                messages: 1,
            }),
        }
    }

    /// Puts each message in the queues of those whom it is for.
    pub fn deliver(&mut self, listeners: &[Listener]) {
        for listener in listeners {
            let mine = self
                .parts
                .iter()
                .filter(|part| part.audience.includes(listener));
            let messages = mine.map(|part| part.messages).sum();
            if messages == 0 {
                continue;
            }
            let mut start = 0;
            listener.outbox.send_frames(messages, |out| {
                for part in &self.parts {
                    if part.audience.includes(listener) {
                        out.extend_from_slice(&self.bytes[start..part.end]);
                    }
                    start = part.end;
                }
            });
        }
        self.bytes.clear();
        self.parts.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::poker::rules::Card;
    use pokersource::PokerPlayerCards;

    fn cards(first: u8) -> Message {
        PokerPlayerCards {
            cards: vec![first; 2],
            ..PokerPlayerCards::default()
        }
        .into()
    }

    #[test]
    fn a_private_message_reaches_its_reader_only_and_order_is_kept() {
        let listener = |connection, player| Listener {
            connection,
            player,
            outbox: Arc::new(Outbox::new(1_000)),
        };
        let listeners = [listener(1, 7), listener(2, 8), listener(3, 0)];
        let mut speech = Speech::default();
        speech.say(Audience::All, &Message::Ack);
        speech.say(Audience::Player(7), &cards(12));
        speech.say(Audience::AllBut(7), &cards(Card::HIDDEN));
        speech.say(Audience::Connection(3), &Message::AuthOk);
        speech.say(Audience::All, &Message::Ack);
        speech.deliver(&listeners);

        let heard = |index: usize| {
            let batch = listeners[index].outbox.take();
            let mut bytes = &batch.bytes[..];
            let mut messages = Vec::new();
            while !bytes.is_empty() {
                let (message, taken) = pickler::decode_prefix::<Message>(bytes).unwrap();
                messages.push(message);
                bytes = &bytes[taken..];
            }
            assert_eq!(messages.len(), batch.messages);
            messages
        };
        assert_eq!(heard(0), [Message::Ack, cards(12), Message::Ack]);
        assert_eq!(heard(1), [Message::Ack, cards(255), Message::Ack]);
        assert_eq!(
            heard(2),
            [Message::Ack, cards(255), Message::AuthOk, Message::Ack]
        );
        speech.deliver(&listeners);
        assert_eq!(heard(0), [], "everything is said once");
    }
}
