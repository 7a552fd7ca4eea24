//! Names of integers side by side.

use std::sync::Arc;

use pickler::schema::{Enumeration, Shape};

use super::walk::{At, Walker};
use super::{Edit, Focus, words};

impl Walker<'_> {
    pub(super) fn enumerations(&mut self, old: &Enumeration, new: &Enumeration, at: &At) {
        let edited = |change: &dyn Fn(&mut Enumeration)| {
            let mut enumeration = old.clone();
            change(&mut enumeration);
            enumeration.names.sort_by_key(|(value, _)| *value);
            Edit::Shape(Shape::Enumeration(Box::new(enumeration)))
        };
        if old.tag != new.tag {
            let says = self.became(&old.tag, &new.tag);
            let tag = self.moved_over(&new.tag);
            self.change(at, says, Focus::Here, edited(&|it| it.tag = tag.clone()));
        }
        for (value, name) in &new.names {
            match (named(old, name), valued(old, *value)) {
                (Some(before), _) if before == *value => {}
                (Some(before), _) => {
                    let edit = edited(&|it| {
                        it.names
                            .retain(|(known, named)| known != value && named != name);
                        it.names.push((*value, name.clone()));
                    });
                    let says = format!("`{name}` was {before}, and is {value}");
                    self.change(at, says, Focus::Name(*value), edit);
                }
                (None, Some(before)) if named(new, before).is_none() => {
                    self.aliases.insert(before, name);
                    self.note(
                        at,
                        format!("{value} was called `{before}`, and is `{name}`"),
                    );
                }
                (None, _) => {
                    let edit = edited(&|it| {
                        it.names.retain(|(known, _)| known != value);
                        it.names.push((*value, name.clone()));
                    });
                    let says = format!("{value} is new: `{name}`");
                    self.change(at, says, Focus::Name(*value), edit);
                }
            }
        }
        for (value, name) in &old.names {
            let is_renamed = valued(new, *value).is_some_and(|it| named(old, it).is_none());
            if named(new, name).is_none() && !is_renamed {
                let edit = edited(&|it| it.names.retain(|(known, _)| known != value));
                let says = format!("{value} is gone: `{name}`");
                self.change(at, says, Focus::Name(*value), edit);
            }
        }
        if old.other.is_some() != new.other.is_some() {
            let says = words::others(new.other.is_some());
            let edit = edited(&|it| it.other.clone_from(&new.other));
            self.change(at, says, Focus::Others, edit);
        }
    }
}

fn named(enumeration: &Enumeration, name: &Arc<str>) -> Option<u128> {
    let mut names = enumeration.names.iter();
    names
        .find(|(_, known)| known == name)
        .map(|(value, _)| *value)
}

fn valued(enumeration: &Enumeration, value: u128) -> Option<&Arc<str>> {
    let mut names = enumeration.names.iter();
    names
        .find(|(known, _)| *known == value)
        .map(|(_, name)| name)
}
