//! Files that hold other things.

use crate::sample::Example;

#[test]
fn pcap() {
    Example::load("pcap").check();
}
