//! Declarations whose parts come from the variables of a macro.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::{Lit, Token, Type};

/// The same tokens without the invisible groups that a macro's variables leave
/// around names, types and literals: what is parsed need not look for them.
/// Around other expressions they stay, since they are as good as parentheses.
pub fn ungroup(tokens: TokenStream) -> TokenStream {
    tokens
        .into_iter()
        .flat_map(|token| match token {
            TokenTree::Group(group) => {
                let inner = ungroup(group.stream());
                if group.delimiter() == Delimiter::None && stands_alone(&inner) {
                    return inner;
                }
                let mut same = Group::new(group.delimiter(), inner);
                same.set_span(group.span());
                TokenTree::from(same).into()
            }
            token => token.into(),
        })
        .collect()
}

/// Nothing around it can take it apart.
fn stands_alone(tokens: &TokenStream) -> bool {
    if tokens.clone().into_iter().count() == 1 {
        return true;
    }
    let negative = |input: syn::parse::ParseStream<'_>| {
        input.parse::<Token![-]>()?;
        input.parse::<Lit>()
    };
    if syn::parse::Parser::parse2(negative, tokens.clone()).is_ok() {
        return true;
    }
    match syn::parse2::<Type>(tokens.clone()) {
        Ok(Type::TraitObject(_) | Type::ImplTrait(_)) | Err(_) => false,
        Ok(_) => true,
    }
}
