//! What types are given by what they are in.

use proc_macro2::Span;
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Expr, Ident, Token, Type};

use super::attributes::Attributes;
use super::expression::Portable;
use crate::errors::Errors;
use crate::mistakes;

/// `version: u8`
#[derive(Clone)]
pub struct Parameter {
    pub name: Ident,
    pub ty: Type,
}

/// `version = header.version`, or `version` for `version = version`.
pub struct Argument {
    pub name: Ident,
    pub value: Portable,
}

impl Parse for Parameter {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = input.parse()?;
        input.parse::<Token![:]>()?;
        let ty = input.parse()?;
        Ok(Self { name, ty })
    }
}

impl Parse for Argument {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name: Ident = input.parse()?;
        let value = if input.peek(Token![=]) {
            input.parse::<Token![=]>()?;
            Portable::new(&input.parse::<Expr>()?)?
        } else {
            Portable::Name(name.clone())
        };
        Ok(Self { name, value })
    }
}

/// The parameters of `context(version: u8, ...)`.
pub fn parameters(attributes: &mut Attributes, errors: &mut Errors) -> Vec<Parameter> {
    let Some((span, tokens)) = attributes.list("context", errors) else {
        return Vec::new();
    };
    let parser = Punctuated::<Parameter, Token![,]>::parse_terminated;
    let Some(parameters) = errors.keep(parser.parse2(tokens)) else {
        return Vec::new();
    };
    let parameters: Vec<_> = parameters.into_iter().collect();
    if parameters.is_empty() {
        errors.push(
            span,
            mistakes::MALFORMED.says("`context` has parameters: `context(version: u8)`"),
        );
    }
    let mut different: Vec<Parameter> = Vec::with_capacity(parameters.len());
    for parameter in parameters {
        if different.iter().any(|it| it.name == parameter.name) {
            let name = &parameter.name;
            errors.push(
                name.span(),
                mistakes::GIVEN_TWICE.says(format!("there are two parameters `{name}`")),
            );
        } else {
            different.push(parameter);
        }
    }
    different
}

/// The arguments of `given(version = version, ...)`.
pub fn arguments(
    attributes: &mut Attributes,
    errors: &mut Errors,
) -> Option<(Span, Vec<Argument>)> {
    let (span, tokens) = attributes.list("given", errors)?;
    let parser = Punctuated::<Argument, Token![,]>::parse_terminated;
    let arguments = errors.keep(parser.parse2(tokens))?;
    Some((span, arguments.into_iter().collect()))
}
