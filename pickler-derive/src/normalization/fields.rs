//! The fields of a struct or variant.

use syn::Expr;

use super::expression::Expression;
use super::field::{Field, Raw};
use super::pickler::Pickler;
use super::tree::constant_type;
use crate::errors::Errors;
use crate::names::Case;
use crate::parsing::{Container, FieldAttributes};

pub struct Fields {
    pub layout: Layout,
    pub fields: Vec<Field>,
}

/// How fields make up what holds them.
pub enum Layout {
    /// Named, or none at all.
    Record {
        magic: Option<Box<Pickler>>,
        row: bool,
    },
    /// The only one is what holds it, and not a part of it.
    Transparent,
    /// By their place.
    Tuple,
}

impl Fields {
    pub fn of_struct(fields: &syn::Fields, container: Container, errors: &mut Errors) -> Self {
        let row = container.row;
        let mut it = Self::new(fields, container.rename_all, row.is_some(), errors);
        match &mut it.layout {
            Layout::Record { magic, .. } => {
                *magic = container
                    .magic
                    .and_then(|(_, value)| magic_pickler(value, errors))
                    .map(Box::new);
            }
            Layout::Transparent | Layout::Tuple => {
                let misplaced = [
                    ("row", row),
                    ("magic", container.magic.map(|(span, _)| span)),
                ];
                for (key, span) in misplaced {
                    if let Some(span) = span {
                        errors.push(span, format!("`{key}` is for structs with named fields"));
                    }
                }
            }
        }
        it
    }

    pub fn new(fields: &syn::Fields, case: Option<Case>, row: bool, errors: &mut Errors) -> Self {
        let raw: Vec<Raw<'_>> = fields
            .iter()
            .map(|field| Raw {
                field,
                attributes: FieldAttributes::new(&field.attrs, errors),
            })
            .collect();
        let layout = match fields {
            syn::Fields::Unnamed(_) if raw.len() == 1 => Layout::Transparent,
            syn::Fields::Unnamed(_) if !raw.is_empty() => Layout::Tuple,
            _ => Layout::Record { magic: None, row },
        };
        if !matches!(layout, Layout::Record { .. }) {
            for field in &raw {
                if let Some(span) = field.dependence() {
                    errors.push(
                        span,
                        "expressions look at fields by name; give the fields names",
                    );
                }
            }
        }
        let known: Vec<_> = raw.iter().map(Raw::known).collect();
        let fields: Vec<Field> = raw
            .into_iter()
            .enumerate()
            .map(|(index, raw)| raw.normalize(index, &known, case, errors))
            .collect();
        for (expression, span) in fields.iter().flat_map(|field| field.pickler.layout()) {
            if expression.follows_sizes(&fields) {
                errors.push(
                    span,
                    "what comes cannot depend on how many bytes something takes: that is known \
                     only when all is there",
                );
            }
        }
        Self { layout, fields }
    }

    pub fn magic(&self) -> Option<&Pickler> {
        match &self.layout {
            Layout::Record { magic, .. } => magic.as_deref(),
            _ => None,
        }
    }

    /// Some expression looks at sizes.
    pub fn uses_sizes(&self) -> bool {
        self.fields.iter().any(|field| {
            let derived = field.derived.as_ref();
            derived.is_some_and(|derived| derived.expr.uses_sizes())
                || field
                    .pickler
                    .expressions()
                    .into_iter()
                    .any(Expression::uses_sizes)
        })
    }
}

fn magic_pickler(value: Expr, errors: &mut Errors) -> Option<Pickler> {
    if let Some(ty) = constant_type(&value) {
        return Some(Pickler::Constant(value, Pickler::Of(ty).into()));
    }
    errors.add(syn::Error::new_spanned(
        value,
        "`magic` is bytes or an integer that names its type: `magic = b\"GIF8\"`, \
         `magic = 0x2A_u16`",
    ));
    None
}
