//! Fields that are there if something holds.

use pickler::Pickle;

use crate::both::same_to_the_end;

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
