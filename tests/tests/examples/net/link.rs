//! What stands next to the wire.

use crate::sample::Example;

#[test]
fn arp() {
    Example::load("arp").check();
}
