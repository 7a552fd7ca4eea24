//! Records: named fields, one after the other.

use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::{Checksum, Doc, Expr, Shape};
use crate::dynamic::Value;
use crate::picklers::{Pickler, encode_with};

/// Fields, one after the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The fields in wire order.
    pub fields: Vec<Field>,
    /// Their names, shared with the record's values.
    pub names: Names,
    /// Shown as a row of values, without names.
    pub row: bool,
    /// Bytes in front of the fields that are always the same.
    pub magic: Option<Shape>,
    /// Conditions that must hold, over all fields.
    pub assertions: Vec<Expr>,
    /// What its expressions look at; follows from the fields.
    needs: Needs,
}

/// What the expressions of a record look at.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is asked alone")]
struct Needs {
    derived: bool,
    expressions: bool,
    sizes: bool,
    elsewhere: bool,
}

/// The names of a record's fields, in order; cheap to clone.
#[derive(Clone, Debug, Eq)]
pub struct Names(Arc<Box<[Arc<str>]>>);

/// One field.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: Arc<str>,
    /// What it says of itself, from its docstring; often empty.
    pub doc: Doc,
    /// What it looks like.
    pub shape: Shape,
    /// Its value where none is given.
    pub default: Option<Value>,
    /// What it follows from, if it is derived.
    pub derived: Option<Expr>,
    /// The checksum that it holds, if it is one; then `derived` gives 0.
    pub checksum: Option<Checksum>,
    /// Conditions that must hold, over this field and those before it.
    pub assertions: Vec<Expr>,
    /// The default as it is on the wire, until the schema is complete and it
    /// can be read.
    pub(super) pending_default: Option<Vec<u8>>,
}

impl Names {
    /// The names, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Arc<str>> {
        self.0.iter()
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// There is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Where a name stands.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.0.iter().position(|candidate| **candidate == *name)
    }

    /// Both have the same names in the same order. Those of a record and of a value
    /// that was made by it are one.
    pub(crate) fn same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0 == other.0
    }
}

impl PartialEq for Names {
    fn eq(&self, other: &Self) -> bool {
        self.same(other)
    }
}

impl FromIterator<Arc<str>> for Names {
    fn from_iter<I: IntoIterator<Item = Arc<str>>>(names: I) -> Self {
        Self(Arc::new(names.into_iter().collect()))
    }
}

impl Record {
    /// A record of these fields.
    pub fn new(fields: Vec<Field>) -> Self {
        let names = fields.iter().map(|field| field.name.clone()).collect();
        let derived = || fields.iter().filter_map(|field| field.derived.as_ref());
        let others = || fields.iter().flat_map(|field| field.shape.expressions());
        let needs = Needs {
            derived: derived().next().is_some(),
            expressions: derived().chain(others()).next().is_some()
                || fields
                    .iter()
                    .any(|field| !field.assertions.is_empty() || field.shape.aligns_in_record()),
            sizes: derived().chain(others()).any(Expr::uses_sizes),
            elsewhere: fields
                .iter()
                .any(|field| matches!(field.shape, Shape::Elsewhere { .. })),
        };
        Self {
            fields,
            names,
            row: false,
            magic: None,
            assertions: Vec::new(),
            needs,
        }
    }

    /// The same, shown as a row of values.
    #[must_use]
    pub fn as_row(mut self) -> Self {
        self.row = true;
        self
    }

    /// The same behind something that is always the same.
    #[must_use]
    pub fn behind(mut self, magic: Shape) -> Self {
        self.magic = Some(magic);
        self
    }

    /// The same, of which a condition must hold.
    #[must_use]
    pub fn that_satisfies(mut self, condition: Expr) -> Self {
        self.assertions.push(condition);
        self.needs.expressions = true;
        self
    }

    /// Some field follows from others.
    pub fn has_derived_fields(&self) -> bool {
        self.needs.derived
    }

    /// Some field is derived, or an expression looks at others.
    pub fn has_expressions(&self) -> bool {
        self.needs.expressions
    }

    /// Nothing looks back at its fields, which follow each other.
    pub(crate) fn is_plain(&self) -> bool {
        !self.needs.expressions
            && !self.needs.elsewhere
            && self.assertions.is_empty()
            // Fields may have come later.
            && self.names.len() == self.fields.len()
    }

    /// The places of the fields that hold checksums, from `index` on.
    pub(crate) fn checksums_from(&self, index: usize) -> impl Iterator<Item = usize> {
        let fields = self.fields.iter().enumerate().skip(index);
        fields.filter_map(|(index, field)| field.checksum.map(|_| index))
    }

    /// Some expression looks at how many bytes something takes.
    pub fn uses_sizes(&self) -> bool {
        self.needs.sizes
    }

    /// Some field stands elsewhere.
    pub fn has_elsewhere(&self) -> bool {
        self.needs.elsewhere
    }

    /// What a derived field will hold is known before its record is written.
    pub(crate) fn can_be_followed(&self, index: usize) -> bool {
        let field = &self.fields[index];
        let derived = field.derived.as_ref().filter(|_| field.checksum.is_none());
        !self.has_elsewhere() && derived.is_some_and(|it| !self.follows_offsets(it))
    }

    /// An expression follows from where something is.
    pub(crate) fn follows_offsets(&self, expr: &Expr) -> bool {
        expr.uses_offsets()
            || self.fields.iter().any(|field| match &field.derived {
                Some(derived) if expr.mentions(&field.name) => {
                    !derived.mentions(&field.name) && self.follows_offsets(derived)
                }
                _ => false,
            })
    }

    /// A condition on a field looks at where something is.
    pub(crate) fn is_asserted_of_offsets(&self, field: &Field) -> bool {
        let mut assertions = field.assertions.iter();
        assertions.any(|it| self.follows_offsets(it))
    }

    /// An expression follows from where the field of that name is put.
    pub(crate) fn follows_place(&self, expr: &Expr, of: &str) -> bool {
        // Derived fields follow from earlier ones only.
        self.fields.iter().any(|field| match &field.derived {
            Some(derived) if expr.mentions(&field.name) => {
                derived.looks_where(of)
                    || (!derived.mentions(&field.name) && self.follows_place(derived, of))
            }
            _ => false,
        })
    }

    /// The field of that name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| *field.name == *name)
    }
}

impl Field {
    /// A field that must be given.
    pub fn new(name: &str, doc: impl Into<Doc>, shape: Shape) -> Self {
        Self {
            name: name.into(),
            doc: doc.into(),
            shape,
            default: None,
            derived: None,
            checksum: None,
            assertions: Vec::new(),
            pending_default: None,
        }
    }

    /// The same field with a default.
    ///
    /// # Panics
    /// If the default does not fit the field's format: a mistake in the
    /// declaration.
    #[must_use]
    pub fn with_default<'de, P: Pickler<'de>>(mut self, pickler: &P, value: &P::Value) -> Self {
        match encode_with(pickler, value) {
            Ok(bytes) => self.pending_default = Some(bytes),
            Err(error) => panic!("the default of `{}` cannot be written: {error}", self.name),
        }
        self
    }

    /// The same field, holding a checksum.
    #[must_use]
    pub fn with_checksum(mut self, checksum: Checksum) -> Self {
        self.checksum = Some(checksum);
        self
    }

    /// It holds a digest.
    pub(crate) fn is_digest(&self) -> bool {
        let checksum = self.checksum;
        checksum.is_some_and(|checksum| checksum.algorithm.digest_size().is_some())
    }

    /// What stands in a derived field until what it follows from is known.
    pub(crate) fn underived(&self) -> Value {
        match self.checksum.and_then(|it| it.algorithm.digest_size()) {
            None => Value::Unsigned(0),
            Some(size) => self.digest(&alloc::vec![0; size]),
        }
    }

    /// A digest as the value that the field has.
    pub(crate) fn digest(&self, digest: &[u8]) -> Value {
        if matches!(self.shape.empty(), Some(Value::Bytes(_))) {
            return Value::Bytes(digest.to_vec().into());
        }
        let bytes = digest.iter().map(|byte| Value::Unsigned((*byte).into()));
        Value::List(bytes.collect())
    }

    /// The same field, of which a condition must hold.
    #[must_use]
    pub fn that_satisfies(mut self, condition: Expr) -> Self {
        self.assertions.push(condition);
        self
    }

    /// The same field, following from others.
    #[must_use]
    pub fn derived_from(mut self, expr: Expr) -> Self {
        self.derived = Some(expr);
        self
    }
}
