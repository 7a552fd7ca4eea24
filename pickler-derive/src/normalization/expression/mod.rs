//! Expressions whose names are resolved to fields and parameters.

mod dependence;
mod names;
mod resolve;
mod sorts;

use proc_macro2::{Ident, Span};
use syn::Member;

use crate::parsing::{self, Sort};

/// What a name stands for.
#[derive(Clone, Copy, PartialEq)]
pub enum Place {
    /// The field at an index.
    Field(usize),
    /// The parameter at an index.
    Parameter(usize),
    /// The tag of the variant around.
    Tag,
    /// The item of a list that was read last.
    Item,
    /// The number of the item that is read, of the innermost list.
    Index,
}

/// An expression over the fields of a record.
pub type Expression = parsing::Expression<Place>;

/// What an expression is for.
#[derive(Clone, Copy, PartialEq)]
pub enum Purpose {
    /// A count, size or condition, known before the field is read.
    Count,
    /// Whether an item is the last of the field.
    Last,
    /// A derived field, checked when all fields are read.
    Derived,
    /// What a field must be, checked when it is read.
    Assertion,
    /// What a value in the field must be, checked when it is read.
    Value,
}

/// What a name can stand for; in expressions, fields come first, then parameters,
/// then the tag.
#[derive(Clone, Copy, PartialEq)]
pub enum KnownKind {
    Field,
    Parameter,
    Tag,
}

/// What expressions know of a field or parameter.
pub struct Known {
    pub kind: KnownKind,
    pub name: Ident,
    pub derived: bool,
    /// It is an `Option`.
    pub optional: bool,
    /// What keeps its value out of expressions, if anything does.
    pub hidden: Option<&'static str>,
    /// The same of its items.
    pub items_hidden: Option<&'static str>,
    pub sort: Sort,
}

impl Known {
    /// The tag of the variant around, by the field that keeps it.
    pub fn tag(member: Option<&Member>) -> Self {
        let name = match member {
            Some(Member::Named(name)) => name.clone(),
            _ => Ident::new("_", Span::call_site()),
        };
        Self {
            kind: KnownKind::Tag,
            name,
            derived: false,
            optional: false,
            hidden: None,
            items_hidden: None,
            sort: Sort::Number,
        }
    }
}

/// Where an expression stands.
pub struct Scope<'a> {
    pub fields: &'a [Known],
    /// The field that the expression is for.
    pub of: usize,
    pub purpose: Purpose,
    /// It stands within the items of a list.
    pub in_list: bool,
}

impl Scope<'_> {
    /// Only earlier fields are known.
    fn looks_back(&self) -> bool {
        matches!(
            self.purpose,
            Purpose::Count | Purpose::Last | Purpose::Value
        )
    }

    /// There is a value that is called `item`.
    fn sees_item(&self) -> bool {
        matches!(self.purpose, Purpose::Last | Purpose::Value)
    }

    fn asserts(&self) -> bool {
        matches!(self.purpose, Purpose::Assertion | Purpose::Value)
    }
}
