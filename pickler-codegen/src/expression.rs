//! Expressions with the names that fields and types have in Rust.

use pickler::dynamic::Value;
use pickler::schema::{Arm, Definition, Expr, Meaning, Parameter, Pattern, Record, Shape};
use proc_macro2::{Ident, TokenStream};

use crate::combinators::all_digits;
use crate::context::Context;
use crate::error::{Result, Unsayable, refused};
use crate::names;

/// What the names of an expression stand for.
#[derive(Clone, Copy, Default)]
pub struct Scope<'a> {
    /// The fields of the record around, each with its name in Rust.
    pub fields: &'a [(&'a str, Ident, &'a Shape)],
    /// What the type around is given.
    pub parameters: &'a [Parameter],
    /// The item of a list that is looked at, or the value that a condition is of.
    pub item: Option<&'a Shape>,
    /// The record around is a variant.
    pub in_variant: bool,
}

impl<'a> Scope<'a> {
    /// The same within something that is called `item`.
    pub fn of_item(self, item: &'a Shape) -> Self {
        Self {
            item: Some(item),
            ..self
        }
    }

    /// The name in Rust, and what it is.
    fn named(&self, name: &str) -> Result<(String, Option<&'a Shape>)> {
        if let (Some(item), "item") = (self.item, name) {
            return Ok((name.to_owned(), Some(item)));
        }
        if let Some((_, ident, shape)) = self.fields.iter().find(|(known, ..)| *known == name) {
            return Ok((ident.to_string(), Some(shape)));
        }
        if let Some(known) = self.parameters.iter().find(|known| *known.name == *name) {
            let Some(ident) = names::exact(name) else {
                return refused(format!("`{name}` cannot be a parameter's name in Rust"));
            };
            return Ok((ident.to_string(), Some(&known.shape)));
        }
        if name == "index" {
            return Ok((name.to_owned(), None));
        }
        refused(format!(
            "an expression looks at `{name}`, which is not there"
        ))
    }

    fn name(&self, name: &str) -> Result<String> {
        Ok(names::hidden(&self.named(name)?.0))
    }
}

impl Context<'_> {
    /// The expression as Rust writes it.
    pub fn expression(&self, expr: &Expr, scope: Scope<'_>) -> Result<TokenStream> {
        let renamed = self.renamed(expr, scope)?;
        let text = renamed.to_string();
        let tokens = text.parse::<TokenStream>().map(names::shown);
        match tokens {
            Ok(tokens) if syn::parse2::<syn::Expr>(tokens.clone()).is_ok() => Ok(tokens),
            _ => refused(format!("the expression `{expr}` is none of Rust")),
        }
    }

    /// The expression with the names of Rust, all [hidden](names::hidden).
    fn renamed(&self, expr: &Expr, scope: Scope<'_>) -> Result<Expr> {
        let boxed = |of: &Expr| self.renamed(of, scope).map(Box::new);
        // Of these something is looked at that is no number itself.
        let whole = |of: &Expr| match of {
            Expr::Field(name) => Ok(Box::new(Expr::Field(scope.name(name)?))),
            of => boxed(of),
        };
        Ok(match expr {
            Expr::Integer(_)
            | Expr::Bool(_)
            | Expr::Text(_)
            | Expr::Bytes(_)
            | Expr::Float(_)
            | Expr::TagOfSelf
            | Expr::SizeOfSelf => expr.clone(),
            Expr::Field(name) => {
                self.expect_number(name, scope)?;
                Expr::Field(scope.name(name)?)
            }
            Expr::Present(name) => Expr::Present(scope.name(name)?),
            Expr::SizeOf(name) => Expr::SizeOf(scope.name(name)?),
            Expr::OffsetOf(name) => Expr::OffsetOf(scope.name(name)?),
            Expr::Member(of, name) => {
                let Some(record) = self.record_of(of, scope) else {
                    return refused(format!("`{expr}`: there is no such field"));
                };
                let idents = names::fields(record.fields.iter().map(|it| &*it.name)).idents;
                let place = record.names.position(name);
                let ident = place.and_then(|place| idents.get(place));
                let ident = ident
                    .ok_or_else(|| Unsayable::new(format!("`{expr}`: there is no such field")))?;
                Expr::Member(whole(of)?, names::hidden(&ident.to_string()))
            }
            Expr::Item(of, _) | Expr::Len(of) if self.may_be_absent(of, scope) => {
                return refused(format!("`{expr}` looks into what may be absent"));
            }
            Expr::Item(of, index) => Expr::Item(whole(of)?, boxed(index)?),
            Expr::Variant { of, name } => {
                let (of, name) = self.variant(of, name)?;
                Expr::Variant { of, name }
            }
            Expr::Len(of) => Expr::Len(whole(of)?),
            Expr::Tag(of) => Expr::Tag(whole(of)?),
            Expr::Unary(operator, of) => Expr::Unary(*operator, boxed(of)?),
            Expr::Binary(left, operator, right) => {
                Expr::Binary(boxed(left)?, *operator, boxed(right)?)
            }
            Expr::Cast(of, ty) => Expr::Cast(boxed(of)?, *ty),
            Expr::If {
                condition,
                then,
                otherwise,
            } => Expr::If {
                condition: boxed(condition)?,
                then: boxed(then)?,
                otherwise: boxed(otherwise)?,
            },
            Expr::Match {
                of,
                arms,
                otherwise,
            } => Expr::Match {
                of: boxed(of)?,
                arms: arms
                    .iter()
                    .map(|arm| self.arm(arm, scope))
                    .collect::<Result<_>>()?,
                otherwise: boxed(otherwise)?,
            },
        })
    }

    /// Refuses a field of which attributes hide the number.
    fn expect_number(&self, name: &str, scope: Scope<'_>) -> Result<()> {
        let mut fields = scope.fields.iter();
        let Some((.., shape)) = fields.find(|(known, ..)| *known == name) else {
            return Ok(());
        };
        let mut shape = *shape;
        while let Shape::Conditional {
            item,
            absent: Value::Null,
            ..
        } = shape
        {
            let is_number = matches!(
                self.inside(item),
                Shape::Integer { .. }
                    | Shape::Varint(_)
                    | Shape::Bool { .. }
                    | Shape::Enumeration(_)
                    | Shape::Union(_)
                    | Shape::Means { .. }
            );
            if !is_number {
                return refused(format!("`{name}` may be absent, and is no number"));
            }
            shape = item;
        }
        let why = match shape {
            Shape::Means {
                meaning: Meaning::Character | Meaning::IpAddress | Meaning::Uuid,
                ..
            } => "is a text in a description",
            Shape::Constant { .. } => "is always the same; write the number itself",
            Shape::Means {
                meaning: Meaning::Within { .. },
                ..
            } => "has bounds that a pickler of its own checks",
            Shape::Means {
                item,
                meaning: Meaning::Digits { max },
            } if !matches!(**item, Shape::Integer { bits, .. } if all_digits(bits) == *max) => {
                "has bounds that a pickler of its own checks"
            }
            _ => return Ok(()),
        };
        refused(format!(
            "an expression uses the number `{name}`, which {why}"
        ))
    }

    /// A field that is an `Option` in Rust.
    fn may_be_absent(&self, of: &Expr, scope: Scope<'_>) -> bool {
        let shape = match of {
            Expr::Field(name) => scope.named(name).ok().and_then(|(_, shape)| shape),
            Expr::Member(of, name) => {
                let record = self.record_of(of, scope);
                let field = record.and_then(|it| it.field(name));
                field.map(|field| &field.shape)
            }
            _ => None,
        };
        matches!(
            shape,
            Some(
                Shape::Conditional {
                    absent: Value::Null,
                    ..
                } | Shape::Optional { .. }
            )
        )
    }

    fn arm(&self, arm: &Arm, scope: Scope<'_>) -> Result<Arm> {
        let patterns = arm.patterns.iter().map(|pattern| match pattern {
            Pattern::Value(value) => self.renamed(value, scope).map(Pattern::Value),
            Pattern::Range(first, last) => Ok(Pattern::Range(*first, *last)),
        });
        Ok(Arm {
            patterns: patterns.collect::<Result<_>>()?,
            value: self.renamed(&arm.value, scope)?,
        })
    }

    /// A variant by the names of its type and its own in Rust.
    fn variant(&self, of: &str, name: &str) -> Result<(String, String)> {
        let definitions = self.schema.types().iter().enumerate();
        let mut found = definitions.filter(|(_, it)| *it.name == *of);
        let variant = found
            .find_map(|(index, definition)| Some((index, self.variant_ident(definition, name)?)));
        let Some((index, ident)) = variant else {
            return refused(format!("there is no `{of}::{name}`"));
        };
        let text = ident.to_string();
        let definition = &self.schema.types()[index];
        // One that holds something is no constant of Rust.
        if !text.contains(|it: char| it.is_lowercase()) && !self.is_unit(definition, name) {
            return refused(format!(
                "`{text}` would be taken for a constant in an expression"
            ));
        }
        Ok((
            names::hidden(&self.types[index].to_string()),
            names::hidden(&text),
        ))
    }

    /// The variant holds nothing.
    fn is_unit(&self, definition: &Definition, name: &str) -> bool {
        match self.inside(&definition.shape) {
            Shape::Enumeration(it) => it.names.iter().any(|(_, known)| **known == *name),
            Shape::Union(it) => {
                let mut variants = it.variants.iter();
                variants.any(|it| *it.name == *name && crate::item::is_empty(it))
            }
            _ => false,
        }
    }

    pub fn variant_ident(&self, definition: &Definition, name: &str) -> Option<Ident> {
        let (names, idents) = match self.inside(&definition.shape) {
            Shape::Enumeration(it) => {
                let all: Vec<&str> = it.names.iter().map(|(_, name)| &**name).collect();
                let idents = names::variants(
                    all.iter()
                        .copied()
                        .chain(it.other.as_ref().map(|other| &*other.name)),
                );
                (all, idents.idents)
            }
            Shape::Union(it) => {
                let all: Vec<&str> = it.variants.iter().map(|it| &*it.name).collect();
                let idents = names::variants(
                    all.iter()
                        .copied()
                        .chain(it.other.as_ref().map(|other| &*other.name)),
                );
                (all, idents.idents)
            }
            _ => return None,
        };
        let place = names.iter().position(|known| *known == name)?;
        idents.into_iter().nth(place)
    }

    /// The record that an expression stands for.
    fn record_of<'b>(&'b self, expr: &Expr, scope: Scope<'b>) -> Option<&'b Record> {
        match self.shape_of(expr, scope)? {
            Shape::Record(record) => Some(record),
            _ => None,
        }
    }

    fn shape_of<'b>(&'b self, expr: &Expr, scope: Scope<'b>) -> Option<&'b Shape> {
        let found = match expr {
            Expr::Field(name) => scope.named(name).ok()?.1?,
            Expr::Member(of, name) => match self.shape_of(of, scope)? {
                Shape::Record(record) => &record.field(name)?.shape,
                _ => return None,
            },
            Expr::Item(of, _) => match self.shape_of(of, scope)? {
                Shape::List { item, .. } => item,
                _ => return None,
            },
            _ => return None,
        };
        Some(self.inside(found))
    }

    /// The shape behind names and what leaves the value as it is, whatever people
    /// see for it.
    pub fn inside<'b>(&'b self, shape: &'b Shape) -> &'b Shape {
        let mut shape = self.schema.meaning(shape);
        while let Shape::Shown { item, .. } = shape {
            shape = self.schema.meaning(item);
        }
        shape
    }
}
