//! What an expression sees.

use pickler::schema::{Parameter, Record, Schema, Shape};

/// What an expression is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A count, a size or a condition: known before the field is read.
    Count,
    /// What follows from all fields.
    Derived,
    /// What must be of a field and of those in front.
    Assertion,
    /// What must be of a value.
    Value,
}

/// What an expression sees.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// The record around, and the place of the field that the expression is of.
    pub record: Option<(&'a Record, usize)>,
    pub parameters: &'a [Parameter],
    /// A variant with a tag is around.
    pub tag: bool,
    /// A list is around.
    pub index: bool,
    /// The item that is looked at.
    pub item: Option<&'a Shape>,
    /// This is the root, which nothing is around.
    pub is_root: bool,
}

impl<'a> Scope<'a> {
    /// Nothing is seen.
    pub const NONE: Self = Self {
        record: None,
        parameters: &[],
        tag: false,
        index: false,
        item: None,
        is_root: false,
    };

    /// That of the root.
    pub const ROOT: Self = Self {
        is_root: true,
        ..Self::NONE
    };

    /// All names that there are.
    pub fn names(&self) -> Vec<&'a str> {
        let fields = self.record.iter().flat_map(|(record, _)| &record.fields);
        let fields = fields.map(|field| &*field.name);
        let parameters = self.parameters.iter().map(|it| &*it.name);
        let item = self.item.map(|_| "item");
        let index = self.index.then_some("index");
        fields.chain(parameters).chain(item).chain(index).collect()
    }

    /// The place of a field.
    pub fn position(&self, name: &str) -> Option<usize> {
        let (record, _) = self.record?;
        record.fields.iter().position(|field| *field.name == *name)
    }

    /// The field at a place follows from others.
    pub fn is_derived(&self, place: usize) -> bool {
        let field = self.record.and_then(|(record, _)| record.fields.get(place));
        field.is_some_and(|field| field.derived.is_some())
    }

    /// The field at a place holds a checksum.
    pub fn is_checksum(&self, place: usize) -> bool {
        let field = self.record.and_then(|(record, _)| record.fields.get(place));
        field.is_some_and(|field| field.checksum.is_some())
    }

    /// The shape of a field, of a field of a field, or of an item.
    pub fn place(&self, expr: &pickler::schema::Expr, schema: &'a Schema) -> Option<&'a Shape> {
        use pickler::schema::Expr;
        match expr {
            Expr::Field(name) if name == "item" && self.item.is_some() => self.item,
            Expr::Field(name) => {
                if let Some(place) = self.position(name) {
                    return Some(&self.record?.0.fields.get(place)?.shape);
                }
                let mut parameters = self.parameters.iter();
                let parameter = parameters.find(|it| *it.name == **name)?;
                Some(&parameter.shape)
            }
            Expr::Member(of, name) => match schema.meaning(self.place(of, schema)?) {
                Shape::Record(record) => Some(&record.field(name)?.shape),
                _ => None,
            },
            Expr::Item(of, _) => match schema.meaning(self.place(of, schema)?) {
                Shape::List { item, .. } => Some(item),
                _ => None,
            },
            _ => None,
        }
    }
}
