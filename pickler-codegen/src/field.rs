//! Fields: from a shape to the type and the attributes that are described so.
//!
//! The layers of a shape are taken off from the outside, in the order in which
//! the derive wraps them; what is left in the middle is said by the type, or by
//! attributes of it, or by a pickler.

use pickler::cursor::{BitOrder, ByteOrder};
use pickler::dynamic::Value;
use pickler::schema::{
    Count, Expr, Fill, Filter, Meaning, Operator, Origin, Padding, Presence, Reference, Shape,
    Size, Terminator, Until,
};
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use crate::attributes::Attributes;
use crate::combinators::{
    compression_word, delimiter_word, encoding_word, end_literal, end_of_bytes,
};
use crate::context::Context;
use crate::error::{Result, refused};
use crate::expression::Scope;
use crate::types::{flag_words, integer, is_native, least, prefix_word, varint_word};
use crate::{literal, names};

/// A type, and what is said of a field of it.
#[derive(Clone)]
pub struct Held {
    pub ty: TokenStream,
    pub attributes: Attributes,
}

impl Held {
    fn plain(ty: TokenStream) -> Self {
        Self {
            ty,
            attributes: Attributes::default(),
        }
    }
}

/// What is in the middle of a shape, and what is around it.
struct Peeled<'a> {
    middle: &'a Shape,
    /// Said in front of what the middle says.
    around: Attributes,
    /// Said behind it.
    behind: Attributes,
    /// The type is an `Option`.
    optional: bool,
    /// The default that it has where it is absent.
    absent: Option<(&'a Shape, &'a Value)>,
    /// It takes up a piece of its own, so that what is left is said.
    piece: Piece<'a>,
    /// It has padding that is of units.
    padded: bool,
}

/// What is known of the piece that something takes up.
#[derive(Clone, Copy, PartialEq)]
enum Piece<'a> {
    None,
    /// So many bytes.
    Of(&'a Expr),
    /// Of some other size.
    Any,
}

impl Context<'_> {
    /// The type and the attributes that are described as a shape; `fills`: it
    /// takes up a piece of its own anyhow.
    pub fn held(&self, shape: &Shape, scope: Scope<'_>, fills: bool) -> Result<Held> {
        let mut it = Peeled {
            middle: shape,
            around: Attributes::default(),
            behind: Attributes::default(),
            optional: false,
            absent: None,
            piece: if fills { Piece::Any } else { Piece::None },
            padded: false,
        };
        self.peel(&mut it, scope)?;
        let mut held = match self.middle(&it, scope) {
            Ok(held) => held,
            Err(why) => match self.made(it.middle) {
                Ok(made) => {
                    let mut attributes = Attributes::default();
                    attributes.value("with", made.pickler);
                    Held {
                        ty: made.ty,
                        attributes,
                    }
                }
                Err(_) => return Err(why),
            },
        };
        if conflicts(&held.attributes, &it) {
            let made = self.made(it.middle)?;
            held = Held::plain(made.ty);
            held.attributes.value("with", made.pickler);
        }
        if it.optional {
            let ty = held.ty;
            held.ty = quote!(Option<#ty>);
            // What is in it is the item, unless the field says how many there are.
            if held.attributes.has("item")
                && !held.attributes.has("count")
                && !it.around.has("size")
            {
                let mut item = Attributes::default();
                item.list("item", held.attributes.list_tokens());
                held.attributes = item;
            }
        }
        let mut attributes = it.around;
        attributes.extend(held.attributes);
        attributes.extend(it.behind);
        if let Some((item, absent)) = it.absent
            && !self.is_natural(item, absent)
        {
            let absent = self.value(item, absent)?;
            attributes.value("default", absent);
        }
        if let Some(both) = excluded(&attributes) {
            return refused(format!(
                "`{}` and `{}` are not said of one field",
                both.0, both.1
            ));
        }
        Ok(Held {
            ty: held.ty,
            attributes,
        })
    }

    /// Takes off the layers, as far as attributes say them.
    fn peel(&self, it: &mut Peeled<'_>, scope: Scope<'_>) -> Result<()> {
        if let Shape::Shown { item, pairs } = it.middle
            && let Some(pairs) = shown(pairs)
        {
            it.behind.list("shown", pairs);
            it.middle = item;
        }
        if let Shape::OrderedBy { item, little } = it.middle {
            let condition = self.expression(little, scope)?;
            it.behind
                .value("endian", quote!(if #condition { little } else { big }));
            it.middle = item;
        }
        peel_orders(it);
        self.peel_presence(it, scope)?;
        peel_padding(it)?;
        if let Shape::Shared { item, reference } = it.middle
            && let Some(reference) = shared_word(reference)
        {
            it.behind.value("shared", reference);
            it.middle = item;
        }
        self.peel_size(it, scope)?;
        if let Shape::Filtered { item, filter } = it.middle {
            self.filter(&mut it.behind, filter, scope)?;
            it.middle = item;
            if it.piece == Piece::None {
                it.piece = Piece::Any;
            }
        }
        if let Shape::Json { item } = it.middle {
            it.behind.word("json");
            it.middle = item;
        }
        self.peel_conditions(it, scope)
    }

    fn peel_presence(&self, it: &mut Peeled<'_>, scope: Scope<'_>) -> Result<()> {
        let Shape::Conditional {
            item,
            presence,
            absent,
        } = it.middle
        else {
            return Ok(());
        };
        let is_optional = *absent == Value::Null;
        match presence {
            Presence::Flag(flag) => {
                if !flag_words(&mut it.around, flag) {
                    return Ok(());
                }
            }
            Presence::If(condition) => self.condition(&mut it.around, condition, scope)?,
            Presence::UnlessEnd if is_optional => it.around.word("rest"),
            Presence::UnlessEnd => return Ok(()),
        }
        if is_optional {
            it.optional = true;
        } else {
            it.absent = Some((item, absent));
            if matches!(presence, Presence::Flag(_)) {
                it.around.word("skip_if_default");
            }
        }
        it.middle = item;
        Ok(())
    }

    /// `if = ...`, or what is short for it.
    fn condition(&self, to: &mut Attributes, condition: &Expr, scope: Scope<'_>) -> Result<()> {
        if let Some((since, until)) = versions(condition) {
            for (key, version) in [("since", since), ("until", until)] {
                if let Some(version) = version {
                    to.value(key, literal::integer(&Value::integer(version))?);
                }
            }
            return Ok(());
        }
        to.value("if", self.expression(condition, scope)?);
        Ok(())
    }

    fn peel_size(&self, it: &mut Peeled<'_>, scope: Scope<'_>) -> Result<()> {
        match it.middle {
            Shape::Padded { item, padding } => {
                let is_utf16 = |item: &Shape| {
                    matches!(item, Shape::Means { meaning: Meaning::Text(encoding), .. }
                        if *encoding == pickler::schema::TextEncoding::Utf16)
                };
                let (inner, leftover) = match &**item {
                    Shape::Sized {
                        item,
                        size: Size::AllBut(Expr::Integer(0)),
                        leftover: true,
                    } => (&**item, true),
                    item => (item, false),
                };
                let of_units = is_utf16(inner) && (padding.unit == 0 || padding.size % 2 == 0);
                if padding.unit_bytes != 1 + usize::from(of_units) {
                    return Ok(());
                }
                let size = Literal::u64_unsuffixed(padding.size);
                it.around.value("size", quote!(#size));
                let unit = if let Ok(byte @ 0x20..=0x7E) = u8::try_from(padding.unit) {
                    let byte = Literal::byte_character(byte);
                    quote!(#byte)
                } else {
                    let unit = Literal::u16_unsuffixed(padding.unit);
                    quote!(#unit)
                };
                it.around.value("pad", unit);
                if padding.ignored {
                    it.around.value("padding", quote!(ignored));
                }
                if leftover {
                    it.around.value("leftover", quote!(ignore));
                }
                it.middle = inner;
                (it.piece, it.padded) = (Piece::Any, true);
            }
            Shape::Sized {
                item,
                size,
                leftover,
            } => {
                if !self.size(it, size, scope)? {
                    return Ok(());
                }
                if *leftover {
                    it.around.value("leftover", quote!(ignore));
                }
                it.middle = item;
                it.piece = match size {
                    Size::Expr(size) => Piece::Of(size),
                    _ => Piece::Any,
                };
            }
            _ => {}
        }
        Ok(())
    }

    /// `size = ...`; whether it can be said.
    fn size(&self, it: &mut Peeled<'_>, size: &Size, scope: Scope<'_>) -> Result<bool> {
        match size {
            Size::Expr(size) => it.around.value("size", self.expression(size, scope)?),
            Size::AllBut(behind) => {
                let behind_it = self.expression(behind, scope)?;
                let is_simple = matches!(behind, Expr::Integer(0..) | Expr::Field(_));
                if is_simple {
                    it.around.value("size", quote!(remaining - #behind_it));
                } else {
                    it.around.value("size", quote!(remaining - (#behind_it)));
                }
            }
            Size::Prefix {
                prefix,
                counts_itself,
            } => {
                let Some(prefix) = prefix_word(prefix) else {
                    return Ok(false);
                };
                it.around.value("size", prefix);
                if *counts_itself {
                    it.around.value("size_counts", quote!(itself));
                }
            }
            Size::Until { end, ending } => {
                let (word, or_end) = delimiter_word(*ending);
                let (word, end) = (format_ident!("{word}"), end_literal(end));
                let end = if or_end { quote!(#end | end) } else { end };
                it.around.value("size", quote!(#word(#end)));
            }
            Size::AtMost(_) => return Ok(false),
        }
        Ok(true)
    }

    fn filter(&self, to: &mut Attributes, filter: &Filter, scope: Scope<'_>) -> Result<()> {
        match filter {
            Filter::Xor(key) => {
                let parts = key.iter().map(|part| self.expression(part, scope));
                let parts = parts.collect::<Result<Vec<_>>>()?;
                match &parts[..] {
                    [part] => to.value("xor", part),
                    parts => to.value("xor", quote!([#(#parts),*])),
                }
            }
            Filter::RotateLeft(by) => to.value("rotate_left", self.expression(by, scope)?),
            Filter::RotateRight(by) => to.value("rotate_right", self.expression(by, scope)?),
            Filter::Compressed(compression) => {
                to.value("compression", compression_word(*compression)?);
            }
            _ => return refused("this filter has no name in Rust"),
        }
        Ok(())
    }

    /// Conditions on a value that has no name: `assert = item < 3`.
    fn peel_conditions(&self, it: &mut Peeled<'_>, scope: Scope<'_>) -> Result<()> {
        let mut conditions = Vec::new();
        while let Shape::Satisfying { item, condition } = it.middle {
            conditions.insert(0, (condition, item));
            it.middle = item;
        }
        let mut last = 0;
        for (condition, item) in conditions {
            let scope = scope.of_item(item);
            let (place, key, value) = self.condition_words(condition, "item", last, scope)?;
            last = place + 1;
            it.behind.value(key, value);
        }
        Ok(())
    }

    /// A condition as `range`, `one_of` or `assert`, of which the derive reads
    /// one each, in this order; the first of them is `from`.
    pub fn condition_words(
        &self,
        condition: &Expr,
        subject: &str,
        from: usize,
        scope: Scope<'_>,
    ) -> Result<(usize, &'static str, TokenStream)> {
        if from == 0
            && let Some(range) = range_words(condition, subject)
        {
            return Ok((0, "range", range));
        }
        if from <= 1
            && let Some(list) = list_words(condition, subject)
        {
            return Ok((1, "one_of", list));
        }
        if from <= 2 {
            return Ok((2, "assert", self.expression(condition, scope)?));
        }
        refused("so many conditions are not said of one value")
    }

    /// What the type in the middle says, and attributes of it.
    fn middle(&self, it: &Peeled<'_>, scope: Scope<'_>) -> Result<Held> {
        let mut attributes = Attributes::default();
        let mut middle = it.middle;
        if let Shape::Constant { item, value } = middle {
            return constant(item, value);
        }
        let none = match middle {
            Shape::Optional { item, none } => {
                middle = item;
                Some(none)
            }
            _ => None,
        };
        let mut meanings = Attributes::default();
        if let Shape::Means {
            item,
            meaning: Meaning::Flags { named, keeps },
        } = middle
        {
            let named = named.iter().map(|(name, bits)| {
                let Some(name) = names::exact(name) else {
                    return refused(format!("the flag `{name}` has no name in Rust"));
                };
                Ok((name, *bits))
            });
            let named = named.collect::<Result<Vec<_>>>()?.into_iter();
            let named = named.map(|(name, bits)| {
                let bits = hexadecimal(bits);
                quote!(#name = #bits)
            });
            let rest = keeps.then(|| quote!(..));
            let named = named.chain(rest);
            meanings.list("flags", quote!(#(#named),*));
            middle = item;
        }
        if let Shape::Means {
            item,
            meaning: Meaning::Scaled { scale, unit },
        } = middle
        {
            let is_power = |scale: u64| {
                let digits = scale.checked_ilog10();
                digits.is_some_and(|digits| digits > 0 && 10_u64.pow(digits) == scale)
            };
            match scale {
                scale if is_power(*scale) => {
                    let scale = Literal::u64_unsuffixed(*scale);
                    meanings.value("scale", quote!(#scale));
                    if !unit.is_empty() {
                        meanings.value("unit", unit);
                    }
                }
                1 if !unit.is_empty() => meanings.value("unit", unit),
                _ => return refused("a scale in Rust is a power of ten"),
            }
            middle = item;
        }
        let inner = self.innermost(middle, it, scope)?;
        attributes.extend(inner.attributes);
        attributes.extend(meanings);
        let ty = match none {
            None => inner.ty,
            Some(none) => {
                if it.optional {
                    return refused("an `Option` has one reason to be absent in Rust");
                }
                attributes.value("none", literal::integer(none)?);
                let ty = inner.ty;
                quote!(Option<#ty>)
            }
        };
        Ok(Held { ty, attributes })
    }

    /// What is behind all layers.
    fn innermost(&self, shape: &Shape, around: &Peeled<'_>, scope: Scope<'_>) -> Result<Held> {
        if let Some(ty) = self.plain(shape) {
            return Ok(Held::plain(ty));
        }
        let mut attributes = Attributes::default();
        let ty = match shape {
            Shape::Integer { bits, signed } => {
                let ty = integer(least(*bits), *signed);
                let bits = Literal::u32_unsuffixed(*bits);
                attributes.value("bits", quote!(#bits));
                quote!(#ty)
            }
            Shape::Bool { bits: bits @ ..8 } => {
                let bits = Literal::u32_unsuffixed(*bits);
                attributes.value("bits", quote!(#bits));
                quote!(bool)
            }
            Shape::Float { bits: 16 } => {
                attributes.word("half");
                quote!(f32)
            }
            Shape::Varint(format) => {
                attributes.value("varint", varint_word(format.encoding));
                if format.lenient {
                    attributes.word("lenient");
                }
                let ty = integer(format.bits, format.signed);
                quote!(#ty)
            }
            Shape::Bytes {
                count: Count::Fixed(count),
            } => {
                attributes.word("bytes");
                let count = Literal::u64_unsuffixed(*count);
                quote!([u8; #count])
            }
            Shape::Bytes { count } => {
                self.count(&mut attributes, count, None, around, scope)?;
                self.of_crate(quote!(ByteString))
            }
            Shape::Text { count } => {
                self.count(&mut attributes, count, None, around, scope)?;
                quote!(String)
            }
            Shape::List { item, count } => return self.list_of(item, count, around, scope),
            Shape::Unordered { list, by_key } => {
                let Shape::List { count, .. } = &**list else {
                    return refused("what is in any order is a list");
                };
                self.count(&mut attributes, count, None, around, scope)?;
                self.collection(list, *by_key)?
            }
            Shape::Boxed(item) => {
                let item = self.held(item, scope, false)?;
                attributes.list("item", item.attributes.list_tokens());
                let ty = item.ty;
                quote!(Box<#ty>)
            }
            Shape::Given { item, arguments } => {
                let ty = self.given(&mut attributes, item, arguments, scope)?;
                quote!(#ty)
            }
            Shape::Means { item, meaning } => {
                return self.meant_by_attributes(item, meaning, around, scope);
            }
            _ => {
                let made = self.made(shape)?;
                attributes.value("with", made.pickler);
                made.ty
            }
        };
        Ok(Held { ty, attributes })
    }

    fn meant_by_attributes(
        &self,
        item: &Shape,
        meaning: &Meaning,
        around: &Peeled<'_>,
        scope: Scope<'_>,
    ) -> Result<Held> {
        let mut attributes = Attributes::default();
        let mut bits = |bits: u32| {
            if !is_native(bits) {
                let bits = Literal::u32_unsuffixed(bits);
                attributes.value("bits", quote!(#bits));
            }
        };
        let ty = match (meaning, item) {
            (
                Meaning::NonZero,
                Shape::Integer {
                    bits: width,
                    signed,
                },
            ) => {
                bits(*width);
                self.nonzero(*width, *signed)
            }
            (Meaning::ZigZag, Shape::Integer { bits: width, .. }) => {
                bits(*width);
                attributes.word("zigzag");
                let ty = integer(least(*width), true);
                quote!(#ty)
            }
            (Meaning::Digits { max }, Shape::Integer { bits: width, .. })
                if *max == 10_u128.pow(*width / 4).saturating_sub(1) =>
            {
                bits(*width);
                attributes.word("bcd");
                let ty = integer(least(*width), false);
                quote!(#ty)
            }
            (Meaning::Text(encoding), Shape::Bytes { count } | Shape::List { count, .. }) => {
                attributes.value("encoding", encoding_word(*encoding));
                self.count(&mut attributes, count, None, around, scope)?;
                quote!(String)
            }
            _ => return refused("no attribute says that this has another meaning"),
        };
        Ok(Held { ty, attributes })
    }

    fn list_of(
        &self,
        item: &Shape,
        count: &Count,
        around: &Peeled<'_>,
        scope: Scope<'_>,
    ) -> Result<Held> {
        let mut attributes = Attributes::default();
        let held = match self.plain(item) {
            Some(ty) => Held::plain(ty),
            None => self.held(item, scope, false)?,
        };
        let ty = held.ty;
        let ty = if let Count::Fixed(count) = count {
            let count = Literal::u64_unsuffixed(*count);
            quote!([#ty; #count])
        } else {
            self.count(&mut attributes, count, Some(item), around, scope)?;
            quote!(Vec<#ty>)
        };
        if !held.attributes.is_empty() {
            attributes.list("item", held.attributes.list_tokens());
        }
        Ok(Held { ty, attributes })
    }

    /// What says how many units a list, text or bytes have.
    fn count(
        &self,
        to: &mut Attributes,
        count: &Count,
        item: Option<&Shape>,
        around: &Peeled<'_>,
        scope: Scope<'_>,
    ) -> Result<()> {
        match count {
            Count::Prefix(prefix) => match prefix_word(prefix) {
                Some(prefix) => to.value("count", prefix),
                None => return refused("no attribute has such an integer in front"),
            },
            Count::Expr(count) => to.value("count", self.expression(count, scope)?),
            Count::Rest => {
                if around.piece == Piece::None {
                    if around.optional {
                        return refused("`rest` says of an `Option` that it may be absent");
                    }
                    to.word("rest");
                }
            }
            Count::Until(until) => self.terminator(to, until, item, around)?,
            Count::Last(last) => {
                let Some(item) = item else {
                    return refused("only items can be the last");
                };
                to.value("last", self.expression(last, scope.of_item(item))?);
            }
            Count::Fixed(_) => {
                return refused("no attribute says that there are always so many");
            }
        }
        Ok(())
    }

    fn terminator(
        &self,
        to: &mut Attributes,
        until: &Until,
        item: Option<&Shape>,
        around: &Peeled<'_>,
    ) -> Result<()> {
        // Whether there is room for it follows from the size of the piece.
        let room = match around.piece {
            Piece::Of(size) if until.ending.or_end && !around.padded => Some(size),
            _ => None,
        };
        if until.room.as_ref() != room {
            return refused("the room for what ends this is that of its piece");
        }
        let end = match item {
            Some(item) => self.value(item, &until.end)?,
            None => end_of_bytes(until)?,
        };
        let end = if until.ending.or_end {
            quote!(#end | end)
        } else {
            end
        };
        to.value("terminator", end);
        match until.ending.terminator {
            Terminator::Taken => {}
            Terminator::Kept => to.value("terminator_is", quote!(kept)),
            Terminator::Left => to.value("terminator_is", quote!(left)),
        }
        Ok(())
    }

    /// What a type is given.
    fn given(
        &self,
        to: &mut Attributes,
        item: &Shape,
        arguments: &[Expr],
        scope: Scope<'_>,
    ) -> Result<TokenStream> {
        let Shape::Named(reference) = item else {
            return refused("only types with a name are given something in Rust");
        };
        let parameters = &self.schema.definition(*reference).parameters;
        let arguments = parameters
            .iter()
            .zip(arguments)
            .map(|(parameter, argument)| {
                let Some(name) = names::exact(&parameter.name) else {
                    return refused(format!(
                        "`{}` cannot be a parameter's name in Rust",
                        parameter.name
                    ));
                };
                let argument = self.expression(argument, scope)?;
                Ok(if name == argument.to_string() {
                    quote!(#name)
                } else {
                    quote!(#name = #argument)
                })
            });
        let arguments = arguments.collect::<Result<Vec<_>>>()?;
        to.list("given", quote!(#(#arguments),*));
        let ty = self.type_of(*reference);
        Ok(quote!(#ty))
    }
}

fn peel_orders(it: &mut Peeled<'_>) {
    if let Shape::Ordered {
        item,
        bytes: None,
        bits: Some(bits),
    } = it.middle
    {
        it.behind.value("bit_order", bit_order_word(*bits));
        it.middle = item;
    }
    if let Shape::Ordered {
        item,
        bytes: Some(bytes),
        bits: None,
    } = it.middle
        && !it.behind.has("endian")
    {
        it.behind.value("endian", byte_order_word(*bytes));
        it.middle = item;
    }
}

fn peel_padding(it: &mut Peeled<'_>) -> Result<()> {
    let mut ignored = None;
    let order = |fill: Fill| match fill {
        Fill::Align { .. } => Some(0),
        Fill::Before(_) => Some(1),
        Fill::After(_) => Some(2),
        Fill::To(_) => Some(3),
        Fill::AlignEnd { .. } => None,
    };
    let mut least = 0;
    while let Shape::Filled {
        item,
        fill,
        padding,
    } = it.middle
    {
        let Some(place) = order(*fill).filter(|place| *place >= least) else {
            break;
        };
        if ignored.is_some_and(|ignored| ignored != *padding) {
            break;
        }
        (least, ignored) = (place + 1, Some(*padding));
        padding_words(&mut it.behind, *fill);
        it.middle = item;
    }
    if ignored == Some(Padding::Ignored) {
        if matches!(it.middle, Shape::Padded { .. }) {
            return refused("two kinds of padding are not said of one field");
        }
        it.behind.value("padding", quote!(ignored));
    }
    Ok(())
}

fn constant(item: &Shape, value: &Value) -> Result<Held> {
    let mut attributes = Attributes::default();
    match item {
        Shape::Integer { bits, signed } => {
            if !is_native(*bits) {
                let bits = Literal::u32_unsuffixed(*bits);
                attributes.value("bits", quote!(#bits));
            }
            let value = literal::typed_integer(value, least(*bits), *signed)?;
            attributes.value("constant", value);
        }
        Shape::Varint(format) if !format.lenient => {
            attributes.value("varint", varint_word(format.encoding));
            let value = literal::typed_integer(value, format.bits, format.signed)?;
            attributes.value("constant", value);
        }
        _ => match magic(item, value) {
            Some(bytes) => attributes.value("constant", bytes),
            None => return refused("this constant has no literal"),
        },
    }
    Ok(Held {
        ty: quote!(()),
        attributes,
    })
}

/// The literal of a constant that a declaration can say alone.
pub fn magic(item: &Shape, value: &Value) -> Option<TokenStream> {
    match (item, value) {
        (Shape::Integer { bits, signed }, value) if is_native(*bits) => {
            literal::typed_integer(value, *bits, *signed).ok()
        }
        (
            Shape::List {
                item,
                count: Count::Fixed(count),
            },
            Value::List(values),
        ) if **item
            == (Shape::Integer {
                bits: 8,
                signed: false,
            }) =>
        {
            let bytes = literal::as_bytes(values)?;
            (bytes.len() as u64 == *count).then(|| literal::bytes(&bytes))
        }
        _ => None,
    }
}

pub fn byte_order_word(order: ByteOrder) -> TokenStream {
    match order {
        ByteOrder::Big => quote!(big),
        ByteOrder::Little => quote!(little),
    }
}

pub fn bit_order_word(order: BitOrder) -> TokenStream {
    match order {
        BitOrder::Msb => quote!(msb),
        BitOrder::Lsb => quote!(lsb),
    }
}

/// `pad_before = 2` and its like.
pub fn padding_words(to: &mut Attributes, fill: Fill) {
    let number = |number: u64| {
        let number = Literal::u64_unsuffixed(number);
        quote!(#number)
    };
    match fill {
        Fill::Before(bits) if bits % 8 == 0 => to.value("pad_before", number(bits / 8)),
        Fill::Before(bits) => to.value("pad_bits_before", number(bits)),
        Fill::After(bits) if bits % 8 == 0 => to.value("pad_after", number(bits / 8)),
        Fill::After(bits) => to.value("pad_bits_after", number(bits)),
        Fill::To(bytes) => to.value("pad_to", number(bytes)),
        Fill::Align { bytes, from } | Fill::AlignEnd { bytes, from } => {
            to.value("align", number(bytes));
            if from == Origin::Record {
                to.value("align_from", quote!(record));
            }
        }
    }
}

/// `version >= 3 && version < 5`, as the first version and the first without it.
pub fn versions(condition: &Expr) -> Option<(Option<i128>, Option<i128>)> {
    let is_version = |it: &Expr| matches!(it, Expr::Field(name) if name == "version");
    match condition {
        Expr::Binary(left, Operator::GreaterOrEqual, right) if is_version(left) => match **right {
            Expr::Integer(since) => Some((Some(since), None)),
            _ => None,
        },
        Expr::Binary(left, Operator::Less, right) if is_version(left) => match **right {
            Expr::Integer(until) => Some((None, Some(until))),
            _ => None,
        },
        Expr::Binary(left, Operator::And, right) => {
            let (Some((since @ Some(_), None)), Some((None, until @ Some(_)))) =
                (versions(left), versions(right))
            else {
                return None;
            };
            (since < until).then_some((since, until))
        }
        _ => None,
    }
}

fn shared_word(reference: &Reference) -> Option<TokenStream> {
    match reference {
        Reference::Offset { bits, mark } if matches!(bits, 8 | 16 | 32 | 64) => {
            let in_first_byte = *mark != 0 && mark.trailing_zeros() >= bits - 8;
            let fits = *bits == 64 || mark >> bits == 0;
            let mark: TokenStream = format!("{mark:#X}_u{bits}").parse().ok()?;
            (in_first_byte && fits).then(|| quote!(offset(#mark)))
        }
        Reference::Offset { .. } => None,
        Reference::Number { prefix, table } => {
            let prefix = prefix_word(prefix)?;
            if table.is_empty() {
                return Some(quote!(index(#prefix)));
            }
            let table = names::exact(table)?;
            Some(quote!(index(#prefix, #table)))
        }
    }
}

/// The pairs of `shown(...)`, if all of them can be written so.
fn shown(pairs: &[(Value, Value)]) -> Option<TokenStream> {
    let one = |value: &Value| match value {
        Value::Null => Some(quote!(null)),
        Value::Bool(value) => Some(quote!(#value)),
        Value::Unsigned(it) if i128::try_from(*it).is_ok() => literal::integer(value).ok(),
        Value::Negative(_) => literal::integer(value).ok(),
        Value::Text(text) => Some(quote!(#text)),
        Value::Bytes(bytes) => Some(literal::bytes(bytes)),
        Value::Unsigned(_)
        | Value::Float(_)
        | Value::List(_)
        | Value::Record(_)
        | Value::Variant(_) => None,
    };
    let pairs = pairs.iter().map(|(actual, shown)| {
        let (actual, shown) = (one(actual)?, one(shown)?);
        Some(quote!(#actual = #shown))
    });
    let pairs = pairs.collect::<Option<Vec<_>>>()?;
    Some(quote!(#(#pairs),*))
}

/// `1..=10`, if a condition says that the subject is in there.
fn range_words(condition: &Expr, subject: &str) -> Option<TokenStream> {
    let is_subject = |it: &Expr| matches!(it, Expr::Field(name) if name == subject);
    let bound = |it: &Expr| match it {
        Expr::Integer(_) | Expr::Float(_) | Expr::Text(_) | Expr::Bytes(_) => {
            it.to_string().parse::<TokenStream>().ok()
        }
        _ => None,
    };
    match condition {
        Expr::Binary(left, operator, right) if is_subject(left) => {
            let right = bound(right)?;
            match operator {
                Operator::GreaterOrEqual => Some(quote!(#right..)),
                Operator::LessOrEqual => Some(quote!(..=#right)),
                Operator::Less => Some(quote!(..#right)),
                _ => None,
            }
        }
        Expr::Binary(first, Operator::And, last) => {
            let (
                Expr::Binary(one, Operator::GreaterOrEqual, least),
                Expr::Binary(other, operator, most),
            ) = (&**first, &**last)
            else {
                return None;
            };
            if !is_subject(one) || !is_subject(other) {
                return None;
            }
            let (least, most) = (bound(least)?, bound(most)?);
            match operator {
                Operator::LessOrEqual => Some(quote!(#least..=#most)),
                Operator::Less => Some(quote!(#least..#most)),
                _ => None,
            }
        }
        _ => None,
    }
}

/// `[1, 2, 3]`, if a condition says that the subject is one of them.
fn list_words(condition: &Expr, subject: &str) -> Option<TokenStream> {
    let Expr::Match {
        of,
        arms,
        otherwise,
    } = condition
    else {
        return None;
    };
    let ([arm], true) = (&arms[..], **otherwise == Expr::Bool(false)) else {
        return None;
    };
    let is_subject = matches!(&**of, Expr::Field(name) if name == subject);
    if !is_subject || arm.value != Expr::Bool(true) {
        return None;
    }
    let values = arm.patterns.iter().map(|pattern| match pattern {
        pickler::schema::Pattern::Value(
            value @ (Expr::Integer(_) | Expr::Text(_) | Expr::Bytes(_) | Expr::Float(_)),
        ) => value.to_string().parse::<TokenStream>().ok(),
        _ => None,
    });
    let values = values.collect::<Option<Vec<_>>>()?;
    Some(quote!([#(#values),*]))
}

fn hexadecimal(bits: u128) -> TokenStream {
    let digits = if bits > 0xFF { 4 } else { 2 };
    let text = format!("0x{bits:0digits$X}");
    text.parse().unwrap_or_default()
}

/// What does not go together on one field, as the derive sees it.
const EXCLUDED: &[(&str, &[&str])] = &[
    ("xor", &["derived"]),
    ("rotate_left", &["derived"]),
    ("rotate_right", &["derived"]),
    ("compression", &["derived"]),
    ("shared", &["derived", "constant", "none"]),
    (
        "at",
        &["derived", "flag", "if", "since", "until", "skip_if_default"],
    ),
    (
        "with",
        &[
            "bits", "count", "none", "derived", "varint", "zigzag", "bcd", "half", "encoding",
            "given",
        ],
    ),
    (
        "terminator",
        &["with", "bits", "varint", "count", "none", "constant"],
    ),
    (
        "last",
        &[
            "with",
            "bits",
            "varint",
            "count",
            "rest",
            "terminator",
            "none",
            "constant",
            "derived",
            "given",
            "encoding",
        ],
    ),
    ("zigzag", &["bcd", "half", "varint", "constant"]),
    ("bcd", &["half", "varint", "constant"]),
    ("half", &["varint", "bits", "none", "constant"]),
    ("encoding", &["bits", "varint", "none", "constant", "json"]),
    ("scale", &["flags", "constant"]),
    ("flags", &["constant"]),
    ("bits", &["varint", "count", "size", "json", "given"]),
    ("varint", &["count", "size", "json"]),
    ("count", &["none", "derived", "constant", "size", "given"]),
    ("none", &["derived", "constant", "json", "given"]),
    (
        "derived",
        &["constant", "size", "default", "shown", "json", "given"],
    ),
    ("constant", &["size", "default", "shown", "json", "given"]),
    (
        "flag",
        &["if", "since", "until", "rest", "derived", "constant"],
    ),
    ("if", &["rest", "derived", "skip_if_default"]),
    (
        "rest",
        &["count", "size", "derived", "constant", "skip_if_default"],
    ),
    ("item", &["with", "bits", "derived", "constant", "json"]),
];

/// Two attributes that do not go together, if there are.
pub fn excluded(attributes: &Attributes) -> Option<(&'static str, &'static str)> {
    let pairs = EXCLUDED
        .iter()
        .flat_map(|(one, others)| others.iter().map(|other| (*one, *other)));
    pairs
        .into_iter()
        .find(|(one, other)| attributes.has(one) && attributes.has(other))
}

/// What is said of the middle does not go together with what is around it.
fn conflicts(middle: &Attributes, it: &Peeled<'_>) -> bool {
    let mut all = middle.clone();
    all.extend(it.around.clone());
    all.extend(it.behind.clone());
    excluded(&all).is_some()
}
