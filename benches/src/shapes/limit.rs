//! The shapes' codecs, written by hand as fast as can be, with the checks that
//! a declared format makes: everything fits its field, text is UTF-8, tags are
//! known, nothing is left over. An error says what is wrong.
//!
//! What cannot be faster in safe code, appending to a `Vec` and copying a few
//! bytes, is the toolkit's own sink and reader of text, so that the comparison
//! is of codecs and not of `memcpy`s.

use pickler::cursor::{Sink, VecSink, utf8};

use super::declared::{Batch, BitHeader, Message, NotifyBet, PlayerInfo, PlayerInfoRef, Seats};
use crate::malformed::Malformed;

type Written = Result<(), Malformed>;

/// Puts parts of known size into an array, which becomes one or two stores.
macro_rules! array {
    ($size:literal: $($bytes:expr),* $(,)?) => {{
        let mut array = [0_u8; $size];
        let mut _at = 0;
        $(
            let bytes = $bytes;
            array[_at.._at + bytes.len()].copy_from_slice(&bytes);
            _at += bytes.len();
        )*
        array
    }};
}

#[inline(always)]
fn put<const N: usize>(out: &mut VecSink<'_>, bytes: [u8; N]) {
    // A `Vec` is never full.
    let _ = out.put(bytes);
}

#[inline(always)]
fn text_length(text: &str) -> Result<u8, Malformed> {
    u8::try_from(text.len()).map_err(|_| Malformed::too_large())
}

#[inline(always)]
fn bet(out: &mut VecSink<'_>, game: u32, player: u32, amount: u32, sequence: u16) {
    put(
        out,
        array!(15: [27], game.to_be_bytes(), player.to_be_bytes(), amount.to_be_bytes(),
            sequence.to_be_bytes()),
    );
}

#[inline(always)]
fn info(out: &mut VecSink<'_>, player: u32, in_play: u32, nick: &str, location: &str) -> Written {
    let (nick_length, location_length) = (text_length(nick)?, text_length(location)?);
    put(
        out,
        array!(10: [15], player.to_be_bytes(), in_play.to_be_bytes(), [nick_length]),
    );
    let _ = out.put_slice(nick.as_bytes());
    put(out, [location_length]);
    let _ = out.put_slice(location.as_bytes());
    Ok(())
}

#[inline(always)]
fn table(out: &mut VecSink<'_>, game: u32, seats: &[u32]) -> Written {
    let count = u8::try_from(seats.len()).map_err(|_| Malformed::too_large())?;
    put(out, array!(6: [40], game.to_be_bytes(), [count]));
    let _ = out.put_each(seats, |it| it.to_be_bytes());
    Ok(())
}

/// Appends a bet.
#[inline(always)]
pub fn encode_notify_bet(value: &NotifyBet, out: &mut Vec<u8>) -> Written {
    bet(
        &mut VecSink::new(out),
        value.game,
        value.player,
        value.amount,
        value.sequence,
    );
    Ok(())
}

/// Appends a player.
#[inline(always)]
pub fn encode_player_info(value: &PlayerInfo, out: &mut Vec<u8>) -> Written {
    info(
        &mut VecSink::new(out),
        value.player,
        value.in_play,
        &value.nick,
        &value.location,
    )
}

/// Appends a table.
#[inline(always)]
pub fn encode_seats(value: &Seats, out: &mut Vec<u8>) -> Written {
    table(&mut VecSink::new(out), value.game, &value.seats)
}

/// Appends many messages.
#[inline(always)]
pub fn encode_batch(value: &Batch, out: &mut Vec<u8>) -> Written {
    let count = u16::try_from(value.messages.len()).map_err(|_| Malformed::too_large())?;
    let out = &mut VecSink::new(out);
    put(out, count.to_be_bytes());
    for message in &value.messages {
        match message {
            Message::NotifyBet {
                game,
                player,
                amount,
                sequence,
            } => bet(out, *game, *player, *amount, *sequence),
            Message::PlayerInfo {
                player,
                in_play,
                nick,
                location,
            } => info(out, *player, *in_play, nick, location)?,
            Message::Seats { game, seats } => table(out, *game, seats)?,
        }
    }
    Ok(())
}

/// Appends a header.
#[inline(always)]
pub fn encode_bit_header(value: &BitHeader, out: &mut Vec<u8>) -> Written {
    let fits = value.version < 16
        && value.header_length < 16
        && value.service < 64
        && value.congestion < 4
        && value.fragment_offset < 8_192;
    if !fits {
        return Err(Malformed::too_large());
    }
    let fragment = u16::from(value.reserved) << 15
        | u16::from(value.dont_fragment) << 14
        | u16::from(value.more_fragments) << 13
        | value.fragment_offset;
    put(
        &mut VecSink::new(out),
        array!(20:
            [
                value.version << 4 | value.header_length,
                value.service << 2 | value.congestion,
            ],
            value.total_length.to_be_bytes(),
            value.identification.to_be_bytes(),
            fragment.to_be_bytes(),
            [value.time_to_live, value.protocol],
            value.checksum.to_be_bytes(),
            value.source.to_be_bytes(),
            value.destination.to_be_bytes(),
        ),
    );
    Ok(())
}

/// What is left of the input.
struct Input<'a>(&'a [u8]);

impl<'a> Input<'a> {
    #[inline(always)]
    fn array<const N: usize>(&mut self) -> Result<&'a [u8; N], Malformed> {
        let (array, rest) = self
            .0
            .split_first_chunk::<N>()
            .ok_or_else(Malformed::short)?;
        self.0 = rest;
        Ok(array)
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
    fn text(&mut self, count: u8) -> Result<&'a str, Malformed> {
        utf8(self.bytes(count.into())?).map_err(|_| Malformed::new("it is no UTF-8"))
    }

    #[inline(always)]
    fn list(&mut self, count: u8) -> Result<Vec<u32>, Malformed> {
        let (chunks, _) = self.bytes(usize::from(count) * 4)?.as_chunks::<4>();
        Ok(chunks.iter().map(|it| u32::from_be_bytes(*it)).collect())
    }

    #[inline(always)]
    fn bet(&mut self) -> Result<(u32, u32, u32, u16), Malformed> {
        let body = self.array::<14>()?;
        Ok((
            word(body, 0),
            word(body, 4),
            word(body, 8),
            u16::from_be_bytes([body[12], body[13]]),
        ))
    }

    #[inline(always)]
    fn info(&mut self) -> Result<(u32, u32, &'a str, &'a str), Malformed> {
        let body = self.array::<9>()?;
        let nick = self.text(body[8])?;
        let [count] = *self.array()?;
        let location = self.text(count)?;
        Ok((word(body, 0), word(body, 4), nick, location))
    }

    #[inline(always)]
    fn table(&mut self) -> Result<(u32, Vec<u32>), Malformed> {
        let body = self.array::<5>()?;
        Ok((word(body, 0), self.list(body[4])?))
    }

    #[inline(always)]
    fn expect_tag(&mut self, expected: u8) -> Result<(), Malformed> {
        let [tag] = *self.array()?;
        if tag == expected {
            Ok(())
        } else {
            Err(Malformed::unknown())
        }
    }

    #[inline(always)]
    fn end<T>(self, value: T) -> Result<T, Malformed> {
        if self.0.is_empty() {
            Ok(value)
        } else {
            Err(Malformed::trailing())
        }
    }
}

#[inline(always)]
fn word(bytes: &[u8], at: usize) -> u32 {
    u32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

/// Reads a bet.
#[inline(always)]
pub fn decode_notify_bet(bytes: &[u8]) -> Result<NotifyBet, Malformed> {
    let whole: &[u8; 15] = bytes
        .try_into()
        .map_err(|_| Malformed::new("its size is another"))?;
    if whole[0] != 27 {
        return Err(Malformed::unknown());
    }
    Ok(NotifyBet {
        game: word(whole, 1),
        player: word(whole, 5),
        amount: word(whole, 9),
        sequence: u16::from_be_bytes([whole[13], whole[14]]),
    })
}

/// Reads a player.
#[inline(always)]
pub fn decode_player_info(bytes: &[u8]) -> Result<PlayerInfo, Malformed> {
    let PlayerInfoRef {
        player,
        in_play,
        nick,
        location,
    } = decode_player_info_ref(bytes)?;
    Ok(PlayerInfo {
        player,
        in_play,
        nick: nick.into(),
        location: location.into(),
    })
}

/// Reads a player whose texts stay where they are.
#[inline(always)]
pub fn decode_player_info_ref(bytes: &[u8]) -> Result<PlayerInfoRef<'_>, Malformed> {
    let mut r = Input(bytes);
    r.expect_tag(15)?;
    let (player, in_play, nick, location) = r.info()?;
    r.end(PlayerInfoRef {
        player,
        in_play,
        nick,
        location,
    })
}

/// Reads a table.
#[inline(always)]
pub fn decode_seats(bytes: &[u8]) -> Result<Seats, Malformed> {
    let mut r = Input(bytes);
    r.expect_tag(40)?;
    let (game, seats) = r.table()?;
    r.end(Seats { game, seats })
}

#[inline(always)]
fn message(r: &mut Input<'_>) -> Result<Message, Malformed> {
    Ok(match r.array::<1>()? {
        [27] => {
            let (game, player, amount, sequence) = r.bet()?;
            Message::NotifyBet {
                game,
                player,
                amount,
                sequence,
            }
        }
        [15] => {
            let (player, in_play, nick, location) = r.info()?;
            Message::PlayerInfo {
                player,
                in_play,
                nick: nick.into(),
                location: location.into(),
            }
        }
        [40] => {
            let (game, seats) = r.table()?;
            Message::Seats { game, seats }
        }
        _ => return Err(Malformed::unknown()),
    })
}

/// Reads many messages.
#[inline(always)]
pub fn decode_batch(bytes: &[u8]) -> Result<Batch, Malformed> {
    let mut r = Input(bytes);
    let count = usize::from(u16::from_be_bytes(*r.array()?));
    // The shortest message has 6 bytes.
    if count > r.0.len() / 6 {
        return Err(Malformed::short());
    }
    let mut messages = Vec::with_capacity(count);
    for _ in 0..count {
        messages.push(message(&mut r)?);
    }
    r.end(Batch { messages })
}

/// Reads a header.
#[inline(always)]
pub fn decode_bit_header(bytes: &[u8]) -> Result<BitHeader, Malformed> {
    let whole: &[u8; 20] = bytes
        .try_into()
        .map_err(|_| Malformed::new("its size is another"))?;
    let half = |at: usize| u16::from_be_bytes([whole[at], whole[at + 1]]);
    let fragment = half(6);
    Ok(BitHeader {
        version: whole[0] >> 4,
        header_length: whole[0] & 15,
        service: whole[1] >> 2,
        congestion: whole[1] & 3,
        total_length: half(2),
        identification: half(4),
        reserved: fragment >> 15 != 0,
        dont_fragment: fragment >> 14 & 1 != 0,
        more_fragments: fragment >> 13 & 1 != 0,
        fragment_offset: fragment & 0x1FFF,
        time_to_live: whole[8],
        protocol: whole[9],
        checksum: half(10),
        source: word(whole, 12),
        destination: word(whole, 16),
    })
}
