//! Declarations whose parts come from the variables of a macro.

use crate::agreement::agree;

macro_rules! declare_all {
    (
        $(#[$outer:meta])*
        $vis:vis struct $name:ident $(<$life:lifetime>)? {
            $( $(#[$attribute:meta])* $field:ident: $type:ty ),* $(,)?
        }
        bits $bits:literal, none $none:literal, default $default:expr, count $count:expr,
        with $with:expr, range $low:literal to $high:literal, magic $magic:expr;
    ) => {
        $(#[$outer])*
        #[pickle(magic = $magic)]
        $vis struct $name $(<$life>)? {
            $( $(#[$attribute])* $field: $type, )*
            #[pickle(bits = $bits)]
            own_bits: u8,
            #[pickle(bits = $bits, none = $none)]
            own_none: Option<u8>,
            #[pickle(default = $default)]
            own_default: u16,
            #[pickle(count = $count)]
            own_list: Vec<u8>,
            #[pickle(with = $with)]
            own_with: u8,
            #[pickle(range = $low..=$high)]
            own_range: u8,
        }
    };
}

macro_rules! declare_enum {
    ($name:ident: $tag:ty { $($variant:ident = $value:expr => $body:ty),* $(,)? }) => {
        #[derive(renamed_path::Pickle, Clone, Debug, PartialEq)]
        #[pickle(tag = $tag)]
        enum $name {
            $( #[pickle(tag = $value)] $variant($body) ),*
        }
    };
}

declare_all! {
    #[derive(renamed_path::Pickle, Clone, Debug, PartialEq)]
    pub struct Declared {
        n: u8,
        #[pickle(count = n, endian = little)]
        r: Vec<u16>,
        #[pickle(derived = sizeof(r) + 1)]
        value: renamed_path::Derived<u8>,
    }
    bits 4, none 15, default 7, count n + 1,
    with renamed_path::picklers::zero_to::<9, u8>(), range 1 to 5, magic 0xAB_u8;
}

declare_enum! {
    Tagged: i8 {
        First = 1 => u8,
        Second = -2 => Declared,
    }
}

#[test]
fn from_the_variables_of_a_macro() {
    let declared = Declared {
        n: 1,
        r: vec![2],
        value: renamed_path::Derived::auto(),
        own_bits: 3,
        own_none: None,
        own_default: 7,
        own_list: vec![4, 5],
        own_with: 9,
        own_range: 5,
    };
    let expected = [0xAB, 1, 2, 0, 3, 0x3F, 0, 7, 4, 5, 9, 5];
    assert_eq!(agree(&declared), expected);
    let tagged = Tagged::Second(declared);
    assert_eq!(agree(&tagged)[..3], [0xFE, 0xAB, 1]);
    assert_eq!(agree(&Tagged::First(1)), [1, 1]);
}
