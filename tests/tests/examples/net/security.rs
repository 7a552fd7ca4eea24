//! What is said before anything is secret.

use crate::sample::Example;

#[test]
fn tls_client_hello() {
    Example::load("tls_client_hello").check();
}
