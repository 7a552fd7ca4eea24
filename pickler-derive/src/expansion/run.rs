//! Runs of fields of known width: one check and one copy for all of them.

use proc_macro2::TokenStream;
use syn::Index;

use super::Context;
use super::fields::Exit;
use super::pickler::Scope;
use crate::normalization::{Fields, Fixed, Pickler};
use crate::parsing::Prefix;

/// What is read and written at once.
pub enum Piece {
    /// The magic in front of the fields, alone.
    Magic,
    /// A field, alone.
    Field(usize),
    Run(Run),
}

/// Neighbours of known width that fill whole bytes together.
pub struct Run {
    parts: Vec<Part>,
    bits: u32,
}

/// One of a run.
struct Part {
    of: Of,
    fixed: Fixed,
    /// The bit of the run at which it starts.
    at: u32,
}

#[derive(Clone, Copy)]
enum Of {
    Magic,
    Field(usize),
    /// The count in front of what a field holds; the last of its run.
    Count(usize),
}

impl Fields {
    /// Magic and fields in the order of the wire.
    pub fn pieces(&self) -> Vec<Piece> {
        let magic = self.magic().map(|_| Of::Magic);
        let fields = (0..self.fields.len()).map(Of::Field);
        let mut pieces = Vec::new();
        let mut run = Run::default();
        // Where fields start and end is looked at one by one.
        let alone = self.uses_sizes() || self.has_derived() || self.is_transparent();
        for of in magic.into_iter().chain(fields) {
            let pickler = self.pickler(of);
            let alone = alone || self.is_asserted(of) || self.is_elsewhere(of);
            if let (false, Some(fixed)) = (alone, pickler.fixed()) {
                run.push(of, fixed);
                continue;
            }
            match (of, pickler.count()) {
                (Of::Field(index), Some(count)) if !alone && run.bits % 8 == 0 => {
                    run.push(Of::Count(index), count);
                    run.end(&mut pieces);
                }
                _ => {
                    run.end(&mut pieces);
                    pieces.push(of.alone());
                }
            }
        }
        run.end(&mut pieces);
        pieces
    }

    /// A condition must hold of it, which is checked when it is read.
    fn is_asserted(&self, of: Of) -> bool {
        match of {
            Of::Field(index) | Of::Count(index) => !self.fields[index].assertions.is_empty(),
            // What must be of all fields is looked at behind it.
            Of::Magic => !self.assertions.is_empty(),
        }
    }

    /// It takes no room where it is mentioned.
    fn is_elsewhere(&self, of: Of) -> bool {
        match of {
            Of::Field(index) | Of::Count(index) => self.fields[index].elsewhere.is_some(),
            Of::Magic => false,
        }
    }

    fn pickler(&self, of: Of) -> &Pickler {
        match of {
            Of::Field(index) | Of::Count(index) => &self.fields[index].pickler,
            // Only of one that is there.
            Of::Magic => self.magic().unwrap_or_else(|| unreachable!()),
        }
    }
}

impl Pickler {
    /// The count in front of it, which always fits what counts things here.
    fn count(&self) -> Option<Fixed> {
        let Self::Counted(Prefix::Integer(prefix), _) = self else {
            return None;
        };
        let bits = match prefix.to_string().as_str() {
            "u8" => 8,
            "u16" => 16,
            "u32" => 32,
            _ => return None,
        };
        Some(Fixed {
            bits,
            read_fails: false,
            write_fails: true,
        })
    }
}

impl Of {
    fn alone(self) -> Piece {
        match self {
            Self::Magic => Piece::Magic,
            Self::Field(index) | Self::Count(index) => Piece::Field(index),
        }
    }
}

impl Default for Run {
    fn default() -> Self {
        let (parts, bits) = (Vec::new(), 0);
        Self { parts, bits }
    }
}

impl Run {
    fn push(&mut self, of: Of, fixed: Fixed) {
        let at = self.bits;
        self.bits += fixed.bits;
        self.parts.push(Part { of, fixed, at });
    }

    /// Ends a run; what does not fill a byte at its end is left out.
    fn end(&mut self, pieces: &mut Vec<Piece>) {
        let mut run = std::mem::take(self);
        let ends = |part: &Part| (part.at + part.fixed.bits).is_multiple_of(8);
        let whole = run.parts.iter().rposition(ends).map_or(0, |last| last + 1);
        let odd = run.parts.split_off(whole);
        run.bits = run.parts.last().map_or(0, |it| it.at + it.fixed.bits);
        match run.parts.as_slice() {
            [] => {}
            [part] => pieces.push(part.of.alone()),
            _ => pieces.push(Piece::Run(run)),
        }
        pieces.extend(odd.into_iter().map(|part| part.of.alone()));
    }

    /// The field that is counted by the last of the run.
    pub fn counted(&self) -> Option<usize> {
        match self.parts.last()?.of {
            Of::Count(index) => Some(index),
            Of::Magic | Of::Field(_) => None,
        }
    }

    fn bytes(&self) -> usize {
        self.bits as usize / 8
    }

    pub fn read(&self, fields: &Fields, exit: Exit<'_>, cx: Context<'_>) -> TokenStream {
        let Context { pickler, input, .. } = cx;
        let size = self.bytes();
        let order = cx.orders.order_type(cx);
        let parts: Vec<_> = self.parts.iter().map(|it| it.code(fields, cx)).collect();
        let bound = || parts.iter().filter_map(|it| it.local.as_ref());
        let locals: Vec<_> = bound().map(|(local, _)| local).collect();
        let types = bound().map(|(_, ty)| ty);
        let loads = parts.iter().map(|it| {
            let Code { expression, at, .. } = it;
            let load = hygienic! {
                #pickler::picklers::FixedPickler::<#input>::load::<#order>(&#expression, &run, #at)
            };
            let local = it
                .local
                .as_ref()
                .map_or_else(|| hygienic!(()), |(local, _)| hygienic!(#local));
            hygienic! {
                let ::core::option::Option::Some(#local) = #load else {
                    break 'run ::core::option::Option::None;
                };
            }
        });
        let table = parts.iter().map(|it| {
            let Code {
                expression,
                bits,
                name,
                ..
            } = it;
            let again = if it.read_fails {
                hygienic! {
                    ::core::option::Option::Some(|r| {
                        #pickler::Pickler::<#input>::read(&#expression, r).map(|_| ())
                    })
                }
            } else {
                hygienic!(::core::option::Option::None)
            };
            hygienic!((#bits, #name, #again))
        });
        let exit_run = exit(&hygienic!(#pickler::generated::read_run_again(r, &[#(#table),*])));
        let counted = self.counted().map(|index| {
            let field = &fields.fields[index];
            let (local, ty) = (&field.local, &field.ty);
            let exit = exit(&fields.within(field, &hygienic!(r)));
            let cx = cx.at(ty);
            let read = spanned! {
                cx,
                <#ty as #pickler::picklers::Countable<#input>>::read_counted(r, #local as u64)
            };
            hygienic! {
                let #local: #ty = match #read {
                    ::core::result::Result::Ok(value) => value,
                    ::core::result::Result::Err(fault) => #exit,
                };
            }
        });
        hygienic! {
            let values = 'run: {
                let ::core::option::Option::Some(run) = r.peek::<#size>() else {
                    break 'run ::core::option::Option::None;
                };
                #(#loads)*
                ::core::option::Option::Some((#(#locals,)*))
            };
            let (#(#locals,)*): (#(#types,)*) = match values {
                ::core::option::Option::Some(values) => values,
                ::core::option::Option::None => #exit_run,
            };
            r.skip_peeked(#size);
            #counted
        }
    }

    pub fn write(&self, fields: &Fields, exit: Exit<'_>, cx: Context<'_>) -> TokenStream {
        let Context { pickler, input, .. } = cx;
        let size = self.bytes();
        let order = cx.orders.order_type(cx);
        let parts: Vec<_> = self.parts.iter().map(|it| it.code(fields, cx)).collect();
        let stores = parts.iter().map(|it| {
            let Code {
                expression,
                value,
                at,
                ..
            } = it;
            let value = match it.counts {
                None => value.clone(),
                Some(prefix) => hygienic! {
                    match <#prefix as #pickler::picklers::Integer>::from_count(
                        #pickler::picklers::Length::length(#value),
                    ) {
                        ::core::option::Option::Some(ref count) => count,
                        ::core::option::Option::None => break 'run false,
                    }
                },
            };
            hygienic! {
                if #pickler::picklers::FixedPickler::<#input>::store::<#order>(
                    &#expression, #value, &mut run, #at,
                ).is_none() {
                    break 'run false;
                }
            }
        });
        // The table has no part of the values, and so is not made anew.
        let fallible = || parts.iter().filter(|it| it.write_fails);
        let values = fallible().map(|it| &it.value);
        let mut places = (0..fallible().count()).map(Index::from);
        let table = parts.iter().map(|it| {
            let Code {
                whole, bits, name, ..
            } = it;
            let place = it.write_fails.then(|| places.next());
            let again = if let Some(place) = place.flatten() {
                hygienic! {
                    ::core::option::Option::Some(|values, w| {
                        #pickler::Pickler::<#input>::write(&#whole, values.#place, w)
                    })
                }
            } else {
                hygienic!(::core::option::Option::None)
            };
            hygienic!((#bits, #name, #again))
        });
        let exit_run = exit(&hygienic! {
            #pickler::generated::write_run_again(w, &(#(#values,)*), &[#(#table),*])
        });
        let counted = self.counted().map(|index| {
            let field = &fields.fields[index];
            let (local, ty) = (&field.local, &field.ty);
            let exit = exit(&fields.within(field, &hygienic!(w)));
            let cx = cx.at(ty);
            let write = spanned! {
                cx,
                <#ty as #pickler::picklers::Countable<#input>>::write_counted(#local, w)
            };
            hygienic! {
                if let ::core::result::Result::Err(fault) = #write {
                    #exit
                }
            }
        });
        hygienic! {
            let done = 'run: {
                let mut run = [0_u8; #size];
                #(#stores)*
                w.array(run).is_ok()
            };
            if !done {
                #exit_run
            }
            #counted
        }
    }
}

/// The code of a part.
struct Code<'a> {
    /// The pickler in the run.
    expression: TokenStream,
    /// The pickler of the whole field.
    whole: TokenStream,
    /// The variable for what is read, and its type.
    local: Option<(&'a proc_macro2::Ident, TokenStream)>,
    /// What is written, borrowed.
    value: TokenStream,
    /// The type of the count that it is, where `value` is what is counted.
    counts: Option<&'a proc_macro2::Ident>,
    at: usize,
    bits: u32,
    name: &'a str,
    read_fails: bool,
    write_fails: bool,
}

impl Part {
    fn code<'a>(&self, fields: &'a Fields, cx: Context<'_>) -> Code<'a> {
        let Context { pickler, .. } = cx;
        // Nothing of known width depends on other fields.
        let scope = Scope {
            fields: &fields.fields,
            side: None,
        };
        let it = fields.pickler(self.of);
        let code = Code {
            expression: TokenStream::new(),
            whole: TokenStream::new(),
            local: None,
            value: hygienic!(&()),
            counts: None,
            at: self.at as usize,
            bits: self.fixed.bits,
            name: "magic",
            read_fails: self.fixed.read_fails,
            write_fails: self.fixed.write_fails,
        };
        let index = match self.of {
            Of::Magic => {
                let expression = it.expression(scope, cx);
                return Code {
                    whole: expression.clone(),
                    expression,
                    ..code
                };
            }
            Of::Field(index) | Of::Count(index) => index,
        };
        let field = &fields.fields[index];
        let (local, ty) = (&field.local, &field.ty);
        let whole = it.expression(scope, cx.at(ty));
        let (expression, counts, ty) = match (self.of, it) {
            (Of::Count(_), Pickler::Counted(Prefix::Integer(prefix), _)) => (
                hygienic!(#pickler::picklers::of::<#prefix>()),
                Some(prefix),
                hygienic!(#prefix),
            ),
            _ => (whole.clone(), None, hygienic!(#ty)),
        };
        Code {
            expression,
            whole,
            local: Some((local, ty)),
            value: hygienic!(#local),
            counts,
            name: &field.name,
            ..code
        }
    }
}
