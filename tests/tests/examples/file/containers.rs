//! Files that hold other things.

use crate::sample::Example;

#[test]
fn pcap() {
    Example::load("pcap").check();
}

#[test]
fn zip() {
    Example::load("zip").check();
}
