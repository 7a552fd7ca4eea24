//! The reference: a page for each thing that a format can say. Its examples
//! run.

macro_rules! pages {
    ($($name:ident $file:literal;)*) => { $(
        #[doc = include_str!(concat!("../../docs/reference/", $file))]
        pub mod $name {}
    )* };
}

pages! {
    borrowed "borrowed.md";
    checksums "checksums.md";
    deku "deku.md";
    generics "generics.md";
    recursion "recursion.md";
    mapping "mapping.md";
    derived "derived.md";
    defaults "defaults.md";
    constants "constants.md";
    bit_order "bit_order.md";
    byte_order "byte_order.md";
    amounts "amounts.md";
    floats "floats.md";
    integers "integers.md";
    assertions "assertions.md";
    context "context.md";
    expressions "expressions.md";
    optional "optional.md";
    padding "padding.md";
    keyed "keyed.md";
    std_types "std_types.md";
    text "text.md";
    lists "lists.md";
    optional "optional.md";
    keyed "keyed.md";
    sizes "sizes.md";
    varints "varints.md";
}
