//! Fields with room around them that holds no value.

use super::pickler::{Argument, Call, Pickler};
use crate::parsing::PaddingAttributes;

/// `pickler` with padding around it, if the attributes say so.
pub fn of_attributes(attributes: PaddingAttributes, mut pickler: Pickler) -> Pickler {
    let padded = |function, amount: u64, pickler: Pickler| {
        Call::new(function)
            .of(proc_macro2::Literal::u64_unsuffixed(amount))
            .of_inferred()
            .with(Argument::Padding(attributes.ignored))
            .pickler(pickler)
    };
    if let Some((_, bytes)) = attributes.to {
        let call = padded("padded_to", bytes, pickler);
        pickler = call.whole(Some(true)).into();
    }
    if let Some((_, bits)) = attributes.after {
        let whole = pickler
            .known_whole()
            .filter(|whole| *whole && bits % 8 == 0);
        pickler = padded("padded_after", bits, pickler).whole(whole).into();
    }
    if let Some((_, bits)) = attributes.before {
        let whole = pickler
            .known_whole()
            .filter(|whole| *whole && bits % 8 == 0);
        pickler = padded("padded_before", bits, pickler).whole(whole).into();
    }
    if let Some((_, bytes)) = attributes.align {
        let whole = pickler.known_whole();
        let call = if attributes.from_record {
            Call::new("aligned_in_record")
                .of(proc_macro2::Literal::u64_unsuffixed(bytes))
                .of_inferred()
                .with(Argument::RecordStart)
                .with(Argument::Padding(attributes.ignored))
                .pickler(pickler)
        } else {
            padded("aligned_to", bytes, pickler)
        };
        pickler = call.whole(whole).into();
    }
    pickler
}
