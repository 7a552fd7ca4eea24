//! What is generated obeys the declaration, and reaches its edges.

use std::collections::BTreeSet;
use std::fmt::Debug;

use pickler::generate::{self, Bounds, ByteChoices, Generator, Seeded, Unsatisfied};
use pickler::schema::{Count, Meaning, Schema, Shape, TextEncoding};
use pickler::{ByteString, Derived, Pickle, PickleOwned, dynamic};

/// Values of many seeds, each of which comes back.
fn many<T: PickleOwned + Debug + PartialEq + 'static>() -> Vec<T> {
    let simplest: T = generate::value(&mut ByteChoices::new(&[])).unwrap();
    let mut values = vec![simplest];
    for seed in 0..1000 {
        values.push(generate::value(&mut Seeded::new(seed)).unwrap());
    }
    for value in &values {
        let bytes = pickler::encode(value).unwrap();
        assert_eq!(pickler::decode::<T>(&bytes).as_ref(), Ok(value));
    }
    values
}

#[derive(Pickle, Debug, PartialEq)]
struct Leaves {
    #[pickle(bits = 3)]
    three: u8,
    #[pickle(bits = 5)]
    five: i8,
    #[pickle(none = 255)]
    seat: Option<u8>,
    wide: i128,
    #[pickle(count = u8)]
    text: String,
}

#[test]
fn edges_come_up() {
    let values = many::<Leaves>();
    let three: BTreeSet<u8> = values.iter().map(|it| it.three).collect();
    assert_eq!(three.len(), 8);
    let five: BTreeSet<i8> = values.iter().map(|it| it.five).collect();
    assert_eq!(five.len(), 32);
    let seats: BTreeSet<Option<u8>> = values.iter().map(|it| it.seat).collect();
    assert!(seats.contains(&None) && seats.contains(&Some(254)) && seats.contains(&Some(0)));
    for edge in [i128::MIN, i128::MAX, -1, 0] {
        assert!(values.iter().any(|it| it.wide == edge), "{edge}");
    }
    let lengths: BTreeSet<usize> = values.iter().map(|it| it.text.len()).collect();
    assert!(lengths.contains(&0) && lengths.contains(&255));
    assert!(values.iter().any(|it| it.text.contains('\u{10FFFF}')));
    let simplest = Leaves {
        three: 0,
        five: 0,
        seat: None,
        wide: 0,
        text: String::new(),
    };
    assert_eq!(values[0], simplest);
}

#[derive(Pickle, Debug, PartialEq)]
struct Dependent {
    rows: u8,
    columns: u8,
    #[pickle(count = rows * columns)]
    cells: Vec<u16>,
    size: i16,
    #[pickle(size = size - 4)]
    body: Inner,
    #[pickle(derived = sizeof(text) + 1)]
    length: Derived<u8>,
    #[pickle(size = length - 1)]
    text: ByteString,
    words: u8,
    #[pickle(size = words * 4)]
    rest: Vec<u32>,
    half: u8,
    #[pickle(count = half / 2)]
    halves: String,
}

#[derive(Pickle, Debug, PartialEq)]
struct Inner {
    kind: u16,
    #[pickle(count = u8)]
    names: Vec<Inner>,
}

#[test]
fn counts_and_sizes_fit_what_they_are_for() {
    let values = many::<Dependent>();
    assert!(values.iter().any(|it| it.cells.len() > 5));
    assert!(values.iter().any(|it| it.body.names.len() > 2));
    assert!(values.iter().any(|it| it.text.len() > 20));
    assert!(values.iter().any(|it| it.rest.len() > 2));
    assert!(values.iter().any(|it| it.halves.len() > 2));
    let odd = values.iter().filter(|it| it.half % 2 == 1).count();
    assert!(odd > 20, "{odd}");
}

#[derive(Pickle, Debug, PartialEq)]
#[pickle(tag = u8, length = u8, length_counts = message)]
enum Message {
    Nothing,
    Name(#[pickle(count = u16)] String),
    Deep(Box<Message>, Box<Message>),
    #[pickle(tag = 7)]
    Many(#[pickle(count = u8)] Vec<Message>),
    #[pickle(other)]
    Other {
        tag: u8,
        body: ByteString,
    },
}

#[test]
fn unions_have_all_their_variants_and_end() {
    let values = many::<Message>();
    let count = |is: fn(&Message) -> bool| values.iter().filter(|it| is(it)).count();
    assert!(count(|it| *it == Message::Nothing) > 50);
    assert!(count(|it| matches!(it, Message::Name(_))) > 50);
    assert!(count(|it| matches!(it, Message::Deep(..))) > 50);
    assert!(count(|it| matches!(it, Message::Many(_))) > 50);
    assert!(count(|it| matches!(it, Message::Other { .. })) > 20);
    assert_eq!(values[0], Message::Nothing);
}

#[derive(Pickle, Debug, PartialEq)]
struct Endless {
    next: Box<Endless>,
}

#[derive(Pickle, Debug, PartialEq)]
#[pickle(inline)]
struct Around {
    first: u8,
    pair: (u8, Endless),
}

#[test]
fn what_has_no_finite_value_is_said_so() {
    let error = generate::value::<Endless>(&mut Seeded::new(1)).unwrap_err();
    let name = "Endless".into();
    assert_eq!(error, Unsatisfied::Endless { name });

    let error = generate::value::<Around>(&mut Seeded::new(1)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`Endless` holds itself without end: no value is finite"
    );
    let name = String::new();
    assert_eq!(
        Unsatisfied::Endless { name }.to_string(),
        "this holds itself without end: no value is finite"
    );
}

#[derive(Pickle, Debug, PartialEq)]
struct Impossible {
    /// A count that no list of pairs can have.
    #[pickle(constant = 3_u8)]
    three: (),
    #[pickle(size = 3)]
    pairs: Vec<u16>,
}

#[test]
fn what_cannot_fit_is_said_so() {
    let error = generate::value::<Impossible>(&mut Seeded::new(1)).unwrap_err();
    let Unsatisfied::NothingFits { attempts, last } = &error else {
        panic!("{error}");
    };
    assert_eq!(*attempts, 100);
    assert!(last.to_string().contains("pairs"), "{last}");
}

/// Formats of which each value is too large.
#[test]
fn what_is_always_too_large_is_said_so() {
    let byte = Shape::Integer {
        bits: 8,
        signed: false,
    };
    let list = |item: Shape, count| Shape::List {
        item: Box::new(item),
        count: Count::Fixed(count),
    };
    let count = Count::Fixed(1 << 40);
    for shape in [
        list(byte.clone(), 1 << 40),
        list(list(byte.clone(), 100_000), 100_000),
        Shape::Bytes {
            count: count.clone(),
        },
        Shape::Text {
            count: count.clone(),
        },
        Meaning::Text(TextEncoding::Latin1).of(Shape::Bytes { count }),
    ] {
        let generator = Generator::new(Schema::new(shape, Vec::new()).unwrap());
        let error = generator.value(&mut Seeded::new(1)).unwrap_err();
        assert_eq!(
            error.to_string(),
            "of 100 values none fits; of the last: more than 1048576 items in all"
        );
    }
}

/// Messages, some of which hold others.
#[derive(Pickle, Debug, PartialEq)]
#[pickle(tag = u8, length = u16)]
enum Talk {
    Ping,
    #[pickle(tag = 7)]
    Word(u16),
    #[pickle(tag = 9)]
    Several(#[pickle(count = u8)] Vec<Talk>),
    #[pickle(other)]
    Other {
        tag: u8,
        body: ByteString,
    },
}

#[test]
fn a_message_that_is_wanted_is_made_and_holds_any() {
    let generator = Generator::new(Schema::of::<Talk>());
    let made = |name: &str, seed| {
        let value = generator.message(name, &mut Seeded::new(seed)).unwrap();
        pickler::decode::<Talk>(&dynamic::encode(generator.schema(), &value).unwrap()).unwrap()
    };
    let mut inside = BTreeSet::new();
    for seed in 0..200 {
        assert_eq!(made("Ping", seed), Talk::Ping);
        assert!(matches!(made("Word", seed), Talk::Word(_)));
        let Talk::Several(talks) = made("Several", seed) else {
            panic!("seed {seed} made something else");
        };
        inside.extend(talks.iter().map(|talk| match talk {
            Talk::Ping => 0,
            Talk::Word(_) => 1,
            Talk::Several(_) => 2,
            Talk::Other { .. } => 3,
        }));
    }
    assert_eq!(inside, BTreeSet::from([0, 1, 2, 3]));
    let unknown = generator.message("Shout", &mut Seeded::new(1));
    let why = unknown.unwrap_err().to_string();
    assert_eq!(why, "there is no message `Shout`");
}

#[derive(Pickle, Debug, PartialEq)]
struct Elsewhere {
    header: u64,
    offset: u32,
    #[pickle(at = offset)]
    there: u16,
}

/// What stands elsewhere seldom fits where any number says.
#[test]
fn offsets_leave_room() {
    let mut bounds = Bounds::default();
    bounds.attempts = 4;
    let generator = Generator::with_bounds(Schema::of::<Elsewhere>(), bounds);
    let made = (0..100).filter(|seed| generator.value(&mut Seeded::new(*seed)).is_ok());
    let made = made.count();
    assert!(made > 90, "{made} of 100");
}

#[derive(Pickle, Debug, PartialEq)]
struct Asked {
    header: u64,
    #[pickle(assert = bitmap >> 61 & 1 == 1 && bitmap & 0xFF00 == 0x5A00 && bitmap >> 63 == 0)]
    bitmap: u64,
    #[pickle(assert = product * 37 + 5 == 37 * 4321 + 5)]
    product: u32,
}

/// Any number hardly ever has the bits that are asked for, or solves an equation.
#[test]
fn bits_that_are_asked_for_are_set() {
    let values = many::<Asked>();
    assert!(
        values
            .iter()
            .all(|it| it.bitmap >> 61 & 1 == 1 && it.product == 4321)
    );
}
