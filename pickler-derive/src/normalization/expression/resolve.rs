//! From what is written to what it stands for.

use proc_macro2::Ident;
use syn::ext::IdentExt;

use super::{Expression, KnownKind, Place, Purpose, Scope};
use crate::errors::Errors;
use crate::mistakes;
use crate::parsing::{self, Arm, Branches, Match, Pattern, Portable, is_constant_case};

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
}

const SIZES_ASSERTED: &str = "an assertion looks at values; sizes are those of `derived` fields";

const OFFSETS_DERIVED: &str = "where something stands is for `derived` fields to follow from; \
                               write `derived = offset(field)` on an earlier one";
