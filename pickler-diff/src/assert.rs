//! Compatibility as a test.

/// Fails unless two versions of a protocol are compatible; the failure's
/// message is the [`Report`](crate::Report).
///
/// `assert_compatible!(old, new)` asks that each reads all that the other
/// writes. `assert_compatible!(old, new, new reads old)` asks only that old
/// bytes stay readable, such as those of files; and `old reads new` that who is
/// not replaced yet goes on understanding. Both protocols are expressions of
/// type `&Protocol`. What is not known fails, too.
///
/// ```
/// use pickler::{Pickle, schema::{Protocol, Schema}};
/// use pickler_diff::assert_compatible;
///
/// mod old {
/// #   use pickler::Pickle;
///     #[derive(Pickle)]
///     pub struct Bet { pub amount: u16 }
/// }
/// #[derive(Pickle)]
/// struct Bet {
///     amount: u16,
///     #[pickle(rest)]
///     currency: Option<u16>,
/// }
///
/// let old = Protocol::new("bets", Schema::of::<old::Bet>());
/// let new = Protocol::new("bets", Schema::of::<Bet>());
/// assert_compatible!(&old, &new, new reads old);
/// ```
///
/// ```should_panic
/// # use pickler::schema::{Protocol, Schema};
/// # use pickler_diff::assert_compatible;
/// # let old = Protocol::new("number", Schema::of::<u16>());
/// # let new = Protocol::new("number", Schema::of::<u32>());
/// assert_compatible!(&old, &new);
/// ```
#[macro_export]
macro_rules! assert_compatible {
    ($old:expr, $new:expr, new reads old $(,)?) => {
        $crate::assert_compatible!(@ $old, $new, $crate::Verdict::NEW_READS_OLD)
    };
    ($old:expr, $new:expr, old reads new $(,)?) => {
        $crate::assert_compatible!(@ $old, $new, $crate::Verdict::OLD_READS_NEW)
    };
    ($old:expr, $new:expr $(,)?) => {
        $crate::assert_compatible!(@ $old, $new, $crate::Verdict::COMPATIBLE)
    };
    (@ $old:expr, $new:expr, $asked:expr) => {{
        let report = $crate::diff($old, $new);
        ::core::assert!(
            $asked.asks_no_more_than(report.verdict()),
            "{report}"
        );
    }};
}
