//! Values of types that are known at compile time.

use super::{Choices, Generator, Unsatisfied};
use crate::pickle::PickleOwned;
use crate::schema::Schema;

/// A value of a type.
///
/// It is made by the type's [`Schema`], so that it obeys all that the
/// declaration says; derived fields are [automatic](crate::Derived::auto).
///
/// ```
/// use pickler::generate::{self, ByteChoices};
///
/// // Without choices it is the simplest one.
/// let simplest: (u8, bool) = generate::value(&mut ByteChoices::new(&[]))?;
/// assert_eq!(simplest, (0, false));
/// # Ok::<(), generate::Unsatisfied>(())
/// ```
///
/// # Errors
/// If no value is finite, or none that was tried fits.
pub fn value<T: PickleOwned + 'static>(choices: &mut dyn Choices) -> Result<T, Unsatisfied> {
    with_generator::<T, _>(|generator| {
        let checked = generator.checked(None, choices, |bytes| crate::decode::<T>(bytes));
        checked.map(|(value, _)| value)
    })
}

/// Describing a large protocol takes longer than making a value of it.
#[cfg(feature = "std")]
fn with_generator<T: PickleOwned + 'static, R>(use_it: impl FnOnce(&Generator) -> R) -> R {
    use core::any::TypeId;
    use core::cell::RefCell;
    use std::collections::HashMap;
    use std::rc::Rc;

    std::thread_local! {
        static KNOWN: RefCell<HashMap<TypeId, Rc<Generator>>> = RefCell::default();
    }
    let known = KNOWN.with_borrow(|known| known.get(&TypeId::of::<T>()).cloned());
    let generator = known.unwrap_or_else(|| {
        let generator = Rc::new(Generator::new(Schema::of::<T>()));
        KNOWN.with_borrow_mut(|known| known.insert(TypeId::of::<T>(), generator.clone()));
        generator
    });
    use_it(&generator)
}

#[cfg(not(feature = "std"))]
fn with_generator<T: PickleOwned + 'static, R>(use_it: impl FnOnce(&Generator) -> R) -> R {
    use_it(&Generator::new(Schema::of::<T>()))
}
