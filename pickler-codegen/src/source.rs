//! Items as formatted source.
//!
//! `prettyplease` formats items, but takes the tokens in attributes as they
//! come: it does not know that they are expressions. So they are formatted alone,
//! and put back where names of the same width stood for them.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Expr, Field, Pat, Token, token};

/// The most characters in a line.
const WIDTH: usize = 100;

/// The most characters of a name that stands for words: longer ones would be put
/// on a line of their own.
const WIDEST: usize = 60;

/// Formatted source of an item; `None` if it is none.
pub fn formatted(item: TokenStream) -> Option<String> {
    let mut attributes = Vec::new();
    let with_names = taken_out(item, &mut attributes)?;
    let file = syn::parse2::<syn::File>(with_names).ok()?;
    let mut text = prettyplease::unparse(&file);
    for (name, words) in attributes {
        let name = format!("#[pickle({name})]");
        let at = text.find(&name)?;
        let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let indent = text[line..].len() - text[line..].trim_start().len();
        let width = text[line..]
            .lines()
            .next()
            .map_or(0, |line| line.chars().count());
        let one_line = format!("#[pickle({})]", words.join(", "));
        let width = (width + one_line.chars().count()).saturating_sub(name.chars().count());
        let fits = width <= WIDTH && !one_line.contains('\n');
        let written = if fits {
            one_line
        } else {
            let outer = " ".repeat(indent);
            let lines = words.iter().map(|word| {
                let word = word.replace('\n', &format!("\n{outer}    "));
                format!("{outer}    {word},\n")
            });
            let lines: String = lines.collect();
            format!("#[pickle(\n{lines}{outer})]")
        };
        text.replace_range(at..at + name.len(), &written);
    }
    Some(text)
}

/// The tokens, with names for what stands in `#[pickle(...)]`; and the formatted
/// words of each.
fn taken_out(
    tokens: TokenStream,
    attributes: &mut Vec<(Ident, Vec<String>)>,
) -> Option<TokenStream> {
    let mut out = TokenStream::new();
    for token in tokens {
        let TokenTree::Group(group) = token else {
            out.extend([token]);
            continue;
        };
        let stream = match words_of(&group) {
            Some(words) => {
                let words = formatted_words(words)?;
                let width = words.join(", ").chars().count();
                let name = format!(
                    "__{:_<width$}",
                    attributes.len(),
                    width = width.clamp(5, WIDEST) - 2
                );
                let name = Ident::new(&name, Span::call_site());
                attributes.push((name.clone(), words));
                quote!(pickle(#name))
            }
            None => taken_out(group.stream(), attributes)?,
        };
        out.extend([TokenTree::Group(Group::new(group.delimiter(), stream))]);
    }
    Some(out)
}

/// What stands in the parentheses of `[pickle(...)]`.
fn words_of(group: &Group) -> Option<TokenStream> {
    if group.delimiter() != Delimiter::Bracket {
        return None;
    }
    let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
    match &tokens[..] {
        [TokenTree::Ident(name), TokenTree::Group(words)] if name == "pickle" => {
            Some(words.stream())
        }
        _ => None,
    }
}

/// One attribute.
struct Word {
    key: Ident,
    is: Is,
}

enum Is {
    Alone,
    Value(Expr),
    /// Several values and ranges, which are a pattern: `1 | 3..=5 | 7..=9`.
    Pattern(Pat),
    List(TokenStream),
}

impl Parse for Word {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let key = input.call(Ident::parse_any)?;
        let is = if input.peek(Token![=]) {
            input.parse::<Token![=]>()?;
            let ahead = input.fork();
            let is_value =
                ahead.parse::<Expr>().is_ok() && (ahead.is_empty() || ahead.peek(Token![,]));
            if is_value {
                Is::Value(input.parse()?)
            } else {
                Is::Pattern(input.call(Pat::parse_multi)?)
            }
        } else if input.peek(token::Paren) {
            let list;
            syn::parenthesized!(list in input);
            Is::List(list.parse()?)
        } else {
            Is::Alone
        };
        Ok(Self { key, is })
    }
}

fn formatted_words(words: TokenStream) -> Option<Vec<String>> {
    let parser = Punctuated::<Word, Token![,]>::parse_terminated;
    let words = parser.parse2(words).ok()?;
    words.into_iter().map(formatted_word).collect()
}

fn formatted_word(word: Word) -> Option<String> {
    let key = word.key;
    Some(match word.is {
        Is::Alone => key.to_string(),
        Is::Value(value) => format!("{key} = {}", formatted_expression(&value)?),
        Is::Pattern(pattern) => {
            let cases = match pattern {
                Pat::Or(or) => or.cases.into_iter().collect(),
                one => vec![one],
            };
            let cases = cases.into_iter().map(|case| {
                let case = syn::parse2(case.into_token_stream()).ok()?;
                formatted_expression(&case)
            });
            format!("{key} = {}", cases.collect::<Option<Vec<_>>>()?.join(" | "))
        }
        Is::List(list) => {
            let list = match key.to_string().as_str() {
                "context" => {
                    let parser = Punctuated::<Field, Token![,]>::parse_terminated_with;
                    let parameters =
                        (|input: ParseStream<'_>| parser(input, Field::parse_named)).parse2(list);
                    let parameters = parameters.ok()?.into_iter().map(|it| {
                        let (name, ty) = (it.ident?, it.ty.to_token_stream());
                        Some(format!("{name}: {}", ty.to_string().replace(' ', "")))
                    });
                    parameters.collect::<Option<Vec<_>>>()?
                }
                "flags" | "shown" => {
                    let parser = Punctuated::<Expr, Token![,]>::parse_terminated;
                    let all = parser.parse2(list).ok()?;
                    all.iter()
                        .map(formatted_expression)
                        .collect::<Option<Vec<_>>>()?
                }
                _ => formatted_words(list)?,
            };
            format!("{key}({})", list.join(", "))
        }
    })
}

/// An expression as it stands in source.
fn formatted_expression(expression: &Expr) -> Option<String> {
    let item = quote!(const _: () = #expression;);
    let text = prettyplease::unparse(&syn::parse2(item).ok()?);
    let text = text.strip_prefix("const _: () =")?.trim();
    Some(text.strip_suffix(';')?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_formatted_as_what_they_are() {
        let item = quote! {
            #[pickle(context(version: u8), tag=u8)]
            pub struct Run(
                #[pickle(last = item == 1, item(with = picklers::of::<(u8,)>()))] pub Vec<(u8,)>,
            );
        };
        let expected = "\
#[pickle(context(version: u8), tag = u8)]
pub struct Run(
    #[pickle(last = item == 1, item(with = picklers::of::<(u8,)>()))]
    pub Vec<(u8,)>,
);
";
        assert_eq!(formatted(item).unwrap(), expected);
    }

    #[test]
    fn tags_may_be_several_ranges() {
        let item = quote! {
            pub enum Run {
                #[pickle(tag=1 | 3..=5 | 7..=9)]
                Numbers(#[pickle(tag)] u8),
                #[pickle(tag=b"A0"..=b"A9" | b"B0"..=b"B9", direction=both)]
                Bytes(#[pickle(tag)] [u8; 2]),
            }
        };
        let text = formatted(item).unwrap();
        assert!(
            text.contains("#[pickle(tag = 1 | 3..=5 | 7..=9)]"),
            "{text}"
        );
        let bytes = r#"#[pickle(tag = b"A0"..=b"A9" | b"B0"..=b"B9", direction = both)]"#;
        assert!(text.contains(bytes), "{text}");
    }

    #[test]
    fn long_attributes_have_a_line_for_each_word() {
        let item = quote! {
            #[pickle(
                tag = u8, length = u16, length_counts = message, length_first, from,
                rename_all = SCREAMING_SNAKE_CASE
            )]
            pub struct Run;
        };
        let text = formatted(item).unwrap();
        assert!(text.starts_with("#[pickle(\n    tag = u8,\n    length = u16,\n"));
        assert!(text.contains("    rename_all = SCREAMING_SNAKE_CASE,\n)]\npub struct Run;"));
    }
}
