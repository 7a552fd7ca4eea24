//! Hostile input costs no more than its size warrants.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use pickler::{ByteString, Derived, ErrorKind, Pickle, PickleOwned};

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
    let schema = pickler::schema::Schema::of::<Sized>();
    let value = pickler::dynamic::decode(&schema, &bytes).unwrap();
    assert_eq!(pickler::dynamic::encode(&schema, &value).unwrap(), bytes);
}
