//! Fields that are there if something holds.

use pickler::Pickle;

use crate::both::{same, same_to_the_end};

#[test]
fn present_if_anything_is_left() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Attempt {
        #[pickle(rest)]
        a: Option<[i32; 2]>,
    }
    let a = Some([-1, 0]);
    same_to_the_end(b"\xff\xff\xff\xff\0\0\0\0", &Attempt { a });
    same_to_the_end(b"", &Attempt { a: None });
}

/// Of a field that is absent, binrw writes what it reads in its place; here
/// what is absent takes no room, both ways.
#[test]
fn present_by_a_comparison() {
    #[derive(Pickle, Debug, PartialEq)]
    struct Numbers {
        x: u8,
        #[pickle(if = x > 1, default = 10)]
        y: u16,
        #[pickle(if = x > 2)]
        z: u32,
    }
    let (x, y, z) = (1, 10, 0);
    same(&[1], &Numbers { x, y, z });
    let (x, y, z) = (2, 3, 0);
    same(&[2, 0, 3], &Numbers { x, y, z });
    let (x, y, z) = (3, 4, 5);
    same(&[3, 0, 4, 0, 0, 0, 5], &Numbers { x, y, z });
    let (x, y, z) = (1, 2, 3);
    assert!(pickler::encode(&Numbers { x, y, z }).is_err());
}
