//! Packets of Google's `pdl`: its canonical test vectors.
//!
//! Bit fields of a PDL file come least significant first, in both byte orders.
//! In little-endian files that is `bit_order = lsb`. In big-endian files a run
//! of bit fields is one big-endian integer, so here its fields are declared the
//! other way around.

mod arrays;
mod big;
mod bits;
mod enums;
mod optional;
mod payloads;
mod to_the_end;
