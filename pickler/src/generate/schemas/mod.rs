//! Schemas made from choices: formats that nobody would declare, but could.

mod condition;
mod keyed;
mod leaf;
mod nested;
mod record;
mod satisfying;
mod sized;
mod tried;
mod union;

use alloc::boxed::Box;
use alloc::vec::Vec;

use super::Choices;
use crate::cursor::{BitOrder, ByteOrder};
use crate::dynamic::Value;
use crate::schema::{Count, Describer, Expr, Operator, Reference, Schema, Shape, Size};

/// A schema of which values can be made, written and read.
///
/// It never asks for what the derive would refuse: a list to the end of the
/// input that is not at its end, a size that begins within a byte.
///
/// ```
/// use pickler::generate::{Generator, Seeded, schema};
/// use pickler::laws::hold_for_schema;
///
/// let mut choices = Seeded::new(7);
/// let generator = Generator::new(schema(&mut choices));
/// let value = generator.value(&mut choices)?;
/// hold_for_schema(generator.schema(), &value);
/// # Ok::<(), pickler::generate::Unsatisfied>(())
/// ```
pub fn schema(choices: &mut dyn Choices) -> Schema {
    let mut describer = Describer::default();
    let mut maker = Maker {
        choices,
        shapes: 60,
        open: Vec::new(),
        names: NAMES.iter(),
        elsewhere: false,
        shared: false,
    };
    maker.shared = maker.up_to(2) == 0;
    maker.elsewhere = maker.up_to(2) == 0;
    let place = Place {
        depth: 5,
        aligned: true,
        end: !maker.elsewhere,
        whole: false,
    };
    let root = maker.shape(&mut describer, place).shape;
    describer.finish(root)
}

/// Of the types that are defined by themselves.
const NAMES: [&str; 8] = [
    "First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth",
];

struct Maker<'a> {
    choices: &'a mut dyn Choices,
    /// How many shapes may still be made.
    shapes: u32,
    /// The types that are being made, which what is inside may mention; whether
    /// they start on a byte boundary.
    open: Vec<(&'static str, bool)>,
    names: core::slice::Iter<'static, &'static str>,
    /// Some things stand elsewhere, so that nothing takes all that is left.
    elsewhere: bool,
    /// Some things are shared, so that sizes depend on what is in front.
    shared: bool,
}

/// Where a shape is to stand.
#[derive(Clone, Copy)]
struct Place {
    /// How many levels may still come.
    depth: u32,
    /// It starts on a byte boundary.
    aligned: bool,
    /// Nothing comes behind it in the input or its piece.
    end: bool,
    /// It must be whole.
    whole: bool,
}

/// A shape, and what the derive would know of it.
struct Made {
    shape: Shape,
    /// Starting on a byte boundary, it ends on one.
    whole: bool,
    /// It takes room in the input, whatever its value.
    room: bool,
}

impl Made {
    fn whole(shape: Shape) -> Self {
        Self {
            shape,
            whole: true,
            room: true,
        }
    }
}

impl Choices for Maker<'_> {
    fn up_to(&mut self, max: u128) -> u128 {
        self.choices.up_to(max)
    }
}

impl Maker<'_> {
    fn shape(&mut self, d: &mut Describer, place: Place) -> Made {
        self.shapes = self.shapes.saturating_sub(1);
        if place.depth == 0 || self.shapes == 0 {
            return self.leaf(place);
        }
        let inner = Place {
            depth: place.depth - 1,
            ..place
        };
        match self.up_to(24) {
            0..=3 => self.leaf(place),
            4 | 5 => self.record(d, inner),
            6 => self.list(d, inner),
            7 => self.tuple(d, inner),
            8 => self.union(d, inner),
            9 => self.ordered(d, inner),
            10 => {
                let made = self.shape(d, inner);
                Made {
                    shape: Shape::Boxed(Box::new(made.shape)),
                    ..made
                }
            }
            11 => self.defined(d, inner),
            12 => self.mention(d, inner),
            13 => self.choice(d, inner),
            14 => self.peeked(d, inner),
            15 if place.aligned => self.limited(d, inner),
            16 => self.ignored(),
            17 if place.aligned && self.shared => self.shared(d, inner),
            18 => self.keyed(d, inner),
            19 => self.opaque(inner),
            20 => self.collection(d, inner),
            21 if place.aligned => self.behind_size(d, inner),
            22 if place.aligned => self.delimited(place),
            23 => self.satisfying(d, inner),
            _ => self.enumeration(place),
        }
    }

    /// Makes something that leads nowhere else: what is tried, and what is moved
    /// when its size is known, can lead to nothing.
    fn by_itself<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> T {
        let before = (self.elsewhere, self.shared);
        (self.elsewhere, self.shared) = (false, false);
        let made = make(self);
        (self.elsewhere, self.shared) = before;
        made
    }

    /// Something that is a reference where it was seen before.
    fn shared(&mut self, d: &mut Describer, place: Place) -> Made {
        let place = Place {
            end: false,
            whole: true,
            ..place
        };
        let (item, reference) = if self.up_to(1) == 0 {
            // It seldom begins as a reference does.
            let count = Shape::Integer {
                bits: 8,
                signed: false,
            };
            let item = Shape::Text {
                count: Count::Prefix(Box::new(count)),
            };
            let (bits, mark) = (16, 0xF000);
            (item, Reference::Offset { bits, mark })
        } else {
            let item = self.shape(d, place).shape;
            let prefix = Box::new(self.prefix(true));
            let table = ["first", "second"][self.index(2)].into();
            (item, Reference::Number { prefix, table })
        };
        let item = Box::new(item);
        Made {
            shape: Shape::Shared { item, reference },
            whole: true,
            room: false,
        }
    }

    /// A type that is defined by itself, and may mention itself.
    fn defined(&mut self, d: &mut Describer, place: Place) -> Made {
        let Some(name) = self.names.next() else {
            return self.leaf(place);
        };
        let place = Place {
            end: false,
            whole: true,
            ..place
        };
        self.open.push((name, place.aligned));
        let shape = d.define(name, name, "", |d| {
            let shape = match self.up_to(5) {
                0 | 1 => self.record(d, place).shape,
                2 | 3 => self.union(d, place).shape,
                4 => self.keyed(d, place).shape,
                _ => self.enumeration(place).shape,
            };
            self.with_more(shape, place)
        });
        self.open.pop();
        Made {
            shape,
            whole: true,
            room: false,
        }
    }

    /// Something of which more is told, in front of it or behind.
    fn with_more(&mut self, shape: Shape, place: Place) -> Shape {
        let integer = Shape::Integer {
            bits: 16,
            signed: false,
        };
        let (item, of_two_bytes) = (Box::new(shape), Box::new(integer));
        match self.up_to(7) {
            0 => Shape::Behind {
                magic: Box::new(Shape::Constant {
                    item: of_two_bytes,
                    value: Value::Unsigned(0xC0DE),
                }),
                item,
            },
            1 if place.aligned => Shape::Sized {
                item,
                size: Size::Prefix {
                    prefix: of_two_bytes,
                    counts_itself: self.up_to(1) == 1,
                },
                leftover: false,
            },
            2 => Shape::Ordered {
                item,
                bytes: None,
                bits: None,
            },
            _ => *item,
        }
    }

    /// A list of a type that is being made: so it ends.
    fn mention(&mut self, d: &mut Describer, place: Place) -> Made {
        let open = self.index(self.open.len());
        match self.open.get(open) {
            Some((name, aligned)) if place.aligned || !aligned => {
                let prefix = Shape::Integer {
                    bits: 8,
                    signed: false,
                };
                Made::whole(Shape::List {
                    item: Box::new(d.define(name, name, "", |_| Shape::Tuple(Vec::new()))),
                    count: Count::Prefix(Box::new(prefix)),
                })
            }
            _ => self.leaf(place),
        }
    }

    /// Integers up to the one that is a given number.
    fn list_to_last(&mut self, whole: bool) -> Made {
        let bits = if whole { 16 } else { 5 };
        let item = Shape::Integer {
            bits,
            signed: false,
        };
        let end = Expr::Integer(self.up_to(30).cast_signed());
        let last = Expr::Binary(
            Box::new(Expr::Field("item".into())),
            Operator::Equal,
            Box::new(end),
        );
        Made {
            shape: Shape::List {
                item: Box::new(item),
                count: Count::Last(last),
            },
            whole,
            room: true,
        }
    }

    fn list(&mut self, d: &mut Describer, place: Place) -> Made {
        if self.up_to(7) == 7 {
            let whole = place.whole || self.up_to(1) == 0;
            return self.list_to_last(whole);
        }
        let whole = place.whole || self.up_to(1) == 0;
        let prefix = self.prefix(whole);
        let item = self.shape(
            d,
            Place {
                aligned: place.aligned && whole,
                end: false,
                whole,
                ..place
            },
        );
        let (count, room) = match self.up_to(3) {
            0 | 1 => (Count::Prefix(Box::new(prefix)), true),
            2 if place.end && place.aligned && whole && item.room => (Count::Rest, false),
            _ => {
                let count = self.up_to(3) as u64;
                (Count::Fixed(count), item.room && count > 0)
            }
        };
        Made {
            shape: Shape::List {
                item: Box::new(item.shape),
                count,
            },
            whole,
            room,
        }
    }

    fn tuple(&mut self, d: &mut Describer, place: Place) -> Made {
        let length = self.index(4);
        let mut made = Made {
            shape: Shape::Tuple(Vec::new()),
            whole: true,
            room: false,
        };
        let mut items = Vec::new();
        for index in 0..length {
            let item = self.shape(
                d,
                Place {
                    aligned: place.aligned && made.whole,
                    end: place.end && index + 1 == length,
                    ..place
                },
            );
            made.whole &= item.whole;
            made.room |= item.room;
            items.push(item.shape);
        }
        made.shape = Shape::Tuple(items);
        made
    }

    /// Bits change their order between bytes only.
    fn ordered(&mut self, d: &mut Describer, place: Place) -> Made {
        let bytes = [None, Some(ByteOrder::Big), Some(ByteOrder::Little)][self.index(3)];
        let bits = if place.aligned {
            [None, Some(BitOrder::Msb), Some(BitOrder::Lsb)][self.index(3)]
        } else {
            None
        };
        let whole = place.whole || bits.is_some();
        let made = self.shape(d, Place { whole, ..place });
        Made {
            shape: Shape::Ordered {
                item: Box::new(made.shape),
                bytes,
                bits,
            },
            ..made
        }
    }
}
