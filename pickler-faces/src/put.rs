//! Writing to strings.

/// Puts formatted text behind a string.
macro_rules! put {
    ($to:expr, $($text:tt)*) => {{
        use std::fmt::Write as _;
        // Writing to a string does not fail.
        let _ = write!($to, $($text)*);
    }};
}
