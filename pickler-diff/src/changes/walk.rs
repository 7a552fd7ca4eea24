//! Walks over two descriptions side by side.

use std::collections::BTreeSet;

use pickler::schema::{Count, Presence, Schema, Shape, Size};

use super::change::among_old;
use super::words::words;
use super::{Aliases, Change, Classes, Edit, Focus, Site};

/// Walks over two descriptions side by side, and notes where they are not the
/// same.
pub struct Walker<'a> {
    pub old: &'a Schema,
    pub new: &'a Schema,
    pub classes: &'a Classes,
    /// Types that were compared, or are being compared.
    pub visited: BTreeSet<(usize, usize)>,
    pub changes: Vec<Change>,
    pub aliases: Aliases,
}

/// Where the walk is.
#[derive(Clone, Debug, Default)]
pub struct At {
    /// In the old description.
    pub site: Site,
    /// In the new one.
    pub new_site: Site,
    pub message: Option<String>,
    pub field: Vec<String>,
}

impl At {
    /// At a part, by its numbers in both, which is a field of its own or what the
    /// whole is.
    pub fn part(&self, (old, new): (usize, usize), field: Option<&str>) -> Self {
        let mut at = self.clone();
        at.site.parts.push(old);
        at.new_site.parts.push(new);
        at.field.extend(field.map(str::to_owned));
        at
    }

    /// At something in it by name.
    pub fn named(&self, field: &str) -> Self {
        let mut at = self.clone();
        at.field.push(field.to_owned());
        at
    }
}

impl Walker<'_> {
    /// The bytes change.
    pub fn change(&mut self, at: &At, says: impl Into<String>, focus: Focus, edit: Edit) {
        self.push(at, says.into(), focus, Some(edit));
    }

    /// The bytes stay the same.
    pub fn note(&mut self, at: &At, says: impl Into<String>) {
        self.push(at, says.into(), Focus::Here, None);
    }

    fn push(&mut self, at: &At, says: String, focus: Focus, edit: Option<Edit>) {
        self.changes.push(Change {
            site: at.site.clone(),
            new_site: at.new_site.clone(),
            focus,
            message: at.message.clone(),
            field: at.field.clone(),
            says,
            edit,
            of_messages: false,
        });
    }

    /// A shape of the new description as one that stands in the old one.
    pub fn moved_over(&self, shape: &Shape) -> Shape {
        among_old(shape.clone(), self.old, self.new)
    }

    /// What became what, in words.
    pub fn became(&self, old: &Shape, new: &Shape) -> String {
        let (before, after) = (words(old, self.old), words(new, self.new));
        if before == after {
            format!("`{before}` became another one of that name")
        } else {
            format!("`{before}` became `{after}`")
        }
    }

    pub fn walk(&mut self, old: &Shape, new: &Shape, at: &At) {
        if self.classes.are_same(old, new) {
            return;
        }
        match (old, new) {
            (Shape::Named(of_old), Shape::Named(of_new)) => {
                let pair = (of_old.index(), of_new.index());
                if self.visited.insert(pair) {
                    let at = Self::at_definition(at, Some(pair.0), Some(pair.1));
                    let (old, new) = (
                        self.old.definition(*of_old).shape.clone(),
                        self.new.definition(*of_new).shape.clone(),
                    );
                    self.walk(&old, &new, &at);
                }
            }
            (Shape::Named(of_old), _) if are_alike(&self.old.definition(*of_old).shape, new) => {
                let at = Self::at_definition(at, Some(of_old.index()), None);
                let old = self.old.definition(*of_old).shape.clone();
                self.walk(&old, new, &at);
            }
            (_, Shape::Named(of_new)) if are_alike(old, &self.new.definition(*of_new).shape) => {
                let at = Self::at_definition(at, None, Some(of_new.index()));
                let new = self.new.definition(*of_new).shape.clone();
                self.walk(old, &new, &at);
            }
            (Shape::Boxed(old), new) => {
                let mut at = at.clone();
                at.site.parts.push(0);
                self.walk(old, new, &at);
            }
            (old, Shape::Boxed(new)) => {
                let mut at = at.clone();
                at.new_site.parts.push(0);
                self.walk(old, new, &at);
            }
            (Shape::Record(old), Shape::Record(new)) => self.records(old, new, at),
            (Shape::Keyed(old), Shape::Keyed(new)) => self.keyed(old, new, at),
            (Shape::Union(old), Shape::Union(new)) => self.unions(old, new, at),
            (Shape::Enumeration(old), Shape::Enumeration(new)) => self.enumerations(old, new, at),
            _ if frame(old) == frame(new) => {
                let parts = old.parts().into_iter().zip(new.parts());
                for (index, (of_old, of_new)) in parts.enumerate() {
                    let at = at.part((index, index), role(old, index));
                    self.walk(of_old, of_new, &at);
                }
            }
            _ => {
                let edit = Edit::Shape(self.moved_over(new));
                let says = self.became(old, new);
                self.change(at, says, Focus::Here, edit);
            }
        }
    }

    fn at_definition(at: &At, old: Option<usize>, new: Option<usize>) -> At {
        let mut at = at.clone();
        for (site, index) in [(&mut at.site, old), (&mut at.new_site, new)] {
            if index.is_some() {
                *site = Site {
                    definition: index,
                    parts: Vec::new(),
                };
            }
        }
        at
    }
}

/// Both are of one kind, so that what differs is in them.
fn are_alike(old: &Shape, new: &Shape) -> bool {
    std::mem::discriminant(old) == std::mem::discriminant(new)
}

/// The shape without what it is made of.
fn frame(shape: &Shape) -> Shape {
    let mut shape = shape.clone();
    for part in shape.parts_mut() {
        *part = Shape::Tuple(Vec::new());
    }
    shape
}

/// What a part is called.
fn role(shape: &Shape, part: usize) -> Option<&'static str> {
    let count = match shape {
        Shape::Bytes { count } | Shape::Text { count } | Shape::List { count, .. } => Some(count),
        _ => None,
    };
    match (shape, count) {
        (_, Some(Count::Prefix(_))) if part == 0 => Some("(count)"),
        (Shape::List { .. }, _) => Some("[]"),
        (
            Shape::Sized {
                size: Size::Prefix { .. },
                ..
            },
            _,
        ) if part == 0 => Some("(size)"),
        (
            Shape::Conditional {
                presence: Presence::Flag(_),
                ..
            },
            _,
        ) if part == 0 => Some("(flag)"),
        _ => None,
    }
}
