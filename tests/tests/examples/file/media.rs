//! Images and sounds.

use crate::sample::Example;

/// Which bytes a text is compressed to is up to who compresses it.
#[test]
fn png() {
    Example::load("png").check_but(&["indexed"]);
}
