//! What the descriptions propose: places at which they are not the same.

mod align;
mod change;
mod classes;
mod enumeration;
mod keyed;
mod record;
mod union;
mod walk;
mod words;

pub use align::{Aliases, Places};
pub use change::{Change, Edit, Focus, Site};
pub use classes::Classes;
pub use record::rebuilt;
pub use union::{body_part, header};
pub use walk::{At, Walker};
pub use words::value as value_words;
