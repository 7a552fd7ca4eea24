//! `#[pickle(key, key = value, key(...))]`, whatever the keys.

use proc_macro2::{Ident, Span, TokenStream};
use syn::ext::IdentExt;
use syn::parse::discouraged::Speculative;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Expr, ExprLit, Lit, Meta, Pat, Token, token};

use super::synonyms::instead_of;
use crate::errors::{Errors, did_you_mean};
use crate::mistakes;

/// What an attribute stands on.
#[derive(Clone, Copy, PartialEq)]
pub enum Place {
    Struct,
    Enum,
    Variant,
    Field,
    /// Within `keyed(...)`.
    Keyed,
    Item,
}

const PLACES: [Place; 5] = [
    Place::Struct,
    Place::Enum,
    Place::Variant,
    Place::Field,
    Place::Keyed,
];

impl Place {
    fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Struct => &[
                "align",
                "align_from",
                "arbitrary",
                "assert",
                "bit_order",
                "bound",
                "context",
                "crate",
                "default",
                "endian",
                "inline",
                "keyed",
                "magic",
                "pad_to",
                "padding",
                "proptest",
                "protobuf",
                "rename",
                "rename_all",
                "row",
                "unknown",
                "view",
                "whole",
            ],
            Self::Enum => &[
                "arbitrary",
                "bit_order",
                "bits",
                "bound",
                "choice",
                "context",
                "crate",
                "default",
                "endian",
                "from",
                "inline",
                "length",
                "length_counts",
                "length_first",
                "magic",
                "proptest",
                "protobuf",
                "rename",
                "rename_all",
                "tag",
                "tag_key",
                "union",
                "whole",
            ],
            Self::Variant => &[
                "assert",
                "direction",
                "if",
                "key",
                "magic",
                "other",
                "rename",
                "rename_all",
                "row",
                "since",
                "tag",
                "until",
            ],
            Self::Field | Self::Item => &[
                "align",
                "align_from",
                "assert",
                "at",
                "at_from",
                "bcd",
                "bit_order",
                "bitflags",
                "bits",
                "bytes",
                "compression",
                "constant",
                "count",
                "default",
                "deku",
                "derived",
                "encoding",
                "endian",
                "fixed",
                "flag",
                "flags",
                "given",
                "half",
                "if",
                "item",
                "json",
                "key",
                "last",
                "leftover",
                "lenient",
                "none",
                "one_of",
                "packed",
                "pad",
                "pad_after",
                "pad_before",
                "pad_bits_after",
                "pad_bits_before",
                "pad_to",
                "padding",
                "range",
                "rename",
                "repeated",
                "rest",
                "rotate_left",
                "rotate_right",
                "scale",
                "shared",
                "shown",
                "since",
                "size",
                "size_counts",
                "skip_if_default",
                "tag",
                "terminator",
                "terminator_is",
                "unit",
                "unknown",
                "until",
                "varint",
                "with",
                "xor",
                "zigzag",
            ],
            Self::Keyed => &[
                "count",
                "key",
                "order",
                "pad",
                "size",
                "size_counts",
                "terminator",
            ],
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Struct => "a struct",
            Self::Enum => "an enum",
            Self::Variant => "a variant",
            Self::Field => "a field",
            Self::Keyed => "`keyed(...)`",
            Self::Item => "an item",
        }
    }
}

/// One `key`, `key = value` or `key(...)`.
struct Entry {
    key: Ident,
    value: Value,
}

enum Value {
    None,
    Expr(Expr),
    /// The tags of a variant, which ranges and `|` may be in.
    Pattern(Pat),
    List(TokenStream),
}

/// The attributes of one item, to be taken key by key.
pub struct Attributes {
    entries: Vec<Entry>,
}

impl Attributes {
    /// Reads all `#[pickle(...)]`; unknown and doubled keys are reported.
    pub fn new(attributes: &[Attribute], place: Place, errors: &mut Errors) -> Self {
        let mut entries: Vec<Entry> = Vec::new();
        for attribute in attributes {
            if !attribute.path().is_ident("pickle") {
                continue;
            }
            let Meta::List(list) = &attribute.meta else {
                errors.add(syn::Error::new_spanned(
                    attribute,
                    mistakes::MALFORMED
                        .says("write `#[pickle(...)]` with attributes in the parentheses"),
                ));
                continue;
            };
            let parser = |input: ParseStream<'_>| {
                read_entries(input, &mut entries, place, errors);
                Ok(())
            };
            let parsed = parser.parse2(list.tokens.clone());
            errors.keep(parsed);
        }
        Self { entries }
    }

    /// Reads what stands in the parentheses of an attribute.
    pub fn of_list(tokens: TokenStream, place: Place, errors: &mut Errors) -> Self {
        let mut entries = Vec::new();
        let parser = |input: ParseStream<'_>| {
            read_entries(input, &mut entries, place, errors);
            Ok(())
        };
        let parsed = parser.parse2(tokens);
        errors.keep(parsed);
        Self { entries }
    }

    /// There is only one.
    pub fn has_one(&self) -> bool {
        self.entries.len() == 1
    }

    fn take(&mut self, key: &str) -> Option<Entry> {
        let index = self.entries.iter().position(|entry| entry.key == key)?;
        Some(self.entries.swap_remove(index))
    }

    /// A key without a value.
    pub fn flag(&mut self, key: &str, errors: &mut Errors) -> Option<Span> {
        let entry = self.take(key)?;
        if !matches!(entry.value, Value::None) {
            errors.push(
                entry.key.span(),
                mistakes::MALFORMED.says(format!("`{key}` takes no value")),
            );
        }
        Some(entry.key.span())
    }

    /// The expression that a key has for its value, which is not taken.
    pub fn peek_expr(&self, key: &str) -> Option<&Expr> {
        let entry = self.entries.iter().find(|entry| entry.key == key)?;
        match &entry.value {
            Value::Expr(expr) => Some(expr),
            _ => None,
        }
    }

    /// A key with an expression for its value.
    pub fn expr(&mut self, key: &str, errors: &mut Errors) -> Option<(Span, Expr)> {
        let entry = self.take(key)?;
        let span = entry.key.span();
        if let Value::Expr(expr) = entry.value {
            Some((span, expr))
        } else {
            let value = match &entry.value {
                Value::List(tokens) if !tokens.is_empty() => tokens.to_string(),
                _ => "...".to_owned(),
            };
            errors.push(
                span,
                mistakes::MALFORMED.says(format!("`{key}` takes a value: `{key} = {value}`")),
            );
            None
        }
    }

    /// A key with a pattern for its value.
    pub fn pattern(&mut self, key: &str) -> Option<(Span, Pat)> {
        let index = self
            .entries
            .iter()
            .position(|entry| entry.key == key && matches!(entry.value, Value::Pattern(_)))?;
        let entry = self.entries.swap_remove(index);
        match entry.value {
            Value::Pattern(pattern) => Some((entry.key.span(), pattern)),
            _ => None,
        }
    }

    /// A key with an expression that is not text.
    pub fn real_expr(&mut self, key: &str, errors: &mut Errors) -> Option<(Span, Expr)> {
        let (span, expr) = self.expr(key, errors)?;
        if let Expr::Lit(ExprLit {
            lit: Lit::Str(text),
            ..
        }) = &expr
        {
            let message = if key == "magic" {
                format!("bytes are written `{key} = b{:?}`", text.value())
            } else {
                let text = text.value();
                format!("expressions are written without quotes: `{key} = {text}`")
            };
            errors.push(text.span(), mistakes::QUOTED.says(message));
            return None;
        }
        Some((span, expr))
    }

    /// A key that may have an expression for its value.
    pub fn maybe_expr(&mut self, key: &str, errors: &mut Errors) -> Option<(Span, Option<Expr>)> {
        let entry = self.take(key)?;
        let span = entry.key.span();
        match entry.value {
            Value::None => Some((span, None)),
            Value::Expr(expr) => Some((span, Some(expr))),
            Value::List(_) | Value::Pattern(_) => {
                errors.push(
                    span,
                    mistakes::MALFORMED.says(format!("write `{key}` or `{key} = ...`")),
                );
                None
            }
        }
    }

    /// A key with a list in parentheses.
    pub fn list(&mut self, key: &str, errors: &mut Errors) -> Option<(Span, TokenStream)> {
        let entry = self.take(key)?;
        let span = entry.key.span();
        if let Value::List(tokens) = entry.value {
            Some((span, tokens))
        } else {
            errors.push(
                span,
                mistakes::MALFORMED.says(format!("`{key}` takes a list: `{key}(...)`")),
            );
            None
        }
    }

    /// A key whose value is one of a few words.
    pub fn word<T: Copy>(
        &mut self,
        key: &str,
        words: &[(&str, T)],
        errors: &mut Errors,
    ) -> Option<(Span, T)> {
        let (span, expr) = self.real_expr(key, errors)?;
        let found = match &expr {
            Expr::Path(path) => path.path.get_ident().map(ToString::to_string),
            _ => None,
        };
        let known = words
            .iter()
            .find(|(word, _)| Some(*word) == found.as_deref());
        if let Some((_, value)) = known {
            return Some((span, *value));
        }
        let choices: Vec<String> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
        errors.add(syn::Error::new_spanned(
            &expr,
            mistakes::MALFORMED.says(format!("`{key}` is one of {}", choices.join(", "))),
        ));
        None
    }

    /// A key whose value is text.
    pub fn text(&mut self, key: &str, errors: &mut Errors) -> Option<String> {
        let (_, expr) = self.expr(key, errors)?;
        if let Expr::Lit(ExprLit {
            lit: Lit::Str(text),
            ..
        }) = &expr
        {
            return Some(text.value());
        }
        errors.add(syn::Error::new_spanned(
            &expr,
            mistakes::MALFORMED.says(format!("`{key}` takes text: `{key} = \"...\"`")),
        ));
        None
    }
}

fn read_entries(
    input: ParseStream<'_>,
    entries: &mut Vec<Entry>,
    place: Place,
    errors: &mut Errors,
) {
    while !input.is_empty() {
        match read_entry(input, place) {
            Ok(entry) => add_entry(entries, entry, place, errors),
            Err(error) => {
                errors.add(error);
                skip_entry(input);
            }
        }
        if input.is_empty() {
            break;
        }
        if let Err(error) = input.parse::<Token![,]>() {
            errors.add(error);
            skip_entry(input);
            let _ = input.parse::<Token![,]>();
        }
    }
}

fn read_entry(input: ParseStream<'_>, place: Place) -> syn::Result<Entry> {
    let key = input.call(Ident::parse_any)?;
    let value = if input.peek(Token![=]) {
        input.parse::<Token![=]>()?;
        match tag_pattern(input, &key, place) {
            Some(pattern) => Value::Pattern(pattern),
            None => Value::Expr(input.parse()?),
        }
    } else if input.peek(token::Paren) {
        let content;
        syn::parenthesized!(content in input);
        Value::List(content.parse()?)
    } else {
        Value::None
    };
    Ok(Entry { key, value })
}

/// What a variant's `tag` is, if it is a pattern alone.
fn tag_pattern(input: ParseStream<'_>, key: &Ident, place: Place) -> Option<Pat> {
    if place != Place::Variant || key != "tag" {
        return None;
    }
    let ahead = input.fork();
    let pattern = Pat::parse_multi(&ahead).ok()?;
    if !ahead.is_empty() && !ahead.peek(Token![,]) {
        return None;
    }
    input.advance_to(&ahead);
    Some(pattern)
}

fn add_entry(entries: &mut Vec<Entry>, entry: Entry, place: Place, errors: &mut Errors) {
    let key = entry.key.to_string();
    let span = entry.key.span();
    if !place.keys().contains(&key.as_str()) {
        let elsewhere = PLACES
            .iter()
            .find(|other| other.keys().contains(&key.as_str()));
        let hint = match (instead_of(&key, place), elsewhere) {
            (Some(instead), _) => format!("; write {instead}"),
            (None, Some(_)) => String::new(),
            (None, None) => did_you_mean(&key, place.keys().iter().copied()),
        };
        let message = match elsewhere {
            Some(other) => {
                let (right, wrong) = (other.name(), place.name());
                format!("`{key}` is for {right}, not for {wrong}{hint}")
            }
            None => format!("there is no attribute `{key}` for {}{hint}", place.name()),
        };
        errors.push(span, mistakes::UNKNOWN_ATTRIBUTE.says(message));
    } else if entries.iter().any(|known| known.key == key) {
        errors.push(
            span,
            mistakes::GIVEN_TWICE.says(format!("`{key}` is given twice")),
        );
    } else {
        entries.push(entry);
    }
}

/// Goes on behind a mistake: to the next comma.
fn skip_entry(input: ParseStream<'_>) {
    while !input.is_empty() && !input.peek(Token![,]) {
        if input.parse::<proc_macro2::TokenTree>().is_err() {
            return;
        }
    }
}
