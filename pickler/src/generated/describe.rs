//! What a declaration says of itself.

#[cfg(feature = "alloc")]
use alloc::sync::Arc;
#[cfg(feature = "alloc")]
use core::marker::PhantomData;

#[cfg(feature = "alloc")]
use super::{Box, Vec};
use crate::picklers::Pickler;
#[cfg(feature = "alloc")]
use crate::schema::{
    Comparable, Describer, Enumeration, Expr, Field, Operand, Other, Record, Shape, Variant,
    Variants,
};
use crate::width::Width;

/// The width of what a closure would make; it is not called.
pub const fn width_of<'de, P: Pickler<'de>, F: Fn() -> P>(_: &F) -> Width {
    P::WIDTH
}

/// A width, after the checks that stand in that of what is inside.
pub const fn checked(_: Width, width: Width) -> Width {
    width
}

/// Whether what a closure would make is whole; it is not called.
pub const fn whole_of<'de, P: Pickler<'de>, F: Fn() -> P>(_: &F) -> bool {
    P::WHOLE
}

/// The fields of a record that is read from `'de`, as they are described.
///
/// What is done for each is not worth its room in the caller, which may have
/// thousands.
#[cfg(feature = "alloc")]
pub struct FieldList<'de> {
    fields: Vec<Field>,
    input: PhantomData<fn(&'de [u8])>,
}

#[cfg(feature = "alloc")]
impl<'de> FieldList<'de> {
    /// No fields yet.
    pub fn with_capacity(count: usize) -> Self {
        Self {
            fields: Vec::with_capacity(count),
            input: PhantomData,
        }
    }

    /// Adds a field that there is nothing more to say of.
    #[inline(never)]
    pub fn add<P: Pickler<'de>>(
        &mut self,
        name: &str,
        doc: &'static str,
        pickler: &P,
        d: &mut Describer,
    ) {
        let shape = pickler.describe(d);
        self.push(Field::new(name, doc, shape));
    }

    /// Adds a field that has a default.
    #[inline(never)]
    pub fn add_with_default<P: Pickler<'de>>(
        &mut self,
        name: &str,
        doc: &'static str,
        pickler: &P,
        d: &mut Describer,
        default: &P::Value,
    ) {
        let shape = pickler.describe(d);
        self.push(Field::new(name, doc, shape).with_default(pickler, default));
    }

    /// Adds a field.
    #[inline(never)]
    pub fn push(&mut self, field: Field) {
        self.fields.push(field);
    }

    /// The record of them.
    #[inline(never)]
    pub fn into_record(self) -> Record {
        Record::new(self.fields)
    }
}

/// Describes a record.
#[cfg(feature = "alloc")]
#[inline(never)]
pub fn describe_record(record: Record) -> Shape {
    Shape::Record(Box::new(record))
}

/// Describes a variant, which nothing but its tag is said of.
#[cfg(feature = "alloc")]
#[inline(never)]
pub fn describe_body<'a>(
    variants: &'a mut Vec<Variant>,
    name: &str,
    doc: &'static str,
    tag: u128,
    body: Shape,
) -> &'a mut Variant {
    variants.push(Variant {
        name: name.into(),
        doc: doc.into(),
        tag,
        also: Vec::new(),
        condition: None,
        direction: None,
        body,
    });
    let last = variants.len() - 1;
    &mut variants[last]
}

/// A constant, for the description.
#[cfg(feature = "alloc")]
pub fn describe_operand<T: Operand>(value: &T) -> Expr {
    value.describe()
}

/// A constant that is compared, for the description.
#[cfg(feature = "alloc")]
pub fn describe_comparable<T: Comparable>(value: &T) -> Expr {
    value.describe()
}

/// A value of an enum, for the description: by the name of its variant.
#[cfg(feature = "alloc")]
pub fn describe_tagged<T: Variants>(value: &T) -> Expr {
    crate::schema::describe_tagged(value)
}

/// Puts a type among those of a description, which an expression calls by its name.
#[cfg(feature = "alloc")]
pub fn mention<T>(d: &mut Describer, name: &'static str, describe: fn(&mut Describer) -> Shape) {
    d.mention(core::any::type_name::<T>(), name, describe);
}

/// The same of the type of a constant.
#[cfg(feature = "alloc")]
pub fn mention_type_of<T: Comparable>(_: &T, d: &mut Describer) {
    T::mention(d);
}

/// Names with their tags, in the order of these.
#[cfg(feature = "alloc")]
pub fn sorted_names(names: &[(u128, &str)]) -> Vec<(u128, Arc<str>)> {
    let mut names: Vec<_> = names
        .iter()
        .map(|(tag, name)| (*tag, (*name).into()))
        .collect();
    names.sort_unstable();
    names
}

/// Describes an enumeration in so many bits: the names whose tags fit.
#[cfg(feature = "alloc")]
pub fn enumeration_in_bits(
    bits: u32,
    signed: bool,
    values: &[(i128, &str)],
    other: Option<Other>,
) -> Shape {
    let mask = u128::MAX >> (128 - bits);
    let mut names: Vec<_> = values
        .iter()
        .filter(|(tag, _)| {
            let raw = tag.cast_unsigned() & mask;
            let unused = 128 - bits;
            *tag == if signed {
                (raw << unused).cast_signed() >> unused
            } else {
                raw.cast_signed()
            }
        })
        .map(|(tag, name)| (tag.cast_unsigned() & mask, (*name).into()))
        .collect();
    names.sort_unstable();
    let tag = Shape::Integer { bits, signed };
    Shape::Enumeration(Box::new(Enumeration { tag, names, other }))
}
