//! Part of the pokersource protocol, written by hand for speed: what the
//! declared codec is measured against.
//!
//! Each message is checked as strictly as the declared one: the length in the
//! header confines it, must be used up, and counts are checked before anything
//! is allocated. An error says what is wrong.

use crate::malformed::Malformed;

/// A player at a table, and nothing more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Id {
    /// The player.
    pub serial: u32,
    /// The table.
    pub game_id: u32,
}

/// Seventeen messages that make up nearly all of a table's traffic.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the protocol")]
pub enum Message {
    Ping,
    Seats {
        seats: Vec<u32>,
        game_id: u32,
    },
    Position {
        game_id: u32,
        position: Option<u8>,
    },
    Fold(Id),
    State {
        id: Id,
        string: Vec<u8>,
    },
    Win {
        id: Id,
        serials: Vec<u32>,
    },
    PlayerCards {
        id: Id,
        cards: Vec<u8>,
    },
    BoardCards {
        id: Id,
        cards: Vec<u8>,
    },
    PlayerChips {
        id: Id,
        bet: u32,
        money: u32,
    },
    Check(Id),
    Start {
        id: Id,
        hands_count: u32,
        time: u32,
        hand_serial: u32,
        level: u8,
    },
    InGame {
        id: Id,
        players: Vec<u32>,
    },
    Call(Id),
    Raise {
        id: Id,
        amount: u32,
    },
    Dealer {
        game_id: u32,
        dealer: Option<u8>,
        previous_dealer: Option<u8>,
    },
    Chat {
        id: Id,
        message: Vec<u8>,
    },
    Blind {
        id: Id,
        amount: u32,
        dead: u32,
    },
}

/// A byte slice that shrinks from the front.
struct Input<'a>(&'a [u8]);

impl<'a> Input<'a> {
    #[inline(always)]
    fn array<const N: usize>(&mut self) -> Result<[u8; N], Malformed> {
        let (array, rest) = self
            .0
            .split_first_chunk::<N>()
            .ok_or_else(Malformed::short)?;
        self.0 = rest;
        Ok(*array)
    }

    #[inline(always)]
    fn u8(&mut self) -> Result<u8, Malformed> {
        Ok(self.array::<1>()?[0])
    }

    #[inline(always)]
    fn u16(&mut self) -> Result<u16, Malformed> {
        Ok(u16::from_be_bytes(self.array()?))
    }

    #[inline(always)]
    fn u32(&mut self) -> Result<u32, Malformed> {
        Ok(u32::from_be_bytes(self.array()?))
    }

    #[inline(always)]
    fn seat(&mut self) -> Result<Option<u8>, Malformed> {
        let seat = self.u8()?;
        Ok((seat != 255).then_some(seat))
    }

    #[inline(always)]
    fn bytes(&mut self, count: usize) -> Result<&'a [u8], Malformed> {
        let (bytes, rest) = self
            .0
            .split_at_checked(count)
            .ok_or_else(Malformed::short)?;
        self.0 = rest;
        Ok(bytes)
    }

    #[inline(always)]
    fn string(&mut self) -> Result<Vec<u8>, Malformed> {
        let count = self.u16()?.into();
        Ok(self.bytes(count)?.to_vec())
    }

    #[inline(always)]
    fn u8_list(&mut self) -> Result<Vec<u8>, Malformed> {
        let count = self.u8()?.into();
        Ok(self.bytes(count)?.to_vec())
    }

    #[inline(always)]
    fn u32_list(&mut self) -> Result<Vec<u32>, Malformed> {
        let count = usize::from(self.u8()?);
        let (chunks, _) = self.bytes(count * 4)?.as_chunks::<4>();
        Ok(chunks
            .iter()
            .map(|item| u32::from_be_bytes(*item))
            .collect())
    }

    #[inline(always)]
    fn id(&mut self) -> Result<Id, Malformed> {
        let (serial, game_id) = (self.u32()?, self.u32()?);
        Ok(Id { serial, game_id })
    }
}

/// Reads the message that takes up all of `bytes`.
///
/// # Errors
/// If the bytes are no such message.
#[inline]
pub fn decode(bytes: &[u8]) -> Result<Message, Malformed> {
    let ([tag, high, low], body) = bytes
        .split_first_chunk::<3>()
        .ok_or_else(Malformed::short)?;
    if usize::from(u16::from_be_bytes([*high, *low])) != bytes.len() {
        return Err(Malformed::new("its length is another"));
    }
    let mut r = Input(body);
    let message = match tag {
        5 => Message::Ping,
        50 => Message::Seats {
            seats: r.u32_list()?,
            game_id: r.u32()?,
        },
        54 => Message::Position {
            game_id: r.u32()?,
            position: r.seat()?,
        },
        57 => Message::Fold(r.id()?),
        58 => Message::State {
            id: r.id()?,
            string: r.string()?,
        },
        59 => Message::Win {
            id: r.id()?,
            serials: r.u32_list()?,
        },
        61 => Message::PlayerCards {
            id: r.id()?,
            cards: r.u8_list()?,
        },
        62 => Message::BoardCards {
            id: r.id()?,
            cards: r.u8_list()?,
        },
        64 => Message::PlayerChips {
            id: r.id()?,
            bet: r.u32()?,
            money: r.u32()?,
        },
        65 => Message::Check(r.id()?),
        66 => Message::Start {
            id: r.id()?,
            hands_count: r.u32()?,
            time: r.u32()?,
            hand_serial: r.u32()?,
            level: r.u8()?,
        },
        67 => Message::InGame {
            id: r.id()?,
            players: r.u32_list()?,
        },
        68 => Message::Call(r.id()?),
        69 => Message::Raise {
            id: r.id()?,
            amount: r.u32()?,
        },
        70 => Message::Dealer {
            game_id: r.u32()?,
            dealer: r.seat()?,
            previous_dealer: r.seat()?,
        },
        86 => Message::Chat {
            id: r.id()?,
            message: r.string()?,
        },
        95 => Message::Blind {
            id: r.id()?,
            amount: r.u32()?,
            dead: r.u32()?,
        },
        _ => return Err(Malformed::unknown()),
    };
    if r.0.is_empty() {
        Ok(message)
    } else {
        Err(Malformed::trailing())
    }
}

/// Appends one message: its header, whose length is filled in behind, and what
/// `body` writes.
#[inline(always)]
fn framed(
    out: &mut Vec<u8>,
    tag: u8,
    body: impl FnOnce(&mut Vec<u8>) -> Result<(), Malformed>,
) -> Result<(), Malformed> {
    let start = out.len();
    out.extend_from_slice(&[tag, 0, 0]);
    body(out)?;
    let length = u16::try_from(out.len() - start).map_err(|_| Malformed::too_large())?;
    out[start + 1..start + 3].copy_from_slice(&length.to_be_bytes());
    Ok(())
}

/// A message of fixed size: all its bytes at once.
macro_rules! fixed {
    ($out:ident, $tag:literal, $size:literal, $($bytes:expr),*) => {{
        let mut message = [0_u8; $size];
        message[0] = $tag;
        message[2] = $size;
        let mut _at = 3;
        $(
            let bytes = $bytes;
            message[_at.._at + bytes.len()].copy_from_slice(&bytes);
            _at += bytes.len();
        )*
        $out.extend_from_slice(&message);
        Ok(())
    }};
}

#[inline(always)]
fn put_seat(seat: Option<u8>) -> Result<[u8; 1], Malformed> {
    match seat {
        None => Ok([255]),
        Some(255) => Err(Malformed::too_large()),
        Some(seat) => Ok([seat]),
    }
}

#[inline(always)]
fn put_id(out: &mut Vec<u8>, id: &Id) {
    let mut both = [0; 8];
    both[..4].copy_from_slice(&id.serial.to_be_bytes());
    both[4..].copy_from_slice(&id.game_id.to_be_bytes());
    out.extend_from_slice(&both);
}

#[inline(always)]
fn put_string(out: &mut Vec<u8>, bytes: &[u8]) -> Result<(), Malformed> {
    let count = u16::try_from(bytes.len()).map_err(|_| Malformed::too_large())?;
    out.extend_from_slice(&count.to_be_bytes());
    out.extend_from_slice(bytes);
    Ok(())
}

#[inline(always)]
fn put_u8_list(out: &mut Vec<u8>, items: &[u8]) -> Result<(), Malformed> {
    out.push(u8::try_from(items.len()).map_err(|_| Malformed::too_large())?);
    out.extend_from_slice(items);
    Ok(())
}

#[inline(always)]
fn put_u32_list(out: &mut Vec<u8>, items: &[u32]) -> Result<(), Malformed> {
    out.push(u8::try_from(items.len()).map_err(|_| Malformed::too_large())?);
    out.reserve(items.len() * 4);
    for item in items {
        out.extend_from_slice(&item.to_be_bytes());
    }
    Ok(())
}

/// Appends the bytes of a message.
///
/// # Errors
/// If a part does not fit its field.
#[inline]
pub fn encode_into(message: &Message, out: &mut Vec<u8>) -> Result<(), Malformed> {
    match message {
        Message::Ping => fixed!(out, 5, 3,),
        Message::Seats { seats, game_id } => framed(out, 50, |out| {
            put_u32_list(out, seats)?;
            out.extend_from_slice(&game_id.to_be_bytes());
            Ok(())
        }),
        Message::Position { game_id, position } => {
            fixed!(out, 54, 8, game_id.to_be_bytes(), put_seat(*position)?)
        }
        Message::Fold(id) => {
            fixed!(
                out,
                57,
                11,
                id.serial.to_be_bytes(),
                id.game_id.to_be_bytes()
            )
        }
        Message::State { id, string } => framed(out, 58, |out| {
            put_id(out, id);
            put_string(out, string)
        }),
        Message::Win { id, serials } => framed(out, 59, |out| {
            put_id(out, id);
            put_u32_list(out, serials)
        }),
        Message::PlayerCards { id, cards } => framed(out, 61, |out| {
            put_id(out, id);
            put_u8_list(out, cards)
        }),
        Message::BoardCards { id, cards } => framed(out, 62, |out| {
            put_id(out, id);
            put_u8_list(out, cards)
        }),
        Message::PlayerChips { id, bet, money } => fixed!(
            out,
            64,
            19,
            id.serial.to_be_bytes(),
            id.game_id.to_be_bytes(),
            bet.to_be_bytes(),
            money.to_be_bytes()
        ),
        Message::Check(id) => {
            fixed!(
                out,
                65,
                11,
                id.serial.to_be_bytes(),
                id.game_id.to_be_bytes()
            )
        }
        Message::Start {
            id,
            hands_count,
            time,
            hand_serial,
            level,
        } => fixed!(
            out,
            66,
            24,
            id.serial.to_be_bytes(),
            id.game_id.to_be_bytes(),
            hands_count.to_be_bytes(),
            time.to_be_bytes(),
            hand_serial.to_be_bytes(),
            [*level]
        ),
        Message::InGame { id, players } => framed(out, 67, |out| {
            put_id(out, id);
            put_u32_list(out, players)
        }),
        Message::Call(id) => {
            fixed!(
                out,
                68,
                11,
                id.serial.to_be_bytes(),
                id.game_id.to_be_bytes()
            )
        }
        Message::Raise { id, amount } => fixed!(
            out,
            69,
            15,
            id.serial.to_be_bytes(),
            id.game_id.to_be_bytes(),
            amount.to_be_bytes()
        ),
        Message::Dealer {
            game_id,
            dealer,
            previous_dealer,
        } => fixed!(
            out,
            70,
            9,
            game_id.to_be_bytes(),
            put_seat(*dealer)?,
            put_seat(*previous_dealer)?
        ),
        Message::Chat { id, message } => framed(out, 86, |out| {
            put_id(out, id);
            put_string(out, message)
        }),
        Message::Blind { id, amount, dead } => fixed!(
            out,
            95,
            19,
            id.serial.to_be_bytes(),
            id.game_id.to_be_bytes(),
            amount.to_be_bytes(),
            dead.to_be_bytes()
        ),
    }
}
