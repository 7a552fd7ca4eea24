//! What tells variants apart, and which tags each has.

use proc_macro2::{Ident, Span};
use syn::{DeriveInput, Path};

use super::expression::{Expression, Known, Place, Purpose, Scope};
use super::field::all_known;
use super::pickler::primitive_bits;
use crate::errors::Errors;
use crate::mistakes;
use crate::parsing::{Container, Portable, TagBy, TagPattern, TagPatterns, Varint, VarintForm};

/// The tag of an enum.
pub struct Tag {
    /// The integer that it is; of bytes, `u128`.
    pub ty: Ident,
    pub form: TagForm,
}

/// Where a tag comes from, and what it looks like there.
pub enum TagForm {
    /// As the integer is.
    Integer,
    /// So many bits of it.
    Bits(u32),
    Varint(VarintForm),
    /// So many bytes, the first of which are the highest.
    Bytes(u32),
    /// In the protobuf field of that number.
    ProtobufField(u64),
    /// It is not on the wire: the value of an expression, or so many bits of it.
    Given(Expression, Option<u32>),
    /// There is none: it is the variant's place among those that are tried.
    Choice,
}

/// Tags of a variant.
#[derive(Clone, PartialEq)]
pub enum TagRange {
    /// From one to another, both included.
    Known(i128, i128),
    /// A constant, whose value the compiler knows.
    Constant(Path),
}

impl TagRange {
    /// From one to another, where that is known here.
    pub fn known(&self) -> Option<(i128, i128)> {
        match self {
            Self::Known(first, last) => Some((*first, *last)),
            Self::Constant(_) => None,
        }
    }

    /// There is only one.
    pub fn is_one(&self) -> bool {
        self.known().is_none_or(|(first, last)| first == last)
    }
}

/// The bits of an integer type, from its name.
pub fn type_bits(ty: &Ident) -> u32 {
    // Only integer types get here, see `is_integer_type`.
    ty.to_string()[1..].parse().unwrap_or(8)
}

impl Tag {
    fn new(ty: &str, form: TagForm) -> Self {
        Self {
            ty: Ident::new(ty, Span::mixed_site()),
            form,
        }
    }

    /// The bits that its values have.
    pub fn width(&self) -> u32 {
        match self.form {
            TagForm::Bits(bits) | TagForm::Given(_, Some(bits)) => bits,
            TagForm::Bytes(count) => 8 * count,
            _ => type_bits(&self.ty),
        }
    }

    /// The bits that it takes on the wire, if these are always as many.
    pub fn bits_taken(&self) -> Option<u32> {
        match self.form {
            TagForm::Varint(_) | TagForm::ProtobufField(_) => None,
            TagForm::Given(..) | TagForm::Choice => Some(0),
            TagForm::Integer | TagForm::Bits(_) | TagForm::Bytes(_) => Some(self.width()),
        }
    }

    pub fn is_signed(&self) -> bool {
        self.ty.to_string().starts_with('i')
    }

    pub fn is_on_wire(&self) -> bool {
        !matches!(self.form, TagForm::Given(..) | TagForm::Choice)
    }

    pub fn is_choice(&self) -> bool {
        matches!(self.form, TagForm::Choice)
    }

    /// Expressions see it as a number.
    pub fn is_number(&self) -> bool {
        !self.is_bytes() && !self.is_choice()
    }

    pub fn is_bytes(&self) -> bool {
        matches!(self.form, TagForm::Bytes(_))
    }

    /// The bits of a tag's value.
    pub fn raw(&self, value: i128) -> u128 {
        value.cast_unsigned() & (u128::MAX >> (128 - self.width()))
    }

    fn fits(&self, value: i128) -> bool {
        (self.least()..=self.greatest()).contains(&value)
    }

    pub fn least(&self) -> i128 {
        if self.is_signed() {
            -1 << (self.width() - 1)
        } else {
            0
        }
    }

    /// The greatest, or `i128`'s.
    pub fn greatest(&self) -> i128 {
        let mask = u128::MAX >> (128 - self.width());
        if self.is_signed() {
            (mask >> 1).cast_signed()
        } else {
            i128::try_from(mask).unwrap_or(i128::MAX)
        }
    }

    /// The type of its values, in words.
    pub fn type_name(&self) -> String {
        match self.form {
            TagForm::Bytes(count) => format!("[u8; {count}]"),
            _ => self.ty.to_string(),
        }
    }

    /// The tags that patterns stand for, and that fit.
    pub fn ranges(&self, (span, patterns): &TagPatterns, errors: &mut Errors) -> Vec<TagRange> {
        let ranges = patterns.iter().filter_map(|pattern| {
            let range = match pattern {
                TagPattern::Constant(path) => return Some(TagRange::Constant(path.clone())),
                // Found out when those of all variants are known.
                TagPattern::Others => return None,
                TagPattern::Bytes(bytes) => {
                    let value = self.bytes(bytes, *span, errors)?;
                    return Some(TagRange::Known(value, value));
                }
                TagPattern::BytesBetween(first, last) => (
                    self.bytes(first, *span, errors)?,
                    self.bytes(last, *span, errors)?,
                ),
                _ if self.is_bytes() => {
                    let message = "a tag of bytes is written `tag = b\"IHDR\"`";
                    errors.push(*span, mistakes::MALFORMED.says(message));
                    return None;
                }
                TagPattern::Integer(value) => (*value, *value),
                TagPattern::Range(first, last) => (
                    first.unwrap_or(self.least()),
                    last.unwrap_or(self.greatest()),
                ),
            };
            let ends = [range.0, range.1].into_iter();
            let wrong = ends.filter(|_| !self.is_bytes()).find(|it| !self.fits(*it));
            if let Some(value) = wrong {
                let (ty, width) = (&self.ty, self.width());
                let message = format!("tag {value} does not fit the {width} bits of `{ty}`");
                errors.push(*span, mistakes::TAG_DOES_NOT_FIT.says(message));
            } else if range.0 > range.1 {
                errors.push(*span, mistakes::MALFORMED.says("the range is empty"));
                return None;
            }
            Some(TagRange::Known(range.0, range.1))
        });
        ranges.collect()
    }

    /// The tags that are in none of some ranges.
    pub fn others(&self, taken: impl IntoIterator<Item = (i128, i128)>) -> Vec<TagRange> {
        let mut taken: Vec<_> = taken.into_iter().collect();
        taken.sort_unstable();
        let (mut others, mut next) = (Vec::new(), Some(self.least()));
        for (first, last) in taken {
            let Some(least) = next else { break };
            if least < first {
                others.push(TagRange::Known(least, first - 1));
            }
            next = last.checked_add(1).map(|behind| behind.max(least));
        }
        if let Some(least) = next
            && least <= self.greatest()
        {
            others.push(TagRange::Known(least, self.greatest()));
        }
        others
    }

    fn bytes(&self, bytes: &[u8], span: Span, errors: &mut Errors) -> Option<i128> {
        let message = match self.form {
            TagForm::Bytes(count) if count as usize == bytes.len() => {
                let push = |bits: u128, byte: &u8| bits << 8 | u128::from(*byte);
                return Some(bytes.iter().fold(0, push).cast_signed());
            }
            TagForm::Bytes(count) => format!("this tag has {} bytes, not {count}", bytes.len()),
            _ => format!("the tag is a `{}`, not bytes", self.ty),
        };
        errors.push(span, mistakes::TAG_DOES_NOT_FIT.says(message));
        None
    }
}

/// What the tag of an enum is; `None` if that is not said.
pub fn of_container(
    input: &DeriveInput,
    container: &Container,
    errors: &mut Errors,
) -> Option<Tag> {
    if let (Some((span, _)), None) = (&container.tag_key, container.protobuf) {
        errors.push(
            *span,
            mistakes::OUT_OF_PLACE
                .says("`tag_key` is for protobuf messages: `protobuf, tag_key = 1`"),
        );
    }
    let key = container.tag_key.as_ref().map(|(_, key)| *key);
    let integer = |ty: &str| {
        let form = key.map_or(TagForm::Integer, TagForm::ProtobufField);
        Some(Tag::new(ty, form))
    };
    if let Some(span) = container.choice {
        let others = [
            ("tag", container.tag.as_ref().map(|(span, _)| *span)),
            ("bits", container.bits.map(|(span, _)| span)),
            ("length", container.length.as_ref().map(|(span, _)| *span)),
            ("protobuf", container.protobuf),
        ];
        for (key, at) in others {
            if at.is_some() {
                let message = format!("`choice` and `{key}` do not go together");
                errors.push(span, mistakes::NOT_TOGETHER.says(message));
            }
        }
        return Some(Tag::new("u64", TagForm::Choice));
    }
    let Some((span, tag)) = &container.tag else {
        return match container.bits {
            Some((_, bits)) => of_bits(bits),
            None if container.protobuf.is_some() => integer("i32"),
            None => {
                errors.push(
                    input.ident.span(),
                    mistakes::NO_TAG.says(
                        "an enum needs a tag that tells its variants apart: `#[pickle(tag = u8)]`",
                    ),
                );
                None
            }
        };
    };
    if !matches!(tag, TagBy::Integer(_)) {
        let others = [
            (
                "bits",
                container
                    .bits
                    .filter(|_| !matches!(tag, TagBy::Expression(_)))
                    .map(|(span, _)| span),
            ),
            ("protobuf", container.protobuf),
        ];
        for (key, at) in others {
            if let Some(at) = at {
                let message = format!("`{key}` is for a `tag` that is an integer type");
                errors.push(at, mistakes::NOT_TOGETHER.says(message));
            }
        }
    }
    match tag {
        TagBy::Integer(ty) => {
            let Some((at, bits)) = container.bits else {
                return integer(&ty.to_string());
            };
            if bits > type_bits(ty) {
                errors.push(
                    at,
                    mistakes::TOO_MANY_BITS.says(format!(
                        "`{ty}` has {} bits, fewer than {bits}",
                        type_bits(ty)
                    )),
                );
                return None;
            }
            Some(Tag::new(&ty.to_string(), TagForm::Bits(bits)))
        }
        TagBy::Bits(bits) => of_bits(*bits),
        TagBy::Varint(form, ty) => {
            let signed = matches!(form.encoding, Varint::Sleb128 | Varint::ZigZag);
            let widest = if signed { "i64" } else { "u64" };
            let ty = ty.as_ref().map_or(widest.to_owned(), ToString::to_string);
            Some(Tag::new(&ty, TagForm::Varint(*form)))
        }
        TagBy::Bytes(count) => Some(Tag::new("u128", TagForm::Bytes(*count))),
        TagBy::Expression(expr) => given(expr, *span, container, errors),
    }
}

/// A tag of so many bits, of the least type that holds it.
fn of_bits(bits: u32) -> Option<Tag> {
    Some(Tag::new(least_type(bits)?, TagForm::Bits(bits)))
}

/// The least type that holds so many bits.
pub fn least_type(bits: u32) -> Option<&'static str> {
    let types = [
        (8, "u8"),
        (16, "u16"),
        (32, "u32"),
        (64, "u64"),
        (128, "u128"),
    ];
    let (_, ty) = types.into_iter().find(|(most, _)| bits <= *most)?;
    Some(ty)
}

/// A tag that follows from what the type is given.
fn given(expr: &Portable, span: Span, container: &Container, errors: &mut Errors) -> Option<Tag> {
    let parameters = &container.context[..];
    let mut names = Vec::new();
    let known = all_known(&[], parameters, errors);
    expr.walk(&mut |it| {
        if let Portable::Name(name) = it {
            names.push(name);
        }
    });
    let is_given = |name: &Ident| parameters.iter().any(|it| it.name == *name);
    if !names.iter().any(|name| is_given(name)) {
        errors.push(
            span,
            mistakes::MALFORMED.says(
                "`tag` is an integer type, such as `tag = u8`, or a varint, or bytes, \
                 `tag = [u8; 4]`, or follows from a parameter: `context(kind: u8), tag = kind`",
            ),
        );
        return None;
    }
    let expression = of_type(&known).resolve(expr, errors)?;
    if let Some((_, bits)) = container.bits {
        return Some(Tag::new(
            least_type(bits)?,
            TagForm::Given(expression, Some(bits)),
        ));
    }
    // A parameter itself is not computed, so that it keeps its type.
    let ty = match &expression {
        Expression::Name(Place::Parameter(index)) => integer_type(&parameters[*index].ty),
        _ => None,
    };
    let ty = ty.unwrap_or_else(|| "i128".to_owned());
    Some(Tag::new(&ty, TagForm::Given(expression, None)))
}

/// What an expression of a type sees: its parameters alone.
pub fn of_type(parameters: &[Known]) -> Scope<'_> {
    Scope {
        fields: parameters,
        of: 0,
        purpose: Purpose::Count,
        in_list: false,
    }
}

/// The name of an integer type whose values are all `i128`s.
fn integer_type(ty: &syn::Type) -> Option<String> {
    let syn::Type::Path(path) = ty else {
        return None;
    };
    let name = path.path.get_ident()?.to_string();
    let is_integer = primitive_bits(ty).is_some() && name != "bool" && name != "u128";
    is_integer.then_some(name)
}
