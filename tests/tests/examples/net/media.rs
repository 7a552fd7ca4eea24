//! Sound and pictures.

use crate::sample::Example;

#[test]
fn rtp() {
    Example::load("rtp").check();
}
