//! `WIDTH` and `WHOLE`.

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::Type;

use super::pickler::Scope;
use super::run::Piece;
use super::{Context, keyed};
use crate::normalization::{Argument, Field, Fields, Layout, Pickler, mentions};

impl Pickler {
    fn constant(&self, name: &Ident, fields: &[Field], cx: Context<'_>) -> TokenStream {
        let Context { pickler, input, .. } = cx;
        let of = |ty: TokenStream| spanned!(cx, <#ty as #pickler::Pickler<#input>>::#name);
        match self {
            Self::Of(ty) => spanned!(cx, <#ty as #pickler::Pickle<#input>>::#name),
            Self::Bits(bits, ty) => of(spanned!(cx, #pickler::picklers::Bits<#bits, #ty>)),
            Self::Counted(prefix, ty) => {
                let prefix = prefix.tokens(cx);
                of(spanned!(cx, #pickler::picklers::Counted<#prefix, #ty>))
            }
            Self::Rest(ty) => of(spanned!(cx, #pickler::picklers::Rest<#ty>)),
            Self::Constant(_, inner) if inner.is_inferred() => {
                self.constant_of_closure(name, fields, cx)
            }
            // What takes all that is left has a check in its `WIDTH`, which is not
            // seen before code is made unless it is asked for here.
            Self::Call(_) if name == "WIDTH" => {
                let own = self.constant_of_closure(name, fields, cx);
                self.rests().into_iter().fold(own, |own, rest| {
                    let rest = rest.constant(name, fields, cx);
                    spanned!(cx, #pickler::generated::checked(#rest, #own))
                })
            }
            Self::Inferred | Self::InferredBits(_) | Self::With(_) | Self::Call(_) => {
                self.constant_of_closure(name, fields, cx)
            }
            Self::Ordered(_, inner)
            | Self::Sentinel(_, _, inner)
            | Self::Constant(_, inner)
            | Self::Shown(_, inner) => inner.constant(name, fields, cx),
        }
    }

    /// What takes all that is left, within it.
    fn rests(&self) -> Vec<&Self> {
        let arguments = self.arguments().into_iter();
        arguments
            .filter_map(|argument| match argument {
                Argument::Pickler(inner) => Some(&**inner),
                _ => None,
            })
            .filter(|inner| matches!(inner, Self::Rest(ty) if !matches!(ty, Type::Infer(_))))
            .collect()
    }

    /// Of a pickler whose type has no name.
    fn constant_of_closure(&self, name: &Ident, fields: &[Field], cx: Context<'_>) -> TokenStream {
        let Context { pickler, .. } = cx;
        let scope = Scope { fields, side: None };
        let expression = self.expression(scope, cx);
        let function = if name == "WHOLE" {
            spanned!(cx, whole_of)
        } else {
            spanned!(cx, width_of)
        };
        spanned!(cx, #pickler::generated::#function(&|| #expression))
    }

    pub fn width(&self, fields: &[Field], cx: Context<'_>) -> TokenStream {
        let Context { pickler, .. } = cx;
        match self {
            // The check of the bits against the type stands in its `WIDTH`.
            Self::Of(_) => match self.known_bits() {
                Some(bits) => {
                    let bits = u64::from(bits);
                    spanned!(cx, #pickler::Width::fixed(#bits))
                }
                None => self.constant(&name("WIDTH"), fields, cx),
            },
            _ => self.constant(&name("WIDTH"), fields, cx),
        }
    }

    pub fn whole(&self, fields: &[Field], cx: Context<'_>) -> TokenStream {
        match self.known_whole() {
            Some(whole) => whole.to_token_stream(),
            None => self.constant(&name("WHOLE"), fields, cx),
        }
    }
}

fn name(name: &str) -> Ident {
    Ident::new(name, proc_macro2::Span::mixed_site())
}

/// Whether code runs on an aligned cursor.
pub enum Aligned {
    Always,
    Never,
    /// If this constant is true.
    If(TokenStream),
}

impl Aligned {
    /// For a run of code that starts aligned.
    pub fn of(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut conditions = Vec::new();
        for part in parts {
            match part {
                Self::Always => {}
                Self::Never => return Self::Never,
                Self::If(condition) => conditions.push(condition),
            }
        }
        if conditions.is_empty() {
            Self::Always
        } else {
            Self::If(hygienic!(#(#conditions)&&*))
        }
    }
}

impl Fields {
    fn picklers<'a>(&'a self, cx: Context<'a>) -> impl Iterator<Item = (&'a Pickler, Context<'a>)> {
        let magic = self.magic().map(|magic| (magic, cx));
        let fields = self
            .fields
            .iter()
            .filter(|field| field.elsewhere.is_none())
            .map(move |field| (&field.pickler, cx.at(&field.ty)));
        magic.into_iter().chain(fields)
    }

    pub fn width(&self, cx: Context<'_>) -> TokenStream {
        let Context { pickler, .. } = cx;
        if let Layout::Keyed(it) = &self.layout {
            return keyed::width(it, cx);
        }
        let widths = self.picklers(cx).map(|(it, cx)| it.width(&self.fields, cx));
        hygienic!(#pickler::Width::ZERO #(.then(#widths))*)
    }

    /// All of them start and end on byte boundaries.
    pub fn aligned(&self, cx: Context<'_>) -> Aligned {
        match &self.layout {
            Layout::Keyed(it) if it.is_whole() => return Aligned::Always,
            Layout::Keyed(_) => return Aligned::Never,
            _ => {}
        }
        let of = |it: &Pickler, cx| match it.known_whole() {
            Some(true) => Aligned::Always,
            Some(false) => Aligned::Never,
            None => Aligned::If(it.whole(&self.fields, cx)),
        };
        Aligned::of(self.pieces().iter().map(|piece| match piece {
            Piece::Magic => self.magic().map_or(Aligned::Always, |it| of(it, cx)),
            Piece::Field(index) => {
                let field = &self.fields[*index];
                if field.elsewhere.is_some() {
                    return Aligned::Always;
                }
                of(&field.pickler, cx.at(&field.ty))
            }
            // Whole bytes, and what their end counts.
            Piece::Run(run) => match run.counted() {
                None => Aligned::Always,
                Some(index) => {
                    let field = &self.fields[index];
                    of(&field.pickler, cx.at(&field.ty))
                }
            },
        }))
    }

    /// The parts that `Width::whole` looks at: what the macro does not know to
    /// be whole. `itself` is left out, since its `WHOLE` would follow from
    /// itself.
    pub fn odd_parts(&self, itself: &Ident, cx: Context<'_>) -> Vec<TokenStream> {
        if let Layout::Keyed(it) = &self.layout {
            let width = self.width(cx);
            return if it.is_whole() {
                Vec::new()
            } else {
                vec![hygienic!((#width, false))]
            };
        }
        let itself_mentioned: Vec<bool> = self
            .magic()
            .map(|_| false)
            .into_iter()
            .chain(
                self.fields
                    .iter()
                    .filter(|field| field.elsewhere.is_none())
                    .map(|field| mentions(field.ty.to_token_stream(), itself)),
            )
            .collect();
        self.picklers(cx)
            .zip(itself_mentioned)
            .filter(|((it, _), mentioned)| it.known_whole() != Some(true) && !mentioned)
            .map(|((it, cx), _)| {
                let (width, whole) = (it.width(&self.fields, cx), it.whole(&self.fields, cx));
                hygienic!((#width, #whole))
            })
            .collect()
    }
}
