//! Where messages end.

use pickler::dynamic;
use pickler::framing::{Cut, Framing as _, FramingError, LengthField};
use pickler::schema::{Count, KeyFormat, Keyed, Pairs, Presence, Schema, Shape, Size, TypeRef};
use pickler::stream::Prefix;

use super::header;

/// So many bytes may be read to find the end of a message, however short it is.
const FREE_WORK: usize = 1 << 20;
/// So many times as much as is there may be read to find the end.
const MOST_WORK: usize = 256;

/// How messages say where they end.
#[derive(Clone, Debug)]
pub enum Framing {
    /// By a length at a fixed place.
    Length {
        /// Where it is.
        field: LengthField,
        /// So many bytes behind it are not counted.
        more: usize,
    },
    /// By what they hold.
    Format {
        /// What they look like.
        schema: Box<Schema>,
        /// The greatest message that is accepted, in bytes.
        max: usize,
    },
}

/// A stream in which the next message cannot be found.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum CutError {
    /// Its length cannot be.
    #[error(transparent)]
    Length(#[from] FramingError),
    /// It cannot be read.
    #[error(transparent)]
    Content(#[from] pickler::Error),
    /// It takes no room.
    #[error("a message of no bytes")]
    Empty,
    /// It was read anew with each of too many pieces.
    #[error(
        "a message of more than {0} bytes in so many pieces that reading it takes too long; \
         a length in front of it would tell where it ends"
    )]
    Pieces(usize),
}

impl Framing {
    /// That of the messages of a schema; `None` if they do not say where they end.
    pub(super) fn of_schema(schema: &Schema) -> Option<Self> {
        if let Some(field) = LengthField::of_schema(schema) {
            return Some(Self::Length { field, more: 0 });
        }
        if let Some((field, more)) = header::length(schema) {
            return Some(Self::Length { field, more });
        }
        let ends = !takes_the_rest(schema, schema.root(), &mut Vec::new());
        ends.then(|| Self::Format {
            schema: Box::new(schema.clone()),
            max: LengthField::DEFAULT_MAX,
        })
    }

    /// The same with another greatest message.
    #[must_use]
    pub(super) fn with_max(self, max: usize) -> Self {
        match self {
            Self::Length { field, more } => Self::Length {
                field: field.with_max(max.saturating_sub(more)),
                more,
            },
            Self::Format { schema, .. } => Self::Format { schema, max },
        }
    }

    /// The length at a fixed place, if there is one.
    pub fn length(&self) -> Option<LengthField> {
        match self {
            Self::Length { field, .. } => Some(*field),
            Self::Format { .. } => None,
        }
    }

    /// Where the first message ends, or how many bytes that takes to say.
    ///
    /// # Errors
    /// If no end can be found however much follows: the stream is lost.
    pub fn cut(&self, bytes: &[u8]) -> Result<Cut, CutError> {
        match self {
            Self::Length { field, more } => {
                let (Cut::Frame(counted) | Cut::Need(counted)) = field.cut(bytes)?;
                let size = counted.saturating_add(*more);
                Ok(if size <= bytes.len() {
                    Cut::Frame(size)
                } else {
                    Cut::Need(size)
                })
            }
            Self::Format { schema, max } => {
                let cut = match dynamic::decode_prefix(schema, bytes)? {
                    Prefix::Value { taken: 0, .. } => return Err(CutError::Empty),
                    Prefix::Value { taken, .. } => Cut::Frame(taken),
                    Prefix::Needs(missing) => Cut::Need(bytes.len().saturating_add(missing)),
                };
                let (Cut::Frame(size) | Cut::Need(size)) = cut;
                if size > *max {
                    let (size, max) = (size as u64, *max);
                    return Err(FramingError::TooLong { size, max }.into());
                }
                Ok(cut)
            }
        }
    }

    /// Whether so many bytes may be read, in all tries, of a message of which so
    /// many are there: the work stays linear in what is sent.
    pub(super) fn allows(&self, work: usize, there: usize) -> Result<(), CutError> {
        let most = FREE_WORK.saturating_add(there.saturating_mul(MOST_WORK));
        match self {
            Self::Format { .. } if work > most => Err(CutError::Pieces(there)),
            _ => Ok(()),
        }
    }
}

/// It goes on to the end of the input, so that in a stream it has no end.
fn takes_the_rest(schema: &Schema, shape: &Shape, within: &mut Vec<TypeRef>) -> bool {
    let mut rest = |shape: &Shape| takes_the_rest(schema, shape, within);
    match shape {
        Shape::Bytes { count } | Shape::Text { count } => *count == Count::Rest,
        Shape::List { item, count } => *count == Count::Rest || rest(item),
        Shape::Tuple(items)
        | Shape::Choice {
            alternatives: items,
            ..
        } => items.iter().any(rest),
        Shape::Record(record) => record.fields.iter().any(|field| rest(&field.shape)),
        Shape::Keyed(keyed) => !tells_its_end(keyed),
        Shape::Union(union) => {
            let mut bodies = union.variants.iter().map(|variant| &variant.body);
            union.length.is_none() && (union.other.is_some() || bodies.any(rest))
        }
        Shape::Conditional { presence, item, .. } => *presence == Presence::UnlessEnd || rest(item),
        Shape::Sized { size, item, .. } => match size {
            Size::Expr(_) | Size::Prefix { .. } | Size::Until { .. } => false,
            Size::AllBut(_) => true,
            Size::AtMost(_) => rest(item),
        },
        Shape::Filtered { .. } | Shape::Padded { .. } | Shape::ProtobufField { .. } => true,
        Shape::Unordered { list: item, .. }
        | Shape::Optional { item, .. }
        | Shape::Constant { item, .. }
        | Shape::Peeked { item, .. }
        | Shape::Ordered { item, .. }
        | Shape::OrderedBy { item, .. }
        | Shape::Given { item, .. }
        | Shape::Shown { item, .. }
        | Shape::Mapped { item, .. }
        | Shape::Satisfying { item, .. }
        | Shape::Means { item, .. }
        | Shape::Behind { item, .. }
        | Shape::Filled { item, .. }
        | Shape::Elsewhere { item, .. }
        | Shape::Shared { item, .. }
        | Shape::Json { item }
        | Shape::Boxed(item) => rest(item),
        Shape::Named(reference) => {
            if within.contains(reference) {
                return false;
            }
            within.push(*reference);
            takes_the_rest(schema, &schema.definition(*reference).shape, within)
        }
        Shape::Integer { .. }
        | Shape::Varint(_)
        | Shape::Bool { .. }
        | Shape::Float { .. }
        | Shape::Enumeration(_)
        | Shape::Opaque(_) => false,
    }
}

/// Pairs are counted, or there is a key behind the last.
fn tells_its_end(keyed: &Keyed) -> bool {
    match keyed.format {
        KeyFormat::Pairs(Pairs {
            count, terminator, ..
        }) => count.is_some() || terminator.is_some(),
        KeyFormat::Protobuf => false,
    }
}
