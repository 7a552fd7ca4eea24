//! Unions side by side.

use std::collections::{BTreeSet, HashMap, HashSet};

use pickler::Direction;
use pickler::schema::{LengthCounts, Shape, TagSource, Union, Variant};

use super::align::pairs;
use super::walk::{At, Walker};
use super::{Edit, Focus, words};

/// Of more, not all are told.
const MOST_TAGS: usize = 8;

/// Tag and length of a union are the same in both.
pub fn header(old: &Union, new: &Union) -> bool {
    (&old.tag, &old.source, &old.length) == (&new.tag, &new.source, &new.length)
}

impl Walker<'_> {
    pub(super) fn unions(&mut self, old: &Union, new: &Union, at: &At) {
        self.headers(old, new, at);
        let pairs = self.variants(old, new);
        self.added_and_gone(old, new, &pairs, |variant| at.named(&variant.name));
        for (before, after) in pairs {
            let at = at.named(&after.name);
            self.variant((old, new), before, after, &at);
            let parts = (body_part(old, before), body_part(new, after));
            self.walk(&before.body, &after.body, &at.part(parts, None));
        }
    }

    /// Pairs of variants of the same name, then of the same tag that look the
    /// same; the others are new, or gone.
    pub fn variants<'b>(
        &mut self,
        old: &'b Union,
        new: &'b Union,
    ) -> Vec<(&'b Variant, &'b Variant)> {
        let names = |union: &'b Union| -> Vec<&str> {
            let variants = union.variants.iter();
            variants.map(|variant| &*variant.name).collect()
        };
        let classes = self.classes;
        // Renamed is what keeps its tag, wherever it stands.
        let mut found = pairs(&names(old), &names(new), |_, _| false);
        let mut paired = (BTreeSet::new(), BTreeSet::new());
        for (before, after) in &found {
            paired.0.insert(*before);
            paired.1.insert(*after);
        }
        let mut tagged = HashMap::new();
        for (place, before) in old.variants.iter().enumerate() {
            tagged.entry(before.tag).or_insert(place);
        }
        for (place, after) in new.variants.iter().enumerate() {
            if let Some(before) = tagged.get(&after.tag).copied()
                && !paired.0.contains(&before)
                && !paired.1.contains(&place)
                && classes.are_same(&old.variants[before].body, &after.body)
            {
                self.aliases.insert(&old.variants[before].name, &after.name);
                found.push((before, place));
            }
        }
        found.sort_by_key(|pair| pair.1);
        let found = found.into_iter();
        found
            .map(|(before, after)| (&old.variants[before], &new.variants[after]))
            .collect()
    }

    /// What is in front of all variants.
    pub fn headers(&mut self, old: &Union, new: &Union, at: &At) {
        if !header(old, new) {
            let mut union = old.clone();
            union.tag = self.moved_over(&new.tag);
            union.source = new.source.clone();
            union.length.clone_from(&new.length);
            let says = self.header_words(old, new);
            let edit = Edit::Shape(Shape::Union(Box::new(union)));
            self.change(at, says, Focus::Here, edit);
        }
        match (&old.other, &new.other) {
            (Some(before), Some(after)) if before.name != after.name => {
                self.aliases.insert(&before.name, &after.name);
                let says = format!("what keeps unknown tags was called `{}`", before.name);
                self.note(&at.named(&after.name), says);
            }
            (Some(_), Some(_)) | (None, None) => {}
            (_, after) => {
                let mut union = old.clone();
                union.other.clone_from(after);
                let edit = Edit::Shape(Shape::Union(Box::new(union)));
                self.change(at, words::others(after.is_some()), Focus::Others, edit);
            }
        }
    }

    fn header_words(&self, old: &Union, new: &Union) -> String {
        if old.tag != new.tag {
            return format!("the tag: {}", self.became(&old.tag, &new.tag));
        }
        let counts = |counts| match counts {
            LengthCounts::Body => "the body",
            LengthCounts::Rest => "itself and the body",
            LengthCounts::Message => "the whole, tag and itself included",
        };
        match (&old.length, &new.length) {
            (Some(before), Some(after)) if before.counts != after.counts => format!(
                "the length counted {}, and counts {}",
                counts(before.counts),
                counts(after.counts)
            ),
            (Some(before), Some(after)) if before.shape != after.shape => {
                format!("the length: {}", self.became(&before.shape, &after.shape))
            }
            (Some(_), Some(after)) if after.first => "the length is in front of the tag now".into(),
            (Some(_), Some(_)) => "the length is behind the tag now".into(),
            (None, Some(_)) => "there is a length now".into(),
            (Some(_), None) => "there is no length any more".into(),
            (None, None) => "the tag is elsewhere".into(),
        }
    }

    /// A variant as one of its union, whatever is in it.
    pub fn variant(
        &mut self,
        (old, new): (&Union, &Union),
        before: &Variant,
        after: &Variant,
        at: &At,
    ) {
        if before.name != after.name {
            self.note(at, format!("was called `{}`", before.name));
        }
        if before.direction != after.direction {
            let told = |direction| match direction {
                Some(Direction::ToServer) => "the client",
                Some(Direction::ToClient) => "the server",
                Some(Direction::Both) => "both ends",
                Some(Direction::Internal) => "nobody",
                None => "who is not told",
            };
            let says = format!(
                "was sent by {}, and is by {}",
                told(before.direction),
                told(after.direction)
            );
            self.note(at, says);
        }
        let mut moved = before.clone();
        let says = if (before.tag, &before.also) != (after.tag, &after.also) {
            moved.tag = after.tag;
            moved.also.clone_from(&after.also);
            renumbered(old, new, before, after)
        } else if before.condition != after.condition {
            moved.condition.clone_from(&after.condition);
            "is there in other cases".into()
        } else {
            return;
        };
        let taken = taken(old, after);
        let says = format!("{says}{taken}");
        let edit = Edit::Variants {
            without: vec![before.name.clone()],
            with: Some(Box::new(moved)),
        };
        let focus = Focus::Variant {
            names: vec![before.name.clone(), after.name.clone()],
            tag: after.tag,
        };
        self.change(at, says, focus, edit);
    }

    /// Variants that only one of them has.
    pub fn added_and_gone(
        &mut self,
        old: &Union,
        new: &Union,
        pairs: &[(&Variant, &Variant)],
        at_variant: impl Fn(&Variant) -> At,
    ) {
        let of_both: (HashSet<&str>, HashSet<&str>) = pairs
            .iter()
            .map(|(before, after)| (&*before.name, &*after.name))
            .unzip();
        for before in &old.variants {
            if !of_both.0.contains(&*before.name) {
                let edit = Edit::Variants {
                    without: vec![before.name.clone()],
                    with: None,
                };
                let says = match new.variant_by_tag(before.tag) {
                    Some(after) => {
                        format!(
                            "is gone; its tag {} is that of `{}` now",
                            before.tag, after.name
                        )
                    }
                    None => format!("is gone, tag {}", tags(before)),
                };
                self.change(&at_variant(before), says, alone(before), edit);
            }
        }
        for after in &new.variants {
            if !of_both.1.contains(&*after.name) {
                let mut added = after.clone();
                added.body = self.moved_over(&added.body);
                let says = format!("is new, tag {}{}", tags(after), taken(old, after));
                let edit = Edit::Variants {
                    without: Vec::new(),
                    with: Some(Box::new(added)),
                };
                self.change(&at_variant(after), says, alone(after), edit);
            }
        }
    }
}

/// A variant that only one of them has.
fn alone(variant: &Variant) -> Focus {
    Focus::Variant {
        names: vec![variant.name.clone()],
        tag: variant.tag,
    }
}

/// Tags that became others, or the order in which variants are tried.
fn renumbered(old: &Union, new: &Union, before: &Variant, after: &Variant) -> String {
    match (&old.source, &new.source) {
        (TagSource::Choice, TagSource::Choice) => format!(
            "was number {} to be tried, and is number {}",
            before.tag.saturating_add(1),
            after.tag.saturating_add(1)
        ),
        _ => format!("had tag {}, and has {}", tags(before), tags(after)),
    }
}

/// All tags of a variant, as specs tell them: `1 | 3..=5`.
fn tags(variant: &Variant) -> String {
    let ranges = variant.also.iter().take(MOST_TAGS);
    let others = ranges.map(|tags| match (tags.start(), tags.end()) {
        (first, last) if first == last => first.to_string(),
        (first, last) => format!("{first}..={last}"),
    });
    let more = (variant.also.len() > MOST_TAGS).then(|| "...".to_owned());
    let first = [variant.tag.to_string()].into_iter();
    first
        .chain(others)
        .chain(more)
        .collect::<Vec<_>>()
        .join(" | ")
}

/// Whose tag it was.
fn taken(old: &Union, after: &Variant) -> String {
    match old.variant_by_tag(after.tag) {
        Some(before) if before.name != after.name => {
            format!(", which was that of `{}`", before.name)
        }
        _ => String::new(),
    }
}

/// Which part of a union the body of a variant is.
pub fn body_part(union: &Union, variant: &Variant) -> usize {
    let in_front = 1 + usize::from(union.length.is_some());
    let mut variants = union.variants.iter();
    in_front + variants.position(|it| it.name == variant.name).unwrap_or(0)
}
