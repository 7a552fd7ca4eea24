//! What the bytes prove: values written by one version and read by the other.

mod meaning;
mod probe;
mod specials;
mod steer;
mod trial;
mod unknown;
mod values;

pub use probe::Probe;
pub use specials::Specials;
pub use steer::steered;
pub use trial::{Reading, Sample, trial};
pub use values::{Values, lengthened};
