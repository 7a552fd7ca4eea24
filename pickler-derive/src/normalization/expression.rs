//! Expressions whose names are resolved to fields and parameters.

use proc_macro2::{Ident, Span};
use syn::Member;
use syn::ext::IdentExt;

use super::Field;
use crate::errors::{Errors, did_you_mean};
use crate::mistakes;
use crate::parsing::{
    self, Arm, Branches, Match, Operator, Pattern, Portable, Sort, is_constant_case,
};

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
    pub fn resolve(&self, expr: &Portable, errors: &mut Errors) -> Option<Expression> {
        Some(match expr {
            Portable::Integer(value) => Expression::Integer(*value),
            Portable::Bool(value) => Expression::Bool(*value),
            Portable::Literal(literal) => {
                errors.push(
                    literal.span,
                    mistakes::ONLY_COMPARED.says(format!(
                        "{} can be compared with a field, such as `name == \"END\"`, and \
                         nothing else",
                        literal.value.kind()
                    )),
                );
                return None;
            }
            Portable::Name(name) if self.sees_item() && name == "item" => {
                Expression::Name(Place::Item)
            }
            Portable::Name(name) if self.position(name).is_none() && is_constant_case(name) => {
                Expression::Constant(name.clone().into())
            }
            Portable::Name(name)
                if self.in_list && self.position(name).is_none() && name == "index" =>
            {
                Expression::Name(Place::Index)
            }
            Portable::Name(name) => Expression::Name(self.value(name, errors)?),
            Portable::Item(of, index) => {
                let of = self.resolve(of, errors);
                let index = self.resolve(index, errors);
                let of = of?;
                self.expect_items(&of, errors);
                Expression::Item(of.into(), index?.into())
            }
            Portable::Member(of, name) => {
                let of = self.resolve(of, errors)?;
                if let Expression::Name(Place::Tag) = of {
                    let message = mistakes::NOT_PORTABLE.says("a tag has no fields");
                    errors.push(name.span(), message);
                    return None;
                }
                Expression::Member(of.into(), name.clone())
            }
            Portable::Constant(path) => Expression::Constant(path.clone()),
            Portable::Variant(ty, name) => Expression::Variant(ty.clone(), name.clone()),
            Portable::Len(of) => {
                let place = self.resolve(of, errors)?;
                if let (Expression::Name(Place::Parameter(_) | Place::Tag), Portable::Name(name)) =
                    (&place, &**of)
                {
                    errors.push(
                        name.span(),
                        mistakes::NOT_PORTABLE.says("a parameter or a tag has no units"),
                    );
                    return None;
                }
                Expression::Len(place.into())
            }
            Portable::Present(name, span) => match self.field(name, errors)? {
                place @ Place::Field(index) if self.fields[index].optional => {
                    Expression::Present(place, *span)
                }
                _ => {
                    let message = format!("`{}` is no `Option`", name.unraw());
                    errors.push(*span, mistakes::WRONG_TYPE.says(message));
                    return None;
                }
            },
            Portable::TagOfSelf(span) => {
                if self.of_kind(KnownKind::Tag).next().is_none() {
                    errors.push(
                        *span,
                        mistakes::OUT_OF_PLACE.says(
                            "`tag(self)` is the tag of the variant around, if that is a number; \
                             here is none",
                        ),
                    );
                    return None;
                }
                Expression::Name(Place::Tag)
            }
            Portable::Tag(of) => Expression::Tag(self.resolve(of, errors)?.into()),
            Portable::SizeOf(name) if self.asserts() => {
                errors.push(name.span(), mistakes::LOOKS_AT_SIZES.says(SIZES_ASSERTED));
                return None;
            }
            Portable::SizeOfSelf(span) if self.asserts() => {
                errors.push(*span, mistakes::LOOKS_AT_SIZES.says(SIZES_ASSERTED));
                return None;
            }
            Portable::SizeOf(name) => {
                let place = self.field(name, errors)?;
                if !matches!(place, Place::Field(_)) {
                    errors.push(
                        name.span(),
                        mistakes::NOT_PORTABLE
                            .says("a parameter takes no room, nor does a tag that is kept"),
                    );
                    return None;
                }
                Expression::SizeOf(place)
            }
            Portable::OffsetOf(name) => {
                if self.purpose != Purpose::Derived {
                    errors.push(
                        name.span(),
                        mistakes::OFFSET_NOT_KNOWN.says(OFFSETS_DERIVED),
                    );
                    return None;
                }
                let place = self.field(name, errors)?;
                if !matches!(place, Place::Field(_)) {
                    errors.push(
                        name.span(),
                        mistakes::NOT_PORTABLE.says("a parameter stands nowhere"),
                    );
                    return None;
                }
                Expression::OffsetOf(place)
            }
            Portable::SizeOfSelf(span) if self.looks_back() => {
                errors.push(
                    *span,
                    mistakes::SIZE_NOT_KNOWN.says(
                        "the size of the whole is not known before its fields are read; use \
                     `sizeof(field)` of earlier fields, or a `derived` field",
                    ),
                );
                return None;
            }
            Portable::SizeOfSelf(span) => Expression::SizeOfSelf(*span),
            Portable::Unary(operator, of) => {
                let of = self.resolve(of, errors)?;
                if operator.name == "Not" {
                    return self.not(*operator, of, errors);
                }
                Expression::Unary(*operator, of.into())
            }
            Portable::Binary(left, operator, right) if operator.compares() => {
                let (left, right) = (self.compared(left, errors), self.compared(right, errors));
                let (left, right) = (left?, right?);
                self.expect_same_kind(&left, &right, errors);
                Expression::Binary(left.into(), *operator, right.into())
            }
            Portable::Binary(left, operator, right) => {
                let (left, right) = (self.resolve(left, errors), self.resolve(right, errors));
                let (left, right) = (left?, right?);
                if matches!(operator.name, "And" | "Or") {
                    self.expect_condition(&left, operator.span, errors);
                    self.expect_condition(&right, operator.span, errors);
                }
                Expression::Binary(left.into(), *operator, right.into())
            }
            Portable::Cast(of, ty) => {
                Expression::Cast(self.resolve(of, errors)?.into(), ty.clone())
            }
            Portable::If(it) => {
                let condition = self.resolve(&it.condition, errors);
                let then = self.resolve(&it.then, errors);
                let otherwise = self.resolve(&it.otherwise, errors);
                let condition = condition?;
                self.expect_condition(&condition, it.span, errors);
                Expression::If(Box::new(Branches {
                    span: it.span,
                    condition,
                    then: then?,
                    otherwise: otherwise?,
                }))
            }
            Portable::Match(it) => {
                let of = self.compared(&it.of, errors);
                let patterns = it.arms.iter().flat_map(|arm| &arm.patterns);
                for pattern in patterns {
                    if let (Some(of), Pattern::Literal(literal)) = (&of, pattern) {
                        let literal = Expression::Literal(literal.clone());
                        self.expect_same_kind(of, &literal, errors);
                    }
                }
                let arms: Vec<_> = it
                    .arms
                    .iter()
                    .map(|arm| {
                        Some(Arm {
                            patterns: arm.patterns.clone(),
                            value: self.resolve(&arm.value, errors)?,
                        })
                    })
                    .collect();
                let otherwise = self.resolve(&it.otherwise, errors);
                Expression::Match(Box::new(Match {
                    of: of?,
                    arms: arms.into_iter().collect::<Option<_>>()?,
                    otherwise: otherwise?,
                }))
            }
        })
    }

    /// Says so where items mean something else in a description.
    fn expect_items(&self, of: &Expression, errors: &mut Errors) {
        let Expression::Name(Place::Field(index)) = of else {
            return;
        };
        let list = &self.fields[*index];
        if let Some(attribute) = list.items_hidden {
            let message = format!(
                "the items of `{}` have `{attribute}`, so that their values mean something else in \
                 a description",
                list.name.unraw()
            );
            errors.push(list.name.span(), mistakes::SHOWN_DIFFERENTLY.says(message));
        }
    }

    /// An expression that is compared: a text, bytes or a floating-point number,
    /// too.
    fn compared(&self, expr: &Portable, errors: &mut Errors) -> Option<Expression> {
        match expr {
            Portable::Literal(literal) => Some(Expression::Literal(literal.clone())),
            // What units it has in a description is not looked at.
            Portable::Name(name) => match self.position(name) {
                Some(index) if self.fields[index].hidden == Some("encoding") => {
                    self.field(name, errors).map(Expression::Name)
                }
                _ => self.resolve(expr, errors),
            },
            _ => self.resolve(expr, errors),
        }
    }

    /// Says so where a text, bytes or a floating-point number is compared with a
    /// number.
    fn expect_same_kind(&self, left: &Expression, right: &Expression, errors: &mut Errors) {
        let ((Expression::Literal(literal), other) | (other, Expression::Literal(literal))) =
            (left, right)
        else {
            return;
        };
        if !matches!(other, Expression::Literal(_)) && self.sort(other) != Sort::Unknown {
            let message = format!("a number is compared with {}", literal.value.kind());
            errors.push(literal.span, mistakes::ONLY_COMPARED.says(message));
        }
    }

    /// The arguments of `given(...)`, by the names of the parameters.
    pub fn arguments(
        &self,
        arguments: &[parsing::Argument],
        errors: &mut Errors,
    ) -> Option<Vec<(Ident, Expression)>> {
        let arguments: Vec<_> = arguments
            .iter()
            .map(|it| Some((it.name.clone(), self.resolve(&it.value, errors)?)))
            .collect();
        arguments.into_iter().collect()
    }

    /// What is seen of a value.
    fn sort(&self, expr: &Expression) -> Sort {
        match expr {
            expr if expr.is_condition() => Sort::Condition,
            Expression::Name(Place::Field(index)) => self.fields[*index].sort,
            Expression::Name(Place::Parameter(index)) => {
                let mut parameters = self.of_kind(KnownKind::Parameter);
                parameters.nth(*index).map_or(Sort::Unknown, |it| it.sort)
            }
            Expression::Name(Place::Item)
            | Expression::Member(..)
            | Expression::Item(..)
            | Expression::Constant(_)
            | Expression::Literal(_) => Sort::Unknown,
            Expression::If(it) => self.sort(&it.then),
            Expression::Match(it) => self.sort(&it.otherwise),
            _ => Sort::Number,
        }
    }

    /// Says so if a condition is needed, and this is a number.
    pub fn expect_condition(&self, expr: &Expression, span: Span, errors: &mut Errors) {
        if self.sort(expr) == Sort::Number {
            errors.push(
                span,
                mistakes::NOT_PORTABLE
                    .says("a number is no condition; compare it, such as `flags & 1 != 0`"),
            );
        }
    }

    /// An expression that must be true or false.
    pub fn condition(
        &self,
        expr: &Portable,
        span: Span,
        errors: &mut Errors,
    ) -> Option<Expression> {
        let condition = self.resolve(expr, errors)?;
        self.expect_condition(&condition, span, errors);
        Some(condition)
    }

    /// `!` before a value: what it means is seen in a description, too.
    fn not(
        &self,
        operator: parsing::UnaryOperator,
        of: Expression,
        errors: &mut Errors,
    ) -> Option<Expression> {
        match self.sort(&of) {
            Sort::Condition if !of.is_condition() => {
                let equal = Operator {
                    name: "Equal",
                    result: Sort::Condition,
                    span: operator.span,
                };
                let no = Expression::Bool(false);
                Some(Expression::Binary(of.into(), equal, no.into()))
            }
            Sort::Condition | Sort::Number => Some(Expression::Unary(operator, of.into())),
            Sort::Unknown => {
                errors.push(
                    operator.span,
                    mistakes::NOT_PORTABLE.says(
                        "whether this is a number or true or false is not seen here; write \
                     `== false`, or `^ -1` for the other bits",
                    ),
                );
                None
            }
        }
    }

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

    /// A field of which the value is used.
    fn value(&self, name: &Ident, errors: &mut Errors) -> Option<Place> {
        let place = self.field(name, errors)?;
        let Place::Field(index) = place else {
            return Some(place);
        };
        let field = &self.fields[index];
        if let Some(attribute) = field.hidden {
            errors.push(
                name.span(),
                mistakes::SHOWN_DIFFERENTLY.says(format!(
                    "`{}` has `{attribute}`, so that its value means something else in a \
                     description; only `sizeof({})` can be used here",
                    name.unraw(),
                    name.unraw()
                )),
            );
            return None;
        }
        if self.purpose == Purpose::Derived && field.derived && index >= self.of {
            let message = if index == self.of {
                "a derived field cannot follow from itself".to_owned()
            } else {
                format!("`{name}` is derived, too, and comes later; put it in front")
            };
            errors.push(name.span(), mistakes::NOT_YET_KNOWN.says(message));
            return None;
        }
        Some(place)
    }

    fn of_kind(&self, kind: KnownKind) -> impl Iterator<Item = &Known> {
        self.fields.iter().filter(move |it| it.kind == kind)
    }

    /// Where a field stands.
    pub fn place(&self, name: &Ident, errors: &mut Errors) -> Option<usize> {
        let place = self.position(name);
        if place.is_none() {
            self.report_unknown(name, errors);
        }
        place
    }

    fn report_unknown(&self, name: &Ident, errors: &mut Errors) {
        let unraw = name.unraw();
        let names: Vec<String> = self
            .fields
            .iter()
            .map(|field| field.name.unraw().to_string())
            .collect();
        let hint = did_you_mean(&unraw.to_string(), names.iter().map(String::as_str));
        errors.push(
            name.span(),
            mistakes::UNKNOWN_FIELD.says(format!("there is no field `{unraw}`{hint}")),
        );
    }

    fn position(&self, name: &Ident) -> Option<usize> {
        let unraw = name.unraw();
        self.fields
            .iter()
            .position(|field| field.name.unraw() == unraw)
    }

    fn field(&self, name: &Ident, errors: &mut Errors) -> Option<Place> {
        let unraw = name.unraw();
        let Some(index) = self.position(name) else {
            self.report_unknown(name, errors);
            return None;
        };
        let fields = self.of_kind(KnownKind::Field).count();
        match self.fields[index].kind {
            KnownKind::Field => {}
            KnownKind::Parameter => return Some(Place::Parameter(index - fields)),
            KnownKind::Tag => return Some(Place::Tag),
        }
        if self.looks_back() && index >= self.of {
            let message = if index == self.of {
                format!("`{unraw}` is the field itself; only earlier fields are known here")
            } else {
                format!("`{unraw}` comes later; only earlier fields are known here")
            };
            errors.push(name.span(), mistakes::NOT_YET_KNOWN.says(message));
            return None;
        }
        if self.purpose == Purpose::Assertion && index > self.of {
            let message = format!("`{unraw}` comes later; what must be of both stands there");
            errors.push(name.span(), mistakes::NOT_YET_KNOWN.says(message));
            return None;
        }
        Some(Place::Field(index))
    }
}

const SIZES_ASSERTED: &str = "an assertion looks at values; sizes are those of `derived` fields";

const OFFSETS_DERIVED: &str = "where something stands is for `derived` fields to follow from; \
                               write `derived = offset(field)` on an earlier one";

impl Expression {
    /// The expression follows from where something stands.
    pub fn follows_offsets(&self, fields: &[Field]) -> bool {
        let mut found = false;
        self.walk(&mut |it| found |= matches!(it, Self::OffsetOf(_)));
        found
            || self
                .derivations(fields)
                .any(|derived| derived.follows_offsets(fields))
    }

    /// The expression follows from where the field at an index is put.
    pub fn follows_place(&self, of: usize, fields: &[Field]) -> bool {
        let looks_there = |derived: &Self| {
            let mut found = false;
            derived.walk(&mut |it| {
                found |= matches!(it, Self::OffsetOf(Place::Field(index)) if *index == of);
            });
            found
        };
        self.derivations(fields)
            .any(|derived| looks_there(derived) || derived.follows_place(of, fields))
    }

    /// The expression looks at which item of a list it stands in.
    pub fn uses_index(&self) -> bool {
        let mut found = false;
        self.walk(&mut |it| found |= matches!(it, Self::Name(Place::Index)));
        found
    }

    /// The expression looks at more than an item.
    pub fn looks_around(&self) -> bool {
        let mut found = false;
        self.walk(&mut |it| {
            found |= match it {
                Self::Name(place) => *place != Place::Item,
                Self::Present(..) | Self::TagOfSelf(_) => true,
                _ => false,
            };
        });
        found || self.uses_sizes()
    }

    /// What the derived fields follow from whose values it looks at.
    fn derivations<'a>(&self, fields: &'a [Field]) -> impl Iterator<Item = &'a Self> {
        let values = self.values().into_iter();
        values.filter_map(|index| Some(&fields.get(index)?.derived.as_ref()?.expr))
    }

    /// The fields whose values it looks at.
    pub fn values(&self) -> Vec<usize> {
        let mut values = Vec::new();
        self.walk(&mut |it| {
            if let Self::Name(Place::Field(index)) = it
                && !values.contains(index)
            {
                values.push(*index);
            }
        });
        values
    }

    /// The expression looks at sizes, or at what follows from them.
    pub fn follows_sizes(&self, fields: &[Field]) -> bool {
        self.uses_sizes()
            || self.values().into_iter().any(|index| {
                let derived = fields.get(index).and_then(|field| field.derived.as_ref());
                derived.is_some_and(|derived| derived.expr.follows_sizes(fields))
            })
    }
}
