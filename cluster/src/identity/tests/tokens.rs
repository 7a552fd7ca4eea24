//! Tokens: as text, and in the book.

use std::time::Duration;

use cluster_protocol::{Address, Digest, Name, Role};
use proptest::prelude::*;

use crate::identity::testing::Folder;
use crate::identity::{NotAToken, RETRY, Subject, Token, TokenBook, TokenError};

const HOUR: Duration = Duration::from_secs(3_600);
const NOW: u64 = 1_800_000_000;
const KEY: [u8; 32] = [1; 32];
const OTHER_KEY: [u8; 32] = [2; 32];

fn token(name: &str) -> Token {
    Token::mint(name.into(), Digest([7; 32]), vec![]).unwrap()
}

fn subject(name: &str) -> Subject {
    Subject::new(name.into(), vec!["lab".into()], Role::Node).unwrap()
}

/// A book with the token of `worker-1`, minted now, good for an hour.
fn book(folder: &Folder) -> (TokenBook, Token) {
    let mut book = TokenBook::open(&folder.path("tokens")).unwrap();
    let token = token("worker-1");
    book.add(&token, &subject("worker-1"), HOUR, NOW).unwrap();
    (book, token)
}

/// The secret, as it comes in a message.
fn secret(token: &Token) -> Vec<u8> {
    token.secret().to_vec()
}

#[test]
fn a_token_lets_in_whom_it_names() {
    let folder = Folder::new();
    let (mut book, token) = book(&folder);
    assert_eq!(book.pending(NOW), [Name::from("worker-1")]);
    let redeemed = book
        .redeem(&secret(&token), "worker-1", KEY, NOW + 1)
        .unwrap();
    assert_eq!(redeemed, subject("worker-1"));
    assert!(book.pending(NOW).is_empty());
}

#[test]
fn a_token_is_good_once() {
    let folder = Folder::new();
    let (mut book, token) = book(&folder);
    book.redeem(&secret(&token), "worker-1", KEY, NOW).unwrap();
    let again = book.redeem(&secret(&token), "worker-1", OTHER_KEY, NOW);
    assert!(matches!(again, Err(TokenError::Used(_))));
}

#[test]
fn a_lost_answer_may_be_asked_for_again_by_the_same_key_and_soon() {
    let folder = Folder::new();
    let (mut book, token) = book(&folder);
    book.redeem(&secret(&token), "worker-1", KEY, NOW).unwrap();
    // To ask again does not make the time longer.
    for wall in [NOW + 1, NOW + RETRY - 1, NOW + RETRY] {
        let again = book.redeem(&secret(&token), "worker-1", KEY, wall).unwrap();
        assert_eq!(again, subject("worker-1"));
    }
    let late = book.redeem(&secret(&token), "worker-1", KEY, NOW + RETRY + 1);
    assert!(matches!(late, Err(TokenError::Used(_))));
}

#[test]
fn a_crash_right_after_a_token_was_used_gives_it_back_to_nobody() {
    let folder = Folder::new();
    let (mut book, token) = book(&folder);
    book.redeem(&secret(&token), "worker-1", KEY, NOW).unwrap();
    // The process is gone; nothing was issued. A write was begun, too.
    drop(book);
    std::fs::write(folder.path("tokens.new"), [4, 0, 0, 0, 1]).unwrap();
    let mut book = TokenBook::open(&folder.path("tokens")).unwrap();
    let other = book.redeem(&secret(&token), "worker-1", OTHER_KEY, NOW);
    assert!(matches!(other, Err(TokenError::Used(_))));
    book.redeem(&secret(&token), "worker-1", KEY, NOW).unwrap();
}

#[test]
fn what_is_not_on_disk_has_not_happened() {
    let folder = Folder::new();
    let (mut book, token) = book(&folder);
    // A folder in place of the file that is written first: nothing can be.
    std::fs::create_dir(folder.path("tokens.new")).unwrap();
    let failed = book.redeem(&secret(&token), "worker-1", KEY, NOW);
    assert!(matches!(failed, Err(TokenError::Store(_))));
    assert_eq!(book.pending(NOW).len(), 1);
    std::fs::remove_dir(folder.path("tokens.new")).unwrap();
    book.redeem(&secret(&token), "worker-1", OTHER_KEY, NOW)
        .unwrap();
}

#[test]
fn a_token_expires() {
    let folder = Folder::new();
    let (mut book, token) = book(&folder);
    assert_eq!(book.pending(NOW + 3_599).len(), 1);
    assert!(book.pending(NOW + 3_600).is_empty());
    let late = book.redeem(&secret(&token), "worker-1", KEY, NOW + 3_600);
    assert!(matches!(late, Err(TokenError::Expired(_))));
    book.redeem(&secret(&token), "worker-1", KEY, NOW + 3_599)
        .unwrap();
}

#[test]
fn a_token_is_bound_to_its_name() {
    let folder = Folder::new();
    let (mut book, token) = book(&folder);
    for name in ["worker-2", "", "worker-1 ", "WORKER-1"] {
        let other = book.redeem(&secret(&token), name, KEY, NOW);
        assert!(matches!(other, Err(TokenError::OtherName(_))), "{name}");
    }
    // Nobody has spoilt it.
    book.redeem(&secret(&token), "worker-1", KEY, NOW).unwrap();
}

#[test]
fn every_bit_of_a_secret_counts() {
    let folder = Folder::new();
    let (mut book, token) = book(&folder);
    let secret = secret(&token);
    let mut tampered: Vec<Vec<u8>> = (0..256)
        .map(|bit| {
            let mut other = secret.clone();
            other[bit / 8] ^= 1 << (bit % 8);
            other
        })
        .collect();
    tampered.extend((0..32).map(|length| secret[..length].to_vec()));
    tampered.push([&secret[..], &[0]].concat());
    tampered.push(vec![0; 16_000]);
    for other in tampered {
        let refused = book.redeem(&other, "worker-1", KEY, NOW);
        assert!(matches!(refused, Err(TokenError::Unknown)));
    }
    book.redeem(&secret, "worker-1", KEY, NOW).unwrap();
}

#[test]
fn the_secret_is_not_in_the_book() {
    let folder = Folder::new();
    let (_book, token) = book(&folder);
    let bytes = std::fs::read(folder.path("tokens")).unwrap();
    assert!(!bytes.windows(32).any(|part| part == token.secret()));
}

#[test]
fn a_new_token_of_a_name_replaces_the_old_one() {
    let folder = Folder::new();
    let (mut book, old) = book(&folder);
    let new = token("worker-1");
    book.add(&new, &subject("worker-1"), HOUR, NOW).unwrap();
    assert_eq!(book.pending(NOW).len(), 1);
    let refused = book.redeem(&secret(&old), "worker-1", KEY, NOW);
    assert!(matches!(refused, Err(TokenError::Unknown)));
    book.redeem(&secret(&new), "worker-1", KEY, NOW).unwrap();
}

#[test]
fn a_cancelled_token_is_forgotten() {
    let folder = Folder::new();
    let (mut book, token) = book(&folder);
    book.cancel("nobody").unwrap();
    book.cancel("worker-1").unwrap();
    let mut book = TokenBook::open(&folder.path("tokens")).unwrap();
    let refused = book.redeem(&secret(&token), "worker-1", KEY, NOW);
    assert!(matches!(refused, Err(TokenError::Unknown)));
}

#[test]
fn what_has_long_expired_is_forgotten() {
    let folder = Folder::new();
    let (mut book, old) = book(&folder);
    let later = NOW + 3_600 + 24 * 3_600;
    book.add(&token("worker-2"), &subject("worker-2"), HOUR, later - 1)
        .unwrap();
    let remembered = book.redeem(&secret(&old), "worker-1", KEY, later);
    assert!(matches!(remembered, Err(TokenError::Expired(_))));
    book.add(&token("worker-3"), &subject("worker-3"), HOUR, later)
        .unwrap();
    let forgotten = book.redeem(&secret(&old), "worker-1", KEY, later);
    assert!(matches!(forgotten, Err(TokenError::Unknown)));
}

#[test]
fn a_token_is_one_word() {
    let addresses = vec![
        Address::V4 {
            ip: [10, 0, 0, 1],
            port: 7_000,
        },
        Address::V6 {
            ip: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
            port: 7_001,
        },
    ];
    let token = Token::mint("worker-1.lab".into(), Digest([7; 32]), addresses).unwrap();
    let text = token.to_string();
    assert!(text.ends_with(&format!(
        ".{}.worker-1.lab@10.0.0.1:7000,[::1]:7001",
        "07".repeat(32)
    )));
    assert!(!text.contains(char::is_whitespace));
    assert_eq!(text.parse(), Ok(token.clone()));
    assert_eq!(format!("  {text}\n").parse(), Ok(token.clone()));
    assert!(!format!("{token:?}").contains(&Digest(*token.secret()).to_string()));
}

#[test]
fn what_is_no_token_is_refused() {
    let good = token("worker-1").to_string();
    for (from, to) in [
        ("cluster1", "cluster2"),
        ("cluster1.", "cluster1.0"),
        ("cluster1.", ""),
        (".worker-1", ""),
        (".worker-1", "."),
        ("worker-1", "../x"),
        ("worker-1", "worker-1@"),
        ("worker-1", "worker-1@host:1"),
        ("worker-1", "worker-1@10.0.0.1:7000,"),
        ("worker-1", "worker 1"),
        ("0707.worker", "07G7.worker"),
        ("0707.worker", "070.worker"),
        ("0707.worker", "070707.worker"),
    ] {
        let other = good.replacen(from, to, 1);
        assert_ne!(other, good);
        assert_eq!(other.parse::<Token>(), Err(NotAToken), "{other}");
    }
    let long = format!("{good}@{}", ["10.0.0.1:7000"; 100].join(","));
    assert_eq!(long.parse::<Token>(), Err(NotAToken));
}

proptest! {
    #[test]
    fn whatever_is_pasted_is_parsed_or_refused(text in "(cluster1\\.)?[0-9a-f.@:,\\[\\]é]{0,150}") {
        if let Ok(token) = text.parse::<Token>() {
            prop_assert_eq!(token.to_string().parse::<Token>(), Ok(token));
        }
    }
}
