//! From attributes to a declaration without sugar: every field has a pickler.

mod checksum;
mod combinations;
mod elsewhere;
mod expression;
mod field;
mod fields;
mod filtered;
mod fixed;
mod generics;
mod keyed;
mod leaf;
mod list;
mod optional;
mod padding;
mod pickler;
mod shown;
mod sized;
mod tag;
mod tagged;
mod terminator;
mod tree;

pub use checksum::Checksum;
pub use expression::{Expression, Place};
pub use field::{Derivation, Field, is_number};
pub use fields::{Fields, KeptTag, Layout};
pub use fixed::Fixed;
pub use generics::{Generics, mentions};
pub use keyed::{Form, KeyFormat, Keyed, KeyedField, Occurs};
pub use pickler::{Argument, Call, Pickler, outer_type, primitive_bits};
pub use tag::{Tag, TagForm, TagRange, type_bits};
pub use tagged::{Enumeration, Length, Style, Union, Value};
pub use tree::option_of;

use proc_macro2::{Ident, Span};
use quote::format_ident;
use syn::{Data, DeriveInput, Path, Visibility, parse_quote};

use crate::errors::Errors;
use crate::mistakes;
use crate::names::shown_name;
use crate::parsing::{
    self, Container, DefaultOf, Generators, Orders, PaddingAttributes, Parameter,
};

pub struct Declaration {
    pub ident: Ident,
    pub generics: Generics,
    pub crate_path: Path,
    /// What descriptions call it; `None` if it is described in place.
    pub name: Option<String>,
    pub doc: String,
    pub orders: Orders,
    pub visibility: Visibility,
    /// What it is given by what it is in.
    pub parameters: Vec<Parameter>,
    /// It is said to be whole, since that cannot be found out.
    pub whole: bool,
    /// Whose defaults make up that of the type, if it has one.
    pub default: Option<Defaults>,
    /// A constant in front of an enum; of a struct, it is among its fields.
    pub magic: Option<Pickler>,
    /// Behind the last field.
    pub padding: PaddingAttributes,
    pub generators: Generators,
    /// It stands in protobuf messages.
    pub protobuf: bool,
    /// The type that looks at its fields one by one.
    pub view: Option<Ident>,
    pub body: Body,
}

/// Which fields have a default.
#[derive(Clone, Copy, PartialEq)]
pub enum Defaults {
    /// Those that say it; the type takes those of the others' types.
    OfSome,
    OfAll,
}

pub enum Body {
    Fields(Fields),
    Enumeration(Enumeration),
    Union(Box<Union>),
}

impl Body {
    /// All fields, of all variants.
    pub fn fields(&self) -> Vec<&Field> {
        match self {
            Self::Fields(fields) => fields.fields.iter().collect(),
            Self::Enumeration(_) => Vec::new(),
            Self::Union(union) => union
                .variants
                .iter()
                .flat_map(|variant| &variant.fields.fields)
                .collect(),
        }
    }

    /// What is written is read again: that it is not taken for a variant that is
    /// tried before.
    pub fn looks_back(&self) -> bool {
        match self {
            Self::Union(union) => union.tag.is_choice() && union.variants.len() > 1,
            Self::Fields(_) | Self::Enumeration(_) => false,
        }
    }
}

/// The crate's path before anything else is known.
pub fn default_crate_path() -> Path {
    parse_quote!(::pickler)
}

impl Declaration {
    /// What it is called in errors and expressions; nothing if it has no name there.
    pub fn name(&self) -> &str {
        self.name.as_deref().unwrap_or_default()
    }

    /// `None` only where there is nothing to go on with; mistakes are in
    /// `errors`.
    pub fn new(input: &DeriveInput, errors: &mut Errors) -> Option<Self> {
        let is_enum = matches!(input.data, Data::Enum(_));
        let mut container = Container::new(&input.attrs, is_enum, errors);
        let orders = container.orders;
        let parameters = container.context.clone();
        let whole = container.whole.is_some();
        let padding = container.padding;
        let generators = container.generators;
        let protobuf = container.protobuf.is_some();
        let crate_path = container
            .crate_path
            .take()
            .unwrap_or_else(default_crate_path);
        expect_inline(&container, errors);
        let rename = container.rename.take();
        let name = match container.inline {
            Some(_) => None,
            None => Some(shown_name(&input.ident, rename, None)),
        };
        let bound = container.bound.take();
        let mut default = match container.default {
            Some(DefaultOf::Type) => Some(Defaults::OfAll),
            Some(DefaultOf::Fields) | None => None,
        };
        let of_fields = container.default == Some(DefaultOf::Fields);
        let magic = if is_enum {
            container.magic.take()
        } else {
            None
        };
        let magic = magic.and_then(|(span, value)| {
            let magic = fields::magic_pickler(value, errors)?;
            if magic.known_whole() == Some(false) {
                errors.push(
                    span,
                    mistakes::OUT_OF_PLACE.says(
                        "in front of an enum stand whole bytes; write it on each variant, or on a \
                         struct around the enum",
                    ),
                );
            }
            Some(magic)
        });
        let view = container.view.take();
        let keyed = container.keyed.is_some() || container.protobuf.is_some();
        let body = match &input.data {
            Data::Struct(data) => {
                let fields = Fields::of_struct(&data.fields, container, errors);
                let has_own = fields.fields.iter().any(|field| field.has_own_default);
                if default.is_none() && has_own && !of_fields {
                    default = Some(Defaults::OfSome);
                }
                Body::Fields(fields)
            }
            Data::Enum(data) if data.variants.is_empty() => {
                errors.push(
                    input.ident.span(),
                    mistakes::NO_VARIANTS.says(
                        "an enum without variants has no values that could be read or written; \
                         give it a variant",
                    ),
                );
                return None;
            }
            Data::Enum(data) => tagged::of_enum(input, data, &container, errors)?,
            Data::Union(data) => {
                errors.push(
                    data.union_token.span,
                    mistakes::RUST_UNION.says(
                        "a Rust `union` does not know which of its fields is there; use an enum",
                    ),
                );
                return None;
            }
        };
        let view = view.map(|(span, view)| {
            expect_view(span, &body, keyed, &parameters, errors);
            view.unwrap_or_else(|| format_ident!("{}View", input.ident))
        });
        let generics = Generics::new(
            &input.generics,
            &body,
            bound,
            default.is_some(),
            &crate_path,
        );
        Some(Self {
            ident: input.ident.clone(),
            generics,
            crate_path,
            name,
            doc: parsing::doc(&input.attrs),
            orders,
            visibility: input.vis.clone(),
            parameters,
            whole,
            default,
            magic,
            padding,
            generators,
            protobuf,
            view,
            body,
        })
    }
}

/// Says so where a type without a name is called by one.
fn expect_inline(container: &Container, errors: &mut Errors) {
    let Some(span) = container.inline else {
        return;
    };
    let why = if container.rename.is_some() {
        "a type that is `inline` has no name in a description; leave `rename` out"
    } else if !container.context.is_empty() {
        "a type that is given a `context` is called by its name; leave `inline` out"
    } else {
        return;
    };
    errors.push(span, mistakes::NOT_TOGETHER.says(why));
}

/// Says so where fields cannot be asked for one by one.
fn expect_view(
    span: Span,
    body: &Body,
    keyed: bool,
    parameters: &[Parameter],
    errors: &mut Errors,
) {
    let why = match body {
        _ if keyed => {
            "fields with keys come in any order, so that a view would have to read them all"
        }
        _ if !parameters.is_empty() => {
            "a view is made of bytes alone, and this type is given a `context`; put `view` on the \
             type around it"
        }
        Body::Fields(fields) if !matches!(fields.layout, Layout::Record { .. }) => {
            "a view has a method for each field, by its name; give the fields names"
        }
        _ => return,
    };
    errors.push(span, mistakes::NO_VIEW.says(why));
}
