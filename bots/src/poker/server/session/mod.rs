//! One client: from the handshake on, through role and login, to the lobby and
//! the tables.
//!
//! A [`Session`] does no I/O and reads no clock: it is given whole frames and
//! the time, and puts its answers into the client's outbox. What needs the
//! store is handed back as an [`Ask`], whose [`Answer`] it is given later.
//!
//! | file | subject |
//! |---|---|
//! | `client` | the session, and which message goes where |
//! | `access` | roles, logging in and out |
//! | `visiting` | finding, making, entering and leaving tables |
//! | `playing` | what is asked of a table |
//! | `knowing` | accounts, whereabouts, hands, figures |
//! | `refusing` | errors |

mod access;
mod client;
mod knowing;
mod playing;
mod refusing;
mod visiting;

pub(super) use client::{Answer, Next, Session};
