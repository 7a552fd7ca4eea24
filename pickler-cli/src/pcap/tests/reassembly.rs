use crate::pcap::layers::Segment;
use crate::pcap::reassembly::{Event, Reassembly};

/// What a direction tells of, as text: bytes as they are, what was lost as `<3>`.
#[derive(Default)]
struct Direction {
    reassembly: Reassembly<()>,
    told: String,
}

impl Direction {
    fn opened(sequence: u32) -> Self {
        let mut direction = Self::default();
        direction.take(&Segment {
            sequence,
            syn: true,
            ..Segment::default()
        });
        direction
    }

    fn take(&mut self, segment: &Segment<'_>) -> &mut Self {
        let told = &mut self.told;
        self.reassembly
            .segment(segment, (), &mut |event| tell(told, event));
        self
    }

    fn data(&mut self, sequence: u32, text: &str) -> &mut Self {
        self.take(&Segment {
            sequence,
            bytes: text.as_bytes(),
            ..Segment::default()
        })
    }

    fn fin(&mut self, sequence: u32, text: &str) -> &mut Self {
        self.take(&Segment {
            sequence,
            bytes: text.as_bytes(),
            fin: true,
            ..Segment::default()
        })
    }

    fn acknowledged(&mut self, number: u32) -> &mut Self {
        let told = &mut self.told;
        self.reassembly
            .acknowledge(number, (), &mut |event| tell(told, event));
        self
    }

    fn finish(&mut self) -> &mut Self {
        let told = &mut self.told;
        self.reassembly.finish((), &mut |event| tell(told, event));
        self
    }
}

fn tell(told: &mut String, event: Event<'_, ()>) {
    let text = match event {
        Event::Middle(()) => "...".into(),
        Event::Bytes(bytes, ()) => String::from_utf8_lossy(bytes).into_owned(),
        Event::Lost(bytes, ()) => format!("<{bytes}>"),
        Event::End(()) => "|".into(),
    };
    told.push_str(&text);
}

#[test]
fn segments_in_order_are_handed_on_as_they_come() {
    let mut direction = Direction::opened(99);
    direction.data(100, "abc").data(103, "de").fin(105, "f");
    assert_eq!(direction.told, "abcdef|");
    assert_eq!(direction.data(106, "g").told, "abcdef|");
}

#[test]
fn segments_out_of_order_wait() {
    let mut direction = Direction::opened(99);
    direction.data(104, "ef").data(102, "cd");
    assert_eq!(
        (direction.told.as_str(), direction.reassembly.held()),
        ("", 4)
    );
    direction.data(100, "ab");
    assert_eq!(
        (direction.told.as_str(), direction.reassembly.held()),
        ("abcdef", 0)
    );
}

#[test]
fn what_was_sent_twice_comes_once() {
    let mut direction = Direction::opened(99);
    direction
        .data(100, "abc")
        .data(100, "abc")
        .data(101, "bcde")
        .data(100, "a");
    assert_eq!(direction.told, "abcde");
    direction
        .data(110, "kl")
        .data(110, "k")
        .data(108, "ijklm")
        .data(105, "fghijk");
    assert_eq!(direction.told, "abcdefghijklm");
    assert_eq!(direction.reassembly.held(), 0);
}

#[test]
fn a_probe_that_keeps_the_connection_alive_is_nothing() {
    let mut direction = Direction::opened(99);
    direction
        .data(100, "abc")
        .data(102, "")
        .data(102, "c")
        .data(103, "d");
    assert_eq!(direction.told, "abcd");
}

#[test]
fn numbers_begin_anew_behind_the_last() {
    let mut direction = Direction::opened(u32::MAX - 3);
    direction
        .data(u32::MAX - 2, "abc")
        .data(2, "fg")
        .data(0, "de")
        .data(u32::MAX - 2, "abcde");
    assert_eq!(direction.told, "abcdefg");
}

#[test]
fn a_connection_has_more_bytes_than_there_are_numbers() {
    let mut direction = Direction::opened(u32::MAX);
    for quarter in 1..9_u32 {
        direction.told.clear();
        let number = (quarter % 4) << 30;
        for _ in 0..4 {
            direction.acknowledged(number);
        }
        assert_eq!(direction.told, "<1073741824>");
    }
    assert_eq!(direction.data(0, "abc").told, "<1073741824>abc");
}

#[test]
fn what_the_other_end_received_but_nobody_captured_is_lost() {
    let mut direction = Direction::opened(99);
    direction.data(100, "ab").data(105, "fg").acknowledged(107);
    assert_eq!(direction.told, "ab", "it may only be late");
    direction
        .acknowledged(107)
        .acknowledged(107)
        .acknowledged(107);
    assert_eq!(direction.told, "ab<3>fg");
    // Nothing waits behind what is lost.
    for _ in 0..4 {
        direction.acknowledged(110);
    }
    assert_eq!(direction.told, "ab<3>fg<3>");
    assert_eq!(direction.data(110, "k").told, "ab<3>fg<3>k");
}

#[test]
fn what_is_only_late_is_not_lost() {
    let mut direction = Direction::opened(99);
    direction
        .acknowledged(103)
        .acknowledged(103)
        .data(100, "abc");
    assert_eq!(direction.told, "abc");
    for _ in 0..9 {
        direction.acknowledged(103);
    }
    assert_eq!(direction.told, "abc");
}

#[test]
fn what_waits_at_the_end_is_handed_on() {
    let mut direction = Direction::opened(99);
    direction
        .data(100, "ab")
        .data(104, "ef")
        .data(108, "ij")
        .finish();
    assert_eq!(direction.told, "ab<2>ef<2>ij|");
    assert_eq!(direction.finish().told, "ab<2>ef<2>ij|");
}

#[test]
fn an_end_is_one_only_when_everything_before_has_come() {
    let mut direction = Direction::opened(99);
    direction.fin(102, "cd");
    assert_eq!(direction.told, "");
    direction.data(100, "ab");
    assert_eq!(direction.told, "abcd|");
    // The end has a number, too, which is not a byte that is lost.
    let mut direction = Direction::opened(99);
    direction.fin(100, "ab");
    for _ in 0..9 {
        direction.acknowledged(103);
    }
    assert_eq!(direction.told, "ab|");
}

#[test]
fn a_reset_ends_at_once() {
    let mut direction = Direction::opened(99);
    direction.data(100, "ab").data(103, "d").take(&Segment {
        sequence: 104,
        reset: true,
        ..Segment::default()
    });
    assert_eq!(direction.told, "ab<1>d|");
}

#[test]
fn a_capture_may_begin_within_a_connection() {
    let mut direction = Direction::default();
    direction
        .acknowledged(7)
        .data(100, "")
        .data(100, "ab")
        .data(102, "c")
        .data(98, "yzab");
    assert_eq!(direction.told, "...abc");
}

#[test]
fn what_was_not_kept_of_a_segment_is_lost() {
    let mut direction = Direction::opened(99);
    direction.take(&Segment {
        sequence: 100,
        bytes: b"ab",
        cut_off: 3,
        ..Segment::default()
    });
    direction.data(105, "fg").finish();
    assert_eq!(direction.told, "ab<3>fg|");
}

#[test]
fn what_waits_is_bounded() {
    let mut direction = Direction::opened(99);
    let piece = "x".repeat(1 << 10);
    for index in 0..5000_u32 {
        direction.data(101 + (index << 10), &piece);
        assert!(direction.reassembly.held() <= 1 << 20);
    }
    assert!(direction.told.starts_with("<1>x"));
    assert_eq!(direction.told.len(), 3 + (5000 << 10));
    // Scattered single bytes, each of which costs more than it holds.
    let mut direction = Direction::opened(99);
    for index in 0..5000_u32 {
        direction.data(101 + index * 2, "x");
        assert!(direction.reassembly.held() <= 1 << 10);
    }
    // Numbers far away.
    let mut direction = Direction::opened(99);
    direction
        .data(100, "a")
        .data(100 + (1 << 31), "z")
        .data(99 + (1 << 31), "y")
        .finish();
    assert!(direction.told.starts_with('a') && direction.told.ends_with('|'));
}
