//! What values are in expressions.

use core::num::NonZero;

#[cfg(feature = "alloc")]
use super::Expr;
use crate::cursor::{Align, Fault, Order, Sink, Writer};
use crate::picklers::Integer;
#[cfg(feature = "alloc")]
use crate::schema::Describer;

/// A type whose values are numbers in expressions: integers, booleans as 0 and
/// 1, and enums as their tags.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no number in an expression",
    label = "used in an expression",
    note = "integers, booleans and enums that derive `Pickle` are; of others, use `len(...)` or \
            `sizeof(...)`, or a field of theirs"
)]
pub trait Operand {
    /// The number, if it fits.
    fn operand(&self) -> Option<i128>;

    /// The value as an expression has it.
    ///
    /// # Panics
    /// If the number does not fit: a mistake in the declaration.
    #[cfg(feature = "alloc")]
    fn describe(&self) -> Expr {
        match self.operand() {
            Some(value) => Expr::Integer(value),
            None => panic!("a constant of an expression is past i128"),
        }
    }

    /// Puts the type among those of a description, if expressions call it by a name.
    #[cfg(feature = "alloc")]
    #[doc(hidden)]
    fn mention(_: &mut Describer)
    where
        Self: Sized,
    {
    }
}

/// An enum whose variants have tags; derived with `Pickle`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no tags",
    note = "enums that derive `Pickle` have"
)]
pub trait Variants: Operand {
    /// The type's name.
    const NAME: &'static str;
    /// Each variant's name in Rust, its name, and its tag.
    const TAGS: &'static [(&'static str, &'static str, i128)];
}

/// A record of which expressions look at fields; derived with `Pickle`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no fields that an expression can look at",
    note = "structs with named fields that derive `Pickle` have"
)]
pub trait Members {
    /// The names in Rust of fields that are called otherwise, and their names.
    const RENAMED: &'static [(&'static str, &'static str)];
    /// The names in Rust of fields whose values mean something else in a
    /// description.
    const HIDDEN: &'static [&'static str];
    /// The names in Rust of fields that follow from the others.
    #[doc(hidden)]
    const DERIVED: &'static [&'static str] = &[];

    /// What a field will hold that follows from the others, if it is known before
    /// the record is written.
    ///
    /// # Errors
    /// Of fields that cannot be measured.
    #[doc(hidden)]
    fn follow<S: Sink, O: Order, A: Align>(
        &self,
        _name: &str,
        _w: &mut Writer<S, O, A>,
    ) -> Result<Option<i128>, Fault> {
        Ok(None)
    }
}

#[cfg(feature = "alloc")]
impl<T: Members> Members for alloc::boxed::Box<T> {
    const RENAMED: &'static [(&'static str, &'static str)] = T::RENAMED;
    const HIDDEN: &'static [&'static str] = T::HIDDEN;
    const DERIVED: &'static [&'static str] = T::DERIVED;

    fn follow<S: Sink, O: Order, A: Align>(
        &self,
        name: &str,
        w: &mut Writer<S, O, A>,
    ) -> Result<Option<i128>, Fault> {
        T::follow(self, name, w)
    }
}

/// A record of which expressions look at fields, or what may hold one: what is not
/// there has no fields.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no fields that an expression can look at",
    note = "structs with named fields that derive `Pickle` have"
)]
pub trait HoldsMembers {
    /// The record.
    type Record: Members;

    /// The record, if it is there.
    fn record(&self) -> Option<&Self::Record>;
}

impl<T: Members> HoldsMembers for T {
    type Record = T;

    #[inline(always)]
    fn record(&self) -> Option<&T> {
        Some(self)
    }
}

impl<T: Members> HoldsMembers for Option<T> {
    type Record = T;

    #[inline(always)]
    fn record(&self) -> Option<&T> {
        self.as_ref()
    }
}

macro_rules! integers {
    ($($type:ty),*) => { $(
        impl Operand for $type {
            #[inline(always)]
            fn operand(&self) -> Option<i128> {
                let value = self.to_i128();
                // Of an unsigned integer, only one past the greatest is seen
                // as negative.
                (<$type>::SIGNED || value >= 0).then_some(value)
            }
        }
    )* };
}
integers!(u8, u16, u32, u64, u128, i8, i16, i32, i64, i128);

macro_rules! nonzero {
    ($($type:ty),*) => { $(
        impl Operand for NonZero<$type> {
            #[inline(always)]
            fn operand(&self) -> Option<i128> {
                self.get().operand()
            }
        }
    )* };
}
nonzero!(u8, u16, u32, u64, u128, i8, i16, i32, i64, i128);

impl Operand for bool {
    #[inline(always)]
    fn operand(&self) -> Option<i128> {
        Some((*self).into())
    }

    #[cfg(feature = "alloc")]
    fn describe(&self) -> Expr {
        Expr::Bool(*self)
    }
}

/// What is not there is no number.
impl<T: Operand> Operand for Option<T> {
    #[inline(always)]
    fn operand(&self) -> Option<i128> {
        self.as_ref()?.operand()
    }
}

#[cfg(feature = "alloc")]
impl<T: Operand> Operand for alloc::boxed::Box<T> {
    #[inline(always)]
    fn operand(&self) -> Option<i128> {
        T::operand(self)
    }

    fn describe(&self) -> Expr {
        T::describe(self)
    }

    fn mention(d: &mut Describer) {
        T::mention(d);
    }
}

impl<T: Variants> Variants for Option<T> {
    const NAME: &'static str = T::NAME;
    const TAGS: &'static [(&'static str, &'static str, i128)] = T::TAGS;
}

#[cfg(feature = "alloc")]
impl<T: Variants> Variants for alloc::boxed::Box<T> {
    const NAME: &'static str = T::NAME;
    const TAGS: &'static [(&'static str, &'static str, i128)] = T::TAGS;
}

/// The place in `TAGS` of a variant by its name in Rust.
const fn position<T: Variants>(variant: &str) -> usize {
    let mut index = 0;
    while index < T::TAGS.len() {
        if same(T::TAGS[index].0, variant) {
            return index;
        }
        index += 1;
    }
    panic!("there is no variant of that name that has a tag")
}

/// Two texts are the same.
pub const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut index = 0;
    while index < a.len() {
        if a[index] != b[index] {
            return false;
        }
        index += 1;
    }
    true
}

/// The tag of a variant by its name in Rust.
pub const fn tag_of<T: Variants>(variant: &str) -> i128 {
    T::TAGS[position::<T>(variant)].2
}

/// A variant by its name in Rust.
#[cfg(feature = "alloc")]
pub fn describe_variant<T: Variants>(variant: &str) -> Expr {
    let (_, name, tag) = T::TAGS[position::<T>(variant)];
    variant_of::<T>(name, tag)
}

/// A variant by the name of its type; by its tag, if that has none.
#[cfg(feature = "alloc")]
fn variant_of<T: Variants>(name: &str, tag: i128) -> Expr {
    if T::NAME.is_empty() {
        return Expr::Integer(tag);
    }
    Expr::Variant {
        of: T::NAME.into(),
        name: name.into(),
    }
}

/// A value by the name of its variant; one that keeps its tag is a number.
///
/// # Panics
/// If its tag is past `i128`.
#[cfg(feature = "alloc")]
pub fn describe_tagged<T: Variants>(value: &T) -> Expr {
    let tag = value.operand();
    let known = T::TAGS.iter().find(|(_, _, known)| Some(*known) == tag);
    match (known, tag) {
        (Some((_, name, tag)), _) => variant_of::<T>(name, *tag),
        (None, Some(tag)) => Expr::Integer(tag),
        (None, None) => panic!("a constant of an expression is past i128"),
    }
}

/// The name of a member by its name in Rust. `of` leads from what is known to
/// what has the member; it is not called.
///
/// # Panics
/// If the member's values mean something else in a description.
#[cfg(feature = "alloc")]
pub fn member_name<T, U: HoldsMembers, F>(_: F, member: &'static str) -> &'static str
where
    F: for<'a> Fn(&'a T) -> &'a U,
{
    assert!(
        !U::Record::HIDDEN.contains(&member),
        "`{member}` means something else in a description and cannot be used in an expression",
    );
    let renamed = U::Record::RENAMED.iter().find(|(name, _)| *name == member);
    renamed.map_or(member, |(_, name)| name)
}
