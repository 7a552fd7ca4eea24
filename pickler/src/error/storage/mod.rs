//! Where an error keeps what it has to say: on the heap, or in places of fixed
//! size where there is no allocator.

#[cfg(feature = "alloc")]
mod allocated;
#[cfg(any(not(feature = "alloc"), test))]
#[cfg_attr(feature = "alloc", allow(dead_code, reason = "compiled to be tested"))]
mod inline;

#[cfg(feature = "alloc")]
pub(super) use allocated::{Content, Kept, Path};
#[cfg(not(feature = "alloc"))]
pub(super) use inline::{Content, Kept, Path};
