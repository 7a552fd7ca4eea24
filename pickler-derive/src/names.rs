//! Names in other cases.

use heck::{
    ToKebabCase, ToLowerCamelCase, ToPascalCase, ToShoutyKebabCase, ToShoutySnakeCase, ToSnakeCase,
};
use proc_macro2::Ident;
use quote::ToTokens;
use syn::Type;
use syn::ext::IdentExt;

/// What `rename_all` makes of names.
#[derive(Clone, Copy)]
pub enum Case {
    Snake,
    ShoutySnake,
    Camel,
    Pascal,
    Kebab,
    ShoutyKebab,
    Lower,
    Upper,
}

impl Case {
    pub const WORDS: &[(&str, Self)] = &[
        ("snake_case", Self::Snake),
        ("SCREAMING_SNAKE_CASE", Self::ShoutySnake),
        ("camelCase", Self::Camel),
        ("PascalCase", Self::Pascal),
        ("kebab_case", Self::Kebab),
        ("SCREAMING_KEBAB_CASE", Self::ShoutyKebab),
        ("lowercase", Self::Lower),
        ("UPPERCASE", Self::Upper),
    ];

    fn apply(self, name: &str) -> String {
        match self {
            Self::Snake => name.to_snake_case(),
            Self::ShoutySnake => name.to_shouty_snake_case(),
            Self::Camel => name.to_lower_camel_case(),
            Self::Pascal => name.to_pascal_case(),
            Self::Kebab => name.to_kebab_case(),
            Self::ShoutyKebab => name.to_shouty_kebab_case(),
            Self::Lower => name.to_lowercase(),
            Self::Upper => name.to_uppercase(),
        }
    }
}

/// The name that goes into descriptions and errors.
pub fn shown_name(ident: &Ident, rename: Option<String>, case: Option<Case>) -> String {
    let name = ident.unraw().to_string();
    match (rename, case) {
        (Some(rename), _) => rename,
        (None, Some(case)) => case.apply(&name),
        (None, None) => name,
    }
}

/// A type as it is usually written: `Option<u8>`, not `Option < u8 >`.
pub fn type_text(ty: &Type) -> String {
    let text = ty.to_token_stream().to_string();
    let without = |text: String, space: &str| text.replace(space, space.trim());
    [" <", "< ", " >", ":: ", " ::", " ,", "& ", " ;", "( ", " )"]
        .into_iter()
        .fold(text, without)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_written_as_usual() {
        for text in ["Option<u8>", "&'a [u8; 4]", "std::vec::Vec<(u8, Box<T>)>"] {
            let ty: Type = syn::parse_str(text).unwrap();
            assert_eq!(type_text(&ty), text);
        }
    }
}
