//! Fields that stand elsewhere.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::format_ident;

use super::Context;
use super::fields::Exit;
use super::pickler::Scope;
use crate::normalization::{Field, Fields};

/// The variable for where a field is that stands elsewhere.
pub fn there(index: usize) -> Ident {
    format_ident!("there_{index}", span = proc_macro2::Span::mixed_site())
}

impl Field {
    /// An expression that makes the pickler of the field, wherever it stands.
    pub fn expression(&self, scope: Scope<'_>, cx: Context<'_>) -> TokenStream {
        let Context { pickler, .. } = cx;
        let inner = self.pickler.expression(scope, cx);
        let Some(elsewhere) = &self.elsewhere else {
            return inner;
        };
        let value = scope.value(&elsewhere.at, cx);
        let description = elsewhere.at.description(scope.fields, cx);
        let description = hygienic!(#pickler::generated::described!(#description));
        let start = if scope.side.is_some() {
            hygienic!(start)
        } else {
            hygienic!(0)
        };
        let from_record = elsewhere
            .from_record
            .then(|| hygienic!(.from_record(#start)));
        let aligned = elsewhere.align.map(|bytes| {
            let bytes = Literal::u64_unsuffixed(bytes);
            hygienic!(.aligned(#bytes))
        });
        let or_none = elsewhere
            .none
            .as_ref()
            .map(|none| hygienic!(.or_none(#none)));
        spanned! {
            cx,
            #pickler::picklers::elsewhere(#value, || #description, #inner)
                #from_record
                #aligned
                #or_none
        }
    }
}

impl Fields {
    /// The fields that stand elsewhere, by their places.
    pub fn elsewhere(&self) -> impl Iterator<Item = (usize, &Field)> {
        let fields = self.fields.iter().enumerate();
        fields.filter(|(_, field)| field.elsewhere.is_some())
    }

    /// Some offset counts from the start of the record.
    pub fn counts_from_record(&self) -> bool {
        self.fields.iter().any(|field| {
            let elsewhere = field.elsewhere.as_ref();
            elsewhere.is_some_and(|elsewhere| elsewhere.from_record)
        })
    }

    /// Finds out how many bytes they take.
    pub fn sizes_elsewhere(
        &self,
        scope: Scope<'_>,
        exit: Exit<'_>,
        cx: Context<'_>,
    ) -> TokenStream {
        let Context { pickler, input, .. } = cx;
        let sizes = self.elsewhere().map(|(index, field)| {
            let (there, local) = (there(index), &field.local);
            let cx = cx.at(&field.ty);
            let expression = field.expression(scope, cx);
            let size = spanned! {
                cx,
                #pickler::picklers::StandsElsewhere::<#input>::size(&#expression, #local, w)
            };
            let exit = exit(&self.within(field, &hygienic!(w)));
            hygienic! {
                match #size {
                    ::core::result::Result::Ok(size) => #there.size = size,
                    ::core::result::Result::Err(fault) => #exit,
                }
            }
        });
        hygienic!(#(#sizes)*)
    }

    /// Puts them where they belong.
    pub fn place(&self, scope: Scope<'_>, exit: Exit<'_>, cx: Context<'_>) -> TokenStream {
        let Context { pickler, input, .. } = cx;
        let places = self.elsewhere().map(|(index, field)| {
            let (there, local) = (there(index), &field.local);
            let follows = field
                .elsewhere
                .as_ref()
                .is_some_and(|elsewhere| elsewhere.at.follows_place(index, &self.fields));
            let cx = cx.at(&field.ty);
            let expression = field.expression(scope, cx);
            let place = spanned! {
                cx,
                #pickler::picklers::StandsElsewhere::<#input>::place(
                    &#expression,
                    #local,
                    #follows,
                    w,
                )
            };
            let exit = exit(&self.within(field, &hygienic!(w)));
            hygienic! {
                match #place {
                    ::core::result::Result::Ok(place) => #there = place,
                    ::core::result::Result::Err(fault) => #exit,
                }
            }
        });
        hygienic!(#(#places)*)
    }
}
