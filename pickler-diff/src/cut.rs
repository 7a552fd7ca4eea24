//! Schemas of few messages: a schema of thousands is changed for each of them, and
//! what is changed is copied.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::RangeInclusive;

use pickler::schema::{Definition, Schema, Shape, TypeRef, Union, Variant};

use crate::changes::{Change, Edit, Site};
use crate::messages::{Message, messages};
use crate::report::Side;

/// Two schemas whose messages are found at once.
pub struct Index<'a> {
    old: Messages<'a>,
    new: Messages<'a>,
}

/// The messages of a schema.
struct Messages<'a> {
    schema: &'a Schema,
    /// The type that they are, by its place.
    root: usize,
    union: &'a Union,
    named: HashMap<&'a str, usize>,
    tagged: HashMap<u128, Vec<usize>>,
    /// Those that have several tags.
    several: Vec<usize>,
}

/// Two schemas with the messages that one change is about, and the change as one
/// of them.
pub struct Cut {
    pub old: Schema,
    pub new: Schema,
    pub change: Change,
}

/// A schema with few of the messages, and where what is in it was before.
struct Part {
    schema: Schema,
    root: usize,
    /// The number of parts that are in front of messages.
    in_front: usize,
    types: BTreeMap<usize, usize>,
    variants: Vec<usize>,
}

impl<'a> Index<'a> {
    /// Nothing if they are no messages, or more around them.
    pub fn new(old: &'a Schema, new: &'a Schema) -> Option<Self> {
        Some(Self {
            old: Messages::new(old)?,
            new: Messages::new(new)?,
        })
    }

    /// The message of the change, and such as have its tags; nothing if all may be
    /// needed.
    pub fn cut(&self, change: &Change, message: &Message) -> Option<Cut> {
        let mut tags = Vec::new();
        for (side, of) in [(Side::Old, &self.old), (Side::New, &self.new)] {
            let variant = message.name_of(side).and_then(|name| of.named.get(name));
            tags.extend(variant.into_iter().flat_map(|place| of.tags(*place)));
        }
        let (old, new) = (self.old.part(&tags)?, self.new.part(&tags)?);
        let mut change = change.clone();
        change.site = old.site(&change.site)?;
        change.new_site = new.site(&change.new_site)?;
        let types = self.old.schema.types().len();
        let of_both = |place: usize| match place.checked_sub(types) {
            None => old.types.get(&place).copied(),
            Some(place) => Some(old.schema.types().len() + new.types.get(&place)?),
        };
        match &mut change.edit {
            Some(Edit::Shape(shape)) => renumber(shape, &of_both)?,
            Some(Edit::Variants {
                with: Some(variant),
                ..
            }) => renumber(&mut variant.body, &of_both)?,
            _ => {}
        }
        Some(Cut {
            old: old.schema,
            new: new.schema,
            change,
        })
    }
}

impl<'a> Messages<'a> {
    fn new(schema: &'a Schema) -> Option<Self> {
        let (site, union) = messages(schema)?;
        let (Some(root), []) = (site.definition, site.parts.as_slice()) else {
            return None;
        };
        let mut found = Self {
            schema,
            root,
            union,
            named: HashMap::new(),
            tagged: HashMap::new(),
            several: Vec::new(),
        };
        for (place, variant) in union.variants.iter().enumerate() {
            found.named.entry(&variant.name).or_insert(place);
            found.tagged.entry(variant.tag).or_default().push(place);
            if !variant.also.is_empty() {
                found.several.push(place);
            }
        }
        Some(found)
    }

    /// The tags of a message.
    fn tags(&self, place: usize) -> Vec<RangeInclusive<u128>> {
        self.union.variants.get(place).map(tags).unwrap_or_default()
    }

    /// The schema with the messages alone that have one of these tags.
    fn part(&self, wanted: &[RangeInclusive<u128>]) -> Option<Part> {
        let mut variants = Vec::new();
        for tags in wanted {
            if tags.start() == tags.end() {
                variants.extend(self.tagged.get(tags.start()).into_iter().flatten());
            } else {
                let all = self.tagged.iter().filter(|(tag, _)| tags.contains(tag));
                variants.extend(all.flat_map(|(_, places)| places));
            }
            variants.extend(self.several.iter().copied().filter(|place| {
                let of_it = self.tags(*place);
                let meet = |it: &RangeInclusive<u128>| {
                    it.start() <= tags.end() && tags.start() <= it.end()
                };
                of_it.iter().any(meet)
            }));
        }
        variants.sort_unstable();
        variants.dedup();
        let all: &[Variant] = &self.union.variants;
        let kept: Vec<Variant> = variants.iter().map(|place| all[*place].clone()).collect();
        let union = Union {
            tag: self.union.tag.clone(),
            source: self.union.source.clone(),
            length: self.union.length.clone(),
            variants: kept.into(),
            other: self.union.other.clone(),
        };
        let in_front = 1 + usize::from(union.length.is_some());
        let union = Shape::Union(Box::new(union));
        let reached = reached(&union, self.schema);
        // A message that may hold any other needs all of them.
        if reached.contains(&self.root) {
            return None;
        }
        let mut kept = reached;
        kept.push(self.root);
        kept.sort_unstable();
        let types = kept.iter().enumerate().map(|(to, from)| (*from, to));
        let types: BTreeMap<usize, usize> = types.collect();
        let number = |place: usize| types.get(&place).copied();
        let mut definitions: Vec<Definition> = Vec::new();
        for place in &kept {
            let definition = &self.schema.types()[*place];
            let mut definition = if *place == self.root {
                Definition {
                    shape: union.clone(),
                    name: definition.name.clone(),
                    doc: definition.doc.clone(),
                    parameters: definition.parameters.clone(),
                }
            } else {
                definition.clone()
            };
            renumber(&mut definition.shape, &number)?;
            for parameter in &mut definition.parameters {
                renumber(&mut parameter.shape, &number)?;
            }
            definitions.push(definition);
        }
        let root = Shape::Named(TypeRef::at(number(self.root)?));
        Some(Part {
            schema: Schema::new(root, definitions).ok()?,
            root: self.root,
            in_front,
            types,
            variants,
        })
    }
}

impl Part {
    /// Where in the part something is.
    fn site(&self, site: &Site) -> Option<Site> {
        let mut site = site.clone();
        let Some(definition) = site.definition else {
            return site.parts.is_empty().then_some(site);
        };
        site.definition = Some(*self.types.get(&definition)?);
        if definition == self.root
            && let Some(first) = site.parts.first_mut()
            && let Some(variant) = first.checked_sub(self.in_front)
        {
            *first = self.in_front + self.variants.binary_search(&variant).ok()?;
        }
        Some(site)
    }
}

fn tags(variant: &Variant) -> Vec<RangeInclusive<u128>> {
    let first = variant.tag..=variant.tag;
    [first]
        .into_iter()
        .chain(variant.also.iter().cloned())
        .collect()
}

/// The types that a shape mentions, by their places.
fn reached(shape: &Shape, schema: &Schema) -> Vec<usize> {
    let mut found = BTreeSet::new();
    let mut open = vec![shape];
    while let Some(shape) = open.pop() {
        if let Shape::Named(reference) = shape
            && found.insert(reference.index())
        {
            let definition = schema.definition(*reference);
            open.push(&definition.shape);
            open.extend(definition.parameters.iter().map(|it| &it.shape));
        }
        open.extend(shape.parts());
    }
    found.into_iter().collect()
}

/// Mentions types by other numbers; nothing if there is none for one of them.
fn renumber(shape: &mut Shape, number: &impl Fn(usize) -> Option<usize>) -> Option<()> {
    if let Shape::Named(reference) = shape {
        *reference = TypeRef::at(number(reference.index())?);
    }
    for part in shape.parts_mut() {
        renumber(part, number)?;
    }
    Some(())
}
