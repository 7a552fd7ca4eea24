//! Lines of a web server's log.

use savefile::prelude::*;

use super::{borrowed, owned};
use crate::numbers::Numbers;

owned! {
    #[pickle(endian = little)]
    pub struct Address {
        pub x0: u8,
        pub x1: u8,
        pub x2: u8,
        pub x3: u8,
    }

    #[pickle(endian = little)]
    pub struct Log {
        pub address: Address,
        #[pickle(count = u32)]
        pub identity: String,
        #[pickle(count = u32)]
        pub userid: String,
        #[pickle(count = u32)]
        pub date: String,
        #[pickle(count = u32)]
        pub request: String,
        pub code: u16,
        pub size: u64,
    }

    #[pickle(endian = little)]
    pub struct Logs {
        #[pickle(count = u32)]
        pub logs: Vec<Log>,
    }
}

borrowed! {
    #[pickle(endian = little)]
    pub struct BorrowedLog<'a> {
        pub address: Address,
        #[pickle(count = u32)]
        pub identity: &'a str,
        #[pickle(count = u32)]
        pub userid: &'a str,
        #[pickle(count = u32)]
        pub date: &'a str,
        #[pickle(count = u32)]
        pub request: &'a str,
        pub code: u16,
        pub size: u64,
    }

    #[pickle(endian = little)]
    pub struct BorrowedLogs<'a> {
        #[pickle(count = u32)]
        pub logs: Vec<BorrowedLog<'a>>,
    }
}

const USERS: [&str; 9] = [
    "-", "alice", "bob", "carmen", "david", "eric", "frank", "george", "harry",
];
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
const METHODS: [&str; 5] = ["GET", "POST", "PUT", "UPDATE", "DELETE"];
const ROUTES: [&str; 7] = [
    "/favicon.ico",
    "/css/index.css",
    "/css/font-awsome.min.css",
    "/img/logo-full.svg",
    "/img/splash.jpg",
    "/api/login",
    "/api/logout",
];
const PROTOCOLS: [&str; 4] = ["HTTP/1.0", "HTTP/1.1", "HTTP/2", "HTTP/3"];

/// So many lines.
pub fn logs(n: &mut Numbers, count: u32) -> Logs {
    Logs {
        logs: (0..count).map(|_| log(n)).collect(),
    }
}

fn log(n: &mut Numbers) -> Log {
    let zone = i64::from(n.below(25)) - 12;
    Log {
        address: Address {
            x0: n.any() as u8,
            x1: n.any() as u8,
            x2: n.any() as u8,
            x3: n.any() as u8,
        },
        identity: "-".into(),
        userid: n.one_of(&USERS).into(),
        date: format!(
            "{}/{}/{}:{}:{}:{} {zone:+03}00",
            1 + n.below(28),
            n.one_of(&MONTHS),
            1970 + n.below(52),
            n.below(24),
            n.below(60),
            n.below(60),
        ),
        request: format!(
            "{} {} {}",
            n.one_of(&METHODS),
            n.one_of(&ROUTES),
            n.one_of(&PROTOCOLS)
        ),
        code: 100 + n.below(412) as u16,
        size: n.below(100_000_000).into(),
    }
}
