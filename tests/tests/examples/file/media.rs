//! Images and sounds.

use crate::sample::Example;

#[test]
fn gif() {
    Example::load("gif").check();
}

/// Which bytes a text is compressed to is up to who compresses it.
#[test]
fn png() {
    Example::load("png").check_but(&["indexed"]);
}

#[test]
fn wav() {
    Example::load("wav").check();
}
