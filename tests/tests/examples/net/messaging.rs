//! Messages to whom they concern.

use crate::sample::Example;

#[test]
fn mqtt() {
    // The server has its own order of properties.
    Example::load("mqtt").check_but(&["server_connack_1", "server_publish_2"]);
}
