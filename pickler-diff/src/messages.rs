//! The messages of two versions, and values of them.

use std::collections::HashSet;

use pickler::dynamic::Value;
use pickler::schema::{Schema, Shape, Union, Variant};

use crate::changes::{At, Site, Walker, body_part, header};
use crate::hollow::alone;
use crate::proof::{Values, lengthened};
use crate::report::Side;

/// Of more ranges of tags of one message, not all are tried.
const MOST_RANGES: usize = 32;

/// A message in both versions, or in one of them; or all that there is, if it
/// is no set of messages.
pub struct Message {
    pub old: Option<String>,
    pub new: Option<String>,
    /// Its fields look the same in both.
    pub unchanged: bool,
    /// It can be written by one and read by the other whole: what is in front
    /// of its fields is the same.
    pub whole: bool,
}

impl Message {
    /// Its name, the new one if it was renamed; empty if it has none.
    pub fn name(&self) -> &str {
        let name = self.new.as_ref().or(self.old.as_ref());
        name.map_or("", String::as_str)
    }

    pub fn name_of(&self, side: Side) -> Option<&str> {
        match side {
            Side::Old => self.old.as_deref(),
            Side::New => self.new.as_deref(),
        }
    }
}

/// Notes what the descriptions propose, and gives the messages.
pub fn walk(walker: &mut Walker<'_>) -> Vec<Message> {
    let (old, new) = (walker.old, walker.new);
    let (Some((site, of_old)), Some((new_site, of_new))) = (messages(old), messages(new)) else {
        walker.walk(old.root(), new.root(), &At::default());
        return vec![Message {
            old: None,
            new: None,
            unchanged: walker.changes.is_empty(),
            whole: true,
        }];
    };
    let root = At {
        site,
        new_site,
        ..At::default()
    };
    walker.headers(of_old, of_new, &root);
    let pairs = walker.variants(of_old, of_new);
    let at = |variant: &Variant| At {
        message: Some(variant.name.to_string()),
        ..root.clone()
    };
    walker.added_and_gone(of_old, of_new, &pairs, at);
    for (before, after) in &pairs {
        walker.variant((of_old, of_new), before, after, &at(after));
    }
    for change in &mut walker.changes {
        change.of_messages = true;
    }
    let same_header = header(of_old, of_new);
    let mut messages = Vec::new();
    for (before, after) in &pairs {
        walker.visited.clear();
        if let (Shape::Named(old), Shape::Named(new)) = (old.root(), new.root()) {
            walker.visited.insert((old.index(), new.index()));
        }
        let parts = (body_part(of_old, before), body_part(of_new, after));
        let inside = at(after).part(parts, None);
        walker.walk(&before.body, &after.body, &inside);
        messages.push(Message {
            old: Some(before.name.to_string()),
            new: Some(after.name.to_string()),
            unchanged: walker.classes.are_same(&before.body, &after.body),
            whole: same_header
                && (before.tag, &before.also, &before.condition)
                    == (after.tag, &after.also, &after.condition),
        });
    }
    let alone = |variant: &Variant, old: bool| Message {
        old: old.then(|| variant.name.to_string()),
        new: (!old).then(|| variant.name.to_string()),
        unchanged: false,
        whole: true,
    };
    let of_both: (HashSet<&str>, HashSet<&str>) = pairs
        .iter()
        .map(|(before, after)| (&*before.name, &*after.name))
        .unzip();
    let gone = of_old.variants.iter();
    let gone = gone.filter(|it| !of_both.0.contains(&*it.name));
    messages.extend(gone.map(|it| alone(it, true)));
    let added = of_new.variants.iter();
    let added = added.filter(|it| !of_both.1.contains(&*it.name));
    messages.extend(added.map(|it| alone(it, false)));
    messages
}

/// The union of all messages, if there is one, and where it is.
pub fn messages(schema: &Schema) -> Option<(Site, &Union)> {
    let mut site = Site::default();
    let mut shape = schema.root();
    loop {
        shape = match shape {
            Shape::Named(reference) => {
                let definition = schema.definition(*reference);
                if !definition.parameters.is_empty() {
                    return None;
                }
                site = Site {
                    definition: Some(reference.index()),
                    parts: Vec::new(),
                };
                &definition.shape
            }
            Shape::Boxed(item) => {
                site = site.part(0);
                item
            }
            Shape::Union(union) => return Some((site, union)),
            _ => return None,
        };
    }
}

/// The fields of a message alone, without what is in front of them.
pub fn fields(schema: &Schema, message: &str) -> Option<Schema> {
    let (_, union) = messages(schema)?;
    alone(&union.variant(message)?.body, schema)
}

/// A place in the fields of a message, as a place in a schema of them alone.
pub fn in_body(schema: &Schema, message: &str, site: &Site) -> Site {
    let body = messages(schema).and_then(|(site, union)| {
        let variant = union.variant(message)?;
        Some(site.part(body_part(union, variant)))
    });
    let rest = body.filter(|body| body.definition == site.definition);
    match rest.and_then(|body| site.parts.strip_prefix(&*body.parts)) {
        Some(rest) => Site {
            definition: None,
            parts: rest.to_vec(),
        },
        None => site.clone(),
    }
}

/// Values of whole messages: of the first of these names that there is; if there
/// is none to look for, of all that the reader knows, too.
pub fn whole_values(
    schema: &Schema,
    reader: &Schema,
    names: &[Option<&str>],
    field: &[String],
    specials: &[Value],
) -> Vec<Value> {
    let (Some((_, union)), Some((_, of_reader))) = (messages(schema), messages(reader)) else {
        return Values::new(schema).around(field, specials);
    };
    let of = |variant: &Variant| {
        let bodies = fields(schema, &variant.name);
        let bodies = bodies.map(|fields| Values::new(&fields).around(field, specials));
        let bodies = bodies.unwrap_or_default().into_iter();
        let tagged = bodies.map(|body| tagged(variant, body));
        tagged.collect::<Vec<_>>()
    };
    if names.iter().any(Option::is_some) {
        let mut known = names.iter().flatten();
        let Some(variant) = known.find_map(|name| union.variant(name)) else {
            return Vec::new();
        };
        let read_as = names.iter().flatten();
        let read_as = read_as
            .filter_map(|name| of_reader.variant(name))
            .chain(of_reader.variant_by_tag(variant.tag))
            .next();
        let mut values = of(variant);
        let other_tags = values
            .first()
            .map(|it| with_tags_of_its_own(it, variant, read_as));
        values.extend(other_tags.unwrap_or_default());
        return values;
    }
    // Every message once, and some more: also such as no variant is for.
    let is_alone = |name: &str| union.variant(name).is_some() && of_reader.variant(name).is_none();
    let simplest = union.variants.iter().filter(|it| !is_alone(&it.name));
    let simplest = simplest.filter_map(|variant| {
        let fields = fields(schema, &variant.name)?;
        Some(tagged(variant, Values::simplest_of(&fields)?))
    });
    let mut values: Vec<Value> = simplest.collect();
    values.extend(Values::new(schema).around(&[], &[]));
    values.retain(|value| match value {
        Value::Variant(variant) => !is_alone(&variant.name),
        _ => true,
    });
    // Where lengths become too narrow, or negative.
    let longer = [127, 128, 255, 256].into_iter().filter_map(|length| {
        let mut longer = values.iter().filter_map(move |it| lengthened(it, length));
        longer.next()
    });
    let longer: Vec<Value> = longer.collect();
    values.extend(longer);
    values
}

/// A message with tags that the variant has which it is read as has not: at the ends of
/// what either has.
fn with_tags_of_its_own(
    message: &Value,
    variant: &Variant,
    read_as: Option<&Variant>,
) -> Vec<Value> {
    let Value::Variant(message) = message else {
        return Vec::new();
    };
    let both = [Some(variant), read_as].into_iter().flatten();
    let mut tags: Vec<u128> = both
        .flat_map(|it| {
            let ranges = it.also.iter().map(|tags| (*tags.start(), *tags.end()));
            std::iter::once((it.tag, it.tag)).chain(ranges.take(MOST_RANGES))
        })
        .flat_map(|(first, last)| {
            let (before, behind) = (first.saturating_sub(1), last.saturating_add(1));
            [before, first, last, behind]
        })
        .filter(|tag| variant.has(*tag) && read_as.is_none_or(|it| !it.has(*tag)))
        .collect();
    tags.sort_unstable();
    tags.dedup();
    let tagged = tags.into_iter().map(|tag| {
        let mut message = message.clone();
        message.tag = tag;
        Value::Variant(message)
    });
    tagged.collect()
}

/// A message of that variant.
pub fn tagged(variant: &Variant, body: Value) -> Value {
    let mut value = Value::variant(&variant.name, body);
    if let Value::Variant(made) = &mut value {
        made.tag = variant.tag;
    }
    value
}
