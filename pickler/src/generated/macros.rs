//! What stands in the code only where the features need it.

/// The description that a pickler needs, which is asked for only where there
/// are descriptions.
#[cfg(feature = "alloc")]
#[doc(hidden)]
#[macro_export]
macro_rules! __described {
    ($($description:tt)*) => { $($description)* };
}

/// The description that a pickler needs, which is asked for only where there
/// are descriptions.
#[cfg(not(feature = "alloc"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __described {
    ($($description:tt)*) => {
        ::core::unreachable!("nothing is described without the feature `alloc`")
    };
}

/// A pickler whose values are shown as others, where anything shows them.
#[cfg(feature = "alloc")]
#[doc(hidden)]
#[macro_export]
macro_rules! __shown {
    ($pickler:expr, [$($pairs:tt)*]) => {
        $crate::picklers::shown($pickler, || [$($pairs)*])
    };
}

/// A pickler whose values are shown as others, where anything shows them.
#[cfg(not(feature = "alloc"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __shown {
    ($pickler:expr, [$($pairs:tt)*]) => {
        $pickler
    };
}
