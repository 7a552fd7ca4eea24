//! The traits of other crates that make values.

use proc_macro2::{Span, TokenStream};
use syn::{Lifetime, parse_quote};

use super::Context;
use crate::normalization::Declaration;

pub fn expand(declaration: &Declaration, cx: Context<'_>) -> TokenStream {
    let wanted = declaration.generators;
    let arbitrary = wanted.arbitrary.then(|| arbitrary(declaration, cx));
    let proptest = wanted.proptest.then(|| proptest(declaration, cx));
    hygienic!(#arbitrary #proptest)
}

fn arbitrary(declaration: &Declaration, cx: Context<'_>) -> TokenStream {
    let Context { pickler, .. } = cx;
    let ident = &declaration.ident;
    let input = Lifetime::new("'pickle_choices", Span::mixed_site());
    let owned = parse_quote!(Self: #pickler::PickleOwned + 'static);
    let (impl_generics, type_generics, where_clause) =
        declaration.generics.for_all(Some(&input), owned);
    hygienic! {
        #[automatically_derived]
        impl #impl_generics #pickler::generated::arbitrary::Arbitrary<#input>
            for #ident #type_generics #where_clause
        {
            fn arbitrary(
                bytes: &mut #pickler::generated::arbitrary::Unstructured<#input>,
            ) -> #pickler::generated::arbitrary::Result<Self> {
                #pickler::generate::arbitrary(bytes)
            }
        }
    }
}

fn proptest(declaration: &Declaration, cx: Context<'_>) -> TokenStream {
    let Context { pickler, .. } = cx;
    let ident = &declaration.ident;
    let owned = parse_quote!(Self: #pickler::PickleOwned + ::core::fmt::Debug + 'static);
    let (impl_generics, type_generics, where_clause) = declaration.generics.for_all(None, owned);
    hygienic! {
        #[automatically_derived]
        impl #impl_generics #pickler::generated::proptest::arbitrary::Arbitrary
            for #ident #type_generics #where_clause
        {
            type Parameters = ();
            type Strategy = #pickler::generate::Choosing<Self>;

            fn arbitrary_with((): ()) -> Self::Strategy {
                #pickler::generate::strategy()
            }
        }
    }
}
