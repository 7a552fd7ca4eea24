//! Code that describes.

use proc_macro2::TokenStream;

use super::default::default_value;
use super::pickler::Scope;
use super::{Context, keyed};
use crate::normalization::{Field, Fields, Layout};

impl Fields {
    /// A `Shape`; `defaults` says that every field has one.
    pub fn describe(&self, defaults: bool, cx: Context<'_>) -> TokenStream {
        let Context { pickler, input, .. } = cx;
        let scope = Scope {
            fields: &self.fields,
            side: None,
        };
        let shapes = self.fields.iter().map(|field| {
            let cx = cx.at(&field.ty);
            let expression = field.expression(scope, cx);
            spanned!(cx, #pickler::Pickler::<#input>::describe(&#expression, d))
        });
        let magic = self.magic().map(|magic| {
            let magic = magic.expression(scope, cx);
            hygienic!(#pickler::Pickler::<#input>::describe(&#magic, d))
        });
        let behind = |shape: TokenStream| match &magic {
            None => shape,
            Some(magic) => hygienic! {
                #pickler::schema::Shape::Behind {
                    magic: #pickler::generated::Box::new(#magic),
                    item: #pickler::generated::Box::new(#shape),
                }
            },
        };
        match &self.layout {
            Layout::Keyed(it) => keyed::describe(it, self, cx),
            Layout::Transparent => behind(hygienic!(#(#shapes)*)),
            Layout::Tuple => behind(hygienic! {
                #pickler::schema::Shape::Tuple(#pickler::generated::vec![#(#shapes),*])
            }),
            Layout::Record { row } => {
                let count = self.fields.len();
                let fields = self
                    .fields
                    .iter()
                    .map(|field| describe_field(field, scope, defaults, cx));
                let row = row.then(|| hygienic!(.as_row()));
                let assertions: Vec<_> = self
                    .assertions
                    .iter()
                    .map(|it| it.description(&self.fields, cx))
                    .collect();
                let behind = magic.as_ref().map(|magic| hygienic!(.behind(#magic)));
                // Calls, one for each field: written out, what they do would be most
                // of the code of a large protocol.
                hygienic! {{
                    let mut fields = #pickler::generated::FieldList::<#input>::with_capacity(#count);
                    #(#fields)*
                    #pickler::generated::describe_record(
                        fields.into_record()
                            #row
                            #behind
                            #(.that_satisfies(#assertions))*
                    )
                }}
            }
        }
    }
}

fn describe_field(field: &Field, scope: Scope<'_>, defaults: bool, cx: Context<'_>) -> TokenStream {
    let Context { pickler, input, .. } = cx;
    let (name, doc, ty) = (&field.name, &field.doc, &field.ty);
    let cx = cx.at(&field.ty);
    let expression = field.expression(scope, cx);
    // What depends on other fields has no default of its own.
    let has_default = (defaults || field.has_own_default)
        && field.derived.is_none()
        && field.elsewhere.is_none()
        && field.pickler.expressions().is_empty();
    let default = has_default.then(|| {
        let value = default_value(field);
        hygienic! {
            &{
                let value: #ty = #value;
                value
            }
        }
    });
    let is_plain = field.derived.is_none() && field.assertions.is_empty();
    if is_plain {
        return match default {
            None => spanned!(cx, fields.add(#name, #doc, &#expression, d);),
            Some(default) => {
                spanned!(cx, fields.add_with_default(#name, #doc, &#expression, d, #default);)
            }
        };
    }
    let derived = field.derived.as_ref().map(|derived| {
        let expr = derived.expr.description(scope.fields, cx);
        let checksum = derived.checksum.as_ref().map(|checksum| {
            let checksum = checksum.tokens(cx);
            hygienic!(.with_checksum(#checksum))
        });
        hygienic!(.derived_from(#expr) #checksum)
    });
    let assertions = field
        .assertions
        .iter()
        .map(|it| it.description(scope.fields, cx));
    let default = default.map(|value| hygienic!(.with_default(&pickler, #value)));
    let describe = spanned!(cx, #pickler::Pickler::<#input>::describe(&pickler, d));
    hygienic! {
        let pickler = #expression;
        let shape = #describe;
        fields.push(
            #pickler::schema::Field::new(#name, #doc, shape)
                #default
                #derived
                #(.that_satisfies(#assertions))*
        );
    }
}
