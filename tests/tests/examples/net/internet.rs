//! The Internet Protocol, and what belongs to it.

use crate::sample::Example;

#[test]
fn ipv4() {
    Example::load("ipv4").check();
}

#[test]
fn ipv6() {
    Example::load("ipv6").check();
}

#[test]
fn icmp() {
    Example::load("icmp").check();
}
