//! Derived codecs beside the same written by hand.

use std::fmt::Debug;

use pickler::{Pickle, PickleOwned};
use pickler_benches::malformed::Malformed;
use pickler_benches::shapes::declared::{
    Batch, BitHeader, NotifyBet, PlayerInfo, PlayerInfoRef, Seats,
};
use pickler_benches::shapes::limit;

/// Both refuse the same bytes, and read and write the same.
pub fn hand_written(bytes: &[u8]) {
    let Some((pick, bytes)) = bytes.split_first() else {
        return;
    };
    match pick % 6 {
        0 => both::<NotifyBet>(bytes, limit::decode_notify_bet, limit::encode_notify_bet),
        1 => both::<PlayerInfo>(bytes, limit::decode_player_info, limit::encode_player_info),
        2 => both::<Seats>(bytes, limit::decode_seats, limit::encode_seats),
        3 => both::<Batch>(bytes, limit::decode_batch, limit::encode_batch),
        4 => both::<BitHeader>(bytes, limit::decode_bit_header, limit::encode_bit_header),
        _ => {
            let derived: Result<PlayerInfoRef<'_>, _> = pickler::decode(bytes);
            let by_hand = limit::decode_player_info_ref(bytes);
            agree(bytes, derived.ok().as_ref(), by_hand.ok().as_ref());
        }
    }
}

fn both<T: PickleOwned + PartialEq + Debug>(
    bytes: &[u8],
    decode: impl Fn(&[u8]) -> Result<T, Malformed>,
    encode: impl Fn(&T, &mut Vec<u8>) -> Result<(), Malformed>,
) {
    let derived = pickler::decode::<T>(bytes).ok();
    agree(bytes, derived.as_ref(), decode(bytes).ok().as_ref());
    let Some(value) = derived else { return };
    let mut by_hand = Vec::new();
    assert!(encode(&value, &mut by_hand).is_ok(), "{value:?}");
    assert_eq!(by_hand, bytes, "{value:?}");
}

fn agree<'a, T: Pickle<'a> + PartialEq + Debug>(
    bytes: &[u8],
    derived: Option<&T>,
    by_hand: Option<&T>,
) {
    assert_eq!(derived, by_hand, "on {bytes:02X?}");
    if let Some(value) = derived {
        assert_eq!(pickler::encode(value).as_deref(), Ok(bytes), "{value:?}");
    }
}
