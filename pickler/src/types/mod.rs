//! Types that wire formats need and the standard library lacks.

#[cfg(feature = "alloc")]
mod byte_string;
mod derived;
mod either;
#[cfg(feature = "alloc")]
mod unknown_field;

#[cfg(feature = "alloc")]
pub use byte_string::ByteString;
pub use derived::Derived;
pub use either::Either;
#[cfg(feature = "alloc")]
pub use unknown_field::UnknownField;
