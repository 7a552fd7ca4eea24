//! What applications say to each other.

use crate::sample::Example;

#[test]
fn dhcp() {
    // Options are written in the order of their codes.
    Example::load("dhcp").check_but(&["discover_in_the_order_of_a_client"]);
}

#[test]
fn dns() {
    Example::load("dns").check();
}

#[test]
fn ntp() {
    Example::load("ntp").check();
}

#[test]
fn websocket() {
    Example::load("websocket").check();
}
