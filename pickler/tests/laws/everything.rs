//! The laws of types that use everything, in all orders.

use std::fmt::Debug;

use pickler::PickleOwned;
use pickler::generate::strategy;
use pickler::laws::Laws;
use proptest::prelude::*;

use crate::types;

/// The laws of a value, of its bytes, and of all bytes near them if they are
/// few.
fn hold<T: PickleOwned + PartialEq + Debug>(value: &T) {
    let laws = Laws::<T>::new();
    let bytes = laws.hold_for(value);
    if bytes.len() <= 100 {
        laws.hold_near(&bytes);
    }
}

macro_rules! laws_hold {
    ($($module:ident)*) => { $(
        mod $module {
            use super::*;

            proptest! {
                #![proptest_config(ProptestConfig::with_cases(16))]

                #[test]
                fn laws_hold_for_values(
                    everything in strategy::<types::$module::Everything>(),
                    dependent in strategy::<types::$module::Dependent>(),
                ) {
                    hold(&everything);
                    hold(&dependent);
                }
            }

            proptest! {
                #![proptest_config(ProptestConfig::with_cases(300))]

                #[test]
                fn laws_hold_for_any_bytes(
                    bytes in prop::collection::vec(prop_oneof![0..8_u8, any::<u8>()], 0..60),
                ) {
                    let _ = Laws::<types::$module::Everything>::new().hold_for_bytes(&bytes);
                    let behind_magic = pickler::encode(&(0xABCD_u16, u16::try_from(bytes.len())?)).unwrap();
                    let bytes = [behind_magic, bytes].concat();
                    let _ = Laws::<types::$module::Everything>::new().hold_for_bytes(&bytes);
                    let _ = Laws::<types::$module::Dependent>::new().hold_for_bytes(&bytes);
                    let _ = Laws::<types::Message>::new().hold_for_bytes(&bytes);
                    let _ = Laws::<types::Choice>::new().hold_for_bytes(&bytes);
                    let _ = Laws::<types::Kind>::new().hold_for_bytes(&bytes);
                    let _ = Laws::<types::Level>::new().hold_for_bytes(&bytes);
                }
            }
        }
    )* };
}

laws_hold!(big_msb big_lsb little_msb little_lsb);

/// Types of one subject each, in one order.
macro_rules! laws_hold_for_types {
    ($($test:ident $type:ident)*) => { $(
        proptest! {
            #![proptest_config(ProptestConfig::with_cases(24))]

            #[test]
            fn $test(value in strategy::<types::$type>()) {
                hold(&value);
            }
        }
    )* };
}

laws_hold_for_types! {
    leaves Leaves
    texts Texts
    conditional Conditional
    chosen Chosen
    padded Padded
    packet Packet
    summed Summed
    digested Digested
    measured Measured
    archive Archive
    chained Chained
    fixed Fixed
    shared Shared
    tried Tried
    ended Ended
    collections Collections
    expressions Expressions
    options Options
    protobuf Protobuf
}
