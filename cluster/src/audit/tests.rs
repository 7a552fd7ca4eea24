//! Logs that were changed, torn or taken from.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{AuditError, AuditLog, Damage, MAX_LINE, verify};
use crate::identity::sha256;
use crate::identity::testing::Folder;

const NOW: u64 = 1_800_000_000;

/// A log of three lines.
fn small(path: &Path) -> Vec<u8> {
    let mut log = AuditLog::open(path, NOW).unwrap();
    log.append(NOW, "alice", "sync", &json!({"version": 4}))
        .unwrap();
    log.append(NOW + 1, "bob", "set", &json!(["A", "é"]))
        .unwrap();
    log.append(NOW + 2, "alice", "revoke", &Value::Null)
        .unwrap();
    fs::read(path).unwrap()
}

/// Its lines, without their ends.
fn lines(log: &[u8]) -> Vec<Vec<u8>> {
    log.split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(<[u8]>::to_vec)
        .collect()
}

fn join(lines: &[Vec<u8>]) -> Vec<u8> {
    lines
        .iter()
        .flat_map(|line| [line, &b"\n"[..]].concat())
        .collect()
}

/// How many lines have an end.
fn ends(log: &[u8]) -> u64 {
    log.split(|byte| *byte == b'\n').skip(1).count() as u64
}

/// Which line is damaged, and how.
fn damage(result: Result<impl Sized, AuditError>) -> (u64, Damage) {
    match result.err().expect("the log was taken for good") {
        AuditError::Damaged { line, damage, .. } => (line, damage),
        other => panic!("{other}"),
    }
}

#[test]
fn a_line_says_who_asked_for_what_and_when() {
    let folder = Folder::new();
    let log = small(&folder.path("log"));
    let lines = lines(&log);
    let text = String::from_utf8(lines[1].clone()).unwrap();
    let line: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(line["n"], 2);
    assert_eq!(line["time"], "2027-01-15T08:00:01Z");
    assert_eq!(line["who"], "bob");
    assert_eq!(line["what"], "set");
    assert_eq!(line["detail"], json!(["A", "é"]));
    let before: Value = serde_json::from_slice(&lines[0]).unwrap();
    assert_eq!(line["prev"], before["hash"]);
    assert_eq!(before["prev"], "0".repeat(64));
    // Anybody can follow the chain without this program: what is hashed is the
    // line up to its hash.
    let (hashed, _) = text.split_once(",\"hash\"").unwrap();
    assert_eq!(line["hash"], sha256(hashed.as_bytes()).to_string());
}

#[test]
fn the_log_goes_on_where_it_ended() {
    let folder = Folder::new();
    let path = folder.path("log");
    small(&path);
    let mut log = AuditLog::open(&path, NOW).unwrap();
    assert_eq!(log.head().number, 3);
    let head = log.append(NOW, "carol", "run", &json!({})).unwrap();
    assert_eq!(head.number, 4);
    assert_eq!(&head, log.head());
    assert_eq!(verify(&path).unwrap(), head);
}

#[test]
fn every_byte_counts() {
    let folder = Folder::new();
    let path = folder.path("log");
    let log = small(&path);
    for place in 0..log.len() {
        for mask in [
            0x01,
            0x20,
            0x80,
            0xff,
            log[place] ^ b'\n',
            log[place] ^ b' ',
        ] {
            if mask == 0 {
                continue;
            }
            let mut changed = log.clone();
            changed[place] ^= mask;
            fs::write(&path, &changed).unwrap();
            let error = verify(&path).expect_err("a changed byte went unseen");
            let last = log.len() - 1;
            assert_eq!(matches!(error, AuditError::Torn { .. }), place == last);
            if place != last {
                let number = ends(&log[..place]);
                assert_eq!(damage(Err::<(), _>(error)).0, number + 1);
                assert_eq!(damage(AuditLog::open(&path, NOW)).0, number + 1);
                assert_eq!(fs::read(&path).unwrap(), changed, "damage is left as it is");
            }
        }
    }
}

#[test]
fn every_byte_that_is_put_in_or_taken_out_counts() {
    let folder = Folder::new();
    let path = folder.path("log");
    let log = small(&path);
    for place in 0..log.len() {
        let mut shorter = log.clone();
        shorter.remove(place);
        fs::write(&path, &shorter).unwrap();
        assert!(verify(&path).is_err(), "{place}");
        for byte in [b' ', b'\n', b'0', 0] {
            let mut longer = log.clone();
            longer.insert(place, byte);
            fs::write(&path, &longer).unwrap();
            assert!(verify(&path).is_err(), "{byte} at {place}");
        }
    }
}

#[test]
fn lines_keep_their_order() {
    let folder = Folder::new();
    let path = folder.path("log");
    let [one, two, three]: [Vec<u8>; 3] = lines(&small(&path)).try_into().unwrap();
    for (what, lines, line) in [
        ("swapped", vec![&two, &one, &three], 1),
        ("swapped", vec![&one, &three, &two], 2),
        ("taken out", vec![&one, &three], 2),
        ("beheaded", vec![&two, &three], 1),
        ("doubled", vec![&one, &one, &two, &three], 2),
        ("doubled", vec![&one, &two, &three, &three], 4),
    ] {
        let lines: Vec<Vec<u8>> = lines.into_iter().cloned().collect();
        fs::write(&path, join(&lines)).unwrap();
        assert_eq!(damage(verify(&path)), (line, Damage::Order), "{what}");
    }
}

#[test]
fn a_line_with_a_hash_of_its_own_does_not_follow() {
    let folder = Folder::new();
    let path = folder.path("log");
    let log = small(&path);
    let [one, two, three]: [Vec<u8>; 3] = lines(&log).try_into().unwrap();
    let rehash = |line: &[u8], from: &str, to: &str| {
        let text = String::from_utf8(line.to_vec()).unwrap().replace(from, to);
        let (hashed, _) = text.rsplit_once(",\"hash\"").unwrap();
        let hash = sha256(hashed.as_bytes());
        format!("{hashed},\"hash\":\"{hash}\"}}").into_bytes()
    };
    assert_eq!(rehash(&two, "bob", "bob"), two);
    // The next line shows it.
    fs::write(
        &path,
        join(&[one.clone(), rehash(&two, "bob", "eve"), three.clone()]),
    )
    .unwrap();
    assert_eq!(damage(verify(&path)), (3, Damage::Order));
    // Two readers that understand it differently there cannot be, either.
    for (from, to) in [
        ("\"n\":2", "\"n\":3"),
        ("\"n\":2", "\"n\":2,\"n\":2"),
        ("\"n\":2", "\"m\":2"),
        ("\"n\":2", "\"x\":0,\"n\":2"),
        ("\"who\":\"bob\",", ""),
        ("\"who\":\"bob\"", "\"who\":\"bob\",\"who\":\"eve\""),
        ("\"bob\"", "bob"),
    ] {
        let forged = rehash(&two, from, to);
        fs::write(&path, join(&[one.clone(), forged])).unwrap();
        let (line, damage) = damage(verify(&path));
        assert_eq!(line, 2);
        assert!(
            matches!(damage, Damage::Form | Damage::Order),
            "{to}: {damage}"
        );
    }
}

#[test]
fn a_torn_end_is_mended_and_noted() {
    let folder = Folder::new();
    let path = folder.path("log");
    let log = small(&path);
    for length in 0..log.len() {
        let _ = fs::remove_file(&path);
        fs::write(&path, &log[..length]).unwrap();
        let whole = ends(&log[..length]);
        let torn = length
            - log[..length]
                .iter()
                .rposition(|b| *b == b'\n')
                .map_or(0, |at| at + 1);
        match verify(&path) {
            Ok(head) => assert!(torn == 0 && head.number == whole),
            Err(AuditError::Torn { line, .. }) => assert!(torn > 0 && line == whole + 1),
            Err(other) => panic!("{other}"),
        }
        let opened = AuditLog::open(&path, NOW + 9).unwrap();
        let noted = u64::from(torn > 0);
        assert_eq!(opened.head().number, whole + noted);
        if torn > 0 {
            let line: Value = serde_json::from_str(&opened.tail(1).unwrap()[0]).unwrap();
            assert_eq!(line["what"], "mended");
            assert_eq!(line["detail"]["bytes"], torn);
            let text = String::from_utf8_lossy(&log[length - torn..length]);
            assert_eq!(line["detail"]["torn"], *text);
        }
        drop(opened);
        // Once is enough.
        assert_eq!(verify(&path).unwrap().number, whole + noted);
        assert_eq!(
            AuditLog::open(&path, NOW).unwrap().head().number,
            whole + noted
        );
    }
}

#[test]
fn what_is_before_a_torn_end_is_verified() {
    let folder = Folder::new();
    let path = folder.path("log");
    let mut log = small(&path);
    log.truncate(log.len() - 5);
    log[20] ^= 1;
    fs::write(&path, &log).unwrap();
    assert_eq!(damage(AuditLog::open(&path, NOW)), (1, Damage::Changed));
    assert_eq!(fs::read(&path).unwrap(), log);
}

#[test]
fn a_line_without_end_does_not_fill_the_memory() {
    let folder = Folder::new();
    let path = folder.path("log");
    let file = fs::File::create(&path).unwrap();
    // A hole of eight gigabytes, which takes up no room.
    file.set_len(8 << 30).unwrap();
    assert_eq!(damage(verify(&path)), (1, Damage::TooLong));
    assert_eq!(damage(AuditLog::open(&path, NOW)), (1, Damage::TooLong));
}

#[test]
fn what_is_too_long_is_not_noted_and_harms_nothing() {
    let folder = Folder::new();
    let path = folder.path("log");
    small(&path);
    let mut log = AuditLog::open(&path, NOW).unwrap();
    let long = "x".repeat(MAX_LINE);
    let error = log.append(NOW, &long, "sync", &Value::Null).unwrap_err();
    assert!(matches!(error, AuditError::TooLong));
    log.append(NOW, "alice", "sync", &Value::Null).unwrap();
    // The longest that is taken can be read again.
    let mut fits = 0;
    for length in (MAX_LINE - 400..MAX_LINE).rev() {
        if log
            .append(NOW, &"x".repeat(length), "y", &Value::Null)
            .is_ok()
        {
            fits = length;
            break;
        }
    }
    assert!(fits > 0);
    assert_eq!(verify(&path).unwrap().number, 5);
}

#[test]
fn one_process_writes_at_a_time() {
    let folder = Folder::new();
    let path = folder.path("log");
    let log = AuditLog::open(&path, NOW).unwrap();
    assert!(matches!(
        AuditLog::open(&path, NOW),
        Err(AuditError::InUse(_))
    ));
    // Others may read.
    verify(&path).unwrap();
    drop(log);
    AuditLog::open(&path, NOW).unwrap();
}

#[test]
fn the_tail_is_the_newest_lines() {
    let folder = Folder::new();
    let path = folder.path("log");
    let mut log = AuditLog::open(&path, NOW).unwrap();
    assert!(log.tail(3).unwrap().is_empty());
    for number in 1..=60 {
        log.append(NOW, "alice", &format!("command {number}"), &Value::Null)
            .unwrap();
    }
    for lines in [0, 1, 2, 45, 60, 61, usize::MAX] {
        assert_eq!(
            numbers(&log.tail(lines).unwrap()),
            (61 - lines.min(60)..=60).collect::<Vec<_>>()
        );
    }
    // However many are asked for, they come to no more than 512 KiB.
    let detail = json!("x".repeat(60_000));
    for _ in 0..10 {
        log.append(NOW, "alice", "command", &detail).unwrap();
    }
    assert_eq!(numbers(&log.tail(2).unwrap()), [69, 70]);
    assert_eq!(
        numbers(&log.tail(usize::MAX).unwrap()),
        (63..=70).collect::<Vec<_>>()
    );
}

/// The numbers of lines.
fn numbers(lines: &[String]) -> Vec<usize> {
    lines
        .iter()
        .map(|line| {
            let line: Value = serde_json::from_str(line).unwrap();
            line["n"].as_u64().unwrap().try_into().unwrap()
        })
        .collect()
}

#[test]
fn a_log_is_private() {
    use std::os::unix::fs::PermissionsExt;

    let folder = Folder::new();
    let path = folder.path("log");
    AuditLog::open(&path, NOW).unwrap();
    let mode = fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_clock_that_is_wrong_is_noted_as_it_is() {
    let folder = Folder::new();
    let path = folder.path("log");
    let mut log = AuditLog::open(&path, NOW).unwrap();
    for (wall, time) in [
        (0, "1970-01-01T00:00:00Z"),
        (951_782_399, "2000-02-28T23:59:59Z"),
        (951_782_400, "2000-02-29T00:00:00Z"),
        (u64::MAX, "9999-12-31T23:59:59Z"),
    ] {
        log.append(wall, "a", "b", &Value::Null).unwrap();
        assert!(log.tail(1).unwrap()[0].contains(time));
    }
    drop(log);
    verify(&path).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Text from peers cannot end a line, or pass for another field of it.
    #[test]
    fn text_is_only_text(who in any::<String>(), what in "[\"\\\\\n\r{}:,a\u{2028}\0]{0,20}", detail in any::<String>()) {
        let folder = Folder::new();
        let path = folder.path("log");
        let mut log = AuditLog::open(&path, NOW).unwrap();
        for _ in 0..2 {
            log.append(NOW, &who, &what, &json!({"text": detail})).unwrap();
        }
        let tail = log.tail(9).unwrap();
        prop_assert_eq!(tail.len(), 2);
        for line in tail {
            let line: Value = serde_json::from_str(&line).unwrap();
            prop_assert_eq!(&line["who"], &who);
            prop_assert_eq!(&line["what"], &what);
            prop_assert_eq!(&line["detail"]["text"], &detail);
        }
        prop_assert_eq!(verify(&path).unwrap().number, 2);
    }

    #[test]
    fn no_bytes_are_a_log_by_chance(bytes in proptest::collection::vec(any::<u8>(), 1..300)) {
        let folder = Folder::new();
        let path = folder.path("log");
        fs::write(&path, &bytes).unwrap();
        prop_assert!(verify(&path).is_err());
    }
}
