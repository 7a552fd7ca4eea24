//! Checksums over fields.

use proc_macro2::TokenStream;

use super::Context;
use super::fields::{Exit, derived_bits};
use super::pickler::Scope;
use crate::normalization::{Checksum, Fields};

impl Fields {
    /// Puts checksums into their fields.
    pub fn put_checksums(&self, scope: Scope<'_>, exit: Exit<'_>, cx: Context<'_>) -> TokenStream {
        let Context { pickler, .. } = cx;
        let count = self.fields.len();
        let puts = self.derived().filter_map(|(index, field, derived)| {
            let checksum = derived.checksum.as_ref()?;
            let digest_size = checksum.digest_size();
            let checksum = checksum.tokens(cx);
            let (local, zeroed) = (&field.local, self.checksums_from(index));
            let bits = derived_bits(field, derived, cx);
            let expression = field.pickler.expression(scope, cx);
            let exit = exit(&self.within(field, &hygienic!(w)));
            if let Some(size) = digest_size {
                let cx = cx.at(&field.ty);
                let put = spanned!(cx, #pickler::generated::put_digest::<#size, _, _, _, _>);
                return Some(hygienic! {
                    if #local.forged().is_none()
                        && let ::core::result::Result::Err(fault) = #put(
                            &#expression,
                            record,
                            &places,
                            (#index, &[#(#zeroed),*]),
                            #checksum,
                            w,
                        )
                    {
                        #exit
                    }
                });
            }
            Some(hygienic! {
                if #local.forged().is_none()
                    && let ::core::result::Result::Err(fault) = #pickler::generated::put_checksum(
                        (&#expression, #bits),
                        record,
                        &places,
                        (#index, &[#(#zeroed),*]),
                        #checksum,
                        w,
                    )
                {
                    #exit
                }
            })
        });
        hygienic! {
            places[#count] = w.bit_offset();
            if !<__S as #pickler::cursor::Sink>::COUNTS_ONLY && !w.is_measuring() {
                #(#puts)*
            }
        }
    }

    pub fn has_checksum(&self) -> bool {
        !self.checksums_from(0).is_empty()
    }

    /// The fields that hold checksums, from `index` on: what is taken as zero.
    pub fn checksums_from(&self, index: usize) -> Vec<usize> {
        self.derived()
            .filter(|(at, _, derived)| *at >= index && derived.checksum.is_some())
            .map(|(at, _, _)| at)
            .collect()
    }
}

impl Checksum {
    pub fn tokens(&self, cx: Context<'_>) -> TokenStream {
        let Context { pickler, .. } = cx;
        let algorithm = proc_macro2::Ident::new(self.algorithm, proc_macro2::Span::mixed_site());
        let fields = self.fields.map_or_else(
            || hygienic!(::core::option::Option::None),
            |(first, last)| hygienic!(::core::option::Option::Some((#first, #last))),
        );
        hygienic! {
            #pickler::schema::Checksum {
                algorithm: #pickler::schema::Algorithm::#algorithm,
                fields: #fields,
            }
        }
    }
}
