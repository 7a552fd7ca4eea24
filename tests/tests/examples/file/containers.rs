//! Files that hold other things.

use crate::sample::Example;

#[test]
fn elf() {
    Example::load("elf").check();
}

#[test]
fn pcap() {
    Example::load("pcap").check();
}

#[test]
fn sqlite() {
    Example::load("sqlite").check();
}

#[test]
fn zip() {
    Example::load("zip").check();
}
