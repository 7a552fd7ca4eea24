//! The reference: a page for each thing that a format can say. Its examples
//! run.

macro_rules! pages {
    ($($name:ident $file:literal;)*) => { $(
        #[doc = include_str!(concat!("../../docs/reference/", $file))]
        pub mod $name {}
    )* };
}

pages! {
    amounts "amounts.md";
    assertions "assertions.md";
    bit_fields "bit_fields.md";
    bit_order "bit_order.md";
    borrowed "borrowed.md";
    byte_order "byte_order.md";
    checksums "checksums.md";
    choices "choices.md";
    combinators "combinators.md";
    constants "constants.md";
    context "context.md";
    defaults "defaults.md";
    deku "deku.md";
    derived "derived.md";
    expressions "expressions.md";
    filters "filters.md";
    floats "floats.md";
    generics "generics.md";
    hostile_input "hostile_input.md";
    integers "integers.md";
    keyed "keyed.md";
    lists "lists.md";
    mapping "mapping.md";
    offsets "offsets.md";
    optional "optional.md";
    padding "padding.md";
    recursion "recursion.md";
    sharing "sharing.md";
    sizes "sizes.md";
    std_types "std_types.md";
    tags "tags.md";
    text "text.md";
    varints "varints.md";
    versions "versions.md";
    views "views.md";
}
