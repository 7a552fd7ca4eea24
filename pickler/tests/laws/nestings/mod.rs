//! The laws, on combinators nested at random.

mod format;
mod random;

use pickler::cursor::{Big, Counter, Little, Lsb, Msb, Order, Orders, Reader, VecSink, Writer};
use pickler::dynamic;
use pickler::generate::{Choices, Seeded};
use pickler::picklers::{Pickler, decode_with, encode_with};
use pickler::schema::Schema;

use format::{Any, At};
use random::format;

/// What is written in an order is read as the same, and exactly that.
fn comes_back<O: Order>(at: &At, skipped: u32, value: &Any) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut w = Writer::<_, O>::new(VecSink::new(&mut bytes));
    w.unaligned().bits(0, skipped).unwrap();
    if let Err(fault) = at.write(value, w.unaligned()) {
        let _ = w.into_error(fault);
        return None;
    }
    let end = w.bit_offset();
    w.unaligned().bits(0b1010_0101, 8).unwrap();
    w.unaligned().finish().unwrap();
    drop(w);

    let mut counter = Writer::<_, O>::new(Counter::default());
    counter.unaligned().bits(0, skipped).unwrap();
    at.write(value, counter.unaligned()).unwrap();
    assert_eq!(counter.bit_offset(), end, "{value:?} of {at:?}");

    let mut r = Reader::<O>::new(&bytes);
    r.unaligned().bits(skipped).unwrap();
    match at.read(r.unaligned()) {
        Ok(read) => assert_eq!(read, *value, "{bytes:02X?} of {at:?}"),
        Err(fault) => panic!(
            "{:?}: {value:?}, {bytes:02X?} of {at:?}",
            r.into_error(fault)
        ),
    }
    assert_eq!(r.bit_offset(), end, "{value:?}, {bytes:02X?} of {at:?}");
    assert_eq!(r.unaligned().bits(8).unwrap(), 0b1010_0101);
    Some(bytes)
}

#[test]
fn hold_for_any_nesting_at_any_bit_in_any_order() {
    let mut refused = 0;
    for seed in 0..3000 {
        let mut c = Seeded::new(seed);
        let skipped = if c.once_in(2) { 0 } else { c.up_to(7) as u32 };
        let (at, _) = format(&mut c, 4, skipped == 0);
        for _ in 0..2 {
            let value = at.value(&mut c);
            let bytes = match c.up_to(3) {
                0 => comes_back::<Orders<Big, Msb>>(&at, skipped, &value),
                1 => comes_back::<Orders<Big, Lsb>>(&at, skipped, &value),
                2 => comes_back::<Orders<Little, Msb>>(&at, skipped, &value),
                _ => comes_back::<Orders<Little, Lsb>>(&at, skipped, &value),
            };
            // What would be read as something else; what is too wide.
            refused += u32::from(bytes.is_none());
        }
    }
    assert!(refused < 1500, "{refused}");
}

#[test]
fn the_dynamic_codec_agrees_on_any_nesting() {
    for seed in 0..1000 {
        let mut c = Seeded::new(seed);
        let (at, _) = format(&mut c, 3, true);
        let schema = Schema::of_pickler(&at);
        let value = at.value(&mut c);
        let Ok(bytes) = encode_with(&at, &value) else {
            continue;
        };
        let dynamic = match dynamic::decode(&schema, &bytes) {
            Ok(dynamic) => dynamic,
            Err(error) => panic!("{error}: {value:?}, {bytes:02X?} of {at:?}"),
        };
        let written = dynamic::encode(&schema, &dynamic);
        assert_eq!(
            written.as_ref(),
            Ok(&bytes),
            "{value:?}, {dynamic:?} of {at:?}"
        );
        for _ in 0..8 {
            let mut changed = bytes.clone();
            let place = c.index(changed.len());
            if let Some(byte) = changed.get_mut(place) {
                *byte ^= 1 << c.index(8);
            }
            if c.once_in(3) {
                changed.truncate(place);
            }
            let read = decode_with(&at, &changed);
            let dynamic = dynamic::decode(&schema, &changed);
            match (&read, &dynamic) {
                (Ok(_), Ok(_)) | (Err(_), Err(_)) => {}
                // A mapping refuses what a description cannot say.
                (Err(error), Ok(_)) if error.to_string().contains("has the number") => {}
                _ => panic!("{read:?}, but {dynamic:?}: {changed:02X?} of {at:?}"),
            }
        }
    }
}
