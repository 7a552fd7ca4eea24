//! One field, from its attributes to its pickler.

use proc_macro2::{Ident, Span};
use quote::format_ident;
use syn::ext::IdentExt;
use syn::{Expr, Member, Type, Visibility};

use super::checksum::Checksum;
use super::elsewhere::Elsewhere;
use super::expression::{Expression, Known, KnownKind, Purpose, Scope};
use super::pickler::{Pickler, outer_type, primitive_bits};
use super::tree;
use crate::errors::Errors;
use crate::mistakes;
use crate::names::{Case, shown_name};
use crate::parsing::{
    self, CountBy, FieldAttributes, Parameter, Portable, SizeBy, Sort, is_constant_case,
};

pub struct Field {
    pub member: Member,
    pub visibility: Visibility,
    /// The local variable that holds it.
    pub local: Ident,
    /// Its name in descriptions and errors.
    pub name: String,
    pub doc: String,
    pub ty: Type,
    /// Of a derived field, the pickler of what it holds.
    pub pickler: Pickler,
    pub derived: Option<Derivation>,
    /// It stands elsewhere, and takes no room here.
    pub elsewhere: Option<Elsewhere>,
    /// Conditions that must hold.
    pub assertions: Vec<Expression>,
    /// `default = ...`
    pub default: Option<Expr>,
    /// There is `default` or `default = ...`.
    pub has_own_default: bool,
    /// Its values mean something else in a description.
    pub hidden: bool,
}

impl Field {
    /// The type of what is on the wire.
    pub fn held(&self) -> &Type {
        self.derived.as_ref().map_or(&self.ty, |it| &it.holds)
    }

    /// Its name in Rust, if it has one.
    pub fn rust_name(&self) -> Option<String> {
        match &self.member {
            Member::Named(name) => Some(name.unraw().to_string()),
            Member::Unnamed(_) => None,
        }
    }
}

/// What a derived field follows from.
pub struct Derivation {
    /// Of a checksum, 0: it is put into its field when all others are written.
    pub expr: Expression,
    pub holds: Type,
    pub checksum: Option<Checksum>,
}

/// Values of the type are numbers, as far as its name tells.
pub fn is_number(ty: &Type) -> bool {
    sort_of(ty) != Sort::Unknown
}

/// What expressions see of a value of a type.
fn sort_of(ty: &Type) -> Sort {
    match ty {
        Type::Path(path) if path.path.is_ident("bool") => Sort::Condition,
        ty if primitive_bits(ty).is_some() => Sort::Number,
        ty if outer_type(ty).is_some_and(|(name, _)| name == "Derived") => Sort::Number,
        _ => Sort::Unknown,
    }
}

/// What expressions know of the fields, and of what the type is given.
pub fn all_known(fields: &[Raw<'_>], parameters: &[Parameter], errors: &mut Errors) -> Vec<Known> {
    let mut known: Vec<_> = fields.iter().map(Raw::known).collect();
    for parameter in parameters {
        let name = &parameter.name;
        if let Some(field) = known.iter().find(|it| it.name.unraw() == name.unraw()) {
            let message = format!("`{}` is the name of a parameter, too", name.unraw());
            errors.push(field.name.span(), mistakes::GIVEN_TWICE.says(message));
        }
    }
    known.extend(parameters.iter().map(|parameter| Known {
        kind: KnownKind::Parameter,
        name: parameter.name.clone(),
        derived: false,
        optional: false,
        hidden: None,
        items_hidden: None,
        sort: sort_of(&parameter.ty),
    }));
    known
}

/// The expression looks at something that is no parameter.
fn looks_at_fields(expr: &Portable, parameters: &[Parameter]) -> bool {
    let is_parameter = |name: &Ident| parameters.iter().any(|it| it.name.unraw() == name.unraw());
    let mut found = expr.uses_sizes();
    expr.walk(&mut |it| {
        if let Portable::Name(name) = it {
            found |= !is_parameter(name) && !is_constant_case(name);
        }
    });
    found
}

/// A field that is not resolved yet.
pub struct Raw<'a> {
    pub field: &'a syn::Field,
    /// Its place among all fields of the type, those not on the wire, too.
    pub place: usize,
    pub attributes: FieldAttributes,
    /// The type that the attributes speak of, where it is not the field's.
    pub holds: Option<Type>,
    /// Its conditions are on what is in it, as `item`.
    pub asserts_values: bool,
}

impl Raw<'_> {
    /// The attribute by which it takes all that is left, and where it stands.
    pub fn takes_the_rest(&self) -> Option<(&'static str, Span)> {
        // Of an `Option`, `rest` says that it may be absent; where something is not
        // there, it takes nothing.
        let attributes = &self.attributes;
        let rest = attributes.rest.filter(|_| attributes.condition.is_none());
        let rest = rest.filter(|_| super::pickler::is_countable(&self.field.ty));
        if let Some(span) = rest {
            return Some(("rest", span));
        }
        match &self.attributes.filter {
            Some((span, filter)) if self.attributes.size.is_none() => Some((filter.name(), *span)),
            _ => None,
        }
    }

    pub fn known(&self) -> Known {
        let attributes = &self.attributes;
        let optional = tree::option_of(&self.field.ty).is_some();
        let hidden = [
            (attributes.shown.is_some(), "shown"),
            (attributes.with.is_some(), "with"),
            (attributes.constant.is_some(), "constant"),
            (attributes.checksum.is_some(), "derived"),
            (attributes.leaf.text_function().is_some(), "encoding"),
        ];
        Known {
            kind: KnownKind::Field,
            name: self
                .field
                .ident
                .clone()
                .unwrap_or_else(|| Ident::new("_", Span::call_site())),
            derived: attributes.derived.is_some(),
            optional,
            hidden: hidden.iter().find(|(is, _)| *is).map(|(_, name)| *name),
            items_hidden: attributes.item.as_ref().and_then(|(_, item)| {
                let hidden = [
                    (item.shown.is_some(), "shown"),
                    (item.with.is_some(), "with"),
                ];
                hidden.iter().find(|(is, _)| *is).map(|(_, name)| *name)
            }),
            sort: sort_of(&self.field.ty),
        }
    }

    /// An attribute that makes the field depend on others.
    pub fn dependence(&self, parameters: &[Parameter]) -> Option<Span> {
        let attributes = &self.attributes;
        let looks = |expr: &Portable| looks_at_fields(expr, parameters);
        // At more than an item.
        let looks_behind = |expr: &Portable| {
            let mut parameters = parameters.to_vec();
            parameters.extend(["item", "index"].map(|name| Parameter {
                name: Ident::new(name, Span::call_site()),
                ty: syn::parse_quote!(_),
            }));
            looks_at_fields(expr, &parameters)
        };
        let count = match &attributes.count {
            Some((span, CountBy::Expression(expr))) if looks(expr) => Some(*span),
            _ => None,
        };
        let size = match &attributes.size {
            Some((span, SizeBy::Expression(expr) | SizeBy::AllBut(expr))) if looks(expr) => {
                Some(*span)
            }
            _ => None,
        };
        // A fixed width is a number.
        let size = size.filter(|_| attributes.leaf.pad.is_none());
        let derived = attributes.derived.as_ref().map(|(span, _)| *span);
        let last = attributes.last.as_ref();
        let last = last.filter(|(_, last)| looks_behind(last));
        let conditions = [&attributes.condition, &attributes.little].into_iter();
        let condition = conditions
            .flatten()
            .find(|(_, expr)| looks(expr))
            .map(|(span, _)| *span);
        // Those of a field without a name look at `item`.
        let assertion = attributes
            .assertions
            .iter()
            .find(|(_, it)| looks_behind(it));
        let at = attributes.at.as_ref();
        let at = at.filter(|(_, at)| looks(at)).map(|(span, _)| *span);
        let aligned = attributes
            .padding
            .from
            .filter(|_| attributes.padding.from_record);
        count
            .or(last.map(|(span, _)| *span))
            .or(at)
            .or(assertion.map(|(span, _)| *span))
            .or(size)
            .or(derived)
            .or(condition)
            .or(aligned)
    }

    /// The field at `index` of those that `known` lists.
    pub fn normalize(
        mut self,
        index: usize,
        known: &[Known],
        case: Option<Case>,
        errors: &mut Errors,
    ) -> Field {
        let (member, name) = match &self.field.ident {
            Some(ident) => (
                Member::Named(ident.clone()),
                shown_name(ident, self.attributes.rename.take(), case),
            ),
            None => (
                Member::Unnamed(self.place.into()),
                self.attributes
                    .rename
                    .take()
                    .unwrap_or_else(|| index.to_string()),
            ),
        };
        let scope = |purpose| Scope {
            fields: known,
            of: index,
            purpose,
            in_list: false,
        };
        self.check_combinations(errors);
        let (has_own_default, default) = match &self.attributes.default {
            Some((_, default)) => (true, default.clone()),
            None => (false, None),
        };
        let derived = self.derivation(&scope(Purpose::Derived), errors);
        let must = scope(Purpose::Assertion);
        let assertions = if self.asserts_values {
            // They are part of the pickler.
            Vec::new()
        } else {
            core::mem::take(&mut self.attributes.assertions)
        };
        let assertions = assertions
            .iter()
            .filter_map(|(span, expr)| must.condition(expr, *span, errors))
            .collect();
        let elsewhere = self.elsewhere(&scope(Purpose::Count), errors);
        let there = match &elsewhere {
            Some(Elsewhere { none: Some(_), .. }) => tree::option_of(&self.field.ty).cloned(),
            _ => None,
        };
        let pickler = tree::of_attributes(
            &mut self.attributes,
            match (&derived, &self.holds, &there) {
                (Some(derived), _, _) => &derived.holds,
                (None, Some(holds), _) => holds,
                (None, None, Some(there)) => there,
                (None, None, None) => &self.field.ty,
            },
            &scope(Purpose::Count),
            errors,
        );
        Field {
            member,
            local: format_ident!("field_{index}", span = Span::mixed_site()),
            name,
            visibility: self.field.vis.clone(),
            doc: parsing::doc(&self.field.attrs),
            ty: self.field.ty.clone(),
            pickler,
            derived,
            elsewhere,
            assertions,
            default,
            has_own_default,
            hidden: known[index].hidden.is_some(),
        }
    }

    fn derivation(&self, scope: &Scope<'_>, errors: &mut Errors) -> Option<Derivation> {
        let (span, expr) = self.attributes.derived.as_ref()?;
        let Some((name, Some(holds))) = outer_type(&self.field.ty) else {
            errors.push(
                *span,
                mistakes::WRONG_TYPE.says("a derived field has the type `Derived<T>`"),
            );
            return None;
        };
        if name != "Derived" {
            errors.push(
                *span,
                mistakes::WRONG_TYPE.says("a derived field has the type `Derived<T>`"),
            );
            return None;
        }
        let checksum = match &self.attributes.checksum {
            None => None,
            Some(it) => {
                let fields = match &it.fields {
                    None => None,
                    Some((first, last)) => {
                        let first = scope.place(first, errors)?;
                        let last = scope.place(last, errors)?;
                        if first > last {
                            errors.push(
                                it.span,
                                mistakes::BACKWARDS.says("the first field comes behind the last"),
                            );
                        }
                        Some((first, last))
                    }
                };
                Some(Checksum {
                    span: it.span,
                    algorithm: it.algorithm,
                    fields,
                })
            }
        };
        if let Some(checksum) = &checksum {
            let bits = self.attributes.bits.map(|(_, bits)| bits);
            checksum.expect_holder(holds, bits, errors);
        }
        let expr = scope.resolve(expr, errors)?;
        Some(Derivation {
            expr,
            holds: holds.clone(),
            checksum,
        })
    }
}
