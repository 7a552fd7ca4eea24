//! Types that wire formats need and the standard library lacks.

mod byte_string;
mod derived;

pub use byte_string::ByteString;
pub use derived::Derived;
