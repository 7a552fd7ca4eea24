//! Identities, tried by those who have none, or another.

mod enrolment;
mod handshake;
mod identity;
mod roles;
mod sealing;
mod statements;
mod strangers;
mod tokens;
mod trust;
