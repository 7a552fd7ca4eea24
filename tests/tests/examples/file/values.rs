//! Values that say themselves what they are.

use crate::sample::Example;

#[test]
fn messagepack() {
    Example::load("messagepack").check();
}

#[test]
fn protobuf() {
    Example::load("protobuf").check();
}
