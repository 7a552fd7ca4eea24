//! What a bot keeps in mind of poker: who it is, where it sits, how the hand
//! stands.

mod hand;
mod hook;

use std::sync::Arc;
use std::time::Duration;

use pickler::schema::Schema;

use super::scripts::POKER_LIBRARY;
use crate::protocol::{Handshake, KeepAlive, NotAProtocol, Protocol};
use hook::{Names, PokerHook};

/// How good a hand is, from 0 to 1, by the numbers of the hole cards and of the
/// board's, as they are on the wire.
pub type Strength = Arc<dyn Fn(&[u8], &[u8]) -> f64 + Send + Sync>;

/// What both ends send before any message.
const HANDSHAKE: &[u8] = b"CGI 002.000\n";

/// The poker-network protocol with bots that know how to play: `schema` is that
/// of its messages, `strength` values hands.
///
/// # Errors
/// If the schema is that of another protocol.
pub fn pokersource(schema: Schema, strength: Strength) -> Result<Protocol, NotAProtocol> {
    let mut protocol = Protocol::plain("pokersource", schema)?;
    let names = Arc::new(Names::of(&protocol.catalogue));
    protocol.watched = protocol.catalogue.set(hook::WATCHED);
    protocol.handshake = Some(Handshake {
        send: HANDSHAKE.into(),
        expect: HANDSHAKE.into(),
    });
    if let Some(ping) = protocol.catalogue.by_name("PING") {
        let mut frame = Vec::new();
        if protocol
            .catalogue
            .encode(ping, Vec::new(), &mut frame)
            .is_ok()
        {
            protocol.keep_alive = Some(KeepAlive {
                frame: frame.into(),
                after: Duration::from_secs(5),
            });
        }
    }
    protocol.hook = Arc::new(move || Box::new(PokerHook::new(names.clone(), strength.clone())));
    protocol.has_hands = true;
    protocol.library = POKER_LIBRARY;
    Ok(protocol)
}
