//! Types that say that they are whole: of types that mention each other in a circle,
//! the compiler would have to know of each before it knows of the others.

use std::collections::BTreeSet;

use pickler::schema::{
    Count, Fill, KeyFormat, Keyed, Number, Presence, Reference, Schema, Shape, Size, TagSource,
};

/// So many types that none of the circles is left. What may end within a byte is not
/// among them.
pub fn whole(schema: &Schema) -> BTreeSet<usize> {
    let types = schema.types().iter();
    let mentioned: Vec<BTreeSet<usize>> = types
        .clone()
        .map(|it| {
            let mut found = BTreeSet::new();
            mentions(&it.shape, &mut found);
            found
        })
        .collect();
    let odd: Vec<bool> = types.map(|it| is_odd(&it.shape)).collect();
    let mut whole = BTreeSet::new();
    for index in 0..mentioned.len() {
        let reached = reached(index, &mentioned, &BTreeSet::new());
        if odd[index] || reached.iter().any(|it| odd[*it]) {
            continue;
        }
        // Mentions of itself are none of others.
        let left = reached_by_others(index, &mentioned, &whole);
        if left.contains(&index) {
            whole.insert(index);
        }
    }
    whole
}

/// What a shape mentions, but for what is in a piece of its own, which is whole.
fn mentions(shape: &Shape, found: &mut BTreeSet<usize>) {
    match shape {
        Shape::Named(reference) => {
            found.insert(reference.index());
        }
        Shape::Sized { .. } => return,
        Shape::Union(it) if it.length.is_some() => return,
        _ => {}
    }
    for part in shape.parts() {
        mentions(part, found);
    }
}

/// The types to which mentions lead from one, but not by way of some.
fn reached(from: usize, mentioned: &[BTreeSet<usize>], but: &BTreeSet<usize>) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let mut open: Vec<usize> = mentioned[from].iter().copied().collect();
    while let Some(index) = open.pop() {
        if !but.contains(&index) && found.insert(index) {
            open.extend(&mentioned[index]);
        }
    }
    found
}

/// The same by way of at least one other.
fn reached_by_others(
    from: usize,
    mentioned: &[BTreeSet<usize>],
    but: &BTreeSet<usize>,
) -> BTreeSet<usize> {
    let others = mentioned[from].iter().copied();
    let others = others.filter(|it| *it != from && !but.contains(it));
    others
        .flat_map(|other| reached(other, mentioned, but))
        .collect()
}

/// It has a number of bits that makes no bytes, or may have.
fn is_odd(shape: &Shape) -> bool {
    past_bytes(shape) != Some(0)
}

/// How many bits it always has behind its last whole byte; `None` if that varies, as
/// far as is seen here.
fn past_bytes(shape: &Shape) -> Option<u64> {
    let all = |parts: &[&Shape]| {
        let mut parts = parts.iter();
        parts.try_fold(0, |sum, part| Some((sum + past_bytes(part)?) % 8))
    };
    match shape {
        Shape::Integer { bits, .. } | Shape::Bool { bits } | Shape::Float { bits } => {
            Some(u64::from(*bits) % 8)
        }
        Shape::Record(record) => {
            let fields = record.fields.iter().map(|it| &it.shape);
            all(&record.magic.iter().chain(fields).collect::<Vec<_>>())
        }
        Shape::Tuple(items) => all(&items.iter().collect::<Vec<_>>()),
        Shape::Behind { magic, item } => all(&[magic, item]),
        Shape::Filled {
            item,
            fill: Fill::Before(bits) | Fill::After(bits),
            ..
        } => Some((past_bytes(item)? + bits) % 8),
        Shape::Optional { item, .. }
        | Shape::Constant { item, .. }
        | Shape::Ordered { item, .. }
        | Shape::OrderedBy { item, .. }
        | Shape::Shown { item, .. }
        | Shape::Satisfying { item, .. }
        | Shape::Means { item, .. }
        | Shape::Boxed(item) => past_bytes(item),
        shape => (!has_odd_parts(shape)).then_some(0),
    }
}

/// Something of it has a number of bits that makes no bytes, or may have.
pub fn has_odd_parts(shape: &Shape) -> bool {
    let itself = match shape {
        Shape::Bytes { count } | Shape::Text { count } | Shape::List { count, .. } => {
            matches!(count, Count::Prefix(prefix) if is_odd(prefix))
        }
        Shape::Conditional { presence, .. } => {
            matches!(presence, Presence::Flag(flag) if is_odd(flag))
        }
        Shape::Sized { size, .. } => {
            matches!(size, Size::Prefix { prefix, .. } if is_odd(prefix))
        }
        Shape::Shared { reference, .. } => {
            matches!(reference, Reference::Number { prefix, .. } if is_odd(prefix))
        }
        Shape::Enumeration(it) => is_odd(&it.tag),
        Shape::Union(it) => {
            let length = it.length.as_ref();
            let is_there = it.source == TagSource::Wire;
            (is_there && is_odd(&it.tag)) || length.is_some_and(|it| is_odd(&it.shape))
        }
        Shape::Keyed(it) => has_odd_keys(it),
        Shape::Opaque(_) => true,
        _ => false,
    };
    itself || shape.parts().into_iter().any(is_odd)
}

fn has_odd_keys(keyed: &Keyed) -> bool {
    let KeyFormat::Pairs(pairs) = &keyed.format else {
        return false;
    };
    let numbers = [Some(pairs.key), pairs.size, pairs.count];
    let mut numbers = numbers.into_iter().flatten();
    numbers.any(|it| matches!(it, Number::Bits(bits) if !bits.is_multiple_of(8)))
}

#[cfg(test)]
mod tests {
    use pickler::{ByteString, Pickle};

    use super::*;

    #[derive(Pickle)]
    struct Tree {
        #[pickle(count = u8)]
        branches: Vec<Branch>,
    }

    #[derive(Pickle)]
    #[pickle(whole)]
    struct Branch {
        tree: Tree,
        leaf: Leaf,
    }

    #[derive(Pickle)]
    struct Leaf(#[pickle(bits = 24)] u32);

    #[test]
    fn one_type_of_a_circle_says_it() {
        assert_eq!(whole(&Schema::of::<Leaf>()), BTreeSet::new());
        assert_eq!(whole(&Schema::of::<Tree>()), BTreeSet::from([0]));
    }

    #[test]
    fn what_may_end_within_a_byte_does_not() {
        #[derive(Pickle)]
        struct Tree {
            #[pickle(bits = 3)]
            kind: u8,
            #[pickle(count = bits(4))]
            branches: Vec<Branch>,
        }
        #[derive(Pickle)]
        #[pickle(whole)]
        struct Branch {
            tree: Tree,
        }
        assert_eq!(whole(&Schema::of::<Tree>()), BTreeSet::new());
    }

    #[test]
    fn bits_that_make_bytes_are_whole() {
        #[derive(Pickle)]
        struct Tree {
            #[pickle(bits = 3)]
            kind: u8,
            #[pickle(bits = 5)]
            count: u8,
            #[pickle(count = count)]
            branches: Vec<Branch>,
        }
        #[derive(Pickle)]
        #[pickle(whole)]
        struct Branch {
            tree: Tree,
        }
        assert_eq!(whole(&Schema::of::<Tree>()), BTreeSet::from([0]));
    }

    #[test]
    fn what_is_in_a_piece_of_its_own_need_not() {
        #[derive(Pickle)]
        struct Tree {
            #[pickle(count = u8)]
            branches: Vec<Branch>,
        }
        #[derive(Pickle)]
        struct Branch {
            #[pickle(size = u16)]
            tree: Tree,
            #[pickle(count = u8)]
            name: ByteString,
        }
        assert_eq!(whole(&Schema::of::<Tree>()), BTreeSet::new());
    }
}
