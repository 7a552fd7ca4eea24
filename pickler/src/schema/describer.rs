//! Descriptions, and how they come about.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;

use super::nesting::endless;
use super::{Definition, Doc, Expr, Parameter, Record, Shape, TypeRef};
use crate::dynamic::{Value, decode_shape};
use crate::pickle::Pickle;
use crate::picklers::{Pickler, encode_with};

/// A complete description: a root and the named types that it mentions.
#[derive(Clone, Debug, PartialEq)]
pub struct Schema {
    root: Shape,
    types: Vec<Definition>,
}

/// What no description can be.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SchemaError {
    /// A definition mentions a type that there is not.
    UnknownType {
        /// The place that it would have among the types.
        index: usize,
    },
    /// Types contain themselves, and nothing ends that: no box or list whose
    /// levels are counted lies between them.
    ContainsItself {
        /// The names of the types: each contains the next, and the last the
        /// first.
        cycle: Vec<Arc<str>>,
    },
}

impl core::error::Error for SchemaError {}

impl fmt::Display for SchemaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        /// How many types are named at the most.
        const MOST: usize = 8;
        match self {
            Self::UnknownType { index } => write!(f, "there is no type number {index}"),
            Self::ContainsItself { cycle } => {
                let mut names = cycle.iter().chain(cycle.first());
                write!(f, "`{}` contains ", names.next().map_or("", |name| name))?;
                let left = cycle.len().saturating_sub(MOST);
                if left > 0 {
                    write!(f, "{left} others, which contain ")?;
                }
                for (index, name) in names.skip(left).enumerate() {
                    let between = if index > 0 { ", which contains " } else { "" };
                    write!(f, "{between}`{name}`")?;
                }
                f.write_str(", and nothing ends that")
            }
        }
    }
}

impl Schema {
    /// A description that was put together elsewhere, such as read from a file.
    ///
    /// Nobody checks that it makes more sense than that it ends: what types say of themselves always
    /// does, and what is read from a file is checked by its reader.
    ///
    /// ```
    /// use pickler::dynamic::{Value, decode};
    /// use pickler::schema::{Definition, Schema, Shape, TypeRef};
    ///
    /// let definition = Definition {
    ///     name: "Serial".into(),
    ///     doc: "Who it is.".into(),
    ///     parameters: Vec::new(),
    ///     shape: Shape::Integer { bits: 16, signed: false },
    /// };
    /// let schema = Schema::new(Shape::Named(TypeRef::at(0)), vec![definition])?;
    /// assert_eq!(decode(&schema, &[1, 2]).unwrap(), Value::Unsigned(0x0102));
    /// # Ok::<(), pickler::schema::SchemaError>(())
    /// ```
    ///
    /// # Errors
    /// If a type is mentioned that is not among `types`, or types contain
    /// themselves without end.
    pub fn new(root: Shape, types: Vec<Definition>) -> Result<Self, SchemaError> {
        let mut shapes = Vec::from([&root]);
        for definition in &types {
            shapes.push(&definition.shape);
            shapes.extend(definition.parameters.iter().map(|it| &it.shape));
        }
        while let Some(shape) = shapes.pop() {
            if let Shape::Named(reference) = shape
                && reference.0 >= types.len()
            {
                return Err(SchemaError::UnknownType { index: reference.0 });
            }
            shapes.extend(shape.parts());
        }
        if let Some(cycle) = endless(&types) {
            return Err(SchemaError::ContainsItself { cycle });
        }
        Ok(Self { root, types })
    }

    /// The description of a type.
    pub fn of<'de, T: Pickle<'de>>() -> Self {
        let mut describer = Describer::default();
        let root = T::describe(&mut describer);
        describer.finish(root)
    }

    /// The description of what a pickler reads and writes, such as
    /// [`given`](crate::picklers::given) makes.
    pub fn of_pickler<'de, P: Pickler<'de>>(pickler: &P) -> Self {
        let mut describer = Describer::default();
        let root = pickler.describe(&mut describer);
        describer.finish(root)
    }

    /// What the described type looks like.
    pub fn root(&self) -> &Shape {
        &self.root
    }

    /// All named types.
    pub fn types(&self) -> &[Definition] {
        &self.types
    }

    /// A named type.
    pub fn definition(&self, reference: TypeRef) -> &Definition {
        &self.types[reference.0]
    }

    /// The shape behind names and boxes.
    pub fn resolve<'a>(&'a self, mut shape: &'a Shape) -> &'a Shape {
        loop {
            shape = match shape {
                Shape::Named(reference) => &self.definition(*reference).shape,
                Shape::Boxed(item) => item,
                _ => return shape,
            };
        }
    }
}

impl Schema {
    /// The shape behind what leaves a value's meaning as it is: names, sizes,
    /// orders, conditions, padding.
    pub fn meaning<'a>(&'a self, mut shape: &'a Shape) -> &'a Shape {
        loop {
            shape = self.resolve(shape);
            match shape.around() {
                Some(item) => shape = item,
                None => return shape,
            }
        }
    }

    /// What is behind names, sizes, orders, conditions, padding is given something
    /// by what is around it.
    pub(crate) fn is_given<'a>(&'a self, mut shape: &'a Shape) -> bool {
        loop {
            shape = self.resolve(shape);
            match (shape, shape.around()) {
                (Shape::Given { .. }, _) => return true,
                (_, Some(item)) => shape = item,
                (_, None) => return false,
            }
        }
    }

    /// The record that is at a field, an item or a field of a field of another.
    pub(crate) fn record_at<'a>(&'a self, record: &'a Record, place: &Expr) -> Option<&'a Record> {
        match self.meaning(self.shape_at(record, place)?) {
            Shape::Record(record) => Some(record),
            _ => None,
        }
    }

    fn shape_at<'a>(&'a self, record: &'a Record, place: &Expr) -> Option<&'a Shape> {
        match place {
            Expr::Field(name) => Some(&record.field(name)?.shape),
            Expr::Member(of, name) => Some(&self.record_at(record, of)?.field(name)?.shape),
            Expr::Item(of, _) => match self.meaning(self.shape_at(record, of)?) {
                Shape::List { item, .. } => Some(item),
                _ => None,
            },
            _ => None,
        }
    }

    /// The shape behind a name.
    pub(crate) fn named<'a>(&'a self, shape: &'a Shape) -> &'a Shape {
        match shape {
            Shape::Named(reference) => &self.definition(*reference).shape,
            shape => shape,
        }
    }

    /// The tag of a variant of the type of that name.
    pub(crate) fn tag_of(&self, of: &str, variant: &str) -> Option<i128> {
        self.types
            .iter()
            .filter(|definition| *definition.name == *of)
            .find_map(|definition| self.meaning(&definition.shape).tag_of(variant))
    }
}

impl Shape {
    /// What it leaves the meaning of as it is, if it does so.
    fn around(&self) -> Option<&Self> {
        match self {
            Self::Ordered { item, .. }
            | Self::OrderedBy { item, .. }
            | Self::Given { item, .. }
            | Self::Sized { item, .. }
            | Self::Filtered { item, .. }
            | Self::Padded { item, .. }
            | Self::Conditional { item, .. }
            | Self::Filled { item, .. }
            | Self::Behind { item, .. }
            | Self::Elsewhere { item, .. }
            | Self::Shared { item, .. }
            | Self::Unordered { list: item, .. }
            | Self::Satisfying { item, .. }
            | Self::Mapped { item, .. } => Some(item),
            _ => None,
        }
    }
}

/// Collects the description of a type and of all types that it mentions.
#[derive(Debug, Default)]
pub struct Describer {
    by_key: BTreeMap<&'static str, TypeRef>,
    /// Empty while a type is being described: it may mention itself.
    types: Vec<Option<Definition>>,
    /// The types that are being described in place.
    open: BTreeSet<&'static str>,
    /// The types that expressions mention, by their names and keys.
    mentioned: BTreeMap<(&'static str, &'static str), Describe>,
}

/// Describes a type.
type Describe = fn(&mut Describer) -> Shape;

impl Describer {
    /// The named type `key`, described by `body` unless it is known already.
    ///
    /// `key` tells types apart, such as [`core::any::type_name`]; `name` is
    /// shown.
    pub fn define(
        &mut self,
        key: &'static str,
        name: &str,
        doc: impl Into<Doc>,
        body: impl FnOnce(&mut Self) -> Shape,
    ) -> Shape {
        self.define_with(key, name, doc, |_| Vec::new(), body)
    }

    /// The same of a type with parameters.
    pub fn define_with(
        &mut self,
        key: &'static str,
        name: &str,
        doc: impl Into<Doc>,
        parameters: impl FnOnce(&mut Self) -> Vec<Parameter>,
        body: impl FnOnce(&mut Self) -> Shape,
    ) -> Shape {
        if let Some(reference) = self.by_key.get(key) {
            return Shape::Named(*reference);
        }
        let reference = TypeRef(self.types.len());
        self.by_key.insert(key, reference);
        self.types.push(None);
        let parameters = parameters(self);
        // What is behind a name comes to an end.
        let open = core::mem::take(&mut self.open);
        let shape = body(self);
        self.open = open;
        self.types[reference.0] = Some(Definition {
            name: name.into(),
            doc: doc.into(),
            parameters,
            shape,
        });
        Shape::Named(reference)
    }

    /// The type `key`, described by `body` wherever it is mentioned: it has no
    /// name.
    ///
    /// ```
    /// use pickler::Pickle;
    /// use pickler::schema::{Schema, Shape};
    ///
    /// #[derive(Pickle)]
    /// #[pickle(inline)]
    /// struct Header {
    ///     urgent: bool,
    /// }
    ///
    /// let schema = Schema::of::<Header>();
    /// assert!(matches!(schema.root(), Shape::Record(_)));
    /// assert!(schema.types().is_empty());
    /// ```
    ///
    /// # Panics
    /// If the type holds itself: a mistake in the declaration.
    pub fn inline(&mut self, key: &'static str, body: impl FnOnce(&mut Self) -> Shape) -> Shape {
        assert!(
            self.open.insert(key),
            "`{key}` is described in place and holds itself: leave `inline` out"
        );
        let shape = body(self);
        self.open.remove(key);
        shape
    }

    /// An expression mentions a type, which `describe` defines: it is one of the
    /// description's, even where nothing else mentions it.
    pub(crate) fn mention(&mut self, key: &'static str, name: &'static str, describe: Describe) {
        self.mentioned.insert((name, key), describe);
    }

    /// Defines the types that nothing but expressions mention, in the order of their
    /// names.
    fn define_mentioned(&mut self) {
        while let Some((_, describe)) = self.mentioned.pop_first() {
            describe(self);
        }
    }

    /// A value of a pickler, as the dynamic codec sees it.
    ///
    /// # Panics
    /// If the pickler cannot write the value or mentions a type that is being
    /// described: a mistake in the declaration.
    pub fn sample<'de, P: Pickler<'de>>(&mut self, pickler: &P, value: &P::Value) -> Value {
        let shape = pickler.describe(self);
        // Stands in for a type that is being described: it keeps the places of
        // the others.
        let unknown = || Definition {
            name: "".into(),
            doc: Doc::default(),
            parameters: Vec::new(),
            shape: Shape::Tuple(Vec::new()),
        };
        let mut so_far = Self {
            by_key: self.by_key.clone(),
            types: self.types.clone(),
            open: BTreeSet::new(),
            mentioned: self.mentioned.clone(),
        };
        so_far.define_mentioned();
        let types = so_far.types.into_iter();
        let known = Schema {
            root: shape,
            types: types.map(|it| it.unwrap_or_else(unknown)).collect(),
        };
        let bytes = match encode_with(pickler, value) {
            Ok(bytes) => bytes,
            Err(error) => panic!("a constant of the declaration cannot be written: {error}"),
        };
        match decode_shape(&known, known.root(), &bytes) {
            Ok(value) => value,
            Err(error) => panic!("a constant of the declaration cannot be read: {error}"),
        }
    }

    /// The default of a pickler of that shape, as the dynamic codec sees it.
    ///
    /// # Panics
    /// If the pickler cannot write it alone: a mistake in the declaration. Of
    /// what has expressions, only an empty list, text or bytes can be told.
    pub(crate) fn default_of<'de, P: Pickler<'de>>(
        &mut self,
        pickler: &P,
        shape: &Shape,
        default: &P::Value,
    ) -> Value {
        match shape.empty() {
            Some(empty) if shape.expressions().into_iter().any(Expr::looks_around) => empty,
            _ => self.sample(pickler, default),
        }
    }

    /// The complete description.
    pub fn finish(mut self, root: Shape) -> Schema {
        self.define_mentioned();
        let types: Vec<Definition> = self.types.into_iter().flatten().collect();
        let pending = Schema { root, types };
        let mut schema = pending.clone();
        read_defaults(&pending, &mut schema.root);
        for definition in &mut schema.types {
            read_defaults(&pending, &mut definition.shape);
        }
        schema
    }
}

/// Reads the defaults that records still hold as they are on the wire.
fn read_defaults(schema: &Schema, shape: &mut Shape) {
    // What depends on other fields has no default of its own.
    let read = |shape: &Shape, bytes: Vec<u8>| decode_shape(schema, shape, &bytes).ok();
    match shape {
        Shape::Record(record) => {
            for field in &mut record.fields {
                if let Some(bytes) = field.pending_default.take() {
                    field.default = read(&field.shape, bytes);
                }
            }
        }
        Shape::Keyed(keyed) => {
            for field in &mut keyed.fields {
                if let Some(bytes) = field.pending_default.take() {
                    field.default = read(&field.shape, bytes);
                }
            }
        }
        _ => {}
    }
    for part in shape.parts_mut() {
        read_defaults(schema, part);
    }
}
