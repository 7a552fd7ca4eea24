//! Values of a schema.

mod choice;
mod given;
mod keyed;
mod leaf;
mod list;
mod meaning;
mod record;
mod satisfying;
mod solve;
mod union;

use alloc::vec::Vec;

use list::ended;

use super::height::{ENDLESS, Heights};
use super::{Choices, Seeded, Unsatisfied};
use crate::cursor::Limits;
use crate::dynamic::{self, Parameters, Scope, Value};
use crate::error::{Error, ErrorKind};
use crate::schema::{Fill, Filter, Presence, Schema, Shape, Union, Variant};

/// How many levels a value may have more than it should: where a tag is given,
/// there is no choice.
const MORE_LEVELS: u32 = 24;

/// How many values, and bytes of texts, are made for one value, at the most.
const MOST_UNITS: u64 = 1 << 20;

/// How large values become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Bounds {
    /// How many boxes and named types lie inside one another, where there is a
    /// choice. 12 unless set.
    pub depth: u32,
    /// How many items, and bytes of texts, a value has in all, where there is a
    /// choice. 300 unless set.
    pub units: u32,
    /// How often something that does not fit is made anew, in all. 100 unless
    /// set.
    pub attempts: u32,
    /// Floating-point numbers may be no numbers, which equal nothing, not even
    /// themselves. `false` unless set.
    pub nan: bool,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            depth: 12,
            units: 300,
            attempts: 100,
            nan: false,
        }
    }
}

/// Makes values of a schema.
///
/// ```
/// use pickler::generate::{Generator, Seeded};
/// use pickler::{dynamic, schema::Schema};
///
/// let generator = Generator::new(Schema::of::<[u16; 2]>());
/// let value = generator.value(&mut Seeded::new(3))?;
/// assert_eq!(dynamic::encode(generator.schema(), &value)?.len(), 4);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Generator {
    schema: Schema,
    heights: Heights,
    bounds: Bounds,
}

impl Generator {
    /// Of a schema, with the default [`Bounds`].
    pub fn new(schema: Schema) -> Self {
        Self::with_bounds(schema, Bounds::default())
    }

    /// Of a schema.
    pub fn with_bounds(schema: Schema, bounds: Bounds) -> Self {
        Self {
            heights: Heights::new(&schema),
            schema,
            bounds,
        }
    }

    /// What values are made of.
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// A value that can be written. Derived fields are left out of it.
    ///
    /// # Errors
    /// If no value is finite, or none that was tried fits.
    pub fn value(&self, choices: &mut dyn Choices) -> Result<Value, Unsatisfied> {
        self.checked(None, choices, |_| Ok(()))
            .map(|((), value)| value)
    }

    /// A value that is the message `name`: that variant of the union that the
    /// schema is.
    ///
    /// ```
    /// use pickler::generate::{Generator, Seeded};
    /// use pickler::{Pickle, dynamic::Value, schema::Schema};
    ///
    /// #[derive(Pickle)]
    /// #[pickle(tag = u8)]
    /// enum Message {
    ///     Ping,
    ///     Raise(u16),
    /// }
    ///
    /// let generator = Generator::new(Schema::of::<Message>());
    /// let value = generator.message("Raise", &mut Seeded::new(3))?;
    /// let Value::Variant(message) = value else { panic!() };
    /// assert_eq!(&*message.name, "Raise");
    /// # Ok::<(), pickler::generate::Unsatisfied>(())
    /// ```
    ///
    /// # Errors
    /// If there is no such message, no value of it is finite, or none that was
    /// tried fits.
    pub fn message(&self, name: &str, choices: &mut dyn Choices) -> Result<Value, Unsatisfied> {
        let Some(wanted) = self.wanted(name) else {
            return Err(Unsatisfied::UnknownMessage { name: name.into() });
        };
        self.checked(Some(wanted), choices, |_| Ok(()))
            .map(|((), value)| value)
    }

    /// The message of that name.
    fn wanted(&self, name: &str) -> Option<Wanted<'_>> {
        match self.schema.meaning(self.schema.root()) {
            Shape::Union(union) => {
                let variant = union.variant(name)?;
                Some(Wanted { union, variant })
            }
            _ => None,
        }
    }

    /// How many boxes and named types lie inside one another, at the most.
    fn most_levels(&self) -> u32 {
        let height = self.heights.of(self.schema.root());
        let most = self.bounds.depth.max(height).saturating_add(MORE_LEVELS);
        most.min(Limits::MAX_DEPTH)
    }

    /// Checks that a value is read as what it is, and not as another variant.
    fn expect_chosen(&self, value: &Value, bytes: &[u8]) -> Result<(), Error> {
        let read = dynamic::decode(&self.schema, bytes)?;
        if value.is_read_as(&read) {
            return Ok(());
        }
        let why = "it would be read as an earlier variant";
        Err(Error::without_position(ErrorKind::Refused(why.into())))
    }

    /// A value that can be written, and of whose bytes something else can be
    /// made; and that.
    pub(super) fn checked<T>(
        &self,
        wanted: Option<Wanted<'_>>,
        choices: &mut dyn Choices,
        accept: impl Fn(&[u8]) -> Result<T, Error>,
    ) -> Result<(T, Value), Unsatisfied> {
        let root = self.schema.root();
        let whole = wanted.map_or(root, |it| &it.variant.body);
        if self.heights.of(whole) == ENDLESS {
            let name = self.heights.endless_type(whole, &self.schema);
            let name = name.or(wanted.map(|it| &*it.variant.name));
            return Err(Unsatisfied::Endless {
                name: name.unwrap_or_default().into(),
            });
        }
        let mut run = Run {
            generator: self,
            choices,
            others: None,
            wanted,
            chose: false,
            units: self.bounds.units,
            attempts: 0,
            left: MOST_UNITS,
            made: Vec::new(),
        };
        loop {
            run.made.clear();
            run.units = self.bounds.units;
            run.left = MOST_UNITS;
            let place = Place {
                depth: self.bounds.depth,
                levels: self.most_levels(),
                scope: Scope::of_type(&self.schema, Parameters::NONE),
                bytes: None,
            };
            run.wanted = wanted;
            run.chose = false;
            let made = run.shape(root, place).and_then(|value| {
                let bytes = dynamic::encode(&self.schema, &value)?;
                if run.chose {
                    self.expect_chosen(&value, &bytes)?;
                }
                Ok((accept(&bytes)?, value))
            });
            match made {
                Ok(made) => return Ok(made),
                Err(last) if run.give_up() => {
                    let attempts = run.attempts;
                    return Err(Unsatisfied::NothingFits { attempts, last });
                }
                Err(_) => {}
            }
        }
    }
}

/// The making of one value.
struct Run<'a> {
    generator: &'a Generator,
    choices: &'a mut dyn Choices,
    /// What chooses from the second attempt on: the given choices may have run
    /// out, and would lead to the same value again.
    others: Option<Seeded>,
    /// What the union of all messages has to be, until it is made.
    wanted: Option<Wanted<'a>>,
    /// A variant was made that only its place among others tells.
    chose: bool,
    /// How many units may still be made.
    units: u32,
    attempts: u32,
    /// How many units of any kind may still be made, where there is no choice, too.
    left: u64,
    /// What was made of shapes, by their addresses, that may be referred to.
    made: Vec<(usize, Value)>,
}

/// A message.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'a> {
    /// The union of all messages.
    union: &'a Union,
    variant: &'a Variant,
}

/// Where a value is to stand.
#[derive(Clone, Copy)]
struct Place<'a> {
    /// How many levels may still come.
    depth: u32,
    /// How many may come where there is no choice.
    levels: u32,
    /// What expressions look at.
    scope: Scope<'a>,
    /// How many bytes the value must take, if that is given.
    bytes: Option<u64>,
}

impl Place<'_> {
    /// The place of something inside, of which no size is given.
    fn inside(self) -> Self {
        Self {
            bytes: None,
            ..self
        }
    }

    fn deeper(self) -> Self {
        Self {
            depth: self.depth.saturating_sub(1),
            levels: self.levels.saturating_sub(1),
            ..self
        }
    }
}

impl Choices for Run<'_> {
    fn up_to(&mut self, max: u128) -> u128 {
        match &mut self.others {
            Some(others) => others.up_to(max),
            None => self.choices.up_to(max),
        }
    }
}

impl Run<'_> {
    /// Counts an attempt that failed, and sees to it that the next is another;
    /// or says that there were enough.
    fn give_up(&mut self) -> bool {
        // What becomes as large as nothing may takes the time of many.
        self.attempts += if self.left == 0 { 25 } else { 1 };
        self.others = Some(Seeded::new(self.attempts.into()));
        self.attempts >= self.generator.bounds.attempts
    }

    /// Counts units that are to be made.
    fn take(&mut self, units: u64) -> Result<(), Error> {
        self.expect_units(units)?;
        self.left -= units;
        Ok(())
    }

    /// Checks that so many units may be made, which are counted one by one.
    fn expect_units(&mut self, units: u64) -> Result<(), Error> {
        if units > self.left {
            self.left = 0;
            let limit = MOST_UNITS;
            return Err(Error::without_position(ErrorKind::TooManyItems { limit }));
        }
        Ok(())
    }

    fn shape(&mut self, shape: &Shape, place: Place<'_>) -> Result<Value, Error> {
        if place.levels == 0 {
            let limit = self.generator.most_levels();
            return Err(Error::without_position(ErrorKind::TooDeep { limit }));
        }
        self.take(1)?;
        match shape {
            Shape::Integer { bits, signed } => Ok(self.integer(*bits, *signed)),
            Shape::Varint(format) => Ok(self.varint(*format)),
            Shape::Bool { .. } => Ok(Value::Bool(self.up_to(1) == 1)),
            Shape::Float { bits } => Ok(self.float(*bits)),
            Shape::Opaque(opaque) => self.opaque(opaque),
            Shape::Bytes { count } => {
                let units = self.count(count, place, 8);
                self.take(units)?;
                Ok(ended(Value::Bytes(self.bytes(units).into()), count))
            }
            Shape::Text { count } => {
                let units = self.count(count, place, 8);
                self.take(units)?;
                Ok(ended(Value::Text(self.text(units)), count))
            }
            Shape::List { item, count } => self.list(item, count, place),
            Shape::Tuple(items) => self.tuple(items, place),
            Shape::Record(record) => self.record(record, place),
            Shape::Keyed(keyed) => self.keyed(keyed, place),
            Shape::Union(union) => self.union(union, place),
            Shape::Enumeration(enumeration) => self.enumeration(enumeration),
            Shape::Optional { item, none } => self.optional(item, none, place),
            Shape::Conditional {
                item,
                presence,
                absent,
            } => self.conditional(item, presence, absent, place),
            Shape::Constant { .. } => Ok(Value::Null),
            Shape::Choice {
                alternatives,
                names,
            } => self.choice(alternatives, names, place),
            Shape::Peeked { ahead, item } => self.peeked(ahead, item, place),
            // How many bytes come out does not tell how many go in.
            Shape::Filtered {
                item,
                filter: Filter::Compressed(_),
            }
            | Shape::ProtobufField { item, .. } => self.shape(item, place.inside()),
            Shape::Ordered { item, .. }
            | Shape::OrderedBy { item, .. }
            | Shape::Filtered { item, .. }
            | Shape::Mapped { item, .. } => self.shape(item, place),
            Shape::Behind { magic, item } => {
                let magic = self.measure(magic, &Value::Null, place)? / 8;
                let bytes = place.bytes.map(|bytes| bytes.saturating_sub(magic));
                self.shape(item, Place { bytes, ..place })
            }
            Shape::Given { item, arguments } => {
                // What looks at what is not known yet is not known, either.
                let values: Vec<_> = arguments.iter().map(|it| place.scope.eval(it)).collect();
                let generator = self.generator;
                let parameters = Parameters::new(&generator.schema, item, &values);
                let scope = Scope::of_type(&generator.schema, parameters);
                match &**item {
                    Shape::Named(reference) => self.shape(
                        &generator.schema.definition(*reference).shape,
                        Place {
                            scope,
                            ..place.deeper()
                        },
                    ),
                    item => self.shape(item, Place { scope, ..place }),
                }
            }
            Shape::Shown { item, pairs } => self.shown(item, pairs, place),
            Shape::Json { item } => self.json(item, place),
            Shape::Satisfying { item, condition } => self.satisfying(item, condition, place),
            Shape::Means { item, meaning } => self.meaning(item, meaning, place),
            Shape::Padded { item, padding } => self.padded(item, *padding, place),
            Shape::Filled { item, fill, .. } => match fill {
                Fill::To(bytes) => self.within_size(item, *bytes, place.inside()),
                _ => self.shape(item, place.inside()),
            },
            Shape::Sized { item, size, .. } => self.sized(item, size, place),
            Shape::Unordered { list, by_key } => {
                let mut value = self.shape(list, place)?;
                dynamic::make_different(&self.generator.schema, list, *by_key, &mut value);
                Ok(value)
            }
            Shape::Shared { item, .. } => self.shared(item, place),
            Shape::Elsewhere { item, place: there } => {
                let deep = self.generator.heights.of(item) > place.depth;
                if there.none.is_some() && (deep || self.up_to(3) == 0) {
                    return Ok(Value::Null);
                }
                self.shape(item, place.inside().deeper())
            }
            Shape::Boxed(item) => self.shape(item, place.inside().deeper()),
            Shape::Named(reference) => {
                let generator = self.generator;
                let shape = &generator.schema.definition(*reference).shape;
                // A type of its own sees nothing of who mentions it.
                let scope = Scope::of_type(&generator.schema, Parameters::NONE);
                self.shape(
                    shape,
                    Place {
                        scope,
                        ..place.deeper()
                    },
                )
            }
        }
    }

    /// Often what was made before, so that it is referred to.
    fn shared(&mut self, item: &Shape, place: Place<'_>) -> Result<Value, Error> {
        let shape = core::ptr::from_ref(item).addr();
        let known = self.made.iter().filter(|(of, _)| *of == shape);
        let known: Vec<_> = known.map(|(_, value)| value.clone()).collect();
        if !known.is_empty() && self.up_to(1) == 0 {
            return Ok(known[self.index(known.len())].clone());
        }
        let value = self.shape(item, place)?;
        self.made.push((shape, value.clone()));
        Ok(value)
    }

    /// Something, or none; the neighbours of what stands for none more often.
    fn optional(&mut self, item: &Shape, none: &Value, place: Place<'_>) -> Result<Value, Error> {
        let value = match (self.up_to(3), none.as_i128()) {
            (0, _) => return Ok(Value::Null),
            (1, Some(none)) => {
                let neighbour = if self.up_to(1) == 0 {
                    none.saturating_sub(1)
                } else {
                    none.saturating_add(1)
                };
                Value::integer(neighbour)
            }
            _ => self.shape(item, place)?,
        };
        if value == *none || self.measure(item, &value, place).is_err() {
            return Ok(Value::Null);
        }
        Ok(value)
    }

    /// Something, or what stands in for it, as a condition says.
    fn conditional(
        &mut self,
        item: &Shape,
        presence: &Presence,
        absent: &Value,
        place: Place<'_>,
    ) -> Result<Value, Error> {
        let present = match presence {
            Presence::If(condition) => match place.scope.eval(condition) {
                Some(value) => value != 0,
                // It looks at what is not known yet.
                None => self.up_to(1) == 1,
            },
            Presence::Flag(_) | Presence::UnlessEnd => {
                self.up_to(2) > 0 && self.generator.heights.of(item) <= place.depth
            }
        };
        if !present {
            return Ok(absent.clone());
        }
        let value = self.shape(item, place)?;
        // What takes no room is not seen at the end of the input.
        if *presence == Presence::UnlessEnd && self.measure(item, &value, place)? == 0 {
            return Ok(absent.clone());
        }
        Ok(value)
    }

    /// Something of which some values are shown as others.
    fn shown(
        &mut self,
        item: &Shape,
        pairs: &[(Value, Value)],
        place: Place<'_>,
    ) -> Result<Value, Error> {
        if !pairs.is_empty() && self.up_to(3) == 1 {
            let (actual, shown) = &pairs[self.index(pairs.len())];
            if place.bytes.is_none() && self.measure(item, actual, place).is_ok() {
                return Ok(shown.clone());
            }
        }
        let value = self.shape(item, place)?;
        match pairs.iter().find(|(actual, _)| actual.means(&value)) {
            Some((_, shown)) => Ok(shown.clone()),
            // It would be taken for the value that is shown as it.
            None if pairs.iter().any(|(_, shown)| shown.means(&value)) => {
                Err(Error::without_position(ErrorKind::WrongType {
                    expected: "a value that is not shown for another".into(),
                    found: value.kind().into(),
                }))
            }
            None => Ok(value),
        }
    }

    /// Things of several shapes; the last takes what is left of a size.
    fn tuple(&mut self, items: &[Shape], place: Place<'_>) -> Result<Value, Error> {
        let mut values = Vec::with_capacity(items.len());
        let mut taken = 0;
        for (index, item) in items.iter().enumerate() {
            let mut inner = place.inside();
            if let Some(bytes) = place.bytes
                && index + 1 == items.len()
            {
                inner.bytes = bytes.checked_sub(taken / 8);
            }
            let value = self.shape(item, inner)?;
            if place.bytes.is_some() {
                taken += self.measure(item, &value, place)?;
            }
            values.push(value);
        }
        Ok(Value::List(values))
    }

    /// How many bits a value takes.
    fn measure(&self, shape: &Shape, value: &Value, place: Place<'_>) -> Result<u64, Error> {
        dynamic::measure(&self.generator.schema, shape, value, &place.scope)
    }
}
