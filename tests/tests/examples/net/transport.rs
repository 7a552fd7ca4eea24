//! From port to port.

use crate::sample::Example;

#[test]
fn tcp() {
    Example::load("tcp").check();
    Example::load_type("tcp", "OverIpv6").check();
    Example::load_type("tcp", "Segment").check();
}

#[test]
fn udp() {
    Example::load("udp").check();
    Example::load_type("udp", "OverIpv6").check();
    Example::load_type("udp", "Datagram").check();
}
