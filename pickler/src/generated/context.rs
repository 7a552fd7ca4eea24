//! Parameters and arguments.

#[cfg(feature = "alloc")]
use super::Vec;
use crate::context::{Contextual, Misfit, Parameter};
#[cfg(feature = "alloc")]
use crate::schema::Expr;

/// The parameter that an expression gives.
#[inline(always)]
pub fn parameter<T: Parameter>(value: Option<i128>) -> Result<T, Misfit> {
    match value {
        Some(value) => T::from_operand(value),
        None => Err(Misfit::NO_VALUE),
    }
}

/// Checks that arguments are given for all parameters of a type, and no others.
pub const fn check_arguments<T: Contextual>(names: &[&str]) {
    let mut index = 0;
    while index < names.len() {
        let _ = parameter_index::<T>(names[index]);
        index += 1;
    }
    assert!(
        names.len() == T::PARAMETERS.len(),
        "`given` must name each parameter of the type's `context` once",
    );
}

/// Where a parameter stands.
pub const fn parameter_index<T: Contextual>(name: &str) -> usize {
    let mut index = 0;
    while index < T::PARAMETERS.len() {
        if crate::schema::same(T::PARAMETERS[index], name) {
            return index;
        }
        index += 1;
    }
    panic!("`given` names a parameter that the type's `context` does not have")
}

/// Arguments in the order of the parameters.
#[cfg(feature = "alloc")]
pub fn in_order<T: Contextual, const N: usize>(arguments: [(&str, Expr); N]) -> Vec<Expr> {
    let mut arguments = Vec::from(arguments);
    arguments.sort_by_key(|(name, _)| T::PARAMETERS.iter().position(|it| it == name));
    arguments.into_iter().map(|(_, expr)| expr).collect()
}
