//! Hostile input costs no more than its size warrants.

#![allow(
    clippy::items_after_statements,
    clippy::vec_box,
    reason = "a declaration stands in front of the bytes that it is for, and boxes are what is charged"
)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::time::{Duration, Instant};

use pickler::framing::{Framed, Frames, FramingError};
use pickler::generate::{Choices, Seeded};
use pickler::schema::Schema;
use pickler::types::UnknownField;
use pickler::{ByteString, Derived, Error, ErrorKind, Limits, Pickle, PickleOwned, dynamic};

/// Counts what each thread allocates.
struct Counting;

thread_local! {
    static ALLOCATED: Cell<usize> = const { Cell::new(0) };
}

#[expect(unsafe_code, reason = "the trait asks for it")]
// SAFETY: all is left to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATED.with(|it| it.set(it.get() + layout.size()));
        // SAFETY: the caller keeps the contract, which is the same.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: as above.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// What a decode says, and how many bytes it allocated.
fn decode<T: PickleOwned>(bytes: &[u8]) -> (Result<(), ErrorKind>, usize) {
    let before = ALLOCATED.get();
    let result = pickler::decode::<T>(bytes).map(drop);
    let allocated = ALLOCATED.get() - before;
    (result.map_err(|error| error.kind().clone()), allocated)
}

#[derive(Pickle, Debug)]
struct Tree {
    #[pickle(count = u8)]
    branches: Vec<Tree>,
}

#[derive(Pickle, Debug)]
struct Lists {
    #[pickle(count = u32)]
    records: Vec<Record>,
}

#[derive(Pickle, Debug)]
struct Record {
    small: u8,
    #[pickle(count = u64)]
    bytes: ByteString,
}

#[derive(Pickle, Debug)]
struct Nothing {}

#[derive(Pickle, Debug)]
struct Nothings {
    #[pickle(count = u32)]
    items: Vec<Nothing>,
}

#[derive(Pickle, Debug)]
struct Huge {
    size: u64,
    #[pickle(size = size)]
    items: Vec<[u8; 4]>,
}

#[derive(Pickle, Debug)]
struct Product {
    rows: u64,
    #[pickle(count = rows * rows)]
    items: Vec<u64>,
}

#[test]
fn counts_that_lie_cost_nothing() {
    for bytes in [&[0xFF; 4][..], &[0xFF; 13]] {
        let (result, allocated) = decode::<Lists>(bytes);
        assert!(matches!(result, Err(ErrorKind::CountTooLarge { .. })));
        assert!(allocated < 1024, "{allocated}");
    }
    let one_record = [&[0, 0, 0, 1, 9][..], &[0xFF; 8], &[1, 2]].concat();
    let (result, allocated) = decode::<Lists>(&one_record);
    assert!(matches!(result, Err(ErrorKind::UnexpectedEnd { .. })));
    assert!(allocated < 1024, "{allocated}");
    let (result, allocated) = decode::<Huge>(&[0xFF; 9]);
    assert!(matches!(result, Err(ErrorKind::UnexpectedEnd { .. })));
    assert!(allocated < 1024, "{allocated}");
    let (result, allocated) = decode::<Product>(&[0x0F; 30]);
    assert!(result.is_err());
    assert!(allocated < 1024, "{allocated}");
}

#[test]
fn allocation_is_bounded_by_the_input() {
    let mut bytes = vec![0, 0, 0x10, 0];
    bytes.extend([1, 0, 0, 0, 0, 0, 0, 0, 0].repeat(0x1000));
    let (result, allocated) = decode::<Lists>(&bytes);
    assert_eq!(result, Ok(()));
    assert!(allocated < bytes.len() * 32, "{allocated}");
}

#[test]
fn deep_nesting_is_refused() {
    let nested = |depth: usize| {
        let mut bytes = vec![1; depth];
        bytes.push(0);
        bytes
    };
    assert_eq!(decode::<Tree>(&nested(63)).0, Ok(()));
    let (result, _) = decode::<Tree>(&nested(64));
    assert_eq!(result, Err(ErrorKind::TooDeep { limit: 64 }));
    let (result, allocated) = decode::<Tree>(&nested(1 << 20));
    assert_eq!(result, Err(ErrorKind::TooDeep { limit: 64 }));
    assert!(allocated < 1 << 20, "{allocated}");
}

#[test]
fn what_is_too_deep_to_be_read_is_not_written() {
    let mut tree = Tree { branches: vec![] };
    for _ in 0..64 {
        tree = Tree {
            branches: vec![tree],
        };
    }
    let error = pickler::encode(&tree).unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::TooDeep { limit: 64 });
}

#[test]
fn items_that_take_no_room_are_counted() {
    assert_eq!(decode::<Nothings>(&[0, 0, 0xFF, 0xFF]).0, Ok(()));
    let (result, _) = decode::<Nothings>(&[0xFF; 4]);
    assert_eq!(result, Err(ErrorKind::TooManyEmptyItems { limit: 65_536 }));
}

#[test]
fn sizes_within_sizes_take_no_exponential_time() {
    #[derive(Pickle, Debug)]
    struct Sized {
        #[pickle(derived = sizeof(self))]
        size: Derived<u16>,
        #[pickle(count = u8)]
        inner: Vec<Sized>,
    }
    let mut value = Sized {
        size: Derived::auto(),
        inner: vec![],
    };
    for _ in 0..60 {
        value = Sized {
            size: Derived::auto(),
            inner: vec![value],
        };
    }
    let bytes = pickler::encode(&value).unwrap();
    assert_eq!(bytes.len(), 61 * 3);
    assert!(pickler::decode::<Sized>(&bytes).is_ok());
    let schema = Schema::of::<Sized>();
    let value = dynamic::decode(&schema, &bytes).unwrap();
    assert_eq!(dynamic::encode(&schema, &value).unwrap(), bytes);
}

/// What is tried and does not come off forgets what was shared in it, without
/// looking at all that was shared before.
#[test]
fn tries_beside_a_full_table_take_no_quadratic_time() {
    #[derive(Pickle)]
    struct Tried {
        #[pickle(count = u16, item(shared = index(u16)))]
        shared: Vec<u16>,
        #[pickle(count = u16)]
        tries: Vec<Try>,
    }
    #[derive(Pickle)]
    #[pickle(choice)]
    enum Try {
        One {
            #[pickle(constant = 1_u8)]
            one: (),
        },
        Other(u8),
    }
    const COUNT: u16 = 40_000;
    let mut bytes = COUNT.to_be_bytes().to_vec();
    for number in 0..COUNT {
        bytes.extend(number.to_be_bytes());
        bytes.extend([0, 0]);
    }
    bytes.extend(COUNT.to_be_bytes());
    bytes.resize(bytes.len() + usize::from(COUNT), 9);
    let begin = Instant::now();
    assert!(pickler::decode::<Tried>(&bytes).is_ok());
    let took = begin.elapsed();
    // The square of it takes most of a minute.
    assert!(took < Duration::from_secs(10), "{took:?}");
}

/// Half of what is charged for may be there twice, while it moves to a larger
/// place; counts, paths and the error have their own.
#[track_caller]
fn is_charged<T: PickleOwned>(bytes: &[u8]) {
    const MEMORY: u32 = 1 << 16;
    let mut limits = Limits::default();
    limits.memory = MEMORY.into();
    let kind = Err(ErrorKind::TooMuchMemory {
        limit: MEMORY.into(),
    });
    let check = |name: &str, run: &dyn Fn() -> Result<(), Error>| {
        let before = ALLOCATED.get();
        let result = run().map_err(|error| error.kind().clone());
        let allocated = ALLOCATED.get() - before;
        assert_eq!(result, kind, "{name}");
        assert!(
            allocated < 3 * MEMORY as usize + 8192,
            "{name}: {allocated} bytes"
        );
    };
    check("derived", &|| {
        pickler::decode_with_limits::<T>(bytes, limits).map(drop)
    });
    let schema = Schema::of::<T>();
    check("dynamic", &|| {
        dynamic::decode_with_limits(&schema, bytes, limits).map(drop)
    });
}

/// Whatever holds what was read takes its room from the budget.
#[test]
fn every_container_is_charged_for() {
    const BYTES: usize = 1 << 20;
    macro_rules! field {
        ($(#[$attribute:meta])* $type:ty, $bytes:expr) => {{
            #[derive(Pickle, Debug)]
            struct Of {
                $(#[$attribute])*
                field: $type,
            }
            is_charged::<Of>($bytes);
        }};
    }
    let ones = vec![1; BYTES];
    field!(#[pickle(rest)] Vec<u32>, &ones);
    field!(
        #[pickle(rest)]
        String,
        &ones
    );
    field!(
        #[pickle(rest)]
        ByteString,
        &ones
    );
    field!(
        #[pickle(rest, encoding = latin1)]
        String,
        &ones
    );
    field!(
        #[pickle(rest, encoding = utf16)]
        String,
        &ones
    );
    field!(#[pickle(rest)] Vec<Box<u64>>, &ones);
    field!(#[pickle(rest)] Vec<(u16, u16)>, &ones);
    field!(#[pickle(rest, item(count = u8))] Vec<ByteString>, &ones);
    field!(#[pickle(rest, item(item(count = u8)))] Vec<Box<ByteString>>, &ones);
    field!(#[pickle(rest, item(flag))] Vec<Option<Box<u64>>>, &ones);
    let ended = [&ones[..], &[0; 2]].concat();
    field!(#[pickle(terminator = 0)] Vec<u16>, &ended);
    field!(
        #[pickle(terminator = 0)]
        String,
        &ended
    );
    field!(
        #[pickle(terminator = 0)]
        ByteString,
        &ended
    );
    field!(#[pickle(last = item == 0)] Vec<u16>, &ended);
    field!(#[pickle(rest)] Vec<Message>, &[0, 0, 1, 0].repeat(BYTES / 4));
}

#[test]
fn recursion_is_charged_for() {
    // Three levels, the lowest of leaves.
    let leaves = [vec![255], vec![0; 255]].concat();
    let tree = [vec![255], leaves.repeat(255)].concat();
    is_charged::<Tree>(&tree);

    #[derive(Pickle, Debug)]
    struct Chains {
        #[pickle(rest)]
        chains: Vec<Chain>,
    }
    #[derive(Pickle, Debug)]
    struct Chain {
        wide: [u64; 4],
        #[pickle(flag)]
        next: Option<Box<Chain>>,
    }
    let link = |more: u8| [vec![0; 32], vec![more]].concat();
    let chain = [link(1).repeat(20), link(0)].concat();
    is_charged::<Chains>(&chain.repeat(200));
}

#[test]
fn keyed_fields_are_charged_for() {
    #[derive(Pickle, Debug)]
    #[pickle(keyed(key = u8, size = u8))]
    struct Options {
        #[pickle(key = 1, repeated)]
        numbers: Vec<u32>,
        #[pickle(key = 2, repeated)]
        boxes: Vec<Box<[u8; 32]>>,
        #[pickle(unknown)]
        unknown: Vec<UnknownField>,
    }
    is_charged::<Options>(&[1, 4, 0, 0, 0, 1].repeat(50_000));
    is_charged::<Options>(&[&[2, 32][..], &[0; 32]].concat().repeat(20_000));
    is_charged::<Options>(&[9, 1, 0].repeat(50_000));

    #[derive(Pickle, Debug)]
    #[pickle(protobuf)]
    struct Packed {
        #[pickle(key = 1, packed)]
        numbers: Vec<u64>,
        #[pickle(key = 2)]
        inner: Vec<Packed>,
    }
    let ones = [&[0x0A, 0x80, 0x80, 0x04][..], &vec![1; 1 << 16]].concat();
    is_charged::<Packed>(&ones);
    is_charged::<Packed>(&[0x08, 1].repeat(50_000));
    is_charged::<Packed>(&[0x12, 0].repeat(50_000));
}

#[test]
fn items_that_no_count_announces_are_counted() {
    #[derive(Pickle, Debug)]
    struct Ended {
        #[pickle(terminator = 0)]
        items: Vec<u8>,
    }
    #[derive(Pickle, Debug)]
    #[pickle(keyed(key = u8, size = u8))]
    struct Repeated {
        #[pickle(key = 1, repeated)]
        items: Vec<u8>,
    }
    #[derive(Pickle, Debug)]
    struct ToLast {
        #[pickle(last = item == 0)]
        items: Vec<u8>,
    }
    let mut limits = Limits::default();
    limits.items = 3;
    let limit = 3;
    assert_eq!(within::<ToLast>(&[1, 2, 0], limits), None);
    assert_eq!(
        within::<ToLast>(&[1, 2, 3, 0], limits),
        Some(ErrorKind::TooManyItems { limit })
    );
    assert_eq!(within::<Ended>(&[1, 2, 3, 0], limits), None);
    assert_eq!(
        within::<Ended>(&[1, 2, 3, 4, 0], limits),
        Some(ErrorKind::TooManyItems { limit })
    );
    assert_eq!(within::<Repeated>(&[1, 1, 9].repeat(3), limits), None);
    assert_eq!(
        within::<Repeated>(&[1, 1, 9].repeat(4), limits),
        Some(ErrorKind::TooManyItems { limit })
    );
}

/// Records whose fields depend on each other are not copied to be written, at
/// each level anew.
#[test]
fn writing_allocates_a_multiple_of_the_value() {
    #[derive(Pickle, Debug)]
    struct Nested {
        size: u8,
        #[pickle(count = size)]
        text: ByteString,
        #[pickle(count = u8)]
        inner: Vec<Nested>,
    }
    let nested = |depth: usize| {
        let level = [&[200][..], &[7; 200], &[1]].concat();
        let mut bytes = level.repeat(depth);
        bytes.extend([0, 0]);
        bytes
    };
    let schema = Schema::of::<Nested>();
    for depth in [10, 60] {
        let bytes = nested(depth);
        let value = dynamic::decode(&schema, &bytes).unwrap();
        let before = ALLOCATED.get();
        assert_eq!(dynamic::encode(&schema, &value).unwrap(), bytes);
        let allocated = ALLOCATED.get() - before;
        assert!(allocated < 8 * bytes.len(), "{allocated} at {depth}");
    }
}

/// Whatever comes, what is asked for in all is a fixed multiple of it; and a
/// page a level, for lists that claim what the input could hold.
#[test]
fn hostile_input_costs_a_multiple_of_itself() {
    fn check<T: PickleOwned>() {
        let schema = Schema::of::<T>();
        for seed in 0..1500 {
            let mut choices = Seeded::new(seed);
            let length = choices.index(2000);
            // Few different bytes, so that counts and tags are often right.
            let most = [1, 3, 8, 255][choices.index(4)];
            let bytes: Vec<u8> = (0..length)
                .map(|_| u8::try_from(choices.up_to(most)).unwrap())
                .collect();
            let (_, allocated) = decode::<T>(&bytes);
            assert!(
                allocated <= 64 * (length + 4096),
                "{allocated} for {length}"
            );
            let before = ALLOCATED.get();
            let _ = dynamic::decode(&schema, &bytes);
            let allocated = ALLOCATED.get() - before;
            assert!(
                allocated <= 512 * length + 16_384,
                "{allocated} for {length}"
            );
        }
    }
    check::<Tree>();
    check::<Lists>();
    check::<Huge>();
    check::<Product>();
    check::<Message>();
}

#[derive(Pickle, Debug)]
#[pickle(tag = u8, length = u16)]
enum Message {
    Tree(Tree),
    Boxed(Box<Message>),
    Texts(#[pickle(count = u8)] Vec<Record>),
    #[pickle(other)]
    Other {
        tag: u8,
        body: ByteString,
    },
}

/// What both codecs say of some bytes within limits.
fn within<T: PickleOwned + std::fmt::Debug>(bytes: &[u8], limits: Limits) -> Option<ErrorKind> {
    let derived = pickler::decode_with_limits::<T>(bytes, limits).map(drop);
    let dynamic = dynamic::decode_with_limits(&Schema::of::<T>(), bytes, limits).map(drop);
    assert_eq!(derived, dynamic);
    derived.err().map(|error| error.kind().clone())
}

#[test]
fn each_budget_is_kept_by_both_codecs() {
    #[derive(Pickle, Debug)]
    struct All {
        #[pickle(count = u8)]
        lists: Vec<Items>,
        rest: [u8; 2],
    }
    #[derive(Pickle, Debug)]
    struct Items {
        #[pickle(count = u8)]
        items: Vec<u16>,
    }
    let bytes = [2, 1, 0, 1, 2, 0, 2, 0, 3, 9, 9];
    let limits = |change: fn(&mut Limits)| {
        let mut limits = Limits::default();
        change(&mut limits);
        limits
    };
    assert_eq!(within::<All>(&bytes, Limits::default()), None);
    assert_eq!(within::<All>(&bytes, limits(|it| it.items = 5)), None);
    assert_eq!(
        within::<All>(&bytes, limits(|it| it.items = 4)),
        Some(ErrorKind::TooManyItems { limit: 4 })
    );
    assert_eq!(within::<All>(&bytes, limits(|it| it.depth = 2)), None);
    assert_eq!(
        within::<All>(&bytes, limits(|it| it.depth = 1)),
        Some(ErrorKind::TooDeep { limit: 1 })
    );
    assert_eq!(within::<All>(&bytes, limits(|it| it.bytes = 11)), None);
    assert_eq!(
        within::<All>(&bytes, limits(|it| it.bytes = 10)),
        Some(ErrorKind::InputTooLarge {
            size: 11,
            limit: 10
        })
    );
    // Of memory, values known at run time take more, and elsewhere.
    let few = limits(|it| it.memory = 20);
    let error = dynamic::decode_with_limits(&Schema::of::<All>(), &bytes, few).unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::TooMuchMemory { limit: 20 });
    // Two lists, and three items of two bytes.
    let needed = 2 * size_of::<Items>() as u64 + 6;
    let mut exact = Limits::default();
    exact.memory = needed;
    assert!(pickler::decode_with_limits::<All>(&bytes, exact).is_ok());
    exact.memory = needed - 1;
    let error = pickler::decode_with_limits::<All>(&bytes, exact).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "All.lists[1].items: asks for more than {} bytes of memory in all, at byte 5",
            needed - 1
        )
    );
}

#[test]
fn lists_to_the_end_and_texts_are_counted() {
    #[derive(Pickle, Debug)]
    struct Rest {
        #[pickle(size = 4)]
        items: Vec<u8>,
        #[pickle(count = u8)]
        text: String,
    }
    let mut limits = Limits::default();
    limits.items = 3;
    let bytes = [1, 2, 3, 4, 2, b'a', b'b'];
    assert_eq!(
        within::<Rest>(&bytes, limits),
        Some(ErrorKind::TooManyItems { limit: 3 })
    );
    let mut limits = Limits::default();
    limits.memory = 5;
    let error = pickler::decode_with_limits::<Rest>(&bytes, limits).unwrap_err();
    assert_eq!(error.kind(), &ErrorKind::TooMuchMemory { limit: 5 });
    limits.memory = 6;
    assert!(pickler::decode_with_limits::<Rest>(&bytes, limits).is_ok());
}

#[test]
fn no_limit_lets_a_stack_overflow() {
    let mut limits = Limits::default();
    limits.depth = u32::MAX;
    let deep = |depth: usize| [vec![1; depth], vec![0]].concat();
    // What is just deep enough is read, and dropped.
    assert_eq!(within::<Tree>(&deep(127), limits), None);
    for depth in [128, 1 << 20] {
        assert_eq!(
            within::<Tree>(&deep(depth), limits),
            Some(ErrorKind::TooDeep { limit: 128 })
        );
    }
}

#[test]
fn frames_are_within_limits() {
    let mut limits = Limits::default();
    limits.bytes = 100;
    let mut frames = Frames::new(Message::FRAMING.within(&limits));
    frames.push(&[9, 0, 98]);
    let (size, max) = (101, 100);
    assert_eq!(
        frames.next_frame(),
        Err(FramingError::TooLong { size, max })
    );
}
