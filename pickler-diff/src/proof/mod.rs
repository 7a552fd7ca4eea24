//! What the bytes prove: values written by one version and read by the other.

mod meaning;
mod specials;
mod trial;
mod unknown;
mod values;

pub use specials::Specials;
pub use trial::{Reading, Sample, trial};
pub use values::{Values, lengthened};
