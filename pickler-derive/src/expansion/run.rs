//! Runs of fields of known width: one check and one copy for all of them.

use proc_macro2::TokenStream;

use super::Context;
use super::fields::Exit;
use crate::normalization::{Field, RunPart};

/// A field of a run, and where its bytes are in the run.
struct Part<'a> {
    field: &'a Field,
    holds: RunPart<'a>,
    start: usize,
}

fn parts(fields: &[Field]) -> (Vec<Part<'_>>, usize) {
    let mut start = 0;
    let parts = fields
        .iter()
        .filter_map(|field| Some((field, field.pickler.run_part()?)))
        .map(|(field, part)| {
            let at = start;
            start += part.bytes;
            Part {
                field,
                holds: part,
                start: at,
            }
        })
        .collect();
    (parts, start)
}

/// `(size, name)` of each field, for who looks for the one at fault.
fn table<'a>(parts: impl IntoIterator<Item = &'a Part<'a>>) -> TokenStream {
    let rows = parts.into_iter().map(|it| {
        let (size, name) = (it.holds.bytes, &it.field.name);
        hygienic!((#size, #name))
    });
    hygienic!(&[#(#rows),*])
}

pub fn read(fields: &[Field], exit: Exit<'_>, cx: Context<'_>) -> TokenStream {
    let Context { pickler, .. } = cx;
    let (parts, size) = parts(fields);
    let order = cx.orders.order_type(cx);
    let table = table(&parts);
    let exit = exit(&hygienic!(#pickler::generated::short_run(r, fault, #table)));
    let loads = parts.iter().map(|it| {
        let (local, field_ty, ty) = (&it.field.local, &it.field.ty, it.holds.ty);
        let (start, end) = (it.start, it.start + it.holds.bytes);
        let load = hygienic! {
            <#ty as #pickler::picklers::Integer>::load::<#order>(&run[#start..#end])
        };
        match it.holds.none {
            None => hygienic!(let #local: #field_ty = #load;),
            Some(none) => hygienic! {
                let #local: #field_ty = {
                    let value = #load;
                    let none: #ty = #none;
                    if value == none {
                        ::core::option::Option::None
                    } else {
                        ::core::option::Option::Some(value)
                    }
                };
            },
        }
    });
    hygienic! {
        let run = match r.array::<#size>() {
            ::core::result::Result::Ok(run) => run,
            ::core::result::Result::Err(fault) => #exit,
        };
        #(#loads)*
    }
}

pub fn write(fields: &[Field], exit: Exit<'_>, cx: Context<'_>) -> TokenStream {
    let Context { pickler, .. } = cx;
    let (parts, size) = parts(fields);
    let order = cx.orders.order_type(cx);
    let all = table(&parts);
    let stores = parts.iter().enumerate().map(|(index, it)| {
        let (local, name, ty) = (&it.field.local, &it.field.name, it.holds.ty);
        let (start, end) = (it.start, it.start + it.holds.bytes);
        let value = match it.holds.none {
            None => hygienic!(*#local),
            Some(none) => {
                let before = table(&parts[..index]);
                let exit = exit(&hygienic! {
                    #pickler::generated::none_in_run(
                        w,
                        #pickler::picklers::Integer::to_i128(none),
                        #before,
                        #name,
                    )
                });
                hygienic! {{
                    let none: #ty = #none;
                    match #local {
                        ::core::option::Option::None => none,
                        ::core::option::Option::Some(value) if *value == none => #exit,
                        ::core::option::Option::Some(value) => *value,
                    }
                }}
            }
        };
        let store = hygienic! {
            <#ty as #pickler::picklers::Integer>::store::<#order>(value, &mut run[#start..#end])
        };
        hygienic! {
            let value: #ty = #value;
            #store;
        }
    });
    let exit = exit(&hygienic!(#pickler::generated::full_run(w, fault, #all)));
    hygienic! {
        let mut run = [0_u8; #size];
        #(#stores)*
        if let ::core::result::Result::Err(fault) = w.array(run) {
            #exit
        }
    }
}
