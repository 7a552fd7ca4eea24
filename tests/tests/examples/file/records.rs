//! Messages of fixed layout, of bytes and of bits.

use crate::sample::Example;

#[test]
fn adsb() {
    Example::load("adsb").check();
}

#[test]
fn itch() {
    Example::load("itch").check();
}
