//! How much room things take in the input.

use pickler::schema::{Count, Fill, KeyFormat, Pairs, Presence, Reference, Shape, Size, TagSource};

/// What is known of each type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Room {
    /// It always takes some.
    pub least: bool,
    /// It may take some.
    pub most: bool,
    /// It always takes all that is left of the input or of the piece.
    pub rest: bool,
}

const SOME: Room = Room {
    least: true,
    most: true,
    rest: false,
};

/// A part that need not be there.
fn perhaps(room: Room) -> Room {
    Room {
        least: false,
        rest: false,
        ..room
    }
}

/// Things one after the other.
fn together(rooms: impl IntoIterator<Item = Room>) -> Room {
    rooms.into_iter().fold(Room::default(), |all, next| Room {
        least: all.least || next.least,
        most: all.most || next.most,
        rest: all.rest || next.rest,
    })
}

/// One of several things.
fn either(rooms: impl IntoIterator<Item = Room>) -> Room {
    let one = |all: Room, next: Room| Room {
        least: all.least && next.least,
        most: all.most || next.most,
        rest: all.rest && next.rest,
    };
    rooms.into_iter().reduce(one).unwrap_or_default()
}

/// What is known of a shape, where that is known of the types.
pub fn of(shape: &Shape, types: &[Room]) -> Room {
    let of = |shape: &Shape| of(shape, types);
    match shape {
        Shape::Integer { .. }
        | Shape::Varint(_)
        | Shape::Bool { .. }
        | Shape::Float { .. }
        | Shape::ProtobufField { .. } => SOME,
        Shape::Bytes { count } | Shape::Text { count } => of_count(count, SOME, types),
        Shape::List { item, count } => of_count(count, of(item), types),
        Shape::Tuple(items) => together(items.iter().map(of)),
        Shape::Choice { alternatives, .. } => either(alternatives.iter().map(of)),
        Shape::Record(record) => {
            let magic = record.magic.iter().map(of);
            together(magic.chain(record.fields.iter().map(|field| of(&field.shape))))
        }
        Shape::Keyed(keyed) => match keyed.format {
            KeyFormat::Pairs(Pairs {
                count, terminator, ..
            }) => Room {
                least: count.is_some() || terminator.is_some(),
                most: true,
                rest: count.is_none() && terminator.is_none(),
            },
            KeyFormat::Protobuf => Room {
                least: false,
                most: true,
                rest: true,
            },
        },
        Shape::Union(union) => {
            let tag = match union.source {
                TagSource::Wire => of(&union.tag),
                TagSource::Given(_) | TagSource::Choice => Room::default(),
            };
            let body = either(union.variants.iter().map(|variant| of(&variant.body)));
            let other = union.other.is_some();
            Room {
                least: tag.least || union.length.is_some() || (body.least && !other),
                most: tag.most || union.length.is_some() || body.most || other,
                rest: union.length.is_none()
                    && (body.rest || union.variants.is_empty())
                    && (other || body.rest),
            }
        }
        Shape::Enumeration(enumeration) => of(&enumeration.tag),
        Shape::Conditional { item, presence, .. } => match presence {
            Presence::Flag(flag) => together([of(flag), perhaps(of(item))]),
            Presence::If(_) | Presence::UnlessEnd => perhaps(of(item)),
        },
        Shape::Peeked { item, .. }
        | Shape::Unordered { list: item, .. }
        | Shape::Optional { item, .. }
        | Shape::Constant { item, .. }
        | Shape::Ordered { item, .. }
        | Shape::OrderedBy { item, .. }
        | Shape::Given { item, .. }
        | Shape::Shown { item, .. }
        | Shape::Mapped { item, .. }
        | Shape::Satisfying { item, .. }
        | Shape::Means { item, .. }
        | Shape::Json { item }
        | Shape::Boxed(item) => of(item),
        Shape::Padded { padding, .. } => Room {
            rest: false,
            ..if padding.size > 0 {
                SOME
            } else {
                Room::default()
            }
        },
        Shape::Sized { item, size, .. } => Room {
            rest: false,
            ..match size {
                Size::Prefix { prefix, .. } => of(prefix),
                Size::AtMost(_) => of(item),
                Size::Expr(_) | Size::AllBut(_) | Size::Until { .. } => perhaps(SOME),
            }
        },
        Shape::Filtered { .. } => Room {
            least: false,
            most: true,
            rest: true,
        },
        Shape::Behind { magic, item } => together([of(magic), of(item)]),
        Shape::Filled { item, fill, .. } => match fill {
            Fill::Before(_) | Fill::After(_) => together([SOME, of(item)]),
            Fill::To(_) => SOME,
            Fill::Align { .. } | Fill::AlignEnd { .. } => Room {
                most: true,
                ..of(item)
            },
        },
        Shape::Elsewhere { .. } => Room::default(),
        Shape::Shared { item, reference } => match reference {
            Reference::Offset { .. } => Room {
                most: true,
                ..of(item)
            },
            Reference::Number { prefix, .. } => together([of(prefix), perhaps(of(item))]),
        },
        Shape::Opaque(_) => perhaps(SOME),
        Shape::Named(reference) => types.get(reference.index()).copied().unwrap_or_default(),
    }
}

fn of_count(count: &Count, unit: Room, types: &[Room]) -> Room {
    match count {
        Count::Prefix(prefix) => together([of(prefix, types), perhaps(unit)]),
        Count::Fixed(0) => Room::default(),
        Count::Fixed(_) | Count::Last(_) => unit,
        Count::Expr(_) => perhaps(unit),
        Count::Until(_) => Room {
            least: false,
            most: true,
            rest: false,
        },
        Count::Rest => Room {
            least: false,
            most: unit.most,
            rest: true,
        },
    }
}
