//! The reference: a page for each thing that a format can say. Its examples
//! run.

macro_rules! pages {
    ($($name:ident $file:literal;)*) => { $(
        #[doc = include_str!(concat!("../../docs/reference/", $file))]
        pub mod $name {}
    )* };
}

pages! {
    optional "optional.md";
    keyed "keyed.md";
    varints "varints.md";
}
