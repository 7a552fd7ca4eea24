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
                let fields = self
                    .fields
                    .iter()
                    .map(|field| describe_field(field, scope, defaults, cx));
                let row = row.then(|| hygienic!(.as_row()));
                let assertions = self
                    .assertions
                    .iter()
                    .map(|it| it.description(&self.fields, cx));
                let behind = magic.as_ref().map(|magic| hygienic!(.behind(#magic)));
                hygienic! {
                    #pickler::schema::Shape::Record(#pickler::generated::Box::new(
                        #pickler::schema::Record::new(#pickler::generated::vec![#(#fields),*])
                            #row
                            #behind
                            #(.that_satisfies(#assertions))*
                    ))
                }
            }
        }
    }
}

fn describe_field(field: &Field, scope: Scope<'_>, defaults: bool, cx: Context<'_>) -> TokenStream {
    let Context { pickler, input, .. } = cx;
    let (name, doc, ty) = (&field.name, &field.doc, &field.ty);
    let cx = cx.at(&field.ty);
    let expression = field.expression(scope, cx);
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
    // What depends on other fields has no default of its own.
    let has_default = (defaults || field.has_own_default)
        && field.derived.is_none()
        && field.elsewhere.is_none()
        && field.pickler.expressions().is_empty();
    let default = has_default.then(|| {
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
        #pickler::schema::Field::new(#name, #doc, shape)
            #default
            #derived
            #(.that_satisfies(#assertions))*
    }}
}
