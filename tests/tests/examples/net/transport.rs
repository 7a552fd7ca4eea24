//! From port to port.

use crate::sample::Example;

#[test]
fn tcp() {
    Example::load("tcp").check();
}

#[test]
fn udp() {
    Example::load("udp").check();
}
