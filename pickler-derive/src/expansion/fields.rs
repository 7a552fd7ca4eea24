//! Code that reads and writes the fields of a struct or variant.

use proc_macro2::TokenStream;
use quote::ToTokens;

use super::elsewhere::there;
use super::expression::{Side, at, follows};
use super::pickler::Scope;
use super::run::Piece;
use super::{Context, assertion, keyed};
use crate::normalization::{Checksum, Derivation, Field, Fields, Layout};

/// How code is left with a fault.
pub type Exit<'a> = &'a dyn Fn(&TokenStream) -> TokenStream;

/// Out of a function.
pub fn exit_function(fault: &TokenStream) -> TokenStream {
    hygienic!(return ::core::result::Result::Err(#fault))
}

/// Out of the block `'body`.
pub fn exit_body(fault: &TokenStream) -> TokenStream {
    hygienic!(break 'body #fault)
}

impl Fields {
    pub fn is_transparent(&self) -> bool {
        matches!(self.layout, Layout::Transparent)
    }

    fn uses_record_start(&self) -> bool {
        self.fields
            .iter()
            .any(|field| field.pickler.uses_record_start())
            || self.counts_from_record()
    }

    pub fn has_derived(&self) -> bool {
        self.fields.iter().any(|field| field.derived.is_some())
    }

    /// The fault of a field, with the field's name where it has one.
    pub fn within(&self, field: &Field, cursor: &TokenStream) -> TokenStream {
        if self.is_transparent() {
            return hygienic!(fault);
        }
        let name = &field.name;
        hygienic!(#cursor.within_field(fault, #name))
    }

    /// A block's content that reads all fields from `r` and ends with what
    /// `done` makes of the value of `path`.
    pub fn read(
        &self,
        path: &TokenStream,
        done: &dyn Fn(&TokenStream) -> TokenStream,
        exit: Exit<'_>,
        cx: Context<'_>,
    ) -> TokenStream {
        let Context { pickler, .. } = cx;
        if let Layout::Keyed(it) = &self.layout {
            return keyed::read(it, self, path, done, exit, cx);
        }
        let offsets = self.uses_sizes() || self.has_derived();
        let cursor = hygienic!(r);
        let offset = |name: TokenStream| offsets.then(|| hygienic!(let #name = r.bit_offset();));
        let asserts = !self.assertions.is_empty();
        let start = (offsets || asserts || self.uses_record_start())
            .then(|| hygienic!(let start = r.bit_offset();));
        let bytes = self
            .has_checksum()
            .then(|| hygienic!(let bytes = r.rest();));
        let reads = self.pieces().into_iter().map(|piece| match piece {
            Piece::Magic => self.read_magic(exit, cx).unwrap_or_default(),
            Piece::Field(index) => self.read_field(index, offsets, exit, cx),
            Piece::Run(run) => run.read(self, exit, cx),
        });
        let end = at(self.fields.len());
        let end = offset(hygienic!(#end));
        let checks = self.derived().map(|(index, field, derived)| {
            let (at, end, local) = (at(index), at(index + 1), &field.local);
            let exit = exit(&self.within(field, &cursor));
            if let Some(checksum) = &derived.checksum {
                let is_digest = checksum.is_digest();
                let (checksum, zeroed) = (checksum.tokens(cx), self.checksums_from(index));
                let places = (0..=self.fields.len()).map(super::expression::at);
                if is_digest {
                    return hygienic! {
                        if let ::core::result::Result::Err(fault) =
                            #pickler::generated::check_digest(
                                r,
                                (bytes, start),
                                &[#(#places),*],
                                (#index, &[#(#zeroed),*]),
                                #checksum,
                                &#local,
                            )
                        {
                            #exit
                        }
                    };
                }
                return hygienic! {
                    if let ::core::result::Result::Err(fault) = #pickler::generated::check_checksum(
                        r,
                        (bytes, start),
                        &[#(#places),*],
                        (#index, &[#(#zeroed),*]),
                        #checksum,
                        #pickler::generated::operand(&#local),
                    ) {
                        #exit
                    }
                };
            }
            let expected = derived.expr.value(&self.fields, Side::Read, cx);
            let description = derived.expr.description(&self.fields, cx);
            hygienic! {
                if let ::core::result::Result::Err(fault) = #pickler::generated::check_derived(
                    r,
                    #at..#end,
                    #pickler::generated::operand(&#local),
                    #expected,
                    || #pickler::generated::described!(#description),
                ) {
                    #exit
                }
            }
        });
        let all = assertion::check(
            &self.assertions,
            &self.fields,
            Side::Read,
            &hygienic!(start),
            &exit(&hygienic!(fault)),
            cx,
        );
        let values = self.fields.iter().map(|field| {
            let (member, local) = (&field.member, &field.local);
            if field.derived.is_some() {
                hygienic!(#member: #pickler::Derived::read(#local))
            } else {
                hygienic!(#member: #local)
            }
        });
        let kept = self.kept.as_ref().map(|kept| {
            let member = &kept.member;
            hygienic!(#member: tag)
        });
        let values = values.chain(kept);
        let value = done(&hygienic!(#path { #(#values),* }));
        hygienic! {
            #start
            #bytes
            #(#reads)*
            #end
            #(#checks)*
            #all
            #value
        }
    }

    /// Reads the constant in front of the fields, if there is one.
    pub fn read_magic(&self, exit: Exit<'_>, cx: Context<'_>) -> Option<TokenStream> {
        let scope = Scope {
            fields: &self.fields,
            side: Some(Side::Read),
        };
        let read = self.magic()?.read(scope, cx);
        let exit = exit(&hygienic!(r.within_field(fault, "magic")));
        Some(hygienic!(if let ::core::result::Result::Err(fault) = #read { #exit }))
    }

    /// Reads one field into its variable, behind those that it looks at; keeps
    /// the offset at which it starts, if that is looked at.
    pub fn read_field(
        &self,
        index: usize,
        offsets: bool,
        exit: Exit<'_>,
        cx: Context<'_>,
    ) -> TokenStream {
        let Context { pickler, input, .. } = cx;
        let scope = Scope {
            fields: &self.fields,
            side: Some(Side::Read),
        };
        let field = &self.fields[index];
        let (local, ty) = (&field.local, field.held());
        let read = if field.elsewhere.is_some() {
            let cx = cx.at(&field.ty);
            let expression = field.expression(scope, cx);
            spanned! {
                cx,
                #pickler::picklers::StandsElsewhere::<#input>::read_there(&#expression, r)
            }
        } else {
            field.pickler.read(scope, cx.at(&field.ty))
        };
        let exit = exit(&self.within(field, &hygienic!(r)));
        let assertions = &field.assertions;
        let at = at(index);
        let offset =
            (offsets || !assertions.is_empty()).then(|| hygienic!(let #at = r.bit_offset();));
        let at = at.to_token_stream();
        let check = assertion::check(assertions, &self.fields, Side::Read, &at, &exit, cx);
        let (pattern, ty) = if field.elsewhere.is_some() {
            let there = there(index);
            (hygienic!((#local, #there)), hygienic!((#ty, _)))
        } else {
            (hygienic!(#local), hygienic!(#ty))
        };
        hygienic! {
            #offset
            let #pattern: #ty = match #read {
                ::core::result::Result::Ok(value) => value,
                ::core::result::Result::Err(fault) => #exit,
            };
            #check
        }
    }

    /// A pattern that binds all fields.
    pub fn pattern(&self, path: &TokenStream) -> TokenStream {
        let bindings = self.fields.iter().map(|field| {
            let (member, local) = (&field.member, &field.local);
            hygienic!(#member: #local)
        });
        // It is found before the fields are.
        let kept = self.kept.as_ref().map(|kept| {
            let member = &kept.member;
            hygienic!(#member: _)
        });
        let bindings = bindings.chain(kept);
        hygienic!(#path { #(#bindings),* })
    }

    /// A block's content that writes all fields, bound by
    /// [`pattern`](Self::pattern), to `w`.
    pub fn write(&self, exit: Exit<'_>, cx: Context<'_>) -> TokenStream {
        if let Layout::Keyed(it) = &self.layout {
            return keyed::write(it, self, exit, cx);
        }
        let scope = Scope {
            fields: &self.fields,
            side: Some(Side::Write),
        };
        let before = self.before_write(exit, cx);
        let write_one = |index: usize| {
            let field = &self.fields[index];
            let write = write_field(index, field, scope, cx);
            let exit = exit(&self.within(field, &hygienic!(w)));
            let at = TokenStream::new();
            let assertions = &field.assertions;
            let check = assertion::check(assertions, &self.fields, Side::Write, &at, &exit, cx);
            let place = self
                .has_checksum()
                .then(|| hygienic!(places[#index] = w.bit_offset();));
            hygienic! {
                #check
                #place
                if let ::core::result::Result::Err(fault) = #write { #exit }
            }
        };
        let writes = self.pieces().into_iter().map(|piece| match piece {
            Piece::Magic => TokenStream::new(),
            Piece::Field(index) => write_one(index),
            Piece::Run(run) => run.write(self, exit, cx),
        });
        let all = assertion::check(
            &self.assertions,
            &self.fields,
            Side::Write,
            &TokenStream::new(),
            &exit(&hygienic!(fault)),
            cx,
        );
        let count = self.fields.len();
        let places = self.has_checksum().then(|| {
            hygienic! {
                let record = w.bit_offset();
                let mut places = [0_u64; #count + 1];
            }
        });
        let checksums = self
            .has_checksum()
            .then(|| self.put_checksums(scope, exit, cx));
        hygienic! {
            #places
            #before
            #all
            #(#writes)*
            #checksums
        }
    }

    /// What is written and found out before the fields are written.
    fn before_write(&self, exit: Exit<'_>, cx: Context<'_>) -> TokenStream {
        let start = (self.uses_sizes() || self.uses_record_start())
            .then(|| hygienic!(let start = w.bit_offset();));
        // Sizes are counted from behind a magic that stands alone.
        let stands_alone = matches!(self.pieces().first(), Some(Piece::Magic));
        let magic = self.magic().filter(|_| stands_alone).map(|magic| {
            let scope = Scope {
                fields: &self.fields,
                side: Some(Side::Write),
            };
            let write = magic.write(&hygienic!(&()), scope, cx);
            let exit = exit(&hygienic!(w.within_field(fault, "magic")));
            hygienic!(if let ::core::result::Result::Err(fault) = #write { #exit })
        });
        let derived = (self.has_derived() || self.uses_sizes() || self.has_elsewhere())
            .then(|| self.follow(exit, cx));
        hygienic!(#start #magic #derived)
    }

    /// A block's content that ends with what the field will hold that `name` names,
    /// if that follows from others and is known before it is written: `None`, if no
    /// field is such a one. The fields are bound by [`pattern`](Self::pattern).
    pub fn followed(&self, cx: Context<'_>) -> Option<TokenStream> {
        if self.has_elsewhere() {
            return None;
        }
        let known = self.derived().filter(|(_, _, derived)| {
            derived.checksum.is_none() && !derived.expr.follows_offsets(&self.fields)
        });
        let arms: Vec<_> = known
            .filter_map(|(index, field, _)| {
                let (name, follows) = (field.rust_name()?, follows(index));
                Some(hygienic!(#name => #follows,))
            })
            .collect();
        let before = self.before_write(&exit_function, cx);
        (!arms.is_empty()).then(|| {
            hygienic! {
                #before
                ::core::result::Result::Ok(match name {
                    #(#arms)*
                    _ => ::core::option::Option::None,
                })
            }
        })
    }

    /// What follows from the fields, before they are written; puts those that
    /// stand elsewhere, since that is looked at, too.
    fn follow(&self, exit: Exit<'_>, cx: Context<'_>) -> TokenStream {
        let Context { pickler, .. } = cx;
        let scope = Scope {
            fields: &self.fields,
            side: Some(Side::Write),
        };
        let variables = self.derived().map(|(index, _, _)| follows(index));
        let places = |derived: &Derivation| derived.expr.follows_offsets(&self.fields);
        let compute = |wanted: &dyn Fn(&Derivation) -> bool| {
            let derived = self.derived().filter(|(_, _, it)| wanted(it));
            let follow = derived.map(|(index, _, derived)| {
                let follows = follows(index);
                let value = derived.expr.value(&self.fields, Side::Write, cx);
                // Places are not known yet while sizes are found out for them.
                let known = places(derived).then(|| hygienic!(if !w.is_measuring()));
                hygienic! {
                    #known {
                        #follows = #value;
                    }
                }
            });
            hygienic!(#(#follow)*)
        };
        let counted = |code: TokenStream| {
            hygienic! {
                if !<__S as #pickler::cursor::Sink>::COUNTS_ONLY {
                    #code
                }
            }
        };
        let known = compute(&|it| !it.expr.uses_sizes() && !places(it));
        // Counting at each level what is below would take time beyond bounds,
        // and widths do not depend on what follows from sizes.
        let from_sizes = self.uses_sizes().then(|| {
            let sizes = self.sizes(exit, cx);
            let elsewhere = self.sizes_elsewhere(scope, exit, cx);
            let all = compute(&|it| !places(it));
            counted(hygienic!(#sizes #elsewhere #all))
        });
        let place = self.place(scope, exit, cx);
        let from_places = self
            .derived()
            .any(|(_, _, it)| places(it))
            .then(|| counted(compute(&|_| true)));
        let offsets = self.uses_sizes().then(|| {
            let offsets = (0..=self.fields.len()).map(at);
            hygienic!(#(let mut #offsets: ::core::primitive::u64 = 0;)*)
        });
        let there = self.elsewhere().map(|(index, _)| there(index));
        hygienic! {
            #(
                let mut #variables: ::core::option::Option<::core::primitive::i128> =
                    ::core::option::Option::Some(0);
            )*
            #(let mut #there: #pickler::picklers::There = ::core::default::Default::default();)*
            #offsets
            #known
            #from_sizes
            #place
            #from_places
        }
    }

    /// Finds out where each field would begin, by the same code into a counter.
    fn sizes(&self, exit: Exit<'_>, cx: Context<'_>) -> TokenStream {
        let scope = Scope {
            fields: &self.fields,
            side: Some(Side::Write),
        };
        let first = at(0);
        let writes = self.fields.iter().enumerate().map(|(index, field)| {
            let write = write_field(index, field, scope, cx);
            let within = self.within(field, &hygienic!(w));
            let exit = exit(&hygienic!(w.adopt(error)));
            let end = at(index + 1);
            if field.elsewhere.is_some() {
                return hygienic!(#end = counter.bit_offset(););
            }
            hygienic! {
                let result = {
                    let w = &mut counter;
                    match #write {
                        ::core::result::Result::Ok(()) => ::core::result::Result::Ok(()),
                        ::core::result::Result::Err(fault) => {
                            let fault = #within;
                            ::core::result::Result::Err(w.into_error(fault))
                        }
                    }
                };
                if let ::core::result::Result::Err(error) = result {
                    #exit
                }
                #end = counter.bit_offset();
            }
        });
        hygienic! {
            let mut counter = w.counter();
            #first = counter.bit_offset();
            #(#writes)*
        }
    }

    pub fn derived(&self) -> impl Iterator<Item = (usize, &Field, &Derivation)> {
        self.fields
            .iter()
            .enumerate()
            .filter_map(|(index, field)| Some((index, field, field.derived.as_ref()?)))
    }
}

fn write_field(index: usize, field: &Field, scope: Scope<'_>, cx: Context<'_>) -> TokenStream {
    let Context { pickler, .. } = cx;
    let local = &field.local;
    if field.elsewhere.is_some() {
        let cx = cx.at(&field.ty);
        let (there, expression) = (there(index), field.expression(scope, cx));
        let input = cx.input;
        return spanned! {
            cx,
            #pickler::picklers::StandsElsewhere::<#input>::check(&#expression, #there, w)
        };
    }
    let Some(derived) = &field.derived else {
        return field
            .pickler
            .write(&hygienic!(#local), scope, cx.at(&field.ty));
    };
    if derived.checksum.as_ref().is_some_and(Checksum::is_digest) {
        let cx = cx.at(&field.ty);
        let expression = field.pickler.expression(scope, cx);
        return spanned!(cx, #pickler::generated::write_digest(&#expression, #local, w));
    }
    let follows = follows(index);
    let bits = derived_bits(field, derived, cx);
    let cx = cx.at(&field.ty);
    let expression = field.pickler.expression(scope, cx);
    let description = derived.expr.description(scope.fields, cx);
    spanned! {
        cx,
        #pickler::generated::write_derived(
            &#expression,
            #local,
            (#follows, || #pickler::generated::described!(#description)),
            #bits,
            w,
        )
    }
}

/// In how many bits a derived field is written.
pub fn derived_bits(field: &Field, derived: &Derivation, cx: Context<'_>) -> TokenStream {
    let Context { pickler, .. } = cx;
    let holds = &derived.holds;
    if let Some(bits) = field.pickler.known_bits() {
        hygienic!(#bits)
    } else {
        hygienic!(<#holds as #pickler::picklers::Integer>::BITS)
    }
}
