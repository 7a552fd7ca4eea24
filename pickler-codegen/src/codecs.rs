//! What only code can say: types and functions of a module that is written by hand.

use pickler::schema::{Schema, Shape};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::combinators::Made;
use crate::context::Context;
use crate::error::{Result, refused};
use crate::{facts, names};

/// A codec or a mapping that a description names.
pub struct Codec<'a> {
    /// Where it is named first.
    shape: &'a Shape,
    /// The function that gives the pickler.
    function: Ident,
    /// The type of its values.
    ty: Ident,
}

const WANTED: &str = "\
What only code can say is in a module that is written by hand. Its types are
`Clone`, `Debug` and `PartialEq`, and `Default` or `Ord` where that is asked for.";

/// All that a description names.
pub fn codecs(schema: &Schema) -> Vec<Codec<'_>> {
    let mut named: Vec<&Shape> = Vec::new();
    for shape in facts::all(schema) {
        let is_code = matches!(shape, Shape::Opaque(_) | Shape::Mapped { .. });
        if is_code && !named.iter().any(|known| key(known) == key(shape)) {
            named.push(shape);
        }
    }
    let texts = named.iter().map(|shape| key(shape).1);
    let types = names::types(texts.clone());
    let functions = names::fields(texts).idents;
    let idents = types.into_iter().zip(functions);
    let named = named.into_iter().zip(idents);
    named
        .map(|(shape, (ty, function))| Codec {
            shape,
            function,
            ty,
        })
        .collect()
}

/// What tells codecs apart: whether it is a mapping, and the name.
fn key(shape: &Shape) -> (bool, &str) {
    match shape {
        Shape::Opaque(opaque) => (false, &opaque.name),
        Shape::Mapped { name, .. } => (true, name),
        _ => (false, ""),
    }
}

impl Context<'_> {
    /// The pickler of what is opaque or mapped.
    pub fn code(&self, shape: &Shape) -> Result<Made> {
        let found = self.codecs.iter().find(|it| key(it.shape) == key(shape));
        let (Some(codec), Some(module)) = (found, &self.module) else {
            return refused(format!(
                "`{}` is code, which a description does not hold: give the module in which it \
                 is, `protocol!(\"...\", codecs = crate::codecs)`",
                key(shape).1,
            ));
        };
        let Codec { function, ty, .. } = codec;
        let wire = match shape {
            Shape::Mapped { item, .. } => Some(self.made(item)?.pickler),
            _ => None,
        };
        Ok(Made {
            ty: quote!(#module::#ty),
            pickler: quote!(#module::#function(#wire)),
        })
    }

    /// What stands in the module, as a comment, and where that is; empty if nothing
    /// does.
    pub fn codecs_wanted(&self) -> Result<String> {
        let all = self.codecs.iter().map(|it| self.signature(it));
        let all = all.collect::<Result<Vec<_>>>()?;
        if all.is_empty() {
            return Ok(String::new());
        }
        let text = format!("{WANTED}\n\npub mod codecs {{\n{}}}", all.join("\n"));
        let lines = text.lines().map(|line| match line {
            "" => "//\n".to_owned(),
            line => format!("// {line}\n"),
        });
        Ok(lines.collect::<String>() + "use crate::codecs;\n")
    }

    /// The type and the function of a codec.
    fn signature(&self, codec: &Codec<'_>) -> Result<String> {
        let Codec {
            shape,
            function,
            ty,
        } = codec;
        let name = key(shape).1;
        let Shape::Mapped { item, .. } = shape else {
            return Ok(format!(
                "    /// `opaque {name:?}`\n    \
                 pub type {ty} = ...;\n    \
                 pub fn {function}<'de>() -> impl Pickler<'de, Value = {ty}> {{ ... }}\n"
            ));
        };
        let wire = spaced(&self.made(item)?.ty);
        Ok(format!(
            "    /// `mapped {name:?}`\n    \
             pub type {ty} = ...;\n    \
             pub fn {function}<'de, P>(wire: P) -> impl Pickler<'de, Value = {ty}>\n    \
             where\n        \
             P: Pickler<'de, Value = {wire}>,\n    \
             {{ ... }}\n"
        ))
    }
}

/// A type as it is written.
fn spaced(ty: &TokenStream) -> String {
    let text = quote!(type T = #ty;);
    let file = syn::parse2::<syn::File>(text).map(|file| prettyplease::unparse(&file));
    let text = file.unwrap_or_default();
    let text = text.trim().trim_start_matches("type T = ");
    text.trim_end_matches(';').to_owned()
}
