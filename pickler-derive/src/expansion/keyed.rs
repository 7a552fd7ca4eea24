//! Code for structs whose fields say which they are.

use proc_macro2::TokenStream;

use super::Context;
use super::default::default_value;
use super::expression::Side;
use super::fields::Exit;
use super::pickler::Scope;
use crate::normalization::{Field, Fields, Form, KeyFormat, Keyed, Occurs};
use crate::parsing::{Counts, Number};

/// The fields of a keyed struct, and what they are.
struct Code<'a> {
    keyed: &'a Keyed,
    fields: &'a [Field],
    cx: Context<'a>,
}

pub fn read(
    keyed: &Keyed,
    fields: &Fields,
    path: &TokenStream,
    done: &dyn Fn(&TokenStream) -> TokenStream,
    exit: Exit<'_>,
    cx: Context<'_>,
) -> TokenStream {
    let fields = &fields.fields;
    Code { keyed, fields, cx }.read(path, done, exit)
}

pub fn write(keyed: &Keyed, fields: &Fields, exit: Exit<'_>, cx: Context<'_>) -> TokenStream {
    let fields = &fields.fields;
    Code { keyed, fields, cx }.write(exit)
}

pub fn describe(keyed: &Keyed, fields: &Fields, cx: Context<'_>) -> TokenStream {
    let fields = &fields.fields;
    Code { keyed, fields, cx }.describe()
}

/// The least width of all of it.
pub fn width(keyed: &Keyed, cx: Context<'_>) -> TokenStream {
    let Context { pickler, .. } = cx;
    let format = keyed.format.tokens(cx);
    hygienic!(#pickler::Width::at_least(#format.least_bits()))
}

impl Code<'_> {
    fn read(
        &self,
        path: &TokenStream,
        done: &dyn Fn(&TokenStream) -> TokenStream,
        exit: Exit<'_>,
    ) -> TokenStream {
        let Context { pickler, .. } = self.cx;
        let format = self.keyed.format.tokens(self.cx);
        let slots = self.each().map(|(_, field, keyed)| {
            let (local, holds, ty) = (&field.local, &keyed.holds, &field.ty);
            match keyed.occurs {
                Occurs::Unknown | Occurs::Repeated { .. } => hygienic! {
                    let mut #local: #ty = #pickler::generated::Vec::new();
                },
                _ => hygienic! {
                    let mut #local: ::core::option::Option<#holds> = ::core::option::Option::None;
                },
            }
        });
        let arms = self
            .each()
            .filter(|(_, _, keyed)| keyed.occurs != Occurs::Unknown)
            .map(|(index, field, keyed)| {
                let (key, name) = (keyed.key, &field.name);
                let read = self.read_one(index, field);
                let exit = exit(&hygienic!(r.within_field(fault, #name)));
                let order = self.keyed.in_order.then(|| {
                    hygienic! {
                        if #index < place {
                            let fault = #pickler::generated::keyed::out_of_order(&key, r);
                            #exit
                        }
                        place = #index;
                    }
                });
                hygienic! {
                    #key => {
                        #order
                        if let ::core::result::Result::Err(fault) = #read {
                            #exit
                        }
                    }
                }
            });
        let unknown = self.read_unknown(exit);
        let exit_plain = exit(&hygienic!(fault));
        let ends = self.each().map(|(_, field, keyed)| {
            let (local, name) = (&field.local, &field.name);
            match keyed.occurs {
                Occurs::Unknown | Occurs::Optional | Occurs::Repeated { .. } => TokenStream::new(),
                Occurs::Implicit => {
                    let (ty, default) = (&field.ty, default_value(field));
                    hygienic! {
                        let #local: #ty = match #local {
                            ::core::option::Option::Some(value) => value,
                            ::core::option::Option::None => #default,
                        };
                    }
                }
                Occurs::Required => hygienic! {
                    let #local = match #pickler::generated::keyed::required(#local, #name, r) {
                        ::core::result::Result::Ok(value) => value,
                        ::core::result::Result::Err(fault) => #exit_plain,
                    };
                },
            }
        });
        let values = self.fields.iter().map(|field| {
            let (member, local) = (&field.member, &field.local);
            hygienic!(#member: #local)
        });
        let value = done(&hygienic!(#path { #(#values),* }));
        hygienic! {
            let format = #format;
            #(#slots)*
            let mut place: ::core::primitive::usize = 0;
            let mut coming = match format.begin(r) {
                ::core::result::Result::Ok(coming) => coming,
                ::core::result::Result::Err(fault) => #exit_plain,
            };
            loop {
                let key = match format.next(&mut coming, r) {
                    ::core::result::Result::Ok(::core::option::Option::Some(key)) => key,
                    ::core::result::Result::Ok(::core::option::Option::None) => break,
                    ::core::result::Result::Err(fault) => #exit_plain,
                };
                match key.number {
                    #(#arms)*
                    _ => { #unknown }
                }
            }
            #(#ends)*
            #value
        }
    }

    /// A `Result<(), Fault>` that reads one value of a field, or several.
    fn read_one(&self, index: usize, field: &Field) -> TokenStream {
        let keyed = &self.keyed.fields[index];
        let cx = self.cx.at(&field.ty);
        let Context { pickler, input, .. } = cx;
        let local = &field.local;
        let form = self.form(index, cx);
        let expression = self.pickler(index, field, Some(Side::Read), cx);
        if let Occurs::Repeated { .. } = keyed.occurs {
            return spanned! {cx,
                #pickler::generated::keyed::read_repeated(
                    &format, &key, #form, &#expression, &mut #local, r,
                )
            };
        }
        let holds = &keyed.holds;
        let again = match (&self.keyed.format, keyed.form) {
            (KeyFormat::Pairs(_), _) => spanned!(cx, #local.is_some()),
            (KeyFormat::Protobuf, Form::OfType) => spanned! {cx,
                !<#holds as #pickler::picklers::ProtobufValue<#input>>::LAST_COUNTS
                    && #local.is_some()
            },
            (KeyFormat::Protobuf, _) => hygienic!(false),
        };
        spanned! {cx,
            match #pickler::generated::keyed::read_value(
                &format, &key, (#form, #again), &#expression, r,
            ) {
                ::core::result::Result::Ok(value) => {
                    #local = ::core::option::Option::Some(value);
                    ::core::result::Result::Ok(())
                }
                ::core::result::Result::Err(fault) => ::core::result::Result::Err(fault),
            }
        }
    }

    /// What becomes of another key.
    fn read_unknown(&self, exit: Exit<'_>) -> TokenStream {
        let Context { pickler, .. } = self.cx;
        let exit_plain = exit(&hygienic!(fault));
        if let Some(field) = self.unknown() {
            let (local, name) = (&field.local, &field.name);
            let exit = exit(&hygienic!(r.within_field(fault, #name)));
            return hygienic! {
                match format.read_unknown(&key, r) {
                    ::core::result::Result::Ok(field) => #local.push(field),
                    ::core::result::Result::Err(fault) => #exit,
                }
            };
        }
        if self.keyed.ignores_unknown {
            return hygienic! {
                if let ::core::result::Result::Err(fault) = format.read_unknown(&key, r) {
                    #exit_plain
                }
            };
        }
        hygienic! {
            let fault = #pickler::generated::keyed::unknown(&key, r);
            #exit_plain
        }
    }

    fn write(&self, exit: Exit<'_>) -> TokenStream {
        let format = self.keyed.format.tokens(self.cx);
        let writes = self.each().map(|(index, field, _)| {
            let write = self.write_one(index, field);
            let name = &field.name;
            let exit = exit(&hygienic!(w.within_field(fault, #name)));
            hygienic! {
                if let ::core::result::Result::Err(fault) = #write {
                    #exit
                }
            }
        });
        let exit = exit(&hygienic!(fault));
        hygienic! {
            let format = #format;
            let mut written = match format.begin_write(w) {
                ::core::result::Result::Ok(written) => written,
                ::core::result::Result::Err(fault) => #exit,
            };
            #(#writes)*
            if let ::core::result::Result::Err(fault) = format.end_write(written, w) {
                #exit
            }
        }
    }

    /// A `Result<(), Fault>` that writes a field.
    fn write_one(&self, index: usize, field: &Field) -> TokenStream {
        let keyed = &self.keyed.fields[index];
        let cx = self.cx.at(&field.ty);
        let Context { pickler, .. } = cx;
        let (local, key) = (&field.local, keyed.key);
        if keyed.occurs == Occurs::Unknown {
            let known = self.each().filter_map(|(_, field, keyed)| {
                let (key, name) = (keyed.key, &field.name);
                (keyed.occurs != Occurs::Unknown)
                    .then(|| hygienic!(#key => ::core::option::Option::Some(#name),))
            });
            return spanned! {cx,
                #pickler::generated::keyed::write_unknown(
                    &format,
                    &mut written,
                    #local,
                    |number| match number {
                        #(#known)*
                        _ => ::core::option::Option::None,
                    },
                    w,
                )
            };
        }
        let form = self.form(index, cx);
        let expression = self.pickler(index, field, Some(Side::Write), cx);
        let call = |function: &str, value: TokenStream| {
            let function = syn::Ident::new(function, cx.span);
            spanned! {cx,
                #pickler::generated::keyed::#function(
                    &format, &mut written, (#key, #form), &#expression, #value, w,
                )
            }
        };
        match keyed.occurs {
            Occurs::Required | Occurs::Unknown => call("write_value", hygienic!(#local)),
            Occurs::Optional => {
                let write = call("write_value", hygienic!(value));
                hygienic! {
                    match #local {
                        ::core::option::Option::Some(value) => #write,
                        ::core::option::Option::None => ::core::result::Result::Ok(()),
                    }
                }
            }
            Occurs::Implicit => {
                let write = call("write_value", hygienic!(#local));
                let (ty, default) = (&field.ty, default_value(field));
                let same = same(ty, &hygienic!(#local), &hygienic!(&default));
                hygienic! {{
                    let default: #ty = #default;
                    if #same {
                        ::core::result::Result::Ok(())
                    } else {
                        #write
                    }
                }}
            }
            Occurs::Repeated { packed: true } => call("write_packed", hygienic!(#local)),
            Occurs::Repeated { packed: false } => call("write_repeated", hygienic!(#local)),
        }
    }

    fn describe(&self) -> TokenStream {
        let Context { pickler, .. } = self.cx;
        let format = self.keyed.format.tokens(self.cx);
        let fields = self
            .each()
            .filter(|(_, _, keyed)| keyed.occurs != Occurs::Unknown)
            .map(|(index, field, _)| self.describe_one(index, field));
        let in_order = self.keyed.in_order.then(|| hygienic!(.in_order()));
        let unknown = match self.unknown() {
            Some(field) => {
                let name = &field.name;
                hygienic!(.keeping_unknown(#name))
            }
            None if self.keyed.ignores_unknown => hygienic!(.ignoring_unknown()),
            None => TokenStream::new(),
        };
        hygienic! {
            #pickler::schema::Shape::Keyed(#pickler::generated::Box::new(
                #pickler::schema::Keyed::new(#format, #pickler::generated::vec![#(#fields),*])
                    #in_order
                    #unknown
            ))
        }
    }

    fn describe_one(&self, index: usize, field: &Field) -> TokenStream {
        let keyed = &self.keyed.fields[index];
        let cx = self.cx.at(&field.ty);
        let Context { pickler, input, .. } = cx;
        let (name, doc, key, ty) = (&field.name, &field.doc, keyed.key, &field.ty);
        let form = self.form(index, cx);
        let occurs = match keyed.occurs {
            Occurs::Required | Occurs::Unknown => hygienic!(Required),
            Occurs::Optional => hygienic!(Optional),
            Occurs::Implicit => hygienic!(Implicit),
            Occurs::Repeated { packed } => hygienic!(Repeated { packed: #packed }),
        };
        let scope = Scope {
            fields: self.fields,
            side: None,
        };
        // As it is elsewhere: the form says how it is held here.
        let expression = field.pickler.expression(scope, cx);
        let default = (keyed.occurs == Occurs::Implicit).then(|| {
            let value = default_value(field);
            hygienic! {
                .with_default(&pickler, &{
                    let value: #ty = #value;
                    value
                })
            }
        });
        let describe = spanned!(cx, #pickler::Pickler::<#input>::describe(&pickler, d));
        hygienic! {{
            let pickler = #expression;
            let shape = #describe;
            #pickler::schema::KeyedField::new(
                #name,
                #doc,
                #key,
                #pickler::schema::Occurs::#occurs,
                #form,
                shape,
            )
            #default
        }}
    }

    fn pickler(
        &self,
        index: usize,
        field: &Field,
        side: Option<Side>,
        cx: Context<'_>,
    ) -> TokenStream {
        let scope = Scope {
            fields: self.fields,
            side,
        };
        self.keyed.pickler(index, field).expression(scope, cx)
    }

    fn form(&self, index: usize, cx: Context<'_>) -> TokenStream {
        let Context { pickler, input, .. } = cx;
        let keyed = &self.keyed.fields[index];
        let holds = &keyed.holds;
        match keyed.form {
            Form::Plain => hygienic!(#pickler::schema::Form::Plain),
            Form::Bytes => hygienic!(#pickler::schema::Form::Bytes),
            Form::Zigzag => hygienic!(#pickler::schema::Form::Zigzag),
            Form::OfType => {
                spanned!(cx, <#holds as #pickler::picklers::ProtobufValue<#input>>::FORM)
            }
            Form::Fixed => spanned! {cx,
                #pickler::generated::keyed::fixed_form(<#holds as #pickler::Pickle<#input>>::WIDTH)
            },
        }
    }

    fn unknown(&self) -> Option<&Field> {
        self.each()
            .find(|(_, _, keyed)| keyed.occurs == Occurs::Unknown)
            .map(|(_, field, _)| field)
    }

    fn each(&self) -> impl Iterator<Item = (usize, &Field, &crate::normalization::KeyedField)> {
        let both = self.fields.iter().zip(&self.keyed.fields);
        both.enumerate()
            .map(|(index, (field, keyed))| (index, field, keyed))
    }
}

/// Two values are the same; of floats, the same in all bits.
fn same(ty: &syn::Type, left: &TokenStream, right: &TokenStream) -> TokenStream {
    match ty {
        syn::Type::Path(path) if path.path.is_ident("f32") || path.path.is_ident("f64") => {
            hygienic!(#left.to_bits() == (#right).to_bits())
        }
        _ => hygienic!(#left == #right),
    }
}

impl KeyFormat {
    fn tokens(&self, cx: Context<'_>) -> TokenStream {
        let Context { pickler, .. } = cx;
        let Self::Pairs(pairs) = self else {
            return hygienic!(#pickler::schema::KeyFormat::Protobuf);
        };
        let number = |number: Number| match number {
            Number::Bits(bits) => hygienic!(#pickler::schema::Number::Bits(#bits)),
            Number::Varint(varint) => {
                let encoding = syn::Ident::new(varint.marker(), proc_macro2::Span::mixed_site());
                hygienic! {
                    #pickler::schema::Number::Varint(#pickler::schema::VarintEncoding::#encoding)
                }
            }
        };
        let maybe = |tokens: Option<TokenStream>| {
            tokens.map_or_else(
                || hygienic!(::core::option::Option::None),
                |tokens| hygienic!(::core::option::Option::Some(#tokens)),
            )
        };
        let key = number(pairs.key.unwrap_or(Number::Bits(8)));
        let size = maybe(pairs.size.map(number));
        let count = maybe(pairs.count.map(number));
        let terminator = maybe(pairs.terminator.map(|key| hygienic!(#key)));
        let pad = maybe(pairs.pad.map(|key| hygienic!(#key)));
        let size_counts = match pairs.size_counts {
            None | Some(Counts::Body) => hygienic!(Body),
            Some(Counts::Rest) => hygienic!(Rest),
            Some(Counts::Message) => hygienic!(Message),
        };
        hygienic! {
            #pickler::schema::KeyFormat::Pairs(#pickler::schema::Pairs {
                key: #key,
                size: #size,
                size_counts: #pickler::schema::LengthCounts::#size_counts,
                count: #count,
                terminator: #terminator,
                pad: #pad,
            })
        }
    }
}
