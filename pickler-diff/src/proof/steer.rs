//! Schemas whose values have a part in them that is seldom there.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use pickler::schema::{
    Count, Definition, Expr, Field, KeyedField, Meaning, Occurs, Operator, Presence, Record,
    Schema, Shape, TagSource, TypeRef, Union, Variant,
};

use crate::changes::{Focus, Site, rebuilt};

/// The schema of those values of a schema in which what stands at a place is
/// there, as far as that can be told from the schema. All its values are values
/// of the schema.
pub fn steered(schema: &Schema, site: &Site, focus: &Focus) -> Option<Schema> {
    let mut types = schema.types().to_vec();
    let mut root = schema.root().clone();
    let links = way_to(schema, site.definition)?;
    // Types on the way are copied: elsewhere they stay as they are.
    let mut place: Option<usize> = None;
    for (definition, parts) in links {
        let copy = types.len();
        types.push(schema.types()[definition].clone());
        let link = |shape: &mut Shape| {
            *shape = Shape::Named(TypeRef::at(copy));
            Vec::new()
        };
        Way {
            last: &link,
            names: &[],
        }
        .open(shape_at(place, &mut root, &mut types), &parts);
        place = Some(copy);
    }
    let last = |shape: &mut Shape| focused(shape, focus);
    Way {
        last: &last,
        names: &[],
    }
    .open(shape_at(place, &mut root, &mut types), &site.parts);
    Schema::new(root, types).ok()
}

fn shape_at<'a>(
    place: Option<usize>,
    root: &'a mut Shape,
    types: &'a mut [Definition],
) -> &'a mut Shape {
    match place {
        Some(index) => &mut types[index].shape,
        None => root,
    }
}

/// The types through which a type is reached from the root, each with where it is
/// mentioned in the one before.
fn way_to(schema: &Schema, wanted: Option<usize>) -> Option<Vec<(usize, Vec<usize>)>> {
    let Some(wanted) = wanted else {
        return Some(Vec::new());
    };
    let mut reached: BTreeMap<usize, (Option<usize>, Vec<usize>)> = BTreeMap::new();
    let mut open: VecDeque<Option<usize>> = VecDeque::from([None]);
    while let Some(from) = open.pop_front() {
        if reached.contains_key(&wanted) {
            break;
        }
        let shape = match from {
            Some(index) => &schema.types()[index].shape,
            None => schema.root(),
        };
        let mut inner = VecDeque::from([(shape, Vec::new())]);
        while let Some((shape, parts)) = inner.pop_front() {
            if let Shape::Named(reference) = shape {
                reached.entry(reference.index()).or_insert_with(|| {
                    open.push_back(Some(reference.index()));
                    (from, parts.clone())
                });
            }
            for (index, part) in shape.parts().into_iter().enumerate() {
                let mut parts = parts.clone();
                parts.push(index);
                inner.push_back((part, parts));
            }
        }
    }
    let mut links = Vec::new();
    let mut next = Some(wanted);
    while let Some(definition) = next {
        let (from, parts) = reached.remove(&definition)?;
        links.push((definition, parts));
        next = from;
    }
    links.reverse();
    Some(links)
}

/// What must hold for something to be there.
type Conditions = Vec<Expr>;

/// A way into a shape.
struct Way<'a> {
    /// What is done at its end.
    last: &'a dyn Fn(&mut Shape) -> Conditions,
    /// The fields that conditions may look at.
    names: &'a [Arc<str>],
}

impl Way<'_> {
    /// Makes all that the way leads through be there.
    fn open(&self, shape: &mut Shape, parts: &[usize]) -> Conditions {
        let Some((part, rest)) = parts.split_first() else {
            let mut conditions = (self.last)(shape);
            conditions.extend(self.present(shape));
            return conditions;
        };
        match shape {
            Shape::Conditional { presence, .. }
                if *part == usize::from(matches!(presence, Presence::Flag(_))) =>
            {
                let Some(mut conditions) = self.take_present(shape) else {
                    return self.open_part(shape, *part, rest);
                };
                conditions.extend(self.open(shape, rest));
                conditions
            }
            Shape::Elsewhere { place, .. } => {
                place.none = None;
                self.open_part(shape, *part, rest)
            }
            Shape::Record(record) => {
                let first = usize::from(record.magic.is_some());
                if let Some(index) = part.checked_sub(first) {
                    opened_field(record, index, |way, shape| {
                        let way = Way {
                            last: self.last,
                            names: way,
                        };
                        way.open(shape, rest)
                    });
                }
                Vec::new()
            }
            Shape::Keyed(keyed) => {
                if let Some(field) = keyed.fields.get_mut(*part) {
                    required(field);
                }
                self.open_part(shape, *part, rest)
            }
            Shape::Union(union) => {
                let first = 1 + usize::from(union.length.is_some());
                match part.checked_sub(first) {
                    Some(index) if union.source != TagSource::Choice => {
                        let variants = union.variants.to_vec();
                        union.variants = variants
                            .into_iter()
                            .skip(index)
                            .take(1)
                            .collect::<Vec<_>>()
                            .into();
                        union.other = None;
                        self.open_part(shape, first, rest)
                    }
                    _ => self.open_part(shape, *part, rest),
                }
            }
            _ => self.open_part(shape, *part, rest),
        }
    }

    fn open_part(&self, shape: &mut Shape, part: usize, rest: &[usize]) -> Conditions {
        let is_record = matches!(shape, Shape::Named(_));
        match shape.parts_mut().into_iter().nth(part) {
            Some(part) if !is_record => self.open(part, rest),
            _ => Vec::new(),
        }
    }

    /// What may be absent is there.
    fn present(&self, shape: &mut Shape) -> Conditions {
        let mut conditions = Vec::new();
        loop {
            match shape {
                Shape::Conditional { .. } => match self.take_present(shape) {
                    Some(found) => conditions.extend(found),
                    None => return conditions,
                },
                Shape::Elsewhere { place, .. } => {
                    place.none = None;
                    return conditions;
                }
                _ => return conditions,
            }
        }
    }

    /// Makes something that may be absent what it is if it is there, if it can be
    /// told when it is.
    fn take_present(&self, shape: &mut Shape) -> Option<Conditions> {
        let Shape::Conditional { item, presence, .. } = shape else {
            return None;
        };
        let conditions = match presence {
            Presence::If(condition) if self.names.iter().any(|it| condition.mentions(it)) => {
                vec![condition.clone()]
            }
            Presence::If(_) => return None,
            Presence::Flag(_) | Presence::UnlessEnd => Vec::new(),
        };
        let item = std::mem::replace(&mut **item, Shape::Tuple(Vec::new()));
        *shape = item;
        Some(conditions)
    }
}

/// Opens a field, and sees to it that what must hold for that does.
fn opened_field(
    record: &mut Record,
    index: usize,
    open: impl FnOnce(&[Arc<str>], &mut Shape) -> Conditions,
) {
    let mut fields = record.fields.clone();
    let names: Vec<Arc<str>> = fields.iter().map(|field| field.name.clone()).collect();
    let Some(field) = fields.get_mut(index) else {
        return;
    };
    let found = open(&names[..index], &mut field.shape);
    let wanted = found.into_iter().map(|it| (index, it)).collect();
    satisfied_in(&mut fields, &names, wanted);
    *record = rebuilt(record, fields);
}

/// A condition that holds of a record.
fn satisfied(record: &mut Record, condition: &Expr) {
    let mut fields = record.fields.clone();
    let names: Vec<Arc<str>> = fields.iter().map(|field| field.name.clone()).collect();
    satisfied_in(&mut fields, &names, vec![(names.len(), condition.clone())]);
    *record = rebuilt(record, fields);
}

/// Conditions that hold of the fields, each of those in front of a place.
fn satisfied_in(fields: &mut [Field], names: &[Arc<str>], mut wanted: Vec<(usize, Expr)>) {
    while let Some((before, condition)) = wanted.pop() {
        if let Expr::Binary(left, Operator::And, right) = condition {
            wanted.extend([(before, *left), (before, *right)]);
            continue;
        }
        let mut looked_at = None;
        for index in (0..before).filter(|it| condition.mentions(&names[*it])) {
            // What it looks at has to be there itself.
            let way = Way {
                last: &|_| Vec::new(),
                names: &names[..index],
            };
            let found = way.present(&mut fields[index].shape);
            wanted.extend(found.into_iter().map(|it| (index, it)));
            looked_at = Some(index);
        }
        if let Some(index) = looked_at {
            let field: Field = fields[index].clone();
            fields[index] = field.that_satisfies(condition);
        }
    }
}

/// Makes what has changed be there.
fn focused(shape: &mut Shape, focus: &Focus) -> Conditions {
    match (&mut *shape, focus) {
        (Shape::Record(record), Focus::Fields { names, conditions }) => {
            let is_there = record.fields.iter().any(|it| names.contains(&it.name));
            if let (false, Some(condition)) = (is_there, conditions.first()) {
                satisfied(record, condition);
            }
            for index in 0..record.fields.len() {
                if names.contains(&record.fields[index].name) {
                    opened_field(record, index, |names, shape| {
                        let last = |_: &mut Shape| Vec::new();
                        Way { last: &last, names }.present(shape)
                    });
                }
            }
        }
        (Shape::Keyed(keyed), Focus::Fields { names, .. }) => {
            let named = keyed.fields.iter_mut();
            named
                .filter(|it| names.contains(&it.name))
                .for_each(required);
        }
        (Shape::Keyed(keyed), Focus::Fellows) => keyed.fields.iter_mut().for_each(required),
        (Shape::Union(union), Focus::Variant { names, tag }) => only_variant(union, names, *tag),
        (Shape::Union(union), Focus::Others) if union.other.is_some() => {
            union.variants = Vec::new().into();
        }
        (Shape::Enumeration(enumeration), Focus::Name(value)) => {
            let is_known = enumeration.names.iter().any(|(known, _)| known == value);
            if is_known {
                enumeration.names.retain(|(known, _)| known == value);
                enumeration.other = None;
            } else if let (true, Ok(value)) = (enumeration.other.is_some(), i128::try_from(*value))
            {
                *shape = Shape::Means {
                    item: Box::new(enumeration.tag.clone()),
                    meaning: Meaning::Within {
                        min: value,
                        max: value,
                    },
                };
            }
        }
        (Shape::Enumeration(enumeration), Focus::Others) if enumeration.other.is_some() => {
            enumeration.names.clear();
        }
        _ => {}
    }
    Vec::new()
}

fn required(field: &mut KeyedField) {
    if !matches!(field.occurs, Occurs::Repeated { .. }) {
        field.occurs = Occurs::Required;
    }
}

/// Of a union nothing but the variants of these names, or that with the tag; or
/// else what keeps the tag.
fn only_variant(union: &mut Union, names: &[Arc<str>], tag: u128) {
    let mut variants = union.variants.to_vec();
    let is_named = |it: &Variant| names.contains(&it.name);
    let is_tagged = |it: &Variant| it.tag == tag || it.also.iter().any(|it| it.contains(&tag));
    if union.source == TagSource::Choice {
        return;
    }
    if variants.iter().any(is_named) {
        variants.retain(is_named);
    } else if variants.iter().any(is_tagged) {
        variants.retain(is_tagged);
    } else if let Some(other) = &union.other {
        variants = vec![Variant {
            name: other.name.clone(),
            doc: "".into(),
            tag,
            also: Vec::new(),
            condition: None,
            direction: None,
            body: Shape::Bytes { count: Count::Rest },
        }];
    } else {
        return;
    }
    union.variants = variants.into();
    union.other = None;
}
