//! What stands in the parentheses.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::parse::{Parse, ParseStream};
use syn::{Ident, LitStr, Path, Token};

/// `"file"`, `"file", codecs = crate::codecs`
pub struct Arguments {
    pub path: LitStr,
    /// The module in which what only code can say is.
    pub codecs: Option<TokenStream>,
}

impl Parse for Arguments {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let path = input.parse()?;
        let mut codecs = None;
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
        if !input.is_empty() {
            let key: Ident = input.parse()?;
            if key != "codecs" {
                let message = "behind the path stands `codecs = path`, or nothing";
                return Err(syn::Error::new(key.span(), message));
            }
            input.parse::<Token![=]>()?;
            codecs = Some(input.call(Path::parse_mod_style)?.into_token_stream());
            input.parse::<Option<Token![,]>>()?;
        }
        Ok(Self { path, codecs })
    }
}
