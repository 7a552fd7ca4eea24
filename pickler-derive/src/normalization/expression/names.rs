//! What names stand for.

use proc_macro2::Ident;
use syn::ext::IdentExt;

use super::{Known, KnownKind, Place, Purpose, Scope};
use crate::errors::{Errors, did_you_mean};
use crate::mistakes;

impl Scope<'_> {
    /// A field of which the value is used.
    pub(super) fn value(&self, name: &Ident, errors: &mut Errors) -> Option<Place> {
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

    pub(super) fn of_kind(&self, kind: KnownKind) -> impl Iterator<Item = &Known> {
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

    pub(super) fn report_unknown(&self, name: &Ident, errors: &mut Errors) {
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

    pub(super) fn position(&self, name: &Ident) -> Option<usize> {
        let unraw = name.unraw();
        self.fields
            .iter()
            .position(|field| field.name.unraw() == unraw)
    }

    pub(super) fn field(&self, name: &Ident, errors: &mut Errors) -> Option<Place> {
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
