//! Names as Rust writes them.

use std::collections::BTreeSet;

use heck::{
    ToKebabCase, ToLowerCamelCase, ToPascalCase, ToShoutyKebabCase, ToShoutySnakeCase, ToSnakeCase,
};
use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};

/// Words of `rename_all`, with what they make of a name.
type Case = (&'static str, fn(&str) -> String);

const CASES: [Case; 8] = [
    ("SCREAMING_SNAKE_CASE", |it| it.to_shouty_snake_case()),
    ("snake_case", |it| it.to_snake_case()),
    ("camelCase", |it| it.to_lower_camel_case()),
    ("kebab_case", |it| it.to_kebab_case()),
    ("PascalCase", |it| it.to_pascal_case()),
    ("SCREAMING_KEBAB_CASE", |it| it.to_shouty_kebab_case()),
    ("lowercase", |it| it.to_lowercase()),
    ("UPPERCASE", |it| it.to_uppercase()),
];

/// Words that mean something else where an expression of an attribute could
/// name a field.
const WORDS: [&str; 18] = [
    "u8",
    "u16",
    "u32",
    "u64",
    "u128",
    "i8",
    "i16",
    "i32",
    "i64",
    "i128",
    "leb128",
    "sleb128",
    "zigzag",
    "quic",
    "vlq",
    "mqtt",
    "nat",
    "remaining",
];

/// Names that generated source uses for what it does not define.
const TAKEN: [&str; 43] = [
    "Box",
    "BTreeMap",
    "BTreeSet",
    "Bool",
    "ByteString",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Derived",
    "Either",
    "Eq",
    "Err",
    "From",
    "Into",
    "Ipv4Addr",
    "Ipv6Addr",
    "NonZeroI128",
    "NonZeroI16",
    "NonZeroI32",
    "NonZeroI64",
    "NonZeroI8",
    "NonZeroU128",
    "NonZeroU16",
    "NonZeroU32",
    "NonZeroU64",
    "NonZeroU8",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Pickle",
    "Protocol",
    "Result",
    "Schema",
    "Self",
    "Some",
    "String",
    "UnknownField",
    "Uuid",
    "Vec",
];

/// The names of one kind of thing in one item, in Rust.
pub struct Named {
    /// One for each, all different.
    pub idents: Vec<Ident>,
    /// The case that makes the described names of most of them.
    pub rename_all: Option<&'static str>,
    /// Those that must be said one by one.
    pub renames: Vec<Option<String>>,
}

/// The names of fields.
pub fn fields<'a>(names: impl IntoIterator<Item = &'a str>) -> Named {
    let names: Vec<&str> = names.into_iter().collect();
    let mut taken = BTreeSet::new();
    let idents = names.iter().map(|name| {
        let is_snake = is_ident(name) && !name.contains(|it: char| it.is_uppercase());
        let snake = if is_snake && *name != "_" {
            (*name).to_owned()
        } else {
            name.to_snake_case()
        };
        let mut snake = sound(snake, "field");
        let is_item = snake == "item" && *name != "item";
        if is_item || WORDS.contains(&&*snake) {
            snake.push('_');
        }
        ident(&different(snake, "_", &mut taken))
    });
    named(&names, idents.collect())
}

/// The names of variants.
pub fn variants<'a>(names: impl IntoIterator<Item = &'a str>) -> Named {
    let names: Vec<&str> = names.into_iter().collect();
    let mut taken = BTreeSet::new();
    let idents = names
        .iter()
        .map(|name| ident(&different(pascal(name, "Variant"), "", &mut taken)));
    named(&names, idents.collect())
}

/// The names of types.
pub fn types<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<Ident> {
    let mut taken: BTreeSet<String> = TAKEN.iter().map(|it| (*it).to_owned()).collect();
    let names = names.into_iter();
    names
        .map(|name| ident(&different(pascal(name, "Type"), "", &mut taken)))
        .collect()
}

/// A name of a value, such as of a parameter, that cannot be changed.
pub fn exact(name: &str) -> Option<Ident> {
    (is_ident(name) && name != "_").then(|| ident(name))
}

/// In front of a name of Rust that means nothing elsewhere, and of a raw one.
const HIDDEN: [&str; 2] = ["__name_", "__raw_"];

/// A name of Rust as one that is no word of specs, which an expression shows as it
/// is.
pub fn hidden(name: &str) -> String {
    let [plain, raw] = HIDDEN;
    match name.strip_prefix("r#") {
        Some(name) => format!("{raw}{name}"),
        None => format!("{plain}{name}"),
    }
}

/// The tokens with the names that were hidden.
pub fn shown(tokens: TokenStream) -> TokenStream {
    let [plain, raw] = HIDDEN;
    let tokens = tokens.into_iter().map(|token| match token {
        TokenTree::Ident(ident) => {
            let name = ident.to_string();
            TokenTree::Ident(if let Some(name) = name.strip_prefix(plain) {
                Ident::new(name, Span::call_site())
            } else if let Some(name) = name.strip_prefix(raw) {
                Ident::new_raw(name, Span::call_site())
            } else {
                ident
            })
        }
        TokenTree::Group(group) => {
            TokenTree::Group(Group::new(group.delimiter(), shown(group.stream())))
        }
        token => token,
    });
    tokens.collect()
}

/// The name without what makes it no keyword.
pub fn plain(ident: &Ident) -> String {
    let name = ident.to_string();
    name.strip_prefix("r#").map_or(name.clone(), str::to_owned)
}

fn pascal(name: &str, otherwise: &str) -> String {
    let is_pascal = is_ident(name)
        && name.starts_with(|it: char| it.is_uppercase())
        && name.contains(|it: char| it.is_lowercase())
        && !name.contains('_');
    let pascal = if is_pascal {
        name.to_owned()
    } else {
        name.to_pascal_case()
    };
    sound(pascal, otherwise)
}

/// What is no identifier, as one.
fn sound(name: String, otherwise: &str) -> String {
    if is_ident(&name) && name != "_" {
        return name;
    }
    if matches!(&*name, "self" | "Self" | "super" | "crate") {
        // Not even as raw identifiers.
        return format!("{name}_");
    }
    let more = format!("{otherwise}{name}");
    if is_ident(&more) {
        more
    } else {
        otherwise.to_owned()
    }
}

/// The name, or the name and a number.
fn different(name: String, between: &str, taken: &mut BTreeSet<String>) -> String {
    let numbered = (2..).map(|number| format!("{name}{between}{number}"));
    let mut candidates = core::iter::once(name.clone()).chain(numbered);
    // There are more numbers than names that are taken.
    let free = candidates.find(|it| !taken.contains(it)).unwrap_or(name);
    taken.insert(free.clone());
    free
}

fn named(names: &[&str], idents: Vec<Ident>) -> Named {
    let plain: Vec<String> = idents.iter().map(plain).collect();
    let explained = |apply: &dyn Fn(&str) -> String| {
        let both = names.iter().zip(&plain);
        both.filter(|(name, ident)| apply(ident) == **name).count()
    };
    let mut best: (usize, Option<Case>) = (explained(&str::to_owned), None);
    for case in CASES {
        let explained = explained(&case.1);
        if explained > best.0 {
            best = (explained, Some(case));
        }
    }
    let case = best.1;
    let renames = names.iter().zip(&plain).map(|(name, ident)| {
        let shown = case.map_or_else(|| ident.clone(), |(_, apply)| apply(ident));
        (shown != **name).then(|| (*name).to_owned())
    });
    Named {
        renames: renames.collect(),
        rename_all: case.map(|(word, _)| word),
        idents,
    }
}

/// Rust can write it as an identifier, perhaps a raw one.
fn is_ident(name: &str) -> bool {
    let plain = syn::parse_str::<Ident>(name).is_ok();
    plain || name == "_" || syn::parse_str::<Ident>(&format!("r#{name}")).is_ok()
}

fn ident(name: &str) -> Ident {
    if syn::parse_str::<Ident>(name).is_ok() {
        return Ident::new(name, Span::call_site());
    }
    Ident::new_raw(name, Span::call_site())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(named: &Named) -> Vec<String> {
        named.idents.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn one_case_explains_names_that_have_it() {
        let it = variants(["PING", "AUTH_OK", "ipv4"]);
        assert_eq!(texts(&it), ["Ping", "AuthOk", "Ipv4"]);
        assert_eq!(it.rename_all, Some("SCREAMING_SNAKE_CASE"));
        assert_eq!(it.renames, [None, None, Some("ipv4".to_owned())]);
        let it = fields(["gameId", "blind"]);
        assert_eq!(texts(&it), ["game_id", "blind"]);
        assert_eq!(it.rename_all, Some("camelCase"));
        let it = fields(["game_id", "blind"]);
        assert_eq!((it.rename_all, it.renames), (None, vec![None, None]));
    }

    #[test]
    fn names_are_made_such_as_rust_can_write() {
        let it = fields(["type", "self", "1st", "", "a b", "a-b", "u8", "Straße"]);
        let expected = [
            "r#type", "self_", "field1st", "field", "a_b", "a_b_2", "u8_", "straße",
        ];
        assert_eq!(texts(&it), expected);
        let types = types(["Vec", "one", "One", "x-y", "Self"]);
        let types: Vec<String> = types.iter().map(ToString::to_string).collect();
        assert_eq!(types, ["Vec2", "One", "One2", "XY", "Self_"]);
    }
}
