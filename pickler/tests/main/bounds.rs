//! Types with parameters: bounds, lives and constants.

use pickler::Pickle;

#[derive(Pickle, Clone, Debug, PartialEq)]
struct Generic<'a, 'b: 'a, T, U, const N: usize>
where
    T: Clone + PartialEq,
    U: Into<u64> + Copy,
    [T; N]: Sized,
{
    #[pickle(count = u8)]
    text: &'a str,
    #[pickle(count = u8)]
    bytes: &'b [u8],
    items: [T; N],
    one: U,
    #[pickle(count = u8)]
    list: Vec<T>,
    nested: Inner<T, N>,
}

#[derive(Pickle, Clone, Debug, PartialEq)]
struct Inner<T, const N: usize>(#[pickle(item(bits = 8))] [u8; N], T)
where
    T: PartialEq;

#[derive(Pickle, Clone, Debug, PartialEq)]
#[pickle(tag = u8)]
enum Chosen<'a, T: Clone, const N: usize>
where
    T: PartialEq + 'a,
{
    Items([T; N]),
    Text {
        #[pickle(count = u8)]
        text: &'a str,
        more: Box<T>,
    },
}

#[test]
fn with_bounds_lives_and_constants() {
    let value = Generic {
        text: "t",
        bytes: b"b",
        items: [1_u16, 2],
        one: 3_u32,
        list: vec![4],
        nested: Inner([5, 6], 7),
    };
    let bytes = pickler::encode(&value).unwrap();
    let expected = b"\x01t\x01b\0\x01\0\x02\0\0\0\x03\x01\0\x04\x05\x06\0\x07";
    assert_eq!(bytes, expected);
    let read = pickler::decode::<Generic<'_, '_, u16, u32, 2>>(&bytes);
    assert_eq!(read, Ok(value));
    let chosen: Chosen<'_, u8, 3> = Chosen::Text {
        text: "t",
        more: Box::new(9),
    };
    let bytes = pickler::encode(&chosen).unwrap();
    assert_eq!(bytes, b"\x01\x01t\x09");
    assert_eq!(pickler::decode::<Chosen<'_, u8, 3>>(&bytes), Ok(chosen));
}
