//! Values for property tests, through the crate `proptest`.

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;
use core::marker::PhantomData;

use ::proptest::prelude::{Rng, RngExt, Strategy};
use ::proptest::strategy::{NewTree, ValueTree};
use ::proptest::test_runner::TestRunner;

use super::{ByteChoices, Choices, Generator, Unsatisfied, value};
use crate::dynamic::Value;
use crate::pickle::PickleOwned;
use crate::schema::Schema;

/// How many bytes of choices a value takes, at the most.
const MOST: usize = 512;

/// Values of a type, shrunk through the choices that they are made of.
///
/// `#[pickle(proptest)]` on a type implements
/// [`Arbitrary`](::proptest::arbitrary::Arbitrary) by this.
///
/// ```
/// use pickler::{ByteString, Pickle};
/// use proptest::prelude::*;
///
/// #[derive(Pickle, Clone, Debug, PartialEq)]
/// #[pickle(proptest)]
/// struct Note {
///     #[pickle(count = u8)]
///     text: ByteString,
/// }
///
/// proptest!(|(note: Note)| {
///     let bytes = pickler::encode(&note)?;
///     prop_assert_eq!(pickler::decode::<Note>(&bytes)?, note);
/// });
/// ```
pub fn strategy<T: PickleOwned + fmt::Debug + 'static>() -> Choosing<T> {
    Choosing::new(|choices| value(choices))
}

/// Values of a schema, shrunk likewise.
pub fn values(schema: Schema) -> Choosing<Value> {
    let generator = Generator::new(schema);
    Choosing::new(move |choices| generator.value(choices))
}

type Make<T> = dyn Fn(&mut dyn Choices) -> Result<T, Unsatisfied> + Send + Sync;

/// A strategy of values that are made from choices; see [`strategy`].
pub struct Choosing<T> {
    make: Arc<Make<T>>,
    values: PhantomData<fn() -> T>,
}

impl<T> Choosing<T> {
    /// Of what `make` makes.
    pub fn new(
        make: impl Fn(&mut dyn Choices) -> Result<T, Unsatisfied> + Send + Sync + 'static,
    ) -> Self {
        Self {
            make: Arc::new(make),
            values: PhantomData,
        }
    }
}

impl<T> Clone for Choosing<T> {
    fn clone(&self) -> Self {
        Self {
            make: self.make.clone(),
            values: PhantomData,
        }
    }
}

impl<T> fmt::Debug for Choosing<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Choosing")
    }
}

impl<T: fmt::Debug> Strategy for Choosing<T> {
    type Tree = Chosen<T>;
    type Value = T;

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        let rng = runner.rng();
        let length = rng.random_range(0..=MOST);
        let mut choices = alloc::vec![0; length];
        rng.fill_bytes(&mut choices);
        match (self.make)(&mut ByteChoices::new(&choices)) {
            Ok(_) => Ok(Chosen {
                make: self.make.clone(),
                kept: choices.clone(),
                tried: choices,
                next: Change::Cut { length },
            }),
            Err(error) => Err(alloc::string::ToString::to_string(&error).into()),
        }
    }
}

/// A value, and simpler ones.
pub struct Chosen<T> {
    make: Arc<Make<T>>,
    /// The simplest choices that failed.
    kept: Vec<u8>,
    /// Those of the value as it is.
    tried: Vec<u8>,
    next: Change,
}

/// What makes choices simpler: fewer first, then lesser.
#[derive(Clone, Copy, Debug)]
enum Change {
    /// So many taken away from the end.
    Cut {
        length: usize,
    },
    /// So many taken out at a place.
    Remove {
        at: usize,
        length: usize,
    },
    /// The choice at a place 0, half, or one less.
    Lessen {
        at: usize,
        how: u8,
    },
    Done,
}

impl<T> fmt::Debug for Chosen<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Chosen").field(&self.tried).finish()
    }
}

impl Change {
    /// The change after this, which did not help.
    fn after(self, choices: usize) -> Self {
        match self {
            Self::Cut { length: 2.. } if choices > 0 => self.halved(choices),
            Self::Cut { .. } => Self::Remove {
                at: 0,
                length: choices.div_ceil(4).max(1),
            }
            .within(choices),
            Self::Remove { at, length } => Self::Remove {
                at: at + length,
                length,
            }
            .within(choices),
            Self::Lessen { at, how } if how < 2 => Self::Lessen { at, how: how + 1 },
            Self::Lessen { at, .. } => Self::Lessen { at: at + 1, how: 0 }.within(choices),
            Self::Done => Self::Done,
        }
    }

    fn halved(self, choices: usize) -> Self {
        match self {
            Self::Cut { length } => Self::Cut {
                length: (length / 2).min(choices),
            },
            other => other,
        }
    }

    /// This change, or the first of the next kind if its place is past the end.
    fn within(self, choices: usize) -> Self {
        match self {
            Self::Remove { at, length } if at >= choices => {
                if length > 1 {
                    Self::Remove {
                        at: 0,
                        length: length / 2,
                    }
                    .within(choices)
                } else {
                    Self::Lessen { at: 0, how: 0 }.within(choices)
                }
            }
            Self::Lessen { at, .. } if at >= choices => Self::Done,
            other => other,
        }
    }

    /// Choices with this change, if it changes them.
    fn apply(self, choices: &[u8]) -> Option<Vec<u8>> {
        let mut changed = choices.to_vec();
        match self {
            Self::Cut { length } => changed.truncate(changed.len().saturating_sub(length)),
            Self::Remove { at, length } => {
                let end = (at + length).min(changed.len());
                changed.drain(at.min(end)..end);
            }
            Self::Lessen { at, how } => {
                let choice = changed.get_mut(at)?;
                *choice = match how {
                    0 => 0,
                    1 => *choice / 2,
                    _ => choice.saturating_sub(1),
                };
            }
            Self::Done => return None,
        }
        (changed != choices).then_some(changed)
    }
}

impl<T: fmt::Debug> ValueTree for Chosen<T> {
    type Value = T;

    fn current(&self) -> T {
        match (self.make)(&mut ByteChoices::new(&self.tried)) {
            Ok(value) => value,
            Err(error) => unreachable!("these choices have made a value before: {error}"),
        }
    }

    /// The value at hand failed: it is kept, and a simpler one is next.
    fn simplify(&mut self) -> bool {
        self.kept.clone_from(&self.tried);
        self.next = self.next.within(self.kept.len());
        self.advance()
    }

    /// The value at hand was too simple: back, and on with another change.
    fn complicate(&mut self) -> bool {
        self.next = self.next.after(self.kept.len());
        self.advance()
    }
}

impl<T> Chosen<T> {
    /// To the next change that makes another value; if there is none, back to
    /// what is kept.
    fn advance(&mut self) -> bool {
        while !matches!(self.next, Change::Done) {
            if let Some(changed) = self.next.apply(&self.kept)
                && (self.make)(&mut ByteChoices::new(&changed)).is_ok()
            {
                self.tried = changed;
                return true;
            }
            self.next = self.next.after(self.kept.len());
        }
        self.tried.clone_from(&self.kept);
        false
    }
}

#[cfg(test)]
mod tests {
    use ::proptest::test_runner::{TestError, TestRunner};

    use super::*;

    /// The simplest value for which a test fails.
    fn simplest<T: PickleOwned + fmt::Debug + 'static>(fails: impl Fn(&T) -> bool) -> T {
        let result = TestRunner::deterministic().run(&strategy::<T>(), |value| {
            ::proptest::prop_assert!(!fails(&value));
            Ok(())
        });
        match result {
            Err(TestError::Fail(_, value)) => value,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn failures_are_shrunk() {
        assert_eq!(simplest::<(u8, i16)>(|(_, value)| *value < 0).0, 0);
        let items = simplest::<[u16; 8]>(|items| items[5] > 3);
        assert_eq!(
            items.iter().filter(|item| **item > 0).count(),
            1,
            "{items:?}"
        );
    }

    #[test]
    fn a_change_that_helps_is_kept_and_another_undone() {
        let change = Change::Remove { at: 1, length: 2 };
        assert_eq!(change.apply(&[1, 2, 3, 4]), Some(alloc::vec![1, 4]));
        assert_eq!(
            Change::Cut { length: 3 }.apply(&[1, 2]),
            Some(alloc::vec![])
        );
        assert_eq!(Change::Lessen { at: 0, how: 0 }.apply(&[0, 2]), None);
        // All changes come to an end.
        let mut change = Change::Cut { length: 9 };
        for _ in 0..100 {
            change = change.after(9);
        }
        assert!(matches!(change, Change::Done));
    }
}
